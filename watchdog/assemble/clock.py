"""
The one clock of the program.
"""

from __future__ import annotations

from datetime import UTC, datetime


def clock() -> datetime:
    """
    Return the present instant in whole seconds; the program's only look at the clock.
    """
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - the clock's one home
