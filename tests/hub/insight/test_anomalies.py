"""What stands out: each rule finds what it says, and not what lies just below its measure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import yaml
from django.db import DatabaseError, connections
from django.urls import reverse

from samsyn.hub.cases.actions import add_subject
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account
from samsyn.hub.guard.refusals import Conflict, Invalid, Refused
from samsyn.hub.insight.actions import confirm_anomaly
from samsyn.hub.insight.anomaly_rules import FILE, TAKES, anomaly_rules, load_anomaly_rules
from samsyn.hub.insight.models import Confirmation
from samsyn.hub.insight.reads_anomalies import Occurrence, Period, anomalies
from samsyn.kernel.faults import FaultyFiles
from samsyn.law.loading import packaged_folder
from tests.hub.cases.scene import make_scene
from tests.hub.insight.scene import Office
from tests.hub.support import Hub

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PERIOD = Period(since=MONDAY.date(), until=MONDAY.date() + timedelta(days=13))


class Diary:
    """Writes log rows at the hours that a rule is about, which only a story can do."""

    def __init__(self, office: Office, account: Account) -> None:
        self.office, self.account, self.seq = office, account, 0

    def note(self, at: datetime, act: str, *objects: object, **fields: Any) -> None:
        """One row at a moment, in a lane that no writer takes."""
        self.seq += 1
        self.office.changed(
            "insert into guard_log_entry (id, lane, seq, at, account, agency, act, case_id, "
            "purpose, ground, rulebook, objects, detail, prev, hash) select nextval("
            "'guard_log_entry_id_seq'), 90, %s, %s, %s, %s, %s, %s, '', '', '', %s, %s, "
            "'', ''",
            self.seq, at, self.account.pk, self.account.agency, act, fields.get("case"),
            " ".join(map(str, objects)), fields.get("detail", ""),
        )  # fmt: skip


@pytest.fixture
def diary(office: Office) -> Diary:
    """The officer's."""
    return Diary(office, office.officer)


def found(office: Office, code: str, period: Period = PERIOD) -> list[Occurrence]:
    actor = office.actor(office.auditor)
    with acting(actor):
        (hits,) = anomalies(actor, period, code)
    return hits.hits


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


def test_look_ups_outside_any_case(office: Office, diary: Diary) -> None:
    for n in range(4):
        diary.note(MONDAY + minutes(n), "search.run", uuid4())
        diary.note(MONDAY + minutes(n), "fact.read", case=office.case.pk)
        diary.note(MONDAY + minutes(n), "search.run", uuid4(), detail="suggest")
        diary.note(MONDAY + minutes(n), "case.read", detail="my day")
    assert found(office, "outside_case") == []
    diary.note(MONDAY + minutes(9), "fact.read", uuid4())
    (hit,) = found(office, "outside_case")
    assert (hit.who, hit.n, hit.first_at) == ("Olga Officer", 5, MONDAY)


@pytest.mark.parametrize(
    ("at", "odd"),
    [
        (datetime(2026, 3, 2, 4, 59, tzinfo=UTC), True),  # 05:59 in Stockholm, in winter
        (datetime(2026, 3, 2, 5, 0, tzinfo=UTC), False),
        (datetime(2026, 3, 2, 19, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 2, 20, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 7, 11, 0, tzinfo=UTC), True),  # a Saturday
        (datetime(2026, 3, 13, 22, 30, tzinfo=UTC), True),
    ],
)
def test_nights_and_weekends_as_the_clock_here_says(
    office: Office, diary: Diary, at: datetime, odd: bool
) -> None:
    for n in range(3):
        diary.note(at + timedelta(seconds=n), "case.read", case=office.case.pk)
    assert bool(found(office, "odd_hours")) is odd


def test_many_cases_in_a_short_time(office: Office, diary: Diary) -> None:
    cases = [uuid4() for _ in range(15)]
    for case in cases[:14] * 2:
        diary.note(MONDAY, "case.read", case=case)
    assert found(office, "many_cases") == []
    diary.note(MONDAY + timedelta(hours=2), "case.read", case=cases[14])
    assert found(office, "many_cases") == []
    diary.note(MONDAY + minutes(20), "case.read", case=cases[14])
    (hit,) = found(office, "many_cases")
    assert hit.n == 15


def _firms(office: Office, *numbers: int) -> list[UUID]:
    actor = office.actor(office.officer)
    ids = []
    with acting(actor):
        for number in numbers:
            firm = add_subject(actor=actor, case=office.case, kind="firm", name=f"Firma {number}")
            ids.append(firm.pk)
    for pk, number in zip(ids, numbers, strict=True):
        office.changed("update registry_entity set number = %s where id = %s", str(number), pk)
    return ids


def test_numbers_in_sequence(office: Office, diary: Diary) -> None:
    # The last digit is a check digit: the numbers are 559000001, 2, 4 and 5 without it.
    row = _firms(office, 5590000017, 5590000025, 5590000041, 5590000058, 5590990099)
    for n in (0, 1, 4, 2, 3):  # one far away in between ends the row
        diary.note(MONDAY + minutes(n), "search.run", row[n])
    assert found(office, "number_sequence") == []
    for n in range(4):
        diary.note(MONDAY + minutes(30 + n), "search.run", row[n])
    (hit,) = found(office, "number_sequence")
    assert hit.n == 4
    # The numbers themselves are not told.
    assert "5590" not in repr(hit)


def test_searches_that_find_nothing(office: Office, diary: Diary) -> None:
    for n in range(9):
        diary.note(MONDAY + minutes(n), "search.run")
        diary.note(MONDAY + minutes(n), "search.run", uuid4())
        diary.note(MONDAY + minutes(n), "search.run", detail="suggest")
    assert found(office, "empty_searches") == []
    diary.note(MONDAY + minutes(10), "search.run")
    assert found(office, "empty_searches")[0].n == 10


def _person(office: Office, name: str) -> UUID:
    actor = office.actor(office.officer)
    with acting(actor):
        return add_subject(actor=actor, case=office.case, kind="person", name=name).pk


@pytest.mark.parametrize(("days", "near"), [(-14, True), (-15, False), (7, True), (8, False)])
def test_persons_looked_at_as_a_role_ends(
    office: Office, diary: Diary, days: int, near: bool
) -> None:
    person = _person(office, "Nils Nilsson")
    office.changed("update guard_roleassignment set to_day = %s where account_id = %s",
                   (MONDAY - timedelta(days=days)).date(), office.officer.pk)  # fmt: skip
    # A fact about the person counts as the person.
    office.changed("update cases_fact set entity_id = %s where id = %s", person, office.fact.pk)
    diary.note(MONDAY, "fact.read", office.fact.pk, case=office.case.pk)
    assert bool(found(office, "role_end")) is near


def test_a_person_of_the_same_surname(office: Office, diary: Diary) -> None:
    other, same = _person(office, "Officer Olgasson"), _person(office, "Otto  OFFICER")
    diary.note(MONDAY, "case.read", other, case=office.case.pk)
    assert found(office, "same_surname") == []
    diary.note(MONDAY, "case.read", other, same, case=office.case.pk)
    (hit,) = found(office, "same_surname")
    assert hit.about == str(same)
    client = office.client(office.auditor)
    days = f"?fran={PERIOD.since}&till={PERIOD.until}"
    page = client.get(reverse("insight:anomaly-rule", args=["same_surname"]) + days)
    body = page.content.decode()
    assert "svagt tecken" in body
    assert "Otto" not in body


def test_refused_attempts_in_a_cluster(office: Office, diary: Diary) -> None:
    for n in range(4):
        diary.note(MONDAY + minutes(n), "attempt.missing")
    diary.note(MONDAY + timedelta(hours=3), "attempt.refused")
    assert found(office, "refused_often") == []
    diary.note(MONDAY + minutes(5), "attempt.refused")
    assert found(office, "refused_often")[0].n == 5


def test_disclosed_within_seconds(hub: Hub) -> None:
    scene = make_scene(hub)
    auditor = hub.person("SKV", "auditor")
    office = Office(hub, scene.giver, auditor, auditor, auditor, scene.given_case, scene.given)
    office.changed("update disclosures_disclosure set made_at = %s, decided_at = %s",
                   MONDAY, MONDAY + timedelta(seconds=29))  # fmt: skip
    (hit,) = found(office, "decided_fast")
    assert (hit.n, hit.who) == (29, "Gertrud Givare")
    office.changed("update disclosures_disclosure set decided_at = %s",
                   MONDAY + timedelta(seconds=31))  # fmt: skip
    assert found(office, "decided_fast") == []


def test_every_recall_and_every_export(office: Office, diary: Diary) -> None:
    diary.note(MONDAY, "disclosure.recall", uuid4(), case=office.case.pk)
    diary.note(MONDAY, "export.run", uuid4(), case=office.case.pk)
    diary.note(MONDAY, "register.release", uuid4(), case=office.case.pk)
    assert len(found(office, "recalled")) == 1
    assert len(found(office, "exports")) == 2
    before = Period(since=PERIOD.since - timedelta(days=9), until=PERIOD.since - timedelta(days=1))
    assert found(office, "exports", before) == []


def test_only_the_own_agency_s_auditor_is_answered(office: Office, diary: Diary) -> None:
    diary.note(MONDAY, "export.run", case=office.case.pk)
    other = office.hub.actor(office.hub.person("SKV", "auditor"))
    with acting(other):
        assert [hit for rule in anomalies(other, PERIOD) for hit in rule.hits] == []
    for account in (office.officer, office.admin):
        actor = office.actor(account)
        with acting(actor), pytest.raises(Refused):
            anomalies(actor, PERIOD)
        with pytest.raises(DatabaseError, match="auditor"), acting(actor):
            connections["default"].cursor().execute(
                "select * from insight_anomalies(now(), now(), '[]'::jsonb, 1)"
            )
    for function, arguments in (
        ("insight_rule_each", "'SKV', now(), now(), '{}'"),
        ("insight_looks", "'SKV', now(), now(), '{}', null"),
        ("insight_persons_seen", "'SKV', now(), now(), '{}', null"),
    ):
        with pytest.raises(DatabaseError, match="denied"), acting(other):
            connections["default"].cursor().execute(f"select {function}({arguments})")


# --- confirming ---


def confirm(office: Office, account: Account, hit: Occurrence, **said: str) -> Confirmation:
    actor = office.actor(account)
    with acting(actor):
        return confirm_anomaly(actor=actor, hit=hit, **{"outcome": "in_order", "note": "x"} | said)


def test_what_is_confirmed_stays_confirmed_until_more_is_done(office: Office, diary: Diary) -> None:
    for n in range(5):
        diary.note(MONDAY + minutes(n), "search.run", uuid4())
    (hit,) = found(office, "outside_case")
    row = confirm(office, office.auditor, hit, note="Letade efter rätt ärende.")
    (again,) = found(office, "outside_case")
    assert again.confirmed is not None
    assert again.confirmed.note == "Letade efter rätt ärende."
    act = office.value("select act from guard_log_entry where id = %s", row.entry)
    assert act == "oversight.confirm"
    with pytest.raises(Conflict):
        confirm(office, office.auditor, hit)
    diary.note(MONDAY + minutes(9), "search.run", uuid4())
    (more,) = found(office, "outside_case")
    assert more.confirmed is None


def test_a_confirmation_has_words_and_is_not_changed(office: Office, diary: Diary) -> None:
    diary.note(MONDAY, "export.run")
    (hit,) = found(office, "exports")
    for wrong in ({"note": "  "}, {"outcome": "whatever"}):
        with pytest.raises(Invalid):
            confirm(office, office.auditor, hit, **wrong)
    with pytest.raises(Refused):
        confirm(office, office.officer, hit)
    confirm(office, office.auditor, hit)
    for change in ("update insight_confirmation set note = ''", "delete from insight_confirmation"):
        with pytest.raises(DatabaseError), acting(office.actor(office.auditor)):
            connections["default"].cursor().execute(change)


def test_nobody_examines_themselves(office: Office) -> None:
    own = Diary(office, office.auditor)
    own.note(MONDAY, "export.run")
    (hit,) = found(office, "exports")
    with pytest.raises(Refused):
        confirm(office, office.auditor, hit)
    second = office.hub.person("AV", "auditor")
    assert confirm(office, second, hit).by == second.pk


def test_confirming_by_the_pages(office: Office, diary: Diary) -> None:
    diary.note(MONDAY, "export.run")
    client = office.client(office.auditor)
    days = {"fran": str(PERIOD.since), "till": str(PERIOD.until)}
    page = client.get(reverse("insight:anomaly-rule", args=["exports"]), days).content.decode()
    address = page.partition('href="/insyn/avvikelser/exports/granska/')[2].partition('"')[0]
    address = reverse("insight:confirm-hit", args=["exports"]) + address.replace("&amp;", "&")
    assert "Bekräfta granskning" in client.get(address).content.decode()
    answer = client.post(address, {"outcome": "follow_up", "note": "Frågar chefen."})
    assert answer.status_code == 302
    body = client.get(answer["Location"]).content.decode()
    assert "Frågar chefen." in body
    assert "följs upp" in body
    gone = reverse("insight:confirm-hit", args=["exports"]) + "?vad=x"
    assert client.get(gone).status_code == 404
    assert client.get(reverse("insight:anomaly-rule", args=["nothing"])).status_code == 404


# --- the rules as data ---


def test_the_packaged_rules_are_in_order() -> None:
    rules = anomaly_rules().rules
    assert len(rules) == 11
    assert {rule.rule for rule in rules.values()} == set(TAKES)
    for rule in rules.values():
        assert "{" not in rule.explained.sv + rule.explained.en


def test_no_rule_asks_where_somebody_comes_from() -> None:
    text = (packaged_folder() / FILE).read_text("utf-8").partition("\nrules:")[2].casefold()
    for word in ("national", "medborgar", "språk", "language", "född", "utländsk", "foreign"):
        assert word not in text


FAULTS: dict[str, tuple[str, Any, str, str]] = {
    "a rule nobody knows": ("rule", "zodiac", "rules[0].rule", "no such rule"),
    "a text in one language": ("name", {"sv": "x", "en": " "}, "rules[0].name", "both languages"),
    "a measure missing": ("thresholds", {"acts": ["case.read"], "lists": ["x"]},
                          "rules[0].thresholds.at_least", "whole number"),
    "an act nobody knows": ("thresholds", {"at_least": 1, "acts": ["case.eat"], "lists": ["x"]},
                            "rules[0].thresholds.acts", "no such act"),
    "a measure too many": ("thresholds", {"at_least": 1, "acts": ["case.read"], "lists": ["x"],
                           "born": 1}, "rules[0].thresholds.born", "no measure"),
    "nothing is enough": ("thresholds", {"at_least": 0, "acts": ["case.read"], "lists": ["x"]},
                          "rules[0].thresholds.at_least", "whole number"),
    "a place that is no measure": ("explains", {"sv": "{x}", "en": "y"}, "rules[0].explains",
                                   "no number"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_names_file_line_and_field(tmp_path: Path, fault: str) -> None:
    key, value, field, said = FAULTS[fault]
    content = yaml.safe_load((packaged_folder() / FILE).read_text("utf-8"))
    content["rules"][0][key] = value
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    with pytest.raises(FaultyFiles) as error:
        load_anomaly_rules(tmp_path)
    faults = [one for one in error.value.faults if one.field == field]
    assert faults
    assert said in faults[0].expected
    assert faults[0].line > 0


def test_a_rule_stands_once_and_the_review_has_its_measures(tmp_path: Path) -> None:
    content = yaml.safe_load((packaged_folder() / FILE).read_text("utf-8"))
    content["rules"].append(content["rules"][0])
    content["review"] = [{"quiet_days": 0, "soon_days": 30}]
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    with pytest.raises(FaultyFiles) as error:
        load_anomaly_rules(tmp_path)
    assert [one.field for one in error.value.faults] == ["rules[11].code", "review[0].quiet_days"]
