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

    COMMIT_NEAR = "commit.near"  #: of any transaction: all is written, nothing is kept yet
    COMMITTED = "committed"
    FILE_CLAIMED = "file.claimed"
    FILE_READ = "file.read"  #: all its batches are committed, it still lies among the claimed
    FILE_ARCHIVED = "file.archived"
    BATCH_READ = "batch.read"
    BATCH_ABSORBED = "batch.absorbed"
    SOURCES_ABSORBED = "sources.absorbed"
    JUDGED_UNCOMMITTED = "judged.uncommitted"
    JUDGED = "judged"
    CLAIM_UNCOMMITTED = "claim.uncommitted"
    MESSAGE_CLAIMED = "message.claimed"
    MESSAGE_SENT = "message.sent"
    SETTLE_UNCOMMITTED = "settle.uncommitted"
    MESSAGE_SETTLED = "message.settled"


#: Told at every point; the program does nothing there.
Reached = Callable[[Point], None]


def pass_by(_point: Point) -> None:
    """
    Go on.
    """
