"""My day: what needs me, in five lists and few statements; a day of their own for the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import uuid4

import msgspec
from django.db import connections
from django.test.utils import CaptureQueriesContext

from samsyn.hub.cases.actions import add_task, finish_task, open_case, pause_clock, start_clock
from samsyn.hub.cases.models import Case, Clock, Task
from samsyn.hub.desk.reads import day_of
from samsyn.hub.desk.reads_office import office_day
from samsyn.hub.disclosures.actions import (
    decide_and_deliver,
    draft_question,
    prepare_disclosure,
    send_question,
)
from samsyn.hub.disclosures.models import Question
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import LogEntry
from samsyn.kernel.working_days import add_working_days
from tests.hub.disclosures.conftest import WEIGHING, Two, two
from tests.hub.support import Hub

__all__ = ["two"]

PLAN = "joint_inspection_plan"


def on(actor: Actor, days: int) -> Actor:
    """The same person some days later."""
    return msgspec.structs.replace(actor, day=actor.day + timedelta(days=days))


def titles(lines: Sequence[object]) -> list[str]:
    return [line.title for line in lines]  # type: ignore[attr-defined]


def ask(two: Two, due: date | None = None) -> Question:
    with acting(two.receiver):
        question = draft_question(
            actor=two.receiver,
            case=two.asking,
            holder="SKV",
            text="Vilka löner redovisas?",
            activity="supervision",
            due_on=due,
        )
        send_question(actor=two.receiver, question=question, weighing=WEIGHING)
    return question


def give(two: Two) -> None:
    with acting(two.giver):
        draft = prepare_disclosure(
            actor=two.giver, case=two.case, receiver="AV", purpose=PLAN, facts=[two.fact],
            told_title="Underlag om löner",
        )  # fmt: skip
        decide_and_deliver(actor=two.giver, draft=draft, version=draft.version, weighing=WEIGHING)


# --- the lists -----------------------------------------------------------------------------------


def test_a_case_that_was_told_is_new_until_it_is_taken_up(two: Two) -> None:
    give(two)
    with acting(two.receiver):
        assert titles(day_of(two.receiver).new) == ["Underlag om löner"]
        assert titles(day_of(two.receiver).mine) == ["Kvarteret Lönnen"]


def test_what_was_received_is_new_until_somebody_has_read_it(two: Two) -> None:
    give(two)
    with acting(two.receiver):
        told = Case.seen(two.receiver).get(matter=two.case.matter)
    with two.hub.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        owner.execute("update cases_case set state = 'open' where id = %s", [told.pk])
    with acting(two.receiver):
        (line,) = day_of(two.receiver).new
        assert (line.agency, line.what.sv) == ("SKV", "Mottaget")
    assert two.av.get(f"/arenden/{told.pk}/uppgifter/").status_code == 200
    with acting(two.receiver):
        assert day_of(two.receiver).new == []


def test_a_question_is_new_there_and_waited_for_here_with_whom(two: Two) -> None:
    ask(two)
    with acting(two.receiver):
        (line,) = day_of(two.receiver).waiting
        assert (line.agency, line.state.sv) == ("SKV", "Framme, inte påbörjad")  # type: ignore[union-attr]
    with acting(two.giver):
        (line,) = day_of(two.giver).new
        assert (line.agency, line.what.sv) == ("AV", "Fråga")


def test_a_question_past_its_day_is_overdue_where_it_is_to_be_answered(two: Two) -> None:
    ask(two, due=two.receiver.day + timedelta(days=2))
    late = on(two.giver, 5)
    with acting(late):
        day = day_of(late)
        assert [line.late for line in day.late] == [True]
        assert day.new == []
        assert day.next == day.late[0]


def test_a_task_is_overdue_after_its_day_and_gone_when_done(two: Two) -> None:
    with acting(two.giver):
        task = add_task(
            actor=two.giver, case=two.case, what="Ring platschefen", due_on=two.giver.day
        )
        assert titles(day_of(two.giver).clocks) == ["Ring platschefen"]
    tomorrow = on(two.giver, 1)
    with acting(tomorrow):
        assert titles(day_of(tomorrow).late) == ["Ring platschefen"]
        finish_task(actor=tomorrow, task=Task.seen(tomorrow).get(pk=task.pk))
        assert day_of(tomorrow).late == []


def test_a_clock_counts_working_days_and_stands_still_while_paused(two: Two) -> None:
    with acting(two.giver):
        clock = start_clock(actor=two.giver, case=two.case, what="Svar", working_days=3)
    last = add_working_days(two.giver.day, 3)
    for then, left in ((two.giver.day, 3), (last, 0), (add_working_days(last, 1), -1)):
        later = msgspec.structs.replace(two.giver, day=then)
        with acting(later):
            day = day_of(later)
            (line,) = [*day.late, *day.clocks]
            assert (line.left, line.late) == (left, left < 0)
    with acting(two.giver):
        pause_clock(
            actor=two.giver, clock=Clock.seen(two.giver).get(pk=clock.pk), reason="frågan är ute"
        )
    with acting(later):
        (line,) = day_of(later).clocks
        assert line.paused == "frågan är ute"


def test_the_last_things_one_did_are_ones_own_and_one_a_case(two: Two) -> None:
    with acting(two.giver):
        add_task(actor=two.giver, case=two.case, what="Ring")
        (edit,) = day_of(two.giver).edited
        assert (edit.case.pk, edit.said.sv) == (two.case.pk, "Att göra: Ring")
    colleague = two.hub.officer("SKV")
    with acting(colleague):
        assert day_of(colleague).edited == []


def test_next_is_the_first_that_is_late_then_what_is_new(two: Two) -> None:
    give(two)
    with acting(two.receiver):
        day = day_of(two.receiver)
        assert day.next == day.new[0]
    nobody = two.hub.officer("PM")
    with acting(nobody):
        assert day_of(nobody).next is None


# --- the page ------------------------------------------------------------------------------------


def test_statements_do_not_grow_with_the_day(two: Two) -> None:
    give(two)
    ask(two, due=two.receiver.day)
    counts = []
    for rows in (0, 12):
        with acting(two.receiver):
            for number in range(rows):
                case = open_case(actor=two.receiver, title=f"Ärende {number}", purpose=PLAN)
                add_task(actor=two.receiver, case=case, what="Ring", due_on=two.receiver.day)
                start_clock(actor=two.receiver, case=case, what="Svar", working_days=5)
        with CaptureQueriesContext(connections["default"]) as caught:
            page = two.av.get("/")
        assert page.status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 15, counts


def test_the_page_has_one_way_on_and_logs_what_it_showed(two: Two) -> None:
    give(two)
    page = two.av.get("/").content.decode()
    assert len(re.findall(r'class="ds-button"(?! data-variant)', page)) == 1
    assert "Öppna nästa" in page
    with acting(two.receiver):
        entry = LogEntry.rows.filter(act="case.read", detail="my day").get()
        assert str(two.asking.pk) in entry.objects.split()


def test_an_empty_day_says_what_will_stand_where(hub: Hub) -> None:
    page = hub.client(hub.person("AV")).get("/").content.decode()
    for said in ("Inget nytt.", "Du arbetar inte med något ärende.", "Du väntar inte på någon."):
        assert said in page


# --- those who work on no cases ------------------------------------------------------------------


def test_an_administrator_sees_what_to_decide_and_what_ends(hub: Hub) -> None:
    ending = hub.person(
        "AV", "agency_officer", name="Slutar Snart", to_day=hub.today + timedelta(days=9)
    )
    hub.person("SKV", "agency_officer", name="Annan", to_day=hub.today + timedelta(days=9))
    account = hub.person("AV", "agency_administrator")
    actor = hub.actor(account)
    with hub.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        owner.execute(
            "insert into guard_twopersonrequest (id, visible_to, act, about, reason, asked_by, "
            "asked_by_name, asked_at, decided_by_name, outcome, decision_reason) values "
            "(%s, 'AV/people', 'role.raise', %s, 'Behövs', %s, 'Kollega', now(), '', '', '')",
            [
                uuid4(),
                f'{{"account": "{ending.pk}", "role": "auditor"}}',
                uuid4(),
            ],
        )
    with acting(actor):
        day = office_day(actor)
        assert [item.own for item in day.requests or []] == [False]
        assert day.decidable is not None
        assert [item.account.name for item in day.ending or []] == ["Slutar Snart"]
        assert day.anomalies is None
    page = hub.client(account).get("/").content.decode()
    assert "Slutar Snart" in page
    assert "Annan" not in page


def test_an_auditor_sees_what_was_refused_at_the_own_agency(hub: Hub) -> None:
    auditor, officer = hub.person("AV", "auditor"), hub.person("AV")
    stranger = hub.person("SKV")
    for who in (officer, officer, stranger):
        assert hub.client(who).get(f"/arenden/{uuid4()}/").status_code == 404
    actor = hub.actor(auditor)
    with acting(actor):
        found = {item.said.en: item.rows for item in office_day(actor).anomalies or []}
    assert found["Asked for something hidden or gone"] == 2


def test_a_national_coordinator_sees_the_centres(hub: Hub) -> None:
    page = hub.client(hub.person("PM", "national_coordinator")).get("/").content.decode()
    assert "Center i dag" in page
    assert "Umeå" in page


def test_each_office_page_keeps_to_its_statements(hub: Hub) -> None:
    for role in ("agency_administrator", "auditor", "national_coordinator"):
        client = hub.client(hub.person("AV", role))
        client.get("/hjalp/")
        with CaptureQueriesContext(connections["default"]) as caught:
            assert client.get("/").status_code == 200
        assert len(caught) <= 15, role


def test_who_has_no_role_today_is_told_whom_to_turn_to(hub: Hub) -> None:
    account = hub.person("AV", "agency_officer", to_day=date(2020, 1, 1))
    page = hub.client(account).get("/").content.decode()
    assert "Du har ingen roll i dag." in page
