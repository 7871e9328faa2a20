"""On which days does one question meet the same law, however much else has changed?

An epoch ends whenever some rule changes, and most rules do not concern a question. What a verdict
can hang on is put down here, part by part, each part as a number that is the same on two days when
the part is. A question asked on many days is then answered once for each law that it meets.

INVARIANT: whatever :mod:`samsyn.law.interpreter` and :mod:`samsyn.law.cases` read of an epoch
stands in one of the parts. A part that holds too much costs time; one that holds too little gives
the answer of another day.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator

from samsyn.kernel.citations import Citation
from samsyn.law import schema
from samsyn.law.epochs import Epoch, period_of
from samsyn.law.fitting import of_purpose
from samsyn.law.question import Question
from samsyn.law.rulebook import Rulebook

Standing = tuple[Hashable, ...]
"""Equal for two days on which a question meets the same law."""
_OF_THEIR_DAY = frozenset({"crime.act", "received_from"})
"""Facts whose meaning hangs on more than the parts hold: penalties, secrecy at other agencies."""
_REPORTS = "tip_giver_identity"


class Standings:
    """What of one rulebook each question meets on each day.

    The parts are kept for as long as this is: a rulebook's blocks are told apart by their place in
    memory, which is theirs while the rulebook is there.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._numbers: dict[Hashable, int] = {}
        self._parts: dict[Hashable, int] = {}

    def of(self, question: Question) -> Standing:
        """All that the verdict on a question can hang on, on its day.

        Raises:
            FieldError: if the day lies before those the rulebook covers.
        """
        epoch = self._rulebook.epoch(question.on)
        if any(code in _OF_THEIR_DAY for code, _ in question.facts):
            return (epoch.start,)
        day, giver, receiver = epoch.start, question.giver, question.receiver
        named = question.activity, question.receiver_function is None
        sought = giver, receiver, question.purpose, question.initiative
        item = giver, question.activity, question.item_kind, question.categories
        listed = question.secrecy is not None
        return (
            self._part(("locks", day), lambda: _ids(lock.block for lock in epoch.locks)),
            self._part(("giver", day, giver), lambda: tuple(_at_giver(epoch, giver))),
            self._part(("rules", day, sought), lambda: self._rules(epoch, question)),
            self._part(("held", day, item, question.secrecy), lambda: self._held(epoch, question)),
            self._part(
                ("places", day, giver, receiver, named, listed),
                lambda: self._places(epoch, question),
            ),
        )

    def _part(self, key: Hashable, made: Callable[[], Hashable]) -> int:
        """The number of a part, the same for parts that are equal."""
        number = self._parts.get(key)
        if number is None:
            number = self._numbers.setdefault(made(), len(self._numbers))
            self._parts[key] = number
        return number

    def _rules(self, epoch: Epoch, question: Question) -> Hashable:
        """The parties on the day, and the breaking rules between them that may be used."""
        vocabulary = self._rulebook.vocabulary
        giver, receiver = vocabulary.agency(question.giver), vocabulary.agency(question.receiver)
        there = tuple(period_of(agency).holds(epoch.start) for agency in (giver, receiver))
        foreign = receiver.kind == "foreign"
        rules = tuple(
            (
                id(rule.block),
                rule.window,
                rule.givers.get(question.giver),
                rule.receivers.get(question.receiver),
            )
            for rule in epoch.rules_between(question.giver, question.receiver, foreign=foreign)
            if of_purpose(rule, question)
        )
        return there, rules

    def _held(self, epoch: Epoch, question: Question) -> Hashable:
        """The provisions of secrecy that are stated, or may be proposed, and their neighbours."""
        if question.secrecy is not None:
            return _in_sections(epoch, question.secrecy)
        categories = self._rulebook.cases.categories(question)
        proposed = [
            (rule, places)
            for rule in epoch.secrecy
            if rule.usual
            and (places := epoch.party_places(rule.givers, question.giver, "giver"))
            and (
                question.activity is None or any(one.includes(question.activity) for one in places)
            )
            and (question.activity is None or _touches(rule.items, categories))
        ]
        cites = tuple(rule.cite for rule, _ in proposed)
        return tuple((id(rule), places) for rule, places in proposed), _in_sections(epoch, cites)

    def _places(self, epoch: Epoch, question: Question) -> Hashable:
        """The activities and functions that are tried where none is stated."""
        open_places = self._rulebook.cases.places(epoch, question)
        return tuple((field, tuple(alike.items())) for field, alike in open_places.items())


def _ids(blocks: Iterable[object]) -> tuple[int, ...]:
    return tuple(map(id, blocks))


def _at_giver(epoch: Epoch, giver: str) -> Iterator[Hashable]:
    """What takes items out of secrecy at a giver, carries secrecy to it, and guards reports."""
    reports = (rule for rule in epoch.secrecy if _REPORTS in rule.items.categories)
    for block, parties in (
        *((exception, exception.givers) for exception in epoch.exceptions),
        *((transfer, transfer.receivers) for transfer in epoch.transfers),
        *((rule, rule.givers) for rule in reports),
    ):
        if places := epoch.party_places(parties, giver, "giver"):
            yield id(block), places


def _touches(items: schema.Items, categories: frozenset[str]) -> bool:
    """True if a provision may be proposed for items of some categories, or leaves them out."""
    wanted = not items.categories or categories.intersection(items.categories)
    return bool(wanted or categories.intersection(items.except_categories))


def _in_sections(epoch: Epoch, cites: Iterable[str]) -> tuple[int, ...]:
    """Every provision in force in the sections that some provisions stand in."""
    sections = {Citation.parse(cite).whole_section() for cite in cites}
    return tuple(
        id(rule) for rule in epoch.secrecy if Citation.parse(rule.cite).whole_section() in sections
    )
