"""The desk: the frame, the look and the components that every screen is built of."""
