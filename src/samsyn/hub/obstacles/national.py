"""What have the agencies handed in for a period, together, and who has not?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.hub_keys import public_keys
from samsyn.hub.guard.refusals import Refused
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.obstacles.combining import Combined, Snapshot, combine, read_snapshot
from samsyn.hub.obstacles.models import HandedFigures
from samsyn.hub.obstacles.periods import name_of
from samsyn.hub.obstacles.reads import CHOOSE_ANEW
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Text

READ = "figures.national"


@dataclass(frozen=True, slots=True)
class Delivered:
    """How an agency stands to a period.

    Attributes:
        agency: its code.
        handed: what it has handed in; None when it has not.
        left_out: why its figures are not in the sums; None when they are.
    """

    agency: str
    handed: HandedFigures | None
    left_out: Text | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A period for which at least one agency has handed in."""

    since: date
    until: date

    @property
    def code(self) -> str:
        """As an address has it."""
        return f"{self.since}_{self.until}"

    @property
    def name(self) -> Text:
        """In words."""
        return name_of(self.since, self.until)


@dataclass(frozen=True, slots=True)
class National:
    """The agencies' figures for a period.

    Attributes:
        period: which.
        agencies: every member of the cooperation on its last day, and who else has handed in.
        combined: the sums; None when no figures can be added.
    """

    period: Choice
    agencies: tuple[Delivered, ...]
    combined: Combined | None

    @property
    def missing(self) -> tuple[str, ...]:
        """The agencies that have handed in nothing."""
        return tuple(one.agency for one in self.agencies if one.handed is None)

    @property
    def counted(self) -> int:
        """Number of agencies in the sums."""
        return len(self.combined.agencies) if self.combined else 0


def standing_figures(actor: Actor) -> list[HandedFigures]:
    """All that stands and the person may read together, the latest period first."""
    rows = HandedFigures.seen(actor).filter(withdrawn_at__isnull=True)
    return list(rows.order_by("-until", "since", "agency"))


def choices(rows: Sequence[HandedFigures]) -> list[Choice]:
    """The periods there are figures for, the latest first, the longest before those within it."""
    return list(dict.fromkeys(Choice(row.since, row.until) for row in rows))


def chosen_of(found: Sequence[Choice], code: str) -> Choice | None:
    """The period in an address; the first when none is named, None when there is none at all.

    Raises:
        Refused: if the one that is named is not among them.
    """
    if not code:
        return found[0] if found else None
    for one in found:
        if one.code == code:
            return one
    raise Refused(
        Text(
            sv="För den perioden har ingen lämnat in tal.", en="Nobody has handed in that period."
        ),
        next_step=CHOOSE_ANEW,
    )


def of(rows: Sequence[HandedFigures], period: Choice) -> list[HandedFigures]:
    """The figures of one period."""
    return [row for row in rows if (row.since, row.until) == (period.since, period.until)]


def national(rows: Sequence[HandedFigures], period: Choice) -> National:
    """The figures of one period together, each signature looked at anew.

    Provisions are named by a rulebook: figures of another version than the one handed in last are
    not added, and their agency is asked to hand in anew.
    """
    of_period = {row.agency: row for row in of(rows, period)}
    newest = max(of_period.values(), key=lambda row: row.handed_at, default=None)
    read: dict[str, Snapshot] = {}
    why: dict[str, Text] = {}
    for agency, row in of_period.items():
        found = _read(row, newest.rulebook if newest else "")
        if isinstance(found, Snapshot):
            read[agency] = found
        else:
            why[agency] = found
    members = current_organisation().cooperation_members(period.until)
    agencies = tuple(
        Delivered(code, of_period.get(code), why.get(code))
        for code in sorted({*members, *of_period})
    )
    return National(period, agencies, combine(read.items()) if read else None)


def _read(row: HandedFigures, rulebook: str) -> Snapshot | Text:
    try:
        found = read_snapshot(row.figures, row.agency, public_keys())
    except FieldError as error:
        return error.said
    if (found.agency, found.since, found.until) != (
        row.agency,
        row.since.isoformat(),
        row.until.isoformat(),
    ):
        return Text(
            sv="säger sig gälla något annat än de lämnades in för",
            en="say that they are about something else than they were handed in for",
        )
    if found.rulebook != rulebook:
        return Text(
            sv="gjordes med en annan version av regelboken; be myndigheten lämna in på nytt",
            en="were made with another version of the rulebook; ask the agency to hand in anew",
        )
    return found
