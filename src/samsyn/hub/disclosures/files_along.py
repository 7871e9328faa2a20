"""May the files of a fact go along with it, as they are marked now?

The law is asked about a fact with the fact's marks. A file that has a mark besides has not been
assessed, so it stays until the fact is marked as its file is.
"""

from __future__ import annotations

from collections.abc import Iterable

from samsyn.hub.cases.models import SealedFile
from samsyn.hub.disclosures.models import DisclosedFact
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.refusals import Refused
from samsyn.kernel.text import Text

MARKED_BESIDES = Text(
    sv="En fil som skulle följa med har ett märke som uppgiften saknar; inget har lämnats ut.",
    en="A file that was to go along has a mark that the fact has not; nothing has left.",
)
MARK_THE_FACT = Text(
    sv="Märk uppgiften som filen, så prövas den så; eller lämna ut den utan filerna.",
    en="Mark the fact as the file is, so that it is assessed so; or disclose it without the files.",
)


def require_assessed(actor: Actor, items: Iterable[DisclosedFact]) -> None:
    """Go no further when a file would leave with a mark that the law was not asked about.

    Raises:
        Refused: saying what to do first.
    """
    taking = {item.fact_id: item.fact for item in items if item.with_files}
    if not taking:
        return
    files = SealedFile.seen(actor).filter(fact__in=list(taking), state="current", received_from="")
    for fact, marks in files.exclude(marks=[]).values_list("fact", "marks"):
        if set(marks) - set(taking[fact].marks):
            raise Refused(MARKED_BESIDES, next_step=MARK_THE_FACT)
