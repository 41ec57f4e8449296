"""
All sources together, for days on end: no operation is ever asked beyond its allowance, and Amazon's own examples are read.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.sources.makers_sources import a_reading
from tests.sources.spapi.watched import BEGIN, a_shop
from tests.spapi_fake.client import a_session
from tests.spapi_fake.fixtures import needs_models
from tests.spapi_fake.models import FOLDER, contracts
from tests.spapi_fake.pricing import Offer
from tests.spapi_fake.shop import health
from watchdog.sources.formats.catalog import said_in
from watchdog.sources.formats.notice import OrderChanged, ReportFinished, notice_in
from watchdog.sources.spapi.asking_2026 import Asker2026
from watchdog.sources.spapi.catalog import Catalog
from watchdog.sources.spapi.orders import Orders
from watchdog.sources.spapi.pricing import Pricing
from watchdog.sources.spapi.reports import HEALTH, Report
from watchdog.terms.account import Account
from watchdog.terms.identity import Asin
from watchdog.terms.look import Rest
from watchdog.terms.marketplace import BY_ID, JAPAN
from watchdog.terms.product import Awaited

if TYPE_CHECKING:
    from pathlib import Path

    from tests.spapi_fake.fake import FakeSpapi
    from watchdog.routines.patrol import Source


def _sources(fake: FakeSpapi, folder: Path, products: list[Asin]) -> list[Source]:
    session, account, reading = a_session(fake), Account(), a_reading()
    awaited = [Awaited(JAPAN, asin, date(2026, 8, 1 + number % 28)) for number, asin in enumerate(products)]
    flagged = [(JAPAN, asin) for asin in products]
    return [
        Orders(session, (Asker2026(session, reading, account.marketplaces),)),
        Catalog(session, lambda: awaited, lambda _keys: ()),
        Report(session, HEALTH, account.marketplaces, reading, folder),
        Pricing(session, fake.world.seller_id, lambda: flagged),
    ]


def _live(fake: FakeSpapi, sources: list[Source], until: datetime) -> None:
    """
    Poll every source whenever one of them wishes so, as the patrol does.
    """
    now, marks = BEGIN, dict[str, Any]()
    while now < until:
        fake.clock.set(now)
        wishes = [now + timedelta(minutes=15)]
        for source in sources:
            for said in source.poll(marks.get(source.name), now):
                marks[source.name] = marks.get(source.name) if said.mark is None else json.loads(json.dumps(said.mark))
                if isinstance(said, Rest) and said.again_at is not None:
                    wishes.append(said.again_at)
        now = max(min(wishes), now + timedelta(seconds=1))


def test_a_month_stays_within_every_allowance(fake: FakeSpapi, tmp_path: Path, proving: bool) -> None:
    """
    Orders, catalogue, account health and prices of a shop with 40 products: not one answer of 429.

    Six hours here; the whole month under ``make prove``.
    """
    a_shop(fake, 40)
    products = [Asin(f"B0SHOP{number:04d}") for number in range(40)]
    for asin in products:
        fake.world.product(asin, "CD", release=date(2026, 9, 14))
        fake.world.offers[asin] = [Offer("A2OTHER0001", 2900)]
    fake.desk.health = health(BEGIN)
    hours = 30 * 24 if proving else 6
    _live(fake, _sources(fake, tmp_path, products), BEGIN + timedelta(hours=hours))

    assert {name for name, count in fake.throttled.items() if count} == set()
    assert fake.calls("searchOrders") <= 20 + 20 * hours
    assert fake.calls("createReport") == hours / 6  # counted from when each was due, so that waiting for it adds no drift
    assert {status for _, status in fake.answered} <= {200, 202}


@needs_models
def test_the_examples_of_every_operation_asked_for_here_are_read() -> None:
    """
    Amazon's own sandbox answers and published notifications, without a word about what is wrong with them.
    """
    items = contracts("catalogItems_2022-04-01.json")["GET", "/catalog/2022-04-01/items"].examples
    single = contracts("catalogItems_2022-04-01.json")["GET", "/catalog/2022-04-01/items/{asin}"].examples
    answers = [said_in(example, BY_ID[JAPAN]) for example in (*items, *single)]
    change = json.loads((FOLDER / "OrderChangeNotification.json").read_text())["examples"]
    finished = json.loads((FOLDER / "ReportProcessingFinishedNotification.json").read_text())["examples"]

    assert len(answers) > 1
    assert [wrong for _, wrong in answers if wrong] == []
    assert {type(notice_in(json.dumps(each), BY_ID[JAPAN])) for each in change} == {OrderChanged}
    assert {type(notice_in(json.dumps(each), BY_ID[JAPAN])) for each in finished} == {ReportFinished}


@needs_models
@pytest.mark.parametrize(
    ("method", "path", "field"),
    [
        ("POST", "/reports/2021-06-30/reports", "reportId"),
        ("GET", "/reports/2021-06-30/reports/{reportId}", "processingStatus"),
        ("GET", "/reports/2021-06-30/documents/{reportDocumentId}", "url"),
    ],
    ids=["create", "look", "document"],
)
def test_what_is_read_of_a_report_stands_in_amazons_examples(method: str, path: str, field: str) -> None:
    """
    The one field each step hangs on.
    """
    examples = contracts("reports_2021-06-30.json")[method, path].examples

    assert examples
    assert all(isinstance(example[field], str) for example in examples)
