"""
Reports: asked for, waited for over turns of the patrol, downloaded into a nameless file, unpacked and read by the readers of dropped files.

The file has no name from the first moment on, so that no crash leaves a buyer's address behind.
"""

from __future__ import annotations

import gzip
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from watchdog.sources.files import Reading, read_open
from watchdog.sources.spapi.documents import fetch
from watchdog.sources.spapi.operations import CREATE_REPORT, CREATE_RESTRICTED_TOKEN, GET_REPORT, GET_REPORT_DOCUMENT, Operation
from watchdog.sources.spapi.session import Session
from watchdog.sources.spapi.troubles import Later
from watchdog.terms.errors import SourceError
from watchdog.terms.look import API, Batch, Look, Reason, Rest
from watchdog.terms.marketplace import Marketplace
from watchdog.terms.moments import UnreadableDate, parse_instant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from watchdog.terms.identity import OrderKey
    from watchdog.terms.look import Mark

#: First pause between two looks at a report in the making; it doubles up to the longest.
_FIRST_LOOK = timedelta(seconds=30)
_LONGEST_LOOK = timedelta(minutes=10)
#: A report that is not made by then never will be (some hang for days).
_PATIENCE = timedelta(hours=6)
#: After a failure Amazon is not asked for the same report at once: that alone makes it fail again.
_AFTER_FAILURE = timedelta(hours=1)
_MOMENTS = ("asked_at", "look_at", "due_at", "round_at")
_PACKED = b"\x1f\x8b"
_OPERATIONS = (CREATE_REPORT, GET_REPORT, GET_REPORT_DOCUMENT, CREATE_RESTRICTED_TOKEN)


@dataclass(frozen=True, slots=True)
class ReportKind:
    """
    A report Amazon makes, and how often we want it.
    """

    type: str
    name: str  #: of the source: ``spapi:report:health``
    every: timedelta
    role: str  #: Amazon's name of a role that allows it
    restricted: bool = False  #: its document is shown to a restricted data token only


#: Amazon renews it a few times a day.
HEALTH = ReportKind("GET_V2_SELLER_PERFORMANCE_REPORT", f"{API}report:health", timedelta(hours=6), "Selling Partner Insights")
UNSHIPPED = ReportKind(
    "GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING",
    f"{API}report:unshipped",
    timedelta(hours=1),
    "Direct-to-Consumer Shipping (Restricted)",
    restricted=True,
)


@dataclass
class _Course:
    """
    The report under way, or when the last one ended; what the mark keeps.
    """

    report: str | None = None
    asked_at: datetime | None = None
    looks: int = 0
    look_at: datetime | None = None
    due_at: datetime | None = None  #: the next one is asked for; None: at once
    round_at: datetime | None = None  #: when this one was due: the next is counted from it, so that waiting and late turns do not add up
    answered: bool = False  #: in this poll Amazon said that there is nothing to report

    def begin(self, report: str, now: datetime, every: timedelta) -> None:
        self.report, self.asked_at, self.looks, self.look_at = report, now, 0, now + _FIRST_LOOK
        in_time = self.due_at is not None and now - self.due_at < every
        self.round_at = self.due_at if in_time else now

    def wait(self, now: datetime) -> None:
        self.looks += 1
        self.look_at = now + min(_FIRST_LOOK * 2 ** min(self.looks, 10), _LONGEST_LOOK)

    def end(self, due_at: datetime) -> None:
        self.report, self.look_at, self.due_at = None, None, due_at

    def end_round(self, now: datetime, every: timedelta) -> None:
        self.end((self.round_at or now) + every)

    def is_stuck(self, now: datetime) -> bool:
        return self.asked_at is not None and now - self.asked_at > _PATIENCE

    def as_mark(self) -> dict[str, Any]:
        moments = {name: getattr(self, name) for name in _MOMENTS}
        shown = {name: moment.isoformat() if moment else None for name, moment in moments.items()}
        return {"report": self.report, "looks": self.looks, **shown}


@dataclass
class Report:
    """
    A source that has one kind of report made again and again.
    """

    session: Session
    kind: ReportKind
    marketplaces: tuple[Marketplace, ...]
    reading: Reading
    folder: Path  #: where a document may lie while it is read; nobody else's to look into
    #: Says whether it is wanted now: an order report steps in only where the orders themselves can't be asked for.
    wanted: Callable[[datetime], bool] = lambda _now: True
    _finished: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """
        The stable name of the source.
        """
        return self.kind.name

    def poll(self, mark: Mark | None, now: datetime) -> Iterator[Batch | Rest]:
        """
        Go one step: ask for a report, look where it stands, or yield what it says; at last a Rest with the mark and when to go on.

        Raises:
            SourceError: Amazon refuses, is out of reach, or could not make the report; raised after the Rest.
        """
        self.session.recall((mark or {}).get("session"))
        course = _recalled(mark)
        trouble: SourceError | None = None
        try:
            if course.report is not None:
                yield from self._follow(course, course.report, now)
            elif (course.due_at is None or course.due_at <= now) and self.wanted(now):
                course.begin(self._ask(now), now, self.kind.every)
        except SourceError as error:
            trouble = error
        waits = trouble if isinstance(trouble, Later) and not trouble.asked else None
        yield Rest(self._mark(course), waits.again_at if waits else course.look_at, answered=course.answered)
        if trouble is not None and waits is None:
            raise trouble

    def look(self, keys: Sequence[OrderKey], now: datetime) -> Iterator[Batch]:  # noqa: ARG002 - the port's signature
        """
        Yield nothing: a report can't be asked for single orders.
        """
        return iter(())

    def again(self, content: str) -> Iterator[Batch]:  # noqa: ARG002 - the port's signature
        """
        Yield nothing: no document is kept.
        """
        return iter(())

    def finished(self, report: str) -> None:
        """
        Hear from a notification that Amazon is done with a report: the next poll looks at it without waiting.
        """
        self._finished.add(report)

    def _ask(self, now: datetime) -> str:
        places = [store.id for store in self.marketplaces]
        answer = self.session.request(self._as(CREATE_REPORT), now=now, body={"reportType": self.kind.type, "marketplaceIds": places})
        report = answer.fields.get("reportId")
        if not isinstance(report, str) or not report:
            raise self.session.unreadable(CREATE_REPORT, now)
        return report

    def _follow(self, course: _Course, report: str, now: datetime) -> Iterator[Batch]:
        if course.look_at is not None and course.look_at > now and report not in self._finished:
            return
        made = self.session.request(self._as(GET_REPORT), now=now, path={"reportId": report}).fields
        match made.get("processingStatus"):
            case "DONE" if not course.is_stuck(now):
                course.wait(now)  # should the document not come, it is asked for again later
                yield from self._read(course, made, now)
            case "CANCELLED":  # Amazon's word for "there is no data": nothing is said, nothing is wiped
                course.answered = True
                course.end_round(now, self.kind.every)
            case "IN_QUEUE" | "IN_PROGRESS" if not course.is_stuck(now):
                course.wait(now)
            case _:  # FATAL, hangs, can't be fetched, or is forgotten by Amazon
                course.end(now + _AFTER_FAILURE)
                raise Later(Reason("report_failed", {"report": self.kind.type}), now + _AFTER_FAILURE, asked=True)
        if course.report is None:
            self._finished.discard(report)

    def _read(self, course: _Course, made: Mapping[str, Any], now: datetime) -> Iterator[Batch]:
        document = str(made.get("reportDocumentId") or "")
        as_of = _generated(made, self.marketplaces[0]) or course.asked_at or now
        ours: dict[str, Look] = {}
        with tempfile.TemporaryFile(dir=self.folder) as kept:
            charset = self._download(document, kept, now)
            with _unpacked(kept) as file:
                for batch in self._batches(file, as_of, charset, now):
                    look = ours.setdefault(batch.look.source, replace(batch.look, source=_our_name(batch.look.source)))
                    if batch.last:
                        course.end_round(now, self.kind.every)
                    figures = tuple(replace(figure, source=look.source) for figure in batch.health)
                    yield replace(batch, look=look, health=figures, mark=self._mark(course) if batch.last else None)

    def _batches(self, file: BinaryIO, as_of: datetime, charset: str | None, now: datetime) -> Iterator[Batch]:
        try:
            yield from read_open(file, as_of=as_of, reading=self.reading, name=self.kind.type, charset=charset)
        except (OSError, EOFError, zlib.error):
            raise self.session.unreadable(GET_REPORT_DOCUMENT, now) from None

    def _download(self, document: str, into: BinaryIO, now: datetime) -> str | None:
        """
        Write the document as Amazon's host gives it; return the encoding that host names.
        """
        operation, path = self._as(GET_REPORT_DOCUMENT), {"reportDocumentId": document}
        if (free_at := self.session.free_at(operation, now)) > now:  # before a token is made for nothing
            raise Later(Reason("spapi_waiting", {"operation": operation.name}), free_at, asked=False)
        token = self.session.restricted_token(operation.path.format_map(path), now=now) if self.kind.restricted else None
        answer = self.session.request(operation, now=now, path=path, restricted=token).fields
        url = answer.get("url")
        if not isinstance(url, str):
            raise self.session.unreadable(GET_REPORT_DOCUMENT, now)
        return _charset(fetch(self.session, url, into, now=now))

    def _as(self, operation: Operation) -> Operation:
        """
        Return the operation with the role this report needs, so that a refusal names it.
        """
        return replace(operation, role=self.kind.role)

    def _mark(self, course: _Course) -> Mark:
        return {**course.as_mark(), "session": self.session.as_mark(_OPERATIONS)}


@contextmanager
def _unpacked(kept: BinaryIO) -> Iterator[BinaryIO]:
    """
    Open the document as the text it is; its own first bytes tell whether it is packed, whatever was said of it on the way.
    """
    kept.seek(0)
    packed = kept.read(len(_PACKED)) == _PACKED
    kept.seek(0)
    if not packed:
        yield kept
        return
    with gzip.GzipFile(fileobj=kept, mode="rb") as file:
        yield cast("BinaryIO", file)


def _our_name(source: str) -> str:
    """
    Return the name of the look: what the inbox calls ``inbox:health_report`` came through the API here.
    """
    return f"{API}report:{source.removeprefix('inbox:')}"


def _generated(made: Mapping[str, Any], home: Marketplace) -> datetime | None:
    """
    Return the moment the report speaks of: when Amazon began to gather it, for an order may change while it is written.
    """
    for name in ("processingStartTime", "createdTime"):
        try:
            moment = parse_instant(str(made.get(name) or ""), home.zone)
        except UnreadableDate:
            continue
        if moment is not None:
            return moment.astimezone(UTC)
    return None


def _charset(content_type: str) -> str | None:
    parts = (part.strip().partition("=") for part in content_type.split(";")[1:])
    return next((value for name, _, value in parts if name.lower() == "charset"), None)


def _recalled(mark: Mark | None) -> _Course:
    held = mark or {}
    report, looks = held.get("report"), held.get("looks")
    return _Course(
        report if isinstance(report, str) else None,
        _moment(held.get("asked_at")),
        looks if isinstance(looks, int) else 0,
        _moment(held.get("look_at")),
        _moment(held.get("due_at")),
        _moment(held.get("round_at")),
    )


def _moment(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
