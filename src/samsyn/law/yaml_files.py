"""What stands in a YAML file, and on which line stands each field?

Plain scalars follow YAML 1.2 (``on`` and ``no`` are words) and dates stay texts, so that a lawyer
is not surprised by what YAML 1.1 makes of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from samsyn.kernel.faults import Fault, FaultyFiles

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = (None, "")  # the C parser and the Python parser name the plain style differently
_INTEGER = re.compile(r"^-?\d+$")
_CONSTANTS: dict[str, Any] = {"true": True, "false": False, "null": None, "": None, "~": None}
_PATH_PART = re.compile(r"\[(\d+)\]|\.?([^.\[\]]+)")


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A parsed YAML file.

    Attributes:
        path: where it lies.
        content: mappings, lists, texts, whole numbers, booleans and nulls.
        root: the node tree, for line numbers.
    """

    path: Path
    content: Any
    root: yaml.Node | None

    def line_of(self, field_path: str) -> int:
        """Line, counted from 1, of a field such as ``blocks[3].from``; the nearest that exists."""
        node, line = self.root, 1
        for index, key in _PATH_PART.findall(field_path):
            step = _child(node, index, key)
            if step is None:
                break
            node, line = step
        return line

    def fault(self, field_path: str, expected: str) -> Fault:
        """A fault at a field of this file."""
        return Fault(self.path, self.line_of(field_path), field_path, expected)


def _child(node: yaml.Node | None, index: str, key: str) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.SequenceNode) and index:
        if int(index) < len(node.value):
            child = node.value[int(index)]
            return child, child.start_mark.line + 1
    elif isinstance(node, yaml.MappingNode) and key:
        for key_node, child in node.value:
            if key_node.value == key:
                return child, key_node.start_mark.line + 1
    return None


def read_yaml(path: Path) -> YamlFile:
    """Read one file.

    Raises:
        FaultyFiles: if the file cannot be read, is not YAML, repeats a key or has a wrong date.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FaultyFiles([Fault(path, 0, "", f"cannot be read: {error}")]) from None
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        raise FaultyFiles([Fault(path, line, "", f"is not YAML: {error.problem}")]) from None
    except yaml.YAMLError as error:
        raise FaultyFiles([Fault(path, 0, "", f"is not YAML: {error}")]) from None
    try:
        return YamlFile(path, _value(root, path), root)
    except RecursionError:
        fault = Fault(path, 1, "", "holds a block inside itself; write it out")
        raise FaultyFiles([fault]) from None


def _value(node: yaml.Node | None, path: Path) -> Any:
    if node is None:
        return None
    if isinstance(node, yaml.ScalarNode):
        return _plain(node.value) if node.style in _PLAIN else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, path) for child in node.value]
    mapping: dict[str, Any] = {}
    for key_node, child in node.value:
        key = key_node.value
        if not isinstance(key, str):
            fault = Fault(path, key_node.start_mark.line + 1, "", "expected a word as key")
            raise FaultyFiles([fault])
        if key in mapping:
            fault = Fault(path, key_node.start_mark.line + 1, key, "stands twice in one block")
            raise FaultyFiles([fault])
        mapping[key] = _value(child, path)
    return mapping


def _plain(text: str) -> Any:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    return int(text) if _INTEGER.match(text) else text
