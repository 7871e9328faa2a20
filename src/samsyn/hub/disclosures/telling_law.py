"""What does the law say of letting another agency know something that is no fact of a case?

To ask, or to report back, tells that one takes an interest, plans or has acted: each is told as a
kind of fact, about nobody's file.
"""

from __future__ import annotations

from samsyn.hub.cases.actions.cases import purpose_group
from samsyn.hub.cases.fact_kinds import usual_function
from samsyn.hub.cases.secrecy import propose_secrecy, subject_of
from samsyn.hub.disclosures.assessing import Assessment, assess_question
from samsyn.hub.guard.actor import Actor


def assess_telling(
    actor: Actor,
    receiver: str,
    kind: str,
    *,
    activity: str,
    purpose: str,
    subject: str = "company",
    marks: tuple[str, ...] = (),
) -> Assessment:
    """What the law says of telling a receiver, on own initiative, what a kind of fact stands for.

    Args:
        activity: in which activity the actor's agency holds it, since the secrecy depends on it.
        purpose: for what the receiver is told.
        subject, marks: whom it is about.
    """
    secrecy = propose_secrecy(
        holder=actor.agency,
        activity=activity,
        item_kind=kind,
        subject_kind=subject,
        marks=marks,
        on=actor.day,
    )
    joint = {"joint_inspection": True} if purpose_group(purpose) == "joint_inspection" else {}
    return assess_question(
        {
            "on": actor.day.isoformat(),
            "giver": actor.agency,
            "activity": activity,
            "item_kind": kind,
            "subject": subject_of(subject, marks),
            "secrecy": list(secrecy) or None,
            "receiver": receiver,
            "receiver_function": usual_function(receiver) or None,
            "purpose": purpose,
            "initiative": "own",
            # That one asks or has acted harms whom it is about little; whether it does is the
            # agency's to say, and here the stricter is taken.
            "facts": {"harm": "met"} | joint,
        }
    )
