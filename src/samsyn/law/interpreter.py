"""May this be told? The order of the law, step by step, on a case whose facts are settled.

Follows ``docs/decisions/0002-how-an-answer-is-composed.md``; the letters in the comments are its
headings. The interpreter never weighs: a weighing is an outcome with its test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from samsyn.kernel.citations import Citation
from samsyn.law.case import OTHER_SECRECY, Case, Secrecy
from samsyn.law.epochs import Epoch, Lock, Rule
from samsyn.law.fitting import fits
from samsyn.law.narrowing import exceptions_for, rules_for
from samsyn.law.schema import TESTS, SecrecyException, Test

Outcome = Literal["public", "must", "may_after_balancing", "may", "must_not"]
OUTCOMES: tuple[Outcome, ...] = ("must_not", "may_after_balancing", "may", "must", "public")

SAME_BRANCH = "2009:400/8:2"
ON_REQUEST = "2009:400/6:5"
PUBLIC_DOCUMENTS = "1949:105/2:1"
TOWARD_ONESELF = "2009:400/12:1"
NOTHING_FOLLOWS = "2009:400/7:2"
RESERVATION = "2009:400/10:14"
FOREIGN = "2009:400/8:3"
UNLISTED = "unlisted"
"""The branch where secrecy that the rulebook does not propose is taken to hold."""
_ONESELF = Citation.parse(TOWARD_ONESELF)


@dataclass(frozen=True, slots=True)
class Fallen:
    """A provision that does not make the item secret here, and why.

    Attributes:
        secrecy: the provision.
        why: ``exception``, ``harm_not_met``, ``no_public_harm`` or ``own_subject``.
        by: the provision that says so, where there is one.
    """

    secrecy: Secrecy
    why: Literal["exception", "harm_not_met", "no_public_harm", "own_subject"]
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A provision of secrecy and the rule that opens it, with the ground it is cited by."""

    secrecy: Secrecy
    rule: Rule
    ground: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the law says of a case, with everything an explanation needs.

    Attributes:
        outcome: see :data:`Outcome`.
        test: the weighing to be made by a person.
        duty: whether disclosure, where open or after a favourable weighing, is obligatory.
        floor: what is left if the weighing goes against disclosure; None without a weighing.
        grounds: citations of the rules that decide.
        branch: which step of the order decided.
        fallen: provisions that do not make the item secret here.
        left: provisions that do.
        locks: locks that hold.
        openings: which rule opens which provision.
        floor_openings: the same for the floor, where it is a permission.
        weighed: the person's weighing, where one was stated.
    """

    outcome: Outcome
    test: Test
    duty: bool
    floor: Outcome | None
    grounds: tuple[str, ...]
    branch: str
    fallen: tuple[Fallen, ...] = ()
    left: tuple[Secrecy, ...] = ()
    locks: tuple[Lock, ...] = ()
    openings: tuple[Opening, ...] = ()
    floor_openings: tuple[Opening, ...] = ()
    weighed: str | None = None

    @property
    def rank(self) -> tuple[int, int]:
        """Order from most restrictive to most open."""
        return _rank(self)


def _rank(verdict: Verdict) -> tuple[int, int]:
    if verdict.outcome != "may_after_balancing":
        return {"must_not": 0, "may": 3, "must": 5, "public": 6}[verdict.outcome], 0
    hurdle = TESTS.index(verdict.test)
    # Without a floor it may still end in a refusal, so that more is open where it may be told.
    if verdict.floor == "may":
        return 4, -hurdle
    return (2 if verdict.branch == "duties" else 1), -hurdle


def decide(epoch: Epoch, case: Case) -> Verdict:
    """Follow the order of the law.

    Raises:
        OpenFact: when a fact is needed that nobody knows and nothing was assumed about.
    """
    if case.same_branch():  # A
        return Verdict("may", "none", False, None, (SAME_BRANCH,), "same_branch")
    left, fallen = remaining_secrecy(epoch, case)  # B
    if case.foreign and left and not case.fact("compatible_with_swedish_interests"):  # I
        return Verdict("must_not", "none", False, None, (), "foreign", tuple(fallen), tuple(left))
    verdict = _secret(epoch, case, left) if left else _not_secret(epoch, case, fallen)
    if case.foreign and left and verdict.outcome != "must_not":
        verdict = replace(verdict, grounds=(*verdict.grounds, FOREIGN))
    verdict = _after_weighing(replace(verdict, fallen=tuple(fallen)), case)
    return _unless_other_secrecy(verdict, case)


def _unless_other_secrecy(verdict: Verdict, case: Case) -> Verdict:
    """Closed as long as nobody has said that no other secrecy holds, where that is not read (J)."""
    if case.held.read or verdict.outcome == "must_not":
        return verdict
    if not case.settle(OTHER_SECRECY, (True, False)):
        return verdict
    fallen, left = verdict.fallen, verdict.left
    return Verdict("must_not", "none", False, None, (), UNLISTED, fallen=fallen, left=left)


def remaining_secrecy(epoch: Epoch, case: Case) -> tuple[list[Secrecy], list[Fallen]]:
    """Which of the provisions make the item secret toward this receiver (B)."""
    left: list[Secrecy] = []
    fallen: list[Fallen] = []
    exceptions = exceptions_for(epoch, case) if case.secrecy else []
    for secrecy in case.secrecy:
        reason = _falls(epoch, case, secrecy, exceptions)
        if reason is None:
            left.append(secrecy)
        else:
            fallen.append(reason)
    return left, fallen


def _falls(
    epoch: Epoch, case: Case, secrecy: Secrecy, exceptions: Iterable[SecrecyException]
) -> Fallen | None:
    for exception in exceptions:
        if any(_same_place(secrecy, cite) for cite in exception.takes_out_of):
            return Fallen(secrecy, "exception", exception.cite)
    if (
        case.receiver_is_subject == "subject"
        and not secrecy.public
        and not any(lock.shuts_out_place(_ONESELF) for lock in epoch.locks_on(secrecy))
        and not case.fact("tip_giver")
    ):
        return Fallen(secrecy, "own_subject", TOWARD_ONESELF)
    if not secrecy.absolute and case.fact("harm", ("met", "not_met")) == "not_met":
        return Fallen(secrecy, "harm_not_met")
    if secrecy.public and not case.fact("public_interest_harm"):
        return Fallen(secrecy, "no_public_harm")
    return None


def _same_place(secrecy: Secrecy, cite: str) -> bool:
    return secrecy.text == cite or str(secrecy.citation.whole_section()) == cite


# --- C: nothing makes the item secret toward this receiver -------------------------------------


def _not_secret(epoch: Epoch, case: Case, fallen: Sequence[Fallen]) -> Verdict:
    asked = (ON_REQUEST,) if case.on_request and case.receiver_is_authority else ()
    for rule in rules_for(epoch, case):
        # A right of access inside the secrecy act breaks secrecy; it obliges nobody by itself.
        if rule.duty and not rule.inside_secrecy_act and (ground := fits(rule, case)):
            return Verdict("must", "none", True, None, (ground, *asked), "open_with_duty")
    harmless = tuple(
        gone.secrecy.text for gone in fallen if gone.why in ("harm_not_met", "no_public_harm")
    )
    if harmless and asked:
        return Verdict("must", "none", True, None, (*harmless, *asked), "harmless_on_request")
    if case.receiver_is_subject and case.purpose == "party_access":
        grounds = (*_report_rules(epoch, case), TOWARD_ONESELF)
        return Verdict("must", "none", True, None, grounds, "own_access")
    grounds = (*_why_open(epoch, case, fallen), *(asked or (PUBLIC_DOCUMENTS,)))
    return Verdict("public", "none", case.on_request, None, grounds, "public")


def _report_rules(epoch: Epoch, case: Case) -> tuple[str, ...]:
    """Provisions on reports at this giver whose harm test was not met."""
    if not case.fact("tip_giver"):
        return ()
    return tuple(
        rule.cite
        for rule in epoch.secrecy
        if "tip_giver_identity" in rule.items.categories
        and rule.givers.any is None
        and rule.strength != "absolute"
        and epoch.is_giver(rule.givers, case)
    )


def _why_open(epoch: Epoch, case: Case, fallen: Sequence[Fallen]) -> tuple[str, ...]:
    listed = [gone.by or gone.secrecy.text for gone in fallen]
    cites = [exception.cite for exception in exceptions_for(epoch, case)] or listed
    if case.known.get("received_from"):
        cites = [*transfer_grounds(epoch, case), *cites]
    return tuple(dict.fromkeys(cites))


def transfer_grounds(epoch: Epoch, case: Case) -> tuple[str, ...]:
    """Provisions on secrecy that follows an item, for one that came from another agency."""
    for transfer in epoch.transfers:
        if transfer.carries or transfer.unless_primary is None:
            continue
        if epoch.is_giver(transfer.receivers, case):
            return transfer.cite, transfer.unless_primary
    return (NOTHING_FOLLOWS,)


# --- D-F: secrecy is left ----------------------------------------------------------------------


@dataclass(slots=True)
class _Search:
    """Looks for rules that open every provision that is left."""

    case: Case
    left: Sequence[Secrecy]
    rules: tuple[Rule, ...]
    locks: dict[str, tuple[Lock, ...]]
    _fitting: dict[Rule, str | None] = field(default_factory=dict)

    def ground(self, rule: Rule) -> str | None:
        if rule not in self._fitting:
            self._fitting[rule] = fits(rule, self.case)
        return self._fitting[rule]

    def usable(self, rule: Rule, secrecy: Secrecy) -> bool:
        if self._opens(rule, secrecy):
            return True
        return secrecy.follows is not None and any(
            self._opens(rule, other) for other in self.left if other is not secrecy
        )

    def _opens(self, rule: Rule, secrecy: Secrecy) -> bool:
        return rule.opens(secrecy) and not any(
            lock.shuts_out(rule) for lock in self.locks[secrecy.text]
        )

    def all_opened(self, among: Callable[[Rule], bool]) -> tuple[Opening, ...] | None:
        """For each provision the first rule that opens it; None if one stays closed."""
        openings = []
        for secrecy in self.left:
            opening = self._opened(secrecy, among)
            if opening is None:
                return None
            openings.append(opening)
        return tuple(openings)

    def _opened(self, secrecy: Secrecy, among: Callable[[Rule], bool]) -> Opening | None:
        for rule in self.rules:  # lowest hurdle first
            if among(rule) and self.usable(rule, secrecy) and (ground := self.ground(rule)):
                return Opening(secrecy, rule, ground)
        return None

    def simplest(self, openings: tuple[Opening, ...]) -> tuple[Opening, ...]:
        """The rule with the highest hurdle alone, where it opens everything."""
        if not openings:
            return ()
        hardest = max(openings, key=lambda opening: opening.rule.hurdle)
        if all(self.usable(hardest.rule, secrecy) for secrecy in self.left):
            return tuple(Opening(s, hardest.rule, hardest.ground) for s in self.left)
        return openings


def _secret(epoch: Epoch, case: Case, left: Sequence[Secrecy]) -> Verdict:
    locks = {
        secrecy.text: tuple(lock for lock in epoch.locks_on(secrecy) if lock.holds(secrecy, case))
        for secrecy in left
    }
    rules = rules_for(epoch, case)
    search = _Search(case, left, rules, locks)
    verdict = _by_rules(search, case)
    if (verdict is None or verdict.outcome != "must") and _reservation_helps(case, left):
        verdict = Verdict("must", "none", True, None, (RESERVATION,), "reservation")
    if verdict is None:
        verdict = Verdict("must_not", "none", False, None, (), "closed")
    held = tuple(dict.fromkeys(lock for found in locks.values() for lock in found))
    return replace(verdict, left=tuple(left), locks=held)


def _by_rules(search: _Search, case: Case) -> Verdict | None:
    turned = case.on_request and case.receiver_is_authority and not case.foreign
    opened = search.all_opened(lambda rule: rule.duty and rule.hurdle == 0)
    if opened:
        return _verdict(search, "must", opened, True, None, "duties")
    opened = search.all_opened(lambda rule: rule.duty)
    without_test = search.all_opened(lambda rule: rule.hurdle == 0)
    if opened:
        floor: Outcome = "may" if without_test else "must_not"
        verdict = _verdict(search, "may_after_balancing", opened, True, floor, "duties")
        return replace(verdict, floor_openings=search.simplest(without_test or ()))
    if without_test:
        return _verdict(search, "may", without_test, turned, None, "permissions")
    opened = search.all_opened(lambda rule: True)
    if opened:
        return _verdict(search, "may_after_balancing", opened, turned, "must_not", "permissions")
    return None


def _verdict(
    search: _Search,
    outcome: Outcome,
    openings: tuple[Opening, ...],
    duty: bool,
    floor: Outcome | None,
    branch: str,
) -> Verdict:
    openings = search.simplest(openings)
    test = TESTS[max(opening.rule.hurdle for opening in openings)]
    grounds = _grounds(openings, duty)
    return Verdict(outcome, test, duty, floor, grounds, branch, openings=openings)


def _grounds(openings: tuple[Opening, ...], duty: bool) -> tuple[str, ...]:
    """Rules with the highest hurdle first, what is cited with them, then OSL 6:5 (H)."""
    ordered = sorted(openings, key=lambda opening: -opening.rule.hurdle)
    cites = [opening.ground for opening in ordered]
    for opening in ordered:
        cites.extend(opening.rule.block.grounds_with)
    if duty and not all(opening.rule.duty for opening in openings):
        cites.append(ON_REQUEST)
    return tuple(dict.fromkeys(cites))


def _reservation_helps(case: Case, left: Iterable[Secrecy]) -> bool:
    return (
        not case.receiver_is_authority
        and not case.foreign
        and case.on_request
        and all(not secrecy.absolute for secrecy in left)
        and bool(case.fact("reservation_removes_harm"))
    )


# --- G: a weighing already made ----------------------------------------------------------------


def _after_weighing(verdict: Verdict, case: Case) -> Verdict:
    outcome = case.known.get("weighing_outcome")
    if verdict.outcome != "may_after_balancing" or outcome not in ("for", "against"):
        return verdict
    if outcome == "for":
        settled: Outcome = "must" if verdict.duty else "may"
        return replace(verdict, outcome=settled, test="none", floor=None, weighed="for")
    if verdict.floor != "may":
        return replace(
            verdict,
            outcome="must_not",
            test="none",
            duty=False,
            floor=None,
            grounds=(),
            weighed="against",
        )
    duty = case.on_request and case.receiver_is_authority and not case.foreign
    return replace(
        verdict,
        outcome="may",
        test="none",
        duty=duty,
        floor=None,
        grounds=_grounds(verdict.floor_openings, duty),
        weighed="against",
    )
