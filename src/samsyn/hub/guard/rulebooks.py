"""Which rulebook and which organisation does this process work by?

Read once, when first asked for; a new version of the files comes with a new start.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock

from samsyn.hub.guard.organisation import Organisation, load_organisation
from samsyn.law import Rulebook


@dataclass(slots=True)
class _InUse:
    """What this process works by so far."""

    rulebook: Rulebook | None = None
    organisation: Organisation | None = None


_lock = RLock()
_in_use = _InUse()


def current_rulebook() -> Rulebook:
    """The law's rulebook.

    Raises:
        FaultyFiles: with every fault, when it is read for the first time.
    """
    with _lock:  # one reading, however many threads ask first
        if _in_use.rulebook is None:
            _in_use.rulebook = Rulebook.load()
        return _in_use.rulebook


def current_organisation() -> Organisation:
    """Centres, roles and registers.

    Raises:
        FaultyFiles: with every fault, when it is read for the first time.
    """
    with _lock:
        if _in_use.organisation is None:
            _in_use.organisation = load_organisation(current_rulebook())
        return _in_use.organisation


@contextmanager
def use_rulebook(rulebook: Rulebook, organisation: Organisation) -> Iterator[None]:
    """Work by others while the block runs, in all threads of the process; for tests."""
    with _lock:
        before = _in_use.rulebook, _in_use.organisation
        _in_use.rulebook, _in_use.organisation = rulebook, organisation
    try:
        yield
    finally:
        with _lock:
            _in_use.rulebook, _in_use.organisation = before
