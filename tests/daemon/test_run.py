"""
``preorder-watchdog run`` as a service manager starts it: a process of its own, real files, real channels on this machine.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
from contextlib import closing
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from tests.daemon.running import PROGRAM, ROOT, Daemon, program, reset_today, running, until
from tests.deliver.mail_server import Mailbox, serving
from tests.deliver.servers import answering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.stories.seller import Seller

pytestmark = pytest.mark.slow


@pytest.fixture
def daemon(seller: Seller) -> Iterator[Daemon]:
    """
    A daemon that is ready.
    """
    with running(seller.folder) as daemon:
        yield daemon


def processed(seller: Seller) -> list[str]:
    """
    Return the names of the files that were read.
    """
    return sorted(path.name.split(".")[0] for path in (seller.inbox / "processed").glob("*.*"))


def cases(seller: Seller) -> int:
    """
    Return how many rows the seller sees among the flagged orders.
    """
    with closing(sqlite3.connect(seller.state / "watchdog.db")) as database:
        return int(database.execute("SELECT count(*) FROM flagged_orders").fetchone()[0])


def test_a_reset_in_a_dropped_file_reaches_slack_and_mail_within_seconds(seller: Seller) -> None:
    """
    The very first start, an inbox that did not exist before, no command typed by anybody.
    """
    seller.inbox.rmdir()
    mailbox = Mailbox()
    with answering() as slack, serving(mailbox) as port:
        channels = {
            "PREORDER_SLACK_WEBHOOK_URL": slack.url(),
            "PREORDER_ALLOW_PRIVATE_TARGETS": "1",
            "PREORDER_EMAIL_FROM": "watchdog@example.jp",
            "PREORDER_EMAIL_TO": "seller@example.jp",
            "PREORDER_SMTP_HOST": "127.0.0.1",
            "PREORDER_SMTP_PORT": str(port),
            "PREORDER_SMTP_SECURITY": "none",
        }
        with running(seller.folder, **channels) as daemon:
            until(lambda: "patrol.finished" in daemon.log, within=20)
            order = reset_today(seller)
            dropped = monotonic()
            until(lambda: slack.posts and mailbox.got, within=30)
            latency = monotonic() - dropped
            code = daemon.stops()
    print(f"start to READY {daemon.seconds_to_ready:.2f} s, dropped file to alert {latency:.1f} s")

    assert code == 0
    assert order.order_id in json.dumps(slack.posts[0].json)
    assert len(slack.posts) == len(mailbox.got) == 1, "one message each"
    (letter,) = mailbox.letters()
    assert order.order_id in letter.as_string() or order.order_id in str(letter.get_body(("plain",)))
    assert processed(seller) == ["orders", "releases"]


def test_a_file_that_lay_there_before_the_start_is_read_at_once(seller: Seller) -> None:
    """
    The machine was off when it was dropped.
    """
    reset_today(seller)
    with running(seller.folder) as daemon:
        until(lambda: processed(seller) == ["orders", "releases"], within=20)
        until(lambda: "message.sent" in daemon.log, within=20)


def test_a_check_beside_the_daemon_works(seller: Seller, daemon: Daemon) -> None:
    """
    Either both take turns, or the command says it should be tried again.
    """
    reset_today(seller)
    answer = program(seller.folder, "check", "--json")

    assert answer.returncode in {0, 75}, answer.stderr
    until(lambda: processed(seller) == ["orders", "releases"], within=30)
    until(lambda: cases(seller) == 1, within=10)
    assert daemon.log.count("lane.stumbled") == 0


def test_a_second_daemon_refuses_and_the_first_goes_on(seller: Seller, daemon: Daemon) -> None:
    """
    Two of them would alarm twice.
    """
    second = program(seller.folder, "run")

    assert second.returncode == 75
    assert second.stderr.splitlines()[-1] == (
        f"ほかの preorder-watchdog が動作中です（{seller.state / 'daemon.lock'}）。少し待ってからもう一度実行してください。"
    )
    assert daemon.process.poll() is None


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_stop_is_followed_within_ten_seconds(by: signal.Signals, daemon: Daemon) -> None:
    """
    Said to systemd, and without a trace of trouble.
    """
    assert daemon.stops(by) == 0

    daemon.ear.hears("STOPPING=1", within=1)
    assert "Traceback" not in daemon.log
    assert '"finished": true' in daemon.log


def test_signals_the_starter_wished_ignored_stay_ignored(seller: Seller) -> None:
    """
    A shell's background job is not ended by Ctrl-C, nor one under nohup by the end of its terminal; SIGTERM always ends it.
    """
    with running(seller.folder, ignored="INT,HUP,TERM") as daemon:
        daemon.process.send_signal(signal.SIGINT)
        daemon.process.send_signal(signal.SIGHUP)
        reset_today(seller)
        until(lambda: "message.sent" in daemon.log, within=20)

        assert daemon.process.poll() is None
        assert daemon.stops() == 0


def test_a_reload_moves_into_a_house_of_the_new_settings_or_says_why_not(seller: Seller, daemon: Daemon) -> None:
    """
    A service manager asks with SIGHUP; settings that can't be used leave the watch as it was.
    """
    dotenv = seller.folder / ".env"
    dotenv.write_text("PREORDER_POLL_MINUTES=often\n")
    daemon.process.send_signal(signal.SIGHUP)
    until(lambda: "daemon.reload_refused" in daemon.log, within=20)
    dotenv.write_text(f"PREORDER_POLL_MINUTES=7\nPREORDER_INBOX_DIR={seller.folder / 'elsewhere'}\n")
    daemon.process.send_signal(signal.SIGHUP)
    until(lambda: "daemon.reloaded" in daemon.log, within=20)
    reset_today(seller)
    for file in seller.inbox.iterdir():
        if file.is_file():
            file.rename(seller.folder / "elsewhere" / file.name)
    until(lambda: "message.sent" in daemon.log, within=30)

    assert "PREORDER_POLL_MINUTES" in daemon.log
    assert '"poll_minutes": 7.0' in daemon.log
    assert daemon.ear.all_heard().count("READY=1") == 3
    assert daemon.stops() == 0
    assert "Traceback" not in daemon.log


def test_the_end_of_the_terminal_is_a_stop(seller: Seller) -> None:
    """
    Nobody listens: the program was started by hand, and its window was closed.
    """
    with (seller.folder / "log.txt").open("wb") as log:
        given = os.environ | {"PREORDER_LOG_LEVEL": "info", "PYTHONPATH": str(ROOT)}
        with subprocess.Popen([*PROGRAM, "run"], cwd=seller.folder, env=given, stdout=log, stderr=log) as process:
            try:
                until(lambda: "daemon.started" in (seller.folder / "log.txt").read_text(), within=30)
                process.send_signal(signal.SIGHUP)

                assert process.wait(10) == 0
            finally:
                process.kill()


def test_a_stop_while_the_log_is_held_by_another_program_loses_nothing(seller: Seller, daemon: Daemon) -> None:
    """
    The file goes back to the inbox or stays claimed; the next start reads it.
    """
    daemon.ear.hears("READY=1", within=10)
    with closing(sqlite3.connect(seller.state / "watchdog.db", isolation_level=None)) as other:
        until(lambda: "patrol.finished" in daemon.log, within=20)
        other.execute("BEGIN IMMEDIATE")
        reset_today(seller)
        until(lambda: list((seller.inbox / ".claimed").glob("*/*")), within=20)

        assert daemon.stops() == 0
        other.execute("ROLLBACK")
    (seller.folder / "notify").unlink()
    with running(seller.folder) as again:
        until(lambda: processed(seller) == ["orders", "releases"], within=20)
        until(lambda: "message.sent" in again.log, within=20)


def test_a_log_held_for_a_while_is_survived_without_help(seller: Seller, daemon: Daemon) -> None:
    """
    A backup program or a curious seller: the turn is postponed for seconds, not until the next round of the clock.
    """
    with closing(sqlite3.connect(seller.state / "watchdog.db", isolation_level=None)) as other:
        until(lambda: "patrol.finished" in daemon.log, within=20)
        other.execute("BEGIN IMMEDIATE")
        reset_today(seller)
        until(lambda: "lane.postponed" in daemon.log, within=30)
        other.execute("ROLLBACK")
    until(lambda: "message.sent" in daemon.log, within=60)

    assert processed(seller) == ["orders", "releases"]


def test_the_heartbeat_comes_in_its_rhythm_and_after_a_sleep_of_the_machine(seller: Seller) -> None:
    """
    A sign of life is asked for every second; a stopped process that wakes up goes on giving it.
    """
    with running(seller.folder, WATCHDOG_USEC="1000000") as daemon:
        daemon.ear.hears("WATCHDOG=1", times=3, within=10)
        daemon.process.send_signal(signal.SIGSTOP)
        until(lambda: _state_of(daemon) == "T", within=10)
        so_far = daemon.ear.heard.count("WATCHDOG=1")
        daemon.process.send_signal(signal.SIGCONT)
        daemon.ear.hears("WATCHDOG=1", times=so_far + 2, within=10)

        assert daemon.stops() == 0


def _state_of(daemon: Daemon) -> str:
    with open(f"/proc/{daemon.process.pid}/stat") as file:  # noqa: PTH123 - not a file of ours
        return file.read().rpartition(")")[2].split()[0]


def test_without_being_asked_no_heartbeat_is_given(daemon: Daemon) -> None:
    """
    No WATCHDOG_USEC, no WATCHDOG=1.
    """
    assert daemon.stops() == 0
    daemon.ear.hears("STOPPING=1", within=1)

    assert "WATCHDOG=1" not in daemon.ear.heard


def test_settings_that_cannot_be_used_end_the_start_with_the_code_that_is_not_restarted(seller: Seller) -> None:
    """
    78, which the unit does not try again.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREORDER_POLL_MINUTES", "often")
        answer = program(seller.folder, "run")

    assert answer.returncode == 78
    assert "PREORDER_POLL_MINUTES" in answer.stderr
    assert not (seller.state / "watchdog.db").exists()
