"""
Findings as they are stored and listed: those of cases, and notices, which open none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, or_, select

from watchdog.store.chunks import chunks
from watchdog.store.schema_cases import cases, notices
from watchdog.terms.case import CaseState, Outcome
from watchdog.terms.finding import Finding, Subject
from watchdog.terms.identity import CaseNo, OrderKey, ProductId

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import ColumnElement, Row

    from watchdog.store.database import Transaction


@dataclass(frozen=True, slots=True)
class ListedFinding:
    """
    One finding as lists show it, with its case where it has one.
    """

    finding: Finding
    first_seen_at: datetime
    case_no: CaseNo | None = None
    state: CaseState | None = None
    outcome: Outcome | None = None
    open: bool = True


def shown_columns(finding: Finding) -> dict[str, Any]:
    """
    Return the finding as its columns: the whole of it, and what the views show.
    """
    return {
        "finding": finding,
        "rules": ", ".join(finding.rules),
        "cause": finding.cause,
        "confidence": finding.confidence,
        "asin": finding.asin,
        "sku": finding.sku,
        "title": finding.title,
        "ship_by": finding.ship_by,
        "previous_ship_by": finding.previous_ship_by,
        "release_date": finding.release_date,
        "release_source": finding.release_source,
        "siblings_count": finding.siblings.count,
        "siblings_ship_by": finding.siblings.ship_by,
        "order_count": finding.order_count,
        "source": finding.source,
    }


def record_notices(tx: Transaction, standing: Sequence[Finding], *, now: datetime) -> None:
    """
    Keep the findings that open no case; the same subject again renews it, its first sight stays.
    """
    rows = [
        {
            "marketplace_id": finding.subject.marketplace_id,
            "product_id": finding.subject.product_id,
            "order_id": finding.subject.order_id or "",
            "topic": finding.subject.topic,
            "severity": finding.severity,
            "recorded_at": now,
            "first_seen_at": finding.seen_at,
            **shown_columns(finding),
        }
        for finding in standing
    ]
    if standing:
        tx.put(notices, rows, "severity", "recorded_at", *shown_columns(standing[0]))


def drop_notices(tx: Transaction, product_ids: Collection[ProductId], orders: Collection[OrderKey], *, keep: Collection[Subject]) -> None:
    """
    Drop the notices of these products themselves and of these orders, except those whose subject still stands.
    """
    kept = {(s.marketplace_id, s.product_id, s.order_id or "", s.topic) for s in keep}
    of_product = [and_(notices.c.order_id == "", notices.c.product_id.in_(part)) for part in chunks(product_ids)]
    of_order = [notices.c.order_id.in_(part) for part in chunks({key.order_id for key in orders})]
    names = (notices.c.marketplace_id, notices.c.product_id, notices.c.order_id, notices.c.topic)
    for condition in (*of_product, *of_order):
        for row in tx.connection.execute(select(*names).where(notices.c.account_id == tx.account_id, condition)).all():
            if tuple(row) not in kept:
                mine = [column == value for column, value in zip(names, row, strict=True)]
                tx.connection.execute(delete(notices).where(notices.c.account_id == tx.account_id, *mine))


def findings(tx: Transaction, *, everything: bool) -> tuple[ListedFinding, ...]:
    """
    Return the open findings, the most severe and the earliest ship-by first; with ``everything`` also resolved ones and notices.

    A case that a product case has taken over is no finding of its own.
    """
    wanted: list[ColumnElement[bool]] = [] if everything else [cases.c.is_open]
    merged = or_(cases.c.outcome.is_(None), cases.c.outcome != Outcome.MERGED)
    query = select(cases).where(cases.c.account_id == tx.account_id, merged, *wanted)
    listed = [listed_case(row) for row in tx.connection.execute(query)]
    if everything:
        rows = tx.connection.execute(select(notices).where(notices.c.account_id == tx.account_id))
        listed += [ListedFinding(stored_finding(row), row.first_seen_at) for row in rows]
    return tuple(sorted(listed, key=_loudest_first))


def listed_case(row: Row[Any]) -> ListedFinding:
    """
    Return the case's finding with its highest severity, which a resolved one keeps (DOMAIN §7).
    """
    finding = replace(stored_finding(row), severity=row.severity)
    return ListedFinding(finding, row.first_seen_at, CaseNo(row.case_no), row.state, row.outcome, row.is_open)


def _loudest_first(each: ListedFinding) -> tuple[int, bool, date, int, str]:
    finding = each.finding
    return (
        -finding.severity.rank,
        finding.ship_by is None,
        finding.ship_by or date.min,
        each.case_no or 0,
        finding.subject.order_id or finding.subject.topic,
    )


def stored_finding(row: Row[Any]) -> Finding:
    """
    Return the finding; its product may have been merged into another since it was written.
    """
    finding: Finding = row.finding
    if finding.subject.product_id == row.product_id:
        return finding
    return replace(finding, subject=replace(finding.subject, product_id=ProductId(row.product_id)))
