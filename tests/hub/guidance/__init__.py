"""Guidance where the work is: the lines of a step, guided paths, exercises, the handbook."""
