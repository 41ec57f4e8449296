"""
The first page: what is urgent, the one next step of each, and whether the watchdog can see at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.review.next_steps import next_code
from watchdog.review.web.countdown import left
from watchdog.review.web.gauges import gauges_of
from watchdog.store import casebook, casepages, conditions, listings, steps
from watchdog.store import health as health_rows
from watchdog.terms.case import PREVENTED, CaseFile
from watchdog.terms.health import standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response

    from watchdog.review.web.visit import Visit
    from watchdog.store import Transaction
    from watchdog.store.casebook import ListedFinding

_SHOWN = 30


def page(visit: Visit) -> Response:
    """
    Return the page.
    """
    front, house = visit.front, visit.front.house
    with house.store.reading() as tx:
        found = casepages.page(tx, casepages.Wanted(), first=0, count=_SHOWN)
        cards = _cards(visit, tx, found.listed)
        tally = casepages.tally(tx)
        sources = house.sources(tx, visit.now)
        standing_now = conditions.standing(tx)
        coverage = listings.coverage(tx)
        figures = health_rows.latest(tx)
    policy = house.account.policy
    return visit.page(
        "today.html",
        cards=cards,
        more=found.total - len(cards),
        tally=tally,
        prevented=sum(tally.outcomes.get(outcome, 0) for outcome in PREVENTED),
        sources=[(visit.words.source(each.name), each) for each in sources],
        troubles=[
            (each.condition.severity, front.said(each.condition.reason, visit.language, visit.now))
            for each in sorted(standing_now, key=lambda each: -each.condition.severity.rank)
        ],
        watched=sum(each.open_orders for each in coverage),
        blind=sum(each.open_orders for each in coverage if each.release_date is None),
        products=len(coverage),
        gauges=[gauge for gauge in gauges_of(visit, [standing(each, policy) for each in figures]) if gauge.is_rate][:4],
    )


def _cards(visit: Visit, tx: Transaction, listed: Iterable[ListedFinding]) -> list[dict[str, object]]:
    wanted = [each for each in listed if each.case_no is not None]
    files = _files(tx, wanted)
    cards = []
    for each in wanted:
        code, until = next_code(files[each.case_no], now=visit.now)
        when = visit.moment(until, each.finding.subject.marketplace_id) if until is not None else visit.t("unknown")
        cards.append(
            {"listed": each, "finding": each.finding, "left": left(visit, each.finding), "step": visit.t(f"web_{code}", when=when)}
        )
    return cards


def _files(tx: Transaction, wanted: list[ListedFinding]) -> dict[object, CaseFile]:
    numbers = [each.case_no for each in wanted if each.case_no is not None]
    taken = steps.of_cases(tx, numbers)
    return {case.no: CaseFile(case, taken.get(case.no, ())) for case in casebook.by_number(tx, numbers)}
