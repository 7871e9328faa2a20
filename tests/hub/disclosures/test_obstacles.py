"""A no, and what the law kept back, becomes a row of the obstacle register in the same act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from samsyn.hub.cases.actions import open_case, write_fact
from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.disclosures.actions import (
    decide_and_deliver,
    draft_question,
    place_question,
    prepare_disclosure,
    refuse_disclosure,
    refuse_question,
    send_question,
)
from samsyn.hub.disclosures.models import DisclosedFact, Obstacle, Question
from samsyn.hub.disclosures.obstacles import plain_question, secrecy_among
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.rulebooks import current_rulebook
from tests.hub.support import Hub

WEIGHING = "Kontrollen kan inte planeras utan uppgiften; intresset väger tyngre än skadan."


@dataclass
class Scene:
    """The insurance agency holds an address and an answer in a survey; AV asks."""

    holder: Actor
    asker: Actor
    case: Case
    survey: Fact
    address: Fact


@pytest.fixture
def scene(hub: Hub) -> Scene:
    holder, asker = hub.officer("FK"), hub.officer("AV")
    with acting(holder):
        case = open_case(actor=holder, title="Ersättning", purpose="joint_inspection_plan")
        # The secrecy of statistics opens to nobody.
        survey = _fact(holder, case, "Svar i en undersökning.", ["2009:400/24:8"])
        address = _fact(holder, case, "Bor på Målargatan 3.", None)
    return Scene(holder, asker, case, survey, address)


def _fact(actor: Actor, case: Case, text: str, secrecy: list[str] | None) -> Fact:
    return write_fact(
        actor=actor,
        case=case,
        text=text,
        item_kind="benefit_payments",
        activity="social_insurance",
        subject_kind="person",
        secrecy=secrecy,
    )


def _asked(scene: Scene) -> Question:
    with acting(scene.asker):
        case = open_case(actor=scene.asker, title="Bygget", purpose="joint_inspection_plan")
        asked = draft_question(
            actor=scene.asker,
            case=case,
            holder="FK",
            text="Får de som arbetar där ersättning?",
            activity="supervision",
        )
        send_question(actor=scene.asker, question=asked, weighing=WEIGHING)
    with acting(scene.holder):
        question = Question.seen(scene.holder).get(exchange=asked.exchange)
        place_question(actor=scene.holder, question=question, case=scene.case)
        question.refresh_from_db()
    return question


def _draft(scene: Scene, facts: list[Fact], **changes: Any) -> Any:
    return prepare_disclosure(
        actor=scene.holder,
        case=scene.case,
        receiver="AV",
        facts=facts,
        **{"purpose": "own_supervision", "initiative": "request", **changes},
    )


def test_a_refused_question_is_a_row_with_the_provision_and_a_question_to_the_law(
    scene: Scene,
) -> None:
    question = _asked(scene)
    with acting(scene.holder):
        refuse_question(
            actor=scene.holder, question=question, words="Nej.", grounds=["2009:400/28:1"]
        )
        row = Obstacle.seen(scene.holder).get()
    assert (row.kind, row.giver, row.receiver) == ("question_refused", "FK", "AV")
    assert row.provisions == ["2009:400/28:1"]
    assert row.exchange == question.exchange
    assert row.asked_on is not None
    assert row.entry is not None
    rulebook = current_rulebook()
    assert rulebook.ask(rulebook.read(row.question)).question.giver == "FK"
    with acting(scene.asker):
        assert not Obstacle.seen(scene.asker).exists()


def test_each_fact_of_a_refused_disclosure_that_something_stood_in_the_way_of_is_a_row(
    scene: Scene,
) -> None:
    with acting(scene.holder):
        draft = _draft(scene, [scene.survey, scene.address])
        items = {item.fact_id: item for item in DisclosedFact.seen(scene.holder)}
        refuse_disclosure(
            actor=scene.holder, draft=draft, version=draft.version, reason="Väger inte över."
        )
        rows = {row.fact: row for row in Obstacle.seen(scene.holder)}
    stopped = {
        fact for fact, item in items.items() if item.outcome in ("must_not", "may_after_balancing")
    }
    assert set(rows) == stopped
    for fact, row in rows.items():
        assert fact is not None
        assert row.kind == "disclosure_refused"
        assert row.outcome == items[fact].outcome
        assert row.question == items[fact].question


def test_what_the_law_kept_back_from_a_disclosure_that_left_is_a_row(scene: Scene) -> None:
    with acting(scene.holder):
        draft = _draft(scene, [scene.survey, scene.address])
        items = list(DisclosedFact.seen(scene.holder).filter(disclosure=draft))
        closed = [item for item in items if item.outcome == "must_not"]
        assert closed
        assert len(closed) < len(items)
        decide_and_deliver(
            actor=scene.holder,
            draft=draft,
            version=draft.version,
            weighing=WEIGHING,
            left_out=[item.pk for item in closed],
        )
        rows = list(Obstacle.seen(scene.holder))
    assert [(row.kind, row.fact) for row in rows] == [("left_out", item.fact_id) for item in closed]


def test_a_question_about_a_kind_leaves_open_what_nobody_has_said() -> None:
    raw = plain_question(
        giver="SKV",
        receiver="AV",
        purpose="joint_inspection_plan",
        on=current_rulebook().epoch_starts[-1],
        item_kind="payroll_and_vat_figures",
    )
    assert (raw["activity"], raw["secrecy"]) == ("taxation", None)
    assert raw["facts"]["joint_inspection"] is True
    answer = current_rulebook().ask(current_rulebook().read(raw))
    assert answer.outcome == "may_after_balancing"
    assert answer.duty_if_favourable


def test_only_provisions_of_secrecy_make_something_secret() -> None:
    day = current_rulebook().epoch_starts[-1]
    assert secrecy_among(["2009:400/27:1", "2024:307/4"], day) == ["2009:400/27:1"]
