"""
Messages wait, are lent, settled, withdrawn; in order, never lost.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from tests.store.makers_store import at
from watchdog.store import Store, outbox
from watchdog.store.columns import adapter
from watchdog.store.schema_cases import messages
from watchdog.terms.finding import Severity
from watchdog.terms.identity import CaseNo, ProductId
from watchdog.terms.message import Fate, Message, MessageKind, Notice, Receipt

SENT = Receipt(Fate.SENT, "250 ok")
LATER = Receipt(Fate.POSTPONED, "421 later")
NEVER = Receipt(Fate.REFUSED, "550 no")
LEASE = timedelta(minutes=5)


def a_notice(key: str, *cases: int, **fields: Any) -> Notice:
    """
    Return a warning of some cases.
    """
    told: dict[str, Any] = {
        "kind": MessageKind.ALERT,
        "severity": Severity.URGENT,
        "subject": f"出荷予定日が早まりました {key}",
        "text": "…",
        "html": "<p>…</p>",
        "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "…"}}],
        "case_nos": tuple(CaseNo(no) for no in cases),
        "product_id": ProductId(1),
        "attachments": (("ticket.txt", "お世話になっております。"),),
    }
    return Notice(key=key, **(told | fields))


def put(store: Store, *notices: Notice, channels: tuple[str, ...] = ("email",), day: int = 1, **fields: Any) -> int:
    """
    Enqueue the notices and return how many messages are new.
    """
    with store.writing() as tx:
        return sum(outbox.enqueue(tx, notice, channels, now=at(day), **fields) for notice in notices)


def take(store: Store, *, channel: str = "email", day: int = 2, hour: int = 1, owner: str = "postman") -> Message | None:
    """
    Claim the next message.
    """
    with store.writing() as tx:
        return outbox.claim(tx, channel, now=at(day, hour), owner=owner, lease=LEASE)


def settle(store: Store, message: Message | None, receipt: Receipt, *, day: int = 2, retry: int | None = None) -> None:
    """
    Settle a claimed message.
    """
    assert message is not None
    with store.writing() as tx:
        outbox.settle(tx, message, receipt, now=at(day), retry_at=None if retry is None else at(retry))


def key(message: Message | None) -> str | None:
    """
    Return the key of the claimed message's notice.
    """
    return None if message is None else message.notice.key


def test_a_notice_goes_to_every_channel_once(store: Store) -> None:
    """
    The same natural key is never enqueued twice for a channel, whatever the text has become.
    """
    first = put(store, a_notice("a", 1), channels=("email", "slack"))
    again = put(store, a_notice("a", 1, text="another text"), channels=("email", "slack", "console"))

    assert (first, again) == (2, 1)
    assert take(store) == Message(1, "email", take_notice(store, 1), at(1), 0, "postman")


def take_notice(store: Store, number: int) -> Notice:
    """
    Return a stored notice.
    """
    with store.reading() as tx:
        mine = (messages.c.account_id == store.account_id, messages.c.message_no == number)
        found: Notice = tx.connection.execute(select(messages.c.notice).where(*mine)).scalar_one()
    return found


def test_what_is_sent_is_what_was_written(store: Store) -> None:
    """
    The notice comes back equal, and its digest stands beside it.
    """
    notice = a_notice("a", 1)
    put(store, notice)

    message = take(store)
    with store.reading() as tx:
        digest = tx.connection.execute(select(messages.c.sha256).where(messages.c.account_id == store.account_id)).scalar_one()
    assert message is not None
    assert message.notice == notice
    assert digest == sha256(adapter(Notice).dump_json(notice)).hexdigest()


def test_messages_leave_in_the_order_they_were_written(store: Store) -> None:
    """
    Oldest first, channel by channel.
    """
    put(store, a_notice("a", 1), a_notice("b", 2))
    order = []
    while (message := take(store)) is not None:
        order.append(key(message))
        settle(store, message, SENT)

    assert order == ["a", "b"]
    assert take(store, channel="slack") is None


def test_a_claimed_message_is_lent_to_one(store: Store) -> None:
    """
    Nobody else gets it until the lease has run out; then anybody may.
    """
    put(store, a_notice("a", 1))
    one, other = take(store, owner="one"), take(store, owner="other")
    late = take(store, hour=2, owner="other")

    assert (key(one), other, key(late)) == ("a", None, "a")
    assert late is not None
    assert late.lease == "other"


def test_a_sent_message_is_sent_whoever_holds_the_lease(store: Store) -> None:
    """
    A slow sender that did send settles for all; a slow failure changes nothing any more.
    """
    put(store, a_notice("a", 1), a_notice("b", 2))
    slow = take(store, owner="slow")
    take(store, hour=2, owner="quick")
    settle(store, slow, LATER, retry=20)
    with store.reading() as tx:
        kept = outbox.waiting(tx)[0]
    settle(store, slow, SENT)

    assert (kept.attempts, kept.due_at) == (0, at(1))
    with store.reading() as tx:
        assert [each.no for each in outbox.waiting(tx)] == [2]


def test_a_postponed_message_waits_and_counts_its_attempts(store: Store) -> None:
    """
    It may be claimed again at the time it was put off to.
    """
    put(store, a_notice("a", 1))
    settle(store, take(store), LATER, retry=4)
    early = take(store, day=3)
    again = take(store, day=4)

    assert early is None
    assert again is not None
    assert (again.attempts, key(again)) == (1, "a")


def test_a_postponed_message_holds_up_only_its_own_case(store: Store) -> None:
    """
    "Resolved" never overtakes "alert" of the same case; other cases pass.
    """
    put(store, a_notice("alert 1", 1), a_notice("resolved 1", 1), a_notice("alert 2", 2))
    settle(store, take(store), LATER, retry=4)

    assert key(take(store, day=3)) == "alert 2"
    assert take(store, day=3) is None


def test_a_refused_message_is_given_up_and_blocks_nobody(store: Store) -> None:
    """
    It stays listed, and may be tried again on request.
    """
    put(store, a_notice("alert 1", 1), a_notice("resolved 1", 1))
    settle(store, take(store), NEVER)
    following = take(store)

    with store.writing() as tx:
        (dead, _waiting) = outbox.waiting(tx)
        revived = outbox.retry(tx, dead.no, now=at(3))
    assert key(following) == "resolved 1"
    assert (dead.dead_at, dead.answer, revived) == (at(2), "550 no", True)
    assert key(take(store, day=3)) == "alert 1"


def test_messages_of_a_case_that_was_taken_over_are_withdrawn(store: Store) -> None:
    """
    Only those that speak of nothing else, and only what has not left.
    """
    put(store, a_notice("sent", 1))
    settle(store, take(store), SENT)
    put(store, a_notice("a", 1), a_notice("both", 1, 2), a_notice("b", 2))

    with store.writing() as tx:
        withdrawn = outbox.withdraw(tx, [CaseNo(1)], now=at(3))
        left = [each.subject.split()[-1] for each in outbox.waiting(tx)]
    assert (withdrawn, left) == (1, ["both", "b"])


def test_a_withdrawn_message_is_neither_tried_again_nor_dropped_again(store: Store) -> None:
    """
    Dropping is final.
    """
    put(store, a_notice("a", 1))

    with store.writing() as tx:
        answers = outbox.drop(tx, 1, now=at(2)), outbox.drop(tx, 1, now=at(3)), outbox.retry(tx, 1, now=at(3))
    assert answers == (True, False, False)
    assert take(store) is None


def test_a_message_may_wait_for_its_hour(store: Store) -> None:
    """
    Quiet hours: written now, due later.
    """
    put(store, a_notice("a", 1), not_before=at(5))
    with store.reading() as tx:
        due = outbox.next_due(tx)

    assert due == at(5)
    assert take(store, day=4) is None
    assert key(take(store, day=5)) == "a"


def test_the_next_due_time_knows_of_leases(store: Store) -> None:
    """
    A lent message may be claimed when its lease has run out; with nothing waiting there is no time at all.
    """
    put(store, a_notice("a", 1))
    message = take(store)
    with store.reading() as tx:
        lent = outbox.next_due(tx)
    settle(store, message, SENT)
    with store.reading() as tx:
        nothing = outbox.next_due(tx)

    assert (lent, nothing) == (at(2) + LEASE, None)


def test_accounts_have_outboxes_of_their_own(store: Store) -> None:
    """
    The same key in another account is another message.
    """
    other = replace(store, account_id=type(store.account_id)(store.account_id + 500_000))
    put(store, a_notice("a", 1))

    assert put(other, a_notice("a", 1)) == 1
    assert take(other) is not None
    assert key(take(store)) == "a"
