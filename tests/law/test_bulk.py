"""Are millions of rows answered as each row would be on its own?"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import LANGUAGES, Language
from samsyn.law import Rulebook, bulk
from samsyn.law.bulk import assess_items, bulk_file, classes_of
from tests.law.item_classes import raw_items, raw_situations

ON = date(2026, 3, 1)
PLAN: dict[str, Any] = {"receiver": "AV", "purpose": "joint_inspection_plan"}
SCHEMA = pa.schema(
    [
        ("giver", pa.string()),
        ("activity", pa.string()),
        ("item_kind", pa.string()),
        ("subject_kind", pa.string()),
        ("victim", pa.bool_()),
        ("child", pa.bool_()),
        ("protected", pa.bool_()),
        ("secrecy", pa.list_(pa.string())),
        ("facts", pa.string()),
    ]
)
ROW: dict[str, Any] = {
    "giver": "SKV",
    "activity": "taxation",
    "item_kind": "payroll_and_vat_figures",
    "subject_kind": "company",
    "victim": False,
    "child": False,
    "protected": False,
    "secrecy": ["2009:400/27:1"],
    "facts": '{"harm": "met"}',
}


def table(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist([{**ROW, **row} for row in rows], SCHEMA)


def as_row(raw: dict[str, Any]) -> dict[str, Any]:
    """A row with the fields of a question's item."""
    subject = raw.get("subject", {})
    return {
        "giver": raw["giver"],
        "activity": raw.get("activity"),
        "item_kind": raw.get("item_kind"),
        "subject_kind": subject.get("kind"),
        **{mark: subject.get(mark) for mark in ("victim", "child", "protected")},
        "secrecy": raw.get("secrecy"),
        "facts": json.dumps(raw["facts"]) if "facts" in raw else None,
    }


@settings(max_examples=150)
@given(st.data())
def test_each_row_is_answered_as_on_its_own(rulebook: Rulebook, data: st.DataObject) -> None:
    few = data.draw(st.lists(raw_items(rulebook), min_size=1, max_size=5))
    items = data.draw(st.lists(st.sampled_from(few), max_size=12))
    situation = data.draw(raw_situations(rulebook))
    rows = pa.Table.from_pylist([as_row(raw) for raw in items], SCHEMA)
    cut = data.draw(st.integers(0, len(items)))
    chunked = pa.concat_tables([rows.slice(0, cut), rows.slice(cut)])
    answers = assess_items(rulebook, chunked, on=ON, **situation)
    assert answers.verdicts.num_rows == len(items)
    reasons = answers.reasons.to_pylist()
    for raw, row in zip(items, answers.verdicts.to_pylist(), strict=True):
        facts = {**raw.get("facts", {}), **situation.get("facts", {}), **raw.get("facts", {})}
        expected = rulebook.ask(rulebook.read({**situation, **raw, "facts": facts, "on": ON}))
        assert row == {
            "outcome": expected.outcome,
            "test": expected.test,
            "duty_if_favourable": expected.duty_if_favourable,
            "reason": row["reason"],
        }
        assert reasons[row["reason"]] == {
            "reason": row["reason"],
            "outcome": expected.outcome,
            "test": expected.test,
            "duty": expected.duty_if_favourable,
            "floor": expected.floor,
            "grounds": list(expected.grounds),
            "excluded_by": list(expected.excluded_by),
            "steps_sv": [step.text.sv for step in expected.steps],
            "steps_en": [step.text.en for step in expected.steps],
        }


def test_the_columns_have_their_types(rulebook: Rulebook) -> None:
    answers = assess_items(rulebook, table({}), on=ON, **PLAN)
    assert {field.name: str(field.type) for field in answers.verdicts.schema} == {
        "outcome": "dictionary<values=string, indices=int8, ordered=0>",
        "test": "dictionary<values=string, indices=int8, ordered=0>",
        "duty_if_favourable": "bool",
        "reason": "int32",
    }
    about = answers.verdicts.schema.metadata
    assert about[b"samsyn.rulebook"].decode() == rulebook.version
    assert json.loads(about[b"samsyn.question"])["receiver"] == "AV"


@pytest.mark.parametrize(
    "texts",
    [
        pa.string(),
        pa.large_string(),
        pa.string_view(),
        pa.dictionary(pa.int8(), pa.string()),
        pa.dictionary(pa.int32(), pa.large_string()),
    ],
    ids=str,
)
@pytest.mark.parametrize(
    "lists",
    [pa.list_(pa.string()), pa.large_list(pa.large_string()), pa.list_(pa.string(), 1)],
    ids=str,
)
def test_other_types_of_text_and_list_are_read(
    rulebook: Rulebook, texts: pa.DataType, lists: pa.DataType
) -> None:
    plain = table({}, {"giver": "AV", "secrecy": ["2009:400/28:14"]}, {"secrecy": None}, {})
    columns = {
        name: column.cast(lists)
        if name == "secrecy"
        else column.cast(pa.string()).dictionary_encode().cast(texts)
        if pa.types.is_dictionary(texts) and pa.types.is_string(column.type)
        else column.cast(texts)
        if pa.types.is_string(column.type)
        else column
        for name, column in zip(plain.column_names, plain.columns, strict=True)
    }
    tables, others = rulebook.compile(ON), rulebook.compile(ON)
    found = classes_of(others, pa.table(columns))
    assert found.tolist() == classes_of(tables, plain).tolist() == [0, 1, 2, 0]
    assert others.classes == tables.classes


def test_columns_of_nothing_but_null_are_read(rulebook: Rulebook) -> None:
    columns = {name: pa.nulls(2) for name in SCHEMA.names} | {"giver": pa.array(["SKV", "SKV"])}
    tables = rulebook.compile(ON)
    assert classes_of(tables, pa.table(columns)).tolist() == [0, 0]
    assert tables.classes[0].secrecy is None


def test_no_list_and_an_empty_list_differ(rulebook: Rulebook) -> None:
    answers = assess_items(
        rulebook, table({"secrecy": None}, {"secrecy": []}), on=ON, **PLAN
    ).verdicts.to_pylist()
    assert answers[0]["outcome"] == "may_after_balancing"
    assert answers[1]["outcome"] in ("must", "public")


def test_null_inside_a_list_is_not_lost(rulebook: Rulebook) -> None:
    with pytest.raises(FieldError) as refused:
        classes_of(rulebook.compile(ON), table({}, {"secrecy": ["2009:400/27:1", None]}))
    assert (refused.value.field, refused.value.remedy[:6]) == ("secrecy", "row 2:")


def test_lists_of_every_length_are_told_apart(rulebook: Rulebook) -> None:
    one, two = "2009:400/27:1", "2009:400/21:7"
    lists = [[], [one], [two], [one, two], [two, one], None, [one, one], [one]]
    tables = rulebook.compile(ON)
    found = classes_of(tables, table(*({"secrecy": entry} for entry in lists)).slice(1))
    assert [tables.classes[index].secrecy for index in found] == [
        (one,), (two,), (one, two), (two, one), None, (one,), (one,),
    ]  # fmt: skip


def test_very_many_combinations_are_told_apart(rulebook: Rulebook) -> None:
    kinds = [f"kind {place}" for place in range(3000)]
    rows = pa.table(
        {
            "giver": pa.array(["SKV", "AV"] * 1500),
            "activity": pa.nulls(3000, pa.string()),
            "item_kind": pa.array(kinds),
            "subject_kind": pa.nulls(3000, pa.string()),
            "victim": pa.array([True, None] * 1500),
            "child": pa.nulls(3000, pa.bool_()),
            "protected": pa.nulls(3000, pa.bool_()),
            "secrecy": pa.array([["2009:400/27:1"] * (place % 60) for place in range(3000)]),
            "facts": pa.array([json.dumps({"receiver_secrecy": kind}) for kind in kinds]),
        }
    )
    tables = rulebook.compile(ON)
    found = classes_of(tables, rows)
    assert found.dtype == np.intp
    assert [tables.classes[index].item_kind for index in found] == kinds
    assert tables.classes[2999].facts == (("receiver_secrecy", "kind 2999"),)
    assert [tables.classes[place].giver for place in (0, 1)] == ["SKV", "AV"]


def test_no_rows_have_no_answers(rulebook: Rulebook) -> None:
    answers = assess_items(rulebook, SCHEMA.empty_table(), on=ON, **PLAN)
    assert (answers.verdicts.num_rows, answers.reasons.num_rows) == (0, 0)


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        ({"giver": None}, "giver", "row 3: missing"),
        ({"giver": "SKVV"}, "giver", "row 3: “SKVV” is not known; did you mean SKV"),
        ({"activity": "taxatoin"}, "activity", "row 3: “taxatoin”"),
        ({"subject_kind": "dog"}, "subject_kind", "row 3: subject.kind: expected person"),
        ({"secrecy": ["27:1"]}, "secrecy", "row 3: secrecy[0]: "),
        ({"secrecy": ["2009:400/27:1"] * 65}, "secrecy", "row 3: expected at most 64"),
        ({"facts": "{"}, "facts", "row 3: is not JSON"),
        ({"facts": "[1]"}, "facts", "row 3: expected an object"),
        ({"facts": '{"harm": "maybe"}'}, "facts", "row 3: facts.harm: expected met"),
    ],
)
def test_a_bad_value_is_named_with_its_row(
    rulebook: Rulebook, row: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(FieldError) as refused:
        assess_items(rulebook, table({}, {}, row, row), on=ON, **PLAN)
    assert refused.value.field == field
    assert refused.value.remedy.startswith(words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("receiver", "asked once for all rows"),
        ("purpose", "asked once for all rows"),
        ("subject", "write the columns subject_kind"),
        ("categorie", "did you mean categories"),
        ("giver", "stands twice"),
    ],
)
def test_a_column_that_would_be_misread_is_refused(
    rulebook: Rulebook, name: str, words: str
) -> None:
    items = table({}).append_column(name, pa.array(["x"]))
    with pytest.raises(FieldError, match=words) as refused:
        assess_items(rulebook, items, on=ON, **PLAN)
    assert refused.value.field == name


@pytest.mark.parametrize("name", [name for name in SCHEMA.names if name != "facts"])
def test_a_missing_column_is_named(rulebook: Rulebook, name: str) -> None:
    with pytest.raises(FieldError, match="the column is missing") as refused:
        assess_items(rulebook, table({}).drop_columns([name]), on=ON, **PLAN)
    assert refused.value.field == name


def test_a_misspelt_column_is_told_of_before_the_missing_one(rulebook: Rulebook) -> None:
    names = ["secrecies" if name == "secrecy" else name for name in SCHEMA.names]
    with pytest.raises(FieldError, match="did you mean secrecy"):
        assess_items(rulebook, table({}).rename_columns(names), on=ON, **PLAN)


@pytest.mark.parametrize(
    ("name", "array", "words"),
    [
        ("giver", pa.array([1]), "expected texts"),
        ("victim", pa.array(["yes"]), "expected true and false"),
        ("secrecy", pa.array(["2009:400/27:1"]), "expected a list of texts"),
        ("secrecy", pa.array([[1]]), "expected a list of texts"),
    ],
)
def test_a_column_of_another_type_is_refused(
    rulebook: Rulebook, name: str, array: pa.Array, words: str
) -> None:
    items = table({}).set_column(SCHEMA.get_field_index(name), name, array)
    with pytest.raises(FieldError, match=words) as refused:
        assess_items(rulebook, items, on=ON, **PLAN)
    assert refused.value.field == name


def test_other_columns_are_passed_over_and_ids_carried_over(rulebook: Rulebook) -> None:
    items = table({}, {}).append_column("colour", pa.array(["red", "blue"]))
    items = items.append_column("id", pa.array(["a", "b"]).dictionary_encode())
    verdicts = assess_items(rulebook, items, on=ON, **PLAN).verdicts
    assert verdicts.column_names[0] == "id"
    assert verdicts.column("id").to_pylist() == ["a", "b"]
    assert "colour" not in verdicts.column_names


def test_categories_may_be_stated(rulebook: Rulebook) -> None:
    category = next(iter(rulebook.vocabulary.categories))
    items = table({}, {}).append_column("categories", pa.array([[category], None]))
    tables = rulebook.compile(ON)
    stated = [tables.classes[index].categories for index in classes_of(tables, items)]
    assert stated == [(category,), None]


@pytest.mark.parametrize("suffix", [".parquet", ".arrow", ".feather"])
def test_files_are_answered_part_by_part(
    rulebook: Rulebook, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "ROWS_AT_A_TIME", 3)
    rows = [{"giver": giver} for giver in ("SKV", "AV", "FK", "SKV", "SKV", "JäMy", "AV")]
    items = table(*rows).append_column("id", pa.array(range(7)))
    source, out = tmp_path / f"items{suffix}", tmp_path / f"verdicts{suffix}"
    if suffix == ".parquet":
        pq.write_table(items, source)
    else:
        pyarrow.feather.write_feather(items, source)
    report = bulk_file(rulebook, source, out, on=ON, **PLAN)
    read = pq.read_table if suffix == ".parquet" else pyarrow.feather.read_table
    whole = assess_items(rulebook, items, on=ON, **PLAN)
    assert read(out).to_pylist() == whole.verdicts.to_pylist()
    assert read(report.reasons).to_pylist() == whole.reasons.to_pylist()
    assert report.reasons == tmp_path / f"verdicts.reasons{suffix}"
    assert (report.rows, report.classes) == (7, 4)
    assert sum(report.outcomes.values()) == 7
    assert report.rulebook_version == rulebook.version
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [source.name, out.name, report.reasons.name]
    )


def test_the_report_is_read_in_both_languages(rulebook: Rulebook, tmp_path: Path) -> None:
    source = tmp_path / "items.parquet"
    pq.write_table(table({}, {}, {"secrecy": []}), source)
    report = bulk_file(rulebook, source, tmp_path / "out.parquet", on=ON, **PLAN)
    words: dict[Language, str] = {"sv": "3 uppgifter av 2 slag", "en": "3 items of 2 kinds"}
    for language in LANGUAGES:
        text = report.as_text(language)
        assert text.startswith(words[language])
        assert text.count("\n  ") == len([count for count in report.outcomes.values() if count])
        assert "out.reasons.parquet" in text
        assert "public" in text or "must" in text


def test_an_empty_file_gives_empty_files(rulebook: Rulebook, tmp_path: Path) -> None:
    pq.write_table(SCHEMA.empty_table(), tmp_path / "items.parquet")
    report = bulk_file(rulebook, tmp_path / "items.parquet", tmp_path / "out.arrow", on=ON, **PLAN)
    assert report.rows == 0
    assert pyarrow.feather.read_table(report.verdicts).num_rows == 0


def test_nothing_half_written_is_left(
    rulebook: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "ROWS_AT_A_TIME", 2)
    source, out = tmp_path / "items.parquet", tmp_path / "verdicts.parquet"
    pq.write_table(table({}, {}, {}, {"giver": "NOBODY AT ALL"}), source)
    out.write_text("an earlier run")
    with pytest.raises(FieldError, match="row 4"):
        bulk_file(rulebook, source, out, on=ON, **PLAN)
    assert sorted(tmp_path.iterdir()) == [source, out]
    assert out.read_text() == "an earlier run"


@pytest.mark.parametrize(("source", "out"), [("items.csv", "o.parquet"), ("i.parquet", "o.txt")])
def test_an_unknown_kind_of_file_is_refused(
    rulebook: Rulebook, tmp_path: Path, source: str, out: str
) -> None:
    with pytest.raises(FieldError, match=r"ends in one of \.parquet"):
        bulk_file(rulebook, tmp_path / source, tmp_path / out, on=ON, **PLAN)


@pytest.mark.parametrize("suffix", [".parquet", ".arrow"])
def test_a_file_of_something_else_is_refused(
    rulebook: Rulebook, tmp_path: Path, suffix: str
) -> None:
    source = tmp_path / f"items{suffix}"
    source.write_text("giver,activity")
    with pytest.raises(FieldError, match="cannot be read"):
        bulk_file(rulebook, source, tmp_path / "out.parquet", on=ON, **PLAN)
    with pytest.raises(FileNotFoundError):
        bulk_file(rulebook, tmp_path / f"no{suffix}", tmp_path / "o.arrow", on=ON, **PLAN)
