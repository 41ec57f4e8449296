"""
Which addresses may be sent to: judged by what a name resolves to, at the moment of the connection.
"""

from __future__ import annotations

import pytest

from tests.deliver.makers_deliver import a_message
from tests.deliver.servers import answering
from watchdog.deliver.slack import SlackWebhook
from watchdog.deliver.targets import Target, TargetForbidden, permitted_addresses, system_resolver
from watchdog.deliver.wire import DeadlineTransport
from watchdog.terms.message import Fate, Receipt

HTTPS = Target("hooks.slack.com", 443, encrypted=True)
HTTP = Target("hooks.slack.com", 80, encrypted=False)

PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 - judged, not bound
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%2",
    "fd00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
]
PUBLIC = ["93.184.216.34", "2606:4700::1111", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_forbidden_however_it_is_written(address: str) -> None:
    """
    This machine, the network behind it and the cloud's metadata stay unreachable.
    """
    with pytest.raises(TargetForbidden, match="private network"):
        permitted_addresses(HTTPS, allow_private=False, resolve=lambda *_: (address,))


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_permitted(address: str) -> None:
    """
    And returned as the one to connect to.
    """
    assert permitted_addresses(HTTPS, allow_private=False, resolve=lambda *_: (address,)) == (address,)


def test_one_private_address_among_public_ones_forbids_all() -> None:
    """
    A name that points both ways is not trusted.
    """
    with pytest.raises(TargetForbidden):
        permitted_addresses(HTTPS, allow_private=False, resolve=lambda *_: ("93.184.216.34", "10.0.0.1"))


@pytest.mark.parametrize(
    ("target", "address", "may"),
    [(HTTPS, "10.0.0.1", True), (HTTP, "127.0.0.1", True), (HTTP, "::1", True), (HTTP, "10.0.0.1", False), (HTTP, "93.184.216.34", False)],
)
def test_allowing_private_targets_allows_plain_http_only_on_this_machine(target: Target, address: str, *, may: bool) -> None:
    """
    A secret never crosses a network unencrypted.
    """
    try:
        permitted_addresses(target, allow_private=True, resolve=lambda *_: (address,))
        permitted = True
    except TargetForbidden:
        permitted = False

    assert permitted is may


def test_the_system_resolver_names_each_address_once() -> None:
    """
    As the system orders them.
    """
    assert system_resolver("127.0.0.1", 443) == ("127.0.0.1",)


def test_the_connection_is_made_to_the_address_that_was_judged() -> None:
    """
    A name that changes its mind after the judgement (DNS rebinding) is never asked a second time.
    """
    answers = iter([("127.0.0.1",), ("127.0.0.2",)])
    with answering() as server:
        port = server.server_address[1]
        wire = DeadlineTransport(timeout=5, allow_private=True, resolve=lambda *_: next(answers))
        receipt = SlackWebhook(f"http://rebinding.invalid:{port}/services/x", allow_private=True, transport=wire).send(a_message())

    assert receipt == Receipt(Fate.SENT, "ok")
    assert next(answers) == ("127.0.0.2",)


def test_the_next_address_is_tried_when_the_first_does_not_answer() -> None:
    """
    A host with two addresses is reached over the one that works.
    """
    with answering() as server:
        port = server.server_address[1]
        wire = DeadlineTransport(timeout=5, allow_private=True, resolve=lambda *_: ("::1", "127.0.0.1"))
        receipt = SlackWebhook(f"http://two.invalid:{port}/services/x", allow_private=True, transport=wire).send(a_message())

    assert receipt.fate is Fate.SENT


def test_a_public_name_that_leads_home_is_refused() -> None:
    """
    The refusal comes before any byte is sent.
    """
    with answering() as server:
        wire = DeadlineTransport(timeout=5, resolve=lambda *_: ("127.0.0.1",))
        url = f"https://hooks.slack.com:{server.server_address[1]}/services/x"
        receipt = SlackWebhook(url, transport=wire).send(a_message())

    assert receipt.fate is Fate.REFUSED
    assert server.posts == []
