"""Abuse cases 3, 5, 7, 8 and 39: every way out follows one policy, and none gives more."""

from __future__ import annotations

import msgspec
import pytest
from django.test import Client

from samsyn.hub.cases.actions import open_case
from samsyn.hub.cases.models import Case, Event, Fact, RegisterEntry, SealedFile
from samsyn.hub.disclosures.actions import decide_and_deliver, prepare_disclosure
from samsyn.hub.disclosures.models import Disclosure, Question, Receipt
from samsyn.hub.guard.context import acting
from samsyn.hub.registry.models import Entity
from tests.hub.disclosures.conftest import SECRET, WEIGHING, Two, two
from tests.hub.isolation.outputs import Asked, export, facts
from tests.hub.isolation.world import CaseRow

__all__ = ["two"]

PLAN = "joint_inspection_plan"
TABLES = (Case, Fact, Event, RegisterEntry, SealedFile, Entity, Disclosure, Question, Receipt)


def told(two: Two) -> Case:
    """One fact is told to the work environment authority; its case there."""
    with acting(two.giver):
        draft = prepare_disclosure(
            actor=two.giver, case=two.case, receiver="AV", purpose=PLAN, facts=[two.fact]
        )
        decide_and_deliver(actor=two.giver, draft=draft, version=draft.version, weighing=WEIGHING)
    with acting(two.receiver):
        return Case.seen(two.receiver).get(matter=two.case.matter)


def browser(two: Two, person: str) -> Client:
    actor = getattr(two, person)
    return two.hub.client(two.hub.people[actor.account])


def asked(client: Client, case: Case) -> Asked:
    row = CaseRow(case.pk, case.matter, case.agency, "", purpose=case.purpose)
    return Asked(client, row)


@pytest.mark.parametrize("part", ["", "varfor/", "ratta/", "sekretess/"])
def test_3_no_side_door_leads_to_what_the_page_hides(two: Two, part: str) -> None:
    """The fact of another agency, asked for under a case of one's own, by every address of it."""
    with acting(two.receiver):
        mine = open_case(actor=two.receiver, title="Vårt", purpose=PLAN)
    client = browser(two, "receiver")
    hidden = client.get(f"/arenden/{mine.pk}/uppgifter/{two.fact.pk}/{part}")
    missing = client.get(f"/arenden/{mine.pk}/uppgifter/{mine.pk}/{part}")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert SECRET not in hidden.content.decode()


def test_5_a_list_has_neither_the_hidden_members_nor_their_number(two: Two) -> None:
    """Received for one purpose and looked at for another: no row, and no count of it."""
    case = told(two)
    client = browser(two, "receiver")
    assert SECRET in facts(asked(client, case))
    client.post(f"/arenden/{case.pk}/andamal/", {"purpose": "detect_rule_breach"})
    other = client.get(f"/arenden/{case.pk}/uppgifter/").content.decode()
    assert SECRET not in other
    with acting(two.receiver):
        empty = open_case(actor=two.receiver, title="Tomt", purpose="detect_rule_breach")
    without = client.get(f"/arenden/{empty.pk}/uppgifter/").content.decode()
    assert _count(other) == _count(without)


def _count(page: str) -> str:
    """What the tab of the facts says of their number."""
    start = page.index('uppgifter/"')
    return "".join(sign for sign in page[start : page.index("</a>", start)] if sign.isdigit())


def test_7_an_empty_set_of_keys_shows_nothing_and_is_no_missing_filter(two: Two) -> None:
    told(two)
    nobody = msgspec.structs.replace(two.receiver, keys=())
    with acting(nobody):
        for table in TABLES:
            assert not table.seen(nobody).exists(), table
            assert not table.rows.exists(), table
    for table in TABLES:
        assert not table.seen(nobody).using("owner").exists(), table


def test_8_page_package_and_search_show_the_same(two: Two) -> None:
    case = told(two)
    place = asked(browser(two, "receiver"), case)
    assert SECRET in facts(place)
    assert SECRET in export(place)
    client = place.client
    words = {"q": max(SECRET.split(), key=len).strip(".,")}
    inside = client.get("/sok/", {**words, "arende": str(case.pk)}).content.decode()
    outside = client.get("/sok/", words).content.decode()
    address = f"/arenden/{case.pk}/uppgifter/"
    assert address in inside
    assert address not in outside
    assert two.kept.text not in inside + facts(place) + export(place)


def test_39_a_closed_account_is_shut_out_at_its_next_step(two: Two) -> None:
    """A lost phone: the session that is open on it opens nothing more."""
    case = told(two)
    client = browser(two, "receiver")
    assert client.get(f"/arenden/{case.pk}/").status_code == 200
    with two.hub.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        owner.execute(
            "update guard_account set is_active = false where id = %s", [two.receiver.account]
        )
    answer = client.get(f"/arenden/{case.pk}/")
    assert answer.status_code != 200
    assert SECRET not in answer.content.decode()


def test_39_a_role_that_ended_opens_nothing_in_an_open_session(two: Two) -> None:
    case = told(two)
    client = browser(two, "receiver")
    assert SECRET in facts(asked(client, case))
    with two.hub.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        owner.execute(
            "update guard_roleassignment set to_day = from_day where account_id = %s",
            [two.receiver.account],
        )
    assert client.get(f"/arenden/{case.pk}/uppgifter/").status_code == 404
