"""
One turn and one delivery in a process of its own, which kills itself when it comes to a point for the n-th time.

``python -m tests.routines.crash_driver STATE_DIR NOW [POINT COUNT]``: messages go to ``STATE_DIR/../sent.txt``, one line each.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog import assemble
from watchdog.settings import load
from watchdog.terms.message import Fate, Message, Receipt

if TYPE_CHECKING:
    from watchdog.routines.points import Point


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
        Write the notice's key, down to the disk.
        """
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{message.notice.key}\n")
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


def main(state_dir: str, now: str, point: str = "", count: str = "0") -> None:
    """
    Walk one turn and deliver.
    """
    state = Path(state_dir)
    moment = datetime.fromisoformat(now)
    settings = load({"state_dir": state_dir, "language": "ja", "log_level": "error"}, {}, cwd=state.parent)
    house = assemble.house(settings, create=True, reached=Crash(point, int(count)))
    house.postman.channels = [Notebook(state.parent / "sent.txt")]
    house.patrol.turn(moment)
    house.postman.deliver(lambda: moment)
    house.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
