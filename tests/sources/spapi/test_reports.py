"""
Reports: created once, polled patiently, downloaded only from where Amazon keeps them, read by the readers of dropped files.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.sources.makers_sources import a_reading
from tests.spapi_fake.client import a_session
from tests.spapi_fake.clock import Clock
from tests.spapi_fake.fake import FakeSpapi
from tests.spapi_fake.faults import Fault, outage
from tests.spapi_fake.fixtures import BEGIN, fake_spapi, needs_models, spapi_host
from tests.spapi_fake.models import FOLDER
from tests.spapi_fake.reports import HEALTH as HEALTH_TYPE
from tests.spapi_fake.reports import UNSHIPPED as UNSHIPPED_TYPE
from tests.spapi_fake.shop import incident
from watchdog.sources.files import read_file
from watchdog.sources.spapi.documents import is_amazons
from watchdog.sources.spapi.reports import HEALTH, UNSHIPPED, Report, ReportKind
from watchdog.sources.spapi.troubles import Later, Refused, Rejected
from watchdog.terms.errors import SourceError
from watchdog.terms.look import Batch, Kind, Rest
from watchdog.terms.marketplace import BY_ID, JAPAN
from watchdog.terms.observation import Interface, Observation, Status

if TYPE_CHECKING:
    from watchdog.terms.look import Mark

__all__ = ["fake_spapi", "spapi_host"]

HERE = Path(__file__).parent
MINUTE = timedelta(minutes=1)


class _Stage:
    """
    A report source whose polls follow one another as it wishes.
    """

    def __init__(self, folder: Path, kind: ReportKind, fake: FakeSpapi | None = None, **more: Any) -> None:
        self.fake = fake or FakeSpapi(Clock(BEGIN), incident(BEGIN, timedelta()))
        self.folder, self.kind, self.more = folder, kind, more
        self.mark: Mark | None = None
        self.now: datetime = BEGIN
        self.source = self.restarted()

    def restarted(self) -> Report:
        return Report(a_session(self.fake), self.kind, (BY_ID[JAPAN],), a_reading(), self.folder, **self.more)

    def poll(self, after: timedelta = timedelta()) -> list[Batch]:
        self.now += after
        self.fake.clock.set(self.now)
        batches = []
        for said in self.source.poll(self.mark, self.now):
            self.mark = said.mark or self.mark
            if isinstance(said, Rest):
                self.wish, self.answered = said.again_at, said.answered
            else:
                batches.append(said)
        return batches

    def until_said(self) -> list[Batch]:
        """
        Poll when the source wishes to be polled, until it says something.
        """
        for _ in range(20):
            if batches := self.poll():
                return batches
            assert self.wish is not None
            self.now = self.wish
        raise AssertionError("nothing was said")


@needs_models
def test_amazons_published_example_is_read_as_if_it_had_been_dropped(tmp_path: Path) -> None:
    """
    Through create, poll, download and unpacking it says exactly what the file says.
    """
    example = json.loads((FOLDER / "accountHealthReport-2020-11-18.json").read_text())["examples"][0]
    stage = _Stage(tmp_path, HEALTH)
    stage.fake.desk.health = example
    (tmp_path / "dropped.json").write_text(json.dumps(example))

    [batch] = stage.until_said()
    [dropped] = read_file(tmp_path / "dropped.json", as_of=batch.look.as_of, reading=a_reading())
    assert batch.health == tuple(replace(figure, source=batch.look.source) for figure in dropped.health)
    assert (len(batch.health) > 5, batch.look.kind, batch.look.source) == (True, Kind.HEALTH, "spapi:report:health_report")
    assert stage.fake.violations == []


def test_the_unshipped_report_shows_the_reset_order_alone(tmp_path: Path) -> None:
    """
    Its siblings are still pending, so they are not in it; it speaks of the moment Amazon began to gather it.
    """
    stage = _Stage(tmp_path, UNSHIPPED)

    [batch] = stage.until_said()
    [row] = batch.rows
    said = batch.read(row)
    assert isinstance(said, Observation)
    assert (said.facts.status, batch.look.interface) == (Status.UNSHIPPED, Interface.UNSHIPPED_REPORT)
    assert batch.look.as_of == BEGIN + timedelta(seconds=30)
    assert [asked.operation for asked in stage.fake.asked if "Restricted" in asked.operation] == ["createRestrictedDataToken"]
    assert stage.fake.violations == []


def test_one_report_costs_few_calls_and_the_next_is_asked_for_when_it_is_due(tmp_path: Path) -> None:
    """
    A day of polls every four minutes makes four reports of account health.
    """
    stage = _Stage(tmp_path, HEALTH)
    stage.fake.desk.health = _health()
    said = sum(len(stage.poll(4 * MINUTE)) for _ in range(24 * 15))

    calls = [stage.fake.calls(operation) for operation in ("createReport", "getReport", "getReportDocument", "document")]
    assert (said, calls) == (4, [4, 4, 4, 4])


def test_a_restart_goes_on_with_the_report_under_way(tmp_path: Path) -> None:
    """
    The mark remembers it: nothing is asked for twice.
    """
    stage = _Stage(tmp_path, HEALTH)
    stage.fake.desk.health = _health()
    stage.poll()
    stage.source = stage.restarted()

    assert len(stage.until_said()) == 1
    assert stage.fake.calls("createReport") == 1


def test_a_cancelled_report_is_no_data(tmp_path: Path) -> None:
    """
    Nothing is said, nothing is wrong: it counts as an answer, and the next one is asked for at its time.
    """
    stage = _Stage(tmp_path, HEALTH)
    said, answered = 0, 0
    for _ in range(100):
        said += len(stage.poll(4 * MINUTE))
        answered += stage.answered

    assert (said, answered, stage.fake.calls("createReport")) == (0, 2, 2)


def test_no_report_is_missed_however_late_the_turns_come(tmp_path: Path) -> None:
    """
    One every six hours is 28 in a week: neither the making nor a turn that comes late puts the next one off.
    """
    stage = _Stage(tmp_path, HEALTH)
    stage.fake.desk.health = _health()
    turns, read = timedelta(minutes=14, seconds=59), 0
    while stage.now + turns < BEGIN + timedelta(days=7):
        read += bool(stage.poll(turns))

    assert (stage.fake.calls("createReport"), read) == (28, 28)


def test_a_machine_that_slept_asks_for_one_report_and_not_for_all_it_missed(tmp_path: Path) -> None:
    """
    After two days the six hours begin anew.
    """
    stage = _Stage(tmp_path, HEALTH)
    stage.fake.desk.health = _health()
    stage.until_said()
    stage.poll(timedelta(days=2))
    for _ in range(5 * 60):
        stage.poll(MINUTE)

    assert stage.fake.calls("createReport") == 2


def test_a_report_amazon_could_not_make_is_said_and_not_asked_for_at_once(tmp_path: Path) -> None:
    """
    Asking too often makes the next one fail as well.
    """
    stage = _Stage(tmp_path, HEALTH)
    stage.fake.desk.health, stage.fake.desk.outcome = _health(), "FATAL"
    stage.poll()

    with pytest.raises(Later) as failed:
        stage.poll(5 * MINUTE)
    stage.poll(50 * MINUTE)
    assert (failed.value.code, stage.fake.calls("createReport")) == ("report_failed", 1)
    stage.poll(11 * MINUTE)
    assert stage.fake.calls("createReport") == 2


def test_a_report_that_hangs_is_given_up(tmp_path: Path) -> None:
    """
    Some stay in progress for days; the pauses between two looks grow.
    """
    stage = _Stage(tmp_path, HEALTH)
    stage.fake.desk.health, stage.fake.desk.takes = _health(), timedelta(days=3)

    for _ in range(6 * 15):
        stage.poll(4 * MINUTE)

    with pytest.raises(Later):
        stage.poll(10 * MINUTE)
    assert (stage.fake.calls("createReport"), stage.fake.calls("getReport") < 50) == (1, True)


def test_a_notification_ends_the_waiting(tmp_path: Path) -> None:
    """
    Who hears that the report is finished need not wait for its turn.
    """
    stage = _Stage(tmp_path, HEALTH)
    stage.fake.desk.health, stage.fake.desk.takes = _health(), timedelta(minutes=13)
    for _ in range(4):
        stage.poll(4 * MINUTE)
    waiting = stage.poll(timedelta(seconds=90))
    stage.source.finished("50001")

    assert (waiting, len(stage.poll(timedelta(seconds=1)))) == ([], 1)


def test_a_report_nobody_wants_now_is_not_asked_for(tmp_path: Path) -> None:
    """
    The order report steps in only where the orders themselves can't be asked for.
    """
    needed: list[bool] = []
    stage = _Stage(tmp_path, UNSHIPPED, wanted=lambda _now: bool(needed))
    stage.poll()
    needed.append(True)

    assert stage.fake.calls("createReport") == 0
    assert len(stage.until_said()) == 1


def test_without_the_restricted_role_the_report_is_refused_by_name(tmp_path: Path) -> None:
    """
    The sentence says which role is missing.
    """
    stage = _Stage(tmp_path, UNSHIPPED)
    stage.fake.faults.add(Fault("createRestrictedDataToken", status=403, code="Unauthorized"))

    with pytest.raises(Refused) as refused:
        stage.until_said()
    assert refused.value.values["role"] == "Direct-to-Consumer Shipping (Restricted)"


@pytest.mark.parametrize(
    "host", ["https://evil.example", "http://tortuga.s3.us-west-2.amazonaws.com", "https://amazonaws.com.evil.example"]
)
def test_a_document_elsewhere_is_not_fetched(tmp_path: Path, host: str) -> None:
    """
    Only encrypted and from Amazon's hosts; the address is not shown.
    """
    stage = _Stage(tmp_path, UNSHIPPED)
    stage.fake.desk.host = host

    with pytest.raises(Rejected) as rejected:
        stage.until_said()
    assert "fakesignature" not in repr(rejected.value) + str(rejected.value.values)
    assert stage.fake.calls("document") == 0


def test_a_redirect_is_not_followed(fake_spapi: FakeSpapi, tmp_path: Path) -> None:
    """
    Over a real socket: where a document is redirected to, nobody arrives.
    """
    fake_spapi.desk.health, fake_spapi.desk.redirects = _health(), f"{fake_spapi.base}/elsewhere"
    with contextlib.closing(a_session(fake_spapi, socket=True)) as session:
        source = Report(session, HEALTH, (BY_ID[JAPAN],), a_reading(), tmp_path)
        [first] = [said for said in source.poll(None, BEGIN) if isinstance(said, Rest)]
        fake_spapi.clock.set(BEGIN + 2 * MINUTE)

        with pytest.raises(Later):
            list(source.poll(first.mark, BEGIN + 2 * MINUTE))
    assert fake_spapi.asked[-1].operation == "document"


def test_the_hosts_of_documents() -> None:
    """
    S3 and CloudFront over https, and the host the API itself was set to.
    """
    fe = "https://sellingpartnerapi-fe.amazon.com"

    assert is_amazons("https://tortuga-prod-fe.s3.us-west-2.amazonaws.com/x?X-Amz-Signature=1", fe)
    assert is_amazons("https://d34o8swod1owfl.cloudfront.net/Report_47700.txt", fe)
    assert is_amazons("http://127.0.0.1:8765/d", "http://127.0.0.1:8765")
    assert not is_amazons("http://127.0.0.1:8765/d", fe)
    assert not is_amazons("https://user@x.amazonaws.com/d", fe)
    assert not is_amazons("http://host.example/d", "http://host.example")
    assert not is_amazons("https://[x", fe)


@pytest.mark.parametrize("content", [b"\x1f\x8bnot packed at all", gzip.compress(b"orders")[:-6]], ids=["no gzip", "cut off"])
def test_a_damaged_document_is_fetched_again_later(tmp_path: Path, content: bytes) -> None:
    """
    Nothing of it is believed; the pauses grow, and the report is given up in the end.
    """
    stage = _Stage(tmp_path, UNSHIPPED)
    stage.fake.faults.add(Fault("document", spoil=lambda _asked, _body: content, times=1))
    with pytest.raises(SourceError) as damaged:
        stage.until_said()
    stage.poll(timedelta(minutes=15))

    assert damaged.value.code == "spapi_unreadable"
    assert stage.fake.calls("document") == 2


@pytest.mark.parametrize(
    ("content_type", "encoding"),
    [("text/plain;charset=UTF-8", "utf-8"), ("text/tab-separated-values; charset=windows-31j", "cp932"), ("", "cp932"), ("", "utf-8-sig")],
)
def test_japanese_reports_are_read_in_every_encoding_amazon_uses(tmp_path: Path, content_type: str, encoding: str) -> None:
    """
    Byte order mark, then the header's word, then strict UTF-8, then CP932.
    """
    stage = _Stage(tmp_path, UNSHIPPED)
    title = "予約CD「秋の音」"
    header = "order-id\torder-item-id\tpurchase-date\tpromise-date\tsku\tproduct-name"
    row = f"250-0000000-0000001\t1\t2026-07-01T00:00:00+00:00\t2026-09-08T14:59:59+00:00\tCD\t{title}"
    text = f"{header}\n{row}\n"
    stage.fake.desk.contents[UNSHIPPED_TYPE] = text.encode(encoding)
    stage.fake.desk.content_type = content_type

    [batch] = stage.until_said()
    said = batch.read(batch.rows[0])
    assert isinstance(said, Observation)
    assert said.title == title


def test_no_name_and_no_address_stays_on_the_disk(tmp_path: Path) -> None:
    """
    The document never has a name in any folder, not even while it is read.
    """
    stage = _Stage(tmp_path, UNSHIPPED)
    stage.poll()
    stage.now += 3 * MINUTE
    stage.fake.clock.set(stage.now)

    for said in stage.source.poll(stage.mark, stage.now):
        assert (list(tmp_path.iterdir()), isinstance(said, Batch | Rest)) == ([], True)


def test_an_outage_of_two_hours_only_delays(tmp_path: Path) -> None:
    """
    The report under way is not lost.
    """
    stage = _Stage(tmp_path, HEALTH)
    stage.fake.desk.health = _health()
    stage.poll()
    stage.fake.faults.add(outage(BEGIN, BEGIN + timedelta(hours=2), "getReport"))
    for _ in range(30):
        with contextlib.suppress(Later):
            stage.poll(4 * MINUTE)
    stage.now += 16 * MINUTE

    assert (len(stage.until_said()), stage.fake.calls("createReport")) == (1, 1)


@pytest.mark.parametrize("megabytes", [1, pytest.param(200, marks=pytest.mark.slow)])
def test_a_large_packed_report_is_read_in_little_memory(tmp_path: Path, megabytes: int, proving: bool) -> None:
    """
    200 MB of gzip, read whole, in at most 150 MB; measured in a process of its own.
    """
    if megabytes > 1 and not proving:
        pytest.skip("the long form runs under `make prove`")
    done = subprocess.run(
        [sys.executable, "-m", "tests.sources.spapi.large_report", str(tmp_path), str(megabytes)],
        check=True,
        capture_output=True,
        text=True,
        cwd=HERE.parents[2],
    )

    figures = json.loads(done.stdout)
    assert figures["packed_mb"] >= megabytes
    assert figures["rows"] == figures["written"]
    assert figures["peak_mb"] <= 150


def _health() -> dict[str, Any]:
    return {
        "accountStatuses": [{"marketplaceId": JAPAN, "status": "NORMAL"}],
        "performanceMetrics": [
            {
                "marketplaceId": JAPAN,
                "lateShipmentRate": {
                    "reportingDateRange": {"reportingDateFrom": "2026-07-01T00:00Z", "reportingDateTo": "2026-07-31T00:00Z"},
                    "orderCount": 50,
                    "lateShipmentCount": 1,
                    "rate": 0.02,
                    "status": "GOOD",
                    "targetValue": 0.04,
                    "targetCondition": "LESS_THAN",
                },
            }
        ],
    }


def test_the_types_are_amazons() -> None:
    """
    The fake's names and ours are the same two report types.
    """
    assert (HEALTH.type, UNSHIPPED.type) == (HEALTH_TYPE, UNSHIPPED_TYPE)
