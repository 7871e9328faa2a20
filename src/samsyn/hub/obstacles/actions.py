"""Write down what was never asked, and tell what followed when something did not come."""

from __future__ import annotations

from collections.abc import Container

from samsyn.hub.cases.models import Case
from samsyn.hub.cases.telling import tell
from samsyn.hub.disclosures.models import Obstacle, Question
from samsyn.hub.disclosures.obstacles import record_met_refusal, record_never_asked
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.refusals import Invalid, Refused
from samsyn.hub.obstacles.believing import Belief, believe
from samsyn.hub.obstacles.codes import obstacle_codes
from samsyn.kernel.text import Text


def note_never_asked(
    *,
    actor: Actor,
    case: Case | None,
    giver: str,
    item_kind: str,
    purpose: str,
    needed_for: str,
    needed_words: str = "",
) -> tuple[Obstacle, Belief]:
    """Keep that something was needed and not asked for, and say at once whether that was right.

    It is kept also when one may ask: that the rules are not known is a finding of its own.

    Args:
        actor, case: who needs it, and in which of the agency's cases, if in any.
        giver, item_kind, purpose: from whom, what and for what.
        needed_for, needed_words: a code of the register, and words that stay at the agency.

    Raises:
        Invalid: naming the field.
    """
    _known("needed_for", needed_for, obstacle_codes().needs)
    belief = believe(actor=actor, giver=giver, item_kind=item_kind, purpose=purpose)
    with act(actor, "obstacle.write", case=case.pk if case else None) as entry:
        entry.ground, entry.rulebook = belief.law.ground, belief.law.rulebook
        entry.detail = f"never asked {giver} {belief.verdict}"
        entry.write()
        row = record_never_asked(
            actor=actor,
            case=case,
            giver=giver,
            question=belief.law.question,
            outcome=belief.law.outcome,
            provisions=belief.provisions,
            needed_for=needed_for,
            needed_words=needed_words.strip(),
            entry=entry.number,
        )
        if case is not None:
            tell(entry, case, about=row, giver=giver)
    return row, belief


def tell_consequence(
    *,
    actor: Actor,
    question: Question,
    needed_for: str,
    consequence: str,
    needed_words: str = "",
    consequence_words: str = "",
) -> Obstacle:
    """Tell what a refused answer was needed for and what followed; told anew it is changed.

    Raises:
        Invalid: naming the field.
        Refused: if the question is not one of ours that was refused.
    """
    _known("needed_for", needed_for, obstacle_codes().needs)
    _known("consequence", consequence, obstacle_codes().consequences)
    if question.side != "asked" or question.state != "refused":
        raise Refused(
            Text(
                sv="Det går att berätta om följden först när ni har fått ett avslag.",
                en="The consequence can be told once you have been refused.",
            )
        )
    told = {
        "needed_for": needed_for,
        "needed_words": needed_words.strip(),
        "consequence": consequence,
        "consequence_words": consequence_words.strip(),
    }
    with act(actor, "obstacle.write", case=question.case_id, objects=[question]) as entry:
        entry.detail = "consequence"
        entry.ground = (question.refusal_grounds or [""])[0]
        entry.write()
        if question.case is not None:
            tell(entry, question.case, about=question, consequence=True)
        known = Obstacle.seen(actor).filter(exchange=question.exchange, kind="met_refusal").first()
        if known is None:
            return record_met_refusal(actor=actor, question=question, entry=entry.number, **told)
        Obstacle.seen(actor).filter(pk=known.pk).update(**told)
    known.refresh_from_db()
    return known


def tell_what_followed(
    *, actor: Actor, obstacle: Obstacle, consequence: str, consequence_words: str = ""
) -> None:
    """Tell what followed of an obstacle in the register.

    Raises:
        Invalid: naming the field.
    """
    _known("consequence", consequence, obstacle_codes().consequences)
    with act(actor, "obstacle.write", case=obstacle.case_id, objects=[obstacle]) as entry:
        entry.detail = "consequence"
        Obstacle.seen(actor).filter(pk=obstacle.pk).update(
            consequence=consequence, consequence_words=consequence_words.strip()
        )
    obstacle.refresh_from_db()


def _known(field: str, code: str, known: Container[str]) -> None:
    if code not in known:
        raise Invalid(field, Text(sv="Välj i listan.", en="Choose from the list."))
