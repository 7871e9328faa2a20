"""Which provisions and which ways out are proposed to whoever says no?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from samsyn.hub.cases.models import Case
from samsyn.hub.cases.provisions import provision
from samsyn.hub.disclosures.assessing import Assessment, Wanted, assess_question, question_about
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure, Question
from samsyn.hub.disclosures.reads import facts_to_tell, items_of
from samsyn.hub.disclosures.shown import ask_law, law_shown
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.language import said
from samsyn.hub.guard.lawwords import cited
from samsyn.hub.guard.refusals import Invalid
from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.kernel.citations import Citation, CitationError
from samsyn.kernel.text import Text

INSTEAD = (
    Text(
        sv="Fråga i en form som inte pekar ut någon, om det räcker för det ni ska göra.",
        en="Ask in a form that points to nobody, if that is enough for what you are to do.",
    ),
    Text(
        sv="Precisera vad ni behöver: en del av uppgiften kan ibland lämnas när helheten inte kan.",
        en="Say more closely what you need: a part can sometimes be given when the whole cannot.",
    ),
    Text(
        sv="Fråga igen om uppgiften behövs för ett annat ändamål, eller om läget ändras.",
        en="Ask again if the item is needed for another purpose, or if things change.",
    ),
)
WAYS = {
    "consent": Text(
        sv="Om den som sekretessen skyddar samtycker får uppgiften lämnas.",
        en="If the person whom the secrecy protects consents, the item may be given.",
    ),
    "org_crime_cooperation": Text(
        sv="Fråga inom den särskilt beslutade samverkan mot organiserad brottslighet, om saken "
        "hör dit.",
        en="Ask within the specially decided cooperation against organised crime, if the matter "
        "belongs there.",
    ),
    "wrong_payment_suspected": Text(
        sv="Ange om det finns anledning att anta att en utbetalning är felaktig.",
        en="Say whether there is reason to assume that a payment is wrong.",
    ),
    "child_at_risk": Text(
        sv="Ange om ett barn misstänks fara illa.",
        en="Say whether a child is suspected to come to harm.",
    ),
}
"""By the fact of the law that would open it: what the asker may do about it."""
OF_THE_ASKER = frozenset(
    {
        "crime.committed",
        "crime.act",
        "crime.prison_in_scale",
        "crime.expected_more_than_fine",
        "crime.min_months",
        "serious_violence_risk",
        "youth_crime_risk",
        "terrorism_risk",
    }
)
"""Facts of the law that the asker knows: the rulebook's own question about them is put back."""
MOST_WAYS = 4
WORDS = Text(
    sv="Vi kan inte lämna det ni frågar efter. Det hindras av sekretess enligt de bestämmelser "
    "som anges här.",
    en="We cannot give what you ask for. It is barred by secrecy under the provisions stated here.",
)


def words_for(grounds: Sequence[str], on: date) -> Text:
    """The words for the asker, with what the leading provision says in the rulebook's own words.

    They name the kind of thing that is protected and never whether there is such a thing.
    """
    if not grounds:
        return WORDS
    known = provision(grounds[0], on)
    if known.title is None or known.summary is None:
        return WORDS
    return Text(
        sv="Vi kan inte lämna det ni frågar efter. Det hindras av sekretess enligt "
        f"{cited(grounds[0], 'sv')} ({_low(known.title.sv)}). Så här lyder bestämmelsen i korthet: "
        f"{_first_sentence(known.summary.sv)}",
        en="We cannot give what you ask for. It is barred by secrecy under "
        f"{cited(grounds[0], 'en')} ({_low(known.title.en)}). In short, the provision says: "
        f"{_first_sentence(known.summary.en)}",
    )


def refusal_first(grounds: Sequence[str], on: date) -> dict[str, Any]:
    """What the form of a refusal is filled in with, for the officer to change."""
    words = said(words_for(grounds, on))
    return {"grounds": list(grounds[:1]), "words": words, "instead": ["0", "1"]}


def _low(title: str) -> str:
    return title[:1].lower() + title[1:]


def _first_sentence(summary: str) -> str:
    """Enough for a letter: the exceptions stand in the text of the law."""
    first, stop, _ = summary.partition(". ")
    return f"{first}." if stop else summary


def proposals(actor: Actor, question: Question) -> tuple[list[str], list[Text]]:
    """Provisions and ways out, from the law's answer on the facts of the case it was placed in.

    Nothing but the provisions that hold for such facts is proposed when nothing has been placed.
    """
    if question.case is None:
        return [], list(INSTEAD)
    answers = _answers(actor, question, question.case)
    return _grounds(answers), [*INSTEAD, *_ways(answers)]


def proposals_of_draft(
    actor: Actor, draft: Disclosure
) -> tuple[list[str], list[Text], list[DisclosedFact]]:
    """The same from what the law says of the facts of a draft, and those facts."""
    items = items_of(actor, draft)
    answers = list(ask_law(actor, draft, items).answers.values())
    return _grounds(answers), [*INSTEAD, *_ways(answers)], items


def _answers(actor: Actor, question: Question, case: Case) -> list[Assessment]:
    wanted = Wanted(
        receiver=question.asker, purpose=question.purpose, initiative="request", on=actor.day
    )
    raws: list[dict[str, Any]] = []
    for fact in facts_to_tell(actor, case):
        raw = question_about(fact, actor.agency, wanted)
        if raw not in raws:
            raws.append(raw)
    return [assess_question(raw) for raw in raws]


def _grounds(answers: Iterable[Assessment]) -> list[str]:
    """What makes the facts secret first, then what shuts opening rules out."""
    shown = [law_shown(answer) for answer in answers]
    secrecy = [cite for law in shown for cite in law.secrecy]
    return list(dict.fromkeys([*secrecy, *(cite for law in shown for cite in law.locks)]))


def _ways(answers: Iterable[Assessment]) -> list[Text]:
    """What would open it, said to whoever asked; only what an asker can do something about."""
    codes = dict.fromkeys(
        code for answer in answers if answer.outcome == "must_not" for code in answer.asks
    )
    return [way for code in codes if (way := _way(code)) is not None][:MOST_WAYS]


def _way(code: str) -> Text | None:
    if code in WAYS or code not in OF_THE_ASKER:
        return WAYS.get(code)
    question = current_rulebook().vocabulary.facts[code].question
    return Text(
        sv=f"Svara på det här när ni frågar igen: {question.sv}",
        en=f"Answer this when you ask again: {question.en}",
    )


def read_ground(text: str) -> str:
    """A provision as an officer writes it: ``OSL 27:1`` or ``2024:307/4``; empty when nothing.

    Raises:
        Invalid: if it is no provision.
    """
    written = text.strip()
    if not written:
        return ""
    if written[:3].upper() == "OSL":
        written = f"2009:400/{written[3:].strip()}"
    try:
        return str(Citation.parse(written))
    except CitationError:
        raise Invalid(
            "other_ground",
            Text(
                sv="Skriv bestämmelsen som OSL 27:1 eller 2024:307/4.",
                en="Write the provision as OSL 27:1 or 2024:307/4.",
            ),
        ) from None
