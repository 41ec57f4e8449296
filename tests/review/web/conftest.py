"""
The page over a log in which everything happened that fills a screen.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
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
from watchdog.review.web.sessions import Sessions, Tries
from watchdog.settings import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from watchdog.review.web.front import Front

NOW = noon("2026-09-06 12:30")


@contextmanager
def front_over(state: Path) -> Iterator[Front]:
    """
    The page's parts over the log in that folder, at half past twelve on 6 September.
    """
    settings = load(environ={"PREORDER_STATE_DIR": str(state), "PREORDER_LANGUAGE": "ja"})
    house = assemble.house(settings, create=False)
    try:
        yield front_of(house, settings, Address("127.0.0.1"), clock=lambda: NOW)
    finally:
        house.close()


def visit(front: Front, **changes: Any) -> Visitor:
    """
    Return a new visitor of the page, some of its parts exchanged.
    """
    log, entries = a_log()
    own: dict[str, Any] = {"log": log, "sessions": Sessions(), "tries": Tries()}
    return Visitor(application(replace(front, **own, **changes)), entries)


@pytest.fixture(scope="session")
def front(eventful: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """
    The page's parts over a log that is only looked at.
    """
    state = tmp_path_factory.mktemp("looked_at") / "state"
    shutil.copytree(eventful, state)
    with front_over(state) as parts:
        yield parts


@pytest.fixture
def opened(front: Front) -> Callable[..., Visitor]:
    """
    Opens the page with some of its parts exchanged, for a new visitor who only looks.
    """
    return lambda **changes: visit(front, **changes)


@pytest.fixture
def visitor(front: Front) -> Visitor:
    """
    Somebody on this machine who only looks.
    """
    return visit(front)


@pytest.fixture
def owner(seller: Seller) -> Iterator[Visitor]:
    """
    The seller at his own page: what he decides is written.
    """
    with front_over(seller.state) as parts:
        yield visit(parts)
