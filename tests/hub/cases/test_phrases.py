"""Every line that an act writes in a timeline has its sentence in both languages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import samsyn.hub
from samsyn.hub.cases.phrases import PHRASES, counted_facts, more, sentence

HUB = Path(samsyn.hub.__file__).parent
_ACT = re.compile(r"^[a-z]+\.[a-z]+$")


def acts_told_in_code() -> set[str]:
    """Codes of acts in whose function a line of the timeline is written."""
    found: set[str] = set()
    for path in HUB.rglob("actions/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and "tell(" in ast.unparse(node):
                found |= {
                    inner.value
                    for inner in ast.walk(node)
                    if isinstance(inner, ast.Constant)
                    and isinstance(inner.value, str)
                    and _ACT.match(inner.value)
                }
    return found


def acts_told_in_sql() -> set[str]:
    """Codes of acts that the carrying functions write in a timeline."""
    found: set[str] = set()
    for path in HUB.rglob("*.sql"):
        for insert in re.findall(r"insert into cases_event.*?;", path.read_text(), re.DOTALL):
            found |= {code for code in re.findall(r"'([a-z]+\.[a-z]+)'", insert)}
            found |= {
                f"{stem}{state}"
                for stem in re.findall(r"'([a-z]+\.)' \|\|", insert)
                for state in ("refused", "withdrawn")
            }
    return found


def test_every_act_that_tells_has_a_sentence() -> None:
    told = acts_told_in_code() | acts_told_in_sql()
    assert {"case.open", "fact.write", "disclosure.arrive", "question.refused"} <= told
    assert not told - set(PHRASES)


@pytest.mark.parametrize("act", PHRASES)
def test_each_sentence_is_in_both_languages_and_fills_its_words(act: str) -> None:
    for phrase in PHRASES[act]:
        words = {phrase.when: True} if phrase.when else {}
        said = sentence(act, words)
        assert said.sv
        assert said.en
        assert "{" not in said.sv + said.en
        for text in (phrase.said, phrase.more):
            if text:
                assert set(re.findall(r"{(\w+)}", text.sv)) == set(re.findall(r"{(\w+)}", text.en))


def test_the_last_phrase_of_an_act_holds_for_every_event() -> None:
    open_ended = {"question.ask", "question.answer"}
    assert not [
        act for act, phrases in PHRASES.items() if phrases[-1].when and act not in open_ended
    ]


def test_an_act_without_a_sentence_says_its_name() -> None:
    assert sentence("search.run", {}).sv == "söka"
    assert sentence("unknown.act", {}).en == "unknown.act"


def test_what_people_wrote_is_never_a_pattern() -> None:
    said = sentence("case.write", {"subject": "firm", "name": "{title.__class__} {0}"})
    assert said.sv == "Lade till företag: {title.__class__} {0}"


def test_words_are_said_as_people_say_them() -> None:
    assert sentence("fact.write", {"kind": "lodging_conditions"}).sv.endswith(
        "boende på eller vid arbetsplatsen"
    )
    told = more("disclosure.decide", {"receiver": "AV", "items": 1, "ground": "2024:307/4"})
    assert told
    assert told.sv == "1 uppgift med stöd av 2024:307 § 4"
    marked = more("fact.mark", {"secrecy": ["2009:400/27:1"], "marks": ["victim"]})
    assert marked
    assert marked.en == "OSL 27:1 victim"
    assert counted_facts(2, "sv") == "2 uppgifter"
