"""The pages of the act of disclosure: what they show, what they refuse and what they cost."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from samsyn.hub.cases.actions import write_fact
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
from samsyn.hub.guard.context import acting
from tests.hub.cases.scene import MOST_STATEMENTS, statements
from tests.hub.disclosures.conftest import KEPT, SECRET, WEIGHING, Two

PLAN = "joint_inspection_plan"


def page(client: Client, address: str, status: int = 200) -> str:
    """What a page says; it costs no more than a page may."""
    answer, count = statements(client, address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    if status == 200:  # a no also writes down that it was tried
        assert count <= MOST_STATEMENTS, address
    return answer.content.decode()


def asked(two: Two, holder: str = "SKV", days: int = 14) -> Question:
    """A question of the work environment authority that is out."""
    with acting(two.receiver):
        question = draft_question(
            actor=two.receiver,
            case=two.asking,
            holder=holder,
            text="Vilka löner redovisas?",
            activity="supervision",
            entity=two.place,
            due_on=two.receiver.day + timedelta(days=days),
        )
        send_question(actor=two.receiver, question=question, weighing=WEIGHING)
    return question


def received(two: Two, placed: bool = True) -> Question:
    """The same question as the tax agency has it."""
    with acting(two.giver):
        question = Question.seen(two.giver).filter(state="sent").get()
        if placed:
            place_question(actor=two.giver, question=question, case=two.case)
    return question


def draft(two: Two, *facts: Fact, question: Question | None = None) -> Disclosure:
    """A draft to the work environment authority."""
    with acting(two.giver):
        return prepare_disclosure(
            actor=two.giver,
            case=two.case,
            receiver="AV",
            purpose=PLAN,
            facts=facts or (two.fact, two.kept),
            question=question,
        )


def delivered(two: Two, **changes: Any) -> Disclosure:
    """A disclosure of both facts."""
    made = draft(two)
    with acting(two.giver):
        return decide_and_deliver(
            actor=two.giver, draft=made, version=made.version, weighing=WEIGHING, **changes
        )


def sent_form(two: Two, made: Disclosure, **changes: Any) -> dict[str, Any]:
    """The form of a draft as the page would send it, unchanged but for the changes."""
    with acting(two.giver):
        made = Disclosure.seen(two.giver).get(pk=made.pk)
        items = list(DisclosedFact.seen(two.giver).filter(disclosure=made))
    form: dict[str, Any] = {
        "version": made.version,
        "told_title": made.told_title,
        "told_words": made.told_words,
        "valid_to": made.valid_to,
        "completes": "whole" if made.completes else "more",
        "weighing": WEIGHING,
        "do": "decide",
    }
    for item in items:
        form[f"text-{item.pk}"] = item.text
        if not item.left_out:
            form[f"leave-{item.pk}"] = "on"
    return {**form, **changes}


def item_of(two: Two, made: Disclosure, fact: Fact) -> UUID:
    with acting(two.giver):
        return DisclosedFact.seen(two.giver).get(disclosure=made, fact=fact).pk


def state_of(two: Two, made: Disclosure) -> str:
    with acting(two.giver):
        return Disclosure.seen(two.giver).get(pk=made.pk).state


# --- asking -------------------------------------------------------------------------------------


def ask_form(two: Two, *holders: str, **changes: Any) -> dict[str, Any]:
    return {
        "holders": holders,
        "entity": str(two.place.pk),
        "purpose": PLAN,
        "activity": "supervision",
        "text": "Vilka löner redovisas?",
        "tells": "nothing",
        "token": uuid4(),
        **changes,
    }


def test_several_are_asked_at_once_and_none_sees_another(two: Two) -> None:
    address = f"/arenden/{two.asking.pk}/fraga/"
    answer = two.av.post(address, ask_form(two, "SKV", "AF"))
    there = answer.headers["Location"]
    both = page(two.av, there)
    assert "Skatteverket" in both
    assert "Arbetsförmedlingen" in both
    assert "Sänd till 2 myndigheter" in both
    assert two.av.post(there, {"weighing": "kort"}).status_code == 200
    with acting(two.receiver):
        assert not Question.seen(two.receiver).filter(state="sent").exists()
    two.av.post(there, {"weighing": WEIGHING})
    af = two.hub.client(two.hub.person("AF", "agency_officer"))
    for client, other in ((two.skv, "Arbetsförmedlingen"), (af, "Skatteverket")):
        found = re.search(r"/fragor/[0-9a-f-]+/", page(client, "/utlamnanden/"))
        assert found
        said = page(client, found[0]).split("<main")[1].split("<aside")[0]
        assert "Vilka löner redovisas?" in said
        assert other not in said


def test_a_question_sent_twice_is_one_question(two: Two) -> None:
    address, form = f"/arenden/{two.asking.pk}/fraga/", ask_form(two, "SKV")
    first, second = two.av.post(address, form), two.av.post(address, form)
    assert first.headers["Location"] == second.headers["Location"]
    with acting(two.receiver):
        question = Question.seen(two.receiver).get()
    send = {"text": question.text, "weighing": WEIGHING, "do": "send"}
    for _ in range(2):
        assert two.av.post(f"/fragor/{question.pk}/", send).status_code in (200, 302)
    with acting(two.giver):
        assert Question.seen(two.giver).count() == 1


def test_asking_needs_its_weighing_and_says_so_at_the_field(two: Two) -> None:
    answer = two.av.post(f"/arenden/{two.asking.pk}/fraga/", ask_form(two, "SKV"))
    question = answer.headers["Location"]
    said = page(two.av, question)
    assert "Får ställas efter en avvägning" in said
    assert "2024:307" in said
    again = two.av.post(question, {"text": "Vilka?", "tells": "nothing", "do": "send"})
    assert 'id="id_weighing_error"' in again.content.decode()
    kept_form = {"text": "Vilka löner?", "due_on": "2026-12-24", "tells": "nothing", "do": "keep"}
    kept = two.av.post(question, kept_form)
    assert kept.status_code == 302
    with acting(two.receiver):
        assert Question.seen(two.receiver).get().text == "Vilka löner?"


def test_what_the_law_does_not_open_cannot_be_asked(two: Two) -> None:
    form = ask_form(two, "SKV", purpose="curiosity")
    question = two.av.post(f"/arenden/{two.asking.pk}/fraga/", form).headers["Location"]
    said = page(two.av, question)
    if "Sänd frågan" in said:  # the general clause may still open it, after a weighing
        assert "uppenbart" in said
        return
    assert "Får inte ställas så här" in said
    refused = two.av.post(question, {"text": "Vilka?", "weighing": WEIGHING, "do": "send"})
    assert refused.status_code == 403


def test_the_asker_sees_delivered_assessed_answered(two: Two) -> None:
    question = asked(two)
    address = f"/fragor/{question.pk}/"
    assert "inte påbörjad" in page(two.av, address)
    theirs = received(two)
    assert "Framme, prövas" in page(two.av, address)
    made = draft(two, question=theirs)
    two.skv.post(f"/utlamnanden/{made.pk}/", sent_form(two, made))
    said = page(two.av, address)
    assert "Besvarad" in said
    assert "Läs 2 uppgifter" in said


def test_a_question_is_withdrawn_and_its_holder_sees_that(two: Two) -> None:
    question = asked(two)
    two.av.post(f"/fragor/{question.pk}/aterta/")
    with acting(two.giver):
        theirs = Question.seen(two.giver).get()
    said = page(two.skv, f"/fragor/{theirs.pk}/")
    assert "behöver inte längre svaret" in said
    assert "Placera" not in said.split("<aside")[0].split("<main")[1]


# --- answering ----------------------------------------------------------------------------------


def test_a_question_is_placed_in_a_new_case_or_by_number(two: Two) -> None:
    asked(two)
    theirs = received(two, placed=False)
    address = f"/fragor/{theirs.pk}/placera/"
    wrong = two.skv.post(address, {"where": "number", "number": "finns inte"})
    assert "Hittar inget sådant ärende" in wrong.content.decode()
    empty = two.skv.post(address, {"where": "new", "title": " "})
    assert "id_title_error" in empty.content.decode()
    two.skv.post(address, {"where": "new", "title": "Kvarteret Lönnen"})
    with acting(two.giver):
        assert Question.seen(two.giver).get().case != two.case
        assert Case.seen(two.giver).filter(title="Kvarteret Lönnen").exists()


def test_another_agencys_case_is_no_place(two: Two) -> None:
    asked(two)
    theirs = received(two, placed=False)
    for form in ({"where": two.asking.pk}, {"where": "number", "number": two.asking.number}):
        answer = two.skv.post(f"/fragor/{theirs.pk}/placera/", form)
        assert answer.status_code == 200
    with acting(two.giver):
        assert Question.seen(two.giver).get().case is None


def test_a_refusal_carries_provision_words_and_a_way_on(two: Two) -> None:
    question = asked(two)
    theirs = received(two)
    address = f"/fragor/{theirs.pk}/avsla/"
    said = page(two.skv, address)
    assert "OSL 27:1 Skattesekretess" in said
    drafted = said.split('id="id_words"')[1].split("</textarea>")[0]
    assert "OSL 27 kap. 1 § (skattesekretess)" in drafted
    assert "Personliga och ekonomiska förhållanden" in drafted
    bad = two.skv.post(address, {"words": "Nej.", "other_ground": "27"})
    assert "id_other_ground_error" in bad.content.decode()
    form = {"words": "Nej.", "grounds": ["2009:400/27:1"], "other_ground": "OSL 35:1"}
    two.skv.post(address, {**form, "instead": ["0"]})
    with acting(two.receiver):
        kept = Question.seen(two.receiver).get(pk=question.pk)
    assert kept.refusal_grounds == ["2009:400/27:1", "2009:400/35:1"]
    assert "– Fråga i en form som inte pekar ut någon" in kept.answer_words
    said = page(two.av, f"/fragor/{question.pk}/")
    assert "OSL\u00a035\u00a0kap.\u00a01\u00a0§" in said
    assert "Fråga på ett annat sätt" in said


def test_refusing_a_draft_answers_whoever_asked(two: Two) -> None:
    question = asked(two)
    made = draft(two, question=received(two))
    address = f"/utlamnanden/{made.pk}/avsla/"
    page(two.skv, address)
    form = {"reason": "Räcker inte.", "words": "Vi lämnar inte detta.", "version": made.version}
    assert two.skv.post(address, {**form, "version": 99}).status_code == 409
    two.skv.post(address, {**form, "grounds": ["2009:400/27:1"]})
    assert state_of(two, made) == "refused"
    said = page(two.av, f"/fragor/{question.pk}/")
    assert "Vi lämnar inte detta." in said
    assert "Räcker inte." not in said


# --- the act ------------------------------------------------------------------------------------


def test_the_page_shows_the_law_and_exactly_what_leaves(two: Two) -> None:
    made = draft(two)
    said = page(two.skv, f"/utlamnanden/{made.pk}/")
    preview = said.split('id="preview"')[1].split("</section>")[0]
    for words in (SECRET, KEPT, "Björklunds Bygg AB", "lagen\u00a0(2024:307)\u00a04\u00a0§"):
        assert words in preview
    assert "egen granskning av deklarationer" not in preview  # where it comes from stays
    assert "Talar emot" in said
    assert "2024:307/4" not in said  # every citation as a lawyer writes it


def test_where_the_giver_has_it_from_does_not_leave(two: Two) -> None:
    delivered(two)
    with acting(two.giver):
        assert Fact.seen(two.giver).get(pk=two.fact.pk).source
    with acting(two.receiver):
        receipt = Receipt.seen(two.receiver).get()
    there = two.receiver.within(
        case=receipt.case_id,
        matter=two.case.matter,
        purpose=PLAN,
        purpose_group="joint_inspection",
    )
    with acting(there):
        copies = Fact.seen(there).filter(disclosure=receipt.exchange)
        assert {copy.source for copy in copies} == {""}


def test_nothing_leaves_that_was_not_shown(two: Two) -> None:
    made = draft(two)
    address, item = f"/utlamnanden/{made.pk}/", item_of(two, made, two.fact)
    form = sent_form(two, made, **{f"text-{item}": "Redovisade löner täcker fyra av elva"})
    two.skv.post(address, form)
    assert state_of(two, made) == "draft"
    said = page(two.skv, address)
    assert "Inget har lämnats ut" in said
    assert "410 000" not in said.split('id="preview"')[1].split("</section>")[0]
    two.skv.post(address, sent_form(two, made))
    assert state_of(two, made) == "delivered"
    with acting(two.giver):
        left = DisclosedFact.seen(two.giver).get(pk=item).text
    assert left == "Redovisade löner täcker fyra av elva […]"


def test_words_cannot_be_added(two: Two) -> None:
    made = draft(two)
    item = item_of(two, made, two.fact)
    form = sent_form(two, made, **{f"text-{item}": "Bolaget ljuger."})
    said = two.skv.post(f"/utlamnanden/{made.pk}/", form).content.decode()
    assert "du kan ta bort ord, inte lägga till" in said
    assert f'id="text-{item}_error"' in said
    assert ">Bolaget ljuger.</textarea>" in said  # what was written is not lost
    assert "ljuger" not in said.split('id="preview"')[1].split("</section>")[0]
    assert state_of(two, made) == "draft"


def test_a_weighing_written_with_the_decision_is_enough(two: Two) -> None:
    made = draft(two)
    address = f"/utlamnanden/{made.pk}/"
    short = two.skv.post(address, sent_form(two, made, weighing="ja"))
    assert "id_weighing_error" in short.content.decode()
    two.skv.post(address, sent_form(two, made))
    assert state_of(two, made) == "delivered"
    two.skv.post(address, sent_form(two, made))  # sent twice: nothing more happens
    with acting(two.receiver):
        assert Receipt.seen(two.receiver).count() == 1


def test_a_draft_changed_by_another_is_a_conflict_and_nothing_is_lost(two: Two) -> None:
    made = draft(two)
    form = sent_form(two, made, weighing="Det här hade jag skrivit så länge.")
    two.skv.post(f"/utlamnanden/{made.pk}/", sent_form(two, made, told_words="Hej", do="keep"))
    answer = two.skv.post(f"/utlamnanden/{made.pk}/", form)
    assert answer.status_code == 409
    assert "Det här hade jag skrivit så länge." in answer.content.decode()
    assert state_of(two, made) == "draft"


def closed_fact(two: Two) -> Fact:
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


def test_what_the_law_closes_is_locked_with_its_reason(two: Two) -> None:
    made = draft(two, two.fact, closed := closed_fact(two))
    item = item_of(two, made, closed)
    said = page(two.skv, f"/utlamnanden/{made.pk}/")
    assert f'name="leave-{item}"' not in said
    assert "Får inte lämnas" in said
    assert "OSL\u00a024\u00a0kap.\u00a08\u00a0§" in said
    assert "samtyckt" in said  # what would open it
    forced = sent_form(two, made, **{f"leave-{item}": "on", "do": "keep"})
    two.skv.post(f"/utlamnanden/{made.pk}/", forced)
    assert "Svar i en undersökning" not in preview_of(two, made)
    refused = two.skv.post(
        f"/utlamnanden/{made.pk}/", sent_form(two, made, **{f"leave-{item}": "on"})
    )
    assert refused.status_code in (302, 403)
    with acting(two.receiver):
        assert not Receipt.seen(two.receiver).exists()


def preview_of(two: Two, made: Disclosure) -> str:
    said = page(two.skv, f"/utlamnanden/{made.pk}/")
    return said.split('id="preview"')[1].split("</section>")[0]


def test_an_answer_to_the_law_opens_and_never_brings_back_what_was_left_out(two: Two) -> None:
    made = draft(two, two.fact, closed := closed_fact(two))
    out = sent_form(two, made, do="keep")
    del out[f"leave-{item_of(two, made, two.fact)}"]
    two.skv.post(f"/utlamnanden/{made.pk}/", out)
    with acting(two.giver):
        version = Disclosure.seen(two.giver).get(pk=made.pk).version
    stated = {"fact-consent": "given", "version": version}
    two.skv.post(f"/utlamnanden/{made.pk}/lagens-fragor/", stated)
    preview = preview_of(two, made)
    assert closed.text in preview
    assert "OSL\u00a010\u00a0kap.\u00a01\u00a0§" in preview
    assert SECRET not in preview
    stale = two.skv.post(f"/utlamnanden/{made.pk}/lagens-fragor/", stated)
    assert stale.status_code == 409


def test_who_prepares_need_not_be_who_decides(two: Two) -> None:
    made = draft(two)
    coordinator = two.hub.client(two.hub.person("SKV", "centre_coordinator"))
    said = page(coordinator, f"/utlamnanden/{made.pk}/")
    assert "Din roll förbereder utlämnanden men beslutar inte" in said
    assert 'value="decide"' not in said
    assert coordinator.post(f"/utlamnanden/{made.pk}/", sent_form(two, made)).status_code == 403
    assert state_of(two, made) == "draft"


def test_released_to_all_that_are_known_in_the_matter_one_decision_each(two: Two) -> None:
    delivered(two)
    address = f"/arenden/{two.case.pk}/lamna-ut/?gemensamt=1"
    said = page(two.skv, address)
    assert re.search(r'value="AV"[^>]* checked', said)
    assert not re.search(r'value="AF"[^>]* checked', said)
    form = {"receivers": ["AV", "AF"], "purpose": PLAN, "facts": [two.fact.pk], "common": "True"}
    answer = two.skv.post(address, form)
    listed = page(two.skv, answer.headers["Location"])
    assert listed.count('scope="row"') == 2
    with acting(two.giver):
        drafts = Disclosure.seen(two.giver).filter(state="draft")
        assert {(one.receiver, one.common) for one in drafts} == {("AV", True), ("AF", True)}


def test_a_workplace_is_nominated_without_saying_why(two: Two) -> None:
    address = f"/arenden/{two.case.pk}/nominera/"
    page(two.skv, address)
    answer = two.skv.post(address, {"entity": two.firm.pk, "receivers": ["AV"]})
    preview = page(two.skv, answer.headers["Location"]).split('id="preview"')[1]
    preview = preview.split("</section>")[0]
    assert "Björklunds Bygg AB" in preview
    assert SECRET not in preview


def test_a_draft_is_withdrawn(two: Two) -> None:
    made = draft(two)
    two.skv.post(f"/utlamnanden/{made.pk}/kasta/")
    assert "drogs tillbaka" in page(two.skv, f"/utlamnanden/{made.pk}/")


# --- afterwards ---------------------------------------------------------------------------------


def test_the_giver_sees_what_was_read_and_is_told_what_cannot_be_taken_back(two: Two) -> None:
    made = delivered(two)
    address = f"/utlamnanden/{made.pk}/"
    assert "Ingen har läst det än" in page(two.skv, address)
    with acting(two.receiver):
        receipt = Receipt.seen(two.receiver).get()
    page(two.av, f"/arenden/{receipt.case_id}/mottaget/{receipt.pk}/")
    assert "Allt har lästs" in page(two.skv, address)
    assert "2 av 2 uppgifter har redan lästs" in page(two.skv, f"{address}aterkalla/")
    assert "id_reason_error" in two.skv.post(f"{address}aterkalla/", {}).content.decode()
    two.skv.post(f"{address}aterkalla/", {"reason": "Fel bolag"})
    said = page(two.skv, address)
    assert "2 uppgifter hade redan lästs" in said
    assert "arkivlagen (1990:782)" in said
    theirs = page(two.av, f"/arenden/{receipt.case_id}/mottaget/{receipt.pk}/")
    assert "har återkallat det här" in theirs
    assert "Fel bolag" not in theirs


def test_withdrawn_unread_it_never_arrived(two: Two) -> None:
    made = delivered(two)
    with acting(two.receiver):
        receipt = Receipt.seen(two.receiver).get()
    with acting(two.giver):
        recall(actor=two.giver, disclosure=made, reason="Fel bolag")
    assert "nådde aldrig fram" in page(two.skv, f"/utlamnanden/{made.pk}/")
    page(two.av, f"/arenden/{receipt.case_id}/mottaget/{receipt.pk}/", 404)


def test_what_has_expired_is_told_to_both_and_read_by_neither(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = delivered(two, valid_to=two.giver.day)
    with acting(two.receiver):
        receipt = Receipt.seen(two.receiver).get()
    later = two.giver.day + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_, **__: later)
    assert "Tiden har gått ut" in page(two.skv, "/utlamnanden/?flik=utlamnat&lage=utgangna")
    assert "kan inte längre läsas" in page(two.skv, f"/utlamnanden/{made.pk}/")
    said = page(two.av, f"/arenden/{receipt.case_id}/mottaget/{receipt.pk}/")
    assert "Tiden har gått ut" in said
    assert SECRET not in said


def test_for_another_purpose_nothing_is_shown_and_the_page_says_why(two: Two) -> None:
    delivered(two)
    with acting(two.receiver):
        receipt = Receipt.seen(two.receiver).get()
    two.av.post(f"/arenden/{receipt.case_id}/andamal/", {"purpose": "own_supervision"})
    two.av.get("/utlamnanden/")  # shows the notice
    said = page(two.av, f"/arenden/{receipt.case_id}/mottaget/{receipt.pk}/")
    assert "inte för det ändamål du agerar för" in said
    assert SECRET not in said


def test_a_receipt_is_found_in_its_own_case_only(two: Two) -> None:
    delivered(two)
    with acting(two.receiver):
        receipt = Receipt.seen(two.receiver).get()
    page(two.av, f"/arenden/{two.asking.pk}/mottaget/{receipt.pk}/", 404)
    page(two.skv, f"/arenden/{receipt.case_id}/mottaget/{receipt.pk}/", 404)


# --- the lists ----------------------------------------------------------------------------------


def test_the_lists_tell_state_side_case_day_and_next_step(two: Two) -> None:
    asked(two, days=0)
    theirs = received(two, placed=False)
    said = page(two.skv, "/utlamnanden/")
    assert f"/fragor/{theirs.pk}/" in said
    assert "Placera i ett ärende" in said
    ours = page(two.av, "/utlamnanden/?flik=vara")
    assert "Framme, inte påbörjad" in ours
    assert two.asking.number in ours
    made = delivered(two)
    assert "Framme, oläst" in page(two.skv, "/utlamnanden/?flik=utlamnat&lage=olasta")
    assert f"/utlamnanden/{made.pk}/" in page(two.skv, "/utlamnanden/?flik=utlamnat")
    assert "Oläst" in page(two.av, "/utlamnanden/?flik=mottaget")
    assert "Här är tomt" in page(two.av, "/utlamnanden/?flik=mottaget&myndighet=FK")


def test_a_late_question_says_so(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(two, days=0)
    later = two.giver.day + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_, **__: later)
    for client, tab in ((two.skv, "inkomna"), (two.av, "vara")):
        assert "försenad" in page(client, f"/utlamnanden/?flik={tab}&lage=sena")


def test_a_list_shows_fifty_and_costs_the_same_however_long(two: Two) -> None:
    with acting(two.receiver):
        for _ in range(53):
            draft_question(
                actor=two.receiver,
                case=two.asking,
                holder="SKV",
                text="Vilka?",
                activity="supervision",
            )
    address = "/utlamnanden/?flik=vara&lage=utkast"
    first = page(two.av, address)
    assert first.count('scope="row"') == 50
    assert "sida=2" in first
    assert page(two.av, f"{address}&sida=2").count('scope="row"') == 3
    assert ">53<" in page(two.av, "/utlamnanden/?flik=utkast").replace(" ", "")


@pytest.mark.parametrize("query", ["sida=0", "sida=x", "sida=99999", "arende=x"])
def test_an_address_that_cannot_be_read_is_said_to_be(two: Two, query: str) -> None:
    assert two.av.get(f"/utlamnanden/?{query}").status_code == 400


def test_pages_with_many_facts_cost_the_same(two: Two) -> None:
    with acting(two.giver):
        facts = [
            write_fact(
                actor=two.giver,
                case=two.case,
                text=f"Lönerna i månad {number} går inte ihop.",
                item_kind="payroll_and_vat_figures",
                activity="taxation",
                subject_kind="company",
                entity=two.firm,
            )
            for number in range(40)
        ]
    asked(two)
    theirs = received(two)
    for address in ("lamna-ut/", "lamna-ut/?gemensamt=1"):
        page(two.skv, f"/arenden/{two.case.pk}/{address}")
    page(two.skv, f"/fragor/{theirs.pk}/")
    page(two.skv, f"/fragor/{theirs.pk}/avsla/")
    made = draft(two, *facts, question=theirs)
    page(two.skv, f"/utlamnanden/{made.pk}/")
    page(two.skv, f"/utlamnanden/{made.pk}/avsla/")
    two.skv.post(f"/utlamnanden/{made.pk}/", sent_form(two, made))
    page(two.skv, f"/utlamnanden/{made.pk}/")
    page(two.skv, f"/utlamnanden/{made.pk}/aterkalla/")
    with acting(two.receiver):
        receipt = Receipt.seen(two.receiver).get()
    page(two.av, f"/arenden/{receipt.case_id}/mottaget/{receipt.pk}/")


def test_the_pages_are_there_in_english(two: Two) -> None:
    question = asked(two)
    made = draft(two, question=received(two))
    for client in (two.skv, two.av):
        client.cookies["__Host-samsyn-language"] = "en"
        client.cookies["samsyn-language"] = "en"
    said = page(two.skv, f"/utlamnanden/{made.pk}/")
    assert "Exactly this leaves" in said
    assert "May be given after your weighing" in said
    assert "Speaks against" in said
    assert "Being assessed" in page(two.av, f"/fragor/{question.pk}/")


def test_facts_to_tell_are_searched_and_what_is_ticked_stays(two: Two) -> None:
    address = f"/arenden/{two.case.pk}/lamna-ut/"
    ticked, other = str(two.fact.pk), str(two.kept.pk)
    first = page(two.skv, address)
    assert ticked in first
    assert other in first
    form = {"receivers": ["AV"], "purpose": PLAN, "told_title": "Egen rubrik", "do": "search"}
    found = two.skv.post(address, {**form, "words": "finnsinte", "facts": [ticked]})
    body = found.content.decode()
    assert f'value="{ticked}" id="fact-{ticked}" checked' in body
    assert other not in body
    assert "Egen rubrik" in body
    assert "error-summary" not in body  # nothing is said to be missing while one looks
    assert re.search(r'value="AV"[^>]* checked', body)
    with acting(two.giver):
        assert not Disclosure.seen(two.giver).exists()
    none = two.skv.post(address, {**form, "words": "finnsinte", "facts": ["x"]})
    assert none.status_code == 200
    assert ticked not in none.content.decode()
