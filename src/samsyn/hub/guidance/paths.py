"""What does an everyday situation look like step by step, on the day somebody chooses?

Nothing the law says is stored: each time the engine is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samsyn.hub.guidance.loading import Guidance
from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Text
from samsyn.law import Answer
from samsyn.law.change_words import changes_in_words
from samsyn.law.explain import HumanQuestions, Step
from samsyn.law.phrases import OUTCOMES, STRENGTHS, TESTS
from samsyn.law.situations import EverydaySituation

STEPS: tuple[tuple[str, Text], ...] = (
    ("story", Text(sv="Vad har hänt?", en="What has happened?")),
    ("holder", Text(sv="Vem har uppgiften?", en="Who holds the item?")),
    ("secrecy", Text(sv="Vilken sekretess gäller?", en="Which secrecy holds?")),
    (
        "purpose",
        Text(sv="Till vem, för vad och vilken dag?", en="To whom, for what, which day?"),
    ),
    ("law", Text(sv="Vad säger lagen?", en="What does the law say?")),
    ("weigh", Text(sv="Vad ska du väga?", en="What do you weigh?")),
    ("opens", Text(sv="Vad skulle öppna mer?", en="What would open it more?")),
    ("lesson", Text(sv="Ta med dig", en="Take with you")),
)
"""The steps of a guided path, in order."""
REASONING = frozenset(
    "branch not_secret lock nearly duty permission reservation closed request foreign".split()
)
"""Stages of the engine's reasoning that tell why; the others are shown in steps of their own."""


@dataclass(frozen=True, slots=True)
class DayAnswer:
    """The answer on one of several days.

    Attributes:
        day: the day.
        outcome: what the law says, as a sentence.
        look: the outcome's code.
        test: the weighing; None without one.
        cites: ground or obstacle.
        changed: whether it differs from the day before in the list.
    """

    day: date
    outcome: Text
    look: str
    test: Text | None
    cites: tuple[str, ...]
    changed: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A secrecy provision that holds at the giver."""

    cite: str
    title: Text
    strength: Text | None


@dataclass(frozen=True, slots=True)
class Path:
    """A situation on a day.

    Attributes:
        situation: what happens.
        day: the day it is asked on.
        giver, receiver: codes of the agencies.
        activity, function, purpose: in words.
        on_request: whether the receiver asks.
        secrecy: what makes the item secret at the giver.
        answer: what the law says that day.
        outcome, test: of the answer, in words.
        cites: its ground or obstacle.
        reasoning: why.
        weigh: what a person weighs.
        opens: the smallest changes that would open it more.
        history: the answer on several days.
    """

    situation: EverydaySituation
    day: date
    giver: str
    receiver: str
    activity: Text
    function: Text
    purpose: Text
    on_request: bool
    secrecy: tuple[Held, ...]
    answer: Answer
    outcome: Text
    test: Text | None
    cites: tuple[str, ...]
    reasoning: tuple[Step, ...]
    weigh: HumanQuestions
    opens: tuple[Text, ...]
    history: tuple[DayAnswer, ...]


def path_of(guidance: Guidance, situation: EverydaySituation, day: date) -> Path:
    """A situation as it is on a day.

    Raises:
        FieldError: if the rulebook does not cover the day.
    """
    answer = _ask(guidance, situation, day)
    words, question = guidance.rulebook.vocabulary, answer.question
    nothing = Text(sv="inte angiven", en="not stated")
    return Path(
        situation=situation,
        day=day,
        giver=question.giver,
        receiver=question.receiver,
        activity=_name(words.activities.known, question.activity) or nothing,
        function=_name(words.functions.known, question.receiver_function) or nothing,
        purpose=_name(words.purposes.known, question.purpose) or nothing,
        on_request=question.initiative == "request",
        secrecy=tuple(_held(answer)),
        answer=answer,
        outcome=OUTCOMES[answer.outcome],
        test=test_of(answer),
        cites=answer.grounds or answer.excluded_by,
        reasoning=tuple(step for step in answer.steps if step.stage in REASONING),
        weigh=answer.human_questions,
        opens=tuple(in_both(answer)),
        history=tuple(_history(guidance, situation, day)),
    )


def test_of(answer: Answer) -> Text | None:
    """The weighing that a person has to make, in words; None without one."""
    return TESTS[answer.test] if answer.test != "none" else None


def in_both(answer: Answer, outcome: str | None = None) -> list[Text]:
    """What would make an answer more open, in both languages."""
    swedish = changes_in_words(answer, "sv", outcome=outcome)
    english = changes_in_words(answer, "en", outcome=outcome)
    return [Text(sv=sv, en=en) for sv, en in zip(swedish, english, strict=True)]


def _ask(guidance: Guidance, situation: EverydaySituation, day: date) -> Answer:
    raw = {**situation.question, "on": day.isoformat()}
    return guidance.rulebook.ask(guidance.rulebook.read(raw))


def _name(known: object, code: str | None) -> Text | None:
    entry = known.get(code) if isinstance(known, dict) and code else None
    name = getattr(entry, "name", None)
    return name if isinstance(name, Text) else None


def _held(answer: Answer) -> list[Held]:
    found = []
    for secrecy in answer.case.secrecy:
        rule = answer.epoch.secrecy_rule(secrecy.citation, answer.case.categories)
        title = rule.title if rule else Text(sv=secrecy.text, en=secrecy.text)
        found.append(Held(secrecy.text, title, STRENGTHS[rule.strength] if rule else None))
    return found


def _history(guidance: Guidance, situation: EverydaySituation, chosen: date) -> list[DayAnswer]:
    found: list[DayAnswer] = []
    before: tuple[object, ...] = ()
    for day in sorted({*guidance.situations.days, chosen}):
        try:
            answer = _ask(guidance, situation, day)
        except FieldError:
            continue
        now = (answer.outcome, answer.test, answer.grounds, answer.excluded_by)
        found.append(
            DayAnswer(
                day=day,
                outcome=OUTCOMES[answer.outcome],
                look=answer.outcome,
                test=test_of(answer),
                cites=answer.grounds or answer.excluded_by,
                changed=bool(before) and now != before,
            )
        )
        before = now
    return found
