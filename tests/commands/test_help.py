"""
Every command explains itself, with an example.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.spoken import every_command
from watchdog import __version__
from watchdog.__main__ import COMMANDS

if TYPE_CHECKING:
    from tests.stories.seller import Seller

_ALL = tuple(every_command())


@pytest.mark.parametrize("words", _ALL, ids=" ".join)
def test_every_command_has_help_with_an_example_of_itself(words: tuple[str, ...], seller: Seller) -> None:
    """
    Also in a folder without any settings or log.
    """
    text = seller.runs(*words, "--help")

    assert f"Example: preorder-watchdog {words[0]}" in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= 100
    assert not (seller.state / "watchdog.db").exists()


def test_the_programs_own_help_names_every_command(seller: Seller) -> None:
    """
    In the table's order, each with its line.
    """
    text = seller.runs("--help")

    places = [text.index(f"\n  {name} ") for name in COMMANDS]
    assert places == sorted(places)
    assert all(line in " ".join(text.split()) for line in COMMANDS.values())


def test_help_needs_no_settings_that_are_right(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Whoever has broken his settings must still be able to read how to mend them.
    """
    monkeypatch.setenv("PREORDER_POLL_MINUTES", "often")

    assert "config check" in seller.runs("config", "--help")


def test_the_version_is_told(seller: Seller) -> None:
    """
    The same that the package carries.
    """
    assert __version__ in seller.runs("--version")


@pytest.mark.parametrize(
    "arguments",
    [("frob",), ("flagged", "--frob"), ("replay",), ("letter", "PW-0001"), ("letter", "PW-0001", "poem"), ("show",), ("db", "x")],
)
def test_what_makes_no_sense_is_answered_with_how_it_is_used(arguments: tuple[str, ...], seller: Seller) -> None:
    """
    Exit code 2, the usage on stderr, nothing on stdout.
    """
    assert seller.runs(*arguments, expect=2) == ""

    assert "--help" in seller.errors
