"""Random officers of random agencies do random acts; after each, everybody sees what they may.

Each step is done through the acts of the hub on a real PostgreSQL. Then what each person sees is
compared with the model, three times over: through both fences, through the fence in the code alone
(as the owner of the database, for whom no row policy holds) and through the fence in the database
alone (without any filter in the query).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import date, timedelta
from typing import Any, ClassVar
from unittest import mock
from uuid import UUID

import hypothesis.strategies as st
import psycopg
from django.db import connections
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import tests.hub.isolation.exchange_outputs  # noqa: F401 -- registers its outputs
from samsyn.hub.cases.actions import assign, open_case, restrict_case, unassign, write_fact
from samsyn.hub.cases.models import Case, CaseMember, Event, Fact, RegisterEntry
from samsyn.hub.cases.models import SealedFile as SealedFileRow
from samsyn.hub.disclosures.actions import (
    decide_and_deliver,
    keep_draft,
    prepare_disclosure,
    recall,
)
from samsyn.hub.disclosures.models import (
    DisclosedFact,
    Disclosure,
    Obstacle,
    Question,
    Receipt,
    Review,
)
from samsyn.hub.disclosures.reviewing.actions import approve, request_countersignature
from samsyn.hub.disclosures.reviewing.rules import review_rules
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import look
from samsyn.hub.guard.context import acting, nobody_yet
from samsyn.hub.guard.models import Account
from samsyn.hub.guard.organisation import Organisation
from samsyn.hub.guard.people import actor_of
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.obstacles.actions import note_never_asked
from samsyn.hub.registry.models import Entity
from tests.hub.isolation.exchanging import Exchanging, no_holder_has_a_round
from tests.hub.isolation.outputs import MARKER, OUTSIDE, WITHIN, Asked, Output
from tests.hub.isolation.world import CaseRow, FactRow, Person, Role, Sent, World
from tests.hub.support import TODAY, Hub, HubServer

GROUPS = {"joint_inspection_plan": "joint_inspection", "detect_rule_breach": "control"}
WEIGHING = "Uppgiften behövs för kontrollen och intresset av den väger över."
TABLES = (
    Case,
    Fact,
    Event,
    RegisterEntry,
    SealedFileRow,
    Entity,
    Disclosure,
    DisclosedFact,
    Receipt,
    Review,
    Obstacle,
    Question,
)
KINDS = {
    "AV": ("inspection_findings", "supervision"),
    "SKV": ("payroll_and_vat_figures", "taxation"),
    "FK": ("benefit_payments", "social_insurance"),
    "PM": ("threat_assessment", "police_intelligence"),
}
ABLE = frozenset({"agency_officer", "victim_support_coordinator"})
RULE = "samsyn.hub.disclosures.reviewing.actions.rule_for"
STAFF = {
    "AV": ("agency_officer", "agency_officer", "victim_support_coordinator", "auditor"),
    "SKV": ("agency_officer", "inspector", "secrecy_lawyer"),
    "FK": ("agency_officer", "agency_administrator"),
    "PM": ("agency_officer", "inspector", "national_coordinator"),
}


class Isolation(Exchanging, RuleBasedStateMachine):
    """The hub and the model side by side."""

    server: ClassVar[HubServer]
    mutation: ClassVar[Callable[[psycopg.Connection[Any]], None] | None] = None
    """Takes a fence of the database down, for the tests of this test."""
    pages: ClassVar[bool] = True
    """Whether people also look at the pages; they take the longest."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.hub: Hub = self.stack.enter_context(self.server.hub())
        if (take_down := type(self).mutation) is not None:
            with self.hub.owner() as owner:
                take_down(owner)
        self.world = World(TODAY)
        self.count = 0
        self.turn = 0
        self.looker = -1
        self.browsers: dict[UUID, Any] = {}
        self.organisation = current_organisation()
        self.left: AbstractContextManager[Any] | None = None

    def teardown(self) -> None:
        """Drop the database."""
        if self.left is not None:
            self.left.__exit__(None, None, None)
        self.stack.close()

    # --- arranging ---

    @initialize()
    def staff(self) -> None:
        """People at four agencies."""
        for agency, roles in STAFF.items():
            for role in roles:
                account = self.hub.person(agency, role)
                self.world.people.append(Person(account.pk, agency, [Role(role)]))
        self.story()

    def story(self) -> None:
        """Some of everything, so that what comes at random comes upon something."""
        officer, colleague, support, _ = (p for p in self.world.people if p.agency == "AV")
        tax = next(p for p in self.world.people if p.agency == "SKV")
        police = next(p for p in self.world.people if p.agency == "PM")
        plan, control = "joint_inspection_plan", "detect_rule_breach"
        giving = self.opens(tax, plan)
        first, second = self.writes(giving, tax), self.writes(giving, tax)
        third = self.writes(giving, tax)
        # Told twice over: for one purpose read and built on, for another with a part left out.
        told = self.discloses(giving, tax, [first], "AV", plan)
        self.discloses(giving, tax, [second, third], "AV", control, leave_out=True)
        taken_back = self.discloses(giving, tax, [third], "AV", plan)
        brief = self.discloses(giving, tax, [second], "AV", plan, days=0)
        assert told is not None
        assert taken_back is not None
        assert brief is not None
        self.reads(told, officer)
        self.builds_on(told, told.copies[0], officer, plan)
        self.builds_on(taken_back, taken_back.copies[0], officer, plan)
        self.recalls(taken_back, tax)
        # Other cases for the same purpose, a restricted one that gets something, the other track.
        other = self.opens(officer, plan)
        self.writes(other, officer)
        self.restricts(other, officer, True)
        closed = self.opens(colleague, plan, restricted=True)
        self.staffs(closed, colleague, officer, off=False)
        self.staffs(closed, colleague, officer, off=True)
        asked = self.discloses(closed, colleague, [self.writes(closed, colleague)], "PM", plan)
        assert asked is not None
        self.restricts(asked.receiver_case, police, True)
        self.discloses(closed, colleague, [self.writes(closed, colleague)], "PM", plan)
        # Asked of several, answered in part, reported on and locked.
        for question in self.asks(other, officer, ["SKV", "PM"]):
            if question.sent and question.holder == "SKV":
                part = self.answers(question, giving, tax, whole=False)
                assert part is not None
                self.reports(part, officer)
                self.locks(part, officer)
                self.answers(question, giving, tax, whole=True)
        track = self.opens(support, plan)
        self.writes(track, support)
        self.next_day()

    def marker(self, kind: str) -> str:
        """A word that stands in one row only."""
        self.count += 1
        return f"mk{kind}{self.count:05d}"

    def actor(self, person: Person) -> Actor:
        """Who the person is today, found out as a request finds it out."""
        with acting(nobody_yet(self.world.day)):
            account = Account.rows.get(pk=person.account)
            return actor_of(account, current_organisation(), self.world.day)

    def within(self, person: Person, case: CaseRow, purpose: str) -> Actor:
        """The person acting in a case for a purpose."""
        return self.actor(person).within(
            case=case.id, matter=case.matter, purpose=purpose, purpose_group=GROUPS[purpose]
        )

    def worker_on(self, case: CaseRow) -> Person | None:
        """Somebody who may act in a case as an officer."""
        for person in self.world.people:
            roles = {
                role.code
                for role in person.roles
                if role.until is None or role.until >= self.world.day
            }
            able = roles & {"agency_officer", "victim_support_coordinator"}
            if able and self.world.sees_case(person, case):
                return person
        return None

    def some_case(self, data: st.DataObject) -> tuple[CaseRow, Person] | None:
        """A case with somebody who may act in it."""
        found = [
            (case, person)
            for case in self.world.cases
            if (person := self.worker_on(case)) is not None
        ]
        return data.draw(st.sampled_from(found)) if found else None

    # --- acts ---

    @rule(data=st.data(), restricted=st.booleans(), purpose=st.sampled_from(sorted(GROUPS)))
    def open(self, data: st.DataObject, restricted: bool, purpose: str) -> None:
        """Somebody opens a case."""
        able = [
            person
            for person in self.world.people
            if person.agency not in self.world.outside
            and person.has(
                frozenset({"agency_officer", "victim_support_coordinator"}), self.world.day
            )
        ]
        if not able:
            return
        self.opens(data.draw(st.sampled_from(able)), purpose, restricted)

    def opens(self, person: Person, purpose: str, restricted: bool = False) -> CaseRow:
        """A person opens a case."""
        actor, marker = self.actor(person), self.marker("ca")
        protection = not person.has(frozenset({"agency_officer"}), self.world.day)
        restricted = restricted and not protection
        with acting(actor):
            case = open_case(actor=actor, title=marker, purpose=purpose, restricted=restricted)
        row = CaseRow(
            case.pk,
            case.matter,
            person.agency,
            marker,
            protection,
            restricted,
            {person.account: None},
            purpose=purpose,
        )
        self.world.cases.append(row)
        return row

    @rule(data=st.data())
    def write(self, data: st.DataObject) -> None:
        """Somebody writes a fact of their own."""
        if (chosen := self.some_case(data)) is None:
            return
        self.writes(*chosen)

    def writes(self, case: CaseRow, person: Person) -> FactRow:
        """A person writes a fact of their own."""
        marker = self.marker("fa")
        kind, activity = KINDS[case.agency]
        actor = self.within(person, case, "joint_inspection_plan")
        with acting(actor):
            fact = write_fact(
                actor=actor,
                case=Case.seen(actor).get(pk=case.id),
                text=said(marker),
                item_kind=kind,
                activity=activity,
                subject_kind="company",
            )
        row = FactRow(fact.pk, case, marker)
        self.world.facts.append(row)
        return row

    @rule(
        data=st.data(),
        receiver=st.sampled_from(sorted(STAFF)),
        purpose=st.sampled_from(sorted(GROUPS)),
        days=st.integers(0, 3),
        leave_out=st.booleans(),
    )
    def disclose(
        self, data: st.DataObject, receiver: str, purpose: str, days: int, leave_out: bool
    ) -> None:
        """Somebody tells another agency some facts, if the law opens them."""
        if (chosen := self.some_case(data)) is None:
            return
        case, person = chosen
        own = [fact for fact in self.world.facts if fact.case is case and not fact.bound]
        if not own or receiver == case.agency or receiver in self.world.outside:
            return
        facts = data.draw(st.lists(st.sampled_from(own), min_size=1, max_size=2, unique_by=id))
        self.discloses(case, person, facts, receiver, purpose, days, leave_out)

    def discloses(
        self,
        case: CaseRow,
        person: Person,
        facts: list[FactRow],
        receiver: str,
        purpose: str,
        days: int = 3,
        leave_out: bool = False,
    ) -> Sent | None:
        """A person tells another agency some facts, if the law opens them."""
        actor = self.within(person, case, purpose)
        valid_to = self.world.day + timedelta(days=days)
        with acting(actor):
            draft = prepare_disclosure(
                actor=actor,
                case=Case.seen(actor).get(pk=case.id),
                receiver=receiver,
                purpose=purpose,
                facts=list(Fact.seen(actor).filter(pk__in=[fact.id for fact in facts])),
                told_title=self.marker("ca"),
            )
            items = list(draft.items.all())
            out = {item.pk for item in items if item.left_out}
            if leave_out and len(items) - len(out) > 1:
                out.add(next(item.pk for item in items if item.pk not in out))
            if len(out) == len(items):
                return None
            done = decide_and_deliver(
                actor=actor,
                draft=draft,
                version=draft.version,
                weighing=WEIGHING,
                left_out=out,
                valid_to=valid_to,
            )
            left = {item.fact_id: item.copy for item in done.items.all() if not item.left_out}
        return self._arrived(case, receiver, done, facts, left, GROUPS[purpose], valid_to)

    @rule(data=st.data(), giver=st.sampled_from(sorted(KINDS)))
    def need(self, data: st.DataObject, giver: str) -> None:
        """Somebody notes that they needed something and did not ask: only their agency sees it."""
        if (chosen := self.some_case(data)) is None or giver == chosen[0].agency:
            return
        case, person = chosen
        actor = self.within(person, case, "joint_inspection_plan")
        with acting(actor):
            note_never_asked(
                actor=actor,
                case=Case.seen(actor).get(pk=case.id),
                giver=giver,
                item_kind=KINDS[giver][0],
                purpose="joint_inspection_plan",
                needed_for="plan_control",
                needed_words=said(case.marker),
            )

    @rule(data=st.data(), receiver=st.sampled_from(sorted(STAFF)), signs=st.booleans())
    def ask_lawyer(self, data: st.DataObject, receiver: str, signs: bool) -> None:
        """Somebody asks for a countersignature, and a lawyer who sees it may sign."""
        if (chosen := self.some_case(data)) is None:
            return
        case, person = chosen
        own = [fact for fact in self.world.facts if fact.case is case and not fact.bound]
        if not own or receiver == case.agency or receiver in self.world.outside:
            return
        self.asks_lawyer(case, person, data.draw(st.sampled_from(own)), receiver)
        if signs:
            self.signs_all(case.agency)

    def asks_lawyer(self, case: CaseRow, person: Person, fact: FactRow, receiver: str) -> None:
        """A person asks for a countersignature, as if a rule wanted one, where the law opens."""
        actor = self.within(person, case, "joint_inspection_plan")
        with acting(actor), mock.patch(RULE, return_value=review_rules().rules[0]):
            draft = prepare_disclosure(
                actor=actor,
                case=Case.seen(actor).get(pk=case.id),
                receiver=receiver,
                purpose="joint_inspection_plan",
                facts=list(Fact.seen(actor).filter(pk=fact.id)),
            )
            leaving = set(draft.items.filter(left_out=False).values_list("pk", flat=True))
            if not leaving:
                return
            keep_draft(
                actor=actor,
                draft=draft,
                version=draft.version,
                leaving=leaving,
                texts={},
                valid_to=draft.valid_to,
                weighing=WEIGHING,
            )
            request_countersignature(actor=actor, draft=draft, version=draft.version)

    def signs_all(self, agency: str) -> None:
        """A lawyer of the agency signs what the lawyer sees."""
        for person in self.world.people:
            lawyer = person.has(frozenset({"secrecy_lawyer"}), self.world.day)
            if person.agency != agency or not lawyer or agency in self.world.outside:
                continue
            actor = self.actor(person)
            with acting(actor):
                waiting = Review.seen(actor).filter(kind="countersign", state="waiting")
                for review in waiting.exclude(asked_by=person.account):
                    approve(actor=actor, review=review, words=WEIGHING)

    def _arrived(
        self,
        case: CaseRow,
        receiver: str,
        done: Disclosure,
        facts: list[FactRow],
        left: dict[UUID, UUID | None],
        group: str,
        valid_to: date,
        matter: UUID | None = None,
    ) -> Sent:
        matter = matter or case.matter
        there = next(
            (row for row in self.world.cases if row.agency == receiver and row.matter == matter),
            None,
        )
        made = there is None
        if there is None:
            row = Case.rows.using("owner").get(agency=receiver, matter=matter)
            there = CaseRow(
                row.pk,
                row.matter,
                receiver,
                done.told_title,
                protection=case.protection,
                purpose=done.purpose,
            )
            self.world.cases.append(there)
        elif there.hidden:
            # All that told of it was taken back unread; it begins anew with this.
            there.hidden, there.restricted, made = False, False, True
            there.marker, there.purpose = done.told_title, done.purpose
        copies = []
        for fact in facts:
            if (copy := left.get(fact.id)) is None:
                continue
            # What lies in the protection track arrives in the protection track.
            place = there if not case.protection else dataclasses.replace(there, protection=True)
            copies.append(FactRow(copy, place, fact.marker, group, valid_to))
        self.world.facts += copies
        sent = Sent(done.pk, case, there, copies, made, done.told_title)
        self.world.sent.append(sent)
        return sent

    @precondition(lambda self: self.world.sent)
    @rule(data=st.data())
    def read(self, data: st.DataObject) -> None:
        """Somebody at the receiver reads what came."""
        sent = data.draw(st.sampled_from(self.world.sent))
        person = self.worker_on(sent.receiver_case)
        if person is None or sent.recalled or not sent.copies:
            return
        self.reads(sent, person)

    def reads(self, sent: Sent, person: Person) -> None:
        """A person at the receiver reads what came."""
        purpose = next(p for p, group in GROUPS.items() if group == sent.copies[0].bound_group)
        actor = self.within(person, sent.receiver_case, purpose)
        with acting(actor):
            seen = list(Fact.seen(actor).filter(pk__in=[copy.id for copy in sent.copies]))
            if seen:
                look(actor, "fact.read", objects=seen)
                with connections["default"].cursor() as cursor:
                    cursor.execute(
                        "select disclosures_mark_read(%s::uuid[], false)",
                        [[fact.pk for fact in seen]],
                    )
                sent.read = True

    @precondition(lambda self: self.world.sent)
    @rule(data=st.data())
    def build_on(self, data: st.DataObject) -> None:
        """Somebody at the receiver writes a note that repeats what came."""
        sent = data.draw(st.sampled_from(self.world.sent))
        person = self.worker_on(sent.receiver_case)
        live = [copy for copy in sent.copies if not copy.hidden]
        if person is None or not live or sent.receiver_case.protection:
            return
        copy = data.draw(st.sampled_from(live))
        purpose = next(p for p, group in GROUPS.items() if group == copy.bound_group)
        if copy.marker not in self.world.visible_facts(
            person, sent.receiver_case, copy.bound_group
        ):
            return
        self.builds_on(sent, copy, person, purpose)

    def builds_on(self, sent: Sent, copy: FactRow, person: Person, purpose: str) -> None:
        """A person at the receiver writes a note that repeats what came."""
        actor, marker = self.within(person, sent.receiver_case, purpose), self.marker("fa")
        kind, activity = KINDS[sent.receiver_case.agency]
        with acting(actor):
            note = write_fact(
                actor=actor,
                case=Case.seen(actor).get(pk=sent.receiver_case.id),
                text=f"{marker}: {said(copy.marker)}, se bilaga",
                item_kind=kind,
                activity=activity,
                subject_kind="company",
            )
        self.world.facts.append(
            FactRow(
                note.pk,
                sent.receiver_case,
                marker,
                copy.bound_group,
                copy.valid_to,
                derived_from=frozenset({copy.id}),
            )
        )

    @precondition(lambda self: self.world.sent)
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        """The giver recalls a disclosure."""
        sent = data.draw(st.sampled_from(self.world.sent))
        person = self.worker_on(sent.giver_case)
        if person is None or sent.recalled:
            return
        self.recalls(sent, person)

    def recalls(self, sent: Sent, person: Person) -> None:
        """The giver recalls a disclosure."""
        actor = self.within(person, sent.giver_case, "joint_inspection_plan")
        with acting(actor):
            given = Disclosure.seen(actor).get(pk=sent.id)
            # A page has read it too, which the model does not follow.
            sent.read = recall(actor=actor, disclosure=given, reason="Fel") > 0
        sent.recalled = True
        gone = {copy.id for copy in sent.copies}
        for fact in self.world.facts:
            if fact.id in gone or fact.derived_from & gone:
                fact.hidden = True
        there = sent.receiver_case
        others = [o for o in self.world.sent if o.receiver_case is there and not o.recalled]
        told = not any(o.giver_case is there for o in self.world.sent)
        came = {copy.id for other in self.world.sent for copy in other.copies}
        written = any(
            fact.case is there and fact.id not in came and not fact.hidden
            for fact in self.world.facts
        )
        if sent.made_case:
            there.marker = ""
        if self._only_told(there) and not others and not sent.read and told and not written:
            there.hidden = True

    def _only_told(self, case: CaseRow) -> bool:
        return bool(Case.rows.using("owner").filter(pk=case.id, state__in=["told", "withdrawn"]))

    @rule(data=st.data(), close=st.booleans())
    def restrict(self, data: st.DataObject, close: bool) -> None:
        """Somebody closes a case to all but those on it, or opens it again."""
        if (chosen := self.some_case(data)) is None:
            return
        case, person = chosen
        if case.protection or case.restricted == close:
            return
        self.restricts(case, person, close)

    def restricts(self, case: CaseRow, person: Person, close: bool) -> None:
        """A person closes a case to all but those on it, or opens it again."""
        actor = self.within(person, case, "joint_inspection_plan")
        with acting(actor):
            restrict_case(actor=actor, case=Case.seen(actor).get(pk=case.id), restricted=close)
        case.restricted = close
        if close:
            case.members[person.account] = None

    @rule(data=st.data(), off=st.booleans())
    def staffing(self, data: st.DataObject, off: bool) -> None:
        """Somebody is put on a case or taken off it."""
        if (chosen := self.some_case(data)) is None:
            return
        case, person = chosen
        colleague = data.draw(
            st.sampled_from([p for p in self.world.people if p.agency == case.agency])
        )
        self.staffs(case, person, colleague, off)

    def staffs(self, case: CaseRow, person: Person, colleague: Person, off: bool) -> None:
        """A person puts a colleague on a case, or takes one off."""
        actor = self.within(person, case, "joint_inspection_plan")
        with acting(actor):
            row = Case.seen(actor).get(pk=case.id)
            member = CaseMember.rows.filter(
                case=row, account=colleague.account, to_day__isnull=True
            ).first()
            if off and member is not None:
                unassign(actor=actor, case=row, member=member)
            elif not off:
                assign(actor=actor, case=row, account=Account.rows.get(pk=colleague.account))
        if off and member is not None:
            # A restricted case closes at once; from another one goes tomorrow.
            gone = timedelta(days=1 if case.restricted else 0)
            case.members[colleague.account] = self.world.day - gone
        elif not off:
            case.members[colleague.account] = None

    # --- time, roles, membership ---

    @rule()
    def next_day(self) -> None:
        """Night falls."""
        self.world.day += timedelta(days=1)

    @rule(data=st.data())
    def role_ends(self, data: st.DataObject) -> None:
        """Today is the last day of somebody's role."""
        person = data.draw(st.sampled_from(self.world.people))
        for role in person.roles:
            role.until = role.until or self.world.day
        with self.hub.owner() as owner, owner.transaction():
            owner.execute("set local session_replication_role = replica")
            owner.execute(
                "update guard_roleassignment set to_day = %s where account_id = %s "
                "and to_day is null",
                [self.world.day, person.account],
            )

    @rule(data=st.data(), code=st.sampled_from(["agency_officer", "secrecy_lawyer", "auditor"]))
    def role_given(self, data: st.DataObject, code: str) -> None:
        """Somebody gets a role."""
        person = data.draw(st.sampled_from(self.world.people))
        person.roles.append(Role(code))
        from uuid import uuid4

        with self.hub.owner() as owner, owner.transaction():
            owner.execute("set local session_replication_role = replica")
            owner.execute(
                "insert into guard_roleassignment (id, account_id, agency, role, centre, from_day)"
                " values (%s, %s, %s, %s, '', %s)",
                [uuid4(), person.account, person.agency, code, date(2018, 1, 1)],
            )

    @rule(agency=st.sampled_from(["FK", "PM"]), leaves=st.booleans())
    def membership(self, agency: str, leaves: bool) -> None:
        """An agency leaves the cooperation, or comes back."""
        (self.world.outside.add if leaves else self.world.outside.discard)(agency)
        if self.left is not None:
            self.left.__exit__(None, None, None)
        outside = frozenset(self.world.outside)
        original = Organisation.is_member

        def is_member(organisation: Organisation, code: str, day: date) -> bool:
            return code not in outside and original(organisation, code, day)

        changed = mock.patch.object(Organisation, "is_member", is_member)
        changed.__enter__()
        self.left = changed

    # --- what everybody sees ---

    @invariant()
    def everybody_sees_what_they_may(self) -> None:
        """Each person, in no case and in each case, through both fences and each alone."""
        self.turn += 2
        for person in self.world.people:
            actor = self.actor(person)
            cases = self.world.visible_cases(person)
            self.compare(person, actor, None, "", {case.marker for case in cases} - {""})
            # Two cases a step, others at the next: over the steps everybody comes everywhere,
            # also where the doors of the hub would not let them in.
            every = self.world.cases
            turn = self.turn % max(len(every), 1)
            for case in (every[turn:] + every[:turn])[:2]:
                for purpose, group in GROUPS.items():
                    inner = actor.within(
                        case=case.id, matter=case.matter, purpose=purpose, purpose_group=group
                    )
                    self.compare(person, inner, case, group, {c.marker for c in cases} - {""})

    @invariant()
    def every_page_shows_no_more(self) -> None:
        """One person a step, through every way out that there is."""
        self.looker += 1
        if not self.pages:
            return
        person = self.world.people[self.looker % len(self.world.people)]
        client, cases = self.browser(person), self.world.visible_cases(person)
        titles_seen = {case.marker for case in cases} - {""}
        named = titles_seen | self.world.visible_titles(person) | self.world.visible_words(person)
        outside = named | self.world.visible_facts(person)
        with mock.patch("django.utils.timezone.localdate", return_value=self.world.day):
            for name, output in OUTSIDE.items():
                self.holds(name, output, Asked(client, None), outside, titles_seen)
            for case in cases[self.looker % max(len(cases), 1) :][:1]:
                seen = self.world.visible_facts(person, case, GROUPS[case.purpose])
                here = {
                    fact.marker
                    for fact in self.world.facts
                    if fact.case.id == case.id and fact.marker in seen
                }
                hidden = tuple(f.id for f in self.world.facts if f.marker not in seen)
                shut = tuple(
                    f.id
                    for f in self.world.facts
                    if f.marker
                    not in self.world.visible_facts(person, f.case, GROUPS[case.purpose])
                )
                asked = Asked(client, case, hidden[-2:], shut[-2:])
                for name, output in WITHIN.items():
                    self.holds(name, output, asked, named | seen, here)

    def holds(
        self, name: str, output: Output, asked: Asked, most: set[str], least: set[str]
    ) -> None:
        """An output shows no more than the person may see, and all it has to."""
        found = output.shown(asked)
        assert found <= most, f"{name} shows {found - most} to somebody at {asked.case}"
        wanted = {marker for marker in least if marker[2:4] in output.all_of}
        assert wanted <= found, f"{name} lacks {wanted - found}"

    def browser(self, person: Person) -> Any:
        """A browser in which the person has signed in."""
        if person.account not in self.browsers:
            self.browsers[person.account] = self.hub.client(self.hub.people[person.account])
        return self.browsers[person.account]

    def compare(
        self, person: Person, actor: Actor, case: CaseRow | None, group: str, cases: set[str]
    ) -> None:
        """One person at one place."""
        facts = self.world.visible_facts(person, case, group)
        where = f"{person.agency} {[role.code for role in person.roles]} in {case} for {group}"
        with acting(actor):
            assert titles(Case.seen(actor)) == cases, f"both fences, cases: {where}"
            assert texts(Fact.seen(actor)) == facts, f"both fences, facts: {where}"
            assert titles(Case.rows.all()) == cases, f"database alone, cases: {where}"
            assert texts(Fact.rows.all()) == facts, f"database alone, facts: {where}"
            if case is None:
                for table in TABLES:
                    self.belongs(table, table.rows.all(), person, where)
                assert no_holder_has_a_round(Question.rows.all()), where
        assert titles(Case.seen(actor).using("owner")) == cases, f"code alone, cases: {where}"
        assert texts(Fact.seen(actor).using("owner")) == facts, f"code alone, facts: {where}"

    def belongs(self, table: Any, rows: Any, person: Person, where: str) -> None:
        """No table shows a row with another key than the person's."""
        for key in set(rows.values_list("visible_to", flat=True)):
            assert key.split("/")[0] == person.agency, f"{table.__name__} {key}: {where}"


def said(marker: str) -> str:
    """The text of a fact: words in a row that stand in no other."""
    return f"{marker} sågs {marker} vid {marker} grinden {marker}"


def titles(rows: Any) -> set[str]:
    """Markers of cases."""
    return set(MARKER.findall(" ".join(rows.values_list("title", flat=True))))


def texts(rows: Any) -> set[str]:
    """Own markers of facts: the first of each text."""
    found = (MARKER.search(text) for text in rows.values_list("text", flat=True))
    return {match.group() for match in found if match}
