"""
What an alert says of one case: what happened, why we think so, and the one thing to do next; each sentence stands on a logged fact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.compose.matter import iso_day
from watchdog.compose.phrases import Step, phrase
from watchdog.terms.case import CaseEvent, CaseState
from watchdog.terms.finding import Cause, Confidence, EvidenceKind, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from watchdog.compose.matter import Matter
    from watchdog.terms.finding import Evidence

#: Events that only say that the case is there; the facts speak for themselves.
_SILENT = frozenset({CaseEvent.FOUND, CaseEvent.EVIDENCE_ADDED, CaseEvent.CANCEL_REQUESTED, CaseEvent.SHIP_BY_PASSED})
_STEP_BY_STATE: Mapping[CaseState, Step] = {
    CaseState.BUYER_ASKED: Step.APPROVE,
    CaseState.TICKET_SENT: Step.REOPEN,
    CaseState.VERIFYING: Step.REOPEN,
    CaseState.REFUSED: Step.OTHER_WAYS,
}
_STEP_BY_CAUSE: Mapping[Cause, Step] = {
    Cause.RELEASE_MOVED: Step.FOLLOW_RELEASE,
    Cause.LISTING_RESET: Step.FIX_LISTING,
    Cause.LISTING_MISDATED: Step.CHECK_LISTING,
}


def step_of(matter: Matter, *, letter_ready: bool) -> Step:
    """
    Return the one thing to do.

    A buyer's wish goes first, then an order about to be cancelled, then what is under way with Amazon, then what the cause asks for.
    """
    if Rule.BUYER_ASKED_CANCEL in matter.finding.rules:
        return Step.APPROVE
    if Rule.AUTO_CANCEL_NEAR in matter.finding.rules and _is_released(matter):
        return Step.SHIP
    if matter.case.state in _STEP_BY_STATE:
        return _STEP_BY_STATE[matter.case.state]
    step = _STEP_BY_CAUSE.get(matter.finding.cause)
    if step is Step.FOLLOW_RELEASE and _is_unsure(matter):
        return Step.CONFIRM_RELEASE
    return step or (Step.SEND_TICKET if letter_ready else Step.COMPLETE_TICKET)


def _is_released(matter: Matter) -> bool:
    release = matter.finding.release_date
    return release is not None and release <= matter.today


def _is_unsure(matter: Matter) -> bool:
    believed = matter.last(EvidenceKind.RELEASE)
    release = matter.finding.release_date
    return believed is not None and iso_day(believed.new) not in {None, release}


def happened(matter: Matter, event: CaseEvent) -> tuple[str, ...]:
    """
    Return what was observed, one sentence each.
    """
    told = _order_story(matter) if matter.is_order else _product_story(matter)
    return (*_event(matter, event), *told, *_due(matter), *_limits(matter))


def _event(matter: Matter, event: CaseEvent) -> Iterator[str]:
    if event not in _SILENT:
        yield phrase(matter.words, "event", event=matter.words.events[event])


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
    move, first = matter.last(EvidenceKind.SHIP_BY), matter.last(EvidenceKind.FIRST_SHIP_BY)
    if finding.move_seen and move is not None and iso_day(move.old) and iso_day(move.new):
        yield _moved(matter, move)
    elif finding.move_seen and finding.previous_ship_by:
        yield phrase(words, "moved_untimed", old=words.day(finding.previous_ship_by), new=words.day(finding.ship_by))
    elif first is not None and first.seen_at is not None and iso_day(first.new) == finding.ship_by:
        yield phrase(words, "first", seen_at=matter.moment(first.seen_at), ship_by=words.day(finding.ship_by))
    else:
        yield phrase(words, "now", ship_by=words.day(finding.ship_by))


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
    if matter.last(EvidenceKind.SHIPPING_REPORT_ONLY) is not None:
        yield phrase(matter.words, "shipping_only")


def why(matter: Matter) -> tuple[str, ...]:
    """
    Return the cause with our confidence, and what it rests on.
    """
    return tuple(_why(matter))


def _why(matter: Matter) -> Iterator[str]:
    words, finding = matter.words, matter.finding
    if finding.cause in {Cause.UNDETERMINED, Cause.RELEASE_MOVED}:  # unknown, or itself observed: no grade of sureness
        yield words.causes[finding.cause]
    else:
        yield phrase(words, "cause", cause=words.causes[finding.cause], confidence=words.confidences[finding.confidence])
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
