"""
The program's own examination: read-only, every point with its fix where something is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.doctor import log, machine, network
from watchdog.doctor.ground import Ground, Health, Point

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["EXAMINATIONS", "Ground", "Health", "Point", "examine"]

#: In the order in which they are told; those of the machine first, for the rest hangs on them.
EXAMINATIONS: tuple[Callable[[Ground], Iterator[Point]], ...] = (
    machine.settings,
    machine.credentials,
    machine.package,
    machine.disk,
    machine.inbox,
    machine.service,
    network.clock,
    network.channels,
    log.database,
    log.backups,
    log.jobs_done,
    log.sources,
    log.outbox,
    log.coverage,
    log.buyers,
)


def examine(ground: Ground) -> tuple[Point, ...]:
    """
    Return every point.
    """
    return tuple(point for look in EXAMINATIONS for point in look(ground))
