"""What is the answer for every combination of facts at once?

The order of the law has a closed form. For one provision the rules matter only through

- ``d``, the hurdle of the first duty that fits and opens the provision, and
- ``a``, the hurdle of the first rule of any kind that does;

d = 0 gives ``must``; another d a weighing that ends in a duty, with the floor ``may`` where a = 0;
a = 0 gives ``may``; another a a weighing that ends in a permission; neither ``must_not``. Where a
reservation takes the harm away for a private receiver who asks, all of these are ``must``. A
provision that falls away matters only by what took it away.

THEOREM. The answer for a *set* of provisions is a function of the states of its members (d, a,
whether absolute and whether it follows another; or why it fell) and of the answer without secrecy:
d and a of the set are the largest of those left, where one that follows another (OSL 21:2) counts
only if all do, and then the smallest; when none is left, the answer without secrecy decides, unless
an authority asks and a member fell because nothing is harmed. So if no state changes for a single
provision, and nothing without secrecy, nothing changes for any set. ``signature_of_set`` is that
function and the tests hold it against the interpreter.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from samsyn.law.diff.fact_axes import Formula
from samsyn.law.interpreter import Outcome
from samsyn.law.schema import TESTS, Test

NONE = len(TESTS)
"""Hurdle where no rule fits: higher than all."""
ITSELF = "itself"
"""Stands in grounds for the provision asked about, so that provisions alike are worked out once."""
Signature = tuple[Outcome, Test, bool, Outcome | None]
"""Outcome, test, duty and floor: what of an answer an officer would notice."""
State = tuple[str, int, int, bool, bool]
"""What a set inherits from one provision: (left or why it fell, d, a, absolute, follows)."""


class Verdict(NamedTuple):
    """The answer for one provision, with its state and grounds."""

    signature: Signature
    state: State
    grounds: tuple[str, ...]


class Party(NamedTuple):
    """What of the receiver and the request the order of the law looks at.

    Attributes:
        authority: an authority, or treated as one.
        foreign: a foreign authority.
        same_as: the item's own ``subject``, the one ``reported``, or None.
        on_request: the receiver asks.
        party_access: asks as a party.
        same_branch: giver and receiver are one.
    """

    authority: bool
    foreign: bool
    same_as: str | None
    on_request: bool
    party_access: bool
    same_branch: bool = False


class Strength(NamedTuple):
    """How strong a provision is.

    Attributes:
        absolute: has no harm test.
        follows: opened by whatever opens another provision.
    """

    absolute: bool
    follows: bool


class Provision(NamedTuple):
    """What of a provision of secrecy the order of the law looks at.

    Attributes:
        usual: strength as a rule.
        told: strength where the item comes from a tip-giver or points to one.
        public: protects a public interest.
        toward_oneself: does not hold toward the item's own subject.
        taken_out_by: the exception that takes this kind of item out of it, or None.
        locks: for each lock with a way out: the ways it shuts, and when it is off.
    """

    usual: Strength
    told: Strength
    public: bool
    toward_oneself: bool
    taken_out_by: str | None
    locks: tuple[tuple[int, Formula], ...]


class Setting(NamedTuple):
    """Everything the answer hangs on except the facts. Ways are bits of a comparison.

    Attributes:
        party: the receiver and the request.
        provision: the one provision, or None without secrecy.
        opening: ways between the parties for the item that open the provision.
        duties: duties outside the secrecy act between the parties for the item, whatever they open.
        undated: for ways on undated memberships: (bit, memberships of one side).
        exceptions: exceptions that concern the item at this giver, in order.
        reports: provisions on reports at this giver, where a party asks.
    """

    party: Party
    provision: Provision | None
    opening: int
    duties: int
    undated: tuple[tuple[int, frozenset[str]], ...] = ()
    exceptions: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


MUST: Signature = ("must", "none", True, None)
CLOSED: Signature = ("must_not", "none", False, None)


def signature_of(party: Party, d: int, a: int, reserved: bool) -> Signature:
    """The closed form, where some provision is left.

    Args:
        party: the receiver and the request.
        d: lowest hurdle of duties, :data:`NONE` without one; the largest over a set.
        a: the same for rules of any kind.
        reserved: a reservation takes the harm away and no provision is absolute.
    """
    turned = party.on_request and party.authority and not party.foreign
    if d == 0 or (reserved and may_reserve(party)):
        return MUST
    if d < NONE:
        return "may_after_balancing", TESTS[d], True, "may" if a == 0 else "must_not"
    if a == 0:
        return "may", "none", turned, None
    if a < NONE:
        return "may_after_balancing", TESTS[a], turned, "must_not"
    return CLOSED


def signature_of_set(
    party: Party, states: Sequence[State], without: Signature, reserved: bool
) -> Signature:
    """The answer for a set of provisions from the states of its members (the theorem).

    Args:
        party: the receiver and the request.
        states: of every provision, at the same facts.
        without: the answer without secrecy, at the same facts.
        reserved: the fact about a reservation.
    """
    if not states or party.same_branch:
        return without
    if any(state[0] == "foreign" for state in states):
        return CLOSED
    left = [state for state in states if state[0] == "left"]
    if left:
        sure = [state for state in left if not state[4]]
        worst = max if sure else min
        d = worst(state[1] for state in sure or left)
        a = worst(state[2] for state in sure or left)
        return signature_of(party, d, a, reserved and not any(state[3] for state in left))
    harmless = any(state[0] in ("harm", "public") for state in states)
    return MUST if harmless and party.on_request and party.authority else without


def may_reserve(party: Party) -> bool:
    """True if a reservation may open what is left (OSL 10:14)."""
    return party.on_request and not party.authority and not party.foreign
