"""On which day is each operation, if only the numbers of people and seats had to suffice?

The relaxed whole: nobody is named, but for every set of people that needs may have to share (Hall's
condition) no half-day and no week asks for more of them than there are. Every plan keeps these
rules, so what is proven here is proven for all plans; a plan of days that keeps them can nearly
always be staffed, and where it cannot, ``proposing`` mends it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from ortools.sat.python import cp_model

from samsyn.plan.staffing.frame import Frame, Slot, State, days_away
from samsyn.plan.staffing.searching import Budget, Goal, in_order

SETS = 60
"""How many sets of people of one agency are looked at; more sharpen the bound and cost time."""
PAIRS_OF = 16

Literal = cp_model.IntVar
_Terms = list[tuple[int, Literal]]


@dataclass(frozen=True, slots=True)
class Days:
    """Where each operation is put, and (value, bound) of priority and of wish."""

    slots: dict[int, Slot]
    priority: tuple[int, int]
    wish: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one operation asks of one set of people."""

    operation: int
    people: frozenset[int]
    count: int


def choose_days(frame: Frame, begin: State, budget: Budget, seconds: float) -> Days:
    """The days, by priority and then by wish.

    Args:
        frame: the task.
        begin: a plan to begin the search at; its days, if nothing is found in time.
        budget: of the whole.
        seconds: for this.
    """
    relaxed = _Relaxed(frame)
    relaxed.hint(begin)
    priorities = [operation.priority for operation in frame.task.operations]
    worth = sum(priorities[number] * literal for number, literal in relaxed.planned.items())
    goals = [
        Goal(worth, most=True, seconds=seconds * 0.6, presolve=False),
        Goal(relaxed.away_from_wishes(), most=False, seconds=seconds * 0.4, presolve=False),
    ]
    reached = in_order(relaxed.model, goals, budget)
    if reached is None:
        possible = sum(priorities[number] for number in relaxed.planned)
        planned = sum(priorities[number] for number in begin)
        return Days(
            {number: put.slot for number, put in begin.items()}, (planned, possible), (0, 0)
        )
    slots = {
        number: slot
        for number, at in relaxed.at.items()
        for slot, literal in at.items()
        if reached.solver.boolean_value(literal)
    }
    return Days(slots, reached.goals[0], reached.goals[1])


class _Relaxed:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.model = cp_model.CpModel()
        self.at: dict[int, dict[Slot, Literal]] = {}
        self.planned: dict[int, Literal] = {}
        for number, slots in enumerate(frame.slots):
            if slots:
                self._place(number, slots)
        self._cells = self._sums(lambda slot: slot.cells)
        self._weeks = self._sums(lambda slot: (frame.week_of[slot.day],))
        for asked in _by_agency(frame, self.planned):
            for people in _sets(asked):
                inside = [one for one in asked if one.people <= people]
                self._enough(people, inside)
        for home in sorted({person.home for person in frame.task.people}):
            self._seats(home)

    def away_from_wishes(self) -> cp_model.LinearExpr | int:
        """Days between what is wished and what is planned, all together."""
        terms: list[cp_model.LinearExpr | int] = []
        for number, slots in self.at.items():
            for slot, literal in slots.items():
                away = days_away(self.frame, number, slot)
                terms += [away * literal] if away else []
        return sum(terms)

    def hint(self, begin: State) -> None:
        """Begin at a plan."""
        for number, slots in self.at.items():
            put = begin.get(number)
            self.model.add_hint(self.planned[number], put is not None)
            for slot, literal in slots.items():
                self.model.add_hint(literal, put is not None and put.slot == slot)

    def _place(self, number: int, slots: Sequence[Slot]) -> None:
        planned = self.model.new_bool_var("")
        self.planned[number] = planned
        self.at[number] = {slot: self.model.new_bool_var("") for slot in slots}
        self.model.add_exactly_one([*self.at[number].values(), planned.negated()])

    def _sums(self, keys: Callable[[Slot], Iterable[int]]) -> dict[int, dict[int, Literal]]:
        """Cell or week → operation → literal that it is there."""
        found: dict[int, dict[int, Literal]] = defaultdict(dict)
        for number, slots in self.at.items():
            where: dict[int, list[Literal]] = defaultdict(list)
            for slot, literal in slots.items():
                for key in keys(slot):
                    where[key].append(literal)
            for key, literals in where.items():
                if len(literals) == 1:
                    found[key][number] = literals[0]
                else:
                    there = self.model.new_bool_var("")
                    self.model.add(sum(literals) == there)
                    found[key][number] = there
        return found

    def _enough(self, people: frozenset[int], asked: Sequence[_Asked]) -> None:
        wanted: dict[int, int] = defaultdict(int)
        for one in asked:
            wanted[one.operation] += one.count
        free = [self.frame.free[person] for person in people]
        for cell, there in self._cells.items():
            capacity = sum(mask >> cell & 1 for mask in free)
            self._at_most([(n, there[o]) for o, n in wanted.items() if o in there], capacity)
        for week, there in self._weeks.items():
            capacity = sum(self._most(person, week) for person in people)
            self._at_most([(n, there[o]) for o, n in wanted.items() if o in there], capacity)

    def _most(self, person: int, week: int) -> int:
        cells = sum(
            self.frame.free[person] >> (2 * day + half) & 1
            for day, of in enumerate(self.frame.week_of)
            for half in (0, 1)
            if of == week
        )
        return min(self.frame.task.people[person].most_a_week, cells)

    def _at_most(self, terms: _Terms, capacity: int) -> None:
        if sum(count for count, _ in terms) > capacity:
            self.model.add(sum(count * literal for count, literal in terms) <= capacity)

    def _seats(self, home: str) -> None:
        """Cars and seats of those who can come from one home only."""
        riders = _riders(self.frame, home, self.planned)
        cars = [(n, car) for n, car in enumerate(self.frame.task.cars) if car.home == home]
        for cell, there in self._cells.items():
            free = [car for number, car in cars if self.frame.car_free[number] >> cell & 1]
            here = {o: riders[o] for o in riders if o in there}
            self._at_most([(1, there[o]) for o in here], len(free))
            shared = sum(car.seats for car in free if car.agency is None)
            beyond = []
            for agency in sorted({a for counts in here.values() for a in counts}):
                own = sum(car.seats for car in free if car.agency == agency)
                terms = [(n[agency], there[o]) for o, n in here.items() if agency in n]
                most = sum(count for count, _ in terms)
                if most > own:
                    more = self.model.new_int_var(0, most, "")
                    self.model.add(sum(n * literal for n, literal in terms) <= own + more)
                    beyond.append(more)
            if beyond:
                self.model.add(sum(beyond) <= shared)


def _by_agency(frame: Frame, planned: dict[int, Literal]) -> Iterator[list[_Asked]]:
    found: dict[str, list[_Asked]] = defaultdict(list)
    for number in planned:
        for need, people in zip(
            frame.task.operations[number].needs, frame.eligible[number], strict=True
        ):
            found[need.agency].append(_Asked(number, frozenset(people), need.people))
    yield from found.values()


def _sets(asked: Sequence[_Asked]) -> list[frozenset[int]]:
    """The sets to look at: of each need, of two that overlap, of all."""
    weight: dict[frozenset[int], int] = defaultdict(int)
    for one in asked:
        weight[one.people] += one.count
    single = sorted(weight, key=lambda people: (-weight[people] / len(people), sorted(people)))
    chosen = single[: SETS - PAIRS_OF]
    pairs = [one | other for one, other in combinations(single[:PAIRS_OF], 2) if one & other]
    every = frozenset().union(*single)
    return list(dict.fromkeys([*chosen, every, *pairs]))[:SETS]


def _riders(frame: Frame, home: str, planned: dict[int, Literal]) -> dict[int, dict[str, int]]:
    """Operation → agency → people who must be driven from this home, whoever they are."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for number in planned:
        needs = frame.task.operations[number].needs
        for need, people in zip(needs, frame.eligible[number], strict=True):
            able = [frame.task.people[person] for person in people]
            if all(one.home == home and not one.own_transport for one in able):
                found[number][need.agency] += need.people
    return found
