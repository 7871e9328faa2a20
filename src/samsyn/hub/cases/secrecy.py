"""Which secrecy does a fact have, as the rulebook proposes it?"""

from __future__ import annotations

import re
from datetime import date

from samsyn.hub.guard.refusals import Invalid
from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.kernel.citations import Citation, CitationError
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Text
from samsyn.law.question import SECRECY_ACT

MARKS = ("victim", "child", "protected", "tip_giver", "may_not_be_told")
"""Handling marks. The first three are marks of the law's subject; a tip-giver is a fact of the
question; the last is the officer's own: nothing leaves until somebody has taken it off."""
MARK_NAMES = {
    "victim": Text(sv="utsatt person", en="victim"),
    "child": Text(sv="barn", en="child"),
    "protected": Text(sv="skyddade personuppgifter", en="protected personal data"),
    "tip_giver": Text(sv="pekar ut tipsare", en="points to a tip-giver"),
    "may_not_be_told": Text(sv="får inte lämnas vidare", en="may not be passed on"),
}
_NOBODY = "JOURNALIST"


def propose_secrecy(
    *,
    holder: str,
    activity: str,
    item_kind: str,
    subject_kind: str,
    marks: tuple[str, ...] = (),
    received_from: str = "",
    on: date,
) -> tuple[str, ...]:
    """The provisions that usually make such a fact secret at its holder on a day.

    A person confirms them; they are only proposed. Asked of the law as if anybody wanted the
    fact, since secrecy does not depend on who asks.
    """
    rulebook = current_rulebook()
    raw: dict[str, object] = {
        "on": on,
        "giver": holder,
        "activity": activity or None,
        "item_kind": item_kind or None,
        "subject": subject_of(subject_kind, marks),
        "receiver": _NOBODY,
        "receiver_function": "private",
        "purpose": "transparency",
        "initiative": "request",
        "facts": {"received_from": received_from} if received_from else {},
    }
    try:
        answer = rulebook.ask(rulebook.read(raw))
    except FieldError:
        return ()
    return tuple(dict.fromkeys(secrecy.text for secrecy in answer.case.secrecy))


def subject_of(subject_kind: str, marks: tuple[str, ...]) -> dict[str, object]:
    """The subject of a question to the law, from a fact's kind of subject and marks."""
    subject: dict[str, object] = {
        mark: True for mark in ("victim", "child", "protected") if mark in marks
    }
    if subject_kind in ("person", "company"):
        subject["kind"] = subject_kind
    return subject


_SHORT = re.compile(
    r"(?:OSL\s*)?(\d+)\s*(?:kap\.?\s*|:)(\d+\s*[a-z]?)\s*§?(?P<rest>(?:\s+(?:st|p|m)\d+\w?)*)",
    re.IGNORECASE,
)


def _in_full(text: str) -> str:
    """``OSL 27:1``, ``27:1`` and ``OSL 27 kap. 1 §`` as the citation they mean."""
    short = _SHORT.fullmatch(text.strip())
    if short is None:
        return text
    section = short[2].replace(" ", "").lower()
    return f"{SECRECY_ACT}/{short[1]}:{section}{short['rest'].lower()}"


def read_secrecy(citations: list[str] | tuple[str, ...]) -> list[str]:
    """Provisions an officer has confirmed, in their normal form.

    Raises:
        Invalid: if one is no section of the secrecy act.
    """
    found = []
    for text in citations:
        try:
            citation = Citation.parse(_in_full(text))
        except CitationError:
            citation = None
        if citation is None or citation.sfs != SECRECY_ACT or not citation.section:
            raise Invalid(
                "secrecy",
                Text(
                    sv=f"”{text}” är ingen sekretessbestämmelse; skriv som OSL 27:1.",
                    en=f"“{text}” is no secrecy provision; write it as OSL 27:1.",
                ),
            )
        found.append(str(citation))
    return list(dict.fromkeys(found))
