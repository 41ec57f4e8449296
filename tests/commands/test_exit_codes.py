"""
How a command ends: 0 done, 1 something failed (which is said), 2 usage, 75 try again, 78 configuration.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.commands.spoken import ROOT, program
from tests.stories.seller import noon
from watchdog.store.locks import hold

if TYPE_CHECKING:
    from tests.stories.seller import Seller

_NOW = noon("2026-09-06 12:30").isoformat()


def test_a_turn_over_an_empty_inbox_is_done(seller: Seller) -> None:
    """
    Nothing to do is no failure.
    """
    assert "Drop a report into" in seller.runs("check")


def test_a_case_that_is_not_there_fails_and_says_where_they_are_listed(caught: Seller) -> None:
    """
    By number and by order id alike.
    """
    for name in ("PW-0099", "250-9999999-9999999", "nonsense"):
        for arguments in (("show", name), ("letter", name, "ticket")):
            caught.runs(*arguments, expect=1)

            assert caught.errors.startswith(f"{name} is no known case or order.")
            assert "flagged --all" in caught.errors


def test_a_source_that_cannot_be_read_fails_and_the_rest_is_told_all_the_same(caught: Seller) -> None:
    """
    The inbox is no folder any more; the open case stays on the screen.
    """
    inbox = caught.folder / "inbox"
    inbox.write_text("")
    caught.monkeypatch.setenv("PREORDER_INBOX_DIR", str(inbox))

    assert "PW-0001" in caught.runs("check", "--now", _NOW, expect=1)

    assert str(inbox) in caught.errors
    assert "next turn" in caught.errors


@pytest.mark.parametrize("text", ["tomorrow", "10:00", "2026-13-06T10:00:00Z", ""])
def test_what_is_no_instant_is_refused(text: str, seller: Seller) -> None:
    """
    The sentence says how one is written.
    """
    seller.runs("check", "--now", text, expect=2)

    assert "2026-09-08 10:00" in seller.errors
    assert not (seller.state / "watchdog.db").exists()


def test_a_moment_after_the_clock_is_refused_outside_tests(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Judged from the future, every order would be late.
    """
    monkeypatch.delenv("PREORDER_ALLOW_FUTURE")
    seller.runs("check", "--now", "2100-01-01T00:00:00+09:00", expect=2)
    refused = seller.errors
    monkeypatch.setenv("PREORDER_ALLOW_FUTURE", "1")
    seller.runs("check", "--now", "2100-01-01T00:00:00+09:00")

    assert "lies after the clock" in refused
    assert "PREORDER_ALLOW_FUTURE=1" in refused


def test_an_earlier_moment_is_taken_without_asking(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Looking back is harmless.
    """
    monkeypatch.delenv("PREORDER_ALLOW_FUTURE")

    assert seller.runs("check", "--now", "2026-01-01T00:00:00+09:00")


def test_an_unknown_setting_is_refused_with_the_name_it_may_have_meant(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A misspelt webhook would be silence that looks like peace.
    """
    monkeypatch.setenv("PREORDER_SLAK_WEBHOOK_URL", "https://hooks.slack.com/services/T0/B0/hush")
    for arguments in (("check",), ("flagged",), ("config", "check"), ("run",)):
        seller.runs(*arguments, expect=78)

        assert "PREORDER_SLAK_WEBHOOK_URL" in seller.errors
        assert "did you mean PREORDER_SLACK_WEBHOOK_URL?" in seller.errors
        assert "hush" not in seller.errors
    assert not (seller.state / "watchdog.db").exists()


def test_all_problems_of_the_settings_are_told_at_once(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Nobody likes to mend them one by one.
    """
    for name, value in {"POLL_MINUTES": "often", "LANGUAGE": "fr", "SMTP_HOST": "mail.example.jp", "FROB": "1"}.items():
        monkeypatch.setenv(f"PREORDER_{name}", value)
    seller.runs("config", "check", expect=78)

    for name in ("PREORDER_POLL_MINUTES", "PREORDER_LANGUAGE", "PREORDER_EMAIL_FROM", "PREORDER_EMAIL_TO", "PREORDER_FROB"):
        assert name in seller.errors


@pytest.mark.slow
def test_a_check_waits_ten_seconds_for_another_turn_and_then_asks_to_try_again(caught: Seller) -> None:
    """
    Another preorder-watchdog is at work; its lock is named.
    """
    lock = caught.state / "patrol.lock"
    with hold(lock, wait=0):
        caught.runs("check", "--now", _NOW, expect=75)

    assert caught.errors == f"Another preorder-watchdog is at work ({lock}). Try again in a moment.\n"
    assert caught.runs("check", "--now", _NOW)


@pytest.mark.slow
def test_a_log_held_by_another_program_asks_to_try_again(caught: Seller) -> None:
    """
    Whoever only reads is not disturbed.
    """
    with closing(sqlite3.connect(caught.state / "watchdog.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        caught.runs("check", "--now", _NOW, expect=75)
        said = caught.errors

        assert "PW-0001" in caught.runs("flagged")
        other.execute("ROLLBACK")

    assert said == f"The database {caught.state / 'watchdog.db'} is held by another program. Close it and try again.\n"


def test_a_file_that_cannot_be_written_is_a_sentence(caught: Seller) -> None:
    """
    No traceback for a folder that is not there.
    """
    target = caught.folder / "nowhere" / "ticket.txt"
    caught.runs("letter", "PW-0001", "ticket", "--to", str(target), expect=1)

    assert str(target) in caught.errors
    assert "Traceback" not in caught.errors


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [("show", "PW-0001"), ("show", "PW-0001", "--json"), ("--help",)], ids=" ".join)
def test_a_reader_that_goes_away_is_no_trouble(arguments: tuple[str, ...], caught: Seller) -> None:
    """
    ``preorder-watchdog show PW-0001 | head -1`` ends without a word on stderr.
    """
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as stdout:
        command = [sys.executable, "-m", "watchdog", *arguments]
        given = os.environ | {"PYTHONPATH": str(ROOT)}
        answer = subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, cwd=caught.folder, env=given, check=False)

    assert answer.stderr == b""
    assert answer.returncode in {0, 1}


def test_sentences_are_in_the_language_that_is_set(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Also where the settings themselves are wrong.
    """
    monkeypatch.setenv("PREORDER_LANGUAGE", "ja")
    seller.runs("show", "PW-0001", expect=1)
    absent = seller.errors
    monkeypatch.setenv("PREORDER_POLL_MINUTES", "often")
    seller.runs("check", expect=78)

    assert "データベースがありません" in absent
    assert "設定に問題があります" in seller.errors


@pytest.mark.slow
def test_the_codes_reach_the_shell(seller: Seller) -> None:
    """
    What the front door returns is what the process ends with.
    """
    codes = [
        program(seller.folder, *arguments, **environment).returncode
        for arguments, environment in (
            (("check",), {}),
            (("show", "PW-0001"), {}),
            (("frob",), {}),
            (("check",), {"PREORDER_POLL_MINUTES": "often"}),
        )
    ]

    assert codes == [0, 1, 2, 78]
