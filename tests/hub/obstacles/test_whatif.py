"""A bill tried on the register: counted as each question alone would be, and nothing hidden."""

from __future__ import annotations

import random
from datetime import date, timedelta
from uuid import UUID

import pytest

from samsyn.hub.cases.fact_kinds import fact_kinds
from samsyn.hub.disclosures.obstacles import plain_question
from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.hub.obstacles.whatif import Asked, replay, rulebook_of
from samsyn.law.simulate import EFFECTS, replayed

BILL = "prop-2024-25-180"
PURPOSES = ("own_supervision", "joint_inspection_plan", "prevent_wrong_payment")


def asked(number: int) -> list[Asked]:
    chance = random.Random(7)
    kinds = list(fact_kinds().values())
    found = []
    for at in range(number):
        kind = chance.choice(kinds)
        giver = chance.choice(list(kind.holders))
        question = plain_question(
            giver=giver,
            receiver=chance.choice([one for one in ("AV", "SKV", "FK", "MV") if one != giver]),
            purpose=chance.choice(PURPOSES),
            on=date(2023, 1, 1) + timedelta(days=chance.randrange(1300)),
            item_kind=kind.code,
        )
        found.append(Asked(question, ("2009:400/8:1",), [UUID(int=at)]))
    return found


def test_each_row_counts_as_its_question_asked_alone() -> None:
    present, proposed = current_rulebook(), rulebook_of(BILL)
    found = replay(asked(300), present, proposed)
    alone = [replayed(present, proposed, one.question).effect for one in asked(300)]
    assert found.asked == 300
    for effect in EFFECTS:
        assert found.effects[effect].count == alone.count(effect), effect
    assert found.opened["2009:400/8:1"].count == alone.count("opened") > 0


def test_a_row_without_a_question_or_with_one_out_of_reach_is_said_not_to_be_asked() -> None:
    empty = Asked({}, (), [UUID(int=1)])
    early = Asked({**asked(1)[0].question, "on": "1999-01-01"}, (), [UUID(int=2)])
    wrong = Asked({**asked(1)[0].question, "on": "yesterday"}, (), [UUID(int=3)])
    found = replay([empty, early, wrong], current_rulebook(), rulebook_of(BILL))
    assert (found.asked, found.unasked) == (0, 3)


@pytest.mark.parametrize("mark", ["victim", "child", "protected"])
def test_what_protects_people_and_would_have_yielded_is_shown(mark: str) -> None:
    rows = []
    for one in asked(200):
        subject = {**one.question["subject"], mark: True}
        rows.append(Asked({**one.question, "subject": subject}, one.provisions, one.rows))
    found = replay(rows, current_rulebook(), rulebook_of(BILL))
    opened = found.effects["opened"].count
    assert opened > 0
    assert found.weakened[mark].count == opened
