"""Does a fault in the file name its field and say what to write?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from samsyn.kernel.faults import FaultyFiles
from samsyn.plan.staffing.reading import read_task, task_faults
from samsyn.plan.staffing.task import minute
from tests.plan.staffing.small import MONDAY, TUESDAY, built, operation, person, task

FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "period": ({"period": {"first": TUESDAY, "last": MONDAY}}, "period.last"),
    "name twice": ({"operations": [operation("a"), operation("a")]}, "operations[1]"),
    "no such agency": ({"operations": [operation("a", needs=[{"agency": "X"}])]},
                       "operations[0].needs[0].agency"),
    "no such home": ({"people": [person("a", home="C")]}, "people[0].home"),
    "no such region": ({"people": [person("a", region="C")]}, "people[0].region"),
    "no needs": ({"operations": [operation("a", needs=[])]}, "operations[0].needs"),
    "no time": ({"settings": {"opens": "7.30"}}, "settings.opens"),
    "weekday": ({"operations": [operation("a", weekdays=[0])]}, "operations[0].weekdays"),
    "seats": ({"cars": [{"id": "c", "home": "A", "seats": 0}]}, "cars[0].seats"),
    "table": ({"travel": {"places": ["A", "B"], "minutes": [[0, 1]]}}, "travel.minutes"),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "field"), FAULTS.values(), ids=FAULTS.keys())
def test_each_fault_names_its_field(changes: dict[str, Any], field: str) -> None:
    ((found, said),) = task_faults(task(**changes))
    assert found == field
    assert "{" not in said.sv + said.en


def test_an_unknown_field_and_a_broken_file_are_faults(tmp_path: Path) -> None:
    file = tmp_path / "task.json"
    file.write_text(json.dumps(built(people=[person("a", shoes=43)]), default=str))
    with pytest.raises(FaultyFiles, match=r"people\[0\].*shoes"):
        read_task(file, "en")
    file.write_text("{")
    with pytest.raises(FaultyFiles, match="neither JSON nor YAML"):
        read_task(file, "en")


def test_a_fault_in_yaml_names_its_line(tmp_path: Path) -> None:
    file = tmp_path / "task.yaml"
    faulty = built(people=[person("a"), person("b", home="C")])
    file.write_text(yaml.safe_dump(faulty, sort_keys=False))
    line = 1 + file.read_text().splitlines().index("  home: C")
    with pytest.raises(FaultyFiles) as refused:
        read_task(file, "en")
    (fault,) = refused.value.faults
    assert (fault.line, fault.field) == (line, "people[1].home")


def test_yaml_reads_times_with_and_without_quotes(tmp_path: Path) -> None:
    file = tmp_path / "task.yaml"
    text = json.dumps(built(), default=str)[:-1]
    file.write_text(text + ', "settings": {"opens": 10:30, "midday": "12:15"}}')
    settings = read_task(file, "sv").settings
    assert (minute(settings.opens), minute(settings.midday)) == (630, 735)
