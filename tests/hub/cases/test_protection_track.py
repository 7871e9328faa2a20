"""In the protection track the second person is another coordinator of the same agency."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from samsyn.hub.cases.actions import archive_case, close_case, open_case, write_fact
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.guard import two_persons
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account, TwoPersonRequest
from samsyn.hub.guard.refusals import Missing, Refused
from samsyn.hub.insight.actions import propose_case_disposal
from samsyn.hub.insight.models import Disposal
from tests.hub.support import Hub

ROLE = "victim_support_coordinator"
TEXT = "Xerxina Tipsberg berättade var hon sover."
WHY = "Hotet behöver bedömas i dag."
FIRST = "2009:400/26:1"


class Track:
    """The track of AV: two coordinators, and people of the case work beside them."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.asks, self.agrees = hub.person("AV", ROLE), hub.person("AV", ROLE)
        self.outside = [
            hub.person("AV", "agency_officer"),
            hub.person("AV", "secrecy_lawyer"),
            hub.person("PM", ROLE),
        ]
        actor = hub.actor(self.asks)
        with acting(actor):
            self.case = open_case(actor=actor, title="Stöd", purpose="victim_support")
            self.fact = write_fact(
                actor=actor, case=self.case, text=TEXT, item_kind="victim_identity_and_abuse",
                activity="victim_support", secrecy=[FIRST], marks=["tip_giver"],
            )  # fmt: skip

    def client(self, account: Account) -> Any:
        """A signed-in browser."""
        client = self.hub.client(account)
        client.get(reverse("cases:list"))
        return client

    def ask(self, name: str, **sent: Any) -> None:
        """Ask on a page of the fact."""
        address = reverse(name, args=[self.case.pk, self.fact.pk])
        answer = self.client(self.asks).post(address, {"reason": WHY, **sent})
        assert answer.status_code == 302, answer.content.decode()[:400]

    def request(self) -> TwoPersonRequest:
        """What waits."""
        actor = self.hub.actor(self.asks)
        with acting(actor):
            return TwoPersonRequest.seen(actor).get(outcome="")

    def agree(self, account: Account, request: TwoPersonRequest) -> Any:
        """Agree on the page of two persons."""
        return self.client(account).post(
            reverse("guard:decide", args=[request.pk]), {"answer": "approve", "reason": ""}
        )

    def page(self, account: Account) -> Any:
        """The page of the fact."""
        return self.client(account).get(reverse("cases:fact", args=[self.case.pk, self.fact.pk]))


@pytest.fixture
def track(hub: Hub) -> Track:
    """The protection track of AV."""
    return Track(hub)


def decided_by_the_right_one(track: Track) -> None:
    """Nobody outside sees the request, the asker cannot agree, and the other can."""
    request = track.request()
    assert request.visible_to == "AV/protection"
    for account in track.outside:
        waiting = track.client(account).get(reverse("guard:two-persons"))
        assert str(request.pk) not in waiting.content.decode()
        actor = track.hub.actor(account)
        with acting(actor), pytest.raises(Missing):
            two_persons.decide(actor, request_id=request.pk, approve=True, reason="")
    own = track.hub.actor(track.asks)
    with acting(own), pytest.raises(Refused):
        two_persons.decide(own, request_id=request.pk, approve=True, reason="")
    waiting = track.client(track.agrees).get(reverse("guard:two-persons"))
    assert str(request.pk) in waiting.content.decode()
    assert "Xerxina" not in waiting.content.decode()
    assert track.agree(track.agrees, request).status_code == 302


def test_a_tip_givers_identity_is_opened_in_the_track(track: Track) -> None:
    assert "Xerxina" not in track.page(track.asks).content.decode()
    track.ask("cases:fact-open")
    decided_by_the_right_one(track)
    assert "Xerxina" in track.page(track.asks).content.decode()
    assert "Xerxina" not in track.page(track.agrees).content.decode()
    for account in track.outside:
        assert track.page(account).status_code == 404


def test_a_mark_is_lifted_in_the_track(track: Track) -> None:
    track.ask("cases:fact-lift", secrecy=[FIRST])
    decided_by_the_right_one(track)
    actor = track.hub.actor(track.asks)
    with acting(actor):
        now = Fact.seen_one(actor, pk=track.fact.pk)
    assert (now.secrecy, now.marks) == ([], ["tip_giver"])


def test_a_case_is_disposed_of_in_the_track(track: Track) -> None:
    actor = track.hub.actor(track.asks)
    with acting(actor):
        close_case(actor=actor, case=track.case, outcome="Klart.")
        archive_case(actor=actor, case=track.case)
    with track.hub.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        owner.execute(
            "update cases_case set keep_until = %s where id = %s",
            [track.hub.today - timedelta(days=1), track.case.pk],
        )
    with acting(actor):
        case = Case.seen_one(actor, pk=track.case.pk)
        propose_case_disposal(actor=actor, case=case, reason="Tiden är ute.")
    decided_by_the_right_one(track)
    with acting(actor):
        assert Disposal.seen(actor).count() == 1
        assert Fact.seen(actor).filter(state="current").count() == 0
