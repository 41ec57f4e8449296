"""
A seller's days in a process that dies: files are dropped day by day, each day with a turn and a delivery.

``python -m tests.routines.crash_driver`` reads one job a line from stdin, does each in a child of its own and answers with how it ended.
The days of a job: a reset order among healthy ones, then its restoration. Messages go to ``sent.txt``, one line each.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog import assemble
from watchdog.settings import load
from watchdog.terms.message import Fate, Message, Receipt

if TYPE_CHECKING:
    from collections.abc import Callable

    from watchdog.routines.points import Point

#: A message that a dead process has claimed is free again when its lease is over.
LEASE = timedelta(minutes=10)


class Notebook:
    """
    A channel that writes down, for good, what it was handed.
    """

    name = "console"

    def __init__(self, path: Path) -> None:
        """
        Keep where to write.
        """
        self.path = path

    def send(self, message: Message) -> Receipt:
        """
        Write key, kind and cases, down to the disk.
        """
        notice = message.notice
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{notice.key} {notice.kind.value} {','.join(map(str, notice.case_nos))}\n")
            file.flush()
            os.fsync(file.fileno())
        return Receipt(Fate.SENT, "written down")


class Crash:
    """
    Kills the process, without any farewell, at the n-th passing of a point.
    """

    def __init__(self, point: str, count: int) -> None:
        """
        Keep where and when to strike.
        """
        self.point = point
        self.left = count

    def __call__(self, point: Point) -> None:
        """
        Count, and strike when the time has come.
        """
        if point == self.point:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def live(folder: Path, days: list[str], reached: Callable[[Point], None], attempt: int) -> None:
    """
    Live the days that were not lived to their end: drop each day's files, walk one turn, deliver.
    """
    coming, inbox = folder / "coming", folder / "state" / "inbox"
    settings = load({"state_dir": str(folder / "state"), "language": "ja", "log_level": "error"}, {}, cwd=folder)
    house = assemble.house(settings, create=True, reached=reached)
    house.postman.channels = [Notebook(folder / "sent.txt")]
    lived = folder / "lived"
    for number, day in enumerate(days):
        if (lived / str(number)).exists():
            continue
        now = datetime.fromisoformat(day) + attempt * LEASE
        for file in sorted(coming.glob(f"{number}-*")):
            file.rename(inbox / file.name)
        house.patrol.turn(now)
        house.postman.deliver(lambda now=now: now)  # type: ignore[misc]
        (lived / str(number)).touch()
    house.close()


def _serve(job: dict[str, object]) -> int:
    """
    Do one job in a child and return how it ended: 0, or minus the signal.
    """
    if "warm" in job:  # all that is imported or worked out on first use is then there for every child
        live(Path(str(job["folder"])), _days(job), lambda _point: None, 0)
        return 0
    child = os.fork()
    if child == 0:
        try:
            reached = Crash(str(job.get("point", "")), int(str(job.get("count", 0))))
            live(Path(str(job["folder"])), _days(job), reached, int(str(job["attempt"])))
        except BaseException as error:  # noqa: BLE001 - a child must never come back into the loop of its parent
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    if "after" in job:
        threading.Timer(float(str(job["after"])), _kill, (child,)).start()
    status = os.waitpid(child, 0)[1]
    return os.waitstatus_to_exitcode(status)


def _days(job: dict[str, object]) -> list[str]:
    days = job["days"]
    return [str(day) for day in days] if isinstance(days, list) else []


def _kill(child: int) -> None:
    try:
        os.kill(child, signal.SIGKILL)
    except ProcessLookupError:
        return


def main() -> None:
    """
    Answer job after job until there are no more.
    """
    for line in sys.stdin:
        begun = time.monotonic()
        ended = _serve(json.loads(line))
        print(json.dumps({"ended": ended, "took": time.monotonic() - begun}), flush=True)


if __name__ == "__main__":
    main()
