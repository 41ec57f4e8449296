"""
Files handed over by hand, one turn each.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.sources.makers_sources import a_reading, a_report, a_row
from watchdog.sources.replay import FileTurn, replay
from watchdog.terms.errors import SourceUnavailable, UsageError
from watchdog.terms.look import Batch, Kind

if TYPE_CHECKING:
    from pathlib import Path

THIRD, SIXTH = datetime(2026, 9, 3, 1, tzinfo=UTC), datetime(2026, 9, 6, 1, tzinfo=UTC)


def first_of(source: FileTurn) -> Batch:
    """
    Return the first batch the source yields.
    """
    return next(said for said in source.poll(None, THIRD) if isinstance(said, Batch))


def a_file(folder: Path, name: str, at: datetime = THIRD, content: bytes | None = None) -> Path:
    """
    Write a report last changed at that moment.
    """
    path = folder / name
    path.write_bytes(content if content is not None else a_report(a_row(order_id=f"A-{name[0]}")))
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def test_each_file_is_a_turn_at_its_own_time_in_the_given_order(tmp_path: Path) -> None:
    """
    ``@ISO`` says when a file was seen, else its modification time.
    """
    one, two = a_file(tmp_path, "a.txt", SIXTH), a_file(tmp_path, "b.txt", SIXTH)

    turns = list(replay([f"{two}@2026-09-03T10:00:00+09:00", str(one)], reading=a_reading()).turns())
    batches = [first_of(source) for _, source in turns]

    assert [at for at, _ in turns] == [THIRD, SIXTH]
    assert [(batch.look.name, batch.look.as_of) for batch in batches] == [("b.txt", THIRD), ("a.txt", SIXTH)]


def test_an_instant_without_offset_is_local_time_of_home(tmp_path: Path) -> None:
    """
    Ten in the morning in Japan.
    """
    path = a_file(tmp_path, "a.txt")

    assert [at for at, _ in replay([f"{path}@2026-09-06T10:00:00"], reading=a_reading()).turns()] == [SIXTH]


def test_a_path_that_holds_an_at_sign_is_a_path(tmp_path: Path) -> None:
    """
    What exists as it was typed is meant.
    """
    path = a_file(tmp_path, "a@2026.txt")

    assert [file.path for file in replay([str(path)], reading=a_reading()).files] == [path]


def test_a_folder_stands_for_its_files_by_time_then_name(tmp_path: Path) -> None:
    """
    Litter and folders inside it are left alone.
    """
    for name, at in (("c.txt", THIRD), ("b.txt", SIXTH), ("a.txt", SIXTH), (".hidden", THIRD), ("x.tmp", THIRD)):
        a_file(tmp_path, name, at)
    (tmp_path / "processed").mkdir()

    assert [file.path.name for file in replay([str(tmp_path)], reading=a_reading()).files] == ["c.txt", "a.txt", "b.txt"]


def test_a_release_list_given_apart_is_known_from_the_beginning(tmp_path: Path) -> None:
    """
    Whenever it was written.
    """
    report = a_file(tmp_path, "a.txt", THIRD)
    releases = a_file(tmp_path, "releases.csv", SIXTH, b"asin,release_date\nB0EXAMPLE1,2026-09-14\n")

    turns = list(replay([str(report)], reading=a_reading(), releases=releases).turns())

    assert [at for at, _ in turns] == [THIRD, THIRD]
    assert first_of(turns[0][1]).look.kind is Kind.RELEASES


def test_an_earlier_file_is_read_again_by_its_content(tmp_path: Path) -> None:
    """
    As the same look, from any later turn.
    """
    files = replay([str(a_file(tmp_path, "a.txt")), str(a_file(tmp_path, "b.txt", SIXTH))], reading=a_reading())
    (_, one), (_, two) = files.turns()
    first = first_of(one)

    [again] = two.again(first.look.content or "")

    assert again.look == first.look
    assert list(two.again("unknown")) == []
    assert list(two.look([], THIRD)) == []


@pytest.mark.parametrize(("argument", "code"), [("absent.txt", "path_absent"), ("absent.txt@2026-09-06", "path_absent")])
def test_a_path_that_does_not_exist_is_a_usage_error(tmp_path: Path, argument: str, code: str) -> None:
    """
    Before anything is read.
    """
    with pytest.raises(UsageError) as error:
        replay([str(tmp_path / argument)], reading=a_reading())

    assert error.value.code == code


@pytest.mark.parametrize("text", ["soon", "", "1970-01-01T00:00:00Z"])
def test_what_is_no_instant_is_a_usage_error(tmp_path: Path, text: str) -> None:
    """
    The text is named.
    """
    path = a_file(tmp_path, "a.txt")

    with pytest.raises(UsageError) as error:
        replay([f"{path}@{text}"], reading=a_reading())

    assert error.value.code == "instant_unreadable"


def test_a_file_that_vanished_is_an_unavailable_source(tmp_path: Path) -> None:
    """
    The other turns go on.
    """
    path = a_file(tmp_path, "a.txt")
    files = replay([str(path)], reading=a_reading())
    path.unlink()

    with pytest.raises(SourceUnavailable):
        list(files.poll(None, THIRD))
