"""Does the visibility column say what was decided, and would the law still say so?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from django.db import connections, transaction

from samsyn.hub.disclosures.assessing import OPENS, WEIGHED, assess_question
from samsyn.hub.guard.refusals import Invalid
from samsyn.kernel.text import Text

_QUERY = Path(__file__).with_suffix(".sql")
BATCH = 2_000


class Difference(msgspec.Struct, frozen=True):
    """One row that is not as it was decided.

    Attributes:
        kind: what is wrong, as a code of :data:`KINDS`.
        table, id: where; never content.
        expected, found: what the decision says, and what the row says.
    """

    kind: str
    table: str
    id: str
    expected: str
    found: str


KINDS = {
    "copy_without_decision": Text(
        sv="Mottagen uppgift som inget beslut ligger bakom",
        en="Received fact that no decision lies behind",
    ),
    "copy_missing": Text(
        sv="Beslutad uppgift som inte finns hos mottagaren",
        en="Decided fact that is not at the receiver",
    ),
    "seen_by_others_than_decided": Text(
        sv="Synlig för andra än beslutet säger", en="Seen by others than the decision says"
    ),
    "delivered_to_nobody": Text(
        sv="Utlämnad uppgift som ingen hos mottagaren ser",
        en="Disclosed fact that nobody at the receiver sees",
    ),
    "says_other_than_decided": Text(
        sv="Lyder annorlunda än det som beslutades", en="Says something else than was decided"
    ),
    "bound_otherwise_than_decided": Text(
        sv="Bunden till annat ärende, ändamål eller slutdag än beslutet",
        en="Bound to another matter, purpose or last day than decided",
    ),
    "built_on_recalled": Text(
        sv="Bygger på något som har återkallats", en="Builds on something that was recalled"
    ),
    "bound_less_than_its_source": Text(
        sv="Mindre skyddad än det den bygger på", en="Less protected than what it builds on"
    ),
    "other_key_than_its_case": Text(
        sv="Synlig för andra än ärendet", en="Seen by others than its case"
    ),
    "key_of_another_agency": Text(
        sv="Synlig hos en annan myndighet än dess egen", en="Seen at another agency than its own"
    ),
    "delivered_against_the_law": Text(
        sv="Utlämnad fast lagen inte öppnade", en="Delivered although the law did not open it"
    ),
    "receipt_without_decision": Text(
        sv="Mottagningsbevis utan beslut", en="Receipt without a decision"
    ),
    "delivered_without_signature": Text(
        sv="Utlämnad utan den kontrasignering som krävdes",
        en="Delivered without the countersignature that was needed",
    ),
    "law_reads_otherwise_now": Text(
        sv="Regelboken svarar i dag annorlunda om beslutets dag",
        en="The rulebook now answers otherwise about the day of the decision",
    ),
}


def differences(using: str = "worker") -> Iterator[Difference]:
    """Every difference between decisions, law and column; none when all is as it should be.

    Reads one unchanging picture of the database, and streams, so that a million rows are no
    trouble.
    """
    with transaction.atomic(using=using):
        with connections[using].cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read read only")
            cursor.execute(_QUERY.read_text(encoding="utf-8").replace("%%", "%"))
            for row in cursor.fetchall():
                yield Difference(*map(str, row))
        yield from _law_differences(using)


def _law_differences(using: str) -> Iterator[Difference]:
    """Asks the law again about each delivered item, as of the day of its decision.

    A rulebook that was corrected may read that day otherwise than the one the officer had: not a
    fault of the officer, but somebody must look at what was disclosed.
    """
    answers: dict[bytes, str] = {}
    for identifier, question, outcome in _delivered(using):
        key = msgspec.json.encode(question, order="sorted")
        if key not in answers:
            try:
                answers[key] = assess_question(question).outcome
            except Invalid:
                answers[key] = "unanswered"
        if (now := answers[key]) not in (*OPENS, WEIGHED):
            yield Difference(
                "law_reads_otherwise_now", "disclosures_disclosedfact", identifier, now, outcome
            )


def _delivered(using: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    with connections[using].cursor() as cursor:
        cursor.execute(
            "select i.id::text, i.question::text, i.outcome from disclosures_disclosedfact i "
            "join disclosures_disclosure d on d.id = i.disclosure_id "
            "where not i.left_out and d.state = 'delivered' order by i.id"
        )
        while rows := cursor.fetchmany(BATCH):
            for identifier, question, outcome in rows:
                yield identifier, msgspec.json.decode(question), outcome
