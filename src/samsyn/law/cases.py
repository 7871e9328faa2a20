"""What follows from a question before any rule is asked: categories, facts, secrecy, branches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from samsyn.kernel.citations import Citation, Pattern, section_order
from samsyn.kernel.faults import FieldError
from samsyn.law import schema
from samsyn.law.alike import Alike, AlikePlaces
from samsyn.law.case import Case, Held, Secrecy
from samsyn.law.epochs import Epoch, period_of
from samsyn.law.narrowing import usual_secrecy
from samsyn.law.question import UNKNOWN, Question
from samsyn.law.schema import FactValue
from samsyn.law.vocabulary import Vocabulary

_TOLD = frozenset({"tip_giver_identity"})
GENERAL_PROTECTION = "21"
"""Chapter 21 applies everywhere and does not count as a primary rule in OSL 11:8."""


class CaseBuilder:
    """Turns questions into cases under one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._alike = AlikePlaces(vocabulary)
        self._defaults: dict[str, dict[str, FactValue]] = {}
        self._implied: dict[str, list[str]] = {}
        for fact in vocabulary.facts.values():
            for category in fact.implied_by_categories:
                self._implied.setdefault(category, []).append(fact.code)

    def build(self, epoch: Epoch, question: Question) -> Case:
        """The case of a question on the days of an epoch.

        Raises:
            FieldError: when a provision named in the question does not hold on its day, or a
                party does not exist then.
        """
        categories = self.categories(question)
        self.require_party("giver", question.giver, question.on)
        self.require_party("receiver", question.receiver, question.on)
        receiver = self._vocabulary.agency(question.receiver)
        known = self._facts(epoch, question, categories)
        told = categories | _TOLD if known.get("tip_giver") is True else categories
        for text in question.secrecy or ():
            _require_in_force(epoch, question, text, told)
        one_agency = question.giver == question.receiver
        return Case(
            question,
            hold=partial(self._held, epoch, question.secrecy, {}),
            categories=categories,
            known=known,
            receiver_kind=receiver.kind,
            same_as=receiver.same_as,
            treated_as_authority=receiver.treated_as_authority is not None,
            branches=receiver.branches if one_agency else (),
            places=self.places(epoch, question),
        )

    def require_party(self, field: str, code: str, on: date) -> None:
        """See that an agency exists on a day.

        Raises:
            FieldError: naming the field, if it does not.
        """
        if period_of(self._vocabulary.agency(code)).holds(on) is False:
            raise FieldError(
                field,
                f"{code} does not exist on {on}; change the day",
                f"{code} finns inte {on}; ändra dagen",
            )

    def categories(self, question: Question) -> frozenset[str]:
        """Data categories of the item: stated, else what the item kind tells."""
        if question.categories is not None:
            return frozenset(question.categories)
        return self._vocabulary.categories_of(question.item_kind)

    def places(self, epoch: Epoch, question: Question) -> dict[str, Alike]:
        """Where nobody has said: the activities and functions to try, with those alike."""
        giver, receiver = question.giver, question.receiver
        places = {}
        if question.activity is None:
            # Provisions on reports (OSL 12:1) and on transfer may be grounds of what is open.
            listed = (
                question.secrecy is not None
                and self._vocabulary.agency(receiver).same_as is None
                and all(code != "received_from" for code, _ in question.facts)
            )
            places["activity"] = self._alike.activities(epoch, giver, receiver, listed=listed)
        if question.receiver_function is None:
            places["receiver_function"] = self._alike.functions(epoch, giver, receiver)
        return places

    def _held(
        self,
        epoch: Epoch,
        stated: tuple[str, ...] | None,
        kept: dict[tuple[object, ...], Held],
        case: Case,
    ) -> Held:
        # The same under all assumptions that say nothing of what it hangs on.
        key = case.activity, case.subject_kind, case.assumed.get("tip_giver")
        held = kept.get(key)
        if held is None:
            held = kept[key] = self._held_by(epoch, stated, case)
        return held

    def _held_by(self, epoch: Epoch, stated: tuple[str, ...] | None, case: Case) -> Held:
        if stated is not None:
            return Held(tuple(_secrecy(epoch, case, text) for text in stated), read=True)
        proposal = propose_secrecy(epoch, case)
        read = proposal.complete or self._unprotected(case)
        return Held(tuple(_secrecy(epoch, case, text) for text in proposal.texts), read)

    def _unprotected(self, case: Case) -> bool:
        """True if the law is read to leave such items open in the giver's activity."""
        kinds = self._vocabulary.unprotected(case.place("activity"))
        return bool(kinds) and case.is_about(kinds)

    def _facts(
        self, epoch: Epoch, question: Question, categories: frozenset[str]
    ) -> dict[str, FactValue]:
        known = dict(self._defaults_for(question.purpose))
        for category in categories:
            for code in self._implied.get(category, ()):
                known[code] = True
        stated = dict(question.facts)
        known.update(stated)
        act = stated.get("crime.act")
        if isinstance(act, str) and act != UNKNOWN:
            grade = stated.get("crime.grade", "normal")
            offence = _offence(epoch, Citation.parse(act), str(grade))
            if offence is not None:
                known["crime.prison_in_scale"] = stated.get("crime.prison_in_scale", offence.prison)
                known["crime.min_months"] = stated.get("crime.min_months", offence.min_months)
        return known

    def _defaults_for(self, purpose: str) -> dict[str, FactValue]:
        defaults = self._defaults.get(purpose)
        if defaults is None:
            defaults = {}
            for fact in self._vocabulary.facts.values():
                value = _when_unstated(fact, purpose)
                if value is not None:
                    defaults[fact.code] = value
            self._defaults[purpose] = defaults
        return defaults


def _require_in_force(
    epoch: Epoch, question: Question, text: str, categories: frozenset[str]
) -> None:
    if not epoch.not_in_force(text):
        return
    if epoch.secrecy_rule(Citation.parse(text), categories) is None:
        raise FieldError(
            "secrecy",
            f"{text} does not hold on {question.on}; leave it out or change the day",
            f"{text} gäller inte {question.on}; ta bort den eller ändra dagen",
        )


def _secrecy(epoch: Epoch, case: Case, text: str) -> Secrecy:
    citation = Citation.parse(text)
    usual = epoch.secrecy_rule(citation, case.categories)
    told = epoch.secrecy_rule(citation, case.categories | _TOLD)
    rule = told if told is not usual and case.fact("tip_giver") is True else usual
    public = section_order(citation.chapter or "0")[0] <= 20
    if rule is None:
        return Secrecy(text, citation, public, None)
    return Secrecy(text, citation, public, rule.strength, rule.follows)


def _when_unstated(fact: schema.Fact, purpose: str) -> FactValue | None:
    if purpose in fact.implied_by_purposes:
        return True
    if fact.unstated == "true":
        return True
    if fact.unstated == "ask" and (
        not fact.asked_for_purposes or purpose in fact.asked_for_purposes
    ):
        return UNKNOWN
    return False if fact.type == "bool" else None


def _offence(epoch: Epoch, act: Citation, grade: str) -> schema.Offence | None:
    for offence in epoch.offences:
        if offence.grade == grade and act.within(Citation.parse(offence.act)):
            return offence
    return None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Provisions that usually make such an item secret, for a person to confirm.

    Attributes:
        texts: their citations.
        complete: the rulebook knows what holds for such items in the giver's activity: a provision
            made for it is among them, or takes such items out.
    """

    texts: tuple[str, ...]
    complete: bool


def propose_secrecy(epoch: Epoch, case: Case) -> Proposal:
    """Provisions that usually make such an item secret at this giver, for a person to confirm.

    Secrecy that followed the item from another agency is added (OSL 11:1), unless a primary rule
    of the giver's own takes its place (11:8).

    Raises:
        OpenFact: when they hang on an activity or a kind of subject that nobody knows.
    """
    usual = usual_secrecy(epoch, case)
    primary = [rule for rule in usual if _covers(rule.items, case)]
    followed = _followed(epoch, case, tuple(rule.cite for rule in primary))
    taken_out = any(
        not _general(rule) and case.categories.intersection(rule.items.except_categories)
        for rule in usual
    )
    return Proposal(
        tuple(dict.fromkeys((*(rule.cite for rule in primary), *followed))),
        case.known.get("received_from") != UNKNOWN
        and (taken_out or any(not _general(rule) for rule in primary)),
    )


def _general(rule: schema.SecrecyRule) -> bool:
    """True for a rule that holds at every authority, such as those of chapter 21."""
    return rule.givers.any is not None and not rule.givers.activities


def _covers(items: schema.Items, case: Case) -> bool:
    if items.categories and not case.categories.intersection(items.categories):
        return False
    if case.categories.intersection(items.except_categories):
        return False
    if items.marks and not case.marks.intersection(items.marks):
        return False
    return case.is_about(items.subjects)


def _followed(epoch: Epoch, case: Case, primary: tuple[str, ...]) -> tuple[str, ...]:
    source = case.known.get("received_from")
    if not isinstance(source, str) or source == UNKNOWN:
        return ()
    at_source = [
        rule.cite
        for rule in epoch.secrecy
        if rule.usual
        and source in epoch.admitted(rule.givers, "giver")
        and not rule.items.categories
        and (not rule.items.marks or case.marks.intersection(rule.items.marks))
    ]
    own = any(Citation.parse(cite).chapter != GENERAL_PROTECTION for cite in primary)
    followed: list[str] = []
    for transfer in epoch.transfers:
        gives_way = transfer.unless_primary is not None and own
        if not gives_way and epoch.is_giver(transfer.receivers, case):
            followed.extend(cite for cite in at_source if _carries(transfer, cite))
    return tuple(dict.fromkeys(followed))


def _carries(transfer: schema.TransferRule, cite: str) -> bool:
    if not transfer.carries:
        return True
    citation = Citation.parse(cite)
    return any(Pattern.parse(text).covers(citation) for text in transfer.carries)
