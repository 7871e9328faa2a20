"""Is the same act, written in each dialect, read as the same sections?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.kernel.citations import Citation
from samsyn.law.statutes import StatuteLibrary, TextNotFound, Verdict
from samsyn.law.statutes.joins import rising

WORDS = st.sampled_from(["sekretess", "uppgift", "myndighet", "avgift", "skatt", "hinder", "skada"])
SENTENCES = st.lists(WORDS, min_size=3, max_size=14).map(lambda ws: " ".join(ws).capitalize() + ".")
NUMBERS = st.lists(
    st.tuples(st.integers(1, 40), st.sampled_from(["", "", "a", "b"])),
    min_size=1,
    max_size=8,
    unique=True,
).map(sorted)
DAY = date(2026, 3, 1)


@dataclass(frozen=True)
class Section:
    chapter: str
    number: str
    paragraphs: tuple[str, ...]

    @property
    def heading(self) -> str:
        letter = self.number.lstrip("0123456789")
        return f"{self.number.removesuffix(letter)} {letter}".strip() + " §"


@st.composite
def acts(draw: st.DrawFn) -> list[Section]:
    sections = []
    for chapter, letter in draw(NUMBERS):
        for number, small in draw(NUMBERS):
            paragraphs = tuple(draw(st.lists(SENTENCES, min_size=1, max_size=3)))
            sections.append(Section(f"{chapter}{letter}", f"{number}{small}", paragraphs))
    return sections


def chapter_line(chapter: str) -> str:
    letter = chapter.lstrip("0123456789")
    return f"## {chapter.removesuffix(letter)} {letter}".strip() + " kap. Titel"


def wrapped(text: str, width: int = 30) -> str:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def written(act: list[Section], dialect: str) -> str:
    head = {
        "wrapped": "# Lag (2010:1)\n\nI kraft: 2010-07-01\n\n---\n",
        "headed": "---\nikraft_datum: 2010-07-01\n---\n\n# Lag\n",
        "flattened": "# Lag (2010:1)\n\nSnapshot 2026-02; one paragraph per section.\n",
    }[dialect]
    parts, chapter = [head], ""
    for section in act:
        if section.chapter != chapter:
            chapter = section.chapter
            parts.append(chapter_line(chapter) + "\n")
        if dialect == "wrapped":
            first, *rest = section.paragraphs
            parts.append(f"**{section.heading}** {wrapped(first)}\n")
            parts += [wrapped(paragraph) + "\n" for paragraph in rest]
        elif dialect == "headed":
            parts.append(f"#### {section.heading}\n")
            parts += [paragraph + "\n" for paragraph in section.paragraphs]
        else:
            parts.append(f"**{section.heading}** {' '.join(section.paragraphs)}\n")
    return "\n".join(parts)


def library_of(files: dict[str, str], folder: str) -> StatuteLibrary:
    for name, text in files.items():
        Path(folder, name).write_text(text, encoding="utf-8")
    return StatuteLibrary.open(Path(folder))


@given(act=acts(), dialect=st.sampled_from(["wrapped", "headed", "flattened"]))
@settings(max_examples=60)
def test_every_dialect_gives_back_every_section(act: list[Section], dialect: str) -> None:
    with TemporaryDirectory() as folder:
        library = library_of({"sfs-2010-1.2025-09.md": written(act, dialect)}, folder)
        for section in act:
            place = Citation("2010:1", section.chapter, section.number)
            text = library.show(place, DAY).text
            assert text.replace("\n\n", " ") == " ".join(section.paragraphs)
            if dialect != "flattened":
                for n, paragraph in enumerate(section.paragraphs, 1):
                    narrow = Citation("2010:1", section.chapter, section.number, n)
                    assert library.show(narrow, DAY).text == paragraph


@given(act=acts(), number=st.integers(1, 42), paragraph=st.none() | st.integers(1, 4))
@settings(max_examples=60)
def test_a_proof_agrees_with_what_is_shown(
    act: list[Section], number: int, paragraph: int | None
) -> None:
    with TemporaryDirectory() as folder:
        files = {
            "sfs-2010-1.2024-05.md": written(act, "wrapped"),
            "sfs-2010-1.2026-02.md": written(act, "flattened"),
        }
        library = library_of(files, folder)
        place = Citation("2010:1", act[0].chapter, str(number), paragraph)
        held = [s for s in act if (s.chapter, s.number) == (place.chapter, place.section)]
        exists = bool(held) and (paragraph or 1) <= len(held[0].paragraphs)
        proof = library.prove(place, date(2025, 1, 1))
        assert proof.verdict is (Verdict.PROVED if exists else Verdict.NOT_FOUND)
        if exists:
            assert library.show(place, date(2025, 1, 1)).citation == place
        else:
            with pytest.raises(TextNotFound) as absence:
                library.show(place, date(2025, 1, 1))
            assert all(near.section for near in absence.value.nearest)


@given(
    st.lists(st.tuples(st.integers(1, 6), st.sampled_from(["", "a"])), max_size=7),
    st.lists(st.booleans(), min_size=7, max_size=7),
)
def test_longest_rising_run_against_trying_them_all(
    keys: list[tuple[int, str]], may_repeat: list[bool]
) -> None:
    def rises(chosen: tuple[int, ...]) -> bool:
        return all(
            keys[a] < keys[b] or (keys[a] == keys[b] and may_repeat[b]) for a, b in pairwise(chosen)
        )

    kept = sorted(rising(keys, may_repeat))
    assert rises(tuple(kept))
    longest = max(
        (n for n in range(len(keys) + 1) if any(map(rises, combinations(range(len(keys)), n)))),
        default=0,
    )
    assert len(kept) == longest
