"""Template tags of the case room."""
