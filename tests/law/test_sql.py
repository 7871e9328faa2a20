"""Do PostgreSQL and DuckDB answer each class as NumPy does, without losing an index?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import duckdb
import psycopg
import pytest

from samsyn.kernel.faults import FieldError
from samsyn.law import Rulebook
from samsyn.law.interpreter import OUTCOMES
from samsyn.law.item_class import ItemClass, Situation
from samsyn.law.sql import SqlForm, to_sql
from samsyn.law.tables import Tables
from tests.law.item_classes import SOME_SECRECY

ON = date(2026, 3, 1)
PLAN: dict[str, Any] = {
    "receiver": "AV",
    "purpose": "joint_inspection_plan",
    "initiative": "request",
}


@pytest.fixture(scope="module")
def tables(rulebook: Rulebook) -> Tables:
    tables = rulebook.compile(ON)
    for giver, secrecy, harm in product(
        ("SKV", "FK", "AV", "PM", "MV", "JäMy"), (None, *SOME_SECRECY), ("met", "not_met")
    ):
        fields: dict[str, Any] = {"secrecy": [secrecy]} if secrecy else {}
        tables.item_class(giver=giver, facts={"harm": harm}, **fields)
    tables.item_class(giver="KFM", secrecy=[])
    return tables


@pytest.fixture(scope="module")
def situations(tables: Tables) -> list[Situation]:
    receivers = ("AV", "SKV", "PM", "KOMMUN_SOC", "UNION", "FOREIGN")
    purposes = ("joint_inspection_plan", "own_supervision", "crime_intelligence", "transparency")
    return [
        tables.situation(receiver=receiver, purpose=purpose, initiative=initiative)
        for receiver, purpose, initiative in product(receivers, purposes, ("request", "own"))
    ]


@pytest.fixture(scope="module")
def database(postgres_url: str, tables: Tables) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("create table items (class_code bigint, other bigint)")
        rows = [(item.code, place) for place, item in enumerate(tables.classes)]
        with connection.cursor() as cursor:
            cursor.executemany("insert into items values (%s, %s)", rows)
        connection.execute("insert into items values (7, -1), (null, -2)")
        yield connection


def expected(tables: Tables, situation: Situation) -> list[tuple[Any, ...]]:
    column = tables.column(situation)
    names = [OUTCOMES[code] for code in column.outcome]
    rows = [
        (reason, outcome, outcome in ("must", "may"))
        for reason, outcome in zip(column.reason.tolist(), names, strict=True)
    ]
    return [(None, None, None), (None, None, False), *rows]


def select(form: SqlForm) -> str:
    shown = form.shown(["must", "may"])
    return f"select {form.reason}, {form.outcome}, {shown} from items order by other"


def answered(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    # FALSE, where no class is shown, is false for a row without a class too.
    return [(*rows[0][:2], None), *rows[1:]]


def test_postgresql_answers_as_numpy(
    tables: Tables, situations: list[Situation], database: psycopg.Connection[Any]
) -> None:
    for situation in situations:
        rows = database.execute(select(to_sql(tables, situation)).encode()).fetchall()
        assert answered(rows) == expected(tables, situation)


def test_duckdb_answers_as_numpy(tables: Tables, situations: list[Situation]) -> None:
    with duckdb.connect() as connection:
        connection.execute("create table items (class_code bigint, other bigint)")
        rows = [(item.code, place) for place, item in enumerate(tables.classes)]
        connection.executemany("insert into items values (?, ?)", rows)
        connection.execute("insert into items values (7, -1), (null, -2)")
        for situation in situations:
            found = connection.execute(select(to_sql(tables, situation))).fetchall()
            assert answered(found) == expected(tables, situation)


def test_every_outcome_is_met(tables: Tables, situations: list[Situation]) -> None:
    met = {code for situation in situations for code in tables.column(situation).outcome.tolist()}
    assert met == set(range(len(OUTCOMES)))


def test_the_operators_are_leakproof(
    tables: Tables, situations: list[Situation], database: psycopg.Connection[Any]
) -> None:
    form = to_sql(tables, situations[0])
    database.execute("drop table if exists policed")
    database.execute("create table policed (class_code bigint)")
    database.execute(
        f"create policy shown on policed using ({form.shown(['must', 'may_after_balancing'])} "
        f"and ({form.outcome}) = ({form.outcome}) and {form.reason} = 1)".encode()
    )
    # The stored tree of the policy names every operator's function that PostgreSQL chose.
    functions = database.execute(
        """
        select distinct proname, proleakproof
        from pg_policy, regexp_matches(polqual::text, ':opfuncid (\\d+)', 'g') as found
        join pg_proc on pg_proc.oid = found[1]::oid
        where polname = 'shown'
        """
    ).fetchall()
    assert {"int8eq", "int4eq", "texteq"} >= {name for name, _ in functions} >= {"int8eq"}
    assert all(leakproof for _, leakproof in functions)


def test_small_codes_are_compared_as_bigint_too(
    tables: Tables, database: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ItemClass, "code", property(lambda item: tables.index(item)))
    form = to_sql(tables, tables.situation(**PLAN))
    kinds = database.execute(
        f"select pg_typeof({form.shown(OUTCOMES)}) "
        "from (select 1::bigint as class_code) as one".encode()
    )
    assert kinds.fetchall() == [("boolean",)]
    assert "CAST(0 AS bigint)" in form.shown(OUTCOMES)


def test_a_row_policy_uses_the_index(
    tables: Tables, postgres_url: str, database: psycopg.Connection[Any]
) -> None:
    situation = tables.situation(**PLAN)
    column = tables.column(situation)
    outcome = OUTCOMES[min(set(column.outcome.tolist()), key=column.outcome.tolist().count)]
    shown = to_sql(tables, situation).shown([outcome])
    # Roles belong to the server, which other test processes may share.
    reader = f"reader_of_{database.info.dbname}"
    database.execute(
        f"""
        drop table if exists kept;
        create table kept (id bigint, class_code bigint, note text);
        insert into kept
            select number, items.class_code, repeat('x', 100)
            from generate_series(1, 400) as number, items where items.class_code is not null;
        create index on kept (class_code);
        alter table kept enable row level security;
        alter table kept force row level security;
        create policy shown on kept for select using ({shown});
        create role {reader};
        grant select on kept to {reader};
        """.encode()
    )
    database.execute("analyze kept")
    one = next(
        item.code
        for item, code in zip(tables.classes, column.outcome, strict=True)
        if OUTCOMES[code] == outcome
    )
    with psycopg.connect(postgres_url) as connection:
        connection.execute(f"set role {reader}".encode())
        for question in ("count(*)", "id"):
            for limit in ("true", f"class_code = {one}"):
                plan = connection.execute(
                    f"explain (costs off) select {question} from kept where {limit}".encode()
                ).fetchall()
                text = "\n".join(line for (line,) in plan)
                assert "kept_class_code_idx" in text, text
                assert "Seq Scan" not in text, text
        allowed = connection.execute("select count(*) from kept").fetchone()
    by_numpy = column.outcome.tolist().count(OUTCOMES.index(outcome)) * 400
    assert allowed == (by_numpy,)
    database.execute(f"drop table kept; drop role {reader}".encode())


def test_the_text_is_the_same_each_time(rulebook: Rulebook, tables: Tables) -> None:
    situation = tables.situation(**PLAN)
    form = to_sql(tables, situation)
    assert to_sql(tables, situation) == form
    again = rulebook.compile(ON)
    for item in reversed(tables.classes):
        again.index(item)
    other = to_sql(again, situation)
    assert (other.outcome, other.classes) == (form.outcome, form.classes)
    for outcome in OUTCOMES:
        assert other.shown([outcome]) == form.shown([outcome])
    assert form.shown(["may", "must"]) == form.shown(["must", "may", "must"])
    assert list(form.classes) == sorted(item.code for item in tables.classes)


def test_nothing_in_a_name_is_read_as_sql(tables: Tables) -> None:
    name = 'Class "code"; drop table items --'
    form = to_sql(tables, tables.situation(**PLAN), column=name)
    with duckdb.connect() as connection:
        connection.execute(
            'create table items ("Class ""code""; drop table items --" bigint, other bigint)'
        )
        connection.execute(select(form))
        assert connection.execute("select count(*) from items").fetchone() == (0,)


@pytest.mark.parametrize("name", ["", "a\0b"])
def test_what_can_be_no_name_is_refused(tables: Tables, name: str) -> None:
    with pytest.raises(FieldError, match="column"):
        to_sql(tables, tables.situation(**PLAN), column=name)


def test_what_is_no_outcome_is_refused(tables: Tables) -> None:
    form = to_sql(tables, tables.situation(**PLAN))
    with pytest.raises(FieldError, match="must_not"):
        form.shown(["maybe"])  # type: ignore[list-item]


def test_nothing_is_shown_where_nothing_is_asked_for(rulebook: Rulebook, tables: Tables) -> None:
    assert to_sql(tables, tables.situation(**PLAN)).shown([]) == "FALSE"
    empty = rulebook.compile(ON)
    form = to_sql(empty, empty.situation(**PLAN))
    assert (form.reason, form.outcome, form.shown(OUTCOMES), form.classes) == (
        "NULL",
        "NULL",
        "FALSE",
        (),
    )


def test_two_classes_with_one_code_are_not_answered(
    rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = rulebook.compile(ON)
    tables.item_class(giver="SKV", secrecy=[])
    tables.item_class(giver="AV", secrecy=[])
    monkeypatch.setattr(ItemClass, "code", 5)
    with pytest.raises(FieldError, match="same code"):
        to_sql(tables, tables.situation(**PLAN))
