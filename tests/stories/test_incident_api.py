"""
The incident through the API, as a seller meets it: three credentials, no files, the real program over HTTP.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.spapi_fake.faults import Fault
from tests.spapi_fake.fixtures import fake_spapi, spapi_host
from tests.stories.seller import Seller, noon
from watchdog.terms.moments import show_instant

if TYPE_CHECKING:
    from tests.spapi_fake.fake import FakeSpapi

__all__ = ["fake_spapi", "spapi_host"]

CD = "B0SAMPLE01"
RELEASE, EARLY = date(2026, 9, 14), date(2026, 9, 8)
MINUTE = timedelta(minutes=1)


def a_seller(folder: Path, monkeypatch: pytest.MonkeyPatch, fake: FakeSpapi, **more: str) -> Seller:
    """
    Return a seller whose program asks the fake; fourteen people have ordered one CD.
    """
    fake.world.product(CD, "見本CD 初回限定盤", release=RELEASE)
    fake.world.preorders(14, CD, ship_by=RELEASE, bought=noon("2026-07-20"), every=timedelta(hours=3))
    environment = {
        "PREORDER_SPAPI_ENDPOINT": fake.endpoint,
        "PREORDER_LWA_ENDPOINT": fake.lwa_endpoint,
        "PREORDER_SPAPI_CLIENT_ID": fake.lwa.client_id,
        "PREORDER_SPAPI_CLIENT_SECRET": fake.lwa.client_secret,
        "PREORDER_SPAPI_REFRESH_TOKEN": fake.lwa.refresh_token,
        **more,
    }
    return Seller(folder, monkeypatch, environment=environment)


def checks(seller: Seller, fake: FakeSpapi, now: datetime, expect: int = 0) -> str:
    """
    Let the clocks of both stand at that moment, run one turn and return what it prints.
    """
    fake.clock.set(now)
    return seller.runs("check", "--now", show_instant(now), expect=expect)


def test_one_reset_order_is_told_within_a_second_of_being_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_spapi: FakeSpapi
) -> None:
    """
    A healthy shop is quiet; after the reset the next turn alerts, confirmed by one getOrder, and asks Amazon's CD date itself.
    """
    fake, seller = fake_spapi, a_seller(tmp_path, monkeypatch, fake_spapi)
    begin = noon("2026-08-03 10:00")
    checks(seller, fake, begin)
    quiet = seller.errors
    odd = sorted(fake.world.orders)[3]
    fake.clock.set(begin + MINUTE)
    fake.world.reset(odd, EARLY, begin + MINUTE, status="UNSHIPPED", payment="ConvenienceStore")
    cpu = time.process_time()

    checks(seller, fake, begin + 5 * MINUTE)

    assert "【緊急】" not in quiet
    assert odd in seller.errors
    assert "この注文だけを個別に照会し、同じ内容であることを確かめました" in seller.errors
    assert fake.calls("getOrder") == 1
    assert time.process_time() - cpu < 5


def test_no_secret_is_printed_logged_or_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_spapi: FakeSpapi) -> None:
    """
    Through a good turn, a refusal, an outage and a withdrawn authorisation, at the most talkative log level.
    """
    fake = fake_spapi
    seller = a_seller(tmp_path, monkeypatch, fake, PREORDER_LOG_LEVEL="debug")
    monkeypatch.setenv("PREORDER_LOG_LEVEL", "debug")
    begin, seen = noon("2026-08-03 10:00"), ""
    for step, fault in enumerate((None, Fault(None, status=403, message="denied"), Fault(None, status=500), Fault(None, cut=True))):
        if fault is not None:
            fake.faults.add(fault)
        fake.clock.set(begin + step * timedelta(hours=1))
        out = seller.runs("check", "--now", show_instant(fake.clock.now()), expect=int(fault is not None))
        seen += out + seller.errors
        fake.faults.standing.clear()
    fake.lwa.revoked = True
    fake.lwa.expire()
    seen += checks(seller, fake, begin + timedelta(hours=5), expect=1) + seller.errors

    secrets = (fake.lwa.client_secret, fake.lwa.refresh_token, "Atza|")
    stored = b"".join(path.read_bytes() for path in seller.state.rglob("*") if path.is_file() and os.access(path, os.R_OK)).decode(
        "latin-1"
    )
    assert "認可" in seen
    assert [secret for secret in secrets if secret in seen or secret in stored] == []


def killed(now: datetime, point: int) -> int:
    """
    Walk one turn in a process of its own that dies at that point, and return how it ended.
    """
    command = [sys.executable, "-m", "tests.stories.dying", now.isoformat(), str(point)]
    return subprocess.run(command, check=False, timeout=120, cwd=Path(__file__).parents[2], capture_output=True).returncode


@pytest.mark.parametrize("point", range(1, 8) if os.environ.get("PREORDER_PROVE") == "1" else [4])
def test_a_sweep_killed_with_no_warning_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_spapi: FakeSpapi, point: int) -> None:
    """
    Killed between two pages, kill -9: the next process asks for the rest, and every order is there once, the reset one flagged once.
    """
    fake, seller = fake_spapi, a_seller(tmp_path, monkeypatch, fake_spapi)
    begin = noon("2026-08-03 10:00")
    fake.world.preorders(216, CD, ship_by=RELEASE, bought=noon("2026-07-22"))
    fake.clock.set(begin)
    fake.world.reset(sorted(fake.world.orders)[3], EARLY, begin - timedelta(days=1), status="UNSHIPPED")

    died = killed(begin, point)
    seen = checks(seller, fake, begin + MINUTE)

    with closing(sqlite3.connect(seller.state / "watchdog.db")) as log:
        states = log.execute("SELECT order_id, count(*) FROM order_history WHERE source LIKE '%sweep%' GROUP BY order_id").fetchall()
    assert died == -signal.SIGKILL
    assert (len(states), max(times for _order_id, times in states)) == (230, 1)
    assert fake.calls("searchOrders") <= 3 + 1
    assert seen.count(sorted(fake.world.orders)[3]) == 1


def test_the_last_resort_is_the_unshipped_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_spapi: FakeSpapi) -> None:
    """
    Amazon refuses both interfaces for orders: where the restricted role is granted, its report shows the reset all the same.
    """
    fake, seller = fake_spapi, a_seller(tmp_path, monkeypatch, fake_spapi, PREORDER_SPAPI_REPORT="1")
    begin = noon("2026-08-03 10:00")
    checks(seller, fake, begin)
    asked_for = sum(asked.operation == "createRestrictedDataToken" for asked in fake.asked)
    fake.faults.add(Fault("searchOrders", status=400, code="InvalidInput", message="Invalid request parameters."))
    fake.faults.add(Fault("v0.getOrders", status=403, code="Unauthorized", message="Access to requested resource is denied."))
    fake.faults.add(Fault("v0.getOrder", status=403, code="Unauthorized", message="Access to requested resource is denied."))
    odd = sorted(fake.world.orders)[3]
    fake.clock.set(begin + MINUTE)
    fake.world.reset(odd, EARLY, begin + MINUTE, status="UNSHIPPED")
    seen = ""
    for minutes in (5, 7, 9):
        checks(seller, fake, begin + minutes * MINUTE, expect=1)
        seen += seller.errors

    assert asked_for == 0
    assert sum(asked.operation == "createRestrictedDataToken" for asked in fake.asked) == 1
    assert odd in seen
    assert "【緊急】" in seen
