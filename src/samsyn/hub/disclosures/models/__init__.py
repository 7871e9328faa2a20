"""What is asked, assessed and told between agencies. Two-sided things have a row on each side."""

from __future__ import annotations

from samsyn.hub.disclosures.models.disclosures import DisclosedFact, Disclosure
from samsyn.hub.disclosures.models.obstacles import Obstacle
from samsyn.hub.disclosures.models.questions import Question
from samsyn.hub.disclosures.models.receipts import Receipt
from samsyn.hub.disclosures.models.reviews import Precedent, Review

__all__ = [
    "DisclosedFact",
    "Disclosure",
    "Obstacle",
    "Precedent",
    "Question",
    "Receipt",
    "Review",
]
