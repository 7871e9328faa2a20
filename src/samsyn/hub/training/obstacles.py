"""Which obstacles has the work met, and what followed of them?

As :mod:`samsyn.hub.disclosures.obstacles` and :mod:`samsyn.hub.obstacles.actions` leave them. Each
no has its row; now and then somebody tells what followed, or notes what was never asked. Chance
falls for itself here, so that the rest of the story is the same with the register and without.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from samsyn.hub.guard.policy import NOBODY
from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.hub.obstacles.believing import Belief, belief_of
from samsyn.hub.training.chance import Chance
from samsyn.hub.training.days import AFTERNOON, MORNING, at, working_days_after
from samsyn.hub.training.exchange_rows import QuestionRow
from samsyn.hub.training.journal import Act
from samsyn.hub.training.obstacle_rows import of_question, write
from samsyn.hub.training.plots import Matter, kinds_at
from samsyn.hub.training.room import Room

_NEEDS = {
    "joint_inspection": {"choose_object": 4, "plan_control": 4, "find_people": 3, "safety": 1},
    "crime": {"investigate_crime": 6, "find_people": 2, "protect_person": 1},
    "": {"right_decision": 5, "stop_payment": 3, "follow_up": 2, "other_need": 1},
}
_FOLLOWED = {
    "control_without": 5, "delayed": 5, "no_control": 3, "wrong_object": 1, "money_flowed": 3,
    "case_closed": 3, "got_otherwise": 3, "person_unprotected": 1, "none_seen": 2, "not_known": 2,
}  # fmt: skip
_NEVER = {"FK": 5, "SKV": 5, "PM": 4, "MV": 3, "AF": 3, "AV": 2, "EBM": 1}
"""Whom people believe that they may not ask."""
_SHARE_NEVER, _SHARE_TOLD = 0.16, 0.6


def perhaps(matter: Matter, chance: Chance) -> None:
    """What followed of the refusals of a matter, and what nobody asked in it."""
    for room in matter.rooms.values():
        if room.key == NOBODY:
            continue
        for question in room.refused:
            if chance.happens(_SHARE_TOLD):
                _tell_consequence(room, question, chance)
        if room.row.state != "told" and chance.happens(_SHARE_NEVER):
            _never_asked(room, chance)


def _act(room: Room, after: datetime, chance: Chance, objects: list[str]) -> Act | None:
    """An act of the register some days later, if the day has come and the officer is still here."""
    day = working_days_after(after.date(), chance.between(1, 25))
    since, until = room.officer.since, room.officer.until
    if day > room.affair.pace.horizon or day < since or (until is not None and day > until):
        return None
    entry = Act(
        at=at(day, chance.between(MORNING, AFTERNOON)),
        account=room.officer.account,
        agency=room.agency,
        act="obstacle.write",
        case=room.row.id,
        matter=room.row.matter,
        purpose=room.row.purpose,
        objects=objects,
    )
    room.affair.setting.journal.add(entry)
    return entry


def _need(room: Room, chance: Chance) -> str:
    group = room.affair.setting.law.group(room.row.purpose)
    usual = _NEEDS["crime"] if room.row.purpose.startswith("crime") else _NEEDS[""]
    return chance.weighted(_NEEDS.get(group, usual))


def _tell_consequence(room: Room, question: QuestionRow, chance: Chance) -> None:
    assert question.ended_at is not None
    entry = _act(room, question.ended_at, chance, [question.id])
    if entry is None:
        return
    entry.detail, entry.ground = "consequence", (question.refusal_grounds or [""])[0]
    told = of_question(question, question.refusal_grounds, question.ended_at.date())
    row = write("met_refusal", room, entry, **told)
    row.needed_for, row.consequence = _need(room, chance), chance.weighted(_FOLLOWED)
    room.tell(entry, question.id, {"consequence": True})


def _never_asked(room: Room, chance: Chance) -> None:
    others = {code: weight for code, weight in _NEVER.items() if code != room.agency}
    giver = chance.weighted(others)
    item_kind = chance.pick(kinds_at(giver)).code
    opened = at(room.row.opened_on, MORNING) + timedelta(days=1)
    entry = _act(room, opened, chance, [])
    if entry is None:
        return
    day = entry.at.date()
    belief = _belief(
        room.agency, giver, item_kind, room.row.purpose, current_rulebook().epoch(day).start
    )
    entry.ground, entry.rulebook = belief.law.ground, belief.law.rulebook
    entry.detail = f"never asked {giver} {belief.verdict}"
    row = write(
        "never_asked",
        room,
        entry,
        visible_to=room.key,
        giver=giver,
        receiver=room.agency,
        provisions=belief.provisions,
        outcome=belief.law.outcome,
        question={**belief.law.question, "on": day.isoformat()},
        purpose=room.row.purpose,
        item_kind=item_kind,
        needed_for=_need(room, chance),
    )
    room.tell(entry, row.id, {"giver": giver})


@lru_cache(maxsize=20_000)
def _belief(agency: str, giver: str, item_kind: str, purpose: str, on: date) -> Belief:
    """The law's answer, the same for all days with the same rules."""
    return belief_of(agency=agency, on=on, giver=giver, item_kind=item_kind, purpose=purpose)
