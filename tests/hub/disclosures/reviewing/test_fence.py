"""Without the code's check the database delivers nothing unsigned; the night finds what left."""

from __future__ import annotations

from unittest import mock

import pytest
from django.db import DatabaseError

from samsyn.hub.disclosures.reconciling import differences
from samsyn.hub.disclosures.reviewing.actions import send_signed
from samsyn.hub.guard.context import acting
from tests.hub.disclosures.reviewing.conftest import Desk
from tests.hub.disclosures.reviewing.test_flow import copies, requested, signed


def test_reconciliation_finds_what_left_without_its_signature(desk: Desk) -> None:
    draft, review = signed(desk)
    with acting(desk.officer):
        send_signed(actor=desk.officer, draft=draft, version=draft.version)
    assert not list(differences("owner"))
    with desk.hub.owner() as owner, owner.transaction():
        owner.execute("set local session_replication_role = replica")
        owner.execute(
            "update disclosures_review set version = version - 1 where id = %s", [review.pk]
        )
    (found,) = differences("owner")
    assert (found.kind, found.id) == ("delivered_without_signature", str(draft.pk))


def past_the_code(desk: Desk) -> None:
    """Deliver with the code's own check taken away; the database is what is left."""
    draft, _ = requested(desk)
    with (
        acting(desk.officer),
        mock.patch("samsyn.hub.disclosures.actions.deciding.require_signature"),
    ):
        send_signed(actor=desk.officer, draft=draft, version=draft.version)


def test_the_database_delivers_nothing_without_the_signature(desk: Desk) -> None:
    with pytest.raises(DatabaseError, match="a second signature is missing"):
        past_the_code(desk)
    assert copies(desk) == 0


def test_without_the_check_of_the_database_it_would_leave(desk: Desk) -> None:
    """The test above stands on that check alone, and reconciliation finds what gets past it."""
    with desk.hub.owner() as owner:
        row = owner.execute(
            "select pg_get_functiondef(oid) from pg_proc where proname = 'disclosures_deliver'"
        ).fetchone()
        assert row is not None
        check = "if d.countersign <> '' and not exists ("
        assert check in str(row[0])
        owner.execute(str(row[0]).replace(check, "if false and not exists (").encode())
    past_the_code(desk)
    assert copies(desk) == 1
    assert "delivered_without_signature" in {found.kind for found in differences("owner")}
