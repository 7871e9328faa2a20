"""Keep what an officer has chosen in a draft, so that what is shown is exactly what would leave."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from samsyn.hub.cases.closed_field import is_closed
from samsyn.hub.cases.closed_texts import STILL_CLOSED, open_for
from samsyn.hub.cases.models import Fact
from samsyn.hub.disclosures.actions.items import choose_items, light_items
from samsyn.hub.disclosures.actions.preparing import change_version, only_draft, usual_title
from samsyn.hub.disclosures.leaving import shortened
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure
from samsyn.hub.disclosures.passing_on import last_day
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.refusals import Invalid
from samsyn.kernel.text import Text

ADDED = Text(
    sv="Det som lämnas ut ska vara uppgiften eller delar av den: du kan ta bort ord, inte lägga "
    "till. Skriv något nytt som en egen uppgift.",
    en="What leaves is the fact or parts of it: you can take words away, not add any. Write "
    "something new as a fact of its own.",
)
EMPTY = Text(
    sv="Inget är kvar av uppgiften; välj i stället att den inte lämnas ut.",
    en="Nothing is left of the fact; choose instead that it does not leave.",
)


def keep_draft(
    *,
    actor: Actor,
    draft: Disclosure,
    version: int,
    leaving: Collection[UUID],
    texts: Mapping[UUID, str],
    with_files: Collection[UUID] = (),
    valid_to: date | None = None,
    told_title: str = "",
    told_words: str = "",
    weighing: str = "",
    completes: bool | None = None,
) -> bool:
    """Keep which facts of a draft leave, with which text, until when and with which words.

    An item that the law does not open cannot be chosen. Nothing leaves by this. ``completes`` says
    whether the question is answered whole by it; None lets that be as it is.

    Returns:
        Whether what would leave is another now. The weighing does not leave.

    Raises:
        Invalid: naming the field; for a text ``text-`` and the id of its item.
        Conflict: if the draft has changed since it was shown.
        Refused: if it is no draft any more.
    """
    only_draft(draft)
    if valid_to is not None and valid_to < actor.day:
        raise Invalid(
            "valid_to",
            Text(sv="Ange en sista dag som inte har varit.", en="Give a last day not yet past."),
        )
    goes_along: dict[str, Any] = {
        "valid_to": valid_to or draft.valid_to,
        "told_title": (told_title.strip() or usual_title(draft.agency))[:200],
        "told_words": told_words.strip(),
        "completes": draft.completes if completes is None else completes,
    }
    fields = {**goes_along, "weighing": weighing.strip()}
    items = light_items(actor, draft)
    open_for(actor, draft.case_id, [item.fact for item in items if item.pk in leaving])
    _check_last_day(goes_along["valid_to"], [item.fact for item in items if item.pk in leaving])
    changed = [
        (item, wanted)
        for item in items
        if (wanted := _wanted(item, leaving, texts, with_files))
        != {"left_out": item.left_out, "text": item.text, "with_files": item.with_files}
    ]
    another = any(getattr(draft, name) != value for name, value in goes_along.items())
    if not changed and not another and draft.weighing == fields["weighing"]:
        return False
    with act(
        actor, "disclosure.prepare", case=draft.case_id, matter=draft.matter, objects=[draft]
    ) as entry:
        entry.detail = "draft changed"
        change_version(actor, draft, version, **fields)
        choose_items(changed)
    draft.refresh_from_db()
    return bool(changed) or another


def _check_last_day(wanted: date | None, facts: list[Fact]) -> None:
    """What was given by another agency is not read elsewhere for longer than here."""
    if wanted is not None and (last := last_day(facts, wanted)) < wanted:
        raise Invalid(
            "valid_to",
            Text(
                sv=f"En uppgift har ni själva fått till och med {last}. Välj den dagen eller "
                "tidigare, eller utelämna uppgiften.",
                en=f"One fact was given to you until {last}. Choose that day or an earlier one, or "
                "leave the fact out.",
            ),
        )


def _wanted(
    item: DisclosedFact,
    leaving: Collection[UUID],
    texts: Mapping[UUID, str],
    with_files: Collection[UUID],
) -> dict[str, object]:
    if item.pk not in leaving:
        return {"left_out": True, "text": item.text, "with_files": False}
    if is_closed(item.fact):
        raise Invalid(f"text-{item.pk}", STILL_CLOSED)
    text = shortened(item.fact.text, texts.get(item.pk, item.text))
    if not text:
        raise Invalid(f"text-{item.pk}", ADDED if text is None else EMPTY)
    return {"left_out": False, "text": text, "with_files": item.pk in with_files}
