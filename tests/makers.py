"""
Makers of the values tests are about: keyword-only, sensible defaults, so that a test names only what it is about.

The stage of most tests is the CD of the incident: released on Monday 14 September 2026 in Japan.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from watchdog.terms.calendar import Calendar
from watchdog.terms.identity import Asin, LineKey, LookNo, OrderId, OrderKey, ProductId, Sku
from watchdog.terms.look import ReleaseSource
from watchdog.terms.marketplace import JAPAN
from watchdog.terms.observation import Facts, Interface, Status
from watchdog.terms.policy import Policy
from watchdog.terms.preorder import Preorder, State
from watchdog.terms.product import Census, Product, ReleaseDate, Tally
from watchdog.terms.verdict import Bench, Context

if TYPE_CHECKING:
    from collections.abc import Mapping

RELEASE = date(2026, 9, 14)
RESET = date(2026, 9, 8)
CD = ProductId(1)
POLICY = Policy()
CALENDARS = {JAPAN: Calendar(frozenset({date(2026, 9, 21), date(2026, 9, 22), date(2026, 9, 23)}))}
_count = iter(range(1, 10**9))


def at(day: int, hour: int = 1, *, month: int = 9) -> datetime:
    """
    Return an instant of 2026 in UTC; hour 1 is ten in the morning in Japan.
    """
    return datetime(2026, month, day, hour, tzinfo=UTC)


def a_state(
    when: datetime,
    ship_by: date | None = RELEASE,
    *,
    status: Status | None = Status.PENDING_AVAILABILITY,
    interface: Interface = Interface.ORDERS_2026,
    seen_until: datetime | None = None,
    listed: bool = True,
    **facts: Any,
) -> State:
    """
    Return one stored state of a line.
    """
    no = next(_count)
    return State(
        no=no,
        look_no=LookNo(no),
        source=f"inbox:{interface}",
        interface=interface,
        as_of=when,
        seen_until=seen_until or when,
        listed=listed,
        facts=Facts(status=status, ship_by=ship_by, **facts) if listed else Facts(),
    )


def a_preorder(*states: State, order_id: str | None = None, line: str = "item-1", product: ProductId = CD, **fields: Any) -> Preorder:
    """
    Return an order line with this history (default: one healthy sighting on 1 September).
    """
    whole = Preorder(
        order=OrderKey(JAPAN, OrderId(order_id or f"250-0000000-{next(_count):07d}")),
        line=LineKey(line),
        product_id=product,
        sku=Sku("CD-SAMPLE-01"),
        asin=Asin("B0SAMPLE01"),
        title="見本CD 初回限定盤",
        purchased_at=at(20, month=7),
        marked=True,
        listed=True,
        states=states or (a_state(at(1)),),
    )
    return replace(whole, **fields)


def a_release(day: date = RELEASE, *, learned: datetime | None = None, source: ReleaseSource = ReleaseSource.SELLER_LIST) -> ReleaseDate:
    """
    Return a release date as a source said it.
    """
    return ReleaseDate(day, source, learned or at(1, month=7))


def a_context(
    *releases: ReleaseDate,
    siblings: Mapping[date, int] | None = None,
    product: ProductId = CD,
    sees_pending: bool = True,
    last_marked_purchase: date | None = None,
) -> Context:
    """
    Return a product whose census counts ``siblings`` (orders by ship-by), the examined orders included.
    """
    tallies = tuple(Tally(day, orders) for day, orders in (siblings or {}).items())
    return Context(
        Product(product, JAPAN, Asin("B0SAMPLE01"), Sku("CD-SAMPLE-01"), "見本CD 初回限定盤"),
        tuple(releases),
        Census(tallies, last_marked_purchase, sees_pending, at(6)),
    )


def a_bench(context: Context, *lines: Preorder, **fields: Any) -> Bench:
    """
    Return a bench with one product and these lines, all of them live.
    """
    orders: dict[OrderKey, tuple[Preorder, ...]] = {}
    for line in lines:
        orders[line.order] = (*orders.get(line.order, ()), line)
    bench = Bench({context.product.id: context}, orders, live=frozenset(orders), live_products=frozenset({context.product.id}))
    return replace(bench, **fields)


def copies(count: int, *states: State, **fields: Any) -> tuple[Preorder, ...]:
    """
    Return that many orders with the same history.
    """
    return tuple(a_preorder(*states, **fields) for _ in range(count))


def days(count: int) -> timedelta:
    """
    Return that many days.
    """
    return timedelta(days=count)
