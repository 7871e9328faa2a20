"""Where may an item be held, and as what may it be received, when nobody has said?

Every activity the giver may have is tried, and every function some rule names for the receiver.
Those that no rule between the two tells apart give the same answer and are tried once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping

from samsyn.law import schema
from samsyn.law.case import ELSEWHERE
from samsyn.law.epochs import Epoch, Rule
from samsyn.law.places import Place, named_places
from samsyn.law.vocabulary import Vocabulary

Alike = Mapping[str, tuple[str, ...]]
"""The place that is tried → the places that give the same answer, itself among them."""


def places_at_receiver(rule: Rule, receiver: str, foreign: bool) -> tuple[Place, ...]:
    """In which functions a receiver is reached by a rule; none when it is not reached."""
    stands_in = foreign and not rule.duty and rule.reaches_authorities
    return rule.receivers.get(receiver) or (rule.foreign_places if stands_in else ())


class AlikePlaces:
    """The activities of a giver and the functions of a receiver, by what the law makes of them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._activities: dict[tuple[Epoch, str, str, bool], Alike] = {}
        self._functions: dict[tuple[Epoch, str, str], Alike] = {}

    def activities(self, epoch: Epoch, giver: str, receiver: str, *, listed: bool) -> Alike:
        """The activities in which the giver may hold the item.

        Args:
            epoch: the days of the question.
            giver: who holds the item.
            receiver: who is to get it.
            listed: it is stated what makes the item secret at the giver, so that the provisions on
                secrecy and on its transfer need not tell the activities apart.
        """
        key = epoch, giver, receiver, listed
        found = self._activities.get(key)
        if found is None:
            found = self._activities[key] = self._alike_activities(epoch, giver, receiver, listed)
        return found

    def functions(self, epoch: Epoch, giver: str, receiver: str) -> Alike:
        """The functions in which the receiver may get it."""
        key = epoch, giver, receiver
        found = self._functions.get(key)
        if found is None:
            found = self._functions[key] = self._alike_functions(epoch, giver, receiver)
        return found

    def _alike_activities(self, epoch: Epoch, giver: str, receiver: str, listed: bool) -> Alike:
        groups = [rule.givers[giver] for rule in self._rules(epoch, giver, receiver)]
        parties = [exception.givers for exception in epoch.exceptions]
        if not listed:
            parties += [rule.givers for rule in epoch.secrecy]
            parties += [transfer.receivers for transfer in epoch.transfers]
        # Those that do not name the giver tell none of its activities from another.
        places = (epoch.party_places(among, giver, "giver") for among in parties)
        groups += [named for named in places if named]
        sides = [branch.activities for branch in self._branches(giver, receiver)]
        unprotected = self._vocabulary.unprotected
        return _alike(
            self._vocabulary.activities_of(giver),
            lambda name: (
                _admitted(groups, name),
                _inside(sides, name),
                listed or unprotected(name),
            ),
        )

    def _alike_functions(self, epoch: Epoch, giver: str, receiver: str) -> Alike:
        foreign = self._vocabulary.agency(receiver).kind == "foreign"
        rules = self._rules(epoch, giver, receiver)
        groups = [places_at_receiver(rule, receiver, foreign) for rule in rules]
        sides = [branch.functions for branch in self._branches(giver, receiver)]
        names = {name for places in groups for name in named_places(places)}
        names.update(name for side in sides for name in side)
        return _alike(
            self._vocabulary.functions.ordered(names),
            lambda name: (_admitted(groups, name), _inside(sides, name)),
        )

    def _rules(self, epoch: Epoch, giver: str, receiver: str) -> tuple[Rule, ...]:
        foreign = self._vocabulary.agency(receiver).kind == "foreign"
        return epoch.rules_between(giver, receiver, foreign=foreign)

    def _branches(self, giver: str, receiver: str) -> tuple[schema.Branch, ...]:
        return self._vocabulary.agency(giver).branches if giver == receiver else ()


def _admitted(groups: Iterable[tuple[Place, ...]], name: str) -> tuple[Hashable, ...]:
    """In which groups a place counts, and on which undated memberships that hangs."""
    return tuple(
        tuple(place.window for place in places if place.includes(name)) for places in groups
    )


def _inside(sides: Iterable[tuple[str, ...]], name: str) -> tuple[bool, ...]:
    return tuple(name in side for side in sides)


def _alike(names: Iterable[str], told_by: Callable[[str], Hashable]) -> Alike:
    groups: dict[Hashable, list[str]] = {}
    for name in names:
        groups.setdefault(told_by(name), []).append(name)
    outside = groups.pop(told_by(ELSEWHERE), [])
    alike = {members[0]: tuple(members) for members in groups.values()}
    alike[ELSEWHERE] = (*outside, ELSEWHERE)
    return alike
