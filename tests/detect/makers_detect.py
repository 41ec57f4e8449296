"""
The judge's word on a bench with one product.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.makers import CALENDARS, POLICY, a_bench, at
from watchdog.detect import judge

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from watchdog.terms.preorder import Preorder
    from watchdog.terms.verdict import Bench, Context, ExaminedProduct


def product(context: Context, lines: Iterable[Preorder], *, now: datetime | None = None) -> ExaminedProduct:
    """
    Return what the judge says of the product.
    """
    return judged(a_bench(context, *lines), now=now)


def judged(bench: Bench, *, now: datetime | None = None) -> ExaminedProduct:
    """
    Return what the judge says of the bench's only product.
    """
    return judge(bench, policy=POLICY, calendars=CALENDARS, now=now or at(6)).products[0]
