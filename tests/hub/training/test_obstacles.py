"""The obstacles of the training data: as the acts write them, and enough to say something."""

from __future__ import annotations

import re
from typing import Any

from samsyn.hub.cases.actions import open_case, write_fact
from samsyn.hub.disclosures.actions import (
    draft_question,
    place_question,
    prepare_disclosure,
    refuse_disclosure,
    refuse_question,
    send_question,
)
from samsyn.hub.disclosures.models import Question
from samsyn.hub.guard.context import acting
from samsyn.hub.obstacles.actions import note_never_asked, tell_consequence
from tests.hub.support import Hub, HubServer
from tests.hub.training.conftest import Trained

WEIGHING = "Uppgiften behövs för kontrollen; intrånget är litet och intresset väger över."
_ID = re.compile(r"[0-9a-f-]{36}")
ROWS = (
    "select kind, initiative, exchange is null, fact is null, cardinality(provisions) = 0, outcome,"
    " array(select jsonb_object_keys(question) order by 1), needed_for = '', consequence = '',"
    " rulebook = '', asked_on is null, made_by is null, made_by_name = '', entry is null,"
    " case_id is null, agency = giver, agency = receiver from disclosures_obstacle"
)
EVENTS = (
    "select act, array(select jsonb_object_keys(words) order by 1), about is null"
    " from cases_event where act = 'obstacle.write'"
)
LOG = (
    "select act, split_part(detail, ' ', 1), ground = '', case_id is null from guard_log_entry"
    " where act = 'obstacle.write'"
)


def meet_obstacles(hub: Hub) -> None:
    """AV is refused by SKV and tells what followed, notes a need, and SKV discloses nothing."""
    asker, holder = hub.officer("AV"), hub.officer("SKV")
    with acting(asker):
        case = open_case(actor=asker, title="Kontroll", purpose="joint_inspection_plan")
        question = draft_question(
            actor=asker, case=case, holder="SKV", text="Vilka löner?", activity="supervision"
        )
        send_question(actor=asker, question=question, weighing=WEIGHING)
        note_never_asked(
            actor=asker, case=case, giver="FK", item_kind="benefit_payments",
            purpose=case.purpose, needed_for="find_people",
        )  # fmt: skip
    with acting(holder):
        theirs = open_case(actor=holder, title="Skattekontroll", purpose="own_tax_control")
        received = Question.seen(holder).get(exchange=question.exchange)
        place_question(actor=holder, question=received, case=theirs)
        received.refresh_from_db()
        fact = write_fact(
            actor=holder, case=theirs, text="Två personer är redovisade.",
            item_kind="employer_declaration_per_worker", activity="taxation",
            subject_kind="company",
        )  # fmt: skip
        draft = prepare_disclosure(
            actor=holder, case=theirs, receiver="AV", purpose="", facts=[fact], question=received
        )
        refuse_disclosure(actor=holder, draft=draft, version=1, reason="Det väger mot.")
        refuse_question(actor=holder, question=received, words="Nej.", grounds=["2009:400/27:1"])
    with acting(asker):
        question.refresh_from_db()
        tell_consequence(
            actor=asker, question=question, needed_for="plan_control", consequence="delayed"
        )


def shapes(rows: list[tuple[Any, ...]]) -> set[str]:
    """Rows without the ids in them."""
    return {_ID.sub("<id>", repr(row)) for row in rows}


def test_each_obstacle_that_the_acts_write_is_found_in_the_training_data(
    trained: Trained, hub_server: HubServer
) -> None:
    left: dict[str, set[str]] = {}
    with hub_server.hub() as hub:
        meet_obstacles(hub)
        with hub.owner() as owner:
            for query in (ROWS, EVENTS, LOG):
                left[query] = shapes(list(owner.execute(query).fetchall()))
    assert len(left[ROWS]) == 4
    for query, found in left.items():
        assert found - shapes(trained.rows(query)) == set()


def test_the_register_has_something_to_say_at_several_agencies_and_years(trained: Trained) -> None:
    kinds = trained.rows(
        "select kind, count(distinct agency), count(distinct extract(year from happened_on))"
        " from disclosures_obstacle group by kind"
    )
    found = {kind: (agencies, years) for kind, agencies, years in kinds}
    for kind in ("question_refused", "disclosure_refused", "met_refusal", "never_asked"):
        assert min(found[kind]) >= 3, kind
    assert found["left_out"][0] >= 1
    outcomes = dict(
        trained.rows(
            "select outcome = 'must_not', count(*) from disclosures_obstacle"
            " where kind = 'never_asked' group by 1"
        )
    )
    assert outcomes[False] > 0, "somebody believed wrongly that they may not ask"
    assert outcomes[True] > 0, "somebody was right not to ask"


def test_each_no_of_the_training_data_has_its_row_at_whoever_said_it(trained: Trained) -> None:
    refused = trained.value(
        "select count(*) from disclosures_question q where side = 'received' and state = 'refused'"
        " and not exists (select 1 from disclosures_obstacle o where o.exchange = q.exchange"
        " and o.kind = 'question_refused' and o.agency = q.holder and o.visible_to = q.visible_to)"
    )
    items = trained.value(
        "select count(*) from disclosures_disclosedfact i"
        " join disclosures_disclosure d on d.id = i.disclosure_id"
        " where (d.state = 'refused' and i.outcome in ('must_not', 'may_after_balancing')"
        "    or d.state in ('delivered', 'recalled') and i.left_out and i.outcome = 'must_not')"
        " and not exists (select 1 from disclosures_obstacle o where o.fact = i.fact_id"
        " and o.exchange = d.exchange and o.visible_to = i.visible_to)"
    )
    strays = trained.value(
        "select count(*) from disclosures_obstacle o where exchange is not null"
        " and not exists (select 1 from disclosures_question q where q.exchange = o.exchange)"
        " and not exists (select 1 from disclosures_disclosure d where d.exchange = o.exchange)"
    )
    assert (refused, items, strays) == (0, 0, 0)
