"""Is the wording that applied on the day chosen, with the certainty that the sources allow?"""

from __future__ import annotations

from datetime import date

import pytest

from samsyn.kernel.citations import Citation
from samsyn.law.statutes import Certainty, TextNotFound, Verdict
from tests.law.statutes.conftest import Open

WRAPPED = """# Lag (2010:1) om provning

Utfärdad: 2010-01-02
I kraft: 2010-07-01

---

**1 §** Samma ord. Lag (2012:9).

**2 §** Gamla ord i paragraf två. Lag (2012:9).

**3 §** /Upphör att gälla U:2024-07-01/
Till och med juni. Lag (2012:9).

**3 §** /Träder i kraft I:2024-07-01/
Från och med juli. Lag (2024:100).

**4 §** Aldrig ändrad.

Andra stycket.

1. ett,

2. två.

**5 §** Bara i den äldre. Lag (2012:9).

**6 §** /Träder i kraft I:den dag som regeringen bestämmer/
Ovisst. Lag (2023:5).

**7 §** Första stycket sju.

Andra stycket sju.

**8 §** Avkortas senare helt och hållet i en annan version. Lag (2012:9).

**9 §** Försvinner där. Lag (2012:9).

**10 §** /Upphör att gälla U:2025-01-01/
Bara till nyår. Lag (2012:9).

**10 a §** Gäller än. Lag (2012:9).

**11 §** Har upphävts genom lag (2015:3).

"""

FLATTENED = """# Lag (2010:1) om provning

Snapshot 2026-02; one paragraph per section.

**1 §** Samma ord. Lag (2012:9).

**2 §** Nya ord i paragraf två. Lag (2025:200).

**3 §** Från och med juli. Lag (2024:100).

**3 a §** Tillkom senare. Lag (2025:300).

**4 §** Aldrig ändrad. Andra stycket. 1. ett, 2. två.

**7 §** Första stycket sju. Andra stycket sju. Tillägg. Lag (2025:200).

**8 §** Avkortas senare helt och hållet i en

**10 a §** Har upphävts genom lag (2025:700).
"""

EXCERPT = """# Lag (2010:1): utdrag

### 4 a § (i kraft 2025-12-01)

Ny paragraf. Lag (2025:900).

### 7 § första stycket (lydelse från 2026-04-01)

Nytt första stycke. Lag (2026:50).
"""

FILES = {
    "sfs-2010-1.2024-05.md": WRAPPED,
    "sfs-2010-1.2026-02.md": FLATTENED,
    "sfs-2010-1.2026-04.selected.md": EXCERPT,
}


OLD = "Gamla ord i paragraf två. Lag (2012:9)."
NEW = "Nya ord i paragraf två. Lag (2025:200)."


def show(opened: Open, citation: str, on: str) -> tuple[str, str, str]:
    passage = opened(FILES).show(Citation.parse(citation), date.fromisoformat(on))
    return passage.text, passage.version, passage.certainty.value


def verdict(opened: Open, citation: str, on: str) -> tuple[Verdict, str]:
    proof = opened(FILES).prove(Citation.parse(citation), date.fromisoformat(on))
    return proof.verdict, proof.reason.sv


@pytest.mark.parametrize(
    ("citation", "on", "expected"),
    [
        # The same closing note on each side of the day.
        ("2010:1/1", "2025-01-01", ("Samma ord. Lag (2012:9).", "2024-05", "stated")),
        # Newest snapshot up to the day; the amending act is from a later year.
        ("2010:1/2", "2024-06-01", (OLD, "2024-05", "as_of")),
        # The amending act is from the year of the day: it may have applied already.
        (
            "2010:1/2",
            "2025-06-01",
            ("Gamla ord i paragraf två. Lag (2012:9).", "2024-05", "uncert"),
        ),
        (
            "2010:1/2",
            "2026-02-12",
            ("Nya ord i paragraf två. Lag (2025:200).", "2026-02", "stated"),
        ),
        ("2010:1/2", "2026-02-13", (NEW, "2026-02", "as_of")),
        # Marks: the last day of one wording and the first of the next.
        ("2010:1/3", "2024-06-30", ("Till och med juni. Lag (2012:9).", "2024-05", "stated")),
        ("2010:1/3", "2024-07-01", ("Från och med juli. Lag (2024:100).", "2024-05", "stated")),
        # Before every snapshot: unamended since the act, and amended.
        ("2010:1/4 st2 p2", "2011-01-01", ("2. två.", "2024-05", "stated")),
        ("2010:1/1", "2013-01-01", ("Samma ord. Lag (2012:9).", "2024-05", "uncertain")),
        # Excerpts.
        ("2010:1/4a", "2025-12-01", ("Ny paragraf. Lag (2025:900).", "2026-04.selected", "stated")),
        (
            "2010:1/7 st1",
            "2026-04-01",
            ("Nytt första stycke. Lag (2026:50).", "2026-04.selected", "stated"),
        ),
    ],
)
def test_wording_on_a_day(
    opened: Open, citation: str, on: str, expected: tuple[str, str, str]
) -> None:
    text, version, certainty = show(opened, citation, on)
    assert (text, version) == expected[:2]
    assert certainty.startswith(expected[2])


def test_days_of_a_wording_are_given_where_the_source_states_them(opened: Open) -> None:
    library = opened(FILES)
    old = library.show(Citation.parse("2010:1/3"), date(2024, 6, 1))
    new = library.show(Citation.parse("2010:1/3"), date(2024, 8, 1))
    assert old.valid_to == date(2024, 6, 30)
    assert (new.valid_from, new.valid_to) == (date(2024, 7, 1), None)


@pytest.mark.parametrize(
    ("citation", "on", "expected", "reason"),
    [
        ("2010:1/1", "2010-06-30", Verdict.NOT_FOUND, "träder i kraft först 2010-07-01"),
        ("2010:1/4a", "2025-11-30", Verdict.NOT_FOUND, "träder i kraft först 2025-12-01"),
        ("2010:1/4a", "2025-12-01", Verdict.PROVED, "anger lydelsen för dagen"),
        ("2010:1/3a", "2024-06-01", Verdict.NOT_FOUND, "infördes genom 2025:300"),
        ("2010:1/3a", "2025-06-01", Verdict.UNCERTAIN, "fanns inte per 2024-05-01"),
        ("2010:1/3a", "2026-02-12", Verdict.PROVED, "anger lydelsen"),
        ("2010:1/2", "2025-06-01", Verdict.PROVED, "både före och efter"),
        ("2010:1/1", "2014-01-01", Verdict.PROVED, "ändrades senast genom 2012:9"),
        ("2010:1/1", "2013-01-01", Verdict.PROVED, "lika gammalt som 4 §"),
        ("2010:1/6", "2024-06-01", Verdict.UNCERTAIN, "den dag regeringen bestämmer"),
        ("2010:1/11", "2024-06-01", Verdict.NOT_FOUND, "upphävts genom 2015:3"),
        ("2010:1/10", "2024-12-31", Verdict.PROVED, "anger lydelsen"),
        ("2010:1/10", "2025-01-01", Verdict.NOT_FOUND, "upphörde att gälla 2025-01-01"),
        ("2010:1/10a", "2024-12-31", Verdict.PROVED, "per 2024-05-01"),
        ("2010:1/10a", "2025-12-31", Verdict.UNCERTAIN, "upphävts genom 2025:700"),
        ("2010:1/10a", "2026-02-12", Verdict.NOT_FOUND, "upphävts genom 2025:700"),
        ("2010:1/12", "2024-06-01", Verdict.NOT_FOUND, "inte i någon version"),
        ("2010:1/5", "2026-03-01", Verdict.UNCERTAIN, "saknas i versionen 2026-02"),
        # Cut right before it: lost, not repealed.
        ("2010:1/9", "2026-03-01", Verdict.PROVED, "avkortad just här"),
        ("2010:1/8", "2026-03-01", Verdict.PROVED, "2024-05-01"),
        # Paragraphs: counted, lost in the flattened version, or there word for word.
        ("2010:1/4 st3", "2025-01-01", Verdict.NOT_FOUND, "har 2 stycken, inte 3"),
        ("2010:1/4 st2 p3", "2025-01-01", Verdict.NOT_FOUND, "ingen punkt 3"),
        ("2010:1/7 st2", "2026-03-01", Verdict.PROVED, "samma ord står kvar"),
        ("2010:1/7 st3", "2026-03-01", Verdict.UNCERTAIN, "Styckeindelningen"),
        ("2010:1/2 st1", "2026-03-01", Verdict.PROVED, "per 2026-02-12"),
        ("2010:1/1:1", "2025-01-01", Verdict.NOT_FOUND, "inte indelad i kapitel"),
        ("2010:9/1", "2025-01-01", Verdict.NOT_FOUND, "finns inte bland"),
        ("2010:1", "2025-01-01", Verdict.PROVED, "finns"),
    ],
)
def test_proof_on_a_day(
    opened: Open, citation: str, on: str, expected: Verdict, reason: str
) -> None:
    given, why = verdict(opened, citation, on)
    assert reason in why
    assert given is expected


def test_a_newer_paragraph_that_cannot_be_put_in_makes_the_section_uncertain(opened: Open) -> None:
    passage = opened(FILES).show(Citation.parse("2010:1/7"), date(2026, 4, 1))
    assert passage.certainty is Certainty.UNCERTAIN
    assert any("nyare lydelse" in note.sv for note in passage.notes)


def test_a_newer_paragraph_takes_its_place_where_the_text_is_divided(opened: Open) -> None:
    files = {name: text for name, text in FILES.items() if "2026-02" not in name}
    passage = opened(files).show(Citation.parse("2010:1/7"), date(2026, 4, 1))
    assert passage.text == "Nytt första stycke. Lag (2026:50).\n\nAndra stycket sju."


def test_missing_text_names_the_nearest_sections(opened: Open) -> None:
    with pytest.raises(TextNotFound) as absence:
        opened(FILES).show(Citation.parse("2010:1/12"), date(2024, 6, 1))
    assert str(absence.value.nearest[0]) == "2010:1/11"


def test_an_act_ends_when_another_repeals_it(opened: Open) -> None:
    successor = (
        "# Lag (2025:7)\n\nSnapshot 2026-02; x\n\n**1 §** Ny lag. Övergångsbestämmelser 2025:7 "
        "1. Denna lag träder i kraft den 1 juli 2025. 2. Genom lagen upphävs lagen (2010:1).\n"
    )
    library = opened(FILES | {"sfs-2025-7.2026-02.md": successor})
    place = Citation.parse("2010:1/1")
    assert library.prove(place, date(2025, 6, 30)).verdict is Verdict.PROVED
    ended = library.prove(place, date(2025, 7, 1))
    assert ended.verdict is Verdict.NOT_FOUND
    assert "2025:7" in ended.reason.en


def headed(*sections: str) -> str:
    return "---\nikraft_datum: 2010-01-01\n---\n\n# Lag\n\n" + "\n\n".join(sections) + "\n"


def test_two_undated_wordings_in_one_file_are_uncertain(opened: Open) -> None:
    text = headed(
        *("### 1 §", "Först."),
        *("### 2 §", "Ett. Lag (2011:1)."),
        *("### 2 §", "Två. Lag (2025:1)."),
        *("### 3 §", "Sist."),
    )
    library = opened({"sfs-2009-3.2025-09.md": text})
    passage = library.show(Citation.parse("2009:3/2"), date(2025, 10, 1))
    assert passage.text == "Två. Lag (2025:1)."
    assert passage.certainty is Certainty.UNCERTAIN
    assert library.show(Citation.parse("2009:3/1"), date(2025, 10, 1)).text == "Först."


def test_a_section_that_a_complete_version_has_dropped_is_gone(opened: Open) -> None:
    library = opened(
        {
            "sfs-2009-3.2024-05.md": "# Lag\n\nI kraft: 2010-01-01\n\n**1 §** A.\n\n**2 §** B.\n",
            "sfs-2009-3.2025-09.md": headed("### 1 §", "A."),
        }
    )
    place = Citation.parse("2009:3/2")
    assert library.prove(place, date(2025, 8, 31)).verdict is Verdict.PROVED
    gone = library.prove(place, date(2025, 9, 1))
    assert gone.verdict is Verdict.NOT_FOUND
    assert "no longer in the text as of 2025-09-01" in gone.reason.en


def test_a_text_that_ends_early_without_its_note_is_cut(opened: Open) -> None:
    whole = "**1 §** Första meningen. Andra meningen. Lag (2012:9).\n"
    short = "**1 §** Första meningen.\n"
    library = opened(
        {
            "sfs-2010-4.2024-05.md": f"# Lag\n\nI kraft: 2010-07-01\n\n{whole}",
            "sfs-2010-4.2026-02.md": f"# Lag\n\nSnapshot 2026-02; x\n\n{short}",
        }
    )
    passage = library.show(Citation.parse("2010:4/1"), date(2011, 1, 1))
    assert passage.text.endswith("Lag (2012:9)."), "the cut text is not an older wording"


def test_words_that_stand_in_another_order_prove_no_paragraph(opened: Open) -> None:
    first, second = "Det första stycket handlar om skatt.", "Det andra handlar om avgifter."
    third = "Ett tredje stycke om tull."
    library = opened(
        {
            "sfs-2010-4.2024-05.md": "# Lag\n\nI kraft: 2010-07-01\n\n**1 §** "
            f"{first}\n\n{second}\n\n{third} Lag (2012:9).\n",
            "sfs-2010-4.2026-02.md": "# Lag\n\nSnapshot 2026-02; x\n\n**1 §** "
            f"Nytt. {second} {third} Slut. Lag (2025:9).\n",
        }
    )
    proof = library.prove(Citation.parse("2010:4/1 st2"), date(2026, 3, 1))
    assert proof.verdict is Verdict.UNCERTAIN


def test_a_day_in_the_title_of_an_excerpt_holds_for_its_sections(opened: Open) -> None:
    excerpt = "# Lag (2010:1): 4 a § i lydelse från 2025-04-01\n\n### 4 a §\n\nNy. Lag (2025:9).\n"
    files = {"sfs-2010-1.2024-05.md": WRAPPED, "sfs-2010-1.2025-04.selected.md": excerpt}
    passage = opened(files).show(Citation.parse("2010:1/4a"), date(2025, 4, 1))
    assert passage.valid_from == date(2025, 4, 1)


def test_an_amendment_with_several_days_applies_from_the_last(opened: Open) -> None:
    text = (
        "# Lag\n\nI kraft: 2010-07-01\n\n**1 §** A. Lag (2020:9).\n\nÖvergångsbestämmelser\n\n"
        "2020:9\n\nDenna lag träder i kraft den 1 maj 2020 i fråga om 1 § och i övrigt den 1 juli "
        "2020.\n"
    )
    passage = opened({"sfs-2010-4.2024-05.md": text}).show(
        Citation.parse("2010:4/1"), date(2021, 1, 1)
    )
    assert passage.valid_from == date(2020, 7, 1)


def test_sections_under_a_lost_chapter_are_put_back(opened: Open) -> None:
    complete = (
        "# Lag (2010:2)\n\nI kraft: 2010-07-01\n\n## 1 kap. A\n\n**1 §** Ett.\n\n## 2 kap. B\n\n"
        "**1 §** Borta.\n\n**2 §** Den som hittas under fel kapitel ska flyttas tillbaka.\n\n"
        "## 3 kap. C\n\n**1 §** Tre.\n"
    )
    flattened = (
        "# Lag (2010:2)\n\nSnapshot 2026-02; x\n\n## 1 kap.\n\n**1 §** Ett.\n\n**2 §** Den som "
        "hittas under fel kapitel ska flyttas tillbaka.\n\n**3 §** Okänd ny paragraf.\n\n"
        "## 3 kap.\n\n**1 §** Tre.\n"
    )
    library = opened({"sfs-2010-2.2024-05.md": complete, "sfs-2010-2.2026-02.md": flattened})
    day = date(2026, 2, 12)
    assert library.prove(Citation.parse("2010:2/2:2"), day).verdict is Verdict.PROVED
    assert library.prove(Citation.parse("2010:2/1:2"), day).verdict is Verdict.NOT_FOUND
    assert library.prove(Citation.parse("2010:2/1:3"), day).verdict is not Verdict.PROVED
