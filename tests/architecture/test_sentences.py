"""
The table of sentences is complete: every code that is used has its words, in both languages, for the values it is given.
"""

from __future__ import annotations

import ast
import string
from typing import TYPE_CHECKING

import pytest

from tests.architecture.source import modules
from watchdog.terms import errors
from watchdog.terms.sentences import SENTENCES, say

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = "watchdog/terms/sentences.py"
#: Calls whose first argument is a code; what they fill it with stands in the second argument or the keywords.
SPEAKERS = {"Reason", "UsageError", "say"}
#: Values that only English names: a list of formats by their technical names tells a Japanese seller nothing.
ENGLISH_ALONE = {"file_unknown": {"known"}}


def placeholders(text: str) -> set[str]:
    """
    Return the names in braces.
    """
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def uses() -> Iterator[tuple[str, str, set[str] | None]]:
    """
    Yield where a code is spoken, the code, and the values' names where they stand there to be read.
    """
    for name, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) in SPEAKERS and node.args:
                code = node.args[0]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    yield f"{name}:{node.lineno}", code.value, _values(node)


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _values(call: ast.Call) -> set[str] | None:
    if _name(call.func) == "UsageError":
        return {keyword.arg for keyword in call.keywords if keyword.arg}
    last = call.args[-1]
    if isinstance(last, ast.Dict) and all(isinstance(key, ast.Constant) for key in last.keys):
        return {str(key.value) for key in last.keys if isinstance(key, ast.Constant)}
    return set() if len(call.args) == 1 and not call.keywords else None


def _added(code: str, values: set[str]) -> set[str]:
    return {"name"} - values if code.startswith("file_") else set()


def families() -> Iterator[type[errors.WatchdogError]]:
    """
    Yield every class of errors.
    """
    waiting = [errors.WatchdogError]
    while waiting:
        waiting += (kind := waiting.pop()).__subclasses__()
        yield kind


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_exists_in_both_languages_with_the_same_values(code: str) -> None:
    """
    Japanese and English say the same.
    """
    forms = SENTENCES[code]

    assert set(forms) == {"en", "ja"}
    assert placeholders(forms["en"]) - ENGLISH_ALONE.get(code, set()) == placeholders(forms["ja"])
    assert all(form.strip() == form != "" for form in forms.values())


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_can_be_said(code: str) -> None:
    """
    Filled with its values, no brace is left in it; an unknown language gets English.
    """
    values = dict.fromkeys(placeholders(SENTENCES[code]["en"]), "9")

    assert "{" not in say(code, "ja", values)
    assert say(code, "tlh", values) == say(code, "en", values)


def test_every_code_that_is_spoken_has_its_sentence() -> None:
    """
    No reason or usage error ends in a KeyError before the seller's eyes.
    """
    assert [(where, code) for where, code, _ in uses() if code not in SENTENCES] == []


def test_every_code_is_spoken_with_the_values_its_sentence_names() -> None:
    """
    A value too few is a crash, one too many is lost. A file's name is added where the file is read.
    """
    wrong = [
        (where, code, values)
        for where, code, values in uses()
        if code in SENTENCES and values is not None and values != placeholders(SENTENCES[code]["en"]) - _added(code, values)
    ]

    assert wrong == []


@pytest.mark.parametrize("kind", list(families()), ids=lambda kind: kind.__name__)
def test_every_error_has_its_sentence(kind: type[errors.WatchdogError]) -> None:
    """
    Whatever is raised can be told to a person; a usage error brings the code of its own sentence.
    """
    assert kind.code in SENTENCES or kind is errors.UsageError


def test_no_sentence_is_left_over() -> None:
    """
    Every code of the table is spoken somewhere.
    """
    spoken = {
        node.value
        for name, tree in modules().items()
        if name != TABLE
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    assert SENTENCES.keys() - spoken == set()
