"""A proposal tried against recorded questions: a circle widened, and a duty taken away."""

from __future__ import annotations

import json
import shutil
from datetime import date
from typing import Any

import pytest

from samsyn.law import Rulebook
from samsyn.law.loading import packaged_folder
from samsyn.law.simulate import MOST_IDS, Simulation, as_json, as_text, simulate

MEMBERS = "  - code: law_enforcement_givers\n"
JÄMY = '      - {agency: JäMy, from: 2027-01-01, to: open, source: "prop."}\n'
DUTY = "    rule: duty-joint-inspections\n"

TO_POLICE = {
    "on": "2026-05-01",
    "giver": "JäMy",
    "activity": "gender_equality",
    "item_kind": "network_of_exploiters",
    "subject": {"kind": "company"},
    "secrecy": ["2009:400/21:1"],
    "receiver": "PM",
    "receiver_function": "law_enforcement",
    "purpose": "crime_intelligence",
    "initiative": "own",
    "facts": {"harm": "met"},
}
TO_PLAN = {
    "on": "2026-05-01",
    "giver": "FK",
    "activity": "social_insurance",
    "item_kind": "benefit_payments",
    "subject": {"kind": "person"},
    "secrecy": ["2009:400/28:1"],
    "receiver": "AV",
    "receiver_function": "supervision",
    "purpose": "joint_inspection_plan",
    "initiative": "request",
    "facts": {"harm": "met"},
}


@pytest.fixture(scope="module")
def proposal(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    """JäMy gives under 2025:170/5 from 2027, and 2024:307/4 ends with 2026."""
    folder = tmp_path_factory.mktemp("proposal") / "se"
    shutil.copytree(packaged_folder(), folder)
    circles = folder / "circles.yaml"
    before, found, rest = circles.read_text("utf-8").partition(MEMBERS)
    head, members, tail = rest.partition("    members:\n")
    assert found
    assert members
    circles.write_text(before + found + head + members + JÄMY + tail, "utf-8")
    act = folder / "acts" / "2024-307.yaml"
    before, found, rest = act.read_text("utf-8").partition(DUTY)
    assert "    to: open\n" in rest
    act.write_text(
        before + found + rest.replace("    to: open\n", "    to: 2026-12-31\n", 1), "utf-8"
    )
    return Rulebook.load(folder)


def lines(*questions: dict[str, Any]) -> list[str]:
    return [json.dumps(question, ensure_ascii=False) for question in questions]


def named(identity: str, base: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"id": identity, **base, **changes}


RECORDED = [
    named("A-1", TO_POLICE),
    named("A-2", TO_POLICE, secrecy=["2009:400/21:1", "2009:400/21:7"]),
    named("A-3", TO_POLICE, initiative="request", purpose="crime_investigation",
          facts={"harm": "met", "crime": {"committed": False}}),
    named("B-1", TO_PLAN),
    named("B-2", TO_PLAN, giver="JäMy", activity="gender_equality", secrecy=["2009:400/21:1"]),
    named("C-1", TO_PLAN, purpose="curiosity"),
    named("C-2", TO_PLAN, secrecy=[]),
]  # fmt: skip


@pytest.fixture(scope="module")
def simulation(rulebook: Rulebook, proposal: Rulebook) -> Simulation:
    recorded = [*lines(*RECORDED), "", "no json", *lines(named("D-1", TO_PLAN, giver="XYZ"))]
    return simulate(rulebook, proposal, recorded, on=date(2027, 3, 1))


def effects(simulation: Simulation) -> dict[str | int, str]:
    return {replayed.identity: replayed.effect for replayed in simulation.replayed}


def test_each_question_is_answered_by_both(simulation: Simulation) -> None:
    assert effects(simulation) == {
        "A-1": "opened",
        "A-2": "opened",
        "A-3": "opened",
        "B-1": "closed",
        "B-2": "closed",
        "C-1": "unchanged",
        "C-2": "otherwise",
    }
    first = simulation.replayed[0]
    assert first.present.grounds[0] == "2009:400/10:15a st1 p1"
    assert first.proposed.grounds == ("2025:170/5", "2009:400/10:28")
    assert first.proposed.test == "clear_that_secrecy_prevails"
    assert (first.present.duty_if_favourable, first.proposed.duty_if_favourable) == (False, True)


def test_what_stood_in_the_way_is_counted(simulation: Simulation) -> None:
    obstacles = {group.code: group for group in simulation.by_obstacle()}
    assert obstacles["2025:170/5"].ids == ("A-1", "A-2", "A-3")
    assert obstacles["2025:170/5"].requests == 3
    assert [(g.code, g.ids) for g in simulation.by_giver()] == [("JäMy", ("A-1", "A-2", "A-3"))]
    assert [(g.code, g.ids) for g in simulation.by_receiver()] == [("PM", ("A-1", "A-2", "A-3"))]
    change = "may_after_balancing → may_after_balancing"
    assert [(g.code, g.requests) for g in simulation.by_change()] == [(change, 3)]


def test_what_would_be_more_closed_is_told_too(simulation: Simulation) -> None:
    assert [(g.code, g.ids) for g in simulation.by_giver("closed")] == [
        ("FK", ("B-1",)),
        ("JäMy", ("B-2",)),
    ]
    closed = simulation.with_effect("closed")[0]
    assert closed.present.grounds[0] == "2024:307/4"
    assert closed.proposed.grounds[0] == "2009:400/10:15a st1 p5"


def test_lines_in_error_are_listed(simulation: Simulation) -> None:
    assert simulation.failed
    found = [(f.identity, f.side, f.error.field) for f in simulation.failures]
    assert found == [("line 9", "present", "line"), ("D-1", "present", "giver")]


def test_without_a_day_each_question_keeps_its_own(rulebook: Rulebook, proposal: Rulebook) -> None:
    simulation = simulate(rulebook, proposal, lines(*RECORDED))
    assert set(effects(simulation).values()) == {"unchanged"}
    assert not simulation.failed
    assert "No question changes answer" in as_text(simulation)
    assert "Ingen fråga får ett annat svar" in as_text(simulation, "sv")


def test_a_question_the_proposal_cannot_answer_is_an_error(
    rulebook: Rulebook, proposal: Rulebook
) -> None:
    early = named("E-1", TO_PLAN, on="1900-01-01")
    simulation = simulate(rulebook, proposal, lines(early))
    assert [(f.identity, f.error.field) for f in simulation.failures] == [("E-1", "on")]


def test_it_is_told_to_readers_and_machines(simulation: Simulation) -> None:
    english, swedish = as_text(simulation, "en"), as_text(simulation, "sv")
    assert "3 would become more open" in english
    assert "2025:170/5: 3" in english
    assert "2 frågor skulle få ett mer slutet svar" in swedish
    assert "D-1" in swedish
    again = json.loads(json.dumps(as_json(simulation)))
    assert again["effects"] == {"opened": 3, "closed": 2, "otherwise": 1, "unchanged": 1}
    assert again["on"] == "2027-03-01"
    changed = [request["id"] for request in again["requests"]]
    assert changed == ["A-1", "A-2", "A-3", "B-1", "B-2", "C-2"]
    assert [failure["id"] for failure in again["failures"]] == ["line 9", "D-1"]


def test_long_lists_of_ids_are_cut(rulebook: Rulebook, proposal: Rulebook) -> None:
    many = [named(f"A-{number}", TO_POLICE) for number in range(MOST_IDS + 5)]
    simulation = simulate(rulebook, proposal, lines(*many), on=date(2027, 3, 1))
    assert "and 5 more" in as_text(simulation)
    assert len(simulation.by_giver()[0].ids) == MOST_IDS + 5
    assert len(as_json(simulation)["opened"]["by_giver"][0]["ids"]) == MOST_IDS
