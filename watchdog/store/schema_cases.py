"""
The tables of what follows from the facts: cases and their steps, notices, coverage, the outbox, account health.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Float, Index, Integer, Table, Text, UniqueConstraint

from watchdog.store.columns import Json, MarketplaceDate, UtcInstant, Word
from watchdog.store.keys import account, belongs, key, may, metadata, must
from watchdog.terms.case import CaseEvent, CaseState, Outcome
from watchdog.terms.condition import Condition, ConditionKind
from watchdog.terms.finding import Cause, Confidence, Finding, Severity
from watchdog.terms.health import Aim, Metric
from watchdog.terms.look import Reason
from watchdog.terms.message import MessageKind, Notice
from watchdog.terms.product import ReleaseDate
from watchdog.terms.sight import TroubleKind


def _finding_columns() -> tuple[Column[Any], ...]:
    """
    Return what the views show of a finding, beside the whole of it.
    """
    return (
        must("finding", Json(Finding)),
        must("rules", Text),
        must("cause", Word(Cause)),
        must("confidence", Word(Confidence)),
        may("asin", Text),
        may("sku", Text),
        may("title", Text),
        may("ship_by", MarketplaceDate),
        may("previous_ship_by", MarketplaceDate),
        may("release_date", MarketplaceDate),
        may("release_source", Text),
        must("siblings_count", Integer),
        may("siblings_ship_by", MarketplaceDate),
        must("order_count", Integer),
        must("source", Text),
        must("first_seen_at", UtcInstant),
    )


cases = Table(
    "cases",
    metadata,
    account(),
    key("case_no"),
    must("marketplace_id", Text),
    must("product_id", Integer),
    may("order_id", Text),
    must("topic", Text),
    must("state", Word(CaseState)),
    must("is_open", Boolean),
    may("outcome", Word(Outcome)),
    must("severity", Word(Severity)),
    must("version", Integer),
    must("opened_at", UtcInstant),
    may("closed_at", UtcInstant),
    may("lowest_ship_by", MarketplaceDate),
    must("rung", Json(frozenset[str])),
    may("ticket_no", Text),
    may("snoozed_until", UtcInstant),
    may("merged_into", Integer),
    may("due_at", UtcInstant),
    *_finding_columns(),
    Index("ix_cases_product", "account_id", "product_id", "is_open"),
    Index("ix_cases_order", "account_id", "order_id"),
    Index("ix_cases_due", "account_id", "is_open", "due_at"),
    #: Everything a page of the list is searched, filtered and sorted by: 100,000 cases are never read for it.
    Index(
        "ix_cases_pages",
        *("account_id", "is_open", "severity", "ship_by", "case_no", "state", "outcome", "cause"),
        *("release_date", "order_id", "asin", "sku", "title", "ticket_no"),
    ),
)

#: The orders a case names: its own, or every one a product case has ever explained; its finding shows the first as examples.
case_orders = Table(
    "case_orders",
    metadata,
    account(),
    key("case_no"),
    key("order_id", Text),
    Index(None, "account_id", "order_id"),
    belongs("cases", "case_no"),
)

case_steps = Table(
    "case_steps",
    metadata,
    account(),
    key("case_no"),
    key("step_no"),
    must("at", UtcInstant),
    must("event", Word(CaseEvent)),
    must("state", Word(CaseState)),
    must("by", Text),
    may("outcome", Word(Outcome)),
    must("detail", Json(dict[str, str])),
    must("rings", Boolean),
    belongs("cases", "case_no"),
)

#: Findings that open no case.
notices = Table(
    "notices",
    metadata,
    account(),
    key("marketplace_id", Text),
    key("product_id"),
    key("order_id", Text),  #: empty for a product
    key("topic", Text),
    must("severity", Word(Severity)),
    must("recorded_at", UtcInstant),
    *_finding_columns(),
    Index(None, "account_id", "order_id"),
)

coverage_rows = Table(
    "coverage_rows",
    metadata,
    account(),
    key("product_id"),
    must("open_orders", Integer),
    may("release_date", MarketplaceDate),
    may("release_source", Text),
    may("gap", Text),
    must("said", Json(tuple[ReleaseDate, ...])),
    must("without_ship_by", Integer),
)

messages = Table(
    "messages",
    metadata,
    account(),
    key("message_no"),
    must("channel", Text),
    must("key", Text),
    must("kind", Word(MessageKind)),
    must("severity", Word(Severity)),
    must("subject", Text),
    must("notice", Json(Notice)),
    must("sha256", Text),  #: of the notice as it was frozen
    must("created_at", UtcInstant),
    must("attempts", Integer),
    must("due_at", UtcInstant),
    may("lease", Text),
    may("lease_until", UtcInstant),
    may("sent_at", UtcInstant),
    may("dead_at", UtcInstant),
    may("withdrawn_at", UtcInstant),
    may("answer", Text),
    must("waiting", Boolean),  #: neither sent nor dead nor withdrawn
    must("topic", Text),  #: empty where it is about cases
    may("reference", Text),  #: what the channel calls it, or wants to be reminded of
    may("listed_in", Integer),  #: the message that speaks of it in its place: a storm's summary, or a list of what was not taken
    UniqueConstraint("account_id", "key", "channel"),
    Index("ix_messages_waiting", "account_id", "waiting", "channel", "attempts", "message_no", "due_at"),  #: in the order they leave
    Index("ix_messages_sent", "account_id", "channel", "sent_at"),
    Index("ix_messages_given_up", "account_id", "dead_at"),
    Index("ix_messages_topic", "account_id", "topic", "channel", "message_no"),
)

message_cases = Table(
    "message_cases",
    metadata,
    account(),
    key("message_no"),
    key("case_no"),
    Index(None, "account_id", "case_no"),
    belongs("messages", "message_no"),
)

#: How often a case was said again since a step rang, and when it went to the second list.
calls = Table(
    "calls",
    metadata,
    account(),
    key("case_no"),
    key("step_no"),
    must("said", Integer),
    may("said_at", UtcInstant),
    may("escalated_at", UtcInstant),
    belongs("cases", "case_no"),
)

#: How each channel is doing; it rests after a failure that lies with it.
channel_states = Table(
    "channel_states",
    metadata,
    account(),
    key("name", Text),
    must("failures", Integer),
    may("failing_since", UtcInstant),
    may("rests_until", UtcInstant),
    must("refused", Boolean),
    must("answer", Text),
    may("sent_at", UtcInstant),
)

#: What is true of the account, one row per standing: it stands until ``ended_at``.
conditions = Table(
    "conditions",
    metadata,
    account(),
    key("kind", Word(ConditionKind)),
    key("subject", Text),
    key("since", UtcInstant),
    must("severity", Word(Severity)),
    must("reason", Text),
    must("condition", Json(Condition)),
    must("rung", Integer),
    must("rang_at", UtcInstant),
    may("ended_at", UtcInstant),
)

#: What stands between us and a source; a row that is gone is a trouble that is over.
source_troubles = Table(
    "source_troubles",
    metadata,
    account(),
    key("source", Text),
    must("kind", Word(TroubleKind)),
    must("reason", Json(Reason)),
    must("since", UtcInstant),
)

health_metrics = Table(
    "health_metrics",
    metadata,
    account(),
    key("marketplace_id", Text),
    key("metric", Word(Metric)),
    key("window_days"),
    key("as_of", UtcInstant),
    must("source", Text),
    may("orders", Integer),
    may("defects", Integer),
    may("rate", Float),
    may("target", Float),
    may("status", Text),
    must("aim", Word(Aim)),
    may("window_from", MarketplaceDate),
    may("window_to", MarketplaceDate),
)
