"""
What can go wrong between us and Amazon, grouped by what the source must do then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.errors import SourceChanged, SourceError, SourceRefused, SourceUnavailable

if TYPE_CHECKING:
    from datetime import datetime

    from watchdog.terms.look import Reason


class Later(SourceUnavailable):
    """
    Not now: the bucket is empty, Amazon asks for patience, or nobody answers; ask again at ``again_at``.
    """

    def __init__(self, reason: Reason, again_at: datetime, *, asked: bool) -> None:
        """
        Keep when to ask again, and whether Amazon was asked at all (an empty bucket is no trouble).
        """
        super().__init__(**reason.values)
        _speak(self, reason)
        self.reason = reason
        self.again_at = again_at
        self.asked = asked


class Refused(SourceRefused):
    """
    A credential, an authorisation or a role is missing; asking again changes nothing until a person has acted.
    """

    def __init__(self, reason: Reason, again_at: datetime, *, whole: bool) -> None:
        """
        Keep when it is worth a new try, and whether the ``whole`` account is shut out or one operation only.
        """
        super().__init__(**reason.values)
        _speak(self, reason)
        self.reason = reason
        self.again_at = again_at
        self.whole = whole


class Rejected(SourceError):
    """
    Amazon does not take the request as it is (400): the same request can't help, another interface may.
    """

    def __init__(self, reason: Reason, *, status: int) -> None:
        """
        Keep what Amazon said of it.
        """
        super().__init__(**reason.values)
        _speak(self, reason)
        self.reason = reason
        self.status = status


class Unreadable(SourceChanged):
    """
    The answer is no JSON, or not of the shape the model describes.
    """

    def __init__(self, reason: Reason, again_at: datetime) -> None:
        """
        Keep when to ask again: a cut-off answer may come whole the next time.
        """
        super().__init__(**reason.values)
        _speak(self, reason)
        self.reason = reason
        self.again_at = again_at


def _speak(error: SourceError, reason: Reason) -> None:
    error.code = reason.code  # type: ignore[misc]
