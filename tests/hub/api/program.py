"""A program of an agency, as a test writes one: a key, and calls made with it."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from samsyn.hub.api.tokens import acts_for_programs, make_token
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.rulebooks import current_organisation
from tests.hub.support import Browser

PLAN = "joint_inspection_plan"
V1 = "/api/v1"


@dataclass
class Program:
    """What calls the interface.

    Attributes:
        secret: of its key; empty for none.
        token: id of the key.
    """

    secret: str
    token: UUID | None = None
    client: Browser = field(default_factory=lambda: Browser(SERVER_NAME="localhost"))

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"{V1}{path}", query, headers=self.headers())

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.client.post(
            f"{V1}{path}",
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={**self.headers(), **headers},
        )

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"} if self.secret else {}


def program(
    actor: Actor,
    *,
    role: str = "",
    acts: Collection[str] = (),
    purpose: str = PLAN,
    case: UUID | None = None,
    days: int = 30,
) -> Program:
    """A program of a person, with a key for all that it may do unless something less is named."""
    chosen = role or actor.roles[0]
    with acting(actor):
        token, secret = make_token(
            actor=actor,
            name="Ärendesystemet",
            role=chosen,
            acts=acts or acts_for_programs(current_organisation(), chosen),
            purpose=purpose,
            last_day=actor.day + timedelta(days=days),
            case=case,
        )
    return Program(secret, token.pk)
