"""How are routes written and read, in the text that the public instances use?

``Route #1: 5 3 8`` a line, and ``Cost`` with the cost as the instances' own units have it.
"""

from __future__ import annotations

import re

from samsyn.plan.routes.checking import Routes, check_routes
from samsyn.plan.routes.instance import TENTHS, Routing

_ROUTE = re.compile(r"^\s*Route\s*#\s*\d+\s*:((?:\s+\d{1,9})*)\s*$", re.IGNORECASE)


def written(routing: Routing, routes: Routes) -> str:
    """The text of a solution."""
    lines = [
        f"Route #{number}: {' '.join(map(str, route))}"
        for number, route in enumerate(routes, start=1)
    ]
    return "\n".join([*lines, f"Cost {cost_text(routing, routes)}", ""])


def cost_text(routing: Routing, routes: Routes) -> str:
    """The cost in the instance's own unit: tenths with prizes, whole and a decimal without."""
    cost = check_routes(routing, routes).cost
    return str(cost) if routing.prizes is not None else f"{cost / TENTHS:.1f}"


def routes_in(text: str) -> list[list[int]]:
    """The routes of a text.

    Raises:
        ValueError: if there are none; the message is a line that could not be read.
    """
    routes = []
    for line in text.splitlines():
        found = _ROUTE.match(line)
        if found:
            routes.append([int(word) for word in found[1].split()])
        elif line.strip().lower().startswith("route"):
            raise ValueError(line.strip())
    if not routes:
        raise ValueError("Route #1: 1 2 3")
    return routes
