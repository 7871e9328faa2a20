"""The desk in a real browser for what the law makes different: the day, health, protection, police.

The plain question between the tax agency and the work environment authority, with its recall, and a
no that is of use stand in ``test_journey``; the countersignature between two people in
``reviewing``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from unittest import mock

import pytest
from playwright.sync_api import Browser, Page, expect

from samsyn.hub.cases.actions import open_case, write_fact
from samsyn.hub.cases.models import Case
from samsyn.hub.disclosures.models import Obstacle, Question
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.organisation import Organisation
from tests.hub.disclosures.conftest import WEIGHING, Two
from tests.hub.disclosures.test_journey import send_from_ask_page, signed_in
from tests.hub.live import Live, serving
from tests.support.browser import watch

BEFORE_THE_ACT = date(2024, 6, 30)
HEALTH = "Sjukskriven på heltid för ryggbesvär sedan i våras."
HIDDEN = "Bor med skyddad adress på Fiktivgatan 8."
CRIME = "Två personer utan tillstånd sov i lokalen och hade inte fått lön."


@pytest.fixture
def live(two: Two) -> Iterator[Live]:
    with serving(two.hub) as live:
        yield live


def case_with(actor: Actor, title: str, text: str, **fact: object) -> Case:
    """A case of one fact."""
    with acting(actor):
        case = open_case(actor=actor, title=title, purpose="joint_inspection_plan")
        write_fact(actor=actor, case=case, text=text, **fact)  # type: ignore[arg-type]
    return case


def prepare(page: Page, case: Case, receiver: str, purpose: str, text: str) -> None:
    """From the case to the law's answer."""
    page.goto(f"/arenden/{case.pk}/lamna-ut/")
    page.get_by_role("checkbox", name=receiver).check()
    page.get_by_label("Vad ska mottagaren använda det till?").select_option(purpose)
    page.get_by_label(text, exact=False).check()
    page.get_by_role("button", name="Pröva mot lagen").click()
    page.locator("#facts").wait_for()


def test_before_the_act_only_the_general_clause_lets_one_ask(
    two: Two, live: Live, chromium: Browser
) -> None:
    with (
        mock.patch("django.utils.timezone.localdate", return_value=BEFORE_THE_ACT),
        signed_in(live, chromium, two.av) as av,
    ):
        av.goto(f"/arenden/{two.asking.pk}/fraga/")
        av.get_by_label("Skatteverket").check()
        av.get_by_label("Vad gäller frågan?").select_option(str(two.place.pk))
        av.get_by_label("Frågan", exact=True).fill("Vilka löner redovisas för dem på platsen?")
        av.get_by_label("nej, bara vad vi frågar efter").check()
        av.get_by_label("Svar behövs senast").fill("2024-07-14")
        av.get_by_role("button", name="Se lagens svar").click()
        law = av.locator("#law")
        expect(law).to_contain_text("Får ställas efter en avvägning enligt OSL 10 kap. 27 §")


def test_health_at_the_insurance_agency_is_signed_by_a_second_person_and_can_be_recalled(
    two: Two, live: Live, chromium: Browser
) -> None:
    """FK tells AV of somebody's health unasked; its lawyer signs; AV reads; FK recalls."""
    hub = two.hub
    account = hub.person("FK", "agency_officer", name="Elin Strand")
    lawyer = hub.person("FK", "secrecy_lawyer", name="Jonas Vik")
    case = case_with(
        hub.actor(account),
        "Ersättning under arbete",
        HEALTH,
        item_kind="sick_leave_reason",
        activity="social_insurance",
        subject_kind="person",
    )
    with (
        signed_in(live, chromium, hub.client(account)) as fk,
        signed_in(live, chromium, hub.client(lawyer)) as jurist,
        signed_in(live, chromium, two.av) as av,
    ):
        seen = [watch(page, live.address) for page in (fk, jurist, av)]
        prepare(fk, case, "Arbetsmiljöverket", "joint_inspection_plan", HEALTH)
        expect(fk.locator("#facts")).to_contain_text("OSL 28 kap. 1 §")
        fk.get_by_label("Din avvägning").fill(WEIGHING)
        fk.get_by_role("button", name="Begär kontrasignering").click()
        expect(fk.locator("main")).to_contain_text("Väntar på kontrasignering")
        expect(fk.get_by_role("button", name="Besluta och lämna ut")).to_have_count(0)
        jurist.goto("/utlamnanden/granskning/")
        jurist.locator("main table a").first.click()
        expect(jurist.locator("main")).to_contain_text(HEALTH)
        jurist.get_by_label("Ord till handläggaren").fill("Behovet är konkret och avgränsat.")
        jurist.get_by_role("button", name="Kontrasignera").click()
        expect(jurist.locator(".notices")).to_be_visible()
        fk.reload()
        fk.get_by_role("button", name="Besluta och lämna ut").click()
        expect(fk.get_by_role("heading", level=1)).to_have_text("Utlämnat till Arbetsmiljöverket")
        expect(fk.locator("main")).to_contain_text("Jonas Vik")
        av.goto("/utlamnanden/?flik=mottaget")
        av.locator("#rows a").first.click()
        expect(av.locator("#facts")).to_contain_text(HEALTH)
        expect(av.locator("body")).not_to_contain_text(WEIGHING)
        fk.get_by_role("link", name="Återkalla").click()
        fk.get_by_label("Skäl").fill("Fel person")
        fk.get_by_role("button", name="Återkalla").click()
        expect(fk.locator("#recalled")).to_contain_text("1 uppgift hade redan lästs")
        av.reload()
        expect(av.locator("body")).not_to_contain_text("ryggbesvär")
        for page in seen:
            page.clean()


def test_a_protected_person_is_not_told_of_without_a_second_signature(
    two: Two, live: Live, chromium: Browser
) -> None:
    case = case_with(
        two.giver,
        "Skyddad arbetstagare",
        HIDDEN,
        item_kind="payroll_and_vat_figures",
        activity="taxation",
        subject_kind="person",
        marks=["protected"],
    )
    with signed_in(live, chromium, two.skv) as skv:
        prepare(skv, case, "Arbetsmiljöverket", "joint_inspection_plan", HIDDEN)
        expect(skv.locator("main")).to_contain_text("kyddade personuppgifter")
        expect(skv.get_by_role("button", name="Besluta och lämna ut")).to_have_count(0)


def test_the_police_are_told_unasked_under_the_act_on_law_enforcement(
    two: Two, live: Live, chromium: Browser
) -> None:
    """AV tells the police of a crime on its own initiative; the police read; AV recalls."""
    officer = two.hub.person("PM", "agency_officer", name="Karin Ek")
    case = case_with(
        two.receiver,
        "Inspektion Ringvägen",
        CRIME,
        item_kind="inspection_findings",
        activity="supervision",
        subject_kind="company",
    )
    with (
        signed_in(live, chromium, two.av) as av,
        signed_in(live, chromium, two.hub.client(officer)) as police,
    ):
        prepare(av, case, "Polismyndigheten", "crime_intelligence", CRIME)
        expect(av.locator("#facts")).to_contain_text("2025:170")
        if av.get_by_label("Din avvägning").count():
            av.get_by_label("Din avvägning").fill(WEIGHING)
        av.get_by_role("button", name="Besluta och lämna ut").click()
        expect(av.get_by_role("heading", level=1)).to_have_text("Utlämnat till Polismyndigheten")
        police.goto("/utlamnanden/?flik=mottaget")
        police.locator("#rows a").first.click()
        expect(police.locator("#facts")).to_contain_text(CRIME)
        expect(police.locator("main")).to_contain_text("2025:170")
        av.get_by_role("link", name="Återkalla").click()
        av.get_by_label("Skäl").fill("Fel ärende")
        av.get_by_role("button", name="Återkalla").click()
        expect(av.locator("#recalled")).to_be_visible()
        police.reload()
        expect(police.locator("body")).not_to_contain_text("utan tillstånd")


def test_a_no_becomes_an_obstacle_and_what_followed_is_told(
    two: Two, live: Live, chromium: Browser
) -> None:
    with signed_in(live, chromium, two.av) as av, signed_in(live, chromium, two.skv) as skv:
        send_from_ask_page(av, two)
        skv.goto("/utlamnanden/")
        skv.get_by_role("link", name="Kvarteret Lönnen, Lönngatan 4").click()
        skv.get_by_label("Björklunds Bygg AB", exact=False).check()
        skv.get_by_role("button", name="Placera").click()
        skv.get_by_role("link", name="Avslå").click()
        skv.get_by_role("button", name="Avslå och sänd beskedet").click()
        skv.locator("#ended").wait_for()
        skv.goto("/hinder/")
        expect(skv.locator("#obstacles")).to_contain_text("vi avslog frågan")
        expect(skv.locator("#obstacles")).to_contain_text("OSL 27 kap. 1 §")
        with acting(two.receiver):
            question = Question.seen(two.receiver).get()
        av.goto(f"/fragor/{question.pk}/foljd/")
        av.get_by_label("Vad behövdes svaret till?").select_option("plan_control")
        av.get_by_label("Vad följde?").select_option("no_control")
        av.get_by_role("button", name="Spara").click()
        av.goto("/hinder/")
        expect(av.locator("#obstacles")).to_contain_text("kontrollen blev inte av")
        expect(av.locator("#obstacles")).not_to_contain_text("vi avslog frågan")
    with acting(two.giver):
        assert Obstacle.seen(two.giver).get().kind == "question_refused"


def test_a_membership_that_ends_in_mid_question_ends_what_could_have_been_told(
    two: Two, live: Live, chromium: Browser
) -> None:
    """AV asks and leaves the cooperation; SKV has drafted its answer and cannot send it."""
    members = Organisation.cooperation_members

    def without_av(self: Organisation, day: date) -> frozenset[str]:
        return frozenset(members(self, day) - {"AV"})

    with signed_in(live, chromium, two.av) as av, signed_in(live, chromium, two.skv) as skv:
        send_from_ask_page(av, two)
        prepare(
            skv, two.case, "Arbetsmiljöverket", "joint_inspection_plan", "En revisor har lämnat"
        )
        with mock.patch.object(Organisation, "cooperation_members", without_av):
            if skv.get_by_label("Din avvägning").count():
                skv.get_by_label("Din avvägning").fill(WEIGHING)
            skv.get_by_role("button", name="Besluta och lämna ut").click()
            expect(skv.locator("main")).to_contain_text("ingår inte längre i samverkan")
            av.goto("/utlamnanden/?flik=mottaget")
            expect(av.locator("body")).not_to_contain_text("revisor")
