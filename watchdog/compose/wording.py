"""
How dates, times and code words are written for people, in Japanese and English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from watchdog.compose import digest_words, health_words
from watchdog.compose import words as tables
from watchdog.compose.condition_words import SOURCES
from watchdog.terms.case import CaseEvent, CaseState, Outcome
from watchdog.terms.finding import Cause, Confidence, EvidenceKind, Rule, Scope, Severity
from watchdog.terms.health import Metric
from watchdog.terms.letter import LetterKind
from watchdog.terms.look import ReleaseSource
from watchdog.terms.message import MessageKind
from watchdog.terms.observation import Interface, Status
from watchdog.terms.promise import Counted, Ground

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from watchdog.terms.money import Money
    from watchdog.terms.said import Said

#: The languages there are texts in; every other is written in English.
LANGUAGES = ("ja", "en")

_Key = TypeVar("_Key", bound=str)
_RELEASE_SOURCES = frozenset(ReleaseSource)
_INTERFACES = frozenset(Interface)
_WEEKDAYS_JA = "月火水木金土日"
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = tuple("January February March April May June July August September October November December".split())


@dataclass(frozen=True, slots=True)
class Words:
    """
    One language: its plain words for every code word, and how it writes dates and times.
    """

    language: str
    rules: Mapping[Rule, str]
    causes: Mapping[Cause, str]
    confidences: Mapping[Confidence, str]
    severities: Mapping[Severity, str]
    scopes: Mapping[Scope, str]
    states: Mapping[CaseState, str]
    outcomes: Mapping[Outcome, str]
    events: Mapping[CaseEvent, str]
    decisions: Mapping[CaseEvent, str]  #: what can be decided, as something to do
    details: Mapping[str, str]  #: what a step may carry
    evidence: Mapping[EvidenceKind, str]
    gaps: Mapping[str, str]
    statuses: Mapping[Status, str]
    interfaces: Mapping[Interface, str]
    release_sources: Mapping[ReleaseSource, str]
    letters: Mapping[LetterKind, str]
    messages: Mapping[MessageKind, str]
    metrics: Mapping[Metric, str]  #: of account health
    health_defects: Mapping[Metric, str]  #: what is counted in each of them; ``room`` says how many more
    health_statuses: Mapping[str, str]  #: Amazon's own words
    facts: Mapping[str, str]  #: names of the facts a letter may miss
    dues: Mapping[CaseEvent, str]  #: what time will bring about
    counted: Mapping[Counted, str]  #: whether a report counts an order as late
    grounds: Mapping[Ground, str]  #: why a report is read so

    def day(self, day: date) -> str:
        """
        Return the whole date: ``2016年9月8日(木)``, ``Thursday 8 September 2016``.
        """
        if self.language == "ja":
            return f"{day.year}年{day.month}月{day.day}日({_WEEKDAYS_JA[day.weekday()]})"
        return f"{_WEEKDAYS_EN[day.weekday()]} {day.day} {_MONTHS_EN[day.month - 1]} {day.year}"

    def short_day(self, day: date) -> str:
        """
        Return the date without year: ``9/8(木)``, ``Thu 8 Sep``.
        """
        if self.language == "ja":
            return f"{day.month}/{day.day}({_WEEKDAYS_JA[day.weekday()]})"
        return f"{_WEEKDAYS_EN[day.weekday()][:3]} {self.bare_day(day)}"

    def bare_day(self, day: date) -> str:
        """
        Return the date as short as a subject line needs it: ``9/8``, ``8 Sep``.
        """
        if self.language == "ja":
            return f"{day.month}/{day.day}"
        return f"{day.day} {_MONTHS_EN[day.month - 1][:3]}"

    def moment(self, moment: datetime, zone: ZoneInfo, *, now: datetime) -> str:
        """
        Return the local time: ``9/8(木) 10:00``, ``Thu 8 Sep, 10:00``; with its year only where that is not the present one.
        """
        local = moment.astimezone(zone)
        if local.year != now.astimezone(zone).year:
            return self.whole_moment(moment, zone)
        return self._at(self.short_day(local.date()), local)

    def whole_moment(self, moment: datetime, zone: ZoneInfo) -> str:
        """
        Return the local time with its whole date: ``2016年9月13日(火) 10:00``, ``Tuesday 13 September 2016, 10:00``.
        """
        local = moment.astimezone(zone)
        return self._at(self.day(local.date()), local)

    def _at(self, day: str, local: datetime) -> str:
        return f"{day}{' ' if self.language == 'ja' else ', '}{local:%H:%M}"

    def money(self, money: Money) -> str:
        """
        Return the amount as people write it: ``1,100円``, ``JPY 1,100``, ``12.50 EUR``, ``EUR 12.50``.
        """
        is_yen = money.currency == "JPY"
        amount = f"{money.amount:,.{0 if is_yen else 2}f}"
        if self.language == "ja":
            return f"{amount}円" if is_yen else f"{amount} {money.currency}"
        return f"{money.currency} {amount}"

    def room(self, metric: Metric, headroom: int) -> str:
        """
        Return so many more of what the metric counts: ``出荷遅延があと 2 件``, ``2 more late shipments``.
        """
        counted = self.health_defects[metric]
        if self.language == "ja":
            return f"{counted}があと {headroom} 件"
        one, many = counted.split("/")
        return f"{headroom} more {one if headroom == 1 else many}"

    def aim(self, aimed_at: str) -> str:
        """
        Return a target as people write it: ``4%未満`` or ``95%超`` in Japanese, ``< 4%`` as it is in English.
        """
        if self.language != "ja" or not aimed_at:
            return aimed_at
        sign, number = aimed_at.split()
        return number + {"<": "未満", ">": "超"}[sign]

    def zone(self, zone: ZoneInfo) -> str:
        """
        Return whose time it is: ``日本時間``, ``Japan time``, else the zone's own name.
        """
        if zone.key == "Asia/Tokyo":
            return "日本時間" if self.language == "ja" else "Japan time"
        return f"現地時間：{zone.key}" if self.language == "ja" else f"{zone.key} time"

    def listed(self, names: Iterable[str]) -> str:
        """
        Return the names one after the other.
        """
        return ("、" if self.language == "ja" else ", ").join(names)

    def source(self, name: str) -> str:
        """
        Return who said it, in plain words: a source, an interface, a release source, else Amazon's data in general.
        """
        if name in SOURCES:
            return SOURCES[name].to(self.language)
        code = name.rpartition(":")[2]
        if code in _RELEASE_SOURCES:
            return self.release_sources[ReleaseSource(code)]
        if code in _INTERFACES:
            return self.interfaces[Interface(code)]
        return "Amazonの注文データ" if self.language == "ja" else "Amazon's order data"


def written(language: str) -> str:
    """
    Return the language texts are written in for this one: itself, or English.
    """
    return language if language in LANGUAGES else "en"


@cache
def words(language: str) -> Words:
    """
    Return the plain words of the language, English where there is none.
    """
    code = written(language)
    pick: Callable[[Said], str] = (lambda said: said.ja) if code == "ja" else (lambda said: said.en)

    def one(table: Mapping[_Key, Said]) -> Mapping[_Key, str]:
        return {key: pick(said) for key, said in table.items()}

    return Words(
        language=code,
        rules=one(tables.RULES),
        causes=one(tables.CAUSES),
        confidences=one(tables.CONFIDENCES),
        severities=one(tables.SEVERITIES),
        scopes=one(tables.SCOPES),
        states=one(tables.STATES),
        outcomes=one(tables.OUTCOMES),
        events=one(tables.EVENTS),
        decisions=one(tables.DECISIONS),
        details=one(tables.DETAILS),
        evidence=one(tables.EVIDENCE),
        gaps=one(tables.GAPS),
        statuses=one(tables.STATUSES),
        interfaces=one(tables.INTERFACES),
        release_sources=one(tables.RELEASE_SOURCES),
        letters=one(tables.LETTER_KINDS),
        messages=one(tables.MESSAGE_KINDS),
        metrics=one(health_words.METRICS),
        health_defects=one(health_words.DEFECTS),
        health_statuses=one(health_words.STATUSES),
        facts=one(tables.FACTS),
        dues=one(digest_words.DUES),
        counted=one(digest_words.COUNTED),
        grounds=one(digest_words.GROUNDS),
    )
