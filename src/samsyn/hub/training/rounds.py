"""A question to three agencies at once, answered in part, reported on and locked at last.

As :mod:`samsyn.hub.disclosures.actions.ending` and the functions it calls leave it.
"""

from __future__ import annotations

from datetime import date

from samsyn.hub.disclosures.actions.ending import FOLLOW_UP, JOINT
from samsyn.hub.disclosures.assessing import WEIGHED
from samsyn.hub.disclosures.question_sets import known_questions
from samsyn.hub.guard.policy import NOBODY
from samsyn.hub.training.asking import ACTIVITY, draft_question, place, send
from samsyn.hub.training.assessing import Asked
from samsyn.hub.training.copying import Proof
from samsyn.hub.training.delivering import Delivery, read, settle
from samsyn.hub.training.exchange_rows import ReceiptRow
from samsyn.hub.training.journal import Act
from samsyn.hub.training.people import Officer
from samsyn.hub.training.plots import Matter, some_fact
from samsyn.hub.training.room import Room
from samsyn.hub.training.telling import prepare
from samsyn.hub.training.texts import kinds, words

HOLDERS = ("SKV", "PM", "EBM")
KIND = "bookkeeping_irregularities"
REPORTED = "Det avgjorde vilken dag vi åkte ut."


def tell_round(matter: Matter, room: Room, answers: Officer, days: list[date]) -> None:
    """Ask three; one gives a part, which is used, told of and locked, and has more to give.

    Args:
        answers: who answers for the first of them.
        days: when it is asked, answered, and over; in order.
    """
    asked_on, answered_on, over_on = days
    matter.affair.pace.to(asked_on)
    together = matter.affair.setting.chance.uuid()
    asked = [
        draft_question(room, holder, kinds()[KIND], days=12, together=together)
        for holder in HOLDERS
    ]
    for inquiry in asked:
        send(inquiry)
    matter.affair.pace.to(answered_on)
    holder = matter.open(answers, "own_tax_control")
    place(asked[0], holder)
    facts = [some_fact(matter, holder, kinds()[KIND]) for _ in range(2)]
    offer = prepare(holder, room.agency, "", facts[:1], inquiry=asked[0], completes=False)
    first = settle(offer, matter.rooms, favour=True)
    second = settle(
        prepare(holder, room.agency, "", facts[1:], inquiry=asked[0], completes=False),
        matter.rooms,
        favour=True,
    )
    matter.affair.pace.to(over_on)
    for delivery in filter(None, (first, second)):
        read(delivery)
    if first is not None:
        report_back(first, "used_in_planning", REPORTED)
        end_purpose(first)
        lock(first)


def report_back(delivery: Delivery, code: str, text: str) -> None:
    """The receiver tells the giver what came of it."""
    there, receipt, row = delivery.there, delivery.receipt, delivery.offer.row
    entry = there.act("disclosure.report", receipt.id, detail=code)
    law, day = there.affair.setting.law, entry.at.date()
    tells, activity = known_questions().reports[code].tells, ACTIVITY[there.agency]
    said = law.ask(
        Asked(
            there.agency,
            activity,
            tells,
            "company",
            (),
            law.secrecy(there.agency, activity, tells, "company", (), day),
            receipt.giver,
            FOLLOW_UP if receipt.purpose_group == JOINT else receipt.purpose,
            "own",
        ),
        day,
    )
    entry.ground, entry.rulebook = said.ground, law.version
    for told in (receipt, row):
        told.came_of_it, told.came_words, told.came_at = code, text, entry.at
    receipt.came_by_name = there.officer.name
    by = (there.officer.name, there.agency)
    delivery.offer.giver.tell(entry, row.exchange, {"code": code}, act="disclosure.reported", by=by)
    weighing = there.affair.setting.chance.pick(words()["weigh_for"])
    there.tell(
        entry,
        receipt.id,
        {
            "giver": receipt.giver,
            "code": code,
            "weighing": weighing if said.outcome == WEIGHED else "",
        },
    )


def end_purpose(delivery: Delivery) -> None:
    """The receiver says that the purpose has ended."""
    there, receipt = delivery.there, delivery.receipt
    entry = there.act("disclosure.lock", receipt.id, detail="purpose ended")
    receipt.ended_on = entry.at.date()
    there.tell(entry, receipt.id, {"giver": receipt.giver, "ended": receipt.ended_on.isoformat()})


def lock(delivery: Delivery) -> None:
    """The receiver locks what came: nobody reads it any more, nor what was built on it."""
    there, receipt, row = delivery.there, delivery.receipt, delivery.offer.row
    entry = there.act("disclosure.lock", receipt.id, detail="locked")
    entry.ground = receipt.ground
    copies = [copy for copy, _ in delivery.copies]
    gone = {copy.id for copy in copies}
    built = [fact for fact in there.facts if gone.intersection(fact.derived_from)]
    _written_with(receipt, entry)
    receipt.lock_proof = Proof(entry, {fact.id: fact.text for fact in (*copies, *built)})
    for fact in (*copies, *built):
        fact.visible_to, fact.state = NOBODY, "locked"
    left = {copy.entity_id for copy in there.copies if copy.visible_to != NOBODY}
    for _, entity in delivery.copies:
        if entity is not None and entity.id not in left:
            entity.visible_to = NOBODY
    receipt.state, receipt.locked_at, receipt.locked_by_name = (
        "locked",
        entry.at,
        there.officer.name,
    )
    receipt.words = receipt.came_words = ""
    receipt.answered = {}
    by = (there.officer.name, there.agency)
    delivery.offer.giver.tell(entry, row.exchange, {}, act="disclosure.locked", by=by)
    there.tell(entry, receipt.id, {"giver": receipt.giver, "locked": True})


def _written_with(receipt: ReceiptRow, entry: Act) -> None:
    """Let the row be written with the act whose number its proof names, not with its own."""
    came = receipt.entry
    assert isinstance(came, Act)
    came.rows = [row for row in came.rows if row is not receipt]
    entry.rows.append(receipt)
