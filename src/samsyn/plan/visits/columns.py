"""Which numbers of a visit stand in which column of the arrays that the search goes by?"""

from __future__ import annotations

OPENS, CLOSES, FIRST_TAKES, SECOND_TAKES, TIE, LEAST, MOST = range(7)
"""Columns of the array of visits."""

TOGETHER, ONE_AFTER_THE_OTHER, EACH_BY_ITSELF = 1.0, 2.0, 3.0
"""Ties of a visit with two services; 0 stands for one service."""
