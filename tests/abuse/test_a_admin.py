"""Abuse cases 10 and 18: the administrator who reaches too far, the agency that is gone."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest
from django.db import DatabaseError, connections
from django.utils import timezone

from samsyn.hub.guard import actions, two_persons
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account, RoleAssignment, TwoPersonRequest
from samsyn.hub.guard.refusals import Missing, Refused
from samsyn.hub.guard.rulebooks import current_organisation, current_rulebook, use_rulebook
from samsyn.hub.guard.signin import identities, invitations, records
from samsyn.hub.guard.signin.sessions import end_sessions
from tests.hub.guard.signin_pages import (
    administrator,
    choose_password_and_code,
    code_of,
    code_step,
    invited,
    password_step,
    past_the_code,
    signed_in,
)
from tests.hub.live import using_service
from tests.hub.support import TODAY, Browser, Hub


def new_browser() -> Browser:
    return Browser(SERVER_NAME="localhost")


def test_abuse_10_an_administrator_does_not_take_over_an_account_alone(hub: Hub) -> None:
    actor = administrator(hub)
    account, address = invited(hub, by=actor)
    choose_password_and_code(new_browser(), address)
    with acting(actor), pytest.raises(Refused):
        actions.invite_again(actor, account_id=account.pk)
    # Nor past the code: the database asks for the decision of a second person.
    for allowed_by in (None, uuid4()):
        with pytest.raises(DatabaseError), past_the_code(actor):
            invitations.invite(account, request=allowed_by)
    with pytest.raises(DatabaseError), past_the_code(actor):
        identities.bind(account, "https://issuer.example.org", "the administrator")
    # Nor with a request that one has approved oneself.
    with acting(actor):
        asked = actions.ask_recovery(actor, account_id=account.pk, reason="Tappad telefon")
    with acting(actor), pytest.raises(Refused):
        two_persons.decide(actor, request_id=asked.pk, approve=True, reason="")
    with pytest.raises(DatabaseError), past_the_code(actor):
        TwoPersonRequest.rows.filter(pk=asked.pk).update(
            outcome="approved", decided_by=actor.account
        )


def test_abuse_10_two_administrators_restore_a_sign_in_and_the_old_one_stops(hub: Hub) -> None:
    first, second = administrator(hub), administrator(hub)
    account, address = invited(hub, by=first)
    browser = new_browser()
    secret = choose_password_and_code(browser, address)
    with acting(first):
        asked = actions.ask_recovery(first, account_id=account.pk, reason="Tappad telefon")
    assert signed_in(browser)
    with acting(second):
        token = two_persons.decide(second, request_id=asked.pk, approve=True, reason="").result
    assert not signed_in(browser)
    old = new_browser()
    password_step(old, account.email)
    code_step(old, code_of(secret))
    assert not signed_in(old)
    anew = new_browser()
    choose_password_and_code(anew, f"/account/invitation/{token}/")
    assert signed_in(anew)
    # One agreement, one link.
    with pytest.raises(DatabaseError), past_the_code(second):
        invitations.invite(account, request=asked.pk)


def test_abuse_10_an_administrator_of_another_agency_reaches_nothing(hub: Hub) -> None:
    foreign = administrator(hub, "SKV")
    account, address = invited(hub)
    browser = new_browser()
    choose_password_and_code(browser, address)
    with acting(foreign):
        for attempt in (
            lambda: actions.invite_again(foreign, account_id=account.pk),
            lambda: actions.ask_recovery(foreign, account_id=account.pk, reason="x"),
            lambda: actions.close_account(foreign, account_id=account.pk),
        ):
            with pytest.raises(Missing):
                attempt()
        assert Account.rows.filter(pk=account.pk).update(name="Tagen") == 0
    for reach in (
        lambda: invitations.invite(account),
        lambda: end_sessions(account.pk),
        lambda: identities.bind(account, "https://issuer.example.org", "x"),
    ):
        with pytest.raises(DatabaseError), past_the_code(foreign):
            reach()
    assert signed_in(browser)


def test_abuse_10_nobody_is_pulled_into_another_agency(hub: Hub) -> None:
    actor = administrator(hub)
    foreign = hub.person("SKV")
    pulled = RoleAssignment(
        account=foreign, agency="AV", role="agency_officer", from_day=TODAY, given_by=actor.account
    )
    with pytest.raises(DatabaseError), past_the_code(actor):
        pulled.save(force_insert=True)
    with pytest.raises(DatabaseError), past_the_code(actor):
        Account.rows.filter(pk=foreign.pk).update(agency="AV")


def test_abuse_10_a_role_above_ones_own_takes_two(hub: Hub) -> None:
    actor = administrator(hub)
    account = hub.person("AV", "national_coordinator")
    grave = [code for code, r in current_organisation().roles.items() if r.grave_for_raise]
    assert "agency_administrator" in grave
    for role in grave:
        with acting(actor):
            given = actions.give_role(
                actor, account_id=account.pk, role=role, centre="", from_day=TODAY,
                to_day=None, reason="x",
            )  # fmt: skip
        assert isinstance(given, TwoPersonRequest)
    assert hub.actor(account, TODAY).roles == ("national_coordinator",)


def test_abuse_10_over_the_web_the_same_is_refused_and_stands_in_the_log(hub: Hub) -> None:
    account = hub.person("SKV")
    browser = hub.client(hub.person("AV", "agency_administrator"))
    for address in ("", "close/", "recover/", "role/", "invite/"):
        answer = browser.post(f"/people/{account.pk}/{address}", {"reason": "x"})
        assert answer.status_code in {404, 405}, address
    officer = hub.client(hub.person("AV"))
    assert officer.get("/people/").status_code == 403
    assert officer.post(f"/people/{account.pk}/close/").status_code == 403
    auditor = hub.actor(hub.person("AV", "auditor"), TODAY)
    with acting(auditor), connections["default"].cursor() as cursor:
        cursor.execute(
            "select act, count(*) from guard_log_entry where act like 'attempt%' group by act"
        )
        assert dict(cursor.fetchall()) == {"attempt.missing": 4, "attempt.refused": 2}


def left_today(hub: Hub, agency: str) -> object:
    """The organisation as it is when an agency left the cooperation yesterday."""
    organisation = current_organisation()
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    members = [
        msgspec.structs.replace(member, end=yesterday) if member.agency == agency else member
        for member in organisation.cooperation.members
    ]
    circle = msgspec.structs.replace(organisation.cooperation, members=tuple(members))
    return dataclasses.replace(organisation, cooperation=circle)


def test_abuse_18_an_agency_that_has_left_sees_nothing_through_an_open_session(hub: Hub) -> None:
    account = hub.person("AV", "agency_administrator")
    browser, other = hub.client(account), hub.client(hub.person("SKV", "agency_administrator"))
    assert browser.get("/people/").status_code == 200
    with use_rulebook(current_rulebook(), left_today(hub, "AV")):  # type: ignore[arg-type]
        assert browser.get("/people/").status_code == 403
        assert other.get("/people/").status_code == 200
        actor: Actor = hub.actor(account, TODAY)
        assert (actor.roles, actor.acts, actor.keys) == ((), (), ())
        with acting(actor), pytest.raises(Refused):
            actions.approve_account(actor, name="x", email="x@example.org")
    assert browser.get("/people/").status_code == 200


def test_abuse_18_a_role_that_ended_opens_nothing_in_the_session_that_was_open(hub: Hub) -> None:
    account = hub.person("AV", "agency_administrator")
    browser = hub.client(account)
    assert browser.get("/people/").status_code == 200
    with hub.owner() as owner:
        owner.execute("set session_replication_role = replica")
        owner.execute(
            "update guard_roleassignment set to_day = current_date - 1 where account_id = %s",
            [account.pk],
        )
    assert browser.get("/people/").status_code == 403


def test_abuse_18_an_invitation_to_an_account_that_was_closed_opens_nothing(hub: Hub) -> None:
    actor = administrator(hub)
    account, address = invited(hub, by=actor)
    with using_service(), acting(actor):
        actions.close_account(actor, account_id=account.pk)
    assert new_browser().get(address).status_code == 410
    with acting(records.as_account(account)):
        assert not Account.rows.get(pk=account.pk).is_active
