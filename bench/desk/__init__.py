"""What the disclosure desk costs: a large batch, the statements of a round, the obstacle replay."""
