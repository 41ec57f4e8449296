"""
The session against a real server on loopback: tokens, buckets, refusals, and that no secret ever leaves it.
"""

from __future__ import annotations

import json
import platform
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.deliver.servers import free_port, speaking
from tests.sources.spapi.scripted import SECRETS, TOKEN_PATH, Arrived, Reply, Scripted, scripted
from watchdog.sources.spapi.addresses import host_of, user_agent
from watchdog.sources.spapi.operations import GET_ORDER, SEARCH_ORDERS
from watchdog.sources.spapi.session import Session
from watchdog.sources.spapi.token import Credentials
from watchdog.sources.spapi.troubles import Later, Refused, Rejected, Unreadable
from watchdog.terms.marketplace import BY_COUNTRY
from watchdog.terms.sentences import say

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from watchdog.terms.errors import WatchdogError

NOW = datetime(2026, 8, 1, 1, tzinfo=UTC)
CREDENTIALS = Credentials("amzn1.application-oa2-client.me", SECRETS[0], SECRETS[1])


def a_session(base: str, *, draw: float = 0.5, told: Callable[..., None] = lambda *_: None, deadline: float = 5) -> Session:
    """
    Return a session towards that server; the draw of the jitter is fixed.
    """
    return Session(CREDENTIALS, host=base, lwa_url=base + TOKEN_PATH, draw=lambda: draw, deadline=deadline, told=told)


def ask(session: Session, now: datetime = NOW) -> Any:
    """
    Ask for one order.
    """
    return session.request(GET_ORDER, now=now, path={"orderId": "250-1/1"}, query={"includedData": ("FULFILLMENT", "CANCELLATION")}).body


def failing(status: int, body: Any = None, **headers: str) -> Callable[[Arrived], Reply]:
    """
    Return a script that answers everything with that status.
    """
    return lambda _arrived: Reply(status, body or {}, {name.replace("_", "-"): value for name, value in headers.items()})


def test_a_request_carries_what_amazon_demands() -> None:
    """
    Token and user agent stand in their headers, lists are joined with commas, a value in the path is escaped.
    """
    with scripted(lambda _arrived: Reply(200, {"order": 1})) as server:
        answer = ask(a_session(server.base))

    (sent,) = server.requests
    assert answer == {"order": 1}
    assert (sent.method, sent.path) == ("GET", "/orders/2026-01-01/orders/250-1%2F1")
    assert sent.query == {"includedData": "FULFILLMENT,CANCELLATION"}
    assert sent.headers["x-amz-access-token"] == f"{SECRETS[2]}1"
    assert "authorization" not in sent.headers


def test_the_user_agent_follows_amazons_rule() -> None:
    """
    Name, version, language and platform, never longer than 500 characters.
    """
    agent = user_agent()

    assert agent.startswith("PreorderWatchdog/")
    assert f"(Language=Python/{platform.python_version()}; Platform=" in agent
    assert len(agent) <= 500


@pytest.mark.parametrize(("country", "region"), [("JP", "fe"), ("US", "na"), ("DE", "eu")])
def test_each_marketplace_has_its_host(country: str, region: str) -> None:
    """
    Japan, Australia and Singapore are the far east.
    """
    assert host_of(BY_COUNTRY[country]) == f"https://sellingpartnerapi-{region}.amazon.com"


def test_a_token_is_asked_for_once_and_renewed_before_it_ends() -> None:
    """
    Amazon's hour is not used to its last minute.
    """
    with scripted() as server:
        session = a_session(server.base)
        for minutes in (0, 1, 54, 56, 58):
            ask(session, NOW + timedelta(minutes=minutes))

    assert len(server.tokens) == 2
    form = server.tokens[0]
    assert form.headers["content-type"] == "application/x-www-form-urlencoded;charset=UTF-8"
    assert form.body.startswith(b"grant_type=refresh_token&refresh_token=Atzr%7CHushRefresh&client_id=")


def test_threads_that_ask_at_once_share_one_token() -> None:
    """
    The token is renewed under a lock.
    """
    with scripted() as server:
        session = a_session(server.base)
        threads = [threading.Thread(target=ask, args=(session,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert (len(server.tokens), len(server.requests)) == (1, 4)


def test_an_expired_token_is_replaced_once_and_the_request_sent_again() -> None:
    """
    403 may only mean that the token has died early.
    """
    with scripted(lambda arrived: Reply(200 if arrived.headers["x-amz-access-token"].endswith("2") else 403)) as server:
        ask(a_session(server.base))

    assert (len(server.tokens), len(server.requests)) == (2, 2)


def test_a_missing_role_is_named_after_one_fresh_token() -> None:
    """
    The second refusal is about access itself: it says which role, and leaves Amazon alone for a while.
    """
    with scripted(failing(403, {"errors": [{"code": "Unauthorized", "message": "Access to requested resource is denied."}]})) as server:
        session = a_session(server.base)
        with pytest.raises(Refused) as refused:
            ask(session)
        with pytest.raises(Later) as later:
            ask(session, NOW + timedelta(minutes=29))

    assert (len(server.tokens), len(server.requests)) == (2, 2)
    assert refused.value.whole is False
    said = say(refused.value.code, "en", refused.value.values)
    assert "Inventory and Order Tracking" in said
    assert "Access to requested resource is denied." in said
    assert later.value.again_at == NOW + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("fault", "code"),
    [("invalid_grant", "spapi_reauthorise"), ("invalid_client", "spapi_client_wrong"), ("access_denied", "spapi_login_refused")],
)
def test_refused_credentials_are_named_and_cause_no_storm(fault: str, code: str) -> None:
    """
    Only a person can help: nobody knocks again for an hour, also after a restart, but at once with other credentials.
    """
    with scripted() as server:
        server.token = lambda _arrived: Reply(400, {"error": fault, "error_description": "no"})
        session = a_session(server.base)
        with pytest.raises(Refused) as refused:
            ask(session)
        restarted = a_session(server.base)
        restarted.recall(json.loads(json.dumps(session.as_mark([GET_ORDER]))))
        for minutes, asked in ((4, session), (30, restarted), (59, restarted)):
            with pytest.raises(Refused):
                ask(asked, NOW + timedelta(minutes=minutes))
        assert len(server.tokens) == 1
        other = Session(Credentials("other", "other", "other"), host=server.base, lwa_url=server.base + TOKEN_PATH, draw=lambda: 0.5)
        other.recall(session.as_mark([GET_ORDER]))
        with pytest.raises(Refused):
            ask(other, NOW + timedelta(minutes=5))

    assert (refused.value.code, refused.value.whole) == (code, True)
    assert len(server.tokens) == 2
    assert server.requests == []


def test_a_token_endpoint_that_is_busy_is_asked_again_later() -> None:
    """
    Its trouble is not about our credentials.
    """
    with scripted() as server:
        server.token = lambda _arrived: Reply(503, {"error": "temporarily_unavailable"})
        session = a_session(server.base)
        with pytest.raises(Later) as later:
            ask(session)
        server.token = server._give
        ask(session, later.value.again_at)

    assert NOW < later.value.again_at <= NOW + timedelta(minutes=1)


def test_the_bucket_refuses_what_amazon_would_refuse() -> None:
    """
    Twenty at once, then one every three minutes: the twenty-first is never sent.
    """
    with scripted() as server:
        session = a_session(server.base)
        for _ in range(20):
            session.request(SEARCH_ORDERS, now=NOW)
        with pytest.raises(Later) as later:
            session.request(SEARCH_ORDERS, now=NOW)

    assert len(server.requests) == 20
    assert later.value.asked is False
    assert timedelta(seconds=179) <= later.value.again_at - NOW <= timedelta(seconds=190)


def test_a_bucket_survives_a_restart() -> None:
    """
    The mark carries it, as JSON.
    """
    with scripted() as server:
        first = a_session(server.base)
        for _ in range(15):
            first.request(SEARCH_ORDERS, now=NOW)
        mark = json.loads(json.dumps(first.as_mark([SEARCH_ORDERS, GET_ORDER])))
        second = a_session(server.base)
        second.recall(mark)

    assert second.left(SEARCH_ORDERS, NOW) == 5
    assert second.left(GET_ORDER, NOW) == 30
    assert list(mark["buckets"]) == ["searchOrders"]


@pytest.mark.parametrize("mark", [None, {}, {"buckets": 3}, {"buckets": {"searchOrders": {"rate": "x"}}, "refused": [1]}, "nonsense", [1]])
def test_a_mark_that_cannot_be_read_is_passed_over(mark: object) -> None:
    """
    A bucket forgotten costs one refusal at most, never the watch.
    """
    session = a_session("http://127.0.0.1:1")
    session.recall(mark)

    assert session.left(SEARCH_ORDERS, NOW) == 20


def test_the_rate_is_learned_from_the_answer() -> None:
    """
    Amazon may grant more, or less, than it documents; nonsense is passed over.
    """
    rates = iter(["0.5", "many", "0", "-1"])
    with scripted(lambda _arrived: Reply(headers={"x-amzn-RateLimit-Limit": next(rates)})) as server:
        session = a_session(server.base)
        for _ in range(4):
            session.request(SEARCH_ORDERS, now=NOW)

    assert session.rate(SEARCH_ORDERS) == 0.5
    assert session.left(SEARCH_ORDERS, NOW + timedelta(seconds=9)) == 20


@pytest.mark.parametrize(
    ("headers", "least"),
    [({}, 179), ({"Retry_After": "600"}, 600), ({"Retry_After": "Sat, 01 Aug 2026 01:15:00 GMT"}, 900), ({"Retry_After": "9999999"}, 3600)],
    ids=["bucket", "seconds", "date", "too-long"],
)
def test_a_429_empties_the_bucket_and_honours_retry_after(headers: dict[str, str], least: int) -> None:
    """
    Amazon knows better than we do; but nobody may silence the watch for more than an hour.
    """
    with scripted(failing(429, {"errors": [{"code": "QuotaExceeded"}]}, **headers)) as server:
        session = a_session(server.base)
        with pytest.raises(Later) as later:
            session.request(SEARCH_ORDERS, now=NOW)

    wait = (later.value.again_at - NOW).total_seconds()
    assert least <= wait <= max(least, 190)
    assert later.value.asked


@pytest.mark.parametrize("draw", [0.0, 0.5, 1.0])
def test_failures_are_tried_again_with_growing_full_jitter(draw: float) -> None:
    """
    The pause is drawn from the whole of a growing span, and the span ends at a quarter of an hour.
    """
    pauses = []
    with scripted(failing(500)) as server:
        session = a_session(server.base, draw=draw)
        now = NOW
        for _ in range(12):
            with pytest.raises(Later) as later:
                ask(session, now)
            pauses.append((later.value.again_at - now).total_seconds())
            now = later.value.again_at

    assert len(server.requests) == 12
    assert pauses[0] == max(1, 10 * draw)
    assert pauses == sorted(pauses)
    assert max(pauses) == max(1, 900 * draw)


def test_a_success_forgets_the_failures_before() -> None:
    """
    The next failure begins with a short pause again.
    """
    statuses = iter([500, 500, 200, 500])
    with scripted(lambda _arrived: Reply(next(statuses))) as server:
        session = a_session(server.base)
        now, pauses = NOW, []
        for _ in range(4):
            try:
                ask(session, now)
            except Later as later:
                pauses.append((later.again_at - now).total_seconds())
                now = later.again_at

    assert pauses == [5, 10, 5]


def test_a_400_is_read_and_said() -> None:
    """
    What Amazon says of the request stands in the sentence; the same request is no reason to wait.
    """
    body = {"errors": [{"code": "InvalidInput", "message": "Invalid\nrequest  parameters.", "details": "includedData"}]}
    with scripted(failing(400, body)) as server:
        session = a_session(server.base)
        with pytest.raises(Rejected) as rejected:
            ask(session)
        assert session.left(GET_ORDER, NOW) == 29

    assert "InvalidInput: Invalid request  parameters.: includedData" in say(rejected.value.code, "en", rejected.value.values)


@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"\xff\xfe", b"[" * 50_000])
def test_a_success_that_is_no_json_is_asked_for_again_later(body: bytes) -> None:
    """
    A cut-off answer is no answer.
    """
    with scripted(lambda _arrived: Reply(200, body)) as server, pytest.raises(Unreadable) as unreadable:
        ask(a_session(server.base))

    assert unreadable.value.again_at >= NOW + timedelta(minutes=1)


def test_what_does_not_exist_is_an_answer() -> None:
    """
    404 is no trouble: the caller is told.
    """
    with scripted(failing(404)) as server:
        answer = a_session(server.base).request(GET_ORDER, now=NOW, path={"orderId": "250"})

    assert (answer.status, answer.body) == (404, None)


def test_a_closed_port_and_a_name_nobody_knows_are_outages() -> None:
    """
    Dead DNS, a machine without network: asked again later.
    """
    for base in (f"http://127.0.0.1:{free_port()}", "http://[::1]:9"):
        with pytest.raises(Later) as later:
            ask(a_session(base))
        assert later.value.code == "spapi_no_token"


def _drips(connection: socket.socket) -> None:
    connection.recv(4096)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    while True:
        connection.sendall(b" ")
        threading.Event().wait(0.02)


def _hangs(connection: socket.socket) -> None:
    connection.recv(4096)
    threading.Event().wait(3)


def _cuts(connection: socket.socket) -> None:
    connection.recv(4096)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{")


def _babbles(connection: socket.socket) -> None:
    connection.recv(4096)
    connection.sendall(b"SSH-2.0-nothing\r\n")


@pytest.mark.parametrize("talk", [_drips, _hangs, _cuts, _babbles])
def test_a_broken_connection_ends_in_time(talk: Callable[[socket.socket], None]) -> None:
    """
    A server that drips, hangs, cuts off or speaks another language costs the deadline and no more.
    """
    with speaking(talk) as port, pytest.raises(Later):
        ask(a_session(f"http://127.0.0.1:{port}", deadline=0.3))


def _no_token(server: Scripted) -> None:
    server.token = lambda arrived: Reply(400, {"error": "invalid_grant", "error_description": arrived.body.decode()})


def _echo(status: int) -> Callable[[Scripted], None]:
    def script(arrived: Arrived) -> Reply:
        token = arrived.headers["x-amz-access-token"]
        return Reply(status, {"errors": [{"code": token, "message": f"{token} {SECRETS[1]}", "details": SECRETS[0]}]})

    def prepare(server: Scripted) -> None:
        server.script = script

    return prepare


@pytest.mark.parametrize(
    "prepare", [_no_token, *map(_echo, (400, 401, 403, 413, 429, 500))], ids=["token", "400", "401", "403", "413", "429", "500"]
)
def test_no_failure_gives_a_secret_away(prepare: Callable[[Scripted], None], caplog: pytest.LogCaptureFixture) -> None:
    """
    Even an answer that quotes our secrets back: not in the error, its sentence, the events, the mark, the log, or what is printed of us.
    """
    events: list[object] = []
    with scripted() as server, caplog.at_level("DEBUG"):
        prepare(server)
        session = a_session(server.base, told=lambda *event: events.append(event))
        trouble: WatchdogError | None = None
        try:
            ask(session)
        except (Later, Refused, Rejected) as error:
            trouble = error

    assert trouble is not None
    sentences = [say(trouble.code, language, trouble.values) for language in ("ja", "en")]
    seen = repr([trouble, trouble.args, vars(trouble), sentences, events, session.as_mark([GET_ORDER]), CREDENTIALS, session, caplog.text])
    assert [secret for secret in SECRETS if secret in seen] == []
