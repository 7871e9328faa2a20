"""Mark a received fact more strictly than its giver did.

What came with it stays: only whoever gave it takes that off. What is added here is remembered as
added here, and is lifted here by two persons, until the giver says the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connections

from samsyn.hub.cases.actions.remarking import remark
from samsyn.hub.cases.closed_field import MARK
from samsyn.hub.cases.closed_texts import words_of
from samsyn.hub.cases.models import Fact
from samsyn.hub.cases.secrecy import MARK_NAMES
from samsyn.hub.cases.telling import tell
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.lawwords import cited
from samsyn.hub.guard.refusals import Invalid
from samsyn.hub.registry.searching import tokens_in
from samsyn.kernel.text import Text


def sharpen(*, actor: Actor, fact: Fact, secrecy: Sequence[str], marks: Sequence[str]) -> None:
    """Add provisions and marks to a received fact.

    Args:
        actor, fact: who marks what.
        secrecy, marks: all that is to hold, in their normal form.

    Raises:
        Invalid: if something of it would be taken off, or nothing is added.
    """
    whole, before = [*secrecy, *marks], [*fact.secrecy, *fact.marks]
    if lost := [part for part in before if part not in whole]:
        raise _stays(fact, lost)
    added = [part for part in whole if part not in before]
    if not added:
        raise Invalid(
            "marks",
            Text(
                sv="Lägg till en bestämmelse eller ett märke, eller gå tillbaka.",
                en="Add a provision or a mark, or go back.",
            ),
        )
    with act(actor, "fact.mark", case=fact.case_id, matter=fact.case.matter) as entry:
        entry.detail = f"added to what {fact.received_from} gave"
        entry.touches(fact)
        words = tokens_in(words_of(fact, [MARK]))
        with connections["default"].cursor() as cursor:
            cursor.execute(
                "select cases_mark_copy(%s, %s, %s, %s, %s)",
                [fact.pk, [*secrecy], [*marks], words, entry.write()],
            )
        tell(entry, fact.case, about=fact, secrecy=[*secrecy], marks=[*marks])
        remark(entry, fact.case, fact=fact.pk)


def _stays(fact: Fact, lost: Sequence[str]) -> Invalid:
    """Why something cannot be unticked here, and what to do instead."""
    swedish, english = (
        ", ".join(
            MARK_NAMES[part].into(language) if part in MARK_NAMES else cited(part, language)
            for part in lost
        )
        for language in ("sv", "en")
    )
    if set(lost) <= set(fact.added):
        return Invalid(
            "marks",
            Text(
                sv=f"{swedish} har satts hos er och hävs av två personer: begär att "
                "sekretessmarkeringen hävs.",
                en=f"{english} was set with you and is lifted by two persons: ask for the secrecy "
                "mark to be lifted.",
            ),
        )
    giver = fact.received_from
    return Invalid(
        "marks",
        Text(
            sv=f"{swedish} följde med från {giver} och hävs bara där. Låt det stå, och fråga "
            f"{giver} om det fortfarande behövs.",
            en=f"{english} came along from {giver} and is lifted only there. Leave it, and ask "
            f"{giver} whether it is still needed.",
        ),
    )
