"""``samsyn plan solve`` and ``samsyn plan check``: a day of visits, some by two people together."""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from samsyn.cli.files import whole_file
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Language, Text
from samsyn.plan.visits.checking import Checked, check
from samsyn.plan.visits.first_plan import Arrangement, first_plan
from samsyn.plan.visits.laying import lay
from samsyn.plan.visits.problem import VisitProblem
from samsyn.plan.visits.reading import plan_as_json, read_plan, read_problem

OK, STOPPED = 0, 3

WRITES = 1.0
"""Seconds of the given time that go to checking and writing what was found, and to ending."""

LONGEST_SECONDS, MOST_CHANGES, MOST_WORKERS = 86_400, 10**10, 64

COST = Text(sv="Kostnad {cost:.3f}", en="Cost {cost:.3f}")
PARTS = Text(
    sv="  väg {distance:.3f}, försening {tardiness:.3f}, största försening {largest:.3f}",
    en="  distance {distance:.3f}, tardiness {tardiness:.3f}, largest tardiness {largest:.3f}",
)
SOLVED = Text(
    sv="{visits} besök av {people} personer ({used} behövs), {together} av två tillsammans.",
    en="{visits} visits by {people} people ({used} needed), {together} by two together.",
)
HOW_BY_TIME = Text(
    sv="Första planen kostade {first:.3f} efter {at:.1f} s; den bästa efter {seconds:.1f} s, "
    "sökt av {workers} processer med frö {seed}. Ett slumpsökt svar: att det inte finns bättre är "
    "inte bevisat.",
    en="The first plan cost {first:.3f} after {at:.1f} s; the best after {seconds:.1f} s, "
    "searched by {workers} processes with seed {seed}. Found by chance: that there is no better "
    "one is not proven.",
)
HOW_BY_CHANGES = Text(
    sv="Första planen kostade {first:.3f}; den bästa efter {changes} prövade ändringar med frö "
    "{seed}, lika varje gång. Att det inte finns bättre är inte bevisat.",
    en="The first plan cost {first:.3f}; the best after {changes} changes tried with seed {seed}, "
    "the same every time. That there is no better one is not proven.",
)
ONLY_FIRST = Text(
    sv="Tiden räckte bara till den första planen; ge mer tid med --seconds.",
    en="The time was enough for the first plan only; give more with --seconds.",
)
WRITTEN = Text(sv="Planen står i {file}.", en="The plan is in {file}.")
HOLDS = Text(sv="Planen går att genomföra.", en="The plan can be carried out.")
BREAKS = Text(
    sv="Planen går inte att genomföra, {count} fel:",
    en="The plan cannot be carried out, {count} faults:",
)
Read = TypeVar("Read")


def run_solve(options: argparse.Namespace) -> int:
    """Plan an instance and write the plan."""
    begun = time.monotonic() - _running_for()
    _within(options)
    problem = _read(options.instance, "INSTANCE", read_problem)
    if not options.out.parent.is_dir():
        raise FieldError(
            "--out",
            f"the folder {options.out.parent} does not exist; make it or choose another",
            f"mappen {options.out.parent} finns inte; skapa den eller välj en annan",
        )
    if options.out.is_dir():
        raise FieldError(
            "--out",
            f"{options.out} is a folder; give the name of a file",
            f"{options.out} är en mapp; ange namnet på en fil",
        )
    start = first_plan(problem)
    first_at = time.monotonic() - begun
    found = _search(options, problem, start, begun)
    plan = lay(problem, found or start)
    checked = check(problem, plan)
    if not checked.feasible:
        raise RuntimeError(f"the search made a plan that breaks {checked.violations[0].said.en}")
    with whole_file(options.out) as file:
        json.dump(plan_as_json(plan), file, ensure_ascii=False)
        file.write("\n")
    told = {
        "first": check(problem, lay(problem, start)).cost,
        "at": first_at,
        "seconds": time.monotonic() - begun,
        "workers": options.workers,
        "seed": options.seed,
        "changes": options.iterations,
        "only_first": found is None,
    }
    if options.json:
        print(json.dumps(_as_json(checked) | {"how": _how(told)}, ensure_ascii=False, indent=2))
    else:
        _tell_solved(options, problem, found or start, checked, told)
    return OK


def run_check(options: argparse.Namespace) -> int:
    """Recompute a plan's cost and tell all that is wrong with it; 3 when something is."""
    language: Language = options.language
    problem = _read(options.instance, "INSTANCE", read_problem)
    checked = check(problem, _read(options.solution, "SOLUTION", read_plan))
    if options.json:
        print(json.dumps(_as_json(checked), ensure_ascii=False, indent=2))
        return OK if checked.feasible else STOPPED
    _tell_cost(checked, language)
    if checked.feasible:
        print(HOLDS.into(language))
        return OK
    print(BREAKS.into(language).format(count=len(checked.violations)))
    for violation in checked.violations:
        print(f"  {violation.said.into(language)}")
    return STOPPED


def _search(
    options: argparse.Namespace, problem: VisitProblem, start: Arrangement, begun: float
) -> Arrangement | None:
    """What the search finds; None where the time was too short for it."""
    if options.iterations is not None:
        from samsyn.plan.visits.searching import improve

        return improve(problem, start, options.seed, options.iterations).arrangement
    from samsyn.cli.plan_visit_workers import search_together

    found = search_together(
        problem, start, seed=options.seed, workers=options.workers,
        until=begun + max(0.1, options.seconds - WRITES),
    )  # fmt: skip
    return found.arrangement if found else None


def _running_for() -> float:
    """Seconds since the process began, as the given time counts from there; 0 where not told."""
    try:
        ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
        return max(0.0, time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK"))
    except (OSError, AttributeError, ValueError):
        return 0.0


def _within(options: argparse.Namespace) -> None:
    for name, value, least, most in (
        ("--seconds", options.seconds, 1, LONGEST_SECONDS),
        ("--iterations", options.iterations or 0, 0, MOST_CHANGES),
        ("--workers", options.workers, 1, MOST_WORKERS),
        ("--seed", options.seed, 0, 2**63),
    ):
        if not least <= value <= most:
            raise FieldError(
                name,
                f"{value} is outside {least} to {most}; give a number within",
                f"{value} ligger utanför {least} till {most}; ange ett tal däremellan",
            )


def _read(path: Path, name: str, read: Callable[[bytes], Read]) -> Read:
    """A file of the format; a fault names the file and the field."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FieldError(
            name,
            f"{path} cannot be read ({error.strerror}); give the path of a file",
            f"{path} kan inte läsas ({error.strerror}); ange sökvägen till en fil",
        ) from None
    try:
        return read(content)
    except FieldError as error:
        field = f"{path}: {error.field}" if error.field else str(path)
        raise FieldError(field, error.said.en, error.said.sv) from None


def _tell_solved(
    options: argparse.Namespace,
    problem: VisitProblem,
    found: Arrangement,
    checked: Checked,
    told: dict[str, Any],
) -> None:
    language: Language = options.language
    _tell_cost(checked, language)
    print(
        SOLVED.into(language).format(
            visits=len(problem.visits),
            people=len(problem.caregivers),
            used=len({one for hands in found.hands for one in hands}),
            together=sum(len(visit.services) == 2 for visit in problem.visits),
        )
    )
    how = HOW_BY_TIME if told["changes"] is None else HOW_BY_CHANGES
    print((ONLY_FIRST if told["only_first"] else how).into(language).format(**told))
    print(WRITTEN.into(language).format(file=options.out))


def _tell_cost(checked: Checked, language: Language) -> None:
    print(COST.into(language).format(cost=checked.cost))
    print(
        PARTS.into(language).format(
            distance=checked.distance,
            tardiness=checked.tardiness,
            largest=checked.largest_tardiness,
        )
    )


def _how(told: dict[str, Any]) -> dict[str, Any]:
    by_time = told["changes"] is None
    return {
        "first_cost": round(told["first"], 6),
        "seed": told["seed"],
        "only_first_plan": told["only_first"],
        **(
            {
                "first_after_seconds": round(told["at"], 3),
                "seconds": round(told["seconds"], 3),
                "workers": told["workers"],
            }
            if by_time
            else {"iterations": told["changes"]}
        ),
    }


def _as_json(checked: Checked) -> dict[str, Any]:
    return {
        "cost": round(checked.cost, 6),
        "distance": round(checked.distance, 6),
        "tardiness": round(checked.tardiness, 6),
        "largest_tardiness": round(checked.largest_tardiness, 6),
        "feasible": checked.feasible,
        "violations": [
            {"kind": one.kind, "sv": one.said.sv, "en": one.said.en} for one in checked.violations
        ],
    }
