"""
From the queue to Slack: a reset that Amazon announces is told within seconds, by the real daemon over real sockets.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from tests.daemon.running import running, until
from tests.deliver.servers import answering
from tests.sources.sqs.servers import KEY, SECRET, Sqs, sqs
from tests.spapi_fake.clock import MachineClock
from tests.spapi_fake.fixtures import fake_spapi, spapi_host
from tests.spapi_fake.notices import order_change
from tests.spapi_fake.shop import CD, incident

if TYPE_CHECKING:
    from pathlib import Path

    from tests.spapi_fake.fake import FakeSpapi

__all__ = ["fake_spapi", "spapi_host", "sqs"]


def test_a_reset_in_the_queue_is_told_in_slack_within_seconds(fake_spapi: FakeSpapi, sqs: Sqs, tmp_path: Path, proving: bool) -> None:
    """
    Received, absorbed, confirmed by one getOrder, judged and sent.

    On a machine that runs all tests at once only the order of size is held; the two seconds are held by ``make prove``.
    """
    fake, queue = fake_spapi, sqs.queue()
    fake.world, fake.clock = incident(datetime.now(UTC), timedelta(days=1)), MachineClock()
    with answering() as slack:
        given = {
            "STATE_DIR": str(tmp_path / "state"),
            "LANGUAGE": "en",
            "SPAPI_ENDPOINT": fake.endpoint,
            "LWA_ENDPOINT": fake.lwa_endpoint,
            "SPAPI_CLIENT_ID": fake.lwa.client_id,
            "SPAPI_CLIENT_SECRET": fake.lwa.client_secret,
            "SPAPI_REFRESH_TOKEN": fake.lwa.refresh_token,
            "SQS_QUEUE_URL": queue.url,
            "SQS_ACCESS_KEY_ID": KEY,
            "SQS_SECRET_ACCESS_KEY": SECRET,
            "SLACK_WEBHOOK_URL": slack.url(),
            "ALLOW_PRIVATE_TARGETS": "1",
        }
        with running(tmp_path, **{f"PREORDER_{name}": value for name, value in given.items()}) as daemon:
            until(lambda: "patrol.finished" in daemon.log, within=30)
            order = next(order for order in fake.world.orders.values() if order.lines[0].asin == CD)
            assert order.ship_by is not None
            now = datetime.now(UTC)
            fake.world.reset(order.order_id, order.ship_by - timedelta(days=6), now, status="UNSHIPPED")
            sent = monotonic()
            sqs.client().send_message(QueueUrl=queue.url, MessageBody=order_change(order, now))
            until(lambda: slack.posts, within=20)
            took = monotonic() - sent
            log = daemon.log

    print(f"told after {took:.2f} s")
    assert took <= (2 if proving else 15), log
    assert order.order_id in str(slack.posts[0].json)
    assert SECRET not in log
