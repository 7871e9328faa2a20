"""How many statements does each act send in a round from question to answer?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connections
from django.test.utils import CaptureQueriesContext

from bench.desk.scene import GIVER, PURPOSE, RECEIVER, WEIGHING, facts, officers
from bench.hub.installation import Installation
from bench.law.measure import Line, Section
from samsyn.hub.cases.actions import open_case
from samsyn.hub.disclosures.actions import (
    decide_and_deliver,
    draft_question,
    place_question,
    prepare_disclosure,
    send_question,
)
from samsyn.hub.disclosures.models import Question
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting

MOST = 12
FACTS = 8


def measure(installation: Installation) -> list[Section]:
    """One round: a question is drafted, sent, placed, answered."""
    giver, asker = officers(GIVER)[0], officers(RECEIVER)[0]
    with acting(asker):
        asking = open_case(actor=asker, title="Mätning av en fråga", purpose=PURPOSE)
    with acting(giver):
        case, rows = facts(giver, FACTS)
    lines: list[Line] = []

    def counted(what: str, actor: Actor, work: Callable[[], Any]) -> Any:
        with acting(actor), CaptureQueriesContext(connections["default"]) as caught:
            result = work()
        sent = [one["sql"] for one in caught.captured_queries]
        marks = sum(one.startswith(("SAVEPOINT", "RELEASE")) for one in sent)
        lines.append(
            Line(what, len(sent) - marks, "statements", MOST, note=f"and {marks} savepoints")
        )
        return result

    question = counted(
        "draft a question",
        asker,
        lambda: draft_question(
            actor=asker,
            case=asking,
            holder=GIVER,
            purpose=PURPOSE,
            text="Stämmer redovisade löner med hur många som arbetar på platsen?",
            activity="supervision",
        ),
    )
    counted(
        "send it", asker, lambda: send_question(actor=asker, question=question, weighing=WEIGHING)
    )
    with acting(giver):
        arrived = Question.seen(giver).get(exchange=question.exchange, side="received")
    counted(
        "place it in a case",
        giver,
        lambda: place_question(actor=giver, question=arrived, case=case),
    )
    draft = counted(
        "prepare the answer",
        giver,
        lambda: prepare_disclosure(
            actor=giver,
            case=case,
            receiver=RECEIVER,
            purpose=PURPOSE,
            facts=rows,
            question=arrived,
        ),
    )
    counted(
        "decide and deliver",
        giver,
        lambda: decide_and_deliver(
            actor=giver, draft=draft, version=draft.version, weighing=WEIGHING
        ),
    )
    about = (
        f"{RECEIVER} asks {GIVER}, which answers with {FACTS} facts. What the functions send that "
        "the pages call, with the rows of the log; the page's own reading apart. Marks of where to "
        "go back to (savepoints) ask for nothing and stand beside."
    )
    return [Section("Statements of a round from question to answer", about, lines)]
