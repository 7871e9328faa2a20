"""A mark that is put on later reaches every copy at once; one that is lifted stays there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from django.db import DatabaseError, connections
from django.test.utils import override_settings
from django.urls import reverse

from samsyn.hub.cases.actions import (
    add_file,
    ask_lift_fact,
    confirm_secrecy,
    correct_fact,
    mark_file,
    write_fact,
)
from samsyn.hub.cases.closed_field import CLOSED, CLOSED_NAME
from samsyn.hub.cases.models import Case, Event, Fact, RegisterEntry, SealedFile
from samsyn.hub.disclosures.actions import decide_and_deliver, prepare_disclosure, recall
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure
from samsyn.hub.disclosures.reconciling import differences
from samsyn.hub.guard.context import acting
from tests.hub.cases.scene import GIVEN, PURPOSE, WEIGHING, Scene
from tests.hub.cases.two_persons import decided, lawyer_of, officer

FURTHER = "2009:400/35:1"


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[None]:
    """A place for files."""
    with override_settings(SAMSYN_FILES_DIR=tmp_path):
        yield


def mark(scene: Scene, *marks: str, further: Sequence[str] = ()) -> None:
    """The giver learns more, and marks what it gave."""
    actor = officer(scene)
    with acting(actor):
        now = Fact.seen_one(actor, pk=scene.given.pk)
        confirm_secrecy(
            actor=actor, fact=now, secrecy=[*now.secrecy, *further], marks=[*now.marks, *marks]
        )


def copy(scene: Scene) -> Fact:
    """The receiver's copy as it stands."""
    actor = scene.in_case(scene.receiver, scene.case)
    with acting(actor):
        return Fact.seen_one(actor, pk=scene.copy.pk)


def derived(scene: Scene) -> Fact:
    """What the receiver writes that repeats it."""
    actor = scene.in_case(scene.receiver, scene.case)
    with acting(actor):
        return write_fact(
            actor=actor, case=scene.case, text=f"Enligt dem: {GIVEN}",
            item_kind="inspection_findings", activity="supervision",
        )  # fmt: skip


def page(scene: Scene, name: str, *more: object) -> str:
    """A page of the receiver's case."""
    client = scene.client(scene.receiver)
    answer = client.get(reverse(name, args=[scene.case.pk, *more]))
    assert answer.status_code == 200, name
    return str(answer.content.decode())


def test_the_copy_and_what_builds_on_it_are_marked_at_once(scene: Scene) -> None:
    before = copy(scene)
    note = derived(scene)
    mark(scene, "protected", further=[FURTHER])
    after = copy(scene)
    assert (before.marks, after.marks) == ([], ["protected"])
    assert FURTHER in after.secrecy
    assert set(before.secrecy) < set(after.secrecy)
    inside = scene.in_case(scene.receiver, scene.case)
    with acting(inside):
        again = Fact.seen_one(inside, pk=note.pk)
        assert (again.marks, FURTHER in again.secrecy) == (["protected"], True)
        (told,) = Event.seen(inside).filter(act="disclosure.remarked")
        line = RegisterEntry.seen(inside).get(direction="in")
    assert FURTHER in line.mark_provision
    assert (told.by_agency, told.words) == ("SKV", {"giver": "SKV"})
    assert "Märkningen har skärpts av SKV" in page(scene, "cases:room")
    giver = scene.client(scene.giver).get(reverse("cases:room", args=[scene.given_case.pk]))
    assert "Skärpt märkning infördes hos AV" in giver.content.decode()
    assert list(differences()) == []


def test_a_tip_giver_learnt_of_later_is_closed_at_the_receiver(scene: Scene) -> None:
    note = derived(scene)
    assert "kvarteret Ejdern" in page(scene, "cases:facts")
    mark(scene, "tip_giver")
    for name, more in (
        ("cases:facts", ()), ("cases:fact", (scene.copy.pk,)), ("cases:fact", (note.pk,)),
    ):  # fmt: skip
        body = page(scene, name, *more)
        assert "kvarteret Ejdern" not in body, name
        assert CLOSED.sv in body
    found = scene.client(scene.receiver).get(
        "/sok/", {"q": "Ejdern", "slag": "uppgifter", "arende": str(scene.case.pk)}
    )
    assert str(scene.copy.pk) not in found.content.decode()
    inside = scene.in_case(scene.receiver, scene.case)
    with acting(inside):
        search = connections["default"].cursor()
        search.execute("select search::text from cases_fact where id = %s", [scene.copy.pk])
        assert "ejd" not in search.fetchone()[0]


def test_what_was_told_on_and_what_was_corrected_since_is_marked_too(scene: Scene) -> None:
    inside = scene.in_case(scene.receiver, scene.case)
    with acting(inside):
        draft = prepare_disclosure(
            actor=inside, case=scene.case, receiver="FK", purpose=PURPOSE,
            facts=[Fact.seen_one(inside, pk=scene.copy.pk)],
        )  # fmt: skip
        item = DisclosedFact.seen(inside).get(disclosure=draft)
        sent = item.outcome in ("must", "may", "public", "may_after_balancing")
        if sent:
            decide_and_deliver(actor=inside, draft=draft, version=draft.version, weighing=WEIGHING)
    actor = officer(scene)
    with acting(actor):
        scene.given = correct_fact(
            actor=actor, fact=Fact.seen_one(actor, pk=scene.given.pk), text="Rättad uppgift.",
            reason="Fel antal.",
        )  # fmt: skip
    mark(scene, "victim")
    assert copy(scene).marks == ["victim"]
    assert sent, "the scene lets the receiver tell it on"
    outsider = scene.actor(scene.outsider)
    with acting(outsider):
        there = Case.seen(outsider).get()
    at_third = scene.in_case(scene.outsider, there)
    with acting(at_third):
        assert Fact.seen(at_third).get().marks == ["victim"]
        # It learns it from whoever told it, and not from whom that had it.
        (told,) = Event.seen(at_third).filter(act="disclosure.remarked")
    assert (told.by_agency, told.by_name, told.words) == ("AV", "", {"giver": "AV"})


def test_nothing_is_taken_off_at_the_receiver(scene: Scene) -> None:
    mark(scene, "victim")
    actor = officer(scene)
    with acting(actor):
        now = Fact.seen_one(actor, pk=scene.given.pk)
        request = ask_lift_fact(
            actor=actor, fact=now, secrecy=now.secrecy, marks=["victim"], reason="Känt."
        )
    decided(scene, lawyer_of(scene), request)
    kept = copy(scene)
    assert kept.marks == ["victim"]
    assert kept.secrecy
    mark(scene, "child")
    assert copy(scene).marks == ["victim", "child"]
    inside = scene.in_case(scene.receiver, scene.case)
    with acting(inside):
        assert Event.seen(inside).filter(act="disclosure.remarked").count() == 2


def test_a_mark_that_adds_nothing_tells_nobody(scene: Scene) -> None:
    mark(scene)
    inside = scene.in_case(scene.receiver, scene.case)
    with acting(inside):
        assert not Event.seen(inside).filter(act="disclosure.remarked").exists()


def test_what_was_recalled_stays_gone(scene: Scene) -> None:
    actor = officer(scene)
    with acting(actor):
        recall(actor=actor, disclosure=Disclosure.seen(actor).get(), reason="Fel mottagare.")
    mark(scene, "protected")
    inside = scene.in_case(scene.receiver, scene.case)
    with acting(inside):
        assert not Fact.seen(inside).exists()
        assert not Event.seen(inside).filter(act="disclosure.remarked").exists()


def test_files_that_went_along_are_marked_likewise(scene: Scene) -> None:
    actor = officer(scene)
    with acting(actor):
        fact = write_fact(
            actor=actor, case=scene.given_case, text="Lönelistan visar fyra anställda.",
            item_kind="payroll_and_vat_figures", activity="taxation", subject_kind="company",
        )  # fmt: skip
        file = add_file(
            actor=actor, case=scene.given_case, name="lönelista från Xerxina.txt",
            data=b"Xerxina", direction="in", counterpart="Bolaget", fact=fact,
        )  # fmt: skip
        draft = prepare_disclosure(
            actor=actor, case=scene.given_case, receiver="AV", purpose=PURPOSE, facts=[fact]
        )
        item = DisclosedFact.seen(actor).get(disclosure=draft)
        decide_and_deliver(
            actor=actor, draft=draft, version=draft.version, weighing=WEIGHING,
            with_files=[item.pk],
        )  # fmt: skip
    assert "Xerxina" in page(scene, "cases:files")
    inside = scene.in_case(scene.receiver, scene.case)
    with acting(actor):
        mark_file(actor=actor, file=file, secrecy=[FURTHER], marks=["tip_giver"])
    with acting(inside):
        there = SealedFile.seen(inside).get()
        assert (there.marks, there.secrecy) == (["tip_giver"], [FURTHER])
        assert there.name == CLOSED_NAME.sv
    assert "Xerxina" not in page(scene, "cases:files")
    original = scene.client(scene.receiver).get(
        reverse("cases:file-original", args=[scene.case.pk, there.pk])
    )
    assert original.status_code == 403
    assert "Märkningen har skärpts av SKV" in page(scene, "cases:room")


def test_nobody_marks_what_is_not_theirs(scene: Scene) -> None:
    for account, case, fact in (
        (scene.receiver, scene.case, scene.given),
        (scene.outsider, scene.case, scene.copy),
    ):
        actor = scene.in_case(account, case)
        with pytest.raises(DatabaseError), acting(actor):
            connections["default"].cursor().execute(
                "select disclosures_remark(%s, 'x', 1)", [fact.pk]
            )


def test_a_person_who_is_protected_later_is_so_in_the_receivers_register(scene: Scene) -> None:
    with scene.hub.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        owner.execute(
            "update registry_entity set kind = 'person' where id in "
            "(select entity_id from cases_fact where id = any (%s))",
            [[scene.given.pk, scene.copy.pk]],
        )
    assert registered(scene) == {False}
    mark(scene, "protected")
    assert registered(scene) == {True}


def registered(scene: Scene) -> set[bool]:
    """Whether the person has protected data in the registers of the two."""
    with scene.hub.owner() as owner:
        rows = owner.execute(
            "select e.protected from cases_fact f join registry_entity e on e.id = f.entity_id"
            " where f.id = any (%s)",
            [[scene.given.pk, scene.copy.pk]],
        ).fetchall()
    assert len(rows) == 2
    return {bool(row[0]) for row in rows}
