"""
The inbox folder: stable, claimed once, kept with its reasons.
"""

from __future__ import annotations

import fcntl
import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.sources.makers_sources import NAME, a_reading, a_report, a_row, an_order, as_json, read_all
from watchdog.sources.files import modified_at
from watchdog.sources.inbox import Inbox
from watchdog.terms.errors import SourceUnavailable
from watchdog.terms.look import Batch, Kind, Reason, Rest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NOW = datetime(2026, 9, 6, 1, tzinfo=UTC)
HOUR_AGO = NOW - timedelta(hours=1)


class Desk:
    """
    An inbox with a memory of what was absorbed, as the patrol has it.
    """

    def __init__(self, folder: Path, *, language: str = "en", releases: Path | None = None, keep_days: int = 30) -> None:
        """
        Lay out the folder.
        """
        self.folder = folder / "inbox"
        self.known: set[tuple[str, datetime]] = set()
        self.mark: Mapping[str, object] = {}
        self.inbox = Inbox(
            self.folder,
            releases_file=releases,
            reading=a_reading(),
            language=language,
            known=lambda content, as_of: (content, as_of) in self.known,
            keep_days=keep_days,
        )
        self.folder.mkdir(mode=0o700)

    def drop(self, name: str, content: bytes, at: datetime = HOUR_AGO) -> Path:
        """
        Put a file into the inbox, last changed at that moment.
        """
        path = self.folder / name
        path.write_bytes(content)
        os.utime(path, (at.timestamp(), at.timestamp()))
        return path

    def write(self, name: str, content: bytes) -> datetime:
        """
        Write a file into the inbox as programs do; return when that was.
        """
        (self.folder / name).write_bytes(content)
        return modified_at(self.folder / name)

    def poll(self, now: datetime = NOW) -> list[Batch]:
        """
        Absorb all that is ready and return it.
        """
        batches = []
        self.remarks: tuple[Reason, ...] = ()
        for batch in self.inbox.poll(self.mark, now):
            if isinstance(batch, Rest):
                self.remarks = batch.remarks
                continue
            read_all([batch])
            if batch.last and batch.refused is None and batch.look.content:
                self.known.add((batch.look.content, batch.look.as_of))
            self.mark = batch.mark or self.mark
            batches.append(batch)
        return batches

    def files(self, folder: str) -> list[str]:
        """
        Return the names in a folder of the inbox.
        """
        return sorted(path.name for path in (self.folder / folder).iterdir() if path.is_file())

    def reason(self, folder: str) -> str:
        """
        Return the one reason that lies in a folder.
        """
        [path] = (self.folder / folder).glob("*.reason.txt")
        return path.read_text(encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """
    An empty inbox.
    """
    return Desk(tmp_path)


def test_a_file_is_read_and_kept_with_its_time(desk: Desk) -> None:
    """
    The look speaks of the moment the file was last changed, and the kept file still has that time.
    """
    desk.drop("unshipped.txt", a_report(a_row()))

    [batch] = desk.poll()

    assert (batch.look.name, batch.look.as_of) == ("unshipped.txt", HOUR_AGO)
    [kept] = (desk.folder / "processed").iterdir()
    assert kept.name == f"unshipped.{(batch.look.content or '')[:12]}.txt"
    assert kept.stat().st_mtime == HOUR_AGO.timestamp()


def test_the_folders_are_for_the_owner_only(tmp_path: Path) -> None:
    """
    Reports hold buyers' data (DOMAIN §9).
    """
    inbox = Inbox(tmp_path / "deep" / "inbox", releases_file=None, reading=a_reading(), language="en", known=lambda _content, _as_of: False)

    assert list(inbox.poll(None, NOW)) == []

    folders = [tmp_path / "deep" / "inbox" / name for name in (".", "processed", "rejected", ".claimed")]
    assert {folder.stat().st_mode & 0o777 for folder in folders} == {0o700}


def test_a_file_stays_until_the_last_batch_is_committed(desk: Desk) -> None:
    """
    The source is resumed only after the commit, so a crash before it loses nothing.
    """
    desk.drop("unshipped.txt", a_report(a_row()))
    polling = desk.inbox.poll(None, NOW)
    next(polling)

    assert desk.files("processed") == []

    polling.close()  # type: ignore[attr-defined]

    assert desk.files(".") == ["unshipped.txt"]
    assert len(desk.poll()) == 1


@pytest.mark.parametrize("age", [timedelta(0), timedelta(seconds=4), timedelta(seconds=-3)])
def test_a_file_that_was_just_changed_is_left_alone(desk: Desk, age: timedelta) -> None:
    """
    It may still be written; its name is told, and it is taken once it stood still.
    """
    written = desk.write("unshipped.txt", a_report(a_row()))

    assert desk.poll(written + age) == []
    assert desk.inbox.waiting == ("unshipped.txt",)
    assert len(desk.poll(written + timedelta(seconds=10))) == 1


def test_a_file_that_grew_since_the_last_poll_is_left_alone(desk: Desk) -> None:
    """
    Copying programs set an old time on a file that is still growing.
    """
    written = desk.write("unshipped.txt", b"order-id")
    desk.poll(written)
    desk.drop("unshipped.txt", a_report(a_row()))

    assert desk.poll(written + timedelta(minutes=1)) == []
    assert len(desk.poll(written + timedelta(minutes=2))) == 1


def test_a_file_is_as_old_as_it_really_is(desk: Desk) -> None:
    """
    Where an earlier moment is judged, a file of that very moment has long stood still.
    """
    desk.drop("unshipped.txt", a_report(a_row()), at=NOW)

    assert len(desk.poll(NOW)) == 1


def test_a_file_from_the_future_is_taken_as_of_now(desk: Desk) -> None:
    """
    Where an earlier moment is judged, or a clock was wrong, no observation lies ahead of the turn.
    """
    desk.drop("unshipped.txt", a_report(a_row()), at=NOW + timedelta(days=9))

    [batch] = desk.poll()

    assert batch.look.as_of == NOW
    assert [again.look.as_of for again in desk.inbox.again(batch.look.content or "")] == [NOW]


@pytest.mark.parametrize(
    "name", [".hidden", "~$report.txt", "report.txt~", "a.part", "a.crdownload", "a.TMP", "Thumbs.db", "desktop.ini", "a.reason.txt"]
)
def test_litter_is_left_alone(desk: Desk, name: str) -> None:
    """
    Hidden and unfinished files are nobody's report.
    """
    desk.drop(name, a_report(a_row()))

    assert desk.poll() == []
    assert name in desk.files(".")


def test_only_regular_files_are_taken(desk: Desk, tmp_path: Path) -> None:
    """
    Links and folders stay where they are.
    """
    outside = tmp_path / "outside.txt"
    outside.write_bytes(a_report(a_row()))
    (desk.folder / "link.txt").symlink_to(outside)
    (desk.folder / "folder.txt").mkdir()

    assert desk.poll() == []
    assert outside.exists()


def test_release_lists_come_first_then_reports_by_their_time(desk: Desk) -> None:
    """
    An order is judged by the date that was dropped with it, and files are read in the order of what they speak of.
    """
    desk.drop("a.txt", a_report(a_row(order_id="A-2")), at=HOUR_AGO)
    desk.drop("b.txt", a_report(a_row(order_id="A-1")), at=HOUR_AGO - timedelta(days=1))
    desk.drop("z.csv", b"asin,release_date\nB0EXAMPLE1,2026-09-14\n", at=NOW - timedelta(minutes=1))

    assert [batch.look.name for batch in desk.poll()] == ["z.csv", "b.txt", "a.txt"]


def test_a_refused_file_goes_to_rejected_with_its_reason(desk: Desk) -> None:
    """
    In the language of the screens, whole, and never again at the next poll.
    """
    desk.drop("holiday.jpg", b"\xff\xd8\xff\x00")

    [batch] = desk.poll()

    assert batch.refused is not None
    assert batch.refused.code == "file_binary"
    assert "holiday.jpg: this is not a text file" in desk.reason("rejected")
    assert desk.files(".") == []
    assert desk.poll() == []


def test_rejected_rows_are_named_beside_the_file_they_stand_in(tmp_path: Path) -> None:
    """
    The file was used, so it lies in processed; each row is named by line and reason, and no buyer is.
    """
    desk = Desk(tmp_path, language="ja")
    desk.drop("unshipped.txt", a_report(a_row(), a_row(promise_date=NAME), a_row(order_id=""), a_row(order_id="A-1")))

    desk.poll()

    text = desk.reason("processed")
    assert "2 行を使えませんでした" in text
    assert "3行目：列 promise-date" in text
    assert "4行目：列 order-id" in text
    assert NAME not in text


def test_at_most_two_hundred_rows_are_named(desk: Desk) -> None:
    """
    The rest is counted.
    """
    desk.drop("unshipped.txt", a_report(*[a_row(order_id="")] * 300))

    desk.poll()

    lines = desk.reason("processed").splitlines()
    assert len(lines) == 201
    assert "300 rows" in lines[0]


def test_lines_of_a_release_list_are_named_too(desk: Desk) -> None:
    """
    They are no order rows, and told all the same.
    """
    desk.drop("list.csv", b"asin,release_date\nB0EXAMPLE1,\n")

    desk.poll()

    assert "line 2: the row has no release date" in desk.reason("processed")


def test_the_same_rows_of_another_time_are_read(desk: Desk) -> None:
    """
    They say that all is still so, or that it is so again; that is never known from the bytes.
    """
    desk.drop("unshipped.txt", a_report(a_row()))
    desk.poll()
    desk.drop("unshipped.txt", a_report(a_row()), at=NOW - timedelta(minutes=1))

    [batch] = desk.poll()

    assert (batch.refused, len(batch.rows), batch.look.as_of) == (None, 1, NOW - timedelta(minutes=1))


def test_of_equal_files_the_newest_is_read_again(desk: Desk) -> None:
    """
    When a product joins the watch list, its rows are those of the last time.
    """
    desk.drop("unshipped.txt", a_report(a_row()), at=HOUR_AGO)
    desk.poll()
    desk.drop("unshipped.txt", a_report(a_row()), at=NOW - timedelta(minutes=1))
    [batch] = desk.poll()

    [again] = desk.inbox.again(batch.look.content or "")

    assert again.look.as_of == NOW - timedelta(minutes=1)


def test_the_same_rows_of_the_same_time_are_read_once(desk: Desk) -> None:
    """
    A file moved in again is kept with that reason and journalled, so that old facts never pass as new ones.
    """
    desk.drop("unshipped.txt", a_report(a_row()))
    desk.poll()
    desk.drop("again.txt", a_report(a_row()))

    [batch] = desk.poll()

    assert batch.refused is not None
    assert (batch.refused.code, batch.rows, batch.look.complete) == ("file_repeated", (), False)
    assert "already read" in desk.reason("processed")
    assert len([name for name in desk.files("processed") if not name.endswith(".reason.txt")]) == 2
    assert desk.files("rejected") == []


@pytest.mark.parametrize("content", [a_report(), as_json({"orders": []}), b"asin,release_date\nB0EXAMPLE1,2026-09-14\n"])
def test_an_empty_report_or_a_release_list_says_something_each_time(desk: Desk, content: bytes) -> None:
    """
    That nothing is listed, or that a date holds again, is said of the moment it is dropped.
    """
    desk.drop("file", content)
    desk.poll()
    desk.drop("file", content, at=NOW - timedelta(minutes=1))

    [batch] = desk.poll()

    assert batch.refused is None
    assert batch.look.as_of == NOW - timedelta(minutes=1)


def test_two_programs_never_read_the_same_file(desk: Desk) -> None:
    """
    The second finds it claimed, and does not take the claim for a crash's leftover.
    """
    desk.drop("unshipped.txt", a_report(a_row()))
    other = Inbox(desk.folder, releases_file=None, reading=a_reading(), language="en", known=lambda _content, _as_of: False)
    polling = desk.inbox.poll(None, NOW)
    next(polling)

    assert list(other.poll(None, NOW)) == []
    assert list(polling) == []
    assert len(desk.files("processed")) == 1


def test_two_programs_that_saw_the_same_file_read_it_once(desk: Desk) -> None:
    """
    Both listed it before either claimed it.
    """
    desk.drop("a.txt", a_report(a_row(order_id="A-1")))
    desk.drop("b.txt", a_report(a_row(order_id="A-2")))
    other = Inbox(desk.folder, releases_file=None, reading=a_reading(), language="en", known=lambda _content, _as_of: False)
    one, two = desk.inbox.poll(None, NOW), other.poll(None, NOW)

    first, second = next(one), next(two)
    rest = [*one, *two]

    assert isinstance(first, Batch) and isinstance(second, Batch)
    assert {first.look.name, second.look.name} == {"a.txt", "b.txt"}
    assert rest == []


def test_what_a_crash_left_claimed_goes_back(desk: Desk) -> None:
    """
    A killed program holds no lock any more.
    """
    desk.poll()
    left = desk.folder / ".claimed" / "0000abcd"
    left.mkdir()
    desk.drop("unshipped.txt", a_report(a_row())).rename(left / "unshipped.txt")
    desk.drop("unshipped.txt", a_report(a_row(order_id="A-2")))

    names = [batch.look.name for batch in desk.poll()]

    assert sorted(names) == ["unshipped.2.txt", "unshipped.txt"]
    assert not left.exists()


def test_a_file_locked_by_a_living_program_stays_claimed(desk: Desk) -> None:
    """
    Its claimer is at work.
    """
    desk.poll()
    left = desk.folder / ".claimed" / "0000abcd"
    left.mkdir()
    desk.drop("unshipped.txt", a_report(a_row())).rename(left / "unshipped.txt")

    with (left / "unshipped.txt").open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        batches = desk.poll()

    assert batches == []


def test_files_of_one_name_are_all_kept(desk: Desk) -> None:
    """
    Nothing in processed is ever overwritten.
    """
    for number in range(3):
        desk.drop("unshipped.txt", a_report(a_row(order_id=f"A-{number}")))
        desk.poll()

    assert len(desk.files("processed")) == 3


@pytest.mark.parametrize("name", ["report", "未出荷注文 9月.txt", "a.b.c.txt", "長" * 80 + ".txt"])
def test_a_kept_file_is_read_again_as_the_same_look(desk: Desk, name: str) -> None:
    """
    By its content, with the name and time it was dropped with.
    """
    desk.drop(name, a_report(a_row()))
    [first] = desk.poll()

    [again] = desk.inbox.again(first.look.content or "")

    assert again.look.as_of == first.look.as_of
    assert (again.look.source, again.look.content, again.look.complete) == (first.look.source, first.look.content, first.look.complete)
    assert again.rows == first.rows
    assert again.look.name == name or len(name.encode()) > 200


def test_a_kept_file_that_is_gone_is_not_read_again(desk: Desk) -> None:
    """
    Nor one of another content.
    """
    desk.drop("unshipped.txt", a_report(a_row()))
    [first] = desk.poll()

    assert list(desk.inbox.again("0" * 32)) == []
    assert list(desk.inbox.again((first.look.content or "")[:12] + "0" * 20)) == []


def test_the_configured_release_list_is_read_when_it_changes_and_never_moved(tmp_path: Path) -> None:
    """
    The mark remembers the content; going back to an older list is a change of now.
    """
    releases = tmp_path / "releases.csv"
    desk = Desk(tmp_path, releases=releases)

    def save(day: str, at: datetime) -> list[str]:
        releases.write_text(f"asin,release_date\nB0EXAMPLE1,{day}\n", encoding="utf-8")
        os.utime(releases, (at.timestamp(), at.timestamp()))
        return [f"{said.release_date} {batch.look.as_of:%d}" for batch in desk.poll() for said in batch.releases]

    assert save("2026-09-14", NOW - timedelta(days=3)) == ["2026-09-14 03"]
    assert save("2026-09-14", NOW - timedelta(days=2)) == []
    assert save("2026-09-21", NOW - timedelta(days=1)) == ["2026-09-21 05"]
    assert save("2026-09-14", NOW - timedelta(days=3)) == ["2026-09-14 06"]
    assert releases.exists()


def test_a_release_list_inside_the_inbox_is_not_moved_either(tmp_path: Path) -> None:
    """
    It is the configured one, wherever it lies.
    """
    desk = Desk(tmp_path, releases=tmp_path / "inbox" / "releases.csv")
    desk.drop("releases.csv", b"asin,release_date\nB0EXAMPLE1,2026-09-14\n")

    [batch] = desk.poll()

    assert batch.look.kind is Kind.RELEASES
    assert desk.files(".") == ["releases.csv"]


@pytest.mark.parametrize("content", [b"hello\n", a_report(a_row())])
def test_a_configured_release_list_that_is_none_is_refused_once(tmp_path: Path, content: bytes) -> None:
    """
    The column that makes it one is named; it is not said again until the file changes.
    """
    releases = tmp_path / "releases.csv"
    releases.write_bytes(content)
    desk = Desk(tmp_path, releases=releases)

    [batch] = desk.poll()

    assert batch.refused is not None
    assert batch.refused.values["column"] == "release_date"
    assert desk.poll() == []


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_kept_files_are_deleted_after_thirty_days(desk: Desk, days: int, left: int) -> None:
    """
    Reports hold buyers' data: processed and rejected ones are gone then, counted from when they were read.
    """
    desk.drop("old.txt", a_report(a_row()), at=datetime(2020, 1, 1, tzinfo=UTC))
    desk.drop("bad.txt", b"nonsense")
    desk.poll()
    later = modified_at(desk.inbox.folder / ".claimed" / ".clock") + timedelta(days=days)

    desk.poll(later)

    assert [len(desk.files(folder)) for folder in ("processed", "rejected")] == [left, 2 * left]


def test_what_others_put_into_the_folders_of_kept_files_stays(desk: Desk) -> None:
    """
    Only files under the names this program gives are deleted.
    """
    desk.poll()
    (desk.folder / "processed" / "my notes.txt").write_bytes(b"")

    desk.poll(modified_at(desk.folder / "processed" / "my notes.txt") + timedelta(days=400))

    assert desk.files("processed") == ["my notes.txt"]


def test_with_no_days_to_keep_nothing_is_kept_but_the_reason(tmp_path: Path) -> None:
    """
    The file is deleted once it was read; what was wrong with it can still be looked up.
    """
    desk = Desk(tmp_path, keep_days=0)
    desk.drop("good.txt", a_report(a_row()))
    desk.drop("bad.txt", b"nonsense")

    desk.poll()
    desk.poll()

    assert desk.files("processed") == []
    assert [name.endswith(".reason.txt") for name in desk.files("rejected")] == [True]
    assert desk.files("") == []


def test_a_used_report_without_ship_date_has_that_said_beside_it(desk: Desk) -> None:
    """
    The seller learns that this report can't show a reset, though it was used.
    """
    columns = ["order-id", "order-item-id", "purchase-date", "sku"]
    desk.drop("new.txt", a_report(a_row(columns), columns=columns))

    desk.poll()
    [reason] = (desk.folder / "processed").glob("*.reason.txt")

    assert reason.read_text("utf-8").startswith("new.txt: this report carries no ship date")


def test_an_inbox_that_is_no_folder_is_unavailable(tmp_path: Path) -> None:
    """
    The turn goes on without it.
    """
    (tmp_path / "inbox").write_bytes(b"")
    inbox = Inbox(tmp_path / "inbox", releases_file=None, reading=a_reading(), language="en", known=lambda _content, _as_of: False)

    with pytest.raises(SourceUnavailable):
        list(inbox.poll(None, NOW))


def test_a_file_that_cannot_be_read_now_is_told_once_and_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    It stays where it is; the other files are read.
    """
    unreadable = desk.drop("a.txt", a_report(a_row()))
    desk.drop("b.txt", a_report(a_row(order_id="A-2")))
    really = os.open

    def refusing(path: Path, flags: int, mode: int = 0o777) -> int:
        if path == unreadable:
            raise PermissionError(13, "Permission denied")
        return really(path, flags, mode)

    monkeypatch.setattr(os, "open", refusing)
    first = desk.poll()
    second = desk.poll()
    monkeypatch.undo()

    assert [(batch.look.name, batch.refused.code if batch.refused else "") for batch in first] == [
        ("a.txt", "file_unreadable"),
        ("b.txt", ""),
    ]
    assert second == []
    assert [batch.look.name for batch in desk.poll()] == ["a.txt"]


def test_an_order_dump_is_taken_like_a_report(desk: Desk) -> None:
    """
    Any known kind may be dropped.
    """
    desk.drop("orders.json", as_json({"orders": [an_order()]}))

    [batch] = desk.poll()

    assert batch.look.source == "inbox:orders_2026"
