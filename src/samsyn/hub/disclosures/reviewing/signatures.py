"""Is there a second signature on what is about to leave?

The database asks the same when it delivers (``disclosures_deliver``); here the officer is told.
"""

from __future__ import annotations

from samsyn.hub.disclosures.models import Disclosure, Review
from samsyn.hub.disclosures.reviewing.rules import CountersignRule
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.refusals import Refused
from samsyn.kernel.text import Text


class SignatureNeeded(Refused):
    """A second signature is needed; the draft is sent to the lawyer instead."""


def review_of(actor: Actor, draft: Disclosure) -> Review | None:
    """The newest request for a signature on a draft, as it stands."""
    rows = Review.seen(actor).filter(disclosure=draft, kind="countersign")
    return rows.order_by("-asked_at").first()


def require_signature(actor: Actor, draft: Disclosure, rule: CountersignRule | None) -> None:
    """Another person's signature stands on exactly this version, or none is needed.

    Raises:
        SignatureNeeded: if a rule asks for one and nobody has been asked.
        Refused: if the lawyer has not answered yet, or would be the same person.
    """
    if draft.state != "awaiting":
        if rule is not None:
            raise SignatureNeeded(
                Text(
                    sv=f"Utlämnandet kräver kontrasignering. {rule.why.sv}",
                    en=f"The disclosure needs a countersignature. {rule.why.en}",
                ),
                next_step=Text(
                    sv="Begär kontrasignering i stället; inget har lämnats ut.",
                    en="Ask for a countersignature instead; nothing has left.",
                ),
            )
        return
    review = review_of(actor, draft)
    if review is None or review.state != "approved" or review.version != draft.version:
        raise Refused(
            Text(
                sv="Sekretessjuristen har inte kontrasignerat än; inget har lämnats ut.",
                en="The secrecy lawyer has not countersigned yet; nothing has left.",
            ),
            next_step=Text(
                sv="Vänta på svaret, eller ta tillbaka utkastet.",
                en="Wait for the answer, or take the draft back.",
            ),
        )
    if review.decided_by == actor.account:
        raise Refused(
            Text(
                sv="Du har kontrasignerat utlämnandet och kan inte själv besluta om det.",
                en="You have countersigned the disclosure and cannot decide on it yourself.",
            ),
            next_step=Text(
                sv="Be en annan handläggare besluta.", en="Ask another officer to decide."
            ),
        )
