"""What lies on the desks of the people of the demo on the day it is started?

Something new, something of their own, something that waits for others and something overdue, all
in the last weeks before that day. Matters of the other agencies' people run beside them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from samsyn.hub.training.accounts import ask_for_recovery, ask_for_role
from samsyn.hub.training.asking import Inquiry, draft_question, place, send
from samsyn.hub.training.days import WorkingDays, at
from samsyn.hub.training.delivering import read, recall, settle
from samsyn.hub.training.people import Officer
from samsyn.hub.training.plots import Matter, some_fact
from samsyn.hub.training.requests import ask_second, decide_second, lifting, opening
from samsyn.hub.training.reviews import tell_reviews
from samsyn.hub.training.room import Room
from samsyn.hub.training.rounds import tell_round
from samsyn.hub.training.setting import Affair, Over, Setting
from samsyn.hub.training.telling import prepare
from samsyn.hub.training.texts import kinds

DAYS: Final = 20
"""Working days before the last one in which all this happens."""
MATTERS: Final = 13
"""Of those the scale counts; the later plots are told besides, which leaves the rest as is."""
CENTRE: Final = "norrkoping"
_AV, _SKV, _MV, _PM, _LAWYER, _SUPPORT, _COORDINATOR, _, _ADMIN, _INSPECTOR, _HEAD = range(1, 12)
_JOINT: Final = "joint_inspection_plan"

_IN_HASTE: Final = 10
_SHELF: Final = 5
"""Firms that were bought together."""

MakeAffair = Callable[[date, str], Affair]


def tell(setting: Setting, days: WorkingDays, affair: MakeAffair) -> None:
    """Tell the last weeks of the people of the demo."""
    desk = _Desk(setting, days, affair)
    for plot in (
        desk.answered_yesterday,
        desk.waiting_for_police,
        desk.question_to_tax_new,
        desk.question_to_tax_late,
        desk.question_to_tax_weighed,
        desk.refused_record,
        desk.permits,
        desk.restricted_investigation,
        desk.question_to_police,
        desk.planned_by_coordinator,
        desk.victims,
        desk.told_of_a_victim,
        desk.for_the_lawyer,
        desk.to_be_signed,
        desk.asked_of_three,
        desk.taken_back,
        desk.inspected,
        desk.bought_off_the_shelf,
    ):
        try:
            plot()
        except Over:
            continue
    desk.asked_of_administrators()


class _Desk:
    """The plots, each a matter of its own."""

    def __init__(self, setting: Setting, days: WorkingDays, affair: MakeAffair) -> None:
        self._setting, self._days, self._make = setting, days, affair

    def _ago(self, count: int) -> date:
        """The working day so many before the last one."""
        return self._days.before(self._setting.last, count) if count else self._setting.last

    def _matter(self, ago: int) -> Matter:
        affair = self._make(self._ago(ago), CENTRE)
        affair.centre = CENTRE
        matter = Matter(affair)
        self._setting.watched.append(matter)
        return matter

    def _who(self, number: int) -> Officer:
        return self._setting.staff.demo(number)

    def _begin(self, matter: Matter, who: Officer, purpose: str, *codes: str) -> Room:
        room = matter.open(who, purpose)
        for code in codes:
            some_fact(matter, room, kinds()[code])
        return room

    def _answer(
        self, matter: Matter, inquiry: Inquiry, who: Officer, purpose: str, ago: int
    ) -> Room:
        """The holder opens a case and finds what was asked for."""
        matter.affair.pace.to(self._ago(ago))
        room = matter.open(who, purpose)
        place(inquiry, room)
        some_fact(matter, room, inquiry.kind)
        some_fact(matter, room, inquiry.kind)
        return room

    def answered_yesterday(self) -> None:
        """AV asked, SKV answered on the last working day; nobody has read it yet."""
        matter = self._matter(14)
        room = self._begin(
            matter, self._who(_AV), _JOINT, "inspection_findings", "site_contractor_chain"
        )
        room.clock("Inspektionsmeddelande efter besök", 15)
        room.task("Skriv ihop iakttagelserna", self._ago(0) + timedelta(days=4))
        matter.affair.pace.to(self._ago(11))
        first = draft_question(room, "SKV", kinds()["employer_declaration_per_worker"])
        send(first)
        holder = self._answer(matter, first, self._who(_SKV), "own_tax_control", 8)
        offer = prepare(holder, "AV", "", holder.facts[-2:], inquiry=first)
        delivered = settle(offer, matter.rooms, favour=True)
        matter.affair.pace.to(self._ago(5))
        if delivered is not None:
            read(delivered)
            room.derive(kinds()["inspection_findings"], room.copies[-1], "SKV")
        second = draft_question(room, "SKV", kinds()["payroll_and_vat_figures"])
        send(second)
        matter.affair.pace.to(self._ago(0))
        place(second, holder)
        fact = some_fact(matter, holder, second.kind)
        settle(prepare(holder, "AV", "", [fact], inquiry=second), matter.rooms, favour=True)

    def waiting_for_police(self) -> None:
        """AV waits for the police; the answer was due yesterday, and a task is overdue."""
        matter = self._matter(13)
        room = self._begin(
            matter, self._who(_AV), _JOINT, "workplace_address", "work_environment_deficiencies"
        )
        room.task("Begär in arbetsmiljöplan", self._ago(2))
        room.task("Boka tolk", self._ago(0) + timedelta(days=2))
        room.clock("Beslut om föreläggande", 8)
        matter.affair.pace.to(self._ago(9))
        inquiry = draft_question(room, "PM", kinds()["threat_assessment"], days=8)
        send(inquiry)
        draft_question(room, "FK", kinds()["benefit_payments"])

    def question_to_tax_new(self) -> None:
        """A question that reached SKV yesterday and lies in no case yet."""
        matter = self._matter(6)
        room = self._begin(matter, self._who(_COORDINATOR), _JOINT, "workplace_fit_for_inspection")
        matter.affair.pace.to(self._ago(0))
        send(draft_question(room, "SKV", kinds()["staff_register_control_findings"], days=6))

    def question_to_tax_late(self) -> None:
        """A question that SKV placed and did not answer in time."""
        matter = self._matter(15)
        room = self._begin(matter, self._who(_PM), _JOINT, "persons_linked_to_building_site")
        matter.affair.pace.to(self._ago(12))
        inquiry = draft_question(room, "SKV", kinds()["tax_debt_and_payroll"], days=8)
        send(inquiry)
        holder = self._answer(matter, inquiry, self._who(_SKV), "own_tax_control", 9)
        holder.task("Svara på frågan om skulder", self._ago(3))

    def question_to_tax_weighed(self) -> None:
        """An answer to MV that takes a weighing lies as a draft at SKV."""
        matter = self._matter(10)
        room = self._begin(matter, self._who(_MV), "permit_case", "revoked_permit")
        matter.affair.pace.to(self._ago(7))
        inquiry = draft_question(room, "SKV", kinds()["bookkeeping_irregularities"], days=12)
        send(inquiry)
        holder = self._answer(matter, inquiry, self._who(_SKV), "own_tax_control", 3)
        matter.affair.pace.to(self._ago(1))
        prepare(holder, "MV", "", holder.facts[-2:], inquiry=inquiry)

    def refused_record(self) -> None:
        """The police refuse a record that no rule opens."""
        matter = self._matter(12)
        room = self._begin(matter, self._who(_AV), _JOINT, "inspection_findings")
        matter.affair.pace.to(self._ago(8))
        inquiry = draft_question(room, "PM", kinds()["criminal_record_extract"])
        send(inquiry)
        holder = self._answer(matter, inquiry, self._who(_PM), "crime_intelligence", 4)
        offer = prepare(holder, "AV", "", holder.facts[-1:], inquiry=inquiry)
        settle(offer, matter.rooms, favour=False)

    def permits(self) -> None:
        """AV tells MV of its own; MV has read it, asks back and has an overdue task."""
        matter = self._matter(11)
        room = self._begin(
            matter, self._who(_AV), _JOINT, "inspection_findings", "lodging_conditions"
        )
        matter.affair.pace.to(self._ago(6))
        offer = prepare(room, "MV", _JOINT, room.facts[:2])
        delivered = settle(offer, matter.rooms, favour=True)
        if delivered is None:
            return
        there = delivered.there
        there.officer = self._who(_MV)
        matter.affair.pace.to(self._ago(4))
        there.take_up()
        read(delivered)
        there.task("Jämför löner med tillstånden", self._ago(1))
        there.task("Ring arbetsgivaren om avtalen", self._ago(0) + timedelta(days=3))
        send(draft_question(there, "AV", kinds()["site_contractor_chain"], days=9))
        matter.affair.pace.to(self._ago(0))
        settle(
            prepare(
                room, "MV", _JOINT, [some_fact(matter, room, kinds()["site_contractor_chain"])]
            ),
            matter.rooms,
            favour=True,
        )

    def restricted_investigation(self) -> None:
        """A restricted case of the police, with an answer from SKV that came yesterday."""
        matter = self._matter(9)
        room = matter.open(self._who(_PM), "crime_intelligence", restricted=True)
        for code in ("persons_linked_to_building_site", "straw_men_and_enablers"):
            some_fact(matter, room, kinds()[code])
        room.task("Gå igenom fordonet", self._ago(1))
        matter.affair.pace.to(self._ago(6))
        inquiry = draft_question(room, "SKV", kinds()["payroll_and_vat_figures"], days=10)
        send(inquiry)
        holder = self._answer(matter, inquiry, self._who(_SKV), "own_tax_control", 2)
        matter.affair.pace.to(self._ago(0))
        offer = prepare(holder, "PM", "", holder.facts[-1:], inquiry=inquiry)
        settle(offer, matter.rooms, favour=True)

    def question_to_police(self) -> None:
        """The police have a new question, and a copy was taken back from them."""
        matter = self._matter(8)
        room = self._begin(matter, self._who(_SKV), _JOINT, "site_contractor_chain")
        matter.affair.pace.to(self._ago(5))
        delivered = settle(prepare(room, "PM", _JOINT, room.facts[:1]), matter.rooms, favour=True)
        if delivered is not None:
            delivered.there.officer = self._who(_PM)
            read(delivered)
            matter.affair.pace.to(self._ago(3))
            recall(delivered)
        matter.affair.pace.to(self._ago(1))
        send(draft_question(room, "PM", kinds()["straw_men_and_enablers"], days=5))

    def planned_by_coordinator(self) -> None:
        """The coordinator plans an inspection: an answer has come, another is overdue."""
        matter = self._matter(16)
        room = self._begin(
            matter,
            self._who(_COORDINATOR),
            _JOINT,
            "workplace_fit_for_inspection",
            "workplace_address",
        )
        room.task("Stäm av bemanning för kontrolldagen", self._ago(2))
        room.task("Boka samlingslokal", self._ago(0) + timedelta(days=5))
        matter.affair.pace.to(self._ago(10))
        send(draft_question(room, "AF", kinds()["wage_subsidy_data"], days=7))
        other = draft_question(room, "MV", kinds()["identity_and_permit_status_of_workers"], days=9)
        send(other)
        holder = self._answer(matter, other, self._who(_MV), "permit_case", 3)
        matter.affair.pace.to(self._ago(0))
        offer = prepare(holder, "AV", "", holder.facts[-2:], inquiry=other)
        settle(offer, matter.rooms, favour=True)

    def victims(self) -> None:
        """The protection track: a person who is exploited, an overdue contact, one told of."""
        matter = self._matter(7)
        room = matter.open(self._who(_SUPPORT), "victim_support", level="protection")
        person = matter.affair.people[0]
        victim = kinds()["victim_identity_and_abuse"]
        fact = room.write_fact(victim, thing=person, marks=("victim",))
        room.write_fact(
            kinds()["victim_phone_and_address"], thing=person, marks=("victim", "protected")
        )
        room.task("Kontakta stödboendet", self._ago(1))
        room.task("Boka tolk", self._ago(0) + timedelta(days=1))
        room.clock("Beslut om betänketid", 5)
        matter.affair.pace.to(self._ago(2))
        offer = prepare(room, "PM", "crime_investigation", [fact], consent=True)
        settle(offer, matter.rooms, favour=True)
        matter.affair.pace.to(self._ago(0))
        prepare(room, "MV", "permit_case", [fact], consent=True)
        send(draft_question(room, "PM", kinds()["threat_assessment"], days=6))
        colleague = self._setting.staff.other(room.officer)
        room.assign(colleague)
        room.officer = colleague
        ask_second(room, "secrecy.lift", lifting(fact))

    def told_of_a_victim(self) -> None:
        """The police's support tells JäMy's of a person; nobody there has taken it up yet."""
        matter = self._matter(4)
        officer = matter.officer("PM", "victim_support_coordinator")
        room = matter.open(officer, "victim_support", level="protection")
        person = matter.affair.people[0]
        fact = room.write_fact(
            kinds()["victim_identity_and_abuse"], thing=person, marks=("victim",)
        )
        matter.affair.pace.to(self._ago(1))
        offer = prepare(room, "JäMy", "victim_support", [fact], consent=True)
        settle(offer, matter.rooms, favour=True)

    def for_the_lawyer(self) -> None:
        """What the secrecy lawyer has to decide with another."""
        matter = self._matter(5)
        room = self._begin(
            matter, self._who(_AV), "own_supervision", "inspection_findings", "prohibition_or_order"
        )
        tip = some_fact(matter, room, kinds()["identity_of_worker_who_complained"])
        lawyer = self._who(_LAWYER)
        room.assign(lawyer)
        room.task("Granska veckans utlämnanden", self._ago(1), by=lawyer)
        room.task(
            "Svara på begäran om allmän handling", self._ago(0) + timedelta(days=2), by=lawyer
        )
        done = ask_second(room, "secrecy.lift", lifting(room.facts[1]))
        matter.affair.pace.to(self._ago(3))
        decide_second(room, done, lawyer, approved=False)
        matter.affair.pace.to(self._ago(0))
        ask_second(room, "secrecy.lift", lifting(room.facts[0]))
        ask_second(room, "tipster.open", opening(room, tip))
        self._disposal_proposed()

    def to_be_signed(self) -> None:
        """The secrecy lawyer's queue: to sign, signed, returned, drawn by chance, learnt from."""
        matter = self._matter(9)
        room = self._begin(matter, self._who(_AV), _JOINT, "work_environment_deficiencies")
        tell_reviews(matter, room, self._who(_LAWYER), [self._ago(day) for day in (6, 3, 1)])

    def asked_of_three(self) -> None:
        """AV asks three at once; SKV has given a part, which AV has used, told of and locked."""
        matter = self._matter(18)
        room = self._begin(matter, self._who(_AV), _JOINT, "inspection_findings")
        tell_round(matter, room, self._who(_SKV), [self._ago(day) for day in (12, 7, 2)])

    def _disposal_proposed(self) -> None:
        """An officer of AV proposes to dispose of an archived case whose time is out."""
        last = self._setting.last
        for old in self._setting.archived:
            if old.agency == "AV" and old.row.keep_until is not None and old.row.keep_until < last:
                old.officer = self._who(_AV)
                old.affair.pace.to(self._ago(0))
                ask_second(old, "disposal.propose", {"case": old.row.id})
                return

    def taken_back(self) -> None:
        """AV tells SKV of the wrong firm in haste, notices it too late, and takes it back."""
        matter = self._matter(7)
        room = self._begin(matter, self._who(_AV), _JOINT, "site_contractor_chain")
        pace = matter.affair.pace
        pace.to(self._ago(4))
        pace.hurry = _IN_HASTE
        delivered = settle(prepare(room, "SKV", _JOINT, room.facts[:1]), matter.rooms, favour=True)
        pace.hurry = 1
        if delivered is not None:
            delivered.there.officer = self._who(_SKV)
            read(delivered)
            pace.to(self._ago(3))
            recall(delivered)

    def inspected(self) -> None:
        """The inspector writes down a visit in a case that the centre head has staffed."""
        matter = self._matter(8)
        room = self._begin(matter, self._who(_COORDINATOR), _JOINT, "workplace_fit_for_inspection")
        inspector, head = self._who(_INSPECTOR), self._who(_HEAD)
        matter.affair.pace.to(self._ago(6))
        room.assign(inspector)
        room.task("Skriv ihop iakttagelserna", self._ago(1), by=inspector)
        room.task("Fotografera fallskydden på östra sidan", self.coming(2), by=inspector)
        room.task("Bestäm vem som leder kontrolldagen", self._ago(0), by=head)
        matter.affair.pace.to(self._ago(2))
        room.officer = inspector
        for code in ("inspection_findings", "work_environment_deficiencies"):
            some_fact(matter, room, kinds()[code])

    def bought_off_the_shelf(self) -> None:
        """Firms with numbers in a row, and a member of their boards called as an inspector is."""
        matter = self._matter(5)
        room = self._begin(matter, self._who(_COORDINATOR), _JOINT, "site_contractor_chain")
        world = self._setting.world
        for firm in world.off_the_shelf(_SHELF):
            room.entity(firm, part="involved")
        found = world.person(certain=True, protected=False)
        first, last = found.name.split()[0], self._who(_INSPECTOR).name.split()[-1]
        room.entity(replace(found, name=f"{first} {last}"), part="involved")

    def coming(self, days: int) -> date:
        """A day soon after the last one."""
        return self._ago(0) + timedelta(days=days)

    def asked_of_administrators(self) -> None:
        """The other administrator waits for the demo's: a role for one, a lost phone of another."""
        staff, last = self._setting.staff, self._setting.last
        admin = staff.other(self._who(_ADMIN))
        journal, chance = self._setting.journal, self._setting.chance
        ask_for_role(self._who(_COORDINATOR), admin, "centre_head", at(last, 600), journal, chance)
        ask_for_recovery(self._who(_INSPECTOR), admin, at(last, 615), journal, chance)
