"""Which questions change answer: counted in closed form, and tried against the interpreter."""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from samsyn.kernel.faults import FaultyFiles, FieldError
from samsyn.law import Answer, Rulebook
from samsyn.law.diff import Difference, answers_of, as_json, as_text, diff, shape_of
from samsyn.law.diff.closed_form import ITSELF, Signature, Verdict, signature_of_set
from samsyn.law.diff.comparison import Comparison, closed_form
from samsyn.law.diff.space import INITIATIVES, Route, Space, question_at
from samsyn.law.loading import packaged_folder
from tests.law import small_rulebook
from tests.law.small_rulebook import another_provision, renamed

DAYS = [
    ("2018-01-01", "2026-06-01"),
    ("2024-06-30", "2024-07-01"),
    ("2025-11-30", "2025-12-01"),
    ("2026-01-15", "2026-06-01"),
]
DRAWS = 700


def day(text: str) -> date:
    return date.fromisoformat(text)


def compare(rulebook: Rulebook, before: str, after: str) -> Difference:
    return diff(shape_of(rulebook, day(before)), shape_of(rulebook, day(after)))


def draw_route(chance: random.Random, of: Space) -> Route:
    while True:
        giver, receiver = chance.choice(list(of.activities)), chance.choice(list(of.functions))
        if chance.random() < 0.15:
            special = ("FOREIGN", "COMPANY_SELF", "PERSON_REPORTED", "UNION", giver)
            receiver = chance.choice([code for code in special if code in of.functions])
        if of.meet(giver, receiver):
            break
    return Route(
        giver,
        chance.choice(of.activities[giver]),
        receiver,
        chance.choice(of.functions[receiver]),
        chance.choice(of.purposes),
        chance.choice(INITIATIVES),
    )


def draw_facts(chance: random.Random, comparison: Comparison) -> dict[str, Any]:
    facts: dict[str, Any] = {
        code: chance.choice(axis.values) for code, axis in comparison.axes.axes.items()
    }
    if chance.random() < 0.7:  # else most items are not secret at all
        facts.update(harm="met", public_interest_harm=True)
    return facts


def found_by_interpreter(answer: Answer) -> set[tuple[Signature, tuple[str, ...]]]:
    return {
        ((v.outcome, v.test, v.duty, v.floor), v.grounds)
        for v in (possibility.verdict for possibility in answer.possible)
    }


def found_by_closed_form(
    verdicts: frozenset[Verdict], cite: str | None
) -> set[tuple[Signature, tuple[str, ...]]]:
    own = cite or "no provision"
    return {
        (v.signature, tuple(own if ground == ITSELF else ground for ground in v.grounds))
        for v in verdicts
    }


@pytest.mark.parametrize(("before", "after"), DAYS)
def test_the_closed_form_answers_as_the_interpreter(
    rulebook: Rulebook, before: str, after: str
) -> None:
    comparison = Comparison(shape_of(rulebook, day(before)), shape_of(rulebook, day(after)))
    chance = random.Random(f"{before} {after}")
    outcomes: Counter[str] = Counter()
    for _ in range(DRAWS):
        route = draw_route(chance, comparison.both)
        item = chance.choice(comparison.both.items)
        cite = chance.choice((None, *comparison.both.provisions[route.giver]))
        facts = draw_facts(chance, comparison)
        found = closed_form(comparison, route, item, cite, facts)
        for on, verdicts in zip((before, after), found, strict=True):
            secrecy = () if cite is None else (cite,)
            question = question_at(day(on), route, item, secrecy, facts)
            answer = rulebook.ask(question)
            outcomes[answer.outcome] += 1
            assert found_by_closed_form(verdicts, cite) == found_by_interpreter(answer), question
    assert set(outcomes) == {"public", "must", "may", "may_after_balancing", "must_not"}


@pytest.mark.parametrize("on", ["2024-07-01", "2026-06-01"])
def test_the_answer_for_a_set_follows_from_its_members(rulebook: Rulebook, on: str) -> None:
    shape = shape_of(rulebook, day(on))
    comparison = Comparison(shape, shape)
    chance = random.Random(on)
    tried = 0
    while tried < DRAWS:
        route = draw_route(chance, comparison.both)
        item, facts = chance.choice(comparison.both.items), draw_facts(chance, comparison)
        provisions = comparison.both.provisions[route.giver]
        secrecy = tuple(dict.fromkeys(chance.choices(provisions, k=chance.choice((2, 2, 3, 4)))))
        cites = (None, *secrecy)
        found = [closed_form(comparison, route, item, cite, facts)[0] for cite in cites]
        if any(len(verdicts) > 1 for verdicts in found):
            continue  # an undated day: members would have to agree about it
        without, *members = [next(iter(verdicts)) for verdicts in found]
        side = comparison.before
        party = side.party(route.receiver, route.purpose, route.initiative)
        if side.same_branch(*route[:4]):
            party = party._replace(same_branch=True)
        told = signature_of_set(
            party,
            [member.state for member in members],
            without.signature,
            bool(facts["reservation_removes_harm"]),
        )
        question = question_at(day(on), route, item, secrecy, facts)
        assert {told} == answers_of(rulebook.ask(question)), question
        tried += 1


def test_another_name_or_order_is_no_difference(tmp_path: Path) -> None:
    first = small_rulebook.load(small_rulebook.write(tmp_path / "first"))
    second = small_rulebook.load(small_rulebook.write(tmp_path / "second", renamed))
    on = day("2024-01-01")
    difference = diff(shape_of(first, on), shape_of(second, on))
    assert difference.nothing
    assert "No question changes answer" in as_text(difference, "en")
    assert "Ingen fråga får ett annat svar" in as_text(difference, "sv")


def test_what_shows_in_sets_only_is_told(tmp_path: Path) -> None:
    def second_permission(blocks: dict[str, dict[str, Any]]) -> None:
        blocks["list"]["test"] = "extraordinary_reasons"

    first = small_rulebook.load(small_rulebook.write(tmp_path / "first"))
    second = small_rulebook.load(
        small_rulebook.write(tmp_path / "second", second_permission, ("AAA", "BBB"))
    )
    on = day("2024-01-01")
    difference = diff(shape_of(first, on), shape_of(second, on))
    assert difference.in_sets > 0
    assert "several provisions" in as_text(difference, "en")


def test_words_of_one_side_are_counted_apart(tmp_path: Path) -> None:
    first = small_rulebook.load(small_rulebook.write(tmp_path / "first", agencies=("AAA", "BBB")))
    second = small_rulebook.load(small_rulebook.write(tmp_path / "second", another_provision))
    on = day("2024-01-01")
    difference = diff(shape_of(first, on), shape_of(second, on))
    assert difference.changed == 0
    assert difference.only_before == 0
    whole = Comparison(shape_of(second, on), shape_of(second, on))
    assert difference.only_after == whole.sizes()[0] - difference.questions
    assert ("receivers", ("ABROAD", "PRIVATE", "SELF")) in difference.appeared
    assert ("provisions", ("2009:400/30:1",)) in difference.appeared


# --- the packaged rulebook ----------------------------------------------------------------------


def test_the_duty_of_joint_inspections_is_seen(rulebook: Rulebook) -> None:
    difference = compare(rulebook, "2024-06-30", "2024-07-01")
    givers = {row.code for row in difference.givers}
    assert {"AF", "AV", "EBM", "FK", "JäMy", "MV", "PM", "SKV", "ÅM"} <= givers
    purposes = {row.code for row in difference.purposes}
    assert {
        "joint_inspection_plan",
        "joint_inspection_execute",
        "prevent_wrong_payment",
    } <= purposes
    assert difference.changed == sum(row.questions for row in difference.givers)
    assert difference.changed == sum(row.questions for row in difference.receivers)
    assert difference.changed == sum(row.questions for row in difference.purposes)
    plan = next(row for row in difference.purposes if row.code == "joint_inspection_plan")
    assert plan.example.after.grounds[0] == "2024:307/4"
    assert answers_of(plan.example.before) != answers_of(plan.example.after)


def test_a_change_back_is_the_same_change(rulebook: Rulebook) -> None:
    there = compare(rulebook, "2024-06-30", "2024-07-01")
    back = compare(rulebook, "2024-07-01", "2024-06-30")
    assert there.changed == back.changed > 0
    assert there.only_after == back.only_before
    assert {row.code: row.questions for row in there.givers} == {
        row.code: row.questions for row in back.givers
    }


def test_two_days_of_one_epoch_do_not_differ(rulebook: Rulebook) -> None:
    difference = compare(rulebook, "2026-06-01", "2026-06-02")
    assert difference.nothing
    assert difference.questions > 10**18


def test_it_is_told_to_readers_and_machines(rulebook: Rulebook) -> None:
    difference = compare(rulebook, "2024-06-30", "2024-07-01")
    english, swedish = as_text(difference, "en"), as_text(difference, "sv")
    assert "questions change answer" in english
    assert "frågor får ett annat svar" in swedish
    assert "Per utlämnande myndighet" in swedish
    again = json.loads(json.dumps(as_json(difference)))
    assert again["changed"] == difference.changed
    assert again["before"]["on"] == "2024-06-30"
    first = again["kinds"][0]["example"]
    known = rulebook.ask(difference.kinds[0].example.after.question)
    assert first["after"]["grounds"] == list(known.grounds)


def test_a_day_before_the_rulebook_is_refused(rulebook: Rulebook) -> None:
    with pytest.raises(FieldError, match="on"):
        shape_of(rulebook, rulebook.covers_from - timedelta(days=1))


def test_a_folder_without_a_rulebook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultyFiles, match="not a rulebook"):
        Rulebook.load(tmp_path)


def test_entries_outside_the_questions_are_named(rulebook: Rulebook, tmp_path: Path) -> None:
    folder = tmp_path / "se"
    shutil.copytree(packaged_folder(), folder)
    path = folder / "categories.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("item_kinds: [", "item_kinds: [made_up_kind, ", 1), "utf-8")
    on = day("2026-06-01")
    difference = diff(shape_of(rulebook, on), shape_of(Rulebook.load(folder), on))
    assert difference.changed == 0
    assert not difference.nothing
    assert [words.axis for words in difference.beside] == ["categories"]
