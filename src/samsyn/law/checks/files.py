"""Are the files themselves in order: names, heads, and texts that say something?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from samsyn.kernel.dates import read_day
from samsyn.kernel.faults import FaultyFiles
from samsyn.law import schema
from samsyn.law.checks.findings import Findings, act_file
from samsyn.law.checks.spans import BACKWARDS, collide, runs_backwards
from samsyn.law.loading import Origin
from samsyn.law.yaml_files import YamlFile, read_yaml

_SFS = re.compile(r"\d{4}:\d+", re.ASCII)
_HEAD = "rulebook.yaml"


def check_files(findings: Findings) -> None:
    """Faults in heads and file names, and texts that are empty."""
    _check_head(findings)
    _check_act_heads(findings)
    for file in _files(findings):
        for path in _blank(file.content, ""):
            text = "is empty; write the text, or leave the field out"
            findings.add(Origin(file, ""), path, text)


def _check_head(findings: Findings) -> None:
    try:  # the head is the one block that is read without the place it stands in
        origin = Origin(read_yaml(findings.content.folder / _HEAD), "")
    except FaultyFiles as error:
        findings.add_all(error.faults)
        return
    head = findings.content.head
    if read_day(head.read_until) < read_day(head.covers_from):
        text = f"{head.read_until} lies before covers_from; expected {head.covers_from} or later"
        findings.add(origin, "read_until", text)
    for path in _blank(origin.file.content, ""):
        findings.add(origin, path, "is empty; write the text")


def _check_act_heads(findings: Findings) -> None:
    files: dict[str, str] = {}
    abbreviations: dict[str, list[schema.ActHead]] = {}
    for act, origin in findings.content.acts:
        name = f"acts/{origin.file.path.name}"
        if not _SFS.fullmatch(act.act):
            text = f"“{act.act}” is no SFS number; expected year and number such as 2024:307"
            findings.add(origin, "act", text)
        elif name != act_file(act.act):
            text = f"{act.act} stands in {name}; rename the file to {act_file(act.act)}"
            findings.add(origin, "act", text)
        if files.setdefault(act.act, name) != name:
            text = f"{act.act} also stands in {files[act.act]}; expected one file for each act"
            findings.add(origin, "act", text)
        if runs_backwards(act):
            findings.add(origin, "to", BACKWARDS.format(start=act.start, end=act.end))
        for index, word in enumerate(act.abbreviations):
            acts = abbreviations.setdefault(word.lower(), [])
            for other in acts:  # an act that takes the place of another may take its short name
                if collide(other, act):
                    text = f"“{word}” already stands for {other.act}; expected one act on each day"
                    findings.add(origin, f"abbreviations[{index}]", text)
            acts.append(act)


def _files(findings: Findings) -> Iterator[YamlFile]:
    content = findings.content
    entries: tuple[Sequence[tuple[object, Origin]], ...] = (
        content.acts,
        content.agencies,
        content.circles,
        content.offences,
        content.categories,
        content.facts,
        *content.vocabularies.values(),
    )
    seen: set[int] = set()
    for entry in entries:
        for _, origin in entry:
            if id(origin.file) not in seen:
                seen.add(id(origin.file))
                yield origin.file


def _blank(value: Any, path: str) -> Iterator[str]:
    """Paths of the texts that say nothing."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(inner, str):
                yield from _blank(inner, f"{path}.{key}" if path else key)
            elif not inner.strip():
                yield f"{path}.{key}" if path else key
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            if not isinstance(inner, str):
                yield from _blank(inner, f"{path}[{index}]")
            elif not inner.strip():
                yield f"{path}[{index}]"
