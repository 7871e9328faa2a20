"""A case rests and goes on, is closed and archived: each state by its act, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connections
from django.urls import reverse

from samsyn.hub.cases.actions import (
    add_file,
    add_subject,
    add_task,
    archive_case,
    close_case,
    confirm_secrecy,
    correct_fact,
    edit_case,
    pause_case,
    pause_clock,
    reopen_case,
    resume_case,
    resume_clock,
    start_clock,
    write_fact,
)
from samsyn.hub.cases.models import Case, ClockPause, Event, Fact, Task
from samsyn.hub.cases.reads_room import room_of
from samsyn.hub.disclosures.actions import decide_and_deliver, prepare_disclosure
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.refusals import Conflict, Invalid, Refused
from samsyn.hub.insight.reads_disposal import due_cases, is_due
from tests.hub.cases.scene import MOST_STATEMENTS, PURPOSE, WEIGHING, Scene, statements
from tests.hub.cases.two_persons import logged, officer

WHY = "Väntar på domen i tingsrätten."


def now(scene: Scene) -> Case:
    """The case as it stands."""
    actor = officer(scene)
    with acting(actor):
        return Case.seen_one(actor, pk=scene.given_case.pk)


def clocks(scene: Scene) -> list[str]:
    """Why each clock stands still; empty for one that runs."""
    actor = officer(scene)
    with acting(actor):
        return [clock.paused for clock in room_of(actor, now_of(actor, scene)).clocks]


def now_of(actor: Any, scene: Scene) -> Case:
    """The case, within a transaction of the actor."""
    return Case.seen_one(actor, pk=scene.given_case.pk)


def test_a_case_that_rests_stops_its_clocks_and_keeps_its_tasks(scene: Scene) -> None:
    actor = officer(scene)
    with acting(actor):
        running = start_clock(actor=actor, case=scene.given_case, what="Beslut", working_days=5)
        waiting = start_clock(actor=actor, case=scene.given_case, what="Svar", working_days=5)
        pause_clock(actor=actor, clock=waiting, reason="Väntar på svar.")
        add_task(actor=actor, case=scene.given_case, what="Ring")
        with pytest.raises(Invalid):
            pause_case(actor=actor, case=scene.given_case, reason=" ")
        pause_case(actor=actor, case=scene.given_case, reason=WHY)
        rests = now_of(actor, scene)
        assert rests.state == "paused"
        assert ClockPause.seen(actor).filter(of_case=True, to_day=None).count() == 2
        assert Task.seen(actor).filter(done_at=None).count() == 1
        for refused in (
            lambda: start_clock(actor=actor, case=rests, what="Ny", working_days=5),
            lambda: resume_clock(actor=actor, clock=running),
        ):
            running.refresh_from_db()
            running.case = rests
            with pytest.raises(Refused):
                refused()
        with pytest.raises(Conflict):
            pause_case(actor=actor, case=rests, reason=WHY)
        with pytest.raises(Conflict):
            archive_case(actor=actor, case=rests)
    assert all(clocks(scene))
    with acting(actor):
        resume_case(actor=actor, case=rests, reason="Domen har kommit.")
    assert now(scene).state == "open"
    # What waited for an answer before still does.
    assert sorted(clocks(scene)) == ["", "Väntar på svar."]
    with acting(actor), pytest.raises(Conflict):
        resume_case(actor=actor, case=rests, reason="En gång till.")
    assert len(logged(scene, "case.pause", "paused")) == 1
    assert len(logged(scene, "case.pause", "resumed")) == 1


def archived(scene: Scene) -> Case:
    """The case, closed and in the archive."""
    actor = officer(scene)
    with acting(actor):
        with pytest.raises(Conflict):
            archive_case(actor=actor, case=scene.given_case)
        close_case(actor=actor, case=scene.given_case, outcome="Bolaget betalade.")
        closed = now_of(actor, scene)
        assert closed.keep_until is None
        assert not is_due(closed, actor.day + timedelta(days=40_000))
        with pytest.raises(Invalid):
            archive_case(actor=actor, case=closed, years=0)
        archive_case(actor=actor, case=closed, years=3)
        return now_of(actor, scene)


def test_the_time_to_be_kept_runs_from_the_archive(scene: Scene) -> None:
    case = archived(scene)
    actor = officer(scene)
    assert case.state == "archived"
    assert case.keep_until == actor.day.replace(year=actor.day.year + 3)
    with acting(actor):
        assert case not in due_cases(actor)
        with pytest.raises(Conflict):
            close_case(actor=actor, case=case, outcome="Igen.")
        with pytest.raises(Refused):
            reopen_case(actor=actor, case=case, reason="Ångrat.")
    later = scene.hub.actor(scene.giver, on=case.keep_until + timedelta(days=1))
    with acting(later):
        assert [one.pk for one in due_cases(later)] == [case.pk]
    assert len(logged(scene, "case.archive", "kept 3 years")) == 1


def test_what_is_archived_is_read_and_not_changed(scene: Scene) -> None:
    case = archived(scene)
    actor = officer(scene)
    with acting(actor):
        fact = Fact.seen_one(actor, pk=scene.given.pk)
        fact.case = case
        for refused in (
            lambda: write_fact(actor=actor, case=case, text="Nytt.", item_kind="tax_debt",
                               activity="taxation"),
            lambda: correct_fact(actor=actor, fact=fact, text="Nytt.", reason="Fel."),
            lambda: add_task(actor=actor, case=case, what="Ring"),
            lambda: start_clock(actor=actor, case=case, what="Beslut", working_days=3),
            lambda: add_subject(actor=actor, case=case, kind="firm", name="Annat AB"),
            lambda: add_file(actor=actor, case=case, name="a.txt", data=b"a", direction="in",
                             counterpart="B"),
            lambda: edit_case(actor=actor, case=case, version=case.version, title="Ny",
                              summary="", purpose=PURPOSE, centre=""),
        ):  # fmt: skip
            with pytest.raises(Refused, match="archived"):
                refused()
        # A stricter mark is no change of what it says.
        confirm_secrecy(actor=actor, fact=fact, secrecy=fact.secrecy, marks=["protected"])
    for statement in (
        "update cases_case set title = 'Ny' where id = %s",
        "insert into cases_task (id, visible_to, case_id, what, name, done_by_name) "
        "select gen_random_uuid(), visible_to, id, 'x', '', '' from cases_case where id = %s",
    ):
        with pytest.raises(DatabaseError, match="archived"), acting(actor):
            connections["default"].cursor().execute(statement, [case.pk])


def test_what_another_agency_sends_takes_it_out_of_the_archive(scene: Scene) -> None:
    there = scene.in_case(scene.receiver, scene.case)
    with acting(there):
        close_case(actor=there, case=scene.case, outcome="Klart.")
        archive_case(actor=there, case=scene.case)
    actor = officer(scene)
    with acting(actor):
        draft = prepare_disclosure(
            actor=actor, case=scene.given_case, receiver="AV", purpose=PURPOSE,
            facts=[Fact.seen_one(actor, pk=scene.kept.pk)],
        )  # fmt: skip
        decide_and_deliver(actor=actor, draft=draft, version=draft.version, weighing=WEIGHING)
    with acting(there):
        case = Case.seen_one(there, pk=scene.case.pk)
        assert (case.state, case.keep_until) == ("closed", None)
        assert Fact.seen(there).filter(case=case).count() == 2


def test_the_pages_lead_from_state_to_state(scene: Scene) -> None:
    client, of_case = scene.client(scene.giver), [scene.given_case.pk]
    room = reverse("cases:room", args=of_case)
    steps = (
        ("cases:pause", {"reason": WHY}, "Lade ärendet vilande", "cases:resume"),
        ("cases:resume", {"reason": "Domen kom."}, "Tog upp ärendet igen", "cases:pause"),
        ("cases:close", {"outcome": "Klart."}, "Avslutade ärendet", "cases:archive"),
        ("cases:archive", {"years": "5"}, "Arkiverade ärendet", ""),
    )
    for name, sent, line, follows in steps:
        address = reverse(name, args=of_case)
        assert address in client.get(room).content.decode()
        form, count = statements(client, address)
        assert form.status_code == 200
        assert count <= MOST_STATEMENTS
        missing = client.post(address, dict.fromkeys(sent, ""))
        assert missing.status_code == 200
        assert client.post(address, sent).status_code == 302
        page = client.get(room).content.decode()
        assert line in page
        assert (reverse(follows, args=of_case) if follows else "läses men ändras inte") in page
        again = client.post(address, sent)
        assert again.status_code == 200, name
    page = client.get(room).content.decode()
    for name in ("cases:edit", "cases:fact-new", "cases:task-new", "cases:reopen", "cases:close"):
        assert reverse(name, args=of_case) not in page, name
    client.cookies["samsyn-language"] = client.cookies["__Host-samsyn-language"] = "en"
    assert "Archived the case" in client.get(room).content.decode()


def test_who_may_not_is_refused(scene: Scene) -> None:
    inspector = scene.client(scene.hub.person("SKV", "inspector"))
    outsider = scene.client(scene.receiver)
    for name in ("cases:pause", "cases:resume", "cases:archive"):
        address = reverse(name, args=[scene.given_case.pk])
        assert inspector.get(address).status_code == 403
        assert outsider.get(address).status_code == 404
    actor = officer(scene)
    with acting(actor):
        assert not Event.seen(actor).filter(act__in=["case.pause", "case.archive"]).exists()
