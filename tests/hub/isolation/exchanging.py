"""Acts of the desk between agencies, beside the model: ask a round, answer, report back, lock."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import hypothesis.strategies as st
from hypothesis.stateful import precondition, rule

from samsyn.hub.cases.models import Case
from samsyn.hub.disclosures.actions import (
    Asked,
    answer_question,
    decide_and_deliver,
    draft_round,
    lock_received,
    place_question,
    report_back,
    send_question,
)
from samsyn.hub.disclosures.actions.asking import may_be_sent
from samsyn.hub.disclosures.models import Disclosure, Question, Receipt
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.refusals import Refused
from tests.hub.isolation.world import AskedRow, CaseRow, FactRow, Person, Sent, World

PLAN = "joint_inspection_plan"
WEIGHING = "Uppgiften behövs för kontrollen och intresset av den väger över."
HELD_IN = {
    "AV": "supervision",
    "SKV": "taxation",
    "FK": "social_insurance",
    "PM": "police_intelligence",
}


class Exchanging:
    """Rules that a state machine takes in beside its own."""

    world: World

    def within(self, person: Person, case: CaseRow, purpose: str) -> Actor:
        """As the machine has it."""
        raise NotImplementedError

    def worker_on(self, case: CaseRow) -> Person | None:
        """As the machine has it."""
        raise NotImplementedError

    def some_case(self, data: st.DataObject) -> tuple[CaseRow, Person] | None:
        """As the machine has it."""
        raise NotImplementedError

    def marker(self, kind: str) -> str:
        """As the machine has it."""
        raise NotImplementedError

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
        raise NotImplementedError

    # --- ask ---

    @rule(data=st.data())
    def ask(self, data: st.DataObject) -> None:
        """Somebody asks two agencies at once; what the law does not open stays a draft."""
        if (chosen := self.some_case(data)) is None or chosen[0].protection:
            return
        others = [
            code for code in HELD_IN if code != chosen[0].agency and code not in self.world.outside
        ]
        if len(others) > 1:
            self.asks(*chosen, data.draw(st.permutations(others))[:2])

    def asks(self, case: CaseRow, person: Person, holders: list[str]) -> list[AskedRow]:
        """A person asks several agencies at once."""
        actor, marker = self.within(person, case, PLAN), self.marker("qu")
        rows = []
        with acting(actor):
            drafts = draft_round(
                actor=actor,
                case=Case.seen(actor).get(pk=case.id),
                holders=holders,
                asked=Asked(text=marker, activity=HELD_IN[case.agency], purpose=PLAN),
            )
            for question in drafts:
                sent = may_be_sent(question)
                if sent:
                    send_question(actor=actor, question=question, weighing=WEIGHING)
                rows.append(AskedRow(question.exchange, marker, case, question.holder, sent=sent))
        self.world.asked += rows
        return rows

    @precondition(lambda self: self.world.asked)
    @rule(data=st.data(), whole=st.booleans())
    def answer(self, data: st.DataObject, whole: bool) -> None:
        """A holder places a question in a case and answers it, whole or in part."""
        asked = data.draw(st.sampled_from(self.world.asked))
        if not asked.sent or asked.ended or asked.holder in self.world.outside:
            return
        cases = [asked.placed] if asked.placed is not None else self.world.cases
        found = [
            (case, person)
            for case in cases
            if case.agency == asked.holder
            and not case.protection
            and (person := self.worker_on(case)) is not None
            and self.world.sees_question(person, asked)
        ]
        if found:
            self.answers(asked, *data.draw(st.sampled_from(found)), whole)

    def answers(self, asked: AskedRow, case: CaseRow, person: Person, whole: bool) -> Sent | None:
        """A person answers a question with a fact of a case, where the law opens one."""
        if asked.case.agency in self.world.outside:
            return None
        actor = self.within(person, case, PLAN)
        own = [fact for fact in self.world.facts if fact.case is case and not fact.bound]
        valid_to = self.world.day + timedelta(days=3)
        words = self.marker("wo")
        with acting(actor):
            question = Question.seen(actor).get(exchange=asked.exchange, side="received")
            if asked.placed is None:
                place_question(
                    actor=actor, question=question, case=Case.seen(actor).get(pk=case.id)
                )
                asked.placed = case
            if not own:
                return None
            question = Question.seen(actor).select_related("case").get(pk=question.pk)
            draft = answer_question(
                actor=actor,
                question=question,
                chosen={own[0].id: ""},
                completes=whole,
                told_words=words,
            )
            self.world.words.append((words, case, None))
            if draft.items.filter(left_out=True).exists():
                return None
            done = decide_and_deliver(
                actor=actor,
                draft=draft,
                version=draft.version,
                weighing=WEIGHING,
                valid_to=valid_to,
            )
            left = {item.fact_id: item.copy for item in done.items.all()}
        asked.ended = whole
        sent = self._arrived(
            case,
            asked.case.agency,
            done,
            own[:1],
            left,
            "joint_inspection",
            valid_to,
            asked.case.matter,
        )
        sent.title = ""
        self.world.words.append((words, sent.receiver_case, sent))
        return sent

    # --- afterwards ---

    @precondition(lambda self: self.world.sent)
    @rule(data=st.data())
    def report(self, data: st.DataObject) -> None:
        """A receiver tells what came of it, where the law opens that."""
        sent = data.draw(st.sampled_from(self.world.sent))
        person = self.worker_on(sent.receiver_case)
        if person is not None and not sent.recalled and not sent.reported:
            self.reports(sent, person)

    def reports(self, sent: Sent, person: Person) -> None:
        """A person tells what came of what was given."""
        actor, words = self.within(person, sent.receiver_case, PLAN), self.marker("re")
        with acting(actor):
            receipt = self._receipt(actor, sent)
            try:
                report_back(
                    actor=actor,
                    receipt=receipt,
                    code="no_use",
                    activity=HELD_IN[sent.receiver_case.agency],
                    words=words,
                    weighing=WEIGHING,
                )
            except Refused:
                return
        sent.reported = True
        self.world.words += [(words, sent.giver_case, None), (words, sent.receiver_case, sent)]

    @precondition(lambda self: self.world.sent)
    @rule(data=st.data())
    def lock(self, data: st.DataObject) -> None:
        """A receiver locks what came."""
        sent = data.draw(st.sampled_from(self.world.sent))
        person = self.worker_on(sent.receiver_case)
        if person is not None and not sent.recalled and not sent.locked:
            self.locks(sent, person)

    def locks(self, sent: Sent, person: Person) -> None:
        """A person locks what came."""
        actor = self.within(person, sent.receiver_case, PLAN)
        with acting(actor):
            lock_received(actor=actor, receipt=self._receipt(actor, sent))
        sent.locked = True
        gone = {copy.id for copy in sent.copies}
        for fact in self.world.facts:
            if fact.id in gone or fact.derived_from & gone:
                fact.hidden = True

    def _receipt(self, actor: Actor, sent: Sent) -> Receipt:
        exchange = Disclosure.rows.using("owner").values_list("exchange", flat=True)
        return Receipt.seen(actor).select_related("case").get(exchange=exchange.get(pk=sent.id))


def no_holder_has_a_round(rows: Any) -> bool:
    """Whether what ties the questions of a round stands with the asker alone (abuse case 19)."""
    return not rows.filter(side="received", round__isnull=False).exists()
