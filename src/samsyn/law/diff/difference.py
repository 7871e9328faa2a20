"""How is a comparison of two rulebooks told to a reader, and to a machine?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from samsyn.kernel.text import Language, Text
from samsyn.law.answer import Answer
from samsyn.law.diff.closed_form import Signature
from samsyn.law.diff.outside import Words
from samsyn.law.question import Question


@dataclass(frozen=True, slots=True)
class Example:
    """One question, asked of both rulebooks."""

    before: Answer
    after: Answer


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table.

    Attributes:
        code: an agency, a purpose, or a kind of change such as ``must_not → may``.
        questions: number of questions.
        example: one of them.
    """

    code: str
    questions: int
    example: Example


@dataclass(frozen=True, slots=True)
class Difference:
    """Exactly which questions change answer.

    Attributes:
        before: version and day of the first rulebook.
        after: version and day of the second.
        questions: number of questions that both can be asked.
        changed: number of them with another outcome, test, duty or floor.
        routes: number of routes (giver, activity, receiver, function, purpose, initiative).
        changed_routes: number of them on which some question changes.
        kinds: changed questions by kind of change, the most frequent first.
        givers: by giver.
        receivers: by receiver.
        purposes: by purpose.
        other_ground: questions with the same answer on other grounds; None without any.
        in_sets: questions with the same answer where the test of a rule that is not the nearest
            changes, so that only a set of provisions may get another answer.
        only_before: number of questions that only the first rulebook can be asked.
        only_after: number of questions that only the second can be asked.
        vanished: words that only the first has.
        appeared: words that only the second has.
        beside: entries that differ in what a question of the space states for itself.
    """

    before: tuple[str, date]
    after: tuple[str, date]
    questions: int
    changed: int
    routes: int
    changed_routes: int
    kinds: tuple[Row, ...]
    givers: tuple[Row, ...]
    receivers: tuple[Row, ...]
    purposes: tuple[Row, ...]
    other_ground: Row | None
    in_sets: int
    only_before: int
    only_after: int
    vanished: tuple[Words, ...]
    appeared: tuple[Words, ...]
    beside: tuple[Words, ...]

    @property
    def nothing(self) -> bool:
        """True if no question is answered differently, on other grounds or on one side only."""
        return not (
            self.changed
            or self.other_ground
            or self.in_sets
            or self.only_before
            or self.only_after
            or self.beside
        )


def kind_name(before: frozenset[Signature], after: frozenset[Signature]) -> str:
    """A kind of change in the words of outcomes; with what else differs where those are equal."""
    one, other = _outcomes(before), _outcomes(after)
    if one != other:
        return f"{one} → {other}"
    parts = ("outcome", "test", "duty_if_favourable", "floor")
    differing = [
        name
        for place, name in enumerate(parts)
        if {signature[place] for signature in before} != {signature[place] for signature in after}
    ]
    return f"{one}: {', '.join(differing) or 'when'}"


def _outcomes(answers: frozenset[Signature]) -> str:
    return " / ".join(sorted({signature[0] for signature in answers}))


_TEXTS = {
    "title": Text(sv="Skillnad mellan {before} och {after}", en="From {before} to {after}"),
    "side": Text(sv="regelbok {version} den {on}", en="rulebook {version} on {on}"),
    "nothing": Text(
        sv="Ingen fråga får ett annat svar: {questions} frågor på {routes} vägar är jämförda.",
        en="No question changes answer: {questions} questions on {routes} routes were compared.",
    ),
    "changed": Text(
        sv="{changed} av {questions} frågor får ett annat svar ({share}), på {changed_routes} av "
        "{routes} vägar.",
        en="{changed} of {questions} questions change answer ({share}), on {changed_routes} of "
        "{routes} routes.",
    ),
    "kinds": Text(sv="Vad som ändras", en="What changes"),
    "givers": Text(sv="Per utlämnande myndighet", en="By giver"),
    "receivers": Text(sv="Per mottagare", en="By receiver"),
    "purposes": Text(sv="Per ändamål", en="By purpose"),
    "ground": Text(
        sv="{questions} frågor får samma svar på andra grunder, till exempel:",
        en="{questions} questions get the same answer on other grounds, for example:",
    ),
    "in_sets": Text(
        sv="I {questions} frågor ändras prövningen i en regel som inte är den närmaste; bara en "
        "uppgift med flera sekretessbestämmelser kan få ett annat svar.",
        en="In {questions} questions the test of a rule that is not the nearest changes; only an "
        "item under several provisions may get another answer.",
    ),
    "only_before": Text(
        sv="{questions} frågor kan bara ställas före", en="{questions} questions exist only before"
    ),
    "only_after": Text(
        sv="{questions} frågor kan bara ställas efter", en="{questions} questions exist only after"
    ),
    "beside": Text(
        sv="Utanför jämförelsen (frågorna anger det själva) skiljer sig",
        en="Not compared, because the questions state it themselves, but different",
    ),
    "elsewhere": Text(sv="annan verksamhet", en="elsewhere"),
    "open": Text(sv="uppgiften är inte sekretessbelagd", en="nothing makes the item secret"),
    "request": Text(sv="på begäran", en="on request"),
    "own": Text(sv="på eget initiativ", en="on own initiative"),
    "before": Text(sv="före", en="before"),
    "after": Text(sv="efter", en="after"),
}


def _say(name: str, language: Language, **values: object) -> str:
    shown = {
        key: f"{value:,}".replace(",", "\u00a0") if isinstance(value, int) else value
        for key, value in values.items()
    }
    return _TEXTS[name].into(language).format(**shown)


def as_text(difference: Difference, language: Language = "en") -> str:
    """The comparison for a reader."""
    return "\n".join(_lines(difference, language))


def _lines(difference: Difference, language: Language) -> Iterator[str]:
    sides = {
        name: _say("side", language, version=version, on=on)
        for name, (version, on) in (("before", difference.before), ("after", difference.after))
    }
    yield _say("title", language, **sides)
    if not difference.changed:
        yield _say("nothing", language, questions=difference.questions, routes=difference.routes)
    else:
        yield _say(
            "changed",
            language,
            changed=difference.changed,
            questions=difference.questions,
            share=_share(difference.changed, difference.questions),
            changed_routes=difference.changed_routes,
            routes=difference.routes,
        )
    for name in ("kinds", "givers", "receivers", "purposes"):
        rows: tuple[Row, ...] = getattr(difference, name)
        if rows:
            yield ""
            yield _say(name, language)
            for row in rows:
                share = _share(row.questions, difference.changed)
                yield f"  {row.code}  {_say_number(row.questions)} ({share})"
                yield from _example_lines(row.example, language)
    yield from _remarks(difference, language)


def _remarks(difference: Difference, language: Language) -> Iterator[str]:
    if difference.other_ground is not None:
        yield ""
        yield _say("ground", language, questions=difference.other_ground.questions)
        yield from _example_lines(difference.other_ground.example, language)
    if difference.in_sets:
        yield _say("in_sets", language, questions=difference.in_sets)
    for name, number, words in (
        ("only_before", difference.only_before, difference.vanished),
        ("only_after", difference.only_after, difference.appeared),
    ):
        if number:
            yield f"{_say(name, language, questions=number)}: {_listed(words)}"
    if difference.beside:
        yield f"{_say('beside', language)}: {_listed(difference.beside)}"


def _listed(words: tuple[Words, ...]) -> str:
    return "; ".join(f"{axis} {', '.join(codes)}" for axis, codes in words)


def _say_number(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")


def _share(part: int, whole: int) -> str:
    share = 100 * part / whole if whole else 0.0
    return f"{share:.3g} %"


def _example_lines(example: Example, language: Language) -> Iterator[str]:
    yield f"    {_question_text(example.after.question, language)}"
    for name, answer in (("before", example.before), ("after", example.after)):
        yield f"    {_say(name, language)}: {_answer_text(answer)}"


def _question_text(question: Question, language: Language) -> str:
    def place(name: str | None) -> str:
        return _say("elsewhere", language) if name in (None, "elsewhere") else str(name)

    marks = sorted(question.subject.marks())
    parts = [
        f"{question.giver} ({place(question.activity)}) → "
        f"{question.receiver} ({place(question.receiver_function)})",
        question.purpose,
        _say(question.initiative, language),
        "+".join([*(question.categories or ()), question.subject.kind or "", *marks]),
        ", ".join(question.secrecy or ()) or _say("open", language),
        ", ".join(f"{code}={_word(value)}" for code, value in question.facts),
    ]
    return "; ".join(part for part in parts if part)


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _answer_text(answer: Answer) -> str:
    texts = []
    for possibility in answer.possible:
        verdict = possibility.verdict
        parts: list[str] = [verdict.outcome]
        if verdict.test != "none":
            parts.append(verdict.test)
        if verdict.floor is not None:
            parts.append(f"floor {verdict.floor}")
        texts.append(f"{' '.join(parts)} ({', '.join(verdict.grounds) or '-'})")
    return " | ".join(dict.fromkeys(texts))


def as_json(difference: Difference) -> dict[str, Any]:
    """The comparison for a machine; whole numbers are exact and may be large."""
    return {
        "before": _side(difference.before),
        "after": _side(difference.after),
        "questions": difference.questions,
        "changed": difference.changed,
        "routes": difference.routes,
        "changed_routes": difference.changed_routes,
        "kinds": [_row(row) for row in difference.kinds],
        "givers": [_row(row) for row in difference.givers],
        "receivers": [_row(row) for row in difference.receivers],
        "purposes": [_row(row) for row in difference.purposes],
        "other_ground": _row(difference.other_ground) if difference.other_ground else None,
        "in_sets": difference.in_sets,
        "only_before": difference.only_before,
        "only_after": difference.only_after,
        "vanished": {axis: list(codes) for axis, codes in difference.vanished},
        "appeared": {axis: list(codes) for axis, codes in difference.appeared},
        "beside": {axis: list(codes) for axis, codes in difference.beside},
    }


def _side(side: tuple[str, date]) -> dict[str, str]:
    return {"rulebook_version": side[0], "on": side[1].isoformat()}


def _row(row: Row) -> dict[str, Any]:
    return {
        "code": row.code,
        "questions": row.questions,
        "example": {
            "question": question_fields(row.example.after.question),
            "before": answer_fields(row.example.before),
            "after": answer_fields(row.example.after),
        },
    }


def question_fields(question: Question) -> dict[str, Any]:
    """A question without its day, in the fields of a worked case."""
    return {
        "giver": question.giver,
        "activity": question.activity,
        "receiver": question.receiver,
        "receiver_function": question.receiver_function,
        "purpose": question.purpose,
        "initiative": question.initiative,
        "categories": list(question.categories or ()),
        "subject": {
            "kind": question.subject.kind,
            **dict.fromkeys(sorted(question.subject.marks()), True),
        },
        "secrecy": list(question.secrecy or ()),
        "facts": dict(question.facts),
    }


def answer_fields(answer: Answer) -> dict[str, Any]:
    """An answer without its explanation, with the day it was asked on."""
    return {
        "on": answer.question.on.isoformat(),
        "outcome": answer.outcome,
        "outcomes": list(answer.outcomes),
        "test": answer.test,
        "duty_if_favourable": answer.duty_if_favourable,
        "floor": answer.floor,
        "grounds": list(answer.grounds),
    }
