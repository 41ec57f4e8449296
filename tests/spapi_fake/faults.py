"""
What can go wrong at Amazon: outages, refusals, broken answers, connections cut; each lasts as long as it is told to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.spapi_fake.asked import Asked

#: Changes an answer's JSON, or replaces it by bytes; what comes out is not held against the model.
Spoil = Callable[[Asked, Any], Any]


@dataclass
class Fault:
    """
    One thing that goes wrong; the first that applies to a request is the one that happens.
    """

    operation: str | None = None  #: None: every operation but the token
    status: int | None = None  #: answered instead of the truth
    code: str = "InternalFailure"
    message: str = "We encountered an internal error. Please try again."
    headers: Mapping[str, str] = field(default_factory=dict)
    when: Callable[[Asked], bool] = lambda _asked: True
    begins: datetime | None = None
    ends: datetime | None = None
    times: int | None = None  #: happens so often, then never again
    spoil: Spoil | None = None  #: the answer is made and then changed
    cut: bool = False  #: the connection is closed without an answer
    happened: int = 0

    def applies(self, operation: str, asked: Asked) -> bool:
        """
        Say whether it happens to this request.
        """
        meant = self.operation == operation if self.operation else operation != "token"
        begun = self.begins is None or asked.at >= self.begins
        over = (self.ends is not None and asked.at >= self.ends) or (self.times is not None and self.happened >= self.times)
        return meant and begun and not over and self.when(asked)


@dataclass
class Faults:
    """
    Everything that goes wrong now.
    """

    standing: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> Fault:
        """
        Let it go wrong from now on.
        """
        self.standing.append(fault)
        return fault

    def end(self, fault: Fault) -> None:
        """
        Let it be over.
        """
        self.standing.remove(fault)

    def of(self, operation: str, asked: Asked) -> Fault | None:
        """
        Return what goes wrong with this request, counted; None where nothing does.
        """
        found = next((fault for fault in self.standing if fault.applies(operation, asked)), None)
        if found is not None:
            found.happened += 1
        return found


def outage(begins: datetime, ends: datetime, operation: str | None = None, status: int = 500) -> Fault:
    """
    Return an outage that answers with that status all the while.
    """
    return Fault(operation, status=status, begins=begins, ends=ends)


def fulfillment_refused(begins: datetime, ends: datetime) -> Fault:
    """
    Return the outage of 26 and 27 August 2026: every searchOrders that asks for FULFILLMENT is answered 400, the rest works.
    """
    return Fault(
        "searchOrders",
        status=400,
        code="InvalidInput",
        message="Invalid request parameters.",
        begins=begins,
        ends=ends,
        when=lambda asked: "FULFILLMENT" in asked.list("includedData"),
    )


def spoilt(spoil: Callable[[Any], Any], operation: str, **more: Any) -> Fault:
    """
    Return a fault that changes what an operation answers.
    """
    return Fault(operation, spoil=lambda _asked, body: spoil(body), **more)
