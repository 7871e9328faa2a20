"""Abuse cases 17-19 and 21-23: what is shared can be taken back, goes to nobody else, serves one
purpose, rests on a ground, and is not laundered by copying."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from django.db import DatabaseError, connections, transaction
from django.test import Client
from django.utils import timezone

from samsyn.hub.cases.actions import open_case, write_fact
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.disclosures.actions import (
    decide_and_deliver,
    draft_question,
    place_question,
    prepare_disclosure,
    recall,
    send_question,
)
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure, Question, Receipt
from samsyn.hub.guard import organisation, rulebooks
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import LogEntry
from samsyn.hub.guard.refusals import Refused
from tests.hub.disclosures.conftest import KEPT, SECRET, WEIGHING, Two, two

__all__ = ["two"]

PLAN = "joint_inspection_plan"
WORDS = "Läs detta tillsammans med fyndet i kvarteret Zirkonen."
TITLE = "Underlag om kvarteret Zirkonen"
OTHERS = ("Ekobrottsmyndigheten", "EBM", "Försäkringskassan", "FK")


def give(two: Two, receiver: str = "AV", **changes: Any) -> Disclosure:
    """A disclosure of one fact, decided and delivered."""
    with acting(two.giver):
        made = prepare_disclosure(
            actor=two.giver,
            case=two.case,
            receiver=receiver,
            purpose=PLAN,
            facts=[two.fact],
            told_title=TITLE,
            told_words=WORDS,
            **changes,
        )
        return decide_and_deliver(
            actor=two.giver, draft=made, version=made.version, weighing=WEIGHING
        )


def receipt_of(actor: Actor) -> Receipt:
    with acting(actor):
        return Receipt.seen(actor).order_by("-received_at").first()  # type: ignore[return-value]


def answer_a_question(two: Two) -> Disclosure:
    """The work environment authority asks; the tax agency answers with words and a fact."""
    with acting(two.receiver):
        question = draft_question(
            actor=two.receiver,
            case=two.asking,
            holder="SKV",
            text="Vilka löner redovisas?",
            activity="supervision",
        )
        send_question(actor=two.receiver, question=question, weighing=WEIGHING)
    with acting(two.giver):
        theirs = Question.seen(two.giver).get()
        place_question(actor=two.giver, question=theirs, case=two.case)
        theirs.refresh_from_db()
    return give(two, question=theirs)


def everything(client: Client, actor: Actor, *, export: bool = True) -> dict[str, str]:
    """Every page of the disclosures and of each case that a person can reach by its address.

    To export and to look leave lines of their own, in the timeline and in the log of the case;
    without ``export`` neither is among what is compared.
    """
    with acting(actor):
        cases = list(Case.seen(actor))
        questions = list(Question.seen(actor))
        receipts = list(Receipt.seen(actor))
        given = list(Disclosure.seen(actor))
    addresses = [
        *(
            f"/utlamnanden/?flik={tab}&lage=alla"
            for tab in ("inkomna", "vara", "utkast", "utlamnat", "mottaget")
        ),
        "/arenden/",
        *(
            f"/arenden/{case.pk}/{part}"
            for case in cases
            for part in ("", "uppgifter/", "diarium/", "logg/", "fraga/", "lamna-ut/", "nominera/")
        ),
        *(f"/fragor/{question.pk}/" for question in questions),
        *(f"/arenden/{one.case_id}/mottaget/{one.pk}/" for one in receipts),
        *(f"/utlamnanden/{one.pk}/" for one in given),
    ]
    said = {}
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code in (200, 404), (address, answer.status_code)
        said[address] = answer.content.decode()
        if not export and address.endswith("/logg/"):
            del said[address]
    for case in cases if export else ():
        answer = client.post(f"/arenden/{case.pk}/exportera/")
        assert answer.status_code < 500
        body = b"".join(answer) if answer.streaming else answer.content
        said[f"export of {case.number}"] = body.decode(errors="replace")
    return said


def holding(words: str, said: dict[str, str]) -> list[str]:
    """Where the words are found."""
    return [address for address, text in said.items() if words in text]


# --- 17: after recall ---------------------------------------------------------------------------


def test_17_recalled_it_is_gone_from_every_page_list_and_export(two: Two) -> None:
    made = answer_a_question(two)
    receipt = receipt_of(two.receiver)
    address = f"/arenden/{receipt.case_id}/mottaget/{receipt.pk}/"
    assert SECRET in two.av.get(address).content.decode()
    before = everything(two.av, two.receiver)
    assert holding(SECRET, before)
    assert holding(WORDS, before)
    with acting(two.giver):
        recall(actor=two.giver, disclosure=made, reason="Fel bolag")
    after = everything(two.av, two.receiver)
    assert not holding(SECRET, after)
    assert not holding(WORDS, after)
    # The document came in, and its line in the register is the receiver's by law (OSL 5:1).
    assert all("diarium" in place or "export" in place for place in holding(TITLE, after))


def test_17_the_title_and_words_of_a_case_that_was_told_go_with_it(two: Two) -> None:
    made = give(two)
    receipt = receipt_of(two.receiver)
    two.av.get(f"/arenden/{receipt.case_id}/mottaget/{receipt.pk}/")
    with acting(two.giver):
        recall(actor=two.giver, disclosure=made, reason="Fel bolag")
    with acting(two.receiver):
        case = Case.seen(two.receiver).get(pk=receipt.case_id)
    assert (case.summary, TITLE in case.title) == ("", False)
    assert not holding(WORDS, everything(two.av, two.receiver))


def test_17_what_was_built_on_it_is_gone_too(two: Two) -> None:
    made = give(two)
    receipt = receipt_of(two.receiver)
    there = two.receiver.within(
        case=receipt.case_id,
        matter=made.matter,
        purpose=PLAN,
        purpose_group="joint_inspection",
    )
    with acting(there):
        write_fact(
            actor=there,
            case=Case.seen(there).get(pk=receipt.case_id),
            text=f"Noterat: {SECRET} Kontrolleras på plats.",
            item_kind="inspection_findings",
            activity="supervision",
            subject_kind="company",
        )
    with acting(two.giver):
        recall(actor=two.giver, disclosure=made, reason="Fel bolag")
    assert not holding("Kontrolleras på plats", everything(two.av, two.receiver))


def test_17_the_owner_sees_what_had_been_read(two: Two) -> None:
    made = give(two)
    receipt = receipt_of(two.receiver)
    two.av.get(f"/arenden/{receipt.case_id}/mottaget/{receipt.pk}/")
    two.skv.post(f"/utlamnanden/{made.pk}/aterkalla/", {"reason": "Fel bolag"})
    said = two.skv.get(f"/utlamnanden/{made.pk}/").content.decode()
    assert "1 uppgift hade redan lästs hos Arbetsmiljöverket" in said


# --- 18: membership ended -----------------------------------------------------------------------


@pytest.fixture
def without_av(monkeypatch: pytest.MonkeyPatch) -> Any:
    """From the call on the work environment authority is no member of the cooperation."""
    members = organisation.Organisation.cooperation_members

    def leave() -> None:
        monkeypatch.setattr(
            organisation.Organisation,
            "cooperation_members",
            lambda self, day: members(self, day) - {"AV"},
        )

    return leave


def test_18_membership_is_looked_at_when_it_is_sent(two: Two, without_av: Any) -> None:
    with acting(two.giver):
        made = prepare_disclosure(
            actor=two.giver, case=two.case, receiver="AV", purpose=PLAN, facts=[two.fact]
        )
    without_av()
    with acting(two.giver), pytest.raises(Refused) as no:
        decide_and_deliver(actor=two.giver, draft=made, version=made.version, weighing=WEIGHING)
    assert "ingår inte längre i samverkan" in no.value.said.sv
    with acting(two.giver):
        item = DisclosedFact.seen(two.giver).get()
    form = {
        "version": made.version,
        "told_title": made.told_title,
        "valid_to": made.valid_to,
        "weighing": WEIGHING,
        f"leave-{item.pk}": "on",
        f"text-{item.pk}": item.text,
        "do": "decide",
    }
    answer = two.skv.post(f"/utlamnanden/{made.pk}/", form)
    assert answer.status_code == 403
    assert "ingår inte längre i samverkan" in answer.content.decode()
    with acting(two.giver):
        assert Disclosure.seen(two.giver).get().state == "draft"


def test_18_an_open_session_loses_its_keys(two: Two, without_av: Any) -> None:
    give(two)
    receipt = receipt_of(two.receiver)
    address = f"/arenden/{receipt.case_id}/mottaget/{receipt.pk}/"
    assert two.av.get(address).status_code == 200
    without_av()
    answer = two.av.get(address)
    assert answer.status_code in (403, 404)
    assert SECRET not in answer.content.decode()
    assert two.av.get("/utlamnanden/").status_code == 403


def test_18_an_old_link_and_another_member_lead_nowhere(two: Two) -> None:
    give(two)
    receipt = receipt_of(two.receiver)
    fk = two.hub.client(two.hub.person("FK", "agency_officer"))
    address = f"/arenden/{receipt.case_id}/mottaget/{receipt.pk}/"
    missing = fk.get(f"/arenden/{two.case.pk}/mottaget/{receipt.pk}/")
    assert fk.get(address).status_code == missing.status_code == 404
    assert _still(fk.get(address).content.decode()) == _still(missing.content.decode())


# --- 19: who else got it ------------------------------------------------------------------------


def test_19_a_receiver_never_sees_who_else_got_it(two: Two) -> None:
    give(two)
    receipt = receipt_of(two.receiver)
    two.av.get(f"/arenden/{receipt.case_id}/mottaget/{receipt.pk}/")
    before = everything(two.av, two.receiver, export=False)
    for other in ("EBM", "FK"):
        give(two, receiver=other, common=True)
    with acting(two.giver):
        (ebm,) = Disclosure.seen(two.giver).filter(receiver="EBM")
        recall(actor=two.giver, disclosure=ebm, reason="Fel bolag")
    after = everything(two.av, two.receiver, export=False)
    assert {place: _still(said) for place, said in after.items()} == {
        place: _still(said) for place, said in before.items()
    }


def _still(page: str) -> str:
    """A page without what changes by itself from one look to the next."""
    page = re.sub(r'value="[0-9a-zA-Z]{64}"|X-CSRFToken": "[^"]+"', "", page)
    page = re.sub(r'name="token" value="[^"]+"', "", page)
    return re.sub(r'datetime="[^"]+"|\d\d:\d\d', "", page)


def test_19_the_one_who_is_asked_never_sees_who_else_is(two: Two) -> None:
    with acting(two.receiver):
        for holder in ("SKV", "FK"):
            question = draft_question(
                actor=two.receiver,
                case=two.asking,
                holder=holder,
                text="Vilka löner redovisas?",
                activity="supervision",
            )
            send_question(actor=two.receiver, question=question, weighing=WEIGHING)
    with acting(two.giver):
        theirs = Question.seen(two.giver).get()
        assert theirs.exchange != question.exchange
    said = two.skv.get(f"/fragor/{theirs.pk}/").content.decode()
    assert not any(other in said.split("<main")[1] for other in OTHERS)


# --- 21: one purpose, one matter, a last day ----------------------------------------------------


@pytest.mark.parametrize("purpose", ["own_supervision", "crime_investigation", "permit_case"])
def test_21_it_is_not_read_for_another_purpose(two: Two, purpose: str) -> None:
    give(two)
    receipt = receipt_of(two.receiver)
    two.av.post(f"/arenden/{receipt.case_id}/andamal/", {"purpose": purpose})
    address = f"/arenden/{receipt.case_id}/mottaget/{receipt.pk}/"
    said = two.av.get(address).content.decode()
    assert SECRET not in said
    assert "inte för det ändamål du agerar för" in said
    with acting(two.giver):
        assert DisclosedFact.seen(two.giver).get().read_at is None


def test_21_it_is_not_read_in_another_matter(two: Two) -> None:
    give(two)
    with acting(two.receiver):
        other = open_case(actor=two.receiver, title="Annat", purpose=PLAN)
    for part in ("", "uppgifter/", "lamna-ut/"):
        assert SECRET not in two.av.get(f"/arenden/{other.pk}/{part}").content.decode()


def test_21_it_is_not_read_after_its_last_day(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    today = timezone.localdate()
    give(two, valid_to=today)
    receipt = receipt_of(two.receiver)
    address = f"/arenden/{receipt.case_id}/mottaget/{receipt.pk}/"
    assert SECRET in two.av.get(address).content.decode()
    later = today + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_, **__: later)
    tomorrow = msgspec.structs.replace(two.receiver, day=later)
    assert not holding(SECRET, everything(two.av, tomorrow))


# --- 22: without a valid ground -----------------------------------------------------------------


def closed(two: Two) -> Fact:
    """A fact of absolute secrecy that nothing opens to another agency (OSL 24:8)."""
    with acting(two.giver):
        return write_fact(
            actor=two.giver,
            case=two.case,
            text="Svar i en undersökning.",
            item_kind="payroll_and_vat_figures",
            activity="taxation",
            subject_kind="company",
            secrecy=["2009:400/24:8"],
        )


def test_22_an_excluded_kind_is_refused_with_its_paragraph_and_logged(two: Two) -> None:
    with acting(two.giver):
        made = prepare_disclosure(
            actor=two.giver, case=two.case, receiver="AV", purpose=PLAN, facts=[closed(two)]
        )
        item = DisclosedFact.seen(two.giver).get()
        DisclosedFact.rows.filter(pk=item.pk).update(left_out=False)
    form = {
        "version": made.version,
        "told_title": made.told_title,
        "valid_to": made.valid_to,
        "weighing": WEIGHING,
        f"leave-{item.pk}": "on",
        f"text-{item.pk}": item.text,
        "do": "decide",
    }
    answer = two.skv.post(f"/utlamnanden/{made.pk}/", form)
    assert answer.status_code == 403
    said = answer.content.decode()
    assert "får inte lämnas; inget har lämnats ut" in said
    assert re.search(r"Hindret är .*§", said)
    with acting(two.giver):
        attempt = LogEntry.rows.filter(act="attempt.refused").get()
        assert attempt.ground
    with acting(two.receiver):
        assert not Receipt.seen(two.receiver).exists()


def test_22_a_ground_not_yet_in_force_opens_nothing(two: Two) -> None:
    """The day before the act on joint inspections the general clause alone is left, harder."""
    before, after = date(2024, 6, 28), date(2024, 7, 1)
    grounds = {}
    for day in (before, after):
        actor = msgspec.structs.replace(two.giver, day=day)
        with acting(actor):
            made = prepare_disclosure(
                actor=actor, case=two.case, receiver="AV", purpose=PLAN, facts=[two.fact]
            )
            item = made.items.get()
            grounds[day] = (item.grounds[0], item.test, item.duty)
    assert grounds[before] == ("2009:400/10:27", "obvious_priority_of_disclosure", False)
    assert grounds[after] == ("2024:307/4", "overriding_reasons_against", True)


def test_22_an_agency_outside_the_circle_is_refused_on_every_path(two: Two) -> None:
    form = {"receivers": ["KFM"], "purpose": PLAN, "facts": [str(two.fact.pk)]}
    answer = two.skv.post(f"/arenden/{two.case.pk}/lamna-ut/", form)
    assert answer.status_code == 200  # the form again: no such choice
    with acting(two.giver), pytest.raises(Refused):
        prepare_disclosure(
            actor=two.giver, case=two.case, receiver="KFM", purpose=PLAN, facts=[two.fact]
        )
    with acting(two.giver):
        assert not Disclosure.seen(two.giver).exists()


def test_22_a_job_or_a_forged_call_carries_nothing_without_a_weighing(two: Two) -> None:
    """Past the code: the database looks at outcome and weighing itself."""
    with acting(two.giver):
        made = prepare_disclosure(
            actor=two.giver, case=two.case, receiver="AV", purpose=PLAN, facts=[two.fact]
        )
        DisclosedFact.rows.filter(disclosure=made).update(left_out=False)
        forged = {
            "state": "decided",
            "ground": "2024:307/4",
            "outcome": "may",
            "decided_by": two.giver.account,
            "decided_by_name": "x",
        }
        Disclosure.rows.filter(pk=made.pk).update(**forged)
        with (
            connections["default"].cursor() as cursor,
            pytest.raises(DatabaseError, match="does not open"),
            transaction.atomic(),
        ):
            cursor.execute("select disclosures_deliver(%s, 1, 'main', 'AV %%s', 6)", [made.pk])
    with acting(two.receiver):
        assert not Fact.seen(two.receiver).exists()


def test_22_the_mark_of_an_officer_holds(two: Two) -> None:
    with acting(two.giver):
        Fact.rows.filter(pk=two.kept.pk).update(marks=["may_not_be_told"])
        from samsyn.hub.guard.acts import look

        look(two.giver, "fact.read", objects=[two.kept])
    said = two.skv.get(f"/arenden/{two.case.pk}/lamna-ut/").content.decode()
    assert re.search(rf'value="{two.kept.pk}"[^>]* disabled', said)
    form = {"receivers": ["AV"], "purpose": PLAN, "facts": [str(two.kept.pk)]}
    assert two.skv.post(f"/arenden/{two.case.pk}/lamna-ut/", form).status_code == 403


# --- 23: laundering -----------------------------------------------------------------------------


def test_23_pasted_into_a_note_it_keeps_its_law_and_is_not_passed_on_freely(two: Two) -> None:
    give(two)
    receipt = receipt_of(two.receiver)
    there = two.receiver.within(
        case=receipt.case_id,
        matter=_matter(two),
        purpose=PLAN,
        purpose_group="joint_inspection",
    )
    with acting(there):
        case = Case.seen(there).get(pk=receipt.case_id)
        copy = Fact.seen(there).exclude(received_from="").get()
        note = write_fact(
            actor=there,
            case=case,
            text=f"Enligt uppgift: {SECRET}",
            item_kind="inspection_findings",
            activity="supervision",
            subject_kind="company",
            secrecy=[],
        )
        assert set(copy.secrecy) <= set(note.secrecy)
        assert (note.bound_purpose, note.valid_to) == (copy.bound_purpose, copy.valid_to)
        with pytest.raises(Refused, match="only to plan a joint inspection") as no:
            prepare_disclosure(
                actor=there, case=case, receiver="FK", purpose="social_insurance_case", facts=[note]
            )
        assert no.value.ground == copy.ground
        made = prepare_disclosure(actor=there, case=case, receiver="FK", purpose=PLAN, facts=[note])
        item = made.items.get()
    assert set(copy.secrecy) <= set(item.secrecy)
    assert item.outcome in ("must_not", "may_after_balancing")
    said = two.av.get(f"/utlamnanden/{made.pk}/").content.decode()
    assert "OSL\u00a027\u00a0kap.\u00a01\u00a0§" in said
    entry = "derived from"
    with acting(two.receiver):
        assert LogEntry.rows.filter(act="fact.write", detail__contains=entry).exists()


def _matter(two: Two) -> Any:
    with acting(two.giver):
        return Case.seen(two.giver).get(pk=two.case.pk).matter


def test_the_other_fact_never_left(two: Two) -> None:
    give(two)
    assert not holding(KEPT, everything(two.av, two.receiver))
    assert rulebooks.current_organisation().is_member("AV", two.giver.day)
