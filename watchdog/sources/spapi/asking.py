"""
How one of Amazon's order interfaces is asked: for all open orders, for what changed, for one order; the walk over pages is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from watchdog.sources.formats.json_parts import fields_of, text_of
from watchdog.sources.formats.reading import Read
from watchdog.terms.look import Row
from watchdog.terms.moments import UnreadableDate, parse_instant

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from watchdog.sources.spapi.operations import Operation
    from watchdog.terms.observation import Interface

#: Open orders of the last two years: pre-orders of toys may be open for 730 days, and Amazon shows no more.
SWEEP_DEPTH = timedelta(days=729)
PAGE_ORDERS = 100

#: What is asked, without page token: the parameters that must be repeated for each page.
Question = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """
    One page of an answer.
    """

    rows: Sequence[Row]
    read: Read
    next_token: str | None  #: None: the last page
    watermark: datetime | None  #: up to when the server's answer speaks


class Asker(Protocol):
    """
    One interface that can be asked for orders.
    """

    #: Amazon refused what is only useful beside the ship dates: until then nothing else than these is asked for.
    plain_until: datetime | None

    @property
    def interface(self) -> Interface:
        """
        Which of Amazon's interfaces it is.
        """

    @property
    def search(self) -> Operation:
        """
        The operation that a page costs.
        """

    @property
    def operations(self) -> tuple[Operation, ...]:
        """
        Every operation it calls.
        """

    @property
    def ends(self) -> datetime | None:
        """
        From when on Amazon no longer offers it; None where no end is announced.
        """

    @property
    def resumes(self) -> bool:
        """
        Say whether a sweep that was cut short may go on as the same complete look.
        """

    def sweep_question(self, now: datetime) -> Question:
        """
        Return the question for every open order the seller ships.
        """

    def updates_question(self, since: datetime) -> Question:
        """
        Return the question for everything that changed since, shipped and cancelled orders too.
        """

    def page(self, question: Question, token: str | None, now: datetime) -> AnswerPage:
        """
        Return one page, or raise one of ``troubles``.
        """

    def single(self, order_id: str, now: datetime) -> AnswerPage | None:
        """
        Return one order as it is now, None where Amazon knows none of that id; or raise one of ``troubles``.
        """


def watermark_in(body: Mapping[str, Any], *names: str, zone: ZoneInfo) -> datetime | None:
    """
    Return up to when the answer speaks, by the first of these fields that says so.
    """
    for name in names:
        try:
            moment = parse_instant(text_of(body.get(name)), zone)
        except UnreadableDate:
            continue
        if moment is not None:
            return moment
    return None


def token_in(page: Mapping[str, Any], name: str) -> str | None:
    """
    Return the token of the next page, None on the last one.
    """
    token = fields_of(page).get(name)
    return token if isinstance(token, str) and token else None
