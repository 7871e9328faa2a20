"""With the training data loaded, the demo's auditor and lawyer find something to examine."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.urls import reverse

from samsyn.hub.guard.models import Account
from samsyn.hub.training.people import DEMO_PEOPLE
from tests.hub.cases.scene import MOST_STATEMENTS, statements
from tests.hub.support import Browser
from tests.hub.training.conftest import Trained


@pytest.fixture
def auditor(trained: Trained) -> Browser:
    """The auditor of AV."""
    return _client(trained, "auditor")


@pytest.fixture
def lawyer(trained: Trained) -> Browser:
    """The secrecy lawyer of AV."""
    return _client(trained, "secrecy_lawyer")


def _client(trained: Trained, role: str) -> Browser:
    person = next(one for one in DEMO_PEOPLE if (one.agency, one.role) == ("AV", role))
    account = Account(id=UUID(str(person.account)), name=person.name, agency="AV", password="!")
    client = trained.hub.client(account)
    client.get("/me/")
    return client


def test_the_log_is_full_and_each_page_within_its_statements(auditor: Browser) -> None:
    for name in ("overview", "log", "checks", "anomalies", "access", "why"):
        answer, count = statements(auditor, reverse(f"insight:{name}"))
        assert answer.status_code == 200
        assert count <= MOST_STATEMENTS, (name, count)
    body = auditor.get(reverse("insight:log")).content.decode()
    entries = re.findall(r"/insyn/logg/([0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3})/", body)
    assert len(entries) == 50
    assert auditor.get(f"/insyn/logg/{entries[0]}/").status_code == 200


def test_something_stands_out_and_something_is_to_be_confirmed(auditor: Browser) -> None:
    year = auditor.get(reverse("insight:anomalies"), {"fran": "2025-12-01"}).content.decode()
    hits = [int(n) for n in re.findall(r'class="number" data-label="Träffar">(\d+)', year)]
    assert sum(n > 0 for n in hits) >= 2
    review = auditor.get(reverse("insight:access")).content.decode()
    assert "Bekräfta:" in review


def test_the_lawyer_finds_cases_that_are_due_and_a_proposal(lawyer: Browser) -> None:
    answer, count = statements(lawyer, reverse("insight:retention"))
    assert count <= MOST_STATEMENTS
    body = answer.content.decode()
    assert "Väntar på beslut" in body
    assert body.count("/arenden/") >= 3
