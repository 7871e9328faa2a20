"""What do two fences cost when a list is shown, beside a filter written by hand and no policies?"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connections, models
from django.test.utils import CaptureQueriesContext

from bench.hub.installation import DATABASE, Installation, address, tell
from bench.hub.people import OFFICER, Person, people_of
from bench.law.measure import Line, Section
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.cases.reads import Wanted, cases_of
from samsyn.hub.guard.context import acting, signed_claims

PAIRS, WARM_UPS = 300, 30
MOST_TIMES = 1.3
Database = psycopg.Connection[tuple[Any, ...]]

_CASES_BY_HAND = """
select {columns}, array(
    select m.name from cases_casemember m where m.case_id = c.id and m.to_day is null
    order by m.from_day, m.name limit 3)
from cases_case c where c.agency = %(agency)s and c.visible_to = any (%(keys)s)
order by c.changed_at desc, c.id desc limit 51
"""
_FACTS_BY_HAND = """
select {columns} from cases_fact c
where c.agency = %(agency)s and c.visible_to = any (%(keys)s) and c.bound_matter is null
    and (c.valid_to is null or c.valid_to >= %(day)s)
order by c.made_at desc limit 50
"""


@dataclass(frozen=True)
class Listed:
    """A list, asked for in two ways.

    Attributes:
        ask: asks for it through the code's fence.
        by_hand: the statement that somebody would write who trusts the program.
    """

    name: str
    model: type[models.Model]
    ask: Callable[[Person], Any]
    by_hand: str


LISTS = (
    Listed(
        "newest cases, as the list shows them",
        Case,
        lambda person: cases_of(person.actor, Wanted()),
        _CASES_BY_HAND,
    ),
    Listed(
        "newest facts",
        Fact,
        lambda person: list(
            Fact.seen(person.actor)
            .filter(agency=person.agency)
            .defer("search")
            .order_by("-made_at")[:50]
        ),
        _FACTS_BY_HAND,
    ),
)


def measure(installation: Installation) -> list[Section]:
    """Each list at the agency with the most cases and at the one with the fewest."""
    lines = []
    for size, person, cases in _big_and_small(installation):
        for listed in LISTS:
            tell(f"list: {listed.name}, {person.agency}")
            place = f"{listed.name}, {size} ({person.agency}, {cases:,} cases)"
            fenced, by_hand = _compared(installation, listed, person)
            lines += [
                Line(f"{place}: row policies on", fenced, "ms"),
                Line(f"{place}: off, filter by hand", by_hand, "ms"),
                Line(f"{place}: on / off", fenced / by_hand, "times", MOST_TIMES),
            ]
    about = (
        f"The newest fifty rows, {PAIRS} times in turn, the median: as the web role under forced "
        "row policies with a signed context, the statement being the one the page sends; and as "
        "the superuser without policies, with the same columns and a filter written by hand. Until "
        "the last row is in this process; both find the same rows. The page asks for one case more "
        "than it shows."
    )
    return [Section("Newest fifty", about, lines)]


def _big_and_small(installation: Installation) -> list[tuple[str, Person, int]]:
    officers = {person.agency: person for person in reversed(people_of(OFFICER))}
    with installation.owner() as owner:
        counted = owner.execute(
            "select agency, count(*) from cases_case group by agency order by count(*) desc"
        ).fetchall()
    there = [(agency, count) for agency, count in counted if agency in officers]
    return [
        (size, officers[agency], count)
        for size, (agency, count) in (("a big agency", there[0]), ("a small one", there[-1]))
    ]


def _compared(installation: Installation, listed: Listed, person: Person) -> tuple[float, float]:
    """Milliseconds with the policies and without, of the same rows."""
    asked = _statement(listed, person)
    columns = ", ".join(
        f"c.{field.column}"
        for field in listed.model._meta.concrete_fields
        if field.name != "search"
    )
    actor = person.actor
    values = {"agency": actor.agency, "keys": list(actor.keys), "day": actor.day}
    with (
        _connected(installation.environment["DATABASE_URL"]) as web,
        _connected(address(installation.server, DATABASE)) as owner,
    ):
        by_hand = psycopg.ClientCursor(owner).mogrify(
            listed.by_hand.format(columns=columns), values
        )
        web.execute("select set_config('samsyn.context', %s, false)", [signed_claims(person.actor)])
        if sorted(map(str, _ids(web, asked))) != sorted(map(str, _ids(owner, by_hand))):
            raise RuntimeError(f"{listed.name}: the two ways do not find the same rows")
        pairs = [(_took(web, asked), _took(owner, by_hand)) for _ in range(WARM_UPS + PAIRS)][
            WARM_UPS:
        ]
    fenced, without = (statistics.median(times) * 1e3 for times in zip(*pairs, strict=True))
    return fenced, without


def _statement(listed: Listed, person: Person) -> str:
    """What the code sends, with the values in it."""
    with acting(person.actor), CaptureQueriesContext(connections["default"]) as captured:
        listed.ask(person)
    connections["default"].close()
    (statement,) = [q["sql"] for q in captured.captured_queries if q["sql"].startswith("SELECT")]
    return str(statement)


def _connected(url: str) -> Database:
    # As Django connects: values are put in here, and nothing is prepared for the next time.
    return psycopg.connect(
        url, autocommit=True, cursor_factory=psycopg.ClientCursor, prepare_threshold=None
    )


def _ids(connection: Database, statement: str) -> list[Any]:
    return [row[0] for row in connection.execute(statement.encode()).fetchall()]


def _took(connection: Database, statement: str) -> float:
    begun = time.perf_counter()
    connection.execute(statement.encode()).fetchall()
    return time.perf_counter() - begun
