"""
A seller watched through the fake Selling Partner API: simulated hours are a loop over the moments the sources ask for.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.sources.makers_sources import a_reading
from tests.spapi_fake.client import a_session
from tests.spapi_fake.fake import FakeSpapi
from tests.spapi_fake.orders_2026 import shown
from watchdog.assemble import Attention, House
from watchdog.assemble.building import build
from watchdog.routines.patrol import Turn
from watchdog.sources.inbox import Inbox
from watchdog.sources.spapi.asking_2026 import Asker2026
from watchdog.sources.spapi.asking_v0 import AskerV0
from watchdog.sources.spapi.orders import Orders
from watchdog.sources.spapi.session import Session
from watchdog.store import Store, history, journal, open_temporary, releases
from watchdog.store.findings import findings
from watchdog.store.lines import known_lines
from watchdog.terms.account import Account
from watchdog.terms.errors import SourceError
from watchdog.terms.identity import Asin, OrderId, OrderKey
from watchdog.terms.look import ReleaseSaid, ReleaseSource, Rest
from watchdog.terms.marketplace import JAPAN
from watchdog.terms.message import Fate, Message, Receipt

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from tests.spapi_fake.world import Order
    from watchdog.sources.files import Reading
    from watchdog.store.findings import ListedFinding
    from watchdog.terms.preorder import Preorder

CD = "B0FAKECD01"
RELEASE = date(2026, 9, 14)
EARLY = date(2026, 9, 8)
#: Ten in the morning in Japan, weeks before the release.
BEGIN = datetime(2026, 8, 1, 1, tzinfo=UTC)


class Postbox:
    """
    A channel that keeps what it is handed.
    """

    name = "postbox"

    def __init__(self) -> None:
        """
        Begin empty.
        """
        self.messages: list[Message] = []

    def send(self, message: Message) -> Receipt:
        """
        Keep it.
        """
        self.messages.append(message)
        return Receipt(Fate.SENT, "kept")


@dataclass
class Watched:
    """
    One house over one fake; whoever restarts it keeps the store and loses everything else.
    """

    fake: FakeSpapi
    store: Store
    house: House
    orders: Orders
    session: Session
    postbox: Postbox
    told: list[tuple[str, Mapping[str, object]]]
    now: datetime
    turns: list[Turn] = field(default_factory=list)

    def turn(self, now: datetime | None = None) -> Turn:
        """
        Walk one turn, and deliver what it has to say.
        """
        self.now = now or self.now
        self.fake.clock.set(self.now)
        turn = self.house.patrol.turn(self.now)
        if turn.enacted.messages:
            self.house.postman.deliver(lambda: self.now)
        self.turns.append(turn)
        return turn

    def until(self, end: datetime, *, at_most: timedelta = timedelta(minutes=15)) -> None:
        """
        Walk turn after turn, each when the sources ask for it, but no later than a round of the clock.
        """
        while self.now < end:
            turn = self.turn()
            self.now = min(turn.again_at or self.now + at_most, self.now + at_most)
        self.now = end

    def said(self) -> list[str]:
        """
        Return the bodies of all messages so far.
        """
        return [message.notice.text for message in self.postbox.messages]

    def findings(self, *, everything: bool = False) -> list[ListedFinding]:
        """
        Return what is flagged now.
        """
        with self.store.reading() as tx:
            return [each for each in findings(tx, everything=everything) if everything or each.case_no is not None]

    def preorder(self, order: Order) -> Preorder:
        """
        Return what the log knows of an order of one line.
        """
        with self.store.reading() as tx:
            key = OrderKey(JAPAN, OrderId(order.order_id))
            return history.orders(tx, [key])[key][0]

    def mark(self) -> Any:
        """
        Return the mark the orders source left.
        """
        with self.store.reading() as tx:
            return journal.mark(tx, self.orders.name)

    def restarted(self) -> Watched:
        """
        Return the same seller after the program was started anew.
        """
        return watched(self.fake, store=self.store, now=self.now, postbox=self.postbox)


def watched(
    fake: FakeSpapi,
    *,
    store: Store | None = None,
    now: datetime = BEGIN,
    postbox: Postbox | None = None,
    release: date | None = RELEASE,
    inbox: Path | None = None,
) -> Watched:
    """
    Return a seller whose orders come through the fake; the release date is known, so that nothing else is asked for.

    With an ``inbox`` files may be dropped into that folder, too.
    """
    book, held, told = store or open_temporary(), postbox or Postbox(), list[tuple[str, Any]]()
    account = Account(language="en", channels=(held.name,))
    reading, asked = a_reading(), a_session(fake)

    def known(order_ids: Collection[str]) -> Collection[str]:
        with book.reading() as tx:
            return known_lines(tx, set(order_ids)).keys()

    askers = (Asker2026(asked, reading, account.marketplaces), AskerV0(asked, reading, account.marketplaces, known))

    def version() -> int:
        with book.reading() as tx:
            return releases.version(tx)

    orders = Orders(asked, askers, told=lambda event, fields: told.append((event, fields)), watch=version)
    files = [] if inbox is None else [_inbox(inbox, reading)]
    house = build(account, book, [*files, orders], [held], attention=Attention(confirming=orders))
    if release is not None and store is None:
        said = ReleaseSaid(JAPAN, Asin(CD), None, release, ReleaseSource.SELLER_LIST)
        house.desk.learn([said], name="test", now=now - timedelta(days=30))
    return Watched(fake, book, house, orders, asked, held, told, now)


def _inbox(folder: Path, reading: Reading) -> Inbox:
    return Inbox(folder, releases_file=None, reading=reading, language="en", known=lambda _content, _as_of: False, stand_still=timedelta())


def drop(folder: Path, *orders: Order, fake: FakeSpapi, at: datetime, ship_by: date) -> None:
    """
    Put a saved answer into the inbox that shows these orders with that ship date, as of that moment.
    """
    body = {"orders": [shown(order, ["FULFILLMENT"], world=fake.world) for order in orders]}
    for order in body["orders"]:
        order["fulfillment"]["shipByWindow"] = {"latestDateTime": f"{ship_by}T14:59:59Z"}
    path = folder / f"saved-{at:%H%M%S}.json"
    path.write_text(json.dumps(body))
    os.utime(path, (at.timestamp(), at.timestamp()))


@dataclass
class Alone:
    """
    The orders source without a house: what it asks for costs the same, and a simulated week takes seconds.
    """

    fake: FakeSpapi
    now: datetime = BEGIN
    mark: Any = None
    rows: int = 0
    troubles: list[SourceError] = field(default_factory=list)

    def __post_init__(self) -> None:
        """
        Start the program.
        """
        account, reading, session = Account(), a_reading(), a_session(self.fake)
        askers = (
            Asker2026(session, reading, account.marketplaces),
            AskerV0(session, reading, account.marketplaces, lambda order_ids: order_ids),
        )
        self.orders = Orders(session, askers)

    def poll(self) -> datetime:
        """
        Ask once, keep the mark as a database would, and return when to ask again.
        """
        self.fake.clock.set(self.now)
        again_at = self.now + timedelta(minutes=15)
        try:
            for said in self.orders.poll(self.mark, self.now):
                self.mark = self.mark if said.mark is None else json.loads(json.dumps(said.mark))
                if isinstance(said, Rest):
                    again_at = said.again_at or again_at
                else:
                    self.rows += sum(row.cells is not None for row in said.rows)  # not those only named again after a pause
        except SourceError as error:
            self.troubles.append(error)
        return again_at

    def until(self, end: datetime) -> None:
        """
        Ask again and again, each time when the source wants to.
        """
        while self.now < end:
            self.now = self.poll()


def a_shop(fake: FakeSpapi, orders: int, *, every: timedelta = timedelta(minutes=5)) -> list[Order]:
    """
    Fill the fake with healthy pre-orders of one CD and return them.
    """
    fake.world.product(CD, "予約CD「秋の音」", release=RELEASE)
    return fake.world.preorders(orders, CD, ship_by=RELEASE, bought=BEGIN - timedelta(days=20), every=every)
