"""By which changes is a plan tried?

Each returns whether it changed anything; ``span`` then tells between which places of the order.
``where`` tells the place of each visit, ``hands`` how many and who can give each service, ``near``
which visits could well lie beside each. A visit with one service has -1 for the second's hand.
"""

from __future__ import annotations

import numpy as np

from samsyn.plan.compiled import Chance, Flags, Numbers, compiled


@compiled
def draw(chance: Chance, below: int) -> int:
    """A whole number from 0 to below it (xorshift64*)."""
    x = chance[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    chance[0] = x
    high = (x * np.uint64(2685821657736338717)) >> np.uint64(32)
    return np.int64((high * np.uint64(below)) >> np.uint64(32))  # type: ignore[return-value]


@compiled
def change(
    order: Numbers, who: Numbers, span: Numbers, where: Numbers, able: Flags, hands: Numbers,
    near: Numbers, chance: Chance,
) -> bool:  # fmt: skip
    """One change, drawn by chance. The shares are those that were best on the public instances."""
    drawn = draw(chance, 100)
    if drawn < 45:
        return _beside(order, who, span, where, able, hands, near, chance)
    if drawn < 55:
        return _rehand(order, who, span, where, hands, chance)
    if drawn < 70:
        return _shift(order, span, chance)
    if drawn < 85:
        return _trade(order, who, span, where, able, near, chance)
    return _cross(order, who, span, able, chance)


@compiled
def copy(span: Numbers, order: Numbers, who: Numbers, to_order: Numbers, to_who: Numbers) -> None:
    """Make one plan like another in a span of the order."""
    for place in range(span[0], span[1] + 1):
        visit = order[place]
        to_order[place] = visit
        to_who[2 * visit] = who[2 * visit]
        to_who[2 * visit + 1] = who[2 * visit + 1]


@compiled
def _service(visit: int, who: Numbers, chance: Chance) -> int:
    """One of the services of a visit."""
    return 2 * visit + (draw(chance, 2) if who[2 * visit + 1] >= 0 else 0)


@compiled
def _move(order: Numbers, start: int, to: int, span: Numbers) -> None:
    """Take the visit at one place of the order out and lay it at another."""
    visit = order[start]
    if start < to:
        for place in range(start, to):
            order[place] = order[place + 1]
    else:
        for place in range(start, to, -1):
            order[place] = order[place - 1]
    order[to] = visit
    span[0] = min(start, to)
    span[1] = max(start, to)


@compiled
def _beside(
    order: Numbers, who: Numbers, span: Numbers, where: Numbers, able: Flags, hands: Numbers,
    near: Numbers, chance: Chance,
) -> bool:  # fmt: skip
    """A visit goes before or after a near one, in the hands of who is there."""
    visit = draw(chance, order.shape[0])
    service = _service(visit, who, chance)
    other = near[visit, draw(chance, near.shape[1])]
    person = who[_service(other, who, chance)]
    if other == visit or not able[service, person]:
        return False
    twin = service ^ 1
    if who[twin] >= 0:
        instead = who[twin]
        if draw(chance, 4) == 0:
            instead = hands[twin, 1 + draw(chance, hands[twin, 0])]
        if instead == person:
            return False
        who[twin] = instead
    who[service] = person
    start = where[visit]
    to = where[other]
    if start < to:
        to -= 1
    _move(order, start, to + draw(chance, 2), span)
    return True


@compiled
def _rehand(
    order: Numbers, who: Numbers, span: Numbers, where: Numbers, hands: Numbers, chance: Chance
) -> bool:
    """Another person gives a service."""
    visit = draw(chance, order.shape[0])
    service = _service(visit, who, chance)
    person = hands[service, 1 + draw(chance, hands[service, 0])]
    if person == who[service] or person == who[service ^ 1]:
        return False
    who[service] = person
    span[0] = where[visit]
    span[1] = where[visit]
    return True


@compiled
def _shift(order: Numbers, span: Numbers, chance: Chance) -> bool:
    """A visit goes to another place in the order."""
    count = order.shape[0]
    start = draw(chance, count)
    reach = max(2, count // 4)
    to = min(count - 1, max(0, start - reach + draw(chance, 2 * reach + 1)))
    if to == start:
        return False
    _move(order, start, to, span)
    return True


@compiled
def _trade(
    order: Numbers, who: Numbers, span: Numbers, where: Numbers, able: Flags, near: Numbers,
    chance: Chance,
) -> bool:  # fmt: skip
    """Two near visits trade a hand, and sometimes their places in the order."""
    visit = draw(chance, order.shape[0])
    other = near[visit, draw(chance, near.shape[1])]
    one = _service(visit, who, chance)
    two = _service(other, who, chance)
    first = who[one]
    second = who[two]
    if first == second or not able[one, second] or not able[two, first]:
        return False
    if who[one ^ 1] == second or who[two ^ 1] == first:
        return False
    who[one] = second
    who[two] = first
    start = where[visit]
    to = where[other]
    if draw(chance, 2) == 0:
        order[start] = other
        order[to] = visit
    span[0] = min(start, to)
    span[1] = max(start, to)
    return True


@compiled
def _cross(order: Numbers, who: Numbers, span: Numbers, able: Flags, chance: Chance) -> bool:
    """Two people trade what they can of a stretch of the day, or of the rest of it."""
    count = order.shape[0]
    people = able.shape[1]
    first = draw(chance, people)
    second = draw(chance, people)
    if first == second:
        return False
    begin = draw(chance, count)
    end = count
    if draw(chance, 2) == 0:
        end = min(count, begin + 1 + draw(chance, max(2, count // 3)))
    span[0] = count
    for place in range(begin, end):
        visit = order[place]
        for service in range(2 * visit, 2 * visit + 2):
            if who[service] == first:
                instead = second
            elif who[service] == second:
                instead = first
            else:
                continue
            if able[service, instead] and who[service ^ 1] != instead:
                who[service] = instead
                span[0] = min(span[0], place)
                span[1] = place
    return bool(span[0] < count)
