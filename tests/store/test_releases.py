"""
Release dates as they were said: every value once, in its place in time.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.makers_store import ASIN, NOW, RELEASE, a_look, absorb, at, seen
from watchdog.store import Store, history, listings, open_temporary
from watchdog.terms.identity import Asin, MarketplaceId, OrderId, OrderKey, ProductId, Sku
from watchdog.terms.look import Kind, ReleaseSaid, ReleaseSource
from watchdog.terms.marketplace import JAPAN

if TYPE_CHECKING:
    from watchdog.terms.product import ReleaseDate

LATER = date(2026, 9, 21)


def said(day: date, *, sku: str | None = None, asin: str | None = ASIN, source: ReleaseSource = ReleaseSource.SELLER_LIST) -> ReleaseSaid:
    """
    Return one line of a release list.
    """
    return ReleaseSaid(None, Asin(asin) if asin else None, Sku(sku) if sku else None, day, source)


def learn(store: Store, as_of: datetime, *lines: ReleaseSaid) -> int:
    """
    Learn a list of that moment and return how many dates were news.
    """
    look = a_look(as_of, source="inbox:release_list", interface=None, kind=Kind.RELEASES, name="releases.csv", complete=False)
    with store.writing() as tx:
        return listings.learn(tx, look, lines, now=NOW)


def known(store: Store) -> list[tuple[date, datetime]]:
    """
    Return what is known of the CD's release, oldest first.
    """
    return [(each.day, each.learned_at) for each in _releases(store)]


def _releases(store: Store) -> tuple[ReleaseDate, ...]:
    absorb(store, a_look(at(25), complete=False, source="page"), [seen("the order")])
    key = OrderKey(JAPAN, OrderId("the order"))
    with store.reading() as tx:
        return listings.releases(tx, history.orders(tx, [key])[key][0].product_id)


def test_a_repeated_date_is_no_news(store: Store) -> None:
    """
    The same value of the same source is stored once, with the time it was first said.
    """
    news = [learn(store, at(day), said(RELEASE)) for day in (1, 2, 3)]

    assert news == [1, 0, 0]
    assert known(store) == [(RELEASE, at(1))]


def test_a_changed_date_is_news_and_the_old_one_is_kept(store: Store) -> None:
    """
    Every value is kept with its time, also one that comes back.
    """
    news = [learn(store, at(day), said(value)) for day, value in ((1, RELEASE), (2, LATER), (3, RELEASE))]

    assert news == [1, 1, 1]
    assert known(store) == [(RELEASE, at(1)), (LATER, at(2)), (RELEASE, at(3))]


def test_of_two_dates_of_one_offer_the_later_counts(store: Store) -> None:
    """
    In one list, whatever their order, and also for two SKUs of one ASIN.
    """
    learn(store, at(1), said(LATER), said(RELEASE))
    learn(store, at(2), said(RELEASE, sku="CD-1"), said(date(2026, 10, 1), sku="CD-2"))

    assert known(store) == [(LATER, at(1)), (date(2026, 10, 1), at(2))]


def test_a_line_that_changes_its_form_says_another_date(store: Store) -> None:
    """
    The old line (ASIN only) disappears, the new one (ASIN and SKU) has an earlier date: the new one counts.
    """
    learn(store, at(1), said(LATER))
    learn(store, at(2), said(RELEASE, sku="CD-1"))

    assert known(store) == [(LATER, at(1)), (RELEASE, at(2))]


def test_each_source_speaks_for_itself(store: Store) -> None:
    """
    The same value of another source is news.
    """
    learn(store, at(1), said(RELEASE))
    learn(store, at(2), said(RELEASE, source=ReleaseSource.CATALOG))

    assert [each.source for each in _releases(store)] == [ReleaseSource.SELLER_LIST, ReleaseSource.CATALOG]


def test_a_sku_alone_is_enough(store: Store) -> None:
    """
    A list may name the offer by its SKU only, before or after an order shows its ASIN.
    """
    learn(store, at(1), said(RELEASE, asin=None, sku="CD-1"))

    assert known(store) == [(RELEASE, at(1))]


def test_a_date_of_another_marketplace_is_not_ours(store: Store) -> None:
    """
    A line that names its marketplace speaks of no other.
    """
    us = ReleaseSaid(MarketplaceId("ATVPDKIKX0DER"), ASIN, None, LATER, ReleaseSource.CATALOG)
    learn(store, at(1), us)

    assert known(store) == []


def test_the_watch_list_holds_the_latest_date_of_any_source(store: Store) -> None:
    """
    By ASIN and by SKU, and its version grows with news only.
    """
    learn(store, at(1), said(RELEASE, sku="CD-1"))
    learn(store, at(2), said(LATER, source=ReleaseSource.CATALOG))
    learn(store, at(3), said(RELEASE, sku="CD-1"))

    with store.reading() as tx:
        watch = listings.watch(tx)
    assert watch.releases == {("*", f"asin:{ASIN}"): LATER, ("*", "sku:CD-1"): RELEASE}
    assert watch.version == 2


def test_a_product_has_the_title_of_its_orders_else_of_the_list(store: Store) -> None:
    """
    The list's title is used as long as no order shows one.
    """
    look = a_look(at(1), source="inbox:release_list", interface=None, kind=Kind.RELEASES)
    with store.writing() as tx:
        listings.learn(tx, look, [ReleaseSaid(None, ASIN, None, RELEASE, ReleaseSource.SELLER_LIST, "リストのCD")], now=NOW)
    absorb(store, a_look(at(2)), [seen("o1")])
    with store.reading() as tx:
        before = listings.product(tx, ProductId(1)).title
    absorb(store, a_look(at(3)), [seen("o1", title="注文のCD", payment="Konbini")])

    with store.reading() as tx:
        assert (before, listings.product(tx, ProductId(1)).title) == ("リストのCD", "注文のCD")


_days = st.sampled_from([RELEASE, LATER, date(2026, 10, 1)])
_lists = st.lists(st.tuples(st.integers(1, 9), _days), min_size=1, max_size=6, unique_by=lambda each: each[0])


@settings(max_examples=15)
@given(lists=_lists, data=st.data())
def test_lists_may_arrive_in_any_order(lists: list[tuple[int, date]], data: st.DataObject) -> None:
    """
    A list of an earlier day that arrives later stands where it belongs; what was said before and after it stands twice.
    """
    store = open_temporary()
    for day, value in data.draw(st.permutations(lists)):
        learn(store, at(day), said(value))

    in_time = sorted(lists)
    changes = [(value, at(day)) for place, (day, value) in enumerate(in_time) if place == 0 or in_time[place - 1][1] != value]
    assert [day for day, _moment in known(store)] == [day for day, _moment in changes]
    store.close()
