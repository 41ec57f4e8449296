"""
Random walks of facts, decisions and time: whatever happens, a case stays within its table and never says the same thing twice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.cases.makers_cases import ORDER, OTHER, THIRD, Book, a_finding, a_product_finding, examined, the_product
from tests.makers import CALENDARS, POLICY, RELEASE, at
from watchdog.cases.decisions import decide
from watchdog.cases.lifecycle import DECISIONS, MOVES
from watchdog.cases.overdue import with_what_is_late
from watchdog.terms.case import CaseEvent, CaseState, Intent, Outcome
from watchdog.terms.errors import IllegalMove, UsageError
from watchdog.terms.finding import Cause, Rule, Severity
from watchdog.terms.identity import CaseNo
from watchdog.terms.moments import show_instant
from watchdog.terms.verdict import Examined, ExaminedProduct

if TYPE_CHECKING:
    from watchdog.terms.case import Case
    from watchdog.terms.identity import OrderId

ORDERS = (ORDER, OTHER, THIRD)
DAYS = [date(2026, 9, day) for day in (4, 7, 8, 10)]
EXTRA = (Rule.PAST_SHIP_BY, Rule.AUTO_CANCEL_NEAR, Rule.BUYER_ASKED_CANCEL)
ENDINGS = [Outcome.SHIPPED_IN_TIME, Outcome.SHIPPED_LATE, Outcome.CANCELLED, Outcome.CANCELLED_BY_BUYER]
#: How closed cases open again; an undone dismissal is the seller's own.
REOPENS = {
    (CaseState.RESOLVED, CaseEvent.RESET_AGAIN),
    (CaseState.DISMISSED, CaseEvent.MOVED_EARLIER),
    (CaseState.DISMISSED, CaseEvent.UNDO),
}
BY_TIME = {CaseEvent.SNOOZE_ENDED, CaseEvent.SHIP_BY_PASSED, CaseEvent.AUTO_CANCEL_NEAR}


@dataclass(frozen=True)
class Turn:
    """
    One judging: what is seen of the orders and of the product.
    """

    orders: tuple[Examined, ...]
    products: tuple[ExaminedProduct, ...]


@dataclass(frozen=True)
class Decision:
    """
    Something the seller tries on one of the cases.
    """

    event: CaseEvent
    which: int


@st.composite
def an_examined(draw: st.DrawFn, order_id: OrderId) -> Examined:
    """
    Return an order that is wrong in some way, healthy, over, or of which nothing is known.
    """
    live = draw(st.booleans())
    kind = draw(st.sampled_from(("wrong", "wrong", "wrong", "healthy", "ended", "nothing")))
    if kind == "healthy":
        return examined(None, order_id, live=live, healthy=True, ship_by=draw(st.sampled_from([RELEASE, None, *DAYS])))
    if kind == "ended":
        return examined(None, order_id, live=live, ended=draw(st.sampled_from(ENDINGS)))
    if kind == "nothing":
        return examined(None, order_id, live=live)
    finding = a_finding(
        order_id,
        ship_by=draw(st.sampled_from([*DAYS, None])),
        rules=(Rule.SHIP_BY_BEFORE_RELEASE, *(rule for rule in EXTRA if draw(st.booleans()))),
        severity=draw(st.sampled_from(Severity)),
        cause=draw(st.sampled_from([Cause.BUYER_CHANGE, Cause.UNDETERMINED])),
    )
    return examined(finding, order_id, live=live)


@st.composite
def a_product(draw: st.DrawFn) -> ExaminedProduct:
    """
    Return the CD in trouble with some of its orders, or well again.
    """
    orders = tuple(draw(st.sets(st.sampled_from(ORDERS), min_size=1)))
    if draw(st.booleans()):
        return the_product(None, ended=draw(st.sampled_from([None, Outcome.RESTORED, Outcome.RELEASE_CORRECTED])))
    rules = (Rule.LISTING_MISDATED, *(rule for rule in EXTRA if draw(st.booleans())))
    severity = draw(st.sampled_from([Severity.WARNING, Severity.URGENT]))
    finding = a_product_finding(*orders, rules=rules, severity=severity, ship_by=draw(st.sampled_from(DAYS)))
    return the_product(finding, *orders)


@st.composite
def a_turn(draw: st.DrawFn) -> Turn:
    """
    Return a judging of some of the orders, with the product or without.
    """
    orders = tuple(draw(an_examined(order_id)) for order_id in ORDERS if draw(st.booleans()))
    return Turn(orders, tuple(draw(st.lists(a_product(), max_size=1))))


a_decision = st.builds(Decision, st.sampled_from(DECISIONS), st.integers(0, 5))
a_walk = st.lists(a_turn() | a_decision | st.just(timedelta(days=1)), max_size=25)


@dataclass
class Walk:
    """
    A story told step by step, with everything that must hold after each.
    """

    now: datetime = field(default_factory=lambda: at(1))
    book: Book = field(default_factory=Book)
    told: Counter[tuple[CaseNo, str]] = field(default_factory=Counter)

    def go(self, step: Turn | Decision | timedelta) -> None:
        """
        Take the step, an hour later than the last.
        """
        self.now += timedelta(hours=1)
        if isinstance(step, timedelta):
            self.now += step
            self.remind()
        elif isinstance(step, Decision):
            self.decide(step)
        else:
            self.judge(step)
        self.check()

    def judge(self, turn: Turn) -> None:
        """
        Judge, and judge the same once more.
        """
        before = dict(self.book.cases)
        turn = replace(turn, orders=tuple(self.as_known(each) for each in turn.orders))
        decided = self.book.turn(*turn.orders, products=turn.products, now=self.now)
        self.note(before, decided)
        seen_live = {each.order.order_id for each in turn.orders if each.live}

        subjects = Counter(intent.finding.subject for intent in decided)
        assert max(subjects.values(), default=1) == 1
        for intent in decided:
            order_id = intent.finding.subject.order_id
            if order_id is not None and order_id not in seen_live and intent.event is not CaseEvent.TAKEN_OVER:
                assert intent.event in BY_TIME or not intent.rings
                assert intent.case is not None
        assert self.book.turn(*turn.orders, products=turn.products, now=self.now) == ()

    def as_known(self, each: Examined) -> Examined:
        """
        Return the order with the ship-by already known where only a late arrival touched it: that never changes what is known now.
        """
        known = [case.finding.ship_by for case in self.book.cases.values() if case.subject.order == each.order]
        if each.live or each.finding is None or not known:
            return each
        return replace(each, finding=replace(each.finding, ship_by=known[-1]))

    def decide(self, decision: Decision) -> None:
        """
        Try the decision; a refusal changes nothing.
        """
        cases = list(self.book.cases.values())
        if not cases:
            return
        case = cases[decision.which % len(cases)]
        until = show_instant(self.now + timedelta(hours=30))
        detail = {"until": until, "reason": "r", "text": "t", "reply_by": until}
        try:
            intent = decide(case, decision.event, now=self.now, detail=detail, steps=self.book.steps[case.no])
        except (IllegalMove, UsageError):
            return
        self.book.write(intent, now=self.now, by="Sato")
        self.note({case.no: case}, [intent])

    def remind(self) -> None:
        """
        Let time pass over what is awaited.
        """
        for case in list(self.book.cases.values()):
            for intent in self.late(case):
                self.book.write(intent, now=self.now)
                self.note({case.no: case}, [intent])
                assert self.late(self.book.cases[case.no]) == ()

    def late(self, case: Case) -> tuple[Intent, ...]:
        """
        Return the ring of what time has brought about untold.
        """
        return with_what_is_late((), [case], self.book.steps, now=self.now, calendars=CALENDARS, policy=POLICY)

    def note(self, before: dict[CaseNo, Case], decided: tuple[Intent, ...] | list[Intent]) -> None:
        """
        Hold every intent against the table and against what was told before.
        """
        for intent in decided:
            assert bool(intent.ring_key) is intent.rings
            if intent.case is None:
                assert intent.event is CaseEvent.FOUND
                continue
            old = before[intent.case.no].state
            assert MOVES[old, intent.event] is not None
            if intent.state.is_open and not old.is_open:
                assert (old, intent.event) in REOPENS
            for key in intent.ring_key.split("+") if intent.rings else ():
                self.told[intent.case.no, key] += 1
                assert self.told[intent.case.no, key] == 1, key

    def check(self) -> None:
        """
        Every case is in a known state, its outcome fits it, and no subject has two open ones.
        """
        cases = self.book.cases.values()
        standing = Counter(case.subject for case in cases if case.state.is_open)
        assert max(standing.values(), default=1) == 1
        for case in cases:
            assert case.state in CaseState
            assert (case.outcome is None) is case.state.is_open
            assert (case.closed_at is None) is case.state.is_open
            assert case.severity.rank >= Severity.WARNING.rank


@given(a_walk)
def test_a_case_never_leaves_its_table_and_never_says_the_same_twice(steps: list[Turn | Decision | timedelta]) -> None:
    """
    Facts, decisions and time in any order.
    """
    walk = Walk()

    for step in steps:
        walk.go(step)


@given(a_walk, an_examined(ORDER).filter(lambda each: each.finding is not None and each.finding.severity is not Severity.NOTICE))
def test_a_wrong_order_is_never_without_someone_who_speaks_for_it(steps: list[Turn | Decision | timedelta], last: Examined) -> None:
    """
    After a real sight of it a case of its own is open, or dismissed by the seller, or its product's case stands.
    """
    walk = Walk()
    for step in steps:
        walk.go(step)

    walk.go(Turn((replace(last, live=True),), ()))

    speaking = [case for case in walk.book.cases.values() if case.state is not CaseState.RESOLVED]
    assert any(case.subject.order_id == ORDER or (case.subject.order_id is None and ORDER in case.finding.orders) for case in speaking)
