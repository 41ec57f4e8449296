"""
The named points of a turn at which a crash must lose and double nothing; tests stop the process there.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Point(StrEnum):
    """
    A boundary between two steps that are committed apart.
    """

    BATCH_READ = "batch.read"
    BATCH_ABSORBED = "batch.absorbed"
    SOURCES_ABSORBED = "sources.absorbed"
    JUDGED_UNCOMMITTED = "judged.uncommitted"
    JUDGED = "judged"
    MESSAGE_CLAIMED = "message.claimed"
    MESSAGE_SENT = "message.sent"
    MESSAGE_SETTLED = "message.settled"


#: Told at every point; the program does nothing there.
Reached = Callable[[Point], None]


def pass_by(_point: Point) -> None:
    """
    Go on.
    """
