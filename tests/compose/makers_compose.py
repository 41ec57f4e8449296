"""
Makers for the compose room: findings as detect makes them, rings, templates read from the package.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import watchdog.compose
from watchdog.compose.composer import Composer
from watchdog.compose.letters import own_letter
from watchdog.compose.matter import Matter
from watchdog.compose.wording import words
from watchdog.terms.calendar import Calendar
from watchdog.terms.case import Case, CaseEvent, CaseFile, CaseState, CaseStep, Due, Outcome
from watchdog.terms.digest import Digest, DigestSource
from watchdog.terms.finding import Cause, Confidence, Evidence, EvidenceKind, Finding, Rule, Severity, Siblings, Subject
from watchdog.terms.identity import Asin, CaseNo, MarketplaceId, OrderId, ProductId, Sku
from watchdog.terms.letter import Asked, LetterKind
from watchdog.terms.look import Reason
from watchdog.terms.marketplace import BY_ID, JAPAN
from watchdog.terms.message import Ring
from watchdog.terms.moments import show_instant
from watchdog.terms.money import Money
from watchdog.terms.policy import Policy
from watchdog.terms.product import Product
from watchdog.terms.promise import Check, Counted, Ground, Promise
from watchdog.terms.replies import FollowUp
from watchdog.terms.verdict import Coverage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from watchdog.compose.screens import Screens

TOKYO = BY_ID[JAPAN].zone
ORDER = OrderId("503-1234567-7654321")
NOW = datetime(2016, 9, 13, 1, 0, tzinfo=UTC)
REPLY_BY = datetime(2016, 9, 14, 1, 0, tzinfo=UTC)
BEFORE = datetime(2016, 9, 7, 1, 0, tzinfo=UTC)
SEEN = datetime(2016, 9, 8, 1, 0, tzinfo=UTC)
RECORDS_BEGAN = datetime(2016, 8, 20, 0, 30, tzinfo=UTC)
RELEASE = date(2016, 9, 14)
WRONG = date(2016, 9, 8)
SOURCE = "inbox:unshipped_report"

SIBLINGS = Evidence(EvidenceKind.SIBLINGS, new="2016-09-14", seen_at=SEEN, note="12")
RELEASE_SAID = Evidence(EvidenceKind.RELEASE, new="2016-09-14", seen_at=RECORDS_BEGAN, source="releases.csv")
STEADY = Evidence(EvidenceKind.RELEASE_STEADY, before_at=RECORDS_BEGAN, seen_at=NOW)
MOVE = Evidence(EvidenceKind.SHIP_BY, "2016-09-14", "2016-09-08", BEFORE, SEEN, SOURCE)
FIRST = Evidence(EvidenceKind.FIRST_SHIP_BY, new="2016-09-08", seen_at=SEEN, source=SOURCE)
PAYMENT = Evidence(EvidenceKind.PAYMENT, "CreditCard", "ConvenienceStore", BEFORE, SEEN, SOURCE)
ADDRESS = Evidence(EvidenceKind.ADDRESS, before_at=BEFORE, seen_at=SEEN, source=SOURCE)
LEFT_PENDING = Evidence(EvidenceKind.LEFT_PENDING, new="2016-09-08", seen_at=SEEN, source=SOURCE, note="in_interval")
CANCEL_REQUEST = Evidence(EvidenceKind.CANCEL_REQUEST, seen_at=NOW, source=SOURCE)
REPORT_ONLY = Evidence(EvidenceKind.SHIPPING_REPORT_ONLY)
PRICE = Asked(Money(Decimal(1180), "JPY"), NOW - timedelta(minutes=20), Money(Decimal(2200), "JPY"))
RELEASE_CHANGE = Evidence(EvidenceKind.RELEASE_CHANGE, "2016-09-14", "2016-09-28", seen_at=SEEN, source="catalog")


def a_subject(order_id: OrderId | None = ORDER, *, product: int = 1, marketplace_id: MarketplaceId = JAPAN) -> Subject:
    """
    Return what a finding is about.
    """
    return Subject(marketplace_id, ProductId(product), order_id)


def an_order_finding(cause: Cause = Cause.BUYER_CHANGE, confidence: Confidence = Confidence.LIKELY) -> Finding:
    """
    Return a finding about the order of the incident, with the evidence its cause needs.
    """
    base = Finding(
        subject=a_subject(),
        rules=(Rule.SHIP_BY_BEFORE_RELEASE, Rule.SHIP_BY_MOVED_EARLIER, Rule.ODD_ONE_OUT),
        severity=Severity.URGENT,
        cause=cause,
        confidence=confidence,
        asin=Asin("B01ABCDEF1"),
        sku=Sku("CD-NANATSU-01"),
        title="七つの海へ 初回限定盤",
        ship_by=WRONG,
        previous_ship_by=RELEASE,
        release_date=RELEASE,
        release_source="releases.csv",
        siblings=Siblings(12, RELEASE),
        source=SOURCE,
        seen_at=SEEN,
        evidence=(replace(FIRST, new="2016-09-14", seen_at=BEFORE), MOVE, PAYMENT, SIBLINGS, RELEASE_SAID, STEADY),
        orders=(ORDER,),
        move_seen=True,
    )
    match cause:
        case Cause.RESET_UNEXPLAINED:
            return replace(base, evidence=tuple(item for item in base.evidence if item is not PAYMENT))
        case Cause.UNDETERMINED:
            return first_sight(
                replace(base, siblings=Siblings(), rules=(Rule.SHIP_BY_BEFORE_RELEASE,)), without=(SIBLINGS, PAYMENT, STEADY)
            )
        case _:
            return base


def first_sight(finding: Finding, *, without: Sequence[Evidence] = (PAYMENT,)) -> Finding:
    """
    Return the finding as if the order had been wrong when it was first seen.
    """
    kept = tuple(item for item in finding.evidence if item.kind not in {EvidenceKind.SHIP_BY, EvidenceKind.FIRST_SHIP_BY})
    evidence = (FIRST, *(item for item in kept if item not in without))
    return replace(finding, evidence=evidence, previous_ship_by=None, move_seen=False)


def a_product_finding(cause: Cause = Cause.LISTING_RESET, confidence: Confidence = Confidence.POSSIBLE, *, orders: int = 4) -> Finding:
    """
    Return a finding about the whole product.
    """
    base = replace(
        an_order_finding(),
        subject=a_subject(None),
        rules=(Rule(cause.value),),
        cause=cause,
        confidence=confidence,
        siblings=Siblings(),
        orders=tuple(OrderId(f"503-1234567-{number:07}") for number in range(1, min(orders, 50) + 1)),
        order_count=orders,
        previous_ship_by=RELEASE if cause is Cause.LISTING_RESET else None,
        move_seen=cause is Cause.LISTING_RESET,
        evidence=(FIRST, RELEASE_SAID, STEADY),
    )
    if cause is not Cause.RELEASE_MOVED:
        return base
    said = replace(RELEASE_SAID, new="2016-09-28", source="catalog")
    return replace(
        base,
        ship_by=RELEASE,
        release_date=date(2016, 9, 28),
        release_source="catalog",
        severity=Severity.WARNING,
        evidence=(RELEASE_CHANGE, replace(FIRST, new="2016-09-14"), said),
    )


def a_finding(cause: Cause, confidence: Confidence) -> Finding:
    """
    Return a finding of that cause, about an order or a product as the cause demands.
    """
    return a_product_finding(cause, confidence) if cause.value in set(Rule) else an_order_finding(cause, confidence)


def a_case(finding: Finding | None = None, *, no: int = 1, state: CaseState = CaseState.OPEN, outcome: Outcome | None = None) -> Case:
    """
    Return a case opened by the finding.
    """
    finding = finding or an_order_finding()
    return Case(CaseNo(no), finding.subject, state, finding.severity, SEEN, finding, outcome=outcome)


def a_file(finding: Finding | None = None, *, no: int = 1, state: CaseState = CaseState.OPEN) -> CaseFile:
    """
    Return the file of such a case.
    """
    return CaseFile(a_case(finding, no=no, state=state))


def a_step(event: CaseEvent, at: datetime, state: CaseState = CaseState.TICKET_SENT, **detail: str) -> CaseStep:
    """
    Return a row of the case's timeline, decided by a person.
    """
    return CaseStep(CaseNo(1), at, event, state, "花子", detail=detail)


#: The ticket of the incident with its real times: sent at 02:23, an answer asked for by ten.
TICKET = a_step(CaseEvent.SEND_TICKET, datetime(2016, 9, 12, 17, 23, tzinfo=UTC), ticket_no="11223344550", reply_by="2016-09-13T01:00:00Z")
ANSWERED = datetime(2016, 9, 12, 23, 39, tzinfo=UTC)
#: What Amazon may answer, by the follow-up it leads to.
ANSWERS = {
    FollowUp.NO_REPLY: (),
    FollowUp.UNSETTLED: (a_step(CaseEvent.AMAZON_ANSWERED, ANSWERED, text="確認中"),),
    FollowUp.PROVE: (a_step(CaseEvent.AMAZON_EXCLUDED, ANSWERED, CaseState.VERIFYING, reference="2016-09-13 08:39の返信"),),
    FollowUp.NOT_CORRECTED: (a_step(CaseEvent.AMAZON_CORRECTED, ANSWERED, CaseState.VERIFYING),),
    FollowUp.STILL_COUNTED: (a_step(CaseEvent.AMAZON_EXCLUDED, ANSWERED, CaseState.VERIFYING),),
}


def a_promise(*, counted: bool = True) -> Promise:
    """
    Return the incident's order under watch: none late before, and one (or none) in each window since Amazon's answer.
    """
    late, ground = (1, Ground.MORE_THAN_BEFORE) if counted else (0, Ground.NONE_LATE)
    said = Counted.COUNTED if counted else Counted.NOT_COUNTED
    as_of = datetime(2016, 9, 13, 0, 30, tzinfo=UTC)
    checks = tuple(Check(as_of, date(2016, 9, 13), window, said, ground, late, orders, 0) for window, orders in ((10, 21), (30, 58)))
    return Promise(WRONG, ANSWERED, ((10, date(2016, 9, 18)), (30, date(2016, 10, 8))), checks)


def a_followed_file(kind: FollowUp, finding: Finding | None = None) -> CaseFile:
    """
    Return a case whose ticket was sent, with what Amazon answered since.
    """
    steps = (TICKET, *ANSWERS[kind])
    case = replace(a_case(finding, state=steps[-1].state), ticket_no="11223344550")
    return CaseFile(case, steps, a_promise() if kind is FollowUp.STILL_COUNTED else None)


def prepared(finding: Finding) -> LetterKind:
    """
    Return the letter that is prepared with a first alert of this finding.
    """
    spoken = words("ja")
    return own_letter(Matter(a_case(finding), finding, spoken, Policy(), Calendar(), NOW), (CaseEvent.FOUND,))


def a_ring(finding: Finding | None = None, *, no: int = 1, event: CaseEvent = CaseEvent.FOUND, state: CaseState = CaseState.OPEN) -> Ring:
    """
    Return a case that rings.
    """
    case = a_case(finding, no=no, state=state)
    return Ring(case, event, case.finding, f"{event.value}:{case.finding.ship_by}")


def a_resolved_ring(outcome: Outcome, *, no: int = 1, order_id: OrderId = ORDER) -> Ring:
    """
    Return a case that is over.
    """
    finding = replace(an_order_finding(), subject=a_subject(order_id), orders=(order_id,))
    case = a_case(finding, no=no, state=CaseState.RESOLVED, outcome=outcome)
    return Ring(case, CaseEvent.SHIP_BY_RESTORED, finding, f"resolved:{outcome.value}")


def many_rings(count: int) -> tuple[Ring, ...]:
    """
    Return that many resets of the same product.
    """
    return tuple(
        a_ring(replace(an_order_finding(), subject=a_subject(order), orders=(order,)), no=number)
        for number in range(1, count + 1)
        for order in (OrderId(f"503-7654321-{number:07}"),)
    )


def digests() -> Mapping[str, Digest]:
    """
    Return digests by name: a day with everything, a quiet one, one on which no source is well.
    """
    ask = replace(a_followed_file(FollowUp.NO_REPLY), dues=(Due(CaseEvent.REPLY_OVERDUE, REPLY_BY, "reply"),))
    broken = replace(a_followed_file(FollowUp.STILL_COUNTED), dues=(Due(CaseEvent.DEADLINE_NEAR, REPLY_BY, "near", 24),))
    broken = _numbered(replace(broken, steps=(*broken.steps, a_step(CaseEvent.COUNTED_LATE, NOW))), 2)
    asked = _numbered(a_file(an_order_finding(Cause.UNDETERMINED), state=CaseState.BUYER_ASKED), 3)
    product = _numbered(a_file(a_product_finding(), state=CaseState.OPEN), 4)
    over = replace(a_case(state=CaseState.RESOLVED, outcome=Outcome.CANCELLED_BY_BUYER, no=5), closed_at=NOW)
    gone = CaseFile(over, (TICKET,), replace(a_promise(counted=False), since=ANSWERED))
    near = replace(a_product_finding(), rules=(Rule.SHIP_BY_NEAR,), ship_by=RELEASE, order_count=12)
    gap = Coverage(Product(ProductId(2), JAPAN, Asin("B0UNKNOWN1"), None, "星の歌 通常盤"), 3, None, None, "release_unknown")
    seen = Reason("sight_saw", {"seen_at": show_instant(NOW - timedelta(hours=2))})
    well = DigestSource("inbox:unshipped_report", is_well=True, reason=seen)
    ill = DigestSource("inbox", is_well=False, reason=Reason("silent_no_file", {"answered_at": show_instant(RECORDS_BEGAN), "days": 5}))
    return {
        "full": Digest(date(2016, 9, 13), (ask, broken, asked, product), (gone,), (near,), (gap,), (well,), (), 7),
        "quiet": Digest(date(2016, 9, 13), sources=(well,), prevented=7),
        "blind": Digest(date(2016, 9, 13), sources=(ill,), troubles=(ill.reason,)),
    }


def _numbered(file: CaseFile, number: int) -> CaseFile:
    return replace(file, case=replace(file.case, no=CaseNo(number)))


@cache
def templates() -> Mapping[str, str]:
    """
    Return the shipped templates by name.
    """
    folder = Path(watchdog.compose.__file__).parent / "templates"
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.*"))}


def a_composer(overrides: Mapping[str, str] | None = None, *, language: str | None = None, screens: Screens | None = None) -> Composer:
    """
    Return a composer with the shipped templates, or with some of the seller's own.
    """
    texts = {**templates(), **(overrides or {})}
    return Composer(texts, calendars={JAPAN: Calendar()}, policy=Policy(), language=language, screens=screens)


@cache
def shared_composer() -> Composer:
    """
    Return one composer for tests that change nothing: its templates are compiled once.
    """
    return a_composer()
