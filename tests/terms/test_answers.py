"""
Whatever a channel answers can be told to a Japanese seller.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from tests.architecture.source import modules
from watchdog.deliver.slack_words import WORDS
from watchdog.terms.answers import ANSWERS, told_answer

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What makes a receipt, and which of its arguments holds the words.
_WORDS_OF = {"Receipt": 1, "TargetForbidden": 0, "Unreachable": 0}
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")


def receipts() -> Iterator[str]:
    """
    Yield every answer the room ``deliver`` can write, with a number in the place of what varies.
    """
    for name, tree in modules().items():
        if "/deliver/" in name:
            for node in ast.walk(tree):
                place = _WORDS_OF.get(getattr(node.func, "id", "")) if isinstance(node, ast.Call) else None
                if isinstance(node, ast.Call) and place is not None and len(node.args) > place:
                    yield from _texts(node.args[place])
                elif isinstance(node, ast.Return) and name.endswith(("/trouble.py", "/wire.py")) and node.value is not None:
                    yield from _texts(node.value)


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "9" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))


def test_every_answer_of_a_channel_has_its_japanese() -> None:
    """
    A bare status is the same in both languages; everything else is a sentence.
    """
    written = {text for text in receipts() if re.search("[a-z]{3}", text)}

    assert len(written) > 20
    assert [text for text in sorted(written | set(WORDS.values())) if not _JAPANESE.search(told_answer(text, "ja"))] == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("taken by the mail server", "メールサーバーが受け付けました"),
        (
            "HTTP 404: no_service — the webhook was removed or switched off",
            "Webhookが削除されたか、無効になっています（HTTP 404、no_service）",
        ),
        ("taken, but refused for 1 of 3 recipients (550 5.1.1)", "受け付けられましたが、3件の宛先のうち1件が拒否されました（550 5.1.1）"),
        ("login refused (535 5.7.8)", "ログインが拒否されました（535 5.7.8）"),
        ("HTTP 503", "HTTP 503"),
    ],
)
def test_an_answer_is_told_in_japanese(answer: str, said: str) -> None:
    """
    Codes and numbers stay; English readers read what is kept.
    """
    assert told_answer(answer, "ja") == said
    assert told_answer(answer, "en") == answer


def test_the_table_keeps_what_varies() -> None:
    """
    No number or code of an answer is lost on the way.
    """
    names = re.compile(r"\{(\w+)\}")

    assert [english for english, said in ANSWERS.items() if set(names.findall(english)) != set(names.findall(said))] == []
