"""
Has Amazon send its notifications to the seller's queue: one destination, one subscription for each type; what exists already is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from watchdog.sources.formats.json_parts import fields_of, objects_of, text_of
from watchdog.sources.spapi.operations import CREATE_DESTINATION, CREATE_SUBSCRIPTION, GET_DESTINATIONS, GET_SUBSCRIPTION
from watchdog.terms.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from watchdog.sources.spapi.session import Session

#: Destinations belong to the application, not to a seller: they are asked for with a token of this scope.
SCOPE = "sellingpartnerapi::notifications"
#: Amazon's own AWS account, which the queue's policy must let in (reference ``spapi.md`` §5).
AMAZON = "437568002678"
_NAME = "preorder-watchdog"
_ORDER_FILTER = {
    "eventFilter": {"eventFilterType": "ORDER_CHANGE", "orderChangeTypes": ["OrderStatusChange", "BuyerRequestedChange"]},
}
#: Type → version of its payload; only changes of an order can be narrowed down.
TYPES: Mapping[str, str] = {"ORDER_CHANGE": "1.0", "REPORT_PROCESSING_FINISHED": "2020-09-04", "ACCOUNT_STATUS_CHANGED": "2021-01-01"}


@dataclass(frozen=True, slots=True)
class Subscribed:
    """
    How it went with one type; where ``trouble`` is set, Amazon does not send it.
    """

    type: str
    made: bool = False
    elsewhere: bool = False  #: it is subscribed to another destination already
    trouble: SourceError | None = None


def destination(application: Session, arn: str, now: datetime) -> tuple[str, bool]:
    """
    Return the id of the destination for this queue, and whether it was made just now.

    Raises:
        SourceError: Amazon refuses; ``Rejected`` mostly means that the queue's policy does not let it in.
    """
    for found in objects_of(application.request(GET_DESTINATIONS, now=now).fields.get("payload")):
        if fields_of(fields_of(found.get("resource")).get("sqs")).get("arn") == arn:
            return text_of(found.get("destinationId")), False
    wish = {"name": _NAME, "resourceSpecification": {"sqs": {"arn": arn}}}
    made = application.request(CREATE_DESTINATION, now=now, body=wish).fields.get("payload")
    number = text_of(fields_of(made).get("destinationId"))
    if not number:
        raise application.unreadable(CREATE_DESTINATION, now)
    return number, True


def subscribe(seller: Session, destination_id: str, now: datetime) -> Iterator[Subscribed]:
    """
    Yield how it went with every type; one that is refused does not stop the others.
    """
    for kind, version in TYPES.items():
        try:
            yield _subscribed(seller, kind, version, destination_id=destination_id, now=now)
        except SourceError as error:
            yield Subscribed(kind, trouble=error)


def _subscribed(seller: Session, kind: str, version: str, *, destination_id: str, now: datetime) -> Subscribed:
    path = {"notificationType": kind}
    found = fields_of(seller.request(GET_SUBSCRIPTION, now=now, path=path, query={"payloadVersion": version}).fields.get("payload"))
    if found:
        return Subscribed(kind, elsewhere=text_of(found.get("destinationId")) != destination_id)
    wish: dict[str, Any] = {"payloadVersion": version, "destinationId": destination_id}
    if kind == "ORDER_CHANGE":
        wish["processingDirective"] = _ORDER_FILTER
    seller.request(CREATE_SUBSCRIPTION, now=now, path=path, body=wish)
    return Subscribed(kind, made=True)


def policy(arn: str) -> Mapping[str, Any]:
    """
    Return the access policy the queue needs: Amazon may write into it and look at its attributes, nobody else is let in.
    """
    statement = {
        "Sid": "SellingPartnerApi",
        "Effect": "Allow",
        "Principal": {"AWS": AMAZON},
        "Action": ["sqs:SendMessage", "sqs:GetQueueAttributes"],
        "Resource": arn,
    }
    return {"Version": "2012-10-17", "Statement": [statement]}
