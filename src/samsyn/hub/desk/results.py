"""How is what was found shown: as rows with their secrecy, their case and where they open?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connections
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse

from samsyn.hub.cases.closed_field import is_closed
from samsyn.hub.cases.fact_kinds import kind_name
from samsyn.hub.cases.models import Case, CaseSubject, Fact, SealedFile
from samsyn.hub.cases.phrases import PROTECTED, SUBJECTS
from samsyn.hub.cases.reads_facts import level_of_secrecy, subject_row
from samsyn.hub.desk.search import RUN, Kind, Met, Wanted, find
from samsyn.hub.disclosures.models import Question
from samsyn.hub.disclosures.reads import question_state
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.registry.models import Entity
from samsyn.kernel.text import LANGUAGES, Text

BEFORE, AFTER = 60, 180
"""Letters of a text that are shown before and after the word that was met."""
_SAME = str.maketrans("åäöéèüøæÅÄÖÉÈÜØÆ", "aaoeeuoaAAOEEUOA")
CASE_STATES = {
    "open": ("open", Text(sv="Öppet", en="Open")),
    "told": ("new", Text(sv="Nytt från annan", en="New from another")),
    "paused": ("paused", Text(sv="Vilande", en="Paused")),
    "closed": ("closed", Text(sv="Avslutat", en="Closed")),
    "archived": ("closed", Text(sv="Arkiverat", en="Archived")),
}


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row of what was found.

    Attributes:
        pk: id of what it is, for the log.
        url: where it opens; empty where it opens nowhere.
        title: what it is.
        text: what it says, cut to the place that was met; empty where the title is all.
        look, state: how far it has come; empty where that says nothing.
        level: how its secrecy stands; empty for what has none of its own.
        secrecy: provisions that make it secret.
        agency: where it came from, or the other side.
        case: the case it stands in; None where there is none that may be seen.
        at: when it was made or changed.
    """

    pk: UUID
    url: str
    title: Text
    at: datetime
    text: str = ""
    look: str = ""
    state: Text | None = None
    level: str = ""
    secrecy: tuple[str, ...] = ()
    agency: str = ""
    case: Case | None = None


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """What was found of one kind; ``met`` counts all of the kind, ``rows`` are those shown."""

    kind: Kind
    met: Met
    rows: list[Row]
    shown: Met


def results(actor: Actor, wanted: Wanted) -> list[Group]:
    """What is found, by kind, logged as looked at.

    Raises:
        Refused: if none of the actor's roles may search.
    """
    found = find(actor, wanted)
    listed = _rows(actor, {name: met.ids for name, met in found.listed.items()}, wanted)
    shown = [row.pk for rows in listed.values() for row in rows]
    if wanted.question:
        look(actor, RUN, objects=shown, detail=wanted.kind.name if wanted.kind else "all")
    _tell_givers(listed["fact"])
    return [
        Group(
            kind=kind,
            met=found.counted.get(kind.name, Met()),
            shown=found.listed.get(kind.name, Met()),
            rows=listed[kind.name],
        )
        for kind in wanted.kinds
    ]


def excerpt(text: str, words: str) -> str:
    """A text cut to the first place where one of the words begins, whatever its letters' signs."""
    folded = text.casefold().translate(_SAME) if len(text.casefold()) == len(text) else ""
    asked = [word.casefold().translate(_SAME) for word in words.split() if len(word) > 2]
    places = [place for word in asked if (place := folded.find(word[:6])) >= 0]
    start = max(min(places, default=0) - BEFORE, 0)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = min(start + BEFORE + AFTER, len(text))
    if end < len(text) and (space := text.rfind(" ", start, end)) > 0:
        end = space
    return f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"


def _rows(
    actor: Actor, ids: Mapping[str, tuple[UUID, ...]], wanted: Wanted
) -> dict[str, list[Row]]:
    facts = _facts(actor, ids.get("fact", ()))
    files = _fetched(SealedFile.seen(actor).defer("search"), ids.get("file", ()))
    questions = _fetched(Question.seen(actor).defer("search"), ids.get("question", ()))
    entities = _fetched(Entity.seen(actor).defer("search"), ids.get("entity", ()))
    stands = _stands_in(actor, [entity.pk for entity in entities], wanted)
    needed = {row.case_id for row in (*facts, *files, *questions) if row.case_id}
    needed |= {*ids.get("case", ()), *stands.values()}
    cases = {case.pk: case for case in Case.seen(actor).filter(pk__in=needed).defer("search")}
    return {
        "case": [_case_row(cases[pk]) for pk in ids.get("case", ()) if pk in cases],
        "fact": [_fact_row(row, cases, wanted) for row in facts],
        "entity": [_entity_row(row, _at(cases, stands.get(row.pk))) for row in entities],
        "file": [_file_row(row, cases) for row in files],
        "question": [_question_row(row, cases, wanted) for row in questions],
    }


def _at(cases: Mapping[UUID, Case], pk: UUID | None) -> Case | None:
    return cases.get(pk) if pk else None


def _facts(actor: Actor, ids: tuple[UUID, ...]) -> list[Any]:
    about = Entity.seen(actor).filter(pk=OuterRef("entity_id"))
    named = about.values(row=JSONObject(kind="kind", name="name", protected="protected"))
    return _fetched(Fact.seen(actor).defer("search").annotate(about_row=Subquery(named[:1])), ids)


def _fetched(rows: Any, ids: tuple[UUID, ...]) -> list[Any]:
    """The rows in the order of their ids; no statement when there are none."""
    by_id = {row.pk: row for row in rows.filter(pk__in=ids)} if ids else {}
    return [by_id[pk] for pk in ids if pk in by_id]


def _stands_in(actor: Actor, entities: list[UUID], wanted: Wanted) -> dict[UUID, UUID]:
    """The case in which each entity is shown: the one searched, else the newest it is part of."""
    if not entities:
        return {}
    if wanted.case and actor.case:
        return dict.fromkeys(entities, actor.case)
    rows = (
        CaseSubject.seen(actor)
        .filter(entity__in=entities)
        .order_by("entity", "-case__changed_at")
        .distinct("entity")
    )
    return dict(rows.values_list("entity", "case"))


def _case_row(case: Case) -> Row:
    look_like, state = CASE_STATES.get(case.state, ("", None))
    title = f"{case.number} {case.title}".strip()
    return Row(
        pk=case.pk,
        url=reverse("cases:room", args=[case.pk]),
        title=Text(sv=title, en=title),
        look=look_like,
        state=state,
        agency=case.told_by,
        at=case.changed_at,
    )


def _fact_row(fact: Any, cases: Mapping[UUID, Case], wanted: Wanted) -> Row:
    about = fact.about_row
    if about and about["kind"] == "person" and is_closed(fact):
        about = None
    name = "" if not about else None if about["protected"] else about["name"]
    words = {
        code: ": ".join(
            filter(None, [PROTECTED.into(code) if name is None else name,
                          kind_name(fact.item_kind, code)])
        )
        for code in LANGUAGES
    }  # fmt: skip
    replaced = fact.state == "replaced"
    case = cases.get(fact.case_id)
    return Row(
        pk=fact.pk,
        url=reverse("cases:fact", args=[fact.case_id, fact.pk]) if case else "",
        title=Text(**words),
        text=excerpt(fact.text, wanted.words),
        look="closed" if replaced else "",
        state=Text(sv="Rättad", en="Corrected") if replaced else None,
        level=level_of_secrecy(fact),
        secrecy=tuple(fact.secrecy),
        agency=fact.received_from,
        case=case,
        at=fact.made_at,
    )


def _entity_row(entity: Entity, case: Case | None) -> Row:
    shown = subject_row(entity)
    kind = SUBJECTS.get(entity.kind, Text(sv=entity.kind, en=entity.kind))
    place = "" if shown.masked else " · ".join(
        filter(None, [shown.number, entity.address, entity.municipality])
    )  # fmt: skip
    return Row(
        pk=entity.pk,
        url=reverse("cases:subjects", args=[case.pk]) if case else "",
        title=PROTECTED if shown.masked else Text(sv=entity.name, en=entity.name),
        text=place,
        state=Text(sv=kind.sv.capitalize(), en=kind.en.capitalize()),
        level="protected" if entity.protected else "",
        agency=entity.received_from,
        case=case,
        at=entity.made_at,
    )


def _file_row(file: SealedFile, cases: Mapping[UUID, Case]) -> Row:
    case = cases.get(file.case_id)
    return Row(
        pk=file.pk,
        url=reverse("cases:file", args=[file.case_id, file.pk]) if case else "",
        title=Text(sv=file.name, en=file.name),
        level=level_of_secrecy(file),
        secrecy=tuple(file.secrecy),
        agency=file.received_from,
        case=case,
        at=file.made_at,
    )


def _question_row(question: Question, cases: Mapping[UUID, Case], wanted: Wanted) -> Row:
    state = question_state(question)
    title = question.about or excerpt(question.text, wanted.words)
    other = question.asker if question.side == "received" else question.holder
    return Row(
        pk=question.pk,
        url=reverse("disclosures:question", args=[question.pk]),
        title=Text(sv=title, en=title),
        text=excerpt(question.text, wanted.words) if question.about else "",
        look=state.look,
        state=state.name,
        agency=other,
        case=cases.get(question.case_id) if question.case_id else None,
        at=question.made_at,
    )


def _tell_givers(facts: Iterable[Row]) -> None:
    """The givers of received facts learn that they were read."""
    received = [row.pk for row in facts if row.agency]
    if received:
        with connections["default"].cursor() as cursor:
            cursor.execute("select disclosures_mark_read(%s::uuid[], false)", [received])
