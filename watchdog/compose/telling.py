"""
What an alert says of one case: what happened, why we think so, and the one thing to do next; each sentence stands on a logged fact.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from watchdog.compose import follow_up
from watchdog.compose.matter import iso_day
from watchdog.compose.phrases import phrase
from watchdog.compose.steps import NextStep
from watchdog.terms.case import CaseEvent, CaseState
from watchdog.terms.finding import Cause, Confidence, EvidenceKind, Rule
from watchdog.terms.moments import end_of
from watchdog.terms.promise import Counted
from watchdog.terms.replies import first_ticket, is_refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from watchdog.compose.matter import Matter
    from watchdog.terms.finding import Evidence

#: Events that only say that the case is there; the facts speak for themselves.
_SILENT = frozenset({CaseEvent.FOUND, CaseEvent.EVIDENCE_ADDED, CaseEvent.CANCEL_REQUESTED, CaseEvent.SHIP_BY_PASSED})
_STEP_BY_STATE: Mapping[CaseState, NextStep] = {
    CaseState.BUYER_ASKED: NextStep.APPROVE,
    CaseState.TICKET_SENT: NextStep.REOPEN,
    CaseState.VERIFYING: NextStep.REOPEN,
    CaseState.REFUSED: NextStep.OTHER_WAYS,
}
_STEP_BY_CAUSE: Mapping[Cause, NextStep] = {
    Cause.RELEASE_MOVED: NextStep.FOLLOW_RELEASE,
    Cause.LISTING_RESET: NextStep.FIX_LISTING,
    Cause.LISTING_MISDATED: NextStep.CHECK_LISTING,
}


#: What a ring asks for by itself, whatever else is under way.
_STEP_BY_EVENT: Mapping[CaseEvent, NextStep] = {
    CaseEvent.BUYER_CONTACT_DUE: NextStep.TELL_BUYER,
    CaseEvent.VERIFICATION_DUE: NextStep.CHECK_FIGURES,
    CaseEvent.REPLY_OVERDUE: NextStep.FOLLOW_UP,
    CaseEvent.FOLLOW_UP_DUE: NextStep.CALL_SUPPORT,
    CaseEvent.COUNTED_LATE: NextStep.FOLLOW_UP,
}
#: These need a letter that could be written.
_WITH_FOLLOW_UP = frozenset({NextStep.FOLLOW_UP, NextStep.CALL_SUPPORT})


def step_of(matter: Matter, *, letter_ready: bool, event: CaseEvent | None = None) -> NextStep:
    """
    Return the one thing to do.

    A buyer's wish goes first, then an order about to be cancelled, then what is under way with Amazon, then what the cause asks for.
    """
    if Rule.BUYER_ASKED_CANCEL in matter.finding.rules:
        return NextStep.APPROVE
    if Rule.AUTO_CANCEL_NEAR in matter.finding.rules and _is_released(matter):
        return NextStep.SHIP
    asked = _asked_for(matter, event, letter_ready)
    if asked is not None:
        return asked
    if matter.case.state in _STEP_BY_STATE:
        return _STEP_BY_STATE[matter.case.state]
    if matter.is_order and first_ticket(matter.steps) is not None:
        return NextStep.OTHER_WAYS if is_refused(matter.steps) else NextStep.REOPEN
    step = _STEP_BY_CAUSE.get(matter.finding.cause)
    if step is NextStep.FOLLOW_RELEASE and _is_unsure(matter):
        return NextStep.CONFIRM_RELEASE
    return step or (NextStep.SEND_TICKET if letter_ready else NextStep.COMPLETE_TICKET)


def _asked_for(matter: Matter, event: CaseEvent | None, letter_ready: bool) -> NextStep | None:  # noqa: FBT001 - handed through
    step = _STEP_BY_EVENT.get(event) if event is not None and matter.is_order else None
    if step in _WITH_FOLLOW_UP and (not letter_ready or first_ticket(matter.steps) is None or is_refused(matter.steps)):
        return None
    return step


def _is_released(matter: Matter) -> bool:
    release = matter.finding.release_date
    return release is not None and release <= matter.today


def _is_unsure(matter: Matter) -> bool:
    believed = matter.last(EvidenceKind.RELEASE)
    release = matter.finding.release_date
    return believed is not None and iso_day(believed.new) not in {None, release}


def happened(matter: Matter, event: CaseEvent, *, also: Sequence[CaseEvent] = ()) -> tuple[str, ...]:
    """
    Return what was observed, one sentence each.
    """
    told = _order_story(matter) if matter.is_order else _product_story(matter)
    events = tuple(dict.fromkeys((event, *also)))
    news = (sentence for each in events for sentence in _event(matter, each))
    return (*news, *told, *_time_left(matter, events), *_counted(matter, events), *_due(matter), *_limits(matter))


def _event(matter: Matter, event: CaseEvent) -> Iterator[str]:
    if event not in _SILENT:
        yield phrase(matter.words, "event", event=matter.words.events[event])


def _time_left(matter: Matter, events: Sequence[CaseEvent]) -> Iterator[str]:
    ship_by = matter.finding.ship_by
    if CaseEvent.DEADLINE_NEAR not in events or ship_by is None:
        return
    left = end_of(ship_by, matter.store.zone) - matter.now
    if left > timedelta():
        yield phrase(matter.words, "time_left", hours=str(-(-left // timedelta(hours=1))))


def _counted(matter: Matter, events: Sequence[CaseEvent]) -> Iterator[str]:
    """
    Yield the newest figures that count the order as late.
    """
    if CaseEvent.COUNTED_LATE not in events or matter.promise is None:
        return
    counting = [check for check in matter.promise.checks if check.counted is Counted.COUNTED]
    for check in counting:
        if check.day == counting[-1].day:
            yield phrase(matter.words, "counted", **follow_up.told(matter, check))


def mark_gone(matter: Matter, event: CaseEvent) -> Iterator[str]:
    """
    Yield the figures that show it, where the mark of an order has gone.
    """
    last = matter.promise.last_sure if matter.promise is not None else None
    if event is CaseEvent.MARK_REMOVED and last is not None:
        yield phrase(matter.words, "mark_gone", **follow_up.told(matter, last))


def _order_story(matter: Matter) -> Iterator[str]:
    words, finding = matter.words, matter.finding
    yield from _dates(matter)
    if matter.gap and finding.release_date:
        name = "gap_one" if matter.gap == 1 else "gap"
        yield phrase(words, name, release_date=words.day(finding.release_date), days=str(matter.gap))
    others, ship_by = matter.siblings, finding.ship_by
    if others.ship_by is not None and ship_by is not None and others.ship_by > ship_by:
        yield phrase(words, "siblings", count=str(others.count), day=words.day(others.ship_by))
    yield from _traces(matter)


def _dates(matter: Matter) -> Iterator[str]:
    words, finding = matter.words, matter.finding
    if finding.ship_by is None:
        return
    moves, first = _moves_since_reset(matter), matter.last(EvidenceKind.FIRST_SHIP_BY)
    if finding.move_seen and moves:
        yield from (_moved(matter, move) for move in moves)
    elif finding.move_seen and finding.previous_ship_by:
        yield phrase(words, "moved_untimed", old=words.day(finding.previous_ship_by), new=words.day(finding.ship_by))
    elif first is not None and first.seen_at is not None and iso_day(first.new) == finding.ship_by:
        yield phrase(words, "first", seen_at=matter.moment(first.seen_at), ship_by=words.day(finding.ship_by))
    else:
        yield phrase(words, "now", ship_by=words.day(finding.ship_by))


def _moves_since_reset(matter: Matter) -> tuple[Evidence, ...]:
    """
    Return the move that took the previous ship-by away and those after it, which gave back a part.
    """
    moves = tuple(item for item in matter.all(EvidenceKind.SHIP_BY) if iso_day(item.old) and iso_day(item.new))
    took = [place for place, item in enumerate(moves) if iso_day(item.old) == matter.finding.previous_ship_by]
    return moves[took[-1] :] if took else moves[-1:]


def _moved(matter: Matter, move: Evidence) -> str:
    old, new = matter.day(move.old), matter.day(move.new)
    if move.before_at is None or move.seen_at is None:
        return phrase(matter.words, "moved_untimed", old=old, new=new)
    times = {"before_at": matter.moment(move.before_at), "seen_at": matter.moment(move.seen_at)}
    return phrase(matter.words, "moved", old=old, new=new, **times)


def _traces(matter: Matter) -> Iterator[str]:
    words = matter.words
    left = matter.last(EvidenceKind.LEFT_PENDING)
    if left is not None and iso_day(left.new):
        yield phrase(words, "left_pending", day=matter.day(left.new))
    for name, kind in (("payment", EvidenceKind.PAYMENT), ("address", EvidenceKind.ADDRESS)):
        changed = matter.last(kind)
        if changed is not None:
            yield phrase(words, name, when=_between(matter, changed))
    if matter.last(EvidenceKind.CANCEL_REQUEST) is not None:
        yield phrase(words, "cancel_request")
    gone = matter.last(EvidenceKind.NOT_LISTED)
    if gone is not None and gone.seen_at is not None:
        yield phrase(words, "not_listed", seen_at=matter.moment(gone.seen_at), source=words.source(gone.source))


def _between(matter: Matter, changed: Evidence) -> str:
    if changed.before_at is None or changed.seen_at is None:
        return ""
    text = phrase(matter.words, "from_to", before_at=matter.moment(changed.before_at), seen_at=matter.moment(changed.seen_at))
    return phrase(matter.words, "in_brackets", text=text)


def _product_story(matter: Matter) -> Iterator[str]:
    words, finding = matter.words, matter.finding
    count = str(finding.order_count)
    first = words.day(finding.ship_by) if finding.ship_by else ""
    match finding.cause:
        case Cause.RELEASE_MOVED:
            yield from _release_change(matter)
            yield phrase(words, "left_behind", count=count, ship_by=first)
        case Cause.LISTING_RESET:
            yield phrase(words, "reset_together", count=count, ship_by=first)
            if finding.move_seen and finding.previous_ship_by:
                yield phrase(words, "previous", day=words.day(finding.previous_ship_by))
        case _:
            release = words.day(finding.release_date) if finding.release_date else ""
            yield phrase(words, "misdated", count=count, ship_by=first, release_date=release)


def _release_change(matter: Matter) -> Iterator[str]:
    words = matter.words
    change = next(iter(matter.all(EvidenceKind.RELEASE_CHANGE)), None)
    if change is None:
        return
    yield phrase(words, "release_moved", old=matter.day(change.old), new=matter.day(change.new), source=words.source(change.source))
    believed = matter.last(EvidenceKind.RELEASE)
    if believed is not None and _is_unsure(matter):
        yield phrase(words, "release_unsure", day=matter.day(believed.new), source=words.source(believed.source))


def _due(matter: Matter) -> Iterator[str]:
    finding = matter.finding
    if Rule.PAST_SHIP_BY in finding.rules:
        yield phrase(matter.words, "past_ship_by")
    if finding.ship_by is not None and {Rule.PAST_SHIP_BY, Rule.AUTO_CANCEL_NEAR} & set(finding.rules):
        last = matter.calendar.shifted(finding.ship_by, matter.policy.auto_cancel_business_days)
        yield phrase(matter.words, "auto_cancel", day=matter.words.day(last))


def _limits(matter: Matter) -> Iterator[str]:
    asked = matter.last(EvidenceKind.CONFIRMED)
    if asked is not None and asked.seen_at is not None:
        yield phrase(matter.words, "confirmed", seen_at=matter.moment(asked.seen_at))
    if matter.last(EvidenceKind.UNCONFIRMED) is not None:
        yield phrase(matter.words, "unconfirmed")
    if matter.last(EvidenceKind.SHIPPING_REPORT_ONLY) is not None:
        yield phrase(matter.words, "shipping_only")


def why(matter: Matter) -> tuple[str, ...]:
    """
    Return the cause with our confidence, and what it rests on.
    """
    return tuple(_why(matter))


def _why(matter: Matter) -> Iterator[str]:
    words, finding = matter.words, matter.finding
    if finding.cause.has_grade:
        yield phrase(words, "cause", cause=words.causes[finding.cause], confidence=words.confidences[finding.confidence])
    else:
        yield words.causes[finding.cause]
    yield phrase(words, _ground(matter))
    if matter.steady_since is not None:
        yield phrase(words, "steady", since=matter.moment(matter.steady_since))


def _ground(matter: Matter) -> str:
    finding = matter.finding
    if finding.confidence is Confidence.CERTAIN:
        return "because_amazon_said"
    if finding.cause is Cause.RESET_UNEXPLAINED:
        return "because_reset_seen" if finding.move_seen else "because_stands_alone"
    return f"because_{finding.cause.value}"
