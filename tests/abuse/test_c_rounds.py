"""Abuse case 19 for rounds: one question to several agencies leaves no trace of the others.

The asker's own rows know what ties the questions. What a holder has is the same whether it was
asked alone or with others, and whatever becomes of the others' questions.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db import connections
from django.test import Client

from samsyn.hub.disclosures.actions import (
    Asked,
    draft_round,
    place_question,
    refuse_question,
    send_question,
)
from samsyn.hub.disclosures.models import Question
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from tests.abuse.test_c_sharing import _still, everything
from tests.hub.api.program import Program, program
from tests.hub.disclosures.conftest import WEIGHING, Two, two
from tests.support.documents import one_line

__all__ = ["two"]

HOLDERS = ("SKV", "FK", "PM")
OTHERS = ("Försäkringskassan", "FK", "Polismyndigheten", "PM")
READABLE = (
    "select c.oid::regclass::text from pg_class c where c.relnamespace = 'public'::regnamespace "
    "and c.relkind in ('r', 'v', 'm') and has_table_privilege(c.oid, 'select') order by 1"
)


@dataclass
class Round:
    """A question that the work environment authority puts to three agencies.

    Attributes:
        together: what ties its parts.
        parts: holder → the asker's question.
    """

    two: Two
    together: UUID
    parts: dict[str, Question]

    def send(self, *holders: str) -> None:
        """Send the parts of some holders."""
        with acting(self.two.receiver):
            for holder in holders:
                send_question(
                    actor=self.two.receiver, question=self.parts[holder], weighing=WEIGHING
                )

    def strange_to(self, holder: str) -> list[str]:
        """Ids that a holder has no business to have."""
        others = [part for of, part in self.parts.items() if of != holder]
        ids = [self.together, *(part.pk for part in self.parts.values())]
        return [str(one) for one in (*ids, *(part.exchange for part in others))]


@pytest.fixture
def asked(two: Two) -> Round:
    """The round, drafted."""
    with acting(two.receiver):
        drafts = draft_round(
            actor=two.receiver,
            case=two.asking,
            holders=HOLDERS,
            asked=Asked(text="Har ni granskat bolaget?", activity="supervision", entity=two.place),
        )
    together = drafts[0].round
    assert together is not None
    assert {draft.round for draft in drafts} == {together}
    return Round(two, together, {draft.holder: draft for draft in drafts})


def rows(actor: Actor) -> str:
    """Every row of every table that the web may read, as an officer gets them."""
    found = []
    with acting(actor), connections["default"].cursor() as cursor:
        cursor.execute(READABLE)
        for (table,) in cursor.fetchall():
            cursor.execute(f"select to_jsonb(t)::text from {table} t")
            found += [text for (text,) in cursor.fetchall()]
    return "\n".join(found)


def placed(round_: Round) -> Question:
    """The tax agency's question, in a case of its own."""
    giver = round_.two.giver
    with acting(giver):
        question = Question.seen(giver).get(side="received")
        place_question(actor=giver, question=question, case=round_.two.case)
        question.refresh_from_db()
    return question


def answers(key: Program, question: Question) -> dict[str, str]:
    """What a program of the holder gets."""
    paths = (
        "/questions",
        f"/questions/{question.pk}",
        "/cases",
        "/disclosures",
        "/receipts",
        f"/cases/{question.case_id}",
    )
    return {f"api {path}": key.get(path).content.decode() for path in paths}


def printed(client: Client, question: Question) -> dict[str, str]:
    """The letter, and the register's extract."""
    letter = client.get(f"/fragor/{question.pk}/begaran.pdf")
    assert letter.status_code == 200
    return {
        "letter": one_line(letter.content),
        "register": client.get("/diarium/").content.decode(),
        "extract": client.get("/diarium/utdrag/").content.decode(errors="replace"),
    }


def package(client: Client, case: UUID) -> str:
    """Every file of the readable package of a case."""
    response = client.post(f"/arenden/{case}/exportera/")
    content = b"".join(response) if response.streaming else response.content
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        return "\n".join(held.read(name).decode(errors="replace") for name in held.namelist())


def test_19_no_row_at_any_holder_knows_of_the_round(two: Two, asked: Round) -> None:
    asked.send(*HOLDERS)
    for holder in HOLDERS:
        actor = two.giver if holder == "SKV" else two.hub.officer(holder)
        with acting(actor):
            (mine,) = Question.seen(actor)
            assert mine.round is None
            assert "told" not in mine.law
        held = rows(actor)
        assert str(mine.exchange) in held
        assert [one for one in asked.strange_to(holder) if one in held] == []
        gone = [other for other in HOLDERS if other != holder]
        assert not Question.rows.using("owner").filter(
            visible_to__startswith=holder, holder__in=gone
        )
    own = rows(two.receiver)
    assert str(asked.together) in own, "the asker has it, so that the search above finds what is"


def test_19_what_becomes_of_the_others_changes_nothing_at_a_holder(two: Two, asked: Round) -> None:
    asked.send("SKV")
    question = placed(asked)
    key = program(two.giver)

    def seen() -> dict[str, str]:
        return {
            **everything(two.skv, two.giver, export=False),
            **printed(two.skv, question),
            **answers(key, question),
        }

    seen()
    before = seen()
    asked.send("FK", "PM")
    other = two.hub.officer("FK")
    with acting(other):
        theirs = Question.seen(other).get()
        refuse_question(actor=other, question=theirs, words="Nej.", grounds=["2009:400/28:1"])
    after = seen()
    assert {place: _still(said) for place, said in after.items()} == {
        place: _still(said) for place, said in before.items()
    }
    after["package"] = package(two.skv, two.case.pk)
    assert "Tog emot en fråga från AV" in after["package"]
    strange = [
        one for one in asked.strange_to("SKV") if any(one in said for said in after.values())
    ]
    assert strange == []
    for place in (f"/fragor/{question.pk}/", "letter", f"api /questions/{question.pk}"):
        said = after[place].split("<main")[-1]
        assert not any(name in said for name in OTHERS), place
