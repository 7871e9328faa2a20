"""An officer who asks and a lawyer who decides, in the case of the scene."""

from __future__ import annotations

import re
from typing import Any

from samsyn.hub.guard import two_persons
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account, TwoPersonRequest
from tests.hub.cases.scene import Scene


def officer(scene: Scene) -> Actor:
    """The tax agency's officer, acting in its case."""
    return scene.in_case(scene.giver, scene.given_case)


def lawyer_of(scene: Scene, agency: str = "SKV") -> Account:
    """The one who can be the second person."""
    return scene.hub.person(agency, "secrecy_lawyer", name="Lova Jurist")


def decided(scene: Scene, by: Account, request: TwoPersonRequest, yes: bool = True) -> None:
    """Say yes or no, as the page of two persons does, in no case."""
    actor = scene.actor(by)
    with acting(actor):
        two_persons.decide(
            actor, request_id=request.pk, approve=yes, reason="" if yes else "Skälet räcker inte."
        )


def changed(scene: Scene, query: str, *values: Any) -> None:
    """Change something as only an operator can, for the sake of the story."""
    with scene.hub.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        owner.execute(query, values)


def logged(scene: Scene, act: str, detail: str) -> list[str]:
    """What some acts touched, as the log has it."""
    with scene.hub.owner() as owner:
        rows = owner.execute(
            "select objects from guard_log_entry where act = %s and detail = %s order by id",
            [act, detail],
        ).fetchall()
    return [str(row[0]) for row in rows]


def token(body: str) -> str:
    """The token of a form, by which it does its act once."""
    found = re.search(r'name="once" value="([^"]+)"', body)
    assert found
    return found[1]
