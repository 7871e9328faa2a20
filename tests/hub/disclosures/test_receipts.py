"""After it has come: what came of it, that its purpose has ended, and that it is locked."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.db import DatabaseError, connections, transaction

from samsyn.hub.cases.actions import close_case, take_up, write_fact
from samsyn.hub.cases.models import Event, Fact
from samsyn.hub.disclosures.actions import end_purpose, lock_received, recall, report_back
from samsyn.hub.disclosures.models import Disclosure, Receipt
from samsyn.hub.disclosures.purposes_ended import end_purposes_on
from samsyn.hub.disclosures.reconciling import differences
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import LogEntry
from samsyn.hub.guard.references import reference
from samsyn.hub.guard.refusals import Invalid, Refused
from tests.hub.disclosures.asking import PLAN, answered, receipt_of, sent_set, within
from tests.hub.disclosures.conftest import SECRET, WEIGHING, Two
from tests.hub.disclosures.test_pages import delivered, page

OWN = "Elva personer arbetade på platsen utan hjälm den tredje november."


def path(receipt: Receipt, part: str = "") -> str:
    return f"/arenden/{receipt.case_id}/mottaget/{receipt.pk}/{part}"


def report(two: Two, receipt: Receipt, code: str = "used_in_planning", **more: str) -> None:
    there = within(two.receiver, receipt)
    with acting(there):
        report_back(
            actor=there,
            receipt=receipt,
            code=code,
            activity=more.pop("activity", "supervision"),
            weighing=more.pop("weighing", WEIGHING),
            **more,
        )


def on_both_my_days(two: Two, words: str) -> tuple[bool, bool]:
    first, second = (client.get("/").content.decode() for client in (two.skv, two.av))
    return words in first, words in second


# --- what came of it ------------------------------------------------------------------------------


def test_the_giver_sees_what_came_of_it(two: Two) -> None:
    made = delivered(two)
    receipt = receipt_of(two, made)
    assert "har inte fått veta om det var till nytta" in page(two.av, path(receipt))
    report(two, receipt, words="Vi valde platsen.")
    said = page(two.skv, f"/utlamnanden/{made.pk}/")
    assert "Användes när vi planerade en kontroll" in said
    assert "Vi valde platsen." in said
    assert WEIGHING not in said.split('id="came"')[1].split("</section>")[0]
    with acting(two.giver):
        event = Event.seen(two.giver).get(act="disclosure.reported")
        assert event.words == {"code": "used_in_planning"}
        entry = LogEntry.rows.filter(act="disclosure.report")
        assert not entry.exists()  # the act is the receiver's
    with acting(two.receiver):
        assert LogEntry.rows.filter(act="disclosure.report").exclude(ground="").exists()
    assert on_both_my_days(two, "Användes när vi planerade en kontroll") == (True, False)


def test_a_report_is_made_once_unless_it_said_not_yet(two: Two) -> None:
    receipt = receipt_of(two, delivered(two))
    report(two, receipt, "not_yet")
    report(two, receipt, "no_use")
    with pytest.raises(Refused):
        report(two, receipt, "not_yet")
    with (
        acting(two.receiver),
        pytest.raises(DatabaseError, match="no receipt of yours"),
        transaction.atomic(),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute("select disclosures_report_back(%s, 'no_use', '', 'x', 1)", [receipt.pk])


def test_the_law_is_asked_about_a_report_and_its_weighing_is_wanted(two: Two) -> None:
    receipt = receipt_of(two, delivered(two))
    form = {"code": "led_to_measure", "activity": "supervision", "words": "", "weighing": ""}
    said = page(two.av, path(receipt, "rapportera/"))
    assert "Får lämnas efter din avvägning" in said
    again = two.av.post(path(receipt, "rapportera/"), form).content.decode()
    assert "id_weighing_error" in again
    two.av.post(path(receipt, "rapportera/"), {**form, "weighing": WEIGHING})
    with acting(two.giver):
        assert Disclosure.seen(two.giver).get().came_of_it == "led_to_measure"


def test_a_report_that_the_law_does_not_open_is_refused_with_its_ground(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = receipt_of(two, delivered(two))
    from samsyn.hub.disclosures.actions import ending
    from samsyn.hub.disclosures.telling_law import assess_telling

    monkeypatch.setattr(
        ending,
        "assess_telling",
        lambda *args, **named: assess_telling(*args, **{**named, "purpose": "curiosity"}),
    )
    monkeypatch.setattr(
        "samsyn.hub.disclosures.telling_law.propose_secrecy", lambda **asked: ("2009:400/24:8",)
    )
    with pytest.raises(Refused) as caught:
        report(two, receipt)
    assert caught.value.ground
    with acting(two.giver):
        assert Disclosure.seen(two.giver).get().came_of_it == ""


def test_the_words_of_a_report_tell_no_fact_of_ones_own(two: Two) -> None:
    receipt = receipt_of(two, delivered(two))
    there = within(two.receiver, receipt)
    with acting(there):
        write_fact(
            actor=there,
            case=receipt.case,
            text=OWN,
            item_kind="inspection_findings",
            activity="supervision",
            subject_kind="company",
        )
    with pytest.raises(Invalid) as caught:
        report(two, receipt, words=f"Vi såg att {OWN}")
    assert caught.value.field == "words"
    report(two, receipt, words=SECRET)  # what the giver gave, the giver may hear again


def test_a_report_stays_with_the_giver_when_it_recalls(two: Two) -> None:
    made = delivered(two)
    receipt = receipt_of(two, made)
    page(two.av, path(receipt))
    report(two, receipt, words="Vi valde platsen för skulden.")
    with acting(two.giver):
        made.refresh_from_db()
        recall(actor=two.giver, disclosure=made, reason="Fel bolag.")
    assert "Vi valde platsen för skulden." in page(two.skv, f"/utlamnanden/{made.pk}/")
    assert "Vi valde platsen för skulden." not in page(two.av, path(receipt))


# --- the purpose ends -----------------------------------------------------------------------------


@pytest.mark.parametrize("why", ["said", "closed", "expired"])
def test_when_the_purpose_has_ended_locking_is_proposed(two: Two, why: str) -> None:
    receipt = receipt_of(two, delivered(two))
    page(two.av, path(receipt))  # read, so that it is not new any more
    assert 'id="over"' not in page(two.av, path(receipt))
    there = within(two.receiver, receipt)
    with acting(there):
        take_up(actor=there, case=receipt.case)
        receipt.case.refresh_from_db()
    if why == "said":
        two.av.post(path(receipt, "slut/"), {"on": str(two.receiver.day)})
    elif why == "closed":
        with acting(there):
            close_case(actor=there, case=receipt.case, outcome="Klart.")
    else:
        with two.hub.owner() as owner, owner.transaction():
            owner.execute("set local session_replication_role = replica")
            owner.execute(
                "update disclosures_receipt set valid_to = %s",
                [two.receiver.day - timedelta(days=1)],
            )
    said = page(two.av, path(receipt))
    assert "Ändamålet är slut: lås eller gallra" in said
    assert "Ändamålet är slut" in two.av.get("/").content.decode()
    assert receipt.register_number in page(two.av, "/utlamnanden/?flik=mottaget&lage=slut")


def test_the_purpose_cannot_end_tomorrow(two: Two) -> None:
    receipt = receipt_of(two, delivered(two))
    with acting(two.receiver), pytest.raises(Invalid):
        end_purpose(actor=two.receiver, receipt=receipt, on=two.receiver.day + timedelta(days=1))


def test_by_night_it_is_noted_whose_purpose_has_ended(two: Two) -> None:
    receipt = receipt_of(two, delivered(two, valid_to=two.giver.day))
    assert end_purposes_on(two.receiver.day) == 0
    tomorrow = two.receiver.day + timedelta(days=1)
    assert end_purposes_on(tomorrow) == 1
    assert end_purposes_on(tomorrow) == 0
    receipt.refresh_from_db(using="owner")
    assert receipt.ended_on == tomorrow
    with two.hub.owner() as owner:
        row = owner.execute(
            "select account, objects from guard_log_entry where act = 'job.purpose'"
        ).fetchone()
    assert row == (None, str(receipt.pk))


# --- locked ---------------------------------------------------------------------------------------


def locked(two: Two, receipt: Receipt) -> dict[str, object]:
    there = within(two.receiver, receipt)
    with acting(there):
        return lock_received(actor=there, receipt=receipt)


def test_what_is_locked_is_gone_from_every_page_at_once(two: Two) -> None:
    question, theirs = sent_set(two)
    made = answered(two, theirs, {two.fact.pk: "totals"}, told_words="Se lönerna i mars.")
    receipt = receipt_of(two, made)
    there = within(two.receiver, receipt)
    with acting(there):
        note = write_fact(
            actor=there,
            case=receipt.case,
            text=f"Enligt SKV: {SECRET}",
            item_kind="inspection_findings",
            activity="supervision",
            subject_kind="company",
        )
    looked_at = [path(receipt), f"/fragor/{question.pk}/", f"/arenden/{receipt.case_id}/"]
    assert SECRET in page(two.av, looked_at[0])
    two.av.post(path(receipt, "las/"))
    looked_at += [f"/arenden/{receipt.case_id}/uppgifter/", "/sok/?q=skulden", "/"]
    looked_at += ["/utlamnanden/?flik=mottaget&lage=alla"]
    for address in looked_at:
        said = two.av.get(address).content.decode()
        assert "fyra av elva" not in said, address
        assert "Se lönerna i mars." not in said, address
    with acting(there):
        assert not Fact.seen(there).filter(pk=note.pk).exists()
    assert two.av.get(f"/arenden/{receipt.case_id}/uppgifter/{note.pk}/").status_code == 404
    with acting(two.giver):  # the giver's own rows are untouched, and it is told
        assert Fact.seen(two.giver).filter(pk=two.fact.pk).exists()
        assert Event.seen(two.giver).filter(act="disclosure.locked").exists()
    assert not list(differences())


def test_the_proof_names_what_was_locked_without_a_word_of_it(two: Two) -> None:
    receipt = receipt_of(two, delivered(two))
    there = within(two.receiver, receipt)
    with acting(there):
        texts = {str(f.pk): str(f.text) for f in Fact.seen(there).filter(received_from="SKV")}
    proof = locked(two, receipt)
    facts = proof["facts"]
    assert isinstance(facts, list)
    assert {one["id"]: one["sha256"] for one in facts} == {
        pk: hashlib.sha256(text.encode()).hexdigest() for pk, text in texts.items()
    }
    said = page(two.av, path(receipt, "las/bevis/"))
    assert facts[0]["sha256"] in said
    assert f"samsyn log prove {reference(int(str(proof['entry'])))}" in said
    assert "fyra av elva" not in said
    with acting(two.receiver):
        assert LogEntry.rows.get(pk=int(str(proof["entry"]))).act == "disclosure.lock"


def test_only_the_receiver_locks_and_only_once(two: Two) -> None:
    receipt = receipt_of(two, delivered(two))
    with (
        pytest.raises(DatabaseError, match="no receipt of yours"),
        acting(two.giver),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute("select disclosures_lock(%s, 'x', 1)", [receipt.pk])
    locked(two, receipt)
    with pytest.raises(Refused):
        locked(two, receipt)
    assert two.av.get(path(receipt, "las/")).status_code == 302
    assert two.skv.get(path(receipt, "las/bevis/")).status_code == 404


def test_there_is_no_proof_of_what_was_not_locked(two: Two) -> None:
    receipt = receipt_of(two, delivered(two))
    assert two.av.get(path(receipt, "las/bevis/")).status_code == 404


def test_what_is_locked_can_be_reported_on_and_recalled(two: Two) -> None:
    made = delivered(two)
    receipt = receipt_of(two, made)
    page(two.av, path(receipt))
    locked(two, receipt)
    report(two, receipt)
    with acting(two.giver):
        made.refresh_from_db()
        recall(actor=two.giver, disclosure=made, reason="Fel bolag.")
    assert "har återkallat det här" in page(two.av, path(receipt))
    assert not list(differences())


def test_what_is_told_after_the_locking_leaves_no_words_at_the_receiver(two: Two) -> None:
    made = delivered(two)
    receipt = receipt_of(two, made)
    locked(two, receipt)
    report(two, receipt, "no_use", words="Vi lade ner saken.")
    assert "Vi lade ner saken." in page(two.skv, f"/utlamnanden/{made.pk}/")
    assert "Vi lade ner saken." not in page(two.av, path(receipt))


def test_who_may_not_lock_is_told(two: Two) -> None:
    receipt = receipt_of(two, delivered(two))
    inspector = two.hub.client(two.hub.person("AV", "centre_coordinator"))
    assert inspector.get(path(receipt, "las/")).status_code == 403
    assert "Ändamålet är slut" not in inspector.get(path(receipt)).content.decode()
    assert PLAN
