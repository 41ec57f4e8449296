"""
Notifications API v1: where notifications go, and which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.spapi_fake.asked import Answer, Asked, Refusal, invalid

if TYPE_CHECKING:
    from tests.spapi_fake.world import World


def destinations(world: World, _asked: Asked) -> Answer:
    """
    Answer every destination of the application.
    """
    return Answer(200, {"payload": [_shown(name, arn) for name, arn in world.destinations.items()]})


def create_destination(world: World, asked: Asked) -> Answer:
    """
    Answer a new destination; a queue Amazon may not write to is refused, and so is one that is a destination already.
    """
    arn = asked.body["resourceSpecification"]["sqs"]["arn"]
    if arn in world.closed_queues:
        raise invalid("Amazon is not authorized to access the destination resource. Please check the queue policy.")
    if arn in world.destinations.values():
        raise Refusal(409, "Conflict", "The destination already exists.")
    number = f"fake-destination-{len(world.destinations) + 1}"
    world.destinations[number] = arn
    return Answer(200, {"payload": _shown(number, arn)})


def subscription(world: World, asked: Asked) -> Answer:
    """
    Answer the subscription of that type.
    """
    found = world.subscriptions.get(asked.values["notificationType"])
    if found is None:
        raise Refusal(404, "ResourceNotFound", "There is no subscription.")
    return Answer(200, {"payload": found})


def subscribe(world: World, asked: Asked) -> Answer:
    """
    Answer a new subscription.
    """
    kind, wish = asked.values["notificationType"], asked.body
    if kind in world.subscriptions:
        raise Refusal(409, "Conflict", "A subscription already exists.")
    if wish["destinationId"] not in world.destinations:
        raise invalid("There is no such destination.")
    world.subscriptions[kind] = {"subscriptionId": f"fake-subscription-{kind}", **wish}
    return Answer(200, {"payload": world.subscriptions[kind]})


def _shown(number: str, arn: str) -> dict[str, Any]:
    return {"destinationId": number, "name": "preorder-watchdog", "resource": {"sqs": {"arn": arn}}}
