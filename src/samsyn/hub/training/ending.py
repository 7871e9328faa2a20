"""What is left of a case when its matter ended long ago?"""

from __future__ import annotations

from typing import Final

from samsyn.hub.training.room import Room

REMEMBERED: Final = 200
"""Archived cases among which the demo finds one that is due."""


def done_by_now(room: Room) -> None:
    """A case may stay open for years; what was to be done in it then is done."""
    for task in list(room.open_tasks):
        room.finish(task)
    room.stop_clocks()


def archive(room: Room, rests: bool) -> None:
    """What ended long ago lies in the archive; some of it is due for disposal."""
    if not rests:
        return
    room.archive(3)
    setting = room.affair.setting
    open_to_all = not (room.row.restricted or room.key.endswith("/protection"))
    if open_to_all and len(setting.archived) < REMEMBERED:
        setting.archived.append(room)
