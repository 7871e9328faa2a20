"""Take back what was disclosed, and learn honestly what could not be taken back."""

from __future__ import annotations

from django.db import connections

from samsyn.hub.cases.telling import tell
from samsyn.hub.disclosures.models import Disclosure
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.refusals import Invalid, Refused
from samsyn.kernel.text import Text


def recall(*, actor: Actor, disclosure: Disclosure, reason: str) -> int:
    """Recall a disclosure: in the hub it is gone from every page of the receiver at once.

    Returns:
        Number of items that the receiver had read before; those it may keep by law, and the
        giver sees which.

    Raises:
        Invalid: if no reason is given.
        Refused: if it was never delivered, or is recalled already.
    """
    if not reason.strip():
        raise Invalid("reason", Text(sv="Skriv varför du återkallar.", en="Say why you recall it."))
    if disclosure.state != "delivered":
        raise Refused(
            Text(
                sv="Bara det som är utlämnat och inte redan återkallat kan återkallas.",
                en="Only what has been delivered and not been recalled can be recalled.",
            )
        )
    with act(
        actor,
        "disclosure.recall",
        case=disclosure.case_id,
        matter=disclosure.matter,
        objects=[disclosure],
        ground=disclosure.ground,
    ) as entry:
        entry.detail = f"from {disclosure.receiver}"
        number = entry.write()
        with connections["default"].cursor() as cursor:
            cursor.execute(
                "select disclosures_recall(%s, %s, %s, %s)",
                [disclosure.pk, reason.strip(), actor.name, number],
            )
            was_read = int(cursor.fetchone()[0])
        tell(entry, disclosure.case, about=disclosure, receiver=disclosure.receiver, read=was_read)
    disclosure.refresh_from_db()
    return was_read
