"""The pages of questions and receipts, each opened from its list, as outputs."""

from __future__ import annotations

import re

from tests.hub.isolation.outputs import Asked, output

QUESTION = re.compile(r'href="(/fragor/[0-9a-f-]{36}/)"')
RECEIPT = re.compile(r'href="(/arenden/[0-9a-f-]{36}/mottaget/[0-9a-f-]{36}/)"')
MOST = 3
"""Opened from each list, so that a step stays quick."""


@output("questions that came in and have no case yet", within=False)
def new_questions(asked: Asked) -> str:
    """The lists, and the page of each question that nobody has placed."""
    said = asked.page("/utlamnanden/", flik="vara", lage="alla")
    listed = asked.page("/utlamnanden/", flik="inkomna", lage="nya")
    opened = list(dict.fromkeys(QUESTION.findall(listed)))[:MOST]
    return said + listed + "".join(asked.page(address) for address in opened)


@output("questions of the case, and how they are answered", within=True)
def questions(asked: Asked) -> str:
    """Both sides; the page on which one answers looks through all own cases."""
    assert asked.case is not None
    said = ""
    for tab in ("inkomna", "vara"):
        listed = asked.page("/utlamnanden/", flik=tab, lage="alla", arende=str(asked.case.id))
        said += listed
        for address in list(dict.fromkeys(QUESTION.findall(listed)))[:MOST]:
            said += asked.page(address)
            if tab == "inkomna":
                said += asked.page(f"{address}avsla/")
                found = {"words": "mkfa0", "do": "search", "completes": "whole"}
                said += asked.client.post(f"{address}svara/", found).content.decode()
    return said


@output("what the case received, its report and its proof", within=True)
def receipts(asked: Asked) -> str:
    """The list, and everything on the newest of it."""
    assert asked.case is not None
    case = str(asked.case.id)
    listed = asked.page("/utlamnanden/", flik="mottaget", lage="alla", arende=case)
    said = listed + asked.page("/utlamnanden/", flik="mottaget", lage="slut", arende=case)
    for address in list(dict.fromkeys(RECEIPT.findall(listed)))[:MOST]:
        said += asked.page(address)
        said += "".join(asked.page(f"{address}{part}") for part in ("rapportera/", "las/bevis/"))
    return said


@output("how one asks", within=True)
def asking(asked: Asked) -> str:
    """The form, which offers the facts of the case that words may tell."""
    return asked.of_case("fraga/") + asked.of_case("fraga/?mall=suitable_workplace")
