"""
The fake's time: set by the test, or the machine's own with a speed at which buckets refill and stories go on.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """
    A moment the test moves; whole seconds are usual but not required.
    """

    def __init__(self, start: datetime) -> None:
        """
        Stand at that moment.
        """
        self._now = start

    def now(self) -> datetime:
        """
        Return the moment.
        """
        return self._now

    def set(self, moment: datetime) -> None:
        """
        Stand at another moment from now on.
        """
        self._now = moment

    def pass_by(self, time: timedelta) -> None:
        """
        Let that much time go by.
        """
        self._now += time


class MachineClock(Clock):
    """
    The machine's own time.
    """

    def __init__(self) -> None:
        """
        Begin with the present.
        """
        super().__init__(datetime.now(UTC))

    def now(self) -> datetime:
        """
        Return the present.
        """
        return datetime.now(UTC)
