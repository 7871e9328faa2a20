"""May what another agency has given be passed on, and if not, by which rule and what is to be done?

What was given is held by whoever got it, under a decision that says for which matter, for which
purpose and until when. Within those a new decision may be made here, and the law is asked of it as
of everything else that is held here. Outside them it is for the agency that gave it to decide
(decision 0016). A note that builds on what was given is bound as that is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from samsyn.hub.cases.models import Fact
from samsyn.hub.disclosures.assessing import BETWEEN_AGENCIES
from samsyn.hub.disclosures.phrases import purposes_bound
from samsyn.hub.guard.language import said
from samsyn.hub.guard.lawwords import cited
from samsyn.hub.guard.refusals import Refused
from samsyn.kernel.text import Text

HELD = "may_not_be_told"


def require_not_held(facts: Iterable[Fact]) -> None:
    """Go no further with what the agency itself has marked that it may not be passed on.

    Raises:
        Refused: saying that the mark comes off first.
    """
    for fact in facts:
        if HELD in fact.marks and (not fact.received_from or HELD in fact.added):
            raise Refused(
                Text(
                    sv="Uppgiften är märkt ”får inte lämnas vidare”.",
                    en="The fact is marked “may not be passed on”.",
                ),
                next_step=Text(
                    sv="Ta bort märket på uppgiften om skälet har fallit bort.",
                    en="Take the mark off the fact if its reason is gone.",
                ),
            )


class NotHere(Refused):
    """What is bound elsewhere: the provision it was given under, and whom to ask."""


def in_one(no: Refused) -> str:
    """What is refused and what to do, beside a field of a form."""
    return " ".join(said(text) for text in (no.said, no.next_step) if text is not None)


def bound(facts: Iterable[Fact]) -> list[Fact]:
    """Those that were given by another agency, or build on what was."""
    return [fact for fact in facts if fact.bound_matter is not None]


def last_day(facts: Iterable[Fact], wanted: date) -> date:
    """A last day that is no later than any that the facts were given until."""
    return min([wanted, *(fact.valid_to for fact in bound(facts) if fact.valid_to is not None)])


def require_bounds_kept(
    facts: Iterable[Fact], *, matter: UUID, group: str, receiver: str, until: date | None = None
) -> None:
    """Go no further when what was given would be used outside what it was given for.

    Args:
        facts: what is to be told; only what is bound is looked at.
        matter, group: the matter it would be told in, and the group of the purpose it is told for.
        receiver: who would get it; named in what can be done instead.
        until: the last day it could be read there; not asked when None.

    Raises:
        NotHere: naming the provision that it was given under, and what to do.
    """
    for fact in bound(facts):
        if fact.bound_matter != matter:
            raise _not_here(fact, IN_MATTER, receiver)
        if fact.bound_purpose != group:
            raise _not_here(fact, FOR_PURPOSE, receiver)
        if until is not None and fact.valid_to is not None and until > fact.valid_to:
            raise _not_here(fact, UNTIL, receiver)
        if fact.received_from and HELD in fact.marks and HELD not in fact.added:
            raise _not_here(fact, HELD_BACK, receiver)


IN_MATTER = Text(
    sv="{kind} gavs i en annan sak än den här, {under}. I en ny sak krävs ett nytt beslut hos "
    "{giver}.",
    en="{kind} was given in another matter than this one, {under}. In a new matter a new decision "
    "at {giver} is needed.",
)
FOR_PURPOSE = Text(
    sv="{kind} gavs {under}, bara för att {bound}. För ett annat ändamål krävs ett nytt beslut "
    "hos {giver}.",
    en="{kind} was given {under}, only to {bound}. For another purpose a new decision at {giver} "
    "is needed.",
)
UNTIL = Text(
    sv="{kind} gavs {under} och får läsas till och med {day}. Längre kan ni inte låta någon annan "
    "läsa den.",
    en="{kind} was given {under} and may be read until {day}. You cannot let anybody else read it "
    "for longer.",
)
HELD_BACK = Text(
    sv="{giver} har märkt {kind} ”får inte lämnas vidare”. Bara {giver} tar bort märket.",
    en="{giver} has marked {kind} “may not be passed on”. Only {giver} takes the mark off.",
)
NEXT = {
    IN_MATTER: Text(
        sv="Hänvisa {receiver} till {giver}, eller ställ en ny fråga till {giver} i den här saken.",
        en="Refer {receiver} to {giver}, or put a new question to {giver} in this matter.",
    ),
    FOR_PURPOSE: Text(
        sv="Lämna den för samma ändamål, ställ en ny fråga till {giver} för det nya ändamålet, "
        "eller hänvisa {receiver} till {giver}.",
        en="Give it for the same purpose, put a new question to {giver} for the new purpose, or "
        "refer {receiver} to {giver}.",
    ),
    UNTIL: Text(
        sv="Välj en sista dag som är {day} eller tidigare, eller be {giver} om längre tid.",
        en="Choose a last day that is {day} or earlier, or ask {giver} for more time.",
    ),
    HELD_BACK: Text(
        sv="Fråga {giver} om märket fortfarande behövs, eller utelämna uppgiften.",
        en="Ask {giver} whether the mark is still needed, or leave the fact out.",
    ),
}


def _given(fact: Fact) -> Fact:
    """What was given: the fact itself, or what a note builds on, where it can still be read."""
    if fact.received_from or not fact.derived_from:
        return fact
    return Fact.rows.filter(pk__in=fact.derived_from).order_by("made_at").first() or fact


def _not_here(fact: Fact, why: Text, receiver: str) -> NotHere:
    fact = _given(fact)
    ground = fact.ground or BETWEEN_AGENCIES

    def put(text: Text) -> Text:
        names = Text(sv="den som lämnade", en="whoever gave it")
        purposes = purposes_bound(fact.bound_purpose)
        return Text(
            sv=text.sv.format(
                kind="Uppgiften" if text.sv.startswith("{kind}") else "uppgiften",
                under=f"enligt {cited(ground, 'sv')}",
                giver=fact.received_from or names.sv,
                receiver=receiver,
                bound="; ".join(purpose.sv for purpose in purposes),
                day=fact.valid_to,
            ),
            en=text.en.format(
                kind="The fact" if text.en.startswith("{kind}") else "the fact",
                under=f"under {cited(ground, 'en')}",
                giver=fact.received_from or names.en,
                receiver=receiver,
                bound="; ".join(purpose.en for purpose in purposes),
                day=fact.valid_to,
            ),
        )

    return NotHere(put(why), next_step=put(NEXT[why]), ground=ground)
