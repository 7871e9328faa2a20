"""Put together what is to be told, and ask the law about each part of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F

from samsyn.hub.cases.actions import write_fact
from samsyn.hub.cases.actions.cases import purpose_group
from samsyn.hub.cases.fact_kinds import fact_kinds, usual_function
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.cases.telling import tell
from samsyn.hub.disclosures.actions.items import (
    assess_items_anew,
    light_items,
    make_items,
)
from samsyn.hub.disclosures.assessing import Wanted, assess_all
from samsyn.hub.disclosures.models import Disclosure, Question
from samsyn.hub.disclosures.passing_on import last_day, require_bounds_kept, require_not_held
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.refusals import Invalid, Refused
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.registry.models import Entity
from samsyn.hub.registry.searching import lexemes
from samsyn.kernel.text import Text

USUAL_DAYS = 180
"""Calendar days that a receiver may read what it got, unless the officer chooses otherwise."""
NOMINATION = "workplace_fit_for_inspection"


def prepare_disclosure(
    *,
    actor: Actor,
    case: Case,
    receiver: str,
    purpose: str,
    facts: Iterable[Fact],
    initiative: str = "own",
    receiver_function: str = "",
    question: Question | None = None,
    told_title: str = "",
    told_words: str = "",
    stated: Mapping[str, Any] | None = None,
    kind: str = "facts",
    common: bool = False,
    valid_to: date | None = None,
    answers: Mapping[UUID, str] | None = None,
    completes: bool = True,
    refused: Mapping[str, str] | None = None,
) -> Disclosure:
    """A draft: the facts, each with what the law says of telling it. Nothing leaves yet.

    Args:
        actor, case, facts: the holder's officer, and facts seen in one of the agency's cases.
        receiver, receiver_function: who is to get them, in which capacity; the usual one if empty.
        purpose, initiative: for what, and ``request`` or ``own``; a question decides both.
        question, completes, stated: what it answers, and if whole; what the officer states of it.
        told_title, told_words: what the receiver's case is called, and words that go along.
        kind: ``facts``, or ``existence`` for an object nominated without saying why.
        common, valid_to: given to everybody in the matter; last day it may be read.
        answers, refused: id of a fact → code of the asked item; code of one → what bars it.

    Raises:
        Invalid, Refused: if the receiver is no member, or a fact is barred or bound elsewhere.
    """
    _check(actor, receiver, chosen := list(facts))
    if question is not None:
        initiative, purpose = "request", question.purpose
    stands_in = _stands_in(actor, case, question, purpose_group(purpose))
    _require_bounds(chosen, stands_in, receiver)
    with act(actor, "disclosure.prepare", case=case.pk, detail=f"to {receiver}") as entry:
        draft = Disclosure.rows.create(
            visible_to=case.visible_to,
            exchange=uuid4(),
            kind=kind,
            receiver=receiver,
            receiver_function=receiver_function or usual_function(receiver),
            **stands_in,
            purpose=purpose,
            initiative=initiative,
            **_along(actor, told_title, told_words),
            facts_stated=dict(stated or {}),
            refused_items=dict(refused or {}),
            **_made(actor, chosen, valid_to, common=common, completes=completes),
        )
        said = assess_all(chosen, actor.agency, wanted_of(draft, actor.day))
        make_items(draft, chosen, said, answers or {})
        entry.touches(draft, *chosen)
        tell(entry, case, about=draft, receiver=receiver, items=len(chosen))
    return draft


def _stands_in(actor: Actor, case: Case, question: Question | None, group: str) -> dict[str, Any]:
    """Whose it is, in which case, and the matter: the asker's, when it answers a question."""
    matter = question.matter if question is not None else case.matter
    stands = {"agency": actor.agency, "case": case, "matter": matter, "question": question}
    return {**stands, "purpose_group": group}


def _require_bounds(facts: list[Fact], stands: Mapping[str, Any], receiver: str) -> None:
    """What another agency gave is told within what it was given for, or not at all."""
    matter, group = stands["matter"], stands["purpose_group"]
    require_bounds_kept(facts, matter=matter, group=group, receiver=receiver)


def _along(actor: Actor, title: str, words: str) -> dict[str, Any]:
    return {
        "told_title": (title.strip() or usual_title(actor.agency))[:200],
        "told_words": words,
    }


def _made(actor: Actor, facts: list[Fact], valid_to: date | None, **said: bool) -> dict[str, Any]:
    return {
        **said,
        # What was given is not read elsewhere for longer than here.
        "valid_to": last_day(facts, valid_to or actor.day + timedelta(days=USUAL_DAYS)),
        "made_by": actor.account,
    }


def wanted_of(draft: Disclosure, day: date, weighed: str | None = None) -> Wanted:
    """What is asked of the law for a disclosure on a day."""
    return Wanted(
        receiver=draft.receiver,
        function=draft.receiver_function,
        purpose=draft.purpose,
        initiative=draft.initiative,
        on=day,
        stated=draft.facts_stated,
        weighed=weighed,
    )


def usual_title(agency: str) -> str:
    """What a receiver's case is called when the giver says nothing: it tells nothing."""
    return f"Uppgifter från {agency}"


def _check(actor: Actor, receiver: str, facts: list[Fact]) -> None:
    if receiver == actor.agency or not current_organisation().is_member(receiver, actor.day):
        raise Refused(
            Text(
                sv=f"{receiver} ingår inte i samverkan den {actor.day} och kan inte ta emot något "
                "här.",
                en=f"{receiver} is not in the cooperation on {actor.day} and cannot receive "
                "anything here.",
            ),
            next_step=Text(
                sv="Lämna ut uppgiften utanför Samsyn, efter en egen prövning.",
                en="Disclose the item outside Samsyn, after an assessment of its own.",
            ),
        )
    if not facts:
        raise Invalid("facts", Text(sv="Välj minst en uppgift.", en="Choose at least one fact."))
    for fact in facts:
        if fact.state != "current":
            raise Invalid(
                "facts",
                Text(
                    sv="En vald uppgift gäller inte längre; läs in sidan igen.",
                    en="A chosen fact no longer holds; load the page again.",
                ),
            )
    require_not_held(facts)


def state_facts(
    *, actor: Actor, draft: Disclosure, stated: Mapping[str, Any], version: int
) -> None:
    """Answer what the law asks about (harm, crime, consent …); every part is assessed anew.

    Raises:
        Invalid: naming the fact that cannot be used.
    """
    only_draft(draft)
    with act(
        actor, "disclosure.prepare", case=draft.case_id, matter=draft.matter, objects=[draft]
    ) as entry:
        entry.detail = "facts stated"
        draft.facts_stated = dict(stated)
        change_version(actor, draft, version, facts_stated=draft.facts_stated)
        items = light_items(actor, draft)
        wanted = wanted_of(draft, actor.day)
        answers = assess_all((item.fact for item in items), actor.agency, wanted)
        assess_items_anew(draft, items, answers)


def change_version(actor: Actor, draft: Disclosure, version: int, **fields: Any) -> None:
    """Change a draft that nobody has changed since it was shown.

    Raises:
        Conflict: if somebody has.
    """
    from samsyn.hub.guard.refusals import Conflict

    changed = (
        Disclosure.seen(actor)
        .filter(pk=draft.pk, version=version)
        .update(version=F("version") + 1, **fields)
    )
    if not changed:
        raise Conflict(
            Text(
                sv="Utlämnandet har ändrats sedan du öppnade sidan; inget är sparat.",
                en="The disclosure has changed since you opened the page; nothing is saved.",
            ),
            next_step=Text(
                sv="Läs in sidan igen och pröva på nytt.", en="Load the page again and assess anew."
            ),
        )


def only_draft(draft: Disclosure) -> None:
    """What is decided is not decided twice.

    Raises:
        Refused: if it is no draft.
    """
    if draft.state != "draft":
        raise Refused(
            Text(
                sv="Utlämnandet är redan avgjort och ändras inte.",
                en="The disclosure is decided and is not changed.",
            ),
            next_step=Text(
                sv="Återkalla det, eller förbered ett nytt.", en="Recall it, or prepare a new one."
            ),
        )


def withdraw_draft(*, actor: Actor, draft: Disclosure) -> None:
    """Put a draft away; it stays in the case as withdrawn."""
    only_draft(draft)
    with act(
        actor, "disclosure.prepare", case=draft.case_id, matter=draft.matter, objects=[draft]
    ) as entry:
        entry.detail = "withdrawn"
        Disclosure.seen(actor).filter(pk=draft.pk, state="draft").update(state="withdrawn")


def nominate(
    *,
    actor: Actor,
    case: Case,
    entity: Entity,
    receiver: str,
    purpose: str = "joint_inspection_plan",
    activity: str = "",
) -> Disclosure:
    """Nominate an object as fit for a joint inspection, without saying why (story 4).

    The least that can be told: that this place is worth a visit. It is written as a fact of its
    own and told as every other.
    """
    place = ", ".join(filter(None, (entity.name, entity.address, entity.municipality)))
    usual = fact_kinds()[NOMINATION].holders.get(actor.agency, "supervision")
    with act(actor, "disclosure.prepare", case=case.pk, matter=case.matter, objects=[entity]):
        fact = write_fact(
            actor=actor,
            case=case,
            text=place,
            item_kind=NOMINATION,
            activity=activity or usual,
            subject_kind="person" if entity.kind == "person" else "company",
            entity=entity,
            source="nominering" if actor.agency else "",
        )
        return prepare_disclosure(
            actor=actor,
            case=case,
            receiver=receiver,
            purpose=purpose,
            facts=[fact],
            told_title=f"Nominerad arbetsplats: {entity.name}"[:200],
            kind="existence",
        )


def search_of(title: str, words: str) -> Any:
    """What the receiver finds its new case by."""
    return lexemes(title, words)
