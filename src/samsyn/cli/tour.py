"""``samsyn law tour``: a narrated tour of the law engine on everyday situations."""

from __future__ import annotations

import argparse
import textwrap
from pathlib import Path

from samsyn.cli.render import WIDTH, as_text
from samsyn.kernel.text import Language, Text
from samsyn.law.answer import Answer
from samsyn.law.batch import score
from samsyn.law.loading import packaged_folder
from samsyn.law.phrases import OUTCOMES, TESTS
from samsyn.law.rulebook import Rulebook
from samsyn.law.situations import EverydaySituation, EverydaySituations

WELCOME = Text(
    sv="Samsyn: får detta berättas, för vem, för vad, vilken dag, och varför?\n"
    "Tio vardagssituationer vid ett arbetslivskriminalitetscenter, var och en ställd på fyra "
    "dagar. Maskinen förklarar och en människa avväger och beslutar.",
    en="Samsyn: may this be told, to whom, for what, on which day, and why?\n"
    "Ten everyday situations at a joint centre against work-life crime, each asked on four days. "
    "The machine explains, and a person weighs and decides.",
)
UNCHANGED = Text(sv="oförändrat", en="unchanged")
GROUND = Text(sv="grund", en="ground")
WEIGH = Text(sv="avvägning", en="weighing")
ONE_WHOLE = Text(
    sv="Ett helt svar, så som det visas när man frågar",
    en="One whole answer, as it is shown to the one who asks",
)
WORKED = Text(
    sv="Mot de utredda fallen i ../shared: {shown}",
    en="Against the worked cases in ../shared: {shown}",
)
NEXT = Text(
    sv="Gå vidare: .venv/bin/samsyn law ask   (frågor och svar)\n"
    "           .venv/bin/samsyn law diff --before 2025-11-30 --after 2025-12-01\n"
    "           .venv/bin/samsyn law check\n"
    "           docs/guides/officer.md",
    en="Go on: .venv/bin/samsyn law ask   (questions and answers)\n"
    "       .venv/bin/samsyn law diff --before 2025-11-30 --after 2025-12-01\n"
    "       .venv/bin/samsyn law check\n"
    "       docs/guides/officer.md",
)


def run_tour(options: argparse.Namespace) -> int:
    """Narrate the situations of the rulebook."""
    language: Language = options.language
    folder = options.rulebook or packaged_folder()
    rulebook = Rulebook.load(folder)
    situations = EverydaySituations.of(folder)
    for line in WELCOME.into(language).splitlines():
        print(textwrap.fill(line, WIDTH))
    last: Answer | None = None
    for number, situation in enumerate(situations.entries, start=1):
        _narrate(rulebook, situations, situation, number, language)
        if last is None:
            *_, (_, last) = situations.answers(rulebook, situation)
    print(f"\n=== {ONE_WHOLE.into(language)} ===\n")
    if last is not None:
        print(as_text(last, language))
    _worked_cases(rulebook, language)
    print(NEXT.into(language))
    return 0


def _narrate(
    rulebook: Rulebook,
    situations: EverydaySituations,
    situation: EverydaySituation,
    number: int,
    language: Language,
) -> None:
    print(f"\n--- {number}. {situation.title.into(language)} ---")
    print(textwrap.fill(situation.story.into(language), WIDTH))
    before: tuple[object, ...] = ()
    for day, answer in situations.answers(rulebook, situation):
        now = (answer.outcome, answer.test, answer.grounds, answer.excluded_by)
        if now == before:
            print(f"  {day}  {UNCHANGED.into(language)}")
            continue
        before = now
        print(f"  {day}  {OUTCOMES[answer.outcome].into(language)}")
        details = []
        if answer.test != "none":
            details.append(f"{WEIGH.into(language)}: {TESTS[answer.test].into(language)}")
        cites = answer.grounds or answer.excluded_by
        details.append(f"{GROUND.into(language)}: {', '.join(cites)}")
        for detail in details:
            print(f"              {detail}")
    lesson = situation.lesson.into(language)
    print(textwrap.fill(lesson, WIDTH, initial_indent="  => ", subsequent_indent="     "))


def _worked_cases(rulebook: Rulebook, language: Language) -> None:
    path = Path("..") / "shared" / "law" / "scenarios.jsonl"
    if not path.is_file():
        return
    found = score(rulebook, path.read_text(encoding="utf-8").splitlines())
    shown = ", ".join(
        f"{confidence} {found.agreed.get(confidence, 0)}/{total}"
        for confidence, total in found.total.items()
    )
    print(WORKED.into(language).format(shown=shown) + "\n")
