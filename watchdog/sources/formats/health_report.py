"""
The account health report (``GET_V2_SELLER_PERFORMANCE_REPORT``): every metric of every marketplace.

Amazon's model and its own example name keys differently, leave out seconds, and contradict themselves; both spellings are read, what can't
be read is a defect, and no figure is made up.
"""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from watchdog.sources.formats.json_parts import begins_json, fields_of, objects_of, parts_of, text_of
from watchdog.terms.health import Aim, HealthFigure, Metric
from watchdog.terms.look import Batch, Defect, Kind, Reason
from watchdog.terms.marketplace import by_id
from watchdog.terms.moments import FIRST_REAL_YEAR, LAST_REAL_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from watchdog.sources.formats.head import Head
    from watchdog.sources.formats.reading import Blocks, Document, Reader
    from watchdog.terms.identity import MarketplaceId

SOURCE = "inbox:health_report"
_KEYS = (b'"performanceMetrics"', b'"accountStatuses"')
_WORD = re.compile(r"[A-Z][A-Z_]{1,39}")
_AIMS = {"LESS_THAN": Aim.BELOW, "GREATER_THAN": Aim.ABOVE, "EQUALS": Aim.EXACTLY}
#: No account has more orders; it is also what a database column holds.
_MOST = 2_000_000_000
#: No rate of defects is aimed at below half of all orders: a larger target is written in per cent.
_LEAST_PER_CENT = 0.5


class _Shape(NamedTuple):
    """
    Where one metric's numbers lie: its keys, the path of what is counted over, and of the defects or of what went well.
    """

    metric: Metric
    keys: tuple[str, ...]
    orders: str = ""
    defects: str = ""
    good: str = ""
    part: str = ""  #: a block inside the metric's own


_RATES = (
    _Shape(Metric.LATE_SHIPMENT, ("lateShipmentRate",), "orderCount", "lateShipmentCount"),
    _Shape(
        Metric.CANCELLATION,
        ("preFulfillmentCancellationRate", "prefulfillmentCancelRate", "preFulfillmentCancelRate", "prefulfillmentCancellationRate"),
        "orderCount",
        "cancellationCount",
    ),
    _Shape(Metric.ORDER_DEFECT, ("orderDefectRate",), "orderCount", "orderWithDefects", part="mfn"),
    _Shape(Metric.ORDER_DEFECT_AFN, ("orderDefectRate",), "orderCount", "orderWithDefects", part="afn"),
    _Shape(Metric.ON_TIME_DELIVERY, ("onTimeDeliveryRate",), "shipmentCountWithValidTracking", good="onTimeDeliveryCount"),
    _Shape(Metric.UNIT_ON_TIME_DELIVERY, ("unitOnTimeDeliveryRate",), "totalUnitCount", good="unitOnTimeDeliveryCount"),
    _Shape(Metric.VALID_TRACKING, ("validTrackingRate",), "shipmentCount", good="validTrackingCount"),
    _Shape(Metric.INVOICE_DEFECT, ("invoiceDefectRate",), "orderCount", "invoiceDefect"),
)
_COUNTS = (
    _Shape(Metric.LISTING_POLICY, ("listingPolicyViolations",), defects="defectsCount"),
    _Shape(Metric.AUTHENTICITY, ("productAuthenticityCustomerComplaints",), defects="defectsCount"),
    _Shape(Metric.CONDITION, ("productConditionCustomerComplaints",), defects="defectsCount"),
    _Shape(Metric.SAFETY, ("productSafetyCustomerComplaints",), defects="defectsCount"),
    _Shape(Metric.PROPERTY_RECEIVED, ("receivedIntellectualPropertyComplaints",), defects="defectsCount"),
    _Shape(Metric.PROPERTY_SUSPECTED, ("suspectedIntellectualPropertyViolations",), defects="defectsCount"),
    _Shape(Metric.RESTRICTED, ("restrictedProductPolicyViolations",), defects="defectsCount"),
    _Shape(Metric.FOOD_SAFETY, ("foodAndProductSafetyIssues",), defects="defectsCount"),
    _Shape(Metric.OTHER_POLICY, ("otherPolicyViolations",), defects="defectsCount"),
    _Shape(Metric.DOCUMENTS, ("documentRequests", "documentRequest"), defects="defectsCount"),
    _Shape(Metric.RATING, ("accountHealthRating",)),
)
_WARNINGS = ("warningStates", "warningState")


class _Unreadable(ValueError):
    """
    A number stands there and is none.
    """


def opened(head: Head) -> Reader | None:
    """
    Return how to read the document if it begins like this report, else None.
    """
    return _read if begins_json(head.text) and any(key in head.text for key in _KEYS) else None


def _read(document: Document, blocks: Blocks) -> Iterator[Batch]:
    parts = parts_of(b"".join(blocks), lambda value: "performanceMetrics" in value or "accountStatuses" in value)
    if isinstance(parts, Reason):
        yield document.refused(SOURCE, Kind.HEALTH, parts)
        return
    found: list[HealthFigure] = []
    defects: list[Defect] = []
    for line, value in parts.values:
        for place, said in enumerate(_said_in(value, document), 1):
            found.append(said) if isinstance(said, HealthFigure) else defects.append(Defect(line if parts.by_line else place, said))
    if not found:
        yield document.refused(SOURCE, Kind.HEALTH, Reason("file_health_empty"))
        return
    yield Batch(document.look(SOURCE, Kind.HEALTH), health=tuple(found), defects=tuple(defects))


def _said_in(value: Any, document: Document) -> Iterator[HealthFigure | Reason]:
    """
    Yield every figure of a report, and why one can't be used.
    """
    page = fields_of(value)
    for block in objects_of(page.get("accountStatuses")):
        place = _place(block, document)
        yield Reason("row_marketplace_unknown") if place is None else _by_word(Metric.ACCOUNT, place, block.get("status"), document)
    for block in objects_of(page.get("performanceMetrics")):
        place = _place(block, document)
        if place is None:
            yield Reason("row_marketplace_unknown")
        else:
            yield from _metrics(block, place, document)


def _place(block: Mapping[str, Any], document: Document) -> MarketplaceId | None:
    written = text_of(block.get("marketplaceId"))
    store = by_id(written) if written else document.reading.home
    return None if store is None else store.id


def _metrics(block: Mapping[str, Any], place: MarketplaceId, document: Document) -> Iterator[HealthFigure | Reason]:
    for shape in (*_RATES, *_COUNTS):
        key = next((key for key in shape.keys if isinstance(block.get(key), dict)), None)
        said = fields_of(block.get(key)) if key else {}
        said = fields_of(said.get(shape.part)) if shape.part else said
        if not said:
            continue
        try:
            yield _figure(shape, said, place, document)
        except _Unreadable:
            yield Reason("row_figure_unreadable", {"column": key or ""})
    warnings = next((block[key] for key in _WARNINGS if isinstance(block.get(key), list)), None)
    if warnings is not None:
        bad = sum(text_of(each.get("status")) == "BAD" for each in objects_of(warnings))
        yield HealthFigure(
            place, Metric.WARNINGS, 0, document.as_of, SOURCE, defects=bad, target=0.0, status="BAD" if bad else "GOOD", aim=Aim.EXACTLY
        )


def _figure(shape: _Shape, said: Mapping[str, Any], place: MarketplaceId, document: Document) -> HealthFigure:
    aim = _AIMS.get(text_of(said.get("targetCondition")), _usual_aim(shape))
    orders, defects = _count(said.get(shape.orders)), _count(said.get(shape.defects))
    good = _count(said.get(shape.good))
    if orders is not None and good is not None:
        defects = orders - good if good <= orders else None  # more went well than there was: Amazon's own example; the rate still says
    counted = defects / orders if orders and defects is not None else None
    rate, target = _shares(said, aim, shape.metric, counted)
    days, first = _window(fields_of(said.get("reportingDateRange")), shape.metric)
    return HealthFigure(
        marketplace_id=place,
        metric=shape.metric,
        window_days=days,
        as_of=document.as_of,
        source=SOURCE,
        orders=orders,
        defects=defects,
        rate=rate,
        target=target,
        status=_word(_first_of(said, ("status", "accountHealthRatingStatus", "ahrStatus"))),
        aim=aim,
        window_from=first,
        window_to=None if first is None else first + timedelta(days=days - 1),
    )


def _usual_aim(shape: _Shape) -> Aim:
    if not shape.metric.is_rate:
        return Aim.EXACTLY
    return Aim.ABOVE if shape.good else Aim.BELOW


def _by_word(metric: Metric, place: MarketplaceId, status: Any, document: Document) -> HealthFigure:
    return HealthFigure(place, metric, 0, document.as_of, SOURCE, status=_word(status), aim=Aim.EXACTLY)


def _first_of(said: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
    return next((said[key] for key in keys if key in said), None)


def _word(value: Any) -> str | None:
    text = text_of(value).upper()
    return text if _WORD.fullmatch(text) else None


def _count(value: Any) -> int | None:
    """
    Return a count, also where it is written as text or stands in ``{"count": …}``; None where nothing is said.

    Raises:
        _Unreadable: something else stands there.
    """
    number = _number(value.get("count") if isinstance(value, dict) else value)
    if number is None:
        return None
    if number != int(number) or not 0 <= number <= _MOST:
        raise _Unreadable
    return int(number)


def _number(value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, str):
        text = value.strip().removesuffix("%")
        try:
            number = float(text) / (100 if value.strip().endswith("%") else 1)
        except ValueError as error:
            raise _Unreadable from error
    elif isinstance(value, int | float) and not isinstance(value, bool):
        number = float(value)
    else:
        raise _Unreadable
    if not math.isfinite(number):
        raise _Unreadable
    return number


def _shares(said: Mapping[str, Any], aim: Aim, metric: Metric, counted: float | None) -> tuple[float | None, float | None]:
    """
    Return rate and target as shares: the model calls them percentages, the examples write fractions (0.032 for 3.2 %).

    A target's size tells how it is written, and so does a rate above 1. Beside a target in per cent a smaller rate may be either: what the
    counts say is nearer counts.

    Raises:
        _Unreadable: they are no shares either way.
    """
    rate, target = _number(said.get("rate")), _number(said.get("targetValue"))
    if not metric.is_rate:
        return rate, target
    in_per_cent = target is not None and target > (1 if aim is Aim.ABOVE else _LEAST_PER_CENT)
    if rate is not None and (rate > 1 or (in_per_cent and _is_nearer(rate / 100, rate, counted, aim))):
        rate = round(rate / 100, 10)
    if target is not None and in_per_cent:
        target = round(target / 100, 10)
    if any(share is not None and not 0 <= share <= 1 for share in (rate, target)):
        raise _Unreadable
    return rate, target


def _is_nearer(one: float, other: float, counted: float | None, aim: Aim) -> bool:
    if counted is None:
        return aim is not Aim.ABOVE
    share = 1 - counted if aim is Aim.ABOVE else counted
    return abs(one - share) <= abs(other - share)


def _window(said: Mapping[str, Any], metric: Metric) -> tuple[int, date | None]:
    """
    Return the window's length in days and its first day, as written: the report's days are the marketplace's, whatever zone they name.

    A window that ends before it begins (Amazon's own example) is taken as the metric's usual one, its days as unknown.
    """
    usual = metric.windows[-1] if metric.windows else 0
    begins, ends = _moment(said.get("reportingDateFrom")), _moment(said.get("reportingDateTo"))
    if begins is None or ends is None or ends <= begins:
        return usual, None
    days = -(-(ends - begins) // timedelta(days=1))
    near = [window for window in metric.windows if abs(window - days) <= 1]
    return (near[0] if near else days), begins.date()


def _moment(value: Any) -> datetime | None:
    """
    Return the time as written, without its zone; seconds may be missing.
    """
    try:
        moment = datetime.fromisoformat(text_of(value)).replace(tzinfo=None)
    except ValueError:
        return None
    return moment if FIRST_REAL_YEAR <= moment.year <= LAST_REAL_YEAR else None
