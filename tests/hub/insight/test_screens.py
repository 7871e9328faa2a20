"""Oversight as people see it: every size, light and dark, and masking by selecting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test.utils import override_settings
from django.urls import reverse
from playwright.sync_api import Browser, expect

from samsyn.hub.cases.actions import add_subject
from samsyn.hub.guard import two_persons
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import Account
from samsyn.hub.guard.seal_keys import by_id
from samsyn.hub.insight import releasing
from samsyn.hub.insight.actions import propose_case_disposal
from samsyn.hub.insight.log_checking import check_log
from samsyn.hub.insight.models import Disposal, Release
from samsyn.hub.insight.reads_release import shown_of
from tests.hub.cases.test_screens import signed_in
from tests.hub.insight.scene import KEY, Office, raw_worker
from tests.hub.live import Live, serving
from tests.support.browser import at_all_sizes, watch

HARM = "OSL 28:15"


@dataclass
class Furnished:
    """An office with something of everything.

    Attributes:
        draft, decided: requests for documents.
        due: a case that is due for disposal.
        proof: of a case that was disposed of.
    """

    live: Live
    office: Office
    draft: Release
    decided: Release
    due: UUID
    proof: UUID

    def url(self, name: str, *arguments: object) -> str:
        """The address of a page."""
        return self.live.address + reverse(f"insight:{name}", args=arguments)


@pytest.fixture
def furnished(office: Office) -> Iterator[Furnished]:
    """Act it out, and serve it."""
    office.changed("update cases_fact set secrecy = '{2009:400/28:15}', "
                   "secrecy_confirmed_by = %s where id = %s",
                   office.officer.pk, office.fact.pk)  # fmt: skip
    office.looks(office.officer, 7, act="search.run", objects=[uuid4()])
    office.looks(office.officer, 6, act="attempt.missing")
    office.looks(office.officer, act="export.run", case=office.case.pk)
    office.hub.person("AV", name="Sven Snart", to_day=office.hub.today + timedelta(days=9))
    gone = office.hub.person("AV", "inspector", name="Gun Gången", centre="goteborg")
    office.changed("update guard_account set is_active = false where id = %s", gone.pk)
    due, old = office.due_case(), office.due_case("Ett äldre ärende om Ekvalls Bygg")
    proof = _disposed(office, old.pk)
    draft, decided = _asked_for(office), _asked_for(office)
    _decided(office, decided)
    office.seal()
    check_log(raw_worker(), by_id([KEY.public_key()]), None)
    with serving(office.hub) as live:
        yield Furnished(live, office, draft, decided, due.pk, proof)


def _disposed(office: Office, case_id: UUID) -> UUID:
    officer, lawyer = office.actor(office.officer), office.actor(office.lawyer)
    with acting(officer):
        case = office.case.__class__.seen(officer).get(pk=case_id)
        asked = propose_case_disposal(actor=officer, case=case, reason="Tiden är ute enligt plan.")
    with acting(lawyer):
        two_persons.decide(lawyer, request_id=asked.pk, approve=True, reason="")
        return Disposal.seen(lawyer).get().pk


def _asked_for(office: Office) -> Release:
    officer = office.actor(office.officer)
    with acting(officer):
        add_subject(actor=officer, case=office.case, kind="firm", name="Ekvalls Bygg AB")
    lawyer = office.actor(office.lawyer, office.case)
    with acting(lawyer):
        release = releasing.take_up_request(actor=lawyer, case=office.case, receiver="JOURNALIST")
        for one in shown_of(lawyer, release):
            if one.item.kind == "fact":
                releasing.mask(actor=lawyer, release=release, shown=one, words="Gunnar Ekvall",
                               by=HARM)  # fmt: skip
            else:
                releasing.treat(actor=lawyer, release=release, shown=one, released=False,
                                by=[HARM])  # fmt: skip
    return release


def _decided(office: Office, release: Release) -> None:
    lawyer = office.actor(office.lawyer, office.case)
    with acting(lawyer):
        now = Release.seen_one(lawyer, pk=release.pk)
        releasing.decide(actor=lawyer, release=now, version=now.version,
                         reasons="Det maskade pekar ut en enskild.")  # fmt: skip


def pages_of_auditor(here: Furnished) -> list[str]:
    entry = here.office.value("select max(id) from guard_log_entry where act = 'fact.write'")
    why = f"?person={here.office.admin.pk}&day={here.office.hub.today}&thing={here.office.fact.pk}"
    line = here.office.value("select id from guard_roleassignment where to_day is not null")
    return [
        here.url("overview"),
        here.url("log"),
        here.url("log") + "?handelse=case.restrict",
        here.url("entry", entry),
        here.url("checks"),
        here.url("anomalies"),
        here.url("anomaly-rule", "outside_case"),
        here.url("access"),
        here.url("confirm-line", "ending", line),
        here.url("why") + why,
    ]


def pages_of_lawyer(here: Furnished) -> list[str]:
    return [
        here.url("overview"),
        here.url("retention"),
        here.url("disposal-proof", here.proof),
        here.url("releases"),
        here.url("release-new"),
        here.url("release", here.draft.pk),
        here.url("release-decide", here.draft.pk),
        here.url("release", here.decided.pk),
    ]


def look_at(chromium: Browser, here: Furnished, account: Account, pages: list[str]) -> None:
    with here.live.page(chromium) as page:
        signed_in(page, here.live, account)
        seen = watch(page, here.live.address)
        for url in pages:
            at_all_sizes(page, url)
        seen.clean()


def test_the_pages_of_the_auditor(chromium: Browser, furnished: Furnished) -> None:
    look_at(chromium, furnished, furnished.office.auditor, pages_of_auditor(furnished))


def test_the_pages_of_the_lawyer_and_the_officer(chromium: Browser, furnished: Furnished) -> None:
    look_at(chromium, furnished, furnished.office.lawyer, pages_of_lawyer(furnished))
    pages = [furnished.url("propose-case", furnished.due)]
    look_at(chromium, furnished, furnished.office.officer, pages)


def test_what_is_selected_comes_into_the_field(chromium: Browser, furnished: Furnished) -> None:
    with override_settings(), furnished.live.page(chromium) as page:
        signed_in(page, furnished.live, furnished.office.lawyer)
        page.goto(furnished.url("release", furnished.draft.pk))
        fact = page.locator("article.piece", has_text="kontant")
        fact.locator("[data-maskable]").evaluate(
            "text => { const last = text.lastChild, range = document.createRange();"
            " const at = last.data.indexOf('kontant');"
            " range.setStart(last, at); range.setEnd(last, at + 7);"
            " const chosen = document.getSelection();"
            " chosen.removeAllRanges(); chosen.addRange(range); }"
        )
        expect(fact.get_by_label("Ord att maska")).to_have_value("kontant")
        fact.get_by_role("button", name="Maska", exact=True).click()
        expect(page.locator("mark.masked")).to_have_text(["Gunnar Ekvall", "kontant"])
