"""When does a breaking rule fit a case? See E in docs/decisions/0002."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from samsyn.law import schema
from samsyn.law.case import Case, OpenFact
from samsyn.law.epochs import Rule
from samsyn.law.question import Question


def of_purpose(rule: Rule, case: Case | Question) -> bool:
    """True if the rule speaks of the case's purpose and initiative, which are never open."""
    if rule.purposes and case.purpose not in rule.purposes:
        return False
    return rule.block.initiative in ("both", case.initiative)


def fits(rule: Rule, case: Case) -> str | None:
    """The citation the rule is used by if it fits the case, else None.

    Something open is asked for only where it matters: not when the rule does not fit anyway.

    Raises:
        OpenFact: when it hangs on something that nobody knows.
    """
    block = rule.block
    if not of_purpose(rule, case):
        return None
    try:
        if not all(condition(rule, case) for condition in _CONDITIONS):
            return None
    except OpenFact:
        if any(_is_false(condition, rule, case) for condition in _CONDITIONS):
            return None
        raise
    point = _point(block.points, case) if block.points else None
    return point.cite if point else rule.cite


def concerns(rule: Rule, case: Case) -> bool:
    """True if the rule speaks of items of this kind.

    Raises:
        OpenFact: when that hangs on a kind of subject that nobody knows.
    """
    items = rule.block.items
    if rule.categories and not rule.categories & case.categories:
        return False
    if rule.except_categories & case.categories:
        return False
    if items.marks and not case.marks.intersection(items.marks):
        return False
    return case.is_about(items.subjects)


def _by_a_point(rule: Rule, case: Case) -> bool:
    points = rule.block.points
    return not points or _point(points, case) is not None


def _in_activity(rule: Rule, case: Case) -> bool:
    return any(place.admits(case, "activity") for place in rule.givers[case.giver])


def _in_function(rule: Rule, case: Case) -> bool:
    places = rule.receivers.get(case.receiver) or rule.foreign_places
    return any(place.admits(case, "receiver_function") for place in places)


def _in_wording(rule: Rule, case: Case) -> bool:
    if rule.window is None:
        return True
    return case.settle(rule.window[0], (True, False)) is rule.window[1]


def _by_facts(rule: Rule, case: Case) -> bool:
    return case.meets_any(rule.alternatives)


def _not_excluded(rule: Rule, case: Case) -> bool:
    unless = rule.block.unless
    return not unless or not case.meets_any({code: value} for code, value in unless.items())


_CONDITIONS: tuple[Callable[[Rule, Case], bool], ...] = (
    concerns,
    _by_a_point,
    _in_activity,
    _in_function,
    _in_wording,
    _by_facts,
    _not_excluded,
)
"""What a rule asks besides purpose and initiative; cheap conditions first."""


def _is_false(condition: Callable[[Rule, Case], bool], rule: Rule, case: Case) -> bool:
    """True if a condition is known not to be met."""
    try:
        return not condition(rule, case)
    except OpenFact:
        return False


def _point(points: Iterable[schema.Point], case: Case) -> schema.Point | None:
    for point in points:
        if point.purposes and case.purpose not in point.purposes:
            continue
        if point.receivers and case.receiver not in point.receivers:
            continue
        if case.meets(point.when):
            return point
    return None
