"""Which facts and subjects does a case hold, and how has a fact come to say what it says?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from django.db import models
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from samsyn.hub.cases.closed_field import MARK, is_closed
from samsyn.hub.cases.closed_texts import Opening, open_for
from samsyn.hub.cases.fact_kinds import kind_name
from samsyn.hub.cases.models import Case, CaseSubject, Fact, SealedFile
from samsyn.hub.cases.phrases import PROTECTED
from samsyn.hub.cases.reads import cursor_of, read_cursor
from samsyn.hub.cases.reads_room import COMMON, OWN
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.language import said
from samsyn.hub.guard.refusals import Missing
from samsyn.hub.registry.models import Entity
from samsyn.kernel.text import LANGUAGES, Text

PROPOSED = Text(sv="Föreslagen sekretess, inte bekräftad", en="Proposed secrecy, not confirmed")
PAGE = 50
MOST_CORRECTED = 500


class FactRow(msgspec.Struct, kw_only=True, frozen=True):
    """A fact as it is shown.

    Attributes:
        fact: the row.
        kind: what kind of fact it is, in words.
        about: whom or what it is about; empty for nobody, masked for a protected person.
        level: how its secrecy stands: ``secret``, ``protected``, ``open`` or ``unassessed``.
        files: number of files bound to it.
    """

    fact: Fact
    kind: Text
    about: Text | None
    level: str
    files: int = 0

    @property
    def own(self) -> bool:
        """Whether it is this agency's own."""
        return not self.fact.received_from

    @property
    def mark(self) -> str:
        """What the secrecy is called while nobody has confirmed it; else the usual word."""
        return said(PROPOSED) if self.level == "unassessed" and self.fact.secrecy else ""


class FactPage(msgspec.Struct, frozen=True):
    """Fifty facts, and where the next ones begin."""

    rows: list[FactRow]
    after: str

    def ids(self) -> list[UUID]:
        """Of all that are shown, for the log."""
        return [row.fact.pk for row in self.rows]

    def received(self) -> list[UUID]:
        """Of those that another agency gave, which learns that they were read."""
        return [row.fact.pk for row in self.rows if row.fact.received_from]


def facts_of(actor: Actor, case: Case, compartment: str = "", after: str = "") -> FactPage:
    """The facts of a case that hold now, the newest first.

    Args:
        actor: who looks; received facts are there in their matter and for their purpose alone.
        case: the case.
        compartment: ``vart``, ``gemensamt`` or the code of an agency; all when empty.
        after: where the page before ended.
    """
    found = _shown(actor, Fact.seen(actor).filter(case=case, state="current"))
    if compartment == OWN:
        found = found.filter(received_from="")
    elif compartment == COMMON:
        found = found.filter(common=True)
    elif compartment:
        found = found.filter(received_from=compartment)
    if start := read_cursor(after):
        at, last = start
        found = found.filter(Q(made_at__lt=at) | Q(made_at=at, pk__lt=last))
    rows = list(found.order_by("-made_at", "-pk")[: PAGE + 1])
    follow = cursor_of(rows[PAGE - 1].made_at, rows[PAGE - 1].pk) if len(rows) > PAGE else ""
    return FactPage([_row(fact) for fact in rows[:PAGE]], follow)


def fact_of(actor: Actor, case: Case, pk: UUID) -> FactRow:
    """One fact of this case, whether it holds or was replaced.

    Raises:
        Missing: if there is none in it that the person may see.
    """
    return _row(_fact(actor, case, pk))


def fact_opened(actor: Actor, case: Case, pk: UUID) -> tuple[FactRow, Opening | None]:
    """The same, read as far as two persons have opened it to this person; the look is logged.

    Returns:
        The fact, and how the person's request stands; None for a fact that is not closed.

    Raises:
        Missing: if there is none in it that the person may see.
    """
    fact = _fact(actor, case, pk)
    stands = open_for(actor, case.pk, [fact], otherwise="fact.read").get(fact.pk)
    return _row(fact), stands


def _fact(actor: Actor, case: Case, pk: UUID) -> Fact:
    fact = _shown(actor, Fact.seen(actor).filter(case=case, pk=pk)).first()
    if fact is None:
        raise Missing
    return fact


class Origins(msgspec.Struct, frozen=True):
    """How a fact has come to say what it says.

    Attributes:
        history: what it said before and says after, the first wording first; itself alone if never
            corrected.
        sources: the facts it builds on, of those the person may see.
    """

    history: list[Fact]
    sources: list[FactRow]


def origins_of(actor: Actor, fact: Fact) -> Origins:
    """The wordings and sources of a fact, found by one question and none where there are none."""
    alone = fact.replaces_id is None and fact.state == "current"
    if alone and not fact.derived_from:
        return Origins([fact], [])
    wanted = Q(pk__in=fact.derived_from)
    if not alone:
        wanted |= Q(replaces__isnull=False) | Q(state="replaced") | Q(pk=fact.pk)
    found = _shown(actor, Fact.seen(actor).filter(wanted, case=fact.case_id))
    # Sources first: they are there however often the facts of the case were corrected.
    built_first = models.Case(models.When(pk__in=fact.derived_from, then=0), default=1)
    near = list(found.order_by(built_first, "made_at")[:MOST_CORRECTED])
    built_on = set(fact.derived_from)
    sources = [_row(row) for row in reversed(near) if row.pk in built_on]
    return Origins([fact] if alone else _chain(near, fact), sources)


def _chain(near: list[Fact], fact: Fact) -> list[Fact]:
    by_id = {row.pk: row for row in near}
    later = {row.replaces_id: row for row in near if row.replaces_id}
    first = by_id.get(fact.pk, fact)
    while first.replaces_id in by_id:
        first = by_id[first.replaces_id]
    chain = [first]
    while (following := later.get(chain[-1].pk)) is not None:
        chain.append(following)
    return chain


def received_in(actor: Actor, case: Case) -> QuerySet[Fact]:
    """What others have given in this case, that a new fact may build on."""
    return (
        Fact.seen(actor)
        .filter(case=case, state="current")
        .exclude(received_from="")
        .defer("search")
        .order_by("-made_at")[:PAGE]
    )


def _shown(actor: Actor, facts: QuerySet[Fact]) -> QuerySet[Fact]:
    about = Entity.seen(actor).filter(pk=OuterRef("entity_id"))
    files = SealedFile.seen(actor).filter(fact=OuterRef("pk"), state="current").order_by()
    return facts.defer("search").annotate(
        about_row=Subquery(
            about.values(row=JSONObject(id="pk", kind="kind", name="name", protected="protected"))[
                :1
            ]
        ),
        files_bound=Subquery(files.values("fact").annotate(number=Count("pk")).values("number")),
    )


def _row(fact: Any) -> FactRow:
    about = getattr(fact, "about_row", None)
    if about and about["kind"] == "person" and is_closed(fact):
        about = None  # whom a tip is tied to may be whoever gave it
    return FactRow(
        fact=fact,
        kind=Text(**{code: kind_name(fact.item_kind, code) for code in LANGUAGES}),
        about=_about(about),
        level=level_of_secrecy(fact),
        files=getattr(fact, "files_bound", None) or 0,
    )


def _about(entity: dict[str, Any] | None) -> Text | None:
    if not entity:
        return None
    return PROTECTED if entity["protected"] else Text(sv=entity["name"], en=entity["name"])


def level_of_secrecy(row: Fact | SealedFile) -> str:
    """How the secrecy of a fact or file stands, in the four words of the screens."""
    confirmed = getattr(row, "secrecy_confirmed_by", None) is not None
    if "protected" in row.marks:
        return "protected"
    if not confirmed and not row.received_from and isinstance(row, Fact):
        return "unassessed"
    return "secret" if row.secrecy else "open"


class SubjectRow(msgspec.Struct, kw_only=True, frozen=True):
    """A firm, workplace, person, vehicle or address of a case.

    Attributes:
        entity: the row.
        number: as people write it; empty where there is none.
        facts: number of facts about it that the person sees here.
        masked: a protected person, whose name and number are shown only when asked for.
    """

    entity: Entity
    number: str
    facts: int
    masked: bool


def subjects_of(
    actor: Actor, case: Case, shown: UUID | None = None, most: int | None = 200
) -> list[SubjectRow]:
    """Whom and what a case is about, own and received; a protected person only as such.

    Args:
        actor: who looks.
        case: the case.
        shown: a protected person whose name and number are asked for, and logged by the caller.
    """
    named = CaseSubject.seen(actor).filter(case=case).values("entity")
    received = Fact.seen(actor).filter(case=case).exclude(received_from="").values("entity")
    about = Fact.seen(actor).filter(entity=OuterRef("pk"), case=case.pk, state="current")
    about = about.exclude(marks__contains=[MARK], entity__kind="person")
    found = (
        Entity.seen(actor)
        .filter(Q(pk__in=named) | Q(pk__in=received))
        .defer("search")
        .annotate(
            facts_here=Subquery(
                about.order_by().values("entity").annotate(n=Count("pk")).values("n")
            )
        )
        .order_by("received_from", "kind", "name")[:most]
    )
    return [subject_row(entity, shown) for entity in found]


def subject_row(entity: Any, shown: UUID | None = None) -> SubjectRow:
    """An entity as it is shown."""
    masked = entity.protected and entity.pk != shown
    return SubjectRow(
        entity=entity,
        number="" if masked else entity.written,
        facts=getattr(entity, "facts_here", None) or 0,
        masked=masked,
    )


def subject_of_case(actor: Actor, case: Case, pk: UUID) -> Entity:
    """One entity that this case is about.

    Raises:
        Missing: if it is not among those of the case.
    """
    named = CaseSubject.seen(actor).filter(case=case, entity=pk)
    received = Fact.seen(actor).filter(case=case, entity=pk).exclude(received_from="")
    entity = Entity.seen_one(actor, pk=pk)
    if not (named.exists() or received.exists()):
        raise Missing
    return entity


def subject_choices(actor: Actor, case: Case) -> list[tuple[str, Text]]:
    """The case's own subjects, to say what a fact is about; a protected person masked."""
    named = CaseSubject.seen(actor).filter(case=case).values("entity")
    rows = Entity.seen(actor).filter(pk__in=named).order_by("kind", "name")
    return [
        (str(row.pk), PROTECTED if row.protected else Text(sv=row.name, en=row.name))
        for row in rows.only("id", "name", "protected")[:200]
    ]


def all_facts_of(actor: Actor, case: Case) -> list[FactRow]:
    """Every fact of a case that the person sees, also those that were replaced, the first first."""
    found = _shown(actor, Fact.seen(actor).filter(case=case))
    return [_row(fact) for fact in found.order_by("made_at", "pk")]
