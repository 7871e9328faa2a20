"""How are the loops of planning compiled, and where is what was compiled kept?

Plain loops over arrays, compiled by numba at their first call and kept beside the file, or in the
user's cache where that folder cannot be written.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Minutes = NDArray[np.float64]
Flags = NDArray[np.bool_]
Chance = NDArray[np.uint64]

HERE = Path(__file__).parent
FOLDERS = ("*.py", "visits/*.py", "routes/*.py")
"""Where loops are compiled."""

Work = TypeVar("Work", bound=Callable[..., Any])


def compiled(function: Work) -> Work:
    """Compile at the first call, and keep the result where some folder lets us."""
    try:
        made = njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:
        # No folder can be written, as for a server's user without a home.
        return cast(Work, njit(nogil=True, error_model="numpy")(function))
    kept = getattr(getattr(made, "_cache", None), "_cache_file", None)
    if kept is not None:
        # numba looks at a function's own file, but what is kept has swallowed the functions it
        # calls: after a change of theirs it would go on with the old ones.
        kept._source_stamp = _stamp()
    return cast(Work, made)


def _stamp() -> tuple[float, int]:
    """Changes with any module of planning that has such loops beside it."""
    files = [file.stat() for folder in FOLDERS for file in HERE.glob(folder)]
    return max(file.st_mtime for file in files), sum(file.st_size for file in files)
