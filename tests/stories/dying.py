"""
One turn in a process of its own, killed at the n-th point it passes: ``python -m tests.stories.dying NOW N`` (0: it lives).
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from itertools import count

from watchdog import assemble
from watchdog.settings import load


def main() -> None:
    """
    Walk the turn with the settings of the environment.
    """
    now, fatal = datetime.fromisoformat(sys.argv[1]), int(sys.argv[2])
    passed = count(1)

    def strike(_point: object) -> None:
        if next(passed) == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    house = assemble.house(load(), create=True, reached=strike)
    house.patrol.turn(now)
    house.close()


if __name__ == "__main__":
    main()
