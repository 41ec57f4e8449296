"""
A role that is missing is a warning of its own: once, until the source answers, and never beside an alarm that says it already.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.routines.test_conditions import Postbox
from watchdog.assemble import Attention, House, build
from watchdog.routines.blindness import remember
from watchdog.routines.roles import RoleWatch
from watchdog.sources.spapi.troubles import Later, Refused
from watchdog.store import open_temporary
from watchdog.terms.account import Account
from watchdog.terms.errors import SourceRefused
from watchdog.terms.look import Reason

if TYPE_CHECKING:
    from watchdog.terms.errors import SourceError

START = datetime(2026, 9, 1, 1, tzinfo=UTC)
ORDERS, CATALOG, PRICING, QUEUE = "spapi:orders", "spapi:catalog", "spapi:pricing", "sqs"
BEGAN = "[Warning] a role or permission is missing, so something can't be fetched (Amazon's catalog API)"
ENDED = "[All clear] what was refused can be fetched again (Amazon's catalog API)"


def role(name: str = "Product Listing") -> Refused:
    """
    Return a refusal for lack of a role.
    """
    values = {"operation": "searchCatalogItems", "role": name, "problem": "HTTP 403 Unauthorized"}
    return Refused(Reason("spapi_role_missing", values), START, whole=False)


def down() -> Later:
    """
    Return an outage.
    """
    return Later(Reason("spapi_down", {"operation": "searchCatalogItems", "problem": "HTTP 503"}), START, asked=True)


@dataclass
class Home:
    """
    A program whose sources are the test's words; it forgets nothing but what a restart forgets.
    """

    box: Postbox = field(default_factory=Postbox)
    house: House = field(init=False)
    _minutes: itertools.count[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        """
        Start it over an empty log.
        """
        self.house = build(
            Account(channels=("console",), language="en"),
            open_temporary(),
            (),
            (self.box,),
            attention=Attention(watchers=(RoleWatch(ORDERS, (CATALOG, PRICING, QUEUE)),)),
        )

    def turn(self, **troubles: SourceError | None) -> list[str]:
        """
        Let each source end so (None: it answered), judge, deliver, and return the subjects so far.
        """
        now = START + timedelta(minutes=next(self._minutes))
        for name, error in troubles.items():
            source = name if name == QUEUE else f"spapi:{name}"
            remember(self.house.store, source, error, answered=error is None, now=now)
        self.house.patrol.judge(now)
        self.house.postman.deliver(lambda: now)
        return self.box.subjects


def test_it_is_said_once_and_ends_only_with_an_answer() -> None:
    """
    Refused, refused, out of reach, refused by the login, refused again, answered: one warning, one all-clear.
    """
    home = Home()
    told = [home.turn(catalog=error) for error in (role(), role(), down(), Refused(Reason("spapi_reauthorise"), START, whole=True), role())]

    assert told[-1] == [BEGAN]
    assert home.turn(catalog=None) == [BEGAN, ENDED]
    assert home.turn(catalog=role()) == [BEGAN, ENDED, BEGAN]


@pytest.mark.parametrize("orders", [role("Inventory and Order Tracking"), Refused(Reason("spapi_reauthorise"), START, whole=True)])
def test_while_the_orders_are_refused_nothing_is_added(orders: Refused) -> None:
    """
    The orders' own alarm names ``connect``, which names them all; what is refused beyond that is said when the orders are back.
    """
    home = Home()

    assert home.turn(orders=orders, catalog=role()) == []
    assert home.turn(orders=None, catalog=role()) == [BEGAN]


def test_what_stands_does_not_end_because_the_orders_are_refused_too() -> None:
    """
    No all-clear while nothing has answered.
    """
    home = Home()
    home.turn(catalog=role())

    assert home.turn(orders=role(), catalog=role()) == [BEGAN]


@pytest.mark.parametrize("error", [down(), Refused(Reason("spapi_client_wrong"), START, whole=True)])
def test_other_trouble_is_no_missing_role(error: SourceError) -> None:
    """
    An outage passes by itself; wrong credentials are told of the orders.
    """
    assert Home().turn(catalog=error) == []


def test_each_source_is_told_of_by_itself() -> None:
    """
    Two roles are two warnings, each with its own role.
    """
    home = Home()
    home.turn(catalog=role(), pricing=role("Pricing"))

    texts = {message.notice.subject.rpartition("(")[2]: message.notice.text for message in home.box.taken}
    assert "Add the role “Product Listing”" in texts["Amazon's catalog API)"]
    assert "Add the role “Pricing”" in texts["Amazon's pricing API)"]


def test_a_queue_that_may_not_be_read_is_told_too() -> None:
    """
    Its key is another one than the orders': their refusal says nothing of it.
    """
    home = Home()
    subjects = home.turn(orders=role(), sqs=SourceRefused(source="sqs", problem="AccessDenied"))

    assert [subject.rpartition(" (")[2] for subject in subjects] == ["Amazon's notifications (SQS))".rpartition(" (")[2]]
    assert "AccessDenied" in home.box.taken[0].notice.text and "Give the AWS key the right" in home.box.taken[0].notice.text
    assert len(home.turn(sqs=None)) == 2
