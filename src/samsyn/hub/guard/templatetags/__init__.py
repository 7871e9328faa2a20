"""Template tags of the guard."""
