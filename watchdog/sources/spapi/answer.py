"""
What Amazon answers, and what may be told of its refusals.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What Amazon answered: a success, or 404 where the thing asked for does not exist.
    """

    status: int
    body: Any = field(repr=False)  #: parsed JSON; None for 404
    request_id: str = ""  #: Amazon's own, for a ticket about the API

    @property
    def fields(self) -> Mapping[str, Any]:
        """
        The body as an object; empty where it is none.
        """
        return self.body if isinstance(self.body, dict) else {}


def first_error(body: bytes) -> str:
    """
    Return code, message and details of the first error in Amazon's answer, each begun with a blank or a colon; empty where there is none.
    """
    try:
        errors = json.loads(body)["errors"]
        first = errors[0]
        parts = (first.get("code"), first.get("message"), first.get("details"))
    except (ValueError, RecursionError, KeyError, IndexError, TypeError, AttributeError):
        return ""
    said = ": ".join(part for part in parts if isinstance(part, str) and part)
    return f" {said}" if said else ""


def asked_pause(text: str | None, now: datetime) -> float | None:
    """
    Return the seconds of a ``Retry-After``, which may be a number or a date.
    """
    if not text:
        return None
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (TypeError, ValueError):
        return None
