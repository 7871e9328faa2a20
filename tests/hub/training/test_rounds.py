"""Rounds, answers in part, reports back and locks: as the acts leave them, and to be seen."""

from __future__ import annotations

import hashlib
from unittest import mock

from samsyn.hub.cases.actions import add_subject, open_case, write_fact
from samsyn.hub.cases.models import Fact
from samsyn.hub.disclosures.actions import (
    Asked,
    answer_question,
    decide_and_deliver,
    draft_round,
    end_purpose,
    lock_received,
    place_question,
    report_back,
    send_question,
)
from samsyn.hub.disclosures.models import Question, Receipt
from samsyn.hub.disclosures.question_sets import known_questions
from samsyn.hub.guard.context import acting
from tests.hub.support import Hub, HubServer
from tests.hub.training.conftest import Trained
from tests.hub.training.test_as_the_acts import EVENTS, LOG, WEIGHING, shapes

ROUNDS = (
    "select side, state, question_set, jsonb_typeof(items), round is null, "
    "array(select jsonb_object_keys(law) order by 1) from disclosures_question "
    "where question_set = 'reports_of_crime'"
)
RECEIPTS = (
    "select state, came_of_it = '', came_words = '', ended_on is null, locked_by_name = '', "
    "answered = '{}', words = '', array(select jsonb_object_keys(lock_proof) order by 1) "
    "from disclosures_receipt where locked_at is not null"
)
GIVEN = (
    "select state, completes, came_of_it, came_at is null from disclosures_disclosure "
    "where came_of_it <> ''"
)
LOCKED = "select state, visible_to, source from cases_fact where state = 'locked'"


def do_the_acts(hub: Hub) -> None:
    """AV asks two at once; SKV gives a part, AV tells what came of it and locks it."""
    asker, holder = hub.officer("AV"), hub.officer("SKV")
    with acting(asker):
        case = open_case(actor=asker, title="Kontroll", purpose="joint_inspection_plan")
        firm = add_subject(actor=asker, case=case, kind="firm", name="Provbolaget AB")
        asked = Asked(
            text="Finns brister?",
            activity="supervision",
            entity=firm,
            chosen=known_questions().sets["reports_of_crime"],
            items=("bookkeeping",),
        )
        for question in draft_round(actor=asker, case=case, holders=["SKV", "PM"], asked=asked):
            send_question(actor=asker, question=question, weighing=WEIGHING)
    with acting(holder):
        theirs = open_case(actor=holder, title="Skattekontroll", purpose="own_tax_control")
        fact = write_fact(
            actor=holder,
            case=theirs,
            text="Verifikationer saknas.",
            item_kind="bookkeeping_irregularities",
            activity="tax_control",
            subject_kind="company",
        )
        place_question(actor=holder, question=Question.seen(holder).get(), case=theirs)
        draft = answer_question(
            actor=holder,
            question=Question.seen(holder).select_related("case").get(),
            chosen={fact.pk: "bookkeeping"},
            completes=False,
            told_words="Mer kommer.",
        )
        decide_and_deliver(actor=holder, draft=draft, version=1, weighing=WEIGHING)
    inside = asker.within(
        case=case.pk, matter=case.matter, purpose=None, purpose_group="joint_inspection"
    )
    with acting(inside):
        receipt = Receipt.seen(inside).select_related("case").get()
        assert Fact.seen(inside).exists()
        report_back(
            actor=inside,
            receipt=receipt,
            code="used_in_planning",
            activity="supervision",
            words="Bra.",
            weighing=WEIGHING,
        )
        end_purpose(actor=inside, receipt=receipt, on=inside.day)
        lock_received(actor=inside, receipt=receipt)


def test_each_trace_of_them_is_found_in_the_training_data(
    trained: Trained, hub_server: HubServer
) -> None:
    left: dict[str, set[str]] = {}
    with hub_server.hub() as hub:
        with mock.patch("samsyn.hub.disclosures.actions.deciding.draw", return_value=None):
            do_the_acts(hub)
        with hub.owner() as owner:
            for query in (LOG, EVENTS, ROUNDS, RECEIPTS, GIVEN, LOCKED):
                left[query] = shapes(list(owner.execute(query).fetchall()))
    for query, found in left.items():
        assert found - shapes(trained.rows(query)) == set(), query


def test_a_round_is_tied_at_the_asker_alone(trained: Trained) -> None:
    rounds = trained.rows(
        "select round, count(*), array_agg(holder order by holder), bool_and(side = 'asked') "
        "from disclosures_question where round is not null group by round"
    )
    assert [row[1:] for row in rounds] == [(3, ["EBM", "PM", "SKV"], True)]


def test_one_of_them_is_partly_answered_and_what_came_is_locked(trained: Trained) -> None:
    states = trained.rows(
        "select distinct q.state from disclosures_question q join disclosures_disclosure d "
        "on d.question_id = q.id where not d.completes"
    )
    assert states == [("sent",)]
    ((proof, entry, act),) = trained.rows(
        "select r.lock_proof, e.id, e.act from disclosures_receipt r join guard_log_entry e "
        "on e.id = (r.lock_proof ->> 'entry')::bigint where r.state = 'locked'"
    )
    assert act == "disclosure.lock"
    assert proof["entry"] == entry
    texts = dict(trained.rows("select id::text, text from cases_fact where state = 'locked'"))
    assert {one["id"]: one["sha256"] for one in proof["facts"]} == {
        row: hashlib.sha256(text.encode()).hexdigest() for row, text in texts.items()
    }


def test_answers_stand_under_what_was_asked(trained: Trained) -> None:
    assert trained.value("select count(*) from disclosures_receipt where answered <> '{}'") > 20
    assert (
        trained.value(
            "select count(*) from disclosures_disclosedfact i join disclosures_disclosure d "
            "on d.id = i.disclosure_id join disclosures_question q on q.id = d.question_id "
            "where i.answers <> '' and not exists (select 1 from "
            "jsonb_array_elements(q.items) item where item ->> 'code' = i.answers)"
        )
        == 0
    )
