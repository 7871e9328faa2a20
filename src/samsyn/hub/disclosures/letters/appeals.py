"""How is an agency told that it may appeal a refusal of what it asked for?

OSL 6 kap. 7 and 8 §§ in the rulebook's words, and what the Administrative Procedure Act
(2017:900) 43 and 44 §§ say of how and when.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from samsyn.hub.disclosures.letters.writing import agency, provision_rows
from samsyn.kernel.text import Text

GROUNDS = ("2009:400/6:7", "2009:400/6:8")


def how_to_appeal(holder: str, on: date) -> dict[str, Any]:
    """What may be appealed and where, in the rulebook's words, and how to do it."""
    name = agency(holder)
    return {
        "rows": provision_rows(GROUNDS, on),
        "how": Text(
            sv="Skriv vilket beslut ni överklagar och hur ni vill att det ska ändras. Lämna "
            f"skrivelsen till {name.sv}. Den ska ha kommit in inom tre veckor från den dag då ni "
            "fick del av beslutet; för en part som företräder det allmänna räknas tiden från den "
            "dag då beslutet meddelades (förvaltningslagen 43 och 44 §§).",
            en="Write which decision you appeal and how you want it changed. Send it to "
            f"{name.en}. It must have arrived within three weeks from the day on which you were "
            "given the decision; for a party that represents the public, from the day of the "
            "decision (Administrative Procedure Act ss. 43 and 44).",
        ),
    }
