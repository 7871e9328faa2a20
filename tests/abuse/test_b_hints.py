"""Abuse cases 11-15: counts, suggestions, neighbours, answers and figures tell of nothing hidden.

Each asks the same person the same thing twice, before and after there is something hidden, and
compares what is said byte for byte.
"""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client

from samsyn.hub.cases.actions import (
    add_subject,
    add_task,
    open_case,
    restrict_case,
    start_clock,
    write_fact,
)
from samsyn.hub.disclosures.actions import draft_question
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from tests.hub.desk.crowd import crowd
from tests.hub.disclosures.conftest import Two, two
from tests.hub.support import Hub

__all__ = ["two"]

PLAN = "joint_inspection_plan"
NUMBER = "556036-0793"
PAGES = (
    "/",
    "/sok/?q=zirkonen",
    "/sok/?q=bygg",
    "/sok/?q=bygg&slag=objekt",
    "/sok/?q=bygg&slag=arenden&lage=oppna",
    f"/sok/?q={NUMBER}",
    "/sok/forslag/?q=bygg",
    "/sok/forslag/?q=zirk",
    "/arenden/",
    "/arenden/?q=bygg",
    "/utlamnanden/",
    "/diarium/",
)
_CHANGES = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": "[^"]+"|nonce="[^"]+"'
    r'|<time[^>]*data-until>[^<]*</time>|name="(?:once|token)" value="[^"]+"'
)


def said(client: Client, path: str) -> tuple[int, str]:
    """What an address answers, without what differs each time for everybody."""
    answer = client.get(path)
    return answer.status_code, _CHANGES.sub("", answer.content.decode())


def hide(actor: Actor, *, restricted: bool = False) -> None:
    """A whole case with a firm, facts, a question, a task and a clock, with words of PAGES."""
    with acting(actor):
        case = open_case(actor=actor, title="Zirkonens Bygg AB", purpose=PLAN)
        firm = add_subject(
            actor=actor, case=case, kind="firm", name="Zirkonens Bygg AB", number=NUMBER
        )
        kind, activity = ("payroll_and_vat_figures", "taxation")
        if actor.agency == "AV":
            kind, activity = ("inspection_findings", "supervision")
        for _ in range(3):
            write_fact(
                actor=actor, case=case, text="Zirkonens Bygg saknar personalliggare.",
                item_kind=kind, activity=activity, subject_kind="company", entity=firm,
            )  # fmt: skip
        draft_question(
            actor=actor, case=case, holder="FK", text="Vad vet ni om Zirkonens Bygg?",
            activity=activity, entity=firm,
        )  # fmt: skip
        add_task(actor=actor, case=case, what="Ring Zirkonens Bygg", due_on=actor.day)
        start_clock(actor=actor, case=case, what="Zirkonens Bygg", working_days=1)
        if restricted:
            restrict_case(actor=actor, case=case, restricted=True)


@pytest.fixture
def reader(hub: Hub) -> tuple[Hub, Client]:
    """An officer of the work environment authority with a case of the same kind."""
    account = hub.person("AV")
    actor = hub.actor(account)
    with acting(actor):
        case = open_case(actor=actor, title="Norrstråks Bygg AB", purpose=PLAN)
        add_subject(actor=actor, case=case, kind="firm", name="Norrstråks Bygg AB")
    return hub, hub.client(account)


# --- 11-13: the same bytes with and without the hidden rows --------------------------------------


@pytest.mark.parametrize("whose", ["another agency's", "a colleague's restricted"])
def test_11_12_13_no_count_suggestion_or_list_changes_with_what_is_hidden(
    reader: tuple[Hub, Client], whose: str
) -> None:
    hub, client = reader
    before = {path: said(client, path) for path in PAGES}
    restricted = whose != "another agency's"
    hide(hub.officer("AV" if restricted else "SKV"), restricted=restricted)
    for path in PAGES:
        assert said(client, path) == before[path], path


def test_11_counts_are_of_what_one_may_open(reader: tuple[Hub, Client]) -> None:
    hub, client = reader
    hide(hub.officer("SKV"))
    page = said(client, "/sok/?q=bygg")[1]
    assert re.findall(r'<span class="count">([^<]+)</span></a>', page) == ["1", "0", "1", "0", "0"]


def test_11_what_another_agency_has_a_thousand_of_is_not_counted(
    reader: tuple[Hub, Client],
) -> None:
    hub, client = reader
    other = hub.officer("SKV")
    with acting(other):
        case = open_case(actor=other, title="Fyllnad", purpose=PLAN)
    before = {path: said(client, path) for path in ("/sok/?q=utfyllnad", "/sok/?q=bygg")}
    crowd(hub, case, many=1100)
    for path, answer in before.items():
        assert said(client, path) == answer


def test_12_suggestions_are_ones_own_values_only(reader: tuple[Hub, Client]) -> None:
    hub, client = reader
    hide(hub.officer("SKV"))
    assert said(client, "/sok/forslag/?q=bygg")[1].count("<option") == 1
    assert said(client, "/sok/forslag/?q=zirk")[1].strip() == ""


def test_13_what_another_knows_of_the_same_firm_is_not_told(two: Two) -> None:
    with acting(two.receiver):
        add_subject(
            actor=two.receiver, case=two.asking, kind="firm", name="Zirkonens Bygg AB",
            number=NUMBER,
        )  # fmt: skip
    addresses = [
        f"/arenden/{two.asking.pk}/{part}" for part in ("", "objekt/", "uppgifter/", "fraga/")
    ] + [f"/sok/?q={NUMBER}", f"/sok/?q=zirkonen&arende={two.asking.pk}"]
    before = {path: said(two.av, path) for path in addresses}
    hide(two.giver)
    for path in addresses:
        assert said(two.av, path) == before[path], path


# --- 14: existence is not told by code, text or number -------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/sok/?q=zirkonen&arende={}",
        "/arenden/{}/",
        "/arenden/{}/uppgifter/",
        "/arenden/{}/logg/",
    ],
)
def test_14_hidden_and_missing_answer_alike(reader: tuple[Hub, Client], address: str) -> None:
    hub, client = reader
    other = hub.officer("SKV")
    with acting(other):
        hidden = open_case(actor=other, title="Zirkonens Bygg AB", purpose=PLAN)
    theirs, nobodys = (client.get(address.format(pk)) for pk in (hidden.pk, uuid4()))
    assert theirs.status_code == nobodys.status_code == 404
    assert _CHANGES.sub("", theirs.content.decode()) == _CHANGES.sub("", nobodys.content.decode())
    assert len(theirs.content) == len(nobodys.content)
    assert sorted(theirs.headers) == sorted(nobodys.headers)


def test_14_numbers_do_not_count_what_other_agencies_open(reader: tuple[Hub, Client]) -> None:
    hub, _ = reader
    mine = hub.officer("AV")
    with acting(mine):
        first = open_case(actor=mine, title="Första", purpose=PLAN).number
    for _ in range(3):
        other = hub.officer("SKV")
        with acting(other):
            open_case(actor=other, title="Annat", purpose=PLAN)
    with acting(mine):
        second = open_case(actor=mine, title="Andra", purpose=PLAN).number
    counted = [int(number.rpartition("/")[2]) for number in (first, second)]
    assert counted[1] - counted[0] == 1


def test_14_the_same_firm_can_be_written_by_both_without_a_word_of_the_other(two: Two) -> None:
    hide(two.giver)
    with acting(two.receiver):
        firm = add_subject(
            actor=two.receiver, case=two.asking, kind="firm", name="Zirkonens Bygg AB",
            number=NUMBER,
        )  # fmt: skip
    assert firm.visible_to == "AV"


def test_14_search_reads_no_more_when_others_have_more(reader: tuple[Hub, Client]) -> None:
    """Not a clock but what takes time: the pages of the index and tables that are read."""
    hub, _ = reader
    actor, other = hub.officer("AV"), hub.officer("SKV")
    with acting(actor):
        own = open_case(actor=actor, title="Eget", purpose=PLAN)
    with acting(other):
        case = open_case(actor=other, title="Annat", purpose=PLAN)
    crowd(hub, own)
    before = _entries_read(actor)
    crowd(hub, case, word="zirkon", many=2000)
    with hub.owner() as owner:
        owner.execute("vacuum analyze cases_fact, cases_case, registry_entity")
    assert _entries_read(actor) == before


def _entries_read(actor: Actor) -> list[tuple[str, int]]:
    """How many rows each index and table of the search gave to one search for a word."""
    from django.db import connections

    counted = (
        "select indexrelname, pg_stat_get_xact_tuples_returned(indexrelid) "
        "from pg_stat_user_indexes where relname in "
        "('cases_fact', 'cases_case', 'registry_entity') order by 1"
    )
    with acting(actor), connections["default"].cursor() as cursor:
        cursor.execute(counted)
        before = dict(cursor.fetchall())
        cursor.execute(
            "select * from desk_search('(zirkon:* | 0znokriz:*)', '{case,fact,entity}', null, null,"
            " 50)"
        )
        assert cursor.fetchall() == []
        cursor.execute(counted)
        return [(name, rows - before[name]) for name, rows in cursor.fetchall()]


# --- 15: figures ---------------------------------------------------------------------------------


def test_15_a_count_is_of_ones_own_rows_and_no_further_than_it_was_read(two: Two) -> None:
    """No page gives figures over several agencies; 900 is as far as the page of all kinds reads."""
    crowd(two.hub, two.asking, many=1200)
    page = said(two.av, "/sok/?q=utfyllnad")[1]
    assert set(re.findall(r'<span class="count">([^<]+)</span></a>', page)) == {"900+", "0"}
