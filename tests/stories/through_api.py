"""
A seller whose orders are seen through the (fake) Selling Partner API; both clocks are the story's.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.spapi_fake.clock import Clock
from tests.spapi_fake.fake import FakeSpapi
from tests.spapi_fake.shop import incident
from tests.stories.seller import Seller

if TYPE_CHECKING:
    import pytest


@dataclass
class Shop:
    """
    The seller, and Amazon as the story has it.
    """

    seller: Seller
    fake: FakeSpapi
    begin: datetime

    def at(self, minutes: float) -> datetime:
        """
        Set Amazon's clock so many minutes after the beginning.
        """
        moment = self.begin + timedelta(minutes=minutes)
        self.fake.clock.set(moment)
        return moment

    def turn(self, minutes: float, *, expect: int = 0) -> dict[str, Any]:
        """
        Run one turn at that time and return its sources by name.
        """
        moment = self.at(minutes)
        shown = json.loads(self.seller.runs("check", "--now", moment.isoformat(), "--json", expect=expect))
        return {source["name"]: source for source in shown["sources"]}

    def told(self) -> list[str]:
        """
        Return the subjects of what was said about the watch itself, in order.
        """
        with closing(sqlite3.connect(self.seller.state / "watchdog.db")) as database:
            query = "SELECT subject FROM messages WHERE kind LIKE 'condition%' ORDER BY message_no"
            return [subject for (subject,) in database.execute(query)]


def a_shop(seller: Seller, fake: FakeSpapi, monkeypatch: pytest.MonkeyPatch, begin: datetime) -> Shop:
    """
    Return eighteen healthy pre-orders behind the API; nothing is dropped into the inbox.
    """
    fake.world, fake.clock = incident(begin, timedelta(days=300)), Clock(begin)
    given = {
        "SPAPI_ENDPOINT": fake.endpoint,
        "LWA_ENDPOINT": fake.lwa_endpoint,
        "SPAPI_CLIENT_ID": fake.lwa.client_id,
        "SPAPI_CLIENT_SECRET": fake.lwa.client_secret,
        "SPAPI_REFRESH_TOKEN": fake.lwa.refresh_token,
    }
    for name, value in given.items():
        monkeypatch.setenv(f"PREORDER_{name}", value)
    return Shop(seller, fake, begin)
