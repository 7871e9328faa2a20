"""Does the time of an answer tell whether something hidden is there? Abuse case 14."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import reverse

from bench.hub.installation import Installation, tell
from bench.hub.people import OFFICER, Person, people_of, signed_in
from bench.law.measure import Line, Section

REQUESTS, WARM_UP = 9_999, 300
"""A third for what is hidden and two thirds for what is missing, which makes two halves as many."""
DRAWS = 1000
SURE = 0.99
"""Of the differences between two halves of the same kind so many are smaller than the limit."""


def measure(installation: Installation) -> list[Section]:
    """Ask for hidden and missing cases in turn, and hold their times against each other."""
    person = people_of(OFFICER)[0]
    chance = random.Random(14)
    hidden = _hidden(installation, person, REQUESTS // 3)
    asked = [(True, one) for one in hidden]
    asked += [(False, UUID(int=chance.getrandbits(128), version=4)) for _ in range(2 * len(hidden))]
    chance.shuffle(asked)
    tell(f"asking for {len(asked):,} cases that are hidden or missing")
    times = _asked(person, asked)
    there = [took for (is_there, _), took in zip(asked, times, strict=True) if is_there]
    missing = [took for (is_there, _), took in zip(asked, times, strict=True) if not is_there]
    return [_section(there, missing, chance)]


def _hidden(installation: Installation, person: Person, count: int) -> list[UUID]:
    """Cases of other agencies; asked for again from the first where there are too few."""
    with installation.owner() as owner:
        rows = owner.execute(
            "select id from cases_case where agency <> %s order by md5(id::text) limit %s",
            [person.agency, count],
        ).fetchall()
    return [UUID(str(rows[number % len(rows)][0])) for number in range(count)]


def _asked(person: Person, asked: Sequence[tuple[bool, UUID]]) -> list[float]:
    """Milliseconds of each answer, which has to be that there is no such thing."""
    client = Client(SERVER_NAME="localhost", headers={"x-forwarded-proto": "https"})
    client.cookies[settings.SESSION_COOKIE_NAME] = signed_in(person)
    times = []
    for _, case in (*asked[:WARM_UP], *asked):
        path = reverse("cases:room", args=[case])
        begun = time.perf_counter()
        answer = client.get(path, secure=True)
        times.append((time.perf_counter() - begun) * 1e3)
        if answer.status_code != 404:
            raise RuntimeError(f"{path} answered {answer.status_code}")
    connections.close_all()
    return times[WARM_UP:]


def _section(there: Sequence[float], missing: Sequence[float], chance: random.Random) -> Section:
    found = _apart(there, missing)
    low, high = _interval(there, missing, chance)
    lines = [
        Line("a case that is hidden", statistics.median(there), "ms"),
        Line("a case that is missing", statistics.median(missing), "ms"),
        Line(
            "difference of the medians",
            abs(found) * 1e3,
            "µs",
            _noise(missing, len(there), chance) * 1e3,
            note=f"95 % interval {low * 1e3:+.0f} to {high * 1e3:+.0f} µs, by {DRAWS} resamplings",
        ),
    ]
    about = (
        f"{len(there) + len(missing):,} requests of one officer in this process, in a drawn order: "
        "cases of other agencies, and ids that nothing has. All are answered that there is no such "
        "thing. The limit is measured in the same run: so far apart lie the medians of two halves "
        f"of the missing ones, as many in each as there are hidden ones, in {SURE:.0%} of {DRAWS} "
        "drawn halvings. A difference below it cannot be told from chance."
    )
    return Section("Time as a hint of what is hidden", about, lines)


def _apart(one: Sequence[float], other: Sequence[float]) -> float:
    return statistics.median(one) - statistics.median(other)


def _interval(
    there: Sequence[float], missing: Sequence[float], chance: random.Random
) -> tuple[float, float]:
    """Where the difference lies, by drawing the same number of times anew."""
    drawn = sorted(
        _apart(chance.choices(there, k=len(there)), chance.choices(missing, k=len(missing)))
        for _ in range(DRAWS)
    )
    return drawn[int(DRAWS * 0.025)], drawn[int(DRAWS * 0.975) - 1]


def _noise(same: Sequence[float], count: int, chance: random.Random) -> float:
    """How far two halves of the same kind lie apart by chance."""
    apart = []
    for _ in range(DRAWS):
        drawn = chance.sample(same, 2 * count)
        apart.append(abs(_apart(drawn[:count], drawn[count:])))
    return sorted(apart)[int(DRAWS * SURE) - 1]
