"""The web hub: where people of the agencies work together, each seeing only what they may."""
