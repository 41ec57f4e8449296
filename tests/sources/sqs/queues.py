"""
A queue in memory that behaves as SQS does: hands out again what was not acknowledged, in any order, as often as it likes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class MemoryClient:
    """
    What is used of boto3's client, over a list.
    """

    bodies: list[str] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    away: bool = False
    forgets: bool = True  #: False: acknowledgements don't arrive
    _handed: int = 0

    def receive_message(self, **wishes: Any) -> dict[str, Any]:
        """
        Return at most ten messages; they are hidden until they come back.
        """
        self._answers()
        messages = []
        for _ in range(min(wishes["MaxNumberOfMessages"], len(self.bodies))):
            body, self._handed = self.bodies.pop(0), self._handed + 1
            receipt = f"receipt-{self._handed}"
            self.hidden[receipt] = body
            self.times[body] = self.times.get(body, 0) + 1
            attributes = {"ApproximateReceiveCount": str(self.times[body])}
            messages.append({"ReceiptHandle": receipt, "Body": body, "Attributes": attributes})
        return {"Messages": messages} if messages else {}

    def delete_message_batch(self, **wishes: Any) -> dict[str, Any]:
        """
        Forget these messages.
        """
        self._answers()
        for entry in wishes["Entries"] if self.forgets else ():
            self.hidden.pop(entry["ReceiptHandle"], None)
        return {}

    def come_back(self) -> None:
        """
        Let every message that was not acknowledged be seen again.
        """
        self.bodies += self.hidden.values()
        self.hidden.clear()

    def _answers(self) -> None:
        if self.away:
            raise ConnectionError("secret words of a library")
