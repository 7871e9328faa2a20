"""The house rules for a module, each a function that names every place which breaks it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.structure.tree import Module

MODULE_LINES = 400
FUNCTION_LINES = 60

EMPTY_NAMES = frozenset(
    {
        "common",
        "helper",
        "helpers",
        "manager",
        "managers",
        "misc",
        "service",
        "services",
        "util",
        "utils",
    }
)

# What gives another answer tomorrow, on another machine or on another try.
HIDDEN_INPUTS = (
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "numpy.random",
    "os.environ",
    "os.getenv",
    "os.getrandom",
    "os.urandom",
    "random",
    "secrets",
    "time",
    "uuid",
)

type_of_function = (ast.FunctionDef, ast.AsyncFunctionDef)


def too_long(module: Module) -> Iterator[str]:
    """A module or function that no longer fits in a reader's head."""
    lines = len(module.source.splitlines())
    if lines > MODULE_LINES:
        yield f"{module.path}: {lines} lines, at most {MODULE_LINES}"
    for node in ast.walk(module.tree):
        if isinstance(node, type_of_function):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                place = f"{module.path}:{node.lineno}"
                yield f"{place}: {node.name} has {lines} lines, at most {FUNCTION_LINES}"


def empty_name(path: PurePosixPath) -> Iterator[str]:
    """A file or folder whose name does not say what it is about."""
    for part in path.parts:
        if part.split(".")[0] in EMPTY_NAMES:
            yield f"{path}: {part}"


def undocumented(module: Module) -> Iterator[str]:
    """A module, or a public class or function of it, without a docstring."""
    if not ast.get_docstring(module.tree):
        yield f"{module.path}:1: the module"
    for node in module.tree.body:
        if (
            isinstance(node, (*type_of_function, ast.ClassDef))
            and not node.name.startswith("_")
            and not _is_overload(node)
            and not ast.get_docstring(node)
        ):
            yield f"{module.path}:{node.lineno}: {node.name}"


def hidden_input(module: Module) -> Iterator[str]:
    """A look at the clock, at chance or at the environment."""
    names = _meanings(module)
    for node in ast.walk(module.tree):
        match node:
            case ast.Import():
                used = [alias.name for alias in node.names]
            case ast.ImportFrom(module=str(origin), level=0):
                used = [f"{origin}.{alias.name}" for alias in node.names]
            case ast.Attribute():
                used = [_dotted(node, names)]
            case _:
                continue
        for name in used:
            if any(name == bad or name.startswith(f"{bad}.") for bad in HIDDEN_INPUTS):
                yield f"{module.path}:{node.lineno}: {name}"


def prints(module: Module) -> Iterator[str]:
    """A line that writes to the screen."""
    names = _meanings(module)
    for node in ast.walk(module.tree):
        match node:
            case ast.Call(func=ast.Name(id="print")):
                yield f"{module.path}:{node.lineno}: print"
            case ast.Attribute() if _dotted(node, names) in {"sys.stdout", "sys.stderr"}:
                yield f"{module.path}:{node.lineno}: {_dotted(node, names)}"


def imports_beyond(module: Module, *allowed: str) -> Iterator[str]:
    """An import of a part of samsyn other than those allowed."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Import():
                targets = [alias.name for alias in node.names]
            case ast.ImportFrom():
                origin = _absolute(node, module)
                # `from samsyn import law` names the part after the import.
                targets = (
                    [f"samsyn.{alias.name}" for alias in node.names]
                    if origin == "samsyn"
                    else [origin]
                )
            case _:
                continue
        for target in targets:
            parts = target.split(".")
            if parts[0] == "samsyn" and (parts[1:2] or [""])[0] not in allowed:
                yield f"{module.path}:{node.lineno}: {target}"


def _absolute(node: ast.ImportFrom, module: Module) -> str:
    if not node.level:
        return node.module or ""
    base = module.package()
    parts = base[: len(base) - node.level + 1]
    return ".".join([*parts, *([node.module] if node.module else [])])


def _is_overload(node: ast.stmt) -> bool:
    decorators = getattr(node, "decorator_list", [])
    return any(_dotted(item, {}).split(".")[-1] == "overload" for item in decorators)


def _meanings(module: Module) -> dict[str, str]:
    """What an imported name stands for: `from datetime import date as d` makes d datetime.date."""
    meanings = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                # `import a.b` binds a; `import a.b as c` binds c to a.b.
                bound = alias.asname or alias.name.split(".")[0]
                meanings[bound] = alias.name if alias.asname else bound
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                meanings[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return meanings


def _dotted(node: ast.AST, meanings: dict[str, str]) -> str:
    """The full name of an attribute of an imported thing, or nothing."""
    match node:
        case ast.Name():
            return meanings.get(node.id, "" if meanings else node.id)
        case ast.Attribute():
            origin = _dotted(node.value, meanings)
            return f"{origin}.{node.attr}" if origin else ""
        case _:
            return ""
