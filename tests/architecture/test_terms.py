"""
The words everybody speaks are explained where they stand.
"""

from __future__ import annotations

import ast

from tests.architecture.source import modules


def test_every_public_class_and_function_of_terms_says_what_it_means() -> None:
    """
    Whoever meets a word can look it up at its definition.
    """
    silent = [
        f"{name}:{node.lineno} {node.name}"
        for name, tree in modules("watchdog/terms").items()
        for node in ast.walk(tree)
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]

    assert silent == []


def test_every_module_has_a_sentence_for_its_door() -> None:
    """
    A module says what it is for; one sentence could hang on the room's door.
    """
    assert [name for name, tree in modules().items() if not ast.get_docstring(tree)] == []
