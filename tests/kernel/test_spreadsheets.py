"""No spreadsheet takes a cell for a formula (abuse case 32)."""

from __future__ import annotations

import pytest

from samsyn.kernel.spreadsheets import csv_table, neutral


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\r=1"])
def test_no_cell_begins_a_formula(cell: str) -> None:
    assert neutral(cell).startswith("'")
    assert f"'{cell}" in csv_table(["a"], [[cell]])


def test_a_plain_cell_is_left_as_it_is() -> None:
    assert neutral("Norrstråk Bygg AB") == "Norrstråk Bygg AB"
    assert neutral(None) == ""
