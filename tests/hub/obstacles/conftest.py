"""Two agencies with a refused question, a disclosure with something left out, and a need."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from samsyn.hub.disclosures.actions import (
    draft_question,
    place_question,
    refuse_question,
    send_question,
)
from samsyn.hub.disclosures.models import Obstacle, Question
from samsyn.hub.guard.context import acting
from samsyn.hub.obstacles.actions import note_never_asked
from tests.hub.disclosures.conftest import WEIGHING, Two, two

__all__ = ["two"]
GROUND = "2009:400/27:1"


@dataclass
class Met:
    """The work environment authority asked the tax agency, which refused.

    Attributes:
        two: the agencies.
        question: the asker's question.
        ours: the asker's row of a need that was never asked about.
        theirs: the holder's row of the refusal.
    """

    two: Two
    question: Question
    ours: Obstacle
    theirs: Obstacle


@pytest.fixture
def met(two: Two) -> Met:
    asker, holder = two.receiver, two.giver
    with acting(asker):
        question = draft_question(
            actor=asker, case=two.asking, holder="SKV", text="Vilka löner?", activity="supervision"
        )
        send_question(actor=asker, question=question, weighing=WEIGHING)
        ours, _ = note_never_asked(
            actor=asker,
            case=two.asking,
            giver="FK",
            item_kind="benefit_payments",
            purpose="joint_inspection_plan",
            needed_for="find_people",
            needed_words="Ett hemligt behov.",
        )
    with acting(holder):
        received = Question.seen(holder).get(exchange=question.exchange)
        place_question(actor=holder, question=received, case=two.case)
        received.refresh_from_db()
        refuse_question(actor=holder, question=received, words="Nej.", grounds=[GROUND])
        theirs = Obstacle.seen(holder).get()
    with acting(asker):
        question.refresh_from_db()
    return Met(two, question, ours, theirs)
