"""What does one question to ten million items cost, beside the memory's own speed and databases?"""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np
import psycopg
import pyarrow as pa
from numpy.typing import NDArray

from bench.law.measure import Line, Section, cpu, cpu_of_process
from samsyn.law import Rulebook
from samsyn.law.bulk import bulk_file
from samsyn.law.item_class import Situation
from samsyn.law.sql import SqlForm, to_sql
from samsyn.law.tables import Tables, Verdicts
from tests.support.postgres import postgres

ITEMS = 10_000_000
LIMIT_MILLISECONDS = 40.0
ON = date(2026, 3, 1)
GIVERS = ("AF", "AV", "EBM", "FK", "JäMy", "MV", "PM", "SKV", "ÅM")
SECRECY = ("18:1", "21:7", "26:1", "27:1", "28:14", "30:23", "35:1", "37:1")
QUESTION: dict[str, Any] = {
    "receiver": "AV",
    "purpose": "joint_inspection_plan",
    "initiative": "request",
}
COPIED = 64 << 20
"""Elements of eight bytes that are copied to measure the memory."""


def measure() -> list[Section]:
    """One table of classes, ten million random items, and every engine in turn."""
    tables = Rulebook.load().compile(ON)
    for giver, text, harm, victim in product(GIVERS, SECRECY, ("met", "not_met"), (False, True)):
        tables.item_class(
            giver=giver,
            secrecy=[f"2009:400/{text}"],
            subject={"kind": "person", "victim": victim},
            facts={"harm": harm},
        )
    situation = tables.situation(**QUESTION)
    filling = cpu(lambda: tables.column(situation), runs=1)
    count = len(tables.classes)
    classes = np.random.default_rng(1).integers(0, count, ITEMS).astype(np.intp)
    lines = [
        Line(f"filling the {count} cells of the question, once", filling.best * 1e3, "ms CPU"),
        *_gather(tables, situation, classes),
        *_whole_file(tables, classes),
    ]
    form = to_sql(tables, situation)
    expected = _totals(tables, tables.verdicts(situation, classes))
    codes = np.array([item.code for item in tables.classes], np.int64)[classes]
    lines += _duckdb(form, codes, expected, tables, situation)
    lines += _postgresql(form, codes, expected)
    about = (
        f"{ITEMS:,} items of {count} classes in random order, {len(tables.reasons)} reasons. NumPy "
        "writes an outcome and a reason for each item. The databases work out the same two and add "
        "the reasons up, so that nothing has to be sent; their sums are compared with NumPy's. "
        "The share of the memory's speed is the least the gather has to move (index in, outcome "
        "and reason out) over what a copy of half a gigabyte moves in the same time."
    )
    return [Section("One question to ten million items", about, lines)]


def _gather(tables: Tables, situation: Situation, classes: NDArray[np.intp]) -> Iterator[Line]:
    room = Verdicts.empty(ITEMS)
    tables.verdicts(situation, classes, room)
    again = cpu(lambda: tables.verdicts(situation, classes, room))
    new = cpu(lambda: tables.verdicts(situation, classes))
    moved = classes.nbytes + room.outcome.nbytes + room.reason.nbytes
    source = np.ones(COPIED, np.int64)
    target = np.zeros(COPIED, np.int64)
    copy = cpu(lambda: np.copyto(target, source))
    speed = (source.nbytes + target.nbytes) / copy.median
    share = moved / again.median / speed * 100
    milliseconds = LIMIT_MILLISECONDS
    yield Line("NumPy, into the same room again", again.median * 1e3, "ms CPU", milliseconds)
    yield Line("NumPy, into new arrays", new.median * 1e3, "ms CPU", milliseconds)
    yield Line("memory's speed, copying", speed / 1e9, "GB/s")
    yield Line("the gather moves", moved / again.median / 1e9, "GB/s")
    yield Line("share of the memory's speed", share, "%")


def _whole_file(tables: Tables, classes: NDArray[np.intp]) -> Iterator[Line]:
    """From an Arrow file to a file of verdicts, with reading, encoding and writing."""
    few = pa.Table.from_pylist(
        [
            {
                "giver": item.giver,
                "activity": None,
                "item_kind": None,
                "subject_kind": item.subject.kind,
                "victim": item.subject.victim,
                "child": False,
                "protected": False,
                "secrecy": list(item.secrecy or ()),
                "facts": json.dumps(dict(item.facts)),
            }
            for item in tables.classes
        ]
    )
    with TemporaryDirectory() as folder:
        source, out = Path(folder) / "items.arrow", Path(folder) / "verdicts.arrow"
        with pa.ipc.new_file(str(source), few.schema) as writer:
            for part in np.array_split(classes, 10):
                writer.write_table(few.take(pa.array(part)))
        taken = cpu(lambda: bulk_file(tables.rulebook, source, out, on=ON, **QUESTION), runs=1)
    yield Line("`bulk_file`, Arrow file to Arrow file", taken.best, "s CPU")


def _totals(tables: Tables, verdicts: Verdicts) -> tuple[int, int]:
    must_not = int(np.count_nonzero(verdicts.outcome == 0))
    return int(verdicts.reason.sum(dtype=np.int64)), ITEMS - must_not


def _query(form: SqlForm) -> str:
    return (
        f"select sum({form.reason}), count(*) filter (where ({form.outcome}) <> 'must_not') "
        "from items"
    )


def _duckdb(
    form: SqlForm,
    codes: NDArray[np.int64],
    expected: tuple[int, int],
    tables: Tables,
    situation: Situation,
) -> Iterator[Line]:
    column = tables.column(situation)
    answers = pa.table(
        {
            "class_code": [item.code for item in tables.classes],
            "reason": column.reason,
            "outcome": column.outcome,
        }
    )
    joined = (
        "select sum(reason), count(*) filter (where outcome <> 0) "
        "from items join answers using (class_code)"
    )
    with duckdb.connect() as connection:
        connection.register("given", pa.table({"class_code": codes}))
        connection.execute("create table items as select * from given")
        connection.register("answers", answers)
        threads = connection.execute("select current_setting('threads')").fetchall()[0][0]
        for count in dict.fromkeys([1, threads]):
            connection.execute(f"set threads = {count}")
            for name, query in (("CASE", _query(form)), ("join with the answers", joined)):
                assert connection.execute(query).fetchall()[0] == expected
                used, took = _both(lambda: connection.execute(query).fetchall())  # noqa: B023
                yield Line(f"DuckDB, {name}, {_threads(count)}", used * 1e3, "ms CPU", note=took)


def _threads(count: int) -> str:
    return "1 thread" if count == 1 else f"{count} threads"


def _both(work: Callable[[], Any]) -> tuple[float, str]:
    """CPU seconds of this process, and the time on the clock as a note."""
    start, used = time.perf_counter(), time.process_time()
    work()
    return time.process_time() - used, f"{(time.perf_counter() - start) * 1e3:,.0f} ms by the clock"


def _postgresql(
    form: SqlForm, codes: NDArray[np.int64], expected: tuple[int, int]
) -> Iterator[Line]:
    with _filled(codes) as connection:
        for name, workers in (("1 process", "0"), ("as it comes", None)):
            if workers is not None:
                connection.execute(f"set max_parallel_workers_per_gather = {workers}".encode())
            else:
                connection.execute("reset max_parallel_workers_per_gather")
            before = cpu_of_process(connection.info.backend_pid)
            start = time.perf_counter()
            found = connection.execute(_query(form).encode()).fetchone()
            took = time.perf_counter() - start
            after = cpu_of_process(connection.info.backend_pid)
            assert found == expected
            alone = workers is not None and before is not None and after is not None
            used = after - before if alone else took  # type: ignore[operator]
            yield Line(
                f"PostgreSQL, CASE, {name}",
                used * 1e3,
                "ms CPU" if alone else "ms by the clock",
                note=f"{took * 1e3:,.0f} ms by the clock" if alone else "with parallel workers",
            )


@contextmanager
def _filled(codes: NDArray[np.int64]) -> Iterator[psycopg.Connection[Any]]:
    with postgres() as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create unlogged table items (class_code bigint)")
        with (
            connection.cursor() as cursor,
            cursor.copy("copy items from stdin") as copy,
        ):
            for part in np.array_split(codes, 100):
                buffer = io.StringIO()
                np.savetxt(buffer, part, fmt="%d")
                copy.write(buffer.getvalue())
        connection.execute("vacuum analyze items")
        yield connection
