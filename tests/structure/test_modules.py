"""Does each module keep the house rules of size, name, docstring, purity and direction?"""

from __future__ import annotations

import pytest

from tests.structure import rules
from tests.structure.tree import Module, files, modules, none_of

PURE = ("kernel", "law", "plan/visits", "plan/grounds")


def test_no_module_or_function_is_too_long() -> None:
    none_of(
        (fault for module in modules() for fault in rules.too_long(module)),
        "Split along a seam a reader would look for:",
    )


def test_no_name_is_empty() -> None:
    none_of(
        (fault for path in files() if path.suffix == ".py" for fault in rules.empty_name(path)),
        "Name it after what it is about, or move its parts to where they belong:",
    )


def test_every_module_and_public_name_says_what_it_is() -> None:
    none_of(
        (fault for module in modules() for fault in rules.undocumented(module)),
        "Give it a docstring; a module's says which question it answers:",
    )


def test_pure_packages_take_no_hidden_input() -> None:
    none_of(
        (
            fault
            for module in modules()
            if module.inside(*PURE)
            for fault in rules.hidden_input(module)
        ),
        "The same question must always have the same answer: pass the day, seed or setting in:",
    )


def test_only_the_command_line_prints() -> None:
    none_of(
        (
            fault
            for module in modules()
            if not module.inside("cli")
            for fault in rules.prints(module)
        ),
        "Return the text and let samsyn.cli print it:",
    )


@pytest.mark.parametrize(
    ("package", "allowed"),
    [
        ("kernel", ["kernel"]),
        ("rulebook", ["rulebook"]),
        ("law", ["law", "kernel"]),
        ("documents", ["documents", "kernel"]),
    ],
)
def test_the_lowest_packages_import_only_what_they_stand_on(
    package: str, allowed: list[str]
) -> None:
    none_of(
        (
            fault
            for module in modules()
            if module.inside(package)
            for fault in rules.imports_beyond(module, *allowed)
        ),
        f"samsyn.{package} may import only {', '.join(allowed)} of samsyn; the rulebook is data:",
    )


PATH = "src/samsyn/law/example.py"
BREACHES = {
    "long module": ("too_long", "x = 1\n" * 401),
    "long function": ("too_long", "def f():\n" + "    x = 1\n" * 60),
    "bare module": ("undocumented", "x = 1"),
    "bare function": ("undocumented", "'''What?'''\ndef f(): ..."),
    "bare class": ("undocumented", "'''What?'''\nclass C: ..."),
    "clock": ("hidden_input", "import datetime\nx = datetime.date.today()"),
    "clock under another name": ("hidden_input", "from datetime import date as d\nx = d.today"),
    "clock of a datetime": ("hidden_input", "from datetime import datetime\ndatetime.now()"),
    "imported clock": ("hidden_input", "from time import monotonic"),
    "chance": ("hidden_input", "import numpy as np\nx = np.random.default_rng(1)"),
    "chance imported": ("hidden_input", "import random"),
    "environment": ("hidden_input", "import os\nx = os.environ['X']"),
    "print": ("prints", "print('x')"),
    "stderr": ("prints", "import sys\nsys.stderr.write('x')"),
}


@pytest.mark.parametrize(("rule", "source"), BREACHES.values(), ids=BREACHES.keys())
def test_each_rule_finds_its_breach(rule: str, source: str) -> None:
    assert list(getattr(rules, rule)(Module.parse(PATH, source)))


@pytest.mark.parametrize(
    "source",
    [
        "import samsyn.hub",
        "from samsyn import flow",
        "from samsyn.cli.main import main",
        "from ..match import same",
        "from .. import plan",
    ],
)
def test_an_import_forward_is_found(source: str) -> None:
    assert list(rules.imports_beyond(Module.parse(PATH, source), "law", "kernel"))


def test_what_is_allowed_is_not_found() -> None:
    good = Module.parse(
        PATH,
        "'''Which question?'''\n"
        "from datetime import date\n"
        "from ..kernel.text import Text\n"
        "from . import model\n"
        "def day(question: Text, today: date) -> date:\n"
        "    '''The day.'''\n"
        "    return question.now or today\n",
    )
    assert not [
        *rules.too_long(good),
        *rules.undocumented(good),
        *rules.hidden_input(good),
        *rules.prints(good),
        *rules.imports_beyond(good, "law", "kernel"),
        *rules.empty_name(good.path),
    ]
    assert list(rules.empty_name(good.path.with_name("utils.py")))
