"""
What a turn of the patrol costs, end to end: file → log → judgement; each case in a process of its own, ratios within one run.

    python benchmarks/patrol.py [--rows 1000000]

Prints rows/s and peak memory of a first load, of the same facts in other bytes, and the ratio of a turn with 100 changed orders
at 1,000 and at 100,000 stored ones. The peer in the same run is the bare decoding of the file, which no reader that decodes first can beat.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from watchdog.assemble import House
    from watchdog.sources.files import Reading

HERE = Path(__file__).parent
START = datetime(2016, 9, 1, 3, tzinfo=UTC)


def house(folder: Path, sources: list[object]) -> House:
    from watchdog.assemble.building import build
    from watchdog.store import open_store
    from watchdog.terms.account import Account

    return build(Account(channels=()), open_store(f"sqlite:///{folder / 'watchdog.db'}", create=True), sources, ())


def reading() -> Reading:
    from watchdog.assemble.handed import reading_of
    from watchdog.terms.account import Account

    return reading_of(Account(), b"benchmark" * 4)


def turn(folder: Path, path: Path, when: datetime) -> dict:
    """
    Read one file in this process and judge it.
    """
    from watchdog.sources.replay import replay

    files = replay([f"{path}@{when.isoformat()}"], reading=reading())
    built = house(folder, [files])
    began = time.perf_counter()
    done = built.patrol.turn(when + timedelta(minutes=1))
    seconds = time.perf_counter() - began
    built.close()
    rows = done.rows
    return {
        "seconds": round(seconds, 2),
        "read": rows.read,
        "used": rows.used,
        "unchanged": rows.unchanged,
        "ignored": rows.ignored,
        "rows_per_s": round(rows.read / seconds),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def alone(function: Callable[..., dict], *arguments: object) -> dict:
    """
    Call the function in a fresh process and return its answer.
    """
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, arguments)


def report(path: Path, rows: int, seed: int, *, days_past: int = 0) -> None:
    subprocess.run(
        [sys.executable, HERE / "make_report.py", path, "--rows", str(rows), "--seed", str(seed), "--share-preorders", "1.0"], check=True
    )
    if days_past:
        same_facts(path)


def same_facts(path: Path) -> None:
    """
    Change ``days-past-promise`` of every row, as every new day does.
    """
    renewed = path.with_suffix(".new")
    with path.open("rb") as old, renewed.open("wb") as new:
        new.write(next(old))
        for line in old:
            cells = line.split(b"\t", 7)
            new.write(b"\t".join([*cells[:6], b"-9", *cells[7:]]))
    renewed.replace(path)


def releases(path: Path) -> None:
    from make_report import PRODUCTS

    path.write_text("sku,release_date\n" + "".join(f"PRE-{n:05d},2016-09-14\n" for n in range(PRODUCTS)))


def decoded(path: Path) -> float:
    began = time.perf_counter()
    with path.open(encoding="cp932", newline="") as file:
        while file.read(1 << 20):
            pass
    return time.perf_counter() - began


def dump(path: Path, orders: int, *, changed: int = 0, page: bool = False) -> None:
    """
    Write an Orders API answer; ``changed`` of them are reset to the 8th. A page is no complete look.
    """
    whole = {"orders": [_order(n, "2016-09-08" if n < changed else "2016-09-14") for n in range(changed if page else orders)]}
    if page:
        whole["pagination"] = {"nextToken": "more"}
    path.write_text(json.dumps(whole))


def _order(number: int, day: str) -> dict:
    return {
        "orderId": f"250-{number:07d}-0000000",
        "createdTime": "2016-07-01T00:00:00Z",
        "lastUpdatedTime": "2016-07-01T00:00:00Z",
        "programs": ["PREORDER"],
        "salesChannel": {"marketplaceId": "A1VC38T7YXB528"},
        "fulfillment": {
            "fulfillmentStatus": "PENDING_AVAILABILITY",
            "fulfilledBy": "MERCHANT",
            "shipByWindow": {"latestDateTime": f"{day}T14:59:59Z"},
        },
        "orderItems": [
            {
                "orderItemId": str(number),
                "quantityOrdered": 1,
                "product": {"asin": f"B{number % 200:09d}", "sellerSku": f"PRE-{number % 200:05d}"},
            }
        ],
    }


def changed_turn(folder: Path, stored: int) -> dict:
    lines = "sku,release_date\n" + "".join(f"PRE-{n:05d},2016-09-14\n" for n in range(200))
    (folder / "releases.csv").write_text(lines)
    dump(folder / "all.json", stored)
    dump(folder / "page.json", stored, changed=100, page=True)
    alone(turn, folder, folder / "releases.csv", START)
    alone(turn, folder, folder / "all.json", START + timedelta(hours=1))
    return alone(turn, folder, folder / "page.json", START + timedelta(hours=2))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000)
    rows = options.parse_args().rows
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "report.txt"
        releases(folder / "releases.csv")
        alone(turn, folder, folder / "releases.csv", START)
        report(path, rows, 1)
        bare = decoded(path)
        print(f"{rows} rows, {path.stat().st_size / 1e6:.0f} MB; bare decoding of CP932: {bare:.1f} s")
        for what, when in (("first load", 1), ("same facts, other bytes", 2)):
            if when == 2:
                same_facts(path)
            done = alone(turn, folder, path, START + timedelta(hours=when))
            print(f"{what}: {done}  ({done['seconds'] / bare:.1f} x bare decoding)")
    turns = {}
    for stored in (1_000, 100_000):
        with tempfile.TemporaryDirectory() as name:
            turns[stored] = changed_turn(Path(name), stored)
            print(f"turn with 100 changed at {stored} stored: {turns[stored]}")
    print(f"ratio: {turns[100_000]['seconds'] / turns[1_000]['seconds']:.2f}")


if __name__ == "__main__":
    main()
