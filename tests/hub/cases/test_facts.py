"""Facts: proposed and confirmed secrecy, correction, inheritance, and why one may see them."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from samsyn.hub.cases.actions import write_fact
from samsyn.hub.cases.models import Fact
from samsyn.hub.disclosures.actions import recall
from samsyn.hub.disclosures.models import Disclosure
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.references import reference
from tests.hub.cases.scene import GIVEN, MOST_STATEMENTS, Scene, statements
from tests.hub.cases.test_room import post, text_of

WRITTEN: dict[str, Any] = {"text": "Ställningen saknade räcke.", "item_kind": "inspection_findings"}


def write(client: Client, scene: Scene, **values: Any) -> Any:
    """Write a fact in two steps, confirming what is proposed."""
    filled = {**WRITTEN, "once": str(uuid4()), **values}
    address = reverse("cases:fact-new", args=[scene.case.pk])
    proposed = client.post(address, filled).content.decode()
    shown = re.search(r'name="shown" value="(\w+)"', proposed)
    assert shown
    ticked = re.findall(r'name="secrecy" value="([^"]+)"', proposed)
    return client.post(address, {**filled, "shown": shown[1], "secrecy": ticked})


def own_fact(scene: Scene) -> Fact:
    """A fact of AV's own in its case."""
    actor = scene.in_case(scene.receiver, scene.case)
    with acting(actor):
        return write_fact(
            actor=actor,
            case=scene.case,
            text="Ställningen saknade räcke.",
            item_kind="inspection_findings",
            activity="supervision",
        )


def test_the_secrecy_is_shown_before_anything_is_saved(scene: Scene) -> None:
    client = scene.client(scene.receiver)
    answer = post(client, "cases:fact-new", scene.case.pk, **WRITTEN)
    page = text_of(answer)
    assert "Verksamhet: tillsyn" in page
    assert "OSL 28:15" in page
    with acting(scene.in_case(scene.receiver, scene.case)):
        assert not Fact.seen(scene.in_case(scene.receiver, scene.case)).filter(received_from="")


def test_what_is_confirmed_is_kept_with_who_confirmed_it(scene: Scene) -> None:
    client = scene.client(scene.receiver)
    assert write(client, scene).status_code == 302
    actor = scene.in_case(scene.receiver, scene.case)
    with acting(actor):
        fact = Fact.seen(actor).get(received_from="")
    assert fact.secrecy_confirmed_by == scene.receiver.pk
    assert "2009:400/28:15" in fact.secrecy
    assert fact.activity == "supervision"


def test_no_secrecy_has_to_be_said_and_not_left_out(scene: Scene) -> None:
    client = scene.client(scene.receiver)
    address = reverse("cases:fact-new", args=[scene.case.pk])
    proposed = client.post(address, WRITTEN).content.decode()
    shown = re.findall(r'name="shown" value="(\w+)"', proposed)
    silent = client.post(address, {**WRITTEN, "shown": shown})
    assert "Bekräfta en bestämmelse" in text_of(silent)
    said = client.post(address, {**WRITTEN, "shown": shown, "none_secret": "on"})
    assert said.status_code == 302


def test_a_changed_text_is_proposed_anew_before_it_is_saved(scene: Scene) -> None:
    client = scene.client(scene.receiver)
    address = reverse("cases:fact-new", args=[scene.case.pk])
    proposed = client.post(address, WRITTEN).content.decode()
    shown = re.findall(r'name="shown" value="(\w+)"', proposed)
    changed = {**WRITTEN, "text": GIVEN, "shown": shown, "secrecy": ["2009:400/28:14"]}
    answer = client.post(address, changed)
    assert answer.status_code == 200
    assert "Förslaget har ändrats" in text_of(answer)


def test_a_repeated_fact_says_what_it_inherits_and_goes_with_the_original(scene: Scene) -> None:
    client = scene.client(scene.receiver)
    answer = post(
        client, "cases:fact-new", scene.case.pk, text=GIVEN, item_kind="inspection_findings"
    )
    page = text_of(answer)
    assert "upprepar eller bygger på det som andra har lämnat" in page
    assert "försvinner också din uppgift" in page
    assert write(client, scene, text=GIVEN).status_code == 302
    actor = scene.in_case(scene.receiver, scene.case)
    with acting(actor):
        derived = Fact.seen(actor).get(received_from="")
    assert derived.derived_from == [scene.copy.pk]
    assert derived.valid_to == scene.copy.valid_to
    giver = scene.actor(scene.giver)
    with acting(giver):
        recall(actor=giver, disclosure=Disclosure.seen(giver).get(), reason="Fel bolag.")
    gone = client.get(reverse("cases:fact", args=[scene.case.pk, derived.pk]))
    assert gone.status_code == 404


def test_a_correction_keeps_what_was_said_before(scene: Scene) -> None:
    fact, client = own_fact(scene), scene.client(scene.receiver)
    answer = post(
        client,
        "cases:fact-correct",
        scene.case.pk,
        fact.pk,
        text="Ställningen hade räcke på en sida.",
        reason="Sett på bild.",
    )
    page = text_of(client.get(answer["Location"]))
    assert "Ställningen hade räcke på en sida." in page
    assert "Ställningen saknade räcke." in page
    assert "ersatt" in page
    old = text_of(client.get(reverse("cases:fact", args=[scene.case.pk, fact.pk])))
    assert "ersatt av en rättelse" in old
    listed = text_of(client.get(reverse("cases:facts", args=[scene.case.pk])))
    assert "saknade räcke" not in listed


def test_what_was_received_is_not_corrected_here(scene: Scene) -> None:
    client = scene.client(scene.receiver)
    answer = client.get(reverse("cases:fact-correct", args=[scene.case.pk, scene.copy.pk]))
    assert answer.status_code == 403
    assert "ändras bara där" in text_of(answer)


def test_secrecy_is_confirmed_in_the_words_people_use(scene: Scene) -> None:
    fact, client = own_fact(scene), scene.client(scene.receiver)
    page = text_of(client.get(reverse("cases:fact", args=[scene.case.pk, fact.pk])))
    assert "inte bekräftad" in page
    where = (scene.case.pk, fact.pk)
    wrong = post(client, "cases:fact-secrecy", *where, more_secrecy="lagen om något")
    assert "ingen sekretessbestämmelse" in text_of(wrong)
    right = post(client, "cases:fact-secrecy", *where, more_secrecy="OSL 17:1, 28 kap. 14 §")
    assert right.status_code == 302
    actor = scene.in_case(scene.receiver, scene.case)
    with acting(actor):
        assert Fact.seen(actor).get(pk=fact.pk).secrecy == ["2009:400/17:1", "2009:400/28:14"]


def test_a_protective_mark_is_not_taken_off_by_one_person(scene: Scene) -> None:
    fact, client = own_fact(scene), scene.client(scene.receiver)
    where = (scene.case.pk, fact.pk)
    post(client, "cases:fact-secrecy", *where, more_secrecy="OSL 17:1", marks="victim")
    refused = post(client, "cases:fact-secrecy", *where, more_secrecy="OSL 17:1")
    assert refused.status_code == 403
    assert "två personer" in text_of(refused)


def test_why_i_may_see_what_is_ours(scene: Scene) -> None:
    fact = own_fact(scene)
    page = text_of(
        scene.client(scene.receiver).get(reverse("cases:fact-why", args=[scene.case.pk, fact.pk]))
    )
    assert "Skriven hos Arbetsmiljöverket" in page
    assert scene.receiver.name in page
    assert "OSL 28 kap. 1" in page


def test_why_i_may_see_what_was_given_tells_the_whole_chain(scene: Scene) -> None:
    client = scene.client(scene.receiver)
    first = client.get(reverse("cases:fact-why", args=[scene.case.pk, scene.copy.pk]))
    assert first.status_code == 302
    answer, count = statements(client, first["Location"])
    assert count <= MOST_STATEMENTS
    page = text_of(answer)
    for told in (
        "Skatteverket har beslutat",
        "Gertrud Givare beslutade",
        "En avvägning krävdes och gjordes",
        "lagen (2024:307) 4 §",
        "ska lämna varandra",
        "Till och med",
        "planera en myndighetsgemensam kontroll",
        f"Loggpost {reference(scene.copy.entry or 0)} hos SKV",
    ):
        assert told in page, told


def test_why_another_may_not_see_is_the_law_of_today(scene: Scene) -> None:
    client = scene.client(scene.giver)
    where = reverse("disclosures:fact-why-not", args=[scene.given_case.pk, scene.kept.pk])
    asked = {"myndighet": "FK", "andamal": "prevent_wrong_payment"}
    answer, count = statements(client, f"{where}?myndighet=FK&andamal=prevent_wrong_payment")
    assert count <= MOST_STATEMENTS
    page = text_of(answer)
    assert "Får Försäkringskassan se den?" in page
    assert "Uppgiften har inte lämnats till myndigheten" in page
    assert "Så kommer lagen fram till det" in page
    assert text_of(client.get(where, asked)) == page
    told = reverse("disclosures:fact-why-not", args=[scene.given_case.pk, scene.given.pk])
    page = text_of(client.get(told, {"myndighet": "AV", "andamal": "joint_inspection_plan"}))
    assert "ser den sedan" in page
    assert "lagen (2024:307) 4 §" in page


def test_asking_why_another_may_not_see_tells_the_other_nothing(scene: Scene) -> None:
    where = reverse("disclosures:fact-why-not", args=[scene.given_case.pk, scene.kept.pk])
    before = scene.client(scene.outsider).get(reverse("cases:list")).content
    scene.client(scene.giver).get(where, {"myndighet": "FK", "andamal": "prevent_wrong_payment"})
    after = scene.client(scene.outsider).get(reverse("cases:list")).content
    assert re.sub(rb'"[\w-]{64}"', b"", before) == re.sub(rb'"[\w-]{64}"', b"", after)


def test_questions_and_disclosures_of_a_case_stand_on_its_own_tab(scene: Scene) -> None:
    for account, case, told in (
        (scene.giver, scene.given_case, "utlämnat"),
        (scene.receiver, scene.case, "mottaget"),
    ):
        client = scene.client(account)
        answer, count = statements(client, reverse("disclosures:of-case", args=[case.pk]))
        assert count <= MOST_STATEMENTS
        assert told in text_of(answer)
