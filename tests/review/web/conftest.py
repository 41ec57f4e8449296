"""
The page over a log in which everything happened that fills a screen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.daemon.running import a_log
from tests.review.web.browsing import Visitor
from tests.stories.seller import Seller, noon
from watchdog import assemble
from watchdog.commands.review import front_of
from watchdog.review.web.address import Address
from watchdog.review.web.app import application
from watchdog.review.web.front import Front
from watchdog.settings import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOW = noon("2026-09-06 12:30")


@pytest.fixture
def front(seller: Seller) -> Iterator[Front]:
    """
    The page's parts over the seller's log, at half past twelve on 6 September.
    """
    settings = load(environ={"PREORDER_STATE_DIR": str(seller.state), "PREORDER_LANGUAGE": "ja"})
    house = assemble.house(settings, create=False)
    yield front_of(house, settings, Address("127.0.0.1"), clock=lambda: NOW)
    house.close()


@pytest.fixture
def opened(front: Front) -> Callable[..., Visitor]:
    """
    Opens the page with some of its parts exchanged, for a new visitor.
    """

    def open_page(**changes: Any) -> Visitor:
        log, entries = a_log()
        return Visitor(application(replace(front, log=log, **changes)), entries)

    return open_page


@pytest.fixture
def visitor(opened: Callable[..., Visitor]) -> Visitor:
    """
    Somebody on this machine.
    """
    return opened()
