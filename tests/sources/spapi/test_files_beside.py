"""
Files beside an API: a file may open a case, but only Amazon's own answer about the order resolves one (DOMAIN §6).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.sources.spapi.watched import BEGIN, EARLY, RELEASE, a_shop, drop, watched
from tests.spapi_fake.faults import Fault
from watchdog.terms.case import CaseState, Outcome
from watchdog.terms.finding import EvidenceKind
from watchdog.terms.marketplace import BY_COUNTRY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.spapi_fake.fake import FakeSpapi

MINUTE = timedelta(minutes=1)


def test_a_file_may_open_a_case_while_amazon_does_not_answer(fake: FakeSpapi, tmp_path: Path) -> None:
    """
    It says that it is not confirmed.
    """
    odd = a_shop(fake, 14)[3]
    seller = watched(fake, inbox=tmp_path)
    seller.turn()
    fake.faults.add(Fault(None, status=500))
    drop(tmp_path, odd, fake=fake, at=BEGIN + 2 * MINUTE, ship_by=EARLY)

    seller.turn(BEGIN + 4 * MINUTE)

    (found,) = seller.findings()
    assert found.finding.ship_by == EARLY
    assert any(item.kind is EvidenceKind.UNCONFIRMED for item in found.finding.evidence)


def test_a_file_that_amazon_contradicts_opens_none(fake: FakeSpapi, tmp_path: Path) -> None:
    """
    The order itself is asked for before anybody is alarmed.
    """
    odd = a_shop(fake, 14)[3]
    seller = watched(fake, inbox=tmp_path)
    seller.turn()
    drop(tmp_path, odd, fake=fake, at=BEGIN + 2 * MINUTE, ship_by=EARLY)

    seller.turn(BEGIN + 4 * MINUTE)

    assert fake.calls("getOrder") == 1
    assert seller.findings() == []
    assert seller.preorder(odd).ship_by == RELEASE


def test_no_file_resolves_a_case(fake: FakeSpapi, tmp_path: Path) -> None:
    """
    It shows the order restored while Amazon does not answer: the case stays open until Amazon itself says so.
    """
    odd = a_shop(fake, 14)[3]
    seller = watched(fake, inbox=tmp_path)
    seller.turn()
    fake.world.reset(odd.order_id, EARLY, BEGIN + MINUTE, status="UNSHIPPED")
    seller.turn(BEGIN + 4 * MINUTE)
    fault = fake.faults.add(Fault(None, status=500))
    drop(tmp_path, odd, fake=fake, at=BEGIN + 6 * MINUTE, ship_by=RELEASE)
    seller.turn(BEGIN + 8 * MINUTE)
    told_by_file = seller.findings()[0].state
    fake.faults.end(fault)
    fake.world.reset(odd.order_id, RELEASE, BEGIN + 9 * MINUTE, status="PENDING")

    seller.until(BEGIN + 21 * MINUTE)

    assert told_by_file is CaseState.OPEN
    after = seller.findings(everything=True)[0]
    assert (after.state, after.outcome) == (CaseState.RESOLVED, Outcome.RESTORED)


def test_where_no_api_watches_a_file_resolves_as_ever(fake: FakeSpapi, tmp_path: Path) -> None:
    """
    The credentials read Japan; a file about an order on Amazon.com is all there is of it.
    """
    a_shop(fake, 3)
    abroad = fake.world.order("B0FAKEUS01", bought=BEGIN - timedelta(days=9), ship_by=RELEASE, marketplace_id=BY_COUNTRY["US"].id)
    seller = watched(fake, inbox=tmp_path)
    for minutes, ship_by in ((0, RELEASE), (4, EARLY), (8, RELEASE)):
        drop(tmp_path, abroad, fake=fake, at=BEGIN + minutes * MINUTE, ship_by=ship_by)
        seller.turn(BEGIN + (minutes + 1) * MINUTE)

    (found,) = [each for each in seller.findings(everything=True) if each.case_no]
    assert (found.state, found.outcome) == (CaseState.RESOLVED, Outcome.RESTORED)
    assert fake.calls("getOrder") == 0
    assert not any(item.kind is EvidenceKind.UNCONFIRMED for item in found.finding.evidence)
