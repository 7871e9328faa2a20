"""Which routine decisions does the lawyer look at afterwards? Chance says so, when they are made.

The rate and the draw stand in the log row of the decision, also when it was not drawn, so that an
auditor can see that the rate was kept and that nobody chose.
"""

from __future__ import annotations

import secrets
from datetime import date

import msgspec

from samsyn.hub.disclosures.models import Disclosure, Review
from samsyn.hub.disclosures.reviewing.measuring import Measured, risk_of
from samsyn.hub.disclosures.reviewing.rules import review_rules
from samsyn.hub.guard.actor import Actor

OF = 10_000
"""Draws go from 0 to one less than this, so that a rate may have two decimals."""


class Sample(msgspec.Struct, frozen=True):
    """A draw that was made.

    Attributes:
        code: of the rate.
        per_cent: the rate.
        number: what was drawn; below the rate's share of :data:`OF` it is looked at.
    """

    code: str
    per_cent: float
    number: int

    @property
    def drawn(self) -> bool:
        """Whether the decision is to be looked at."""
        return self.number < self.per_cent * OF / 100

    @property
    def logged(self) -> str:
        """What the log row of the decision says of it."""
        word = "drawn" if self.drawn else "not_drawn"
        return f" sample={self.code} rate={self.per_cent:g}% draw={self.number}/{OF} {word}"


def draw(found: Measured, day: date) -> Sample | None:
    """Draw for a decision; None where no rate holds.

    Nothing is drawn in the protection track: nobody outside it may read what was decided there.
    """
    rate = review_rules().sample_on(found.agency, day)
    if rate is None or found.protection:
        return None
    return Sample(rate.code, rate.per_cent, secrets.randbelow(OF))


def keep_sample(actor: Actor, decided: Disclosure, sample: Sample, found: Measured) -> Review:
    """The row by which the lawyers of the agency find a decision that was drawn."""
    assert actor.account is not None  # a job decides nothing
    risk = risk_of(found, actor.day)
    return Review.rows.create(
        visible_to=decided.visible_to,
        disclosure=decided,
        case_id=decided.case_id,
        agency=decided.agency,
        kind="sample",
        rule=sample.code,
        risk=risk.points,
        risk_reasons=list(risk.reasons),
        version=decided.version,
        asked_by=actor.account,
        asked_by_name=actor.name,
    )
