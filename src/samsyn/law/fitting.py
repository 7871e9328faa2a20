"""When does a breaking rule fit a case? See E in docs/decisions/0002."""

from __future__ import annotations

from collections.abc import Iterable

from samsyn.law import schema
from samsyn.law.case import Case
from samsyn.law.epochs import Rule


def fits(rule: Rule, case: Case) -> str | None:
    """The citation the rule is used by if it fits the case, else None.

    Cheap conditions come first, so that facts are asked for only where they matter.
    """
    block = rule.block
    if rule.purposes and case.purpose not in rule.purposes:
        return None
    if block.initiative not in ("both", case.initiative):
        return None
    if not concerns(rule, case):
        return None
    point = _point(block.points, case) if block.points else None
    if block.points and point is None:
        return None
    if not any(place.admits(case.activity, case, "activity") for place in rule.givers[case.giver]):
        return None
    places = rule.receivers.get(case.receiver) or rule.foreign_places
    if not any(place.admits(case.function, case, "receiver_function") for place in places):
        return None
    if rule.window and case.settle(rule.window[0], (True, False)) is not rule.window[1]:
        return None
    if not case.meets_any(rule.alternatives) or _excluded(block.unless, case):
        return None
    return point.cite if point else rule.cite


def concerns(rule: Rule, case: Case) -> bool:
    """True if the rule speaks of items of this kind."""
    items = rule.block.items
    if rule.categories and not rule.categories & case.categories:
        return False
    if rule.except_categories & case.categories:
        return False
    if items.subjects and case.subject_kind not in items.subjects:
        return False
    return not (items.marks and not case.marks.intersection(items.marks))


def _point(points: Iterable[schema.Point], case: Case) -> schema.Point | None:
    for point in points:
        if point.purposes and case.purpose not in point.purposes:
            continue
        if point.receivers and case.receiver not in point.receivers:
            continue
        if case.meets(point.when):
            return point
    return None


def _excluded(unless: schema.Condition, case: Case) -> bool:
    return bool(unless) and case.meets_any({code: value} for code, value in unless.items())
