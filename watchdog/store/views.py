"""
What a seller sees in the database (DESIGN §6): stable views in plain words, local dates, instants in columns ending ``_utc``.

One definition for SQLite and PostgreSQL, used by the migrations and by ``create_all`` alike; a migration drops a changed view and makes it
anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection


def _padded(number: str) -> str:
    """
    Return SQL for the case number as people write it; neither database has the other's way to pad.
    """
    zeros = f"CASE WHEN {number} < 10 THEN '000' WHEN {number} < 100 THEN '00' WHEN {number} < 1000 THEN '0' ELSE '' END"
    return f"'PW-' || {zeros} || CAST({number} AS TEXT)"


def _yes(condition: str) -> str:
    return f"CASE WHEN {condition} THEN 'yes' ELSE 'no' END"


_FLAGGED_ORDERS = f"""
SELECT c.account_id AS account_id,
       {_padded("c.case_no")} AS case_no,
       o.order_id AS order_id,
       CASE WHEN c.order_id IS NULL THEN 'product' ELSE 'order' END AS scope,
       c.asin AS asin,
       COALESCE(CASE WHEN c.order_id IS NULL THEN l.sku END, c.sku) AS sku,
       c.title AS title,
       c.marketplace_id AS marketplace_id,
       c.state AS state,
       c.outcome AS outcome,
       c.severity AS severity,
       c.cause AS cause,
       c.confidence AS confidence,
       c.rules AS rules,
       CASE WHEN c.order_id IS NULL THEN COALESCE(l.ship_by, c.ship_by) ELSE c.ship_by END AS ship_by,
       c.previous_ship_by AS previous_ship_by,
       c.release_date AS release_date,
       c.release_source AS release_source,
       c.siblings_count AS siblings_count,
       c.siblings_ship_by AS siblings_ship_by,
       c.order_count AS affected_orders,
       c.source AS source,
       c.ticket_no AS ticket_no,
       c.first_seen_at AS first_seen_at_utc,
       c.opened_at AS opened_at_utc,
       c.closed_at AS closed_at_utc
FROM cases c
JOIN case_orders o ON o.account_id = c.account_id AND o.case_no = c.case_no
LEFT JOIN (
    SELECT account_id, order_id, product_id, MIN(sku) AS sku, MIN(ship_by) AS ship_by
    FROM lines GROUP BY account_id, order_id, product_id
) l ON l.account_id = c.account_id AND l.order_id = o.order_id AND l.product_id = c.product_id
"""

_CASE_TIMELINE = f"""
SELECT s.account_id AS account_id,
       {_padded("s.case_no")} AS case_no,
       s.step_no AS step,
       s.at AS at_utc,
       s.event AS event,
       s.state AS state_after,
       s.outcome AS outcome,
       s.by AS done_by,
       {_yes("s.rings")} AS rang,
       s.detail AS detail,
       c.order_id AS order_id,
       c.asin AS asin
FROM case_steps s
JOIN cases c ON c.account_id = s.account_id AND c.case_no = s.case_no
"""

_ALERTS_SENT = """
SELECT m.account_id AS account_id,
       m.message_no AS message_no,
       m.channel AS channel,
       m.kind AS kind,
       m.severity AS severity,
       m.subject AS subject,
       CASE WHEN m.sent_at IS NOT NULL THEN 'sent'
            WHEN m.dead_at IS NOT NULL THEN 'given up'
            WHEN m.withdrawn_at IS NOT NULL AND m.listed_in IS NOT NULL THEN 'summed up'
            WHEN m.withdrawn_at IS NOT NULL THEN 'withdrawn'
            ELSE 'waiting' END AS fate,
       m.attempts AS attempts,
       m.answer AS answer,
       m.created_at AS created_at_utc,
       m.sent_at AS sent_at_utc,
       m.sha256 AS sha256
FROM messages m
"""


def _said_before(column: str) -> str:
    """
    Return SQL for what had last been said of the line before this state.
    """
    return f"""(
        SELECT p.{column} FROM states p
        WHERE p.account_id = s.account_id AND p.line_id = s.line_id AND p.listed AND p.{column} IS NOT NULL
          AND (p.as_of < s.as_of OR (p.as_of = s.as_of AND p.state_no < s.state_no))
        ORDER BY p.as_of DESC, p.state_no DESC LIMIT 1
    )"""


_ORDER_HISTORY = f"""
SELECT s.account_id AS account_id,
       l.order_id AS order_id,
       l.line_key AS order_item,
       r.asin AS asin,
       l.sku AS sku,
       r.title AS title,
       l.marketplace_id AS marketplace_id,
       s.as_of AS seen_at_utc,
       k.source AS source,
       k.name AS seen_in,
       {_yes("s.listed")} AS listed,
       {_said_before("status")} AS previous_status,
       s.status AS status,
       {_said_before("ship_by")} AS previous_ship_by,
       s.ship_by AS ship_by,
       s.payment AS payment,
       CASE WHEN s.cancel_requested IS NULL THEN NULL WHEN s.cancel_requested THEN 'yes' ELSE 'no' END AS cancel_requested,
       s.cancelled_by AS cancelled_by,
       s.fulfillable_at AS ready_to_ship_at_utc,
       s.shipped_at AS shipped_at_utc,
       {_yes("s.late")} AS arrived_late,
       s.state_no AS state_no
FROM states s
JOIN lines l ON l.account_id = s.account_id AND l.line_id = s.line_id
JOIN products r ON r.account_id = l.account_id AND r.product_id = l.product_id
JOIN looks k ON k.account_id = s.account_id AND k.look_no = s.look_no
"""

_RELEASE_DATES = """
SELECT v.account_id AS account_id,
       v.marketplace_id AS marketplace_id,
       v.asin AS asin,
       v.sku AS sku,
       v.release_date AS release_date,
       v.source AS source,
       v.title AS title,
       v.note AS note,
       v.learned_at AS learned_at_utc,
       v.repeated_at AS last_said_at_utc,
       k.name AS said_in
FROM releases v
JOIN looks k ON k.account_id = v.account_id AND k.look_no = v.look_no
"""

_COVERAGE = """
SELECT w.account_id AS account_id,
       r.marketplace_id AS marketplace_id,
       r.asin AS asin,
       r.sku AS sku,
       r.title AS title,
       w.open_orders AS open_orders,
       w.without_ship_by AS orders_without_ship_by,
       w.release_date AS release_date,
       w.release_source AS release_source,
       w.gap AS not_watched_because
FROM coverage_rows w
JOIN products r ON r.account_id = w.account_id AND r.product_id = w.product_id
UNION ALL
SELECT u.account_id, u.marketplace_id, u.asin, u.sku, u.title, u.rows, 0, NULL, NULL, 'not_listed_in_releases'
FROM unlisted_products u
"""

_INTAKE = """
SELECT k.account_id AS account_id,
       k.look_no AS look_no,
       k.source AS source,
       k.name AS name,
       k.kind AS kind,
       k.as_of AS as_of_utc,
       k.started_at AS taken_in_at_utc,
       CASE WHEN k.refused IS NOT NULL THEN 'refused' WHEN k.finished_at IS NULL THEN 'unfinished' ELSE 'done' END AS state,
       k.rows_used + k.rows_unchanged + k.rows_rejected + k.rows_ignored AS rows_read,
       k.rows_used AS rows_used,
       k.rows_unchanged AS rows_unchanged,
       k.rows_rejected AS rows_rejected,
       k.rows_ignored AS rows_ignored,
       d.place AS line,
       COALESCE(d.reason, k.refused, k.remark) AS reason
FROM looks k
LEFT JOIN defects d ON d.account_id = k.account_id AND d.look_no = k.look_no
"""

_ACCOUNT_HEALTH = """
SELECT h.account_id AS account_id,
       h.marketplace_id AS marketplace_id,
       h.metric AS metric,
       h.window_days AS window_days,
       h.orders AS orders,
       h.defects AS defects,
       h.rate AS rate,
       h.target AS target,
       CASE h.aim WHEN 'above' THEN 'stay above' WHEN 'below' THEN 'stay below' ELSE 'stay at' END AS aim,
       h.status AS status,
       h.window_from AS window_from,
       h.window_to AS window_to,
       h.source AS source,
       h.as_of AS as_of_utc
FROM health_metrics h
"""

_ACCOUNT_CONDITIONS = """
SELECT c.account_id AS account_id,
       c.kind AS kind,
       c.subject AS subject,
       c.severity AS severity,
       c.reason AS reason,
       CASE WHEN c.ended_at IS NULL THEN 'stands' ELSE 'over' END AS state,
       c.since AS since_utc,
       c.rung AS times_said,
       c.rang_at AS last_said_at_utc,
       c.ended_at AS ended_at_utc
FROM conditions c
"""

VIEWS: Mapping[str, str] = {
    "flagged_orders": _FLAGGED_ORDERS,
    "case_timeline": _CASE_TIMELINE,
    "alerts_sent": _ALERTS_SENT,
    "order_history": _ORDER_HISTORY,
    "release_dates": _RELEASE_DATES,
    "coverage": _COVERAGE,
    "intake": _INTAKE,
    "account_health": _ACCOUNT_HEALTH,
    "account_conditions": _ACCOUNT_CONDITIONS,
}


def create_views(connection: Connection) -> None:
    """
    Make every view; the tables exist.
    """
    for name, query in VIEWS.items():
        connection.execute(text(f"CREATE VIEW {name} AS {query}"))


def drop_views(connection: Connection) -> None:
    """
    Drop every view, so that tables may be rebuilt beneath them.
    """
    for name in VIEWS:
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
