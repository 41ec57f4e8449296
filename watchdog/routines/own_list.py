"""
A list of release dates that is set up and not there is a condition of the watch: without it a reset before the release may pass unseen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from watchdog.terms.condition import Condition, ConditionKind
from watchdog.terms.finding import Severity
from watchdog.terms.look import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from watchdog.store import Transaction


@dataclass(frozen=True)
class OwnListWatch:
    """
    Observes ``list_missing``: a warning, for what was read of the list before stays valid.
    """

    path: str
    is_there: Callable[[], bool]
    kinds: ClassVar[tuple[ConditionKind, ...]] = (ConditionKind.LIST_MISSING,)

    def observe(self, tx: Transaction, now: datetime) -> Iterator[Condition]:
        """
        Yield the condition while the file is not there.
        """
        del tx, now  # only the file says so
        if not self.is_there():
            reason = Reason("releases_file_absent", {"path": self.path})
            yield Condition(ConditionKind.LIST_MISSING, "releases", Severity.WARNING, reason)
