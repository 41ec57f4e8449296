"""
What a new improvement plan says otherwise than those handed in before; pure. Contradictions are pointed out, never refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.look import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from watchdog.terms.plan import PlanAnswers, PlanFacts, PlanOrder, Submission


def contradictions(facts: PlanFacts, answers: PlanAnswers, earlier: Iterable[Submission], *, today: date) -> tuple[Reason, ...]:
    """
    Return what contradicts an earlier plan of the same kind, oldest plan first; each names the plan's number and day.
    """
    return tuple(reason for before in earlier if before.facts.kind is facts.kind for reason in _against(before, facts, answers, today))


def _against(before: Submission, facts: PlanFacts, answers: PlanAnswers, today: date) -> Iterator[Reason]:
    said: dict[str, str | int] = {"no": before.no, "submitted_at": before.submitted_at.isoformat()}
    old = before.answers
    if _plain(old.cause) != _plain(answers.cause):
        yield Reason("plan_other_cause", said)
    if _plain(old.prevention) == _plain(answers.prevention) and _is_new(before, facts):
        yield Reason("plan_same_prevention", said)
    if old.done_by is not None and answers.done_by is not None and old.done_by < today < answers.done_by:
        days = {"before_on": old.done_by.isoformat(), "now_on": answers.done_by.isoformat()}
        yield Reason("plan_later_date", {**said, **days})
    if _plain(old.person) != _plain(answers.person):
        yield Reason("plan_other_person", {**said, "before": old.person, "now": answers.person})
    yield from _figures(before, facts, said)
    yield from _orders(before, facts, said)


def _plain(text: str) -> str:
    return "".join(text.split())


def _is_new(before: Submission, facts: PlanFacts) -> bool:
    """
    Say whether the new plan is about other orders: what was promised has not prevented them.
    """
    return bool({order.order_id for order in facts.orders} - {order.order_id for order in before.facts.orders})


def _figures(before: Submission, facts: PlanFacts, said: dict[str, str | int]) -> Iterator[Reason]:
    known = {(each.window_days, each.window_to): each for each in before.facts.figures if each.window_to is not None}
    for figure in facts.figures:
        old = known.get((figure.window_days, figure.window_to)) if figure.window_to is not None else None
        if old is not None and (old.orders, old.defects) != (figure.orders, figure.defects):
            counts = {"before": f"{old.defects}/{old.orders}", "now": f"{figure.defects}/{figure.orders}"}
            yield Reason("plan_other_figure", {**said, "window": figure.window_days, **counts})


def _orders(before: Submission, facts: PlanFacts, said: dict[str, str | int]) -> Iterator[Reason]:
    known = {order.order_id: order for order in before.facts.orders}
    for order in facts.orders:
        old = known.get(order.order_id)
        if old is not None and _dates(old) != _dates(order):
            yield Reason("plan_other_dates", {**said, "order": order.order_id, "before": _dates(old), "now": _dates(order)})


def _dates(order: PlanOrder) -> str:
    return " / ".join(day.isoformat() if day is not None else "-" for day in (order.ship_by, order.release_date))
