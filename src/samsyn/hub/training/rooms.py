"""How does a case begin at an agency: opened by an officer, or told by another agency?"""

from __future__ import annotations

from samsyn.hub.training.copying import Words
from samsyn.hub.training.journal import Act, Number
from samsyn.hub.training.people import Officer
from samsyn.hub.training.room import Room
from samsyn.hub.training.rows import CaseRow, EventRow
from samsyn.hub.training.setting import Affair
from samsyn.hub.training.texts import words


def open_room(
    affair: Affair,
    officer: Officer,
    purpose: str,
    *,
    level: str = "",
    restricted: bool = False,
) -> Room:
    """An officer opens a case.

    Args:
        affair: what it is about.
        officer: who opens it.
        purpose: for what people on it act.
        level: ``protection`` for the protection track, else the case work.
        restricted: closed to all but those assigned.
    """
    chance, group = affair.setting.chance, affair.setting.law.group(purpose)
    key = f"{officer.agency}/{level}" if level else officer.agency
    case = chance.uuid()
    number = Number(officer.agency, affair.pace.day)
    title = affair.pick(words()["titles"][group])
    title = title[:1].upper() + title[1:]
    summary = affair.pick(words()["summaries"]) if not level else ""
    row = CaseRow(
        id=case,
        visible_to=f"{officer.agency}/case/{case}" if restricted else key,
        matter=chance.uuid(),
        agency=officer.agency,
        number=number,
        title=title,
        summary=summary,
        state="open",
        origin="opened",
        purpose=purpose,
        centre=affair.centre,
        restricted=restricted,
        opened_on=affair.pace.day,
        opened_by=officer.account,
        opened_by_name=officer.name,
        changed_at=affair.pace.now,
        search=Words(title, summary, number),
    )
    room = Room(affair, officer, row, number)
    entry = room.act("case.open", case)
    entry.numbers.append(number)
    entry.rows.append(row)
    room.member(entry, officer, "owner")
    room.tell(entry, case, {})
    if restricted:
        closing = room.act("case.restrict", case, detail="closed")
        room.tell(closing, case, {"restricted": True})
    return room


def told_room(
    affair: Affair,
    entry: Act,
    officer: Officer,
    *,
    matter: str,
    by: str,
    purpose: str,
    title: str,
    text: str,
    track: bool = False,
) -> Room:
    """A case that begins with what another agency tells; nobody has taken it up yet.

    Args:
        affair: what it is about.
        entry: the act of telling.
        officer: who will see to it.
        matter: the teller's matter.
        by: code of the teller.
        purpose: for what it is told.
        title, text: what it is called and told with.
        track: in the protection track, where it came from one.
    """
    number = Number(officer.agency, entry.at.date())
    entry.numbers.append(number)
    row = CaseRow(
        id=affair.setting.chance.uuid(),
        visible_to=f"{officer.agency}/protection" if track else officer.agency,
        matter=matter,
        agency=officer.agency,
        number=number,
        title=title,
        summary=text,
        state="told",
        origin="told",
        told_by=by,
        purpose=purpose,
        centre="",
        opened_on=entry.at.date(),
        changed_at=entry.at,
        search=Words(title, text, numbers=(number,)),
    )
    entry.rows.append(row)
    return Room(affair, officer, row, number)


def told_anew(
    there: Room,
    entry: Act,
    *,
    by: str,
    purpose: str,
    title: str,
    text: str,
    track: bool = False,
) -> None:
    """A case that was taken back unread begins anew: what had been told of it never arrived.

    Args:
        there: the receiver's room, seen by nobody.
        entry: the act of telling.
        by: code of the teller.
        purpose: for what it is told.
        title, text: what it is called and told with.
        track: in the protection track, where it came from one.
    """
    row, number = there.row, Number(there.agency, entry.at.date())
    # A row waits in the act that gives it its number.
    for line in there.traces:
        if isinstance(line, EventRow) and isinstance(line.entry, Act):
            line.entry.rows[:] = [each for each in line.entry.rows if each is not row]
    entry.numbers.append(number)
    entry.rows.append(row)
    there.begin_anew(number)
    row.number, row.state = number, "told"
    row.visible_to = f"{row.agency}/protection" if track else row.agency
    row.told_by, row.purpose, row.title, row.summary = by, purpose, title, text
    row.opened_on, row.changed_at = entry.at.date(), entry.at
    row.search = Words(title, text, numbers=(number,))
    row.version += 1
