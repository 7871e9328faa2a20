"""Which classes of items are in an Arrow table?

==============  ===================  =============================================================
column          type                 null means
==============  ===================  =============================================================
giver           text                 a fault: somebody holds the item
activity        text                 not stated
item_kind       text                 not stated
subject_kind    text                 not stated
victim          bool                 false
child           bool                 false
protected       bool                 false
secrecy         list of texts        the rulebook proposes; an empty list: nothing makes it secret
facts           text, optional       no facts; else a JSON object such as {"harm": "met"}
categories      list, optional       the item kind tells
id              anything, optional   carried over to the answers as it is
==============  ===================  =============================================================

Other columns are passed over, except those that look like a slip or that say per row what is asked
once for all rows: passing those over would answer another question than the file asks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from samsyn.kernel.faults import FieldError
from samsyn.law.item_class import ItemClass
from samsyn.law.tables import Tables
from samsyn.law.vocabulary import nearest

WORDS = ("giver", "activity", "item_kind", "subject_kind")
MARKS = ("victim", "child", "protected")
REQUIRED = (*WORDS, *MARKS, "secrecy")
OPTIONAL = ("facts", "categories", "id")
ASKED_ONCE = ("on", "receiver", "receiver_function", "purpose", "initiative")
LONGEST_LIST = 64
"""Provisions or categories of one item; more of them are a fault of the file."""
_LARGEST_KEY = 1 << 62

Codes = NDArray[np.int64]


def classes_of(tables: Tables, items: pa.Table, first_row: int = 1) -> NDArray[np.intp]:
    """The dense index of each row's class, taken into the tables where it is new.

    Args:
        tables: the tables that are to be asked.
        items: n rows with the columns above.
        first_row: number of the first row, for those who read the faults.

    Returns:
        intp[n].

    Raises:
        FieldError: naming the column, the row and the remedy.
    """
    refuse_columns(items.column_names)
    columns = [
        _read_column(name, items.column(name), first_row)
        for name in (*REQUIRED, "facts", "categories")
        if name in items.column_names
    ]
    codes, firsts = _combined([column.codes for column in columns], items.num_rows)
    indices = np.empty(len(firsts), np.intp)
    for place, row in enumerate(firsts):
        fields = {column.name: column.values[column.codes[row]] for column in columns}
        indices[place] = tables.index(_item_class(tables, fields, first_row + int(row)))
    return indices[codes]


@dataclass(frozen=True, slots=True)
class _Column:
    """One column as codes: ``values[codes[row]]`` is what stands in the row.

    Attributes:
        codes: int64[n].
        values: what the codes stand for.
    """

    name: str
    codes: Codes
    values: list[Any]


def refuse_columns(names: Sequence[str]) -> None:
    """See that the columns are those of items.

    Raises:
        FieldError: naming a column that is missing, a slip, or part of the question.
    """
    for name in names:
        if names.count(name) > 1:
            raise FieldError(
                name,
                "stands twice among the columns; leave one",
                "står två gånger bland kolumnerna; behåll en",
            )
        if name in ASKED_ONCE:
            raise FieldError(
                name,
                "is asked once for all rows; take the column out and say it with the question",
                "gäller alla rader; ta bort kolumnen och ange det i frågan",
            )
        if name == "subject":
            columns = f"subject_kind, {', '.join(MARKS)}"
            raise FieldError(
                name,
                f"write the columns {columns} instead",
                f"skriv kolumnerna {columns} i stället",
            )
        if name in (*REQUIRED, *OPTIONAL):
            continue
        close = nearest(name.lower(), (*REQUIRED, "facts", "categories"))
        if close and close not in names:
            raise FieldError(
                name,
                f"no such column; did you mean {close}? If not, give it another name",
                f"kolumnen finns inte; menade du {close}? Ge den annars ett annat namn",
            )
    for name in REQUIRED:
        if name not in names:
            raise FieldError(
                name,
                "the column is missing; add it, with null where nothing is stated",
                "kolumnen saknas; lägg till den, med null där inget är angivet",
            )


def _read_column(name: str, column: pa.ChunkedArray, first_row: int) -> _Column:
    array = column.unify_dictionaries().combine_chunks()
    if isinstance(array, pa.ChunkedArray):  # no chunks, or more than one array can hold
        array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], array.type)
    if name in ("secrecy", "categories"):
        return _read_lists(name, array, first_row)
    kind = array.type.value_type if pa.types.is_dictionary(array.type) else array.type
    fits = pa.types.is_boolean(kind) if name in MARKS else _is_text(kind)
    if not fits and not pa.types.is_null(kind):
        en, sv = ("true and false", "true och false") if name in MARKS else ("texts", "texter")
        raise FieldError(
            name,
            f"row {first_row}: expected {en}, found {kind}",
            f"rad {first_row}: ange {sv}; fann {kind}",
        )
    return _Column(name, *_encoded(array))


def _is_text(kind: pa.DataType) -> bool:
    texts = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return any(is_text(kind) for is_text in texts)


def _encoded(array: pa.Array) -> tuple[Codes, list[Any]]:
    """Codes of the values, and the values, the last one for null."""
    encoded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    values = [*encoded.dictionary.to_pylist(), None]
    codes = pc.fill_null(encoded.indices.cast(pa.int64()), len(values) - 1)
    return codes.to_numpy(zero_copy_only=False), values


def _read_lists(name: str, array: pa.Array, first_row: int) -> _Column:
    if pa.types.is_null(array.type):
        array = array.cast(pa.list_(pa.string()))
    kind = array.type
    lists = (pa.types.is_list, pa.types.is_large_list, pa.types.is_fixed_size_list)
    if not any(is_list(kind) for is_list in lists) or not _is_text(kind.value_type):
        raise FieldError(
            name,
            f"row {first_row}: expected a list of texts, found {kind}",
            f"rad {first_row}: ange en lista med texter; fann {kind}",
        )
    array = array.cast(pa.large_list(kind.value_type))
    lengths = pc.fill_null(pc.list_value_length(array), -1).to_numpy(zero_copy_only=False)
    longest = int(lengths.max(initial=0))
    if longest > LONGEST_LIST:
        row = first_row + int(lengths.argmax())
        raise FieldError(
            name,
            f"row {row}: expected at most {LONGEST_LIST}, found {longest}",
            f"rad {row}: ange högst {LONGEST_LIST}; fann {longest}",
        )
    bounds = array.offsets.to_numpy()
    starts = bounds[:-1] - bounds[0]
    inner, words = _encoded(array.values.slice(bounds[0], bounds[-1] - bounds[0]))
    with_none = np.append(inner, -1)
    parts = [lengths + 1]
    for place in range(longest):
        parts.append(with_none[np.where(lengths > place, starts + place, -1)] + 1)
    codes, firsts = _combined(parts, len(array))
    spans = [(int(starts[row]), int(lengths[row])) for row in firsts]
    return _Column(
        name,
        codes,
        [
            None if length < 0 else [words[code] for code in inner[start : start + length]]
            for start, length in spans
        ],
    )


def _combined(parts: list[Codes], count: int) -> tuple[Codes, NDArray[np.int64]]:
    """One code for each combination that occurs, by first occurrence, and the row of that.

    Args:
        parts: int64[count] each, none negative.
        count: number of rows.

    Returns:
        int64[count], and int64[k] for k combinations.
    """
    keys = np.zeros(count, np.int64)
    kinds = 1
    for part in parts:
        width = int(part.max(initial=0)) + 1
        if kinds > _LARGEST_KEY // width:
            keys, kinds = _renumbered(keys)
        keys = keys * width + part
        kinds *= width
    codes, _ = _renumbered(keys)
    # Codes are given in the order of the rows, so a new one is larger than all before it.
    so_far = np.maximum.accumulate(codes)
    firsts = np.flatnonzero(codes > np.concatenate([[-1], so_far[:-1]])) if count else codes
    return codes, firsts


def _renumbered(keys: Codes) -> tuple[Codes, int]:
    encoded = pa.array(keys).dictionary_encode()
    return encoded.indices.cast(pa.int64()).to_numpy(), len(encoded.dictionary)


def _item_class(tables: Tables, fields: Mapping[str, Any], row: int) -> ItemClass:
    try:
        return tables.item_class(
            giver=fields["giver"],
            activity=fields["activity"],
            item_kind=fields["item_kind"],
            categories=fields.get("categories"),
            subject={
                "kind": fields["subject_kind"],
                **{mark: bool(fields[mark]) for mark in MARKS},
            },
            secrecy=fields["secrecy"],
            facts=_facts(fields.get("facts")),
        )
    except FieldError as error:
        column = re.split(r"[.\[]", error.field)[0]
        place = "" if column == error.field else f"{error.field}: "
        column = "subject_kind" if column == "subject" else column
        raise FieldError(
            column,
            f"row {row}: {place}{error.said.en}",
            f"rad {row}: {place}{error.said.sv}",
        ) from None


def _facts(text: str | None) -> Any:
    if not text:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FieldError("facts", f"is not JSON: {error}", f"är inte JSON: {error}") from None
