"""
What one judging is given: what is new, which orders may be wrong, the others in figures.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.store.makers_store import ASIN, RELEASE, RESET, a_look, absorb, at, pass_all, say_release, seen
from tests.store.test_casebook import a_finding, found
from watchdog.store import Store, casebook, gathering, history, listings
from watchdog.terms.finding import Severity, Subject
from watchdog.terms.identity import Asin, MarketplaceId, OrderId, OrderKey, ProductId, Sku
from watchdog.terms.marketplace import JAPAN
from watchdog.terms.observation import Interface, Status
from watchdog.terms.product import Product, Tally
from watchdog.terms.verdict import Coverage, Suspicion

if TYPE_CHECKING:
    from watchdog.terms.product import Census

OTHER = Asin("B0OTHER001")
TOUCHED = Suspicion(every_new_line=True)


def product_of(store: Store, order: str, place: MarketplaceId = JAPAN) -> ProductId:
    """
    Return the product of an order's only line.
    """
    key = OrderKey(place, OrderId(order))
    with store.reading() as tx:
        return history.orders(tx, [key])[key][0].product_id


def judge_all(store: Store) -> history.Judged:
    """
    Note that everything was judged.
    """
    with store.writing() as tx:
        upto = history.newest(tx)
        history.save_judged(tx, upto)
    return upto


def suspects(store: Store, suspicion: Suspicion, *, order: str = "o1") -> set[str]:
    """
    Return the orders of the product to be looked at one by one.
    """
    number = product_of(store, order)
    with store.writing() as tx:
        return {key.order_id for key in gathering.suspects(tx, {number: suspicion}, history.judged(tx))}


def census_of(store: Store, order: str = "o1") -> Census:
    """
    Return the product's open pre-orders in figures.
    """
    number = product_of(store, order)
    with store.reading() as tx:
        return gathering.contexts(tx, [number])[number].census


def test_only_what_is_new_is_judged(store: Store) -> None:
    """
    Products are touched by states and by release dates beyond the numbers judged so far.
    """
    absorb(store, a_look(at(1)), [seen("o1"), seen("o2", asin=OTHER, sku="B")])
    first, second = product_of(store, "o1"), product_of(store, "o2")
    with store.reading() as tx:
        at_first = history.touched(tx, history.judged(tx))
    judge_all(store)
    absorb(store, a_look(at(2)), [seen("o1", RESET), seen("o2", asin=OTHER, sku="B")])
    with store.reading() as tx:
        moved = history.touched(tx, history.judged(tx))
    judge_all(store)
    say_release(store, at(3), RELEASE, asin=OTHER)
    with store.reading() as tx:
        dated = history.touched(tx, history.judged(tx))
    judge_all(store)

    with store.reading() as tx:
        assert history.touched(tx, history.judged(tx)) == ()
    assert (at_first, moved, dated) == ((first, second), (first,), (second,))


def test_learning_keeps_what_was_judged(store: Store) -> None:
    """
    The watch list's version and the judged numbers share a row and never overwrite each other.
    """
    absorb(store, a_look(at(1)), [seen("o1")])
    upto = judge_all(store)
    say_release(store, at(2), RELEASE)
    with store.reading() as tx:
        version = listings.watch(tx).version
        kept = history.judged(tx)
    judge_all(store)

    assert kept == upto
    with store.reading() as tx:
        assert listings.watch(tx).version == version == 1


def test_the_census_counts_listed_open_orders_by_ship_by(store: Store) -> None:
    """
    Two lines of an order count once; closed and vanished orders do not count; a missing ship-by comes last.
    """
    rows = [
        seen("o1"),
        seen("o1", line="second"),
        seen("o2"),
        seen("o3", RESET),
        seen("o4", None),
        seen("o5", status=Status.SHIPPED),
        seen("o6", line_shipped=True),
    ]
    absorb(store, a_look(at(1)), [*rows, seen("gone")])
    absorb(store, a_look(at(2)), rows)

    census = census_of(store, "o2")
    assert census.tallies == (Tally(RESET, 1), Tally(RELEASE, 2), Tally(None, 1))
    assert (census.orders, census.as_of) == (4, at(2))


def test_the_census_knows_the_last_marked_purchase_as_a_marketplace_date(store: Store) -> None:
    """
    Bought at 23:30 UTC on the 1st is bought on the 2nd in Japan; closed and unmarked orders say nothing.
    """
    absorb(
        store,
        a_look(at(9)),
        [
            seen("o1", marked=True, purchased_at=at(1, 23)),
            seen("o2", purchased_at=at(5)),
            seen("o3", marked=True, purchased_at=at(6), status=Status.CANCELLED),
        ],
    )

    assert census_of(store).last_marked_purchase == date(2026, 9, 2)


@pytest.mark.parametrize(
    ("interface", "complete", "sees"),
    [(Interface.ORDERS_2026, True, True), (Interface.UNSHIPPED_REPORT, True, False), (Interface.ORDERS_2026, False, False)],
    ids=["a sweep", "a shipping report", "one order asked for"],
)
def test_only_a_sweep_shows_pending_siblings(store: Store, interface: Interface, complete: bool, sees: bool) -> None:
    """
    A single answer of an interface that shows pending orders does not show the siblings.
    """
    absorb(store, a_look(at(1), source="some source", interface=interface, complete=complete), [seen("o1")])

    assert census_of(store).sees_pending is sees


def test_an_early_ship_by_is_suspect_whether_new_or_old(store: Store) -> None:
    """
    Everything before the bound, listed or not, as long as it is open.
    """
    rows = [seen("o1"), seen("early", RESET), seen("closed", RESET, status=Status.SHIPPED), seen("undated", None)]
    absorb(store, a_look(at(1)), [*rows, seen("vanished", RESET)])
    absorb(store, a_look(at(2)), rows)
    judge_all(store)

    assert suspects(store, Suspicion(ship_by_before=RELEASE)) == {"early", "vanished"}


def test_healthy_orders_are_no_objects(store: Store) -> None:
    """
    A first sight of many orders that are where they belong names none of them.
    """
    absorb(store, a_look(at(1)), [seen("o1"), seen("o2")])

    assert suspects(store, Suspicion(ship_by_before=RELEASE)) == set()


def test_new_lines_are_suspect_where_nothing_can_be_compared(store: Store) -> None:
    """
    Each new open line once, not again after it was judged.
    """
    absorb(store, a_look(at(1)), [seen("o1"), seen("o2", status=Status.CANCELLED)])
    new = suspects(store, TOUCHED)
    judge_all(store)

    assert (new, suspects(store, TOUCHED)) == ({"o1"}, set())


def test_a_move_a_wish_to_cancel_and_an_early_exit_are_suspect(store: Store) -> None:
    """
    Each by itself, though the ship-by is not early.
    """
    pending = Status.PENDING_AVAILABILITY
    rows = [seen(order, date(2026, 9, 20), status=pending) for order in ("o1", "moved", "wish", "left")]
    absorb(store, a_look(at(1), interface=Interface.ORDERS_2026, source="sweep"), rows)
    judge_all(store)
    rows[1:] = [
        seen("moved", date(2026, 9, 18), status=pending),
        seen("wish", date(2026, 9, 20), cancel_requested=True, status=pending),
        seen("left", date(2026, 9, 20), fulfillable_at=at(2)),
    ]
    absorb(store, a_look(at(5), interface=Interface.ORDERS_2026, source="sweep"), rows)

    assert suspects(store, Suspicion()) == {"moved", "wish"}
    assert suspects(store, Suspicion(left_pending_before=at(3))) == {"moved", "wish", "left"}


def test_touched_orders_on_record_are_suspect_also_when_closed(store: Store) -> None:
    """
    A flagged order that is shipped now must be looked at: its case ends; a notice is dropped the same way.
    """
    absorb(store, a_look(at(1)), [seen("o1"), seen("case"), seen("notice"), seen("plain")])
    number = product_of(store, "o1")
    with store.writing() as tx:
        for order, write in (("case", True), ("notice", False)):
            finding = replace(a_finding(), subject=Subject(JAPAN, number, OrderId(order)))
            if write:
                casebook.open_case(tx, found(finding), now=at(1))
            else:
                casebook.record_notices(tx, [replace(finding, severity=Severity.NOTICE)], now=at(1))
    judge_all(store)
    before = suspects(store, Suspicion())
    shipped = [seen(order, status=Status.SHIPPED) for order in ("case", "notice", "plain")]
    absorb(store, a_look(at(2)), [seen("o1"), *shipped])

    assert (before, suspects(store, Suspicion())) == (set(), {"case", "notice"})


def test_a_new_release_date_recalls_the_open_cases(store: Store) -> None:
    """
    Nothing was said of the order, but its product's date changed.
    """
    absorb(store, a_look(at(1)), [seen("o1")])
    with store.writing() as tx:
        finding = replace(a_finding(), subject=Subject(JAPAN, product_of(store, "o1"), OrderId("o1")))
        casebook.open_case(tx, found(finding), now=at(1))
    judge_all(store)
    before = suspects(store, Suspicion())
    say_release(store, at(2), RELEASE)

    assert (before, suspects(store, Suspicion())) == (set(), {"o1"})


def test_exits_from_pending_are_counted_per_product(store: Store) -> None:
    """
    How many listed open orders had left pending availability before a moment, and where one of them is new.
    """
    absorb(store, a_look(at(5)), [seen("o1"), seen("o2", fulfillable_at=at(2)), seen("o3", status=Status.PENDING_AVAILABILITY)])
    number = product_of(store, "o1")

    with store.reading() as tx:
        assert gathering.left_before(tx, {number: at(3)}) == {number: 1}
        assert gathering.left_before(tx, {number: at(6)}) == {number: 2}
        assert gathering.with_new_exits(tx, {number: at(3)}, history.Judged()) == {number}
        assert gathering.with_new_exits(tx, {number: at(3)}, history.newest(tx)) == set()


def test_a_context_carries_names_and_every_release_date(store: Store) -> None:
    """
    A list for any marketplace and one for this SKU speak of the same product.
    """
    absorb(store, a_look(at(1)), [seen("o1", title="限定盤CD")])
    say_release(store, at(1), RELEASE)
    say_release(store, at(2), date(2026, 9, 21), asin=None, sku=Sku("CD-1"), marketplace_id=JAPAN)
    number = product_of(store, "o1")

    with store.reading() as tx:
        context = gathering.contexts(tx, [number])[number]
        assert context.releases == listings.releases(tx, number)
    assert context.product == Product(number, JAPAN, ASIN, Sku("CD-1"), "限定盤CD")
    assert [(each.day, each.learned_at) for each in context.releases] == [(RELEASE, at(1)), (date(2026, 9, 21), at(2))]


def test_a_product_without_a_title_is_called_as_the_list_calls_it(store: Store) -> None:
    """
    Shipping reports may come without a title; the seller's list has one.
    """
    absorb(store, a_look(at(1)), [seen("o1")])
    say_release(store, at(1), RELEASE, title="限定盤CD")
    number = product_of(store, "o1")

    with store.reading() as tx:
        assert gathering.contexts(tx, [number])[number].product.title == "限定盤CD"


def test_orders_due_soon_are_counted_by_product_and_day(store: Store) -> None:
    """
    Listed open orders within the days asked for, in one marketplace.
    """
    us = MarketplaceId("ATVPDKIKX0DER")
    rows = [seen("o1"), seen("o2"), seen("o3", RESET), seen("o4", status=Status.SHIPPED), seen("o5", place=us)]
    absorb(store, a_look(at(1)), rows)

    with store.reading() as tx:
        found_near = history.near(tx, RELEASE, date(2026, 9, 15), JAPAN)
        assert history.open_orders(tx) == 2
    assert found_near == ((product_of(store, "o1"), RELEASE, 2),)


def test_a_source_saw_ship_dates_only_where_there_were_any(store: Store) -> None:
    """
    An answer whose rows all come without a window is no sight, also when it repeats itself (DOMAIN §10).
    """
    absorb(store, a_look(at(1)), [seen("o1")])
    absorb(store, a_look(at(2)), [seen("o1")])
    absorb(store, a_look(at(3)), [seen("o1", None)])
    absorb(store, a_look(at(4)), [seen("o1", None)])

    with store.reading() as tx:
        assert history.last_saw_ship_dates(tx) == (("inbox:unshipped_report", at(2)),)


def test_coverage_is_kept_per_product(store: Store) -> None:
    """
    What the judge said last of each product; a product without open orders leaves the list.
    """
    absorb(store, a_look(at(1)), [seen("o1", title="CD"), seen("o2", asin=OTHER, sku="B")])
    with store.reading() as tx:
        first, second = (listings.product(tx, product_of(store, order)) for order in ("o1", "o2"))
    with store.writing() as tx:
        for opened, others in ((3, 2), (4, 0)):
            of_first = Coverage(first, opened, None, None, "release_unknown", (), without_ship_by=1)
            listings.save_coverage(tx, [of_first, Coverage(second, others, RELEASE, "releases.csv", None)])
        kept = listings.coverage(tx)

    assert kept == (Coverage(first, 4, None, None, "release_unknown", (), without_ship_by=1),)


def test_a_row_nobody_keeps_touches_nothing(store: Store) -> None:
    """
    What is passed by is no product and no order.
    """
    absorb(store, a_look(at(1)), [seen("o1")], keep=pass_all)

    with store.reading() as tx:
        assert history.touched(tx, history.Judged()) == ()
        assert history.orders(tx, [OrderKey(JAPAN, OrderId("o1"))]) == {}
