"""
Which products have open pre-orders, and how near they are.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.store.makers_store import ASIN, RELEASE, RESET, a_look, absorb, at, say_release, seen, watch_all
from watchdog.store import looks
from watchdog.store.awaited import awaited, awaited_of
from watchdog.terms.identity import Asin, OrderId, OrderKey, Sku
from watchdog.terms.look import Batch, Kind, Look
from watchdog.terms.marketplace import JAPAN
from watchdog.terms.observation import Status
from watchdog.terms.product import Awaited

if TYPE_CHECKING:
    from watchdog.store import Store

OTHER = "B0TESTCD02"


def test_products_with_an_open_order_are_awaited_once(store: Store) -> None:
    """
    However many orders there are; the earliest ship-by says how near it is. Shipped ones are left out, and, unless asked for, SKUs alone.
    """
    rows = [
        seen("o-1"),
        seen("o-2", RESET),
        seen("o-3", asin=OTHER, sku="CD-2", status=Status.SHIPPED),
        seen("o-4", asin=None, sku="CD-3"),
    ]
    absorb(store, a_look(at(1)), rows)

    with store.reading() as tx:
        assert awaited(tx) == (Awaited(JAPAN, ASIN, RESET),)
        assert awaited(tx, by_sku=True) == (Awaited(JAPAN, ASIN, RESET), Awaited(JAPAN, None, RELEASE, Sku("CD-3")))


def test_a_release_before_every_ship_by_counts_as_near(store: Store) -> None:
    """
    A product is as near as the earlier of both; one of which neither is known has no date.
    """
    absorb(store, a_look(at(1)), [seen("o-1", date(2026, 10, 1)), seen("o-2", None, asin=OTHER, sku="CD-2")])
    say_release(store, at(2), RELEASE)

    with store.reading() as tx:
        assert [each.near for each in awaited(tx)] == [RELEASE, None]


def test_the_products_of_an_order_are_found_whatever_its_state(store: Store) -> None:
    """
    In doubt the order may just have been closed.
    """
    absorb(store, a_look(at(1)), [seen("o-1", status=Status.SHIPPED), seen("o-2", asin=OTHER, sku="CD-2")])

    with store.reading() as tx:
        assert [each.asin for each in awaited_of(tx, [OrderKey(JAPAN, OrderId("o-1"))])] == [ASIN]


def test_a_product_known_by_its_sku_alone_is_as_near_as_the_list_says_of_that_sku(store: Store) -> None:
    """
    The same product is found by its order, too; by ASIN there is nothing to ask for.
    """
    absorb(store, a_look(at(1)), [seen("o-1", date(2026, 10, 1), asin=None, sku="CD-3")])
    say_release(store, at(2), RELEASE, asin=None, sku="CD-3")
    order = [OrderKey(JAPAN, OrderId("o-1"))]

    with store.reading() as tx:
        assert awaited(tx, by_sku=True) == awaited_of(tx, order, by_sku=True) == (Awaited(JAPAN, None, RELEASE, Sku("CD-3")),)
        assert awaited(tx) == awaited_of(tx, order) == ()


def test_a_pair_that_a_source_learned_makes_one_product_of_two(store: Store) -> None:
    """
    The SKU's orders become the ASIN's, although no date was said with it.
    """
    absorb(store, a_look(at(1)), [seen("o-1"), seen("o-2", asin=None, sku="CD-3")])
    look = Look("spapi:catalog", "searchCatalogItems JP", Kind.RELEASES, at(2))
    looks.begin(store, look, now=at(2)).take(Batch(look, pairs=((JAPAN, Sku("CD-3"), Asin(ASIN)),)), watch_all, now=at(2))

    with store.reading() as tx:
        assert [each.name for each in awaited(tx, by_sku=True)] == [ASIN]
