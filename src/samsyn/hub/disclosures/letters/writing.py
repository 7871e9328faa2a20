"""How does a letter get its head, its secrecy marking and its name, and become a PDF?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import override

from samsyn.documents import render
from samsyn.hub.cases.models import Case, RegisterEntry
from samsyn.hub.cases.provisions import provision
from samsyn.hub.cases.serving import attachment
from samsyn.hub.disclosures.phrases import purposes_bound
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.language import reading
from samsyn.hub.guard.lawwords import agency_name, cited, purpose_name
from samsyn.kernel.text import LANGUAGES, Language, Text
from samsyn.law.question import SECRECY_ACT

TEMPLATES = Path(__file__).parent


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter before it is set.

    Attributes:
        template: name of its ``.typ`` file.
        title: what it is, without secret content; its heading and the title of the file.
        agency: code of the agency whose letter it is.
        number: register number it goes by, in its name; empty when it has none.
        at: when it was sent or decided. The same letter gives the same bytes whenever it is made.
        secrecy: provisions that its content may be secret under.
        data: what its template says.
    """

    template: str
    title: Text
    agency: str
    number: str
    at: datetime
    secrecy: list[str]
    data: Mapping[str, Any]


def chosen_language(request: HttpRequest) -> Language:
    """The language asked for in the address, else the reader's."""
    asked = request.GET.get("lang", "")
    return next((one for one in LANGUAGES if one == asked), reading())


def as_pdf(letter: Letter, language: Language) -> HttpResponse:
    """The letter as a file that the browser keeps; nothing secret in its name."""
    stem, number = (
        letter.template,
        "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in letter.number),
    )
    kind = FILE_NAMES[stem].into(language)
    name = f"{kind}-{number or timezone.localtime(letter.at).date()}.pdf"
    response = attachment(letter_pdf(letter, language), name, "application/pdf")
    response.headers["Cache-Control"] = "no-store"
    return response


FILE_NAMES = {
    "request": Text(sv="begaran", en="request"),
    "decision": Text(sv="beslut", en="decision"),
    "cover": Text(sv="missiv", en="cover-letter"),
    "refusal": Text(sv="avslag", en="refusal"),
    "recall": Text(sv="aterkallelse", en="recall"),
}


def letter_pdf(letter: Letter, language: Language) -> bytes:
    """The letter as PDF/UA-1 and PDF/A-2a."""
    at = timezone.localtime(letter.at)
    sender = agency_name(letter.agency, language)
    data = {**letter.data, "agency": sender, "number": letter.number, "day": at.date()}
    with override(language):
        return render(
            TEMPLATES / f"{letter.template}.typ",
            data,
            title=letter.title,
            at=at,
            language=language,
            author=sender,
            marking=_marking(letter, at.date(), language).into(language),
        )


def _marking(letter: Letter, on: date, language: Language) -> Text:
    """The secrecy marking (OSL 5:5): the provision, the day and the agency; none without one."""
    if not letter.secrecy:
        return Text(sv="", en="")
    cites = ", ".join(cite_in(cite, language) for cite in dict.fromkeys(letter.secrecy))
    agency = agency_name(letter.agency, language)
    return Text(
        sv=f"Sekretessmarkering enligt OSL 5 kap. 5 §. Uppgifter i handlingen kan antas vara "
        f"sekretessbelagda enligt {cites}. {agency}, {on}.",
        en=f"Secrecy marking under OSL ch. 5 s. 5. Items in this document can be assumed to be "
        f"secret under {cites}. {agency}, {on}.",
    )


def moment(at: datetime | None) -> str:
    """A day and a time, in Swedish time; nothing for none."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""


def agency(code: str) -> Text:
    """An agency's whole name."""
    return Text(sv=agency_name(code, "sv"), en=agency_name(code, "en"))


def purpose(code: str) -> Text:
    """A purpose in words."""
    return Text(sv=purpose_name(code, "sv"), en=purpose_name(code, "en"))


def cite_in(cite: str, language: Language) -> str:
    """A provision as lawyers write it, kept on one line."""
    return cited(cite, language).replace(" ", "\u00a0")


def in_list(cites: Iterable[str]) -> Text:
    """Provisions as lawyers write them, one after the other."""
    each = list(dict.fromkeys(cites))
    return Text(
        sv=", ".join(cite_in(cite, "sv") for cite in each),
        en=", ".join(cite_in(cite, "en") for cite in each),
    )


def provision_rows(cites: Iterable[str], on: date) -> list[dict[str, Text]]:
    """Each provision with the rulebook's words for it, as of a day."""
    rows = []
    for cite in dict.fromkeys(cites):
        said = provision(cite, on)
        rows.append(
            {
                "cite": Text(sv=cite_in(cite, "sv"), en=cite_in(cite, "en")),
                "title": said.title or Text(sv="", en=""),
                "summary": said.summary or Text(sv="–", en="–"),
            }
        )
    return rows


def purposes_of(group: str) -> list[Text]:
    """The purposes within which something bound to a group may be used."""
    return purposes_bound(group)


def number_of(case: Case | None, registered: str | None) -> str:
    """The register number of a document, else that of its case."""
    return registered or (case.number if case is not None else "")


def marked(actor: Actor, document: UUID) -> list[str]:
    """Provisions that the own register has marked a document with, where the mark stands."""
    lines = RegisterEntry.seen(actor).filter(document=document, mark_lifted_at__isnull=True)
    return [cite for marks in lines.values_list("mark_provision", flat=True) for cite in marks]


def secrecy_in(cites: Iterable[str]) -> list[str]:
    """Those of the provisions that make something secret: OSL chapters 15 to 43."""
    found = []
    for cite in cites:
        act, _, place = cite.partition("/")
        chapter = place.partition(":")[0]
        if act == SECRECY_ACT and chapter.isdigit() and 15 <= int(chapter) <= 43:
            found.append(cite)
    return found
