"""
The figures Prometheus scrapes: read from the log at that moment, so that they survive restarts and never disagree with the screens.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

from watchdog import __version__
from watchdog.store import conditions, figures, history, jobs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from prometheus_client.core import Metric

    from watchdog.store import Store, Transaction
    from watchdog.store.jobs import Job

_PREFIX = "preorder_watchdog"


def exposed(store: Store, *, now: datetime, lanes: Mapping[str, bool], calls: Mapping[tuple[str, str], int]) -> bytes:
    """
    Return everything in Prometheus' text format.

    Args:
        store: the log.
        now: for ages.
        lanes: of each lane whether it moves or is idle.
        calls: requests to Amazon since the start, by operation and outcome.
    """
    registry = CollectorRegistry()
    registry.register(_Collector(lambda: _everything(store, now, lanes, calls)))
    return generate_latest(registry)


class _Collector:
    def __init__(self, collect: Callable[[], Iterator[Metric]]) -> None:
        self.collect = collect


def _everything(store: Store, now: datetime, lanes: Mapping[str, bool], calls: Mapping[tuple[str, str], int]) -> Iterator[Metric]:
    yield _gauge("info", "The program that speaks.", {(__version__,): 1}, "version")
    yield _gauge("lane_well", "1 while the lane moves or is idle.", {(name,): int(well) for name, well in lanes.items()}, "lane")
    yield _counter("api_requests", "Requests to Amazon since the start.", calls, "operation", "outcome")
    yield _gauge("log_bytes", "Size of the log's files.", _sizes(store), "file")
    with store.reading() as tx:
        yield from _of_jobs(jobs.known(tx))
        yield from _of_sources(tx)
        yield from _of_cases(tx)
        yield from _of_the_outbox(tx, now)


def _of_jobs(known: Mapping[str, Job]) -> Iterator[Metric]:
    yield _counter("job_runs", "How often each job ran.", {(job.name,): job.runs for job in known.values()}, "job")
    yield _counter("job_failures", "How often each job failed.", {(job.name,): job.failures for job in known.values()}, "job")
    yield _gauge("job_failing", "1 while a job fails.", {(job.name,): int(job.failing_since is not None) for job in known.values()}, "job")
    yield _gauge("job_duration_seconds", "How long the last run took.", {(job.name,): job.took_ms / 1000 for job in known.values()}, "job")
    succeeded = {(job.name,): job.succeeded_at.timestamp() for job in known.values() if job.succeeded_at is not None}
    yield _gauge("job_last_success_timestamp_seconds", "When each job last went well.", succeeded, "job")


def _of_sources(tx: Transaction) -> Iterator[Metric]:
    looked = figures.looked(tx)
    yield _gauge("looks", "Looks the journal still holds.", {(each.source,): each.looks for each in looked}, "source")
    rows = {(each.source, what): getattr(each, what) for each in looked for what in ("used", "unchanged", "rejected", "ignored")}
    yield _gauge("observations", "Order rows of these looks, by what became of them.", rows, "source", "fate")
    last = {(each.source,): each.last_at.timestamp() for each in looked}
    yield _gauge("source_last_look_timestamp_seconds", "When the source last answered.", last, "source")
    saw = {(source,): as_of.timestamp() for source, as_of in history.last_saw_ship_dates(tx)}
    yield _gauge("source_last_saw_ship_dates_timestamp_seconds", "When the source last really showed ship-by dates.", saw, "source")


def _of_cases(tx: Transaction) -> Iterator[Metric]:
    yield _gauge("cases", "Cases by state, ended ones included.", {(k,): v for k, v in figures.cases_by_state(tx).items()}, "state")
    yield _gauge("findings", "Open findings by rule.", {(k,): v for k, v in figures.findings_by_rule(tx).items()}, "rule")
    standing: dict[tuple[str, ...], float] = {}
    for each in conditions.standing(tx):
        kind = (str(each.condition.kind),)
        standing[kind] = standing.get(kind, 0) + 1
    yield _gauge("conditions", "What stands against the account or the watch itself, by kind.", standing, "kind")


def _of_the_outbox(tx: Transaction, now: datetime) -> Iterator[Metric]:
    lying = figures.outbox(tx)
    waiting = {(each.channel, "waiting"): each.waiting for each in lying}
    buried = {(each.channel, "buried"): each.buried for each in lying}
    yield _gauge("outbox_messages", "Messages that have not left, or were given up.", waiting | buried, "channel", "fate")
    ages = {(each.channel,): max(0.0, (now - each.oldest_at).total_seconds()) for each in lying if each.oldest_at is not None}
    yield _gauge("outbox_oldest_seconds", "Age of the oldest message that has not left.", ages, "channel")


def _sizes(store: Store) -> dict[tuple[str, ...], float]:
    if store.engine.dialect.name != "sqlite":
        return {}
    files = {"log": Path(store.where), "wal": Path(f"{store.where}-wal")}
    return {(name,): float(path.stat().st_size) for name, path in files.items() if path.exists()}


def _gauge(name: str, text: str, values: Mapping[Any, float], *labels: str) -> Metric:
    return _filled(GaugeMetricFamily(f"{_PREFIX}_{name}", text, labels=labels), values)


def _counter(name: str, text: str, values: Mapping[Any, float], *labels: str) -> Metric:
    return _filled(CounterMetricFamily(f"{_PREFIX}_{name}", text, labels=labels), values)


def _filled(family: GaugeMetricFamily | CounterMetricFamily, values: Mapping[Any, float]) -> Metric:
    for labels, value in sorted(values.items()):
        family.add_metric(labels, value)
    return family
