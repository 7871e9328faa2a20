"""What do these routes cost, and can they be driven? Counted by itself, in plain Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from samsyn.kernel.text import Text
from samsyn.plan.routes.instance import Routing

Routes = Sequence[Sequence[int]]
"""Sites in order, each route from the depot and back, which are not written."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The cost, in tenths, and every broken rule; none means that the routes can be driven."""

    distance: int
    missed: int
    visited: int
    broken: tuple[Text, ...]

    @property
    def cost(self) -> int:
        """Distance and the prizes of sites not visited."""
        return self.distance + self.missed


def check_routes(routing: Routing, routes: Routes) -> Checked:
    """The routes recomputed."""
    broken: list[Text] = []
    count = len(routing.demands)
    known = [[site for site in route if 0 < site < count] for route in routes]
    visits = Counter(site for route in known for site in route)
    if sum(map(len, routes)) != sum(map(len, known)):
        broken.append(Text(sv="en plats finns inte", en="a site does not exist"))
    broken += [
        Text(sv=f"plats {site} besöks {times} gånger", en=f"site {site} is visited {times} times")
        for site, times in sorted(visits.items())
        if times > 1
    ]
    if sum(map(bool, known)) > routing.vehicles:
        broken.append(
            Text(
                sv=f"fler rutter än {routing.vehicles} fordon",
                en=f"more routes than {routing.vehicles} vehicles",
            )
        )
    left = [site for site in range(1, count) if site not in visits]
    if routing.prizes is None and left:
        broken.append(
            Text(sv=f"{len(left)} platser besöks inte", en=f"{len(left)} sites are not visited")
        )
    distance = 0
    for number, route in enumerate(known, start=1):
        length, faults = _drive(routing, route, number)
        distance += length
        broken += faults
    missed = 0 if routing.prizes is None else sum(int(routing.prizes[site]) for site in left)
    return Checked(distance, missed, len(visits), tuple(broken))


def _drive(routing: Routing, route: Sequence[int], number: int) -> tuple[int, list[Text]]:
    broken: list[Text] = []
    at, now, length = 0, int(routing.opens[0]), 0
    for site in [*route, 0]:
        way = int(routing.distances[at][site])
        length += way
        now = max(now + int(routing.service[at]) + way, int(routing.opens[site]))
        if now > routing.closes[site]:
            broken.append(
                Text(
                    sv=f"rutt {number} når plats {site} för sent",
                    en=f"route {number} reaches site {site} too late",
                )
            )
        at = site
    load = sum(int(routing.demands[site]) for site in route)
    if load > routing.capacity:
        broken.append(
            Text(
                sv=f"rutt {number} lastar {load}, högst {routing.capacity}",
                en=f"route {number} loads {load}, at most {routing.capacity}",
            )
        )
    return length, broken
