"""Has each of the twelve people of the demo something to do on the day it is started?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from samsyn.hub.cases.models import Case, Clock, Fact, Task
from samsyn.hub.disclosures.models import Disclosure, Precedent, Question, Receipt, Review
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account, LogEntry, TwoPersonRequest
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.training.people import DEMO_PEOPLE, DemoPerson
from tests.hub.support import TODAY
from tests.hub.training.conftest import Trained

AV, SKV, MV, PM, LAWYER, SUPPORT, COORDINATOR, AUDITOR, ADMIN, INSPECTOR, HEAD, NATION = DEMO_PEOPLE
AT_CASES = (AV, SKV, MV, PM, COORDINATOR)
LAST_DAYS = TODAY - timedelta(days=4)


def sees(trained: Trained, person: DemoPerson) -> Actor:
    account = trained.rows(
        "select id, name, agency, is_active from guard_account where id = %s", person.account
    )[0]
    found = Account(id=account[0], name=account[1], agency=account[2], is_active=account[3])
    return trained.hub.actor(found)


def test_people_of_all_nine_roles_and_of_different_sight() -> None:
    assert len({person.account for person in DEMO_PEOPLE}) == 12
    assert {person.role for person in DEMO_PEOPLE} == set(current_organisation().roles)
    assert {person.agency for person in DEMO_PEOPLE} == {"AV", "SKV", "MV", "PM", "JäMy"}
    assert all(person.look_at.sv and person.look_at.en for person in DEMO_PEOPLE)


@pytest.mark.parametrize("person", DEMO_PEOPLE, ids=lambda person: person.role)
def test_each_has_the_account_and_role_that_is_said(trained: Trained, person: DemoPerson) -> None:
    actor = sees(trained, person)
    assert (actor.name, actor.agency, actor.roles) == (person.name, person.agency, (person.role,))


@pytest.mark.parametrize("person", AT_CASES, ids=lambda person: person.agency + person.role)
def test_something_new_something_mine_something_waiting_something_overdue(
    trained: Trained, person: DemoPerson
) -> None:
    actor = sees(trained, person)
    with acting(actor):
        new = Receipt.seen(actor).filter(received_at__date__gte=LAST_DAYS).count()
        new += Question.seen(actor).filter(
            side="received", state="sent", sent_at__date__gte=LAST_DAYS
        ).count()  # fmt: skip
        mine = Case.seen(actor).filter(state="open", members__account=person.account).count()
        waiting = Question.seen(actor).filter(side="asked", state="sent").count()
        overdue = Task.seen(actor).filter(
            account=actor.account, done_at=None, due_on__lt=TODAY
        ).count()  # fmt: skip
        due = Task.seen(actor).filter(account=actor.account, done_at=None).count()
    assert min(new, mine, overdue, due) > 0, (new, mine, waiting, overdue, due)
    assert waiting > 0 or person is SKV


def test_the_tax_officer_has_questions_and_a_draft(trained: Trained) -> None:
    actor = sees(trained, SKV)
    with acting(actor):
        received = Question.seen(actor).filter(side="received", state="sent")
        assert received.filter(due_on__lt=TODAY).exists()
        assert received.filter(case=None).exists()
        draft = Disclosure.seen(actor).filter(state="draft", made_by=actor.account)
        assert draft.filter(items__outcome="may_after_balancing").exists()


def test_the_police_officer_sees_a_restricted_case_that_others_do_not(trained: Trained) -> None:
    actor = sees(trained, PM)
    with acting(actor):
        restricted = Case.seen(actor).filter(restricted=True, members__account=PM.account)
        assert restricted.exists()
    others = trained.value(
        "select count(*) from cases_case where restricted and agency = 'PM' and id not in "
        "(select case_id from cases_casemember where account = %s)",
        PM.account,
    )
    assert others > 0


def test_the_lawyer_has_requests_to_decide(trained: Trained) -> None:
    actor = sees(trained, LAWYER)
    with acting(actor):
        waiting = TwoPersonRequest.seen(actor).filter(outcome="")
        acts = {request.act for request in waiting if request.asked_by != actor.account}
        assert {"secrecy.lift", "tipster.open", "disposal.propose"} <= acts
        assert Task.seen(actor).filter(account=actor.account, due_on__lt=TODAY).exists()


def test_the_support_coordinator_sees_the_protection_track_alone(trained: Trained) -> None:
    actor = sees(trained, SUPPORT)
    with acting(actor):
        keys = {case.visible_to for case in Case.seen(actor)}
        assert keys == {"JäMy/protection"}
        assert Fact.seen(actor).filter(marks__contains=["victim"]).count() > 1
        assert Task.seen(actor).filter(account=actor.account, due_on__lt=TODAY).exists()
        assert Clock.seen(actor).filter(stopped_on=None).exists()


def test_the_auditor_sees_the_log_and_no_content(trained: Trained) -> None:
    actor = sees(trained, AUDITOR)
    with acting(actor):
        assert not Case.seen(actor).exists()
        acts = set(LogEntry.rows.values_list("act", flat=True).distinct())
        assert {"disclosure.decide", "case.read", "question.ask"} <= acts
        assert set(LogEntry.rows.values_list("agency", flat=True).distinct()) == {"AV"}


def test_nobody_of_another_agency_sees_a_case(trained: Trained) -> None:
    for person in DEMO_PEOPLE:
        actor = sees(trained, person)
        with acting(actor):
            assert {case.agency for case in Case.seen(actor)} <= {person.agency}


def test_what_is_proposed_for_disposal_is_archived_and_its_time_is_out(trained: Trained) -> None:
    actor = sees(trained, LAWYER)
    with acting(actor):
        (asked,) = TwoPersonRequest.seen(actor).filter(act="disposal.propose", outcome="")[:1]
        case = Case.seen_one(actor, pk=asked.case)
        assert case.state == "archived"
        assert case.keep_until is not None
        assert case.keep_until < TODAY


def test_the_lawyers_queue_holds_every_kind_of_work(trained: Trained) -> None:
    actor = sees(trained, LAWYER)
    with acting(actor):
        found = {
            (review.kind, review.state): review
            for review in Review.seen(actor).select_related("disclosure")
        }
        assert set(found) >= {
            ("countersign", "waiting"),
            ("countersign", "approved"),
            ("countersign", "returned"),
            ("sample", "waiting"),
            ("sample", "passed"),
            ("sample", "remarked"),
        }
        assert found["countersign", "waiting"].disclosure.state == "awaiting"
        signed = found["countersign", "approved"]
        assert signed.disclosure.state == "delivered"
        assert signed.disclosure.decided_by not in (None, signed.decided_by)
        assert Precedent.seen(actor).count() >= 3
