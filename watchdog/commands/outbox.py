"""
``outbox``: the messages that have not left; looked at, tried again, dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from watchdog.assemble import House
    from watchdog.review.terminal import Terminal
    from watchdog.store import Transaction
    from watchdog.store.outbox import Waiting
    from watchdog.terms.dispatch import ChannelState


@click.group(invoke_without_command=True, epilog="Example: preorder-watchdog outbox retry --all")
@click.pass_context
def command(context: click.Context) -> int:
    """
    The messages that have not left: those that wait and those that were given up.
    """
    return context.invoke(list_, as_json=False) if context.invoked_subcommand is None else 0


@command.command("list", epilog="Example: preorder-watchdog outbox list")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def list_(*, as_json: bool) -> int:
    """
    Every message that has not left, and how each channel is doing.
    """
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.commands.shown import terminal_of
    from watchdog.store import channel_health, outbox

    house = assemble.house(speech.settings(), create=False)
    now = assemble.clock()
    try:
        with house.store.reading() as tx:
            waiting, states = outbox.waiting(tx), channel_health.states(tx)
    finally:
        house.close()
    if as_json:
        speech.write_json({"messages": [_told(each) for each in waiting], "channels": [_told_of(state) for state in states]})
        return 0
    screen = terminal_of(house, now=now)
    if waiting:
        head = [screen.heading(name) for name in ("message_no", "channel", "state", "written", "message")]
        screen.rows(head, [tuple(_row(each, screen, house, now)) for each in waiting])
    else:
        screen.line("outbox_empty")
    for state in states:
        _say_state(state, screen, house, now)
    return 0


@command.command(epilog="Example: preorder-watchdog outbox retry 12 13")
@click.argument("numbers", nargs=-1, type=int, metavar="[NO]...")
@click.option("--all", "all_", is_flag=True, help="Every message that has not left.")
@click.option("--channel", metavar="NAME", help="With --all: only of this channel.")
def retry(numbers: tuple[int, ...], *, all_: bool, channel: str | None) -> int:
    """
    Try messages again at the next delivery, also those given up; their channels are woken.
    """
    from watchdog.store import channel_health, outbox

    def again(tx: Transaction, number: int, now: datetime) -> bool:
        channel_health.wake(tx, channel)
        return outbox.retry(tx, number, now=now)

    return _each(numbers, again, "outbox_retried", all_=all_, channel=channel)


@command.command(epilog="Example: preorder-watchdog outbox drop 12")
@click.argument("numbers", nargs=-1, type=int, metavar="[NO]...")
@click.option("--all", "all_", is_flag=True, help="Every message that has not left.")
@click.option("--channel", metavar="NAME", help="With --all: only of this channel.")
def drop(numbers: tuple[int, ...], *, all_: bool, channel: str | None) -> int:
    """
    Withdraw messages: they will not be sent; the cases stay as they are.
    """
    from watchdog.store import outbox

    return _each(numbers, lambda tx, number, now: outbox.drop(tx, number, now=now), "outbox_dropped", all_=all_, channel=channel)


def _each(
    numbers: tuple[int, ...], act: Callable[[Transaction, int, datetime], bool], said: str, *, all_: bool, channel: str | None
) -> int:
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.commands.shown import terminal_of
    from watchdog.store import outbox
    from watchdog.terms.errors import UsageError

    if bool(numbers) == all_:
        raise UsageError("outbox_which")
    house = assemble.house(speech.settings(), create=False)
    now = assemble.clock()
    try:
        with house.store.writing() as tx:
            chosen = numbers or tuple(each.no for each in outbox.waiting(tx) if channel in {None, each.channel})
            left = [number for number in chosen if not act(tx, number, now)]
    finally:
        house.close()
    screen = terminal_of(house, now=now)
    if len(left) < len(chosen) or not chosen:
        screen.line(said, count=len(chosen) - len(left))
    if left:
        screen.line("outbox_left", numbers=screen.words.listed(map(str, left)))
    return 1 if left else 0


def _row(each: Waiting, screen: Terminal, house: House, now: datetime) -> Iterator[str]:
    yield str(each.no)
    yield each.channel
    if each.dead_at is not None:
        yield screen.heading("message_dead")
    else:
        yield screen.heading("message_again", count=each.attempts) if each.attempts else screen.heading("message_waits")
    yield screen.words.moment(each.created_at, house.account.home.zone, now=now)
    yield each.subject


def _say_state(state: ChannelState, screen: Terminal, house: House, now: datetime) -> None:
    from watchdog.terms.answers import told_answer

    zone = house.account.home.zone
    if state.name not in {channel.name for channel in house.channels}:
        if state.waiting:
            screen.line("channel_gone", channel=state.name, count=state.waiting)
    elif state.failing_since is not None:
        since, again = (screen.words.moment(at or now, zone, now=now) for at in (state.failing_since, state.rests_until))
        answer = told_answer(state.answer, screen.words.language)
        screen.line("channel_failing", channel=state.name, since=since, answer=answer, again=again)
    elif state.sent_at is not None:
        screen.line("channel_well", channel=state.name, at=screen.words.moment(state.sent_at, zone, now=now))


def _told(each: Waiting) -> dict[str, object]:
    from watchdog.terms.moments import show_instant

    return {
        "no": each.no,
        "channel": each.channel,
        "kind": each.kind.value,
        "severity": each.severity.value,
        "subject": each.subject,
        "created_at": show_instant(each.created_at),
        "due_at": show_instant(each.due_at),
        "attempts": each.attempts,
        "answer": each.answer,
        "given_up_at": None if each.dead_at is None else show_instant(each.dead_at),
    }


def _told_of(state: ChannelState) -> dict[str, object]:
    from watchdog.terms.moments import show_instant

    return {
        "name": state.name,
        "waiting": state.waiting,
        "failures": state.failures,
        "failing_since": None if state.failing_since is None else show_instant(state.failing_since),
        "rests_until": None if state.rests_until is None else show_instant(state.rests_until),
        "refused": state.refused,
        "answer": state.answer,
        "sent_at": None if state.sent_at is None else show_instant(state.sent_at),
    }
