"""Is each dialect of statute file read into the right sections, paragraphs and points?"""

from __future__ import annotations

from datetime import date

from samsyn.kernel.citations import Citation
from samsyn.law.statutes import StatuteLibrary
from tests.law.statutes.conftest import Open

DAY = date(2026, 3, 1)


def text(library: StatuteLibrary, citation: str, on: date = DAY) -> str:
    return library.show(Citation.parse(citation), on).text


WRAPPED = """# Lag (2010:1) om provning

Utfärdad: 2010-01-02
Ändring införd: t.o.m. SFS 2023:5
I kraft: 2010-07-01 överg.best.

---

AVDELNING I. ALLMÄNT

## 1 kap. Inledande bestämmelser om
provning

Tillämpning

**1 §** Denna lag gäller provning av avskrivnings-
regler, EU-
krav samt in- och utförsel enligt 2 kap.
**1 §** andra stycket och 3-
5 §§.

Lagen gäller inte enligt
**2 §** första stycket

1. privat provning,

2. provning som

a) är enkel, eller

b) är ny, och

3. annan provning

som kan undvaras. Lag (2023:5).

Undantag

**1 a §** Har upphävts genom lag (2022:9).

5-7 §§ Har upphävts genom lag (2001:2).

## 6 a kap. Avgifter

**8 a §** Avgift tas ut för

- prov, och

- intyg.
Lag (2012:3).

22 kap.

Sist

**1 §** Uppställningen är

**7 §** 		ett

**8 §** 		två

**2 §** Avgiften tillfaller staten. Den betalas m.m. genast. Övrigt är fritt.


Övergångsbestämmelser

2010:1

1. Denna lag träder i kraft den 1 juli 2010.

2023:5

Denna lag träder i kraft den 1 oktober 2023.
"""


def test_wrapped_lines_become_running_text(opened: Open) -> None:
    library = opened({"sfs-2010-1.2024-05.md": WRAPPED})
    assert text(library, "2010:1/1:1 st1") == (
        "Denna lag gäller provning av avskrivningsregler, EU-krav samt in- och utförsel "
        "enligt 2 kap. 1 § andra stycket och 3-5 §§."
    )


def test_wrapped_chapter_titles_and_headings(opened: Open) -> None:
    library = opened({"sfs-2010-1.2024-05.md": WRAPPED})
    passage = library.show(Citation.parse("2010:1/1:1"), DAY)
    assert passage.chapter_title == "Inledande bestämmelser om provning"
    assert passage.line == 16
    assert "Tillämpning" not in passage.text
    assert "Undantag" not in passage.text


def test_points_and_the_words_after_a_list_belong_to_its_paragraph(opened: Open) -> None:
    library = opened({"sfs-2010-1.2024-05.md": WRAPPED})
    assert text(library, "2010:1/1:1 st2").endswith("som kan undvaras. Lag (2023:5).")
    assert (
        text(library, "2010:1/1:1 st2 p2") == "2. provning som\na) är enkel, eller\nb) är ny, och"
    )
    assert text(library, "2010:1/1:1 st2 p2b") == "b) är ny, och"
    assert text(library, "2010:1/1:1 p1") == "1. privat provning,"
    assert library.show(Citation.parse("2010:1/1:1 p1"), DAY).lead_in == (
        "Lagen gäller inte enligt 2 § första stycket"
    )


def test_wrapped_lettered_chapter_dashes_and_plain_chapter_line(opened: Open) -> None:
    library = opened({"sfs-2010-1.2024-05.md": WRAPPED})
    passage = library.show(Citation.parse("2010:1/6a:8a"), DAY)
    assert passage.text == "Avgift tas ut för\n- prov, och\n- intyg. Lag (2012:3)."
    assert passage.amended_by == "2012:3"
    assert text(library, "2010:1/22:2").startswith("Avgiften tillfaller")
    assert text(library, "2010:1/22:2 st1 m2") == "Den betalas m.m. genast."


def test_wrapped_rows_of_a_table_are_kept_apart(opened: Open) -> None:
    library = opened({"sfs-2010-1.2024-05.md": WRAPPED})
    assert text(library, "2010:1/22:1").split("\n\n")[0].splitlines() == [
        "Uppställningen är",
        "7 § ett",
        "8 § två",
    ]


HEADED = """---
beteckning: 2015:4
rubrik: Lag om uppgifter
ikraft_datum: 2015-03-01
andringsforfattningar:
  - beteckning: "2019:8"
    ikraft_datum: 2020-01-01
---

# Lag om uppgifter

## 1 kap. Allmänt

### Innehåll

#### 1 §

En myndighet ska lämna uppgifter enligt 1-[3 §](#3)§ till [andra](https://x.se/a#kap1).

## De myndigheter som avses i första stycket är

- Skatteverket, och

- Polismyndigheten. Lag ([2019:8](https://x.se/sfs/2019/8)).

#### /679 av den 27 april 2016 om skydd och om upphävande av direktiv 95/ 1 a §

Förordningen gäller. 2 § Uppgifter ska lämnas genast.

## 2 a kap. Undantag

#### /52/ 3  §

Undantag görs.

### Övergångsbestämmelser

#### 9 §

[2019:8](https://x.se/sfs/2019/8)

Denna lag träder i kraft den 1 januari 2020.
"""


def test_headed_links_go_and_a_false_heading_is_a_paragraph(opened: Open) -> None:
    library = opened({"sfs-2015-4.2025-09.md": HEADED})
    assert text(library, "2015:4/1:1 st1") == (
        "En myndighet ska lämna uppgifter enligt 1-3 §§ till andra."
    )
    assert text(library, "2015:4/1:1 st2").startswith("De myndigheter som avses")
    assert library.show(Citation.parse("2015:4/1:1"), DAY).heading == "Innehåll"


def test_headed_odd_section_headings_and_glued_sections(opened: Open) -> None:
    library = opened({"sfs-2015-4.2025-09.md": HEADED})
    assert text(library, "2015:4/1:1a") == "Förordningen gäller."
    assert text(library, "2015:4/1:2") == "Uppgifter ska lämnas genast."
    assert text(library, "2015:4/2a:3") == "Undantag görs."
    whole = text(library, "2015:4/2a kap.")
    assert whole == "2 a kap. 3 §\nUndantag görs.", "the transitional provisions are left out"


def test_headed_dates_of_amendments_come_from_the_front_matter(opened: Open) -> None:
    library = opened({"sfs-2015-4.2025-09.md": HEADED})
    assert library.show(Citation.parse("2015:4/1:1"), DAY).valid_from == date(2020, 1, 1)


FLATTENED = """# Skattelag (2011:2)

Snapshot 2026-02; one paragraph per section, the division into stycken and lists is lost.

## 1 kap.

**1 §** Lagen gäller enligt 1. skatt, 2. avgift, och 3. tull. Lag (2020:1). Undantag

**2 §** Sekretess gäller enligt 3-5 och 16-

**18 §** § samt 4 kap. Lag (2020:1). Mer om skatt 3 § För den som avses i 2 § gäller 7 § lagen om x.

**4 §** Den som enligt 5 § och

## 9 kap.

**6 §** Fortsatt i kapitel ett.

## 2 kap.

**1 §** Avgift tas ut. 2 a kap. Särskild avgift Innehåll 1 § I detta kapitel finns regler.

**2 §** /Upphör att gälla U:2026-03-01/ Gammalt. Lag (2020:1). 2 § /Träder i kraft I:2026-03-01/ \
Nytt. Lag (2026:1).

## 3 kap.

**1 §** Det gäller 1. ett, och 2. två. Det gäller inte 1. tre, eller 2. fyra. Se 2 och 4 § Lagen \
och 9 § Lagen. Bilder 1 § Visas.

**5 §** Sist. Övergångsbestämmelser 2011:2 1. Denna lag träder i kraft den 1 januari 2012. \
2. Genom lagen upphävs lagen (2010:1).

**2 §** § i sin äldre lydelse.
"""


def test_flattened_references_are_rejoined_and_swallowed_sections_freed(opened: Open) -> None:
    library = opened({"sfs-2011-2.2026-02.md": FLATTENED})
    assert text(library, "2011:2/1:2") == (
        "Sekretess gäller enligt 3-5 och 16-18 §§ samt 4 kap. Lag (2020:1)."
    )
    third = library.show(Citation.parse("2011:2/1:3"), DAY)
    assert third.text == "För den som avses i 2 § gäller 7 § lagen om x."
    assert third.heading == "Mer om skatt"


def test_flattened_headings_are_lifted_off_the_text(opened: Open) -> None:
    library = opened({"sfs-2011-2.2026-02.md": FLATTENED})
    assert text(library, "2011:2/1:1").endswith("Lag (2020:1).")
    assert library.show(Citation.parse("2011:2/1:2"), DAY).heading == "Undantag"


def test_flattened_chapter_that_does_not_rise_continues_the_one_before(opened: Open) -> None:
    library = opened({"sfs-2011-2.2026-02.md": FLATTENED})
    assert text(library, "2011:2/1:6") == "Fortsatt i kapitel ett."


def test_flattened_swallowed_chapter_takes_the_sections_after_it(opened: Open) -> None:
    library = opened({"sfs-2011-2.2026-02.md": FLATTENED})
    assert text(library, "2011:2/2:1") == "Avgift tas ut."
    assert text(library, "2011:2/2a:1") == "I detta kapitel finns regler."
    assert text(library, "2011:2/2a:2") == "Nytt. Lag (2026:1)."
    assert text(library, "2011:2/2a:2", date(2026, 2, 28)) == "Gammalt. Lag (2020:1)."


def test_flattened_transitional_provisions_are_no_sections(opened: Open) -> None:
    library = opened({"sfs-2011-2.2026-02.md": FLATTENED})
    whole = library.show(Citation.parse("2011:2/3 kap."), DAY)
    assert whole.text.endswith("3 kap. 5 §\nSist.")
    assert whole.text.count("3 kap. ") == 2


def test_flattened_references_are_no_sections(opened: Open) -> None:
    library = opened({"sfs-2011-2.2026-02.md": FLATTENED})
    assert text(library, "2011:2/3:1").endswith("4 § Lagen och 9 § Lagen. Bilder 1 § Visas.")


def test_flattened_points_of_two_lists_are_not_told_apart(opened: Open) -> None:
    library = opened({"sfs-2011-2.2026-02.md": FLATTENED})
    assert not library.show(Citation.parse("2011:2/3:1 p2"), DAY).narrowed
    assert not library.show(Citation.parse("2011:2/2:1 p1"), DAY).narrowed, "it has no list"


def test_flattened_point_is_found_by_an_unbroken_count(opened: Open) -> None:
    library = opened({"sfs-2011-2.2026-02.md": FLATTENED})
    passage = library.show(Citation.parse("2011:2/1:1 p2"), DAY)
    assert (passage.text, passage.narrowed) == ("2. avgift, och", True)
    lost = library.show(Citation.parse("2011:2/1:1 st1 p2"), DAY)
    assert not lost.narrowed


def test_acts_are_listed_with_their_versions(opened: Open) -> None:
    library = opened({"sfs-2010-1.2024-05.md": WRAPPED, "sfs-2011-2.2026-02.md": FLATTENED})
    first, second = library.acts()
    assert (first.sfs, first.title) == ("2010:1", "Lag (2010:1) om provning")
    assert [(v.label, v.dialect) for v in first.versions] == [("2024-05", "wrapped")]
    assert second.versions[0].as_of == date(2026, 2, 12)
