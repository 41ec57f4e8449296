"""
The heartbeat out: told when a turn really saw something, when it failed, and never otherwise.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.deliver.servers import Answering, Reply, answering, free_port
from watchdog.assemble.posting import Pulse
from watchdog.deliver.heartbeat import Beat, Heartbeat
from watchdog.routines.patrol import Turn
from watchdog.terms.errors import SourceRefused, SourceUnavailable
from watchdog.terms.look import Reason
from watchdog.terms.message import Fate

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 9, 8, tzinfo=UTC)
LOST = SourceUnavailable(source="inbox", problem="gone")
REFUSED = SourceRefused(source="spapi", problem="403")


@pytest.fixture
def switch() -> Iterator[Answering]:
    """
    The dead-man's switch.
    """
    with answering(Reply(200, "OK")) as server:
        yield server


def beats(switch: Answering) -> list[str]:
    """
    Return what was told, as the end of the address.
    """
    return [post.path.removeprefix("/ping/hush-hush") for post in switch.posts]


def pulse(switch: Answering) -> Pulse:
    """
    Return the pulse of a patrol.
    """
    return Pulse(Heartbeat(switch.url("/ping/hush-hush"), allow_private=True), lambda _event, _fields: None)


@pytest.mark.parametrize(
    ("saw", "turn", "told"),
    [
        pytest.param(1, Turn(NOW, looks=1), ["/start", ""], id="saw something"),
        pytest.param(3, Turn(NOW, looks=3, troubles=(LOST,)), ["/start", ""], id="saw something elsewhere"),
        pytest.param(0, Turn(NOW), [], id="nothing new"),
        pytest.param(0, Turn(NOW, troubles=(LOST,)), [], id="out of reach"),
        pytest.param(0, Turn(NOW, troubles=(REFUSED,)), ["/fail"], id="refused"),
        pytest.param(1, Turn(NOW, looks=1, refused=(Reason("file_empty", {}),)), ["/start", "/fail"], id="nothing usable"),
        pytest.param(0, None, ["/fail"], id="failed"),
        pytest.param(2, None, ["/start", "/fail"], id="failed halfway"),
    ],
)
def test_only_a_turn_that_saw_data_beats(switch: Answering, saw: int, turn: Turn | None, told: list[str]) -> None:
    """
    Silence is the switch's alarm, so nothing is told of a turn that saw nothing.
    """
    beating = pulse(switch)
    for _batch in range(saw):
        beating.saw()
    beating.ended(turn)

    assert beats(switch) == told


def test_the_next_turn_begins_anew(switch: Answering) -> None:
    """
    Start and end belong together.
    """
    beating = pulse(switch)
    for _turn in range(2):
        beating.saw()
        beating.ended(Turn(NOW, looks=1))

    assert beats(switch) == ["/start", "", "/start", ""]


def test_a_switch_that_is_not_there_changes_nothing() -> None:
    """
    Its answer is a receipt, not an error.
    """
    receipt = Heartbeat(f"http://127.0.0.1:{free_port()}/hush", allow_private=True, timeout=2).ping(Beat.OK)

    assert receipt.fate is Fate.POSTPONED
    assert "hush" not in receipt.answer
