"""A rulebook small enough to ask every question there is."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from samsyn.law import Rulebook
from samsyn.law.loading import read_content

Files = dict[str, Any]
Edit = Callable[[dict[str, dict[str, Any]]], None]
"""Changes the blocks, found by their rule."""

BOTH = {"sv": "Text", "en": "Text"}
OPEN = {"from": "2020-01-01", "to": "open"}
SOURCE = {"text": "SFS 1990:1"}
BLOCK = {**OPEN, "title": BOTH, "summary": BOTH, "source": SOURCE, "review": "draft"}


def secrecy(rule: str, cite: str, **fields: Any) -> dict[str, Any]:
    public = cite.split("/")[1].startswith("1")
    return {
        **BLOCK, "kind": "secrecy", "rule": rule, "cite": cite, "strength": "reverse",
        "protects": "public" if public else "individual", "interest": BOTH,
        "givers": {"any": "authority"}, **fields,
    }  # fmt: skip


def breaking(rule: str, cite: str, **fields: Any) -> dict[str, Any]:
    return {
        **BLOCK, "kind": "breaking", "rule": rule, "code": rule, "cite": cite,
        "force": "permission", "givers": {"any": "authority"}, "receivers": {"any": "anyone"},
        "initiative": "both", **fields,
    }  # fmt: skip


def blocks() -> dict[str, dict[str, Any]]:
    listed = [
        secrecy("weak", "2009:400/27:1"),
        secrecy("firm", "2009:400/25:1", strength="absolute", givers={"codes": ["AAA"]}),
        secrecy("public", "2009:400/17:1"),
        secrecy("told", "2009:400/27:1 st2", strength="absolute",
                items={"categories": ["tip_giver_identity"]}, givers={"codes": ["AAA"]}),
        {**BLOCK, "kind": "exception", "rule": "open-decision", "cite": "2009:400/27:6",
         "takes_out_of": ["2009:400/27:1"], "givers": {"codes": ["AAA"], "activities": ["desk"]},
         "items": {"categories": ["decision"]}},
        {**BLOCK, "kind": "lock", "rule": "lock", "cite": "2009:400/17:9", "secrecy": ["17:1"],
         "shuts": ["10:27"], "unless": {"asked_twice": True}},
        breaking("duty", "1990:1/1", force="duty", grounds_with=["2009:400/10:28"],
                 receivers={"circle": "ring"}, purposes=["control"],
                 opens={"except": ["25:1"], "except_cite": "1990:1/2"},
                 test="overriding_reasons_against"),
        breaking("consent", "2009:400/10:1", when={"asked_twice": True}, initiative="request",
                 opens={"protects": "individual"}),
        breaking("list", "2009:400/10:15a", test="clear_that_secrecy_prevails",
                 receivers={"any": "authority", "functions": ["field"]}, opens={"only": ["27:1"]},
                 points=[{"cite": "2009:400/10:15a p1", "purposes": ["control"]},
                         {"cite": "2009:400/10:15a p2", "when": {"asked_twice": False}}]),
        breaking("general", "2009:400/10:27", general_clause=True, receivers={"any": "authority"},
                 items={"except_categories": ["decision"]}, opens={"except": ["25:1"]},
                 test="obvious_priority_of_disclosure"),
    ]  # fmt: skip
    return {entry["rule"]: entry for entry in listed}


def fact(code: str, **fields: Any) -> dict[str, Any]:
    return {"code": code, "type": "bool", "unstated": "false", "question": BOTH, **fields}


def files() -> Files:
    word = {"name": BOTH}
    agency = {**OPEN, "name": BOTH, "kind": "authority"}
    branches = [
        {"code": "inside", "name": BOTH, "activities": ["desk"], "functions": ["desk"]},
        {"code": "outside", "name": BOTH, "activities": ["street"], "functions": ["field"]},
    ]
    member = {**OPEN, "source": "SFS 1990:1"}
    return {
        "rulebook.yaml": {
            "jurisdiction": "SE", "version": "1", "covers_from": "2020-01-01",
            "read_until": "2026-01-01", "title": BOTH,
        },
        "agencies.yaml": {"agencies": [
            {**agency, "code": "AAA", "branches": branches},
            {**agency, "code": "BBB"},
            {**agency, "code": "PRIVATE", "kind": "private"},
            {**agency, "code": "SELF", "kind": "private", "same_as": "subject"},
            {**agency, "code": "ABROAD", "kind": "foreign"},
        ]},
        "circles.yaml": {"circles": [{"code": "ring", "cite": "1990:1/1", "name": BOTH, "members": [
            {**member, "agency": "AAA"},
            {**member, "agency": "BBB", "from": "unknown between 2022-01-01 and 2023-01-01"},
        ]}]},
        "offences.yaml": {"offences": []},
        "categories.yaml": {"categories": [{**word, "code": "decision"}]},
        "vocabulary/purposes.yaml": {"codes": [
            {**word, "code": "control"}, {**word, "code": "party_access"},
        ]},
        "vocabulary/activities.yaml": {"codes": [
            {**word, "code": "desk", "holders": ["AAA"]},
            {**word, "code": "street", "holders": ["AAA"]},
        ]},
        "vocabulary/functions.yaml": {"codes": [
            {**word, "code": "desk"}, {**word, "code": "field"},
        ]},
        "vocabulary/marks.yaml": {"codes": [{**word, "code": "victim"}]},
        "vocabulary/facts.yaml": {"facts": [
            fact("harm", type="choice", choices=["met", "not_met"], unstated="ask"),
            fact("public_interest_harm", unstated="true"),
            fact("tip_giver"),
            fact("compatible_with_swedish_interests", unstated="ask"),
            fact("reservation_removes_harm"),
            fact("asked_twice"),
        ]},
    }  # fmt: skip


def write(folder: Path, edit: Edit = lambda blocks: None, agencies: tuple[str, ...] = ()) -> Path:
    """Write the rulebook with its blocks edited, and only some agencies where they are named."""
    content = files()
    entries = copy.deepcopy(blocks())
    edit(entries)
    listed = list(entries.values())
    head = {**OPEN, "title": BOTH}
    content["acts/1990-1.yaml"] = {
        "act": "1990:1", **head, "blocks": [b for b in listed if b["cite"].startswith("1990:1")],
    }  # fmt: skip
    content["acts/2009-400.yaml"] = {
        "act": "2009:400", **head, "blocks": [b for b in listed if b["cite"].startswith("2009")],
    }  # fmt: skip
    if agencies:
        kept = [a for a in content["agencies.yaml"]["agencies"] if a["code"] in agencies]
        content["agencies.yaml"]["agencies"] = kept
    for name, part in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(part, allow_unicode=True), encoding="utf-8")
    return folder


def load(folder: Path) -> Rulebook:
    """The rulebook of a folder; it is too small to pass the checks of a whole one."""
    return Rulebook(read_content(folder), folder.name)


def renamed(blocks: dict[str, dict[str, Any]]) -> None:
    """Other names for the rules, in another order."""
    entries = [{**entry, "rule": f"new-{entry['rule']}"} for entry in blocks.values()]
    blocks.clear()
    blocks.update((entry["rule"], entry) for entry in reversed(entries))


def another_provision(blocks: dict[str, dict[str, Any]]) -> None:
    """One more provision of secrecy."""
    blocks["new"] = secrecy("new", "2009:400/30:1")
