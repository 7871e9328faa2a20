"""The log as an auditor reads it: everything of the agency, nothing of what it said."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from samsyn.hub.guard.context import acting
from samsyn.hub.guard.log_proofs import ProofVerdict, check
from samsyn.hub.guard.models import LogEntry
from samsyn.hub.guard.references import reference
from samsyn.hub.guard.seal_keys import by_id
from samsyn.hub.insight import reads_log
from samsyn.hub.insight.log_checking import check_log
from samsyn.hub.insight.models import LogCheck
from tests.hub.insight.scene import KEY, SECRET, Office, raw_worker

KEYS = by_id([KEY.public_key()])


def lines(office: Office, **asked: object) -> list[reads_log.LogLine]:
    actor = office.actor(office.auditor)
    with acting(actor):
        return reads_log.log_page(actor, reads_log.LogAsked(**asked)).lines  # type: ignore[arg-type]


def test_an_entry_says_who_what_when_where_and_never_what_it_said(office: Office) -> None:
    client = office.client(office.auditor)
    body = client.get(reverse("insight:log")).content.decode()
    assert "Olga Officer" in body
    assert "skriva uppgift" in body
    assert office.case.number in body
    assert "1 uppgift" in body
    for hidden in ("Ekvall", "Ejdern", SECRET, office.case.title):
        assert hidden not in body
    entry = next(line for line in lines(office) if line.entry.act == "fact.write").entry
    page = client.get(reverse("insight:entry", args=[entry.pk])).content.decode()
    assert str(office.fact.pk) in page
    assert "Ekvall" not in page


def test_another_agency_s_log_is_not_there(office: Office) -> None:
    other = office.hub.person("SKV", name="Sven Skatt")
    auditor = office.hub.person("SKV", "auditor")
    office.looks(other, case=uuid4())
    client = office.client(auditor)
    body = client.get(reverse("insight:log")).content.decode()
    assert "Sven Skatt" in body
    assert "Olga Officer" not in body
    assert office.case.number not in body
    ours = lines(office)[0].entry.pk
    hidden = client.get(reverse("insight:entry", args=[ours]))
    missing = client.get(reverse("insight:entry", args=[10**12]))
    assert (hidden.status_code, missing.status_code) == (404, 404)
    for strange in (ours, "AAA-AAA-AAB", "9" * 40):  # entries are named, not numbered
        assert client.get(f"/insyn/logg/{strange}/").status_code == 404
    assert client.get(reverse("insight:proof", args=[ours])).status_code == 404


def test_what_another_agency_holds_is_only_called_other(office: Office) -> None:
    stranger = office.hub.person("SKV", name="Sven Skatt")
    office.looks(stranger, objects=[office.fact.pk, office.case.pk], act="attempt.missing")
    auditor = office.hub.actor(office.hub.person("SKV", "auditor"))
    with acting(auditor):
        line = reads_log.log_page(auditor, reads_log.LogAsked(attempts=True)).lines[0]
        assert line.kinds == [("other", 2)]
        assert reads_log.numbers_of([office.case.pk]) == {}
        assert reads_log.case_numbered(office.case.number) is None
    with acting(office.actor(office.auditor)):
        kinds = reads_log.kinds_of([office.fact.pk, office.case.pk])
    assert set(kinds.values()) == {"fact", "case"}


def test_only_who_examines_reads_it(office: Office) -> None:
    for account in (office.officer, office.lawyer, office.admin):
        client = office.client(account)
        for name in ("log", "checks", "anomalies", "why"):
            answer = client.get(reverse(f"insight:{name}"))
            assert answer.status_code == 403, name
            assert SECRET not in answer.content.decode()
    coordinator = office.hub.person("AV", "national_coordinator")
    assert office.client(coordinator).get(reverse("insight:overview")).status_code == 403


def test_every_filter_narrows(office: Office) -> None:
    office.looks(office.lawyer, 2, act="fact.read", case=office.case.pk)
    office.looks(office.officer, act="attempt.refused")
    all_of_them = lines(office)
    assert {line.entry.account for line in lines(office, person=office.lawyer.pk)} == {
        office.lawyer.pk
    }
    assert {line.entry.act for line in lines(office, act="fact.read")} == {"fact.read"}
    assert {line.number for line in lines(office, number=office.case.number)} == {
        office.case.number
    }
    assert lines(office, number="AV 1999/1") == []
    assert [line.entry.act for line in lines(office, attempts=True)] == ["attempt.refused"]
    today = timezone.localdate(all_of_them[0].entry.at)
    assert len(lines(office, since=today, until=today)) == len(all_of_them)
    assert lines(office, until=today - timedelta(days=1)) == []
    assert lines(office, since=today + timedelta(days=2)) == []


def test_grounds_are_asked_for_as_people_write_them(office: Office) -> None:
    assert reads_log.provision_in("OSL 10:27") == "2009:400/10:27"
    assert reads_log.provision_in("2009:400/10:27") == "2009:400/10:27"
    assert reads_log.provision_in("lag 2024:307") == "lag 2024:307"
    assert lines(office, ground="2009:400/99:9") == []


def test_pages_follow_each_other_without_gap(office: Office) -> None:
    office.looks(office.officer, 120)
    seen: list[int] = []
    after = 0
    actor = office.actor(office.auditor)
    with acting(actor):
        while True:
            page = reads_log.log_page(actor, reads_log.LogAsked(after=after))
            seen += [line.entry.pk for line in page.lines]
            if not (after := page.after):
                break
    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) == office.value("select count(*) from guard_log_entry where agency = 'AV'")


def test_a_strange_address_shows_the_log(office: Office) -> None:
    client = office.client(office.auditor)
    strange = "?person=x&fran=2026-13-01&till=9999-12-31&efter=-5&handelse=%00&arende=%27"
    assert client.get(reverse("insight:log") + strange.replace("%00", "x")).status_code == 200


def test_the_proof_of_an_entry_holds_with_nothing_but_the_key(office: Office) -> None:
    other = office.hub.person("SKV")
    office.looks(other, 9, case=uuid4())
    client = office.client(office.auditor)
    entry = lines(office)[-1].entry
    waiting = client.get(reverse("insight:proof", args=[entry.pk]))
    assert waiting.status_code == 403
    assert "inte förseglad än" in waiting.content.decode()
    office.seal()
    page = client.get(reverse("insight:entry", args=[entry.pk])).content.decode()
    assert "Ladda ned beviset" in page
    answer = client.get(reverse("insight:proof", args=[entry.pk]))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    verdict, proved, seal = check(answer.content.decode(), KEYS)
    assert verdict is ProofVerdict.HOLDS
    assert proved is not None
    assert seal is not None
    assert proved.act == entry.act
    # It tells of no other entry: only hashes stand beside this one.
    assert str(other.pk) not in answer.content.decode()
    forged = json.loads(answer.content)
    forged["entry"]["act"] = "case.close"
    assert check(json.dumps(forged), KEYS)[0] is ProofVerdict.NOT_IN_SEAL


def test_no_page_or_file_shows_the_number_of_an_entry(office: Office) -> None:
    with office.hub.owner() as owner:
        owner.execute("select setval('guard_log_entry_id_seq', 918273000)")
    office.looks(office.officer, 60, case=office.case.pk)
    client = office.client(office.auditor)
    newest = lines(office)[0].entry
    office.seal()
    address = reverse("insight:log")
    assert reference(newest.pk) in client.get(address).content.decode()
    entry = reverse("insight:entry", args=[newest.pk])
    for shown in (address, entry, reverse("insight:checks"), reverse("insight:anomalies")):
        assert "918273" not in client.get(shown).content.decode(), shown
    client.get(entry)
    look = next(line.entry for line in lines(office) if line.entry.detail == "entry")
    about = client.get(reverse("insight:entry", args=[look.pk])).content.decode()
    assert reference(newest.pk) in about
    assert "918273" not in about
    answer = client.get(reverse("insight:proof", args=[newest.pk]))
    assert reference(newest.pk) in answer.headers["Content-Disposition"]
    # The proof is bound to the seal, which states how far the whole log had come; not the entry.
    assert "918273" not in json.dumps(json.loads(answer.content)["entry"])


def test_reading_the_log_is_itself_in_the_log(office: Office) -> None:
    office.client(office.auditor).get(reverse("insight:log"))
    actor = office.actor(office.auditor)
    with acting(actor):
        newest = LogEntry.rows.filter(account=office.auditor.pk).order_by("-id").first()
    assert newest is not None
    assert (newest.act, newest.detail) == ("oversight.read", "log")


def check_now(*, whole: bool = False) -> LogCheck:
    return check_log(raw_worker(), KEYS, None, whole=whole)


def test_the_nightly_check_reads_only_what_is_new(office: Office) -> None:
    office.seal()
    first = check_now()
    assert (first.whole, first.sound) == (True, True)
    office.looks(office.officer, 3)
    office.seal()
    second = check_now()
    assert (second.whole, second.sound, second.seals) == (False, True, 1)
    assert second.entries == 3
    assert check_now(whole=True).entries == first.entries + 3


def test_a_change_in_what_is_new_is_found_at_once_and_in_what_is_old_within_the_week(
    office: Office,
) -> None:
    office.seal()
    check_now()
    office.looks(office.officer, 3)
    office.seal()
    office.changed("update guard_log_entry set act = 'case.close' where id = "
                   "(select max(id) from guard_log_entry)")  # fmt: skip
    found = check_now()
    assert not found.sound
    assert "har ändrats" in found.findings[0]["sv"]
    # After a check that was not sound everything is read, and so it is once a week.
    assert check_now().whole
    page = office.client(office.auditor).get(reverse("insight:checks")).content.decode()
    assert "Håller inte" in page


def test_an_old_change_waits_no_longer_than_the_weekly_reading(office: Office) -> None:
    office.seal()
    check_now()
    office.changed("update guard_log_entry set act = 'case.close' where id = "
                   "(select min(id) from guard_log_entry)")  # fmt: skip
    assert check_now().sound
    office.changed("update insight_logcheck set made_at = made_at - interval '8 days'")
    assert not check_now().sound


def test_a_seal_that_was_replaced_is_not_believed(office: Office) -> None:
    office.seal()
    check_now()
    office.changed("update guard_log_seal set root = %s", "0" * 64)
    again = check_now()
    assert again.whole
    assert not again.sound
