"""Template tags of the oversight screens."""
