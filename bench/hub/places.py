"""Which pages does each person go to? Those of a day's work, on rows that they may see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from bench.hub.people import AUDITOR, Person
from bench.hub.traffic import Visit
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.disclosures.models import Disclosure, Question
from samsyn.hub.guard.context import acting

CASES = 12
"""Cases of each person that are gone to."""
WORDS = ("arbetsplats", "personalliggare", "löner", "bygg", "arbetslivskriminalitet", "kontroll")


@dataclass(frozen=True)
class Found:
    """What a person can go to.

    Attributes:
        facts: case → its facts.
    """

    facts: dict[UUID, list[UUID]]
    disclosures: list[UUID]
    questions: list[UUID]


@dataclass(frozen=True)
class Page:
    """A page of a day's work.

    Attributes:
        name: as the results call it.
        view: name of its address.
        weight: how often people go there; 0 for one that is only counted and weighed.
        arguments: the arguments of its address, for each row it is gone to for.
    """

    name: str
    view: str
    weight: float
    arguments: Callable[[Found], list[dict[str, Any]]] = lambda found: [{}]
    queries: tuple[str, ...] = ("",)


def _each_case(found: Found) -> list[dict[str, Any]]:
    return [{"case_id": case} for case in found.facts]


def _each_fact(found: Found) -> list[dict[str, Any]]:
    return [
        {"case_id": case, "fact_id": fact} for case, facts in found.facts.items() for fact in facts
    ]


def _each_disclosure(found: Found) -> list[dict[str, Any]]:
    return [{"disclosure_id": disclosure} for disclosure in found.disclosures]


def _each_question(found: Found) -> list[dict[str, Any]]:
    return [{"question_id": question} for question in found.questions]


ROOM = "case room"
OF_OFFICERS = (
    Page("my day", "desk:my-day", 3),
    Page("list of cases", "cases:list", 3),
    Page(ROOM, "cases:room", 4, _each_case),
    Page("facts of a case", "cases:facts", 3, _each_case),
    Page("fact", "cases:fact", 3, _each_fact),
    Page("why may I see this", "cases:fact-why", 1, _each_fact),
    Page("questions and disclosures", "disclosures:list", 2),
    Page("question", "disclosures:question", 1, _each_question),
    Page("disclosure", "disclosures:act", 2, _each_disclosure),
    Page("search", "desk:search", 2, queries=tuple(f"?q={quote(word)}" for word in WORDS)),
    Page("search among facts", "desk:search", 1, queries=("?q=arbetsplats&slag=uppgift",)),
    Page("files of a case", "cases:files", 0, _each_case),
    Page("register of a case", "cases:register", 0, _each_case),
    Page("log of a case", "cases:log", 0, _each_case),
    Page("register of the agency", "cases:agency-register", 0),
    Page("new fact", "cases:fact-new", 0, _each_case),
    Page("new disclosure", "disclosures:prepare", 0, _each_case),
)
OF_AUDITORS = (
    Page("my day, an auditor's", "desk:my-day", 1),
    Page("oversight", "insight:overview", 2),
    Page("log", "insight:log", 4),
    Page("anomalies", "insight:anomalies", 1),
)


def found_by(person: Person) -> Found:
    """Rows that a person may see: newest cases with facts of their own, disclosures, questions."""
    actor = person.actor
    with acting(actor):
        newest = Case.seen(actor).filter(state="open").order_by("-changed_at", "-pk")
        facts: dict[UUID, list[UUID]] = {
            pk: [] for pk in newest.values_list("pk", flat=True)[: 4 * CASES]
        }
        for case, fact in (
            Fact.seen(actor)
            .filter(case__in=list(facts), received_from="")
            .values_list("case_id", "pk")
        ):
            facts[case].append(fact)
        with_facts = [(case, rows[:5]) for case, rows in facts.items() if rows]
        given = Disclosure.seen(actor).filter(agency=actor.agency).order_by("-made_at", "-pk")
        asked = Question.seen(actor).order_by("-made_at", "-pk")
        return Found(
            dict(with_facts[:CASES]),
            list(given.values_list("pk", flat=True)[:CASES]),
            list(asked.values_list("pk", flat=True)[:CASES]),
        )


def visits_of(person: Person) -> list[Visit]:
    """Everywhere a person goes; the weight of a page is shared by its rows."""
    if person.role == AUDITOR:
        found = Found({}, [], [])
        return [visit for page in OF_AUDITORS for visit in _visits(page, found)]
    found = found_by(person)
    return [visit for page in OF_OFFICERS for visit in _visits(page, found)]


def goes_to_cases(visits: list[Visit]) -> bool:
    """Whether there is a case to go to among them."""
    return any(visit.page == ROOM for visit in visits)


def not_there() -> list[str]:
    """Pages that no address leads to; they are neither counted nor gone to."""
    return [page.name for page in (*OF_OFFICERS, *OF_AUDITORS) if not _address_known(page)]


def _visits(page: Page, found: Found) -> Iterator[Visit]:
    if not _address_known(page):
        return
    paths = [
        reverse(page.view, kwargs=arguments) + query
        for arguments in page.arguments(found)
        for query in page.queries
    ]
    yield from (Visit(page.name, path, page.weight / len(paths)) for path in paths)


def _address_known(page: Page) -> bool:
    try:
        wanted = page.arguments(_SOMETHING)
        reverse(page.view, kwargs=wanted[0])
    except NoReverseMatch:
        return False
    return True


_SOME = UUID(int=1)
_SOMETHING = Found({_SOME: [_SOME]}, [_SOME], [_SOME])
