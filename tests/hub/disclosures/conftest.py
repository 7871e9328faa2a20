"""Two agencies with a case each, and browsers in which their officers have signed in."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from samsyn.hub.cases.actions import add_subject, open_case, write_fact
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.registry.models import Entity
from tests.hub.support import Hub

WEIGHING = "Kontrollen kan inte planeras utan uppgiften; bolagets intresse väger lättare."
SECRET = "Redovisade löner täcker fyra av elva som arbetar på platsen. Skulden är 410 000 kronor."
KEPT = "En revisor har lämnat egna anteckningar om delägarna."


@dataclass
class Two:
    """The tax agency has a case with two facts; the work environment authority has an empty one.

    Attributes:
        giver, receiver: the officers.
        skv, av: their browsers.
        case: the tax agency's case, with facts.
        asking: the other agency's case, in a matter of its own, about the same firm.
    """

    hub: Hub
    giver: Actor
    receiver: Actor
    skv: Client
    av: Client
    case: Case
    asking: Case
    firm: Entity
    place: Entity
    fact: Fact
    kept: Fact


@pytest.fixture
def two(hub: Hub) -> Two:
    """The agencies, before anything has passed between them."""
    skv, av = (
        hub.person("SKV", "agency_officer", name="Sanna Ekholm"),
        hub.person("AV", "agency_officer", name="Maja Lindqvist"),
    )
    giver, receiver = hub.actor(skv), hub.actor(av)
    with acting(giver):
        case = open_case(actor=giver, title="Björklunds Bygg AB", purpose="joint_inspection_plan")
        firm = add_subject(actor=giver, case=case, kind="firm", name="Björklunds Bygg AB")
        fact, kept = (
            write_fact(
                actor=giver,
                case=case,
                text=text,
                item_kind="payroll_and_vat_figures",
                activity="taxation",
                subject_kind="company",
                entity=firm,
                source="egen granskning av deklarationer",
            )
            for text in (SECRET, KEPT)
        )
    with acting(receiver):
        asking = open_case(
            actor=receiver, title="Kvarteret Lönnen", purpose="joint_inspection_plan"
        )
        place = add_subject(
            actor=receiver,
            case=asking,
            kind="workplace",
            name="Kvarteret Lönnen",
            address="Lönngatan 4",
        )
    clients = hub.client(skv), hub.client(av)
    for client in clients:
        client.get("/utlamnanden/")  # notes in the session that it is in use, once in a while
    return Two(hub, giver, receiver, *clients, case, asking, firm, place, fact, kept)
