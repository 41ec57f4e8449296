"""
Make the log: what was seen, the cases that follow, the outbox, and the views people read.

Why: the first release. ``account_id`` leads every key, so that a fleet of sellers needs no rebuilt tables (DESIGN law 8).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from watchdog.store.hints import give_hints
from watchdog.store.views import create_views, drop_views

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_intake()
    _make_products()
    _make_lines()
    _make_cases()
    _make_outbox()
    _make_jobs()
    _make_papers()
    create_views(op.get_bind())
    give_hints(op.get_bind())


def downgrade() -> None:
    drop_views(op.get_bind())
    for table in reversed(TABLES):
        op.drop_table(table)


def _key(name: str, kind: type[sa.types.TypeEngine[object]] = sa.Integer) -> sa.Column[object]:
    return sa.Column(name, kind(), nullable=False, autoincrement=False)


def _must(name: str, kind: type[sa.types.TypeEngine[object]] = sa.Text) -> sa.Column[object]:
    return sa.Column(name, kind(), nullable=False)


def _may(name: str, kind: type[sa.types.TypeEngine[object]] = sa.Text) -> sa.Column[object]:
    return sa.Column(name, kind(), nullable=True)


def _belongs(table: str, to: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["account_id", name], [f"{to}.account_id", f"{to}.{name}"], name=f"fk_{table}_{to}")


def _make_intake() -> None:
    op.create_table(
        "ledger",
        _key("account_id"),
        _must("judged_state", sa.BigInteger),
        _must("judged_release", sa.BigInteger),
        _must("watch_version", sa.Integer),
        sa.PrimaryKeyConstraint("account_id", name="pk_ledger"),
    )
    op.create_table(
        "looks",
        _key("account_id"),
        _key("look_no"),
        _must("source"),
        _must("name"),
        _must("kind"),
        _must("as_of"),
        _may("interface"),
        _must("complete", sa.Boolean),
        _may("content"),
        _must("started_at"),
        _may("finished_at"),
        _must("watch_version", sa.Integer),
        _must("rows_used", sa.Integer),
        _must("rows_unchanged", sa.Integer),
        _must("rows_rejected", sa.Integer),
        _must("rows_ignored", sa.Integer),
        _must("rows_passed", sa.Integer),
        _must("rows_dated", sa.Integer),
        _may("again_of", sa.Integer),
        _may("refused"),
        _may("remark"),
        sa.PrimaryKeyConstraint("account_id", "look_no", name="pk_looks"),
    )
    op.create_index("ix_looks_account_id_as_of", "looks", ["account_id", "as_of"])
    op.create_index("ix_looks_account_id_content", "looks", ["account_id", "content"])
    op.create_index("ix_looks_account_id_source_as_of", "looks", ["account_id", "source", "as_of"])
    op.create_table(
        "defects",
        _key("account_id"),
        _key("look_no"),
        _key("defect_no"),
        _must("place", sa.Integer),
        _must("reason"),
        sa.PrimaryKeyConstraint("account_id", "look_no", "defect_no", name="pk_defects"),
        _belongs("defects", "looks", "look_no"),
    )
    op.create_table(
        "marks",
        _key("account_id"),
        _key("source", sa.Text),
        _must("mark"),
        sa.PrimaryKeyConstraint("account_id", "source", name="pk_marks"),
    )
    op.create_table(
        "shelves",
        _key("account_id"),
        _key("shelf_no"),
        _must("source"),
        _must("marketplace_id"),
        _must("sees_pending", sa.Boolean),
        _may("swept_at"),
        sa.PrimaryKeyConstraint("account_id", "shelf_no", name="pk_shelves"),
        sa.UniqueConstraint("account_id", "source", "marketplace_id", name="uq_shelves_account_id_source_marketplace_id"),
    )
    op.create_table(
        "sweeps",
        _key("account_id"),
        _key("shelf_no"),
        _key("as_of", sa.Text),
        _key("look_no"),
        _must("sure", sa.Boolean),
        sa.PrimaryKeyConstraint("account_id", "shelf_no", "as_of", "look_no", name="pk_sweeps"),
        _belongs("sweeps", "looks", "look_no"),
        _belongs("sweeps", "shelves", "shelf_no"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "passed_rows",
        _key("account_id"),
        _key("source", sa.Text),
        _key("marketplace_id", sa.Text),
        _must("watch_version", sa.Integer),
        _must("digests", sa.LargeBinary),
        sa.PrimaryKeyConstraint("account_id", "source", "marketplace_id", name="pk_passed_rows"),
    )


def _make_products() -> None:
    op.create_table(
        "products",
        _key("account_id"),
        _key("product_id"),
        _must("marketplace_id"),
        _may("asin"),
        _may("sku"),
        _may("title"),
        _may("titled_at"),
        _must("has_marked", sa.Boolean),
        _must("last_state", sa.BigInteger),
        sa.PrimaryKeyConstraint("account_id", "product_id", name="pk_products"),
    )
    op.create_index("ix_products_account_id_has_marked", "products", ["account_id", "has_marked"])
    op.create_index("ix_products_account_id_last_state", "products", ["account_id", "last_state"])
    op.create_table(
        "product_names",
        _key("account_id"),
        _key("marketplace_id", sa.Text),
        _key("name", sa.Text),
        _must("product_id", sa.Integer),
        sa.PrimaryKeyConstraint("account_id", "marketplace_id", "name", name="pk_product_names"),
        _belongs("product_names", "products", "product_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_product_names_account_id_product_id", "product_names", ["account_id", "product_id"])
    op.create_table(
        "pairs",
        _key("account_id"),
        _key("marketplace_id", sa.Text),
        _key("sku", sa.Text),
        _must("asin"),
        sa.PrimaryKeyConstraint("account_id", "marketplace_id", "sku", name="pk_pairs"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "releases",
        _key("account_id"),
        _key("release_no", sa.BigInteger),
        _must("marketplace_id"),
        _may("asin"),
        _may("sku"),
        _must("source"),
        _must("release_date"),
        _must("learned_at"),
        _must("repeated_at"),
        _may("title"),
        _may("note"),
        _must("look_no", sa.Integer),
        sa.PrimaryKeyConstraint("account_id", "release_no", name="pk_releases"),
        _belongs("releases", "looks", "look_no"),
    )
    op.create_index("ix_releases_account_id_asin", "releases", ["account_id", "asin"])
    op.create_index("ix_releases_account_id_sku", "releases", ["account_id", "sku"])
    op.create_table(
        "showings",
        _key("account_id"),
        _key("product_id"),
        _key("shelf_no"),
        sa.PrimaryKeyConstraint("account_id", "product_id", "shelf_no", name="pk_showings"),
        _belongs("showings", "shelves", "shelf_no"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "unlisted_products",
        _key("account_id"),
        _key("marketplace_id", sa.Text),
        _key("name", sa.Text),
        _may("asin"),
        _may("sku"),
        _may("title"),
        _must("rows", sa.Integer),
        _must("look_no", sa.Integer),
        _must("as_of"),
        sa.PrimaryKeyConstraint("account_id", "marketplace_id", "name", name="pk_unlisted_products"),
    )
    op.create_table(
        "coverage_rows",
        _key("account_id"),
        _key("product_id"),
        _must("open_orders", sa.Integer),
        _may("release_date"),
        _may("release_source"),
        _may("gap"),
        _must("said"),
        _must("without_ship_by", sa.Integer),
        sa.PrimaryKeyConstraint("account_id", "product_id", name="pk_coverage_rows"),
    )


def _make_lines() -> None:
    op.create_table(
        "lines",
        _key("account_id"),
        _key("line_id"),
        _must("marketplace_id"),
        _must("order_id"),
        _must("line_key"),
        _must("product_id", sa.Integer),
        _may("sku"),
        _may("purchased_at"),
        _must("marked", sa.Boolean),
        _may("status"),
        _may("ship_by"),
        _must("is_open", sa.Boolean),
        _must("listed", sa.Boolean),
        _must("moved_earlier", sa.Boolean),
        _must("cancel_requested", sa.Boolean),
        _may("left_pending_at"),
        _must("last_state", sa.BigInteger),
        sa.PrimaryKeyConstraint("account_id", "line_id", name="pk_lines"),
        sa.UniqueConstraint("account_id", "order_id", "line_key", name="uq_lines_account_id_order_id_line_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_lines_census", "lines", ["account_id", "product_id", "is_open", "listed", "ship_by", "order_id"])
    op.create_index(
        "ix_lines_marked",
        "lines",
        ["account_id", "product_id", "purchased_at"],
        sqlite_where=sa.text("marked = 1 AND is_open = 1"),
        postgresql_where=sa.text("marked AND is_open"),
    )
    op.create_index(
        "ix_lines_moved",
        "lines",
        ["account_id", "moved_earlier", "is_open", "product_id", "marketplace_id", "order_id"],
        sqlite_where=sa.text("moved_earlier = 1 AND is_open = 1"),
        postgresql_where=sa.text("moved_earlier AND is_open"),
    )
    op.create_index("ix_lines_touched", "lines", ["account_id", "last_state"])
    op.create_table(
        "states",
        _key("account_id"),
        _key("state_no", sa.BigInteger),
        _must("line_id", sa.Integer),
        _must("look_no", sa.Integer),
        _must("as_of"),
        _must("listed", sa.Boolean),
        _must("late", sa.Boolean),
        _may("digest", sa.BigInteger),
        _may("status"),
        _may("ship_by"),
        _may("fulfillable_at"),
        _may("updated_at"),
        _may("payment"),
        _may("address"),
        _may("cancel_requested", sa.Boolean),
        _may("cancelled_by"),
        _may("line_shipped", sa.Boolean),
        _may("shipped_at"),
        sa.PrimaryKeyConstraint("account_id", "state_no", name="pk_states"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_states_account_id_line_id", "states", ["account_id", "line_id"])
    op.create_table(
        "sightings",
        _key("account_id"),
        _key("line_id"),
        _key("look_no"),
        sa.PrimaryKeyConstraint("account_id", "line_id", "look_no", name="pk_sightings"),
        _belongs("sightings", "lines", "line_id"),
        _belongs("sightings", "looks", "look_no"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "listings",
        _key("account_id"),
        _key("shelf_no"),
        _key("digest", sa.BigInteger),
        _must("line_id", sa.Integer),
        _must("stale", sa.Boolean),
        _must("dated", sa.Boolean),
        sa.PrimaryKeyConstraint("account_id", "shelf_no", "digest", name="pk_listings"),
        sqlite_with_rowid=False,
    )


def _make_cases() -> None:
    op.create_table(
        "cases",
        _key("account_id"),
        _key("case_no"),
        _must("marketplace_id"),
        _must("product_id", sa.Integer),
        _may("order_id"),
        _must("topic"),
        _must("state"),
        _must("is_open", sa.Boolean),
        _may("outcome"),
        _must("severity"),
        _must("version", sa.Integer),
        _must("opened_at"),
        _may("closed_at"),
        _may("lowest_ship_by"),
        _must("rung"),
        _may("ticket_no"),
        _may("snoozed_until"),
        _may("merged_into", sa.Integer),
        _may("due_at"),
        _must("finding"),
        _must("rules"),
        _must("cause"),
        _must("confidence"),
        _may("asin"),
        _may("sku"),
        _may("title"),
        _may("ship_by"),
        _may("previous_ship_by"),
        _may("release_date"),
        _may("release_source"),
        _must("siblings_count", sa.Integer),
        _may("siblings_ship_by"),
        _must("order_count", sa.Integer),
        _must("source"),
        _must("first_seen_at"),
        sa.PrimaryKeyConstraint("account_id", "case_no", name="pk_cases"),
    )
    op.create_index("ix_cases_due", "cases", ["account_id", "is_open", "due_at"])
    op.create_index("ix_cases_order", "cases", ["account_id", "order_id"])
    op.create_index(
        "ix_cases_pages",
        "cases",
        [
            *("account_id", "is_open", "severity", "ship_by", "case_no", "state", "outcome", "cause"),
            *("release_date", "order_id", "asin", "sku", "title", "ticket_no"),
        ],
    )
    op.create_index("ix_cases_product", "cases", ["account_id", "product_id", "is_open"])
    op.create_table(
        "case_orders",
        _key("account_id"),
        _key("case_no"),
        _key("order_id", sa.Text),
        sa.PrimaryKeyConstraint("account_id", "case_no", "order_id", name="pk_case_orders"),
        _belongs("case_orders", "cases", "case_no"),
    )
    op.create_index("ix_case_orders_account_id_order_id", "case_orders", ["account_id", "order_id"])
    op.create_table(
        "case_steps",
        _key("account_id"),
        _key("case_no"),
        _key("step_no"),
        _must("at"),
        _must("event"),
        _must("state"),
        _must("by"),
        _may("outcome"),
        _must("detail"),
        _must("rings", sa.Boolean),
        sa.PrimaryKeyConstraint("account_id", "case_no", "step_no", name="pk_case_steps"),
        _belongs("case_steps", "cases", "case_no"),
    )
    op.create_table(
        "notices",
        _key("account_id"),
        _key("marketplace_id", sa.Text),
        _key("product_id"),
        _key("order_id", sa.Text),
        _key("topic", sa.Text),
        _must("severity"),
        _must("recorded_at"),
        _must("finding"),
        _must("rules"),
        _must("cause"),
        _must("confidence"),
        _may("asin"),
        _may("sku"),
        _may("title"),
        _may("ship_by"),
        _may("previous_ship_by"),
        _may("release_date"),
        _may("release_source"),
        _must("siblings_count", sa.Integer),
        _may("siblings_ship_by"),
        _must("order_count", sa.Integer),
        _must("source"),
        _must("first_seen_at"),
        sa.PrimaryKeyConstraint("account_id", "marketplace_id", "product_id", "order_id", "topic", name="pk_notices"),
    )
    op.create_index("ix_notices_account_id_order_id", "notices", ["account_id", "order_id"])


def _make_outbox() -> None:
    op.create_table(
        "messages",
        _key("account_id"),
        _key("message_no"),
        _must("channel"),
        _must("key"),
        _must("kind"),
        _must("severity"),
        _must("subject"),
        _must("notice"),
        _must("sha256"),
        _must("created_at"),
        _must("attempts", sa.Integer),
        _must("due_at"),
        _may("lease"),
        _may("lease_until"),
        _may("sent_at"),
        _may("dead_at"),
        _may("withdrawn_at"),
        _may("answer"),
        _must("waiting", sa.Boolean),
        _must("topic"),
        _may("reference"),
        _may("listed_in", sa.Integer),
        sa.PrimaryKeyConstraint("account_id", "message_no", name="pk_messages"),
        sa.UniqueConstraint("account_id", "key", "channel", name="uq_messages_account_id_key_channel"),
    )
    op.create_index("ix_messages_waiting", "messages", ["account_id", "waiting", "channel", "due_at"])
    op.create_table(
        "message_cases",
        _key("account_id"),
        _key("message_no"),
        _key("case_no"),
        sa.PrimaryKeyConstraint("account_id", "message_no", "case_no", name="pk_message_cases"),
        _belongs("message_cases", "messages", "message_no"),
    )
    op.create_index("ix_message_cases_account_id_case_no", "message_cases", ["account_id", "case_no"])
    op.create_table(
        "calls",
        _key("account_id"),
        _key("case_no"),
        _key("step_no"),
        _must("said", sa.Integer),
        _may("said_at"),
        _may("escalated_at"),
        sa.PrimaryKeyConstraint("account_id", "case_no", "step_no", name="pk_calls"),
        _belongs("calls", "cases", "case_no"),
    )
    op.create_table(
        "channel_states",
        _key("account_id"),
        _key("name", sa.Text),
        _must("failures", sa.Integer),
        _may("failing_since"),
        _may("rests_until"),
        _must("refused", sa.Boolean),
        _must("answer"),
        _may("sent_at"),
        sa.PrimaryKeyConstraint("account_id", "name", name="pk_channel_states"),
    )
    op.create_table(
        "conditions",
        _key("account_id"),
        _key("kind", sa.Text),
        _key("subject", sa.Text),
        _key("since", sa.Text),
        _must("severity"),
        _must("reason"),
        _must("condition"),
        _must("rung", sa.Integer),
        _must("rang_at"),
        _may("ended_at"),
        sa.PrimaryKeyConstraint("account_id", "kind", "subject", "since", name="pk_conditions"),
    )
    op.create_table(
        "source_troubles",
        _key("account_id"),
        _key("source", sa.Text),
        _must("kind"),
        _must("reason"),
        _must("since"),
        sa.PrimaryKeyConstraint("account_id", "source", name="pk_source_troubles"),
    )
    op.create_table(
        "health_metrics",
        _key("account_id"),
        _key("marketplace_id", sa.Text),
        _key("metric", sa.Text),
        _key("window_days"),
        _key("as_of", sa.Text),
        _must("source"),
        _may("orders", sa.Integer),
        _may("defects", sa.Integer),
        _may("rate", sa.Float),
        _may("target", sa.Float),
        _may("status"),
        _must("aim"),
        _may("window_from"),
        _may("window_to"),
        sa.PrimaryKeyConstraint("account_id", "marketplace_id", "metric", "window_days", "as_of", name="pk_health_metrics"),
    )


def _make_papers() -> None:
    op.create_table(
        "plans",
        _key("account_id"),
        _key("plan_no"),
        _must("marketplace_id"),
        _must("kind"),
        _must("language"),
        _must("submitted_at"),
        _must("by"),
        _must("facts"),
        _must("answers"),
        _must("text"),
        _must("sha256"),
        sa.PrimaryKeyConstraint("account_id", "plan_no", name="pk_plans"),
    )
    op.create_index("ix_plans_account_id_submitted_at", "plans", ["account_id", "submitted_at"])
    op.create_table(
        "sent_letters",
        _key("account_id"),
        _key("case_no"),
        _key("letter_no"),
        _must("kind"),
        _must("language"),
        _must("sent_at"),
        _must("by"),
        _must("text"),
        _must("sha256"),
        sa.PrimaryKeyConstraint("account_id", "case_no", "letter_no", name="pk_sent_letters"),
        _belongs("sent_letters", "cases", "case_no"),
    )


def _make_jobs() -> None:
    op.create_table(
        "jobs",
        _key("account_id"),
        _key("job", sa.Text),
        _must("runs", sa.Integer),
        _must("failures", sa.Integer),
        _must("ended_at"),
        _must("took_ms", sa.Integer),
        _may("succeeded_at"),
        _may("failing_since"),
        _may("trouble"),
        sa.PrimaryKeyConstraint("account_id", "job", name="pk_jobs"),
    )


TABLES = (
    "ledger",
    "looks",
    "defects",
    "marks",
    "shelves",
    "sweeps",
    "passed_rows",
    "products",
    "product_names",
    "pairs",
    "releases",
    "showings",
    "unlisted_products",
    "coverage_rows",
    "lines",
    "states",
    "sightings",
    "listings",
    "cases",
    "case_orders",
    "case_steps",
    "notices",
    "messages",
    "message_cases",
    "calls",
    "channel_states",
    "conditions",
    "source_troubles",
    "health_metrics",
    "plans",
    "sent_letters",
    "jobs",
)
