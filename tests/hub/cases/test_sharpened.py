"""A receiver marks its copy more strictly, and lifts what it added; never what the giver says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError, connections, transaction
from django.test import override_settings
from django.urls import reverse

from samsyn.hub.cases.actions import confirm_secrecy
from samsyn.hub.cases.actions.lifting import ask_lift_fact
from samsyn.hub.cases.models import Fact
from samsyn.hub.disclosures.reconciling import differences
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import TwoPersonRequest
from samsyn.hub.guard.refusals import Conflict, Invalid, Refused
from tests.hub.cases.scene import Scene
from tests.hub.cases.test_remarked import FURTHER, copy, derived, mark, page
from tests.hub.cases.two_persons import decided, lawyer_of

WHY = "Personen står inte längre under hot."


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[None]:
    """A place for files."""
    with override_settings(SAMSYN_FILES_DIR=tmp_path):
        yield


def sharpened(scene: Scene, *marks: str, further: str = "") -> Fact:
    """The receiver learns more of what it was given."""
    actor, now = scene.in_case(scene.receiver, scene.case), copy(scene)
    with acting(actor):
        confirm_secrecy(
            actor=actor,
            fact=now,
            secrecy=[*now.secrecy, *([further] if further else [])],
            marks=[*now.marks, *marks],
        )
    return copy(scene)


def asked(scene: Scene, fact: Fact, *marks: str, secrecy: tuple[str, ...] = ()) -> TwoPersonRequest:
    actor = scene.in_case(scene.receiver, scene.case)
    with acting(actor):
        return ask_lift_fact(
            actor=actor, fact=fact, secrecy=list(secrecy), marks=list(marks), reason=WHY
        )


def test_what_the_receiver_added_is_lifted_there_by_two_persons(scene: Scene) -> None:
    before, note = copy(scene), derived(scene)
    after = sharpened(scene, "protected", further=FURTHER)
    assert after.marks == ["protected"]
    assert sorted(after.added) == sorted(["protected", FURTHER])
    with acting(inside := scene.in_case(scene.receiver, scene.case)):
        assert "protected" in Fact.seen_one(inside, pk=note.pk).marks  # what builds on it follows
    assert list(differences()) == []
    request = asked(scene, after, "protected", secrecy=(FURTHER,))
    assert copy(scene).marks == ["protected"]  # one person alone lifts nothing
    decided(scene, lawyer_of(scene, "AV"), request)
    left = copy(scene)
    assert (left.marks, left.secrecy, left.added) == (before.marks, before.secrecy, [])


def test_what_came_with_it_is_neither_unticked_nor_lifted(scene: Scene) -> None:
    after = sharpened(scene, "protected")
    actor = scene.in_case(scene.receiver, scene.case)
    with acting(actor):
        with pytest.raises(Invalid, match="lifted only there"):
            confirm_secrecy(actor=actor, fact=after, secrecy=[], marks=after.marks)
        with pytest.raises(Invalid, match="two persons"):
            confirm_secrecy(actor=actor, fact=after, secrecy=after.secrecy, marks=[])
        with pytest.raises(Refused, match="SKV"):
            ask_lift_fact(actor=actor, fact=after, secrecy=[after.secrecy[0]], marks=[], reason=WHY)


def test_what_the_giver_says_later_too_is_the_givers_from_then_on(scene: Scene) -> None:
    after = sharpened(scene, "protected")
    request = asked(scene, after, "protected")
    mark(scene, "protected")
    assert copy(scene).added == []
    with pytest.raises(Conflict):
        decided(scene, lawyer_of(scene, "AV"), request)
    assert copy(scene).marks == ["protected"]
    with pytest.raises(Refused, match="SKV"):
        asked(scene, copy(scene), "protected")


def test_the_database_lifts_only_what_was_added_and_agreed_to(scene: Scene) -> None:
    now = sharpened(scene, "protected")
    actor = scene.in_case(scene.receiver, scene.case)
    request = asked(scene, now, "protected")
    with acting(actor):
        for secrecy, marks in (([now.secrecy[0]], []), ([], ["protected"])):
            with (
                pytest.raises(DatabaseError, match="nothing of yours to lift"),
                transaction.atomic(),
                connections["default"].cursor() as cursor,
            ):
                cursor.execute(
                    "select cases_lift_added(%s, %s::text[], %s::text[], '{}', %s)",
                    [now.pk, secrecy, marks, request.pk],
                )
        with acting(actor), connections["default"].cursor() as cursor:
            cursor.execute("update cases_fact set marks = '{}' where id = %s", [now.pk])
            assert cursor.rowcount == 0  # what was received is not written by its receiver


def test_the_pages_say_what_can_be_lifted_here_and_why_the_rest_cannot(scene: Scene) -> None:
    said = page(scene, "cases:fact", scene.copy.pk)
    assert "Skärp märkningen hos er" in said
    said = page(scene, "cases:fact-secrecy", scene.copy.pk)
    assert "Det som följde med står kvar" in said
    client = scene.client(scene.receiver)
    form = {"secrecy": scene.copy.secrecy, "marks": ["protected"], "more_secrecy": ""}
    address = reverse("cases:fact-secrecy", args=[scene.case.pk, scene.copy.pk])
    assert client.post(address, form).status_code == 302
    assert copy(scene).added == ["protected"]
    refused = client.post(address, {**form, "marks": []}).content.decode()
    assert "hävs av två personer" in refused
