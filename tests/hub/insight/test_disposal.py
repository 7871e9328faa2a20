"""Disposal: nothing without two persons, nothing left of the content, a proof and the register."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connections, transaction
from django.test.utils import override_settings
from django.urls import reverse

from samsyn.hub.cases.actions import add_file, close_case
from samsyn.hub.cases.actions.files import file_store
from samsyn.hub.cases.models import Case, Fact, SealedFile
from samsyn.hub.cases.sealed_files import FileGone, Stored
from samsyn.hub.disclosures.reconciling import differences
from samsyn.hub.guard import two_persons
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import TwoPersonRequest
from samsyn.hub.guard.refusals import Missing, Refused
from samsyn.hub.insight.actions import propose_case_disposal, propose_delivery_disposal
from samsyn.hub.insight.disposing import erase_what_is_left
from samsyn.hub.insight.models import Disposal
from samsyn.hub.insight.reads_disposal import due_delivery, queue_of
from tests.hub.cases.scene import GIVEN, make_scene
from tests.hub.insight.scene import SECRET, Office
from tests.hub.support import Hub

REASON = "Bevarandetiden enligt planen är slut."
TABLES = ("cases_case", "cases_fact", "cases_event", "cases_task", "cases_sealedfile",
          "registry_entity", "disclosures_question", "disclosures_disclosure",
          "disclosures_disclosedfact", "disclosures_receipt", "insight_release",
          "insight_disposal")  # fmt: skip


def propose(office: Office, case: Case) -> TwoPersonRequest:
    actor = office.actor(office.officer)
    with acting(actor):
        return propose_case_disposal(actor=actor, case=case, reason=REASON)


def decide(office: Office, request: TwoPersonRequest) -> Disposal:
    actor = office.actor(office.lawyer)
    with acting(actor):
        two_persons.decide(actor, request_id=request.pk, approve=True, reason="")
        return Disposal.seen_one(actor, request=request.pk)


def everything(office: Office, case: Case) -> str:
    """All that the database holds in the tables of a matter, as the owner reads it."""
    found = []
    with office.hub.owner() as owner:
        for table in TABLES:
            key = "id" if table == "cases_case" else "case_id"
            where = f"where t.{key} = '{case.pk}'" if table.startswith("cases") else ""
            rows = owner.execute(f"select t::text from {table} t {where}").fetchall()
            found += [str(row[0]) for row in rows]
    return "\n".join(found)


def test_what_two_persons_agree_on_is_gone_everywhere_and_the_register_stays(
    office: Office,
) -> None:
    case = office.due_case()
    before = everything(office, case)
    assert "Ekvalls Bygg AB" in before
    register = office.value("select count(*) from cases_registerentry")
    proof = decide(office, propose(office, case))
    after = everything(office, case)
    for word in ("Ekvall", "Ejdern", "Gammalt", "kontant", "föreläggande"):
        assert word in before, word
        assert word not in after.replace(REASON, ""), word
    words = office.value("select string_agg(search::text, ' ') from cases_fact where case_id = %s",
                         case.pk)  # fmt: skip
    assert words is None
    assert office.value("select count(*) from cases_fact where case_id = %s", case.pk) == 1
    assert office.value("select count(*) from cases_registerentry") == register
    assert office.value("select item_kind from cases_fact where case_id = %s", case.pk)
    assert proof.counts["facts"] == 1
    assert proof.counts["entities"] == 1
    assert case.pk in proof.objects
    assert len(proof.digest) == 64


def test_the_proof_says_who_when_what_and_holds_by_its_own_digest(office: Office) -> None:
    case = office.due_case()
    proof = decide(office, propose(office, case))
    client = office.client(office.lawyer)
    page = client.get(reverse("insight:disposal-proof", args=[proof.pk]))
    body = page.content.decode()
    for said in (REASON, "Olga Officer", "Lars Jurist", case.number, proof.digest):
        assert said in body
    answer = client.get(reverse("insight:disposal-proof-file", args=[proof.pk]))
    stated = json.loads(answer.content)
    assert stated["sha256_of_what_was_removed"] == proof.digest
    assert stated["case"] == {"id": str(case.pk), "number": case.number}
    assert stated["objects"]
    assert SECRET not in answer.content.decode()
    entry = office.value("select act from guard_log_entry where id = %s", proof.entry)
    assert entry == "disposal.decide"
    for account in (office.auditor, office.admin):
        hidden = office.client(account).get(reverse("insight:disposal-proof", args=[proof.pk]))
        assert hidden.status_code == 404


def test_the_digest_is_that_of_what_was_removed(office: Office) -> None:
    case = office.due_case()
    expected = office.value(
        "select encode(sha256(convert_to(insight_case_content(%s)::text, 'UTF8')), 'hex')", case.pk
    )
    assert decide(office, propose(office, case)).digest == expected


def test_nobody_disposes_alone(office: Office) -> None:
    both = office.hub.person("AV", "agency_officer", "secrecy_lawyer")
    case = office.due_case()
    actor = office.hub.actor(both)
    with acting(actor):
        asked = propose_case_disposal(actor=actor, case=case, reason=REASON)
    with acting(actor), pytest.raises(Refused):
        two_persons.decide(actor, request_id=asked.pk, approve=True, reason="")
    assert SECRET in everything(office, case)


def test_the_database_itself_asks_for_the_approval(office: Office) -> None:
    case = office.due_case()
    asked = propose(office, case)
    lawyer = office.actor(office.lawyer)
    for request in (asked.pk, uuid4()):
        with pytest.raises(DatabaseError, match="two persons"), acting(lawyer):
            _dispose(request)
    # An approval of another's hand, or one already carried out, opens nothing either.
    proof = decide(office, asked)
    for account in (office.lawyer, office.officer):
        with pytest.raises(DatabaseError, match="two persons"), acting(office.actor(account)):
            _dispose(proof.request)


def _dispose(request: UUID) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("select insight_dispose(%s, 1)", [request])


def test_the_web_writes_no_proof_and_no_content_by_hand(office: Office) -> None:
    case = office.due_case()
    lawyer = office.actor(office.lawyer)
    forbidden = (
        "update cases_fact set text = ''",
        "delete from cases_fact",
        "delete from insight_disposal",
        "update insight_disposal set reason = ''",
        "insert into insight_disposal (id, visible_to, request) values "
        "(gen_random_uuid(), 'AV', gen_random_uuid())",
        f"select insight_empty_case('{case.pk}')",
    )
    for statement in forbidden:
        with pytest.raises(DatabaseError), acting(lawyer):
            connections["default"].cursor().execute(statement)
    assert SECRET in everything(office, case)


def test_a_case_that_is_not_due_stays(office: Office) -> None:
    officer = office.actor(office.officer)
    with acting(officer), pytest.raises(Refused):
        propose_case_disposal(actor=officer, case=office.case, reason=REASON)
    case = office.due_case()
    asked = propose(office, case)
    office.changed("update cases_case set keep_until = %s where id = %s",
                   office.hub.today + timedelta(days=1), case.pk)  # fmt: skip
    lawyer = office.actor(office.lawyer)
    with acting(lawyer), pytest.raises(Refused):
        two_persons.decide(lawyer, request_id=asked.pk, approve=True, reason="")
    assert SECRET in everything(office, case)
    assert office.value("select count(*) from insight_disposal") == 0


def test_a_refusal_leaves_everything(office: Office) -> None:
    case = office.due_case()
    asked = propose(office, case)
    lawyer = office.actor(office.lawyer)
    with acting(lawyer):
        two_persons.decide(lawyer, request_id=asked.pk, approve=False, reason="Tvist pågår.")
    assert SECRET in everything(office, case)


def test_what_fails_half_way_keeps_everything(office: Office, tmp_path: Path) -> None:
    with override_settings(SAMSYN_FILES_DIR=tmp_path):
        case, stored = _with_file(office)
        asked = propose(office, case)
        lawyer = office.actor(office.lawyer)
        with transaction.atomic():
            with acting(lawyer):
                two_persons.decide(lawyer, request_id=asked.pk, approve=True, reason="")
            transaction.set_rollback(True)
        assert SECRET in everything(office, case)
        assert file_store().read_whole(Stored(stored)) == b"Ekvall skriver."


def _with_file(office: Office) -> tuple[Case, str]:
    rows: list[SealedFile] = []

    def fill(actor: Actor, case: Case) -> None:
        rows.append(
            add_file(actor=actor, case=case, name="Ekvall.txt", data=b"Ekvall skriver.",
                     direction="in", counterpart="Ekvall")
        )  # fmt: skip

    case = office.due_case(fill=fill)
    return case, rows[0].stored_as


def test_files_are_erased_from_the_store_when_it_is_committed(
    office: Office, tmp_path: Path
) -> None:
    with override_settings(SAMSYN_FILES_DIR=tmp_path):
        case, stored = _with_file(office)
        proof = decide(office, propose(office, case))
        assert stored in proof.files
        with pytest.raises(FileGone):
            file_store().read_whole(Stored(stored))
        assert not [path for path in tmp_path.rglob("*") if path.is_file()]
        assert erase_what_is_left() == 1
        assert office.value("select files_erased_at is not null from insight_disposal")
        assert erase_what_is_left() == 0


def test_the_job_erases_what_a_stopped_machine_left(office: Office, tmp_path: Path) -> None:
    with override_settings(SAMSYN_FILES_DIR=tmp_path):
        case, stored = _with_file(office)
        with override_settings(SAMSYN_FILES_DIR=tmp_path / "elsewhere"):
            decide(office, propose(office, case))
        assert file_store().read_whole(Stored(stored))
        assert erase_what_is_left() == 1
        with pytest.raises(FileGone):
            file_store().read_whole(Stored(stored))


# --- what came from others ---


def expired(hub: Hub) -> tuple[Any, Office]:
    """SKV's fact at AV, whose last day has passed."""
    scene = make_scene(hub)
    officer = hub.person("AV", name="Olga Officer")
    lawyer = hub.person("AV", "secrecy_lawyer", name="Lars Jurist")
    office = Office(hub, officer, lawyer, lawyer, lawyer, scene.case, scene.copy)
    office.changed("update cases_fact set valid_to = %s where id = %s",
                   hub.today - timedelta(days=1), scene.copy.pk)  # fmt: skip
    office.changed("update disclosures_disclosure set valid_to = %s",
                   hub.today - timedelta(days=1))  # fmt: skip
    return scene, office


def settle(office: Office, exchange: UUID, how: str) -> Disposal:
    officer = office.actor(office.officer)
    with acting(officer):
        case = Case.seen(officer).get(pk=office.case.pk)
        due = due_delivery(officer, case, exchange)
        asked = propose_delivery_disposal(actor=officer, case=case, delivery=due, how=how,
                                          reason=REASON)  # fmt: skip
    return decide(office, asked)


@pytest.mark.parametrize("how", ["remove", "lock"])
def test_received_things_past_their_day_are_removed_or_locked(hub: Hub, how: str) -> None:
    scene, office = expired(hub)
    officer = office.actor(office.officer)
    with acting(officer):
        queue = queue_of(officer)
    (due,) = queue.deliveries
    assert (due.giver, due.facts, due.why) == ("SKV", 1, "expired")
    proof = settle(office, due.exchange, how)
    text, state, key = _row(office, scene.copy.pk)
    assert text == ("" if how == "remove" else GIVEN)
    assert (state, key) == (("disposed", "AV") if how == "remove" else ("locked", "-"))
    assert proof.counts == {"facts": 1, "receipts": 1}
    # The giver's own fact stays, and the nightly reconciliation finds nothing wrong.
    assert _row(office, scene.given.pk)[0] == GIVEN
    assert [one for one in differences() if one.kind != "law_reads_otherwise_now"] == []
    with acting(officer):
        assert queue_of(officer).deliveries == []


def _row(office: Office, pk: UUID) -> tuple[str, str, str]:
    with office.hub.owner() as owner:
        row = owner.execute("select text, state, visible_to from cases_fact where id = %s",
                            [pk]).fetchone()  # fmt: skip
    assert row is not None
    return str(row[0]), str(row[1]), str(row[2])


def test_the_purpose_is_over_when_the_case_is_closed(hub: Hub) -> None:
    scene = make_scene(hub)
    officer = hub.officer("AV")
    with acting(officer):
        assert queue_of(officer).deliveries == []
        case = Case.seen(officer).get(pk=scene.case.pk)
        close_case(actor=officer, case=case, outcome="Kontrollen är gjord.")
        (due,) = queue_of(officer).deliveries
    assert due.why == "ended"
    outsider = hub.officer("FK")
    with acting(outsider):
        assert queue_of(outsider).deliveries == []
        with pytest.raises(Missing):
            due_delivery(outsider, case, due.exchange)


def test_a_delivery_in_force_is_not_locked_by_an_approval(hub: Hub) -> None:
    scene, office = expired(hub)
    officer = office.actor(office.officer)
    with acting(officer):
        case = Case.seen(officer).get(pk=office.case.pk)
        (due,) = queue_of(officer).deliveries
        asked = propose_delivery_disposal(actor=officer, case=case, delivery=due, how="remove",
                                          reason=REASON)  # fmt: skip
    office.changed("update cases_fact set valid_to = null where id = %s", scene.copy.pk)
    lawyer = office.actor(office.lawyer)
    with pytest.raises(DatabaseError, match="not due"), acting(lawyer):
        two_persons.decide(lawyer, request_id=asked.pk, approve=True, reason="")
    assert _row(office, scene.copy.pk)[0] == GIVEN


# --- the pages ---


def test_proposing_and_deciding_by_the_pages(office: Office) -> None:
    case = office.due_case()
    officer, lawyer = office.client(office.officer), office.client(office.lawyer)
    queue = officer.get(reverse("insight:retention")).content.decode()
    assert case.number in queue
    address = reverse("insight:propose-case", args=[case.pk])
    assert "1 uppgifter" in officer.get(address).content.decode()
    without = officer.post(address, {"reason": ""})
    assert without.status_code == 200
    done = officer.post(address, {"reason": REASON})
    assert done.status_code == 302
    asked = office.value("select id from guard_twopersonrequest where act = 'disposal.propose'")
    page = lawyer.get(reverse("guard:decide", args=[asked])).content.decode()
    assert f"Gallra ärendet {case.number}" in page
    lawyer.post(reverse("guard:decide", args=[asked]), {"answer": "approve", "reason": ""})
    assert "Gallrat" in everything(office, case)
    body = lawyer.get(reverse("insight:retention")).content.decode()
    assert "ärendet gallrat" in body
    room = officer.get(reverse("cases:room", args=[case.pk]))
    assert room.status_code == 200
    assert "Ekvall" not in room.content.decode()


def test_the_queue_shows_nobody_else_s_cases(office: Office) -> None:
    case = office.due_case()
    other = office.hub.person("SKV")
    body = office.client(other).get(reverse("insight:retention")).content.decode()
    assert case.number not in body
    assert case.title not in body
    for name in ("propose-case",):
        answer = office.client(other).get(reverse(f"insight:{name}", args=[case.pk]))
        assert answer.status_code == 404
    assert office.client(office.auditor).get(reverse("insight:retention")).status_code == 403


def test_facts_that_are_gone_are_seen_by_nobody_as_facts(office: Office) -> None:
    case = office.due_case()
    decide(office, propose(office, case))
    officer = office.actor(office.officer, case)
    with acting(officer):
        assert not Fact.seen(officer).filter(case=case, state="current").exists()
