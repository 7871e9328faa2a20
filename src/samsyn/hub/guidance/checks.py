"""Is the guidance in order: complete, dated, and the same as what the law says?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from samsyn.hub.guidance.entries import THEMES, Exercise, GuidedStep, Line, Part, Written
from samsyn.kernel.citations import Citation, CitationError
from samsyn.kernel.dates import DateError, read_end, read_start
from samsyn.kernel.faults import Fault, FieldError
from samsyn.kernel.text import Text
from samsyn.law import Answer, Rulebook
from samsyn.law.checks.findings import Findings, did_you_mean
from samsyn.law.epochs import period_of
from samsyn.law.loading import Origin

MOST_LINES = 5
FEWEST_EXERCISES = 12
LONGEST_LINE = 240
_CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")


def check_guidance(written: Written, rulebook: Rulebook) -> list[Fault]:
    """All faults, by file and line."""
    findings = Findings(rulebook.content)
    known = _Provisions(rulebook)
    for place, (step, origin) in enumerate(written.steps):
        _check_code(findings, origin, step.code, [one.code for one, _ in written.steps[:place]])
        _check_texts(findings, origin, step)
        _check_step(findings, step, origin, known)
    for place, (exercise, origin) in enumerate(written.exercises):
        earlier = [one.code for one, _ in written.exercises[:place]]
        _check_code(findings, origin, exercise.code, earlier)
        _check_texts(findings, origin, exercise)
        _check_exercise(findings, exercise, origin, rulebook, known)
    _check_whole(findings, written)
    return findings.in_order()


def _check_whole(findings: Findings, written: Written) -> None:
    exercised = {exercise.theme for exercise, _ in written.exercises}
    for theme in THEMES:
        if theme not in exercised:
            text = f"has no exercise of {theme}; expected at least one"
            findings.add_to_file("guidance/exercises.yaml", text)
    if len(written.exercises) < FEWEST_EXERCISES:
        text = f"has {len(written.exercises)} exercises; expected at least {FEWEST_EXERCISES}"
        findings.add_to_file("guidance/exercises.yaml", text)


def _check_code(findings: Findings, origin: Origin, code: str, earlier: Sequence[str]) -> None:
    if not _CODE.fullmatch(code):
        text = f"“{code}” is no code; expected small letters and digits, with _ between words"
        findings.add(origin, "code", text)
    if code in earlier:
        findings.add(origin, "code", f"“{code}” stands twice; expected each code once")


def _check_texts(findings: Findings, origin: Origin, entry: Any, path: str = "") -> None:
    """A fault for each text that says nothing in one of the languages."""
    if isinstance(entry, Text):
        for language in ("sv", "en"):
            if not getattr(entry, language).strip():
                findings.add(origin, f"{path}.{language}", "is empty; write the text")
    elif isinstance(entry, msgspec.Struct):
        for name in entry.__struct_fields__:
            where = f"{path}.{name}" if path else name
            _check_texts(findings, origin, getattr(entry, name), where)
    elif isinstance(entry, tuple):
        for index, child in enumerate(entry):
            _check_texts(findings, origin, child, f"{path}[{index}]")


class _Provisions:
    """The sections that the rulebook knows, and since when."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.covers_from = rulebook.covers_from
        self.since: dict[Citation, date] = {}
        self._until: dict[Citation, date] = {}
        for placed in rulebook.content.blocks:
            period = period_of(placed.block)
            for cite in _cites(msgspec.to_builtins(placed.block)):
                section = cite.whole_section()
                earliest = self.since.get(section, date.max)
                self.since[section] = min(earliest, period.start.earliest)
                latest = self._until.get(section, date.min)
                self._until[section] = max(latest, period.end.latest)

    def ends(self, section: Citation) -> date:
        """The first day on which a section holds no more, as far as the rulebook knows."""
        return self._until[section]


def _cites(value: Any) -> set[Citation]:
    if isinstance(value, str):
        try:
            return {Citation.parse(value)}
        except CitationError:
            return set()
    children = value.values() if isinstance(value, dict) else value
    if not isinstance(value, dict | list | tuple):
        return set()
    return {cite for child in children for cite in _cites(child)}


def _check_cite(
    findings: Findings, origin: Origin, field: str, text: str, known: _Provisions
) -> Citation | None:
    """A section the rulebook knows; a fault and None if it does not."""
    citation = findings.cited(origin, field, text)
    if citation is None:
        return None
    section = citation.whole_section()
    if section not in known.since:
        hint = did_you_mean(text, [str(one) for one in known.since])
        findings.add(origin, field, f"the rulebook knows no {text}; {hint}cite what it holds")
        return None
    return section


def _check_step(findings: Findings, step: GuidedStep, origin: Origin, known: _Provisions) -> None:
    if not step.lines:
        findings.add(origin, "lines", "the step says nothing; expected at least one line")
    days = {known.covers_from}
    for index, line in enumerate(step.lines):
        field = f"lines[{index}]"
        for language in ("sv", "en"):
            if len(getattr(line.text, language)) > LONGEST_LINE:
                text = f"is longer than {LONGEST_LINE} letters; say it shorter, or in two lines"
                findings.add(origin, f"{field}.text.{language}", text)
        span = _span(findings, line, origin, field, known.covers_from)
        if span is None:
            return
        days.update(day for day in span if known.covers_from <= day < date.max)
        section = line.cite and _check_cite(findings, origin, f"{field}.cite", line.cite, known)
        if isinstance(section, Citation):
            _check_in_force(findings, origin, field, section, span, known)
    for day in sorted(days):
        if len(step.lines_on(day)) > MOST_LINES:
            text = f"says {len(step.lines_on(day))} lines on {day}; expected at most {MOST_LINES}"
            findings.add(origin, "lines", text)


def _span(
    findings: Findings, line: Line, origin: Origin, field: str, first: date
) -> tuple[date, date] | None:
    try:
        start = read_start(line.start).latest if line.start else first
        end = read_end(line.end).earliest
    except DateError as error:
        findings.add(origin, field, str(error))
        return None
    if end <= start:
        last = end - timedelta(days=1)
        findings.add(origin, f"{field}.to", f"ends {last}, before it begins {start}")
        return None
    return start, end


def _check_in_force(
    findings: Findings,
    origin: Origin,
    field: str,
    section: Citation,
    span: tuple[date, date],
    known: _Provisions,
) -> None:
    since, until = known.since[section], known.ends(section)
    if span[0] < since and since > known.covers_from:
        text = f"{section} is not in force before {since}; expected from: {since} or later"
        findings.add(origin, f"{field}.from", text)
    if span[1] > until:
        last = until - timedelta(days=1)
        findings.add(origin, f"{field}.to", f"{section} holds until {last}; expected to: {last}")


def _check_exercise(
    findings: Findings, exercise: Exercise, origin: Origin, rulebook: Rulebook, known: _Provisions
) -> None:
    if exercise.theme not in THEMES:
        hint = did_you_mean(exercise.theme, THEMES)
        text = f"“{exercise.theme}” is no theme; {hint}use one of {', '.join(THEMES)}"
        findings.add(origin, "theme", text)
    for index, cite in enumerate(exercise.grounds):
        _check_cite(findings, origin, f"grounds[{index}]", cite, known)
    if exercise.answer.ground not in exercise.grounds:
        text = f"{exercise.answer.ground} is not among grounds; expected the right one to be there"
        findings.add(origin, "answer.ground", text)
    answer = _ask(findings, exercise, None, "question", origin, rulebook)
    if answer is not None:
        _check_answer(findings, exercise, answer, origin)
    for index, part in enumerate(exercise.parts):
        field = f"parts[{index}]"
        told = _ask(findings, exercise, part, f"{field}.change", origin, rulebook)
        if told is None:
            continue
        right = not part.needed or told.outcome == "must_not"
        if right != part.leave_out:
            text = f"found {part.leave_out}, but the law says {told.outcome}; expected {right}"
            findings.add(origin, f"{field}.leave_out", text)


def _ask(
    findings: Findings,
    exercise: Exercise,
    part: Part | None,
    field: str,
    origin: Origin,
    rulebook: Rulebook,
) -> Answer | None:
    try:
        return rulebook.ask(rulebook.read(exercise.asked_of(part)))
    except FieldError as error:
        findings.add(origin, f"{field}.{error.field}", error.said.en)
        return None


def _check_answer(findings: Findings, exercise: Exercise, answer: Answer, origin: Origin) -> None:
    if answer.ask_first is not None:
        text = f"leaves {answer.ask_first.key} open; state it, so that there is one answer"
        findings.add(origin, "question", text)
    elif answer.outcome != exercise.answer.outcome:
        text = f"found {exercise.answer.outcome}, but the law says {answer.outcome}"
        findings.add(origin, "answer.outcome", f"{text}; expected what the law says")
    try:
        ground = Citation.parse(exercise.answer.ground)
    except CitationError as error:
        findings.add(origin, "answer.ground", str(error))
        return
    deciding = deciding_provisions(answer)
    if not any(Citation.parse(cite).within(ground) for cite in deciding):
        text = f"{exercise.answer.ground} does not decide it; expected {' or '.join(deciding)}"
        findings.add(origin, "answer.ground", text)


def deciding_provisions(answer: Answer) -> tuple[str, ...]:
    """What decides an answer: the leading ground, or all that stands in the way."""
    if answer.grounds:
        return answer.grounds[:1]
    return answer.excluded_by or tuple(secrecy.text for secrecy in answer.verdict.left)
