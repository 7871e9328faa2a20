"""What do officers write, and about which kinds of facts?

The sentences stand in ``texts/*.yaml``; the kinds are those an officer chooses from, and some that
lie in registers with a lock of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from samsyn.hub.cases.fact_kinds import fact_kinds
from samsyn.hub.training import names
from samsyn.hub.training.chance import Chance
from samsyn.hub.training.world import Business

_FOLDER = Path(__file__).parent / "texts"
_LOCKED = {
    "criminal_record_extract": ("person", {"PM": "criminal_records"}),
    "bank_data_received_under_tax_treaty_restricting_use": ("person", {"SKV": "taxation"}),
    "posting_data_received_from_foreign_authority_under_eu_act": ("company", {"AV": "supervision"}),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact with its sentences.

    Attributes:
        subject: ``person`` or ``company``.
        holders: agency → activity.
        ask: what another agency writes to get it.
    """

    code: str
    subject: str
    holders: dict[str, str]
    texts: tuple[str, ...]
    sources: tuple[str, ...]
    ask: tuple[str, ...]


@cache
def kinds() -> dict[str, Kind]:
    """Every kind that there are sentences for."""
    found = {}
    for file in sorted(_FOLDER.glob("facts_*.yaml")):
        for entry in yaml.safe_load(file.read_text(encoding="utf-8")):
            code = entry["kind"]
            if code in _LOCKED:
                subject, holders = _LOCKED[code]
            else:
                known = fact_kinds()[code]
                subject, holders = known.subject, known.holders
            texts, sources = tuple(entry["texts"]), tuple(entry["sources"])
            found[code] = Kind(code, subject, holders, texts, sources, tuple(entry.get("ask", ())))
    return found


@cache
def words() -> dict[str, Any]:
    """Titles, weighings, reasons and tasks."""
    read: dict[str, Any] = yaml.safe_load((_FOLDER / "words.yaml").read_text(encoding="utf-8"))
    return read


class Slots(dict[str, str]):
    """What is put between the braces of a sentence, drawn when it is asked for."""

    __slots__ = ("_chance",)

    def __init__(self, chance: Chance, business: Business, **known: str) -> None:
        super().__init__(
            firm=business.firm.name,
            street=business.street,
            city=business.city,
            trade=business.trade,
            **known,
        )
        self._chance = chance

    def __missing__(self, key: str) -> str:
        chance = self._chance
        match key:
            case "n":
                return str(chance.between(4, 28))
            case "m":
                return str(chance.between(2, 6))
            case "sum":
                return f"{chance.between(3, 940)} 000"
            case "month":
                return chance.pick(names.MONTHS)
            case "hours":
                return str(chance.between(50, 84))
            case "country":
                return chance.pick(names.COUNTRIES)
            case "clock":
                return f"{chance.between(6, 22):02d}.{chance.pick(('00', '15', '30', '45'))}"
            case "person":
                return names.person_name(chance)
            case "plate":
                return f"MLB {chance.between(100, 999)}"
            case "sub":
                return names.firm_name(chance, chance.pick(names.TRADES), foreign=False)
        raise KeyError(key)
