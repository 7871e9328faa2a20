"""The pages of the countersignature and of earlier weighings, as two people meet them."""

from __future__ import annotations

import html
import re
from typing import Any
from unittest import mock

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from samsyn.hub.cases.actions import add_subject, restrict_case
from samsyn.hub.disclosures.actions import decide_and_deliver, refuse_disclosure
from samsyn.hub.disclosures.models import Disclosure, Precedent, Review
from samsyn.hub.disclosures.reviewing.actions import (
    approve,
    mark_sample,
    request_countersignature,
    send_signed,
)
from samsyn.hub.disclosures.reviewing.precedents import (
    library,
    retire_precedent,
    similar,
    write_precedent,
)
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.refusals import Invalid, Refused
from tests.hub.disclosures.reviewing.conftest import PROTECTED, WEIGHING, WORDS, Desk
from tests.hub.support import Browser

MOST_STATEMENTS = 15
TEXTS: dict[str, Any] = {
    "title": "Löneuppgifter inför gemensam kontroll",
    "speaks_for": "Kontrollen kunde inte planeras utan dem.",
    "speaks_against": "Uppgiften var gammal och kunde skada den det gällde.",
    "lesson": "Behovet var konkret och texten kortades.",
}


def browsers(desk: Desk) -> tuple[Browser, Browser]:
    pair = desk.hub.client(desk.officer_account), desk.hub.client(desk.lawyer_account)
    for client in pair:
        client.get("/utlamnanden/")
    return pair


def words_of(response: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", response.content.decode()))


def posted(draft: Disclosure, **changes: str) -> dict[str, str]:
    return {
        "version": str(draft.version),
        "told_title": draft.told_title,
        "told_words": "",
        "valid_to": str(draft.valid_to),
        "weighing": draft.weighing,
        **changes,
    }


def waiting(desk: Desk) -> tuple[Disclosure, Review]:
    draft = desk.draft()
    with acting(desk.officer):
        review = request_countersignature(actor=desk.officer, draft=draft, version=draft.version)
    return draft, review


def sampled(desk: Desk) -> tuple[Disclosure, Review]:
    draft = desk.draft(desk.plain)
    with (
        acting(desk.officer),
        mock.patch("samsyn.hub.disclosures.reviewing.sampling.secrets.randbelow", return_value=0),
    ):
        decide_and_deliver(
            actor=desk.officer, draft=draft, version=draft.version, weighing=WEIGHING
        )
        return draft, Review.seen(desk.officer).get(disclosure=draft)


def test_from_the_officers_button_to_what_leaves(desk: Desk) -> None:
    officer, lawyer = browsers(desk)
    draft = desk.draft()
    there = f"/utlamnanden/{draft.pk}/"
    page = words_of(officer.get(there))
    assert "Begär kontrasignering" in page
    assert "Besluta och lämna ut" not in page
    with acting(desk.officer):
        item = draft.items.get()
    sent = posted(draft, do="sign", **{f"leave-{item.pk}": "on", f"text-{item.pk}": PROTECTED})
    assert "Väntar på kontrasignering" in words_of(officer.post(there, sent, follow=True))
    queue = words_of(lawyer.get("/utlamnanden/granskning/"))
    assert "Skyddade personuppgifter" in queue
    assert "Björklunds Bygg" in queue
    assert "Björklunds Bygg" in words_of(lawyer.get("/"))
    with acting(desk.lawyer):
        review = Review.seen(desk.lawyer).get()
    look = f"/utlamnanden/granskning/{review.pk}/"
    page = words_of(lawyer.get(look))
    assert PROTECTED in page
    assert WEIGHING in page
    done = lawyer.post(look, {"do": "approve", "words": WORDS}, follow=True)
    assert "Kontrasignerat" in words_of(done)
    assert "Svar från sekretessjuristen" in words_of(officer.get("/"))
    page = words_of(officer.get(there))
    assert WORDS in page
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version is not None
    sent = {"do": "send", "version": version[1]}
    assert "Beslutat och utlämnat till AV" in words_of(officer.post(there, sent, follow=True))
    decided = words_of(officer.get(there))
    assert "Juni Ahlström" in decided
    why = officer.get(f"/arenden/{desk.case.pk}/uppgifter/{desk.protected.pk}/varfor-inte/")
    if why.status_code == 200:
        assert "kontrasignerat av Juni Ahlström" in words_of(why)


def test_pressing_decide_does_not_go_past_the_lawyer(desk: Desk) -> None:
    officer, _ = browsers(desk)
    draft = desk.draft()
    with acting(desk.officer):
        item = draft.items.get()
    sent = posted(draft, do="decide", **{f"leave-{item.pk}": "on", f"text-{item.pk}": PROTECTED})
    page = words_of(officer.post(f"/utlamnanden/{draft.pk}/", sent, follow=True))
    assert "kräver kontrasignering" in page
    with acting(desk.officer):
        draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_changed_text_is_shown_again_before_it_is_sent_to_the_lawyer(desk: Desk) -> None:
    officer, _ = browsers(desk)
    draft = desk.draft()
    with acting(desk.officer):
        item = draft.items.get()
    shorter = PROTECTED.removesuffix(" och har skyddade personuppgifter.")
    sent = posted(draft, do="sign", **{f"leave-{item.pk}": "on", f"text-{item.pk}": shorter})
    page = words_of(officer.post(f"/utlamnanden/{draft.pk}/", sent, follow=True))
    assert "Du har ändrat vad som lämnas ut" in page
    with acting(desk.officer):
        assert not Review.seen(desk.officer).exists()


def test_a_countersignature_asks_who_one_is_anew(desk: Desk) -> None:
    _, lawyer = browsers(desk)
    _, review = waiting(desk)
    with mock.patch("samsyn.hub.guard.signin.proof.is_fresh", return_value=False):
        answer = lawyer.post(
            f"/utlamnanden/granskning/{review.pk}/", {"do": "approve", "words": WORDS}
        )
    assert answer.status_code == 302
    assert "granskning" not in answer["Location"].partition("?")[0]
    with acting(desk.lawyer):
        review.refresh_from_db()
    assert review.state == "waiting"


def test_a_return_without_words_is_put_right(desk: Desk) -> None:
    _, lawyer = browsers(desk)
    _, review = waiting(desk)
    page = lawyer.post(f"/utlamnanden/granskning/{review.pk}/", {"do": "return", "words": ""})
    assert "Skriv en mening till handläggaren" in words_of(page)


def test_an_officer_has_no_queue_and_another_agency_no_review(desk: Desk) -> None:
    officer, _ = browsers(desk)
    _, review = waiting(desk)
    assert officer.get("/utlamnanden/granskning/").status_code == 403
    other = desk.hub.person("AV", "secrecy_lawyer")
    stranger = desk.hub.client(other)
    assert stranger.get(f"/utlamnanden/granskning/{review.pk}/").status_code == 404
    assert "Björklunds" not in words_of(stranger.get("/utlamnanden/granskning/"))


def test_the_officer_is_told_who_sees_a_request_in_a_closed_case(desk: Desk) -> None:
    with acting(desk.officer):
        restrict_case(actor=desk.officer, case=desk.case)
    desk.officer = desk.hub.actor(desk.officer_account)
    with acting(desk.officer):
        desk.case.refresh_from_db()
        desk.protected.refresh_from_db()
    draft = desk.draft()
    officer, lawyer = browsers(desk)
    assert "tilldela en sådan" in words_of(officer.get(f"/utlamnanden/{draft.pk}/"))
    with acting(desk.officer):
        request_countersignature(actor=desk.officer, draft=draft, version=draft.version)
    assert "Björklunds" not in words_of(lawyer.get("/utlamnanden/granskning/"))
    assert "Björklunds" not in words_of(lawyer.get("/"))


def test_a_remark_reaches_the_officer(desk: Desk) -> None:
    draft, review = sampled(desk)
    officer, lawyer = browsers(desk)
    assert "Sekretessjuristen" not in words_of(officer.get(f"/utlamnanden/{draft.pk}/"))
    page = words_of(lawyer.get(f"/utlamnanden/granskning/{review.pk}/"))
    assert "Slumpen valde ut beslutet" in page
    lawyer.post(f"/utlamnanden/granskning/{review.pk}/", {"do": "remark", "words": WORDS})
    assert WORDS in words_of(officer.get(f"/utlamnanden/{draft.pk}/"))
    assert "Anmärkning" in words_of(officer.get("/"))
    figures = words_of(lawyer.get("/utlamnanden/granskning/?flik=stickprov"))
    assert "1 av 1 granskade beslut" in figures


def test_the_pages_keep_to_their_statements(desk: Desk) -> None:
    draft, review = waiting(desk)
    _, sample = sampled(desk)
    officer, lawyer = browsers(desk)
    places = [
        (lawyer, "/utlamnanden/granskning/"),
        (lawyer, "/utlamnanden/granskning/?flik=klara"),
        (lawyer, f"/utlamnanden/granskning/{review.pk}/"),
        (lawyer, f"/utlamnanden/granskning/{sample.pk}/"),
        (lawyer, "/"),
        (officer, "/"),
        (officer, f"/utlamnanden/{draft.pk}/"),
        (officer, f"/utlamnanden/{sample.disclosure_id}/"),
        (officer, "/utlamnanden/avvagningar/?q=lon"),
    ]
    for client, path in places:
        with CaptureQueriesContext(connections["default"]) as caught:
            assert client.get(path).status_code == 200, path
        assert len(caught) <= MOST_STATEMENTS, (path, len(caught))


# --- earlier weighings ---


def decided(desk: Desk) -> Disclosure:
    draft, _ = sampled(desk)
    with acting(desk.lawyer):
        return Disclosure.seen(desk.lawyer).select_related("case").get(pk=draft.pk)


def test_an_earlier_weighing_is_found_in_sloppy_swedish(desk: Desk) -> None:
    done = decided(desk)
    with acting(desk.lawyer):
        write_precedent(actor=desk.lawyer, disclosure=done, **TEXTS)
    with acting(desk.officer):
        for words in ("loneuppgift", "kontrol", "arbetsmiljoverket"):
            assert library(desk.officer, words)[0], words
        assert not library(desk.officer, "sjukskrivning")[0]
    with acting(desk.receiver):
        assert not Precedent.rows.exists()


@pytest.mark.parametrize(
    "text",
    [
        "Vi vägde in att björklunds bygg hade många anställda.",
        "Björklunds ekonomi var svag.",
        "Personen bor på lönngatan 4.",
        "Numret 556677-8899 stod i uppgiften.",
        "Vi lämnade uppgiften om MAJA LINDQVIST.",
        "Numret 5566778899.",
    ],
)
def test_a_text_that_names_somebody_of_the_case_is_refused_until_confirmed(
    desk: Desk, text: str
) -> None:
    with acting(desk.officer):
        add_subject(
            actor=desk.officer,
            case=desk.case,
            kind="firm",
            name="Björklunds Bygg AB",
            number="556677-8899",
            address="Lönngatan 4",
        )
        add_subject(actor=desk.officer, case=desk.case, kind="person", name="Maja Lindqvist")
    done = decided(desk)
    texts = {**TEXTS, "lesson": text}
    with acting(desk.lawyer):
        with pytest.raises(Invalid) as caught:
            write_precedent(actor=desk.lawyer, disclosure=done, **texts)
        assert caught.value.field == "confirmed"
        made = write_precedent(actor=desk.lawyer, disclosure=done, confirmed=True, **texts)
    assert made.lesson == text


def test_what_was_not_weighed_teaches_nothing(desk: Desk) -> None:
    draft = desk.draft(desk.plain)
    with acting(desk.lawyer), pytest.raises(Refused, match="rests on a weighing"):
        write_precedent(actor=desk.lawyer, disclosure=draft, **TEXTS)


def test_a_refusal_teaches_what_outweighed_against(desk: Desk) -> None:
    draft = desk.draft(desk.plain)
    with acting(desk.officer):
        refuse_disclosure(
            actor=desk.officer, draft=draft, version=draft.version, reason="Behovet är oklart här."
        )
    with acting(desk.lawyer):
        done = Disclosure.seen(desk.lawyer).select_related("case").get(pk=draft.pk)
        assert write_precedent(actor=desk.lawyer, disclosure=done, **TEXTS).leans == "against"


def test_an_officer_writes_none(desk: Desk) -> None:
    done = decided(desk)
    with acting(desk.officer), pytest.raises(Refused, match="None of your roles"):
        write_precedent(actor=desk.officer, disclosure=done, **TEXTS)


def test_alike_is_shown_on_the_form_and_retired_is_not(desk: Desk) -> None:
    done = decided(desk)
    with acting(desk.lawyer):
        made = write_precedent(actor=desk.lawyer, disclosure=done, **TEXTS)
    draft = desk.draft(desk.plain)
    officer, _ = browsers(desk)
    assert TEXTS["title"] in words_of(officer.get(f"/utlamnanden/{draft.pk}/"))
    with acting(desk.officer):
        elsewhere = Disclosure(receiver="FK", purpose="permit_case")
        assert not similar(desk.officer, elsewhere, ["revoked_permit"], ["2025:170/3"])
    with acting(desk.lawyer):
        retire_precedent(actor=desk.lawyer, precedent=made)
    assert TEXTS["title"] not in words_of(officer.get(f"/utlamnanden/{draft.pk}/"))


def test_the_form_asks_to_confirm_only_when_it_has_to(desk: Desk) -> None:
    done = decided(desk)
    _, lawyer = browsers(desk)
    there = f"/utlamnanden/{done.pk}/avvagning/"
    assert "pekar inte ut någon" not in words_of(lawyer.get(there))
    page = words_of(lawyer.post(there, {**TEXTS, "lesson": "Björklunds Bygg."}))
    assert "Orden som hittades pekar inte ut någon" in page
    done_page = lawyer.post(there, {**TEXTS, "lesson": "Björklunds Bygg.", "confirmed": "on"},
                            follow=True)  # fmt: skip
    assert "Talade för" in words_of(done_page)


def test_what_was_countersigned_is_named_where_one_asks_why(desk: Desk) -> None:
    from samsyn.hub.disclosures.why import told_already

    draft, review = waiting(desk)
    with acting(desk.lawyer):
        approve(actor=desk.lawyer, review=review, words=WORDS)
    with acting(desk.officer):
        send_signed(actor=desk.officer, draft=draft, version=draft.version)
        (told,) = told_already(desk.officer, desk.protected)
    assert told.signed_by == "Juni Ahlström"
    _, sample = sampled(desk)
    with acting(desk.lawyer):
        mark_sample(actor=desk.lawyer, review=sample, remark=False)
