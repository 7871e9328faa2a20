"""When is a second signature needed, what makes a decision risky, and how many are looked at?

The rules are data of the rulebook's organisation, with days. The conditions are a closed list:
what the law says of a fact and how it is told, and nothing of who somebody is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.kernel.citations import Citation, CitationError
from samsyn.kernel.dates import DateError, Period, read_end, read_start
from samsyn.kernel.faults import Fault, FaultyFiles
from samsyn.kernel.text import Text
from samsyn.law.checks.findings import did_you_mean
from samsyn.law.loading import Origin, packaged_folder, read_list

FILE = Path("organisation/countersigning.yaml")
Track = Literal["cases", "protection"]
TRACKS: tuple[Track, ...] = ("cases",)
MOST_POINTS = 100
LONGEST_CODE = 60


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A field that is not known is a fault: there are no other conditions than these."""


class When(_Entry, frozen=True, kw_only=True):
    """Conditions that all hold; one that is left out always does.

    Attributes:
        outcomes, grounds, secrecy, marks, subject_kinds: of one and the same fact that leaves, one
            of those named each.
        receivers: who gets it.
        initiative: whether somebody has asked.
        at_least: how many facts leave.
        with_files: files go along.
    """

    outcomes: tuple[Literal["public", "must", "may", "may_after_balancing"], ...] = ()
    grounds: tuple[str, ...] = ()
    secrecy: tuple[str, ...] = ()
    marks: tuple[Literal["victim", "child", "protected", "tip_giver"], ...] = ()
    subject_kinds: tuple[Literal["person", "company"], ...] = ()
    receivers: tuple[str, ...] = ()
    initiative: Literal["request", "own"] | None = None
    at_least: int = 0
    with_files: bool = False

    @property
    def says_nothing(self) -> bool:
        """Whether it would hold of everything."""
        return self == When()


class _Dated(_Entry, frozen=True, kw_only=True):
    """What holds on some days, for some agencies."""

    code: str
    start: str = msgspec.field(name="from")
    end: str = msgspec.field(name="to")
    agencies: tuple[str, ...] = ()

    def holds(self, agency: str, day: date) -> bool:
        """Whether it holds for an agency on a day for certain."""
        return (not self.agencies or agency in self.agencies) and (
            Period(read_start(self.start), read_end(self.end)).holds(day) is True
        )


class CountersignRule(_Dated, frozen=True, kw_only=True):
    """A second signature is needed when this holds."""

    name: Text
    why: Text
    when: When
    tracks: tuple[Track, ...] = TRACKS


class RiskPoint(_Dated, frozen=True, kw_only=True):
    """Points that lift a decision in the queue, with the plain reason."""

    points: int
    why: Text
    when: When


class SampleRate(_Dated, frozen=True, kw_only=True):
    """How many of a hundred routine decisions the lawyer looks at afterwards."""

    per_cent: float


class ReviewRules(msgspec.Struct, frozen=True, kw_only=True):
    """All of them, in the order of the file; the first rule that holds names the review."""

    rules: tuple[CountersignRule, ...]
    risks: tuple[RiskPoint, ...]
    samples: tuple[SampleRate, ...]

    def sample_on(self, agency: str, day: date) -> SampleRate | None:
        """The rate for an agency on a day: its own before that of all."""
        held = [one for one in self.samples if one.holds(agency, day)]
        return next((one for one in held if one.agencies), held[0] if held else None)

    def rule_name(self, code: str) -> Text:
        """What a rule, or the sample, is called; one that is gone is called by its code."""
        named = {one.code: one.name for one in self.rules}
        named |= {one.code: Text(sv="Stickprov", en="Random sample") for one in self.samples}
        return named.get(code, Text(sv=code, en=code))


def load_review_rules(folder: Path | None = None) -> ReviewRules:
    """Read and check the rules.

    Raises:
        FaultyFiles: with every fault, naming file, line and field.
    """
    faults: list[Fault] = []
    path = (folder or packaged_folder()) / FILE
    rules = list(read_list(path, "rules", CountersignRule, faults))
    risks = list(read_list(path, "risks", RiskPoint, faults))
    samples = list(read_list(path, "samples", SampleRate, faults))
    for entries in (rules, risks, samples):
        _check_codes(entries, faults)
    for rule, origin in rules:
        _check_words(origin, {"name": rule.name, "why": rule.why}, faults)
        _check_when(rule.when, origin, faults)
        if not rule.tracks:
            faults.append(origin.fault("tracks", "is empty; expected cases, protection or both"))
    for risk, origin in risks:
        _check_words(origin, {"why": risk.why}, faults)
        _check_when(risk.when, origin, faults)
        if not 1 <= risk.points <= MOST_POINTS:
            faults.append(origin.fault("points", f"expected a number from 1 to {MOST_POINTS}"))
    for sample, origin in samples:
        if not 0 <= sample.per_cent <= 100:
            faults.append(origin.fault("per_cent", "expected a number from 0 to 100"))
    if faults:
        raise FaultyFiles(list(dict.fromkeys(faults)))
    return ReviewRules(
        rules=tuple(rule for rule, _ in rules),
        risks=tuple(risk for risk, _ in risks),
        samples=tuple(sample for sample, _ in samples),
    )


@cache
def review_rules() -> ReviewRules:
    """The rules of the packaged rulebook, read once."""
    return load_review_rules()


def _check_codes(entries: Iterable[tuple[_Dated, Origin]], faults: list[Fault]) -> None:
    known = _agencies()
    seen: set[str] = set()
    for entry, origin in entries:
        if not entry.code.strip() or len(entry.code) > LONGEST_CODE:
            faults.append(origin.fault("code", f"expected 1 to {LONGEST_CODE} letters"))
        if entry.code in seen:
            faults.append(origin.fault("code", f"“{entry.code}” stands twice in this list"))
        seen.add(entry.code)
        for index, agency in enumerate(entry.agencies):
            _check_agency(origin, f"agencies[{index}]", agency, known, faults)
        _check_days(entry, origin, faults)


def _check_days(entry: _Dated, origin: Origin, faults: list[Fault]) -> None:
    for field, text, read in (("from", entry.start, read_start), ("to", entry.end, read_end)):
        try:
            read(text)
        except DateError as error:
            faults.append(origin.fault(field, str(error)))
            return
    if read_end(entry.end).latest <= read_start(entry.start).earliest:
        faults.append(origin.fault("to", f"lies before {entry.start}; expected a later day"))


def _check_agency(
    origin: Origin, field: str, code: str, known: frozenset[str], faults: list[Fault]
) -> None:
    if code not in known:
        hint = did_you_mean(code, known)
        faults.append(origin.fault(field, f"“{code}” is no agency; {hint}use a code of one"))


def _check_words(origin: Origin, texts: dict[str, Text], faults: list[Fault]) -> None:
    for field, text in texts.items():
        if not text.sv.strip() or not text.en.strip():
            faults.append(origin.fault(field, "is empty; write the text in both languages"))


def _check_when(when: When, origin: Origin, faults: list[Fault]) -> None:
    if when.says_nothing:
        faults.append(origin.fault("when", "holds of everything; name at least one condition"))
    if when.at_least < 0:
        faults.append(origin.fault("when.at_least", "expected a number of facts"))
    known = _agencies()
    for index, receiver in enumerate(when.receivers):
        _check_agency(origin, f"when.receivers[{index}]", receiver, known, faults)
    blocks = [placed.block for placed in current_rulebook().content.blocks]
    cites = {str(cite) for block in blocks if (cite := getattr(block, "cite", None))}
    for field in ("secrecy", "grounds"):
        for index, named in enumerate(getattr(when, field)):
            place = f"when.{field}[{index}]"
            try:
                Citation.parse(named)
            except CitationError as error:
                faults.append(origin.fault(place, str(error)))
                continue
            if not any(stands_under(cite, named) for cite in cites):
                faults.append(origin.fault(place, f"the rulebook has no provision in {named}"))


def _agencies() -> frozenset[str]:
    return frozenset(agency.code for agency, _ in current_rulebook().content.agencies)


@cache
def stands_under(cite: str, named: str) -> bool:
    """Whether a provision is the named one, or part of it: of a section, a chapter or an act."""
    try:
        one, other = Citation.parse(cite), Citation.parse(named)
    except CitationError:
        return cite == named
    if not other.section:
        return one.sfs == other.sfs and other.chapter in (None, one.chapter)
    return one == other or (str(one.whole_section()) == str(other))
