"""What does a person find among everything they may see?

The database function ``desk_search`` says which rows have the words; it reads the signed context
and gives back ids (policies.sql). Here the rows are fetched through both fences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import msgspec
from django.db import connections

from samsyn.hub.cases.models import Case
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.policy import require
from samsyn.hub.registry.models import Entity
from samsyn.kernel.search_words import to_tsquery_text
from samsyn.kernel.text import Text

LONGEST = 200
FEW, PAGE, MOST = 8, 50, 200
"""Rows of a kind when all kinds are shown, when one is, and at most."""
SUGGESTED = 8
RUN = "search.run"
_DOCUMENT = re.compile(r"(\d[/-]\d+)-\d{1,3}\s*$")
"""A document's number is its case's with its place behind: 2026/000123-4."""


class State(msgspec.Struct, frozen=True):
    """A choice among the rows of a kind, with its word in addresses."""

    code: str
    name: Text
    values: tuple[str, ...]


class Kind(msgspec.Struct, frozen=True):
    """A kind of rows that are looked through.

    Attributes:
        name: as the database function calls it.
        code: its word in addresses.
        title: what it is called.
        states: choices among its rows.
    """

    name: str
    code: str
    title: Text
    states: tuple[State, ...] = ()


def _state(code: str, sv: str, en: str, *values: str) -> State:
    return State(code, Text(sv=sv, en=en), values)


KINDS = (
    Kind(
        "case",
        "arenden",
        Text(sv="Ärenden", en="Cases"),
        (
            _state("oppna", "Öppna", "Open", "open", "told", "paused"),
            _state("avslutade", "Avslutade", "Closed", "closed", "archived"),
        ),
    ),
    Kind(
        "fact",
        "uppgifter",
        Text(sv="Uppgifter", en="Facts"),
        (
            _state("gallande", "Gällande", "In force", "current"),
            _state("ersatta", "Rättade", "Corrected", "replaced"),
        ),
    ),
    Kind(
        "entity",
        "objekt",
        Text(sv="Företag, platser & personer", en="Firms, places & people"),
        (
            _state("foretag", "Företag", "Firms", "firm"),
            _state("arbetsplatser", "Arbetsplatser", "Workplaces", "workplace"),
            _state("personer", "Personer", "People", "person"),
            _state("fordon", "Fordon", "Vehicles", "vehicle"),
            _state("adresser", "Adresser", "Addresses", "address"),
        ),
    ),
    Kind("file", "handlingar", Text(sv="Handlingar", en="Documents")),
    Kind(
        "question",
        "fragor",
        Text(sv="Frågor", en="Questions"),
        (
            _state("oppna", "Obesvarade", "Open", "draft", "sent"),
            _state("avslutade", "Avslutade", "Ended", "answered", "refused", "withdrawn"),
        ),
    ),
)


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for. Every part is a part of the page's address.

    Attributes:
        words: as typed.
        kind: the one kind wanted; None for all.
        state: a choice among the rows of that kind; None for all.
        case: the case that is searched; None outside a case.
        rows: how many rows of a kind are shown.
    """

    words: str = ""
    kind: Kind | None = None
    state: State | None = None
    case: UUID | None = None
    rows: int = FEW

    @property
    def question(self) -> str:
        """The words as the database is asked for them; empty when nothing can be looked for."""
        return to_tsquery_text(_DOCUMENT.sub(r"\1", self.words))

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds looked through: within a case not cases."""
        return KINDS[1:] if self.case else KINDS


class Met(msgspec.Struct, frozen=True):
    """What the database found of a kind: newest ids, and how many there are.

    Attributes:
        more: there are more than are counted.
    """

    ids: tuple[UUID, ...] = ()
    count: int = 0
    more: bool = False

    @property
    def counted(self) -> str:
        """The count as it is shown."""
        return f"{self.count}+" if self.more else str(self.count)


class Found(msgspec.Struct, frozen=True):
    """What was met, by name of kind.

    Attributes:
        counted: of every kind, whatever its state.
        listed: of what is shown.
    """

    counted: Mapping[str, Met] = {}
    listed: Mapping[str, Met] = {}


def wanted_from(query: Any) -> Wanted:
    """What a page's address asks for; what it cannot mean is left out."""
    code, chosen, size = query.get("slag", ""), query.get("lage", ""), query.get("visa", "")
    kind = next((kind for kind in KINDS if kind.code == code), None)
    states = kind.states if kind else ()
    rows = int(size) if size.isascii() and size.isdigit() and len(size) < 4 else PAGE
    return Wanted(
        words=" ".join(query.get("q", "").replace("\x00", " ").split())[:LONGEST],
        kind=kind,
        state=next((state for state in states if state.code == chosen), None),
        case=_uuid(query.get("arende", "")),
        rows=min(max(rows, PAGE), MOST) if kind else FEW,
    )


def find(actor: Actor, wanted: Wanted) -> Found:
    """What is met.

    Raises:
        Refused: if none of the actor's roles may search.
    """
    require(actor, RUN)
    if not wanted.question:
        return Found()
    counted = _ask(actor, wanted, [kind.name for kind in wanted.kinds], None, wanted.rows)
    if wanted.kind is None:
        return Found(counted=counted, listed=counted)
    name = wanted.kind.name
    if wanted.state is not None:
        return Found(counted=counted, listed=_ask(actor, wanted, [name], wanted.state, wanted.rows))
    return Found(counted=counted, listed={name: counted[name]} if name in counted else {})


def suggestions(actor: Actor, words: str) -> list[str]:
    """Names of firms, places and cases that begin so: only such as the person may read.

    A protected person's name is never suggested.
    """
    require(actor, RUN)
    wanted = Wanted(words=words)
    if len(words.strip()) < 3 or not wanted.question:
        return []
    found = _ask(actor, wanted, ["entity", "case"], None, SUGGESTED)
    entities = Entity.seen(actor).filter(pk__in=_ids(found, "entity"), protected=False)
    cases = Case.seen(actor).filter(pk__in=_ids(found, "case"))
    rows = [
        *entities.values_list("pk", "name"),
        *cases.values_list("pk", "title"),
    ]
    look(actor, RUN, objects=[pk for pk, _ in rows], detail="suggest")
    return list(dict.fromkeys(name for _, name in rows))[:SUGGESTED]


def _ask(
    actor: Actor, wanted: Wanted, kinds: Iterable[str], state: State | None, rows: int
) -> dict[str, Met]:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select kind, array_agg(id), max(hits), bool_or(more)"
            " from desk_search(%s, %s, %s, %s, %s) group by kind",
            [
                wanted.question,
                list(kinds),
                actor.case if wanted.case else None,
                list(state.values) if state else None,
                rows,
            ],
        )
        return {kind: Met(tuple(ids), hits, more) for kind, ids, hits, more in cursor.fetchall()}


def _ids(found: Mapping[str, Met], kind: str) -> tuple[UUID, ...]:
    return found[kind].ids if kind in found else ()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
