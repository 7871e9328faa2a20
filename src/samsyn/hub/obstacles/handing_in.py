"""Hand in an agency's obstacle figures to the national coordination, and withdraw them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connections
from django.utils import timezone

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.policy import access_key, require
from samsyn.hub.guard.refusals import Conflict, Invalid, Missing, Refused
from samsyn.hub.guard.seal_keys import signing_key
from samsyn.hub.obstacles.bills import bill_tables
from samsyn.hub.obstacles.combining import signed
from samsyn.hub.obstacles.figures import Period, Table
from samsyn.hub.obstacles.files import as_snapshot, told_tables
from samsyn.hub.obstacles.models import HandedFigures
from samsyn.hub.obstacles.periods import NamedPeriod, name_of, periods_on
from samsyn.hub.obstacles.report import Report, report_of
from samsyn.kernel.text import Text

HAND_IN, WITHDRAW = "figures.hand_in", "figures.withdraw"
LONGEST_WHY = 500
NO_PERIOD = Text(sv="Välj en period som är slut.", en="Choose a period that is over.")


def period_of(actor: Actor, code: str) -> NamedPeriod:
    """A period that is over today.

    Raises:
        Invalid: if there is none of that code.
    """
    found = periods_on(actor.day).get(code)
    if found is None:
        raise Invalid("period", NO_PERIOD)
    return found


def to_hand_in(actor: Actor, period: NamedPeriod) -> tuple[Report, tuple[Table, ...]]:
    """The agency's report for a period, and its figures as they would leave."""
    report = report_of(actor, period.days)
    return report, told_tables([*report.tables, *bill_tables(actor, period.days)])


def hand_in_figures(*, actor: Actor, period: str) -> HandedFigures:
    """Sign the agency's figures for a period and hand them in; what stood before is kept, replaced.

    The same figures handed in again change nothing.

    Raises:
        Invalid: if there is no such period.
        Refused: if no role of the actor's may, or other figures that stand share days with these.
    """
    require(actor, HAND_IN)
    chosen = period_of(actor, period)
    with connections["default"].cursor() as cursor:
        # Two at the same agency at a time would both find nothing that stands.
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"figures {actor.agency}"]
        )
    days, own = chosen.days, standing(actor)
    _require_apart(own, days)
    report, tables = to_hand_in(actor, chosen)
    text = _signed(report, tables)
    before = of_days(own, days)
    if before is not None and before.figures == text:
        return before
    made = HandedFigures(
        id=uuid4(),
        visible_to=access_key(actor.agency),
        agency=actor.agency,
        since=days.since,
        until=days.until,
        figures=text,
        rulebook=report.rulebook,
        handed_by=str(actor.account),
        handed_by_name=actor.name,
    )
    with act(actor, HAND_IN, objects=[made, *filter(None, [before])]) as entry:
        entry.rulebook = report.rulebook
        entry.detail = f"{days.since} {days.until}{' replaces' if before else ''}"
        made.entry = entry.write()
        if before is not None:
            _end(actor, before, why="", replaced_by=made.pk)
        made.save(force_insert=True)
    return made


def of_days(standing: Iterable[HandedFigures], days: Period) -> HandedFigures | None:
    """Of the figures that stand, those of just these days."""
    return next((row for row in standing if (row.since, row.until) == _ends(days)), None)


def in_the_way(standing: Iterable[HandedFigures], days: Period) -> HandedFigures | None:
    """Of the figures that stand, those of other days that share some with these.

    The difference between a year and a half of it would tell what was kept back.
    """
    others = (row for row in standing if (row.since, row.until) != _ends(days))
    return next((r for r in others if r.since <= days.until and r.until >= days.since), None)


def _ends(days: Period) -> tuple[date, date]:
    return days.since, days.until


def _require_apart(standing: Iterable[HandedFigures], days: Period) -> None:
    other = in_the_way(standing, days)
    if other is not None:
        name = name_of(other.since, other.until)
        raise Refused(
            Text(
                sv=f"Ni har redan lämnat in tal för {name.sv}. Tillsammans skulle talen röja dem "
                "som hölls inne.",
                en=f"You have handed in figures for {name.en} already. Together they would tell "
                "those that were kept back.",
            ),
            next_step=Text(
                sv=f"Ta tillbaka talen för {name.sv} först.",
                en=f"Withdraw the figures for {name.en} first.",
            ),
        )


def withdraw_figures(*, actor: Actor, handed: HandedFigures, why: str) -> None:
    """Take back figures that stand: the national coordination no longer sees them.

    Raises:
        Invalid: if no reason is given.
        Conflict: if they do not stand any more.
    """
    if not why.strip():
        raise Invalid("why", Text(sv="Skriv varför.", en="Say why."))
    with act(actor, WITHDRAW, objects=[handed], detail=f"{handed.since} {handed.until}"):
        _end(actor, handed, why=why.strip()[:LONGEST_WHY], replaced_by=None)


def _end(actor: Actor, handed: HandedFigures, *, why: str, replaced_by: UUID | None) -> None:
    ended = HandedFigures.seen(actor).filter(
        pk=handed.pk, agency=actor.agency, withdrawn_at__isnull=True
    )
    changed = ended.update(
        withdrawn_at=timezone.now(),
        withdrawn_by=actor.account,
        withdrawn_by_name=actor.name,
        withdrawn_why=why,
        replaced_by=replaced_by,
    )
    if not changed:
        raise Conflict(
            Text(
                sv="Talen är redan återtagna eller ersatta.",
                en="The figures have been withdrawn or replaced already.",
            )
        )


def standing(actor: Actor) -> list[HandedFigures]:
    """What the actor's agency has handed in and not withdrawn."""
    return list(HandedFigures.seen(actor).filter(agency=actor.agency, withdrawn_at__isnull=True))


def handed_by_agency(actor: Actor) -> Sequence[HandedFigures]:
    """All that the actor's agency has handed in, the latest first, withdrawn ones too."""
    return list(
        HandedFigures.seen(actor).filter(agency=actor.agency).defer("figures").order_by(
            "-handed_at", "pk"
        )[:100]
    )  # fmt: skip


def handed_of(actor: Actor, handed_id: UUID) -> HandedFigures:
    """One that the actor's agency handed in and that stands.

    Raises:
        Missing: if there is none for this person.
    """
    found = (
        HandedFigures.seen(actor)
        .filter(pk=handed_id, agency=actor.agency, withdrawn_at__isnull=True)
        .first()
    )
    if found is None:
        raise Missing
    return found


def _signed(report: Report, tables: Sequence[Table]) -> str:
    key = signing_key(bytes.fromhex(settings.SAMSYN_LOG_SIGNING_KEY))
    return json.dumps(signed(as_snapshot(report, tables), key), ensure_ascii=False, indent=1)
