"""How long does an answer take, when some questions are still open?

Those that are open count as open, with the days they have waited so far, and not as answered and
not as if they were not there (Kaplan and Meier 1958). A median that has not been reached is said
not to have been.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waiting:
    """The time from question to answer.

    Attributes:
        ended, still_open: number of questions.
        quarter, half, three_quarters: calendar days in which that share had an answer; None while
            fewer have.
        longest_open: calendar days that the oldest open question has waited; None when none is.
    """

    ended: int
    still_open: int
    quarter: int | None
    half: int | None
    three_quarters: int | None
    longest_open: int | None


def waiting(times: Iterable[tuple[int, bool]]) -> Waiting:
    """The time to an answer.

    Args:
        times: calendar days, and whether the question was ended then (answered or refused); False
            when it was open still, or withdrawn.
    """
    known = sorted((max(0, days), not ended) for days, ended in times)
    open_days = [days for days, still in known if still]
    curve = _curve(known)
    return Waiting(
        ended=len(known) - len(open_days),
        still_open=len(open_days),
        quarter=_reached(curve, 0.25),
        half=_reached(curve, 0.5),
        three_quarters=_reached(curve, 0.75),
        longest_open=max(open_days, default=None),
    )


def _curve(known: list[tuple[int, bool]]) -> list[tuple[int, float]]:
    """Day → share that is still without an answer after it; at a tie answers come first."""
    at_risk, left = len(known), 1.0
    curve: list[tuple[int, float]] = []
    ended_on: dict[int, int] = {}
    gone_on: dict[int, int] = {}
    for days, still in known:
        gone_on[days] = gone_on.get(days, 0) + 1
        ended_on[days] = ended_on.get(days, 0) + (not still)
    for days, gone in gone_on.items():
        if ended_on[days]:
            left *= 1 - ended_on[days] / at_risk
            curve.append((days, left))
        at_risk -= gone
    return curve


def _reached(curve: list[tuple[int, float]], share: float) -> int | None:
    return next((days for days, left in curve if left <= 1 - share + 1e-9), None)
