"""Which rules say that something stands out in the log, and from which measure on?

The rules are data of the rulebook's organisation, so that whoever runs Samsyn can set the measures.
What each rule counts is a function of the database (``anomalies/policies.sql``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from samsyn.hub.guard.act_names import OUTSIDE_ROLES
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.kernel.faults import Fault, FaultyFiles
from samsyn.kernel.text import Text
from samsyn.law.loading import Origin, packaged_folder, read_list

FILE = Path("organisation/anomalies.yaml")
ACTS, WORDS = "a list of acts", "a list of words"
TAKES: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {
        "outside_case": {"at_least": int, "acts": ACTS, "lists": WORDS},
        "odd_hours": {"at_least": int, "day_begins": int, "day_ends": int, "acts": ACTS},
        "many_cases": {"at_least": int, "minutes": int, "acts": ACTS},
        "number_sequence": {"at_least": int, "largest_step": int, "acts": ACTS},
        "empty_searches": {"at_least": int, "minutes": int, "acts": ACTS, "lists": WORDS},
        "role_end": {"at_least": int, "days_before": int, "days_after": int, "acts": ACTS},
        "same_surname": {"at_least": int, "letters": int, "acts": ACTS},
        "refused_often": {"at_least": int, "minutes": int, "acts": ACTS},
        "decided_fast": {"seconds": int},
        "each": {"acts": ACTS},
    }
)
"""What each rule can count, and which measures it takes."""
MOST = 100_000
_PLACE = re.compile(r"\{(\w+)\}")


class AnomalyRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule by which something stands out.

    Attributes:
        code: as a confirmation names it.
        rule: what is counted, one of :data:`TAKES`.
        name: in words.
        explains: what is counted and how.
        weigh: what a hit does not say.
        thresholds: the measures.
    """

    code: str
    rule: str
    name: Text
    explains: Text
    weigh: Text
    thresholds: dict[str, Any]

    @property
    def explained(self) -> Text:
        """What is counted, with the measures put in."""
        return Text(
            sv=_PLACE.sub(lambda found: str(self.thresholds[found[1]]), self.explains.sv),
            en=_PLACE.sub(lambda found: str(self.thresholds[found[1]]), self.explains.en),
        )


class ReviewMeasures(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The measures of the access review, in days."""

    quiet_days: int
    soon_days: int


class AnomalyRules(msgspec.Struct, frozen=True, kw_only=True):
    """All rules, by code in the order of the file, and the measures of the access review."""

    rules: Mapping[str, AnomalyRule]
    review: ReviewMeasures


def load_anomaly_rules(folder: Path | None = None) -> AnomalyRules:
    """Read and check the rules.

    Raises:
        FaultyFiles: with every fault, naming file, line and field.
    """
    faults: list[Fault] = []
    path = (folder or packaged_folder()) / FILE
    rules: dict[str, AnomalyRule] = {}
    for rule, origin in read_list(path, "rules", AnomalyRule, faults):
        if rule.code in rules:
            faults.append(origin.fault("code", f"the rule {rule.code} stands twice"))
        _check(rule, origin, faults)
        rules[rule.code] = rule
    review = []
    for measures, origin in read_list(path, "review", ReviewMeasures, faults):
        for field in ("quiet_days", "soon_days"):
            if not 1 <= getattr(measures, field) <= MOST:
                faults.append(origin.fault(field, "expected a number of days, at least 1"))
        review.append(measures)
    if not faults and len(review) != 1:
        faults.append(Fault(path, 0, "review", "expected exactly one entry"))
    if faults:
        raise FaultyFiles(faults)
    return AnomalyRules(rules=MappingProxyType(rules), review=review[0])


@cache
def anomaly_rules() -> AnomalyRules:
    """The rules of the packaged rulebook, read once."""
    return load_anomaly_rules()


def _check(rule: AnomalyRule, origin: Origin, faults: list[Fault]) -> None:
    for field in ("name", "explains", "weigh"):
        text: Text = getattr(rule, field)
        if not text.sv.strip() or not text.en.strip():
            faults.append(origin.fault(field, "is empty; write the text in both languages"))
    for name in _PLACE.findall(f"{rule.explains.sv} {rule.explains.en}"):
        if type(rule.thresholds.get(name)) is not int:
            faults.append(origin.fault("explains", f"{name} is no number of the thresholds"))
    takes = TAKES.get(rule.rule)
    if takes is None:
        faults.append(origin.fault("rule", f"no such rule; expected one of {', '.join(TAKES)}"))
        return
    for name in (*takes, *(name for name in rule.thresholds if name not in takes)):
        fault = _fault_of(name, takes.get(name), rule.thresholds.get(name))
        if fault:
            faults.append(origin.fault(f"thresholds.{name}", fault))


def _fault_of(name: str, kind: object, value: Any) -> str:
    if kind is None:
        return "is no measure of this rule"
    if kind is int:
        right = type(value) is int and 0 <= value <= MOST and (value > 0 or name != "at_least")
        return "" if right else f"expected a whole number from 1 to {MOST}"
    if not isinstance(value, list) or not value or not all(type(one) is str for one in value):
        return f"expected {kind}"
    known = {*current_organisation().acts, *OUTSIDE_ROLES}
    unknown = [one for one in value if one not in known] if kind is ACTS else []
    return f"no such act: {unknown[0]}" if unknown else ""
