"""
A warning as it would look, on an invented order, for trying a channel; marked as a test from its first word on.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from watchdog.compose.phrases import phrase
from watchdog.terms.case import Case, CaseEvent, CaseState
from watchdog.terms.finding import Cause, Confidence, Evidence, EvidenceKind, Finding, Rule, Severity, Siblings, Subject
from watchdog.terms.identity import Asin, CaseNo, MarketplaceId, OrderId, ProductId, Sku
from watchdog.terms.look import ReleaseSource
from watchdog.terms.message import Ring
from watchdog.terms.moments import local_date
from watchdog.terms.observation import Interface

if TYPE_CHECKING:
    from datetime import date, datetime

    from watchdog.compose.page import Page
    from watchdog.compose.wording import Words
    from watchdog.terms.marketplace import Marketplace

#: Amazon gives out no such number, and no product of ours has it.
_ORDER = OrderId("250-0000000-0000000")
_CASE = CaseNo(0)


def sample_ring(place: Marketplace, words: Words, now: datetime) -> Ring:
    """
    Return the incident as of today: one of fourteen pre-orders was reset to six days before its release.
    """
    today = local_date(now, place.zone)
    release, reset = today + timedelta(days=11), today + timedelta(days=5)
    finding = Finding(
        subject=Subject(MarketplaceId(place.id), ProductId(0), _ORDER),
        rules=(Rule.SHIP_BY_BEFORE_RELEASE, Rule.SHIP_BY_MOVED_EARLIER),
        severity=Severity.URGENT,
        cause=Cause.RESET_UNEXPLAINED,
        confidence=Confidence.POSSIBLE,
        asin=Asin("B000000000"),
        sku=Sku("SAMPLE-CD"),
        title=phrase(words, "sample_title"),
        ship_by=reset,
        previous_ship_by=release,
        release_date=release,
        release_source=ReleaseSource.SELLER_LIST,
        siblings=Siblings(13, release),
        source="inbox:orders_2026",
        seen_at=now,
        evidence=_evidence(reset, release, now),
        move_seen=True,
    )
    case = Case(_CASE, finding.subject, CaseState.OPEN, finding.severity, now, finding)
    return Ring(case, CaseEvent.FOUND, finding, f"sample {now.isoformat()}")


def _evidence(reset: date, release: date, now: datetime) -> tuple[Evidence, ...]:
    yesterday = now - timedelta(days=1)
    return (
        Evidence(EvidenceKind.SHIP_BY, str(release), str(reset), yesterday, now, Interface.ORDERS_2026),
        Evidence(EvidenceKind.SIBLINGS, None, str(release), None, now, Interface.ORDERS_2026, "13"),
    )


def as_test(page: Page, words: Words) -> Page:
    """
    Return the page with its mark in subject and heading, and the word that nothing is to be done.
    """
    mark = phrase(words, "test_mark_before")
    return replace(page, subject=f"{mark}{page.subject}", headline=f"{mark}{page.headline}", banner=phrase(words, "test_banner"))
