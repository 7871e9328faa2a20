"""What does the receiver have when something was told, and what is left when it is taken back?

As the functions ``disclosures_deliver``, ``disclosures_mark_read`` and ``disclosures_recall``
leave it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from samsyn.hub.disclosures.assessing import BETWEEN_AGENCIES, WEIGHED
from samsyn.hub.guard.policy import NOBODY
from samsyn.hub.training.asking import end
from samsyn.hub.training.copying import Words
from samsyn.hub.training.exchange_rows import ReceiptRow
from samsyn.hub.training.journal import Act, Place
from samsyn.hub.training.room import Room
from samsyn.hub.training.rooms import told_anew, told_room
from samsyn.hub.training.rows import EntityRow, FactRow, RegisterRow
from samsyn.hub.training.telling import Offer, ask_again, decide, keep_back, refuse
from samsyn.hub.training.texts import words

Rooms = dict[tuple[str, str], Room]
"""Agency and matter → the agency's room in it."""


@dataclass(slots=True)
class Delivery:
    """What was told.

    Attributes:
        there: the receiver's room.
        receipt, line: what came in, and its line in the register.
        copies: the receiver's rows, beside the parts that left.
    """

    offer: Offer
    there: Room
    receipt: ReceiptRow
    line: RegisterRow
    copies: list[tuple[FactRow, EntityRow | None]] = field(default_factory=list)


def settle(offer: Offer, rooms: Rooms, *, favour: bool) -> Delivery | None:
    """Decide: what the law opens leaves, what it does not is refused.

    Args:
        offer: the draft.
        rooms: where the receiver's room is looked for.
        favour: how a weighing ends, where the law asks for one.
    """
    ask_again(offer)
    if offer.leaving and (favour or not offer.weighed):
        return _deliver(offer, rooms)
    blocking = refuse(offer)
    inquiry = offer.inquiry
    if inquiry is not None and inquiry.asked.state == "sent":
        # What opens is no reason to refuse; what makes it secret is.
        secret = list(dict.fromkeys(c for _, item, _ in offer.parts for c in item.secrecy))
        grounds = blocking or secret[:1] or [BETWEEN_AGENCIES]
        end(inquiry, "refused", offer.giver.affair.pick(words()["refusals"]), grounds)
    return None


def _deliver(offer: Offer, rooms: Rooms) -> Delivery:
    entry, row, giver = decide(offer), offer.row, offer.giver
    there = rooms.get((row.receiver, row.matter))
    # What is told from a protection track arrives in one.
    track, staff = giver.key.endswith("/protection"), giver.affair.setting.staff
    if there is not None and there.row.state == "withdrawn":
        told_anew(
            there,
            entry,
            by=giver.agency,
            purpose=row.purpose,
            title=row.told_title,
            text=row.told_words,
            track=track,
        )
    if there is None:
        supported = track and staff.has(row.receiver, "victim_support_coordinator")
        role = "victim_support_coordinator" if supported else "agency_officer"
        officer = staff.find(row.receiver, role, giver.affair.centre, entry.at.date())
        there = told_room(
            giver.affair,
            entry,
            officer,
            matter=row.matter,
            by=giver.agency,
            purpose=row.purpose,
            title=row.told_title,
            text=row.told_words,
            track=track,
        )
        rooms[row.receiver, row.matter] = there
    marks = sorted({cite for fact, *_ in offer.leaving for cite in fact.secrecy})
    line = there.registered(
        entry, "in", row.told_title, row.agency, marks, row.agency, row.exchange, "disclosure"
    )
    receipt = _receipt(offer, there, entry, line.sequence)
    delivery = Delivery(offer, there, receipt, line)
    _copy_all(delivery, entry)
    receipt.answered = {
        item.copy: item.answers for _, item, _ in offer.leaving if item.copy and item.answers
    }
    there.tell(
        entry,
        row.exchange,
        {"items": len(delivery.copies), "ground": row.ground},
        act="disclosure.arrive",
        by=(giver.officer.name, giver.agency),
    )
    _answer(offer, entry)
    giver.register(
        "out", row.told_title, row.receiver, marks=marks, document=row.exchange, kind="disclosure"
    )
    told = {"receiver": row.receiver, "items": len(delivery.copies), "ground": row.ground}
    giver.tell(entry, row.id, told)
    keep_back("left_out", offer, entry)
    return delivery


def _receipt(offer: Offer, there: Room, entry: Act, sequence: int) -> ReceiptRow:
    row = offer.row
    assert row.law_day is not None
    receipt = ReceiptRow(
        id=there.affair.setting.chance.uuid(),
        visible_to=there.key,
        exchange=row.exchange,
        kind=row.kind,
        agency=row.receiver,
        giver=row.agency,
        case_id=there.row.id,
        question=offer.inquiry.asked.exchange if offer.inquiry else None,
        purpose=row.purpose,
        purpose_group=row.purpose_group,
        initiative=row.initiative,
        words=row.told_words,
        weighed=row.outcome == WEIGHED,
        ground=row.ground,
        grounds=row.grounds,
        rulebook=row.rulebook,
        law_day=row.law_day,
        decided_by_name=row.decided_by_name,
        decided_at=entry.at,
        valid_to=row.valid_to,
        received_at=entry.at,
        register_number=Place(there.number, sequence),
        entry=entry,
        items=len(offer.leaving),
    )
    entry.rows.append(receipt)
    there.receipts.append(receipt)
    return receipt


def _copy_all(delivery: Delivery, entry: Act) -> None:
    offer, there = delivery.offer, delivery.there
    made: dict[tuple[str, str], EntityRow] = {}
    for fact, item, _ in offer.leaving:
        key = f"{there.agency}/protection" if fact.visible_to.endswith("/protection") else there.key
        known = offer.giver.entity_of(fact.entity_id)
        entity = None
        if known is not None:
            entity = made.get((key, known.id)) or there.entity_told(known, offer.row, key)
            if entity is None:
                entity = _copy_entity(delivery, known, key, entry)
            made[key, known.id] = entity
        copy = _copy_fact(delivery, fact, item.text, item.grounds, key, entity, entry)
        copy.search = item.search
        item.copy = copy.id
        delivery.copies.append((copy, entity))
        there.copies.append(copy)


def _copy_entity(delivery: Delivery, known: EntityRow, key: str, entry: Act) -> EntityRow:
    row = delivery.offer.row
    entity = EntityRow(
        id=delivery.there.affair.setting.chance.uuid(),
        visible_to=key,
        received_from=row.agency,
        bound_matter=row.matter,
        bound_purpose=row.purpose_group,
        valid_to=row.valid_to,
        kind=known.kind,
        name=known.name,
        number=known.number,
        number_kind=known.number_kind,
        certain=known.certain,
        protected=known.protected,
        address="",
        municipality="",
        made_at=entry.at,
        search=known.search,
    )
    entry.rows.append(entity)
    delivery.there.told_entities.append(entity)
    return entity


def _copy_fact(
    delivery: Delivery,
    fact: FactRow,
    text: str,
    grounds: list[str],
    key: str,
    entity: EntityRow | None,
    entry: Act,
) -> FactRow:
    row, there = delivery.offer.row, delivery.there
    copy = FactRow(
        id=there.affair.setting.chance.uuid(),
        visible_to=key,
        received_from=row.agency,
        bound_matter=row.matter,
        bound_purpose=row.purpose_group,
        valid_to=row.valid_to,
        case_id=there.row.id,
        agency=row.receiver,
        entity_id=entity.id if entity else None,
        item_kind=fact.item_kind,
        subject_kind=fact.subject_kind,
        text=text,
        holder=fact.holder,
        activity=fact.activity,
        secrecy=fact.secrecy,
        marks=fact.marks,
        source="",
        observed_on=fact.observed_on,
        disclosure=row.exchange,
        ground=(grounds or [row.ground])[0],
        common=row.common,
        entry=entry,
        made_at=entry.at,
        made_by_name=row.decided_by_name,
    )
    entry.rows.append(copy)
    return copy


def _answer(offer: Offer, entry: Act) -> None:
    inquiry = offer.inquiry
    if inquiry is None or inquiry.received is None or not offer.row.completes:
        return
    for row in (inquiry.asked, inquiry.received):
        row.state, row.ended_at, row.answer_words = "answered", entry.at, offer.row.told_words
    inquiry.asker.resume_clocks(inquiry.asked.id, entry.at.date())


def read(delivery: Delivery, *, export: bool = False) -> None:
    """Somebody at the receiver reads what came; the giver sees when."""
    ids = [copy.id for copy, _ in delivery.copies]
    if not ids:
        return
    look = delivery.there.act("export.run" if export else "case.read", *ids)
    for _, item, _ in delivery.offer.leaving:
        item.read_at = item.read_at or look.at
        if export:
            item.exported_at = look.at
    delivery.receipt.read_at = delivery.receipt.read_at or look.at


def recall(delivery: Delivery) -> None:
    """Take it back: nobody sees the copies any more, nor what was built on them."""
    offer, there, row = delivery.offer, delivery.there, delivery.offer.row
    giver = offer.giver
    entry = giver.act("disclosure.recall", row.id, detail=f"from {row.receiver}")
    entry.matter, entry.ground = row.matter, row.ground
    was_read = sum(item.read_at is not None for _, item, _ in offer.leaving)
    gone = {copy.id for copy, _ in delivery.copies}
    for fact in [*(copy for copy, _ in delivery.copies), *there.facts]:
        if fact.id in gone or gone.intersection(fact.derived_from):
            fact.visible_to, fact.state = NOBODY, "recalled"
    left = {copy.entity_id for copy in there.copies if copy.visible_to != NOBODY}
    for _, entity in delivery.copies:
        if entity is not None and entity.id not in left:
            entity.visible_to = NOBODY
    delivery.receipt.state = "recalled" if was_read else "withdrawn"
    _take_words_back(delivery)
    others = [other for other in there.receipts if other.state == "received"]
    if there.row.state == "told" and not was_read and not others:
        _close_again(there)
    else:
        name = (giver.officer.name, giver.agency)
        there.tell(entry, row.exchange, {}, act="disclosure.recalled", by=name)
    row.state, row.recalled_at, row.recalled_by_name = "recalled", entry.at, giver.officer.name
    row.recall_reason, row.version = giver.affair.pick(words()["recalls"]), 4
    giver.tell(entry, row.id, {"receiver": row.receiver, "read": was_read})


def _take_words_back(delivery: Delivery) -> None:
    """The words that went along are gone with it, wherever nobody has written them anew."""
    offer, case, row = delivery.offer, delivery.there.row, delivery.offer.row
    gone = f"Återkallat av {row.agency}"
    delivery.receipt.words = delivery.receipt.came_words = ""
    delivery.receipt.answered = {}
    if delivery.receipt.state == "withdrawn":
        delivery.receipt.items = 0
    if offer.inquiry is not None and offer.inquiry.received is not None:
        for question in (offer.inquiry.asked, offer.inquiry.received):
            if question.answer_words == row.told_words:
                question.answer_words = ""
    told_words = bool(case.summary) and case.summary == row.told_words
    if case.origin == "told" and (case.title == row.told_title or told_words):
        case.title = gone if case.title == row.told_title else case.title
        case.summary = "" if case.summary == row.told_words else case.summary
        case.search = Words(numbers=(delivery.there.number,))
    delivery.line.about = gone


def _close_again(there: Room) -> None:
    """A case that only this told of, and that nobody has taken up, is gone again."""
    case = there.row
    case.visible_to, case.state, case.title, case.summary = NOBODY, "withdrawn", "", ""
    case.search = None
    for trace in (*there.traces, *there.receipts):
        trace.visible_to = NOBODY
