"""A draft of many facts: by group, a page at a time, one decision."""

from __future__ import annotations

import html
import re
from typing import Any

from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure, Receipt
from samsyn.hub.disclosures.paging import A_PAGE
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.context import acting
from tests.hub.cases.scene import MOST_STATEMENTS, statements
from tests.hub.disclosures.reviewing.conftest import Desk, fact_of

COUNT = 120


def large(desk: Desk, **odd: Any) -> Disclosure:
    """A draft of two kinds of facts; the last one differs as is said."""
    with acting(desk.officer):
        case = Case.seen(desk.officer).get(pk=desk.case.pk)
        firsts = [
            fact_of(desk.officer, case, "Löner nummer 0.", item_kind="payroll_and_vat_figures"),
            fact_of(desk.officer, case, "Skulder nummer 0.", item_kind="tax_debt_and_payroll"),
        ]
        rows = [
            Fact.seen(desk.officer).get(pk=firsts[number % 3 // 2].pk) for number in range(COUNT)
        ]
        for number, row in enumerate(rows):
            row.pk, row.text = None, row.text.replace("0", str(number + 1))
        for name, value in odd.items():
            setattr(rows[-1], name, value)
        with act(desk.officer, "fact.write", case=case.pk):
            made = Fact.rows.bulk_create(rows)
    return desk.draft(*made)


def page_of(response: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", response.content.decode()))


def posted(draft: Disclosure, **fields: str) -> dict[str, str]:
    return {
        "version": str(draft.version),
        "told_title": draft.told_title,
        "told_words": "",
        "valid_to": str(draft.valid_to),
        "weighing": draft.weighing,
        **fields,
    }


def leaving(desk: Desk, draft: Disclosure) -> int:
    with acting(desk.officer):
        draft.refresh_from_db()
        return DisclosedFact.seen(desk.officer).filter(disclosure=draft, left_out=False).count()


def test_a_group_is_left_out_and_chosen_at_once_and_the_rest_stays(desk: Desk) -> None:
    draft = large(desk)
    client = desk.hub.client(desk.officer_account)
    there = f"/utlamnanden/{draft.pk}/"
    page = page_of(client.get(there))
    assert page.count("<textarea") < 10
    assert "80 av 80 lämnas" in page
    assert "40 av 40 lämnas" in page
    client.post(there, posted(draft, group="2:none"))
    assert leaving(desk, draft) == 80
    client.post(there, posted(draft, group="2:all"))
    assert leaving(desk, draft) == COUNT


def test_one_fact_of_a_page_is_left_out_and_no_other_moves(desk: Desk) -> None:
    draft = large(desk)
    client = desk.hub.client(desk.officer_account)
    there = f"/utlamnanden/{draft.pk}/?grupp=1&sida=2"
    page = page_of(client.get(there))
    ids = re.findall(r'name="listed-([0-9a-f-]{36})"', page)
    assert len(ids) == 80 - A_PAGE
    fields = {f"listed-{one}": "1" for one in ids} | {f"leave-{one}": "on" for one in ids[1:]}
    client.post(there, posted(draft, do="keep", **fields))
    assert leaving(desk, draft) == COUNT - 1


def test_a_large_draft_is_decided_from_the_first_page(desk: Desk) -> None:
    draft = large(desk)
    client = desk.hub.client(desk.officer_account)
    done = client.post(f"/utlamnanden/{draft.pk}/", posted(draft, do="decide"), follow=True)
    assert "Beslutat och utlämnat till AV" in page_of(done)
    assert leaving(desk, draft) == COUNT


TEXT = re.compile(r"(?:Löner|Skulder) nummer \d+\.")


def paper(page: str) -> set[str]:
    """The texts on the page of what leaves."""
    return set(TEXT.findall(page.split('id="preview"')[1].split("</section>")[0]))


def followed(client: Any, there: str, part: Any) -> list[set[str]]:
    """What each page says, following *next* from the first; the pages cost no more than others."""
    pages, address = [], there
    while address:
        answer, count = statements(client, address)
        assert answer.status_code == 200
        assert count <= MOST_STATEMENTS
        said = part(page_of(answer))
        pages.append(set(TEXT.findall(said)))
        links = re.findall(r'href="(\?[^"#]*)#[a-z]+">Nästa', said)
        address = there.partition("?")[0] + links[0] if links else ""
    return pages


def on_paper(page: str) -> str:
    return page.split('id="preview"')[1].split("</section>")[0]


def facts_panel(page: str) -> str:
    return page.split('id="facts"')[1].split("</section>")[0]


def test_all_that_leaves_is_read_page_by_page_before_it_is_decided(desk: Desk) -> None:
    draft = large(desk)
    client = desk.hub.client(desk.officer_account)
    pages = followed(client, f"/utlamnanden/{draft.pk}/", on_paper)
    assert [len(page) for page in pages] == [A_PAGE, A_PAGE, COUNT - 2 * A_PAGE]
    with acting(desk.officer):
        rows = DisclosedFact.seen(desk.officer).filter(disclosure=draft, left_out=False)
        assert set.union(*pages) == set(rows.values_list("text", flat=True))


def test_changing_page_in_a_group_keeps_what_was_chosen_there(desk: Desk) -> None:
    draft = large(desk)
    client = desk.hub.client(desk.officer_account)
    there = f"/utlamnanden/{draft.pk}/?grupp=1"
    page = page_of(client.get(there))
    ids = re.findall(r'name="listed-([0-9a-f-]{36})"', page)
    (following,) = set(re.findall(r'name="till" value="([^"]+)">Nästa', page))
    fields = {f"listed-{one}": "1" for one in ids} | {f"leave-{one}": "on" for one in ids[2:]}
    answer = client.post(there, posted(draft, till=following, **fields))
    assert answer["Location"].endswith(f"/utlamnanden/{draft.pk}/?grupp=1&sida=2#facts")
    assert leaving(desk, draft) == COUNT - 2
    evil = client.post(there, posted(draft, till="grupp=1&next=//annat.example", **fields))
    assert "annat" not in evil["Location"]


def test_facts_that_reason_differently_but_answer_alike_stand_in_one_group(desk: Desk) -> None:
    # Whom it is about is named on the way to the answer, which is the same.
    draft = large(desk, subject_kind="")
    page = page_of(desk.hub.client(desk.officer_account).get(f"/utlamnanden/{draft.pk}/"))
    assert page.count('aria-labelledby="group-') == 2
    assert "Vägen dit skiljer sig" in page


def test_a_large_decision_and_what_came_of_it_are_read_page_by_page(desk: Desk) -> None:
    draft = large(desk)
    client = desk.hub.client(desk.officer_account)
    client.post(f"/utlamnanden/{draft.pk}/", posted(draft, do="decide"))
    decided = followed(client, f"/utlamnanden/{draft.pk}/", facts_panel)
    assert sum(map(len, decided)) == COUNT
    with acting(desk.receiver):
        receipt = Receipt.seen(desk.receiver).get()
    theirs = desk.hub.client(desk.hub.person("AV", "agency_officer"))
    address = f"/arenden/{receipt.case_id}/mottaget/{receipt.pk}/"
    first = page_of(theirs.get(address))
    assert len(set(TEXT.findall(facts_panel(first)))) == A_PAGE
    assert read(desk, draft) == A_PAGE  # what nobody has been shown nobody has read
    assert sum(map(len, followed(theirs, address, facts_panel))) == COUNT
    assert read(desk, draft) == COUNT


def read(desk: Desk, draft: Disclosure) -> int:
    with acting(desk.officer):
        rows = DisclosedFact.seen(desk.officer).filter(disclosure=draft)
        return rows.exclude(read_at=None).count()
