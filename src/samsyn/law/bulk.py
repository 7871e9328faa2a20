"""What may be told of millions of items, one question to all of them?

Items come as an Arrow table with one row each and go out as an Arrow table with one row each, in
the same order. The few kinds of items there are among them are answered by the interpreter; the
rows only look their answer up. No row is handled by Python.

The columns of the items are described in ``item_columns``.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from samsyn.kernel.faults import FieldError
from samsyn.kernel.text import Language, Text
from samsyn.law.interpreter import OUTCOMES
from samsyn.law.item_class import Situation
from samsyn.law.item_columns import OPTIONAL, REQUIRED, classes_of, refuse_columns
from samsyn.law.rulebook import Rulebook
from samsyn.law.schema import TESTS
from samsyn.law.tables import Reason, Tables

__all__ = [
    "BulkAnswers",
    "BulkReport",
    "assess_items",
    "bulk_file",
    "classes_of",
    "reasons_table",
    "verdicts_table",
]

ROWS_AT_A_TIME = 1 << 20
PARQUET = ".parquet"
ARROW = (".arrow", ".feather")
_COUNTED = Text(
    sv="{rows} uppgifter av {classes} slag har fått svar:",
    en="{rows} items of {classes} kinds have been answered:",
)
_WRITTEN = Text(
    sv="Svaren står i {verdicts}, skälen i {reasons}.",
    en="The answers are in {verdicts}, the reasons in {reasons}.",
)


@dataclass(frozen=True, slots=True)
class BulkAnswers:
    """Answers to the rows of a table.

    Attributes:
        verdicts: one row for each item, in its order: ``id`` if the items have one, ``outcome``
            and ``test`` (dictionaries of texts), ``duty_if_favourable`` (bool), ``reason`` (int32).
        reasons: what each reason number stands for, with the steps in both languages.
    """

    verdicts: pa.Table
    reasons: pa.Table


@dataclass(frozen=True, slots=True)
class BulkReport:
    """What a run over a file found.

    Attributes:
        rows: items answered.
        classes: kinds of items among them.
        outcomes: outcome → items that got it, in the order of restriction.
        verdicts: file with one row for each item.
        reasons: file with what the reason numbers in it stand for.
        rulebook_version: the rulebook that was asked.
    """

    rows: int
    classes: int
    outcomes: dict[str, int]
    verdicts: Path
    reasons: Path
    rulebook_version: str

    def as_text(self, language: Language) -> str:
        """The report for a reader, a line for each outcome that occurs."""
        met = [(outcome, count) for outcome, count in self.outcomes.items() if count]
        width = max((len(outcome) for outcome, _ in met), default=0)
        lines = [_COUNTED.into(language).format(rows=self.rows, classes=self.classes)]
        lines += [f"  {outcome:<{width}}  {count}" for outcome, count in met]
        text = _WRITTEN.into(language)
        return "\n".join([*lines, text.format(verdicts=self.verdicts, reasons=self.reasons)])


def bulk_file(
    rulebook: Rulebook,
    source: Path,
    out: Path,
    *,
    on: date,
    receiver: str,
    purpose: str,
    initiative: str = "request",
    receiver_function: str | None = None,
    facts: Mapping[str, Any] | None = None,
) -> BulkReport:
    """Answer the items of a Parquet or Arrow file, into a file of answers and one of reasons.

    The reasons lie beside the answers: ``verdicts.reasons.parquet`` for ``verdicts.parquet``.
    Both are complete or not there at all; files of an earlier run are replaced.

    Raises:
        FieldError: naming what cannot be used, with column and row for something in the file.
        OSError: if a file cannot be read or written.
    """
    for name, path in (("source", source), ("out", out)):
        _refuse_suffix(name, path)
    tables = rulebook.compile(on)
    situation = tables.situation(
        receiver=receiver,
        purpose=purpose,
        initiative=initiative,
        receiver_function=receiver_function,
        facts=facts,
    )
    reasons_out = out.with_name(f"{out.stem}.reasons{out.suffix}")
    counts = np.zeros(len(OUTCOMES), np.int64)
    with tempfile.TemporaryDirectory(prefix=".samsyn-", dir=out.parent) as folder:
        half, half_reasons = Path(folder) / out.name, Path(folder) / reasons_out.name
        _write(half, _answered(tables, situation, source, counts))
        _write(half_reasons, iter([reasons_table(tables)]))
        half_reasons.replace(reasons_out)
        half.replace(out)
    return BulkReport(
        rows=int(counts.sum()),
        classes=len(tables.classes),
        outcomes={outcome: int(count) for outcome, count in zip(OUTCOMES, counts, strict=True)},
        verdicts=out,
        reasons=reasons_out,
        rulebook_version=rulebook.version,
    )


def assess_items(
    rulebook: Rulebook,
    items: pa.Table,
    *,
    on: date,
    receiver: str,
    purpose: str,
    initiative: str = "request",
    receiver_function: str | None = None,
    facts: Mapping[str, Any] | None = None,
) -> BulkAnswers:
    """Answer every row of a table.

    Raises:
        FieldError: naming the column, the row and the remedy, or the part of the question.
    """
    tables = rulebook.compile(on)
    situation = tables.situation(
        receiver=receiver,
        purpose=purpose,
        initiative=initiative,
        receiver_function=receiver_function,
        facts=facts,
    )
    verdicts = verdicts_table(tables, situation, items)
    return BulkAnswers(verdicts, reasons_table(tables))


def verdicts_table(
    tables: Tables, situation: Situation, items: pa.Table, first_row: int = 1
) -> pa.Table:
    """One row of answer for each row of items; see :class:`BulkAnswers`.

    Raises:
        FieldError: naming the column, the row and the remedy.
    """
    found = tables.verdicts(situation, classes_of(tables, items, first_row))
    tests = np.array([TESTS.index(reason.test) for reason in tables.reasons], np.int8)
    duties = np.array([reason.duty for reason in tables.reasons], np.bool_)
    columns = {
        "outcome": pa.DictionaryArray.from_arrays(found.outcome.view(np.int8), list(OUTCOMES)),
        "test": pa.DictionaryArray.from_arrays(tests[found.reason], list(TESTS)),
        "duty_if_favourable": pa.array(duties[found.reason]),
        "reason": pa.array(found.reason),
    }
    if "id" in items.column_names:
        columns = {"id": _plain(items.column("id")), **columns}
    return pa.table(columns).replace_schema_metadata(_about(tables, situation))


def reasons_table(tables: Tables) -> pa.Table:
    """What every reason number of these tables stands for, one row each."""
    reasons = tables.reasons
    texts = pa.list_(pa.string())
    kinds: dict[str, tuple[pa.DataType, Callable[[Reason], object]]] = {
        "reason": (pa.int32(), lambda reason: reason.number),
        "outcome": (pa.string(), lambda reason: reason.outcome),
        "test": (pa.string(), lambda reason: reason.test),
        "duty": (pa.bool_(), lambda reason: reason.duty),
        "floor": (pa.string(), lambda reason: reason.floor),
        "grounds": (texts, lambda reason: reason.grounds),
        "excluded_by": (texts, lambda reason: reason.excluded_by),
        "steps_sv": (texts, lambda reason: [step.text.sv for step in reason.steps]),
        "steps_en": (texts, lambda reason: [step.text.en for step in reason.steps]),
    }
    return pa.table(
        {
            name: pa.array([value(reason) for reason in reasons], kind)
            for name, (kind, value) in kinds.items()
        }
    )


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    # One Arrow file holds one dictionary for a column; parts of a Parquet file may differ.
    kind = column.type
    return column.cast(kind.value_type) if pa.types.is_dictionary(kind) else column


def _about(tables: Tables, situation: Situation) -> dict[str, str]:
    """What was asked and of whom, to stand in the file itself."""
    asked = {
        "on": tables.on.isoformat(),
        "receiver": situation.receiver,
        "receiver_function": situation.receiver_function,
        "purpose": situation.purpose,
        "initiative": situation.initiative,
        "facts": dict(situation.facts),
    }
    return {
        "samsyn.question": json.dumps(asked, ensure_ascii=False),
        "samsyn.rulebook": tables.rulebook.version,
    }


# --- files -------------------------------------------------------------------------------------


def _refuse_suffix(name: str, path: Path) -> None:
    if path.suffix not in (PARQUET, *ARROW):
        known = ", ".join((PARQUET, *ARROW))
        raise FieldError(
            name,
            f"{path.name}: expected a file that ends in one of {known}",
            f"{path.name}: ange en fil som slutar på något av {known}",
        )


def _answered(
    tables: Tables, situation: Situation, source: Path, counts: NDArray[np.int64]
) -> Iterator[pa.Table]:
    """Answers to a file, part by part; adds each outcome's number of rows to the counts."""
    row = 1
    for items in _parts(source):
        answered = verdicts_table(tables, situation, items, row)
        for chunk in answered.column("outcome").chunks:
            counts += np.bincount(chunk.indices.to_numpy(), minlength=len(OUTCOMES))
        row += items.num_rows
        yield answered


def _parts(source: Path) -> Iterator[pa.Table]:
    """The rows of a file, in parts that fit in memory; one empty part when it has none."""
    try:
        if source.suffix == PARQUET:
            file = pq.ParquetFile(source, memory_map=True)
            names = _used(file.schema_arrow)
            rows = file.iter_batches(ROWS_AT_A_TIME, columns=names)
            parts = (pa.Table.from_batches([batch]) for batch in rows)
            empty = file.schema_arrow.empty_table().select(names)
        else:
            table = pa.ipc.open_file(pa.memory_map(str(source))).read_all()
            table = table.select(_used(table.schema))
            starts = range(0, table.num_rows, ROWS_AT_A_TIME)
            parts = (table.slice(start, ROWS_AT_A_TIME) for start in starts)
            empty = table.slice(0, 0)
        yield next(parts, empty)
        yield from parts
    except pa.ArrowInvalid as error:
        raise FieldError(
            "source",
            f"{source.name} cannot be read: {error}",
            f"{source.name} kan inte läsas: {error}",
        ) from None


def _used(schema: pa.Schema) -> list[str]:
    refuse_columns(schema.names)
    return [name for name in schema.names if name in (*REQUIRED, *OPTIONAL)]


def _write(path: Path, parts: Iterator[pa.Table]) -> None:
    first = next(parts)
    if path.suffix == PARQUET:
        writer = pq.ParquetWriter(path, first.schema)
    else:
        options = pa.ipc.IpcWriteOptions(compression="lz4")
        writer = pa.ipc.new_file(str(path), first.schema, options=options)
    with writer:
        for part in chain([first], parts):
            writer.write_table(part)
