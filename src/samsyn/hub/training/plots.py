"""How does a matter go, from the opening of a case to its end?

Each plot is a sequence of acts with time between them. Time may run out at any of them; what is
then under way stays so, and that is how drafts, unanswered questions and overdue tasks come about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from samsyn.hub.disclosures.assessing import BETWEEN_AGENCIES
from samsyn.hub.training.asking import Inquiry, draft_question, end, place, send
from samsyn.hub.training.delivering import Delivery, Rooms, read, recall, settle
from samsyn.hub.training.ending import archive, done_by_now
from samsyn.hub.training.people import Officer
from samsyn.hub.training.room import Room
from samsyn.hub.training.rooms import open_room
from samsyn.hub.training.rows import FactRow
from samsyn.hub.training.setting import Affair, Over
from samsyn.hub.training.telling import prepare
from samsyn.hub.training.texts import Kind, kinds, words
from samsyn.hub.training.world import Thing

JOINT_ACT: Final = date(2024, 7, 1)
"""From when on the act on joint inspections (2024:307) opens what the general clause left shut."""
USUAL_PURPOSE: Final = {
    "AV": "own_supervision",
    "SKV": "own_tax_control",
    "PM": "crime_intelligence",
    "AF": "labour_market_case",
    "FK": "prevent_wrong_payment",
    "MV": "permit_case",
    "EBM": "crime_investigation",
    "JäMy": "victim_support",
    "ÅM": "crime_investigation",
}
# Which agencies are asked by whom, each as often as its weight says.
_ASKED: Final = {
    "AV": {"SKV": 6, "PM": 3, "AF": 3, "MV": 3, "FK": 2},
    "SKV": {"AV": 5, "AF": 3, "PM": 3, "EBM": 2, "FK": 2, "MV": 1},
    "PM": {"AV": 4, "SKV": 5, "MV": 4, "FK": 2, "AF": 2},
    "AF": {"SKV": 5, "AV": 3, "FK": 2},
    "FK": {"SKV": 5, "AF": 3, "AV": 2},
    "MV": {"SKV": 6, "AV": 3, "PM": 1},
    "EBM": {"SKV": 5, "AV": 2, "PM": 3},
    "JäMy": {"PM": 3, "MV": 2, "AV": 2},
    "ÅM": {"PM": 5, "SKV": 2, "AV": 2},
}
_LOCKED: Final = frozenset(
    {
        "criminal_record_extract",
        "bank_data_received_under_tax_treaty_restricting_use",
        "posting_data_received_from_foreign_authority_under_eu_act",
        "identity_of_worker_who_complained",
    }
)
_OF_PROTECTION: Final = frozenset({"victim_identity_and_abuse", "victim_phone_and_address"})
_NOMINATION: Final = "workplace_fit_for_inspection"


@dataclass(slots=True)
class Matter:
    """A matter under way.

    Attributes:
        rooms: the rooms of all agencies in it.
        own: rooms that holders have opened of their own, by agency.
    """

    affair: Affair
    rooms: Rooms = field(default_factory=dict)
    own: dict[str, Room] = field(default_factory=dict)

    def chance(self, share: float) -> bool:
        """Does it happen, at this share of times?"""
        return self.affair.setting.chance.happens(share)

    def officer(self, agency: str, role: str = "agency_officer") -> Officer:
        """Somebody at an agency on the day reached."""
        affair = self.affair
        return affair.setting.staff.find(agency, role, affair.centre, affair.pace.day)

    def open(self, officer: Officer, purpose: str, **how: object) -> Room:
        """An officer opens a case in it and says whom it is about."""
        room = open_room(self.affair, officer, purpose, **how)  # type: ignore[arg-type]
        self.rooms[room.agency, room.row.matter] = room
        self.own[room.agency] = room
        if room.key.endswith("/protection"):
            return room
        business = self.affair.business
        room.entity(business.firm)
        if self.chance(0.6):
            room.entity(business.workplace, part="workplace")
        if self.affair.things and self.chance(0.3):
            room.entity(self.affair.things[0], part="involved")
        return room

    def holder_room(self, agency: str) -> Room:
        """The case of its own in which an agency answers."""
        room = self.own.get(agency)
        if room is not None and room.row.state == "open":
            return room
        purpose = USUAL_PURPOSE[agency]
        return self.open(self.officer(agency), purpose)


def kinds_at(agency: str) -> list[Kind]:
    """What an agency writes down in its case work."""
    kept = [kind for kind in kinds().values() if agency in kind.holders]
    return [kind for kind in kept if kind.code not in _OF_PROTECTION | _LOCKED]


def _asked_for(matter: Matter, holder: str) -> Kind:
    """What an agency is asked for: now and then what a lock of its own protects."""
    chance = matter.affair.setting.chance
    locked = [kinds()[code] for code in sorted(_LOCKED) if holder in kinds()[code].holders]
    if locked and chance.happens(0.08):
        return chance.pick(locked)
    return chance.pick([kind for kind in kinds_at(holder) if kind.ask])


def some_fact(matter: Matter, room: Room, kind: Kind | None = None) -> FactRow:
    """A fact of a kind, about the firm or about one of the persons."""
    chance = matter.affair.setting.chance
    chosen = kind or chance.pick(kinds_at(room.agency))
    people = matter.affair.people
    thing: Thing | None = None
    if chosen.subject == "person":
        thing = people[0] if chance.happens(0.5) else chance.pick(people)
    marks: tuple[str, ...] = ("tip_giver",) if chosen.code.startswith("identity_of_worker") else ()
    if kind is None and chance.happens(0.02):
        marks = (*marks, "may_not_be_told")
    return room.write_fact(chosen, thing=thing, marks=marks)


def begin(matter: Matter, officer: Officer, purpose: str, *, restricted: bool = False) -> Room:
    """Open the case, write down what is known and plan the work."""
    affair = matter.affair
    room = matter.open(officer, purpose, restricted=restricted)
    chance = affair.setting.chance
    for _ in range(chance.between(2, 5)):
        some_fact(matter, room)
    if matter.chance(0.12) and officer.agency == "AV":
        some_fact(matter, room, kinds()["identity_of_worker_who_complained"])
    if matter.chance(0.06) and officer.agency == "AV":
        some_fact(
            matter, room, kinds()["posting_data_received_from_foreign_authority_under_eu_act"]
        )
    if matter.chance(0.55):
        what = affair.pick(words()["tasks"], holder="kollega")
        room.task(what, room.due(chance.between(3, 15)))
    if matter.chance(0.35):
        clock = chance.pick(words()["clocks"])
        room.clock(clock["what"], clock["days"])
    if matter.chance(0.3):
        colleague = affair.setting.staff.find(
            officer.agency, "agency_officer", "stockholm", affair.pace.day
        )
        if colleague.account != officer.account:
            room.assign(colleague)
    if matter.chance(0.4):
        room.register("drawn_up", affair.pick(words()["documents"])[:200])
    return room


def ask_one(matter: Matter, room: Room, holder: str, kind: Kind | None = None) -> Delivery | None:
    """Ask an agency, and what comes of it."""
    chance, pace = matter.affair.setting.chance, matter.affair.pace
    asked_for = kind or _asked_for(matter, holder)
    inquiry = draft_question(room, holder, asked_for, days=chance.between(5, 15))
    if matter.chance(0.04):
        return None
    pace.wait(0, 2)
    send(inquiry)
    if matter.chance(0.06):
        pace.wait(2, 9)
        end(inquiry, "withdrawn", "", [])
        return None
    pace.wait(1, 7)
    return answer(matter, inquiry, matter.holder_room(holder))


def answer(matter: Matter, inquiry: Inquiry, room: Room) -> Delivery | None:
    """The holder places the question, finds what there is and decides."""
    chance, pace = matter.affair.setting.chance, matter.affair.pace
    place(inquiry, room)
    if matter.chance(0.08):
        pace.wait(1, 5)
        end(inquiry, "refused", matter.affair.pick(words()["refusals"]), [BETWEEN_AGENCIES])
        return None
    facts = [some_fact(matter, room, inquiry.kind)]
    facts += [some_fact(matter, room, inquiry.kind) for _ in range(chance.between(1, 3))]
    for _ in range(chance.between(0, 2)):
        some_fact(matter, room)
    pace.wait(0, 4)
    offer = prepare(room, inquiry.asker.agency, "", facts, inquiry=inquiry)
    pace.wait(0, 4)
    delivery = settle(offer, matter.rooms, favour=favours(matter))
    if delivery is not None:
        afterwards(matter, delivery)
    return delivery


def favours(matter: Matter) -> bool:
    """How a weighing ends: more often for telling since the law says that telling is the rule."""
    return matter.chance(0.9 if matter.affair.pace.day >= JOINT_ACT else 0.45)


def offer_own(matter: Matter, room: Room, receiver: str, purpose: str, *, existence: bool) -> None:
    """Tell another agency without being asked: an object, or what one knows of it."""
    chance, pace = matter.affair.setting.chance, matter.affair.pace
    if existence and room.agency in kinds()[_NOMINATION].holders:
        facts = [some_fact(matter, room, kinds()[_NOMINATION])]
    else:
        existence = False
        told = [fact for fact in room.facts if fact.state == "current"]
        told = [
            fact for fact in told if "may_not_be_told" not in fact.marks and not fact.bound_matter
        ]
        facts = chance.some(told, 3)
    if not facts:
        return
    offer = prepare(room, receiver, purpose, facts, existence=existence)
    pace.wait(0, 3)
    delivery = settle(offer, matter.rooms, favour=favours(matter))
    if delivery is not None:
        afterwards(matter, delivery)


def afterwards(matter: Matter, delivery: Delivery) -> None:
    """The receiver reads it, builds on it, or it is taken back."""
    pace, there = matter.affair.pace, delivery.there
    protected = any(copy.visible_to.endswith("/protection") for copy, _ in delivery.copies)
    if matter.chance(0.02):
        pace.wait(0, 1)
        recall(delivery)
        return
    if matter.chance(0.06) and not pace.long_ago:
        return
    pace.wait(0, 4)
    if there.row.state == "told" and (matter.chance(0.75) or pace.long_ago):
        there.take_up()
    if protected:
        read(delivery)
        return
    read(delivery, export=matter.chance(0.03))
    if there.row.state == "open" and matter.chance(0.25):
        giver = delivery.offer.giver.agency
        there.derive(
            matter.affair.setting.chance.pick(kinds_at(there.agency)), there.copies[-1], giver
        )
    if matter.chance(0.04):
        pace.wait(1, 8)
        recall(delivery)


def tell_all(matter: Matter, room: Room, fact: FactRow, purpose: str) -> None:
    """Give one fact to everybody in the matter, so that it is common."""
    others = [
        agency for agency, of in matter.rooms if of == room.row.matter and agency != room.agency
    ]
    for receiver in others:
        offer = prepare(room, receiver, purpose, [fact], common=True)
        delivery = settle(offer, matter.rooms, favour=True)
        if delivery is not None and matter.chance(0.8):
            read(delivery)


def carry_on(matter: Matter, room: Room, rounds: int) -> None:
    """Ask others, tell others, do what was to be done, and close."""
    chance, pace, affair = matter.affair.setting.chance, matter.affair.pace, matter.affair
    joint = affair.setting.law.group(room.row.purpose) == "joint_inspection"
    for _ in range(rounds):
        pace.wait(1, 6)
        holder = chance.weighted(_ASKED[room.agency])
        if chance.happens(0.72):
            ask_one(matter, room, holder)
        else:
            purpose = room.row.purpose if joint else USUAL_PURPOSE[holder]
            offer_own(matter, room, holder, purpose, existence=joint and chance.happens(0.5))
        if room.open_tasks and chance.happens(0.6):
            room.finish(room.open_tasks[0])
    own = [fact for fact in room.facts if fact.state == "current" and not fact.bound_matter]
    if joint and own and chance.happens(0.2) and "may_not_be_told" not in own[0].marks:
        tell_all(matter, room, own[0], room.row.purpose)
    pace.wait(2, 12)
    if chance.happens(0.08) and own:
        room.correct(own[-1], affair.pick(words()["corrections"]))
    some_fact(matter, room)
    if chance.happens(0.3):
        what = affair.pick(words()["tasks"], holder="kollega")
        room.task(what, room.due(chance.between(2, 20)))
    finish(matter)


def finish(matter: Matter) -> None:
    """Close what is done; some cases rest, some stay open."""
    chance, pace = matter.affair.setting.chance, matter.affair.pace
    for room in [*matter.rooms.values()]:
        fate = chance.weighted({"close": 76, "pause": 7, "open": 17})
        if room.row.state == "open" and pace.long_ago and fate != "close":
            done_by_now(room)
        if room.row.state != "open" or fate == "open":
            continue
        pace.wait(1, 15)
        if fate == "pause":
            room.rest("Väntar på ett avgörande i domstol.")
            continue
        room.close(matter.affair.pick(words()["outcomes"]))
        if room.row.closed_on is not None and room.row.closed_on < date(2024, 1, 1):
            archive(room, chance.happens(0.5))


def joint(matter: Matter) -> None:
    """A joint inspection is planned, carried out or followed up."""
    chance = matter.affair.setting.chance
    opener = chance.weighted({"AV": 9, "SKV": 5, "PM": 4, "AF": 2, "FK": 1, "MV": 1, "EBM": 1})
    purpose = chance.weighted(
        {"joint_inspection_plan": 7, "joint_inspection_followup": 2, "joint_inspection_execute": 1}
    )
    officer = matter.officer(opener)
    room = begin(matter, officer, purpose, restricted=chance.happens(0.02))
    carry_on(matter, room, chance.weighted({1: 5, 2: 4, 3: 1}))


def alone(matter: Matter) -> None:
    """An agency works on its own case and asks others on the way."""
    chance = matter.affair.setting.chance
    opener = chance.weighted({"AV": 3, "SKV": 3, "FK": 3, "AF": 3, "MV": 3})
    room = begin(matter, matter.officer(opener), USUAL_PURPOSE[opener])
    carry_on(matter, room, chance.weighted({0: 1, 1: 6, 2: 3}))


def crime(matter: Matter) -> None:
    """Law enforcement maps or investigates; some of its cases are restricted."""
    chance = matter.affair.setting.chance
    opener = chance.weighted({"PM": 6, "EBM": 4, "ÅM": 2})
    purpose = (
        "crime_intelligence" if chance.happens(0.5) and opener == "PM" else "crime_investigation"
    )
    room = begin(matter, matter.officer(opener), purpose, restricted=chance.happens(0.25))
    carry_on(matter, room, chance.weighted({1: 6, 2: 3}))


def protection(matter: Matter) -> None:
    """People who are exploited get support, apart from the control."""
    chance, pace = matter.affair.setting.chance, matter.affair.pace
    opener = chance.weighted({"JäMy": 6, "AV": 1, "PM": 2})
    officer = matter.officer(opener, "victim_support_coordinator")
    room = matter.open(officer, "victim_support", level="protection")
    victim = kinds()["victim_identity_and_abuse"]
    person = matter.affair.people[0]
    facts = [room.write_fact(victim, thing=person, marks=("victim",))]
    pace.wait(1, 5)
    facts.append(room.write_fact(victim, thing=person, marks=("victim",)))
    if opener == "JäMy":
        room.write_fact(
            kinds()["victim_phone_and_address"], thing=person, marks=("victim", "protected")
        )
    room.task("Boka tolk", room.due(chance.between(2, 8)))
    if chance.happens(0.6):
        pace.wait(1, 6)
        receiver = "PM" if opener != "PM" else "JäMy"
        purpose = "crime_investigation" if receiver == "PM" else "victim_support"
        offer = prepare(room, receiver, purpose, facts[:1], consent=True)
        pace.wait(0, 2)
        delivery = settle(offer, matter.rooms, favour=True)
        if delivery is not None:
            afterwards(matter, delivery)
    pace.wait(5, 30)
    if chance.happens(0.5):
        room.close(matter.affair.pick(words()["outcomes"][-1:]))
    elif pace.long_ago:
        done_by_now(room)


PLOTS: Final[dict[Callable[[Matter], None], int]] = {joint: 56, alone: 20, crime: 18, protection: 6}


def run(matter: Matter, plot: Callable[[Matter], None]) -> None:
    """Tell a matter until it ends or time runs out."""
    try:
        plot(matter)
    except Over:
        return
