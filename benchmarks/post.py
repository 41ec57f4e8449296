"""
What one walk of the postman costs when there is nothing to send, with 1,000 and with 100,000 messages behind it; and one message
out of 1,000 that wait, beside one that waits alone.

    python benchmarks/post.py [--messages 100000]

Prints milliseconds of the quickest of several, and the ratios within the run. The peer is an empty transaction of the same log.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from watchdog.assemble import House
    from watchdog.store import Transaction
    from watchdog.terms.message import Message, Notice, Receipt

NOW = datetime(2016, 9, 8, 3, tzinfo=UTC)


class Silent:
    """
    A channel that takes everything at once.
    """

    name = "slack"

    def send(self, message: Message) -> Receipt:
        from watchdog.terms.message import Fate, Receipt

        return Receipt(Fate.SENT, "ok", reference=message.id)


def house(folder: Path) -> House:
    from watchdog.assemble.building import build
    from watchdog.assemble.parts import Outgoing
    from watchdog.deliver.timetable import Timetable
    from watchdog.store import open_store
    from watchdog.terms.account import Account

    log = open_store(f"sqlite:///{folder / 'watchdog.db'}", create=True)
    return build(Account(channels=("slack",)), log, [], [Silent()], outgoing=Outgoing(hours=Timetable(UTC, storm_cap=10**9)))


def notice(number: int) -> Notice:
    from watchdog.terms.finding import Severity
    from watchdog.terms.identity import CaseNo
    from watchdog.terms.message import MessageKind, Notice

    text = "出荷予定日が発売日より前に変わりました。" * 40
    return Notice(
        key=f"alert/{number}",
        kind=MessageKind.ALERT,
        severity=Severity.URGENT,
        subject="出荷予定日",
        text=text,
        html=text,
        blocks=(),
        case_nos=(CaseNo(number),),
        product_id=None,
    )


def remember(tx: Transaction, count: int) -> None:
    """
    Write cases that rang, were answered, resolved and told of, long ago.
    """
    from sqlalchemy import text

    tx.connection.execute(
        text("UPDATE messages SET waiting = 0, created_at = '2015-09-08T03:00:00.000000Z', sent_at = '2015-09-08T03:00:00.000000Z'")
    )
    case = dict(tx.connection.execute(text("SELECT * FROM cases")).mappings().one())
    step = dict(tx.connection.execute(text("SELECT * FROM case_steps WHERE step_no = 1")).mappings().one())
    message = dict(
        tx.connection.execute(text("SELECT * FROM messages WHERE waiting = 0 ORDER BY message_no DESC LIMIT 1")).mappings().one()
    )
    insert = "INSERT INTO {} ({}) VALUES ({})"
    for table, model, own in (
        (
            "cases",
            case,
            lambda n: {"case_no": n, "order_id": f"250-{n:07d}-{n:07d}", "is_open": 0, "outcome": "restored", "state": "resolved"},
        ),
        ("case_steps", step, lambda n: {"case_no": n}),
        ("case_steps", step, lambda n: {"case_no": n, "step_no": 2, "rings": 0, "event": "acknowledged", "by": "shop"}),
        ("messages", message, lambda n: {"message_no": n, "key": f"alert/{n}"}),
        ("message_cases", {"account_id": 1}, lambda n: {"message_no": n, "case_no": n}),
    ):
        rows = [{**model, **own(10 + number)} for number in range(count)]
        names = list(rows[0])
        tx.connection.execute(text(insert.format(table, ", ".join(f'"{n}"' for n in names), ", ".join(f":{n}" for n in names))), rows)


def quickest(work: Callable[[], object], times: int = 7) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return min(taken)


def idle(count: int) -> tuple[float, float]:
    """
    Return the milliseconds of a walk with nothing to send, and of an empty transaction.
    """
    from tests.cases.makers_cases import a_finding
    from watchdog.cases.intents import found
    from watchdog.terms.identity import OrderId

    with tempfile.TemporaryDirectory() as folder:
        built = house(Path(folder))
        with built.store.writing() as tx:
            built.desk.enact.apply(tx, [found(a_finding(OrderId("503-1234567-0000001")))], now=NOW)
            remember(tx, count)

        def nothing() -> None:
            with built.store.writing():
                pass

        built.postman.deliver(lambda: NOW)
        figures = quickest(lambda: built.postman.deliver(lambda: NOW)), quickest(nothing)
        built.close()
        return figures


def leaving(count: int) -> float:
    """
    Return the milliseconds a message takes to leave while so many wait.
    """
    from watchdog.store import outbox

    with tempfile.TemporaryDirectory() as folder:
        built = house(Path(folder))
        with built.store.writing() as tx:
            for number in range(count):
                outbox.enqueue(tx, notice(number + 1), ("slack",), now=NOW)
        began = time.perf_counter()
        sent = built.postman.deliver(lambda: NOW).sent
        taken = (time.perf_counter() - began) * 1000 / sent
        built.close()
        return taken


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=100_000)
    most = parser.parse_args().messages
    few, bare = idle(1_000)
    many, _ = idle(most)
    alone, crowd = leaving(20), leaving(1_000)
    print(json.dumps({"idle_ms": {"1000": round(few, 2), str(most): round(many, 2), "empty transaction": round(bare, 2)}}))
    print(f"idle ratio {most:,}:1,000 = {many / few:.2f}")
    print(json.dumps({"ms_a_message": {"20 waiting": round(alone, 2), "1000 waiting": round(crowd, 2)}}))
    print(f"leaving ratio 1,000:20 = {crowd / alone:.2f}")


if __name__ == "__main__":
    main()
