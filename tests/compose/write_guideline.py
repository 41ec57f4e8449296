"""
Rewrites ``docs/guideline.md`` from the table of the guideline: ``python -m tests.compose.write_guideline``.
"""

from __future__ import annotations

from pathlib import Path

from watchdog.compose.cautions import CAUTIONS
from watchdog.compose.draft import LONGEST
from watchdog.compose.guideline import GUIDELINES, Guideline
from watchdog.compose.words import LETTER_KINDS
from watchdog.terms.letter import LetterKind

PAGE = Path(__file__).parents[2] / "docs" / "guideline.md"
_SHOWN = 40
_OPENING = f"""\
# Guideline · 購入者への文面の確認

<!-- Generated from watchdog/compose/guideline.py by `python -m tests.compose.write_guideline`; a test compares them. -->

Every text for a buyer, ours or your own, is read against the rules below before it is shown; the result stands beside it.
An **error** is opened only on purpose, a **warning** is for you to weigh. The program sends nothing to a buyer.
The patterns find what is usual, in Japanese and English: a text without a mark is no permission by Amazon.

購入者への文面は、付属のものもご自分で置き換えたものも、表示の前に下の項目で確認し、結果を文面に添えます。
**error** の文面は、承知のうえでの操作でだけ開きます。**warning** はご判断ください。プログラムから購入者へ送信することはありません。
よくある表現を調べるもので、指摘がないことはAmazonの許可を意味しません。

Sources: `SC-JP` and `SC-US` are pages of Seller Central's help, `SC` one shared by all stores, `SP-API` the interface's model.
*(copies)* = the wording is known from copies of the page only. State of November 2026; Amazon's own page counts.
The product's name and the order's ids are not read for words; the title and the text together may have {LONGEST:,} characters.
"""


def drawn() -> str:
    """
    Return the page.
    """
    head = "| rule | level | source | example | what it says |\n| --- | --- | --- | --- | --- |\n"
    rows = "".join(_row(row) for row in GUIDELINES)
    kinds = "".join(f"| `{kind}` | {LETTER_KINDS[kind].ja} | {_remark(kind)} |\n" for kind in LetterKind if kind.is_to_buyer)
    letters = f"## Letters it reads · 対象の文面\n\n| letter | 文面 | |\n| --- | --- | --- |\n{kinds}"
    return f"{_OPENING}\n## Rules · 確認する項目\n\n{head}{rows}\n{letters}"


def _row(row: Guideline) -> str:
    return f"| `{row.name}` | {row.level} | {row.source} | {_shown(row)} | {row.says.ja}<br>{row.says.en} |\n"


def _shown(row: Guideline) -> str:
    """
    Return the sentence of the example that breaks the rule, shortened, its line breaks as signs.
    """
    sentence = row.example.text.split("\n\n", 1)[1]
    text = sentence if len(sentence) <= _SHOWN else f"{sentence[:_SHOWN]}… ({len(row.example.text):,})"
    return text.replace("\n", "⏎")


def _remark(kind: LetterKind) -> str:
    return "always with a caution above it · 必ず注意書きを添えて表示" if kind in CAUTIONS else ""


if __name__ == "__main__":
    PAGE.write_text(drawn(), encoding="utf-8")
