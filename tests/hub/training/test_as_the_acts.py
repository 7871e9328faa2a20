"""Does the training data leave what the acts of the hub leave?

The core act is done for real, from the opening of a case to a recall; each kind of log row,
timeline line and register line that it leaves has to be found in the training data in the same
shape, so that an act which changes its ways is noticed here.
"""

from __future__ import annotations

import re
from typing import Any
from unittest import mock

from samsyn.hub.cases.actions import (
    add_subject,
    add_task,
    correct_fact,
    finish_task,
    open_case,
    start_clock,
    take_up,
    write_fact,
)
from samsyn.hub.cases.models import Case
from samsyn.hub.disclosures.actions import (
    decide_and_deliver,
    draft_question,
    place_question,
    prepare_disclosure,
    recall,
    send_question,
)
from samsyn.hub.disclosures.models import Disclosure, Question
from samsyn.hub.guard.context import acting
from tests.hub.support import Hub, HubServer
from tests.hub.training.conftest import Trained

WEIGHING = "Uppgiften behövs för kontrollen; intrånget är litet och intresset väger över."
_ID = re.compile(r"[0-9a-f-]{36}")

# Within a page the actor stands in a case; here not, so that the log's case and matter may lack.
LOG = "select act, detail, ground = '', rulebook = '' from guard_log_entry"
EVENTS = (
    "select act, array(select jsonb_object_keys(words) order by 1), about is null from cases_event"
)
REGISTER = (
    "select direction, document_kind, counterpart = '', about_secret, mark_agency = '', "
    "cardinality(mark_provision) = 0, mark_dated is null from cases_registerentry"
)
QUESTIONS = (
    "select side, state, case_id is null, made_by is null, sent_at is null, taken_up_at is null, "
    "ended_at is null, array(select jsonb_object_keys(law) order by 1) from disclosures_question"
)
DISCLOSURES = (
    "select state, version, weighing_outcome, told_search is null, entry is null, "
    "recalled_by_name = '', law_day is null from disclosures_disclosure"
)
COPIES = (
    "select state, visible_to = '-', source, made_by is null, entry is null, search is null, "
    "bound_matter is null, valid_to is null from cases_fact where received_from <> ''"
)


def do_the_core_act(hub: Hub) -> None:
    """AV asks SKV about a firm; SKV answers, AV reads on, SKV takes it back."""
    asker, holder = hub.officer("AV"), hub.officer("SKV")
    with acting(asker):
        case = open_case(actor=asker, title="Kontroll", purpose="joint_inspection_plan")
        firm = add_subject(actor=asker, case=case, kind="firm", name="Provbolaget AB")
        fact = write_fact(
            actor=asker,
            case=case,
            text="Sex personer arbetade på platsen.",
            item_kind="inspection_findings",
            activity="supervision",
            subject_kind="company",
            entity=firm,
        )
        correct_fact(actor=asker, fact=fact, text="Sju personer arbetade där.", reason="Skrivfel.")
        finish_task(actor=asker, task=add_task(actor=asker, case=case, what="Ring"))
        start_clock(actor=asker, case=case, what="Svar", working_days=10)
        asked = draft_question(
            actor=asker,
            case=case,
            holder="SKV",
            text="Vilka har lön?",
            activity="supervision",
            entity=firm,
        )
        send_question(actor=asker, question=asked, weighing=WEIGHING)
    with acting(holder):
        theirs = open_case(actor=holder, title="Skattekontroll", purpose="own_tax_control")
        question = Question.seen(holder).get(side="received")
        place_question(actor=holder, question=question, case=theirs)
        told = write_fact(
            actor=holder,
            case=theirs,
            text="Två personer är redovisade.",
            item_kind="employer_declaration_per_worker",
            activity="taxation",
            subject_kind="company",
        )
        question.refresh_from_db()
        draft = prepare_disclosure(
            actor=holder, case=theirs, receiver="AV", purpose="", facts=[told], question=question
        )
        own = write_fact(
            actor=holder,
            case=theirs,
            text="Liggaren saknade två personer.",
            item_kind="staff_register_control_findings",
            activity="tax_control",
            subject_kind="company",
        )
        decide_and_deliver(actor=holder, draft=draft, version=1, weighing=WEIGHING)
        other = prepare_disclosure(
            actor=holder,
            case=theirs,
            receiver="PM",
            purpose="joint_inspection_plan",
            facts=[own],
        )
        decide_and_deliver(actor=holder, draft=other, version=1, weighing=WEIGHING)
    police = hub.officer("PM")
    with acting(police):
        take_up(actor=police, case=Case.seen(police).get(state="told"))
    with acting(holder):
        answered = Disclosure.seen(holder).get(receiver="AV")
        recall(actor=holder, disclosure=answered, reason="Fel bolag.")


def shapes(rows: list[tuple[Any, ...]]) -> set[str]:
    """Rows without the ids in them."""
    return {_ID.sub("<id>", repr(row)) for row in rows}


def test_each_trace_of_the_core_act_is_found_in_the_training_data(
    trained: Trained, hub_server: HubServer
) -> None:
    left: dict[str, set[str]] = {}
    with hub_server.hub() as hub:
        # Chance draws otherwise each time; the training data has what it drew as words of its own.
        with mock.patch("samsyn.hub.disclosures.actions.deciding.draw", return_value=None):
            do_the_core_act(hub)
        with hub.owner() as owner:
            for query in (LOG, EVENTS, REGISTER, QUESTIONS, DISCLOSURES, COPIES):
                left[query] = shapes(list(owner.execute(query).fetchall()))
    for query, found in left.items():
        assert found - shapes(trained.rows(query)) == set()
