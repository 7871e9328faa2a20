"""What an officer does in the case room, through the pages an officer uses."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.hub.cases.actions import add_subject, open_case, restrict_case, write_fact
from samsyn.hub.cases.models import Case, CaseMember, Clock, ClockPause, Event, Fact, Task
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import LogEntry
from tests.hub.cases.scene import GIVEN, KEPT, PURPOSE, Scene


def text_of(answer: Any) -> str:
    """A page as it reads, without its tags."""
    bare = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(bare.replace("\xa0", " ").split())


def post(client: Client, view: str, /, *args: Any, **values: Any) -> Any:
    """Send a form, with a token of its own."""
    return client.post(reverse(view, args=args), {"once": str(uuid4()), **values})


def test_a_case_is_opened_and_leads_to_its_room(scene: Scene) -> None:
    client = scene.client(scene.outsider)
    answer = post(client, "cases:new", title="Städfirman", purpose="own_supervision")
    assert answer.status_code == 302
    page = text_of(client.get(answer["Location"]))
    assert "Städfirman" in page
    assert "FK 2026/" in page or "2026" in page
    assert "Ärendet öppnades" in page


def test_a_form_with_a_fault_keeps_what_was_written_and_says_what_is_wrong(scene: Scene) -> None:
    client = scene.client(scene.outsider)
    answer = post(client, "cases:new", title="", summary="Det jag skrev", purpose="own_supervision")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "data-errors" in page
    assert "Det jag skrev" in page
    with acting(scene.actor(scene.outsider)):
        assert not Case.seen(scene.actor(scene.outsider)).exists()


def test_a_form_sent_twice_does_its_act_once(scene: Scene) -> None:
    client = scene.client(scene.outsider)
    form = {"once": str(uuid4()), "title": "En gång", "purpose": "own_supervision"}
    first = client.post(reverse("cases:new"), form)
    second = client.post(reverse("cases:new"), form)
    assert first["Location"] == second["Location"]
    with acting(scene.actor(scene.outsider)):
        assert Case.seen(scene.actor(scene.outsider)).count() == 1


def test_the_list_is_filtered_by_links_and_words(scene: Scene) -> None:
    actor = scene.actor(scene.giver)
    with acting(actor):
        open_case(actor=actor, title="Frisörsalongen vid torget", purpose="own_tax_control")
    client = scene.client(scene.giver)

    def shown(**query: str) -> str:
        return text_of(client.get(reverse("cases:list"), query))

    assert "Björklunds Bygg" in shown()
    assert "Björklunds Bygg" not in shown(q="frisor")
    assert "Frisörsalongen" in shown(q="frisor")
    assert "Björklunds Bygg" in shown(q=scene.given_case.number)
    assert "Frisörsalongen" not in shown(andamal=PURPOSE)
    assert "Inga ärenden svarar mot det här" in shown(lage="closed")
    assert "Björklunds Bygg" in shown(mina="1")
    assert "Björklunds Bygg" not in shown(fran_andra="1")
    assert "Uppgifter från SKV" in text_of(
        scene.client(scene.receiver).get(reverse("cases:list"), {"fran_andra": "1"})
    )


def test_the_next_fifty_go_on_where_the_first_ended(scene: Scene) -> None:
    actor = scene.actor(scene.outsider)
    with acting(actor):
        for number in range(57):
            open_case(actor=actor, title=f"Ärende nr {number:02}", purpose=PURPOSE)
    client = scene.client(scene.outsider)
    first = client.get(reverse("cases:list")).content.decode()
    follow = re.search(r'href="([^"]+)" rel="next"', first)
    assert follow
    second = client.get(reverse("cases:list") + follow[1].replace("&amp;", "&")).content.decode()
    titles = [re.findall(r"Ärende nr \d\d", page) for page in (first, second)]
    assert [len(set(found)) for found in titles] == [50, 7]
    assert not {*titles[0]} & {*titles[1]}


def test_a_told_case_is_taken_up(scene: Scene) -> None:
    client = scene.client(scene.receiver)
    assert "att ta upp" in text_of(client.get(reverse("cases:room", args=[scene.case.pk])))
    post(client, "cases:take-up", scene.case.pk)
    page = text_of(client.get(reverse("cases:room", args=[scene.case.pk])))
    assert "Tog upp ärendet" in page
    assert "Ta upp ärendet" not in page


def test_received_facts_are_read_for_their_purpose_alone(scene: Scene) -> None:
    client = scene.client(scene.receiver)
    facts = reverse("cases:facts", args=[scene.case.pk])
    assert GIVEN in text_of(client.get(facts))
    assert KEPT not in text_of(client.get(facts))
    post(client, "cases:purpose", scene.case.pk, purpose="own_supervision")
    other = client.get(facts)
    assert GIVEN not in text_of(other)
    assert "?del=SKV" not in other.content.decode()
    one = client.get(reverse("cases:fact", args=[scene.case.pk, scene.copy.pk]))
    assert one.status_code == 404


def test_the_giver_learns_when_a_copy_was_first_read(scene: Scene) -> None:
    from samsyn.hub.disclosures.models import DisclosedFact

    actor = scene.actor(scene.giver)
    with acting(actor):
        assert DisclosedFact.seen(actor).get().read_at is None
    scene.client(scene.receiver).get(reverse("cases:facts", args=[scene.case.pk]))
    with acting(actor):
        assert DisclosedFact.seen(actor).get().read_at is not None


def test_each_page_of_facts_leaves_its_look_in_the_log(scene: Scene) -> None:
    scene.client(scene.giver).get(reverse("cases:facts", args=[scene.given_case.pk]))
    with acting(scene.actor(scene.giver)):
        look = LogEntry.rows.filter(act="case.read", case_id=scene.given_case.pk).latest("id")
    assert str(scene.kept.pk) in look.objects
    assert str(scene.given.pk) in look.objects


def test_people_tasks_and_clocks(scene: Scene) -> None:
    hub, client, case = scene.hub, scene.client(scene.giver), scene.given_case
    colleague = hub.person("SKV", "inspector", name="Kalle Kollega")
    post(client, "cases:people", case.pk, account=str(colleague.pk), duty="handler")
    post(client, "cases:task-new", case.pk, what="Boka tolk", account=str(colleague.pk))
    post(client, "cases:clock-new", case.pk, what="Svar till PM", working_days="3")
    room = reverse("cases:room", args=[case.pk])
    page = text_of(client.get(room))
    for word in ("Kalle Kollega", "Boka tolk", "Svar till PM 3 arbetsdagar kvar"):
        assert word in page
    actor = scene.actor(scene.giver)
    with acting(actor):
        task, clock = Task.seen(actor).get(), Clock.seen(actor).get()
        member = CaseMember.seen(actor).get(account=colleague.pk)
    post(client, "cases:task-done", case.pk, task.pk)
    post(client, "cases:clock-pause", case.pk, clock.pk, reason="Väntar på svar")
    page = text_of(client.get(room))
    assert "Gjorde klart: Boka tolk" in page
    assert "pausad Väntar på svar" in page
    post(client, "cases:clock-change", case.pk, clock.pk, "fortsatt")
    post(client, "cases:clock-change", case.pk, clock.pk, "klar")
    post(client, "cases:unassign", case.pk, member.pk)
    with acting(actor):
        assert Clock.seen(actor).get().stopped_on
        assert ClockPause.seen(actor).get().to_day
        assert CaseMember.seen(actor).get(pk=member.pk).to_day


def test_a_person_of_another_agency_is_not_put_on_a_case(scene: Scene) -> None:
    client = scene.client(scene.giver)
    answer = post(
        client, "cases:people", scene.given_case.pk, account=str(scene.outsider.pk), duty="handler"
    )
    assert answer.status_code == 200
    assert scene.outsider.name not in text_of(answer)


def test_two_who_change_a_case_at_once_do_not_undo_each_other(scene: Scene) -> None:
    client, case = scene.client(scene.giver), scene.given_case
    form = {"title": "Nytt namn", "purpose": PURPOSE, "version": str(case.version)}
    assert post(client, "cases:edit", case.pk, **form).status_code == 302
    late = post(client, "cases:edit", case.pk, **{**form, "title": "Mitt namn"})
    assert late.status_code == 200
    assert "Någon annan har ändrat ärendet" in text_of(late)
    assert "Mitt namn" in late.content.decode()


def test_a_case_is_closed_with_its_outcome_and_opened_again(scene: Scene) -> None:
    client, case = scene.client(scene.giver), scene.given_case
    post(client, "cases:close", case.pk, outcome="Bolaget betalade in.")
    page = text_of(client.get(reverse("cases:room", args=[case.pk])))
    assert "Bolaget betalade in." in page
    assert "Gallras tidigast efter" not in page  # that is counted from the archive
    post(client, "cases:reopen", case.pk, reason="Nya uppgifter.")
    assert "Öppnade ärendet igen" in text_of(client.get(reverse("cases:room", args=[case.pk])))


def test_a_case_closed_to_others_is_not_there_for_a_colleague(scene: Scene) -> None:
    colleague = scene.hub.person("SKV", name="Kalle Kollega")
    client = scene.client(colleague)
    assert "Björklunds Bygg" in text_of(client.get(reverse("cases:list")))
    assert post(scene.client(scene.giver), "cases:restrict", scene.given_case.pk).status_code == 302
    assert "Björklunds Bygg" not in text_of(client.get(reverse("cases:list")))
    assert client.get(reverse("cases:room", args=[scene.given_case.pk])).status_code == 404
    there = scene.client(scene.giver).get(reverse("cases:room", args=[scene.given_case.pk]))
    assert "bara för tilldelade" in text_of(there)


def test_a_role_that_may_not_is_refused_with_a_next_step(scene: Scene) -> None:
    inspector = scene.hub.person("SKV", "inspector")
    client = scene.client(inspector)
    answer = client.get(reverse("cases:close", args=[scene.given_case.pk]))
    assert answer.status_code == 403
    assert "myndighetsadministratör" in text_of(answer)
    room = text_of(client.get(reverse("cases:room", args=[scene.given_case.pk])))
    assert "Avsluta ärendet" not in room


def test_a_protected_person_is_named_only_when_asked_and_that_is_logged(scene: Scene) -> None:
    actor = scene.in_case(scene.giver, scene.given_case)
    with acting(actor):
        person = add_subject(
            actor=actor, case=scene.given_case, kind="person", name="Anna Hemlig", protected=True
        )
        write_fact(
            actor=actor,
            case=scene.given_case,
            text="Sågs på platsen.",
            item_kind="payroll_and_vat_figures",
            activity="taxation",
            entity=person,
        )
    client = scene.client(scene.giver)
    for name in ("room", "facts", "subjects", "log", "fact-new"):
        page = client.get(reverse(f"cases:{name}", args=[scene.given_case.pk]))
        assert "Anna Hemlig" not in page.content.decode(), name
    shown = post(client, "cases:subject-show", scene.given_case.pk, person.pk)
    assert "Anna Hemlig" in text_of(shown)
    with acting(actor):
        assert LogEntry.rows.filter(
            act="fact.read", objects__contains=str(person.pk), detail="protected person shown"
        ).exists()


def test_a_subject_with_a_faulty_number_says_which(scene: Scene) -> None:
    client = scene.client(scene.giver)
    answer = post(
        client,
        "cases:subject-new",
        scene.given_case.pk,
        kind="firm",
        name="X AB",
        number="5566778898",
    )
    assert answer.status_code == 200
    assert "id_number_error" in answer.content.decode()
    foreign = {"kind": "firm", "name": "Obce sp. z o.o.", "number": "PL 123", "foreign": "on"}
    assert post(client, "cases:subject-new", scene.given_case.pk, **foreign).status_code == 302
    page = text_of(client.get(reverse("cases:subjects", args=[scene.given_case.pk])))
    assert "utländskt nummer" in page


@pytest.mark.parametrize("restricted", [False, True])
def test_the_timeline_has_a_sentence_for_everything_done(scene: Scene, restricted: bool) -> None:
    actor = scene.in_case(scene.giver, scene.given_case)
    with acting(actor):
        if restricted:
            restrict_case(actor=actor, case=scene.given_case)
    page = text_of(scene.client(scene.giver).get(reverse("cases:room", args=[scene.given_case.pk])))
    assert "Beslutade och lämnade ut till AV" in page
    with acting(scene.actor(scene.giver)):
        acts = set(Event.seen(scene.actor(scene.giver)).values_list("act", flat=True))
    assert not [act for act in acts if act in page]


def test_facts_of_a_compartment_are_shown_alone(scene: Scene) -> None:
    actor = scene.in_case(scene.receiver, scene.case)
    with acting(actor):
        write_fact(
            actor=actor,
            case=scene.case,
            text="Vår egen iakttagelse.",
            item_kind="inspection_findings",
            activity="supervision",
        )
    client = scene.client(scene.receiver)
    facts = reverse("cases:facts", args=[scene.case.pk])
    ours = text_of(client.get(facts, {"del": "vart"}))
    theirs = text_of(client.get(facts, {"del": "SKV"}))
    assert "Vår egen iakttagelse." in ours
    assert GIVEN not in ours
    assert GIVEN in theirs
    assert "Vår egen iakttagelse." not in theirs
    with acting(actor):
        assert Fact.seen(actor).filter(case=scene.case).count() == 2
