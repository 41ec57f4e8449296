"""
The channel that always works: a notice on the operator's screen.
"""

from __future__ import annotations

import io

from tests.deliver.makers_deliver import SUBJECT, a_message
from watchdog.deliver.console import Console
from watchdog.terms.message import Fate, Receipt


def test_a_notice_is_written_with_subject_and_text() -> None:
    """
    Both can be read; the tickets are not printed, ``letter`` shows them.
    """
    stream = io.StringIO()

    receipt = Console(stream).send(a_message())

    assert receipt == Receipt(Fate.SENT, "written")
    assert SUBJECT in stream.getvalue()
    assert "出荷予定日 2026-09-08、発売日 2026-09-14。\n次の一手" in stream.getvalue()


def test_a_title_can_not_steer_the_terminal() -> None:
    """
    Escape sequences, carriage returns and marks that turn the writing are dropped.
    """
    stream = io.StringIO()

    Console(stream).send(a_message(subject="A\x1b[2J\x07B\u202e", text="one\rtwo\r\nthree\x9b31m\ud800"))

    assert "A[2JB\n" in stream.getvalue()
    assert "one\ntwo\nthree31m\n" in stream.getvalue()


def test_characters_the_terminal_lacks_become_question_marks() -> None:
    """
    An alert is worth more than its characters.
    """
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")

    receipt = Console(stream).send(a_message(text="PW-0001 発売日"))

    assert receipt.fate is Fate.SENT
    assert b"PW-0001 ???" in raw.getvalue()


def test_a_stream_that_is_gone_postpones() -> None:
    """
    Nothing is raised: the outbox keeps the notice.
    """
    stream = io.StringIO()
    stream.close()

    assert Console(stream).send(a_message()) == Receipt(Fate.POSTPONED, "the console can't be written (ValueError)")
