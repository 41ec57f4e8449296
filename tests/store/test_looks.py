"""
What a look writes, and above all what it does not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from tests.store.makers_store import (
    ASIN,
    NOW,
    RELEASE,
    RESET,
    a_look,
    a_row,
    absorb,
    at,
    batches,
    pass_all,
    read,
    say_release,
    seen,
    watch_all,
)
from watchdog.store import Store, history, journal, listings, looks
from watchdog.store.schema import sightings, states
from watchdog.terms.identity import MarketplaceId, OrderId, OrderKey, Sku
from watchdog.terms.look import Batch, Defect, Ignored, Keeping, Reason, RowCounts, WatchList
from watchdog.terms.marketplace import JAPAN
from watchdog.terms.observation import Interface, Observation, Status

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Table

    from watchdog.terms.preorder import Preorder

US = MarketplaceId("ATVPDKIKX0DER")


def line_of(store: Store, order: str, place: MarketplaceId = JAPAN) -> Preorder:
    """
    Return the only line of an order.
    """
    key = OrderKey(place, OrderId(order))
    with store.reading() as tx:
        (line,) = history.orders(tx, [key])[key]
    return line


def last_seen_at(line: Preorder) -> datetime:
    """
    Return the last moment at which a source showed the line.
    """
    return max(sighting.seen_until for sighting in line.sightings)


def count(store: Store, table: Table = states) -> int:
    """
    Return how many rows the account has in a table.
    """
    with store.reading() as tx:
        query = select(func.count()).select_from(table).where(table.c.account_id == store.account_id)
        return int(tx.connection.execute(query).scalar_one())


def test_the_first_look_uses_every_row(store: Store) -> None:
    """
    A row never seen before becomes a line with one state.
    """
    counts = absorb(store, a_look(at(1)), [seen("o1"), seen("o2", RESET)])

    assert counts == RowCounts(used=2)
    assert line_of(store, "o2").ship_by == RESET


def test_the_same_rows_again_write_nothing(store: Store) -> None:
    """
    Unchanged rows of a complete look leave no trace but a later time.
    """
    absorb(store, a_look(at(1)), [seen("o1"), seen("o2")])
    counts = absorb(store, a_look(at(2)), [seen("o1"), seen("o2")])

    assert counts == RowCounts(unchanged=2)
    assert count(store) == 2
    assert last_seen_at(line_of(store, "o1")) == at(2)


def test_a_changed_row_becomes_a_state(store: Store) -> None:
    """
    Only what changed is written; the move is seen between the last look that showed the old date and the first with the new one.
    """
    absorb(store, a_look(at(1)), [seen("o1"), seen("o2")])
    absorb(store, a_look(at(2)), [seen("o1"), seen("o2")])
    counts = absorb(store, a_look(at(3)), [seen("o1"), seen("o2", RESET)])

    (move,) = line_of(store, "o2").moves
    assert counts == RowCounts(used=1, unchanged=1)
    assert (move.old, move.new, move.before_at, move.seen_at) == (RELEASE, RESET, at(2), at(3))


def test_an_order_left_out_is_listed_no_more(store: Store) -> None:
    """
    A complete look that omits an order says that it is absent; its facts stay.
    """
    absorb(store, a_look(at(1)), [seen("o1"), seen("o2")])
    absorb(store, a_look(at(2)), [seen("o1")])

    line = line_of(store, "o2")
    assert not line.listed
    assert line.is_open
    assert line.ship_by == RELEASE


def test_an_order_that_comes_back_is_listed_again(store: Store) -> None:
    """
    The same row after an absence is news, seen from then on; nothing of it has changed.
    """
    for day, orders in ((1, ["o1", "o2"]), (2, ["o1"])):
        absorb(store, a_look(at(day)), [seen(order) for order in orders])
    counts = absorb(store, a_look(at(3)), [seen("o1"), seen("o2")])

    line = line_of(store, "o2")
    assert counts == RowCounts(used=1, unchanged=1)
    assert line.listed
    assert (line.changes, last_seen_at(line)) == ((), at(3))


def test_absences_stay_within_the_marketplaces_of_the_look(store: Store) -> None:
    """
    A file of one marketplace says nothing of another's orders.
    """
    absorb(store, a_look(at(1)), [seen("o1"), seen("o2", place=US)])
    absorb(store, a_look(at(2)), [seen("o3")])

    assert not line_of(store, "o1").listed
    assert line_of(store, "o2", US).listed


def test_a_file_with_its_header_only_lists_nothing(store: Store) -> None:
    """
    An empty complete answer means that nothing is there.
    """
    absorb(store, a_look(at(1)), [seen("o1"), seen("o2", place=US)])
    absorb(store, a_look(at(2)), [])

    assert not line_of(store, "o1").listed
    assert not line_of(store, "o2", US).listed


def test_a_page_of_changes_leaves_nothing_out(store: Store) -> None:
    """
    A partial look writes a narrow sighting for an unchanged row and no absence.
    """
    page = a_look(at(2), complete=False)
    absorb(store, a_look(at(1)), [seen("o1"), seen("o2")])
    counts = absorb(store, page, [seen("o1")])

    assert counts == RowCounts(unchanged=1)
    assert (count(store), count(store, sightings)) == (2, 1)
    assert line_of(store, "o2").listed
    assert last_seen_at(line_of(store, "o1")) == at(2)


def test_a_row_repeated_in_one_look_is_unchanged(store: Store) -> None:
    """
    In the same batch or another, the second of two equal rows says nothing new.
    """
    counts = absorb(store, a_look(at(1)), [seen("o1"), seen("o1"), seen("o2"), seen("o1")], size=2)

    assert counts == RowCounts(used=2, unchanged=2)


def test_every_row_is_counted_once(store: Store) -> None:
    """
    Read = used + unchanged + rejected + ignored, per look and in sum; a rejected row is named.
    """
    look = a_look(at(1))
    rows = [seen("o1"), Defect(2, Reason("row_id_missing", {"column": "order-id"})), Ignored("fulfilled_by_amazon"), seen("o2", asin=None)]
    counts = absorb(store, look, rows, keep=lambda said, _watch: Keeping.WATCH if said.asin else Keeping.PASS)

    assert counts == RowCounts(used=1, rejected=1, ignored=2)
    with store.reading() as tx:
        (taken,) = journal.intake(tx, 10)
        assert journal.rows(tx) == counts == taken.rows
        assert [defect.place for defect in taken.defects] == [2]


def test_two_hundred_rejected_rows_are_named_and_all_are_counted(store: Store) -> None:
    """
    A file of nothing but broken rows does not fill the log.
    """
    broken = [Defect(place, Reason("row_id_missing", {"column": "order-id"})) for place in range(1, 301)]
    counts = absorb(store, a_look(at(1)), broken, size=120)

    with store.reading() as tx:
        assert len(journal.intake(tx, 1)[0].defects) == 200
    assert counts.rejected == 300


def test_rows_passed_by_are_not_read_again(store: Store) -> None:
    """
    While the watch list stays as it is, a row nobody watches costs eight bytes and no reading.
    """
    asked: list[str] = []

    def keep(said: Observation, _watch: WatchList) -> Keeping:
        asked.append(said.order_id)
        return Keeping.PASS

    absorb(store, a_look(at(1)), [seen("o1"), seen("o2")], keep=keep)
    counts = absorb(store, a_look(at(2)), [seen("o1"), seen("o2"), seen("o3")], keep=keep)

    assert asked == ["o1", "o2", "o3"]
    assert counts == RowCounts(ignored=3)


def test_the_newest_file_is_outdated_once_the_watch_list_grows(store: Store) -> None:
    """
    A release date learned after the file was read: the file has to be read again, and then no more.
    """
    look = a_look(at(1), content="abc")
    absorb(store, look, [seen("o1")], keep=pass_all)
    with store.reading() as tx:
        before = looks.outdated(tx)
    say_release(store, at(2), RELEASE)
    with store.reading() as tx:
        grown = looks.outdated(tx)
    absorb(store, look, [seen("o1")], keep=watch_all)
    with store.reading() as tx:
        after = looks.outdated(tx)

    assert (before, grown, after) == ((), ((look.source, "abc"),), ())


def test_reading_a_file_again_adds_what_is_watched_by_now(store: Store) -> None:
    """
    Newly watched lines appear as of the file's time, known ones are unchanged, no absence is invented, no row counts twice.
    """
    look = a_look(at(1), content="abc")
    absorb(store, look, [seen("o1"), seen("o2", asin=None)], keep=lambda said, _watch: Keeping.WATCH if said.asin else Keeping.PASS)
    say_release(store, at(2), RELEASE)
    counts = absorb(store, look, [seen("o1"), seen("o2", asin=None)])

    assert counts == RowCounts(used=1, unchanged=1)
    assert line_of(store, "o2").first_seen_at == at(1)
    assert line_of(store, "o1").listed
    with store.reading() as tx:
        assert journal.rows(tx) == RowCounts(used=2)


def test_a_finished_content_is_known(store: Store) -> None:
    """
    A file is known by its content once it was read to its end; by content and time, where its time is asked for, too.
    """
    look = a_look(at(1), content="abc")
    first, last = batches(look, [seen("o1"), seen("o2")], 1)
    absorption = looks.begin(store, look, now=NOW)
    absorption.take(first, watch_all, now=NOW)
    with store.reading() as tx:
        halfway = looks.is_known(tx, "abc")
    absorption.take(last, watch_all, now=NOW)
    with store.reading() as tx:
        finished = looks.is_known(tx, "abc")
        of_then, of_later = (looks.is_known(tx, "abc", moment) for moment in (at(1), at(2)))

    assert (halfway, finished, of_then, of_later) == (False, True, True, False)


def test_a_refused_file_is_written_down_with_its_reason(store: Store) -> None:
    """
    Nothing of it is used, and its content is not known: a corrected program may read it.
    """
    look = a_look(at(1), content="abc", interface=None)
    absorption = looks.begin(store, look, now=NOW)
    counts = absorption.take(Batch(look, refused=Reason("file_empty", {"name": "orders.txt"})), watch_all, now=NOW)

    with store.reading() as tx:
        (taken,) = journal.intake(tx, 1)
        assert taken.refused == Reason("file_empty", {"name": "orders.txt"})
        assert not looks.is_known(tx, "abc")
    assert counts == RowCounts()


def test_a_late_file_adds_evidence_only(store: Store) -> None:
    """
    An older file that arrives after a newer one is filed at its own time and marked as late.
    """
    absorb(store, a_look(at(3)), [seen("o1", RESET)])
    with store.reading() as tx:
        judged = history.newest(tx)
    absorb(store, a_look(at(1)), [seen("o1")])

    key = OrderKey(JAPAN, OrderId("o1"))
    (move,) = line_of(store, "o1").moves
    assert (move.old, move.new) == (RELEASE, RESET)
    assert line_of(store, "o1").ship_by == RESET
    with store.reading() as tx:
        assert history.live(tx, [key], judged) == frozenset()
        assert history.only_late(tx, [key], judged) == {key}
        assert history.touched_only_late(tx, judged) == {line_of(store, "o1").product_id}


def test_a_late_file_between_two_looks_does_not_hide_the_later_one(store: Store) -> None:
    """
    What a later look had confirmed without writing is written once something lies in between.
    """
    absorb(store, a_look(at(1)), [seen("o1")])
    absorb(store, a_look(at(3)), [seen("o1")])
    absorb(store, a_look(at(2)), [seen("o1", RESET)])

    line = line_of(store, "o1")
    assert [(each.as_of, each.known.ship_by) for each in line.sightings] == [(at(1), RELEASE), (at(2), RESET), (at(3), RELEASE)]
    assert line.ship_by == RELEASE


def test_two_sources_that_agree_do_not_write_by_turns(store: Store) -> None:
    """
    Another source's states make an unchanged row news only where they contradict it.
    """
    for day in (1, 3, 5):
        absorb(store, a_look(at(day)), [seen("o1")])
        absorb(store, a_look(at(day + 1), source="inbox:orders_2026", interface=Interface.ORDERS_2026), [seen("o1", payment="CreditCard")])

    assert count(store) == 2


def test_an_equal_row_is_news_after_another_source_contradicted_it(store: Store) -> None:
    """
    The file says A, the interface says B, the file says A again: three sightings, not two.
    """
    absorb(store, a_look(at(1)), [seen("o1")])
    absorb(store, a_look(at(2), source="spapi:orders", interface=Interface.ORDERS_2026, complete=False), [seen("o1", RESET)])
    counts = absorb(store, a_look(at(3)), [seen("o1")])

    assert counts == RowCounts(used=1)
    assert [each.known.ship_by for each in line_of(store, "o1").sightings] == [RELEASE, RESET, RELEASE]


def test_a_source_without_item_ids_speaks_of_the_same_line(store: Store) -> None:
    """
    A line is keyed by its item id, else by its SKU: a report without item ids adds to the known line, and the other way round.
    """
    report = a_look(at(2), source="inbox:all_orders", interface=Interface.ALL_ORDERS_REPORT, complete=False)
    absorb(store, a_look(at(1)), [seen("o1", line="item-1")])
    absorb(store, report, [seen("o1", RESET, line="sku:CD-1"), seen("o2", line="sku:CD-1")])
    absorb(store, a_look(at(3)), [seen("o2", line="item-2")])

    assert (line_of(store, "o1").line, line_of(store, "o1").ship_by) == ("item-1", RESET)
    assert line_of(store, "o2").line == "item-2"


def test_a_product_known_by_its_sku_gets_its_asin(store: Store) -> None:
    """
    One observation with both names makes one product of two, with the lines of both.
    """
    absorb(store, a_look(at(1)), [seen("o1", asin=None), seen("o2", sku=None)])
    apart = {line_of(store, order).product_id for order in ("o1", "o2")}
    absorb(store, a_look(at(2), complete=False), [seen("o3")])

    together = {line_of(store, order).product_id for order in ("o1", "o2", "o3")}
    assert (len(apart), len(together)) == (2, 1)
    assert line_of(store, "o1").asin == ASIN


def test_a_release_list_that_pairs_asin_and_sku_merges_them_too(store: Store) -> None:
    """
    The pair holds for products known already and for orders still to come.
    """
    absorb(store, a_look(at(1)), [seen("o1", asin=None), seen("o2", sku=None)])
    say_release(store, at(2), RELEASE, sku=Sku("CD-1"))
    absorb(store, a_look(at(3), complete=False), [seen("o3", asin=None)])

    assert len({line_of(store, order).product_id for order in ("o1", "o2", "o3")}) == 1


def test_one_asin_may_have_several_skus_and_a_sku_keeps_its_asin(store: Store) -> None:
    """
    Two SKUs of one ASIN are one product; a SKU that turns up under another ASIN does not merge two ASINs.
    """
    absorb(store, a_look(at(1)), [seen("o1", sku="A"), seen("o2", sku="B"), seen("o3", sku="A", asin="B0OTHER001")])

    assert line_of(store, "o1").product_id == line_of(store, "o2").product_id
    assert line_of(store, "o3").product_id != line_of(store, "o1").product_id


def test_marked_orders_put_their_product_on_the_watch_list_until_they_are_closed(store: Store) -> None:
    """
    The watch list grows with the first open marked order and shrinks with the last.
    """
    absorb(store, a_look(at(1)), [seen("o1", marked=True, status=Status.PENDING_AVAILABILITY)])
    with store.reading() as tx:
        open_ = listings.watch(tx)
    absorb(store, a_look(at(2)), [seen("o1", marked=True, status=Status.SHIPPED)])
    with store.reading() as tx:
        closed = listings.watch(tx)

    assert (JAPAN, f"asin:{ASIN}") in open_.marked
    assert (JAPAN, "sku:CD-1") in open_.marked
    assert open_.version > 0
    assert closed.marked == frozenset()


def test_marks_of_the_same_batch_count(store: Store) -> None:
    """
    An unmarked order is kept because a marked one of its product stands beside it.
    """

    def keep(said: Observation, watch: WatchList) -> Keeping:
        return Keeping.WATCH if (said.marketplace_id, f"asin:{said.asin}") in watch.marked else Keeping.PASS

    counts = absorb(store, a_look(at(1)), [seen("o1"), seen("o2", marked=True)], keep=keep)

    assert counts == RowCounts(used=2)


def test_products_that_look_like_preorders_are_named_until_they_are_listed(store: Store) -> None:
    """
    Each complete look names them anew; one that is on a release list by now is named no more.
    """

    def name(_said: Observation, _watch: WatchList) -> Keeping:
        return Keeping.NAME

    absorb(store, a_look(at(1)), [seen("o1", title="CD"), seen("o2"), seen("o3", asin="B0OTHER001")], size=1, keep=name)
    with store.reading() as tx:
        first = {each.asin: each.rows for each in listings.unlisted(tx)}
    absorb(store, a_look(at(2)), [seen("o1")], keep=name)
    with store.reading() as tx:
        second = {each.asin: each.rows for each in listings.unlisted(tx)}
    say_release(store, at(3), RELEASE)
    with store.reading() as tx:
        third = listings.unlisted(tx)

    assert (first, second, third) == ({ASIN: 2, "B0OTHER001": 1}, {ASIN: 1}, ())


def test_an_error_in_the_middle_of_a_batch_keeps_nothing_of_it(store: Store) -> None:
    """
    The batch can be taken again as if it had never been tried.
    """
    look = a_look(at(1))
    rows = [a_row(seen("o1")), a_row(seen("o2"))]
    absorption = looks.begin(store, look, now=NOW)

    def broken(said: Observation, _watch: WatchList) -> Keeping:
        if said.order_id == "o2":
            raise RuntimeError("stop")
        return Keeping.WATCH

    with pytest.raises(RuntimeError):
        absorption.take(Batch(look, rows=rows, read=read), broken, now=NOW)
    counts = absorption.take(Batch(look, rows=rows, read=read), watch_all, now=NOW)

    assert counts == RowCounts(used=2)
    assert count(store) == 2


def test_accounts_do_not_see_each_other(store: Store) -> None:
    """
    The same order in two accounts is two orders.
    """
    other = replace(store, account_id=type(store.account_id)(store.account_id + 500_000))
    absorb(store, a_look(at(1)), [seen("o1")])

    with other.reading() as tx:
        assert history.orders(tx, [OrderKey(JAPAN, OrderId("o1"))]) == {}
        assert history.newest(tx) == history.Judged()
    assert absorb(other, a_look(at(1)), [seen("o1")]) == RowCounts(used=1)
