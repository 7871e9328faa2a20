"""Which visits and operations, by whom, on which day and in which order?

Pure: no web, no database, no clock and no chance of its own; a seed and a clock are passed in.
``visits`` plans a day in which some visits need two people together.
"""
