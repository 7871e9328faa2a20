"""What does the whole of the guidance say on a day, as one handbook?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path as File
from typing import Any
from zoneinfo import ZoneInfo

from samsyn.documents import render
from samsyn.hub.guard.lawwords import agency_name, cited, in_words
from samsyn.hub.guidance.checks import deciding_provisions
from samsyn.hub.guidance.entries import THEMES, Exercise, GuidedStep, Line
from samsyn.hub.guidance.exercising import answer_to
from samsyn.hub.guidance.loading import Guidance
from samsyn.hub.guidance.paths import Path, path_of, test_of
from samsyn.kernel.text import Language, Text
from samsyn.law.phrases import OUTCOMES

TITLE = Text(sv="Metodstöd: handbok", en="Method support: handbook")
TEMPLATE = File(__file__).parent / "handbook.typ"
HERE = ZoneInfo("Europe/Stockholm")


@dataclass(frozen=True, slots=True)
class Solved:
    """An exercise with its answer."""

    exercise: Exercise
    theme: Text
    day: date
    outcome: Text
    test: Text | None
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handbook:
    """All of the guidance on a day.

    Attributes:
        day: the day it holds for.
        version: of the rulebook.
        steps: the steps of the work, with what is said at each.
        paths: the everyday situations.
        solved: the exercises with their answers.
    """

    day: date
    version: str
    steps: tuple[tuple[GuidedStep, tuple[Line, ...]], ...]
    paths: tuple[Path, ...]
    solved: tuple[Solved, ...]


@lru_cache(maxsize=8)
def handbook(guidance: Guidance, day: date) -> Handbook:
    """The handbook of a day.

    Raises:
        FieldError: if the rulebook does not cover the day.
    """
    guidance.rulebook.epoch(day)
    return Handbook(
        day=day,
        version=guidance.rulebook.version,
        steps=tuple((step, tuple(step.lines_on(day))) for step in guidance.steps.values()),
        paths=tuple(path_of(guidance, one, day) for one in guidance.situations.entries),
        solved=tuple(_solved(guidance, one) for one in guidance.exercises.values()),
    )


def _solved(guidance: Guidance, exercise: Exercise) -> Solved:
    answer = answer_to(guidance, exercise)
    return Solved(
        exercise=exercise,
        theme=THEMES[exercise.theme],
        day=answer.question.on,
        outcome=OUTCOMES[answer.outcome],
        test=test_of(answer),
        cites=deciding_provisions(answer),
    )


@lru_cache(maxsize=4)
def handbook_pdf(guidance: Guidance, day: date, language: Language) -> bytes:
    """The handbook of a day as an accessible, archivable PDF; the same bytes each time.

    Raises:
        FieldError: if the rulebook does not cover the day.
    """
    book = handbook(guidance, day)
    return render(
        TEMPLATE,
        _data(book, language),
        title=TITLE,
        at=datetime(day.year, day.month, day.day, tzinfo=HERE),
        language=language,
        author="Samsyn",
    )


def _data(book: Handbook, language: Language) -> dict[str, Any]:
    return {
        "day": book.day,
        "version": book.version,
        "steps": [
            {"name": step.name, "lines": [_line(line, language) for line in lines]}
            for step, lines in book.steps
            if lines
        ],
        "situations": [_situation(path, language) for path in book.paths],
        "exercises": [_exercise(solved, language) for solved in book.solved],
    }


def _line(line: Line, language: Language) -> str:
    cite = f" ({_whole(line.cite, language)})" if line.cite else ""
    return f"{line.text.into(language)}{cite}"


def _cites(cites: Sequence[str], language: Language) -> str:
    return ", ".join(_whole(cite, language) for cite in cites)


def _whole(cite: str, language: Language) -> str:
    """A citation that no line end divides."""
    return cited(cite, language).replace(" ", "\u00a0")


def _said(texts: Sequence[Text], language: Language) -> list[str]:
    return [in_words(text.into(language), language) for text in texts]


def _situation(path: Path, language: Language) -> dict[str, Any]:
    weigh = path.weigh
    return {
        "title": path.situation.title,
        "story": path.situation.story,
        "lesson": path.situation.lesson,
        "giver": f"{agency_name(path.giver, language)}, {path.activity.into(language)}",
        "receiver": f"{agency_name(path.receiver, language)}, {path.function.into(language)}",
        "purpose": path.purpose,
        "on_request": path.on_request,
        "secrecy": [
            f"{cited(held.cite, language)}: {held.title.into(language)}" for held in path.secrecy
        ],
        "reasoning": _said([step.text for step in path.reasoning], language),
        "weigh": _said([*weigh.speaks_for, *weigh.speaks_against, *weigh.at_receiver], language),
        "opens": _said(path.opens, language),
        "history": [list(_row(path, row, language)) for row in range(len(path.history))],
    }


def _row(path: Path, row: int, language: Language) -> Iterator[str]:
    told = path.history[row]
    yield told.day.isoformat()
    yield told.outcome.into(language)
    yield told.test.into(language) if told.test else "–"
    yield _cites(told.cites, language)


def _exercise(solved: Solved, language: Language) -> dict[str, Any]:
    test = f" ({solved.test.into(language)})" if solved.test else ""
    return {
        "title": solved.exercise.title,
        "theme": solved.theme,
        "story": solved.exercise.story,
        "day": solved.day,
        "answer": f"{solved.outcome.into(language).rstrip('.')}{test}.",
        "ground": _cites(solved.cites, language),
        "left_out": [one.text for one in solved.exercise.parts if one.leave_out],
        "lesson": solved.exercise.lesson,
    }
