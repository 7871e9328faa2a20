"""The oracle: answers one question by walking through the tables in the plainest way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import provisions as p
from .reading import (
    agency_code,
    facts_of,
    fitting_rules,
    has_harm_test,
    openers_of,
    same_branch,
    what_is_left,
)
from .rules import Rule

Answer = dict[str, Any]

_SUPERVISION = ("supervision", "work_environment_supervision", "inspection")


def decide(question: Mapping[str, Any]) -> Answer:
    """Answer a question: outcome, test, duty_if_favourable, floor, grounds.

    ``equal_grounds`` lists every citation that could as well stand first: rules with the same
    hurdle between which neither the law nor the contract chooses.
    """
    giver = agency_code(question["giver"], question["activity"])
    receiver = agency_code(question["receiver"], question["receiver_function"])
    if same_branch(question):
        return _answer("may", grounds=[p.OSL + "8:2"])

    facts = facts_of(question)
    asks = question["initiative"] == "request"
    private = receiver in p.PRIVATE or question["receiver_function"] == "private"
    authority_asks = asks and not private and receiver != "FOREIGN"
    fitting = fitting_rules(question, giver, receiver, private, facts)

    left, taken_out, no_harm = what_is_left(question, facts)
    if not left:
        return _not_secret(question, fitting, facts, taken_out, no_harm, authority_asks)

    answer = _secret(left, fitting, facts, authority_asks)
    if private and asks and answer["outcome"] != "must" and _reservation(left, question, facts):
        return _answer("must", duty=True, grounds=[p.OSL + "10:14"])
    if answer["outcome"] == "may_after_balancing":
        answer = _weighed(answer, left, fitting, facts, authority_asks)
    if receiver == "FOREIGN" and answer["outcome"] != "must_not":
        if question["facts"].get("compatible_with_swedish_interests") is not True:
            return _answer("must_not")
        answer["grounds"].append(p.OSL + "8:3")
    return answer


def _answer(
    outcome: str,
    test: str = "none",
    duty: bool = False,
    floor: str | None = None,
    grounds: Sequence[str] = (),
    equal: Sequence[str] = (),
) -> Answer:
    return {
        "outcome": outcome,
        "test": test,
        "duty_if_favourable": duty,
        "floor": floor,
        "grounds": list(grounds),
        "equal_grounds": list(equal) or list(grounds[:1]),
    }


# --- Contract C: nothing is left ------------------------------------------------------------------


def _not_secret(
    question: Mapping[str, Any],
    fitting: list[Rule],
    facts: set[str],
    taken_out: list[str],
    no_harm: list[str],
    authority_asks: bool,
) -> Answer:
    asks = question["initiative"] == "request"
    duties = [rule for rule in fitting if rule.kind == "duty"]
    if duties:
        lowest = min(p.HURDLE[rule.test] for rule in duties)
        equal = [rule.cite for rule in duties if p.HURDLE[rule.test] == lowest]
        grounds = [equal[0], p.OSL + "6:5"] if authority_asks else [equal[0]]
        return _answer("must", duty=True, grounds=grounds, equal=[rule.cite for rule in duties])
    if no_harm and authority_asks:
        return _answer("must", duty=True, grounds=[*no_harm, p.OSL + "6:5"], equal=no_harm)
    if (
        asks
        and question["purpose"] == "party_access"
        and question["receiver"] in ("COMPANY_SELF", "PERSON_REPORTED")
    ):
        grounds = [p.OSL + "12:1"]
        if "tip_giver" in facts and question["giver"] in p.REPORT_PROVISIONS:
            grounds.insert(0, p.REPORT_PROVISIONS[question["giver"]])
        return _answer("must", duty=True, grounds=grounds)
    grounds = []
    if question["facts"].get("received_from"):
        if question["activity"] in _SUPERVISION and question["secrecy"]:
            grounds += [p.OSL + "11:1", p.OSL + "11:8"]
        else:
            grounds.append(p.OSL + "7:2")
    grounds += [*taken_out, *no_harm]
    grounds.append(p.OSL + "6:5" if authority_asks else "1949:105/2:1")
    equal = grounds[:-1] if len(grounds) > 1 else grounds
    return _answer("public", duty=asks, grounds=grounds, equal=equal)


# --- Contract F, G and H --------------------------------------------------------------------------


def _lowest(rules: list[Rule]) -> list[Rule]:
    """The rules with the lowest hurdle, in the order of the tables."""
    lowest = min(p.HURDLE[rule.test] for rule in rules)
    return [rule for rule in rules if p.HURDLE[rule.test] == lowest]


def _chosen(openers: list[list[Rule]]) -> tuple[str, list[str], list[str]]:
    """The hurdle to take, the grounds with the highest hurdle first, and equal first grounds."""
    choices = [_lowest(rules) for rules in openers]
    highest = max(p.HURDLE[rules[0].test] for rules in choices)
    grounds: list[str] = []
    equal: list[str] = []
    for level in range(highest, -1, -1):
        for rules in choices:
            if p.HURDLE[rules[0].test] != level:
                continue
            if rules[0].cite not in grounds:
                grounds.append(rules[0].cite)
            if level == highest:
                equal += [rule.cite for rule in rules if rule.cite not in equal]
    return p.TESTS[highest], grounds, equal


def _without_test(openers: list[list[Rule]]) -> list[list[Rule]]:
    return [[rule for rule in rules if rule.test == "none"] for rules in openers]


def _secret(left: list[str], fitting: list[Rule], facts: set[str], authority_asks: bool) -> Answer:
    openers = openers_of(left, fitting, facts)
    duties = [[rule for rule in rules if rule.kind != "permission"] for rules in openers]
    plain_duties = _without_test(duties)
    plain = _without_test(openers)
    if all(plain_duties):
        _, grounds, equal = _chosen(plain_duties)
        return _answer("must", duty=True, grounds=_cited(grounds, plain_duties), equal=equal)
    if all(duties):
        test, grounds, equal = _chosen(duties)
        floor = "may" if all(plain) else "must_not"
        cited = _cited(grounds, duties)
        return _answer("may_after_balancing", test, True, floor, cited, equal)
    if all(plain):
        _, grounds, equal = _chosen(plain)
        return _may(grounds, equal, plain, authority_asks)
    if all(openers):
        test, grounds, equal = _chosen(openers)
        cited = _cited(grounds, openers) + ([p.OSL + "6:5"] if authority_asks else [])
        return _answer("may_after_balancing", test, authority_asks, "must_not", cited, equal)
    return _answer("must_not")


def _may(
    grounds: list[str], equal: list[str], openers: list[list[Rule]], authority_asks: bool
) -> Answer:
    cited = _cited(grounds, openers) + ([p.OSL + "6:5"] if authority_asks else [])
    return _answer("may", duty=authority_asks, grounds=cited, equal=equal)


def _cited(grounds: list[str], openers: list[list[Rule]]) -> list[str]:
    """The grounds and, after them, the section of the secrecy act that lets duties through."""
    through = {p.OSL + rule.through for rules in openers for rule in rules if rule.cite in grounds}
    return grounds + sorted(c for c in through if c in (p.OSL + "10:28", p.OSL + "10:11"))


def _weighed(
    answer: Answer, left: list[str], fitting: list[Rule], facts: set[str], authority_asks: bool
) -> Answer:
    """A weighing that has been made decides between the outcome and the floor."""
    if "weighed_for" in facts:
        duty = answer["duty_if_favourable"]
        outcome = "must" if duty else "may"
        return _answer(outcome, "none", duty, None, answer["grounds"], answer["equal_grounds"])
    if "weighed_against" in facts:
        if answer["floor"] == "must_not":
            return _answer("must_not")
        plain = _without_test(openers_of(left, fitting, facts))
        _, grounds, equal = _chosen(plain)
        return _may(grounds, equal, plain, authority_asks)
    return answer


def _reservation(left: list[str], question: Mapping[str, Any], facts: set[str]) -> bool:
    """OSL 10:14: a reservation takes the harm away, and every provision left asks about harm."""
    if question["facts"].get("reservation_removes_harm") is not True:
        return False
    return all(
        has_harm_test(section, facts)
        and not (section in p.LOCKS and "10:14" in p.LOCKS[section][0])
        for section in left
    )
