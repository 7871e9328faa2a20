"""What stands in the letter that goes with what another agency gave, at the receiver?"""

from __future__ import annotations

from datetime import datetime

from samsyn.hub.cases.models import Fact
from samsyn.hub.disclosures.letters.deciding import recall_letter
from samsyn.hub.disclosures.letters.writing import (
    Letter,
    agency,
    in_list,
    moment,
    provision_rows,
    purpose,
    purposes_of,
)
from samsyn.hub.disclosures.models import Receipt
from samsyn.hub.disclosures.shown import kind_text, marks_text, object_text
from samsyn.hub.guard.references import reference
from samsyn.hub.guard.refusals import Missing
from samsyn.kernel.text import Text


def cover_letter(receipt: Receipt, number: str, copies: list[Fact], files: list[str]) -> Letter:
    """What came, on which ground and within which bounds; never the giver's weighing.

    Args:
        receipt: what came in.
        number: register number of the receiver's case.
        copies: those of the facts that the reader may read now; they are named, and their words
            stay in the hub, where they are bound.
        files: names of files that came along.
    """
    here = receipt.state == "received"
    return Letter(
        template="cover",
        title=Text(sv="Missiv till lämnade uppgifter", en="Cover letter to disclosed information"),
        agency=receipt.giver,
        number=receipt.register_number,
        at=receipt.decided_at,
        secrecy=[cite for copy in copies for cite in copy.secrecy],
        data={
            "receiver": agency(receipt.agency),
            "case_number": number,
            "purpose": purpose(receipt.purpose),
            "bound": purposes_of(receipt.purpose_group),
            "request": receipt.initiative == "request",
            "existence": receipt.kind == "existence",
            "words": receipt.words if copies else "",
            "count": receipt.items,
            "here": here,
            "rows": [
                {
                    "kind": kind_text(copy.item_kind),
                    "object": object_text(copy.entity),
                    "secrecy": in_list(copy.secrecy),
                    "marks": marks_text(copy.marks),
                }
                for copy in copies
            ],
            "files": files,
            "grounds": provision_rows(receipt.grounds, receipt.law_day),
            "weighed": receipt.weighed,
            "valid_to": receipt.valid_to,
            "decided": moment(receipt.decided_at),
            "decided_by": receipt.decided_by_name,
            "received": moment(receipt.received_at),
            "law": receipt.law_day,
            "rulebook": receipt.rulebook,
            "entry": reference(receipt.entry) if receipt.entry else "",
        },
    )


def recall_received(receipt: Receipt, recalled_at: datetime | None) -> Letter:
    """The notice of a recall, where it came in.

    Raises:
        Missing: if it has not been recalled, or came back before anybody had read it.
    """
    if receipt.state != "recalled" or recalled_at is None:
        raise Missing
    return recall_letter(
        giver=receipt.giver,
        receiver=receipt.agency,
        number=receipt.register_number,
        yours=True,
        recalled_at=recalled_at,
        decided_at=receipt.decided_at,
        grounds=receipt.grounds,
        by="",
    )
