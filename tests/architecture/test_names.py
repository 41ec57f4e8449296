"""
Names that say nothing, names that are somebody else's, and calls that have one home.
"""

from __future__ import annotations

import ast
import importlib.metadata
import re
from collections import defaultdict

import pytest

from tests.architecture.source import ROOT, committed, modules

SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "base", "manager", "service", "process", "handle", "misc"}
#: Names that a library calls us by.
GIVEN = {"handle_request", "process_bind_param", "process_result_value", "process_literal_param"}
#: Classes that share a name: a port says what a routine or a screen needs, and its one maker bears the same name in another room.
PORTS = {"Clerk", "Pulse", "Words"}
#: Where the clock is read, the environment, the waiting done: the floors above the rooms, and settings.
HOMES = re.compile(r"watchdog/__main__\.py|watchdog/(assemble|commands|daemon|settings)(/\w+)*\.py")


def test_no_module_is_named_like_a_bin() -> None:
    """
    Every module is named by its subject (DESIGN §2); ``service`` is a command, and its file has the command's name.
    """
    named = (name for name in (*modules(), *modules("tests")) if name != "watchdog/commands/service.py")
    names = [name for name in named if SAYS_NOTHING & set(re.split(r"[/.]", name))]

    assert names == []


def test_no_class_or_function_is_named_like_a_bin() -> None:
    """
    No ``FooManager``, ``BarHelper``, ``process_…``, ``handle_…`` (style §4.1).
    """
    said = re.compile(r".*(Manager|Helper|Utils?|Service)$|_?(process|handle)(_.*)?$")

    named = [
        f"{name}:{node.lineno} {node.name}"
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and said.match(node.name) and node.name not in GIVEN
    ]

    assert named == []


def test_each_class_has_a_name_of_its_own() -> None:
    """
    One word per thing, one thing per word (docs/glossary.md): who reads ``Move`` need not ask whose.
    """
    places: dict[str, list[str]] = defaultdict(list)
    for name, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(name)
    shared = {name: where for name, where in places.items() if len(where) > 1}

    assert {name: where for name, where in shared.items() if name not in PORTS or len(where) > 2} == {}
    assert set(shared) == PORTS


def test_no_foreign_watchdog_is_installed() -> None:
    """
    The distribution ``watchdog`` would overwrite our package (DESIGN §4): nothing we need brings it in.
    """
    owners = set(importlib.metadata.packages_distributions().get("watchdog", []))

    assert owners <= {"preorder-watchdog"}  # an editable install owns no files, so it may be empty
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.distribution("watchdog")


def test_banned_calls_are_lifted_only_in_their_homes() -> None:
    """
    The clock, the environment and sleeping are reached only above the rooms, each with its reason beside it.
    """
    lifted = re.compile(r"# noqa: [A-Z0-9, ]*TID251(?P<reason>.*)")
    astray = [
        f"{name}:{number}"
        for name in modules()
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").splitlines(), start=1)
        if (found := lifted.search(line)) and not (HOMES.fullmatch(name) and found["reason"].strip(" -:"))
    ]

    assert astray == []


def test_no_test_patches_with_mock() -> None:
    """
    Doubles are written by hand, beside the tests that use them; nothing imports ``unittest.mock``.
    """
    importing = [
        name
        for name, tree in modules("tests").items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("unittest"))
        or (isinstance(node, ast.Import) and any(alias.name.startswith(("unittest", "mock")) for alias in node.names))
    ]

    assert importing == []


def test_no_todo_and_no_merge_mark_is_committed() -> None:
    """
    What is left to do is an issue, not a comment.
    """
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|^(<{7}|>{7}) ", re.MULTILINE)
    texts = [path for path in committed() if path.suffix in {".py", ".toml", ".md", ".service"}]

    assert [str(path.relative_to(ROOT)) for path in texts if marks.search(path.read_text(encoding="utf-8"))] == []
