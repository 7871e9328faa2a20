"""What follows from a question before any rule is asked: categories, facts, secrecy, branches."""

from __future__ import annotations

from datetime import date

from samsyn.kernel.citations import Citation, Pattern, section_order
from samsyn.kernel.faults import FieldError
from samsyn.law import schema
from samsyn.law.case import Case, Secrecy
from samsyn.law.epochs import Epoch, period_of
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
        texts = question.secrecy
        if texts is None:
            texts = propose_secrecy(epoch, question, categories)
        told = categories | _TOLD if known.get("tip_giver") is True else categories
        return Case(
            question,
            secrecy=tuple(self._secrecy(epoch, question, text, told) for text in texts),
            categories=categories,
            known=known,
            receiver_kind=receiver.kind,
            same_as=receiver.same_as,
            treated_as_authority=receiver.treated_as_authority is not None,
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

    def same_branch(self, question: Question) -> bool:
        """True when giver and receiver are one agency and no independent branches of it."""
        if question.giver != question.receiver:
            return False
        branches = self._vocabulary.agency(question.giver).branches
        own = _branch(branches, question.activity, "activities")
        other = _branch(branches, question.receiver_function, "functions")
        return own is None or other is None or own == other

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

    def _secrecy(
        self, epoch: Epoch, question: Question, text: str, categories: frozenset[str]
    ) -> Secrecy:
        citation = Citation.parse(text)
        rule = epoch.secrecy_rule(citation, categories)
        if rule is None and epoch.not_in_force(text):
            raise FieldError(
                "secrecy",
                f"{text} does not hold on {question.on}; leave it out or change the day",
                f"{text} gäller inte {question.on}; ta bort den eller ändra dagen",
            )
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


def _branch(branches: tuple[schema.Branch, ...], place: str | None, side: str) -> str | None:
    for branch in branches:
        if place in (branch.activities if side == "activities" else branch.functions):
            return branch.code
    return None


def _offence(epoch: Epoch, act: Citation, grade: str) -> schema.Offence | None:
    for offence in epoch.offences:
        if offence.grade == grade and act.within(Citation.parse(offence.act)):
            return offence
    return None


def propose_secrecy(
    epoch: Epoch, question: Question, categories: frozenset[str]
) -> tuple[str, ...]:
    """Provisions that usually make such an item secret at this giver, for a person to confirm.

    Secrecy that followed the item from another agency is added (OSL 11:1), unless a primary rule
    of the giver's own takes its place (11:8).
    """
    primary = tuple(
        rule.cite
        for rule in epoch.secrecy
        if rule.usual
        and epoch.is_party(rule.givers, question.giver, question.activity, "giver")
        and _covers(rule.items, question, categories)
    )
    followed = _followed(epoch, question, primary)
    return tuple(dict.fromkeys((*primary, *followed)))


def _covers(items: schema.Items, question: Question, categories: frozenset[str]) -> bool:
    if items.categories and not categories.intersection(items.categories):
        return False
    if categories.intersection(items.except_categories):
        return False
    if items.marks and not question.subject.marks().intersection(items.marks):
        return False
    kind = question.subject.kind
    return not items.subjects or kind is None or kind in items.subjects


def _followed(epoch: Epoch, question: Question, primary: tuple[str, ...]) -> tuple[str, ...]:
    source = dict(question.facts).get("received_from")
    if not isinstance(source, str) or source == UNKNOWN:
        return ()
    marks = question.subject.marks()
    at_source = [
        rule.cite
        for rule in epoch.secrecy
        if rule.usual
        and source in epoch.admitted(rule.givers, "giver")
        and not rule.items.categories
        and (not rule.items.marks or marks.intersection(rule.items.marks))
    ]
    own = any(Citation.parse(cite).chapter != GENERAL_PROTECTION for cite in primary)
    followed: list[str] = []
    for transfer in epoch.transfers:
        gives_way = transfer.unless_primary is not None and own
        if not gives_way and epoch.is_party(
            transfer.receivers, question.giver, question.activity, "giver"
        ):
            followed.extend(cite for cite in at_source if _carries(transfer, cite))
    return tuple(dict.fromkeys(followed))


def _carries(transfer: schema.TransferRule, cite: str) -> bool:
    if not transfer.carries:
        return True
    citation = Citation.parse(cite)
    return any(Pattern.parse(text).covers(citation) for text in transfer.carries)
