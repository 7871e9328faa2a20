"""Which rules stood in the way, or nearly applied?

Only rules that would have given a more open answer are named.
"""

from __future__ import annotations

from samsyn.kernel.citations import Pattern
from samsyn.law.case import Case, OpenFact, Secrecy
from samsyn.law.epochs import Epoch, Rule
from samsyn.law.fitting import concerns, fits
from samsyn.law.interpreter import UNLISTED, Verdict
from samsyn.law.places import Place


def excluded_by(epoch: Epoch, case: Case, verdict: Verdict) -> tuple[str, ...]:
    """Citations of what locks the item, or of the nearest rules that turn out not to apply."""
    if verdict.weighed == "against":
        return _refused_by_weighing(epoch, verdict)
    if verdict.branch == "foreign":
        return ("2009:400/8:3",)
    if not verdict.left or verdict.branch == UNLISTED:
        return ()
    if verdict.outcome == "must_not" and verdict.locks:
        return tuple(lock.block.cite for lock in verdict.locks)
    cites: list[str] = []
    for rule in epoch.rules:
        if _better(rule, verdict) and (cite := _nearly(rule, case, verdict)):
            cites.append(cite)
    if not cites and verdict.outcome == "must_not":
        cites = [secrecy.text for secrecy in verdict.left]
    return tuple(dict.fromkeys(cites))


def _refused_by_weighing(epoch: Epoch, verdict: Verdict) -> tuple[str, ...]:
    limits = [
        limit.cite
        for limit in epoch.limits
        if any(_touches(limit.secrecy, secrecy) for secrecy in verdict.left)
    ]
    if limits:
        return tuple(limits)
    tests = [
        opening.rule.block.test_cite or opening.rule.cite
        for opening in verdict.openings
        if opening.rule.hurdle
    ]
    return tuple(dict.fromkeys(tests))


def _touches(texts: tuple[str, ...], secrecy: Secrecy) -> bool:
    return any(Pattern.parse(text).touches(secrecy.citation) for text in texts)


def _better(rule: Rule, verdict: Verdict) -> bool:
    if verdict.outcome == "must_not":
        return True
    if verdict.outcome == "must":
        return False
    if verdict.branch == "duties":
        return rule.duty and rule.hurdle == 0
    if verdict.outcome == "may":
        return rule.duty
    highest = max(opening.rule.hurdle for opening in verdict.openings)
    return rule.duty or rule.hurdle < highest


def _nearly(rule: Rule, case: Case, verdict: Verdict) -> str | None:
    """The citation to name if the rule is known to have failed on one thing only."""
    try:
        return _missed(rule, case, verdict)
    except OpenFact:
        return None


def _missed(rule: Rule, case: Case, verdict: Verdict) -> str | None:
    block = rule.block
    failed = _failed_axes(rule, case)
    if len(failed) > 1 or not concerns(rule, case):
        return None
    if failed == ["receiver"] and block.receivers.circle is None:
        return None  # a rule made for somebody else is no near miss
    if rule.purposes and case.purpose not in rule.purposes:
        return None
    if failed:
        ordinary = rule.duty or failed == ["day"]
        closed = [secrecy for secrecy in verdict.left if not rule.opens(secrecy)]
        facts_met = _facts_met(rule, case)
        return (block.miss_cite or rule.cite) if ordinary and not closed and facts_met else None
    if fits(rule, case) is None:
        return block.unless_cite if _facts_met(rule, case) else None
    closed = [secrecy for secrecy in verdict.left if not rule.opens(secrecy)]
    if closed:
        return block.opens.except_cite or block.miss_cite or rule.cite
    return None


def _facts_met(rule: Rule, case: Case) -> bool:
    try:
        return case.meets_any(rule.alternatives) and bool(
            not rule.block.points
            or any(
                (not point.purposes or case.purpose in point.purposes) and case.meets(point.when)
                for point in rule.block.points
            )
        )
    except OpenFact:
        return False


def _failed_axes(rule: Rule, case: Case) -> list[str]:
    failed = []
    if not rule.in_force:
        failed.append("day")
    if not _inside(rule.givers.get(case.giver), case.activity):
        failed.append("giver")
    if not _inside(rule.receivers.get(case.receiver), case.function):
        failed.append("receiver")
    if rule.block.initiative not in ("both", case.initiative):
        failed.append("initiative")
    return failed


def _inside(places: tuple[Place, ...] | None, place: str | None) -> bool:
    return any(place is None or entry.includes(place) for entry in places or ())
