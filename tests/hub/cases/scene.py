"""A matter between two agencies, as the tests of the case room use it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samsyn.hub.cases.actions import add_subject, open_case, write_fact
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.disclosures.actions import decide_and_deliver, prepare_disclosure
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account
from samsyn.hub.project import sessions
from tests.hub.support import Hub

PURPOSE = "joint_inspection_plan"
GIVEN = "Redovisade löner täcker fyra av elva som arbetar på platsen i kvarteret Ejdern."
KEPT = "En revisor har lämnat egna anteckningar om byggets bokföring."
WEIGHING = "Kontrollen kan inte planeras utan uppgiften; bolagets intresse väger lättare."
MOST_STATEMENTS = 15


@dataclass
class Scene:
    """The tax agency has a case with two facts and has disclosed one to AV.

    Attributes:
        giver, receiver, outsider: accounts at SKV, AV and FK.
        given_case: the case at SKV, with ``given`` and ``kept``.
        case: the case at AV, where ``copy`` has arrived.
    """

    hub: Hub
    giver: Account
    receiver: Account
    outsider: Account
    given_case: Case
    given: Fact
    kept: Fact
    case: Case
    copy: Fact

    def actor(self, account: Account) -> Actor:
        """Who the account is today."""
        return self.hub.actor(account)

    def in_case(self, account: Account, case: Case, group: str = "joint_inspection") -> Actor:
        """Who the account is within a case."""
        return self.actor(account).within(
            case=case.pk, matter=case.matter, purpose=PURPOSE, purpose_group=group
        )

    def client(self, account: Account) -> Client:
        """A signed-in browser."""
        return self.hub.client(account)


def make_scene(hub: Hub) -> Scene:
    """Act it out."""
    giver = hub.person("SKV", name="Gertrud Givare")
    receiver = hub.person("AV", name="Maja Mottagare")
    outsider = hub.person("FK", name="Frans Främling")
    act_as = hub.actor(giver)
    with acting(act_as):
        case = open_case(actor=act_as, title="Björklunds Bygg", purpose=PURPOSE)
        firm = add_subject(actor=act_as, case=case, kind="firm", name="Björklunds Bygg AB")
        given, kept = (_fact(act_as, case, text, firm) for text in (GIVEN, KEPT))
        draft = prepare_disclosure(
            actor=act_as, case=case, receiver="AV", purpose=PURPOSE, facts=[given]
        )
        decide_and_deliver(actor=act_as, draft=draft, version=draft.version, weighing=WEIGHING)
    there = hub.actor(receiver)
    with acting(there):
        told = Case.seen(there).get()
    scene = Scene(hub, giver, receiver, outsider, case, given, kept, told, given)
    inside = scene.in_case(receiver, told)
    with acting(inside):
        scene.copy = Fact.seen(inside).get()
    return scene


def _fact(actor: Actor, case: Case, text: str, firm: Any) -> Fact:
    return write_fact(
        actor=actor,
        case=case,
        text=text,
        item_kind="payroll_and_vat_figures",
        activity="taxation",
        subject_kind="company",
        entity=firm,
    )


def statements(client: Client, address: str) -> tuple[Any, int]:
    """A page and the number of SQL statements it took, all counted.

    The session is written anew by the same request, as now and then it is.
    """
    with (
        patch.object(sessions, "PARTS", 10**9),
        CaptureQueriesContext(connections["default"]) as captured,
    ):
        answer = client.get(address)
    return answer, len(captured.captured_queries)
