"""
Account health as it was said: every figure with its moment and source; history is kept, the newest is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from watchdog.store.schema_cases import health_metrics
from watchdog.terms.health import Aim, HealthFigure, Metric
from watchdog.terms.identity import MarketplaceId

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Row, Select

    from watchdog.store.database import Transaction

_SAID = ("source", "orders", "defects", "rate", "target", "status", "aim", "window_from", "window_to")


def learn(tx: Transaction, figures: Iterable[HealthFigure]) -> int:
    """
    Write the figures down and return how many; the same metric of the same window and moment is replaced by what is said now.
    """
    rows = [{**_key(figure), **{name: getattr(figure, name) for name in _SAID}} for figure in figures]
    tx.put(health_metrics, rows, *_SAID)
    return len(rows)


def _key(figure: HealthFigure) -> dict[str, Any]:
    return {
        "marketplace_id": figure.marketplace_id,
        "metric": figure.metric,
        "window_days": figure.window_days,
        "as_of": figure.as_of,
    }


def latest(tx: Transaction) -> tuple[HealthFigure, ...]:
    """
    Return the newest figure of each marketplace, metric and window; Amazon's order of metrics, the shorter window first.
    """
    mine = health_metrics.c.account_id == tx.account_id
    same = ("account_id", "marketplace_id", "metric", "window_days")
    newest = (
        select(*(health_metrics.c[name] for name in same), func.max(health_metrics.c.as_of).label("as_of"))
        .where(mine)
        .group_by(*(health_metrics.c[name] for name in same))
        .subquery()
    )
    joined = and_(*(health_metrics.c[name] == newest.c[name] for name in (*same, "as_of")))
    found = _figures(tx, select(health_metrics).join(newest, joined))
    order = list(Metric)
    return tuple(sorted(found, key=lambda each: (each.marketplace_id, order.index(each.metric), each.window_days)))


def history(
    tx: Transaction,
    metric: Metric,
    *,
    marketplace_id: MarketplaceId | None = None,
    window_days: int | None = None,
    since: datetime | None = None,
) -> tuple[HealthFigure, ...]:
    """
    Return every figure of the metric, oldest first; only those of one marketplace, window, or from a moment on, where asked.
    """
    query = select(health_metrics).where(health_metrics.c.account_id == tx.account_id, health_metrics.c.metric == metric)
    if marketplace_id is not None:
        query = query.where(health_metrics.c.marketplace_id == marketplace_id)
    if window_days is not None:
        query = query.where(health_metrics.c.window_days == window_days)
    if since is not None:
        query = query.where(health_metrics.c.as_of >= since)
    return _figures(tx, query.order_by(health_metrics.c.as_of, health_metrics.c.marketplace_id, health_metrics.c.window_days))


def _figures(tx: Transaction, query: Select[Any]) -> tuple[HealthFigure, ...]:
    return tuple(_figure(row) for row in tx.connection.execute(query))


def _figure(row: Row[Any]) -> HealthFigure:
    return HealthFigure(
        marketplace_id=MarketplaceId(row.marketplace_id),
        metric=row.metric,
        window_days=row.window_days,
        as_of=row.as_of,
        source=row.source,
        orders=row.orders,
        defects=row.defects,
        rate=row.rate,
        target=row.target,
        status=row.status,
        aim=Aim(row.aim),
        window_from=row.window_from,
        window_to=row.window_to,
    )
