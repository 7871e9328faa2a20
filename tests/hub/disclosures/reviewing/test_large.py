"""A draft of many facts: by group, a page at a time, one decision."""

from __future__ import annotations

import html
import re
from typing import Any

from samsyn.hub.cases.models import Case, Fact
from samsyn.hub.disclosures.large_drafts import A_PAGE
from samsyn.hub.disclosures.models import DisclosedFact, Disclosure
from samsyn.hub.guard.acts import act
from samsyn.hub.guard.context import acting
from tests.hub.disclosures.reviewing.conftest import Desk, fact_of

COUNT = 120


def large(desk: Desk) -> Disclosure:
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
