"""Every way out of the hub, as a function from a person and a place to the markers it shows.

A new output joins the isolation test by being registered here with ``@output``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.test import Client

from tests.hub.isolation.world import CaseRow

MARKER = re.compile(r"mk[a-z]{2}\d{5}")
"""Cases are marked ``mkca00001``, facts ``mkfa00001``: whatever shows one shows the row."""


@dataclass(frozen=True)
class Asked:
    """Who looks, and where.

    Attributes:
        client: a browser in which the person is signed in.
        case: the case looked at, None for pages outside a case.
        markers: every marker there is, so that an output that takes words can be given them.
    """

    client: Client
    case: CaseRow | None
    markers: tuple[str, ...]


Output = Callable[[Asked], str]
OUTSIDE: dict[str, Output] = {}
WITHIN: dict[str, Output] = {}


def output(name: str, *, within: bool) -> Callable[[Output], Output]:
    """Register an output, of a case or outside every case."""

    def registered(function: Output) -> Output:
        (WITHIN if within else OUTSIDE)[name] = function
        return function

    return registered


def shown(output: Output, asked: Asked) -> set[str]:
    """The markers that an output shows."""
    return set(MARKER.findall(output(asked)))
