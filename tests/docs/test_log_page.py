"""
``docs/log.md`` describes the views there are, and its questions have answers.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import Block, blocks, pages, text_of
from watchdog.store.views import VIEWS

if TYPE_CHECKING:
    from tests.docs.stage import Stage

PAGE = "docs/log.md"
QUESTIONS = tuple(block for page in pages() for block in blocks(page) if block.language == "sql")
#: Leads every view and is said once for all.
EVERYWHERE = "account_id"
#: What one row of the answer holds on the morning after the incident, by the view a question asks.
ANSWERS: dict[str, set[object]] = {
    "flagged_orders": {"PW-0001", "250-0000007-0000007", "urgent", "2026-09-08", "2026-09-14", "open"},
    "case_timeline": {"found", "open", "watchdog", "yes"},
    "alerts_sent": {"console", "sent", "written", 1},
    "intake": {"unshipped-2.txt", "done", 3, 1, 2},
    "order_history": {"250-0000007-0000007", "2026-09-14", "2026-09-08", "unshipped-2.txt"},
}


def _described(view: str) -> list[str]:
    section = text_of(PAGE).split(f"\n## {view}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_described_column_by_column(view: str, stage: Stage) -> None:
    """
    Its section lists the columns the database has, in their order.
    """
    with contextlib.closing(sqlite3.connect(stage.state / "watchdog.db")) as database:
        columns = [column[0] for column in database.execute(f"SELECT * FROM {view}").description]  # noqa: S608 - our own view

    assert [EVERYWHERE, *_described(view)] == columns


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: f"{question.page}:{question.line}")
def test_a_question_has_an_answer(question: Block, stage: Stage) -> None:
    """
    Every statement of the pages runs on the log of the incident and finds what happened.
    """
    asked = re.findall(r"\bFROM (\w+)", question.text)
    with contextlib.closing(sqlite3.connect(stage.state / "watchdog.db")) as database:
        rows = database.execute(question.text).fetchall()

    assert any(ANSWERS[asked[0]] <= set(row) for row in rows)
