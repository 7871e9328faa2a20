"""Which visits and operations, by whom, on which ground, on which day and in which order?

``grounds`` says who may take part in a joint inspection and on which ground, ``staffing`` which
inspection on which day with whom over weeks, ``visits`` plans a day in which some visits need two
people together, ``routes`` the sites of one team's day. Pure: no web, no database, no clock and no
chance of its own; a seed and a clock are passed in.
"""
