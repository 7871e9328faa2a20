"""How long does it take to try a bill on a hundred thousand recorded questions?

Twice: on a register as the work leaves one, in which the same is asked again and again, and on the
worst there can be, in which every question is drawn by chance among all kinds, agencies and days.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from bench.hub.installation import Installation, tell
from bench.law.measure import Line, Section
from samsyn.hub.cases.fact_kinds import fact_kinds
from samsyn.hub.cases.secrecy import propose_secrecy
from samsyn.hub.disclosures.obstacles import plain_question
from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.hub.obstacles.whatif import Asked, WhatIf, distinct, replay, rulebook_of

QUESTIONS = 100_000
LONGEST_SECONDS = 5.0
BILL = "prop-2024-25-180"
FIRST = date(2022, 6, 1)
DAYS = 1_600
AGENCIES = ("AV", "SKV", "FK", "AF", "MV", "PM", "EBM", "JäMy", "ÅM")
PURPOSES = (
    "joint_inspection_plan", "joint_inspection_execute", "joint_inspection_followup",
    "own_supervision", "prevent_wrong_payment", "crime_intelligence", "own_tax_control",
)  # fmt: skip


def measure(installation: Installation) -> list[Section]:
    """Both registers against the bill that comes with Samsyn."""
    lines: list[Line] = []
    for name, rows, limit in (
        ("as the work leaves it", _as_the_work(installation), LONGEST_SECONDS),
        ("all drawn by chance", _by_chance(), None),
    ):
        tell(f"replaying {QUESTIONS:,} questions, {name}")
        lines += _measured(name, rows, limit)
    about = (
        f"{QUESTIONS:,} recorded questions, each asked of the present rulebook and of {BILL}. What "
        "is asked alike under the same rules is asked once, so the time follows the number of "
        "different questions. The first register is the training data's own rows, repeated on "
        "other days until there are enough; the second is drawn evenly over every kind of fact, "
        "holder, receiver, purpose and day, as no register is. By the clock, in one process, "
        "reading from the database apart; the rulebooks are loaded, nothing else is remembered."
    )
    return [Section("A bill tried on the obstacle register", about, lines)]


def _measured(name: str, rows: Sequence[Asked], limit: float | None) -> list[Line]:
    present, proposed = current_rulebook(), rulebook_of(BILL)
    different = len(distinct(rows, present, proposed))
    begun, used = time.perf_counter(), time.process_time()
    found = replay(rows, present, proposed)
    passed, used = time.perf_counter() - begun, time.process_time() - used
    _check(found)
    note = f"{different:,} different; {used:.1f} s of processor time"
    return [Line(name, passed, "s", limit, note=note)]


def _check(found: WhatIf) -> None:
    if found.asked + found.unasked != QUESTIONS or not found.effects["opened"].count:
        raise RuntimeError(f"{found.asked} of {QUESTIONS} questions were asked")


def _as_the_work(installation: Installation) -> list[Asked]:
    """The rows of the training data, on other days until there are enough."""
    with installation.owner() as owner:
        kept = owner.execute("select question, provisions from disclosures_obstacle order by id")
        rows = [(question, tuple(provisions)) for question, provisions in kept.fetchall()]
    chance = random.Random(1)
    return [
        _asked(number, _on(rows[number % len(rows)][0], chance), rows[number % len(rows)][1])
        for number in range(QUESTIONS)
    ]


def _by_chance() -> list[Asked]:
    """Every question drawn by itself."""
    chance = random.Random(1)
    kinds, found = list(fact_kinds().values()), []
    secrecy: dict[tuple[str, str], tuple[str, ...]] = {}
    for number in range(QUESTIONS):
        kind = chance.choice(kinds)
        giver = chance.choice(list(kind.holders))
        if (kind.code, giver) not in secrecy:
            secrecy[kind.code, giver] = propose_secrecy(
                holder=giver,
                activity=kind.holders[giver],
                item_kind=kind.code,
                subject_kind=kind.subject,
                on=date(2026, 1, 1),
            )
        question = plain_question(
            giver=giver,
            receiver=chance.choice([one for one in AGENCIES if one != giver]),
            purpose=chance.choice(PURPOSES),
            on=FIRST,
            item_kind=kind.code,
            secrecy=secrecy[kind.code, giver],
        )
        found.append(_asked(number, _on(question, chance), secrecy[kind.code, giver]))
    return found


def _on(question: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    return {**question, "on": day.isoformat()}


def _asked(number: int, question: dict[str, Any], provisions: tuple[str, ...]) -> Asked:
    return Asked(question, provisions, [UUID(int=number)])
