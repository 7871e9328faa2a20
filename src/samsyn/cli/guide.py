"""``samsyn law guide``: the officer's guide, made from situations and answers."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from samsyn.kernel.text import Language, Text
from samsyn.law.answer import Answer
from samsyn.law.loading import packaged_folder
from samsyn.law.phrases import OUTCOMES, TESTS
from samsyn.law.rulebook import Rulebook
from samsyn.law.situations import EverydaySituation, EverydaySituations

TITLE = Text(
    sv="Handläggarens guide: tio vardagssituationer",
    en="The officer's guide: ten everyday situations",
)
INTRO = Text(
    sv="Metodstöd för den som sitter vid ett arbetslivskriminalitetscenter. Varje situation är "
    "ställd på fyra dagar: dagen före lagen (2024:307), dess första dag, första dagen för lagen "
    "(2025:170) om uppgifter till de brottsbekämpande myndigheterna, och första dagen för OSL "
    "10 kap. 15 a §. Svaren är regelbokens; sidan görs med `samsyn law guide` och ett test ser "
    "till att den är densamma som motorn svarar. Läs också [vad motorn inte är](../limits.md).",
    en="Method support for those who work at a joint centre. Each situation is asked on four days: "
    "the day before the act (2024:307), its first day, the first day of the act (2025:170) on "
    "information to law enforcement, and the first day of OSL 10:15 a. The answers are the "
    "rulebook's; the page is made by `samsyn law guide`, and a test sees that it says what the "
    "engine answers. Read [what the engine is not](../limits.md) as well.",
)
HOW = Text(
    sv="""## Så läser du ett svar

| Utfall | Vad du gör |
|---|---|
| Uppgiften ska lämnas ut | Lämna den, med hänvisning till grunden. |
| Först efter en avvägning | Svara på frågorna, skriv vad som talar för och emot, besluta. \
Prövningens ord ger utgångspunkten: *lämna ut om inte …* eller *lämna ut bara om …*. |
| Uppgiften får lämnas ut | Du får, men måste inte, om ingen har begärt den. |
| Uppgiften får inte lämnas ut | Titta under ”Vad skulle öppna” i svaret: ett annat verkligt \
ändamål, en begäran i stället för eget initiativ, samtycke, eller en del av uppgiften. |
| Uppgiften är offentlig | Vem som helst kan få den. |

Fråga alltid på nytt när uppgiften sänds: lagen kan ha ändrats sedan du frågade.""",
    en="""## How to read an answer

| Outcome | What you do |
|---|---|
| The item must be disclosed | Give it, citing the ground. |
| Only after a weighing | Answer the questions, write what speaks for and against, decide. \
The words of the test give the starting point: *disclose unless …* or *disclose only if …*. |
| The item may be disclosed | You may, but need not, if nobody has asked for it. |
| The item must not be disclosed | Look under "What would open it" in the answer: another real \
purpose, a request instead of own initiative, consent, or a part of the item. |
| The item is open to anyone | Anyone can have it. |

Always ask again when the item is sent: the law may have changed since you asked.""",
)
COLUMNS = Text(
    sv="| Dag | Utfall | Avvägning | Grund eller hinder |\n|---|---|---|---|",
    en="| Day | Outcome | Weighing | Ground or obstacle |\n|---|---|---|---|",
)
REMEMBER = Text(sv="**Att ta med sig.**", en="**To take with you.**")
WEIGH = Text(sv="Frågor att väga den sista dagen:", en="Questions to weigh on the last day:")
DASH = "–"


def run_guide(options: argparse.Namespace) -> int:
    """Write the guide to the screen."""
    folder = options.rulebook or packaged_folder()
    print(guide(Rulebook.load(folder), EverydaySituations.of(folder), options.language))
    return 0


def guide(rulebook: Rulebook, situations: EverydaySituations, language: Language) -> str:
    """The guide as Markdown."""
    parts = [f"# {TITLE.into(language)}", INTRO.into(language), HOW.into(language)]
    for number, situation in enumerate(situations.entries, start=1):
        parts.extend(_situation(rulebook, situations, situation, number, language))
    return "\n\n".join(parts)


def _situation(
    rulebook: Rulebook,
    situations: EverydaySituations,
    situation: EverydaySituation,
    number: int,
    language: Language,
) -> Iterator[str]:
    yield f"## {number}. {situation.title.into(language)}"
    yield situation.story.into(language)
    rows = [COLUMNS.into(language)]
    last: Answer | None = None
    for day, answer in situations.answers(rulebook, situation):
        test = TESTS[answer.test].into(language) if answer.test != "none" else DASH
        cites = ", ".join(answer.grounds or answer.excluded_by)
        rows.append(f"| {day} | {OUTCOMES[answer.outcome].into(language)} | {test} | {cites} |")
        last = answer
    yield "\n".join(rows)
    yield f"{REMEMBER.into(language)} {situation.lesson.into(language)}"
    if last is not None:
        questions = last.human_questions
        texts = (*questions.speaks_for, *questions.speaks_against, *questions.at_receiver)
        if texts:
            bullets = "\n".join(f"- {text.into(language)}" for text in texts)
            yield f"{WEIGH.into(language)}\n\n{bullets}"
