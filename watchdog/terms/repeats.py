"""
How long after a warning nobody has answered it is said again: the distance grows, so that it nags nobody into deafness.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from watchdog.terms.finding import Severity


@dataclass(frozen=True, slots=True)
class Repeats:
    """
    The distances after the first, second, third … warning; the last one stays. None at all: said once.
    """

    urgent: tuple[timedelta, ...] = tuple(timedelta(hours=hours) for hours in (1, 3, 6, 12, 24))
    warning: tuple[timedelta, ...] = tuple(timedelta(days=days) for days in (1, 2, 4, 7))

    def after(self, severity: Severity, said: int) -> timedelta | None:
        """
        Return how long after the ``said``-th warning (1 for the first) it is said again; None: never. A notice is never repeated.
        """
        distances = {Severity.URGENT: self.urgent, Severity.WARNING: self.warning}.get(severity, ())
        return distances[min(max(said, 1), len(distances)) - 1] if distances else None
