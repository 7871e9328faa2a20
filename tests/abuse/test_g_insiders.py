"""Abuse case 40: the insider who looks without a matter, and whoever touches the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from django.db import DatabaseError, connections
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from samsyn.hub.cases.actions import add_subject, open_case, write_fact
from samsyn.hub.cases.actions.facts import LONGEST
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.guard.acts import act, look
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.log_audit import verify
from samsyn.hub.guard.models import LogEntry
from samsyn.hub.guard.refusals import Invalid
from samsyn.hub.guard.seal_keys import by_id
from samsyn.hub.insight.log_checking import check_log
from samsyn.hub.insight.reads_anomalies import Period, anomalies
from tests.hub.cases.scene import MOST_STATEMENTS, statements
from tests.hub.insight.scene import KEY, PURPOSE, Office, make_office, raw_worker
from tests.hub.support import Hub

KEYS = by_id([KEY.public_key()])
LONG = "å" * 200_000
WITHOUT_ID = ("desk", "cases", "disclosures", "insight", "guard")


@pytest.fixture
def office(hub: Hub) -> Office:
    """An agency with an auditor."""
    return make_office(hub)


def hits(office: Office, code: str) -> int:
    """How much of one rule stands out around the day on which the test runs."""
    now = datetime.now(UTC).date()
    period = Period(since=now - timedelta(days=1), until=now + timedelta(days=1))
    actor = office.actor(office.auditor)
    with acting(actor):
        (found,) = anomalies(actor, period, code)
    return len(found.hits)


def test_abuse_40_a_look_up_without_a_matter_is_shown_to_the_auditor(office: Office) -> None:
    assert hits(office, "outside_case") == 0
    client = office.client(office.officer)
    for word in ("Ejdern", "Ekvall", "bygg", "kvarteret", "kontant"):
        client.get(reverse("desk:search"), {"q": word})
    assert hits(office, "outside_case") == 1
    # Work within a case is not.
    other = office.hub.person("AV", name="Nils Noggrann")
    colleague = office.client(other)
    for _ in range(9):
        colleague.get(reverse("cases:fact", args=[office.case.pk, office.fact.pk]))
    assert hits(office, "outside_case") == 1


@pytest.mark.parametrize(
    "edit",
    [
        "update guard_log_entry set account = gen_random_uuid() where id = %s",
        "update guard_log_entry set at = at + interval '1 day' where id = %s",
        "delete from guard_log_entry where id = %s",
    ],
)
def test_abuse_40_what_a_database_administrator_edits_is_found(office: Office, edit: str) -> None:
    office.seal()
    entry = office.value("select max(id) - 1 from guard_log_entry")
    for account in (office.officer, office.auditor):
        with pytest.raises(DatabaseError), acting(office.actor(account)):
            connections["default"].cursor().execute(edit, [entry])
    # Not even the owner of the table does it by the way: the trigger has to be taken down.
    with office.hub.owner() as owner, pytest.raises(Exception, match="never changed"):
        owner.execute(edit, [entry])
    office.changed(edit, entry)
    assert not verify(raw_worker(), KEYS).sound
    checked = check_log(raw_worker(), KEYS, None)
    assert not checked.sound
    page = office.client(office.auditor).get(reverse("insight:overview")).content.decode()
    assert "Håller inte" in page


def test_abuse_40_an_act_fails_if_its_log_row_fails(office: Office) -> None:
    actor = office.actor(office.officer)
    before = office.value("select count(*) from cases_case")
    with (
        mock.patch("samsyn.hub.guard.acts.Entry.write", side_effect=DatabaseError("no log")),
        pytest.raises(DatabaseError),
        acting(actor),
    ):
        open_case(actor=actor, title="Ologgat", purpose=PURPOSE)
    assert office.value("select count(*) from cases_case") == before


def test_abuse_40_a_change_without_a_log_row_is_not_kept(office: Office) -> None:
    actor = office.actor(office.officer)
    with pytest.raises(DatabaseError, match="not logged"), acting(actor):
        Case.rows.filter(pk=office.case.pk).update(title="Ändrat i smyg")
    assert office.value("select title from cases_case where id = %s", office.case.pk) == (
        office.case.title
    )


def test_abuse_40_a_page_is_not_shown_if_its_look_is_not_logged(office: Office) -> None:
    client = office.client(office.officer)
    client.raise_request_exception = False
    address = reverse("cases:fact", args=[office.case.pk, office.fact.pk])
    with mock.patch("samsyn.hub.guard.acts.Entry.write", side_effect=DatabaseError("no log")):
        answer = client.get(address)
    assert answer.status_code == 500
    assert "Ejdern" not in answer.content.decode()


def test_abuse_40_long_input_is_not_cut_from_the_log(office: Office) -> None:
    actor = office.actor(office.officer)
    with acting(actor):
        look(actor, "fact.read", objects=[LONG], detail=LONG)
        entry = LogEntry.rows.filter(account=actor.account).order_by("-id").first()
    assert entry is not None
    assert (entry.objects, entry.detail) == (LONG, LONG)
    # Where a column has a length the act fails instead of leaving half a row.
    count = office.value("select count(*) from guard_log_entry")
    with (
        pytest.raises(DatabaseError),
        acting(actor),
        act(actor, "fact.write", ground="2009:400/" + LONG),
    ):
        pass
    assert office.value("select count(*) from guard_log_entry") == count


def test_abuse_40_a_long_text_is_written_whole_or_not_at_all(office: Office) -> None:
    actor = office.actor(office.officer)
    with acting(actor):
        case = Case.seen(actor).get(pk=office.case.pk)
        fact = write_fact(actor=actor, case=case, text=LONG[:LONGEST],
                          item_kind="inspection_findings", activity="supervision")  # fmt: skip
        assert Fact.seen(actor).get(pk=fact.pk).text == LONG[:LONGEST]
    assert str(fact.pk) in office.value(
        "select objects from guard_log_entry where act = 'fact.write' order by id desc limit 1"
    )
    count = office.value("select count(*) from cases_fact")
    with pytest.raises(Invalid), acting(actor):
        write_fact(actor=actor, case=case, text=LONG, item_kind="inspection_findings",
                   activity="supervision")  # fmt: skip
    assert office.value("select count(*) from cases_fact") == count


def test_abuse_40_no_page_asks_more_statements_when_there_is_more(office: Office) -> None:
    actor = office.actor(office.officer)
    with acting(actor):
        case = Case.seen(actor).get(pk=office.case.pk)
        for number in range(12):
            firm = add_subject(actor=actor, case=case, kind="firm", name=f"Firma {number}")
            write_fact(actor=actor, case=case, text=f"Iakttagelse {number}.", entity=firm,
                       item_kind="inspection_findings", activity="supervision")  # fmt: skip
            open_case(actor=actor, title=f"Ärende {number}", purpose=PURPOSE)
    everything = office.hub.person(
        "AV", "agency_officer", "secrecy_lawyer", "auditor", "agency_administrator"
    )
    client = office.client(everything)
    opened = 0
    for name in pages():
        answer, count = statements(client, reverse(name))
        assert count <= MOST_STATEMENTS, (name, count)
        opened += answer.status_code == 200
    assert opened >= 15


def pages() -> list[str]:
    """Every page that is named by its address alone."""
    return sorted(_names(get_resolver(), ""))


def _names(resolver: URLResolver, space: str) -> Iterator[str]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            inner = found.namespace or space
            if not inner or inner in WITHOUT_ID:
                yield from _names(found, inner)
        elif found.name and space and not found.pattern.converters:
            yield f"{space}:{found.name}"
