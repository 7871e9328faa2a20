"""Do an officer's own words tell facts of a case, and what does the law say of telling those?

Words that go to another agency beside facts, in a question or a report, are free; what they say is
not. The officer says whether they tell facts of a case, and which; a stretch that repeats a fact
is found besides. The law is asked about each of them, as if it were disclosed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from samsyn.hub.cases.actions.cases import purpose_group
from samsyn.hub.cases.closed_field import whole
from samsyn.hub.cases.closed_texts import require_open
from samsyn.hub.cases.derived import repeats
from samsyn.hub.cases.fact_kinds import kind_name
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.disclosures.assessing import OPENS, WEIGHED, Wanted, assess
from samsyn.hub.disclosures.models import Question
from samsyn.hub.disclosures.passing_on import NotHere, require_bounds_kept
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.refusals import Invalid, Refused
from samsyn.kernel.text import Text

TOLD = "told"
"""Where a question keeps what the law says of the facts that its words tell."""
FIELD = "repeats"


def facts_in_words(
    actor: Actor, case: Case, text: str, chosen: Collection[Fact], *, purpose: str, receiver: str
) -> list[Fact]:
    """The facts of a case that words tell: those the officer names, each of which may be told so.

    What another agency gave may be told in its matter and for its purpose; the law is asked of it
    as of what the agency has found itself.

    Raises:
        Invalid: if the words repeat a fact that the officer has not named, or one that can leave
            by a decision of its own only, or is bound to another matter or purpose.
    """
    if not text.strip():
        return []
    named = {fact.pk: fact for fact in chosen}
    rows = Fact.seen(actor).filter(case=case, state="current").defer("search")
    found = {fact.pk: fact for fact in rows if repeats(text, whole(fact.text))}
    for fact in {**found, **named}.values():
        _may_stand_in_words(fact, case, purpose, receiver)
    if missed := [fact for pk, fact in found.items() if pk not in named]:
        kinds = Text(
            sv=", ".join(kind_name(fact.item_kind, "sv") for fact in missed),
            en=", ".join(kind_name(fact.item_kind, "en") for fact in missed),
        )
        raise Invalid(
            FIELD,
            Text(
                sv=f"Orden upprepar en uppgift i ärendet ({kinds.sv}). Kryssa för den, så prövas "
                "den, eller stryk den ur texten.",
                en=f"The words repeat a fact of the case ({kinds.en}). Tick it, so that it is "
                "assessed, or take it out of the text.",
            ),
        )
    return list(named.values())


def no_facts_in_words(
    actor: Actor, case: Case, text: str, *, but_from: str, field: str = "words"
) -> None:
    """Let words through that tell no fact of a case, but for what came from one agency.

    Raises:
        Invalid: if they repeat another.
    """
    if not text.strip():
        return
    rows = Fact.seen(actor).filter(case=case, state="current").defer("search")
    if any(
        repeats(text, whole(fact.text))
        for fact in rows
        if not but_from or fact.received_from != but_from
    ):
        raise Invalid(
            field,
            Text(
                sv="Orden upprepar en uppgift i ärendet. Stryk den; ska den lämnas behövs ett eget "
                "beslut om utlämnande.",
                en="The words repeat a fact of the case. Take it out; to give it takes a decision "
                "to disclose of its own.",
            ),
        )


def _may_stand_in_words(fact: Fact, case: Case, purpose: str, receiver: str) -> None:
    """What is marked or in the protection track leaves by a decision of its own only."""
    group = purpose_group(purpose)
    try:
        require_bounds_kept([fact], matter=case.matter, group=group, receiver=receiver)
    except NotHere as no:
        step = no.next_step or no.said
        raise Invalid(
            FIELD,
            Text(
                sv=f"Orden upprepar en mottagen uppgift. {no.said.sv} {step.sv}",
                en=f"The words repeat a received fact. {no.said.en} {step.en}",
            ),
        ) from None
    apart = fact.visible_to.endswith("/protection") and fact.visible_to != case.visible_to
    if apart or "may_not_be_told" in fact.marks:
        raise Invalid(
            FIELD,
            Text(
                sv="Orden upprepar en uppgift som inte får lämnas vidare så; stryk den ur texten.",
                en="The words repeat a fact that must not be passed on like this; take it out.",
            ),
        )
    require_open(fact)


def words_assessed(
    actor: Actor, facts: Collection[Fact], receiver: str, purpose: str
) -> dict[str, Any]:
    """What the law says of each fact that the words tell, and the marks that go with them."""
    wanted = Wanted(receiver=receiver, purpose=purpose, initiative="own", on=actor.day)
    told = [
        {
            "fact": str(fact.pk),
            "kind": fact.item_kind,
            **msgspec.to_builtins(assess(fact, actor.agency, wanted)),
        }
        for fact in facts
    ]
    return {
        TOLD: told,
        "marks": list(dict.fromkeys(mark for fact in facts for mark in fact.marks)),
        "secrecy": list(dict.fromkeys(cite for fact in facts for cite in fact.secrecy)),
    }


def still_there(actor: Actor, question: Question) -> list[Fact]:
    """The facts that the words of a question tell, as they stand today.

    Raises:
        Refused: if one of them no longer holds.
    """
    ids = [one["fact"] for one in question.law.get(TOLD, ())]
    if not ids:
        return []
    found = list(Fact.seen(actor).filter(pk__in=ids, state="current"))
    if len(found) != len(ids):
        raise Refused(
            Text(
                sv="En uppgift som orden berättar gäller inte längre; frågan har inte sänts.",
                en="A fact that the words tell no longer holds; the question has not been sent.",
            ),
            next_step=Text(
                sv="Kasta utkastet och skriv frågan på nytt.",
                en="Discard the draft and write the question anew.",
            ),
        )
    return found


def strictest(law: Mapping[str, Any]) -> str:
    """The strictest outcome among that of the asking and those of what the words tell."""
    outcomes = [law.get("outcome", ""), *(one["outcome"] for one in law.get(TOLD, ()))]
    if any(outcome not in (*OPENS, WEIGHED) for outcome in outcomes):
        return "must_not"
    return WEIGHED if WEIGHED in outcomes else outcomes[0]
