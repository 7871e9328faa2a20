"""What does a page show of the law's answer to a question that one wants to put?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from samsyn.hub.disclosures.assessing import Assessment
from samsyn.hub.disclosures.models import Question
from samsyn.hub.disclosures.phrases import Piece, pieces
from samsyn.hub.disclosures.shown import LawShown, kind_text, law_shown
from samsyn.hub.disclosures.words_law import TOLD, strictest
from samsyn.hub.guard.language import reading
from samsyn.kernel.text import Text


class ToldShown(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that the words tell, with what the law says of telling it."""

    kind: Text
    law: LawShown
    opens: bool


class AskingShown(msgspec.Struct, frozen=True, kw_only=True):
    """What the law says of asking, with what to weigh and what was weighed.

    Attributes:
        law: of asking at all.
        told: of each fact that the words tell.
        opens: whether the question may be put, at least after a weighing.
        weighed: whether the law asks for a weighing of it.
    """

    law: LawShown
    told: list[ToldShown]
    opens: bool
    weighed: bool
    for_: list[list[Piece]]
    against: list[list[Piece]]
    weighing: str


def asking_shown(question: Question) -> AskingShown:
    """What the law said of asking, as it was kept with a question of one's own."""
    answer = kept_answer(question.law)
    told = [(one["kind"], kept_answer(one)) for one in question.law.get(TOLD, ())]
    every = [answer, *(one for _, one in told)]
    language = reading()
    return AskingShown(
        law=law_shown(answer),
        told=[
            ToldShown(kind=kind_text(kind), law=law_shown(one), opens=one.opens)
            for kind, one in told
        ],
        opens=strictest(question.law) != "must_not",
        weighed=any(law_shown(one).weighed for one in every),
        for_=[pieces(said) for said in _once(every, "weigh_for", language)],
        against=[pieces(said) for said in _once(every, "weigh_against", language)],
        weighing=str(question.law.get("weighing", "")),
    )


def kept_answer(kept: Mapping[str, Any]) -> Assessment:
    """An answer of the law as it was kept."""
    fields = {name: kept[name] for name in Assessment.__struct_fields__ if name in kept}
    return msgspec.convert(fields, Assessment)


def _once(answers: list[Assessment], field: str, language: str) -> list[str]:
    said = (text[language] for answer in answers for text in getattr(answer, field))
    return list(dict.fromkeys(said))
