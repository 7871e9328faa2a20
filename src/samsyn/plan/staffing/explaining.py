"""Why is an operation on its day, who is scarce, and why was another left out?

Each answer is looked up with all other operations as they are: one operation is thought away and
put on each of its days in turn.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from samsyn.kernel.text import Text
from samsyn.plan.staffing.frame import Frame, Slot, State, days_away, matched
from samsyn.plan.staffing.task import Need


@dataclass(frozen=True, slots=True)
class Scarce:
    """Of whom there are too few: a need of some agency, or cars (without a need)."""

    need: Need | None

    @property
    def said(self) -> Text:
        """In words."""
        if self.need is None:
            return Text(sv="bilplatser", en="seats in cars")
        if not self.need.competences:
            return Text(sv=self.need.agency, en=self.need.agency)
        knows = ", ".join(self.need.competences)
        return Text(sv=f"{self.need.agency} med {knows}", en=f"{self.need.agency} with {knows}")


@dataclass(frozen=True, slots=True)
class Why:
    """An operation explained: the sentences, and on how many days who is scarce."""

    operation: int
    said: tuple[Text, ...]
    scarce: tuple[tuple[Scarce, int], ...]


class Around:
    """What everybody is busy with, so that one operation can be tried on each day."""

    def __init__(self, frame: Frame, state: State) -> None:
        self.frame, self.state = frame, state
        self._people: dict[tuple[int, int], list[tuple[int, Slot]]] = defaultdict(list)
        self._cars: dict[tuple[int, int], list[tuple[int, Slot]]] = defaultdict(list)
        self._week: Counter[tuple[int, int]] = Counter()
        for number, put in state.items():
            for person in put.everyone:
                self._people[person, put.slot.day].append((number, put.slot))
                self._week[person, frame.week_of[put.slot.day]] += 1
            for car in put.cars:
                self._cars[car, put.slot.day].append((number, put.slot))

    def scarce(self, number: int, slot: Slot) -> list[Scarce]:
        """Who is missing there with the others as they are; empty if it could be there."""
        needs = self.frame.task.operations[number].needs
        able = [
            [person for person in people if self._free(person, number, slot)]
            for people in self.frame.eligible[number]
        ]
        short = [
            Scarce(need) for need, team in zip(needs, able, strict=True) if len(team) < need.people
        ]
        if short:
            return short
        teams = matched(able, [need.people for need in needs])
        if not any(teams):
            return [Scarce(need) for need in needs if need.competences] or [Scarce(needs[0])]
        return [] if self._seats(number, slot, [p for team in teams for p in team]) else [
            Scarce(None)
        ]  # fmt: skip

    def _free(self, person: int, number: int, slot: Slot) -> bool:
        week = self.frame.week_of[slot.day]
        own = self.state.get(number)
        inside = own is not None and person in own.everyone
        counted = self._week[person, week] - (
            inside and own is not None and self.frame.week_of[own.slot.day] == week
        )
        return (
            counted < self.frame.task.people[person].most_a_week
            and self.frame.fits(person, number, slot)
            and not any(
                other != number and self.frame.clash(number, slot, other, then)
                for other, then in self._people[person, slot.day]
            )
        )

    def _seats(self, number: int, slot: Slot, people: Sequence[int]) -> bool:
        """Whether there are as many free seats as people from each home; not who may sit where."""
        task = self.frame.task
        riders = Counter(
            task.people[person].home for person in people if not task.people[person].own_transport
        )
        for car, one in enumerate(task.cars):
            if self.frame.car_fits(car, number, slot) and not any(
                other != number and self.frame.clash(number, slot, other, then)
                for other, then in self._cars[car, slot.day]
            ):
                riders[one.home] -= one.seats
        return all(count <= 0 for count in riders.values())


def why_planned(frame: Frame, around: Around, number: int) -> Why:
    """Why an operation is on its day."""
    operation, slot = frame.task.operations[number], around.state[number].slot
    if operation.fixed_day is not None:
        return Why(number, (Text(sv="Dagen är bestämd.", en="The day is fixed."),), ())
    free, scarce, possible = _days(frame, around, number)
    said = [_possible(len(possible), len(free - {slot.day}))]
    if operation.wished_day is not None:
        away = days_away(frame, number, slot)
        nearer = [d for d in free if abs((frame.days[d] - operation.wished_day).days) < away]
        said.append(_wish(away, len(nearer)))
    if scarce:
        said.append(_most_scarce(scarce))
    return Why(number, tuple(said), tuple(scarce))


def why_left_out(frame: Frame, around: Around, number: int) -> Why:
    """Why an operation is not in the plan."""
    _, scarce, possible = _days(frame, around, number)
    if not possible:
        return Why(number, (_never(frame, number),), ())
    said = [
        Text(
            sv=f"Den har {len(possible)} möjliga dagar; med de andra som de är räcker det inte på "
            "någon av dem.",
            en=f"It has {len(possible)} possible days; with the others as they are, none of them "
            "suffices.",
        )
    ]
    if scarce:
        said.append(_most_scarce(scarce))
    return Why(number, tuple(said), tuple(scarce))


def _days(
    frame: Frame, around: Around, number: int
) -> tuple[set[int], list[tuple[Scarce, int]], set[int]]:
    """Days on which it could be as well; who is scarce on how many others; all possible days."""
    possible = {slot.day for slot in frame.slots[number]}
    free: set[int] = set()
    blocked: dict[int, set[Scarce]] = defaultdict(set)
    for slot in frame.slots[number]:
        scarce = around.scarce(number, slot)
        if scarce:
            blocked[slot.day] |= set(scarce)
        else:
            free.add(slot.day)
    counts = Counter(one for day, found in blocked.items() if day not in free for one in found)
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0].said.en))
    return free, order, possible


def _possible(days: int, others: int) -> Text:
    if days == 1:
        return Text(sv="Det är den enda möjliga dagen.", en="It is the only possible day.")
    if not others:
        return Text(
            sv=f"Av {days} möjliga dagar är det den enda som räcker med de andra som de är.",
            en=f"Of {days} possible days it is the only one that suffices with the others as they "
            "are.",
        )
    return Text(
        sv=f"Av {days} möjliga dagar kunde också {others} användas med de andra som de är.",
        en=f"Of {days} possible days {others} more could be used with the others as they are.",
    )


def _wish(away: int, nearer: int) -> Text:
    if not away:
        return Text(sv="Det är den önskade dagen.", en="It is the wished day.")
    if nearer:
        return Text(
            sv=f"Den ligger {away} dagar från den önskade; {nearer} dagar närmare är lediga nu.",
            en=f"It is {away} days from the wished one; {nearer} nearer days are free now.",
        )
    return Text(
        sv=f"Den ligger {away} dagar från den önskade, och ingen närmare räcker.",
        en=f"It is {away} days from the wished one, and no nearer one suffices.",
    )


def _most_scarce(scarce: Sequence[tuple[Scarce, int]]) -> Text:
    def named(language_of: int) -> str:
        return ", ".join(
            f"{(one.said.sv, one.said.en)[language_of]} ({days} {('dagar', 'days')[language_of]})"
            for one, days in scarce[:3]
        )

    return Text(sv=f"Mest ont om: {named(0)}.", en=f"Scarcest: {named(1)}.")


def _never(frame: Frame, number: int) -> Text:
    """Even with everybody free there is no day."""
    operation = frame.task.operations[number]
    for need, people in zip(operation.needs, frame.eligible[number], strict=True):
        if len(people) < need.people:
            said = Scarce(need).said
            return Text(
                sv=f"Det finns {len(people)} av {need.people} som kan komma i fråga: {said.sv}.",
                en=f"There are {len(people)} of {need.people} who come into question: {said.en}.",
            )
    return Text(
        sv="Ingen tillåten dag och tid har alla som behövs i tjänst, ens om inget annat planeras.",
        en="No allowed day and time has all who are needed on duty, even if nothing else is "
        "planned.",
    )
