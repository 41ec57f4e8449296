"""
The timelines of several cases at once, as deadlines need them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from watchdog.store.chunks import chunks
from watchdog.store.schema_cases import case_steps
from watchdog.terms.case import CaseEvent, CaseStep
from watchdog.terms.identity import CaseNo

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from watchdog.store.database import Transaction


def of_cases(tx: Transaction, numbers: Collection[CaseNo]) -> Mapping[CaseNo, tuple[CaseStep, ...]]:
    """
    Return every step of each of these cases, oldest first.
    """
    found: dict[CaseNo, list[CaseStep]] = defaultdict(list)
    for part in chunks(numbers):
        query = select(case_steps).where(case_steps.c.account_id == tx.account_id, case_steps.c.case_no.in_(part))
        for row in tx.connection.execute(query.order_by(case_steps.c.case_no, case_steps.c.step_no)):
            number = CaseNo(row.case_no)
            found[number].append(CaseStep(number, row.at, CaseEvent(row.event), row.state, row.by, row.outcome, row.detail, row.rings))
    return {number: tuple(steps) for number, steps in found.items()}
