"""How does one agency ask another, and what becomes of the question?

As :mod:`samsyn.hub.disclosures.actions.asking` and ``questions`` leave it, on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from json import dumps
from typing import Any

from samsyn.hub.disclosures.actions.asking import ASKED_ABOUT
from samsyn.hub.disclosures.assessing import WEIGHED
from samsyn.hub.disclosures.question_sets import sets_on
from samsyn.hub.training.assessing import Asked
from samsyn.hub.training.copying import Json, Words
from samsyn.hub.training.exchange_rows import QuestionRow
from samsyn.hub.training.journal import Number
from samsyn.hub.training.obstacle_rows import question_refused
from samsyn.hub.training.room import Room
from samsyn.hub.training.rows import RegisterRow
from samsyn.hub.training.texts import Kind, words

ACTIVITY = {
    "AV": "supervision",
    "SKV": "tax_control",
    "PM": "police_intelligence",
    "AF": "labour_market",
    "FK": "social_insurance",
    "MV": "work_permits",
    "EBM": "prosecution",
    "JäMy": "gender_equality",
    "ÅM": "prosecution",
}
"""In which activity an agency asks about a firm."""


@dataclass(slots=True)
class Inquiry:
    """A question on both sides.

    Attributes:
        asker: the asker's room.
        kind: what is asked for.
        asked: the asker's row.
        received: the holder's row, once it is sent.
        registered: the line in the holder's register, not yet in a case.
        ground: on which the question itself tells what it tells.
        secrecy: provisions that make it secret that one asks.
        items: what is asked, when it was made from a set.
    """

    asker: Room
    kind: Kind
    asked: QuestionRow
    ground: str
    secrecy: tuple[str, ...] = ()
    items: list[dict[str, Any]] = field(default_factory=list)
    received: QuestionRow | None = None
    registered: RegisterRow | None = None
    room: Room | None = None

    @property
    def matter(self) -> str:
        """The asker's matter, to which answers are bound."""
        return self.asked.matter


def items_for(kind: str, holder: str, day: date) -> tuple[str, list[dict[str, Any]]]:
    """The set of questions that asks an agency for a kind of fact, and the items that do.

    Its code is empty when no set does.
    """
    for one in sets_on(day):
        asked = [item.kept() for item in one.items if kind in item.kinds]
        if asked and holder in one.agencies:
            return one.code, asked
    return "", []


def draft_question(
    room: Room, holder: str, kind: Kind, *, days: int = 10, together: str | None = None
) -> Inquiry:
    """Write a question; the law is asked whether it may be put.

    Args:
        together: what ties it to the questions that are put to others at once.
    """
    affair, chance = room.affair, room.affair.setting.chance
    firm, activity = affair.business.firm, ACTIVITY[room.agency]
    entry = room.act("question.ask", detail=f"draft to {holder}")
    day = entry.at.date()
    law = affair.setting.law
    secrecy = law.secrecy(room.agency, activity, ASKED_ABOUT, "company", (), day)
    asked = Asked(
        room.agency, activity, ASKED_ABOUT, "company", (), secrecy, holder, room.row.purpose, "own"
    )
    said = law.ask(asked, day)
    weighing = chance.pick(words()["weigh_for"]) if said.outcome == WEIGHED else ""
    entry.ground, entry.rulebook = said.ground, law.version
    about = ", ".join(filter(None, (firm.name, firm.display, firm.address)))
    text = affair.pick(kind.ask)
    code, items = items_for(kind.code, holder, day)
    row = QuestionRow(
        id=chance.uuid(),
        visible_to=room.key,
        exchange=chance.uuid(),
        side="asked",
        state="draft",
        asker=room.agency,
        asker_name=room.officer.name,
        asker_number=room.number,
        holder=holder,
        case_id=room.row.id,
        matter=room.row.matter,
        purpose=room.row.purpose,
        about=about[:240],
        entity=None,
        text=text,
        due_on=room.due(days),
        made_by=room.officer.account,
        made_at=entry.at,
        law=law.asking(asked, day, weighing),
        question_set=code,
        items=Json(dumps(items, ensure_ascii=False)),
        round=together,
        search=Words(about[:240], text, *(item["sv"] for item in items)),
    )
    entry.objects.append(row.id)
    entry.rows.append(row)
    room.tell(entry, row.id, {"holder": holder, "draft": True})
    return Inquiry(room, kind, row, said.ground, secrecy, items)


def send(inquiry: Inquiry) -> None:
    """Send it: the holder has it as come in, and the asker's clocks stand still."""
    room, asked = inquiry.asker, inquiry.asked
    uuid = room.affair.setting.chance.uuid
    entry = room.act("question.ask", asked.id, detail=f"sent to {asked.holder}")
    entry.ground, entry.rulebook = inquiry.ground, room.affair.setting.law.version
    day = entry.at.date()
    number = Number(asked.holder, day)
    entry.numbers.append(number)
    copied = {
        name: getattr(asked, name)
        for name in (
            "exchange asker asker_name asker_number holder matter purpose about text due_on "
            "question_set items"
        ).split()
    }
    inquiry.received = QuestionRow(
        id=uuid(),
        visible_to=asked.holder,
        side="received",
        state="sent",
        case_id=None,
        entity=None,
        made_by=None,
        made_at=entry.at,
        sent_at=entry.at,
        law={"ground": inquiry.ground, "marks": [], "secrecy": sorted(inquiry.secrecy)},
        search=Words(
            asked.about,
            asked.text,
            *(item["sv"] for item in inquiry.items),
            numbers=(number, room.number),
        ),
        **copied,
    )
    inquiry.registered = _came_in(inquiry, number, day, uuid())
    inquiry.registered.registered_at = entry.at
    asked.state, asked.sent_at = "sent", entry.at
    entry.rows += [inquiry.received, inquiry.registered]
    room.tell(entry, asked.id, {"holder": asked.holder, "sent": True})
    room.register(
        "out",
        f"Fråga till {asked.holder}",
        asked.holder,
        about_secret=True,
        document=asked.exchange,
        kind="question",
    )
    room.pause_clocks(f"Fråga till {asked.holder}", asked.id)


def _came_in(inquiry: Inquiry, number: Number, day: date, row: str) -> RegisterRow:
    asked = inquiry.asked
    return RegisterRow(
        id=row,
        visible_to=asked.holder,
        agency=asked.holder,
        case_id=None,
        number=number,
        sequence=1,
        direction="in",
        registered_at=inquiry.asker.affair.pace.now,
        dated=day,
        counterpart=asked.asker,
        about=asked.about[:200],
        counterpart_secret=False,
        about_secret=True,
        mark_provision=[],
        mark_dated=None,
        mark_agency="",
        document=asked.exchange,
        document_kind="question",
    )


def place(inquiry: Inquiry, room: Room) -> None:
    """The holder places the question in a case of its own."""
    received, registered = inquiry.received, inquiry.registered
    assert received is not None
    assert registered is not None
    entry = room.act("question.answer", received.id, detail="placed")
    received.case_id, received.visible_to = room.row.id, room.key
    registered.case_id, registered.visible_to = room.row.id, room.key
    inquiry.room = room
    for row in (received, inquiry.asked):
        row.taken_up_at = entry.at
    room.tell(entry, received.id, {"asker": received.asker, "placed": True})


def end(inquiry: Inquiry, state: str, text: str, grounds: list[str]) -> None:
    """The holder refuses the question, or the asker withdraws it."""
    asked, received = inquiry.asked, inquiry.received
    assert received is not None
    holder = inquiry.room
    by, other = (holder, inquiry.asker) if state == "refused" else (inquiry.asker, holder)
    assert by is not None
    own, code = (received, "question.answer") if by is holder else (asked, "question.ask")
    entry = by.act(code, own.id, detail=state)
    entry.matter = asked.matter
    entry.ground = (grounds or [""])[0]
    for row in (asked, received):
        row.state, row.ended_at, row.answer_words = state, entry.at, text
        row.refusal_grounds = grounds
    if other is not None:
        told = {"grounds": grounds}
        name = (by.officer.name, by.agency)
        other.tell(entry, asked.exchange, told, act=f"question.{state}", by=name)
    by.tell(entry, own.id, {state: True})
    if state == "refused":
        inquiry.asker.refused.append(asked)
        question_refused(by, received, grounds, entry)
    inquiry.asker.resume_clocks(asked.id, entry.at.date())
