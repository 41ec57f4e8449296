"""
What a notification of Amazon's is about: an order that changed, the account's state, a report that is finished; pure.

Amazon writes the keys of some types with capitals, those of others without.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from watchdog.sources.formats.json_parts import fields_of, text_of
from watchdog.terms.identity import MarketplaceId, OrderId, parse_order_id
from watchdog.terms.marketplace import Marketplace, by_id
from watchdog.terms.moments import UnreadableDate, parse_instant

if TYPE_CHECKING:
    from collections.abc import Mapping

_STATES = {"NORMAL", "AT_RISK", "DEACTIVATED"}


@dataclass(frozen=True, slots=True)
class OrderChanged:
    """
    Something about an order changed; what, is read by the reader of such notifications.
    """

    order_id: OrderId
    marketplace_id: MarketplaceId
    marked: bool  #: Amazon calls it a pre-order
    ours: bool  #: the seller ships it


@dataclass(frozen=True, slots=True)
class AccountChanged:
    """
    Amazon says how the account stands now.
    """

    marketplace_id: MarketplaceId
    state: str  #: NORMAL, AT_RISK, DEACTIVATED
    at: datetime


@dataclass(frozen=True, slots=True)
class ReportFinished:
    """
    Amazon is done with a report, however it ended.
    """

    report: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """
    A notification of another type; it is none of ours.
    """

    type: str


Notice = OrderChanged | AccountChanged | ReportFinished | Foreign


def notice_in(text: str, home: Marketplace) -> Notice | None:
    """
    Return what the message is about, None where it can't be read.
    """
    try:
        envelope = _folded(json.loads(text))
    except (ValueError, RecursionError):
        return None
    payload = _folded(envelope.get("payload"))
    match text_of(envelope.get("notificationtype")):
        case "ORDER_CHANGE":
            return _order(_folded(payload.get("orderchangenotification")), home)
        case "ACCOUNT_STATUS_CHANGED":
            return _account(_folded(payload.get("accountstatuschangenotification")), text_of(envelope.get("eventtime")), home)
        case "REPORT_PROCESSING_FINISHED":
            report = text_of(_folded(payload.get("reportprocessingfinishednotification")).get("reportid"))
            return ReportFinished(report) if report else None
        case "":
            return None
        case other:
            return Foreign(other[:60])


def _order(said: Mapping[str, Any], home: Marketplace) -> OrderChanged | None:
    summary = _folded(said.get("summary"))
    place = text_of(summary.get("marketplaceid"))
    store = by_id(place) if place else home
    try:
        order_id = parse_order_id(text_of(said.get("amazonorderid")))
    except ValueError:
        return None
    if store is None:
        return None
    marked = text_of(summary.get("ordertype")) == "Preorder" or text_of(summary.get("orderstatus")) == "PendingAvailability"
    return OrderChanged(order_id, store.id, marked, ours=text_of(summary.get("fulfillmenttype")) != "AFN")


def _account(said: Mapping[str, Any], written: str, home: Marketplace) -> AccountChanged | None:
    place, state = text_of(said.get("marketplaceid")), text_of(said.get("currentaccountstatus"))
    store = by_id(place) if place else home
    try:
        at = parse_instant(written, home.zone)
    except UnreadableDate:
        at = None
    if store is None or at is None or state not in _STATES:
        return None
    return AccountChanged(store.id, state, at.astimezone(UTC))


def _folded(value: Any) -> Mapping[str, Any]:
    """
    Return an object with its own keys in small letters.
    """
    return {key.lower(): part for key, part in fields_of(value).items()}
