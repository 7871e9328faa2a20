"""How does an agency get its first administrators, and no third?"""

from __future__ import annotations

import pytest

from samsyn.cli.main import main
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.installation import add_administrator
from samsyn.hub.guard.models import LogEntry
from samsyn.hub.guard.refusals import Invalid, Refused
from tests.hub.guard.signin_pages import choose_password_and_code, signed_in
from tests.hub.support import TODAY, Browser, Hub


def test_the_first_two_get_a_link_each_and_the_third_is_the_affair_of_two(hub: Hub) -> None:
    for number in (1, 2):
        email = f"a{number}@example.org"
        token = add_administrator(agency="AV", name="Ada", email=email, day=TODAY)
        browser = Browser(SERVER_NAME="localhost")
        choose_password_and_code(browser, f"/account/invitation/{token}/")
        assert signed_in(browser)
        assert browser.get("/people/").status_code == 200
    with pytest.raises(Refused):
        add_administrator(agency="AV", name="Ada", email="a3@example.org", day=TODAY)
    add_administrator(agency="SKV", name="Siv", email="s1@example.org", day=TODAY)
    auditor = hub.actor(hub.person("AV", "auditor"), TODAY)
    with acting(auditor):
        made = LogEntry.rows.filter(detail="installation", agency="AV")
        assert [entry.account for entry in made] == [None, None]


def test_what_is_no_agency_gets_none(hub: Hub) -> None:
    with pytest.raises(Invalid):
        add_administrator(agency="XX", name="Ada", email="a@example.org", day=TODAY)


def test_the_command_prints_a_link_that_works(hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    add = ["hub", "account", "add"]
    assert main([*add, "FK", "Kim Krona", "kim@example.org", "--language", "sv"]) == 0
    link = next(line for line in capsys.readouterr().out.splitlines() if "https://" in line)
    browser = Browser(SERVER_NAME="localhost")
    choose_password_and_code(browser, link[link.index("/account/") :])
    assert signed_in(browser)
    assert main([*add, "FK", "Kim Krona", "kim@example.org", "--language", "en"]) == 1
    assert "cannot be used" in capsys.readouterr().err
