"""What are states, outcomes and next steps called, and how is a sentence of the law shown?"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from samsyn.hub.guard.lawwords import CITATION
from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.kernel.text import Text
from samsyn.law.phrases import OUTCOMES, TESTS
from samsyn.law.schema import Code


class Piece(msgspec.Struct, frozen=True):
    """A piece of a sentence: words, or a citation to be written as lawyers write it."""

    text: str
    cite: bool = False


class State(msgspec.Struct, frozen=True):
    """How far something has come.

    Attributes:
        look: which of the states of the desk it looks like.
        name: in words.
        next_step: what there is to do; None when nothing is.
    """

    look: str
    name: Text
    next_step: Text | None = None


def pieces(sentence: str) -> list[Piece]:
    """A sentence in pieces, so that every citation in it can be written as lawyers write it."""
    found: list[Piece] = []
    place = 0
    for match in CITATION.finditer(sentence):
        if match.start() > place:
            found.append(Piece(sentence[place : match.start()]))
        found.append(Piece(match[0], True))
        place = match.end()
    if place < len(sentence):
        found.append(Piece(sentence[place:]))
    return found


RECEIVED = {
    "unplaced": State(
        "new",
        Text(sv="Ny", en="New"),
        Text(sv="Placera i ett ärende", en="Place in a case"),
    ),
    "placed": State(
        "open",
        Text(sv="Prövas", en="Being assessed"),
        Text(sv="Svara eller avslå", en="Answer or refuse"),
    ),
    "partly": State(
        "open",
        Text(sv="Delvis besvarad", en="Partly answered"),
        Text(sv="Lämna resten eller avslå den", en="Give the rest or refuse it"),
    ),
    "answered": State("done", Text(sv="Besvarad", en="Answered")),
    "refused": State("refused", Text(sv="Avslagen", en="Refused")),
    "withdrawn": State("closed", Text(sv="Återtagen av den som frågade", en="Withdrawn by asker")),
}
ASKED = {
    "draft": State(
        "draft",
        Text(sv="Utkast", en="Draft"),
        Text(sv="Läs lagens svar och sänd", en="Read the law's answer and send"),
    ),
    "sent": State(
        "waiting",
        Text(sv="Framme, inte påbörjad", en="Delivered, not begun"),
        Text(sv="Vänta på svar", en="Wait for the answer"),
    ),
    "taken_up": State(
        "waiting",
        Text(sv="Framme, prövas", en="Delivered, being assessed"),
        Text(sv="Vänta på svar", en="Wait for the answer"),
    ),
    "partly": State(
        "waiting",
        Text(sv="Delvis besvarad", en="Partly answered"),
        Text(sv="Läs det som kom, vänta på resten", en="Read what came, wait for the rest"),
    ),
    "answered": State(
        "done", Text(sv="Besvarad", en="Answered"), Text(sv="Läs svaret", en="Read the answer")
    ),
    "refused": State(
        "refused",
        Text(sv="Avslagen", en="Refused"),
        Text(sv="Läs skälen och vad du kan göra", en="Read why, and what you can do"),
    ),
    "withdrawn": State("closed", Text(sv="Återtagen", en="Withdrawn")),
}
GIVEN = {
    "draft": State(
        "draft",
        Text(sv="Utkast", en="Draft"),
        Text(sv="Pröva och besluta", en="Assess and decide"),
    ),
    "awaiting": State(
        "waiting",
        Text(sv="Väntar på kontrasignering", en="Waits for a countersignature"),
        Text(sv="Lämna ut när det är kontrasignerat", en="Disclose when it is countersigned"),
    ),
    "unread": State("waiting", Text(sv="Framme, oläst", en="Delivered, unread")),
    "some_read": State("done", Text(sv="Delvis läst", en="Partly read")),
    "read": State("done", Text(sv="Läst", en="Read")),
    "expired": State(
        "closed",
        Text(sv="Tiden har gått ut", en="Time has run out"),
        Text(sv="Pröva på nytt om det behövs", en="Assess anew if needed"),
    ),
    "recalled": State("closed", Text(sv="Återkallat", en="Recalled")),
    "refused": State("refused", Text(sv="Avslag", en="Refused")),
    "withdrawn": State("closed", Text(sv="Utkastet kastades", en="Draft discarded")),
}
GOT = {
    "unread": State("new", Text(sv="Oläst", en="Unread"), Text(sv="Läs", en="Read")),
    "received": State("done", Text(sv="Läst, kan läsas", en="Read, can be read")),
    "expired": State(
        "closed",
        Text(sv="Tiden har gått ut", en="Time has run out"),
        Text(sv="Fråga igen om det behövs", en="Ask again if needed"),
    ),
    "recalled": State("closed", Text(sv="Återkallat", en="Recalled")),
    "withdrawn": State("closed", Text(sv="Återkallat, oläst", en="Recalled, unread")),
    "over": State(
        "waiting",
        Text(sv="Ändamålet är slut", en="The purpose has ended"),
        Text(sv="Lås eller gallra", en="Lock it or dispose of it"),
    ),
    "locked": State("closed", Text(sv="Låst: ändamålet är slut", en="Locked: purpose ended")),
}
OUTCOME_NAMES = {
    "public": State("done", Text(sv="Får lämnas: offentlig", en="May leave: open to anyone")),
    "must": State("done", Text(sv="Ska lämnas", en="Must be given")),
    "may": State("done", Text(sv="Får lämnas", en="May be given")),
    "may_after_balancing": State(
        "waiting", Text(sv="Får lämnas efter din avvägning", en="May be given after your weighing")
    ),
    "must_not": State("refused", Text(sv="Får inte lämnas", en="Must not be given")),
    "open": State("waiting", Text(sv="Öppen fråga först", en="Open question first")),
}
ASKING_NAMES = {
    "public": Text(sv="Får ställas", en="May be put"),
    "must": Text(sv="Får ställas", en="May be put"),
    "may": Text(sv="Får ställas", en="May be put"),
    "may_after_balancing": Text(
        sv="Får ställas efter en avvägning", en="May be put after a weighing"
    ),
    "must_not": Text(sv="Får inte ställas så här", en="Must not be put like this"),
    "open": Text(sv="Öppen fråga först", en="Open question first"),
}
"""The same outcomes where the item is that one asks."""
CHOICES = {
    "met": Text(sv="ja, uppfyllt: skada kan antas", en="yes, met: harm can be assumed"),
    "not_met": Text(sv="nej, inte uppfyllt", en="no, not met"),
    "not_applicable": Text(sv="bestämmelsen har inget skaderekvisit", en="there is no harm test"),
    "given": Text(sv="ja", en="yes"),
    "by_guardian": Text(sv="ja, genom vårdnadshavare", en="yes, by a guardian"),
    "by_suspected_guardian": Text(
        sv="ja, men genom vårdnadshavare som själv är misstänkt",
        en="yes, but by a guardian who is a suspect",
    ),
    "none": Text(sv="nej", en="no"),
    "normal": Text(sv="normalgraden", en="normal degree"),
    "minor": Text(sv="ringa", en="minor"),
    "gross": Text(sv="grovt", en="gross"),
    "true": Text(sv="ja", en="yes"),
    "false": Text(sv="nej", en="no"),
}
NOT_STATED = Text(sv="inte besvarat", en="not answered")
HARM_ASSUMED = Text(
    sv="inte besvarat (räknas som uppfyllt, det strängaste)",
    en="not answered (taken as met, the strictest)",
)


def outcome_text(outcome: str) -> Text:
    """What the law answers, as a sentence."""
    return OUTCOMES.get(outcome, Text(sv=outcome, en=outcome))


def test_text(test: str) -> Text | None:
    """The test of a weighing; None where there is none."""
    return TESTS[test] if test in TESTS and test != "none" else None


def purposes_bound(group: str) -> list[Text]:
    """The purposes for which something bound to a group may be read."""
    known = current_rulebook().vocabulary.purposes.known.values()
    return [entry.name for entry in known if isinstance(entry, Code) and entry.group == group]


def function_names() -> Mapping[str, Text]:
    """Capacities in which an agency can receive."""
    return {
        code: entry.name for code, entry in current_rulebook().vocabulary.functions.known.items()
    }
