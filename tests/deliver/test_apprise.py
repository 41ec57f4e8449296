"""
Apprise through its ``json://`` target: a real service of Apprise's own, met by a real server here.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from tests.deliver.makers_deliver import a_message
from tests.deliver.servers import Answering, Reply, answering, free_port, speaking
from watchdog.assemble.channels import channels_of
from watchdog.deliver.by_apprise import ByApprise, named
from watchdog.settings.options import Settings
from watchdog.terms.finding import Severity
from watchdog.terms.message import Fate, MessageKind, Receipt

if TYPE_CHECKING:
    import socket
    from pathlib import Path

#: Apprise's own affair: it imports a module that a later Python drops.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr':DeprecationWarning")


def url_of(server: Answering, path: str = "/hush-hush") -> str:
    """
    Return Apprise's URL of the local server.
    """
    return f"json://127.0.0.1:{server.server_address[1]}{path}"


def test_a_notice_arrives_with_subject_text_and_type() -> None:
    """
    As Apprise's JSON target writes it; the id shows a double.
    """
    with answering() as server:
        receipt = ByApprise(url_of(server), name="apprise-json", allow_private=True).send(a_message())

    told = server.posts[0].json
    assert receipt.fate is Fate.SENT
    assert told["type"] == "failure"
    assert "出荷予定日" in told["title"] and f"ID {a_message().id}" in told["message"]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"kind": MessageKind.RESOLVED, "severity": Severity.WARNING}, "success"),
        ({"severity": Severity.WARNING}, "warning"),
        ({"severity": Severity.NOTICE}, "info"),
    ],
)
def test_the_severity_is_apprises_type(fields: dict[str, Any], kind: str) -> None:
    """
    Services colour or sound it.
    """
    with answering() as server:
        ByApprise(url_of(server), name="a", allow_private=True).send(a_message(**fields))

    assert server.posts[0].json["type"] == kind


@pytest.mark.parametrize(
    ("status", "fate"), [(500, Fate.POSTPONED), (429, Fate.POSTPONED), (404, Fate.REFUSED), (401, Fate.REFUSED), (302, Fate.POSTPONED)]
)
def test_what_the_service_answered_is_told_as_far_as_apprise_tells(status: int, fate: Fate) -> None:
    """
    The status from Apprise's log, and never its other words; a redirect is not followed.
    """
    with answering(Reply(status, "hush", {"Location": "/elsewhere"})) as server:
        receipt = ByApprise(url_of(server), name="a", allow_private=True).send(a_message())

    assert (receipt.fate, receipt.answer) == (fate, f"not taken (HTTP {status})")
    assert len(server.posts) == 1


def test_nobody_there_is_tried_again() -> None:
    """
    Nobody listens on that port.
    """
    receipt = ByApprise(f"json://127.0.0.1:{free_port()}/hush", name="a", allow_private=True).send(a_message())

    assert receipt.fate is Fate.POSTPONED


@pytest.mark.parametrize("url", ["json://127.0.0.1/hush", "jsons://10.0.0.1/hush", "json://93.184.216.34/hush", "jsons://169.254.169.254/"])
def test_private_and_open_targets_are_refused(url: str) -> None:
    """
    As everywhere: encrypted, and not into the network behind this machine.
    """
    receipt = ByApprise(url, name="a", resolve=lambda host, _port: (host,)).send(a_message())

    assert receipt.fate is Fate.REFUSED


def test_a_url_apprise_does_not_know_is_refused_without_being_told() -> None:
    """
    It may hold a token all the same.
    """
    receipt = ByApprise("nonsense://hush", name="a").send(a_message())

    assert receipt.fate is Fate.REFUSED
    assert "hush" not in receipt.answer


def test_each_url_is_a_channel_with_a_name_that_tells_no_secret() -> None:
    """
    Numbered where there are several of a kind.
    """
    names = [name for name, _url in named(["discord://hush/1", "tgram://hush", "discord://hush/2", "hush"])]

    assert names == ["apprise-discord", "apprise-tgram", "apprise-discord-2", "apprise-unknown"]


def test_an_answer_that_drips_is_not_waited_for() -> None:
    """
    A byte at a time keeps Apprise's own timeout from ever ending; ours does.
    """

    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while connection.recv(65_536):
            connection.sendall(b"X")

    with speaking(drip) as port:
        receipt = ByApprise(f"json://127.0.0.1:{port}/hush", name="a", allow_private=True, timeout=0.3).send(a_message())

    assert receipt == Receipt(Fate.POSTPONED, "no answer in time")


def test_apprise_goes_through_the_proxy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The proxy is asked to connect to the service; nothing else leaves.
    """
    heard: list[bytes] = []

    def refuse(connection: socket.socket) -> None:
        heard.append(connection.recv(65_536))
        connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

    monkeypatch.setenv("HTTPS_PROXY", "")
    monkeypatch.delenv("HTTPS_PROXY")
    with speaking(refuse) as port:
        settings = Settings(
            state_dir=tmp_path,
            proxy_url=SecretStr(f"http://127.0.0.1:{port}"),
            apprise_urls=SecretStr("jsons://localhost/hush"),
            allow_private_targets=True,
        )
        receipt = channels_of(settings, io.StringIO())[0].send(a_message())

    assert heard[0].startswith(b"CONNECT localhost:443 ")
    assert receipt.fate is Fate.POSTPONED
