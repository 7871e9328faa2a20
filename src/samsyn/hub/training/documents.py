"""Which documents lie in the cases of the demo?

A handful of small ones, drawn here, taken in by the real act as the officer whose case it is: the
store seals them under names drawn by chance, so they are no part of what a seed number decides.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pikepdf
from PIL import Image, ImageDraw

from samsyn.hub.cases.actions.files import add_file
from samsyn.hub.cases.models import Case
from samsyn.hub.guard.actor import SIGN_IN, Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account
from samsyn.hub.guard.people import actor_of
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.training.people import DEMO_PEOPLE, DemoPerson

_NOTES = (
    "Minnesanteckning",
    "Besok pa arbetsplatsen, oanmalt.",
    "Sex personer i arbete, tva lamnade platsen.",
    "Fallskydd saknades pa ostra sidan.",
    "Arbetsledaren kunde inte visa avtal.",
)


def add_documents(today: date) -> int:
    """Lay a note and a photograph in two cases each of two people of the demo.

    Returns:
        How many files were added.
    """
    added = 0
    for person in DEMO_PEOPLE[:2]:
        actor = actor_of_demo(person, today)
        with acting(actor):
            cases = Case.seen(actor).filter(state="open", members__account=person.account)
            chosen = list(cases.order_by("-opened_on", "number")[:2])
        for case in chosen:
            for name, data in (("Minnesanteckning.pdf", a_note()), ("Arbetsplats.png", a_photo())):
                with acting(actor):
                    add_file(
                        actor=actor,
                        case=case,
                        name=name,
                        data=data,
                        direction="drawn_up",
                        secrecy=["2009:400/28:15" if person.agency == "AV" else "2009:400/27:1"],
                    )
                added += 1
    return added


def actor_of_demo(person: DemoPerson, today: date) -> Actor:
    """One of the people of the demo, as of today."""
    knocking = Actor(account=person.account, name="", agency="", keys=(SIGN_IN,), day=today)
    with acting(knocking):
        account = Account.rows.get(pk=person.account)
        return actor_of(account, current_organisation(), today)


def a_note() -> bytes:
    """A page of text as PDF."""
    lines = " T* ".join(f"({line}) Tj" for line in _NOTES)
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        text = f"BT /F1 14 Tf 22 TL 72 760 Td {lines} ET"
        page.Contents = document.make_stream(text.encode("ascii"))
        written = BytesIO()
        document.save(written)
    return written.getvalue()


def a_photo() -> bytes:
    """A scaffold against a house, drawn."""
    picture = Image.new("RGB", (640, 420), "#c9d6df")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((90, 80, 560, 400), fill="#b0846a")
    for left in range(120, 540, 90):
        for top in range(110, 360, 80):
            draw.rectangle((left, top, left + 45, top + 50), fill="#3f5566")
    for height in range(100, 400, 75):
        draw.line((60, height, 590, height), fill="#5b4636", width=6)
    for left in range(60, 600, 88):
        draw.line((left, 60, left, 405), fill="#8a8f94", width=5)
    draw.rectangle((0, 400, 640, 420), fill="#7d7a6a")
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
