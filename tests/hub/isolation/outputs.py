"""Every way out of the hub, as a function from a person and a place to what it shows.

A new output joins the isolation test by being registered here with ``@output``.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.test import Client

from tests.hub.isolation import programs
from tests.hub.isolation.world import CaseRow
from tests.hub.support import TODAY
from tests.support.documents import one_line

MARKER = re.compile(r"mk[a-z]{2}\d{5}")
"""Cases are marked ``mkca00001``, facts ``mkfa00001``: whatever shows one shows the row."""


BEGINNING = "mkca0"
"""What to look for: the echo of a whole marker would be taken for a row."""


@dataclass(frozen=True)
class Asked:
    """Who looks, and where.

    Attributes:
        client: a browser in which the person is signed in.
        case: the case looked at, None for pages outside a case.
        hidden: ids of facts that the person may not see here, for an output that is given an id.
        shut: ids of facts that the person may not see from their own case either, for the same
            purpose; for an output that finds the case by itself.
    """

    client: Client
    case: CaseRow | None
    hidden: tuple[UUID, ...] = ()
    shut: tuple[UUID, ...] = ()

    def page(self, path: str, **words: Any) -> str:
        """What a page says; a page that is not for this person says nothing."""
        response = self.client.get(path, words)
        assert response.status_code < 500, f"{path}: {response.status_code}"
        return response.content.decode(errors="replace")

    def of_case(self, part: str = "") -> str:
        """What a page of the case says."""
        assert self.case is not None
        return self.page(f"/arenden/{self.case.id}/{part}")


Read = Callable[[Asked], str]


@dataclass(frozen=True)
class Output:
    """A way out.

    Attributes:
        read: what it gives.
        all_of: kinds of markers (``ca``, ``fa``) that it must show all of, not only no others.
    """

    read: Read
    all_of: tuple[str, ...] = ()

    def shown(self, asked: Asked) -> set[str]:
        """The markers that it shows."""
        return set(MARKER.findall(self.read(asked)))


OUTSIDE: dict[str, Output] = {}
WITHIN: dict[str, Output] = {}


def output(name: str, *, within: bool, all_of: tuple[str, ...] = ()) -> Callable[[Read], Read]:
    """Register an output, of a case or outside every case."""

    def registered(read: Read) -> Read:
        (WITHIN if within else OUTSIDE)[name] = Output(read, all_of)
        return read

    return registered


# --- outside every case ---


ROW = re.compile(r'href="(/hinder/[0-9a-f-]{36}/)"')


@output("obstacle register, its rows, report and files, and a bill tried on it", within=False)
def obstacles(asked: Asked) -> str:
    """What was needed and did not come: each agency has its own rows, and figures of those."""
    register = asked.page("/hinder/")
    rows = "".join(asked.page(address) for address in dict.fromkeys(ROW.findall(register)[:3]))
    files = "".join(asked.page(f"/hinder/rapport.{kind}") for kind in ("csv", "json"))
    bill = asked.page("/hinder/om-lagen-vore/", forslag="prop-2024-25-180")
    return register + rows + asked.page("/hinder/rapport/") + files + bill


@output("obstacle figures to hand in, and all agencies' together", within=False)
def handed_in(asked: Asked) -> str:
    """Sums, to those who hand them in and to the national coordinator; to others a refusal."""
    year = f"{TODAY.year - 1}"
    pages = asked.page("/hinder/lamna-in/") + asked.page("/hinder/lamna-in/", period=year)
    files = "".join(asked.page(f"/hinder/tillsammans.{kind}") for kind in ("csv", "json"))
    return pages + asked.page("/hinder/tillsammans/") + files


@output("list of cases", within=False, all_of=("ca",))
def cases(asked: Asked) -> str:
    """A page holds fifty; there are fewer."""
    return asked.page("/arenden/")


@output("list of cases, by words", within=False)
def cases_by_words(asked: Asked) -> str:
    """Looked for by the beginning of every marker, which is itself none."""
    return asked.page("/arenden/", q=BEGINNING)


@output("my day", within=False)
def my_day(asked: Asked) -> str:
    """What needs the person today."""
    return asked.page("/")


@output("search, everything", within=False)
def search(asked: Asked) -> str:
    """The first of each kind, with their counts."""
    return asked.page("/sok/", q=BEGINNING) + asked.page("/sok/", q="mkfa0")


@output("search, cases", within=False, all_of=("ca",))
def search_cases(asked: Asked) -> str:
    """Every case that one may see."""
    return asked.page("/sok/", q=BEGINNING, slag="arenden", visa="200")


@output("search, facts", within=False, all_of=("fa",))
def search_facts(asked: Asked) -> str:
    """Every fact that one may see outside a case."""
    return asked.page("/sok/", q="mkfa0", slag="uppgifter", visa="200")


@output("suggestions while one writes", within=False)
def search_suggestions(asked: Asked) -> str:
    """Names that begin so."""
    return asked.page("/sok/forslag/", q=BEGINNING)


@output("questions and disclosures", within=False)
def exchanges(asked: Asked) -> str:
    """All tabs."""
    return asked.page("/utlamnanden/")


@output("register of the agency", within=False)
def register(asked: Asked) -> str:
    """The agency's own view."""
    return asked.page("/diarium/")


@output("public extract of the register", within=False)
def extract(asked: Asked) -> str:
    """What anybody may have."""
    return asked.page("/diarium/utdrag/")


@output("log of the agency", within=False)
def log(asked: Asked) -> str:
    """Who did what, for an auditor: acts, kinds and ids, and so no marker at all."""
    body = asked.page("/insyn/logg/")
    assert not MARKER.search(body)
    return body


@output("why something is seen, by the id of what is hidden", within=False)
def why_seen(asked: Asked) -> str:
    """The policy's reasoning, for an auditor; it says nothing of what the thing says."""
    asks = {"day": str(TODAY), "role": "agency_officer"}
    body = "".join(asked.page("/insyn/varfor/", thing=str(one), **asks) for one in asked.hidden[:1])
    assert not MARKER.search(body)
    return body


@output("what is due for disposal", within=False)
def due(asked: Asked) -> str:
    """Cases and deliveries whose time is up."""
    return asked.page("/insyn/gallring/")


@output("requests for public documents", within=False)
def releases(asked: Asked) -> str:
    """Those under way and those decided."""
    return asked.page("/insyn/allman-handling/")


REVIEW = re.compile(r'href="(/utlamnanden/granskning/[0-9a-f-]{36}/)"')


@output("queue of the secrecy lawyer, and what lies in it", within=False)
def reviews(asked: Asked) -> str:
    """All lists of the queue, and the first of each opened."""
    said = ""
    for tab in ("kontrasignering", "stickprov", "klara"):
        listed = asked.page("/utlamnanden/granskning/", flik=tab)
        opened = dict.fromkeys(REVIEW.findall(listed)[:2])
        said += listed + "".join(asked.page(address) for address in opened)
    return said


@output("earlier weighings", within=False)
def weighings(asked: Asked) -> str:
    """The library, whole and searched."""
    return asked.page("/utlamnanden/avvagningar/") + asked.page(
        "/utlamnanden/avvagningar/", q=BEGINNING
    )


# --- within a case ---


@output("room", within=True)
def room(asked: Asked) -> str:
    """The first page of a case."""
    return asked.of_case()


@output("facts", within=True, all_of=("fa",))
def facts(asked: Asked) -> str:
    """All facts of a case."""
    return asked.of_case("uppgifter/")


@output("log of the case", within=True)
def case_log(asked: Asked) -> str:
    """Who did what."""
    return asked.of_case("logg/")


@output("register of the case", within=True)
def case_register(asked: Asked) -> str:
    """Its documents."""
    return asked.of_case("diarium/")


@output("disclosure form", within=True)
def disclosure_form(asked: Asked) -> str:
    """The facts one can choose to tell."""
    return asked.of_case("lamna-ut/")


@output("a fact that is not the person's to see, by its id", within=True)
def fact_by_id(asked: Asked) -> str:
    """The page of a fact, asked for under a case that is the person's."""
    return "".join(asked.of_case(f"uppgifter/{identifier}/") for identifier in asked.hidden[:2])


@output("why, of a fact that is not the person's to see", within=True)
def why_by_id(asked: Asked) -> str:
    """The question why one may see it."""
    return "".join(
        asked.of_case(f"uppgifter/{identifier}/varfor/") for identifier in asked.hidden[:2]
    )


@output("search in the case", within=True)
def search_in_case(asked: Asked) -> str:
    """What has the words there, received facts among it."""
    assert asked.case is not None
    here = str(asked.case.id)
    return asked.page("/sok/", q="mkfa0", arende=here, slag="uppgifter", visa="200")


@output("proposal to dispose of the case", within=True)
def disposal(asked: Asked) -> str:
    """What would be removed; a case that is not due says why not."""
    assert asked.case is not None
    return asked.page(f"/insyn/gallring/arende/{asked.case.id}/")


@output("documents", within=True)
def documents(asked: Asked) -> str:
    """The documents of the case, and forms of one that is not the person's, by its id."""
    forms = (
        asked.of_case(f"handlingar/{identifier}/{form}")
        for identifier in asked.hidden[:2]
        for form in ("", "hav/", "oppna/", "original/")
    )
    return asked.of_case("handlingar/") + "".join(forms)


@output("rest, archive and their forms", within=True)
def states(asked: Asked) -> str:
    """What is asked before a case rests, goes on or is put in the archive."""
    return "".join(asked.of_case(f"{form}/") for form in ("vila", "ater", "arkivera"))


@output("export", within=True)
def export(asked: Asked) -> str:
    """The readable package of a case, every file of it."""
    assert asked.case is not None
    response = asked.client.post(f"/arenden/{asked.case.id}/exportera/")
    assert response.status_code < 500
    content = b"".join(response) if response.streaming else response.content
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "\n".join(package.read(name).decode(errors="replace") for name in package.namelist())


LETTER = re.compile(r'href="(/(?:utlamnanden|arenden/[0-9a-f-]{36}/mottaget)/[0-9a-f-]{36}/)"')


@output("letters and decisions", within=True)
def letters(asked: Asked) -> str:
    """The decisions that the case gave and the cover letters to what it got, read as PDFs."""
    assert asked.case is not None
    case, said = str(asked.case.id), ""
    for tab in ("utlamnat", "mottaget"):
        listed = LETTER.findall(asked.page("/utlamnanden/", flik=tab, arende=case))
        for address in dict.fromkeys(listed[:2]):
            kind = "beslut" if tab == "utlamnat" else "missiv"
            response = asked.client.get(f"{address}{kind}.pdf")
            assert response.status_code < 500
            if response["Content-Type"] == "application/pdf":
                said += one_line(response.content)
    return said


# --- programs: what a page hides no call shows ---


@output("interface, cases", within=False, all_of=("ca",))
def api_cases(asked: Asked) -> str:
    """The list of cases, with a key for each role."""
    return programs.shown(asked.client, "/cases?limit=100")


@output("interface, what passes between agencies", within=False)
def api_exchanges(asked: Asked) -> str:
    """Questions, disclosures and receipts."""
    paths = ("/questions", "/disclosures", "/receipts")
    return "".join(programs.shown(asked.client, path) for path in paths)


@output("interface, facts", within=True, all_of=("fa",))
def api_facts(asked: Asked) -> str:
    """All facts of a case, for the purpose of the case."""
    assert asked.case is not None
    path = f"/cases/{asked.case.id}/facts?limit=100"
    return programs.shown(asked.client, path, asked.case.purpose)


@output("interface, a fact that is not the person's to see, by its id", within=True)
def api_fact_by_id(asked: Asked) -> str:
    """Asked for under a case that is the person's, and by its id alone."""
    assert asked.case is not None
    paths = [f"/cases/{asked.case.id}/facts/{one}" for one in asked.hidden[:1]]
    paths += [f"/facts/{one}" for one in asked.shut[:1]]
    return "".join(programs.shown(asked.client, path, asked.case.purpose) for path in paths)
