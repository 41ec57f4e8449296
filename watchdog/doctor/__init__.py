"""
The program's own examination: read-only, every point with its fix where something is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.doctor import log, machine, network
from watchdog.doctor.premises import CheckedPoint, Health, Premises

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["EXAMINATIONS", "CheckedPoint", "Health", "Premises", "examine"]

#: In the order in which they are told; those of the machine first, for the rest hangs on them.
EXAMINATIONS: tuple[Callable[[Premises], Iterator[CheckedPoint]], ...] = (
    machine.settings,
    machine.credentials,
    machine.package,
    machine.disk,
    machine.inbox,
    machine.release_list,
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


def examine(premises: Premises) -> tuple[CheckedPoint, ...]:
    """
    Return every point.
    """
    return tuple(point for look in EXAMINATIONS for point in look(premises))
