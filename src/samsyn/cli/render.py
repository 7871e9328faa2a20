"""How does an answer look in a terminal, and as JSON?"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any

from samsyn.kernel.text import Language, Text
from samsyn.law.answer import Answer
from samsyn.law.batch import as_line
from samsyn.law.change_words import changes_in_words, value_in_words
from samsyn.law.explain import question_text
from samsyn.law.phrases import OUTCOMES, TESTS

WIDTH = 92

HEADINGS = {
    "why": Text(sv="Skälen, steg för steg", en="Why, step by step"),
    "grounds": Text(sv="Grund", en="Ground"),
    "excluded": Text(sv="Hindrar eller gäller inte", en="Stands in the way or does not apply"),
    "test": Text(sv="Avvägning", en="Weighing"),
    "floor": Text(sv="Om den faller ut mot", en="If it goes against"),
    "duty": Text(sv="Skyldighet", en="Duty"),
    "for": Text(sv="Talar för", en="Speaks for"),
    "against": Text(sv="Talar emot", en="Speaks against"),
    "receiver": Text(sv="Hos mottagaren", en="At the receiver"),
    "record": Text(sv="Dokumentera", en="Document"),
    "open": Text(sv="Vad skulle öppna", en="What would open it"),
    "first": Text(sv="Ta reda på först", en="Find out first"),
    "until": Text(sv="Gäller till och med", en="Holds until"),
    "arguable": Text(sv="Öppen rättsfråga", en="Open legal question"),
}
DUTY = {
    "must": {
        True: Text(sv="ja", en="yes"),
        False: Text(sv="nej", en="no"),
    },
    "may_after_balancing": {
        True: Text(
            sv="ja, om avvägningen talar för utlämnande",
            en="yes, if the weighing speaks for disclosure",
        ),
        False: Text(sv="nej, det är en möjlighet", en="no, it is a possibility"),
    },
}
NO_DAY = Text(
    sv="tills vidare i den lagstiftning regelboken känner; fråga på nytt när uppgiften sänds",
    en="until further notice in the law the rulebook knows; ask again when the item is sent",
)


def as_text(answer: Answer, language: Language) -> str:
    """The whole answer, for a terminal."""
    parts = [_head(answer, language), _steps(answer, language)]
    questions = answer.human_questions
    parts += [
        _list("for", questions.speaks_for, language),
        _list("against", questions.speaks_against, language),
        _list("receiver", questions.at_receiver, language),
        _list("record", [block.write for block in answer.records], language),
        _changes(answer, language),
        _list(
            "arguable",
            [Text(sv=f"{cite}: {t.sv}", en=f"{cite}: {t.en}") for cite, t in answer.arguable],
            language,
        ),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(answer: Answer, language: Language) -> str:
    lines = [OUTCOMES[answer.outcome].into(language).upper(), ""]
    if answer.test != "none":
        lines.append(_pair("test", TESTS[answer.test].into(language), language))
        lines.append(_pair("floor", OUTCOMES[answer.floor or "must_not"].into(language), language))
    group = DUTY.get(answer.outcome, DUTY["must"])
    lines.append(_pair("duty", group[answer.duty_if_favourable].into(language), language))
    if answer.grounds:
        lines.append(_pair("grounds", ", ".join(answer.grounds), language))
    if answer.excluded_by:
        lines.append(_pair("excluded", ", ".join(answer.excluded_by), language))
    until = answer.holds_until
    lines.append(_pair("until", str(until) if until else NO_DAY.into(language), language))
    ask = answer.ask_first
    if ask is not None:
        lines.append(_pair("first", question_text(answer, ask.key).into(language), language))
        for value, outcomes in ask.values:
            shown = "; ".join(OUTCOMES[outcome].into(language) for outcome in outcomes)
            lines.append(f"    {value_in_words(value, language)}: {shown}")
    return "\n".join(lines)


def _pair(heading: str, value: str, language: Language) -> str:
    text = f"{HEADINGS[heading].into(language)}: {value}"
    return textwrap.fill(text, WIDTH, subsequent_indent="    ")


def _steps(answer: Answer, language: Language) -> str:
    lines = [HEADINGS["why"].into(language)]
    for number, step in enumerate(answer.steps, start=1):
        text = f"{number}. {step.text.into(language)}"
        lines.append(textwrap.fill(text, WIDTH, initial_indent="  ", subsequent_indent="     "))
    return "\n".join(lines)


def _list(heading: str, texts: Iterable[Text], language: Language) -> str:
    entries = [
        textwrap.fill(text.into(language), WIDTH, initial_indent="  - ", subsequent_indent="    ")
        for text in texts
    ]
    return "\n".join([HEADINGS[heading].into(language), *entries]) if entries else ""


def _changes(answer: Answer, language: Language) -> str:
    texts = changes_in_words(answer, language)
    return _list("open", [Text(sv=text, en=text) for text in texts], language)


def as_json(answer: Answer, language: Language) -> dict[str, Any]:
    """The whole answer as JSON: the fields of the batch contract and what a person needs."""
    line = as_line(answer, None, language)
    del line["id"]
    ask = answer.ask_first
    questions = answer.human_questions
    until = answer.holds_until
    return {
        **line,
        "outcomes": list(answer.outcomes),
        "ask_first": None
        if ask is None
        else {
            "key": ask.key,
            "question": question_text(answer, ask.key).into(language),
            "values": [{"value": value, "outcomes": list(left)} for value, left in ask.values],
        },
        "weigh": {
            "for": [text.into(language) for text in questions.speaks_for],
            "against": [text.into(language) for text in questions.speaks_against],
            "receiver": [text.into(language) for text in questions.at_receiver],
        },
        "document": [
            {"cite": block.cite, "text": block.write.into(language)} for block in answer.records
        ],
        "what_would_open": [
            {
                "kind": change.kind,
                "field": change.field,
                "value": change.value
                if isinstance(change.value, str | bool | int)
                else str(change.value),
                "outcome": change.answer.outcome,
                "test": change.answer.test,
                "grounds": list(change.answer.grounds),
            }
            for change in answer.what_would_open
        ],
        "arguable": [{"cite": cite, "text": text.into(language)} for cite, text in answer.arguable],
        "holds_until": until.isoformat() if until else None,
    }
