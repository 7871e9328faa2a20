"""The access review: who has access that nobody may need any more, confirmed line by line."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from django.urls import reverse

from samsyn.hub.cases.actions import assign, restrict_case
from samsyn.hub.cases.models import Case
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account
from samsyn.hub.guard.refusals import Conflict, Missing, Refused
from samsyn.hub.insight.actions import confirm_access
from samsyn.hub.insight.reads_access import AccessLine, access_line, access_lines, quarter_of
from tests.hub.insight.scene import Office
from tests.hub.support import TODAY


def lines(office: Office, kind: str, account: Account | None = None) -> list[AccessLine]:
    actor = office.actor(account or office.auditor)
    with acting(actor):
        return access_lines(actor)[kind]


def names(office: Office, kind: str) -> set[str]:
    return {line.name for line in lines(office, kind)}


def test_quarters() -> None:
    assert [quarter_of(date(2026, month, 1)) for month in (1, 3, 4, 12)] == [
        "2026K1", "2026K1", "2026K2", "2026K4",
    ]  # fmt: skip


def test_leavers_with_roles(office: Office) -> None:
    assert lines(office, "leaver") == []
    gone = office.hub.person("AV", name="Gun Gången")
    left = office.hub.person("AV", name="Lena Lämnat")
    over = office.hub.person("AV", name="Över", to_day=TODAY - timedelta(days=1))
    office.changed("update guard_account set is_active = false where id = any (%s)",
                   [gone.pk, over.pk])  # fmt: skip
    office.changed("update guard_account set ended_on = %s where id = %s",
                   TODAY - timedelta(days=1), left.pk)  # fmt: skip
    assert names(office, "leaver") == {"Gun Gången", "Lena Lämnat"}


def test_roles_nobody_used_by_the_log(office: Office) -> None:
    # The officer opened a case; the lawyer has done nothing.
    assert "Lars Jurist" in names(office, "unused")
    assert "Olga Officer" not in names(office, "unused")
    office.looks(office.lawyer, case=office.case.pk)
    assert "Lars Jurist" not in names(office, "unused")
    office.changed("update guard_log_entry set at = at - interval '100 days'")
    assert {"Lars Jurist", "Olga Officer"} <= names(office, "unused")
    fresh = office.hub.person("AV", name="Ny", from_day=TODAY - timedelta(days=10))
    assert fresh.name not in names(office, "unused")


def test_an_act_of_another_role_does_not_count(office: Office) -> None:
    both = office.hub.person("AV", "agency_officer", "auditor", name="Båda")
    office.looks(both, act="case.read")
    unused = [line for line in lines(office, "unused") if line.name == "Båda"]
    assert [line.role.en for line in unused if line.role] == ["auditor"]


def test_roles_that_soon_end(office: Office) -> None:
    for days, name in ((30, "Snart"), (31, "Senare")):
        office.hub.person("AV", name=name, to_day=TODAY + timedelta(days=days))
    assert names(office, "ending") == {"Snart"}


def test_restricted_cases_with_somebody_who_left(office: Office) -> None:
    officer = office.actor(office.officer)
    with acting(officer):
        case = Case.seen(officer).get(pk=office.case.pk)
        restrict_case(actor=officer, case=case)
    officer = office.actor(office.officer)
    with acting(officer):
        assign(actor=officer, case=Case.seen(officer).get(pk=case.pk), account=office.lawyer)
    assert lines(office, "left_member") == []
    office.changed("update guard_account set is_active = false where id = %s", office.lawyer.pk)
    (line,) = lines(office, "left_member")
    assert (line.name, line.about) == ("Lars Jurist", case.number)
    # An administrator sees neither cases nor the log: that there is one, not which.
    (line,) = lines(office, "left_member", office.admin)
    assert (line.name, line.about) == ("Lars Jurist", "")


def test_roles_at_centres_the_agency_is_not_at(office: Office) -> None:
    office.hub.person("AV", name="Kvar", centre="goteborg")
    office.hub.person("AV", name="Borta", centre="no_such_centre")
    assert names(office, "centre_left") == {"Borta"}


def test_others_are_not_seen_and_not_seen_by_others(office: Office) -> None:
    office.hub.person("SKV", name="Deras", to_day=TODAY + timedelta(days=5))
    assert names(office, "ending") == set()
    for account in (office.officer, office.lawyer):
        actor = office.actor(account)
        with acting(actor), pytest.raises(Refused):
            access_lines(actor)
        assert office.client(account).get(reverse("insight:access")).status_code == 403


def test_the_auditor_or_the_administrator_confirms_each_line_once(office: Office) -> None:
    soon = office.hub.person("AV", name="Snart", to_day=TODAY + timedelta(days=5))
    (line,) = lines(office, "ending")
    admin = office.actor(office.admin)
    with acting(admin):
        row = confirm_access(actor=admin, line=line, outcome="follow_up", note="Förlängs.")
    assert (row.period, row.by_name) == (quarter_of(TODAY), "Adam Administratör")
    assert office.value("select act from guard_log_entry where id = %s", row.entry) == (
        "access.confirm"
    )
    (again,) = lines(office, "ending")
    assert again.confirmed is not None
    auditor = office.actor(office.auditor)
    with acting(auditor), pytest.raises(Conflict):
        confirm_access(actor=auditor, line=line, outcome="in_order", note="Ser bra ut.")
    # Next quarter it is asked again.
    later = msgspec.structs.replace(auditor, day=TODAY + timedelta(days=60))
    office.changed("update guard_roleassignment set to_day = %s where account_id = %s",
                   TODAY + timedelta(days=70), soon.pk)  # fmt: skip
    with acting(later):
        (next_quarter,) = access_lines(later)["ending"]
    assert next_quarter.confirmed is None


def test_nobody_confirms_their_own_access(office: Office) -> None:
    own = next(line for line in lines(office, "unused") if line.account == office.auditor.pk)
    auditor = office.actor(office.auditor)
    with acting(auditor), pytest.raises(Refused):
        confirm_access(actor=auditor, line=own, outcome="in_order", note="x")
    with acting(auditor), pytest.raises(Missing):
        access_line(auditor, "unused", "x")


def test_confirming_by_the_pages(office: Office) -> None:
    office.hub.person("AV", name="Snart", to_day=TODAY + timedelta(days=5))
    (line,) = lines(office, "ending")
    client = office.client(office.admin)
    assert "Snart" in client.get(reverse("insight:access")).content.decode()
    address = reverse("insight:confirm-line", args=["ending", line.id])
    assert client.get(address).status_code == 200
    assert client.post(address, {"outcome": "in_order", "note": ""}).status_code == 200
    assert client.post(address, {"outcome": "in_order", "note": "Slutar."}).status_code == 302
    body = client.get(reverse("insight:access")).content.decode()
    assert "Slutar." in body
    assert "i sin ordning" in body
    overview = client.get(reverse("insight:overview")).content.decode()
    assert "Behörighetsgenomgång" in overview
