"""``samsyn plan grounds`` and ``samsyn plan powers``: who may be on site, and on which ground."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from samsyn.kernel.faults import Fault, FaultyFiles
from samsyn.kernel.text import Language, Text
from samsyn.law.loading import packaged_folder, read_single
from samsyn.plan.grounds import OperationPlan, Power, Remark, check_grounds, load_grounds
from samsyn.plan.grounds.checking import Weight
from samsyn.plan.grounds.entries import CAPACITIES, PERMISSIONS, PLACES

OK, FAULTS, STOPPED = 0, 1, 3

HEADINGS: dict[Weight, Text] = {
    "stops": Text(sv="Stoppar planen", en="Stops the plan"),
    "open": Text(sv="Återstår före avfärd", en="Left to do before leaving"),
    "know": Text(sv="Att veta på plats", en="To know on site"),
}
HOLDS = Text(
    sv="Grunderna håller den {day}: {people} deltagare från {agencies} myndigheter.",
    en="The grounds hold on {day}: {people} participants from {agencies} agencies.",
)
NOT_YET = Text(
    sv="Inget stoppar planen den {day}, men {count} saker återstår före avfärd.",
    en="Nothing stops the plan on {day}, but {count} things are left to do before leaving.",
)
REFUSED = Text(
    sv="Planen kan inte genomföras så här den {day}: {count} hinder.",
    en="The plan cannot be carried out like this on {day}: {count} obstacles.",
)
NONE = Text(
    sv="Ingen grund för {agency} den {day}. Myndigheter med grund: {known}.",
    en="No ground for {agency} on {day}. Agencies with a ground: {known}.",
)


def run_grounds(options: argparse.Namespace) -> int:
    """Check a plan; 3 when something stops it."""
    language: Language = options.language
    grounds = load_grounds(options.rulebook or packaged_folder())
    plan = read_plan(options.plan)
    remarks = check_grounds(grounds, plan)
    stops = [remark for remark in remarks if remark.weight == "stops"]
    left = [remark for remark in remarks if remark.weight == "open"]
    if options.json:
        print(json.dumps(_as_json(plan, remarks), ensure_ascii=False, indent=2))
        return STOPPED if stops else OK
    ending = REFUSED if stops else NOT_YET if left else HOLDS
    print(
        ending.into(language).format(
            day=plan.day,
            count=len(stops or left),
            people=len({(one.agency, one.who) for one in plan.participants}),
            agencies=len({one.agency for one in plan.participants}),
        )
    )
    for weight, heading in HEADINGS.items():
        chosen = [remark for remark in remarks if remark.weight == weight]
        if chosen:
            print(f"\n{heading.into(language)}")
            print("\n".join(_lines(chosen, plan, language)))
    return STOPPED if stops else OK


def run_powers(options: argparse.Namespace) -> int:
    """List the grounds that hold on a day."""
    language: Language = options.language
    day: date = options.on or date.today()
    grounds = load_grounds(options.rulebook or packaged_folder())
    asked = [options.agency] if options.agency else sorted(grounds.members)
    found = [power for agency in asked for power in grounds.of_agency(agency, day)]
    if not found:
        known = ", ".join(sorted(grounds.members))
        said = NONE.into(language).format(agency=options.agency, day=day, known=known)
        print(f"samsyn: {said}", file=sys.stderr)
        return FAULTS
    if options.json:
        print(json.dumps([_power_json(power) for power in found], ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(_power_text(power, language) for power in found))
    return OK


def read_plan(path: Path) -> OperationPlan:
    """A plan from a YAML file.

    Raises:
        FaultyFiles: naming file, line and field.
    """
    faults: list[Fault] = []
    plan = read_single(path, OperationPlan, faults)
    if plan is None:
        raise FaultyFiles(faults)
    return plan


def _lines(remarks: Iterable[Remark], plan: OperationPlan, language: Language) -> Iterable[str]:
    for remark in remarks:
        cites = f" [{', '.join(remark.cites)}]" if remark.cites else ""
        yield f"  {_who(remark.field, plan)}{remark.says.into(language)}{cites}"
        yield f"    {remark.remedy.into(language)}"


def _who(field: str, plan: OperationPlan) -> str:
    """Whom a remark is about, in front of it."""
    head, _, rest = field.partition("[")
    if head == "participants" and rest:
        one = plan.participants[int(rest.partition("]")[0])]
        return f"{one.agency}, {one.who}: "
    return ""


def _as_json(plan: OperationPlan, remarks: list[Remark]) -> dict[str, Any]:
    return {
        "day": plan.day.isoformat(),
        "holds": not any(remark.weight == "stops" for remark in remarks),
        "remarks": [
            {
                "weight": remark.weight,
                "field": remark.field,
                "says": {"sv": remark.says.sv, "en": remark.says.en},
                "remedy": {"sv": remark.remedy.sv, "en": remark.remedy.en},
                "cites": list(remark.cites),
            }
            for remark in remarks
        ],
    }


def _power_text(power: Power, language: Language) -> str:
    permits = [PERMISSIONS[kind].into(language) for kind in PERMISSIONS if kind in power.permits]
    places = [PLACES[place].into(language) for place in PLACES if place in power.places]
    rights = Text(sv="rätt till", en="right to").into(language)
    lines = [
        f"{power.agency}  {power.code}: {power.name.into(language)} "
        f"({CAPACITIES[power.capacity].into(language)})",
        f"    {', '.join(power.cites)}",
        f"    {', '.join(places)}; {rights}: {', '.join(permits) or '-'}",
        f"    {power.limits.into(language)}",
    ]
    lines += [
        f"    ? {one.code}: {one.ask.into(language)} [{one.cite}]" for one in power.conditions
    ]
    return "\n".join(lines)


def _power_json(power: Power) -> dict[str, Any]:
    return {
        "code": power.code,
        "agency": power.agency,
        "capacity": power.capacity,
        "name": {"sv": power.name.sv, "en": power.name.en},
        "cites": list(power.cites),
        "permits": sorted(power.permits),
        "places": sorted(power.places),
        "limits": {"sv": power.limits.sv, "en": power.limits.en},
        "assists": sorted(power.assists),
        "conditions": [
            {"code": one.code, "cite": one.cite, "before": one.before, "ask": one.ask.sv}
            for one in power.conditions
        ],
    }
