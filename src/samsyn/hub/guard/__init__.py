"""Who acts, what they may see, and what is written down about it."""
