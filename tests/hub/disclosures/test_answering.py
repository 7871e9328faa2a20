"""Answer item by item: facts, a new fact, a no; the whole answer or a part of it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samsyn.hub.cases.actions import open_case, write_fact
from samsyn.hub.cases.models import Clock, ClockPause, Fact
from samsyn.hub.disclosures.actions import NewFact, answer_question, recall, withdraw_draft
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure, Obstacle, Question
from samsyn.hub.disclosures.reads_answering import facts_offered
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.refusals import Invalid, Refused
from samsyn.hub.registry.searching import lexemes
from tests.hub.cases.scene import MOST_STATEMENTS
from tests.hub.disclosures.asking import answered, receipt_of, sent_set, within
from tests.hub.disclosures.conftest import SECRET, Two
from tests.hub.disclosures.test_pages import draft, page, sent_form


def form_of(question: Question, **changes: Any) -> dict[str, Any]:
    """The form of an answer with nothing chosen."""
    form: dict[str, Any] = {"completes": "whole", "token": uuid4(), "words": ""}
    for item in question.items:
        form[f"kind-{item['code']}"] = item["kinds"][0]
        form[f"activity-{item['code']}"] = "taxation"
    return {**form, **changes}


def fresh(two: Two, question: Question) -> Question:
    with acting(two.giver):
        return Question.seen(two.giver).select_related("case").get(pk=question.pk)


# --- per item -------------------------------------------------------------------------------------


def test_a_fact_answers_its_item_at_both_agencies(two: Two) -> None:
    question, theirs = sent_set(two)
    made = answered(two, theirs, {two.fact.pk: "totals", two.kept.pk: ""})
    receipt = receipt_of(two, made)
    assert list(receipt.answered.values()) == ["totals"]
    said = page(two.av, f"/fragor/{question.pk}/")
    progress = said.split("Svar på det ni frågade")[1].split("</ol>")[0]
    assert progress.count("kom ") == 1
    assert progress.count("ingen uppgift kom") == 2
    came = page(two.av, f"/arenden/{receipt.case_id}/mottaget/{receipt.pk}/")
    under = came.split("Går löner och moms ihop?")[1]
    assert SECRET in under
    assert "Övrigt" in under


def test_the_page_puts_fitting_facts_under_their_item(two: Two) -> None:
    _, theirs = sent_set(two)
    said = page(two.skv, f"/fragor/{theirs.pk}/")
    totals = said.split('id="item-totals"')[1].split('id="item-staff_register"')[0]
    assert SECRET in totals
    assert SECRET not in said.split('id="item-declared"')[1].split('id="item-totals"')[0]


def test_facts_of_other_own_cases_are_found_by_words_and_ticks_stay(two: Two) -> None:
    with acting(two.giver):
        other = open_case(actor=two.giver, title="Liggare", purpose="own_tax_control")
        far = write_fact(
            actor=two.giver,
            case=other,
            text="Personalliggaren saknade sju personer i oktober.",
            item_kind="staff_register_control_findings",
            activity="tax_control",
            subject_kind="company",
        )
    _, theirs = sent_set(two)
    address = f"/fragor/{theirs.pk}/svara/"
    ticked = {"facts": [str(two.fact.pk)], f"answers-{two.fact.pk}": "totals"}
    found = two.skv.post(
        address, form_of(theirs, words="personalliggaren oktober", do="search", **ticked)
    ).content.decode()
    under = found.split('id="item-staff_register"')[1]
    assert far.text in under
    assert other.number in under
    assert f'value="{two.fact.pk}" id="fact-{two.fact.pk}" checked' in found
    both = {
        "facts": [str(two.fact.pk), str(far.pk)],
        f"answers-{two.fact.pk}": "totals",
        f"answers-{far.pk}": "staff_register",
    }
    made = two.skv.post(address, form_of(theirs, **both))
    assert made.status_code == 302
    with acting(two.giver):
        items = DisclosedFact.seen(two.giver).values_list("fact", "answers")
        assert dict(items) == {two.fact.pk: "totals", far.pk: "staff_register"}
    assert "Svarar på: Går löner och moms ihop?" in page(two.skv, made.headers["Location"])


def test_another_agencys_fact_is_no_answer(two: Two) -> None:
    with acting(two.receiver):
        foreign = write_fact(
            actor=two.receiver,
            case=two.asking,
            text="Elva personer på platsen.",
            item_kind="inspection_findings",
            activity="supervision",
            subject_kind="company",
        )
    _, theirs = sent_set(two)
    form = form_of(theirs, facts=[str(foreign.pk)])
    answer = two.skv.post(f"/fragor/{theirs.pk}/svara/", form).content.decode()
    assert "finns inte längre" in answer
    assert foreign.text not in answer
    with acting(two.giver):
        assert not Disclosure.seen(two.giver).exists()


def test_that_nothing_is_known_is_a_fact_with_its_own_secrecy(two: Two) -> None:
    _, theirs = sent_set(two)
    form = form_of(theirs, **{"nothing-staff_register": "on"})
    two.skv.post(f"/fragor/{theirs.pk}/svara/", form)
    with acting(two.giver):
        fact = Fact.seen(two.giver).get(text__startswith="Inget är känt")
        assert fact.item_kind == "staff_register_control_findings"
        assert fact.secrecy
        item = DisclosedFact.seen(two.giver).get()
        assert (item.fact_id, item.answers) == (fact.pk, "staff_register")
        assert item.outcome


def test_an_item_is_refused_with_its_provision_and_recorded(two: Two) -> None:
    question, theirs = sent_set(two)
    chosen = {"facts": [str(two.fact.pk)], f"answers-{two.fact.pk}": "totals"}
    address = f"/fragor/{theirs.pk}/svara/"
    wrong = two.skv.post(address, form_of(theirs, **chosen, **{"refuse-declared": "27"}))
    assert "id_refuse-declared_error" in wrong.content.decode()
    made = two.skv.post(address, form_of(theirs, **chosen, **{"refuse-declared": "OSL 27:1"}))
    with acting(two.giver):
        draft = Disclosure.seen(two.giver).get()
        assert "Lämnas inte; hindras av OSL" in draft.told_words
        assert not Obstacle.seen(two.giver).exists()  # nothing is decided yet
    two.skv.post(made.headers["Location"], sent_form(two, draft))
    with acting(two.giver):
        obstacle = Obstacle.seen(two.giver).get()
        assert obstacle.kind == "question_refused"
        assert obstacle.provisions == ["2009:400/27:1"]
        assert obstacle.exchange == theirs.exchange
    assert "Lämnas inte; hindras av OSL" in page(two.av, f"/fragor/{question.pk}/")


def test_an_item_refused_in_a_draft_that_was_withdrawn_is_no_obstacle(two: Two) -> None:
    _, theirs = sent_set(two)
    chosen = {"facts": [str(two.fact.pk)], f"answers-{two.fact.pk}": "totals"}
    two.skv.post(
        f"/fragor/{theirs.pk}/svara/", form_of(theirs, **chosen, **{"refuse-declared": "OSL 27:1"})
    )
    with acting(two.giver):
        withdraw_draft(actor=two.giver, draft=Disclosure.seen(two.giver).get())
        assert not Obstacle.seen(two.giver).exists()


def test_an_answer_of_nothing_is_a_refusal(two: Two) -> None:
    _, theirs = sent_set(two)
    answer = two.skv.post(f"/fragor/{theirs.pk}/svara/", form_of(theirs))
    assert "avslå hela frågan" in answer.content.decode()


def test_an_answer_sent_twice_is_one_draft(two: Two) -> None:
    _, theirs = sent_set(two)
    form = form_of(theirs, facts=[str(two.fact.pk)])
    first, second = (two.skv.post(f"/fragor/{theirs.pk}/svara/", form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    with acting(two.giver):
        assert Disclosure.seen(two.giver).count() == 1


def test_a_question_in_own_words_is_answered_on_the_same_page(two: Two) -> None:
    from tests.hub.disclosures.test_pages import asked, received

    asked(two)
    theirs = received(two)
    form = {"facts": [str(two.fact.pk)], "completes": "more", "token": uuid4()}
    form |= {"kind-own": "payroll_and_vat_figures", "activity-own": "taxation"}
    assert two.skv.post(f"/fragor/{theirs.pk}/svara/", form).status_code == 302
    with acting(two.giver):
        made = Disclosure.seen(two.giver).get()
        assert not made.completes
        assert DisclosedFact.seen(two.giver).get().answers == ""


# --- a part of the answer -------------------------------------------------------------------------


def test_a_part_of_the_answer_leaves_the_question_open(two: Two) -> None:
    with acting(two.receiver):
        from samsyn.hub.cases.actions import start_clock

        start_clock(actor=two.receiver, case=two.asking, what="Svar", working_days=10)
    question, theirs = sent_set(two)
    answered(two, theirs, {two.fact.pk: "totals"}, completes=False)
    with acting(two.receiver):
        assert Question.seen(two.receiver).get().state == "sent"
        clock = Clock.seen(two.receiver).get()
        assert ClockPause.seen(two.receiver).filter(clock=clock, to_day=None).exists()
    said = page(two.av, f"/fragor/{question.pk}/")
    assert "Delvis besvarad" in said
    assert "har sagt att mer kommer" in said
    assert "inget än" in said
    assert "Delvis besvarad" in page(two.av, "/utlamnanden/?flik=vara")
    assert "Delvis besvarad" in page(two.skv, f"/fragor/{theirs.pk}/")
    answered(two, fresh(two, theirs), {two.kept.pk: "declared"})
    with acting(two.receiver):
        assert Question.seen(two.receiver).get().state == "answered"
        assert not ClockPause.seen(two.receiver).filter(clock=clock, to_day=None).exists()
    assert page(two.av, f"/fragor/{question.pk}/").count("kom 2026") == 2


def test_a_recalled_part_is_no_part(two: Two) -> None:
    question, theirs = sent_set(two)
    made = answered(two, theirs, {two.fact.pk: "totals"}, completes=False, told_words="Se lönerna.")
    receipt = receipt_of(two, made)
    assert "Se lönerna." in page(two.av, f"/arenden/{receipt.case_id}/mottaget/{receipt.pk}/")
    with acting(two.giver):
        recall(actor=two.giver, disclosure=made, reason="Fel bolag.")
    said = page(two.av, f"/fragor/{question.pk}/")
    assert "Delvis besvarad" not in said
    assert "kom 2026" not in said
    receipt.refresh_from_db(using="owner")
    assert (receipt.state, receipt.answered, receipt.words) == ("recalled", {}, "")
    came = page(two.av, f"/arenden/{receipt.case_id}/mottaget/{receipt.pk}/")
    assert SECRET not in came
    assert "Se lönerna." not in came


def test_recalled_unread_it_never_arrived_and_nobody_sees_how_much_it_was(two: Two) -> None:
    _, theirs = sent_set(two)
    made = answered(two, theirs, {two.fact.pk: "totals", two.kept.pk: ""})
    with acting(two.giver):
        recall(actor=two.giver, disclosure=made, reason="Fel bolag.")
    receipt = receipt_of(two, made)
    assert (receipt.state, receipt.items, receipt.answered) == ("withdrawn", 0, {})


def test_an_ended_question_is_not_answered(two: Two) -> None:
    _, theirs = sent_set(two)
    answered(two, theirs, {two.fact.pk: "totals"})
    with acting(two.giver), pytest.raises(Refused):
        answer_question(
            actor=two.giver, question=fresh(two, theirs), chosen={two.kept.pk: "totals"}
        )
    assert two.skv.get(f"/fragor/{theirs.pk}/svara/").status_code == 302


def test_a_new_fact_is_written_in_the_case_of_the_question(two: Two) -> None:
    _, theirs = sent_set(two)
    new = NewFact(
        item="declared",
        text="Fyra anställda är redovisade.",
        kind="employer_declaration_per_worker",
        activity="taxation",
    )
    made = answered(two, theirs, {}, written=[new], entity=two.firm)
    with acting(two.giver):
        fact = Fact.seen(two.giver).get(text=new.text)
        assert (fact.case_id, fact.entity_id) == (two.case.pk, two.firm.pk)
    there = within(two.receiver, receipt_of(two, made))
    with acting(there):
        assert Fact.seen(there).get().text == new.text


def test_answering_needs_something(two: Two) -> None:
    _, theirs = sent_set(two)
    with acting(two.giver), pytest.raises(Invalid):
        answer_question(actor=two.giver, question=theirs, chosen={})


# --- the whole answer, or a part of it ----------------------------------------------------------


def test_whether_more_is_to_come_is_changed_on_the_draft_and_shown_before_it_leaves(
    two: Two,
) -> None:
    question, theirs = sent_set(two)
    with acting(two.giver):
        made = answer_question(actor=two.giver, question=theirs, chosen={two.fact.pk: "totals"})
    there = f"/utlamnanden/{made.pk}/"
    assert "Hela svaret: frågan blir besvarad." in page(two.skv, there)
    # Decided and changed in one press: it is shown first, and nothing leaves.
    kept = two.skv.post(there, sent_form(two, made, completes="more"), follow=True)
    assert "Du har ändrat vad som lämnas ut" in kept.content.decode()
    said = page(two.skv, there)
    assert "En del av svaret: mer kommer." in said
    assert re.search(r'value="more"[^>]* checked', said)
    two.skv.post(there, sent_form(two, made))
    with acting(two.giver):
        assert Disclosure.seen(two.giver).get(pk=made.pk).state == "delivered"
    assert fresh(two, theirs).state == "sent"
    with acting(two.receiver):
        assert Question.seen(two.receiver).get(pk=question.pk).state == "sent"


def test_a_draft_on_own_initiative_is_not_asked_whether_it_is_the_whole_answer(two: Two) -> None:
    made = draft(two)
    said = page(two.skv, f"/utlamnanden/{made.pk}/")
    assert 'name="completes"' not in said
    assert "Svar på frågan" not in said


# --- a case of many facts -------------------------------------------------------------------------


def many(two: Two, count: int) -> list[str]:
    """So many facts in the case, of another kind than what is asked; their texts, newest first."""
    with acting(two.giver):
        rows = []
        for number in range(count):
            row = Fact.seen(two.giver).get(pk=two.kept.pk)
            row.pk, row.text = uuid4(), f"Notering {number:04} om delägarna."
            row.item_kind, row.search = "other_notes", lexemes(row.text)
            row.made_at = timezone.now() + timedelta(seconds=number)
            row._state.adding = True
            rows.append(row)
        with act(two.giver, "fact.write", case=two.case.pk):
            Fact.rows.bulk_create(rows)
    return [row.text for row in reversed(rows)]


def shown_in(body: str) -> list[str]:
    return re.findall(r"Notering \d{4} om delägarna\.", body)


def test_a_case_of_many_facts_is_turned_page_by_page_and_ticks_stay(two: Two) -> None:
    texts = many(two, 120)
    _, theirs = sent_set(two)
    address = f"/fragor/{theirs.pk}/svara/"
    first = page(two.skv, f"/fragor/{theirs.pk}/")
    assert "Fler uppgifter" in first
    ticked = {"facts": [str(two.fact.pk)], f"answers-{two.fact.pk}": "totals"}
    seen = shown_in(first)
    for number in (2, 3):
        form = form_of(theirs, do=f"page:{number}", **ticked)
        with CaptureQueriesContext(connections["default"]) as asked:
            body = two.skv.post(address, form).content.decode()
        assert len(asked) <= MOST_STATEMENTS
        assert f'value="{two.fact.pk}" id="fact-{two.fact.pk}" checked' in body
        assert "error-summary" not in body
        seen += shown_in(body)
    assert sorted(set(seen)) == sorted(texts)
    assert len(seen) == len(texts)  # each on one page
    last = two.skv.post(address, form_of(theirs, do="page:3", **ticked)).content.decode()
    assert "Fler uppgifter" not in last
    assert two.skv.post(address, form_of(theirs, do="page:x")).status_code == 200


def test_a_search_finds_what_is_far_back_and_goes_by_the_index(two: Two) -> None:
    texts = many(two, 120)
    _, theirs = sent_set(two)
    form = form_of(theirs, words="notering 0003", do="search")
    with CaptureQueriesContext(connections["default"]) as asked:
        body = two.skv.post(f"/fragor/{theirs.pk}/svara/", form).content.decode()
    assert shown_in(body) == [texts[-4]]
    assert not any('"search" @@' in query["sql"] for query in asked)
    none = two.skv.post(f"/fragor/{theirs.pk}/svara/", {**form, "words": "finnsinte"})
    assert not shown_in(none.content.decode())


def test_a_search_of_the_case_finds_what_another_agency_gave_to_it(two: Two) -> None:
    _, theirs = sent_set(two)
    made = answered(two, theirs, {two.fact.pk: "totals"})
    receipt = receipt_of(two, made)
    actor = within(two.receiver, receipt)
    with acting(actor):
        found = facts_offered(actor, receipt.case, [], "redovisade löner", [])
        assert [fact.received_from for fact in found.facts] == ["SKV"]
