"""What are the tables of the obstacle report and their lines called?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from samsyn.hub.cases.fact_kinds import fact_kinds
from samsyn.hub.cases.provisions import provision
from samsyn.hub.guard.lawwords import cited
from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.hub.obstacles.codes import obstacle_codes
from samsyn.hub.obstacles.phrases import EFFECT_NAMES, OUTCOME_NAMES, PROTECTED_NAMES
from samsyn.kernel.text import Text
from samsyn.law.proposals import Bill, read_proposals

ASKED_STATES: Mapping[str, Text] = {
    "answered": Text(sv="besvarade", en="answered"),
    "refused": Text(sv="avslagna", en="refused"),
    "withdrawn": Text(sv="återtagna av den som frågade", en="withdrawn by the asker"),
    "sent": Text(sv="ännu öppna", en="still open"),
    "never_asked": Text(sv="aldrig ställda", en="never asked"),
    "not_put": Text(sv="stoppade av lagen innan de sändes", en="stopped by the law before sending"),
}
DECIDED: Mapping[str, Text] = {
    "delivered": Text(sv="lämnades ut", en="disclosed"),
    "recalled": Text(sv="lämnades ut och återkallades", en="disclosed and recalled"),
    "refused": Text(sv="lämnades inte ut", en="not disclosed"),
}
WEIGHED: Mapping[str, Text] = {
    "for": Text(sv="vägde för utlämnande", en="weighed for disclosure"),
    "against": Text(sv="vägde mot utlämnande", en="weighed against disclosure"),
}
BY: Mapping[str, tuple[str, Text]] = {
    "giver": ("fran-myndighet", Text(sv="Efter vem som har uppgiften", en="By giver")),
    "receiver": ("till-myndighet", Text(sv="Efter vem som behövde den", en="By receiver")),
    "purpose": ("andamal", Text(sv="Efter ändamål", en="By purpose")),
    "item_kind": ("uppgift", Text(sv="Efter slag av uppgift", en="By kind of fact")),
}
"""Field of a row → its name in an address, and the title of its table."""
TITLES: Mapping[str, Text] = {
    "asked": Text(sv="Frågor som vi ställde, eller inte", en="Questions we put, or did not"),
    "received": Text(sv="Frågor som kom in till oss", en="Questions that came in to us"),
    "decisions": Text(sv="Beslut om utlämnande", en="Decisions on disclosure"),
    "weighings": Text(sv="Avvägningar", en="Weighings"),
    "provisions": Text(sv="Bestämmelser som stod i vägen", en="Provisions that stood in the way"),
    **{f"{field}s": title for field, (_, title) in BY.items()},
    "beliefs": Text(sv="Det som aldrig frågades, och lagens svar", en="Never asked, and the law"),
    "needs": Text(sv="Vad det behövdes till", en="What it was needed for"),
    "consequences": Text(sv="Vad som följde", en="What followed"),
}
"""Table → what it is called."""
TOGETHER: Mapping[str, Text] = {
    "asked": Text(sv="Frågor som ställdes, eller inte", en="Questions put, or not"),
    "received": Text(sv="Frågor som kom in", en="Questions that came in"),
}
"""Tables that are called otherwise when several agencies tell it."""
BILL_PARTS: Mapping[str, Text] = {
    "effects": Text(sv="vad som hade blivit annorlunda", en="what would have been otherwise"),
    "opened": Text(sv="bestämmelser där det hade blivit friare", en="provisions freer by it"),
    "closed": Text(sv="bestämmelser där det hade blivit stängt", en="provisions closed by it"),
    "weakened": Text(sv="skydd som hade gett vika", en="protections that would have yielded"),
}
"""Part of what a bill would have meant → what it is called; tables ``bill.<code>.<part>``."""


@cache
def known_bills() -> Mapping[str, Bill]:
    """The bills that come with Samsyn, by code; read once."""
    return read_proposals()


def title_of(table: str, *, together: bool = False) -> Text:
    """What a table is called, told by one agency or by several; its code where nobody knows it."""
    if together and table in TOGETHER:
        return TOGETHER[table]
    if table in TITLES:
        return TITLES[table]
    bill, _, part = table.removeprefix("bill.").rpartition(".")
    known = known_bills().get(bill)
    if part not in BILL_PARTS or not table.startswith("bill."):
        return Text(sv=table, en=table)
    named = known.head.title if known else Text(sv=bill, en=bill)
    of = BILL_PARTS[part]
    return Text(sv=f"{named.sv}: {of.sv}", en=f"{named.en}: {of.en}")


def names_of(table: str, codes: Iterable[str]) -> Mapping[str, Text]:
    """What the lines of a table are called, by code; a code that nobody knows is left out."""
    vocabulary = current_rulebook().vocabulary
    if table.startswith("bill."):
        if table.endswith(".effects"):
            return {str(effect): name for effect, name in EFFECT_NAMES.items()}
        provisions = [code for code in codes if code not in PROTECTED_NAMES]
        return {**PROTECTED_NAMES, **names_of("provisions", provisions)}
    if table == "provisions":
        newest = current_rulebook().epoch_starts[-1]
        found = {cite: provision(cite, newest).title for cite in codes}
        return {cite: title or _cited(cite) for cite, title in found.items()}
    if table in ("givers", "receivers"):
        return {code: entry.name for code, entry in vocabulary.agencies.known.items()}
    if table == "purposes":
        return {code: entry.name for code, entry in vocabulary.purposes.known.items()}
    if table == "item_kinds":
        return {code: kind.name for code, kind in fact_kinds().items()}
    lists = obstacle_codes()
    return {
        "asked": ASKED_STATES,
        "received": ASKED_STATES,
        "decisions": DECIDED,
        "weighings": WEIGHED,
        "beliefs": OUTCOME_NAMES,
        "needs": lists.needs,
        "consequences": lists.consequences,
    }.get(table, {})


def _cited(cite: str) -> Text:
    """A provision that the rulebook has no title for, as a lawyer writes it."""
    return Text(sv=cited(cite, "sv"), en=cited(cite, "en"))
