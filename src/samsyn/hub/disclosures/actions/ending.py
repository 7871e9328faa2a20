"""Tell the giver what came of it; say that a purpose has ended; lock what came for it."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from django.db import connections

from samsyn.hub.cases.telling import tell
from samsyn.hub.disclosures.assessing import SHORTEST_WEIGHING, WEIGHED, Assessment
from samsyn.hub.disclosures.models import Receipt
from samsyn.hub.disclosures.question_sets import NOT_YET, ReportKind, known_questions
from samsyn.hub.disclosures.telling_law import assess_telling
from samsyn.hub.disclosures.words_law import no_facts_in_words
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.refusals import Invalid, Refused
from samsyn.kernel.text import Text

JOINT, FOLLOW_UP = "joint_inspection", "joint_inspection_followup"


def report_back(
    *,
    actor: Actor,
    receipt: Receipt,
    code: str,
    activity: str,
    words: str = "",
    weighing: str = "",
) -> None:
    """Tell the giver what came of what it gave. The law is asked first: it reveals what one does.

    Args:
        actor, receipt: who reports, at the receiver, on what came in.
        code: what came of it, one of the rulebook's.
        activity: in which activity that stands at one's own agency; the secrecy depends on it.
        words: free words, which tell no fact of a case.
        weighing: the officer's own words, where the law asks for a weighing; they stay.

    Raises:
        Invalid: naming the field.
        Refused: with the provision, if the law does not open it; or if it has been reported.
    """
    kind = known_questions().reports.get(code)
    if kind is None:
        raise Invalid("code", Text(sv="Välj vad som kom av det.", en="Choose what came of it."))
    _not_reported(receipt)
    no_facts_in_words(actor, receipt.case, words, but_from=receipt.giver)
    # The weighing stands in the timeline, which outlives what came.
    no_facts_in_words(actor, receipt.case, weighing, but_from="", field="weighing")
    law = assess_report(actor, receipt, kind, activity)
    _opens(law, weighing)
    with act(actor, "disclosure.report", case=receipt.case_id, matter=receipt.case.matter) as entry:
        entry.touches(receipt)
        entry.ground, entry.rulebook, entry.detail = law.ground, law.rulebook, code
        number = entry.write()
        _call("report_back", receipt.pk, code, words.strip(), actor.name, number)
        tell(
            entry,
            receipt.case,
            about=receipt,
            giver=receipt.giver,
            code=code,
            weighing=weighing.strip() if law.outcome == WEIGHED else "",
        )
    _read_anew(receipt)


def assess_report(actor: Actor, receipt: Receipt, kind: ReportKind, activity: str) -> Assessment:
    """What the law says of telling the giver what a report reveals."""
    joint = receipt.purpose_group == JOINT
    return assess_telling(
        actor,
        receipt.giver,
        kind.tells,
        activity=activity,
        purpose=FOLLOW_UP if joint else receipt.purpose,
    )


def may_report(receipt: Receipt) -> bool:
    """Whether something may still be told of what came of it."""
    told = receipt.came_at is not None and receipt.came_of_it != NOT_YET
    return receipt.state in ("received", "locked") and not told


def _not_reported(receipt: Receipt) -> None:
    if not may_report(receipt):
        raise Refused(
            Text(
                sv="Det är redan återrapporterat, eller återkallat.",
                en="It has been reported already, or was recalled.",
            ),
            next_step=Text(
                sv="Vill du säga mer, ställ en fråga eller lämna ut en uppgift.",
                en="To say more, ask a question or disclose a fact.",
            ),
        )


def _opens(law: Assessment, weighing: str) -> None:
    if not law.opens:
        raise Refused(
            Text(
                sv="Rapporten skulle röja det som är hemligt hos er; inget har sänts.",
                en="The report would reveal what is secret with you; nothing has been sent.",
            ),
            next_step=Text(
                sv="Välj ett svar som säger mindre, eller låt bli att rapportera.",
                en="Choose an answer that tells less, or do not report.",
            ),
            ground=law.bars[0],
        )
    if law.outcome == WEIGHED and len(weighing.strip()) < SHORTEST_WEIGHING:
        raise Invalid(
            "weighing",
            Text(
                sv="Skriv varför givaren får veta det: vad som talar för och emot.",
                en="Say why the giver may learn it: what speaks for and against.",
            ),
        )


def end_purpose(*, actor: Actor, receipt: Receipt, on: date) -> None:
    """Say that the purpose for which something came has ended; locking is proposed then.

    Raises:
        Invalid: if the day is yet to come.
        Refused: if it cannot be read any more anyhow.
    """
    if on > actor.day:
        raise Invalid("on", Text(sv="Dagen har inte varit än.", en="The day is yet to come."))
    _still_received(receipt)
    with act(actor, "disclosure.lock", case=receipt.case_id, objects=[receipt]) as entry:
        entry.detail = "purpose ended"
        Receipt.seen(actor).filter(pk=receipt.pk).update(ended_on=on)
        tell(entry, receipt.case, about=receipt, giver=receipt.giver, ended=on.isoformat())
    receipt.ended_on = on


def lock_received(*, actor: Actor, receipt: Receipt) -> dict[str, Any]:
    """Lock what came: nobody reads it any more, nor what was built on it. It cannot be undone.

    Returns:
        The proof: the number of the log row, and the digest of each text and file.

    Raises:
        Refused: if there is nothing left to lock.
    """
    _still_received(receipt)
    with act(actor, "disclosure.lock", case=receipt.case_id, objects=[receipt]) as entry:
        entry.detail, entry.ground = "locked", receipt.ground
        number = entry.write()
        proof = _call("lock", receipt.pk, actor.name, number)
        tell(entry, receipt.case, about=receipt, giver=receipt.giver, locked=True)
    _read_anew(receipt)
    return msgspec.json.decode(proof) if isinstance(proof, str) else dict(proof)


def _still_received(receipt: Receipt) -> None:
    if receipt.state != "received":
        raise Refused(
            Text(
                sv="Det är redan låst eller återkallat.",
                en="It has been locked or recalled already.",
            )
        )


def _read_anew(receipt: Receipt) -> None:
    """As the functions of the database have left it."""
    case = receipt.case
    receipt.refresh_from_db()
    receipt.case = case


def _call(what: str, *values: Any) -> Any:
    """One of the functions that look at the row themselves."""
    places = ", ".join(["%s"] * len(values))
    with connections["default"].cursor() as cursor:
        cursor.execute(f"select disclosures_{what}({places})", list(values))
        return cursor.fetchone()[0]
