"""Abuse cases 35 to 38: whose account it is, the second factor, sessions, forged requests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.core.cache import cache
from django.db import connections
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from samsyn.hub.guard import actions, two_persons
from samsyn.hub.guard.context import acting, nobody_yet
from samsyn.hub.guard.models import Account
from samsyn.hub.guard.signin import identities, records
from samsyn.hub.guard.signin.limits import LimitCache
from samsyn.hub.guard.signin.sessions import SessionStore
from samsyn.hub.project.environment_values import Provider
from samsyn.kernel.text import Text
from tests.hub.guard.signin_pages import (
    PASSWORD,
    administrator,
    choose_password_and_code,
    code_of,
    code_step,
    invited,
    password_step,
    signed_in,
)
from tests.hub.live import using_service
from tests.hub.support import TODAY, Browser, Hub

AV = Provider(id="av", name="AV", issuer="https://av.example.org", client_id="x", secret="y")
SKV = Provider(id="skv", name="SKV", issuer="https://skv.example.org", client_id="x", secret="y")


def new_browser() -> Browser:
    return Browser(SERVER_NAME="localhost")


# --- 35: whose account it is ---------------------------------------------------------------------


def asked(service: str, **claims: object) -> Account | Text:
    """What a sign-in at a service comes to, with these claims."""
    request = RequestFactory().get("/")
    request.session = SessionStore()
    from django.contrib.auth.models import AnonymousUser

    request.user = AnonymousUser()
    with acting(nobody_yet(TODAY)):
        return identities.account_for(request, service_id=service, claims=claims, again=False)


@pytest.fixture
def bound(hub: Hub) -> Iterator[Account]:
    """An account that is bound to a subject at AV's service."""
    with using_service(AV, SKV):
        actor = administrator(hub)
        account, _ = invited(hub, by=actor)
        with acting(actor):
            actions.bind_identity(actor, account_id=account.pk, service_id="av", subject="p-1")
        yield account


def test_abuse_35_issuer_and_subject_find_the_account_and_nothing_else_does(
    bound: Account,
) -> None:
    assert asked("av", iss=AV.issuer, sub="p-1", email="other@example.org") == bound
    claims = {"email": bound.email, "email_verified": True, "name": bound.name}
    assert asked("av", iss=AV.issuer, sub="p-2", **claims) is identities.UNKNOWN


def test_abuse_35_the_same_subject_at_another_issuer_is_another_person(bound: Account) -> None:
    assert asked("skv", iss=SKV.issuer, sub="p-1") is identities.UNKNOWN
    # Nor does a service speak for another.
    assert asked("skv", iss=AV.issuer, sub="p-1") is identities.NOT_ISSUER
    assert asked("av", iss="https://av.example.org.evil.example.org", sub="p-1") is (
        identities.NOT_ISSUER
    )
    for nothing in ("", None, 7):
        assert asked("av", iss=AV.issuer, sub=nothing) is identities.NOT_ISSUER
    assert asked("gone", iss=AV.issuer, sub="p-1") is identities.NOT_ISSUER


def test_abuse_35_an_empty_password_signs_nobody_in(hub: Hub) -> None:
    with_password, address = invited(hub)
    choose_password_and_code(new_browser(), address)
    for account in (with_password, hub.person("AV")):
        for password in ("", " ", "!", "\x00"):
            browser = new_browser()
            assert password_step(browser, account.email, password).status_code == 200
            assert not signed_in(browser)


def test_abuse_35_headers_that_name_a_person_are_not_believed(hub: Hub) -> None:
    account = hub.person("AV", "agency_administrator")
    headers = (
        "REMOTE_USER", "HTTP_REMOTE_USER", "HTTP_X_REMOTE_USER", "HTTP_X_FORWARDED_USER",
        "HTTP_X_FORWARDED_EMAIL", "HTTP_X_SSL_CLIENT_S_DN",
    )  # fmt: skip
    named: dict[str, Any] = dict.fromkeys(headers, account.email)
    named["HTTP_AUTHORIZATION"] = "Basic " + "x" * 20
    answer = new_browser().get("/me/", **named)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/login/")


def test_abuse_35_nobody_registers_by_a_service_either(hub: Hub) -> None:
    with using_service(AV), acting(nobody_yet(TODAY)):
        before = Account.rows.count()
    with using_service(AV):
        assert asked("av", iss=AV.issuer, sub="new", email="new@example.org") is identities.UNKNOWN
    with acting(nobody_yet(TODAY)):
        assert Account.rows.count() == before


# --- 36: the second factor -----------------------------------------------------------------------


def test_abuse_36_a_code_is_guessed_five_times_and_then_not_even_the_right_one_counts(
    hub: Hub,
) -> None:
    account, address = invited(hub)
    secret = choose_password_and_code(new_browser(), address)
    wrong = "000000" if code_of(secret) != "000000" else "000001"
    for _ in range(5):
        # In a new browser each time: a session forgotten gives no new tries.
        browser = new_browser()
        password_step(browser, account.email)
        assert code_step(browser, wrong).status_code == 200
    late = new_browser()
    password_step(late, account.email)
    code_step(late, code_of(secret))
    assert not signed_in(late)


def test_abuse_36_the_count_is_the_same_for_every_process_and_address(hub: Hub) -> None:
    account, address = invited(hub)
    choose_password_and_code(new_browser(), address)
    for number in range(5):
        elsewhere = {
            "HTTP_X_FORWARDED_FOR": f"10.0.0.{number}",
            "HTTP_HOST": ("localhost", "testserver")[number % 2],
        }
        password_step(new_browser(), account.email, "fel lösenord här", **elsewhere)
    answer = password_step(new_browser(), account.email)
    assert answer.status_code == 200
    # Another process finds the count where this one left it: in the database.
    assert isinstance(cache._connections[cache._alias], LimitCache)  # type: ignore[attr-defined]
    with hub.owner() as owner:
        kept = owner.execute("select key, value::text from guard_limit").fetchall()
    assert kept
    assert not any(account.email in str(row) or "10.0.0" in str(row) for row in kept)


def test_abuse_36_whether_there_is_an_account_is_told_neither_by_word_nor_by_work(
    hub: Hub,
) -> None:
    with_password, address = invited(hub)
    choose_password_and_code(new_browser(), address)
    never_chose = hub.person("AV")
    encode = ScryptPasswordHasher.encode
    seen = []
    for email in (with_password.email, never_chose.email, "nobody@example.org"):
        with patch.object(ScryptPasswordHasher, "encode", autospec=True, side_effect=encode) as did:
            answer = password_step(new_browser(), email, "en mening som är fel")
        page = answer.content.decode().replace(email, "ADDRESS")
        seen.append((answer.status_code, without_tokens(page), did.call_count))
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][2] == 1


def without_tokens(page: str) -> str:
    """A page without what differs from one request to the next."""
    return re.sub(r"[A-Za-z0-9]{64}", "TOKEN", page)


def test_abuse_36_after_the_password_no_page_opens_but_the_one_for_the_code(hub: Hub) -> None:
    account, address = invited(hub)
    choose_password_and_code(new_browser(), address)
    browser = new_browser()
    password_step(browser, account.email)
    for place in ("/me/", "/people/", "/account/ways/", "/account/ways/passkey/",
                  "/account/ways/code/", "/account/again/code/"):  # fmt: skip
        answer = browser.get(place)
        assert answer.status_code in {302, 403}, place
        assert not answer.headers.get("Location", "/account/login/").startswith("/me/")


def test_abuse_36_a_recovery_by_one_person_does_not_exist(hub: Hub) -> None:
    actor = administrator(hub)
    account, address = invited(hub, by=actor)
    browser = new_browser()
    choose_password_and_code(browser, address)
    own_browser = hub.client(hub.people[actor.account])  # type: ignore[index]
    answer = own_browser.post(f"/people/{account.pk}/recover/", {"reason": "Tappad telefon"})
    assert answer.status_code == 302
    with acting(actor):
        (request,) = two_persons.waiting(actor)
    refused = own_browser.post(f"/two-persons/{request.pk}/", {"answer": "approve"})
    assert refused.status_code == 403
    assert signed_in(browser)


def test_abuse_36_no_page_shows_a_secret_after_it_was_made(hub: Hub) -> None:
    actor = administrator(hub)
    account, address = invited(hub, by=actor)
    browser = new_browser()
    secret = choose_password_and_code(browser, address)
    administrators = hub.client(hub.people[actor.account])  # type: ignore[index]
    pages = [browser.get("/me/"), administrators.get(f"/people/{account.pk}/")]
    assert [page.status_code for page in pages] == [200, 200]
    for page in pages:
        assert secret not in page.content.decode()
    assert "kodapp" in pages[1].content.decode()
    with acting(actor), connections["default"].cursor() as cursor:
        cursor.execute("select * from guard_sign_in_ways(%s)", [account.pk])
        assert {row[0] for row in cursor.fetchall()} == {"password", "totp"}


# --- 37: sessions --------------------------------------------------------------------------------


def test_abuse_37_a_way_to_sign_in_that_was_taken_away_opens_nothing(hub: Hub) -> None:
    account, address = invited(hub)
    secret = choose_password_and_code(new_browser(), address)
    with hub.owner() as owner:
        owner.execute("set session_replication_role = replica")
        owner.execute("delete from mfa_authenticator where user_id = %s", [account.pk])
    browser = new_browser()
    password_step(browser, account.email)
    code_step(browser, code_of(secret))
    assert not signed_in(browser)


def test_abuse_37_a_session_holds_no_right_of_its_own(hub: Hub) -> None:
    """What is written into a session opens nothing: rights come from the database each time."""
    browser = hub.client(hub.person("AV"))
    with acting(nobody_yet(TODAY)):
        session = browser.session
        session.update({"roles": ["agency_administrator"], "keys": ["SKV"], "agency": "SKV"})
        session.save()
    assert browser.get("/people/").status_code == 403


def test_abuse_37_a_session_of_one_account_is_not_turned_into_anothers(hub: Hub) -> None:
    mine, theirs = hub.person("AV"), hub.person("SKV")
    browser = hub.client(mine)
    with acting(nobody_yet(TODAY)):
        session = browser.session
        session["_auth_user_id"] = str(theirs.pk)
        session.save()
    # The proof in the session is another account's.
    assert not signed_in(browser)


# --- 38: forged requests -------------------------------------------------------------------------


def routes(
    patterns: list[URLPattern | URLResolver], before: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every address of the hub."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, before + str(pattern.pattern))
        else:
            yield before + str(pattern.pattern), pattern


def addresses(pk: object) -> list[str]:
    """Every address, with an id where it asks for one."""
    filled = []
    for route, _ in routes(get_resolver().url_patterns):
        path = re.sub(r"<uuid:\w+>", str(pk), route)
        path = re.sub(r"<int:\w+>", "1", path)
        filled.append("/" + re.sub(r"<(\w+:)?\w+>", "x", path).strip("^$"))
    return filled


def rows_of(hub: Hub) -> dict[str, str]:
    """What stands in each table that a page must not change by being looked at."""
    with hub.owner() as owner:
        owner.execute("set row_security = off")
        names = owner.execute(
            "select tablename from pg_tables where schemaname = 'public' and tablename not in "
            "('guard_log_entry', 'guard_session', 'guard_limit')"
        ).fetchall()
        return {
            str(name): str(
                owner.execute(
                    f"select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) "
                    f"from {name} t"
                ).fetchone()
            )
            for (name,) in names
        }


def test_abuse_38_nothing_is_changed_by_looking_at_any_address(hub: Hub) -> None:
    actor = administrator(hub)
    account = hub.person("AV", "agency_officer")
    with acting(actor):
        request = actions.ask_recovery(actor, account_id=account.pk, reason="x")
    browsers = [
        hub.client(hub.person("AV", role))
        for role in ("agency_administrator", "agency_officer", "auditor", "secrecy_lawyer")
    ]
    before = rows_of(hub)
    for pk in (account.pk, request.pk):
        for address in addresses(pk):
            for browser in browsers:
                assert browser.get(address).status_code < 500, address
    assert rows_of(hub) == before
    assert all(signed_in(browser) for browser in browsers)


def test_abuse_38_without_the_token_of_the_page_no_form_counts(hub: Hub) -> None:
    account = hub.person("AV", "agency_administrator")
    signed = hub.client(account)
    browser = Browser(SERVER_NAME="localhost", enforce_csrf_checks=True)
    browser.cookies = signed.cookies
    other = hub.person("AV")
    before = rows_of(hub)
    for address in addresses(other.pk):
        answer = browser.post(address, {"reason": "x", "answer": "approve"})
        # The open API takes no cookie at all, so there whoever has one is nobody.
        refused = {401, 403, 404, 405} if address.startswith("/api/v1/") else {403, 404}
        assert answer.status_code in refused, (address, answer.status_code)
    assert rows_of(hub) == before
    assert signed_in(browser)


def test_abuse_38_nobody_is_signed_in_as_another_by_a_foreign_form(hub: Hub) -> None:
    account, address = invited(hub)
    choose_password_and_code(new_browser(), address)
    victim = Browser(SERVER_NAME="localhost", enforce_csrf_checks=True)
    victim.get("/account/login/")
    assert password_step(victim, account.email).status_code == 403
    token = victim.cookies["__Host-samsyn-csrf"].value
    sent = {"login": account.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    foreign = victim.post("/account/login/", sent, HTTP_SEC_FETCH_SITE="cross-site")
    assert foreign.status_code == 403
    elsewhere = victim.post("/account/login/", sent, HTTP_ORIGIN="https://evil.example.org")
    assert elsewhere.status_code == 403
    ours = victim.post(
        "/account/login/", sent, HTTP_ORIGIN="https://localhost", HTTP_SEC_FETCH_SITE="same-origin"
    )
    assert ours.status_code == 302


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_abuse_38_what_another_site_asks_for_is_not_done_even_with_the_cookie(
    hub: Hub, site: str
) -> None:
    browser = hub.client(hub.person("AV", "agency_administrator"))
    other = hub.person("AV")
    answer = browser.post(f"/people/{other.pk}/close/", HTTP_SEC_FETCH_SITE=site)
    assert answer.status_code == 403
    assert browser.post("/account/logout/", HTTP_SEC_FETCH_SITE=site).status_code == 403
    assert (
        browser.get("/me/", HTTP_SEC_FETCH_SITE=site, HTTP_SEC_FETCH_MODE="cors").status_code == 403
    )
    assert signed_in(browser)
    with acting(records.as_account(other)):
        assert Account.rows.get(pk=other.pk).is_active


def test_abuse_38_the_cookies_stay_with_us(hub: Hub) -> None:
    _, address = invited(hub)
    browser = new_browser()
    browser.get("/account/login/")
    choose_password_and_code(browser, address)
    kept = {name: morsel for name, morsel in browser.cookies.items() if morsel.value}
    assert set(kept) >= {"__Host-samsyn", "__Host-samsyn-csrf"}
    for morsel in kept.values():
        assert morsel["samesite"] == "Strict"
        assert morsel["secure"]
        assert morsel["httponly"]
        assert not morsel["domain"]


def test_abuse_38_after_signing_in_one_is_not_led_to_another_site(hub: Hub) -> None:
    account, address = invited(hub)
    secret = choose_password_and_code(new_browser(), address)
    browser = new_browser()
    browser.post(
        "/account/login/",
        {"login": account.email, "password": PASSWORD, "next": "https://evil.example.org/"},
    )
    answer = code_step(browser, code_of(secret))
    assert answer.headers["Location"] == "/"
