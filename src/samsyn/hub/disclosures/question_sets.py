"""Which ready questions does an officer choose from, and what may a receiver report back?

Read from the folder ``organisation`` of the rulebook, which whoever runs Samsyn may change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from samsyn.hub.cases.fact_kinds import FactKind, load_fact_kinds
from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.kernel.dates import DateError, Period, read_end, read_start
from samsyn.kernel.faults import Fault, FaultyFiles
from samsyn.kernel.text import Text
from samsyn.law.loading import Origin, packaged_folder, read_list

FILE = Path("organisation/question_sets.yaml")
MOST_DAYS = 90
NOT_YET = "not_yet"
"""The report that another one may follow."""


class AskedItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that is asked.

    Attributes:
        code: code within its set.
        text: the question.
        kinds: kinds of facts that may answer it.
    """

    code: str
    text: Text
    kinds: tuple[str, ...]

    def kept(self) -> dict[str, Any]:
        """As a question keeps it, so that it stays as it was when it was sent."""
        return {"code": self.code, "sv": self.text.sv, "en": self.text.en, "kinds": [*self.kinds]}


class QuestionSet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A set of questions.

    Attributes:
        start, end: first and last day on which it can be asked, as written.
        agencies: codes of those that can be asked.
        purposes: codes of the usual purposes, the proposed one first.
        days: working days in which an answer usually comes.
        know_first: what the asker has to know before asking.
        guidance: a few lines for the asker.
    """

    code: str
    start: str = msgspec.field(name="from")
    end: str = msgspec.field(name="to")
    name: Text
    agencies: tuple[str, ...]
    purposes: tuple[str, ...]
    days: int
    know_first: Text
    guidance: Text
    items: tuple[AskedItem, ...]

    def is_asked(self, day: date) -> bool:
        """Whether it can be asked on a day for certain."""
        return Period(read_start(self.start), read_end(self.end)).holds(day) is True


class ReportKind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a receiver may say of what came of it.

    Attributes:
        tells: kind of the fact that saying so reveals to the giver.
    """

    code: str
    tells: str
    name: Text


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """All sets and all reports, by code in the order of the file."""

    sets: Mapping[str, QuestionSet]
    reports: Mapping[str, ReportKind]


def load_question_sets(folder: Path | None = None) -> Known:
    """Read and check the file.

    Raises:
        FaultyFiles: with every fault, naming file, line and field.
    """
    base = folder or packaged_folder()
    faults: list[Fault] = []
    kinds = load_fact_kinds(folder)
    sets: dict[str, QuestionSet] = {}
    for one, origin in read_list(base / FILE, "sets", QuestionSet, faults):
        _once(one.code, sets, origin, faults)
        _check_set(one, origin, kinds, faults)
        sets[one.code] = one
    reports: dict[str, ReportKind] = {}
    for report, origin in read_list(base / FILE, "reports", ReportKind, faults):
        _once(report.code, reports, origin, faults)
        _written("name", report.name, origin, faults)
        _known("tells", [report.tells], kinds, "kind of fact", origin, faults)
        reports[report.code] = report
    if not faults and NOT_YET not in reports:
        faults.append(Fault(base / FILE, 0, "reports", f"expected one of code {NOT_YET}"))
    if faults:
        raise FaultyFiles(faults)
    return Known(sets=MappingProxyType(sets), reports=MappingProxyType(reports))


@cache
def known_questions() -> Known:
    """What the packaged rulebook has, read once."""
    return load_question_sets()


def sets_on(day: date) -> list[QuestionSet]:
    """The sets that can be asked on a day."""
    return [one for one in known_questions().sets.values() if one.is_asked(day)]


def _check_set(
    one: QuestionSet, origin: Origin, kinds: Mapping[str, FactKind], faults: list[Fault]
) -> None:
    rulebook = current_rulebook()
    agencies = rulebook.vocabulary.agencies.known
    purposes = rulebook.vocabulary.purposes.known
    for field in ("name", "know_first", "guidance"):
        _written(field, getattr(one, field), origin, faults)
    for field, text, read in (("from", one.start, read_start), ("to", one.end, read_end)):
        try:
            read(text)
        except DateError as error:
            faults.append(origin.fault(field, str(error)))
    if not 1 <= one.days <= MOST_DAYS:
        faults.append(origin.fault("days", f"expected working days, from 1 to {MOST_DAYS}"))
    _known("agencies", one.agencies, agencies, "agency", origin, faults)
    _known("purposes", one.purposes, purposes, "purpose", origin, faults)
    if not one.items:
        faults.append(origin.fault("items", "asks nothing; expected at least one item"))
    for place, item in enumerate(one.items):
        field = f"items[{place}]"
        _written(f"{field}.text", item.text, origin, faults)
        _known(f"{field}.kinds", item.kinds, kinds, "kind of fact", origin, faults)
        if item.code in [other.code for other in one.items[:place]]:
            faults.append(origin.fault(f"{field}.code", f"the item {item.code} stands twice"))


def _once(code: str, earlier: Mapping[str, object], origin: Origin, faults: list[Fault]) -> None:
    if code in earlier:
        faults.append(origin.fault("code", f"{code} stands twice; expected each code once"))


def _written(field: str, text: Text, origin: Origin, faults: list[Fault]) -> None:
    if not text.sv.strip() or not text.en.strip():
        faults.append(origin.fault(field, "is empty; write the text in both languages"))


def _known(
    field: str,
    codes: Iterable[str],
    known: Iterable[str],
    what: str,
    origin: Origin,
    faults: list[Fault],
) -> None:
    written, there = list(codes), set(known)
    if not written:
        faults.append(origin.fault(field, f"is empty; expected at least one {what}"))
    for code in written:
        if code not in there:
            faults.append(origin.fault(field, f"no such {what}: {code}"))
