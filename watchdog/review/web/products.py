"""
Products: who says which release date, how many open pre-orders hang on it and by when they ship, what is not watched and why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.review.offers import offered
from watchdog.review.sheets import offers_sheet
from watchdog.review.web.case_page import download
from watchdog.review.web.drawing import bars
from watchdog.review.web.forms import asked_number, field
from watchdog.review.web.visit import back
from watchdog.store import casepages, catalogue, listings

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.responses import Response

    from watchdog.review.offers import Offered
    from watchdog.review.web.visit import Visit

_PAGE = 40


def page(visit: Visit) -> Response:
    """
    Return one page of the products, the next to be released first.
    """
    query = visit.request.query_params
    search = query.get("q", "")[:80].casefold()
    number = asked_number(query, "page", 1, 10**5)
    with visit.front.house.store.reading() as tx:
        coverage = listings.coverage(tx)
        found = [
            each
            for each in offered(catalogue.offers(tx), coverage)
            if search in each.name.casefold() or search in (each.sku or "").casefold()
        ]
        unlisted = listings.unlisted(tx)
        shown = found[(number - 1) * _PAGE : number * _PAGE]
        ids = {_named(each.product.asin, each.product.sku): each.product.id for each in coverage}
        days = {each: casepages.ship_bys(tx, product) for each in shown if (product := ids.get(_named(each.asin, each.sku))) is not None}
    return visit.page(
        "products.html",
        products=[(each, bars(days.get(each, {})), max(days.get(each, {}).values(), default=1)) for each in shown],
        total=len(found),
        number=number,
        pages=max(1, -(-len(found) // _PAGE)),
        gaps=[each for each in coverage if each.gap is not None or each.without_ship_by],
        disagree=sum(_disagrees(each) for each in found),
        unlisted=unlisted,
        search=query.get("q", "")[:80],
        done=query.get("done", "")[:60],
        today=f"{visit.now.astimezone(visit.zone):%Y-%m-%d}",
    )


def _named(asin: str | None, sku: str | None) -> tuple[str | None, str | None]:
    return asin, None if asin else sku


def _disagrees(each: Offered) -> bool:
    return each.disagree


def sheet(visit: Visit) -> Response:
    """
    Return the release dates as a table for Excel.
    """
    with visit.front.house.store.reading() as tx:
        found = offered(catalogue.offers(tx), listings.coverage(tx))
    return download(offers_sheet(found, visit.words, visit.zone), "release-dates.csv")


def release(visit: Visit, form: FormData) -> Response:
    """
    Write a release date down as the seller's own word of now; the next turn judges by it.

    Raises:
        UsageError: the product or the date can't be read.
    """
    said = visit.front.release(field(form, "product", 60), field(form, "day", 20), visit.now)
    name = str(said.asin or said.sku)
    visit.front.log.info("release.entered", product=name, release_date=said.release_date.isoformat())
    return back(f"/products?done={name}")
