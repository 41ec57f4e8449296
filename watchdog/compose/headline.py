"""
Subject lines and headings: what must be understood at a glance on a locked phone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.compose.matter import one_line
from watchdog.compose.phrases import phrase
from watchdog.terms.case import CaseEvent
from watchdog.terms.finding import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from watchdog.compose.entry import Entry
    from watchdog.compose.wording import Words
    from watchdog.terms.finding import Finding

#: Mail programs cut about here; the product's name, which stands last, gives way first.
SUBJECT = 60
_LEAST_PRODUCT = 8

#: What is due on top of a wrong date, the most pressing first.
_DUE: Mapping[Rule, str] = {
    Rule.BUYER_ASKED_CANCEL: "mark_approve",
    Rule.AUTO_CANCEL_NEAR: "mark_auto_cancel",
    Rule.PAST_SHIP_BY: "mark_past_ship_by",
}
_DUE_EVENTS: Mapping[CaseEvent, str] = {
    CaseEvent.REPLY_OVERDUE: "mark_reply_overdue",
    CaseEvent.FOLLOW_UP_DUE: "mark_reply_overdue",
    CaseEvent.COUNTED_LATE: "mark_counted_late",
    CaseEvent.DEADLINE_NEAR: "mark_deadline",
}
_HEAD_EVENTS = frozenset(
    {
        *_DUE_EVENTS,
        CaseEvent.SNOOZE_ENDED,
        CaseEvent.RESET_AGAIN,
        CaseEvent.MOVED_EARLIER,
        CaseEvent.BUYER_CONTACT_DUE,
        CaseEvent.VERIFICATION_DUE,
    }
)


def headline(entries: Sequence[Entry], words: Words) -> str:
    """
    Return the heading of a warning: how urgent, and what it is about.
    """
    first = entries[0].ring
    due = next((rule for rule in _DUE if rule in first.finding.rules), None)
    what = words.events[first.event] if due is None and first.event in _HEAD_EVENTS else words.rules[due or first.finding.rules[0]]
    return phrase(words, "headline", mark=words.severities[_worst(entries).severity], what=what)


def subject(entries: Sequence[Entry], words: Words) -> str:
    """
    Return the warning's subject: severity, the two dates, the order or how many, and the product as far as there is room.
    """
    return _with_product(_mark(entries, words) + _dates(entries, words), entries, words)


def resolved_subject(entries: Sequence[Entry], words: Words) -> str:
    """
    Return the all-clear's subject: how it ended, the order or how many, and the product as far as there is room.
    """
    return _with_product(phrase(words, "subject_resolved", outcome=ended_as(entries[0], words)), entries, words)


def ended_as(entry: Entry, words: Words) -> str:
    """
    Return how the matter is over, or that its mark has gone afterwards.
    """
    return words.events[CaseEvent.MARK_REMOVED] if entry.ring.event is CaseEvent.MARK_REMOVED else words.outcomes[entry.outcome]


def _with_product(start: str, entries: Sequence[Entry], words: Words) -> str:
    room = SUBJECT - len(start) - len(phrase(words, "subject_about", about=about(entries, words), product=""))
    product = one_line(str(entries[0].known["product"].value)) if "product" in entries[0].known else ""
    tail = phrase(words, "subject_about", about=about(entries, words), product=cut(product, max(room, _LEAST_PRODUCT)))
    return one_line(start + tail)


def cut(text: str, room: int) -> str:
    """
    Return the text, shortened with an ellipsis where it is longer than the room.
    """
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"


def about(entries: Sequence[Entry], words: Words) -> str:
    """
    Return the order's id, or how many orders there are.
    """
    first = entries[0].ring.finding
    if len(entries) == 1 and first.subject.order_id is not None:
        return first.subject.order_id
    return counted(orders_in(entries), words)


def orders_in(entries: Sequence[Entry]) -> int:
    """
    Return how many orders it is about: one that its product's case names and that has a case of its own besides is one order.
    """
    findings = [entry.ring.finding for entry in entries]
    named = {order_id for finding in findings if finding.subject.order_id is None for order_id in finding.orders}
    return sum(finding.order_count for finding in findings if finding.subject.order_id not in named)


def counted(orders: int, words: Words) -> str:
    """
    Return how many orders: ``40件``, ``40 orders``, ``1 order``.
    """
    return phrase(words, "count_one") if orders == 1 else phrase(words, "count", count=str(orders))


def _worst(entries: Sequence[Entry]) -> Finding:
    return max((entry.ring.finding for entry in entries), key=lambda finding: finding.severity.rank)


def _mark(entries: Sequence[Entry], words: Words) -> str:
    severity = words.severities[_worst(entries).severity]
    first = entries[0].ring
    name = next((mark for rule, mark in _DUE.items() if rule in first.finding.rules), _DUE_EVENTS.get(first.event))
    if name is None:
        return phrase(words, "mark", severity=severity)
    return phrase(words, "marks", severity=severity, mark=phrase(words, name))


def glance(entries: Sequence[Entry], words: Words) -> str:
    """
    Return the wrong date and the one it is set against, without anything else: ``出荷予定日9/8（発売日9/14）``.
    """
    return one_line(_dates(entries, words))


def _dates(entries: Sequence[Entry], words: Words) -> str:
    """
    Return the wrong date and the one it is set against.
    """
    findings = [entry.ring.finding for entry in entries]
    days = {finding.ship_by for finding in findings if finding.ship_by is not None}
    if not days:
        return ""
    name = "subject_ship_by" if len(days) == 1 else "subject_ship_by_first"
    return phrase(words, name, day=words.bare_day(min(days))) + _against(findings[0], words)


def _against(finding: Finding, words: Words) -> str:
    if finding.release_date is not None:
        return phrase(words, "subject_release", day=words.bare_day(finding.release_date))
    if finding.siblings.ship_by is not None:
        return phrase(words, "subject_norm", day=words.bare_day(finding.siblings.ship_by))
    if finding.previous_ship_by is not None:
        return phrase(words, "subject_previous", day=words.bare_day(finding.previous_ship_by))
    return ""
