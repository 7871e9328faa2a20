"""What is asked for that takes two persons, and who has decided it?"""

from __future__ import annotations

from typing import Any

from samsyn.hub.cases.actions.lifting import BETWEEN
from samsyn.hub.training.people import Officer
from samsyn.hub.training.plots import Matter
from samsyn.hub.training.room import Room
from samsyn.hub.training.rows import FactRow, TwoPersonRow
from samsyn.hub.training.setting import Over
from samsyn.hub.training.texts import words

_REASONS = {
    "secrecy.lift": "lift_reasons",
    "tipster.open": "tipster_reasons",
    "disposal.propose": "dispose_reasons",
}
_SECOND = {
    "secrecy.lift": "secrecy.second",
    "tipster.open": "tipster.second",
    "disposal.propose": "disposal.decide",
}
_WITH_LAWYERS = ("AV", "SKV", "PM")


def perhaps(matter: Matter) -> None:
    """Now and then a matter ends with a request, which is mostly decided within days."""
    for room in list(matter.rooms.values()):
        apart = room.row.restricted or room.key.endswith("/protection")
        if room.agency not in _WITH_LAWYERS or apart or not matter.chance(0.05):
            continue
        try:
            matter.affair.pace.wait(1, 4)
            about = _about(room)
            if about is None:
                continue
            kind, ids = about
            request = ask_second(room, kind, ids)
            matter.affair.pace.wait(1, 4)
            decide_second(room, request, _lawyer(matter, room), approved=matter.chance(0.7))
        except Over:
            return


def _about(room: Room) -> tuple[str, dict[str, Any]] | None:
    if room.row.state == "archived":
        return "disposal.propose", {"case": room.row.id}
    tips = [fact for fact in room.facts if "tip_giver" in fact.marks]
    if tips:
        return "tipster.open", opening(room, tips[0])
    secret = [fact for fact in room.facts if fact.secrecy and fact.state == "current"]
    return ("secrecy.lift", lifting(secret[0])) if secret else None


def lifting(fact: FactRow) -> dict[str, Any]:
    """What is asked for when all that makes a fact secret is to be lifted."""
    return {"fact": fact.id, "secrecy": BETWEEN.join(fact.secrecy), "marks": ""}


def opening(room: Room, fact: FactRow) -> dict[str, Any]:
    """What is asked for when the officer of a case wants to read who a tip-giver is."""
    return {"fact": fact.id, "by": room.officer.account}


def _lawyer(matter: Matter, room: Room) -> Officer:
    return matter.officer(room.agency, "secrecy_lawyer")


def ask_second(room: Room, kind: str, about: dict[str, Any]) -> TwoPersonRow:
    """An officer asks for something that another has to agree with."""
    chance = room.affair.setting.chance
    entry = room.act(kind, detail="asked")
    row = TwoPersonRow(
        id=chance.uuid(),
        visible_to=room.key,
        act=kind,
        about=about,
        case=room.row.id,
        reason=chance.pick(words()[_REASONS[kind]]),
        asked_by=room.officer.account,
        asked_by_name=room.officer.name,
        asked_at=entry.at,
    )
    entry.objects += [row.id, *about.values()]
    entry.rows.append(row)
    return row


def decide_second(room: Room, request: TwoPersonRow, by: Officer, *, approved: bool) -> None:
    """Another person of the agency decides."""
    outcome = "approved" if approved else "refused"
    entry = room.act(_SECOND[request.act], request.id, detail=f"{request.act} {outcome}", by=by)
    request.decided_by, request.decided_by_name = by.account, by.name
    request.decided_at, request.outcome = entry.at, outcome
    request.decision_reason = room.affair.setting.chance.pick(words()["decisions"])
