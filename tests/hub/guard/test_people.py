"""Who gives access at an agency, to whom, and what can nobody do alone?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connections
from django.test.utils import CaptureQueriesContext

from samsyn.hub.guard import actions, reads, two_persons
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account, LogEntry, RoleAssignment, TwoPersonRequest
from samsyn.hub.guard.refusals import Conflict, Invalid, Missing, Refused
from tests.hub.guard.signin_pages import past_the_code
from tests.hub.support import TODAY, Hub


@pytest.fixture
def administrator(hub: Hub) -> Actor:
    return hub.actor(hub.person("AV", "agency_administrator", name="Adm Ett"), TODAY)


@pytest.fixture
def second(hub: Hub) -> Actor:
    return hub.actor(hub.person("AV", "agency_administrator", name="Adm Två"), TODAY)


def give(actor: Actor, account: Account, role: str, **more: object) -> object:
    values = {"centre": "", "from_day": TODAY, "to_day": None, "reason": "Behövs", **more}
    return actions.give_role(actor, account_id=account.pk, role=role, **values)  # type: ignore[arg-type]


def test_a_role_opens_what_it_opens_from_its_first_day_and_not_before(
    hub: Hub, administrator: Actor
) -> None:
    account = hub.person("AV", "national_coordinator")
    with acting(administrator):
        give(administrator, account, "agency_officer", from_day=TODAY + timedelta(days=3))
    assert hub.actor(account, TODAY).keys == ()
    assert "AV" in hub.actor(account, TODAY + timedelta(days=3)).keys


def test_a_withdrawn_role_opens_nothing_from_then_on(hub: Hub, administrator: Actor) -> None:
    account = hub.person("AV", "national_coordinator")
    with acting(administrator):
        given = give(administrator, account, "inspector")
        assert isinstance(given, RoleAssignment)
    assert "AV" in hub.actor(account, TODAY).keys
    with acting(administrator):
        actions.withdraw_role(administrator, assignment_id=given.pk)
        # And it can be given anew, because it no longer holds on any day.
        give(administrator, account, "inspector")
        actions.withdraw_role(
            administrator,
            assignment_id=RoleAssignment.rows.get(
                account=account, role="inspector", to_day=None
            ).pk,
        )
    assert "AV" not in hub.actor(account, TODAY).keys


def test_who_gives_a_role_that_takes_two_has_given_nothing_until_another_agrees(
    hub: Hub, administrator: Actor, second: Actor
) -> None:
    account = hub.person("AV", "national_coordinator")
    with acting(administrator):
        asked = give(administrator, account, "secrecy_lawyer")
        assert isinstance(asked, TwoPersonRequest)
    assert "secrecy_lawyer" not in hub.actor(account, TODAY).roles
    with acting(administrator), pytest.raises(Refused):
        two_persons.decide(administrator, request_id=asked.pk, approve=True, reason="")
    with acting(second):
        two_persons.decide(second, request_id=asked.pk, approve=True, reason="")
    assert "secrecy_lawyer" in hub.actor(account, TODAY).roles
    with acting(second):
        held = RoleAssignment.rows.get(account=account, role="secrecy_lawyer")
        assert (held.given_by, held.second_by) == (administrator.account, second.account)


def test_nobody_gives_a_role_to_themselves_not_even_past_the_code(
    hub: Hub, administrator: Actor
) -> None:
    own = hub.people[administrator.account]  # type: ignore[index]
    with acting(administrator), pytest.raises(Refused):
        give(administrator, own, "agency_officer")
    with pytest.raises(DatabaseError), past_the_code(administrator):
        RoleAssignment(account=own, agency="AV", role="agency_officer", from_day=TODAY).save(
            force_insert=True
        )


@pytest.mark.parametrize(
    ("had", "given"),
    [
        ("agency_officer", "auditor"),
        ("auditor", "inspector"),
        ("agency_officer", "agency_administrator"),
        ("auditor", "agency_administrator"),
    ],
)
def test_who_examines_does_not_work_and_who_gives_access_does_neither(
    hub: Hub, administrator: Actor, had: str, given: str
) -> None:
    account = hub.person("AV", had)
    with acting(administrator), pytest.raises(Refused) as no:
        give(administrator, account, given)
    assert "cannot be combined" in no.value.said.en


def test_what_can_not_be_given_says_which_field_is_wrong(hub: Hub, administrator: Actor) -> None:
    account = hub.person("AV", "national_coordinator")
    wrong: list[tuple[str, str, dict[str, object]]] = [
        ("role", "king", {}),
        ("from_day", "inspector", {"from_day": TODAY - timedelta(days=1)}),
        ("to_day", "inspector", {"to_day": TODAY - timedelta(days=1)}),
        ("centre", "inspector", {"centre": "nowhere"}),
        ("role", "national_coordinator", {}),
    ]
    for field, role, more in wrong:
        with acting(administrator), pytest.raises(Invalid) as fault:
            give(administrator, account, role, **more)
        assert fault.value.field == field


def test_an_administrator_sees_and_touches_their_own_agency_only(
    hub: Hub, administrator: Actor
) -> None:
    foreign = hub.person("SKV", "agency_officer")
    with acting(administrator):
        assert foreign.pk not in [p.account.pk for p in reads.people_on(administrator, TODAY)]
        attempts: tuple[Callable[[], object], ...] = (
            lambda: reads.account_of_agency(administrator, foreign.pk),
            lambda: actions.close_account(administrator, account_id=foreign.pk),
            lambda: give(administrator, foreign, "inspector"),
            lambda: actions.ask_recovery(administrator, account_id=foreign.pk, reason="x"),
        )
        for attempt in attempts:
            with pytest.raises(Missing):
                attempt()


def test_the_auditor_sees_people_and_changes_nothing(hub: Hub) -> None:
    auditor = hub.actor(hub.person("AV", "auditor"), TODAY)
    account = hub.person("AV", "agency_officer")
    with acting(auditor):
        assert account.pk in [p.account.pk for p in reads.people_on(auditor, TODAY)]
        attempts: tuple[Callable[[], object], ...] = (
            lambda: actions.close_account(auditor, account_id=account.pk),
            lambda: give(auditor, account, "inspector", centre=""),
            lambda: actions.approve_account(auditor, name="X", email="x@example.org"),
        )
        for attempt in attempts:
            with pytest.raises(Refused):
                attempt()
    # Nor past the code: to read who has access is not to give it.
    with acting(auditor):
        assert Account.rows.filter(pk=account.pk).update(is_active=False) == 0


def test_roles_are_those_of_the_day_that_is_asked_about(hub: Hub, administrator: Actor) -> None:
    account = hub.person("AV", "inspector", from_day=date(2024, 1, 1), to_day=date(2024, 12, 31))
    with acting(administrator):
        then, now = (
            next(p for p in reads.people_on(administrator, day) if p.account.pk == account.pk)
            for day in (date(2024, 6, 1), TODAY)
        )
    assert [held.assignment.role for held in then.roles] == ["inspector"]
    assert now.roles == ()


def test_two_who_decide_at_once_decide_once(hub: Hub, administrator: Actor, second: Actor) -> None:
    account = hub.person("AV", "national_coordinator")
    with acting(administrator):
        asked = give(administrator, account, "centre_head")
        assert isinstance(asked, TwoPersonRequest)
    with acting(second):
        two_persons.decide(second, request_id=asked.pk, approve=False, reason="Behövs inte")
        with pytest.raises(Conflict):
            two_persons.decide(second, request_id=asked.pk, approve=True, reason="")
    assert "centre_head" not in hub.actor(account, TODAY).roles


def test_what_was_asked_is_checked_again_when_it_is_agreed_to(
    hub: Hub, administrator: Actor, second: Actor
) -> None:
    account = hub.person("AV", "national_coordinator")
    with acting(administrator):
        asked = give(administrator, account, "auditor")
        assert isinstance(asked, TwoPersonRequest)
        give(administrator, account, "inspector")
    with pytest.raises(Refused), acting(second):
        two_persons.decide(second, request_id=asked.pk, approve=True, reason="")
    with acting(second):
        assert TwoPersonRequest.rows.get(pk=asked.pk).outcome == ""


def test_a_request_can_be_taken_back_by_its_asker_alone(
    hub: Hub, administrator: Actor, second: Actor
) -> None:
    account = hub.person("AV", "national_coordinator")
    with acting(administrator):
        asked = give(administrator, account, "centre_head")
        assert isinstance(asked, TwoPersonRequest)
    with acting(second), pytest.raises(Missing):
        two_persons.withdraw(second, request_id=asked.pk)
    with acting(administrator):
        two_persons.withdraw(administrator, request_id=asked.pk)
        assert not two_persons.waiting(administrator).exists()


def test_nobody_asks_in_the_name_of_another_nor_changes_what_was_asked(
    hub: Hub, administrator: Actor, second: Actor
) -> None:
    account = hub.person("AV", "national_coordinator")
    forged = TwoPersonRequest(
        act="account.recover",
        about={"account": str(account.pk)},
        reason="x",
        asked_by=str(second.account),
        asked_by_name=second.name,
        visible_to="AV/people",
    )
    with pytest.raises(DatabaseError), past_the_code(administrator):
        forged.save(force_insert=True)
    with acting(administrator):
        asked = give(administrator, account, "centre_head")
        assert isinstance(asked, TwoPersonRequest)
    with pytest.raises(DatabaseError), past_the_code(second):
        TwoPersonRequest.rows.filter(pk=asked.pk).update(about={"account": str(uuid4())})


def test_another_agency_does_not_see_what_waits(hub: Hub, administrator: Actor) -> None:
    account = hub.person("AV", "national_coordinator")
    foreign = hub.actor(hub.person("SKV", "agency_administrator"), TODAY)
    with acting(administrator):
        asked = give(administrator, account, "centre_head")
        assert isinstance(asked, TwoPersonRequest)
    with acting(foreign):
        assert not two_persons.waiting(foreign).exists()
        with pytest.raises(Missing):
            two_persons.decide(foreign, request_id=asked.pk, approve=True, reason="")


def test_every_change_of_access_stands_in_the_log(
    hub: Hub, administrator: Actor, second: Actor
) -> None:
    with acting(administrator):
        account, _ = actions.approve_account(
            administrator, name="Ny Person", email="ny@example.org"
        )
        give(administrator, account, "inspector")
        asked = give(administrator, account, "centre_head")
        assert isinstance(asked, TwoPersonRequest)
    with acting(second):
        two_persons.decide(second, request_id=asked.pk, approve=True, reason="")
        actions.close_account(second, account_id=account.pk)
    auditor = hub.actor(hub.person("AV", "auditor"), TODAY)
    with acting(auditor):
        done = LogEntry.rows.filter(objects__contains=str(account.pk)).order_by("id")
        assert [(entry.act, entry.account) for entry in done] == [
            ("account.approve", administrator.account),
            ("role.give", administrator.account),
            ("role.raise", administrator.account),
            ("role.second", second.account),
            ("account.close", second.account),
        ]


def test_an_address_that_is_taken_is_refused_without_saying_where(
    hub: Hub, administrator: Actor
) -> None:
    foreign = hub.person("SKV", "agency_officer")
    with acting(administrator), pytest.raises(Invalid) as fault:
        actions.approve_account(administrator, name="X", email=foreign.email.upper())
    assert fault.value.field == "email"
    assert "SKV" not in fault.value.said.en


def test_pages_ask_few_questions_however_many_rows_there_are(
    hub: Hub, administrator: Actor
) -> None:
    for _ in range(20):
        account = hub.person("AV", "national_coordinator")
        with acting(administrator):
            give(administrator, account, "centre_head")
    browser = hub.client(hub.person("AV", "agency_administrator"))
    for page in ("/people/", f"/people/{account.pk}/", "/two-persons/", "/me/"):
        with CaptureQueriesContext(connections["default"]) as asked:
            assert browser.get(page).status_code == 200
        assert len(asked) <= 15, page
