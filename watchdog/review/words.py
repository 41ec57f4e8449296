"""
The plain words of one language, as the screens need them; the room ``compose`` keeps them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from watchdog.terms.case import CaseEvent, CaseState, Outcome
    from watchdog.terms.finding import Cause, Confidence, EvidenceKind, Rule, Severity
    from watchdog.terms.health import Metric
    from watchdog.terms.letter import LetterKind
    from watchdog.terms.message import MessageKind
    from watchdog.terms.money import Money
    from watchdog.terms.observation import Status
    from watchdog.terms.promise import Counted, Ground


class Words(Protocol):
    """
    The plain words of one language, as the room ``compose`` keeps them.
    """

    @property
    def language(self) -> str:
        """
        Which language it is.
        """

    @property
    def rules(self) -> Mapping[Rule, str]:
        """
        Rules.
        """

    @property
    def causes(self) -> Mapping[Cause, str]:
        """
        Causes.
        """

    @property
    def confidences(self) -> Mapping[Confidence, str]:
        """
        How sure.
        """

    @property
    def severities(self) -> Mapping[Severity, str]:
        """
        How loud.
        """

    @property
    def states(self) -> Mapping[CaseState, str]:
        """
        How a case stands.
        """

    @property
    def outcomes(self) -> Mapping[Outcome, str]:
        """
        How it ended.
        """

    @property
    def events(self) -> Mapping[CaseEvent, str]:
        """
        What happened to it.
        """

    @property
    def decisions(self) -> Mapping[CaseEvent, str]:
        """
        What the seller can decide.
        """

    @property
    def letters(self) -> Mapping[LetterKind, str]:
        """
        The letters there are.
        """

    @property
    def messages(self) -> Mapping[MessageKind, str]:
        """
        Why a message is sent.
        """

    @property
    def details(self) -> Mapping[str, str]:
        """
        What a step of a case may carry.
        """

    @property
    def evidence(self) -> Mapping[EvidenceKind, str]:
        """
        What was observed.
        """

    @property
    def statuses(self) -> Mapping[Status, str]:
        """
        How an order stands at Amazon.
        """

    @property
    def gaps(self) -> Mapping[str, str]:
        """
        Why something is not watched.
        """

    @property
    def metrics(self) -> Mapping[Metric, str]:
        """
        What Amazon measures.
        """

    @property
    def health_statuses(self) -> Mapping[str, str]:
        """
        Amazon's words for how it stands.
        """

    def day(self, day: date) -> str:
        """
        Return the whole date.
        """

    def short_day(self, day: date) -> str:
        """
        Return the date without year.
        """

    def moment(self, moment: datetime, zone: ZoneInfo, *, now: datetime) -> str:
        """
        Return the local time.
        """

    def zone(self, zone: ZoneInfo) -> str:
        """
        Return whose time it is.
        """

    def aim(self, aimed_at: str) -> str:
        """
        Return a target as people write it.
        """

    def money(self, money: Money) -> str:
        """
        Return the amount as people write it.
        """

    @property
    def dues(self) -> Mapping[CaseEvent, str]:
        """
        What time will bring about.
        """

    @property
    def counted(self) -> Mapping[Counted, str]:
        """
        Whether a report counts an order as late.
        """

    @property
    def grounds(self) -> Mapping[Ground, str]:
        """
        Why a report is read so.
        """

    def room(self, metric: Metric, headroom: int) -> str:
        """
        Return so many more of what the metric counts.
        """

    def listed(self, names: Iterable[str]) -> str:
        """
        Return the names one after the other.
        """

    def source(self, name: str) -> str:
        """
        Return who said it.
        """
