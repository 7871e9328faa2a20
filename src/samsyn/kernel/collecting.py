"""How does a computation that makes many objects and no rubbish go without the search for some?"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Hold the cyclic garbage collector while the block runs.

    It would look through all that is being built, again and again, and find nothing: measured, it
    takes half the time of loading a rulebook and a quarter of comparing two.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
