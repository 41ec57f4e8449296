"""
What other programs ask: /metrics for Prometheus, /health for whoever wants to know; read from the log when asked.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.daemon.running import ROOT, a_log, until
from tests.stories.seller import Seller, fourteen, noon
from watchdog import assemble
from watchdog.daemon.metrics import exposed
from watchdog.daemon.watch import Watch
from watchdog.settings import load
from watchdog.store import jobs
from watchdog.terms.errors import StoreFull
from watchdog.terms.look import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchdog.assemble import House

_NOW = datetime(2026, 9, 5, 12, tzinfo=UTC)
_DASHBOARD = ROOT / "docs" / "monitoring" / "grafana.json"


@pytest.fixture
def house(seller: Seller) -> Iterator[House]:
    """
    A house in which one of fourteen pre-orders was reset.
    """
    seller.lists_release("2026-09-14", seen="2026-09-03")
    seller.drops_orders([*fourteen()[:-1], fourteen()[-1].but(ship_by="2026-09-08", status="UNSHIPPED")], seen="2026-09-04")
    house = assemble.house(load(), create=True)
    house.patrol.turn(noon("2026-09-05"))
    yield house
    house.close()


def samples(text: bytes) -> dict[str, dict[tuple[str, ...], float]]:
    """
    Return metric → label values → value.
    """
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(text.decode()):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return found


def test_the_metrics_say_what_the_log_says(house: House) -> None:
    """
    Turns, observations, findings, cases, outbox, jobs, requests; names and units as Prometheus has them.
    """
    with house.store.writing() as tx:
        jobs.note(tx, "patrol", at=_NOW, took_ms=1500)
        jobs.note(tx, "upkeep.backup", at=_NOW, took_ms=1, trouble=Reason("store_full", {"path": "/b", "problem": "full"}))
    told = samples(exposed(house.store, now=_NOW, lanes={"patrol": True, "post": False}, calls=Counter({("searchOrders", "200"): 7})))
    prefix = "preorder_watchdog_"

    assert told[f"{prefix}lane_well"] == {("patrol",): 1, ("post",): 0}
    assert told[f"{prefix}job_runs_total"][("patrol",)] == 1
    assert told[f"{prefix}job_failing"] == {("patrol",): 0, ("upkeep.backup",): 1}
    assert told[f"{prefix}job_last_success_timestamp_seconds"] == {("patrol",): _NOW.timestamp()}
    assert told[f"{prefix}api_requests_total"] == {("searchOrders", "200"): 7}
    assert sum(told[f"{prefix}observations"].values()) == 14
    assert told[f"{prefix}findings"][("ship_by_before_release",)] == 1
    assert sum(told[f"{prefix}cases"].values()) == 1
    assert told[f"{prefix}outbox_messages"][("console", "waiting")] >= 1
    assert told[f"{prefix}log_bytes"][("log",)] > 0
    assert not re.search(rb"250-0000000|CD-01|B0SAMPLE", exposed(house.store, now=_NOW, lanes={}, calls={}))


def test_every_figure_of_the_dashboard_is_served(house: House) -> None:
    """
    The shipped Grafana dashboard asks for nothing that is not there.
    """
    text = exposed(house.store, now=_NOW, lanes={"patrol": True}, calls={}).decode()
    served = set(re.findall(r"^# TYPE (\S+)", text, re.MULTILINE))
    document = json.loads(_DASHBOARD.read_text(encoding="utf-8"))
    asked = {
        name for panel in document["panels"] for target in panel["targets"] for name in re.findall(r"preorder_watchdog_\w+", target["expr"])
    }
    rules = set(re.findall(r"preorder_watchdog_\w+", Path(_DASHBOARD.parent / "alerts.yml").read_text(encoding="utf-8")))

    assert asked
    assert asked | rules <= served


def test_the_pages_answer_on_this_machine_while_the_watch_lasts(house: House) -> None:
    """
    Well: 200. A job that fails, a standing condition or a dead lane: 503, with the reason. Anything else: 404.
    """
    log, told = a_log()
    assert house.running is not None
    house.running = assemble.Running(house.running.state_dir, house.running.poll_every, 0)
    watch = Watch(house, lambda: noon("2026-09-05"), log, damaged=lambda: None, ended=lambda _round: None)
    watch.start()
    try:
        until(lambda: [entry for entry in told if entry["event"] == "figures.served"], within=10)
        port = next(entry["port"] for entry in told if entry["event"] == "figures.served")
        url = f"http://127.0.0.1:{port}"
        until(lambda: watch.rounds.turns >= 1, within=20)
        until(lambda: httpx.get(f"{url}/health").status_code == 200, within=20)
        metrics = httpx.get(f"{url}/metrics")
        with house.store.writing() as tx:
            jobs.note(tx, "upkeep.backup", at=_NOW, took_ms=1, trouble=Reason("store_full", {"path": "/b", "problem": "full"}))
        ill = httpx.get(f"{url}/health")
        other = httpx.get(f"{url}/")
    finally:
        assert watch.stop(within=10)

    assert metrics.headers["content-type"].startswith("text/plain")
    assert "preorder_watchdog_info" in metrics.text
    assert ill.status_code == 503
    assert ill.json()["failing"] == {"upkeep.backup": StoreFull.code}
    assert other.status_code == 404
