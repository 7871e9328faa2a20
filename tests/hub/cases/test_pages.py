"""Every page of the case room: it opens, costs few statements, and is not there for others."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.test.utils import override_settings
from django.urls import reverse

from samsyn.hub.cases.actions import (
    add_file,
    add_subject,
    add_task,
    ask_open,
    confirm_secrecy,
    correct_fact,
    start_clock,
    take_up,
    write_fact,
)
from samsyn.hub.cases.models import Fact
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account
from tests.hub.cases.scene import GIVEN, MOST_STATEMENTS, Scene, statements
from tests.hub.cases.two_persons import decided, lawyer_of

TABS = ("room", "facts", "subjects", "files", "register", "log")
FORMS = (
    "fact-new",
    "subject-new",
    "file-new",
    "register-new",
    "task-new",
    "clock-new",
    "people",
    "edit",
    "close",
    "reopen",
    "restrict",
    "export",
)
TIP = "Grannen Xerxina hörde lagerchefen räkna ut lönerna."
OF_FACT = ("fact", "fact-correct", "fact-secrecy", "fact-why")


def fill(scene: Scene, rows: int = 60) -> None:
    """Many of everything in the giver's case."""
    actor = scene.in_case(scene.giver, scene.given_case)
    with acting(actor):
        for number in range(rows):
            entity = add_subject(
                actor=actor, case=scene.given_case, kind="workplace", name=f"Plats {number}"
            )
            write_fact(
                actor=actor,
                case=scene.given_case,
                text=f"Iakttagelse nummer {number} av många.",
                item_kind="payroll_and_vat_figures",
                activity="taxation",
                entity=entity,
            )
            add_task(actor=actor, case=scene.given_case, what=f"Ring {number}")
            start_clock(actor=actor, case=scene.given_case, what=f"Svar {number}", working_days=9)


def test_each_page_opens_within_the_statements_it_may_take(scene: Scene) -> None:
    fill(scene)
    client = scene.client(scene.giver)
    for name in TABS + FORMS:
        answer, count = statements(client, reverse(f"cases:{name}", args=[scene.given_case.pk]))
        assert answer.status_code == 200, name
        assert count <= MOST_STATEMENTS, name
    for name in OF_FACT:
        address = reverse(f"cases:{name}", args=[scene.given_case.pk, scene.kept.pk])
        answer, count = statements(client, address)
        assert answer.status_code == 200, name
        assert count <= MOST_STATEMENTS, name


def test_lists_cost_the_same_with_many_rows(scene: Scene) -> None:
    client = scene.client(scene.giver)
    names = ["list", "new", "agency-register", "register-extract"]
    few = [statements(client, reverse(f"cases:{name}"))[1] for name in names]
    fill(scene, 20)
    many = [statements(client, reverse(f"cases:{name}"))[1] for name in names]
    assert few == many
    assert max(many) <= MOST_STATEMENTS


def test_received_things_cost_no_more(scene: Scene) -> None:
    client = scene.client(scene.receiver)
    for name in TABS:
        answer, count = statements(client, reverse(f"cases:{name}", args=[scene.case.pk]))
        assert answer.status_code == 200, name
        assert count <= MOST_STATEMENTS, name
    answer, count = statements(client, reverse("cases:fact", args=[scene.case.pk, scene.copy.pk]))
    assert answer.status_code == 200
    assert count <= MOST_STATEMENTS


def test_a_hidden_case_and_a_missing_one_are_the_same_bytes(scene: Scene) -> None:
    client = scene.client(scene.outsider)
    for name in TABS + FORMS:
        hidden = client.get(reverse(f"cases:{name}", args=[scene.given_case.pk]))
        missing = client.get(reverse(f"cases:{name}", args=[uuid4()]))
        assert hidden.status_code == missing.status_code == 404, name
        assert _body(hidden) == _body(missing), name


def test_a_fact_is_found_in_its_own_case_alone(scene: Scene) -> None:
    client = scene.client(scene.giver)
    for name in OF_FACT:
        for case, fact in (
            (scene.case, scene.kept),
            (scene.given_case, scene.copy),
            (scene.case, scene.copy),
        ):
            answer = client.get(reverse(f"cases:{name}", args=[case.pk, fact.pk]))
            assert answer.status_code == 404, name


def test_each_page_is_in_both_languages(scene: Scene) -> None:
    client = scene.client(scene.giver)
    for language in ("sv", "en"):
        for name in TABS + FORMS:
            address = reverse(f"cases:{name}", args=[scene.given_case.pk])
            answer = client.get(address, headers={"accept-language": language})
            assert f'<html lang="{language}"' in answer.content.decode(), name


def _body(answer: Any) -> bytes:
    content = answer.content
    return re.sub(rb'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]+"', b"", content)


def test_the_fullest_fact_costs_no_more(scene: Scene, tmp_path: Path) -> None:
    with override_settings(SAMSYN_FILES_DIR=str(tmp_path)):
        fact = fullest(scene, lawyer_of(scene, "AV"))
    client = scene.client(scene.receiver)
    body = ""
    for name in (*OF_FACT, "fact-open"):
        answer, count = statements(client, reverse(f"cases:{name}", args=[scene.case.pk, fact.pk]))
        assert answer.status_code == 200, name
        assert count <= MOST_STATEMENTS, (name, count)
        body = body or answer.content.decode()
    for shown in (TIP, 'id="history"', "anteckning.txt", GIVEN):
        assert shown in body, shown


def fullest(scene: Scene, lawyer: Account) -> Fact:
    """A fact that builds on a received one, was corrected, has files and was opened by two."""
    actor = scene.in_case(scene.receiver, scene.case)
    with acting(actor):
        take_up(actor=actor, case=scene.case)
        first = write_fact(
            actor=actor,
            case=scene.case,
            text="En granne ringde om bygget.",
            item_kind="inspection_findings",
            activity="supervision",
            derived_from=[scene.copy.pk],
        )
        fact = correct_fact(actor=actor, fact=first, text=TIP, reason="Det var en annan.")
        confirm_secrecy(actor=actor, fact=fact, secrecy=fact.secrecy, marks=["tip_giver"])
        add_file(
            actor=actor,
            case=scene.case,
            name="anteckning.txt",
            data=b"Ringde igen.",
            direction="drawn_up",
            fact=fact,
        )
        fact = Fact.seen_one(actor, pk=fact.pk)  # with its mark
        request = ask_open(actor=actor, fact=fact, reason="Hot mot anmälaren.")
    decided(scene, lawyer, request)
    return fact
