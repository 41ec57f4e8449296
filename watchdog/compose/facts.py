"""
The facts of a case a letter may state, each pulled by its name and traceable to what was observed; what is unknown is not there.

Values are ready to print: texts, yes or no, or lists of these. A template never sees an unobserved fact, only an empty one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from watchdog.compose import follow_up, price
from watchdog.compose.matter import Matter, iso_day, one_line, spelled
from watchdog.compose.phrases import phrase
from watchdog.terms.finding import Cause, Evidence, EvidenceKind, Rule
from watchdog.terms.identity import show_case_no

if TYPE_CHECKING:
    from datetime import date

Value = str | bool | tuple[str, ...] | tuple[Mapping[str, str], ...]

#: Longer titles are cut: a subject line and a phone have little room, and the ASIN stands beside it.
_TITLE = 100


@dataclass(frozen=True, slots=True)
class Known:
    """
    One fact: its value, and the observation it stands on (None: the case, the seller or the clock says it).
    """

    value: Value
    evidence: Evidence | None = None


def _text(value: str | None, evidence: Evidence | None = None) -> Known | None:
    return Known(value, evidence) if value else None


def _date(matter: Matter, value: date | None, evidence: Evidence | None = None) -> Known | None:
    return None if value is None else Known(matter.words.day(value), evidence)


def _title(matter: Matter) -> Known | None:
    title = one_line(matter.finding.title or "")
    return _text(title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…")


def _product(matter: Matter) -> Known | None:
    return _title(matter) or _text(matter.finding.asin or matter.finding.sku)


def _release_source(matter: Matter) -> Known | None:
    source = matter.finding.release_source
    return _text(matter.words.source(source), matter.last(EvidenceKind.RELEASE)) if source else None


def _ship_by(matter: Matter) -> Known | None:
    seen = matter.last(EvidenceKind.SHIP_BY) or matter.last(EvidenceKind.FIRST_SHIP_BY)
    return _date(matter, matter.finding.ship_by, seen)


def _previous(matter: Matter) -> Known | None:
    if not matter.finding.move_seen:
        return None
    return _date(matter, matter.finding.previous_ship_by, matter.last(EvidenceKind.SHIP_BY))


def _moves(matter: Matter) -> Known | None:
    """
    Pull every seen change of the ship-by; none unless the finding itself says that the move was observed.
    """
    seen = tuple(item for item in matter.all(EvidenceKind.SHIP_BY) if matter.finding.move_seen and iso_day(item.old) and iso_day(item.new))
    if not matter.is_order or not seen:
        return None
    return Known(tuple(_move(matter, item) for item in seen), seen[-1])


def _move(matter: Matter, item: Evidence) -> Mapping[str, str]:
    return {
        "old": matter.day(item.old),
        "new": matter.day(item.new),
        "before_at": matter.moment(item.before_at),
        "seen_at": matter.moment(item.seen_at),
        "source": matter.words.source(item.source),
    }


def _first_seen_at(matter: Matter) -> Known | None:
    """
    Pull when the date was first seen, only where it already was what it is now.
    """
    first = matter.last(EvidenceKind.FIRST_SHIP_BY)
    if matter.finding.move_seen or not matter.is_order or first is None or iso_day(first.new) != matter.finding.ship_by:
        return None
    return _text(matter.moment(first.seen_at), first)


def _siblings_say(matter: Matter) -> bool:
    """
    Say whether the others prove something: their date is later than this order's.
    """
    ship_by, others = matter.finding.ship_by, matter.siblings.ship_by
    return matter.is_order and ship_by is not None and others is not None and others > ship_by


def _sibling_count(matter: Matter) -> Known | None:
    return Known(str(matter.siblings.count), matter.last(EvidenceKind.SIBLINGS)) if _siblings_say(matter) else None


def _sibling_ship_by(matter: Matter) -> Known | None:
    return _date(matter, matter.siblings.ship_by, matter.last(EvidenceKind.SIBLINGS)) if _siblings_say(matter) else None


def _of_order(kind: EvidenceKind) -> Callable[[Matter], Known | None]:
    """
    Return a fact that is only whether something was observed of this order.
    """

    def pull(matter: Matter) -> Known | None:
        item = matter.last(kind) if matter.is_order else None
        return None if item is None else Known(value=True, evidence=item)

    return pull


def _when(kind: EvidenceKind) -> Callable[[Matter], Known | None]:
    """
    Return a fact that says between which two looks something of this order changed.
    """

    def pull(matter: Matter) -> Known | None:
        item = matter.last(kind) if matter.is_order else None
        if item is None or item.before_at is None or item.seen_at is None:
            return None
        return Known(phrase(matter.words, "from_to", before_at=matter.moment(item.before_at), seen_at=matter.moment(item.seen_at)), item)

    return pull


def _left_pending_on(matter: Matter) -> Known | None:
    item = matter.last(EvidenceKind.LEFT_PENDING) if matter.is_order else None
    return None if item is None else _text(matter.day(item.new), item)


def _steady_since(matter: Matter) -> Known | None:
    return _text(matter.moment(matter.steady_since), matter.last(EvidenceKind.RELEASE_STEADY))


def _change_part(part: Callable[[Matter, Evidence], str]) -> Callable[[Matter], Known | None]:
    def pull(matter: Matter) -> Known | None:
        first = next(iter(matter.all(EvidenceKind.RELEASE_CHANGE)), None)
        return None if first is None else _text(part(matter, first), first)

    return pull


def _release_unsure(matter: Matter) -> Known | None:
    """
    Pull whether the changed date comes from a source less trusted than the one that still says otherwise (DOMAIN §5, ``release_moved``).
    """
    change = next(iter(matter.all(EvidenceKind.RELEASE_CHANGE)), None)
    believed = matter.last(EvidenceKind.RELEASE)
    if change is None or believed is None or iso_day(believed.new) is None or believed.new == change.new:
        return None
    return Known(value=True, evidence=believed)


def _believed(matter: Matter) -> Known | None:
    item = matter.last(EvidenceKind.RELEASE)
    return None if item is None else _text(matter.day(item.new), item)


def _believed_source(matter: Matter) -> Known | None:
    item = matter.last(EvidenceKind.RELEASE)
    return None if item is None else Known(matter.words.source(item.source), item)


def _auto_cancel_on(matter: Matter) -> Known | None:
    """
    Pull the day after which Amazon cancels an unconfirmed order, only where it is near or the ship-by has passed.
    """
    ship_by = matter.finding.ship_by
    if ship_by is None or not {Rule.AUTO_CANCEL_NEAR, Rule.PAST_SHIP_BY} & set(matter.finding.rules):
        return None
    return _date(matter, matter.calendar.shifted(ship_by, matter.policy.auto_cancel_business_days))


def _yes(condition: Callable[[Matter], bool]) -> Callable[[Matter], Known | None]:
    return lambda matter: Known(value=True) if condition(matter) else None


def _more(matter: Matter) -> Known | None:
    more = matter.finding.order_count - len(matter.finding.orders)
    return Known(str(more)) if not matter.is_order and more > 0 else None


def _reply_by(matter: Matter) -> Known | None:
    return None if matter.reply_by is None else Known(matter.words.whole_moment(matter.reply_by, matter.store.zone))


def _ship_planned(matter: Matter) -> Known | None:
    """
    Pull the day the order is meant to ship, only where it still lies ahead.
    """
    return _date(matter, matter.corrected) if matter.corrected is not None and matter.corrected >= matter.today else None


def _buyer_asked(matter: Matter) -> Known | None:
    return Known(value=True, evidence=matter.last(EvidenceKind.CANCEL_REQUEST)) if matter.buyer_asked else None


def _request_seen_at(matter: Matter) -> Known | None:
    item = matter.last(EvidenceKind.CANCEL_REQUEST) if matter.is_order else None
    return None if item is None else _text(matter.moment(item.seen_at), item)


#: Every fact a template may name: how it is pulled, and what stands there where it is unknown.
FACTS: Mapping[str, tuple[Callable[[Matter], Known | None], Value]] = {
    "case_no": (lambda m: Known(show_case_no(m.case.no)), ""),
    "ticket_no": (lambda m: _text(one_line(m.case.ticket_no or "")), ""),
    "ticket_no_spelled": (lambda m: _text(spelled(one_line(m.case.ticket_no or ""))), ""),
    "order_id": (lambda m: _text(m.finding.subject.order_id), ""),
    "order_id_spelled": (lambda m: _text(spelled(m.finding.subject.order_id or "")), ""),
    "order_link": (lambda m: _text(m.finding.subject.order_id and m.store.order_link(m.finding.subject.order_id)), ""),
    "orders": (lambda m: Known(m.finding.orders) if m.finding.orders else None, ()),
    "order_count": (lambda m: Known(str(m.finding.order_count)), ""),
    "more_orders": (_more, ""),
    "marketplace": (lambda m: Known(m.store.name), ""),
    "product": (_product, ""),
    "title": (_title, ""),
    "asin": (lambda m: _text(m.finding.asin), ""),
    "asin_spelled": (lambda m: _text(spelled(m.finding.asin or "")), ""),
    "sku": (lambda m: _text(one_line(m.finding.sku or "")), ""),
    "release_date": (lambda m: _date(m, m.finding.release_date, m.last(EvidenceKind.RELEASE)), ""),
    "release_source": (_release_source, ""),
    "believed_release_date": (_believed, ""),
    "believed_release_source": (_believed_source, ""),
    "release_steady_since": (_steady_since, ""),
    "release_change_old": (_change_part(lambda m, item: m.day(item.old)), ""),
    "release_change_new": (_change_part(lambda m, item: m.day(item.new)), ""),
    "release_change_source": (_change_part(lambda m, item: m.words.source(item.source)), ""),
    "release_change_at": (_change_part(lambda m, item: m.moment(item.seen_at)), ""),
    "release_unsure": (_release_unsure, False),
    "ship_by": (_ship_by, ""),
    "previous_ship_by": (_previous, ""),
    "moves": (_moves, ()),
    "first_seen_at": (_first_seen_at, ""),
    "seen_source": (lambda m: Known(m.words.listed(m.seen_by)), ""),
    "corrected_date": (lambda m: _date(m, m.corrected), ""),
    "ship_planned": (_ship_planned, ""),
    "gap_days": (lambda m: _text(str(m.gap) if m.gap else ""), ""),
    "is_before_release": (_yes(lambda m: m.finding.release_date is not None and m.today < m.finding.release_date), False),
    "is_past_ship_by": (_yes(lambda m: m.is_past), False),
    "auto_cancel_on": (_auto_cancel_on, ""),
    "sibling_count": (_sibling_count, ""),
    "sibling_ship_by": (_sibling_ship_by, ""),
    "sibling_seen_at": (lambda m: _text(m.siblings_seen_at if _siblings_say(m) else "", m.last(EvidenceKind.SIBLINGS)), ""),
    "payment_changed": (_of_order(EvidenceKind.PAYMENT), False),
    "address_changed": (_of_order(EvidenceKind.ADDRESS), False),
    "payment_changed_when": (_when(EvidenceKind.PAYMENT), ""),
    "address_changed_when": (_when(EvidenceKind.ADDRESS), ""),
    "left_pending_on": (_left_pending_on, ""),
    "cancel_requested": (_of_order(EvidenceKind.CANCEL_REQUEST), False),
    "cancel_request_seen_at": (_request_seen_at, ""),
    "buyer_asked": (_buyer_asked, False),
    "price_now": (lambda m: _text(price.now_told(m)), ""),
    "price_seen_at": (lambda m: _text(price.seen_at_told(m)), ""),
    "saving": (lambda m: _text(price.saving_told(m)), ""),
    "shipping_report_only": (_yes(lambda m: m.last(EvidenceKind.SHIPPING_REPORT_ONLY) is not None), False),
    "cause": (lambda m: Known(m.finding.cause.value), ""),
    "confidence": (lambda m: Known(m.finding.confidence.value), ""),
    "is_buyer_change": (_yes(lambda m: m.is_order and m.finding.cause is Cause.BUYER_CHANGE), False),
    "reply_by": (_reply_by, ""),
    "follow_up": (lambda m: Known(m.follow_up.value), ""),
    "ticket_sent_at": (lambda m: _text(follow_up.ticket_sent_at(m)), ""),
    "reply_was_due": (lambda m: _text(follow_up.reply_was_due(m)), ""),
    "answered_at": (lambda m: _text(follow_up.answered_at(m)), ""),
    "answer_reference": (lambda m: _text(follow_up.answer_reference(m)), ""),
    "checks": (lambda m: Known(checks) if (checks := follow_up.checks(m)) else None, ()),
    "zone": (lambda m: Known(m.words.zone(m.store.zone)), ""),
    "signature": (lambda m: _text((m.signature or "").strip()), ""),
}


def gather(matter: Matter) -> Mapping[str, Known]:
    """
    Return the known facts by name; an unknown one is absent.
    """
    return {name: known for name, (pull, _blank) in FACTS.items() if (known := pull(matter)) is not None}


def values(known: Mapping[str, Known]) -> dict[str, Value]:
    """
    Return a value for every name a template may use: unknown facts are empty, so a seller's own template never fails on one.
    """
    return {name: known[name].value if name in known else blank for name, (_pull, blank) in FACTS.items()}
