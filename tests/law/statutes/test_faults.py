"""Does a file that cannot be read say which file, which line, and what was expected?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from samsyn.kernel.citations import Citation
from samsyn.kernel.faults import FaultyFiles
from samsyn.law.statutes import StatuteLibrary
from tests.law.statutes.conftest import Open


def test_missing_and_empty_folders(tmp_path: Path) -> None:
    with pytest.raises(FaultyFiles, match="no such folder"):
        StatuteLibrary.open(tmp_path / "gone")
    with pytest.raises(FaultyFiles, match="holds no statute text"):
        StatuteLibrary.open(tmp_path)


@pytest.mark.parametrize("name", ["sfs-2010-1.md", "sfs-2010-1.2024-13.md", "sfs-x-1.2024-05.md"])
def test_misnamed_file(opened: Open, name: str) -> None:
    with pytest.raises(FaultyFiles, match=r"expected a name such as"):
        opened({name: "# Lag\n"})


@pytest.mark.parametrize(
    ("name", "text", "line", "expected"),
    [
        ("sfs-2010-1.2024-05.md", "**1 §** Text.\n", 1, "title line"),
        ("sfs-2010-1.2024-05.md", "# Lag\n\nInget.\n", 1, "no section"),
        ("sfs-2010-1.2024-05.md", "# Lag\n\nI kraft: 2024-02-30\n\n**1 §** A.\n", 3, "a day such"),
        ("sfs-2010-1.2025-09.md", "---\nrubrik: x\n# Lag\n", 1, "no closing line"),
        ("sfs-2010-1.2025-09.md", "---\nb: 1\na: [\n---\n# Lag\n", 3, "not YAML"),
        ("sfs-2010-1.2025-09.md", "---\na: 1\nikraft_datum: x\n---\n# Lag\n", 3, "not a day"),
        ("sfs-2010-1.2025-09.selected.md", "# Lag\n\n### 1 kap\n", 3, "expected a heading"),
        (
            "sfs-2010-1.2025-09.selected.md",
            "# L\n\n### 1 § (från 2025-13-01)\n",
            3,
            "a day such",
        ),
        (
            "sfs-2010-1.2024-05.md",
            "# Lag\n\n**1 §** /Träder i kraft I:2024-02-30/ A.\n",
            3,
            "not a day such",
        ),
    ],
)
def test_malformed_file(opened: Open, name: str, text: str, line: int, expected: str) -> None:
    library = opened({name: text})
    with pytest.raises(FaultyFiles) as raised:
        library.show(Citation.parse("2010:1/1"), date(2026, 1, 1))
    (fault,) = raised.value.faults
    assert (fault.file.name, fault.line) == (name, line)
    assert expected in fault.expected


def test_text_that_is_not_utf8(opened: Open, tmp_path: Path) -> None:
    library = opened({"sfs-2010-1.2024-05.md": ""})
    (tmp_path / "sfs-2010-1.2024-05.md").write_bytes("# Lag\n\nÅ".encode("latin-1"))
    with pytest.raises(FaultyFiles, match=r"md:3: the text is not UTF-8"):
        library.show(Citation.parse("2010:1/1"), date(2026, 1, 1))


def test_a_broken_act_does_not_hinder_another(opened: Open) -> None:
    library = opened(
        {
            "sfs-2010-1.2024-05.md": "**1 §** Text.\n",
            "sfs-2010-2.2024-05.md": "# Lag\n\n**1 §** Text.\n",
        }
    )
    assert library.show(Citation.parse("2010:2/1"), date(2026, 1, 1)).text == "Text."


def test_an_act_is_read_once(opened: Open, tmp_path: Path) -> None:
    library = opened({"sfs-2010-1.2024-05.md": "# Lag\n\n**1 §** Text.\n"})
    place, day = Citation.parse("2010:1/1"), date(2026, 1, 1)
    first = library.show(place, day)
    (tmp_path / "sfs-2010-1.2024-05.md").unlink()
    assert library.show(place, day) == first
