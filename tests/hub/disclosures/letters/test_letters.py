"""Letters and decisions: what stands in each, what does not, who may have it, and what is noted."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samsyn.hub.cases.actions import write_fact
from samsyn.hub.cases.actions.files import add_file
from samsyn.hub.cases.models import Case
from samsyn.hub.disclosures.actions import (
    decide_and_deliver,
    draft_question,
    prepare_disclosure,
    recall,
    refuse_disclosure,
    refuse_question,
)
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure, Question, Receipt
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.models import LogEntry
from samsyn.hub.guard.references import reference
from tests.hub.disclosures.conftest import KEPT, SECRET, WEIGHING, Two
from tests.hub.disclosures.test_pages import asked, delivered, draft, received
from tests.hub.isolation.outputs import Asked, letters
from tests.support.documents import one_line, pages, told

REASON = "Fel bolag; uppgifterna rörde ett namne i Piteå."
MOST_STATEMENTS = 15


def pdf(client: Client, address: str) -> bytes:
    """A letter; it costs no more than a page may, and the browser keeps it to itself."""
    with CaptureQueriesContext(connections["default"]) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    assert len(captured) <= MOST_STATEMENTS
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert not re.search(r"Björk|Lönn", answer["Content-Disposition"])
    return answer.content


def letter(client: Client, address: str) -> str:
    """What a letter says."""
    return one_line(pdf(client, address))


def receipt_of(two: Two) -> str:
    """The address of what came in at the work environment authority."""
    with acting(two.receiver):
        came = Receipt.seen(two.receiver).get()
    return f"/arenden/{came.case_id}/mottaget/{came.pk}/"


def refused(two: Two, *, instead: str = "– Precisera vad ni behöver.") -> Any:
    """A question that the tax agency has refused."""
    mine = asked(two)
    theirs = received(two)
    with acting(two.giver):
        refuse_question(
            actor=two.giver,
            question=theirs,
            words=f"Vi kan inte lämna det ni frågar efter.\n\n{instead}",
            grounds=["2009:400/27:1"],
        )
    return mine, theirs


def every_letter(two: Two) -> list[tuple[Client, str]]:
    """One of each, with whose it is; nothing is recalled yet."""
    mine, theirs = refused(two)
    made = delivered(two)
    return [
        (two.av, f"/fragor/{mine.pk}/begaran.pdf"),
        (two.skv, f"/fragor/{theirs.pk}/begaran.pdf"),
        (two.skv, f"/fragor/{theirs.pk}/avslag.pdf"),
        (two.av, f"/fragor/{mine.pk}/avslag.pdf"),
        (two.skv, f"/utlamnanden/{made.pk}/beslut.pdf"),
        (two.av, f"{receipt_of(two)}missiv.pdf"),
    ]


# --- what stands in each ---


def test_the_request_says_who_asks_whom_for_what_on_which_ground(two: Two) -> None:
    mine = asked(two)
    theirs = received(two, placed=False)
    for client, question in ((two.av, mine), (two.skv, theirs)):
        said = letter(client, f"/fragor/{question.pk}/begaran.pdf")
        for words in (
            "Begäran om uppgifter",
            "Till Skatteverket",
            "Maja Lindqvist, Arbetsmiljöverket",
            "Kvarteret Lönnen",
            "Vilka löner redovisas?",
            two.asking.number,
            str(mine.due_on),
            "Grund för att begäran får ställas",
            "OSL 6 kap. 5 §",
        ):
            assert words in said
        assert WEIGHING not in said, "the asker's weighing stays with the asker"
    assert "Diarieförd" in said


def test_the_request_is_marked_secret_at_the_holder_as_at_the_asker(two: Two) -> None:
    mine = asked(two)
    theirs = received(two, placed=False)
    with acting(two.receiver):
        secrecy = Question.seen(two.receiver).get(pk=mine.pk).law["question"]["secrecy"]
    with acting(two.giver):
        assert Question.seen(two.giver).get(pk=theirs.pk).law["secrecy"] == secrecy != []
    marks = [
        re.findall(r"sekretessbelagda enligt [^.]*", said)
        for said in (
            letter(two.av, f"/fragor/{mine.pk}/begaran.pdf"),
            letter(two.skv, f"/fragor/{theirs.pk}/begaran.pdf"),
        )
    ]
    assert marks[0] == marks[1] != []


def test_a_request_that_was_not_sent_is_no_letter(two: Two) -> None:
    with acting(two.receiver):
        question = draft_question(
            actor=two.receiver, case=two.asking, holder="SKV", text="Vad?", activity="supervision"
        )
    assert two.av.get(f"/fragor/{question.pk}/begaran.pdf").status_code == 404


def test_the_decision_says_what_leaves_to_whom_until_when_on_which_ground(two: Two) -> None:
    made = delivered(two)
    said = letter(two.skv, f"/utlamnanden/{made.pk}/beslut.pdf")
    for words in (
        "Beslut om utlämnande av uppgifter",
        "Mottagare Arbetsmiljöverket",
        f"Får läsas till och med {made.valid_to}",
        SECRET,
        KEPT,
        WEIGHING,
        "Sanna Ekholm, Skatteverket",
        f"Loggpost {reference(made.entry or 0)}",
        "eget initiativ",
        "lagen (2024:307)",
        "med regelbokens ord",
    ):
        assert words in said
    assert "Kontrasignerat" not in said


def test_what_was_left_out_does_not_stand_in_the_decision(two: Two) -> None:
    made = draft(two)
    with acting(two.giver):
        kept = DisclosedFact.seen(two.giver).get(disclosure=made, fact=two.kept)
        decide_and_deliver(
            actor=two.giver,
            draft=made,
            version=made.version,
            weighing=WEIGHING,
            left_out=[kept.pk],
        )
    said = letter(two.skv, f"/utlamnanden/{made.pk}/beslut.pdf")
    assert KEPT not in said
    assert "1 prövad uppgift lämnas inte ut" in said


def test_the_files_that_went_along_are_named_and_no_later_ones(two: Two) -> None:
    def file_named(name: str) -> None:
        with acting(two.giver):
            add_file(
                actor=two.giver,
                case=two.case,
                name=name,
                data=b"En rad.",
                direction="drawn_up",
                fact=two.fact,
            )

    file_named("redovisning.txt")
    made = draft(two)
    with acting(two.giver):
        items = list(DisclosedFact.seen(two.giver).filter(disclosure=made))
        decide_and_deliver(
            actor=two.giver,
            draft=made,
            version=made.version,
            weighing=WEIGHING,
            with_files=[item.pk for item in items],
        )
    file_named("senare.txt")
    said = letter(two.skv, f"/utlamnanden/{made.pk}/beslut.pdf")
    assert "Filer: redovisning.txt" in said
    assert "senare.txt" not in said


def test_the_cover_letter_says_the_bounds_and_not_the_weighing(two: Two) -> None:
    delivered(two, told_words="Ring mig gärna.")
    said = letter(two.av, f"{receipt_of(two)}missiv.pdf")
    for words in (
        "Missiv till lämnade uppgifter",
        "Skatteverket",
        "Till Arbetsmiljöverket",
        "2 uppgifter",
        "Björklunds Bygg AB",
        "Bara i ärendet",
        "lagen (2024:307)",
        "Återrapportera i Samsyn",
        "Sanna Ekholm",
        "Ring mig gärna.",
    ):
        assert words in said
    for words in (WEIGHING, SECRET, KEPT, two.case.number):
        assert words not in said


def test_the_refusal_says_the_provision_the_words_and_how_to_appeal(two: Two) -> None:
    mine, theirs = refused(two)
    for client, question in ((two.skv, theirs), (two.av, mine)):
        said = letter(client, f"/fragor/{question.pk}/avslag.pdf")
        for words in (
            "Beslut att inte lämna ut uppgifter",
            "Skatteverket avslår begäran.",
            "OSL 27 kap. 1 §",
            "Vi kan inte lämna det ni frågar efter.",
            "– Precisera vad ni behöver.",
            "Sanna Ekholm",
            "Vilka löner redovisas?",
            "OSL 6 kap. 7 §",
            "OSL 6 kap. 8 §",
            "regeringen",
            "förvaltningslagen 43 och 44 §§",
        ):
            assert words in said


def test_a_refusal_nobody_asked_for_is_not_appealed(two: Two) -> None:
    made = draft(two)
    with acting(two.giver):
        refuse_disclosure(
            actor=two.giver, draft=made, version=made.version, reason="Väger för lätt."
        )
    said = letter(two.skv, f"/utlamnanden/{made.pk}/beslut.pdf")
    assert "Skatteverket lämnar inte ut uppgifterna." in said
    assert "Väger för lätt." in said
    assert "Överklagande" not in said
    assert SECRET not in said


def test_the_refusal_of_an_answer_keeps_its_reasons_with_the_giver(two: Two) -> None:
    mine = asked(two)
    theirs = received(two)
    made = draft(two, question=theirs)
    with acting(two.giver):
        refuse_disclosure(
            actor=two.giver, draft=made, version=made.version, reason="Väger för lätt."
        )
        refuse_question(
            actor=two.giver, question=theirs, words="Nej, tyvärr.", grounds=["2009:400/27:1"]
        )
    own = letter(two.skv, f"/utlamnanden/{made.pk}/beslut.pdf")
    assert "Väger för lätt." in own
    assert "Nej, tyvärr." in own
    assert "Överklagande" in own
    theirs_said = letter(two.av, f"/fragor/{mine.pk}/avslag.pdf")
    assert "Nej, tyvärr." in theirs_said
    assert "Väger för lätt." not in theirs_said


def test_the_notice_of_recall_keeps_the_reason_with_the_giver(two: Two) -> None:
    made = delivered(two)
    address = receipt_of(two)
    assert two.av.get(f"{address}aterkallelse.pdf").status_code == 404
    assert two.skv.get(f"/utlamnanden/{made.pk}/aterkallelse.pdf").status_code == 404
    two.av.get(address)  # read, so that the line stands
    with acting(two.giver):
        recall(actor=two.giver, disclosure=made, reason=REASON)
    for client, where in (
        (two.skv, f"/utlamnanden/{made.pk}/aterkallelse.pdf"),
        (two.av, f"{address}aterkallelse.pdf"),
    ):
        said = letter(client, where)
        assert "Återkallelse av lämnade uppgifter" in said
        assert "Använd inte uppgifterna" in said
        for words in (REASON, SECRET, WEIGHING):
            assert words not in said
    assert "Återkallat" in letter(two.skv, f"/utlamnanden/{made.pk}/beslut.pdf")
    cover = letter(two.av, f"{address}missiv.pdf")
    assert "Kan inte längre läsas" in cover
    assert "Björklunds" not in cover


# --- what holds for all ---


def test_each_is_there_in_both_languages_for_everyone_and_for_the_archive(two: Two) -> None:
    for client, address in every_letter(two):
        for language, sign in (("sv", "Sida 1 ("), ("en", "Page 1 (")):
            made = pdf(client, f"{address}?lang={language}")
            about = told(made)
            assert about["language"] == language
            assert (about["ua"], about["a"]) == ("1", "2A")
            assert about["title"]
            assert not re.search(r"Björk|Lönn", about["title"])
            assert {"/H1", "/H2", "/TH"} <= set(about["tags"])
            assert sign in one_line(made)
            assert ("Translation." in one_line(made)) == (language == "en")


def test_the_reader_s_language_is_used_where_none_is_asked_for(two: Two) -> None:
    mine = asked(two)
    two.av.cookies["__Host-samsyn-language"] = "en"
    two.av.cookies["samsyn-language"] = "en"
    assert "Request for information" in letter(two.av, f"/fragor/{mine.pk}/begaran.pdf")


def test_the_secrecy_marking_stands_on_each_page(two: Two) -> None:
    made = delivered(two)
    found = pages(pdf(two.skv, f"/utlamnanden/{made.pk}/beslut.pdf"))
    assert len(found) > 1
    for page in found:
        assert "Sekretessmarkering" in page
        assert "OSL 27 kap. 1 §" in re.sub(r"\s+", " ", page)


def test_the_same_letter_has_the_same_bytes(two: Two) -> None:
    made = delivered(two)
    address = f"/utlamnanden/{made.pk}/beslut.pdf"
    assert pdf(two.skv, address) == pdf(two.skv, address)


def test_words_that_look_like_code_are_words(two: Two) -> None:
    hostile = '#read("/etc/passwd") ] #panic() * _ $ ` <a> @b'
    names = "Șerban Țîrlea, Олександр Ґалаґан 😀 " + "X" * 300
    with acting(two.giver):
        fact = write_fact(
            actor=two.giver,
            case=two.case,
            text=f"{hostile} {names}",
            item_kind="payroll_and_vat_figures",
            activity="taxation",
            subject_kind="company",
            entity=two.firm,
        )
        made = prepare_disclosure(
            actor=two.giver,
            case=two.case,
            receiver="AV",
            purpose="joint_inspection_plan",
            facts=[fact],
        )
        decide_and_deliver(
            actor=two.giver,
            draft=made,
            version=made.version,
            weighing=f"{hostile} " + "avvägning och skäl " * 2500,
        )
    said = letter(two.skv, f"/utlamnanden/{made.pk}/beslut.pdf")
    assert said.count('#read("/etc/passwd") ]') == 2
    assert "Șerban Țîrlea, Олександр Ґалаґан 😀" in said
    assert "root:" not in said
    assert re.sub(r"\s", "", said).count("X" * 300) == 1
    assert said.count("avvägning och skäl") > 2400


# --- who may have it, and what is noted ---


def test_another_agency_gets_what_it_gets_for_a_missing_one(two: Two) -> None:
    found = every_letter(two)
    third = two.hub.client(two.hub.person("FK", "agency_officer", name="Tor Alm"))
    for client, address in found:
        other = two.skv if client is two.av else two.av
        missing = re.sub(r"[0-9a-f-]{36}(?=/[a-z]+\.pdf)", str(uuid4()), address)
        for stranger in (other, third):
            there, nowhere = stranger.get(address), stranger.get(missing)
            assert (there.status_code, nowhere.status_code) == (404, 404)
            assert _same(there.content) == _same(nowhere.content)
        assert client.get(address).status_code == 200
        assert Client().get(address).status_code in (302, 404)


def _same(body: bytes) -> str:
    """A page without what differs from one asking to the next."""
    text = re.sub(r'(nonce=|FToken": |token" value=)"[^"]*"', "", body.decode())
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", text)


def test_each_leaves_a_row_in_the_log(two: Two) -> None:
    made = delivered(two)
    pdf(two.skv, f"/utlamnanden/{made.pk}/beslut.pdf")
    with acting(two.giver):
        row = LogEntry.rows.filter(act="disclosure.read", detail="pdf decision").get()
    assert str(made.pk) in row.objects
    assert str(two.fact.pk) in row.objects


def test_the_giver_learns_that_the_cover_letter_was_taken_out(two: Two) -> None:
    made = delivered(two)
    with acting(two.giver):
        assert not DisclosedFact.seen(two.giver).filter(exported_at__isnull=False).exists()
    pdf(two.av, f"{receipt_of(two)}missiv.pdf")
    with acting(two.giver):
        items = DisclosedFact.seen(two.giver).filter(disclosure=made)
        assert items.filter(exported_at__isnull=False).count() == items.count() == 2


def test_for_another_purpose_the_cover_letter_names_nothing(two: Two) -> None:
    delivered(two)
    address = receipt_of(two)
    with acting(two.receiver):
        case = Case.seen(two.receiver).get(pk=Receipt.seen(two.receiver).get().case_id)
    two.av.post(f"/arenden/{case.pk}/andamal/", {"purpose": "own_supervision"})
    made = pdf(two.av, f"{address}missiv.pdf")
    assert "Björklunds" not in one_line(made)
    with acting(two.giver):
        assert not DisclosedFact.seen(two.giver).filter(exported_at__isnull=False).exists()


def test_the_pages_lead_to_the_letters(two: Two) -> None:
    mine, theirs = refused(two)
    made = delivered(two)
    for client, where, names in (
        (two.av, f"/fragor/{mine.pk}/", ("begaran.pdf", "avslag.pdf")),
        (two.skv, f"/fragor/{theirs.pk}/", ("begaran.pdf", "avslag.pdf")),
        (two.skv, f"/utlamnanden/{made.pk}/", ("beslut.pdf",)),
        (two.av, receipt_of(two), ("missiv.pdf",)),
    ):
        body = client.get(where).content.decode()
        for name in names:
            assert f'href="{where}{name}"' in body


def test_a_decision_not_made_is_no_letter(two: Two) -> None:
    made = draft(two)
    assert two.skv.get(f"/utlamnanden/{made.pk}/beslut.pdf").status_code == 404
    with acting(two.giver):
        assert Disclosure.seen(two.giver).get(pk=made.pk).state == "draft"


@pytest.mark.parametrize("method", ["post", "head"])
def test_a_letter_is_only_fetched(two: Two, method: str) -> None:
    made = delivered(two)
    assert getattr(two.skv, method)(f"/utlamnanden/{made.pk}/beslut.pdf").status_code == 405


def test_the_isolation_test_reads_the_letters(two: Two) -> None:
    delivered(two)
    case = SimpleNamespace(id=two.case.pk)
    assert SECRET in letters(Asked(two.skv, case))  # type: ignore[arg-type]
