"""
Account health in the log: history is kept, the newest is read, on both databases.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import text

from tests.store.makers_store import NOW, a_look, at, watch_all
from watchdog.store import health, looks
from watchdog.terms.health import Aim, HealthFigure, Metric
from watchdog.terms.look import Batch, Kind
from watchdog.terms.marketplace import BY_COUNTRY, JAPAN

if TYPE_CHECKING:
    from watchdog.store import Store

LATE = HealthFigure(
    JAPAN, Metric.LATE_SHIPMENT, 30, at(5), "inbox:health_report", 100, 3, 0.03, 0.04, "GOOD", Aim.BELOW, date(2026, 8, 7), date(2026, 9, 5)
)


def learn(store: Store, *figures: HealthFigure) -> None:
    """
    Write figures down.
    """
    with store.writing() as tx:
        health.learn(tx, figures)


def test_a_figure_comes_back_as_it_was_said(store: Store) -> None:
    """
    Every part of it, and unknown parts as unknown.
    """
    bare = HealthFigure(JAPAN, Metric.ACCOUNT, 0, at(5), "inbox:health_report", status="NORMAL", aim=Aim.EXACTLY)
    learn(store, LATE, bare)

    with store.reading() as tx:
        assert health.latest(tx) == (LATE, bare)


def test_the_newest_of_each_window_is_read_and_the_others_are_kept(store: Store) -> None:
    """
    Also where an older report comes later; the shorter window stands first.
    """
    newer, short = replace(LATE, as_of=at(6), defects=4), replace(LATE, window_days=10, defects=1)
    elsewhere = replace(LATE, marketplace_id=BY_COUNTRY["US"].id)
    learn(store, newer, short, elsewhere)
    learn(store, LATE)

    with store.reading() as tx:
        assert health.latest(tx) == (short, newer, elsewhere)
        assert health.history(tx, Metric.LATE_SHIPMENT, marketplace_id=JAPAN, window_days=30) == (LATE, newer)
        assert health.history(tx, Metric.LATE_SHIPMENT, marketplace_id=JAPAN, since=at(6)) == (newer,)
        assert health.history(tx, Metric.CANCELLATION) == ()


def test_the_same_report_again_adds_nothing(store: Store) -> None:
    """
    The same metric, window and moment is one figure; what is said of it now counts.
    """
    learn(store, LATE)
    learn(store, replace(LATE, defects=2))

    with store.reading() as tx:
        assert [figure.defects for figure in health.history(tx, Metric.LATE_SHIPMENT)] == [2]


def test_a_batch_with_figures_is_absorbed_and_stands_in_the_view(store: Store) -> None:
    """
    As any look: journalled, and readable without the program.
    """
    look = a_look(at(5), source="inbox:health_report", interface=None, complete=False, kind=Kind.HEALTH, name="health.json")
    looks.begin(store, look, now=NOW).take(Batch(look, health=(LATE,)), watch_all, now=NOW)

    with store.reading() as tx:
        query = text(
            "SELECT metric, window_days, orders, defects, rate, aim, window_from, as_of_utc FROM account_health WHERE account_id = :me"
        )
        row = tx.connection.execute(query, {"me": tx.account_id}).one()
        assert tuple(row) == ("late_shipment_rate", 30, 100, 3, 0.03, "stay below", "2026-08-07", "2026-09-05T01:00:00Z")
