"""How are loops compiled, and in which arrays does the search keep its problem?

Plain loops over arrays, compiled by numba at their first call and kept beside the file, or in the
user's cache where that folder cannot be written.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Minutes = NDArray[np.float64]
Flags = NDArray[np.bool_]
Chance = NDArray[np.uint64]

OPENS, CLOSES, FIRST_TAKES, SECOND_TAKES, TIE, LEAST, MOST = range(7)
"""Columns of the array of visits."""

TOGETHER, ONE_AFTER_THE_OTHER, EACH_BY_ITSELF = 1.0, 2.0, 3.0
"""Ties of a visit with two services; 0 stands for one service."""

Work = TypeVar("Work", bound=Callable[..., Any])


def compiled(function: Work) -> Work:
    """Compile at the first call."""
    return cast(Work, njit(cache=True, nogil=True, error_model="numpy")(function))
