"""
The view models: findings, coverage and sources as other programs read them (DESIGN §5); pure, stable keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from watchdog.review.outcome import outcome_of
from watchdog.terms.identity import show_case_no
from watchdog.terms.moments import show_instant

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from watchdog.store.casebook import ListedFinding
    from watchdog.store.listings import Unlisted
    from watchdog.terms.case import CaseFile, CaseState, CaseStep, Outcome
    from watchdog.terms.finding import Evidence, Finding
    from watchdog.terms.identity import CaseNo, OrderId, ProductId
    from watchdog.terms.look import RowCounts, SourceState
    from watchdog.terms.verdict import Coverage

Json = dict[str, Any]


def document(
    findings: Iterable[ListedFinding],
    *,
    rows: RowCounts,
    coverage: Iterable[Coverage],
    unlisted: Iterable[Unlisted],
    sources: Iterable[SourceState],
) -> Json:
    """
    Return what ``check``, ``replay`` and ``flagged`` print with ``--json``.
    """
    return {
        "findings": [finding_of(listed) for listed in findings],
        "rows": rows_of(rows),
        "coverage": coverage_of(coverage, unlisted),
        "sources": [source_of(source) for source in sources],
    }


def finding_of(listed: ListedFinding) -> Json:
    """
    Return one finding: dates of the marketplace, instants in UTC, enums as DOMAIN spells them.
    """
    return _facts(listed.finding) | _standing(listed.first_seen_at, listed.case_no, listed.state, listed.outcome)


def _facts(finding: Finding) -> Json:
    subject = finding.subject
    return {
        "order_id": subject.order_id,
        "order_item_ids": [item for item in finding.order_item_ids if not item.startswith("sku:")],
        "marketplace_id": subject.marketplace_id,
        "asin": finding.asin,
        "sku": finding.sku,
        "title": finding.title,
        "scope": subject.scope.value,
        "cause": finding.cause.value,
        "confidence": finding.confidence.value,
        "severity": finding.severity.value,
        "rules": [rule.value for rule in finding.rules],
        "ship_by": _day(finding.ship_by),
        "previous_ship_by": _day(finding.previous_ship_by),
        "release_date": _day(finding.release_date),
        "release_source": finding.release_source,
        "siblings": {"count": finding.siblings.count, "ship_by": _day(finding.siblings.ship_by)},
        "source": finding.source,
        "order_count": finding.order_count,
        "orders": list(finding.orders),
        "move_seen": finding.move_seen,
    }


def _standing(first_seen_at: datetime, case_no: CaseNo | None, state: CaseState | None, outcome: Outcome | None) -> Json:
    return {
        "first_seen_at": show_instant(first_seen_at),
        "case_no": show_case_no(case_no) if case_no is not None else None,
        "state": state.value if state is not None else None,
        "resolved": outcome.value if outcome is not None else None,
    }


def rows_of(rows: RowCounts) -> Json:
    """
    Return the order rows' counts; read is the sum of the others.
    """
    return {
        "read": rows.read,
        "used": rows.used,
        "unchanged": rows.unchanged,
        "rejected": rows.rejected,
        "ignored": rows.ignored,
    }


def coverage_of(
    coverage: Iterable[Coverage],
    unlisted: Iterable[Unlisted],
    unwatched: Mapping[ProductId, Sequence[OrderId]] | None = None,
    *,
    unasked: Collection[ProductId] = (),
) -> Json:
    """
    Return what is watched of each product, and the products that may be pre-orders and are not listed.

    With ``unwatched`` each product also names its orders that are not fully watched, and whether its ASIN would let the catalogue be asked.
    """
    products = [_product(each) | _unwatched(each, unwatched, unasked) for each in coverage]
    return {
        "open_orders": sum(each["open_orders"] for each in products),
        "unwatched_orders": sum(each["open_orders"] for each in products if not each["watched"]),
        "products": products,
        "unlisted": [
            {"marketplace_id": each.marketplace_id, "asin": each.asin, "sku": each.sku, "title": each.title, "rows": each.rows}
            for each in unlisted
        ],
    }


def _unwatched(each: Coverage, unwatched: Mapping[ProductId, Sequence[OrderId]] | None, unasked: Collection[ProductId]) -> Json:
    if unwatched is None:
        return {}
    return {"unwatched_order_ids": list(unwatched.get(each.product.id, ())), "catalog_needs_asin": each.product.id in unasked}


def _product(each: Coverage) -> Json:
    return {
        "marketplace_id": each.product.marketplace_id,
        "asin": each.product.asin,
        "sku": each.product.sku,
        "title": each.product.title,
        "open_orders": each.open_orders,
        "watched": each.release_date is not None,
        "gap": each.gap,
        "release_date": _day(each.release_date),
        "release_source": each.release_source,
        "release_dates": [
            {"release_date": _day(said.day), "source": said.source.value, "learned_at": show_instant(said.learned_at)} for said in each.said
        ],
        "sources_disagree": len({said.day for said in each.said}) > 1,
        "without_ship_by": each.without_ship_by,
    }


def source_of(source: SourceState) -> Json:
    """
    Return how a source is doing.
    """
    seen = source.last_saw_ship_dates_at
    return {
        "name": source.name,
        "state": source.state,
        "last_saw_ship_dates_at": show_instant(seen) if seen is not None else None,
        "message": source.message,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def case_of(file: CaseFile) -> Json:
    """
    Return one case with its finding, its evidence and its timeline.
    """
    case = file.case
    return {
        **_facts(case.finding),
        **_standing(case.opened_at, case.no, case.state, case.outcome),
        "version": case.version,
        "opened_at": show_instant(case.opened_at),
        "closed_at": show_instant(case.closed_at) if case.closed_at is not None else None,
        "ticket_no": case.ticket_no,
        "evidence": [_evidence(item) for item in case.finding.evidence],
        "timeline": [_step(step) for step in file.steps],
        **outcome_of(file),
    }


def _evidence(item: Evidence) -> Json:
    return {
        "kind": item.kind.value,
        "old": item.old,
        "new": item.new,
        "before_at": show_instant(item.before_at) if item.before_at is not None else None,
        "seen_at": show_instant(item.seen_at) if item.seen_at is not None else None,
        "source": item.source,
        "note": item.note,
    }


def _step(step: CaseStep) -> Json:
    return {
        "at": show_instant(step.at),
        "event": step.event.value,
        "state": step.state.value,
        "outcome": step.outcome.value if step.outcome is not None else None,
        "by": step.by,
        "detail": dict(step.detail),
    }
