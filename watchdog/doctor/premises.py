"""
What the doctor examines, and what it says of each point.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from watchdog.settings import Settings
from watchdog.store import Store
from watchdog.terms.errors import WatchdogError
from watchdog.terms.look import Reason, SourceState
from watchdog.terms.sentences import say


class Health(StrEnum):
    """
    How a point is.
    """

    WELL = "ok"
    NOTE = "note"  #: nothing is wrong, but somebody may want to know
    FAILED = "failed"
    SKIPPED = "skipped"  #: there is nothing to examine here


@dataclass(frozen=True, slots=True)
class CheckedPoint:
    """
    One thing that was examined. A failed one always names its fix.
    """

    name: str
    health: Health
    found: Reason
    fix: Reason | None = None

    def told(self, language: str) -> dict[str, str | None]:
        """
        Return the point as other programs read it.
        """
        return {
            "name": self.name,
            "state": self.health.value,
            "found": say(self.found.code, language, self.found.values),
            "fix": None if self.fix is None else say(self.fix.code, language, self.fix.values),
        }


@dataclass(frozen=True)
class Premises:
    """
    What the program has, handed in: the doctor itself makes and sends nothing.
    """

    settings: Settings
    now: datetime
    log_path: str  #: how the log is named to people
    api_url: str | None  #: Amazon's interface, where credentials for it are set
    store: Store | None = None  #: None where it could not be opened
    trouble: WatchdogError | None = None  #: why not
    sources: tuple[SourceState, ...] = ()
    doors: tuple[tuple[str, str, int], ...] = ()  #: of each channel that is reached over the network: name, host, port
    channels: tuple[str, ...] = ()
    secrets: Mapping[str, str] = field(default_factory=dict)  #: option → where it was found; never the value


def well(name: str, code: str, /, **values: str | int) -> CheckedPoint:
    """
    Return a point with which nothing is wrong.
    """
    return CheckedPoint(name, Health.WELL, Reason(code, values))


def skipped(name: str, code: str, /, **values: str | int) -> CheckedPoint:
    """
    Return a point that does not apply.
    """
    return CheckedPoint(name, Health.SKIPPED, Reason(code, values))


def failed(name: str, found: Reason, fix: Reason) -> CheckedPoint:
    """
    Return a point that somebody must see to.
    """
    return CheckedPoint(name, Health.FAILED, found, fix)
