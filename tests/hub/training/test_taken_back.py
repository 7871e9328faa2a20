"""What does the training data leave of what was taken back, and of what is told after that?"""

from __future__ import annotations

from datetime import date

from samsyn.hub.guard.rulebooks import current_organisation, current_rulebook
from samsyn.hub.training.assessing import Law
from samsyn.hub.training.chance import Chance
from samsyn.hub.training.copying import line_of
from samsyn.hub.training.delivering import recall, settle
from samsyn.hub.training.journal import Journal
from samsyn.hub.training.people import hire
from samsyn.hub.training.plots import Matter, some_fact
from samsyn.hub.training.rows import CaseRow, FactRow, RegisterRow
from samsyn.hub.training.setting import Affair, Pace, Setting
from samsyn.hub.training.telling import prepare
from samsyn.hub.training.texts import Slots, kinds
from samsyn.hub.training.world import World

PLAN = "joint_inspection_plan"


def matter() -> Matter:
    """A matter that nothing has happened in."""
    chance, organisation = Chance(7), current_organisation()
    world, last = World(chance), date(2026, 11, 23)
    setting = Setting(
        chance,
        Journal(organisation),
        hire(chance, organisation, last),
        Law(current_rulebook()),
        world,
        last=last,
    )
    business = world.business("norrkoping")
    pace = Pace(chance, date(2026, 11, 2), last)
    slots = Slots(chance, business)
    return Matter(Affair(setting, pace, "norrkoping", business, [], [], slots, {}))


def test_what_is_told_after_all_was_taken_back_unread_is_seen() -> None:
    about = matter()
    setting = about.affair.setting
    room = about.open(setting.staff.demo(2), PLAN)
    fact = some_fact(about, room, kinds()["payroll_and_vat_figures"])
    first = settle(prepare(room, "AV", PLAN, [fact]), about.rooms, favour=True)
    assert first is not None
    recall(first)
    assert first.there.row.state == "withdrawn"
    second = settle(prepare(room, "AV", PLAN, [fact]), about.rooms, favour=True)
    assert second is not None
    rows = list(setting.journal.until(None))
    for row in rows:
        line_of(type(row))(row)
    (case,) = (row for row in rows if isinstance(row, CaseRow) and row.agency == "AV")
    assert (case.state, case.visible_to, case.title) == ("told", "AV", second.offer.row.told_title)
    copies = {
        row.state: row.visible_to for row in rows if isinstance(row, FactRow) and row.received_from
    }
    assert copies == {"recalled": "-", "current": "AV"}
    lines = [
        (str(row.number) == str(case.number), row.sequence, row.visible_to)
        for row in rows
        if isinstance(row, RegisterRow) and row.agency == "AV"
    ]
    assert lines == [(False, 1, "-"), (True, 1, "AV")]
