"""Confirm what was examined, and propose what is to be disposed of."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from samsyn.hub.cases.models import Case
from samsyn.hub.guard import two_persons
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.models import TwoPersonRequest
from samsyn.hub.guard.policy import access_key
from samsyn.hub.guard.refusals import Conflict, Invalid, Refused
from samsyn.hub.insight.models import Confirmation
from samsyn.hub.insight.reads_access import ACCESS, CONFIRM, AccessLine, quarter_of
from samsyn.hub.insight.reads_anomalies import ANOMALY, Occurrence
from samsyn.hub.insight.reads_disposal import DueDelivery, is_due
from samsyn.kernel.text import Text

OUTCOMES: Mapping[str, Text] = {
    "in_order": Text(sv="I sin ordning", en="In order"),
    "follow_up": Text(sv="Följs upp", en="To be followed up"),
}
NOTE = Text(
    sv="Skriv vad du har sett och kommit fram till; namnge inte någon som ett ärende gäller.",
    en="Write what you have seen and concluded; name nobody whom a case is about.",
)
ALREADY = Text(sv="Någon har redan bekräftat det här.", en="Somebody has already confirmed this.")
OWN = Text(
    sv="Det här gäller dig själv, så någon annan måste granska det.",
    en="This is about yourself, so somebody else must examine it.",
)
NOT_DUE = Text(
    sv="Ärendet ska bevaras än: det är inte arkiverat, eller dagen har inte kommit.",
    en="The case is still to be kept: it is not archived, or its day has not come.",
)


def confirm_anomaly(*, actor: Actor, hit: Occurrence, outcome: str, note: str) -> Confirmation:
    """Say that one has looked at something that stands out, and what one found.

    Raises:
        Conflict: if somebody has already done so.
        Invalid: if the outcome or the note is missing.
        Refused: if it is about oneself.
    """
    _check(outcome, note)
    if hit.account is not None and hit.account == actor.account:
        raise Refused(OWN)
    return _confirm(
        actor,
        "oversight.confirm",
        Confirmation(
            visible_to=access_key(actor.agency, "log"),
            kind=ANOMALY,
            code=hit.code,
            subject=hit.subject,
        ),
        outcome,
        note,
        touched=hit.account,
    )


def confirm_access(*, actor: Actor, line: AccessLine, outcome: str, note: str) -> Confirmation:
    """Say that a line of this quarter's access review is in order, or will be put in order.

    Raises:
        Conflict: if somebody has already done so.
        Invalid: if the outcome or the note is missing.
        Refused: if it is about oneself.
    """
    _check(outcome, note)
    if line.account == actor.account:
        raise Refused(OWN)
    return _confirm(
        actor,
        CONFIRM,
        Confirmation(
            visible_to=access_key(actor.agency, "people"),
            kind=ACCESS,
            code=line.kind,
            subject=line.subject,
            period=quarter_of(actor.day),
        ),
        outcome,
        note,
        touched=line.account,
    )


def propose_case_disposal(*, actor: Actor, case: Case, reason: str) -> TwoPersonRequest:
    """Propose that a case loses its content; another person of the agency decides.

    Raises:
        Invalid: if the reason is missing.
        Refused: if the case is not due, or it has been proposed already.
    """
    if not is_due(case, actor.day):
        raise Refused(NOT_DUE)
    return two_persons.ask(
        actor,
        code="disposal.propose",
        about={"case": str(case.pk)},
        reason=reason,
        case=case.pk,
        visible_to=case.visible_to,
    )


def propose_delivery_disposal(
    *, actor: Actor, case: Case, delivery: DueDelivery, how: str, reason: str
) -> TwoPersonRequest:
    """Propose that what another agency once gave is locked or removed.

    Raises:
        Invalid: if the reason is missing or the way is none.
        Refused: if it has been proposed already.
    """
    if how not in ("lock", "remove"):
        raise Invalid("how", Text(sv="Välj spärra eller ta bort.", en="Choose lock or remove."))
    return two_persons.ask(
        actor,
        code="disposal.propose",
        about={"case": str(case.pk), "exchange": str(delivery.exchange), "how": how},
        reason=reason,
        case=case.pk,
        visible_to=case.visible_to,
    )


def _check(outcome: str, note: str) -> None:
    if outcome not in OUTCOMES:
        raise Invalid("outcome", Text(sv="Välj vad du kom fram till.", en="Choose an outcome."))
    if not note.strip():
        raise Invalid("note", NOTE)


def _confirm(
    actor: Actor, code: str, row: Confirmation, outcome: str, note: str, *, touched: UUID | None
) -> Confirmation:
    assert actor.account is not None  # jobs confirm nothing
    with act(actor, code, detail=f"{row.code} {outcome}") as entry:
        same = Confirmation.seen(actor).filter(
            kind=row.kind, code=row.code, subject=row.subject, period=row.period
        )
        if same.exists():
            raise Conflict(ALREADY)
        row.outcome, row.note = outcome, note.strip()
        row.by, row.by_name = actor.account, actor.name
        entry.touches(row, *([touched] if touched else []))
        row.entry = entry.write()
        row.save(force_insert=True)
    return row
