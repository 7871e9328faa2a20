"""The obstacle register as a person meets it: what it shows, to whom, and what it answers."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from samsyn.hub.disclosures.models import Obstacle, Question
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.refusals import Invalid, Refused
from samsyn.hub.obstacles.actions import note_never_asked, tell_consequence
from samsyn.hub.obstacles.reads import SHOWN
from tests.hub.cases.scene import MOST_STATEMENTS, statements
from tests.hub.obstacles.conftest import GROUND, Met


def page(client: Client, address: str, status: int = 200) -> str:
    answer, count = statements(client, address)
    assert answer.status_code == status, answer.content.decode()[:1500]
    assert count <= MOST_STATEMENTS, address
    return answer.content.decode().replace("\xa0", " ")


def test_each_agency_reads_its_own_rows_and_no_others(met: Met) -> None:
    asker, holder = met.two.av, met.two.skv
    ours, theirs = (reverse("obstacles:row", args=[row.pk]) for row in (met.ours, met.theirs))
    register = reverse("obstacles:register")
    assert ours in page(asker, register)
    assert theirs not in page(asker, register)
    assert theirs in page(holder, register)
    assert ours not in page(holder, register)
    assert "27 kap. 1" in page(holder, theirs)
    assert "Ett hemligt behov." in page(asker, ours)
    page(holder, ours, 404)


def test_a_filter_narrows_and_one_that_cannot_be_read_is_refused(met: Met) -> None:
    register = reverse("obstacles:register")
    row = reverse("obstacles:row", args=[met.theirs.pk])
    for query, there in (
        ("slag=question_refused", True),
        ("slag=never_asked", False),
        (f"bestammelse={GROUND}", True),
        ("bestammelse=2009:400/28:1", False),
        ("fran-myndighet=SKV", True),
        ("till=2020-01-01", False),
    ):
        assert (row in page(met.two.skv, f"{register}?{query}")) is there, query
    for query in ("slag=allt", "fran=i+dag", "efter=1"):
        refused = met.two.skv.get(f"{register}?{query}")
        assert refused.status_code == 403, query
        assert row not in refused.content.decode()


def test_a_long_register_is_read_page_by_page_without_a_row_lost(met: Met) -> None:
    asker = met.two.receiver
    with acting(asker):
        for _ in range(SHOWN + 3):
            note_never_asked(
                actor=asker, case=None, giver="FK", item_kind="benefit_payments",
                purpose="joint_inspection_plan", needed_for="find_people",
            )  # fmt: skip
        rows = [str(pk) for pk in Obstacle.seen(asker).values_list("pk", flat=True)]
    address, seen = reverse("obstacles:register"), set()
    while address:
        body = page(met.two.av, address)
        seen |= {row for row in rows if f"/hinder/{row}/" in body}
        last = body.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
        address = reverse("obstacles:register") + last if last.startswith("?efter=") else ""
    assert seen == set(rows)


def test_who_needs_something_learns_at_once_whether_the_belief_was_right(met: Met) -> None:
    sent = {
        "giver": "SKV", "item_kind": "payroll_and_vat_figures", "purpose": "joint_inspection_plan",
        "needed_for": "plan_control", "needed_words": "",
    }  # fmt: skip
    address = reverse("obstacles:never-asked-in-case", args=[met.two.asking.pk])
    page(met.two.av, address)
    answer = met.two.av.post(address, sent, follow=True)
    body = answer.content.decode()
    assert "Du får fråga" in body
    assert reverse("disclosures:ask", args=[met.two.asking.pk]) in body
    with acting(met.two.receiver):
        row = Obstacle.seen(met.two.receiver).filter(giver="SKV", kind="never_asked").get()
    assert row.case_id == met.two.asking.pk
    wrong = met.two.av.post(address, {**sent, "giver": "AV"})
    assert wrong.status_code == 200
    assert "Välj" in wrong.content.decode()


def test_what_followed_a_refusal_is_told_once_and_can_be_changed(met: Met) -> None:
    address = reverse("obstacles:consequence", args=[met.question.pk])
    page(met.two.av, address)
    for followed in ("not_known", "no_control"):
        met.two.av.post(address, {"needed_for": "plan_control", "consequence": followed})
    with acting(met.two.receiver):
        (row,) = Obstacle.seen(met.two.receiver).filter(kind="met_refusal")
    assert (row.consequence, row.provisions) == ("no_control", [GROUND])
    assert met.two.skv.get(address).status_code == 404


def test_the_way_to_the_register_stands_where_the_work_is(met: Met) -> None:
    case, asker = met.two.asking.pk, met.two.av
    ask = reverse("obstacles:never-asked-in-case", args=[case])
    tell = reverse("obstacles:consequence", args=[met.question.pk])
    refused = reverse("disclosures:question", args=[met.question.pk])
    assert tell in asker.get(reverse("desk:my-day")).content.decode()
    assert ask in page(asker, reverse("disclosures:ask", args=[case]))
    assert ask in page(asker, reverse("cases:room", args=[case]))
    assert "Ingen har berättat det än" in page(asker, refused)
    asker.post(tell, {"needed_for": "plan_control", "consequence": "no_control"})
    day = asker.get(reverse("desk:my-day")).content.decode()
    assert tell not in day
    assert reverse("obstacles:never-asked") in day
    assert "kontrollen blev inte av" in page(asker, refused)
    room = page(asker, reverse("cases:room", args=[case]))
    assert "Berättade vad som följde av ett avslag" in room
    assert "Antecknade ett hinder" in room
    assert reverse("obstacles:row", args=[met.ours.pk]) in room


def test_a_row_leads_to_what_it_came_of_for_whoever_may_read_it(met: Met) -> None:
    with acting(met.two.giver):
        theirs = Question.seen(met.two.giver).get(exchange=met.question.exchange)
    row = page(met.two.skv, reverse("obstacles:row", args=[met.theirs.pk]))
    assert reverse("disclosures:question", args=[theirs.pk]) in row


def test_what_opens_is_not_counted_as_standing_in_the_way(met: Met) -> None:
    asker = met.two.receiver
    with acting(asker):
        row, belief = note_never_asked(
            actor=asker, case=None, giver="SKV", item_kind="payroll_and_vat_figures",
            purpose="joint_inspection_plan", needed_for="plan_control",
        )  # fmt: skip
    assert belief.mistaken
    assert belief.law.grounds
    assert not set(row.provisions) & set(belief.law.grounds)


def test_a_code_that_is_not_in_the_list_and_an_open_question_are_refused(met: Met) -> None:
    asker = met.two.receiver
    with acting(asker):
        with pytest.raises(Invalid) as wrong:
            tell_consequence(
                actor=asker, question=met.question, needed_for="x", consequence="no_control"
            )
        assert wrong.value.field == "needed_for"
        met.question.state = "sent"
        with pytest.raises(Refused):
            tell_consequence(
                actor=asker, question=met.question, needed_for="safety", consequence="no_control"
            )


def test_the_report_and_its_files_open_and_count_the_rows(met: Met) -> None:
    with acting(met.two.receiver):
        tell_consequence(
            actor=met.two.receiver,
            question=met.question,
            needed_for="plan_control",
            consequence="no_control",
        )
    body = page(met.two.av, reverse("obstacles:report"))
    assert "Vad det behövdes till" in body
    assert "kontrollen blev inte av" in body.lower()
    for kind, start in (("csv", b'\xef\xbb\xbf"agency"'), ("pdf", b"%PDF-"), ("json", b"{")):
        answer = met.two.av.get(reverse("obstacles:report-file", args=[kind]))
        assert answer.status_code == 200
        assert answer.content.startswith(start)
        assert "attachment" in answer["Content-Disposition"]
        assert "Ett hemligt behov." not in answer.content.decode("utf-8", "ignore")
    figures = json.loads(met.two.av.get(reverse("obstacles:report-file", args=["json"])).content)
    # One of each: too few to leave the agency.
    assert set(figures["figures"]["tables"]["needs"]["lines"].values()) == {None}
    assert met.two.av.get("/hinder/rapport.exe").status_code == 404
    assert met.two.av.get(reverse("obstacles:report") + "?fran=2026-13-01").status_code == 403


def test_a_bill_is_tried_on_the_rows_one_may_see(met: Met) -> None:
    address = reverse("obstacles:what-if")
    assert "Inget är prövat" in page(met.two.av, address)
    body = page(met.two.av, f"{address}?forslag=prop-2024-25-180")
    assert "hade fått samma svar" in body
    assert met.two.av.get(f"{address}?forslag=nothing").status_code == 404


def test_who_has_no_role_for_it_is_refused(met: Met) -> None:
    hub = met.two.hub
    client = hub.client(hub.person("AV", "auditor"))
    for name in ("register", "report", "what-if", "never-asked"):
        assert client.get(reverse(f"obstacles:{name}")).status_code == 403, name
