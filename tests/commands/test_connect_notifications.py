"""
``connect notifications`` as a user meets it: what it registers, what it says is still to be done, and that it may be run again.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.spapi_fake.faults import Fault
from tests.spapi_fake.fixtures import fake_spapi, spapi_host
from watchdog.__main__ import run as program
from watchdog.commands.connect_notifications import command

if TYPE_CHECKING:
    from pathlib import Path

    from tests.spapi_fake.fake import FakeSpapi

__all__ = ["fake_spapi", "spapi_host"]
ARN = "arn:aws:sqs:us-west-2:123456789012:orders"
_TYPES = {"ORDER_CHANGE", "REPORT_PROCESSING_FINISHED", "ACCOUNT_STATUS_CHANGED"}


@pytest.fixture
def configured(fake_spapi: FakeSpapi, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeSpapi:
    """
    Settings with credentials and a queue.
    """
    given = {
        "STATE_DIR": str(tmp_path),
        "LANGUAGE": "en",
        "SPAPI_ENDPOINT": fake_spapi.endpoint,
        "LWA_ENDPOINT": fake_spapi.lwa_endpoint,
        "SPAPI_CLIENT_ID": fake_spapi.lwa.client_id,
        "SPAPI_CLIENT_SECRET": fake_spapi.lwa.client_secret,
        "SPAPI_REFRESH_TOKEN": fake_spapi.lwa.refresh_token,
        "SQS_QUEUE_URL": "https://sqs.us-west-2.amazonaws.com/123456789012/orders",
    }
    for name, value in given.items():
        monkeypatch.setenv(f"PREORDER_{name}", value)
    return fake_spapi


def run(capsys: pytest.CaptureFixture[str], *, expect: int = 0) -> str:
    """
    Call the command and return what it says.
    """
    code = command.main([], standalone_mode=False)
    said = capsys.readouterr().out

    assert code == expect, said
    return said


def test_it_registers_the_queue_and_subscribes_to_three_types(configured: FakeSpapi, capsys: pytest.CaptureFixture[str]) -> None:
    """
    The policy it prints lets Amazon's account in and nobody else; no secret is shown.
    """
    said = run(capsys)

    policy = json.loads(said[said.index("{") : said.rindex("}") + 1])
    assert configured.world.destinations == {"fake-destination-1": ARN}
    assert set(configured.world.subscriptions) == _TYPES
    assert policy["Statement"][0]["Principal"] == {"AWS": "437568002678"}
    assert policy["Statement"][0]["Resource"] == ARN
    assert not any(secret in said for secret in (configured.lwa.client_secret, configured.lwa.refresh_token, "Atza"))


def test_run_again_it_makes_nothing_twice(configured: FakeSpapi, capsys: pytest.CaptureFixture[str]) -> None:
    """
    What is there is found and left.
    """
    run(capsys)
    configured.clock.pass_by(timedelta(minutes=1))
    said = run(capsys)

    assert said.count("already") == 4
    assert [configured.calls(name) for name in ("createDestination", "createSubscription")] == [1, 3]


def test_a_queue_that_does_not_let_amazon_in_is_explained(configured: FakeSpapi, capsys: pytest.CaptureFixture[str]) -> None:
    """
    The policy stands above the refusal, and the exit code says that something failed.
    """
    configured.world.closed_queues.add(ARN)
    said = run(capsys, expect=1)

    assert said.index("437568002678") < said.index("does not take the queue")
    assert "not authorized" in said


def test_a_type_that_is_refused_does_not_stop_the_others(configured: FakeSpapi, capsys: pytest.CaptureFixture[str]) -> None:
    """
    Roles may be missing for one of them.
    """
    refused = Fault("createSubscription", status=400, code="InvalidInput", when=lambda asked: "REPORT" in asked.path)
    configured.faults.add(refused)
    said = run(capsys, expect=1)

    assert set(configured.world.subscriptions) == _TYPES - {"REPORT_PROCESSING_FINISHED"}
    assert "REPORT_PROCESSING_FINISHED: not subscribed" in said


def test_a_subscription_to_another_queue_is_left(configured: FakeSpapi, capsys: pytest.CaptureFixture[str]) -> None:
    """
    Another program of the seller's may need it.
    """
    other = {"subscriptionId": "s", "payloadVersion": "1.0", "destinationId": "another"}
    configured.world.subscriptions["ORDER_CHANGE"] = other
    said = run(capsys)

    assert (configured.world.subscriptions["ORDER_CHANGE"], "another queue" in said) == (other, True)


@pytest.mark.parametrize(
    "missing", [["SQS_QUEUE_URL"], ["SPAPI_CLIENT_ID", "SPAPI_CLIENT_SECRET", "SPAPI_REFRESH_TOKEN"]], ids=["queue", "credentials"]
)
def test_what_has_to_be_set_first_is_named(
    configured: FakeSpapi, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], missing: list[str]
) -> None:
    """
    Nothing is asked of anybody then.
    """
    for name in missing:
        monkeypatch.delenv(f"PREORDER_{name}")
    said = run(capsys, expect=1)

    assert "PREORDER_S" in said
    assert configured.asked == []


def test_a_queue_without_the_api_is_a_mistake_in_the_settings(
    configured: FakeSpapi, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    Nobody could ask for the orders it names: said at start, with exit code 78.
    """
    for name in ("ID", "SECRET"):
        monkeypatch.delenv(f"PREORDER_SPAPI_CLIENT_{name}")
    monkeypatch.delenv("PREORDER_SPAPI_REFRESH_TOKEN")

    assert program(["check"]) == 78
    assert "PREORDER_SQS_QUEUE_URL" in capsys.readouterr().err


def test_a_missing_extra_is_named(configured: FakeSpapi, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """
    With what to type to install it.
    """
    monkeypatch.setitem(sys.modules, "boto3", None)

    assert program(["check"]) == 78
    assert "'.[sqs]'" in capsys.readouterr().err
