"""What takes two persons and has none is said, with what mends it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from samsyn.hub.guard.actions import close_account
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.lacking import lacking, lacking_at
from samsyn.hub.guard.rulebooks import current_organisation
from samsyn.hub.project.checks.agencies import second_person_findings
from tests.hub.support import Hub

ONE, TWO, THREE = uuid4(), uuid4(), uuid4()
COORDINATOR = "victim_support_coordinator"


def stopped(*held: tuple[object, str]) -> set[tuple[str, str]]:
    """Level and act of all that cannot be done at all."""
    found = lacking(current_organisation(), held)  # type: ignore[arg-type]
    return {(lack.level, act) for lack in found if lack.stops for act in lack.acts}


def alone(*held: tuple[object, str]) -> set[tuple[str, str]]:
    """Level and act of all that hangs on one person."""
    found = lacking(current_organisation(), held)  # type: ignore[arg-type]
    return {(lack.level, act) for lack in found if not lack.stops for act in lack.acts}


def test_one_coordinator_of_the_protection_track_can_lift_and_open_nothing() -> None:
    assert ("protection", "secrecy.lift") in stopped((ONE, COORDINATOR))
    assert ("protection", "tipster.open") in stopped((ONE, COORDINATOR))
    assert not stopped((ONE, COORDINATOR), (TWO, COORDINATOR))
    # One person with the role twice over, at two centres, is one person.
    assert stopped((ONE, COORDINATOR), (ONE, COORDINATOR))


def test_officers_without_a_lawyer_and_with_one(subtests: pytest.Subtests) -> None:
    officers = [(ONE, "agency_officer"), (TWO, "agency_officer")]
    with subtests.test("without"):
        assert ("cases", "review.request") in stopped(*officers)
    with subtests.test("with one"):
        one = [*officers, (THREE, "secrecy_lawyer")]
        assert ("cases", "review.request") not in stopped(*one)
        assert ("cases", "review.request") in alone(*one)
    with subtests.test("with two"):
        two = [*officers, (THREE, "secrecy_lawyer"), (uuid4(), "secrecy_lawyer")]
        assert not stopped(*two)
        assert ("cases", "review.request") not in alone(*two)


def test_a_lone_administrator_can_raise_nobody_and_an_agency_without_people_lacks_nothing() -> None:
    assert ("people", "role.raise") in stopped((ONE, "agency_administrator"))
    assert not stopped()


def test_the_administrator_is_told_on_the_page_and_on_my_day_until_it_is_mended(hub: Hub) -> None:
    first = hub.person("AV", "agency_administrator")
    hub.person("AV", "agency_administrator")
    hub.person("AV", COORDINATOR, name="Ylva Norén")
    browser = hub.client(first)
    for address in ("/people/", "/"):
        said = browser.get(address).content.decode()
        assert "Saknar en andra person" in said, address
        assert "häva sekretessmarkering" in said
        assert "samordnare för stöd till utsatta" in said
    hub.person("AV", COORDINATOR)
    for address in ("/people/", "/"):
        assert "Saknar en andra person" not in browser.get(address).content.decode(), address


def test_a_role_that_is_over_and_an_account_that_is_closed_count_for_nothing(hub: Hub) -> None:
    first = hub.person("AV", "agency_administrator")
    second = hub.person("AV", "agency_administrator")
    actor = hub.actor(first)
    with acting(actor):
        assert not lacking_at(actor)
    with acting(actor):
        close_account(actor, account_id=second.pk)
    with acting(actor):
        (lack,) = lacking_at(actor)
    assert lack.stops


def test_check_warns_without_naming_anybody(hub: Hub) -> None:
    hub.person("AV", COORDINATOR, name="Ylva Norén")
    hub.person("AV", "agency_officer")
    with hub.owner() as owner:
        found = list(second_person_findings(owner, hub.today))
        later = list(second_person_findings(owner, hub.today - timedelta(days=4000)))
    assert {finding.code for finding in found} >= {"no-second-person"}
    assert all(finding.level == "warning" for finding in found)
    said = " ".join(finding.into("sv") + finding.into("en") for finding in found)
    assert "AV" in said
    assert "Ylva" not in said
    assert not later
