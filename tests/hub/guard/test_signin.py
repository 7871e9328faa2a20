"""How does somebody sign in, and what ends it?"""

from __future__ import annotations

import re
import time

import pytest
from django.db import DatabaseError, connections

from samsyn.hub.guard import actions, two_persons
from samsyn.hub.guard.context import acting, nobody_yet
from samsyn.hub.guard.models import Account, LogEntry, Session
from samsyn.hub.guard.signin import records
from samsyn.hub.guard.signin.proof import BEGUN, FRESH_SECONDS, LONGEST_HOURS
from tests.hub.guard.signin_pages import (
    PASSWORD,
    accept,
    administrator,
    choose_password_and_code,
    code_of,
    code_step,
    invited,
    password_step,
    past_the_code,
    signed_in,
)
from tests.hub.support import TODAY, Browser, Hub


def new_browser() -> Browser:
    return Browser(SERVER_NAME="localhost")


def test_an_invited_person_chooses_password_and_code_and_signs_in_by_them(hub: Hub) -> None:
    account, address = invited(hub)
    first = new_browser()
    secret = choose_password_and_code(first, address)
    assert signed_in(first)
    later = new_browser()
    assert password_step(later, account.email).headers["Location"] == "/account/login/code/"
    assert not signed_in(later)
    assert code_step(later, code_of(secret)).status_code == 302
    assert signed_in(later)


def test_a_code_works_once(hub: Hub) -> None:
    account, address = invited(hub)
    secret = choose_password_and_code(new_browser(), address)
    code = code_of(secret)
    first, again = new_browser(), new_browser()
    password_step(first, account.email)
    code_step(first, code)
    password_step(again, account.email)
    code_step(again, code)
    assert signed_in(first)
    assert not signed_in(again)


def test_an_invitation_opens_once_and_not_by_being_looked_at(hub: Hub) -> None:
    _, address = invited(hub)
    looker, owner, late = new_browser(), new_browser(), new_browser()
    assert looker.get(address).status_code == 200
    assert looker.get("/account/ways/").status_code == 403
    choose_password_and_code(owner, address)
    assert late.get(address).status_code == 410
    assert late.post(address).status_code == 410


def test_two_who_took_the_same_invitation_do_not_both_get_in(hub: Hub) -> None:
    account, address = invited(hub)
    first, second = new_browser(), new_browser()
    accept(second, address)
    choose_password_and_code(first, address)
    assert second.get("/account/ways/code/").status_code == 403
    assert not signed_in(second)
    with acting(records.as_account(account)):
        assert Session.objects.filter(account=account.pk).count() == 1


def test_the_session_gets_another_key_when_somebody_signs_in(hub: Hub) -> None:
    account, address = invited(hub)
    secret = choose_password_and_code(new_browser(), address)
    browser = new_browser()
    password_step(browser, account.email)
    before = browser.cookies["__Host-samsyn"].value
    code_step(browser, code_of(secret))
    assert browser.cookies["__Host-samsyn"].value != before
    thief = new_browser()
    thief.cookies["__Host-samsyn"] = before
    assert not signed_in(thief)


def test_a_session_without_use_is_over_and_so_is_one_that_lasted_a_day(hub: Hub) -> None:
    browser = hub.client(hub.person("AV"))
    assert signed_in(browser)
    with acting(nobody_yet(TODAY)):
        session = browser.session
        session[BEGUN] = int(time.time()) - LONGEST_HOURS * 3600 - 1
        session.save()
    answer = browser.get("/me/", follow=True)
    assert "Logga in igen" in answer.content.decode()
    idle = hub.client(hub.person("AV"))
    with hub.owner() as owner:
        owner.execute("update guard_session set expire_date = now() - interval '1 second'")
    assert not signed_in(idle)


def test_signing_out_ends_the_session_for_whoever_has_its_cookie(hub: Hub) -> None:
    browser = hub.client(hub.person("AV"))
    copy = new_browser()
    copy.cookies["__Host-samsyn"] = browser.cookies["__Host-samsyn"].value
    assert signed_in(copy)
    assert browser.get("/account/logout/").status_code == 200
    assert signed_in(copy)
    browser.post("/account/logout/")
    assert not signed_in(copy)


def test_signing_out_everywhere_leaves_only_this_browser(hub: Hub) -> None:
    account = hub.person("AV")
    here, there = hub.client(account), hub.client(account)
    other = hub.client(hub.person("AV"))
    here.post("/account/sessions/end/")
    assert (signed_in(here), signed_in(there), signed_in(other)) == (True, False, True)


def test_closing_an_account_ends_what_it_is_doing(hub: Hub) -> None:
    actor = administrator(hub)
    account = hub.person("AV")
    browser = hub.client(account)
    assert signed_in(browser)
    with acting(actor):
        actions.close_account(actor, account_id=account.pk)
    assert not signed_in(browser)
    with acting(records.as_account(account)):
        assert not Session.objects.filter(account=account.pk).exists()


def test_a_closed_account_is_answered_like_a_wrong_password(hub: Hub) -> None:
    actor = administrator(hub)
    account, address = invited(hub, by=actor)
    choose_password_and_code(new_browser(), address)
    with acting(actor):
        actions.close_account(actor, account_id=account.pk)
    closed = password_step(new_browser(), account.email)
    wrong = password_step(new_browser(), account.email, "en annan lång mening")
    assert closed.status_code == wrong.status_code == 200
    assert faults(closed) == faults(wrong)


def test_a_password_alone_gets_nobody_in_even_when_the_codes_are_gone(hub: Hub) -> None:
    account, address = invited(hub)
    choose_password_and_code(new_browser(), address)
    with hub.owner() as owner:
        owner.execute("set session_replication_role = replica")
        owner.execute("delete from mfa_authenticator")
    browser = new_browser()
    password_step(browser, account.email)
    answer = browser.get("/me/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/account/login/")
    assert not signed_in(browser)


def test_before_a_grave_act_one_shows_anew_who_one_is_and_then_it_is_done(hub: Hub) -> None:
    actor = administrator(hub)
    account, address = invited(hub, by=actor)
    browser = new_browser()
    secret = choose_password_and_code(browser, address)
    with acting(actor):
        asked = actions.give_role(
            actor, account_id=account.pk, role="agency_administrator", centre="",
            from_day=TODAY, to_day=None, reason="Behövs",
        )  # fmt: skip
    other = administrator(hub)
    with acting(other):
        two_persons.decide(other, request_id=asked.pk, approve=True, reason="")
    age(browser)
    sent = browser.post("/people/new/", {"name": "Ny", "email": "ny@example.org", "title": ""})
    assert sent.status_code == 302
    assert sent.headers["Location"].startswith("/account/again/code/")
    with acting(other):
        assert not Account.rows.filter(email="ny@example.org").exists()
    assert browser.post(sent.headers["Location"], {"code": "000000"}).status_code == 200
    with acting(other):
        assert not Account.rows.filter(email="ny@example.org").exists()
    done = browser.post(sent.headers["Location"], {"code": code_of(secret)})
    assert "/account/invitation/" in done.content.decode()
    with acting(other):
        assert Account.rows.filter(email="ny@example.org").exists()


def age(browser: Browser) -> None:
    """Make what a session proved older than what counts as fresh."""
    with acting(nobody_yet(TODAY)):
        session = browser.session
        for record in session["account_authentication_methods"]:
            record["at"] -= FRESH_SECONDS + 1
        session.save()


def test_the_last_way_to_sign_in_is_not_taken_away(hub: Hub) -> None:
    _, address = invited(hub)
    browser = new_browser()
    choose_password_and_code(browser, address)
    page = browser.get("/me/").content.decode()
    found = re.search(r"/account/ways/\d+/remove/", page)
    assert found is not None
    assert browser.post(found[0]).status_code == 403
    assert browser.get(found[0].replace("/account/ways/", "/account/ways/9")).status_code == 404


def test_signing_in_out_and_failing_stand_in_the_log_of_whom_it_concerns(hub: Hub) -> None:
    account, address = invited(hub)
    browser = new_browser()
    choose_password_and_code(browser, address)
    browser.post("/account/logout/")
    password_step(browser, account.email, "fel lösenord här")
    auditor = hub.actor(hub.person("AV", "auditor"), TODAY)
    with acting(auditor):
        rows = LogEntry.rows.filter(objects__contains=str(account.pk)).order_by("id")
        assert [row.act for row in rows][1:] == [
            "signin.factor_add",
            "signin.enrol",
            "signin.begin",
            "signin.end",
            "signin.fail",
        ]
        # Who failed is not known to have been the account's owner.
        assert [row.account for row in rows][-1] is None


def test_the_web_role_does_not_read_the_secret_of_another_once_it_acts_as_somebody(
    hub: Hub,
) -> None:
    owner, address = invited(hub)
    choose_password_and_code(new_browser(), address)
    neighbour = hub.officer("AV")
    for actor in (neighbour, administrator(hub)):
        with acting(actor), connections["default"].cursor() as cursor:
            for table in ("mfa_authenticator", "guard_session", "guard_identity"):
                cursor.execute(f"select count(*) from {table}")
                assert cursor.fetchone()[0] == 0, table
    with acting(records.as_account(owner)), connections["default"].cursor() as cursor:
        cursor.execute("select data::text from mfa_authenticator where user_id = %s", [owner.pk])
        kept = cursor.fetchone()[0]
    # What is kept, and so what a backup holds, is sealed.
    assert kept.startswith('{"secret": "gAAAA')


def test_without_a_context_the_sign_in_tables_are_empty(hub: Hub) -> None:
    _, address = invited(hub)
    choose_password_and_code(new_browser(), address)
    with connections["default"].cursor() as cursor:
        for table in (
            "mfa_authenticator", "guard_session", "guard_identity", "guard_invitation",
            "guard_limit",
        ):  # fmt: skip
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone()[0] == 0, table


def test_nobody_else_sets_a_password_or_another_address(hub: Hub) -> None:
    actor = administrator(hub)
    account = hub.person("AV")
    for change in ({"password": "x"}, {"email": "z@example.org"}, {"agency": "SKV"}):
        with pytest.raises(DatabaseError), past_the_code(actor):
            Account.rows.filter(pk=account.pk).update(**change)


def test_pages_of_registration_and_of_addresses_do_not_exist(hub: Hub) -> None:
    browser = new_browser()
    for address in (
        "signup/", "email/", "password/reset/", "password/change/", "password/set/",
        "3rdparty/", "3rdparty/signup/", "2fa/recovery-codes/", "login/code/request/",
    ):  # fmt: skip
        assert browser.get(f"/account/{address}").status_code == 404, address


def test_a_weak_password_is_refused_where_it_is_written(hub: Hub) -> None:
    account, address = invited(hub)
    browser = new_browser()
    accept(browser, address)
    page = browser.get("/account/ways/code/").content.decode()
    secret = re.search(r'id="totp-secret">([A-Z2-7]+)<', page)
    assert secret is not None
    for password, again in (("kort", "kort"), (account.email, account.email), (PASSWORD, "annat")):
        sent = {"password": password, "again": again, "code": code_of(secret[1])}
        answer = browser.post("/account/ways/code/", sent)
        assert answer.status_code == 200
        assert "ds-error-summary" in answer.content.decode()
    assert not signed_in(browser)


def faults(answer: object) -> list[str]:
    """What a page says is wrong."""
    text = answer.content.decode()  # type: ignore[attr-defined]
    return re.findall(r'<div class="ds-error-summary.*?</div>', text, re.S)


def test_another_password_ends_the_other_sessions_and_the_old_password(hub: Hub) -> None:
    account, address = invited(hub)
    here = new_browser()
    secret = choose_password_and_code(here, address)
    there = hub.client(Account(pk=account.pk, password=kept_password(hub, account)))
    assert signed_in(there)
    other = "en helt annan mening som är lång"
    assert (
        here.post("/account/ways/password/", {"password": other, "again": other}).status_code == 302
    )
    assert (signed_in(here), signed_in(there)) == (True, False)
    late = new_browser()
    assert password_step(late, account.email).status_code == 200
    password_step(late, account.email, other)
    code_step(late, code_of(secret))
    assert signed_in(late)


def kept_password(hub: Hub, account: Account) -> str:
    """The hash that is kept of a password, which a session is tied to."""
    with acting(records.as_account(account)):
        return str(Account.rows.get(pk=account.pk).password)


def test_who_has_a_passkey_adds_password_and_code_app_and_stays_signed_in(hub: Hub) -> None:
    browser = hub.client(hub.person("AV"))
    page = browser.get("/account/ways/code/").content.decode()
    secret = re.search(r'id="totp-secret">([A-Z2-7]+)<', page)
    assert secret is not None
    sent = {"password": PASSWORD, "again": PASSWORD, "code": code_of(secret[1])}
    assert browser.post("/account/ways/code/", sent).status_code == 302
    assert signed_in(browser)
    assert browser.get("/account/ways/password/").status_code == 200


def test_who_has_no_password_does_not_change_it(hub: Hub) -> None:
    browser = hub.client(hub.person("AV"))
    assert browser.get("/account/ways/password/").status_code == 404
