"""What may the answer be when somebody does not know everything, and what should be asked first?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from samsyn.kernel.faults import FieldError
from samsyn.law.case import Case, OpenFact
from samsyn.law.epochs import Epoch
from samsyn.law.interpreter import Verdict, decide
from samsyn.law.schema import FactValue

MOST_LEAVES = 512
"""More combinations of open facts than this are not followed; nobody could read them."""
_NOTHING_ALIKE: Mapping[str, Mapping[str, tuple[str, ...]]] = {}


@dataclass(frozen=True, slots=True)
class Possibility:
    """One way the open facts may turn out, and the verdict then.

    Attributes:
        assumed: open fact → value.
        verdict: what the law says then.
    """

    assumed: Mapping[str, FactValue]
    verdict: Verdict

    @property
    def signature(self) -> tuple[object, ...]:
        """What of the verdict an officer would notice."""
        verdict = self.verdict
        return verdict.outcome, verdict.test, verdict.duty, verdict.floor


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """The one thing to find out first.

    Attributes:
        key: the open fact.
        values: its values, each with the outcomes that are then left.
    """

    key: str
    values: tuple[tuple[FactValue, tuple[str, ...]], ...]


def possibilities(epoch: Epoch, case: Case) -> list[Possibility]:
    """Every verdict that the open facts leave possible; only facts that matter are varied.

    Raises:
        FieldError: if there are more than :data:`MOST_LEAVES`. To leave some out could hide the
            most restrictive one.
    """
    found: list[Possibility] = []
    waiting: list[dict[str, FactValue]] = [{}]
    while waiting:
        if len(found) + len(waiting) > MOST_LEAVES:
            raise _too_much_open(waiting[-1])
        assumed = waiting.pop()
        try:
            verdict = decide(epoch, case.assuming(assumed) if assumed else case)
        except OpenFact as fact:
            waiting.extend({**assumed, fact.key: value} for value in reversed(fact.values))
        else:
            found.append(Possibility(assumed, verdict))
    return found


def _too_much_open(assumed: Mapping[str, FactValue]) -> FieldError:
    some = ", ".join(assumed)
    return FieldError(
        "facts",
        f"too much is open to follow; state some of these: {some}",
        f"för mycket är öppet för att kunna följas; ange något av detta: {some}",
    )


def first_to_ask(
    found: list[Possibility],
    alike: Mapping[str, Mapping[str, tuple[str, ...]]] = _NOTHING_ALIKE,
) -> OpenQuestion | None:
    """The open fact whose answer leaves the fewest possible outcomes; None if all agree.

    Args:
        found: every verdict that is possible.
        alike: for an open fact, the values that were tried, each with all that give the same
            answer.
    """
    if len({possibility.signature for possibility in found}) < 2:
        return None
    keys = dict.fromkeys(key for possibility in found for key in possibility.assumed)
    asked = min(
        (_split(found, key) for key in keys),
        key=lambda split: (split[0], split[1]),
    )[2]
    if asked.key not in alike:
        return asked
    tried = alike[asked.key]
    return OpenQuestion(
        asked.key,
        tuple((same, left) for value, left in asked.values for same in tried[str(value)]),
    )


def _split(found: list[Possibility], key: str) -> tuple[Fraction, int, OpenQuestion]:
    values = dict.fromkeys(p.assumed[key] for p in found if key in p.assumed)
    left = []
    signatures = []
    for value in values:
        under = [p for p in found if p.assumed.get(key, value) == value]
        signatures.append(len({p.signature for p in under}))
        left.append((value, tuple(dict.fromkeys(p.verdict.outcome for p in under))))
    missing = sum(key not in possibility.assumed for possibility in found)
    # Over the values on average: an activity has many of them, a fact two.
    return Fraction(sum(signatures), len(values)), missing, OpenQuestion(key, tuple(left))
