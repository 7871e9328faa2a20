"""What the interface for programs shows a person, with a key for each of their roles."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import connections
from django.test import Client

from samsyn.hub.api.tokens import acts_for_programs, digest_of
from samsyn.hub.guard.rulebooks import current_organisation

USUAL = "joint_inspection_plan"


def shown(client: Client, path: str, purpose: str = USUAL) -> str:
    """What a call says, with each key of the person who has signed in there."""
    said = []
    for secret in keys_of(client, purpose):
        answer = client.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code < 500, f"{path}: {answer.status_code}"
        said.append(answer.content.decode())
    return "".join(said)


def keys_of(client: Client, purpose: str) -> Iterator[str]:
    """A key for each role, made by the operator, so that no look is logged and no page asked."""
    organisation = current_organisation()
    with connections["owner"].cursor() as owner:
        owner.execute(
            "select a.id, a.agency, r.role from guard_session s join guard_account a "
            "on a.id = s.account join guard_roleassignment r on r.account_id = a.id "
            "where s.session_key = %s",
            [client.cookies[settings.SESSION_COOKIE_NAME].value],
        )
        rows = owner.fetchall()
        owner.execute("set session_replication_role = replica")
        for account, agency, role in rows:
            secret = secrets.token_urlsafe(32)
            owner.execute(
                "insert into api_token (id, hash, begins, name, account_id, agency, role, acts, "
                "purpose, last_day) values (%s, %s, '', '', %s, %s, %s, %s, %s, %s)",
                [
                    uuid4(), digest_of(secret), account, agency, role,
                    list(acts_for_programs(organisation, role)), purpose,
                    date.today() + timedelta(days=3650),  # days pass in the test
                ],
            )  # fmt: skip
            yield secret
        owner.execute("set session_replication_role = default")
