"""
The post lane: a dead channel rests and stops no other, nothing is lost, a storm is one message, nobody's silence goes unnoticed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.routines.makers_post import NOON, OUT, TAKEN, Post, Scripted, a_notice, a_post
from watchdog.deliver.timetable import QuietHours
from watchdog.routines.channels import ChannelWatch
from watchdog.store import channel_health, outbox
from watchdog.terms.case import CaseEvent
from watchdog.terms.errors import StoreBusy
from watchdog.terms.finding import Severity
from watchdog.terms.message import Blame, Fate, Message, MessageKind, Receipt
from watchdog.terms.repeats import Repeats

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NO_LOGIN = Receipt(Fate.REFUSED, "login refused (535 5.7.8)")
TOO_LONG = Receipt(Fate.REFUSED, "the message is too long", blame=Blame.MESSAGE)


@pytest.fixture
def posts() -> Iterator[Callable[..., Post]]:
    """
    Make houses that are closed afterwards.
    """
    made: list[Post] = []

    def make(*names: str, **fields: object) -> Post:
        made.append(a_post(None, *names, **fields))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for post in made:
        post.house.close()


def waits_on(post: Post, channel: str) -> list[str]:
    """
    Return the subjects that wait there.
    """
    return [each.subject for each in post.waits() if each.channel == channel and each.dead_at is None]


class TestADeadChannel:
    """
    It rests, keeps its messages, and the others never notice.
    """

    def test_it_is_asked_once_and_then_rests(self, posts: Callable[..., Post]) -> None:
        """
        Five messages meet one refused connection, not five; the other channel has them all.
        """
        post = posts("slack", "email")
        post.channels["slack"].answers = [OUT]
        post.writes(*(a_notice(str(number), number) for number in range(1, 6)))

        post.walks()
        post.walks(timedelta(seconds=5))

        assert len(post.channels["slack"].asked) == 1
        assert len(post.channels["email"].took) == 5

    def test_retry_after_holds_for_the_whole_channel(self, posts: Callable[..., Post]) -> None:
        """
        Slack's 429 is about the channel: no other message may knock before its time.
        """
        post = posts("slack")
        post.channels["slack"].answers = [Receipt(Fate.POSTPONED, "HTTP 429", 600), TAKEN]
        post.writes(a_notice("a", 1), a_notice("b", 2))

        for _minute in range(9):
            post.walks(MINUTE)
        early = len(post.channels["slack"].asked)
        post.walks(2 * MINUTE)

        assert early == 1
        assert sorted(post.channels["slack"].keys) == ["a", "b"]

    def test_what_waited_leaves_at_once_when_it_is_back(self, posts: Callable[..., Post]) -> None:
        """
        All together, not each after a back-off of its own.
        """
        post = posts("slack")
        post.channels["slack"].answers = [OUT, OUT, OUT, TAKEN]
        post.writes(*(a_notice(str(number), number) for number in range(1, 6)))

        for _try in range(4):
            post.walks(HOUR)

        assert len(post.channels["slack"].took) == 5

    def test_one_message_that_never_gets_through_holds_up_no_other(self, posts: Callable[..., Post]) -> None:
        """
        The channel blames itself, but it is that one message: those tried less go first.
        """
        post = posts("slack")
        slack = post.channels["slack"]

        def send(message: Message) -> Receipt:
            slack.asked.append(message)
            if message.notice.key == "poison":
                return OUT
            slack.took.append(message)
            return TAKEN

        slack.send = send  # type: ignore[method-assign]
        post.writes(a_notice("poison", 1), *(a_notice(str(number), number) for number in range(2, 6)))

        for _try in range(3):
            post.walks(2 * MINUTE)

        assert slack.keys == ["2", "3", "4", "5"]

    def test_a_bad_login_keeps_its_messages_until_somebody_mends_it(self, posts: Callable[..., Post]) -> None:
        """
        A password is changed on a Friday and put right on Monday: everything arrives.
        """
        post = posts("email")
        post.channels["email"].answers = [NO_LOGIN]
        post.writes(a_notice("a", 1), a_notice("b", 2))
        for _try in range(18):
            post.walks(4 * HOUR)

        post.channels["email"].answers = [TAKEN]
        post.walks(2 * HOUR)

        assert sorted(post.channels["email"].keys) == ["a", "b"]

    def test_a_channel_that_breaks_its_word_loses_nothing(self, posts: Callable[..., Post]) -> None:
        """
        A fault of our own in one channel is one postponed message there.
        """
        post = posts("slack", "email")

        def send(message: Message) -> Receipt:
            raise RuntimeError(f"a fault of ours with {message.id}")

        post.channels["slack"].send = send  # type: ignore[method-assign]
        post.writes(a_notice("a", 1))
        post.walks()

        assert post.channels["email"].keys == ["a"]
        assert [each.answer for each in post.waits()] == ["the channel itself failed (RuntimeError)"]

    def test_after_a_while_it_is_a_condition_of_the_account(self, posts: Callable[..., Post]) -> None:
        """
        Not for a hiccup; urgent where nothing will mend itself.
        """
        post = posts("slack", "email")
        post.channels["slack"].answers = [OUT]
        post.writes(a_notice("a", 1))
        seen = []
        watch = ChannelWatch(("slack", "email"))
        for after in (timedelta(), 16 * MINUTE, HOUR):
            post.walks(after)
            with post.house.store.reading() as tx:
                seen.append([(each.subject, each.severity) for each in watch.observe(tx, post.now)])

        assert seen == [[], [("slack", Severity.WARNING)], [("slack", Severity.URGENT)]]


class TestWhatIsNotTaken:
    """
    It is said on another channel.
    """

    def test_a_message_refused_for_good_is_listed_on_another_channel(self, posts: Callable[..., Post]) -> None:
        """
        In the same walk, with the reason; told once.
        """
        post = posts("slack", "email")
        post.channels["slack"].answers = [TOO_LONG, TAKEN]
        post.rings(1)

        post.walks()
        post.walks(MINUTE)

        listed = [message.notice for message in post.channels["email"].took if message.notice.kind is MessageKind.UNDELIVERED]
        assert len(listed) == 1
        assert "Slack" in listed[0].subject and "通知が長すぎます" in listed[0].text
        assert listed[0].case_nos == (1,)

    def test_a_message_for_a_channel_that_is_gone_reaches_another(self, posts: Callable[..., Post]) -> None:
        """
        The settings no longer name it: the same notice goes to one that is there, an hour later at most.
        """
        post = posts("slack")
        post.writes(a_notice("a", 1), channels=("pigeon",))

        post.walks()
        early = post.channels["slack"].keys
        post.walks(HOUR)
        post.walks(HOUR)

        assert (early, post.channels["slack"].keys) == ([], ["a"])

    def test_a_message_of_a_channel_long_dead_reaches_another_that_was_not_meant(self, posts: Callable[..., Post]) -> None:
        """
        Urgent alerts go to Slack alone, Slack is out: after an hour they go to the mail all the same.
        """
        post = posts("slack", "email", routes={Severity.URGENT: ("slack",)})
        post.channels["slack"].answers = [OUT]
        post.rings(1)
        for _try in range(3):
            post.walks(40 * MINUTE)

        assert [message.notice.kind for message in post.channels["email"].took] == [MessageKind.ALERT]

    def test_after_four_days_it_is_given_up_and_said(self, posts: Callable[..., Post]) -> None:
        """
        Tried to the end, then on the list of another channel.
        """
        post = posts("slack", "email")
        post.channels["slack"].answers = [OUT]
        post.writes(a_notice("a", 1))
        for _try in range(26):
            post.walks(4 * HOUR)

        assert MessageKind.UNDELIVERED in {message.notice.kind for message in post.channels["email"].took}


class TestAStorm:
    """
    No phone rings two hundred times.
    """

    def test_the_first_leave_one_by_one_and_the_rest_as_one(self, posts: Callable[..., Post]) -> None:
        """
        Forty products at once, ten messages an hour: nine alerts and one summary that names the other thirty-one cases.
        """
        post = posts("slack", storm_cap=10)
        post.writes(*(a_notice(str(number), number) for number in range(1, 41)))
        post.walks()

        took = [message.notice for message in post.channels["slack"].took]
        assert [notice.kind for notice in took] == [*[MessageKind.ALERT] * 9, MessageKind.SUMMARY]
        assert {case_no for notice in took for case_no in notice.case_nos} == set(range(1, 41))
        assert post.waits() == ()

    def test_what_comes_later_waits_for_the_next_summary(self, posts: Callable[..., Post]) -> None:
        """
        One summary in ten minutes, not one a minute.
        """
        post = posts("slack", storm_cap=5)
        post.writes(*(a_notice(str(number), number) for number in range(1, 11)))
        post.walks()
        for number in range(11, 16):
            post.writes(a_notice(str(number), number))
            post.walks(MINUTE)
        before = [message.notice.kind for message in post.channels["slack"].took].count(MessageKind.SUMMARY)
        post.walks(10 * MINUTE)

        took = [message.notice for message in post.channels["slack"].took]
        assert before == 1
        assert [notice.kind for notice in took].count(MessageKind.SUMMARY) == 2
        assert {case_no for notice in took for case_no in notice.case_nos} == set(range(1, 16))

    def test_the_all_clear_of_a_summed_up_alarm_follows_it(self, posts: Callable[..., Post]) -> None:
        """
        In the thread of the summary, after it.
        """
        post = posts("slack", storm_cap=3)
        post.writes(*(a_notice(str(number), number) for number in range(1, 7)))
        post.walks()
        post.writes(a_notice("over", 6, kind=MessageKind.RESOLVED))
        post.walks(2 * HOUR)

        summary, over = post.channels["slack"].took[-2:]
        assert (summary.notice.kind, over.notice.key, over.thread) == (MessageKind.SUMMARY, "over", summary.notice.key)


class TestNobodyAnswers:
    """
    It is said again with growing distance, then to a second list, until somebody acts.
    """

    def test_an_urgent_case_is_said_again_with_growing_distance(self, posts: Callable[..., Post]) -> None:
        """
        After 1, then 3, 6 and 12 hours more; looked at every hour of a day.
        """
        post = posts("slack")
        post.rings(1)
        times = []
        for _step in range(24):
            before = len(post.channels["slack"].took)
            post.walks(HOUR)
            if len(post.channels["slack"].took) > before and post.channels["slack"].took[-1].notice.kind is MessageKind.REMINDER:
                times.append(round((post.now - NOON) / HOUR))

        assert times == [1, 4, 10, 22]

    def test_it_stops_when_somebody_has_acted(self, posts: Callable[..., Post]) -> None:
        """
        Also a reminder that already waits.
        """
        post = posts("slack")
        post.rings(1)
        post.walks()
        post.channels["slack"].answers = [OUT, TAKEN]
        post.walks(HOUR)
        post.house.desk.decide("PW-0001", CaseEvent.ACKNOWLEDGE, by="花子", now=post.now, detail={}, version=None)
        post.walks(24 * HOUR)

        assert [message.notice.kind for message in post.channels["slack"].took] == [MessageKind.ALERT]

    def test_many_cases_are_one_reminder(self, posts: Callable[..., Post]) -> None:
        """
        One line each, the worst first, all to be acknowledged.
        """
        post = posts("slack")
        post.rings(1, 2, 3)
        post.walks()
        post.walks(HOUR)

        reminders = [message.notice for message in post.channels["slack"].took if message.notice.kind is MessageKind.REMINDER]
        assert len(reminders) == 1
        assert reminders[0].case_nos == (1, 2, 3)
        assert "PW-0002" in reminders[0].text

    def test_the_second_list_hears_after_a_while_and_once(self, posts: Callable[..., Post]) -> None:
        """
        And then of the end, too.
        """
        post = posts("slack", second=("boss",), escalate_after=2 * HOUR, repeats=Repeats((), ()))
        post.rings(1)
        for _step in range(5):
            post.walks(HOUR)
        told = [message.notice.kind for message in post.channels["boss"].took]
        post.house.desk.decide("PW-0001", CaseEvent.ACKNOWLEDGE, by="花子", now=post.now, detail={}, version=None)

        assert told == [MessageKind.REMINDER]
        assert "第2の連絡先" in post.channels["boss"].took[0].notice.text
        with post.house.store.reading() as tx:
            assert outbox.told_over(tx, post.channels["boss"].took[0].notice.case_nos) == ("boss", "slack")

    def test_a_restart_says_nothing_twice(self, tmp_path: Path) -> None:
        """
        What was said is in the log, not in the process.
        """
        post = a_post(tmp_path, "slack")
        post.rings(1)
        post.walks()
        post.walks(HOUR)
        post.house.close()
        again = a_post(tmp_path, "slack")
        again.now = post.now
        again.walks(MINUTE)
        again.house.close()

        assert again.channels["slack"].took == []


class TestQuietHours:
    """
    Asked again when a message is about to leave.
    """

    def test_a_warning_that_was_postponed_into_the_night_waits_for_the_morning(self, posts: Callable[..., Post]) -> None:
        """
        Written at 21:50, tried again at 22:20; urgent ones leave all the same.
        """
        post = posts("slack", quiet=QuietHours.parse("22:00-07:00"))
        post.now = NOON + 10 * HOUR - 10 * MINUTE
        post.channels["slack"].answers = [OUT, TAKEN]
        post.writes(a_notice("warning", 1, severity=Severity.WARNING))
        post.walks()
        post.writes(a_notice("urgent", 2))
        post.walks(30 * MINUTE)
        at_night = post.channels["slack"].keys
        post.walks(9 * HOUR)

        assert (at_night, post.channels["slack"].keys) == (["urgent"], ["urgent", "warning"])


def test_the_other_channels_do_not_wait_for_a_slow_one(posts: Callable[..., Post]) -> None:
    """
    The mail has arrived while Slack still keeps us hanging.
    """
    from threading import Event

    post = posts("slack", "email")
    arrived = Event()
    slack, email = post.channels["slack"], post.channels["email"]

    def hang(message: Message) -> Receipt:
        slack.asked.append(message)
        return TAKEN if arrived.wait(20) else OUT

    def arrive(message: Message) -> Receipt:
        email.took.append(message)
        arrived.set()
        return TAKEN

    slack.send, email.send = hang, arrive  # type: ignore[method-assign]
    post.writes(a_notice("a", 1))
    post.walks()

    assert post.waits() == ()


def test_what_was_sent_is_noted_though_the_log_was_busy(posts: Callable[..., Post]) -> None:
    """
    Another program wrote for ten seconds while the answer came: nothing is sent twice.
    """
    post = posts("slack")
    postman, store = post.house.postman, post.house.postman.store
    busy = [0, 0]

    def note(done: bool) -> None:
        if not done and post.channels["slack"].took and busy.pop() == 0:
            raise StoreBusy(path="log", problem="busy")

    postman.store = replace(store, committing=lambda done: note(done) if busy else None)
    post.writes(a_notice("a", 1))
    post.walks()
    post.walks(HOUR)

    assert busy == []
    assert post.channels["slack"].keys == ["a"]
    assert post.waits() == ()


def test_the_state_of_each_channel_can_be_seen(posts: Callable[..., Post]) -> None:
    """
    Since when it fails, what it said last, how much waits.
    """
    post = posts("slack", "email")
    post.channels["slack"].answers = [OUT]
    post.writes(a_notice("a", 1), a_notice("b", 2))
    post.walks()
    with post.house.store.reading() as tx:
        email, slack = channel_health.states(tx)

    assert (slack.failing_since, slack.answer, slack.waiting) == (NOON, OUT.answer, 2)
    assert (email.failing_since, email.sent_at, email.waiting) == (None, NOON, 0)
    assert isinstance(post.channels["email"], Scripted)
