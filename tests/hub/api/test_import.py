"""Are facts of an agency's own system taken in once, whole, as by hand, seen by nobody else?"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samsyn.cli.importing import run_import
from samsyn.hub.api.importing.columns import COLUMNS
from samsyn.hub.api.importing.reading import read_csv, read_file
from samsyn.hub.cases.models import Fact
from samsyn.hub.guard.context import acting
from samsyn.hub.guard.refusals import Invalid
from samsyn.kernel.text import Text
from tests.hub.api.program import V1, Program, program
from tests.hub.disclosures.conftest import Two, two

__all__ = ["two"]
KIND = "payroll_and_vat_figures"
HEAD = "source_id;text;item_kind;activity;subject_kind;observed_on\n"
LINES = (
    f"a1;Åtta av elva anmälda.;{KIND};taxation;company;2026-03-01\n",
    f'a2;"=HYPERLINK(""x"");ja";{KIND};taxation;company;\n',
)


def row(**changes: Any) -> dict[str, Any]:
    return {
        "source_id": "a1",
        "text": "Text.",
        "item_kind": KIND,
        "activity": "taxation",
        **changes,
    }


def sent(skv: Program, two: Two, *rows: dict[str, Any], **more: Any) -> Any:
    body = {"system": "Gränsen", "facts": list(rows), **more}
    return skv.post(f"/cases/{two.case.pk}/import", body)


def texts(two: Two) -> set[str]:
    with acting(two.giver):
        return {fact.text for fact in Fact.seen(two.giver)}


def test_facts_are_written_as_by_hand_and_once(two: Two) -> None:
    skv = program(two.giver)
    for again in (False, True):
        answer = sent(skv, two, row(), row(source_id="a2", marks=["victim"]))
        assert answer.status_code == 200, answer.content
        found = answer.json()
        assert (found["written"], found["already"]) == ((0, 2) if again else (2, 0))
    with acting(two.giver):
        facts = list(Fact.seen(two.giver).filter(text="Text."))
    assert len(facts) == 2
    assert {fact.secrecy_confirmed_by for fact in facts} == {None}
    assert all(fact.secrecy and fact.visible_to == "SKV" for fact in facts)
    by_hand = skv.post(
        f"/cases/{two.case.pk}/facts", {"text": "Hand.", "item_kind": KIND, "activity": "taxation"}
    )
    assert set(by_hand.json()["secrecy"]) <= {cite for fact in facts for cite in fact.secrecy}


def test_a_dry_run_says_what_would_happen_and_writes_nothing(two: Two) -> None:
    skv, before = program(two.giver), texts(two)
    answer = sent(skv, two, row(), row(source_id="b", item_kind="x"), dry_run=True).json()
    assert (answer["carried_out"], answer["written"], answer["faults"]) == (False, 1, 1)
    assert texts(two) == before


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"item_kind": "payroll_and_vat_figuers"}, "item_kind"),
        ({"activity": "inspection_of_mines"}, "activity"),
        ({"marks": "victm"}, "marks"),
        ({"holder": "XX"}, "holder"),
        ({"holder": "AV"}, "holder"),
        ({"subject_kind": "firm"}, "subject_kind"),
        ({"about_number": "556000-0001"}, "about_number"),
        ({"observed_on": "1/3 2026"}, "observed_on"),
        ({"text": ""}, "text"),
        ({"source_id": ""}, "source_id"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_not_known_is_a_fault_with_its_column_and_nothing_is_written(
    two: Two, change: dict[str, str], column: str
) -> None:
    skv, before = program(two.giver), texts(two)
    answer = sent(skv, two, row(), row(source_id="a2", text="Annan.") | change)
    assert answer.status_code == 422
    assert f"2.{column}" in [fault["field"] for fault in answer.json()["errors"]]
    assert texts(two) == before


def test_valid_rows_alone_are_taken_in_when_asked_for(two: Two) -> None:
    skv = program(two.giver)
    answer = sent(skv, two, row(), row(source_id="b", marks="x"), valid_rows=True).json()
    assert (answer["written"], answer["faults"]) == (1, 1)
    assert "Text." in texts(two)


def test_the_same_id_with_other_words_is_a_fault(two: Two) -> None:
    skv = program(two.giver)
    sent(skv, two, row())
    assert sent(skv, two, row(text="Andra ord.")).status_code == 422
    assert sent(skv, two, row(), row()).status_code == 422


def test_tables_are_read_however_they_were_written() -> None:
    text = HEAD + "".join(LINES)
    for data in (
        text.encode(),
        b"\xef\xbb\xbf" + text.encode(),
        text.replace(";", ",").replace('"")', '"")').encode(),
        text.replace("\n", "\r\n").encode(),
    ):
        found = read_csv(data)
        assert [one.values["source_id"] for one in found.rows] == ["a1", "a2"]
        assert found.rows[0].values["text"] == "Åtta av elva anmälda."
        assert found.rows[1].values["text"].startswith('=HYPERLINK("x")')
        assert found.notice is None
    windows = read_csv(text.encode("cp1252"))
    assert windows.rows[0].values["text"] == "Åtta av elva anmälda."
    assert windows.notice
    assert "Windows-1252" in windows.notice.sv


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (("\ufeff" + HEAD).encode("utf-16"), "UTF-16"),
        (b"source_id;text\n\x81\xff;x\n", "UTF-8"),
        (b"", "kolumnernas namn"),
        (HEAD.encode(), "inga uppgifter"),
        (b"text;text\na;b\n", "två gånger"),
        (b"source_id;text\na\n", "celler"),
        (b'source_id;text\na;"b\n', "citattecknen"),
        (b"x" * 1_000_001, "kB"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, word: str) -> None:
    with pytest.raises(Invalid) as no:
        read_file("uppgifter.csv", data)
    assert word in no.value.said.sv


def test_a_table_is_sent_as_it_is(two: Two) -> None:
    skv = program(two.giver)
    answer = skv.client.post(
        f"{V1}/cases/{two.case.pk}/import/csv?system=Gr%C3%A4nsen",
        (HEAD + "".join(LINES)).encode(),
        content_type="text/csv",
        headers=skv.headers(),
    )
    assert answer.json()["written"] == 2, answer.content
    assert '=HYPERLINK("x");ja' in texts(two)


def test_on_the_page_it_is_shown_first_and_then_carried_out(two: Two) -> None:
    address, before = f"/arenden/{two.case.pk}/importera/", texts(two)
    upload = SimpleUploadedFile("u.csv", (HEAD + LINES[0] + "b;;x;;;\n").encode())
    page = two.skv.post(address, {"system": "Gränsen", "file": upload}).content.decode()
    assert "1 tas in" in page
    assert "item_kind" in page
    assert texts(two) == before
    kept = {
        name: page.partition(f'name="{name}" value="')[2].partition('"')[0]
        for name in ("system", "name", "content")
    }
    for _ in range(2):
        done = two.skv.post(f"{address}genomfor/", {**kept, "valid_rows": "on"})
        assert done.status_code == 302
    assert len(texts(two) - before) == 1
    assert two.av.get(address).status_code == 404


@pytest.mark.parametrize("dry", [True, False])
def test_the_command_does_the_same_with_a_key(
    two: Two, tmp_path: Path, capsys: pytest.CaptureFixture[str], dry: bool
) -> None:
    key, file = tmp_path / "key", tmp_path / "u.json"
    key.write_text(program(two.giver).secret)
    file.write_text(json.dumps({"facts": [row(), row(source_id="b", text="Två.")]}))
    options = argparse.Namespace(
        file=file, case=two.case.number, system="Gränsen", key=key, dry_run=dry,
        valid_rows=False, language="sv",
    )  # fmt: skip
    assert run_import(options) == 0
    assert "2 tas in" in capsys.readouterr().out
    assert ("Två." in texts(two)) is not dry
    key.write_text("samsyn_wrong")
    assert run_import(options) == 1
    assert "giltig nyckel" in capsys.readouterr().err


def test_the_guide_lists_the_columns(two: Two) -> None:
    guide = (Path(__file__).parents[3] / "docs/guides/api.md").read_text()
    columns = program(two.giver).get("/import/columns").json()
    assert [one["name"] for one in columns] == [column.name for column in COLUMNS]
    for column in COLUMNS:
        assert f"| `{column.name}` |" in guide
        assert isinstance(column.about, Text)
        assert column.about.en in guide
