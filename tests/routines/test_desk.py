"""
The desk writes what the seller decides, in one transaction, on the case as it is at that moment.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.cases.makers_cases import ORDER, OTHER, a_finding
from tests.makers import at
from watchdog import assemble
from watchdog.cases.deadlines import awaited_by
from watchdog.cases.decisions import NEEDS
from watchdog.cases.intents import found
from watchdog.cases.lifecycle import DECISIONS
from watchdog.compose import words
from watchdog.store import casebook, catalogue, listings, open_store, outbox
from watchdog.terms.account import Account
from watchdog.terms.case import CaseEvent, CaseState
from watchdog.terms.errors import CaseMoved, IllegalMove, UnknownCase, UsageError
from watchdog.terms.identity import Asin
from watchdog.terms.look import Kind, Look, ReleaseSaid, ReleaseSource
from watchdog.terms.message import Fate, Message, Notice, Receipt
from watchdog.terms.moments import show_instant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from watchdog.assemble import House
    from watchdog.terms.case import CaseFile

SATURDAY = at(5, 4)  #: 5 September, 13:00 in Japan


class Kept:
    """
    A channel that keeps what it is given.
    """

    name = "console"

    def __init__(self) -> None:
        """
        Begin empty.
        """
        self.sent: list[Notice] = []

    def send(self, message: Message) -> Receipt:
        """
        Take it.
        """
        self.sent.append(message.notice)
        return Receipt(Fate.SENT, "kept")


@pytest.fixture
def channel() -> Kept:
    """
    Where alerts go.
    """
    return Kept()


@pytest.fixture
def house(tmp_path: Path, channel: Kept) -> Iterator[House]:
    """
    A house with PW-0001, opened for the incident's order, whose alert has not left yet.
    """
    built = assemble.build(Account(), open_store(f"sqlite:///{tmp_path / 'log.db'}", create=True), [], [channel])
    with built.store.writing() as tx:
        built.desk.enact.apply(tx, [found(a_finding(reconsider_at=at(8, 15)))], now=at(5, 3))
    yield built
    built.close()


def decide(house: House, event: CaseEvent, *, now: datetime = SATURDAY, version: int | None = None, **detail: str) -> CaseFile:
    """
    Decide on PW-0001 as Hanako.
    """
    return house.desk.decide("PW-0001", event, by="花子", now=now, detail=detail, version=version)


def stored(house: House) -> CaseFile:
    """
    Return the case as it is stored.
    """
    return house.desk.file("PW-0001")


def test_a_decision_is_one_step_with_who_and_when(house: House) -> None:
    """
    The case is one version on, and what was returned is what is stored.
    """
    before = stored(house)
    after = decide(house, CaseEvent.ACKNOWLEDGE)

    assert after == stored(house)
    assert (after.case.state, after.case.version) == (CaseState.ACKNOWLEDGED, before.case.version + 1)
    assert (after.steps[-1].by, after.steps[-1].at, after.steps[-1].rings) == ("花子", SATURDAY, False)


def test_a_decision_puts_nothing_into_the_outbox(house: House, channel: Kept) -> None:
    """
    Only what was found rings, once.
    """
    decide(house, CaseEvent.SEND_TICKET, ticket_no="123")
    house.postman.deliver(lambda: SATURDAY)

    assert len(channel.sent) == 1


def test_what_is_dismissed_no_longer_leaves(house: House, channel: Kept) -> None:
    """
    The alert still waited for quiet hours to end: nobody needs it now.
    """
    decide(house, CaseEvent.DISMISS, reason="よい")
    house.postman.deliver(lambda: SATURDAY)
    with house.store.reading() as tx:
        waiting = outbox.waiting(tx)

    assert channel.sent == [] and waiting == ()


@pytest.mark.parametrize("name", ["PW-0001", "pw-1", "1", str(ORDER)])
def test_a_case_goes_by_number_or_order(house: House, name: str) -> None:
    """
    As people type it.
    """
    assert house.desk.decide(name, CaseEvent.NOTE, by="花子", now=SATURDAY, detail={"text": "x"}).case.no == 1


@pytest.mark.parametrize("name", ["PW-0002", str(OTHER), "", "' OR 1=1"])
def test_an_unknown_name_is_no_case(house: House, name: str) -> None:
    """
    It is said, not guessed.
    """
    with pytest.raises(UnknownCase):
        house.desk.decide(name, CaseEvent.ACKNOWLEDGE, by="花子", now=SATURDAY)


def test_an_illegal_move_is_told_in_plain_words_and_writes_nothing(house: House) -> None:
    """
    What is possible instead is named as the seller knows it.
    """
    before = stored(house)
    with pytest.raises(IllegalMove) as refused:
        decide(house, CaseEvent.AMAZON_EXCLUDED)

    assert refused.value.values["state"] == "未対応"
    assert "確認済みにする（ack）" in str(refused.value.values["possible"])
    assert stored(house) == before


def test_a_decision_made_on_an_older_sight_of_the_case_is_refused(house: House) -> None:
    """
    A page that was open too long: look again.
    """
    seen = stored(house).case.version
    decide(house, CaseEvent.ACKNOWLEDGE, version=seen)
    with pytest.raises(CaseMoved):
        decide(house, CaseEvent.DISMISS, version=seen, reason="よい")

    assert stored(house).case.state is CaseState.ACKNOWLEDGED


def test_people_who_decide_at_once_come_one_after_the_other(house: House) -> None:
    """
    Eight threads write a note each; every one is there, and the version counts them.
    """
    troubles: list[BaseException] = []

    def note(number: int) -> None:
        try:
            house.desk.decide("1", CaseEvent.NOTE, by=f"p{number}", now=SATURDAY, detail={"text": "x"})
        except BaseException as error:  # noqa: BLE001 - the test must see whatever it was
            troubles.append(error)

    people = [threading.Thread(target=note, args=(number,)) for number in range(8)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    file = stored(house)

    assert troubles == []
    assert sorted(step.by for step in file.steps[1:]) == [f"p{number}" for number in range(8)]
    assert file.case.version == 9


def test_a_sent_ticket_is_due_when_its_answer_is(house: House) -> None:
    """
    13:00 the next day comes before the last business day's morning (Monday the 7th) and before ship-by.
    """
    after = decide(house, CaseEvent.SEND_TICKET, ticket_no="123")

    assert after.case.due_at == at(5, 15), "the first reminder comes 72 hours before the 8th is over"
    assert awaited_by(after.case, after.steps) == SATURDAY + timedelta(days=1)
    assert after.steps[-1].detail["reply_by"] == show_instant(SATURDAY + timedelta(days=1))


def test_a_later_step_of_the_patrol_keeps_the_answers_deadline(house: House) -> None:
    """
    New evidence moves the case; the answer is still awaited.
    """
    from watchdog.cases.intents import silent

    sent = decide(house, CaseEvent.SEND_TICKET, ticket_no="123").case
    with house.store.writing() as tx:
        house.desk.enact.apply(tx, [silent(sent, replace(sent.finding, title="CD 初回"))], now=SATURDAY + timedelta(hours=1))

    assert awaited_by(stored(house).case, stored(house).steps) == SATURDAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("first", "detail"),
    [(CaseEvent.SEND_TICKET, {}), (CaseEvent.SNOOZE, {"until": show_instant(SATURDAY + timedelta(hours=2))})],
)
def test_what_time_has_brought_about_is_not_forgotten_over_a_note(house: House, first: CaseEvent, detail: dict[str, Any]) -> None:
    """
    The deadline passes, no turn was walked, someone writes a note: the case stays due.
    """
    due = decide(house, first, **detail).case.due_at
    assert due is not None
    after = decide(house, CaseEvent.NOTE, now=due + timedelta(minutes=5), text="x")

    assert after.case.due_at == due
    with house.store.reading() as tx:
        assert casebook.due(tx, due + timedelta(minutes=6)) != ()


def test_a_new_decision_replaces_what_was_due(house: House) -> None:
    """
    The reminder was due; a new one is set, and only that is waited for.
    """
    due = decide(house, CaseEvent.SNOOZE, until=show_instant(SATURDAY + timedelta(hours=2))).case.due_at
    assert due is not None
    later = due + timedelta(hours=5)
    after = decide(house, CaseEvent.SNOOZE, now=due + timedelta(minutes=5), until=show_instant(later))

    assert after.case.due_at == later


@pytest.mark.parametrize(
    ("event", "detail", "needs"),
    [(CaseEvent.DISMISS, {}, "理由"), (CaseEvent.NOTE, {"text": " "}, "本文"), (CaseEvent.SNOOZE, {}, "通知する日時")],
)
def test_what_a_decision_lacks_is_named_in_plain_words(house: House, event: CaseEvent, detail: dict[str, Any], needs: str) -> None:
    """
    Nothing is written.
    """
    with pytest.raises(UsageError) as refused:
        decide(house, event, **detail)

    assert refused.value.values["needs"] == needs
    assert len(stored(house).steps) == 1


def test_undoing_brings_back_the_state_and_stays_on_record(house: House) -> None:
    """
    The mistake and its undoing are both in the timeline.
    """
    decide(house, CaseEvent.DISMISS, reason="よい")
    after = decide(house, CaseEvent.UNDO)

    assert (after.case.state, after.case.closed_at, after.case.outcome) == (CaseState.OPEN, None, None)
    assert [step.event for step in after.steps] == [CaseEvent.FOUND, CaseEvent.DISMISS, CaseEvent.UNDO]


def _said(day: int) -> ReleaseSaid:
    return ReleaseSaid(None, Asin("B0SAMPLE01"), None, date(2026, 10, day), ReleaseSource.SELLER_LIST)


def _own(house: House) -> date:
    with house.store.reading() as tx:
        (day,) = catalogue.own_dates(tx).values()
    return day


@pytest.mark.parametrize("later", [timedelta(0), timedelta(seconds=1), timedelta(days=-1)], ids=["same", "next", "before"])
def test_the_sellers_last_word_on_a_release_date_counts(house: House, later: timedelta) -> None:
    """
    Also within the same second, and where a list of his claims to be of tomorrow.
    """
    with house.store.writing() as tx:
        listings.learn(tx, Look("releases", "list", Kind.RELEASES, SATURDAY), [_said(20)], now=SATURDAY)
    house.desk.learn([_said(2)], name="releases set", now=SATURDAY + later)

    assert _own(house) == date(2026, 10, 2)


def test_every_decision_has_a_plain_word() -> None:
    """
    And so has everything a decision may need.
    """
    assert set(words.DECISIONS) == set(DECISIONS)
    assert set(NEEDS.values()) <= set(words.DETAILS)
