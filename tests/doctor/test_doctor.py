"""
The doctor says of everything that is wrong what it is and how to mend it, and changes nothing.
"""

from __future__ import annotations

import json
import os
import re
import socket
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import watchdog.doctor
from tests.stories.seller import Seller, noon
from watchdog.doctor import CheckedPoint, Health, Premises, examine
from watchdog.settings import load
from watchdog.store import copies, jobs, open_store
from watchdog.store.schema import lines
from watchdog.terms.doctor_words import POINTS
from watchdog.terms.errors import StoreAbsent
from watchdog.terms.look import Reason, SourceState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchdog.store import Store

_NOW = noon("2026-09-05")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """
    A log in a file, with a fresh backup beside it.
    """
    (tmp_path / "inbox").mkdir(mode=0o700)
    store = open_store(f"sqlite:///{tmp_path / 'watchdog.db'}", create=True)
    copies.save(store, tmp_path / "backups", now=_NOW, daily=7)
    yield store
    store.close()


def premises(folder: Path, store: Store | None, **fields: Any) -> Premises:
    """
    Return what the doctor is given, all of it well.
    """
    settings = load({"state_dir": str(folder), "language": "en"}, {"HOME": str(folder)}, cwd=folder)
    given: dict[str, Any] = {"now": _NOW, "log_path": str(folder / "watchdog.db"), "api_url": None, "store": store, "channels": ("email",)}
    return Premises(settings, **(given | fields))


def failing(points: tuple[CheckedPoint, ...]) -> dict[str, str]:
    """
    Return name → code of every failed point; each must name its fix.
    """
    failed = [point for point in points if point.health is Health.FAILED]
    assert all(point.fix is not None for point in failed)
    return {point.name: point.found.code for point in failed}


def test_where_all_is_well_nothing_is_to_be_done(tmp_path: Path, store: Store) -> None:
    """
    Every point is told, in both languages, and nothing is written.
    """
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file() and not path.name.endswith(("-shm", "-wal"))}
    points = examine(premises(tmp_path, store))
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file() and not path.name.endswith(("-shm", "-wal"))}

    assert failing(points) == {}
    assert after == before
    assert all(point.told(language)["found"] for point in points for language in ("ja", "en"))
    assert {"settings", "package", "disk", "inbox", "database", "backups", "outbox", "coverage", "buyer data"} <= {
        point.name for point in points
    }


def test_every_point_has_a_name_for_people(tmp_path: Path, store: Store) -> None:
    """
    In both languages; the command line and the page share them.
    """
    code = "".join(path.read_text("utf-8") for path in Path(watchdog.doctor.__file__).parent.glob("*.py"))
    named = set(re.findall(r'(?:well|skipped|failed|CheckedPoint)\(\s*"([a-z ]+)"', code))

    assert named == POINTS.keys()
    assert {point.name for point in examine(premises(tmp_path, store))} <= named


def test_what_is_wrong_with_the_log_is_named(tmp_path: Path, store: Store) -> None:
    """
    A job that fails, a source that is silent, a backup three days old, a stranger's address in a title.
    """
    with store.writing() as tx:
        jobs.note(tx, "upkeep.backup", at=_NOW, took_ms=1, trouble=Reason("store_full", {"path": "/b", "problem": "full"}))
        row = {"marketplace_id": "JP", "order_id": "250-0000000-0000001", "line_key": "1", "product_id": 1, "line_id": 1}
        flags = dict.fromkeys(("marked", "is_open", "listed", "moved_earlier", "cancel_requested"), False)
        tx.add(lines, [{**row, **flags, "sku": "CD 〒150-0001 hanako@example.jp", "last_state": 0}])
    late = premises(tmp_path, store, now=_NOW + timedelta(days=4), sources=(SourceState("spapi", "silent", None, "nothing"),))

    assert failing(examine(late)) == {
        "jobs": "doctor_job_fails",
        "sources": "doctor_source",
        "backups": "doctor_old_backup",
        "buyer data": "doctor_buyers",
        "database": "store_damaged",
    }


def test_a_log_that_is_not_there_yet_is_no_trouble(tmp_path: Path) -> None:
    """
    Before the first start; the rest is examined all the same.
    """
    points = examine(premises(tmp_path, None, trouble=StoreAbsent(path="x")))

    assert failing(points) == {}
    assert {point.name: point.health for point in points}["database"] is Health.SKIPPED


@pytest.mark.skipif(os.geteuid() != 0, reason="root alone is let in everywhere")
def test_an_inbox_open_to_everybody_and_a_readable_secret_are_named(tmp_path: Path, store: Store) -> None:
    """
    Reports hold buyers' data, and a secret is one no more.
    """
    (tmp_path / "inbox").chmod(0o777)
    (tmp_path / "smtp_password").write_text("x")
    (tmp_path / "smtp_password").chmod(0o644)
    given = premises(tmp_path, store, secrets={"smtp_password": f"credential file {tmp_path / 'smtp_password'}"})

    assert failing(examine(given)) == {"inbox": "doctor_inbox_open", "credentials": "doctor_exposed"}


def test_doors_are_knocked_at_and_nothing_is_sent(tmp_path: Path, store: Store) -> None:
    """
    One is open, one is closed.
    """
    with socket.socket() as door, closing(socket.socket()) as closed:
        door.bind(("127.0.0.1", 0))
        door.listen()
        closed.bind(("127.0.0.1", 0))
        doors = (("slack", "127.0.0.1", door.getsockname()[1]), ("email", "127.0.0.1", closed.getsockname()[1]))
        points = examine(premises(tmp_path, store, doors=doors, channels=("slack", "email")))
        caller, _ = door.accept()
        with caller:
            said = caller.recv(100)

    assert [point.health for point in points if point.name == "channels"] == [Health.WELL, Health.FAILED]
    assert said == b""


def test_the_command_tells_machines_and_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    One document, one exit code: 0 here, 78 where the settings can't be used.
    """
    seller = Seller(tmp_path, monkeypatch, language="en")
    seller.runs("check")
    with closing(open_store(f"sqlite:///{seller.state / 'watchdog.db'}")) as store:
        copies.save(store, seller.state / "backups", now=_NOW + timedelta(days=900), daily=7)
    told = json.loads(seller.runs("doctor", "--json"))
    screen = seller.runs("doctor")
    monkeypatch.setenv("PREORDER_POLL_MINUTES", "often")
    wrong = json.loads(seller.runs("doctor", "--json", expect=78))

    assert told["status"] == "ok"
    assert {point["state"] for point in told["points"]} <= {"ok", "note", "skipped"}
    assert "✓ Database: " in screen
    assert wrong["points"][0]["name"] == "settings"
    assert "PREORDER_POLL_MINUTES" in wrong["points"][0]["found"]
