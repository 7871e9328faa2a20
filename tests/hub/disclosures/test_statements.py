"""How many statements does an act of asking and answering take?"""

from __future__ import annotations

from collections.abc import Callable
from unittest import mock

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from samsyn.hub.disclosures.actions import (
    Asked,
    answer_question,
    decide_and_deliver,
    draft_round,
    place_question,
    send_question,
)
from samsyn.hub.disclosures.models import Disclosure, Question
from samsyn.hub.disclosures.question_sets import known_questions
from samsyn.hub.guard.context import acting
from tests.hub.disclosures.asking import PAYROLL, PLAN, ask_set, sent_set
from tests.hub.disclosures.conftest import WEIGHING, Two
from tests.hub.support import Hub

MOST = 12
NONE = "00000000-0000-4000-8000-000000000000"


DRAWN = "samsyn.hub.disclosures.reviewing.sampling.secrets.randbelow"


def counted(act: Callable[[], object], most: int = MOST) -> object:
    """What an act gives; it costs no more than an act may, its savepoints counted."""
    with CaptureQueriesContext(connections["default"]) as captured:
        done = act()
    said = "\n".join(query["sql"][:100].replace("\n", " ") for query in captured)
    assert len(captured) <= most, f"{len(captured)}\n{said}"
    return done


def test_a_draft(two: Two) -> None:
    asked = Asked(
        text="",
        activity="supervision",
        entity=two.place,
        purpose=PLAN,
        chosen=known_questions().sets[PAYROLL],
    )
    with acting(two.receiver):
        counted(
            lambda: draft_round(actor=two.receiver, case=two.asking, holders=["SKV"], asked=asked)
        )


def test_sending(two: Two) -> None:
    (question,) = ask_set(two)
    with acting(two.receiver):
        counted(lambda: send_question(actor=two.receiver, question=question, weighing=WEIGHING))


def test_placing(two: Two) -> None:
    (question,) = ask_set(two)
    with acting(two.receiver):
        send_question(actor=two.receiver, question=question, weighing=WEIGHING)
    with acting(two.giver):
        theirs = Question.seen(two.giver).get()
        counted(lambda: place_question(actor=two.giver, question=theirs, case=two.case))


def test_preparing_the_answer(two: Two) -> None:
    _, theirs = sent_set(two)
    with acting(two.giver):
        theirs = Question.seen(two.giver).select_related("case").get()
        chosen = {two.fact.pk: "totals", two.kept.pk: ""}
        counted(lambda: answer_question(actor=two.giver, question=theirs, chosen=chosen))


def test_deciding_and_delivering(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    # One that chance draws for the lawyer's sample takes a statement more.
    monkeypatch.setattr("samsyn.hub.disclosures.actions.deciding.draw", lambda found, day: None)
    _, theirs = sent_set(two)
    with acting(two.giver):
        theirs = Question.seen(two.giver).select_related("case").get()
        chosen = {two.fact.pk: "totals", two.kept.pk: ""}
        draft = answer_question(actor=two.giver, question=theirs, chosen=chosen)
        draft = Disclosure.seen(two.giver).select_related("case").get(pk=draft.pk)
        # One in twenty is drawn for the lawyer to look at, which takes a statement more.
        with mock.patch(DRAWN, return_value=10_000_000):
            counted(
                lambda: decide_and_deliver(
                    actor=two.giver, draft=draft, version=draft.version, weighing=WEIGHING
                )
            )


@pytest.mark.parametrize(
    ("index", "asked"),
    [
        ("receipt_of_question", f"disclosures_receipt where question = '{NONE}'"),
        ("file_of_disclosure", f"cases_sealedfile where disclosure = '{NONE}'"),
        ("pause_of_question", f"cases_clockpause where question = '{NONE}'"),
        ("event_about", f"cases_event where about = '{NONE}'"),
    ],
)
def test_what_one_row_is_found_by_from_another_has_an_index(
    hub: Hub, index: str, asked: str
) -> None:
    with hub.owner() as owner:
        owner.execute("set enable_seqscan = off")
        plan = owner.execute(f"explain select id from {asked}").fetchall()
    assert any(index in str(line[0]) for line in plan), plan
