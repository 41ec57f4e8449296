"""
A Japanese seller reads the help, and what is wrong with his command line, in Japanese.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest

from watchdog.__main__ import COMMANDS, cli
from watchdog.commands.japanese import said
from watchdog.commands.japanese_help import HELP
from watchdog.commands.tongue import tongue
from watchdog.settings import spoken_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.stories.seller import Seller


def texts(command: click.Command, context: click.Context) -> Iterator[str]:
    """
    Yield every English text of the command and those below it: its paragraphs, its options' lines, what follows its example.
    """
    yield from (" ".join(part.split()) for part in (command.help or "").split("\n\n"))
    yield from (option.help for option in command.get_params(context) if isinstance(option, click.Option) and option.help)
    if command.epilog and "   (" in command.epilog:
        yield command.epilog[command.epilog.index("   (") :].strip()
    for name in command.list_commands(context) if isinstance(command, click.Group) else ():
        below = command.get_command(context, name) if isinstance(command, click.Group) else None
        if below is not None:
            yield from texts(below, click.Context(below, info_name=name, parent=context))


def test_every_text_of_the_help_has_its_japanese() -> None:
    """
    And the table holds nothing that no command says.
    """
    spoken = {*COMMANDS.values(), *texts(cli, click.Context(cli))}

    assert sorted(spoken - HELP.keys()) == []
    assert sorted(HELP.keys() - spoken) == []


def test_a_line_that_was_cut_short_is_a_whole_sentence_in_japanese() -> None:
    """
    In a group's list of commands click shows no more than fits.
    """
    assert said("Write a consistent copy of the SQLite database to PATH,...") == "SQLiteデータベースのバックアップを PATH に作ります。"
    assert said("Something the table does not know.") == "Something the table does not know."


@pytest.mark.parametrize("arguments", [("--help",), ("letter", "--help"), ("health", "enter", "--help"), ("db", "--help")])
def test_the_help_is_japanese_where_the_seller_is(arguments: tuple[str, ...], seller: Seller) -> None:
    """
    Headings, lines and the example's introduction; no line is wider than the terminal.
    """
    seller.monkeypatch.setenv("PREORDER_LANGUAGE", "ja")
    text = seller.runs(*arguments)

    assert text.startswith("使い方：preorder-watchdog")
    assert "オプション：" in text
    assert not re.search(r"Options|Commands|Usage|Example|Show this", text)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("show",), "引数 案件番号|注文番号 がありません。"),
        (("frob",), "frob というコマンドはありません。"),
        (("config", "chek"), "chek というコマンドはありません。"),
        (("flagged", "--al"), "--al というオプションはありません。--all"),
        (("check", "--frob"), "--frob というオプションはありません。"),
        (("letter", "PW-1", "poem"), "poem は使えません。使えるもの：ticket、ticket-phone"),
        (("health", "enter", "late", "--days", "x"), "--days の x は整数ではありません。"),
        (("health", "enter", "late", "--days", "0"), "--days の 0 は範囲外です"),
        (("snooze", "PW-1", "--hours"), "--hours には値が必要です。"),
        (("ack", "a", "b"), "余分な引数があります：b"),
        (("evidence", "PW-1"), "オプション --to がありません。"),
        (("check", "--json=1"), "--json に値は付けられません。"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else "",
)
def test_a_wrong_command_line_is_answered_in_japanese(arguments: tuple[str, ...], sentence: str, seller: Seller) -> None:
    """
    On stderr; exit code 2.
    """
    seller.monkeypatch.setenv("PREORDER_LANGUAGE", "ja")
    seller.runs(*arguments, expect=2)

    assert sentence in seller.errors
    assert not re.search("Usage|Error|Try ", seller.errors)


@pytest.mark.parametrize(
    ("environ", "file", "language"),
    [
        ({}, None, "ja"),
        ({"PREORDER_LANGUAGE": "en"}, "PREORDER_LANGUAGE=ja\n", "en"),
        ({}, 'PREORDER_POLL_MINUTES=5\nexport PREORDER_LANGUAGE="en"\n', "en"),
        ({"PREORDER_MARKETPLACE_IDS": "US,JP"}, None, "en"),
        ({}, "PREORDER_MARKETPLACE_IDS=DE\nPREORDER_LANGUAGE=ja\n", "ja"),
        ({"PREORDER_LANGUAGE": "tlh"}, None, "ja"),
    ],
)
def test_the_languages_short_cut_agrees_with_the_settings(environ: dict[str, str], file: str | None, language: str, tmp_path: Path) -> None:
    """
    Help must not wait for the settings to be loaded, and speaks as they would.
    """
    environ |= {"HOME": str(tmp_path)}
    if file is not None:
        (tmp_path / ".env").write_text(file, "utf-8")

    assert tongue(environ, tmp_path) == language
    assert spoken_language({}, environ, cwd=tmp_path) == language
