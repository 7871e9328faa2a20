"""What does one agency write down in its own case of what it knows?

As :mod:`samsyn.hub.cases.actions` leaves it; the log row of each act comes with its rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from samsyn.hub.cases.closed_field import MARK
from samsyn.hub.cases.fact_kinds import kind_name
from samsyn.hub.training.casefile import CaseFile
from samsyn.hub.training.copying import Words
from samsyn.hub.training.exchange_rows import DisclosureRow, QuestionRow, ReceiptRow
from samsyn.hub.training.journal import Act, Number
from samsyn.hub.training.people import Officer
from samsyn.hub.training.rows import CaseRow, EntityRow, FactRow, SubjectRow
from samsyn.hub.training.setting import Affair
from samsyn.hub.training.texts import Kind, words
from samsyn.hub.training.world import Thing
from samsyn.kernel.text import LANGUAGES

Marks = tuple[str, ...]


def found_by(item_kind: str, marks: Sequence[str], *texts: str) -> Words:
    """What a fact is found by, as :func:`samsyn.hub.cases.closed_texts.fact_words` has it."""
    if MARK in marks:
        return Words(*(kind_name(item_kind, code) for code in LANGUAGES))
    return Words(*texts)


class Room(CaseFile):
    """The case room of one agency: a case with what it is about and what is known.

    Attributes:
        facts: the agency's own facts, newest last.
        copies: what others have told it.
        told_entities: what these are about, as they were told.
        receipts: what came in.
        refused: questions of its own that were refused.
    """

    def __init__(self, affair: Affair, officer: Officer, row: CaseRow, number: Number) -> None:
        super().__init__(affair, officer, row, number)
        self.facts: list[FactRow] = []
        self.copies: list[FactRow] = []
        self.told_entities: list[EntityRow] = []
        self.receipts: list[ReceiptRow] = []
        self.refused: list[QuestionRow] = []
        self._entities: dict[Thing, EntityRow] = {}

    def entity_of(self, row: str | None) -> EntityRow | None:
        """One of the agency's own, by its id."""
        return next((known for known in self._entities.values() if known.id == row), None)

    def about(self, kind: str) -> list[EntityRow]:
        """The firms, persons or other things of a kind it is about, as the agency knows them."""
        return [known for known in self._entities.values() if known.kind == kind]

    def entity_told(self, known: EntityRow, by: DisclosureRow, key: str) -> EntityRow | None:
        """What was told before of the same, within the same bounds."""
        for told in self.told_entities:
            if (
                (told.visible_to, told.received_from, told.bound_matter)
                == (key, by.agency, by.matter)
                and (told.bound_purpose, told.valid_to) == (by.purpose_group, by.valid_to)
                and (told.kind, told.number, told.name) == (known.kind, known.number, known.name)
            ):
                return told
        return None

    def entity(self, thing: Thing, *, part: str = "object") -> EntityRow:
        """What the case is about, as this agency knows it; written down when it is new."""
        if thing in self._entities:
            return self._entities[thing]
        known = self.affair.known
        key = (self.key, thing.kind, thing.number)
        row = known.get(key) if thing.number else None
        if row is None or row.made_at > self.affair.pace.now:
            row = self._new_entity(thing)
            if thing.number:
                known.setdefault(key, row)
        entry = self.act("case.write", detail=f"subject {thing.kind}")
        self._entities[thing] = row
        entry.objects.append(row.id)
        entry.rows.append(
            SubjectRow(
                id=self._uuid(),
                visible_to=self.key,
                case_id=self.row.id,
                entity_id=row.id,
                part=part,
            )
        )
        self.tell(entry, row.id, {"subject": thing.kind, "name": thing.name})
        return row

    def _new_entity(self, thing: Thing) -> EntityRow:
        entry = self.act("case.write", detail=f"entity {thing.kind}")
        firm = self._entities.get(self.affair.business.firm)
        row = EntityRow(
            id=self._uuid(),
            visible_to=self.key,
            kind=thing.kind,
            name=thing.name,
            number=thing.number,
            number_kind=thing.number_kind,
            certain=thing.certain,
            protected=thing.protected,
            address=thing.address,
            municipality=thing.municipality,
            part_of_id=firm.id if thing.kind == "workplace" and firm else None,
            made_at=entry.at,
            made_by=entry.account,
            search=Words(
                thing.name, thing.number, thing.display, thing.address, thing.municipality
            ),
        )
        entry.objects.append(row.id)
        entry.rows.append(row)
        return row

    def write_fact(self, kind: Kind, *, thing: Thing | None = None, marks: Marks = ()) -> FactRow:
        """Write down a fact of a kind, with the secrecy the law proposes for it."""
        affair, chance = self.affair, self.affair.setting.chance
        about = thing or affair.business.firm
        entity = self.entity(about, part="object" if thing is None else "involved")
        named = {"person": about.name} if about.kind == "person" else {}
        activity = kind.holders[self.agency]
        all_marks = (*marks, "protected") if about.protected else marks
        entry = self.act("fact.write")
        day = entry.at.date()
        secrecy = affair.setting.law.secrecy(
            self.agency, activity, kind.code, kind.subject, all_marks, day
        )
        confirmed = self.officer.account if chance.happens(0.85) else None
        text, source = affair.pick(kind.texts, **named), chance.pick(kind.sources)
        row = FactRow(
            id=self._uuid(),
            visible_to=self.key,
            case_id=self.row.id,
            agency=self.agency,
            entity_id=entity.id,
            item_kind=kind.code,
            subject_kind=kind.subject,
            text=text,
            holder=self.agency,
            activity=activity,
            secrecy=list(secrecy),
            secrecy_confirmed_by=confirmed,
            marks=list(all_marks),
            source=source,
            observed_on=day if chance.happens(0.7) else None,
            made_at=entry.at,
            made_by=self.officer.account,
            made_by_name=self.officer.name,
            search=found_by(kind.code, all_marks, text, source, about.name),
        )
        self._keep(entry, row, derived=0)
        return row

    def _keep(self, entry: Act, row: FactRow, derived: int) -> None:
        entry.objects.append(row.id)
        entry.rows.append(row)
        self.tell(entry, row.id, {"kind": row.item_kind, "derived": derived})
        self.facts.append(row)

    def correct(self, fact: FactRow, text: str) -> None:
        """Correct a fact: a new row takes its place."""
        entry = self.act("fact.write", fact.id, detail=f"replaces {fact.id}")
        row = replace(
            fact,
            id=self._uuid(),
            text=text,
            replaces_id=fact.id,
            made_at=entry.at,
            search=found_by(fact.item_kind, fact.marks, text, fact.source),
        )
        fact.state = "replaced"
        entry.objects.append(row.id)
        entry.rows.append(row)
        self.facts.append(row)
        told = self.act("fact.write", fact.id, detail="corrected")
        reason = self.affair.setting.chance.pick(words()["correction_reasons"])
        self.tell(told, row.id, {"corrected": True, "reason": reason})

    def derive(self, kind: Kind, copy: FactRow, holder: str) -> None:
        """Write a fact that builds on a received one and inherits its bounds."""
        entry = self.act("fact.write", detail=f"derived from {copy.id}")
        text = self.affair.pick(words()["notes"], holder=holder)
        row = FactRow(
            id=self._uuid(),
            visible_to=self.key,
            bound_matter=copy.bound_matter,
            bound_purpose=copy.bound_purpose,
            valid_to=copy.valid_to,
            case_id=self.row.id,
            agency=self.agency,
            entity_id=None,
            item_kind=kind.code,
            subject_kind=kind.subject,
            text=text,
            holder=self.agency,
            activity=kind.holders[self.agency],
            secrecy=list(copy.secrecy),
            marks=list(copy.marks),
            source="",
            observed_on=None,
            derived_from=[copy.id],
            made_at=entry.at,
            made_by=self.officer.account,
            made_by_name=self.officer.name,
            search=found_by(kind.code, copy.marks, text),
        )
        self._keep(entry, row, derived=1)
