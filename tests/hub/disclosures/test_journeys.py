"""The desk in a real browser for what the law makes different: the day, health, protection, police.

Each journey goes from the sign-in to the recall, or to where the law ends it, and says so. The
plain question between the tax agency and the work environment authority, with its recall, and a no
that is of use stand in ``test_journey``; the countersignature between two people in ``reviewing``.
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
from tests.hub.disclosures.arrivals import arrived
from tests.hub.disclosures.conftest import SECRET, WEIGHING, Two
from tests.hub.disclosures.test_journey import send_from_ask_page
from tests.hub.live import Live, serving
from tests.support.browser import watch

BEFORE_THE_ACT, THE_ACT = date(2024, 6, 30), date(2024, 7, 1)
AGAINST = "Det är inte uppenbart att intresset av uppgiften har företräde framför sekretessen."
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


def signed(lawyer: Page, text: str) -> None:
    """The secrecy lawyer reads what waits in the queue and signs it."""
    lawyer.goto("/utlamnanden/granskning/")
    lawyer.locator("main table a").first.click()
    expect(lawyer.locator("main")).to_contain_text(text)
    lawyer.get_by_label("Ord till handläggaren").fill("Behovet är konkret och avgränsat.")
    lawyer.get_by_role("button", name="Kontrasignera").click()
    expect(lawyer.locator(".notices")).to_be_visible()


def recalled(page: Page, reason: str, said: str) -> None:
    """The giver takes back what it decided, on the page of the decision."""
    page.get_by_role("link", name="Återkalla").click()
    page.get_by_label("Skäl").fill(reason)
    page.get_by_role("button", name="Återkalla").click()
    expect(page.locator("#recalled")).to_contain_text(said)


def asked(av: Page, two: Two, law: str) -> None:
    """AV asks as ``send_from_ask_page`` does, on a day when the law says otherwise."""
    av.goto(f"/arenden/{two.asking.pk}/fraga/")
    av.get_by_label("Skatteverket").check()
    av.get_by_label("Vad gäller frågan?").select_option(str(two.place.pk))
    av.get_by_label("Frågan", exact=True).fill("Vilka löner redovisas för dem på platsen?")
    av.get_by_label("nej, bara vad vi frågar efter").check()
    av.get_by_label("Svar behövs senast").fill("2024-07-14")
    av.get_by_role("button", name="Se lagens svar").click()
    expect(av.locator("#law")).to_contain_text(law)
    av.get_by_label("Din avvägning").fill(WEIGHING)
    av.get_by_role("button", name="Sänd frågan").click()
    expect(av.get_by_text("Framme, inte påbörjad").first).to_be_visible()


def placed(skv: Page, fact: str) -> None:
    """SKV opens the newest question that came in, takes it into its case and sees the law."""
    skv.goto("/utlamnanden/")
    skv.get_by_role("link", name="Kvarteret Lönnen, Lönngatan 4").first.click()
    skv.get_by_label("Björklunds Bygg AB", exact=False).check()
    skv.get_by_role("button", name="Placera").click()
    skv.get_by_label(fact, exact=False).check()
    skv.get_by_role("button", name="Pröva det valda").click()
    skv.locator("#facts").wait_for()


def refused(skv: Page) -> None:
    """The weighing goes against: nothing leaves, and the asker is told which provision stood so."""
    skv.get_by_role("link", name="Avslå").first.click()
    skv.locator("[name=reason]").fill(AGAINST)
    expect(skv.get_by_label("OSL 27:1", exact=False)).to_be_checked()
    skv.get_by_role("button", name="Avslå och sänd beskedet").click()
    expect(skv.locator("main")).to_contain_text(AGAINST)


def test_before_the_act_the_general_clause_ends_in_a_no_and_the_day_after_in_an_answer(
    two: Two, live: Live, chromium: Browser
) -> None:
    """The day before the act: OSL 10:27, a weighing that goes against, an obstacle. The day after
    the same question opens under the act; it is answered, read and recalled.
    """
    with (
        mock.patch("django.utils.timezone.localdate", return_value=BEFORE_THE_ACT) as today,
        arrived(live, chromium, two.receiver.account) as av,
        arrived(live, chromium, two.giver.account) as skv,
    ):
        asked(av, two, "Får ställas efter en avvägning enligt OSL 10 kap. 27 §")
        placed(skv, SECRET)
        expect(skv.locator("#facts")).to_contain_text("OSL 10 kap. 27 §")
        refused(skv)
        av.reload()
        expect(av.locator("#refusal")).to_contain_text("OSL 27 kap. 1 §")
        expect(av.locator("#refusal")).to_contain_text("Vad ni kan göra i stället")
        skv.goto("/hinder/")
        expect(skv.locator("#obstacles")).to_contain_text("OSL 27 kap. 1 §")
        today.return_value = THE_ACT
        asked(av, two, "lagen (2024:307) 4 §")
        placed(skv, SECRET)
        expect(skv.locator("#facts")).to_contain_text("lagen (2024:307) 4 §")
        skv.get_by_label("Din avvägning").fill(WEIGHING)
        skv.get_by_role("button", name="Besluta och lämna ut").click()
        expect(skv.get_by_role("heading", level=1)).to_have_text("Utlämnat till Arbetsmiljöverket")
        av.reload()
        av.get_by_role("link", name="Läs uppgiften").click()
        expect(av.locator("#facts")).to_contain_text("fyra av elva")
        recalled(skv, "Fel bolag", "1 uppgift hade redan lästs")
        av.reload()
        expect(av.locator("body")).not_to_contain_text("fyra av elva")


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
        arrived(live, chromium, account) as fk,
        arrived(live, chromium, lawyer) as jurist,
        arrived(live, chromium, two.receiver.account) as av,
    ):
        seen = [watch(page, live.address) for page in (fk, jurist, av)]
        prepare(fk, case, "Arbetsmiljöverket", "joint_inspection_plan", HEALTH)
        expect(fk.locator("#facts")).to_contain_text("OSL 28 kap. 1 §")
        fk.get_by_label("Din avvägning").fill(WEIGHING)
        fk.get_by_role("button", name="Begär kontrasignering").click()
        expect(fk.locator("main")).to_contain_text("Väntar på kontrasignering")
        expect(fk.get_by_role("button", name="Besluta och lämna ut")).to_have_count(0)
        signed(jurist, HEALTH)
        fk.reload()
        fk.get_by_role("button", name="Besluta och lämna ut").click()
        expect(fk.get_by_role("heading", level=1)).to_have_text("Utlämnat till Arbetsmiljöverket")
        expect(fk.locator("main")).to_contain_text("Jonas Vik")
        av.goto("/utlamnanden/?flik=mottaget")
        av.locator("#rows a").first.click()
        expect(av.locator("#facts")).to_contain_text(HEALTH)
        expect(av.locator("body")).not_to_contain_text(WEIGHING)
        recalled(fk, "Fel person", "1 uppgift hade redan lästs")
        av.reload()
        expect(av.locator("body")).not_to_contain_text("ryggbesvär")
        for page in seen:
            page.clean()


def test_a_protected_person_is_told_of_only_when_a_second_person_has_signed(
    two: Two, live: Live, chromium: Browser
) -> None:
    """SKV may not send alone; its lawyer signs; AV reads with the mark beside it; SKV recalls."""
    lawyer = two.hub.person("SKV", "secrecy_lawyer", name="Jonas Vik")
    case = case_with(
        two.giver,
        "Skyddad arbetstagare",
        HIDDEN,
        item_kind="payroll_and_vat_figures",
        activity="taxation",
        subject_kind="person",
        marks=["protected"],
    )
    with (
        arrived(live, chromium, two.giver.account) as skv,
        arrived(live, chromium, lawyer) as jurist,
        arrived(live, chromium, two.receiver.account) as av,
    ):
        prepare(skv, case, "Arbetsmiljöverket", "joint_inspection_plan", HIDDEN)
        expect(skv.locator("main")).to_contain_text("kyddade personuppgifter")
        expect(skv.get_by_role("button", name="Besluta och lämna ut")).to_have_count(0)
        skv.get_by_label("Din avvägning").fill(WEIGHING)
        skv.get_by_role("button", name="Begär kontrasignering").click()
        expect(skv.locator("main")).to_contain_text("Väntar på kontrasignering")
        signed(jurist, HIDDEN)
        skv.reload()
        skv.get_by_role("button", name="Besluta och lämna ut").click()
        expect(skv.get_by_role("heading", level=1)).to_have_text("Utlämnat till Arbetsmiljöverket")
        av.goto("/utlamnanden/?flik=mottaget")
        av.locator("#rows a").first.click()
        expect(av.locator("#facts")).to_contain_text(HIDDEN)
        expect(av.locator("#facts")).to_contain_text("kyddade personuppgifter")
        recalled(skv, "Adressen fick inte lämnas", "1 uppgift hade redan lästs")
        av.reload()
        expect(av.locator("body")).not_to_contain_text("Fiktivgatan")


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
        arrived(live, chromium, two.receiver.account) as av,
        arrived(live, chromium, officer) as police,
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
        recalled(av, "Fel ärende", "1 uppgift hade redan lästs")
        police.reload()
        expect(police.locator("body")).not_to_contain_text("utan tillstånd")


def test_a_no_becomes_an_obstacle_and_what_followed_is_told(
    two: Two, live: Live, chromium: Browser
) -> None:
    """A no ends here: nothing has left, so nothing can be recalled. What remains is the obstacle,
    and what followed of it.
    """
    with (
        arrived(live, chromium, two.receiver.account) as av,
        arrived(live, chromium, two.giver.account) as skv,
    ):
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
    """AV asks, is answered in part and leaves the cooperation; the rest of the answer stays at SKV,
    which can still take back what it gave.
    """
    members = Organisation.cooperation_members

    def without_av(self: Organisation, day: date) -> frozenset[str]:
        return frozenset(members(self, day) - {"AV"})

    with (
        arrived(live, chromium, two.receiver.account) as av,
        arrived(live, chromium, two.giver.account) as skv,
    ):
        send_from_ask_page(av, two)
        given = sent(skv, two.case, SECRET)
        av.goto("/utlamnanden/?flik=mottaget")
        av.locator("#rows a").first.click()
        expect(av.locator("#facts")).to_contain_text("fyra av elva")
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
            skv.goto(given)
            recalled(skv, "Samverkan är slut", "1 uppgift hade redan lästs")
            av.goto("/utlamnanden/?flik=mottaget")
            expect(av.locator("body")).not_to_contain_text("fyra av elva")


def sent(skv: Page, case: Case, text: str) -> str:
    """SKV tells AV of a fact; the address of the decision."""
    prepare(skv, case, "Arbetsmiljöverket", "joint_inspection_plan", text)
    skv.get_by_label("Din avvägning").fill(WEIGHING)
    skv.get_by_role("button", name="Besluta och lämna ut").click()
    expect(skv.get_by_role("heading", level=1)).to_have_text("Utlämnat till Arbetsmiljöverket")
    return skv.url
