"""Who goes where and in which car, exactly, for the operations that are looked at together?

The exact model of CP-SAT. Each operation that is looked at has one slot or several; all others are
held as they are, and their people and cars are busy. So the same model staffs one agency on days
that are given, tries one more day for one operation, and plans a small task whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from samsyn.plan.staffing.frame import Frame, Put, Slot, State

Literal = cp_model.IntVar
Sum = cp_model.LinearExpr | int


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked at together.

    Attributes:
        slots: operation → slots to choose from.
        held: all others, as they are.
        agencies: only their people; None for all.
        cars: whether cars are given out too.
        must: operations that may not be left out.
        people: whose people stand already.
    """

    slots: Mapping[int, Sequence[Slot]]
    held: State = field(default_factory=dict)
    agencies: frozenset[str] | None = None
    cars: bool = True
    must: frozenset[int] = frozenset()
    people: Mapping[int, tuple[tuple[int, ...], ...]] = field(default_factory=dict)


class Joint:
    """The model with its variables."""

    def __init__(self, frame: Frame, looked: Looked) -> None:
        self.frame, self.looked = frame, looked
        self.model = cp_model.CpModel()
        self.at: dict[int, dict[Slot, Literal]] = {}
        self.planned: dict[int, Literal] = {}
        self.taken: dict[tuple[int, int, int], Literal] = {}
        self.present: dict[tuple[int, int], dict[Slot, Literal]] = defaultdict(dict)
        self.driven: dict[tuple[int, int], dict[Slot, Literal]] = defaultdict(dict)
        self._busy_people, self._busy_cars = _busy(looked.held)
        for number, slots in looked.slots.items():
            self._place(number, slots)
            if number not in looked.people:
                self._people(number)
        self._once(self.present)
        self._weeks()
        if looked.cars:
            self._cars()
            self._once(self.driven)

    def state(self, solver: cp_model.CpSolver) -> State:
        """What was chosen."""
        found: State = {}
        for number, slots in self.at.items():
            for slot, chosen in slots.items():
                if solver.boolean_value(chosen):
                    teams = self.looked.people.get(number) or self._teams(solver, number)
                    cars = tuple(
                        car
                        for (operation, car), slots in self.driven.items()
                        if operation == number and any(map(solver.boolean_value, slots.values()))
                    )
                    found[number] = Put(slot, teams, cars)
        return found

    def hint(self, state: State) -> None:
        """Begin the search at a state."""
        for number, slots in self.at.items():
            put = state.get(number)
            self.model.add_hint(self.planned[number], put is not None)
            for slot, literal in slots.items():
                if literal is not self.planned[number]:
                    self.model.add_hint(literal, put is not None and put.slot == slot)
        for (number, need, person), literal in self.taken.items():
            put = state.get(number)
            inside = put is not None and need < len(put.people) and person in put.people[need]
            self.model.add_hint(literal, inside)
        for (number, car), slots in self.driven.items():
            put = state.get(number)
            for slot, literal in slots.items():
                inside = put is not None and put.slot == slot and car in put.cars
                self.model.add_hint(literal, inside)

    def loads(self) -> dict[int, list[tuple[int, Literal]]]:
        """Person → half-days with the literal that gives them."""
        found: dict[int, list[tuple[int, Literal]]] = defaultdict(list)
        for (_, person), slots in self.present.items():
            found[person] += [(len(slot.cells), literal) for slot, literal in slots.items()]
        return found

    def _teams(self, solver: cp_model.CpSolver, number: int) -> tuple[tuple[int, ...], ...]:
        teams: list[list[int]] = [[] for _ in self.frame.task.operations[number].needs]
        for need, people in enumerate(self.frame.eligible[number]):
            for person in people:
                literal = self.taken.get((number, need, person))
                if literal is not None and solver.boolean_value(literal):
                    teams[need].append(person)
        return tuple(tuple(team) for team in teams)

    def _place(self, number: int, slots: Sequence[Slot]) -> None:
        planned = self.model.new_bool_var("")
        self.planned[number] = planned
        if len(slots) == 1:
            self.at[number] = {slots[0]: planned}
        else:
            self.at[number] = {slot: self.model.new_bool_var("") for slot in slots}
            self.model.add_exactly_one([*self.at[number].values(), planned.negated()])
        if number in self.looked.must:
            self.model.add(planned == 1)

    def _people(self, number: int) -> None:
        able: dict[int, list[Slot]] = {}
        once: dict[int, list[Literal]] = defaultdict(list)
        for need, people in enumerate(self.frame.eligible[number]):
            wanted = self.frame.task.operations[number].needs[need]
            if self.looked.agencies is not None and wanted.agency not in self.looked.agencies:
                continue
            chosen = []
            for person in people:
                if person not in able:
                    able[person] = self._able(person, number)
                if able[person]:
                    literal = self.model.new_bool_var("")
                    self.taken[number, need, person] = literal
                    once[person].append(literal)
                    chosen.append(literal)
            self.model.add(sum(chosen) == wanted.people * self.planned[number])
        for person, literals in once.items():
            self._present(number, person, literals, able[person])

    def _able(self, person: int, number: int) -> list[Slot]:
        return [
            slot
            for slot in self.at[number]
            if self.frame.fits(person, number, slot)
            and not any(
                self.frame.clash(number, slot, other, then)
                for other, then in self._busy_people.get(person, ())
            )
        ]

    def _present(
        self, number: int, person: int, literals: Sequence[Literal], able: Sequence[Slot]
    ) -> None:
        model = self.model
        if len(self.at[number]) == 1:
            if len(literals) > 1:
                there = model.new_bool_var("")
                model.add(sum(literals) == there)
            else:
                there = literals[0]
            self.present[number, person] = {able[0]: there}
            return
        slots = {slot: model.new_bool_var("") for slot in able}
        for slot, literal in slots.items():
            model.add_implication(literal, self.at[number][slot])
        model.add(sum(slots.values()) == sum(literals))
        model.add_at_most_one(slots.values())
        self.present[number, person] = slots

    def _once(self, where: Mapping[tuple[int, int], Mapping[Slot, Literal]]) -> None:
        """Nobody, and no car, in two operations of a half-day, or too far apart on a day."""
        cells: dict[tuple[int, int], list[Literal]] = defaultdict(list)
        days: dict[tuple[int, int], list[tuple[int, Slot, Literal]]] = defaultdict(list)
        for (number, who), slots in where.items():
            for slot, literal in slots.items():
                days[who, slot.day].append((number, slot, literal))
                for cell in slot.cells:
                    cells[who, cell].append(literal)
        for literals in cells.values():
            if len(literals) > 1:
                self.model.add_at_most_one(literals)
        for on_day in days.values():
            for place, (one, at, literal) in enumerate(on_day):
                for other, then, another in on_day[place + 1 :]:
                    if one == other or set(at.cells) & set(then.cells):
                        continue
                    if self.frame.clash(one, at, other, then):
                        self.model.add_bool_or([literal.negated(), another.negated()])

    def _weeks(self) -> None:
        counted: dict[tuple[int, int], list[Literal]] = defaultdict(list)
        for (_, person), slots in self.present.items():
            for slot, literal in slots.items():
                counted[person, self.frame.week_of[slot.day]].append(literal)
        for (person, week), literals in counted.items():
            held = sum(
                self.frame.week_of[slot.day] == week
                for _, slot in self._busy_people.get(person, ())
            )
            most = self.frame.task.people[person].most_a_week - held
            if len(literals) > most:
                self.model.add(sum(literals) <= max(most, 0))

    def _cars(self) -> None:
        for number in self.looked.slots:
            riders = self._riders(number)
            for home in sorted({home for home, _ in riders}):
                self._seats(number, home, {a: n for (at, a), n in riders.items() if at == home})

    def _riders(self, number: int) -> dict[tuple[str, str], list[Sum]]:
        people = self.frame.task.people
        riders: dict[tuple[str, str], list[Sum]] = defaultdict(list)
        if number in self.looked.people:
            for team in self.looked.people[number]:
                for person in team:
                    one = people[person]
                    if not one.own_transport:
                        riders[one.home, one.agency].append(self.planned[number])
        else:
            for (operation, person), slots in self.present.items():
                one = people[person]
                if operation == number and not one.own_transport:
                    riders[one.home, one.agency] += slots.values()
        return riders

    def _seats(self, number: int, home: str, riders: Mapping[str, Sequence[Sum]]) -> None:
        seats: dict[str | None, list[Sum]] = defaultdict(list)
        for car, one in enumerate(self.frame.task.cars):
            if one.home == home and (one.agency is None or one.agency in riders):
                used = self._drive(number, car)
                if used is not None:
                    seats[one.agency].append(one.seats * used)
        shared = []
        for agency, people in riders.items():
            beyond = self.model.new_int_var(0, len(people), "")
            self.model.add(sum(people) <= sum(seats[agency]) + beyond)
            shared.append(beyond)
        self.model.add(sum(shared) <= sum(seats[None]))

    def _drive(self, number: int, car: int) -> Sum | None:
        """The literals of a car in an operation, summed; None if it cannot be there."""
        for slot, at in self.at[number].items():
            free = self.frame.car_fits(car, number, slot) and not any(
                self.frame.clash(number, slot, other, then)
                for other, then in self._busy_cars.get(car, ())
            )
            if free:
                literal = self.model.new_bool_var("")
                self.model.add_implication(literal, at)
                self.driven[number, car][slot] = literal
        literals = self.driven.get((number, car))
        return sum(literals.values()) if literals else None


def _busy(
    held: State,
) -> tuple[dict[int, list[tuple[int, Slot]]], dict[int, list[tuple[int, Slot]]]]:
    people: dict[int, list[tuple[int, Slot]]] = defaultdict(list)
    cars: dict[int, list[tuple[int, Slot]]] = defaultdict(list)
    for number, put in held.items():
        for person in put.everyone:
            people[person].append((number, put.slot))
        for car in put.cars:
            cars[car].append((number, put.slot))
    return people, cars
