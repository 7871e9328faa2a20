"""Let a case rest and go on, close it and open it again, and put it in the archive."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import F

from samsyn.hub.cases.models import Case, Clock, ClockPause
from samsyn.hub.cases.telling import tell
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.refusals import Conflict, Invalid, Refused
from samsyn.kernel.text import Text

KEPT_YEARS = 10
"""Years that an archived case is kept unless the agency's own disposal plan says otherwise."""
MOST_YEARS = 100
REASON = Text(sv="Skriv skälet med egna ord.", en="Write the reason in your own words.")
ARCHIVED = Text(
    sv="Ärendet är arkiverat och ändras inte.", en="The case is archived and is not changed."
)
OPEN_ANOTHER = Text(
    sv="Öppna ett nytt ärende och hänvisa till det här numret.",
    en="Open a new case and refer to this number.",
)
RESTS = Text(
    sv="Ärendet är vilande, så inga klockor går.", en="The case is paused, so no clock runs."
)
RESUME_FIRST = Text(sv="Ta upp ärendet igen först.", en="Resume the case first.")
_NOT_SO = {
    "case.pause": Text(
        sv="Bara ett öppet ärende läggs vilande, och bara ett vilande tas upp igen.",
        en="Only an open case is paused, and only a paused one is resumed.",
    ),
    "case.close": Text(
        sv="Bara ett pågående eller vilande ärende avslutas, och bara ett avslutat öppnas igen.",
        en="Only a case under way or paused is closed, and only a closed one is opened again.",
    ),
    "case.archive": Text(
        sv="Bara ett avslutat ärende arkiveras.", en="Only a closed case is archived."
    ),
}
_LOAD_AGAIN = Text(
    sv="Läs in ärendet igen och se hur det står nu.",
    en="Load the case again and see how it stands now.",
)


def require_not_archived(case: Case) -> None:
    """What is archived is read only; the database refuses it as well.

    Raises:
        Refused: if it is archived.
    """
    if case.state == "archived":
        raise Refused(ARCHIVED, next_step=OPEN_ANOTHER)


def require_running(case: Case) -> None:
    """No clock is started or resumed while the case rests.

    Raises:
        Refused: if it rests, or is archived.
    """
    require_not_archived(case)
    if case.state == "paused":
        raise Refused(RESTS, next_step=RESUME_FIRST)


def pause_case(*, actor: Actor, case: Case, reason: str) -> None:
    """Let an open case rest: its clocks stand still, its tasks remain.

    Raises:
        Invalid: if no reason is given.
        Conflict: if it is not open.
    """
    _require_reason(reason)
    with act(actor, "case.pause", case=case.pk, matter=case.matter, objects=[case]) as entry:
        _become(actor, case, "case.pause", ("open",), state="paused")
        clocks = Clock.seen(actor).filter(case=case, stopped_on__isnull=True)
        # Also those that stand still already: an answer that comes does not set them going.
        for clock in clocks:
            ClockPause.rows.create(
                visible_to=clock.visible_to,
                clock=clock,
                from_day=actor.day,
                reason=reason.strip()[:200],
                of_case=True,
            )
            entry.touches(clock)
        entry.detail = "paused"
        tell(entry, case, about=case, paused=True, reason=reason.strip())


def resume_case(*, actor: Actor, case: Case, reason: str) -> None:
    """Go on with a case that rested; clocks that wait for an answer still wait.

    Raises:
        Invalid: if no reason is given.
        Conflict: if it does not rest.
    """
    _require_reason(reason)
    with act(actor, "case.pause", case=case.pk, matter=case.matter, objects=[case]) as entry:
        _become(actor, case, "case.pause", ("paused",), state="open")
        _end_pauses(actor, case)
        entry.detail = "resumed"
        tell(entry, case, about=case, resumed=True, reason=reason.strip())


def close_case(*, actor: Actor, case: Case, outcome: str) -> None:
    """Close a case with what came of it.

    Raises:
        Invalid: if nothing is said of the outcome.
        Conflict: if it is closed or archived already.
    """
    if not outcome.strip():
        raise Invalid(
            "outcome", Text(sv="Skriv vad det blev av ärendet.", en="Say what came of it.")
        )
    with act(actor, "case.close", case=case.pk, matter=case.matter, objects=[case]) as entry:
        _become(
            actor, case, "case.close", ("open", "paused", "told"),
            state="closed", outcome=outcome, closed_on=actor.day,
        )  # fmt: skip
        _end_pauses(actor, case)
        tell(entry, case, about=case, closed=True)


def reopen_case(*, actor: Actor, case: Case, reason: str) -> None:
    """Open a closed case again; one that is archived stays there.

    Raises:
        Invalid: if no reason is given.
        Refused: if it is archived.
        Conflict: if it is not closed.
    """
    _require_reason(reason)
    require_not_archived(case)
    with act(actor, "case.close", case=case.pk, matter=case.matter, objects=[case]) as entry:
        _become(
            actor, case, "case.close", ("closed",), state="open", closed_on=None, keep_until=None
        )
        entry.detail = "reopened"
        tell(entry, case, about=case, reopened=True, reason=reason)


def archive_case(*, actor: Actor, case: Case, years: int = KEPT_YEARS) -> None:
    """Put a closed case in the archive: it is read only, and its time to be kept begins.

    Args:
        actor, case: who archives which case.
        years: how long it is kept, as the agency's disposal plan says.

    Raises:
        Invalid: if the years are none.
        Conflict: if it is not closed.
    """
    if not 0 < years <= MOST_YEARS:
        raise Invalid(
            "years",
            Text(sv=f"Ange 1 till {MOST_YEARS} år.", en=f"Give 1 to {MOST_YEARS} years."),
        )
    kept = years_after(actor.day, years)
    with act(actor, "case.archive", case=case.pk, matter=case.matter, objects=[case]) as entry:
        _become(actor, case, "case.archive", ("closed",), state="archived", keep_until=kept)
        entry.detail = f"kept {years} years"
        tell(entry, case, about=case, keep_until=kept.isoformat())


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 28 February for a leap day that is not."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _become(
    actor: Actor, case: Case, code: str, from_states: Collection[str], **fields: Any
) -> None:
    """Change the state of a case that is in one of some states now."""
    changed = (
        Case.seen(actor)
        .filter(pk=case.pk, state__in=list(from_states))
        .update(version=F("version") + 1, **fields)
    )
    if not changed:
        raise Conflict(_NOT_SO[code], next_step=_LOAD_AGAIN)


def _end_pauses(actor: Actor, case: Case) -> None:
    pauses = ClockPause.seen(actor).filter(clock__case=case, of_case=True, to_day__isnull=True)
    pauses.update(to_day=actor.day)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid("reason", REASON)
