"""How are the facts of a disclosure kept, ten of them or ten thousand?

One statement for all: equal answers of the law are sent once and joined to the rows they are about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from django.db import connections

from samsyn.hub.cases.closed_field import is_closed, whole
from samsyn.hub.cases.closed_texts import fact_words
from samsyn.hub.cases.models import Fact
from samsyn.hub.disclosures.assessing import OPENS, WEIGHED, Assessment
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.refusals import Conflict
from samsyn.hub.registry.searching import tokens_in
from samsyn.kernel.text import Text

_FIELDS = ("outcome", "test", "duty", "grounds", "excluded_by", "question", "steps")


def light_items(actor: Actor, draft: Disclosure) -> list[DisclosedFact]:
    """The items of a disclosure with their facts, without the law's reasoning, which is heavy."""
    rows = DisclosedFact.seen(actor).filter(disclosure=draft).select_related("fact")
    return list(rows.defer("question", "steps", "search", "fact__search"))


def make_items(
    draft: Disclosure,
    facts: Sequence[Fact],
    answers: Sequence[Assessment],
    asked: Mapping[UUID, str],
) -> None:
    """A row for each fact, with its text, what the law says of telling it and what it answers.

    What is closed to whoever reads is left out until somebody who may read it has chosen it.
    """
    left_out = [
        not answer.opens or is_closed(fact) for fact, answer in zip(facts, answers, strict=True)
    ]
    places, said = _once(answers)
    made = _run(
        "items_made.sql",
        {
            "answers": said,
            "disclosure": draft.pk,
            "facts": [fact.pk for fact in facts],
            "places": places,
            "left_out": left_out,
            "asked": [asked.get(fact.pk, "") for fact in facts],
        },
    )
    _all_there(made, len(facts))


def assess_items_anew(
    draft: Disclosure, items: Sequence[DisclosedFact], answers: Sequence[Assessment]
) -> None:
    """Other answers of the law; what an officer has left out stays so whatever the law says."""
    left_out = [
        (item.left_out and (is_closed(item.fact) or item.outcome in (*OPENS, WEIGHED)))
        or not answer.opens
        for item, answer in zip(items, answers, strict=True)
    ]
    places, said = _once(answers)
    _run(
        "items_anew.sql",
        {
            "answers": said,
            "disclosure": draft.pk,
            "items": [item.pk for item in items],
            "places": places,
            "left_out": left_out,
        },
    )


def keep_decided(
    draft: Disclosure,
    items: Iterable[DisclosedFact],
    answers: Mapping[UUID, Assessment],
    texts: Mapping[UUID, str],
    with_files: Collection[UUID],
) -> None:
    """What leaves, with the answer it leaves on; all other items are left out.

    Args:
        draft, items: the disclosure and its rows, each with its fact.
        answers: id of an item that leaves → the law's answer at this moment.
        texts: id of an item → what of it leaves.
        with_files: ids of items whose files leave too.
    """
    leaving = [item for item in items if item.pk in answers]
    words = [
        tokens_in(fact_words(item.fact.item_kind, item.fact.marks, texts[item.pk]))
        for item in leaving
    ]
    places, said = _once([answers[item.pk] for item in leaving])
    kept = _run(
        "items_decided.sql",
        {
            "answers": said,
            "disclosure": draft.pk,
            "items": [item.pk for item in leaving],
            "texts": [texts[item.pk] for item in leaving],
            "places": places,
            "files": [item.pk in with_files for item in leaving],
            "words": [" ".join(tokens) for tokens in words],
        },
    )
    _all_there(kept, len(leaving))


def choose_items(changed: Sequence[tuple[DisclosedFact, Mapping[str, Any]]]) -> None:
    """Keep what an officer has chosen for some items: whether and how they leave."""
    if changed:
        _run(
            "items_chosen.sql",
            {
                "items": [item.pk for item, _ in changed],
                "left_out": [bool(wanted["left_out"]) for _, wanted in changed],
                "texts": [whole(wanted["text"]) for _, wanted in changed],
                "files": [bool(wanted["with_files"]) for _, wanted in changed],
            },
        )


def _all_there(done: int, wanted: int) -> None:
    if done != wanted:
        raise Conflict(
            Text(
                sv="En uppgift har ändrats sedan du öppnade sidan; inget är sparat.",
                en="A fact has changed since you opened the page; nothing is saved.",
            ),
            next_step=Text(
                sv="Läs in sidan igen och pröva på nytt.", en="Load the page again and assess anew."
            ),
        )


def _once(answers: Sequence[Assessment]) -> tuple[list[int], str]:
    """For each row the place of its answer, and every answer once."""
    found: dict[int, int] = {}
    every: list[Assessment] = []
    places = []
    for answer in answers:
        if id(answer) not in found:
            found[id(answer)] = len(every)
            every.append(answer)
        places.append(found[id(answer)])
    said = [{field: getattr(answer, field) for field in _FIELDS} for answer in every]
    return places, msgspec.json.encode(said).decode()


def _run(name: str, values: dict[str, Any]) -> int:
    with connections["default"].cursor() as cursor:
        cursor.execute(_statement(name), values)
        return int(cursor.rowcount)


@cache
def _statement(name: str) -> str:
    """A statement beside this file; one about answers begins with the answers as rows."""
    here = Path(__file__).parent
    text = (here / name).read_text(encoding="utf-8")
    answers = (here / "answers.sql").read_text(encoding="utf-8").strip()
    return text.replace("with answers\n", f"with {answers},\n")
