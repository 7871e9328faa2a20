"""A simple model of who may see what: plain sets, no database, no policy of the hub.

Written from the promise, not from the code: a row belongs to one agency; a copy is seen in its
matter, for its purpose, until its last day, unless recalled; a restricted case is for those on it;
the protection track is for its own role; nobody outside the cooperation sees anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

CASE_ROLES = frozenset(
    {"agency_officer", "centre_coordinator", "inspector", "secrecy_lawyer", "centre_head"}
)
PROTECTION_ROLES = frozenset({"victim_support_coordinator"})


@dataclass
class Role:
    """A role that a person has until a day."""

    code: str
    until: date | None = None


@dataclass
class Person:
    """Somebody at an agency."""

    account: UUID
    agency: str
    roles: list[Role]

    def has(self, wanted: frozenset[str], day: date) -> bool:
        """Whether one of the roles is in force."""
        return any(
            role.code in wanted and (role.until is None or role.until >= day) for role in self.roles
        )


@dataclass
class CaseRow:
    """A case of one agency."""

    id: UUID
    matter: UUID
    agency: str
    marker: str
    protection: bool = False
    restricted: bool = False
    members: dict[UUID, date | None] = field(default_factory=dict)
    hidden: bool = False
    purpose: str = "joint_inspection_plan"


@dataclass
class FactRow:
    """A fact of one agency's case: its own, a copy that came in, or built on a copy."""

    id: UUID
    case: CaseRow
    marker: str
    bound_group: str = ""
    valid_to: date | None = None
    hidden: bool = False
    derived_from: frozenset[UUID] = frozenset()

    @property
    def bound(self) -> bool:
        """Whether it may be read only in its matter and for its purpose."""
        return bool(self.bound_group)


@dataclass
class Sent:
    """A disclosure that was delivered."""

    id: UUID
    giver_case: CaseRow
    receiver_case: CaseRow
    copies: list[FactRow]
    made_case: bool
    title: str = ""
    read: bool = False
    recalled: bool = False
    locked: bool = False
    reported: bool = False


@dataclass
class AskedRow:
    """A question to one agency.

    Attributes:
        marker: stands in its words, which the others of the same round have too.
        sent: whether it left; otherwise it is a draft.
        placed: the holder's case it stands in.
        ended: whether it has been answered whole.
    """

    exchange: UUID
    marker: str
    case: CaseRow
    holder: str
    sent: bool = True
    placed: CaseRow | None = None
    ended: bool = False


@dataclass
class World:
    """Everything that exists, and who may see it."""

    day: date
    people: list[Person] = field(default_factory=list)
    cases: list[CaseRow] = field(default_factory=list)
    facts: list[FactRow] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    asked: list[AskedRow] = field(default_factory=list)
    words: list[tuple[str, CaseRow, Sent | None]] = field(default_factory=list)
    """Markers in words that went along, each with a case whose people may read it; at the receiver
    only until what it came with is recalled or locked."""
    outside: set[str] = field(default_factory=set)

    def sees_case(self, person: Person, case: CaseRow) -> bool:
        """Whether the person may know that the case exists."""
        if case.hidden or person.agency != case.agency or person.agency in self.outside:
            return False
        if case.protection:
            return person.has(PROTECTION_ROLES, self.day)
        if not person.has(CASE_ROLES, self.day):
            return False
        if not case.restricted:
            return True
        if person.account not in case.members:
            return False
        until = case.members[person.account]
        return until is None or until >= self.day

    def visible_cases(self, person: Person) -> list[CaseRow]:
        """All cases the person may see."""
        return [case for case in self.cases if self.sees_case(person, case)]

    def visible_facts(
        self, person: Person, within: CaseRow | None = None, group: str = ""
    ) -> set[str]:
        """Markers of the facts the person may see, acting in a case for a purpose or in none."""
        return {fact.marker for fact in self._visible(person, within, group)}

    def visible_titles(self, person: Person) -> set[str]:
        """Markers of what disclosures were called, at the giver and at the receiver."""
        return {
            sent.title
            for sent in self.sent
            if self.sees_case(person, sent.giver_case)
            or (not sent.recalled and self.sees_case(person, sent.receiver_case))
        }

    def sees_question(self, person: Person, asked: AskedRow) -> bool:
        """Whether the person may know of a question, as one who asks or as one who is asked."""
        if self.sees_case(person, asked.case):
            return True
        if not asked.sent:
            return False
        if asked.placed is not None:
            return self.sees_case(person, asked.placed)
        inside = person.agency == asked.holder and person.agency not in self.outside
        return inside and person.has(CASE_ROLES, self.day)

    def visible_words(self, person: Person) -> set[str]:
        """Markers of questions, and of words that went along with what was told or reported."""
        asked = {one.marker for one in self.asked if self.sees_question(person, one)}
        return asked | {
            marker
            for marker, case, sent in self.words
            if self.sees_case(person, case) and (sent is None or not (sent.recalled or sent.locked))
        }

    def _visible(self, person: Person, within: CaseRow | None, group: str) -> Iterator[FactRow]:
        for fact in self.facts:
            if fact.hidden or not self.sees_case(person, fact.case):
                continue
            if fact.bound and (
                within is None or within.matter != fact.case.matter or group != fact.bound_group
            ):
                continue
            if fact.valid_to is not None and fact.valid_to < self.day:
                continue
            yield fact
