"""Does the database believe only a context that the hub has signed?"""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connections, transaction

from samsyn.hub.guard.acts import Entry, act
from samsyn.hub.guard.context import acting, signed_claims
from samsyn.hub.guard.models import Account, LogEntry
from tests.hub.support import Hub


def test_without_a_context_there_are_no_rows(hub: Hub) -> None:
    hub.person("AV")
    assert Account.rows.count() == 0


def test_an_officer_sees_the_accounts_of_the_own_agency_only(hub: Hub) -> None:
    officer = hub.officer("AV")
    hub.person("SKV")
    with acting(officer):
        assert {account.agency for account in Account.rows.all()} == {"AV"}


def test_a_forged_context_is_an_error(hub: Hub) -> None:
    officer = hub.officer("AV")
    forged = signed_claims(officer).replace('"AV"', '"SKV"')
    with transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute("select set_config('samsyn.context', %s, true)", [forged])
        with pytest.raises(DatabaseError, match="not signed"), transaction.atomic():
            cursor.execute("select count(*) from guard_account")


def test_the_log_is_written_as_the_actor_and_changed_by_nobody(hub: Hub) -> None:
    officer = hub.officer("AV")
    with acting(officer):
        Entry(officer, "case.read", None, None).write()
        (entry,) = LogEntry.rows.all()
    assert (entry.account, entry.agency, entry.act) == (officer.account, "AV", "case.read")
    with hub.owner() as owner, pytest.raises(Exception, match="never changed"):
        owner.execute("update guard_log_entry set act = 'x'")


def test_a_change_without_its_log_row_is_not_kept(hub: Hub) -> None:
    administrator = hub.officer("AV", "agency_administrator")
    with pytest.raises(DatabaseError, match="was not logged"), acting(administrator):
        Account.rows.create(email="a@example.org", name="A", agency="AV", password="!")
    with acting(administrator), act(administrator, "account.approve"):
        Account.rows.create(email="a@example.org", name="A", agency="AV", password="!")
    with acting(administrator):
        assert Account.rows.filter(email="a@example.org").exists()
