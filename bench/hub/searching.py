"""How long does a search take in the database, at each agency, for usual and for rare words?"""

from __future__ import annotations

from typing import Any

import psycopg

from bench.hub.installation import Installation, tell
from bench.hub.people import OFFICER, Person, people_of
from bench.hub.search_measures import KINDS, MOST_MS, timed
from bench.law.measure import Line, Section
from samsyn.hub.guard.context import acting, signed_claims
from samsyn.hub.registry.models import Entity
from samsyn.kernel.search_words import to_tsquery_text

USUAL = ("arbetsplatsen", "kontroll", "löner", "personalliggare", "bygg arbetsplatsen")
NOWHERE = "svetsröksfilter"
COUNT = 4
PLACES = ((["fact"], 50, "facts"), (KINDS, 8, "all kinds"))
"""Kinds looked through and rows wanted, as the page of one kind asks and as the first page does."""

Database = psycopg.Connection[tuple[Any, ...]]


def measure(installation: Installation) -> list[Section]:
    """Every word at every agency; the slowest word of each agency is the figure."""
    officers = {person.agency: person for person in reversed(people_of(OFFICER))}
    lines = []
    for agency in sorted(officers):
        tell(f"search: {agency}")
        person = officers[agency]
        words = {"usual words": USUAL, "rare words": _rare(person)}
        with psycopg.connect(installation.environment["DATABASE_URL"]) as web:
            claims = signed_claims(person.actor)
            web.execute("select set_config('samsyn.context', %s, false)", [claims])
            lines += [
                _slowest(web, f"{agency}, {place}, {rate}", typed, kinds, rows)
                for kinds, rows, place in PLACES
                for rate, typed in words.items()
            ]
    about = (
        "The training data as officers look through it, each at one agency: the slowest of some "
        f"words. Usual words: {', '.join(USUAL)}. Rare words: the name and the number of a firm, "
        f"and {NOWHERE}, which is nowhere. CPU time of the server process that answers, under row "
        "policies and a signed context. Words of known rates in a million rows are measured by "
        "`python -m bench.hub.search`."
    )
    return [Section("Search", about, lines)]


def _rare(person: Person) -> tuple[str, ...]:
    """What few rows have: how one firm is called, its number, and what nobody wrote."""
    with acting(person.actor):
        firm = (
            Entity.seen(person.actor)
            .filter(kind="firm", number_kind="organisation", bound_matter=None)
            .order_by("pk")
            .first()
        )
    return (firm.name, firm.number, NOWHERE) if firm else (NOWHERE,)


def _slowest(
    web: Database, place: str, words: tuple[str, ...], kinds: list[str], rows: int
) -> Line:
    found = []
    for word in words:
        query = to_tsquery_text(word)

        def ask(query: str = query) -> Any:
            return web.execute(
                "select kind, hits, more from desk_search(%s, %s, null, null, %s)",
                [query, kinds, rows],
            ).fetchall()

        met = {kind: f"{hits}{'+' if more else ''}" for kind, hits, more in ask()}
        cpu, clock = timed(web, ask, COUNT)
        counted = ", ".join(f"{kind} {hits}" for kind, hits in met.items()) or "nothing"
        found.append((cpu, f"{clock:.1f} ms by the clock; {_named(word, words)}: {counted}"))
    cpu, note = max(found)
    return Line(place, cpu, "ms CPU", MOST_MS, note=note)


def _named(word: str, words: tuple[str, ...]) -> str:
    """The word; a firm is not called by its name in the results, which is another each time."""
    if words is USUAL or word == NOWHERE:
        return word
    return "the firm's name" if word == words[0] else "the firm's number"
