"""
The tables of what was seen: looks, products, order lines and their states; ``account_id`` leads every key.

A *shelf* is one source's view of one marketplace: digests and absences are compared within it. A *sweep* is one finished
complete look at a shelf: each line the shelf listed before and that got no state from it was shown unchanged.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Index, Integer, LargeBinary, Table, Text, UniqueConstraint, and_

from watchdog.store.columns import Json, MarketplaceDate, UtcInstant, Word
from watchdog.store.keys import account, belongs, key, may, metadata, must
from watchdog.terms.look import Kind, Reason, ReleaseSource
from watchdog.terms.observation import Canceller, Interface, Status

#: How far the account's log was judged, and which version its watch list has.
ledger = Table(
    "ledger",
    metadata,
    account(),
    must("judged_state", BigInteger),
    must("judged_release", BigInteger),
    must("watch_version", Integer),
)

looks = Table(
    "looks",
    metadata,
    account(),
    key("look_no"),
    must("source", Text),
    must("name", Text),
    must("kind", Word(Kind)),
    must("as_of", UtcInstant),
    may("interface", Word(Interface)),
    must("complete", Boolean),
    may("content", Text),
    must("started_at", UtcInstant),
    may("finished_at", UtcInstant),
    must("watch_version", Integer),
    must("rows_used", Integer),
    must("rows_unchanged", Integer),
    must("rows_rejected", Integer),
    must("rows_ignored", Integer),
    must("rows_passed", Integer),  #: part of the ignored: products nobody watches yet
    must("rows_dated", Integer),  #: order rows that carried a ship-by
    may("again_of", Integer),  #: the look whose content was read again
    may("refused", Json(Reason)),
    may("remark", Json(Reason)),  #: what a person should know though the rows were used
    Index(None, "account_id", "source", "as_of"),
    Index(None, "account_id", "as_of"),
    Index(None, "account_id", "content"),
)

defects = Table(
    "defects",
    metadata,
    account(),
    key("look_no"),
    key("defect_no"),
    must("place", Integer),
    must("reason", Json(Reason)),
    belongs("looks", "look_no"),
)

marks = Table("marks", metadata, account(), key("source", Text), must("mark", Json(dict[str, Any])))

shelves = Table(
    "shelves",
    metadata,
    account(),
    key("shelf_no"),
    must("source", Text),
    must("marketplace_id", Text),
    must("sees_pending", Boolean),
    may("swept_at", UtcInstant),  #: as_of of the newest sweep
    UniqueConstraint("account_id", "source", "marketplace_id"),
)

sweeps = Table(
    "sweeps",
    metadata,
    account(),
    key("shelf_no"),
    key("as_of", UtcInstant),
    key("look_no"),
    must("sure", Boolean),  #: no row was passed by, so a line unknown to the shelf was truly absent
    belongs("shelves", "shelf_no"),
    belongs("looks", "look_no"),
    sqlite_with_rowid=False,
)

products = Table(
    "products",
    metadata,
    account(),
    key("product_id"),
    must("marketplace_id", Text),
    may("asin", Text),
    may("sku", Text),
    may("title", Text),
    may("titled_at", UtcInstant),
    must("has_marked", Boolean),  #: an open order of it is marked as a pre-order
    must("last_state", BigInteger),
    Index(None, "account_id", "last_state"),
    Index(None, "account_id", "has_marked"),
)

product_names = Table(
    "product_names",
    metadata,
    account(),
    key("marketplace_id", Text),
    key("name", Text),  #: ``asin:…`` or ``sku:…``
    must("product_id", Integer),
    Index(None, "account_id", "product_id"),
    belongs("products", "product_id"),
    sqlite_with_rowid=False,
)

#: Which ASIN a SKU belongs to; the marketplace ``*`` is a release list's that names none.
pairs = Table("pairs", metadata, account(), key("marketplace_id", Text), key("sku", Text), must("asin", Text), sqlite_with_rowid=False)

#: One row per value and the time it stood: said at ``learned_at`` and last repeated at ``repeated_at``.
releases = Table(
    "releases",
    metadata,
    account(),
    key("release_no", BigInteger),
    must("marketplace_id", Text),
    may("asin", Text),
    may("sku", Text),
    must("source", Word(ReleaseSource)),
    must("release_date", MarketplaceDate),
    must("learned_at", UtcInstant),
    must("repeated_at", UtcInstant),
    may("title", Text),
    may("note", Text),
    must("look_no", Integer),
    Index(None, "account_id", "asin"),
    Index(None, "account_id", "sku"),
    belongs("looks", "look_no"),
)

#: Lines and states have no foreign keys: on a first load each would cost as much as half the row. ``db check`` looks for strays instead.
lines = Table(
    "lines",
    metadata,
    account(),
    key("line_id"),
    must("marketplace_id", Text),
    must("order_id", Text),
    must("line_key", Text),
    must("product_id", Integer),
    may("sku", Text),
    may("purchased_at", UtcInstant),
    must("marked", Boolean),
    may("status", Word(Status)),
    may("ship_by", MarketplaceDate),
    must("is_open", Boolean),
    must("listed", Boolean),
    must("moved_earlier", Boolean),
    must("cancel_requested", Boolean),
    may("left_pending_at", UtcInstant),
    must("last_state", BigInteger),
    UniqueConstraint("account_id", "order_id", "line_key"),
    sqlite_with_rowid=False,
)
#: The census: GROUP BY ship_by without touching the table (DESIGN law 4).
Index("ix_lines_census", lines.c.account_id, lines.c.product_id, lines.c.is_open, lines.c.listed, lines.c.ship_by, lines.c.order_id)
Index("ix_lines_touched", lines.c.account_id, lines.c.last_state)
_moved_open = and_(lines.c.moved_earlier, lines.c.is_open)
Index(
    "ix_lines_moved",
    lines.c.account_id,
    lines.c.moved_earlier,  # always true here; the planner, who knows no figures, counts equal columns
    lines.c.is_open,
    lines.c.product_id,
    lines.c.marketplace_id,
    lines.c.order_id,
    sqlite_where=_moved_open,
    postgresql_where=_moved_open,
)
_marked_open = and_(lines.c.marked, lines.c.is_open)
Index(
    "ix_lines_marked",
    lines.c.account_id,
    lines.c.product_id,
    lines.c.purchased_at,
    sqlite_where=_marked_open,
    postgresql_where=_marked_open,
)

states = Table(
    "states",
    metadata,
    account(),
    key("state_no", BigInteger),
    must("line_id", Integer),
    must("look_no", Integer),
    must("as_of", UtcInstant),
    must("listed", Boolean),
    must("late", Boolean),
    may("digest", BigInteger),
    may("status", Word(Status)),
    may("ship_by", MarketplaceDate),
    may("fulfillable_at", UtcInstant),
    may("updated_at", UtcInstant),
    may("payment", Text),
    may("address", Text),
    may("cancel_requested", Boolean),
    may("cancelled_by", Word(Canceller)),
    may("line_shipped", Boolean),
    may("shipped_at", UtcInstant),
    Index(None, "account_id", "line_id"),
    sqlite_with_rowid=False,
)

#: A partial look showed the line unchanged.
sightings = Table(
    "sightings",
    metadata,
    account(),
    key("line_id"),
    key("look_no"),
    belongs("lines", "line_id"),
    belongs("looks", "look_no"),
    sqlite_with_rowid=False,
)

#: What each shelf shows now, as digests of its rows; derived from the states, so that a look loads 8 bytes a row.
listings = Table(
    "listings",
    metadata,
    account(),
    key("shelf_no"),
    key("digest", BigInteger),
    must("line_id", Integer),
    must("stale", Boolean),  #: another source says otherwise since: an equal row is news
    must("dated", Boolean),  #: the row carries a ship-by
    sqlite_with_rowid=False,
)

#: Rows a shelf's newest complete look passed by, as packed digests: valid while the watch list stays as it is.
passed_rows = Table(
    "passed_rows",
    metadata,
    account(),
    key("source", Text),
    key("marketplace_id", Text),
    must("watch_version", Integer),
    must("digests", LargeBinary),
)

#: Which shelves' complete looks have ever listed a product.
showings = Table(
    "showings", metadata, account(), key("product_id"), key("shelf_no"), belongs("shelves", "shelf_no"), sqlite_with_rowid=False
)

unlisted_products = Table(
    "unlisted_products",
    metadata,
    account(),
    key("marketplace_id", Text),
    key("name", Text),
    may("asin", Text),
    may("sku", Text),
    may("title", Text),
    must("rows", Integer),
    must("look_no", Integer),
    must("as_of", UtcInstant),
)
