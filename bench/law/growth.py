"""Does a decision get slower when the law grows from 6 to 600 provisions?

The rulebooks are made up and written to a temporary folder: the words, agencies and facts of the
packaged one, and an act of generated duties between agencies drawn by lot. Each larger rulebook
holds the smaller one.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import yaml

from bench.law.measure import Line, Section, cpu
from samsyn.law import Question, Rulebook
from samsyn.law.loading import packaged_folder, read_content

SIZES = (6, 60, 600)
LIMIT = 4.0
SEED = 7
QUESTIONS = 1_000
LOOPS = 20
ON = date(2026, 3, 1)
SECRECY = "2009:400/28:14"
PURPOSES = (
    "joint_inspection_plan joint_inspection_execute own_supervision own_tax_control "
    "detect_rule_breach crime_intelligence prevent_wrong_payment permit_case"
).split()
AUTHORITIES = (
    "AF AV EBM FK JäMy MV PM SKV ÅM KFM BOLV TULL KOMMUN KOMMUN_SOC REGION_VARD CSN PENS IVO "
    "EHM FI LST UTBM SCB SKOLI"
).split()


def measure() -> list[Section]:
    """Write, read and ask a rulebook of each size, spread out and all between the same two."""
    lines: list[Line] = []
    with tempfile.TemporaryDirectory() as folder:
        for spread in (True, False):
            lines += _lines(Path(folder) / str(spread), spread=spread)
    about = (
        "Duties with a purpose and a test between two givers and two receivers drawn by lot from "
        f"{len(AUTHORITIES)} authorities; {QUESTIONS} questions between the parties of the first "
        "six duties, about provisions that the duties open or not. Below them the hardest case: "
        "every duty lies between the same two agencies, so all of them are in the question's way."
    )
    return [Section("From 6 to 600 provisions", about, lines)]


def _lines(folder: Path, *, spread: bool) -> Iterator[Line]:
    asked = list(_questions(spread=spread))
    warm: dict[int, float] = {}
    cold: dict[int, float] = {}
    place = "spread out" if spread else "all between the same two"
    for size in SIZES:
        _write(folder / str(size), size, spread=spread)
        content = read_content(folder / str(size))
        # Not checked: circles and agencies of the packaged rulebook cite acts left out here.
        rulebook = Rulebook(content, f"made up, {size} provisions")
        assert len(content.blocks) == size
        warm[size] = _warm(rulebook, asked)
        cold[size] = _cold(rulebook, asked)
        yield Line(f"{place}, {size}: warm", warm[size], "µs CPU")
        yield Line(f"{place}, {size}: question not met before", cold[size], "µs CPU")
    for name, found in (("warm", warm), ("question not met before", cold)):
        growth = found[SIZES[-1]] / found[SIZES[0]]
        limit = LIMIT if spread else None
        yield Line(f"{place}: growth from 6 to 600, {name}", growth, "times", limit)


def _warm(rulebook: Rulebook, asked: list[Question]) -> float:
    tables = rulebook.compile(ON)
    cells = [
        (
            tables.item_class(
                giver=question.giver, secrecy=question.secrecy, facts=dict(question.facts)
            ),
            tables.situation(
                receiver=question.receiver,
                purpose=question.purpose,
                initiative=question.initiative,
            ),
        )
        for question in asked
    ]
    for cell in cells:
        assert tables.ask(*cell).steps

    def work() -> None:
        ask = tables.ask
        for _ in range(LOOPS):
            for item, situation in cells:
                answer = ask(item, situation)
                answer.outcome, answer.grounds, answer.steps  # noqa: B018

    return cpu(work).each(LOOPS * len(asked)).median * 1e6


def _cold(rulebook: Rulebook, asked: list[Question]) -> float:
    fresh: list[Rulebook] = []

    def prepare() -> None:
        fresh[:] = [Rulebook(rulebook.content, rulebook.version)]
        # Which rules lie between two agencies is found once for the two, and belongs to loading.
        fresh[0].ask(asked[0])
        for question in asked:
            fresh[0].epoch(ON).rules_between(question.giver, question.receiver, foreign=False)

    def work() -> None:
        for question in asked:
            fresh[0].ask(question)

    return cpu(work, before=prepare).each(len(asked)).median * 1e6


def _questions(*, spread: bool) -> Iterator[Question]:
    chance = random.Random(SEED + 1)
    duties = [_duty(number, spread=spread) for number in range(SIZES[0])]
    seen: set[Question] = set()
    while len(seen) < QUESTIONS:
        givers, receivers, _ = chance.choice(duties)
        question = Question(
            on=ON,
            giver=chance.choice(givers),
            receiver=chance.choice(receivers),
            purpose=chance.choice(PURPOSES),
            initiative=chance.choice(("request", "own")),
            secrecy=(f"2009:400/{chance.randrange(22, 30)}:{chance.randrange(1, 15)}",),
            facts=(("harm", "met"),),
        )
        if question not in seen:
            seen.add(question)
            yield question


def _duty(number: int, *, spread: bool) -> tuple[list[str], list[str], list[str]]:
    chance = random.Random(SEED * 1_000 + number)
    parties = chance.sample(AUTHORITIES, 4)
    givers, receivers = (parties[:2], parties[2:]) if spread else (["SKV"], ["AV"])
    return givers, receivers, chance.sample(PURPOSES, 2)


def _write(folder: Path, size: int, *, spread: bool) -> None:
    shutil.copytree(packaged_folder(), folder)
    shutil.rmtree(folder / "acts")
    (folder / "acts").mkdir()
    act = {
        "act": "2019:1000",
        "title": {"sv": "Påhittad lag", "en": "A made-up act"},
        "from": date(2020, 1, 1),
        "to": "open",
        "blocks": [_block(number, spread=spread) for number in range(size)],
    }
    text = yaml.safe_dump(act, allow_unicode=True, sort_keys=False)
    (folder / "acts" / "2019-1000.yaml").write_text(text, encoding="utf-8")


def _block(number: int, *, spread: bool) -> dict[str, object]:
    givers, receivers, purposes = _duty(number, spread=spread)
    text = {"sv": f"Påhittad skyldighet {number}", "en": f"Made-up duty {number}"}
    return {
        "kind": "breaking",
        "rule": f"made-up-duty-{number}",
        "code": f"X{number}",
        "cite": f"2019:1000/{number + 1}",
        "grounds_with": ["2009:400/10:28"],
        "from": date(2020, 1, 1),
        "to": "open",
        "title": text,
        "summary": text,
        "force": "duty",
        "givers": {"codes": givers},
        "receivers": {"codes": receivers},
        "purposes": purposes,
        "initiative": "both",
        "opens": {"except": ["25:1-8", "26:1-6", "29:1-2"]},
        "test": "overriding_reasons_against",
        "source": {"text": "made up for the benchmark"},
        "review": "draft",
    }
