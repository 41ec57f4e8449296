"""
Small is a number (DESIGN §2, measured on the code we admire: style §1.0).
"""

from __future__ import annotations

import ast
import statistics
from typing import TYPE_CHECKING

from tests.architecture.source import ROOT, modules

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE_LINES = 300
FUNCTION_MEDIAN = 10
FUNCTION_NINE_IN_TEN = 30
FUNCTION_HARD_LOOK = 50


def functions() -> Iterator[tuple[str, int]]:
    """
    Yield every function of the package as ``file:line name`` with its length in lines, decorators left out.
    """
    for name, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield f"{name}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_longer_than_300_lines() -> None:
    """
    A file holds one noun, rule or channel.
    """
    long = {name: lines for name in modules() if (lines := len((ROOT / name).read_text(encoding="utf-8").splitlines())) > FILE_LINES}

    assert long == {}


def test_functions_are_short() -> None:
    """
    Half of the functions have at most ten lines, nine in ten at most thirty.
    """
    lengths = [length for _, length in functions()]

    assert statistics.median(lengths) <= FUNCTION_MEDIAN
    assert statistics.quantiles(lengths, n=10)[-1] <= FUNCTION_NINE_IN_TEN


def test_no_function_needs_a_hard_look() -> None:
    """
    No function is longer than fifty lines.
    """
    assert {where: length for where, length in functions() if length > FUNCTION_HARD_LOOK} == {}
