"""``samsyn plan staff``: propose, explain, check and mend the staffing of joint inspections."""

from __future__ import annotations

import argparse
import json
import secrets
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from samsyn.cli.files import read_lines, whole_file
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Language, Text
from samsyn.plan.staffing.calendars import calendars, file_name
from samsyn.plan.staffing.conflicts import conflicts
from samsyn.plan.staffing.example import example_task
from samsyn.plan.staffing.explaining import Around, why_left_out, why_planned
from samsyn.plan.staffing.frame import Frame, state_of
from samsyn.plan.staffing.proposing import propose
from samsyn.plan.staffing.reading import read_plan, read_task
from samsyn.plan.staffing.replanning import Replanned, replan, with_absence
from samsyn.plan.staffing.searching import Budget, Limits
from samsyn.plan.staffing.task import Away, Part, Planned, StaffingPlan, StaffingTask
from samsyn.plan.staffing.ways_in import ways_in

OK, STOPPED = 0, 3
RESERVE, START = 0.08, 0.3
"""Share of the time, and seconds, for starting, reading, checking and writing."""
EXPLAIN_SECONDS = 120.0

NAMES = {
    "priority": Text(sv="Planerad prioritet", en="Planned priority"),
    "wish": Text(sv="Dagar från önskad dag", en="Days from the wished day"),
    "fairness": Text(sv="Skillnad i halvdagar mellan lika", en="Half-days between equals"),
    "travel": Text(sv="Resminuter", en="Minutes of travel"),
    "moved_operations": Text(sv="Flyttade insatser", en="Moved operations"),
    "moved_people": Text(sv="Andra som får ändrade uppdrag", en="Others whose duties change"),
}
SCOPES = {
    "all": Text(sv="alla planer", en="all plans"),
    "same_days": Text(sv="planer med samma dagar", en="plans on the same days"),
}
PART = Text(
    sv="{name}: {value} (gräns för {scope}: {bound}; gap {gap:.1%})",
    en="{name}: {value} (bound for {scope}: {bound}; gap {gap:.1%})",
)
SUMMARY = Text(
    sv="{planned} av {total} insatser planerade på {seconds:.1f} s.",
    en="{planned} of {total} operations planned in {seconds:.1f} s.",
)
LEFT_OUT = Text(sv="Utanför planen: {name}", en="Left out: {name}")
IT_TAKES = Text(sv="Det skulle räcka med: ", en="It would suffice: ")
WRITTEN = Text(sv="Planen är skriven till {path}.", en="The plan is written to {path}.")
FILES = Text(sv="{count} kalenderfiler i {path}.", en="{count} calendar files in {path}.")
NO_CONFLICTS = Text(sv="Planen bryter ingen regel.", en="The plan breaks no rule.")


def run_staff(options: argparse.Namespace) -> int:
    """Propose a plan, mend one, check one, or write an invented task."""
    if options.example is not None:
        return _example(options)
    if options.file is None:
        raise FieldError("FILE", "name the file with the task, or write --example 1",
                         "ange filen med uppdraget, eller skriv --example 1")  # fmt: skip
    language: Language = options.language
    started = time.monotonic()
    task = read_task(options.file, language)
    if options.check is not None:
        return _check(task, read_plan(options.check, language), language)
    if options.absent:
        task, plan, replanned = _mended(options, task)
        _tell_moved(replanned, language)
    else:
        plan = propose(Frame(task), _limits(options, started))
    broken = conflicts(task, plan)
    if broken:  # INVARIANT: no plan leaves here that the independent check refuses.
        return _check(task, plan, language)
    _write(options, task, plan)
    total = len(task.operations)
    took = time.monotonic() - started
    print(SUMMARY.into(language).format(planned=len(plan.planned), total=total, seconds=took))
    for part in plan.parts:
        print(_part(part, language))
    if options.explain:
        _explain(task, plan, language)
    return OK


def _limits(options: argparse.Namespace, started: float) -> Limits:
    spent = time.monotonic() - started
    seconds = max(options.seconds * (1 - RESERVE) - START - spent, 0.2)
    return Limits(seconds, time.monotonic, options.workers, options.seed)


def _example(options: argparse.Namespace) -> int:
    task = example_task(options.example, options.centres, options.operations, options.first)
    with whole_file(options.out) as file:
        file.write(_json(task))
    return OK


def _json(what: StaffingTask | StaffingPlan) -> str:
    built = msgspec.to_builtins(what)
    return json.dumps(built, ensure_ascii=False, indent=1, default=str) + "\n"


def _mended(
    options: argparse.Namespace, task: StaffingTask
) -> tuple[StaffingTask, StaffingPlan, Replanned]:
    started = time.monotonic()
    if options.before is None:
        raise FieldError("--from", "name the plan that is to be mended",
                         "ange planen som ska ändras")  # fmt: skip
    before = read_plan(options.before, options.language)
    broken = conflicts(task, before)
    if broken:
        said = broken[0]
        raise FieldError(
            "--from",
            f"the plan breaks a rule already ({said.operation}: {said.said.en}); mend that first",
            f"planen bryter redan en regel ({said.operation}: {said.said.sv}); rätta den först",
        )
    for text in options.absent:
        person, away = _absence(text)
        try:
            task = with_absence(task, person, away)
        except KeyError:
            raise FieldError(
                "--absent",
                f"{person} is not among the people of the task; write the id that stands there",
                f"{person} finns inte bland uppdragets personer; skriv den id som står där",
            ) from None
    replanned = replan(Frame(task), before, _limits(options, started))
    return task, replanned.plan, replanned


def _absence(text: str) -> tuple[str, Away]:
    person, _, days = text.rpartition(":")
    person, _, first = person.rpartition(":")
    try:
        away = Away(first=date.fromisoformat(first), last=date.fromisoformat(days))
    except ValueError:
        away = None
    if not person or away is None or (away.last is not None and away.last < away.first):
        raise FieldError(
            "--absent",
            f"{text} is not PERSON:FROM:TO, such as AV-Umeå-1:2027-02-01:2027-02-05",
            f"{text} är inte PERSON:FRÅN:TILL, som AV-Umeå-1:2027-02-01:2027-02-05",
        )
    return person, away


def _tell_moved(replanned: Replanned, language: Language) -> None:
    for label, names in (
        (Text(sv="Flyttade till annan dag", en="Moved to another day"), replanned.moved_operations),
        (Text(sv="Kan inte längre göras", en="Can no longer be done"), replanned.dropped),
        (Text(sv="Andra som får ändrade uppdrag", en="Others whose duties change"),
         replanned.moved_people),
    ):  # fmt: skip
        print(f"{label.into(language)}: {len(names)}" + (f" ({', '.join(names)})" if names else ""))


def _check(task: StaffingTask, plan: StaffingPlan, language: Language) -> int:
    broken = conflicts(task, plan)
    for one in broken:
        print(f"{one.operation}: {one.said.into(language)}" if one.operation
              else one.said.into(language))  # fmt: skip
    if not broken:
        print(NO_CONFLICTS.into(language))
    return STOPPED if broken else OK


def _write(options: argparse.Namespace, task: StaffingTask, plan: StaffingPlan) -> None:
    language: Language = options.language
    with whole_file(options.out) as file:
        file.write(_json(plan))
    if options.out is not None:
        print(WRITTEN.into(language).format(path=options.out))
    if options.calendars is not None:
        key = _calendar_key(options.calendar_key)
        texts = calendars(task, plan, datetime.now(UTC), key)
        folder: Path = options.calendars
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FieldError(
                "--calendars", f"{folder} cannot be made: {error.strerror}; name another folder",
                f"{folder} kan inte skapas: {error.strerror}; ange en annan mapp",
            ) from None  # fmt: skip
        for person, text in texts.items():
            with whole_file(folder / file_name(person)) as file:
                file.write(text)
        print(FILES.into(language).format(count=len(texts), path=folder))


def _calendar_key(path: Path | None) -> str:
    if path is None:
        return secrets.token_hex(16)
    key = "".join(read_lines(str(path), "--calendar-key")).strip()
    if len(key) < 16:
        raise FieldError("--calendar-key", f"{path} needs a line of at least 16 signs",
                         f"{path} behöver en rad med minst 16 tecken")  # fmt: skip
    return key


def _part(part: Part, language: Language) -> str:
    return PART.into(language).format(
        name=NAMES[part.name].into(language),
        value=part.value,
        scope=SCOPES[part.scope].into(language),
        bound=part.bound,
        gap=part.gap,
    )


def _explain(task: StaffingTask, plan: StaffingPlan, language: Language) -> None:
    frame = Frame(task)
    state = state_of(frame, plan)
    around = Around(frame, state)
    numbers = {one.id: number for number, one in enumerate(task.operations)}
    for planned in plan.planned:
        why = why_planned(frame, around, numbers[planned.operation])
        print(f"{_head(planned)} {_joined(why.said, language)}")
    budget = Budget(Limits(EXPLAIN_SECONDS, time.monotonic))
    for name in plan.left_out:
        why = why_left_out(frame, around, numbers[name])
        print(f"{LEFT_OUT.into(language).format(name=name)}. {_joined(why.said, language)}")
        found = ways_in(frame, state, why, budget)
        head = IT_TAKES.into(language) if found.found else ""
        for said in found.said:
            print(f"  {head}{said.into(language)}")


def _head(planned: Planned) -> str:
    return f"{planned.operation} {planned.day} {planned.start}."


def _joined(said: Sequence[Text], language: Language) -> str:
    return " ".join(one.into(language) for one in said)
