"""Do the citations of the shared law summaries stand in the shared statute texts?

Every citation that is not proved is listed here with the reason in the material itself.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from samsyn.kernel.citations import Citation
from samsyn.law.statutes import Certainty, StatuteLibrary, Verdict

FIELDS = ("grounds", "excluded_by", "secrecy")
FULL = re.compile(
    r"\b\d{4}:\d+/(?:\d+[a-z]?:)?\d+[a-z]?(?: st\d+)?(?: p\d+[a-z]?)?(?![\d:]|(?:-\d+)? kap)"
)
NEWEST = date(2026, 6, 15)

# Citations that mean a wording that ended before the newest day.
ENDED = {"2001:453/14:1": "repealed by 2025:400 from 2025-07-01"}


def scenario_citations(folder: Path) -> set[tuple[str, str]]:
    cited: set[tuple[str, str]] = set()
    for line in (folder / "scenarios.jsonl").read_text(encoding="utf-8").splitlines():
        scenario = json.loads(line)
        cited.update((text, scenario["on"]) for field in FIELDS for text in scenario[field])
    return cited


def test_every_citation_of_the_scenarios_exists_on_its_day(
    real: StatuteLibrary, shared_law: Path
) -> None:
    cited = scenario_citations(shared_law)
    proofs = [
        real.prove(Citation.parse(text), date.fromisoformat(on)) for text, on in sorted(cited)
    ]
    assert len(proofs) > 200
    unproved = [
        f"{p.citation} {p.on}: {p.reason.en}" for p in proofs if p.verdict is not Verdict.PROVED
    ]
    assert not unproved


@pytest.mark.parametrize("name", ["provisions.md", "sanctions.md"])
def test_every_full_citation_of_the_summaries_exists_today(
    real: StatuteLibrary, shared_law: Path, name: str
) -> None:
    text = (shared_law / name).read_text(encoding="utf-8")
    cited = sorted({found[0] for found in FULL.finditer(text)})
    assert len(cited) > 35
    unproved = {
        citation: proof.reason.en
        for citation in cited
        if (proof := real.prove(Citation.parse(citation), NEWEST)).verdict is not Verdict.PROVED
    }
    assert unproved.keys() <= ENDED.keys(), unproved


def test_secrecy_act_on_the_days_that_the_engine_must_know(real: StatuteLibrary) -> None:
    def verdict(text: str, on: str) -> Verdict:
        return real.prove(Citation.parse(text), date.fromisoformat(on)).verdict

    assert verdict("2009:400/10:15a st1 p5", "2025-12-01") is Verdict.PROVED
    assert verdict("2009:400/10:15a st1 p6", "2025-12-01") is Verdict.NOT_FOUND
    assert verdict("2009:400/10:15a", "2025-11-30") is Verdict.NOT_FOUND
    assert verdict("2009:400/40:7g", "2024-06-30") is Verdict.NOT_FOUND
    assert verdict("2009:400/40:7g", "2026-05-01") is Verdict.PROVED
    assert verdict("2009:400/35:1 p10", "2025-06-30") is Verdict.UNCERTAIN
    assert verdict("2011:1244/52:3", "2026-06-15") is Verdict.UNCERTAIN
    assert verdict("2024:307/4 st3", "2024-07-01") is Verdict.PROVED
    assert verdict("2024:307/4 st3", "2024-06-30") is Verdict.NOT_FOUND
    assert verdict("2001:453/14:1", "2025-06-30") is Verdict.PROVED
    assert verdict("2001:453/14:1", "2025-07-01") is Verdict.NOT_FOUND


def test_general_clause_before_july_2024(real: StatuteLibrary) -> None:
    passage = real.show(Citation.parse("2009:400/10:27 st3"), date(2024, 6, 30))
    assert passage.text.startswith("Första stycket gäller inte heller")
    assert (passage.source, passage.line) == ("sfs-2009-400.2024-05.md", 1334)
    assert passage.certainty is Certainty.STATED
    assert passage.amended_by == "2021:644"


def test_wording_changes_on_the_first_of_april_2025(real: StatuteLibrary) -> None:
    place = Citation.parse("2009:400/10:24")
    before, after = (real.show(place, day) for day in (date(2025, 3, 31), date(2025, 4, 1)))
    assert before.version == "2024-05"
    assert "fängelse ingår i straffskalan" in after.text
    assert (after.valid_from, after.certainty) == (date(2025, 4, 1), Certainty.STATED)


@pytest.mark.parametrize("section", ["12", "13", "14", "15", "16", "17", "18", "21", "23", "24"])
def test_sections_lost_in_the_flattened_version_are_shown_from_another(
    real: StatuteLibrary, section: str
) -> None:
    passage = real.show(Citation("2009:400", "10", section), date(2026, 4, 1))
    assert passage.certainty is not Certainty.UNCERTAIN
    assert passage.text.rstrip()[-1] in ".)"


def test_third_paragraph_that_the_source_made_a_heading(real: StatuteLibrary) -> None:
    passage = real.show(Citation.parse("2025:170/5 st3"), date(2025, 5, 1))
    assert passage.text.startswith("De myndigheter som omfattas")
    assert passage.text.count("\n- ") == 21


def test_every_act_in_force_has_text_on_the_newest_day(real: StatuteLibrary) -> None:
    lengths = {
        act.sfs: len(real.show(Citation(act.sfs), NEWEST).text)
        for act in real.acts()
        if act.sfs != "2001:453"  # repealed
    }
    assert min(lengths.values()) > 700


def test_nothing_but_repealed_sections_has_gone_from_the_secrecy_act(real: StatuteLibrary) -> None:
    gone = []
    for chapter in range(1, 45):
        text = real.show(Citation("2009:400", str(chapter)), date(2024, 6, 1)).text
        for number in re.findall(rf"^{chapter} kap\. (\d+(?: [a-z])?) §$", text, re.MULTILINE):
            place = Citation("2009:400", str(chapter), number.replace(" ", ""))
            if real.prove(place, NEWEST).verdict is not Verdict.PROVED:
                gone.append(f"{place.chapter}:{place.section}")
    assert gone == ["24:2", "29:12a"]
