"""What was asked, what stood in the way, how long did it take and what followed, at one agency?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from samsyn.hub.disclosures.models import Disclosure, Question
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.hub.obstacles.figures import Line, Period, Table, counted, tallied
from samsyn.hub.obstacles.names import BY, TITLES, names_of
from samsyn.hub.obstacles.reads import Filters, obstacles
from samsyn.hub.obstacles.waiting import Waiting, waiting
from samsyn.kernel.text import Text

ENDED = ("answered", "refused")


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one agency for a period.

    Attributes:
        agency, period: whose and for when.
        tables: in the order they are read.
        waits: per holder, the time from our question to the end of it; all together under ``""``.
        rulebook: version of the rulebook that names the provisions.
    """

    agency: str
    period: Period
    tables: tuple[Table, ...]
    waits: Mapping[str, Waiting]
    rulebook: str


COLUMNS = (
    "kind", "giver", "receiver", "provisions", "purpose", "item_kind", "outcome", "needed_for",
    "consequence",
)  # fmt: skip
"""What of a row of the register is counted."""


def report_of(actor: Actor, period: Period) -> Report:
    """The report of the actor's agency, of the rows the actor may see."""
    asked = _questions(actor, period, "asked")
    received = _questions(actor, period, "received")
    found = obstacles(actor, Filters(since=period.since, until=period.until))
    rows: list[dict[str, Any]] = [dict(row) for row in found.values(*COLUMNS)]
    return Report(
        agency=actor.agency,
        period=period,
        tables=(
            _asked_table(asked, rows),
            _received_table(received),
            *_decision_tables(actor, period),
            *_obstacle_tables(rows, period),
            _beliefs_table(rows, period),
            *_followed_tables(rows, period),
        ),
        waits=_waits(asked, actor.day),
        rulebook=current_rulebook().version,
    )


def _questions(actor: Actor, period: Period, side: str) -> list[dict[str, Any]]:
    rows = Question.seen(actor).filter(
        side=side, sent_at__date__gte=period.since, sent_at__date__lte=period.until
    )
    return [
        dict(row)
        for row in rows.values("state", "asker", "holder", "purpose", "sent_at", "ended_at")
    ]


def _asked_table(asked: list[dict[str, Any]], rows: list[dict[str, Any]]) -> Table:
    counts = tallied(row["state"] for row in asked)
    for kind in ("never_asked", "not_put"):
        counts[kind] = sum(row["kind"] == kind for row in rows)
    links = {"never_asked": {"slag": "never_asked"}, "not_put": {"slag": "not_put"}}
    lines = counted(counts, names_of("asked", counts), "")
    return Table(
        code="asked",
        title=TITLES["asked"],
        unit="question",
        definition=Text(
            sv="Frågor som sändes under perioden, efter hur det gick; därtill behov som någon "
            "antecknade utan att fråga och frågor som lagen stoppade. En fråga till tre "
            "myndigheter är tre.",
            en="Questions sent in the period, by how it went; besides, needs that somebody noted "
            "without asking and questions that the law stopped. A question to three agencies is "
            "three.",
        ),
        lines=tuple(
            Line(line.code, line.name, line.count, links.get(line.code, {})) for line in lines
        ),
        total=sum(counts.values()),
    )


def _received_table(received: list[dict[str, Any]]) -> Table:
    counts = tallied(row["state"] for row in received)
    return Table(
        code="received",
        title=TITLES["received"],
        unit="question",
        definition=Text(
            sv="Frågor som kom in under perioden, efter hur det gick.",
            en="Questions that came in in the period, by how it went.",
        ),
        lines=counted(counts, names_of("asked", counts), ""),
        total=len(received),
    )


def _decision_tables(actor: Actor, period: Period) -> list[Table]:
    rows = list(
        Disclosure.seen(actor)
        .filter(decided_at__date__gte=period.since, decided_at__date__lte=period.until)
        .values("state", "weighing_outcome", "receiver")
    )
    decided = tallied(row["state"] for row in rows)
    weighed = tallied(row["weighing_outcome"] for row in rows)
    return [
        Table(
            code="decisions",
            title=TITLES["decisions"],
            unit="decision",
            definition=Text(
                sv="Beslut som fattades hos oss under perioden. Ett beslut kan gälla många "
                "uppgifter, alltid till en myndighet.",
                en="Decisions taken here in the period. A decision may concern many facts, always "
                "to one agency.",
            ),
            lines=counted(decided, names_of("decisions", decided), ""),
            total=len(rows),
        ),
        Table(
            code="weighings",
            title=TITLES["weighings"],
            unit="weighing",
            definition=Text(
                sv="Beslut där lagen bad om en avvägning, efter hur den gick.",
                en="Decisions for which the law asked for a weighing, by how it went.",
            ),
            lines=counted(weighed, names_of("weighings", weighed), ""),
            total=sum(weighed.values()),
        ),
    ]


NOT_GIVEN = ("question_refused", "disclosure_refused", "left_out", "not_put", "never_asked")
"""Kinds that are counted under a provision; ``met_refusal`` is the other side of another's row."""


def _obstacle_tables(rows: list[dict[str, Any]], period: Period) -> list[Table]:
    ours = [row for row in rows if row["kind"] in NOT_GIVEN]
    days = {"fran": period.since.isoformat(), "till": period.until.isoformat()}
    provisions = tallied(cite for row in ours for cite in dict.fromkeys(row["provisions"]))
    return [
        Table(
            code="provisions",
            title=TITLES["provisions"],
            unit="obstacle",
            definition=Text(
                sv="Uppgifter, frågor och behov i hinderregistret. En rad räknas under varje "
                "bestämmelse som hindrade den, och inte där ingen gjorde det; summan är därför "
                "en annan än antalet rader.",
                en="Facts, questions and needs in the obstacle register. A row counts under each "
                "provision that barred it, and not where none did; so the sum is another than the "
                "number of rows.",
            ),
            lines=counted(provisions, names_of("provisions", provisions), "bestammelse", **days),
            total=sum(bool(row["provisions"]) for row in ours),
        ),
        *(_by(ours, field, days) for field in BY),
    ]


def _by(rows: list[dict[str, Any]], field: str, days: Mapping[str, str]) -> Table:
    counts = tallied(row[field] for row in rows)
    name, title = BY[field]
    return Table(
        code=f"{field}s",
        title=title,
        unit="obstacle",
        definition=Text(
            sv="Rader i hinderregistret: uppgifter, frågor och behov som inte ledde till något "
            "utlämnande.",
            en="Rows of the obstacle register: facts, questions and needs that led to no "
            "disclosure.",
        ),
        lines=counted(counts, names_of(f"{field}s", counts), name, **days),
        total=sum(counts.values()),
    )


def _beliefs_table(rows: list[dict[str, Any]], period: Period) -> Table:
    never = [row for row in rows if row["kind"] == "never_asked"]
    outcomes = tallied(row["outcome"] for row in never)
    return Table(
        code="beliefs",
        title=TITLES["beliefs"],
        unit="need",
        definition=Text(
            sv="Behov som någon inte frågade om, efter vad lagen svarade när behovet antecknades. "
            "Där lagen öppnade var det kunskapen om reglerna som stod i vägen.",
            en="Needs that somebody did not ask about, by what the law answered when the need was "
            "noted. Where the law opened, knowledge of the rules stood in the way.",
        ),
        lines=counted(outcomes, names_of("beliefs", outcomes), ""),
        total=sum(outcomes.values()),
    )


def _followed_tables(rows: list[dict[str, Any]], period: Period) -> list[Table]:
    days = {"fran": period.since.isoformat(), "till": period.until.isoformat()}
    needs = tallied(row["needed_for"] for row in rows)
    followed = tallied(row["consequence"] for row in rows)
    return [
        Table(
            code="needs",
            title=TITLES["needs"],
            unit="need",
            definition=Text(
                sv="Rader där den som behövde uppgiften har sagt till vad: frågor som aldrig "
                "ställdes och våra frågor som avslogs.",
                en="Rows in which whoever needed it has said for what: questions never asked and "
                "our questions that were refused.",
            ),
            lines=counted(needs, names_of("needs", needs), "behov", **days),
            total=sum(needs.values()),
        ),
        Table(
            code="consequences",
            title=TITLES["consequences"],
            unit="need",
            definition=Text(
                sv="Rader där någon har berättat vad som följde av att uppgiften inte kom.",
                en="Rows in which somebody has told what followed when it did not come.",
            ),
            lines=counted(followed, names_of("consequences", followed), "foljd", **days),
            total=sum(followed.values()),
        ),
    ]


def _waits(asked: list[dict[str, Any]], day: date) -> dict[str, Waiting]:
    times: dict[str, list[tuple[int, bool]]] = {"": []}
    for row in asked:
        ended = row["ended_at"] is not None and row["state"] in ENDED
        end = row["ended_at"].date() if row["ended_at"] is not None else day
        waited = ((end - row["sent_at"].date()).days, ended)
        times[""].append(waited)
        times.setdefault(row["holder"], []).append(waited)
    return {holder: waiting(known) for holder, known in sorted(times.items())}
