"""How does one agency tell another what it knows, refuse to, or take it back?

As :mod:`samsyn.hub.disclosures.actions` and the function ``disclosures_deliver`` leave it, on both
sides. What the law does not open does not leave; what asks for a weighing leaves with one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from samsyn.hub.cases.fact_kinds import usual_function
from samsyn.hub.disclosures.actions.deciding import HURDLES
from samsyn.hub.disclosures.actions.preparing import USUAL_DAYS
from samsyn.hub.disclosures.assessing import BETWEEN_AGENCIES, WEIGHED
from samsyn.hub.training.asking import Inquiry
from samsyn.hub.training.assessing import Asked, Said, stated_for
from samsyn.hub.training.copying import Words
from samsyn.hub.training.exchange_rows import DisclosureRow, ItemRow
from samsyn.hub.training.journal import Act
from samsyn.hub.training.obstacle_rows import items_kept_back
from samsyn.hub.training.room import Room, found_by
from samsyn.hub.training.rows import FactRow
from samsyn.hub.training.texts import words


@dataclass(slots=True)
class Offer:
    """What is to be told, with what the law says of each part.

    Attributes:
        giver: the giver's room.
        row: the giver's row.
        entry: the act that leaves the row: of preparing, and once it is decided of deciding.
        parts: the fact, its row in the disclosure and the answer of the law.
        inquiry: the question it answers, if any.
    """

    giver: Room
    row: DisclosureRow
    entry: Act
    parts: list[tuple[FactRow, ItemRow, Said]] = field(default_factory=list)
    inquiry: Inquiry | None = None

    @property
    def leaving(self) -> list[tuple[FactRow, ItemRow, Said]]:
        """The parts that leave if it is decided so."""
        return [part for part in self.parts if not part[1].left_out]

    @property
    def decisive(self) -> Said:
        """The part that asks most before anything may leave."""
        said = (said for *_, said in self.leaving)
        return max(said, key=lambda each: HURDLES.index(each.outcome))

    @property
    def weighed(self) -> bool:
        """Whether the law asks for a weighing."""
        return bool(self.leaving) and self.decisive.outcome == WEIGHED


def prepare(
    giver: Room,
    receiver: str,
    purpose: str,
    facts: list[FactRow],
    *,
    inquiry: Inquiry | None = None,
    common: bool = False,
    existence: bool = False,
    consent: bool = False,
    completes: bool = True,
) -> Offer:
    """A draft, with what the law says of each fact. Nothing leaves yet."""
    affair, setting = giver.affair, giver.affair.setting
    protected = giver.key.endswith("/protection")
    entry = giver.act("disclosure.prepare", detail=f"to {receiver}")
    day = entry.at.date()
    purpose = inquiry.asked.purpose if inquiry else purpose
    said_words = words()
    stated = stated_for(purpose, consent=consent)
    row = DisclosureRow(
        id=setting.chance.uuid(),
        visible_to=giver.key,
        exchange=setting.chance.uuid(),
        kind="existence" if existence else "facts",
        agency=giver.agency,
        receiver=receiver,
        receiver_function=usual_function(receiver),
        case_id=giver.row.id,
        matter=inquiry.matter if inquiry else giver.row.matter,
        question_id=inquiry.received.id if inquiry and inquiry.received else None,
        purpose=purpose,
        purpose_group=setting.law.group(purpose),
        initiative="request" if inquiry else "own",
        told_title=affair.pick(said_words["told_protected" if protected else "told_titles"]),
        told_words="" if protected else affair.pick(said_words["told_words"]),
        facts_stated=stated,
        common=common,
        valid_to=_valid(day, setting.chance.between(0, 9)),
        made_by=giver.officer.account,
        made_at=entry.at,
        completes=completes,
    )
    offer = Offer(giver, row, entry, inquiry=inquiry)
    entry.objects.append(row.id)
    entry.rows.append(row)
    for fact in facts:
        said = setting.law.ask(_asked(fact, offer, stated), day)
        item = _item(fact, offer, said, day)
        offer.parts.append((fact, item, said))
        entry.objects.append(fact.id)
        entry.rows.append(item)
    giver.tell(entry, row.id, {"receiver": receiver, "items": len(facts)})
    return offer


def _valid(day: date, fall: int) -> date:
    """The usual last day; now and then a shorter or longer time is chosen."""
    days = {0: 30, 1: 90, 2: 365, 3: 730}.get(fall, USUAL_DAYS)
    return day + timedelta(days=days)


def _asked(fact: FactRow, offer: Offer, stated: dict[str, object]) -> Asked:
    row = offer.row
    return Asked(
        row.agency,
        fact.activity,
        fact.item_kind,
        fact.subject_kind,
        tuple(fact.marks),
        tuple(fact.secrecy),
        row.receiver,
        row.purpose,
        row.initiative,
        tuple(sorted(stated.items())),
    )


def _answers(fact: FactRow, offer: Offer) -> str:
    """Code of the asked item that a fact of its kind answers; empty when none does."""
    items = offer.inquiry.items if offer.inquiry is not None else []
    return next((str(one["code"]) for one in items if fact.item_kind in one["kinds"]), "")


def _item(fact: FactRow, offer: Offer, said: Said, day: date) -> ItemRow:
    return ItemRow(
        id=offer.giver.affair.setting.chance.uuid(),
        visible_to=fact.visible_to,
        disclosure_id=offer.row.id,
        fact_id=fact.id,
        text=fact.text,
        left_out=not said.opens,
        answers=_answers(fact, offer),
        secrecy=fact.secrecy,
        marks=fact.marks,
        outcome=said.outcome,
        test=said.test,
        duty=said.duty,
        grounds=said.grounds,
        excluded_by=said.excluded_by,
        question=said.question_on(day),
        steps=said.steps,
    )


def decide(offer: Offer) -> Act:
    """Decide that it leaves: the giver's side of the act."""
    giver, row, setting = offer.giver, offer.row, offer.giver.affair.setting
    decisive = offer.decisive
    entry = giver.act("disclosure.decide", row.id, detail=f"to {row.receiver}")
    entry.matter, entry.ground, entry.rulebook = row.matter, decisive.ground, setting.law.version
    entry.objects += [fact.id for fact, *_ in offer.leaving]
    row.state, row.outcome, row.test, row.ground = (
        "delivered",
        decisive.outcome,
        decisive.test,
        decisive.ground,
    )
    row.grounds = list(dict.fromkeys(cite for *_, said in offer.leaving for cite in said.grounds))
    if decisive.outcome == WEIGHED:
        row.weighing, row.weighing_outcome = setting.chance.pick(words()["weigh_for"]), "for"
    row.law_day, row.rulebook = entry.at.date(), setting.law.version
    row.told_search = Words(row.told_title, row.told_words)
    row.decided_by, row.decided_by_name = giver.officer.account, giver.officer.name
    row.decided_at, row.entry = entry.at, entry
    row.version = 3
    _leave_with(entry, offer)
    return entry


def _leave_with(entry: Act, offer: Offer) -> None:
    """Let the row be left by a later act, whose number in the log it names."""
    offer.entry.rows = [row for row in offer.entry.rows if row is not offer.row]
    entry.rows.append(offer.row)
    offer.entry = entry


def ask_again(offer: Offer) -> None:
    """Ask the law about each part on the day of the decision, as for everything that leaves."""
    law, day = offer.giver.affair.setting.law, offer.giver.affair.pace.day
    for place, (fact, item, _) in enumerate(offer.parts):
        said = law.ask(_asked(fact, offer, offer.row.facts_stated), day)
        item.left_out = not said.opens
        item.outcome, item.test, item.duty = said.outcome, said.test, said.duty
        item.grounds, item.excluded_by = said.grounds, said.excluded_by
        item.question, item.steps = said.question_on(day), said.steps
        if not item.left_out:
            item.search = found_by(fact.item_kind, fact.marks, item.text)
        offer.parts[place] = (fact, item, said)


def refuse(offer: Offer) -> list[str]:
    """Decide that nothing leaves. Returns the provisions that stood in the way."""
    giver, row, setting = offer.giver, offer.row, offer.giver.affair.setting
    weighed = any(item.outcome == WEIGHED for _, item, _ in offer.parts)
    blocking = list(dict.fromkeys(cite for _, item, _ in offer.parts for cite in item.excluded_by))
    entry = giver.act("disclosure.decide", row.id, detail="refused")
    entry.objects += [fact.id for fact, *_ in offer.parts]
    entry.matter, entry.rulebook = row.matter, setting.law.version
    entry.ground = (blocking or [BETWEEN_AGENCIES])[0]
    row.state, row.grounds = "refused", blocking
    row.weighing = giver.affair.pick(words()["weigh_against" if weighed else "refusals"])
    row.weighing_outcome = "against" if weighed else ""
    row.law_day, row.rulebook = entry.at.date(), setting.law.version
    row.decided_by, row.decided_by_name = giver.officer.account, giver.officer.name
    row.decided_at, row.version = entry.at, 2
    giver.tell(entry, row.id, {"receiver": row.receiver, "refused": True})
    keep_back("disclosure_refused", offer, entry)
    return blocking


def keep_back(kind: str, offer: Offer, entry: Act) -> None:
    """What did not leave is kept in the obstacle register."""
    items = [
        (item, fact.item_kind)
        for fact, item, _ in offer.parts
        if kind == "disclosure_refused" or item.left_out
    ]
    received = offer.inquiry.received if offer.inquiry else None
    sent = received.sent_at if received else None
    items_kept_back(kind, offer.giver, offer.row, items, entry, sent)
