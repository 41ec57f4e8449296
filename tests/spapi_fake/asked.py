"""
A request as it arrived, and an answer as it leaves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Asked:
    """
    One request; ``operation`` is the route's name in the fake.
    """

    operation: str
    method: str
    path: str
    values: Mapping[str, str]  #: of the path template
    query: Mapping[str, str]
    headers: Mapping[str, str]  #: names in lower case
    body: Any
    at: datetime
    base: str = ""  #: where the fake is reached, for addresses in answers

    def list(self, name: str) -> list[str]:
        """
        Return a list parameter, empty where it is not given.
        """
        return self.query[name].split(",") if self.query.get(name) else []

    def instant(self, name: str) -> datetime | None:
        """
        Return an instant parameter, None where it is not given.
        """
        return datetime.fromisoformat(self.query[name]) if name in self.query else None


@dataclass(frozen=True)
class Answer:
    """
    One answer: JSON, or bytes as they are; a body of None is empty.
    """

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Refusal(Exception):
    """
    The request is answered with an error in Amazon's form.
    """

    def __init__(self, status: int, code: str, message: str) -> None:
        """
        Keep what is answered.
        """
        super().__init__(message)
        self.answer = Answer(status, {"errors": [{"code": code, "message": message}]})


def invalid(message: str) -> Refusal:
    """
    Return the refusal of a request that breaks a documented rule.
    """
    return Refusal(400, "InvalidInput", message)
