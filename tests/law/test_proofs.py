"""Do the statute texts bear out what a rulebook cites, and is it told where they do not?"""

from __future__ import annotations

from pathlib import Path

import pytest

from samsyn.law.loading import packaged_folder, read_content
from samsyn.law.proofs import CitationProof, ProofReport, as_text, prove
from samsyn.law.statutes import StatuteLibrary
from tests.law.broken import BLOCK, MADE_UP, add, block, folder, lines_of

__all__ = ["folder"]

SHARED = Path(__file__).parents[2].parent / "shared" / "law" / "statutes"

FRONT = """\
---
beteckning: 1990:1
rubrik: "Lag om påhittade uppgifter"
utfardad_datum: 1989-12-01
ikraft_datum: 1990-01-01
---

# Lag om påhittade uppgifter
"""
SECTIONS = """
### 1 §

Lagen handlar om uppgifter.

### 2 §

En myndighet ska lämna en uppgift till en annan myndighet i fråga om

1. kontroll,
2. tillsyn.

En uppgift ska inte lämnas ut om övervägande skäl talar för sekretessen.
"""
NEW_SECTION = """
### 3 §

En uppgift ska lämnas på begäran. Lag (2025:1).
"""
OLDER, NEWER = "sfs-1990-1.2024-05.md", "sfs-1990-1.2025-09.md"

DUTY = BLOCK | {
    "kind": "breaking",
    "code": "X1",
    "force": "duty",
    "givers": "{codes: [SKV]}",
    "receivers": "{codes: [AV]}",
    "initiative": "both",
}
LOCK = BLOCK | {"kind": "lock", "secrecy": '["27:1"]', "leaves": '["1990:1/2"]'}
EXCEPTION = BLOCK | {
    "kind": "exception",
    "takes_out_of": '["1990:1/2"]',
    "givers": "{codes: [SKV]}",
    "items": "{categories: [tax_decision]}",
}
TRANSFER = BLOCK | {
    "kind": "transfer",
    "receivers": "{codes: [AV]}",
    "unless_primary": '"1990:1/2"',
}


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """The made-up act, as of September 2025."""
    path = tmp_path / "texts"
    path.mkdir()
    (path / NEWER).write_text(FRONT + SECTIONS + NEW_SECTION, encoding="utf-8")
    return path


def report_on(folder: Path, texts: Path) -> ProofReport:
    return prove(read_content(folder), StatuteLibrary.open(texts))


def proofs_of(folder: Path, texts: Path, *blocks: str) -> dict[str, CitationProof]:
    """The proofs of the citations in the made-up act's file, by field."""
    add(folder, MADE_UP, "".join(blocks))
    report = report_on(folder, texts)
    return {
        f"{proof.field} {proof.citation}": proof
        for proof in report.proofs
        if proof.file == folder / MADE_UP
    }


def test_every_citation_of_a_block_is_looked_up(folder: Path, texts: Path) -> None:
    duty = block(
        DUTY,
        grounds_with='["1990:1/1"]',
        opens='{only: ["27:1-2"], except: ["25:1", "15-20 kap."], except_cite: "1990:1/2 st2"}',
        test="overriding_reasons_against",
        test_cite='"1990:1/2 st2"',
        points='[{cite: "1990:1/2 p1"}]',
        unless="{tip_giver: true}",
        unless_cite='"1990:1/1"',
        miss_cite='"1990:1/1 st1"',
    )
    lock = block(LOCK, rule="lock", shuts='["10:15-27"]')
    found = proofs_of(folder, texts, duty, lock, block(EXCEPTION), block(TRANSFER))
    assert {key: proof.status for key, proof in found.items()} == {
        "blocks[0].cite 1990:1/2": "proved",
        "blocks[0].grounds_with[0] 1990:1/1": "proved",
        "blocks[0].test_cite 1990:1/2 st2": "proved",
        "blocks[0].opens.except_cite 1990:1/2 st2": "proved",
        "blocks[0].points[0].cite 1990:1/2 p1": "proved",
        "blocks[0].unless_cite 1990:1/1": "proved",
        "blocks[0].miss_cite 1990:1/1 st1": "proved",
        "blocks[0].opens.only[0] 2009:400/27:1": "no_text",
        "blocks[0].opens.only[0] 2009:400/27:2": "no_text",
        "blocks[0].opens.except[0] 2009:400/25:1": "no_text",
        "blocks[1].cite 1990:1/2": "proved",
        "blocks[1].leaves[0] 1990:1/2": "proved",
        "blocks[1].secrecy[0] 2009:400/27:1": "no_text",
        "blocks[1].shuts[0] 2009:400/10:15": "no_text",
        "blocks[1].shuts[0] 2009:400/10:27": "no_text",
        "blocks[2].cite 1990:1/2": "proved",
        "blocks[2].takes_out_of[0] 1990:1/2": "proved",
        "blocks[3].cite 1990:1/2": "proved",
        "blocks[3].unless_primary 1990:1/2": "proved",
    }


@pytest.mark.parametrize("place", ["9", "2 st7", "2 p3"])
def test_a_place_that_the_text_denies_is_a_fault(folder: Path, texts: Path, place: str) -> None:
    add(folder, MADE_UP, block(DUTY, from_="2025-09-01", miss_cite=f'"1990:1/{place}"'))
    report = report_on(folder, texts)
    (fault,) = report.faults()
    assert fault.file == folder / MADE_UP
    assert fault.field == "blocks[0].miss_cite"
    assert "miss_cite" in lines_of(folder, MADE_UP)[fault.line - 1]
    assert "(1990:1)" in fault.expected
    (proof,) = [proof for proof in report.unproved() if proof.status == "not_found"]
    assert proof.reason.sv != proof.reason.en
    assert report.unproved()[0] is proof


def test_a_block_is_proved_on_its_first_and_on_its_last_day(folder: Path, texts: Path) -> None:
    sections = SECTIONS.replace("### 1 §\n\n", "**1 §** ").replace("### 2 §\n\n", "**2 §** ")
    (texts / OLDER).write_text(f"# Lag (1990:1)\n{sections}", encoding="utf-8")
    found = proofs_of(
        folder,
        texts,
        block(DUTY, cite='"1990:1/3"'),
        block(DUTY, rule="later", cite='"1990:1/3"', from_="2025-09-01"),
    )
    early, late = found["blocks[0].cite 1990:1/3"], found["blocks[1].cite 1990:1/3"]
    assert (early.status, early.on.isoformat()) == ("not_found", "2024-05-01")
    assert late.status == "proved"
    assert late.source.startswith(f"{NEWER}:")


def test_a_block_that_ended_before_the_texts_begin_is_uncertain(folder: Path, texts: Path) -> None:
    found = proofs_of(folder, texts, block(DUTY, cite='"1990:1/3"', to="2019-12-31"))
    proof = found["blocks[0].cite 1990:1/3"]
    assert (proof.status, proof.on.isoformat()) == ("uncertain", "2019-12-31")


def test_a_place_younger_than_the_newest_text_is_uncertain(folder: Path, texts: Path) -> None:
    found = proofs_of(
        folder,
        texts,
        block(DUTY, cite='"1990:1/3a"', from_="2025-12-01"),
        block(DUTY, rule="older", cite='"1990:1/3a"', from_="2025-08-01"),
    )
    young, old = (found[f"blocks[{number}].cite 1990:1/3a"] for number in (0, 1))
    assert young.status == "uncertain"
    assert "as of 2025-09-01" in young.reason.en
    assert "2025-12-01" in young.reason.sv
    assert old.status == "not_found"


def test_a_citation_that_does_not_parse_is_left_to_the_checks(folder: Path, texts: Path) -> None:
    found = proofs_of(folder, texts, block(DUTY, miss_cite="x", opens="{only: [y]}"))
    assert list(found) == ["blocks[0].cite 1990:1/2"]


def test_circles_agencies_and_offences_are_looked_up_too(folder: Path, texts: Path) -> None:
    files = {proof.file.name for proof in report_on(folder, texts).proofs}
    assert {"agencies.yaml", "circles.yaml", "offences.yaml"} <= files


def test_the_report_counts_and_names_what_is_not_proved(folder: Path, texts: Path) -> None:
    wrong = block(DUTY, from_="2025-09-01", miss_cite='"1990:1/9"')
    ended = block(DUTY, rule="ended", cite='"1990:1/3"', to="2019-12-31")
    add(folder, MADE_UP, wrong + ended)
    report = report_on(folder, texts)
    counts = report.counts("1990:1")
    assert counts == {"proved": 1, "uncertain": 1, "no_text": 0, "not_found": 1}
    assert sum(sum(report.counts(act).values()) for act in report.acts()) == len(report.proofs)
    assert report.counts()["no_text"] == len(report.proofs) - 3

    english, swedish = as_text(report, "en"), as_text(report, "sv")
    assert english.splitlines()[0].startswith(f"{len(report.proofs)} citations held against")
    assert "  1990:1: 1 proved, 1 uncertain, 1 not found" in english
    assert "  1990:1: 1 styrkta, 1 osäkra, 1 finns inte" in swedish
    (line,) = [line for line in english.splitlines() if MADE_UP in line]
    assert line.startswith(f"  {MADE_UP}:")
    assert "blocks[0].miss_cite: 1990:1/9" in line

    longer = as_text(report, "sv", verbose=True)
    assert "blocks[1].cite: 1990:1/3 (2019-12-31): " in longer
    assert longer.count("\n") > swedish.count("\n") + len(report.unproved())


def test_the_packaged_rulebook_against_the_statute_texts() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"the statute texts are not there: {SHARED}")
    report = prove(read_content(packaged_folder()), StatuteLibrary.open(SHARED))
    assert [str(fault) for fault in report.faults()] == []
    counts = report.counts()
    assert counts["proved"] > 0.9 * len(report.proofs), as_text(report, "en", verbose=True)
    # The acts of spring 2026 are known by number only.
    assert {p.citation.sfs[:4] for p in report.proofs if p.status == "no_text"} <= {"2026"}
