"""
One matter a text is about: a case's finding in one language at one moment, with what can be worked out of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from watchdog.compose.wording import Words
from watchdog.terms.calendar import Calendar
from watchdog.terms.case import Case, CaseState, CaseStep
from watchdog.terms.finding import Evidence, EvidenceKind, Finding, Rule, Scope, Siblings
from watchdog.terms.letter import Asked
from watchdog.terms.marketplace import BY_ID, Marketplace
from watchdog.terms.moments import local_date
from watchdog.terms.policy import Policy
from watchdog.terms.promise import Promise
from watchdog.terms.replies import FollowUp, follow_up_of

#: Said of the product, whose source is told beside its date.
_OF_RELEASE = frozenset({EvidenceKind.RELEASE, EvidenceKind.RELEASE_CHANGE, EvidenceKind.RELEASE_STEADY})


@dataclass(frozen=True)
class Matter:
    """
    Everything facts are pulled from: the finding of a case, in one language, at one moment.
    """

    case: Case
    finding: Finding
    words: Words
    policy: Policy
    calendar: Calendar
    now: datetime
    reply_by: datetime | None = None
    signature: str | None = None
    asked: Asked = field(default_factory=Asked)
    steps: tuple[CaseStep, ...] = ()
    promise: Promise | None = None

    @cached_property
    def store(self) -> Marketplace:
        """
        The marketplace it happened on.
        """
        return BY_ID[self.finding.subject.marketplace_id]

    @property
    def is_order(self) -> bool:
        """
        Say whether it is about one order, whose traces may be told; a product's evidence belongs to no one buyer.
        """
        return self.finding.subject.scope is Scope.ORDER

    def all(self, kind: EvidenceKind) -> tuple[Evidence, ...]:
        """
        Return the observations of that kind, oldest first.
        """
        return tuple(item for item in self.finding.evidence if item.kind is kind)

    def last(self, kind: EvidenceKind) -> Evidence | None:
        """
        Return the newest observation of that kind.
        """
        return next(iter(reversed(self.all(kind))), None)

    @cached_property
    def siblings(self) -> Siblings:
        """
        The other pre-orders that share one date; none where they do not.
        """
        siblings = self.finding.siblings
        return siblings if siblings.ship_by is not None and siblings.count else Siblings()

    @cached_property
    def gap(self) -> int:
        """
        By how many days the ship-by lies before the release date; 0 where it does not or either is unknown.
        """
        release, ship_by = self.finding.release_date, self.finding.ship_by
        return max((release - ship_by).days, 0) if release and ship_by else 0

    @cached_property
    def corrected(self) -> date | None:
        """
        The date Amazon is asked to set: the norm, unless it is too early itself; else the date before the move; else the release date.

        The date before the move counts only where it does not lie before the release date.
        """
        finding, norm = self.finding, self.siblings.ship_by
        release = finding.release_date
        if self.is_order and norm is not None and (release is None or self.policy.fits(norm, release)):
            return norm
        previous = finding.previous_ship_by if finding.move_seen else None
        if previous is not None and (release is None or previous > release):
            return previous
        return release

    @property
    def is_past(self) -> bool:
        """
        Say whether the ship-by has passed, be it that no turn has found so yet.
        """
        ship_by = self.finding.ship_by
        return Rule.PAST_SHIP_BY in self.finding.rules or (ship_by is not None and ship_by < self.today)

    @property
    def seen_by(self) -> tuple[str, ...]:
        """
        Return who has shown what is said of the order, the first first; who said the release date is told beside that date.
        """
        dated = (item for item in self.finding.evidence if item.seen_at is not None and item.kind not in _OF_RELEASE)
        said = (item.source for item in dated if item.source)
        return tuple(dict.fromkeys(self.words.source(name) for name in (*said, self.finding.source)))

    @property
    def siblings_seen_at(self) -> str:
        """
        When the others were last shown, as local time; empty where it is unknown.
        """
        item = self.last(EvidenceKind.SIBLINGS)
        return "" if item is None else self.moment(item.seen_at)

    @property
    def follow_up(self) -> FollowUp:
        """
        What a follow-up to the ticket has to ask for now.
        """
        return follow_up_of(self.steps, counted_at=self.promise.counted_at if self.promise is not None else None)

    @property
    def buyer_asked(self) -> bool:
        """
        Say whether the buyer spoke of cancelling first: the seller marked it so, or a request stands.
        """
        asked = self.case.state is CaseState.BUYER_ASKED or Rule.BUYER_ASKED_CANCEL in self.finding.rules
        return self.is_order and (asked or self.last(EvidenceKind.CANCEL_REQUEST) is not None)

    @cached_property
    def steady_since(self) -> datetime | None:
        """
        Since when the source that is believed has kept its release date; None where any source changed one, or none is believed.

        Another source may be known for longer; nothing is said of the time before the believed one was first read.
        """
        steady, believed = self.last(EvidenceKind.RELEASE_STEADY), self.last(EvidenceKind.RELEASE)
        if steady is None or steady.before_at is None or believed is None:
            return None
        return max(steady.before_at, believed.seen_at or steady.before_at)

    @cached_property
    def today(self) -> date:
        """
        The marketplace's date.
        """
        return local_date(self.now, self.store.zone)

    def moment(self, moment: datetime | None) -> str:
        """
        Return the local time as text, empty where it is unknown.
        """
        return "" if moment is None else self.words.moment(moment, self.store.zone, now=self.now)

    def day(self, text: str | None) -> str:
        """
        Return an evidence's ISO date as people write it, empty where it is none.
        """
        day = iso_day(text)
        return "" if day is None else self.words.day(day)


def iso_day(text: str | None) -> date | None:
    """
    Return the date of an evidence's old or new value, None where it holds no date.
    """
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def one_line(text: str) -> str:
    """
    Return the text without line breaks, control characters and doubled spaces, fit for a subject line.
    """
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def spelled(number: str) -> str:
    """
    Return an id as it is read out on the phone: ``503 - 123 4567 - 765 4321``, ``B01A BCDE F1``.
    """
    return " - ".join(" ".join(_groups(part)) for part in number.split("-"))


def _groups(part: str) -> tuple[str, ...]:
    """
    Return groups of four, the last at the end; seven are three and four, as phone numbers are.
    """
    first = 3 if len(part) == 7 else 4  # noqa: PLR2004 - the two long parts of an order id
    return tuple(piece for piece in (part[:first], *(part[at : at + 4] for at in range(first, len(part), 4))) if piece)
