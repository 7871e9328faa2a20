"""Is it right that one may not have it? The belief of somebody who did not ask, put to the law."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from samsyn.hub.disclosures.assessing import BETWEEN_AGENCIES, WEIGHED, Assessment, assess_question
from samsyn.hub.disclosures.obstacles import plain_question
from samsyn.hub.guard.actor import Actor
from samsyn.kernel.text import Text

Verdict = Literal["open", "weighed", "hangs_on", "closed"]
SAID: dict[Verdict, Text] = {
    "open": Text(
        sv="Du får fråga. Lagen öppnar för att uppgiften lämnas till er.",
        en="You may ask. The law opens for the item to be given to you.",
    ),
    "weighed": Text(
        sv="Du får fråga. Den som har uppgiften ska göra en avvägning, och den kan gå er väg.",
        en="You may ask. Whoever holds the item makes a weighing, and it may go your way.",
    ),
    "hangs_on": Text(
        sv="Du får fråga. Svaret hänger på sådant som bara den som har uppgiften vet.",
        en="You may ask. The answer hangs on what only the holder of the item knows.",
    ),
    "closed": Text(
        sv="Som du beskriver det står lagen i vägen. Se vad som skulle öppna.",
        en="As you describe it, the law stands in the way. See what would open it.",
    ),
}


class Belief(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody needs and from whom, and what the law says of it.

    Attributes:
        giver, item_kind, purpose: from whom, what and for what.
        law: the answer.
        verdict: the answer in one word.
    """

    giver: str
    item_kind: str
    purpose: str
    law: Assessment
    verdict: Verdict

    @property
    def said(self) -> Text:
        """The verdict as a sentence."""
        return SAID[self.verdict]

    @property
    def mistaken(self) -> bool:
        """Whether one may ask after all."""
        return self.verdict != "closed"

    @property
    def provisions(self) -> list[str]:
        """What stands in the way: nothing when the law opens, else what has to be overcome.

        What opens is no obstacle, and counted as one it would put the blame on the wrong rule.
        """
        if self.verdict == "open":
            return []
        return self.law.excluded_by or secrecy_of(self.law) or [BETWEEN_AGENCIES]


def believe(*, actor: Actor, giver: str, item_kind: str, purpose: str) -> Belief:
    """Ask the law whether an item of a kind may be given to the actor's agency.

    Raises:
        Invalid: if the law cannot be asked, naming the field.
    """
    return belief_of(
        agency=actor.agency, on=actor.day, giver=giver, item_kind=item_kind, purpose=purpose
    )


def belief_of(*, agency: str, on: date, giver: str, item_kind: str, purpose: str) -> Belief:
    """Ask the law on a day whether an item of a kind may be given to an agency.

    Raises:
        Invalid: if the law cannot be asked, naming the field.
    """
    raw = plain_question(giver=giver, receiver=agency, purpose=purpose, on=on, item_kind=item_kind)
    law = assess_question(raw)
    return Belief(giver=giver, item_kind=item_kind, purpose=purpose, law=law, verdict=_verdict(law))


def secrecy_of(law: Assessment) -> list[str]:
    """What makes the item secret, as the reasoning of the law names it."""
    named = (cite for step in law.steps if step["stage"] == "secrecy" for cite in step["cites"])
    return list(dict.fromkeys(named))


def _verdict(law: Assessment) -> Verdict:
    if law.outcome == WEIGHED:
        return "weighed"
    if law.opens:
        return "open"
    return "hangs_on" if law.ask_first else "closed"
