"""The obstacle register: its pages, its figures, and a bill tried on it."""
