"""Ask from a set, several at once, and with words that tell something."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connections, transaction
from django.utils import timezone

from samsyn.hub.cases.actions import correct_fact, write_fact
from samsyn.hub.cases.models import Fact
from samsyn.hub.disclosures.actions import draft_question, edit_question, send_question
from samsyn.hub.disclosures.models import Question
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.refusals import Invalid, Refused
from samsyn.kernel.working_days import add_working_days
from tests.hub.disclosures.asking import PLAN, ask_form, ask_set, receipt_of, sent_set, within
from tests.hub.disclosures.conftest import WEIGHING, Two
from tests.hub.disclosures.test_pages import delivered, page

OWN = "Elva personer arbetade på platsen utan hjälm den tredje november."


@pytest.fixture
def own(two: Two) -> Fact:
    """A fact of the asker's own."""
    with acting(two.receiver):
        return write_fact(
            actor=two.receiver,
            case=two.asking,
            text=OWN,
            item_kind="inspection_findings",
            activity="supervision",
            subject_kind="company",
        )


def statistics(two: Two) -> Fact:
    """A fact of the asker's that nothing opens to another agency."""
    with acting(two.receiver):
        return write_fact(
            actor=two.receiver,
            case=two.asking,
            text=OWN,
            item_kind="inspection_findings",
            activity="supervision",
            subject_kind="company",
            secrecy=["2009:400/24:8"],
        )


# --- sets -----------------------------------------------------------------------------------------


def test_a_set_says_what_is_asked_and_the_holder_sees_its_items(two: Two) -> None:
    question, theirs = sent_set(two, items=("declared", "totals"))
    assert [item["code"] for item in theirs.items] == ["declared", "totals"]
    assert theirs.question_set == "payroll_and_staff"
    said = page(two.skv, f"/fragor/{theirs.pk}/")
    assert "Går löner och moms ihop?" in said
    assert "Vad har personalliggaren visat?" not in said
    assert question.items == theirs.items


def test_the_page_offers_a_sets_agencies_purpose_and_day(two: Two) -> None:
    said = page(two.av, f"/arenden/{two.asking.pk}/fraga/?mall=right_to_work")
    holders = said.split('id="id_holders"')[1].split("</fieldset>")[0]
    assert "Migrationsverket" in holders
    assert "Skatteverket" not in holders
    assert 'value="joint_inspection_execute" selected' in said
    assert f'value="{add_working_days(timezone.localdate(), 1)}"' in said
    assert "Signs" not in said
    assert "Tecken på att någon utnyttjas går före" in said


def test_what_is_asked_is_kept_from_the_form(two: Two) -> None:
    address = f"/arenden/{two.asking.pk}/fraga/?mall=payroll_and_staff"
    nothing = two.av.post(address, ask_form(two, "SKV", items=[]))
    assert "id_items_error" in nothing.content.decode()
    unasked = two.av.post(address, ask_form(two, "SKV", text="Det gäller november."))
    assert "id_tells_error" in unasked.content.decode()
    made = two.av.post(address, ask_form(two, "SKV", text="Det gäller nov.", tells="nothing"))
    said = page(two.av, made.headers["Location"])
    assert "Går löner och moms ihop?" in said
    with acting(two.receiver):
        kept = Question.seen(two.receiver).get()
    assert (kept.text, kept.question_set) == ("Det gäller nov.", "payroll_and_staff")


# --- several at once ------------------------------------------------------------------------------


def test_a_round_is_known_to_the_asker_alone(two: Two) -> None:
    questions = ask_set(two, "SKV", "EBM", "AF", code="reports_of_crime")
    assert len({question.round for question in questions}) == 1
    with acting(two.receiver):
        for question in questions:
            send_question(actor=two.receiver, question=question, weighing=WEIGHING)
    with acting(two.giver):
        theirs = Question.seen(two.giver).get()
    assert theirs.round is None
    assert theirs.visible_to == "SKV"
    assert len({question.exchange for question in questions}) == 3


def test_one_alone_is_no_round(two: Two) -> None:
    assert ask_set(two, "SKV")[0].round is None


def test_what_is_open_is_sent_and_the_rest_stays_a_draft(two: Two) -> None:
    fact = statistics(two)
    questions = ask_set(two, "SKV", "PM", code="reports_of_crime")
    closed = questions[1]
    with acting(two.receiver):
        edit_question(actor=two.receiver, question=closed, text=OWN, repeats=[fact])
    there = f"/arenden/{two.asking.pk}/fraga/?omgang={closed.round}"
    said = page(two.av, there)
    assert "Stannar som utkast" in said
    assert "Sänd frågan till SKV" in said
    two.av.post(there, {"weighing": WEIGHING})
    with acting(two.receiver):
        rows = Question.seen(two.receiver).values_list("holder", "state")
        assert dict(rows) == {"SKV": "sent", "PM": "draft"}
    assert "Framme, inte påbörjad" in page(two.av, there)


def test_another_agencys_round_shows_nothing(two: Two) -> None:
    questions = ask_set(two, "SKV", "PM", code="reports_of_crime")
    said = page(two.skv, f"/arenden/{two.case.pk}/fraga/?omgang={questions[0].round}")
    assert "Utkasten finns inte kvar" in said


# --- what the words tell --------------------------------------------------------------------------


def test_words_that_repeat_a_fact_have_to_name_it(two: Two, own: Fact) -> None:
    with acting(two.receiver), pytest.raises(Invalid) as caught:
        draft_question(
            actor=two.receiver,
            case=two.asking,
            holder="SKV",
            text=f"Vi såg att {OWN.lower()} Vilka är de?",
            activity="supervision",
        )
    assert caught.value.field == "repeats"


def test_the_law_is_asked_about_what_the_words_tell(two: Two, own: Fact) -> None:
    with acting(two.receiver):
        question = draft_question(
            actor=two.receiver,
            case=two.asking,
            holder="SKV",
            text=f"{OWN} Vilka är de?",
            activity="supervision",
            purpose=PLAN,
            repeats=[own],
        )
        (told,) = question.law["told"]
        assert told["fact"] == str(own.pk)
        assert told["outcome"] == "may_after_balancing"
        send_question(actor=two.receiver, question=question, weighing=WEIGHING)
    said = page(two.av, f"/fragor/{question.pk}/")
    assert "Orden berättar: iakttagelser vid inspektion" in said
    with acting(two.giver):
        theirs = Question.seen(two.giver).get()
    assert set(own.secrecy) <= set(theirs.law["secrecy"])  # the secrecy goes with the words
    assert "told" not in theirs.law  # the asker's reasoning does not


def test_words_that_the_law_does_not_open_are_not_sent(two: Two) -> None:
    fact = statistics(two)
    with acting(two.receiver):
        question = draft_question(
            actor=two.receiver,
            case=two.asking,
            holder="SKV",
            text=OWN,
            activity="supervision",
            repeats=[fact],
        )
        with pytest.raises(Refused) as caught:
            send_question(actor=two.receiver, question=question, weighing=WEIGHING)
        assert caught.value.ground
        # The database looks too.
        with (
            pytest.raises(DatabaseError, match="does not open a fact"),
            transaction.atomic(),
            connections["default"].cursor() as cursor,
        ):
            cursor.execute("select disclosures_send_question(%s, 1, 'x', 'x', 6)", [question.pk])
    with acting(two.giver):
        assert not Question.seen(two.giver).exists()


def test_what_came_from_another_agency_stands_in_a_question_only_when_it_is_named(two: Two) -> None:
    made = delivered(two)
    receipt = receipt_of(two, made)
    there = within(two.receiver, receipt)
    with acting(there), pytest.raises(Invalid) as caught:
        draft_question(
            actor=there,
            case=receipt.case,
            holder="PM",
            text="Redovisade löner täcker fyra av elva som arbetar på platsen. Stämmer det?",
            activity="supervision",
        )
    assert "Kryssa för den" in caught.value.said.sv


def test_a_changed_text_is_looked_at_anew(two: Two, own: Fact) -> None:
    (question,) = ask_set(two, "SKV")
    with acting(two.receiver):
        with pytest.raises(Invalid):
            edit_question(actor=two.receiver, question=question, text=OWN)
        edit_question(actor=two.receiver, question=question, text=OWN, repeats=[own])
        assert Question.seen(two.receiver).get().law["told"]
        edit_question(actor=two.receiver, question=question, text="Vilka löner?", repeats=[])
        assert not Question.seen(two.receiver).get().law["told"]


def test_a_fact_that_no_longer_holds_stops_the_question(two: Two, own: Fact) -> None:
    (question,) = ask_set(two, "SKV", text=OWN, repeats=(own,))
    with acting(two.receiver):
        correct_fact(actor=two.receiver, fact=own, text="Tolv personer.", reason="Fel antal.")
        with pytest.raises(Refused):
            send_question(actor=two.receiver, question=question, weighing=WEIGHING)
