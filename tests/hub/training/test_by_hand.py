"""What the people of the demo do by the real acts: does each page of it show something true?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from samsyn.hub.guard import log_audit
from samsyn.hub.guard.hub_keys import public_keys
from samsyn.hub.guard.models import Account
from samsyn.hub.insight.anomaly_rules import anomaly_rules
from samsyn.hub.training.by_hand import done_by_hand
from samsyn.hub.training.handed_in import MISSING
from samsyn.hub.training.load import load_training
from samsyn.hub.training.people import DEMO_PEOPLE, DemoPerson
from tests.hub.support import TODAY, Browser, Hub, HubServer

AV, LAWYER, SUPPORT = DEMO_PEOPLE[0], DEMO_PEOPLE[4], DEMO_PEOPLE[5]
AUDITOR, ADMIN, INSPECTOR, HEAD, NATIONAL = DEMO_PEOPLE[7:]
NINE = {"AV", "SKV", "PM", "AF", "FK", "MV", "EBM", "JäMy", "ÅM"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where documents lie."""
    folder = tmp_path_factory.mktemp("files")
    with override_settings(SAMSYN_FILES_DIR=folder):
        yield folder


@pytest.fixture(scope="module")
def demo(hub_server: HubServer, folder: Path) -> Iterator[Hub]:
    """The demo as it is on its first day."""
    with hub_server.hub() as hub:
        with hub.owner() as owner:
            load_training(owner, today=TODAY)
        done_by_hand(TODAY)
        yield hub


def rows(hub: Hub, query: str) -> list[tuple[Any, ...]]:
    with hub.owner() as owner:
        return list(owner.execute(query).fetchall())


def browser(hub: Hub, person: DemoPerson) -> Browser:
    return hub.client(
        Account(id=person.account, name=person.name, agency=person.agency, password="!")
    )


def page(hub: Hub, person: DemoPerson, address: str) -> str:
    answer = browser(hub, person).get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def test_a_request_for_a_public_document_stands_in_every_state(demo: Hub) -> None:
    states = rows(demo, "select state, outcome, version > 1, copy <> '' from insight_release")
    assert sorted((state, outcome) for state, outcome, *_ in states) == [
        ("decided", "part"),
        ("decided", "refused"),
        ("decided", "whole"),
        ("draft", ""),
    ]
    assert all(copy == (state == "decided") for state, *_, copy in states)
    masked = rows(demo, "select 1 from insight_releaseitem where masks <> '[]'::jsonb")
    assert len(masked) == 2
    listed = page(demo, LAWYER, "/insyn/allman-handling/")
    assert len(set(re.findall(r"/insyn/allman-handling/[0-9a-f-]{36}/", listed))) == 4


def test_what_is_masked_is_not_in_the_copy(demo: Hub) -> None:
    ((copy, text, masks),) = rows(
        demo,
        "select r.copy, f.text, i.masks from insight_release r join insight_releaseitem i "
        "on i.release_id = r.id join cases_fact f on f.id = i.piece "
        "where r.outcome = 'part' and i.masks <> '[]'::jsonb",
    )
    words = text[masks[0]["start"] : masks[0]["end"]]
    assert len(words) > 5
    assert words not in copy


def test_keys_and_addresses_are_used_and_taken_back(demo: Hub) -> None:
    assert rows(
        demo, "select count(*), count(revoked_at), count(u.token_id) from api_token t "
        "left join api_tokenuse u on u.token_id = t.id",
    ) == [(3, 1, 2)]  # fmt: skip
    assert "Ärendesystemet" in page(demo, AV, "/me/nycklar/")
    hooks = page(demo, ADMIN, "/people/webhooks/")
    assert "mottag.av.example" in hooks
    assert "prov.av.example" in hooks


def test_each_rule_of_oversight_finds_something_and_some_is_confirmed(demo: Hub) -> None:
    body = page(demo, AUDITOR, "/insyn/avvikelser/")
    hits = [int(n) for n in re.findall(r'class="number" data-label="Träffar">(\d+)', body)]
    rules = list(anomaly_rules().rules)
    assert len(hits) == len(rules)
    assert [code for code, count in zip(rules, hits, strict=True) if not count] == []
    said = rows(demo, "select kind, outcome from insight_confirmation")
    assert ("anomaly", "follow_up") in said
    assert ("access", "in_order") in said
    assert rows(demo, "select sound, entries > 1000 from insight_logcheck") == [(True, True)]


def test_the_log_holds_after_it_all(demo: Hub) -> None:
    with demo.owner() as owner:
        report = log_audit.verify(owner, public_keys())
    assert report.sound, report.findings
    assert report.without_row == ()


def test_the_administrator_decides_what_the_other_asked_for(demo: Hub) -> None:
    body = page(demo, ADMIN, "/two-persons/")
    assert "Ge Henrik Lövsund rollen centerchef" in body
    assert "Återställ inloggningen för Samir Björkö" in body


def test_the_support_coordinator_has_something_to_decide_find_and_wait_for(demo: Hub) -> None:
    ((asked_by, decided),) = rows(
        demo,
        "select asked_by_name, decided_by from guard_twopersonrequest "
        "where visible_to = 'JäMy/protection'",
    )
    assert decided is None
    assert asked_by in page(demo, SUPPORT, "/two-persons/")
    found = page(demo, SUPPORT, "/sok/?q=utsatta")
    assert "/arenden/" in found
    day = page(demo, SUPPORT, "/")
    assert "Du väntar inte på någon" not in day


def test_what_a_role_may_not_do_is_not_offered(demo: Hub) -> None:
    assert "/arenden/nytt/" in page(demo, AV, "/arenden/")
    assert "/arenden/nytt/" not in page(demo, INSPECTOR, "/arenden/")
    assert "/hinder/nytt/" in page(demo, INSPECTOR, "/hinder/")
    assert "/hinder/nytt/" not in page(demo, HEAD, "/hinder/")


@pytest.mark.parametrize("person", DEMO_PEOPLE, ids=lambda person: person.role)
def test_nothing_of_a_day_is_overdue_for_years(demo: Hub, person: DemoPerson) -> None:
    late = [int(days) for days in re.findall(r"(\d+) arbetsdagar sen", page(demo, person, "/"))]
    assert max(late, default=0) < 60, late


def test_all_agencies_but_one_have_handed_in_the_figures_of_last_year(demo: Hub) -> None:
    found = rows(
        demo,
        "select agency, since, until from obstacles_handedfigures where withdrawn_at is null",
    )
    assert {row[0] for row in found} == NINE - {MISSING}
    assert {row[1:] for row in found} == {(date(2025, 1, 1), date(2025, 12, 31))}
    body = page(demo, NATIONAL, "/hinder/tillsammans/")
    assert "8 av 9 myndigheter" in body
    assert "inte inlämnat" in body
    assert "Inte med i summorna" not in body
    assert "Bestämmelser som stod i vägen" in body
    assert "inlämnat" in page(demo, LAWYER, "/hinder/lamna-in/").lower()


@pytest.mark.parametrize("person", [SUPPORT, INSPECTOR, HEAD], ids=lambda person: person.role)
def test_what_a_day_lists_opens(demo: Hub, person: DemoPerson) -> None:
    window = browser(demo, person)
    main = window.get("/").content.decode().partition("<main")[2].partition("</main>")[0]
    links = set(re.findall(r'href="(/[^"#]+)"', main))
    assert links
    answers = {link: window.get(link).status_code for link in links}
    assert set(answers.values()) == {200}, answers
