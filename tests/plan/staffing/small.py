"""A small task that tests change one thing of, and the plan that keeps all its rules."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import msgspec

from samsyn.plan.staffing.searching import Limits
from samsyn.plan.staffing.task import StaffingPlan, StaffingTask

MONDAY, TUESDAY = date(2027, 2, 1), date(2027, 2, 2)


def limits(seconds: float = 20.0) -> Limits:
    return Limits(seconds, time.monotonic, workers=1)


def built(**changes: Any) -> dict[str, Any]:
    """A Monday and a Tuesday; one inspector who knows asbestos, one who does not, one policeman."""
    return {
        "period": {"first": MONDAY, "last": TUESDAY},
        "agencies": [
            {"code": "AV", "regions": {"north": ["A"]}},
            {"code": "PM", "regions": {"county": ["A", "B"]}},
        ],
        "operations": [operation("one"), operation("two")],
        "people": [
            person("av1", competences=["asbestos"]),
            person("av2"),
            person("pm1", agency="PM", region="county"),
        ],
        "cars": [{"id": "car", "home": "A", "seats": 4}],
        "travel": {"places": ["A", "B"], "minutes": [[0, 40], [40, 0]]},
        **changes,
    }


def operation(name: str, **changes: Any) -> dict[str, Any]:
    needs = [{"agency": "AV", "competences": ["asbestos"]}, {"agency": "PM"}]
    return {"id": name, "region": "A", "duration": 180, "needs": needs, **changes}


def person(name: str, **changes: Any) -> dict[str, Any]:
    return {"id": name, "agency": "AV", "home": "A", "region": "north", **changes}


def task(**changes: Any) -> StaffingTask:
    return msgspec.convert(built(**changes), StaffingTask)


def planned(name: str, day: date = MONDAY, start: str = "08:00", **changes: Any) -> dict[str, Any]:
    return {
        "operation": name,
        "day": day,
        "start": start,
        "people": [{"person": "av1", "need": 0}, {"person": "pm1", "need": 1}],
        "cars": [{"car": "car", "people": ["av1", "pm1"]}],
        **changes,
    }


def plan(*rows: dict[str, Any]) -> StaffingPlan:
    return msgspec.convert({"planned": rows}, StaffingPlan)
