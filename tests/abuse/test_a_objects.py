"""Abuse cases 1, 2, 4, 6 and 9: check one thing and change another, side doors, extra fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from samsyn.hub.cases.actions import add_file, add_task, open_case, start_clock
from samsyn.hub.cases.models import (
    Case,
    CaseMember,
    Clock,
    Event,
    Fact,
    RegisterEntry,
    SealedFile,
    Task,
)
from samsyn.hub.cases.urls import urlpatterns
from samsyn.hub.guard.context import acting
from tests.hub.cases.sample_files import pdf
from tests.hub.cases.scene import KEPT, PURPOSE, Scene, make_scene
from tests.hub.support import Hub


@pytest.fixture
def scene(hub: Hub, tmp_path: object) -> Iterator[Scene]:
    """A matter between SKV and AV; a third agency looks on."""
    with override_settings(SAMSYN_FILES_DIR=tmp_path):
        yield make_scene(hub)


def things(scene: Scene) -> dict[str, UUID]:
    """One of each that an address can name, all in the giver's case."""
    actor, case = scene.in_case(scene.giver, scene.given_case), scene.given_case
    with acting(actor):
        file = add_file(actor=actor, case=case, name="a.pdf", data=pdf(), direction="drawn_up")
        return {
            "case_id": case.pk,
            "fact_id": scene.kept.pk,
            "file_id": file.pk,
            "task_id": add_task(actor=actor, case=case, what="Ring").pk,
            "clock_id": start_clock(actor=actor, case=case, what="Svar", working_days=5).pk,
            "member_id": CaseMember.seen(actor).get(case=case).pk,
            "entity_id": case.subjects.get().entity_id,
            "line_id": RegisterEntry.seen(actor).filter(case=case).first().pk,  # type: ignore[union-attr]
        }


def addresses(ids: dict[str, UUID]) -> list[str]:
    """Every address of the case room that names something, filled with these ids."""
    found = []
    for pattern in urlpatterns:
        named = {name: ids[name] for name in pattern.pattern.converters if name in ids}
        if named:
            more = {
                name: {"number": 1, "do": "klar"}[name]
                for name in pattern.pattern.converters
                if name not in ids
            }
            found.append(reverse(f"cases:{pattern.name}", kwargs={**named, **more}))
    return found


def counted(scene: Scene) -> list[int]:
    """How many rows of everything there are, as the operator sees it."""
    tables = [model._meta.db_table for model in (Case, Fact, Event, Task, Clock, SealedFile)]
    with scene.hub.owner() as owner:
        found = [owner.execute(f"select count(*) from {table}").fetchone() for table in tables]
    return [int(str(row[0])) for row in found if row]


def test_1_nobody_of_another_agency_reaches_any_address(scene: Scene) -> None:
    ids = things(scene)
    before = counted(scene)
    for account in (scene.outsider, scene.receiver):
        client = scene.client(account)
        for address in addresses(ids):
            for method in (client.get, client.post):
                answer = method(address)
                assert answer.status_code in (404, 405), address
                assert KEPT not in answer.content.decode()
    assert counted(scene) == before


def test_2_a_thing_is_reached_through_its_own_case_alone(scene: Scene) -> None:
    """The address names case and thing; a case one may enter opens nothing of another."""
    ids = {**things(scene), "case_id": scene.case.pk}
    client = scene.client(scene.receiver)
    for address in addresses(ids):
        if not re.search(
            r"(uppgifter|handlingar|att-gora|klockor|personer|objekt|diarium)/[0-9a-f-]{36}",
            address,
        ):
            continue
        for method in (client.get, client.post):
            assert method(address).status_code in (404, 405), address


def test_2_nor_through_another_case_of_the_same_agency(scene: Scene) -> None:
    ids = things(scene)
    actor = scene.actor(scene.giver)
    with acting(actor):
        other = open_case(actor=actor, title="Ett annat", purpose=PURPOSE)
    client = scene.client(scene.giver)
    for address in addresses({**ids, "case_id": other.pk}):
        if not re.search(r"[0-9a-f-]{36}/.*[0-9a-f-]{36}", address):
            continue
        for method in (client.get, client.post):
            assert method(address).status_code in (404, 405), address
    with acting(scene.in_case(scene.giver, scene.given_case)):
        assert Task.rows.get(pk=ids["task_id"]).done_at is None
        assert Clock.rows.get(pk=ids["clock_id"]).stopped_on is None


def test_4_a_key_in_the_form_opens_nothing(scene: Scene) -> None:
    """A choice in a form is one of those shown; an id of another's row is none of them."""
    ids = things(scene)
    client = scene.client(scene.receiver)
    fact = {"text": "Egen text.", "item_kind": "inspection_findings", "activity": "supervision"}
    for field, value in (
        ("entity", ids["entity_id"]),
        ("derived_from", ids["fact_id"]),
    ):
        answer = client.post(
            reverse("cases:fact-new", args=[scene.case.pk]), {**fact, field: str(value)}
        )
        assert answer.status_code == 200
        assert f'id="id_{field}_error"' in answer.content.decode()
    answer = client.post(
        reverse("cases:people", args=[scene.case.pk]),
        {"account": str(scene.giver.pk), "duty": "handler"},
    )
    assert 'id="id_account_error"' in answer.content.decode()


def test_6_pages_of_a_file_are_not_reached_from_beside(scene: Scene) -> None:
    """The picture and the original of a file ask as its page does."""
    ids = things(scene)
    for account in (scene.outsider, scene.receiver):
        client = scene.client(account)
        for name, more in (("file", ()), ("file-page", (1,)), ("file-original", ())):
            for case in (ids["case_id"], scene.case.pk):
                address = reverse(f"cases:{name}", args=[case, ids["file_id"], *more])
                assert client.get(address).status_code == 404


def test_6_nothing_is_reached_without_signing_in(scene: Scene) -> None:
    for address in [
        *addresses(things(scene)),
        reverse("cases:list"),
        reverse("cases:agency-register"),
    ]:
        answer = Client(SERVER_NAME="localhost").get(address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/account/login/"), address


EXTRA = {
    "agency": "FK",
    "visible_to": "FK",
    "matter": str(uuid4()),
    "owner": str(uuid4()),
    "state": "closed",
    "received_from": "PM",
    "holder": "PM",
    "disclosure": str(uuid4()),
    "ground": "2009:400/10:27",
    "common": "true",
    "valid_to": "2099-01-01",
    "stored_as": "../../etc/passwd",
    "restricted": "",
    "told_by": "PM",
    "secrecy_confirmed_by": str(uuid4()),
    "entry": "1",
}


def test_9_fields_that_no_form_has_change_nothing(scene: Scene) -> None:
    client, case = scene.client(scene.giver), scene.given_case
    client.post(
        reverse("cases:edit", args=[case.pk]),
        {**EXTRA, "title": "Nytt", "purpose": PURPOSE, "version": case.version},
    )
    client.post(reverse("cases:task-new", args=[case.pk]), {**EXTRA, "what": "Ring"})
    actor = scene.in_case(scene.giver, case)
    with acting(actor):
        changed = Case.seen(actor).get(pk=case.pk)
        task = Task.seen(actor).get()
    assert (changed.title, changed.agency, changed.visible_to) == ("Nytt", "SKV", "SKV")
    assert (changed.matter, changed.state, changed.told_by) == (case.matter, "open", "")
    assert task.visible_to == "SKV"
    with acting(scene.actor(scene.outsider)):
        assert not Case.rows.exists()


def test_9_a_fact_is_the_writers_own_whatever_is_sent(scene: Scene) -> None:
    client, case = scene.client(scene.giver), scene.given_case
    address = reverse("cases:fact-new", args=[case.pk])
    fact = {**EXTRA, "text": "Egen text om bolaget.", "item_kind": "payroll_and_vat_figures"}
    fact["activity"] = "taxation"
    shown = re.search(r'name="shown" value="(\w+)"', client.post(address, fact).content.decode())
    assert shown
    answer = client.post(address, {**fact, "shown": shown[1], "secrecy": ["2009:400/27:1"]})
    assert answer.status_code == 302
    actor = scene.in_case(scene.giver, case)
    with acting(actor):
        kept = Fact.seen(actor).get(text="Egen text om bolaget.")
    assert (kept.agency, kept.holder, kept.visible_to) == ("SKV", "SKV", "SKV")
    assert (kept.received_from, kept.ground, kept.disclosure) == ("", "", None)
    assert (kept.valid_to, kept.common, kept.state) == (None, False, "current")
    assert kept.secrecy_confirmed_by == scene.giver.pk
    assert kept.entry is None


def test_every_address_with_an_id_is_among_those_tried() -> None:
    named = {
        "case_id",
        "fact_id",
        "file_id",
        "task_id",
        "clock_id",
        "member_id",
        "entity_id",
        "line_id",
    }
    asked = {name for pattern in urlpatterns for name in pattern.pattern.converters}
    assert asked - {"number", "do"} == named
    assert len(addresses({name: uuid4() for name in named})) >= 34
