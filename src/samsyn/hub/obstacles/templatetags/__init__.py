"""Words of the obstacle register in templates."""
