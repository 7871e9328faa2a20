"""Who could go on the days that stand, found at once and without a search?

Day by day, the operation with least choice first; of those who can, the ones who know least besides
and have given least. Where a team cannot be found the operation is missing, and the search that
begins here has to find it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from samsyn.plan.staffing.frame import Frame, Put, Slot, State, matched


def first_people(frame: Frame, slots: Mapping[int, Slot]) -> State:
    """People for the operations, without cars."""
    days: dict[int, list[int]] = defaultdict(list)
    for number, slot in slots.items():
        days[slot.day].append(number)
    given = _Given(frame)
    for day in sorted(days):
        for number in sorted(days[day], key=lambda one: (_choice(frame, one), one)):
            given.put(number, slots[number])
    return given.state


def _choice(frame: Frame, number: int) -> int:
    needs = frame.task.operations[number].needs
    return min(
        len(people) - need.people
        for people, need in zip(frame.eligible[number], needs, strict=True)
    )


class _Given:
    """What has been given out so far."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.state: State = {}
        self._busy: dict[tuple[int, int], list[tuple[int, Slot]]] = defaultdict(list)
        self._week: dict[tuple[int, int], int] = defaultdict(int)
        self._load: dict[int, int] = defaultdict(int)

    def put(self, number: int, slot: Slot) -> None:
        """Put an operation with the people it needs, if they can be found."""
        people = self.frame.task.people
        able = [
            sorted(
                (one for one in team if self._can(one, number, slot)),
                key=lambda one: (len(people[one].competences), self._load[one], one),
            )
            for team in self.frame.eligible[number]
        ]
        wanted = [need.people for need in self.frame.task.operations[number].needs]
        teams = matched(able, wanted)
        if not any(teams):
            return
        self.state[number] = Put(slot, tuple(teams))
        for one in self.state[number].everyone:
            self._busy[one, slot.day].append((number, slot))
            self._week[one, self.frame.week_of[slot.day]] += 1
            self._load[one] += len(slot.cells)

    def _can(self, person: int, number: int, slot: Slot) -> bool:
        most = self.frame.task.people[person].most_a_week
        return (
            self._week[person, self.frame.week_of[slot.day]] < most
            and self.frame.fits(person, number, slot)
            and not any(
                self.frame.clash(number, slot, other, then)
                for other, then in self._busy[person, slot.day]
            )
        )
