"""
How often Amazon is asked: full sweeps as the backbone, increments between them, within the day's allowance. Pure arithmetic.
"""

from __future__ import annotations

from datetime import timedelta

from watchdog.sources.spapi.operations import REFILL_SHARE

_DAY = 86_400.0
#: Between two increments, as long as the allowance lets it be so.
UPDATES_EVERY = timedelta(minutes=4)
_UPDATES_AT_LEAST = timedelta(minutes=15)
#: While a long sweep goes on, its pages need the tokens more: they show every order, not only those Amazon calls updated.
UPDATES_WHILE_SWEEPING = timedelta(minutes=12)
#: Sweeps a day that increments make way for.
_SWEEPS_A_DAY = 4
#: Even the smallest shop is not swept more often than this.
_SWEEP_AT_MOST = timedelta(minutes=4)


def updates_every(pages: int, rate: float) -> timedelta:
    """
    Return the time between two increments of a shop whose sweep has so many pages, at so many requests a second.
    """
    calls = rate * REFILL_SHARE * _DAY
    for_updates = max(calls - _SWEEPS_A_DAY * pages, _DAY / _UPDATES_AT_LEAST.total_seconds())
    return min(max(timedelta(seconds=_DAY / for_updates), UPDATES_EVERY), _UPDATES_AT_LEAST)


def sweep_every(pages: int, rate: float) -> timedelta:
    """
    Return the time between two sweeps: what the increments leave of the day's allowance is theirs.
    """
    calls = rate * REFILL_SHARE * _DAY
    left = calls - _DAY / updates_every(pages, rate).total_seconds()
    return max(timedelta(seconds=max(pages, 1) * _DAY / left), _SWEEP_AT_MOST)
