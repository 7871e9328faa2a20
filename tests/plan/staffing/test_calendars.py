"""Does a calendar tell when, and nothing else?"""

from __future__ import annotations

from datetime import UTC, datetime

from samsyn.plan.staffing.calendars import TITLE, calendars, file_name
from tests.plan.staffing.small import TUESDAY, operation, plan, planned, task

STAMP = datetime(2027, 1, 20, 8, 30, tzinfo=UTC)
SECRET = {"gathering": "Hamnen, grind 3; bakom åkeriet " + "å" * 60}


def written(*, told: bool, key: str = "k") -> str:
    wished = [operation("Bygget vid ån", gathering_may_be_told=told, **SECRET)]
    rows = plan(planned("Bygget vid ån"))
    return calendars(task(operations=wished), rows, STAMP, key)["av1"]


def test_only_those_who_take_part_get_one() -> None:
    assert set(calendars(task(), plan(planned("one")), STAMP, "k")) == {"av1", "pm1"}


def test_the_place_is_told_only_where_it_may_be() -> None:
    unfolded = written(told=False).replace("\r\n ", "")
    assert "Hamnen" not in unfolded
    assert "Bygget" not in unfolded
    unfolded = written(told=True).replace("\r\n ", "")
    assert f"LOCATION:Hamnen\\, grind 3\\; bakom åkeriet {'å' * 60}\r\n" in unfolded
    assert "Bygget" not in unfolded


def test_the_form_is_that_of_rfc_5545() -> None:
    text = written(told=True)
    lines = text.split("\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in lines) <= 75
    for line in (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"SUMMARY:{TITLE}",
        "DTSTAMP:20270120T083000Z",
        "DTSTART;TZID=Europe/Stockholm:20270201T073000",
        "DTEND;TZID=Europe/Stockholm:20270201T110000",
    ):
        assert line in lines
    assert sum(line.startswith("UID:") for line in lines) == 1


def test_an_event_keeps_its_identifier_with_the_key_only() -> None:
    def uid(text: str) -> str:
        return next(line for line in text.splitlines() if line.startswith("UID:"))

    moved = calendars(task(), plan(planned("one", TUESDAY)), STAMP, "k")["av1"]
    first = calendars(task(), plan(planned("one")), STAMP, "k")["av1"]
    assert uid(first) == uid(moved)
    assert uid(first) != uid(calendars(task(), plan(planned("one")), STAMP, "other")["av1"])


def test_no_two_people_share_a_file() -> None:
    assert file_name("AV-Umeå-1") == "AV-Umeå-1.ics"
    assert file_name("../a") != file_name(".._a")
    assert "/" not in file_name("../a")
