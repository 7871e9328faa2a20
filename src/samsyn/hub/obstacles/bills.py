"""What would the bills that come with Samsyn have meant, as figures that can be added to others'?

The same tries as on the what-if page, counted without the rows behind them, so that the figures of
several agencies can be summed though nobody sees more than their own rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from samsyn.hub.guard.actor import Actor
from samsyn.hub.obstacles.figures import Line, Period, Table
from samsyn.hub.obstacles.names import BILL_PARTS, known_bills, names_of, title_of
from samsyn.hub.obstacles.whatif import Tally, WhatIf, kept_questions, tried
from samsyn.kernel.text import Text

DEFINITION = Text(
    sv="Rader i hinderregistret med en fråga till lagen, prövade mot gällande regler och mot "
    "förslaget. En rad räknas under varje bestämmelse som stod i vägen eller hade gett vika.",
    en="Rows of the obstacle register with a question to the law, tried against the present rules "
    "and the bill. A row counts under each provision that stood in the way or would have yielded.",
)


def bill_tables(actor: Actor, period: Period) -> tuple[Table, ...]:
    """The tables of every bill, of the rows the actor may see."""
    asked = list(kept_questions(actor, period.since, period.until))
    found: list[Table] = []
    for code, bill in known_bills().items():
        found += _tables(code, tried(asked, bill))
    return tuple(found)


def _tables(code: str, found: WhatIf) -> Iterable[Table]:
    parts: Mapping[str, Mapping[str, Tally]] = {
        "effects": {str(effect): tally for effect, tally in found.effects.items()},
        "opened": found.opened,
        "closed": found.closed,
        "weakened": found.weakened,
    }
    for part in BILL_PARTS:
        table = f"bill.{code}.{part}"
        counts = {line: tally.count for line, tally in parts[part].items() if tally.count}
        names = names_of(table, counts)
        lines = tuple(
            Line(line, names.get(line, Text(sv=line, en=line)), count)
            for line, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        )
        total = found.asked if part == "effects" else None
        yield Table(table, title_of(table), "obstacle", DEFINITION, lines, total)
