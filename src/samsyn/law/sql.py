"""How does a database ask the tables, row by row, without being told the law?

A row carries the code of its item's class. An expression over that one integer column gives the
outcome, the reason or whether the row may be shown. It uses only ``=`` and ``IN`` on integers,
which PostgreSQL knows to be leakproof, so that a row policy made of it keeps the indexes usable.
The same text works in PostgreSQL and DuckDB.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from samsyn.kernel.faults import FieldError
from samsyn.law.interpreter import OUTCOMES, Outcome
from samsyn.law.item_class import Situation
from samsyn.law.tables import Tables


@dataclass(frozen=True, slots=True)
class SqlForm:
    """The answers of one situation as SQL expressions over a column of class codes.

    A code that is not among :attr:`classes` gives null, and is not shown.

    Attributes:
        reason: expression that gives the number of the reason, in
            :attr:`~samsyn.law.tables.Tables.reasons` of the tables it was made from.
        outcome: expression that gives the outcome as a text.
        classes: the class codes that are answered, in rising order.
    """

    reason: str
    outcome: str
    classes: tuple[int, ...]
    _column: str = field(repr=False)
    _codes: dict[Outcome, tuple[int, ...]] = field(repr=False)

    def shown(self, outcomes: Iterable[Outcome]) -> str:
        """A boolean expression: the row's outcome is one of these.

        Raises:
            FieldError: if one of them is no outcome.
        """
        wanted = set(outcomes)
        if unknown := wanted.difference(OUTCOMES):
            known = ", ".join(OUTCOMES)
            raise FieldError(
                "outcomes",
                f"“{min(unknown)}” is not one of {known}",
                f"”{min(unknown)}” är inte något av {known}",
            )
        codes = sorted(code for outcome in wanted for code in self._codes.get(outcome, ()))
        return _among(self._column, codes) if codes else "FALSE"


def to_sql(tables: Tables, situation: Situation, column: str = "class_code") -> SqlForm:
    """The answers of all classes so far, as SQL. The same tables always give the same text.

    Args:
        tables: the tables that answer.
        situation: the rest of the question.
        column: the bigint column that holds :attr:`~samsyn.law.tables.ItemClass.code`; it is
            quoted, so that its case counts and nothing in it is read as SQL.

    Raises:
        FieldError: if the column can be no name in a database, or a class cannot be asked about.
    """
    quoted = _identifier(column)
    answers = tables.column(situation)
    by_reason: dict[int, list[int]] = {}
    by_outcome: dict[Outcome, list[int]] = {}
    codes = sorted((item_class.code, place) for place, item_class in enumerate(tables.classes))
    for code, place in codes:
        by_reason.setdefault(int(answers.reason[place]), []).append(code)
        by_outcome.setdefault(OUTCOMES[answers.outcome[place]], []).append(code)
    distinct = tuple(code for code, _ in codes)
    if len(set(distinct)) < len(distinct):  # a chance of one in millions, and then not a silent one
        raise FieldError(
            column,
            "two classes of items have the same code; answer them in NumPy",
            "två slags uppgifter har samma kod; besvara dem i NumPy",
        )
    return SqlForm(
        reason=_case(quoted, [(str(key), by_reason[key]) for key in sorted(by_reason)]),
        outcome=_case(
            quoted, [(f"'{key}'", by_outcome[key]) for key in OUTCOMES if key in by_outcome]
        ),
        classes=distinct,
        _column=quoted,
        _codes={key: tuple(found) for key, found in by_outcome.items()},
    )


def _identifier(name: str) -> str:
    if not name or "\0" in name:
        raise FieldError(
            "column",
            f"expected the name of a column, found {name!r}",
            f"ange namnet på en kolumn; fann {name!r}",
        )
    return '"' + name.replace('"', '""') + '"'


def _among(column: str, codes: list[int]) -> str:
    # A literal beyond 32 bits is a bigint by itself; a smaller one is made one, so that the
    # comparison is the same bigint = bigint for all.
    literals = ", ".join(
        f"CAST({code} AS bigint)" if code < 1 << 31 else str(code) for code in codes
    )
    return f"{column} = {literals}" if len(codes) == 1 else f"{column} IN ({literals})"


def _case(column: str, branches: list[tuple[str, list[int]]]) -> str:
    if not branches:
        return "NULL"
    lines = [f"WHEN {_among(column, codes)} THEN {value}" for value, codes in branches]
    return f"CASE {' '.join(lines)} END"
