"""
The fake by hand: a small shop with the incident in it, and what to set so that the program watches it.
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta

from tests.spapi_fake.clock import MachineClock
from tests.spapi_fake.fake import FakeSpapi
from tests.spapi_fake.server import Host
from tests.spapi_fake.shop import health, incident

_SETTINGS = """\
A fake Selling Partner API listens on {base}. It holds {orders} open pre-orders; {minutes:g} min from now one of them is reset.

In another terminal:

  export PREORDER_STATE_DIR=$(mktemp -d)
  export PREORDER_SPAPI_ENDPOINT={base}
  export PREORDER_LWA_ENDPOINT={lwa}
  export PREORDER_SPAPI_CLIENT_ID={client_id}
  export PREORDER_SPAPI_CLIENT_SECRET={client_secret}
  export PREORDER_SPAPI_REFRESH_TOKEN='{refresh_token}'
  preorder-watchdog check

Orders are asked for every four minutes, so a check five minutes later finds the reset; `preorder-watchdog run` finds it by itself.
Buckets refill {speed:g} times as fast as Amazon's. Ctrl-C ends it.
"""


def main() -> None:
    """
    Listen until interrupted; every request is shown with the answer's status.
    """
    options = _options()
    now = datetime.now(UTC)
    fake = FakeSpapi(MachineClock(), incident(now, timedelta(minutes=options.reset_after)), speed=options.speed)
    fake.desk.health, fake.desk.takes = health(now), timedelta(seconds=20)
    with Host(port=options.port).listening() as host, host.showing(fake):
        print(
            _SETTINGS.format(
                base=fake.endpoint,
                lwa=fake.lwa_endpoint,
                orders=len(fake.world.orders),
                minutes=options.reset_after,
                client_id=fake.lwa.client_id,
                client_secret=fake.lwa.client_secret,
                refresh_token=fake.lwa.refresh_token,
                speed=options.speed,
            ),
            flush=True,
        )
        host.wait(lambda: _show_new(fake))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.spapi_fake", description=__doc__)
    parser.add_argument("--port", type=int, default=8765, help="port on 127.0.0.1 (8765); 0 takes a free one")
    parser.add_argument("--reset-after", type=float, default=1, metavar="MINUTES", help="when the incident happens (1)")
    parser.add_argument("--speed", type=float, default=60, help="how many times as fast as Amazon's the buckets refill (60)")
    return parser.parse_args()


def _show_new(fake: FakeSpapi) -> None:
    shown = getattr(fake, "shown", 0)
    for asked in fake.asked[shown:]:
        print(f"{asked.at:%H:%M:%S} {asked.method} {asked.path} {dict(asked.query) or ''}", flush=True)
    for problem in fake.violations:
        print(f"  ! {problem}", flush=True)
    fake.violations.clear()
    fake.shown = len(fake.asked)  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
