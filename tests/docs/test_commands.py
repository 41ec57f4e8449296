"""
What the pages tell the reader to type works, and what they say comes back does come back.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import sqlite3
from pathlib import Path

import pytest

from tests.docs.pages import LEFT_OUT, READMES, Typed, blocks, pages, typed
from tests.docs.stage import MORNING, Stage
from watchdog.__main__ import COMMANDS

#: Programs of others, and make targets that build or test the whole checkout; each is proved elsewhere or by its own makers.
NOT_PLAYED = tuple(
    f"{name} "
    for name in (
        *("make test", "make check", "make golden"),
        *("python3", "pip", "pipx", "source", "datasette"),
        *("chmod", "cp", "install", "mkdir", "systemctl", "touch"),
        *("curl", "journalctl", "litestream", "loginctl", "man", "sudo"),
        # would change this very machine; tests/daemon plays them in one of their own
        *("preorder-watchdog service", "preorder-watchdog db restore"),
        "preorder-watchdog review",  # serves until it is stopped; tests/review/web starts the real program
    )
)
ALL = tuple(each for page in pages() for each in typed(page))


def _is_played(text: str) -> bool:
    program = Path(shlex.split(text, comments=True)[0]).name
    return not f"{program} {text.partition(' ')[2]} ".startswith(NOT_PLAYED)


PLAYED = tuple({each.text: each for each in ALL if _is_played(each.text)}.values())
SHOWN = tuple(each for each in ALL if each.shown is not None)


def _language(page: str) -> str:
    return "ja" if page.endswith(".ja.md") else "en"


@pytest.mark.parametrize("line", PLAYED, ids=lambda line: line.place)
def test_a_documented_command_line_works(line: Typed, stage: Stage) -> None:
    """
    Every line is what a reader may paste: it ends with exit code 0.
    """
    answer = stage.plays(line.text, language=_language(line.page))

    assert answer.code == 0, answer.text


@pytest.mark.parametrize("line", SHOWN, ids=lambda line: line.place)
def test_a_shown_output_is_what_comes_back(line: Typed, stage: Stage) -> None:
    """
    Between two marks of lines left out, the page shows the real lines in their order, none missing.
    """
    real = stage.plays(line.text, language=_language(line.page)).lines

    assert _differs(line.shown or (), real) is None, "\n".join(real)


def _differs(shown: tuple[str, ...], real: list[str]) -> str | None:
    """
    Return the first line of the first shown part that is not found behind the part before it, or None.
    """
    parts: list[list[str]] = [[]]
    for line in shown:
        if line.strip() == LEFT_OUT:
            parts.append([])
        else:
            parts[-1].append(line.rstrip())
    start = 0
    for part in parts:
        place = next((n for n in range(start, len(real) - len(part) + 1) if real[n : n + len(part)] == part), None)
        if place is None or (part is parts[0] and place != 0 and part):
            return part[0]
        start = place + len(part)
    return parts[-1][-1] if parts[-1] and start != len(real) else None


@pytest.mark.parametrize("page", READMES)
def test_every_command_is_in_the_readme(page: str) -> None:
    """
    What the program can do is said where people look first.
    """
    written = {each.text.removeprefix("preorder-watchdog ").split()[0] for each in typed(page) if "preorder-watchdog " in each.text}

    assert COMMANDS.keys() - written == set()


@pytest.mark.parametrize("page", READMES)
def test_the_release_list_shown_is_understood_as_it_stands(page: str, tmp_path: Path) -> None:
    """
    Copied from the page and dropped into an empty inbox, every line of it becomes a release date.
    """
    stage = Stage(tmp_path)
    (example,) = (block.text for block in blocks(page) if block.language == "csv")
    _drop(stage, "releases.csv", example.encode())
    answer = stage.plays("preorder-watchdog check", language="en")
    with contextlib.closing(sqlite3.connect(stage.state / "watchdog.db")) as database:
        learned = database.execute("SELECT asin, sku, replace(release_date, '-', '/'), title, note FROM release_dates").fetchall()

    assert answer.code == 0, answer.text
    assert [",".join(row) for row in learned] == example.splitlines()[1:]


def test_files_go_where_the_readmes_say(stage: Stage) -> None:
    """
    A read file lies in ``processed``, an unusable one in ``rejected`` with the reason beside it.
    """
    _drop(stage, "holiday.txt", "海の写真\n".encode())
    stage.plays("preorder-watchdog check", language="ja")
    inbox = stage.state / "inbox"

    assert list((inbox / "processed").glob("unshipped-2*.txt"))
    assert list((inbox / "rejected").glob("holiday*.txt.reason.txt"))


def _drop(stage: Stage, name: str, content: bytes) -> None:
    """
    Put a file into the inbox that has stood still for a while.
    """
    path = stage.state / "inbox" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (MORNING.timestamp() - 60, MORNING.timestamp() - 60))
