"""How is it said in words what would make an answer more open?"""

from __future__ import annotations

from samsyn.kernel.text import Language, Text
from samsyn.law.answer import Answer
from samsyn.law.changes import Change
from samsyn.law.phrases import OUTCOMES, TESTS, value_text

MOST_CHANGES = 6
MOST_VALUES = 3

KINDS = {
    "purpose": Text(sv="Om det verkliga ändamålet är:", en="If the real purpose is:"),
    "function": Text(sv="Till mottagaren i funktionen", en="To the receiver in the function"),
    "receiver": Text(sv="Till en annan mottagare", en="To another receiver"),
    "initiative": Text(sv="Om mottagaren begär uppgiften", en="If the receiver asks for the item"),
    "later_day": Text(sv="Från och med", en="From"),
    "fact": Text(sv="Om svaret är annat:", en="If the fact is otherwise:"),
    "leave_out": Text(sv="Om det som omfattas av", en="If what falls under"),
}
ALLOWED_ANYWAY = Text(
    sv="faller den ut mot får uppgiften ändå lämnas",
    en="if it goes against, the item may be disclosed all the same",
)
AND_MORE = Text(sv="med flera", en="and others")
LEFT_OUT = Text(sv="utelämnas", en="is left out")


def changes_in_words(
    answer: Answer, language: Language, *, outcome: str | None = None
) -> list[str]:
    """The smallest changes that would make an answer more open, those that end alike together.

    Args:
        answer: what the law says.
        language: of the words.
        outcome: only changes that end so; all when None.
    """
    grouped: dict[tuple[object, ...], list[Change]] = {}
    for change in answer.what_would_open:
        result = change.answer
        if outcome is not None and result.outcome != outcome:
            continue
        key = (change.kind, result.outcome, result.test, result.floor, result.grounds[:1])
        grouped.setdefault(key, []).append(change)
    return [_change(answer, group, language) for group in list(grouped.values())[:MOST_CHANGES]]


def _change(answer: Answer, group: list[Change], language: Language) -> str:
    change = group[0]
    words = dict.fromkeys(_change_value(answer, one, language) for one in group)
    shown = list(words)[:MOST_VALUES]
    more = "" if len(words) <= MOST_VALUES else f" {AND_MORE.into(language)}"
    what = "; ".join(shown) + more
    tail = f" {LEFT_OUT.into(language)}" if change.kind == "leave_out" else ""
    result = change.answer
    outcome = OUTCOMES[result.outcome].into(language)
    test = f" ({TESTS[result.test].into(language)})" if result.test != "none" else ""
    if result.floor == "may":
        test = f"{test[:-1]}; {ALLOWED_ANYWAY.into(language)})"
    grounds = ", ".join(result.grounds[:2])
    lead = KINDS[change.kind].into(language)
    return f"{lead}{' ' + what if what else ''}{tail}: {outcome.rstrip('.')}{test}. [{grounds}]"


def _change_value(answer: Answer, change: Change, language: Language) -> str:
    """A change's new value in words."""
    vocabulary = answer.rulebook.vocabulary
    if change.kind == "initiative":
        return ""
    if change.kind in ("purpose", "function", "receiver") and isinstance(change.value, str):
        lists = {
            "purpose": vocabulary.purposes,
            "function": vocabulary.functions,
            "receiver": vocabulary.agencies,
        }
        return lists[change.kind].known[change.value].name.into(language)
    if change.kind == "fact" and change.field in vocabulary.facts:
        question = vocabulary.facts[change.field].question.into(language)
        return f"“{question}” = {value_in_words(change.value, language)}"
    if isinstance(change.value, tuple):
        return " + ".join(str(value) for value in change.value)
    return str(change.value)


def value_in_words(value: object, language: Language) -> str:
    """The value of a fact."""
    return value_text(value).into(language)
