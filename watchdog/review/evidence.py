"""
A case as files fit to be attached to a ticket: a page in Markdown, every observation as CSV, the letters as sent, their digests; pure.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from watchdog import __version__
from watchdog.review.evidence_texts import evidence_text
from watchdog.review.next_steps import said_with
from watchdog.review.sheets import harmless
from watchdog.store.papers import SentLetter
from watchdog.store.testimony import SaidDate, Seen, Sibling
from watchdog.terms.case import CaseEvent, CaseFile, standing_steps
from watchdog.terms.finding import EvidenceKind
from watchdog.terms.identity import show_case_no
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import show_instant
from watchdog.terms.observation import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from watchdog.review.words import Words
    from watchdog.terms.finding import Evidence

#: So many observations stand in the page itself; the CSV has all of them.
_SHOWN = 60
_STATUSES = frozenset(Status)
#: What the seller wrote for himself; the page is made to be handed to Amazon.
_PRIVATE = frozenset({CaseEvent.NOTE, CaseEvent.DISMISS})


@dataclass(frozen=True, slots=True)
class Testimony:
    """
    All that is on record of a case.
    """

    file: CaseFile
    seen: tuple[Seen, ...]
    siblings: tuple[Sibling, ...]
    sibling_count: int
    releases: tuple[SaidDate, ...]
    letters: tuple[SentLetter, ...]


def evidence_files(testimony: Testimony, words: Words, *, now: datetime) -> dict[str, bytes]:
    """
    Return every file by its name inside the folder; ``SHA256SUMS`` holds the digests of the others.
    """
    zone = BY_ID[testimony.file.case.subject.marketplace_id].zone
    files = {"evidence.md": _Page(testimony, words, zone, now).text().encode(), "observations.csv": _observations(testimony.seen, zone)}
    if testimony.siblings:
        files["siblings.csv"] = _siblings(testimony.siblings)
    if testimony.releases:
        files["release-dates.csv"] = _releases(testimony.releases)
    for number, letter in enumerate(testimony.letters, 1):
        files[_letter_name(number, letter)] = letter.text.encode()
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    return files | {"SHA256SUMS": sums.encode()}


def _letter_name(number: int, letter: SentLetter) -> str:
    return f"letters/{number}-{letter.kind}.{letter.language}.txt"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


_OBSERVED = (
    *("order_id", "sku", "seen_at_utc", "seen_at_local", "source", "file", "file_sha256_begins", "listed", "previous_status", "status"),
    *("previous_ship_by", "ship_by", "payment", "address_was_read", "cancel_requested", "ready_to_ship_at_utc", "shipped_at_utc"),
)


def _observations(seen: Iterable[Seen], zone: ZoneInfo) -> bytes:
    return _table(_OBSERVED, _observed(seen, zone))


def _observed(seen: Iterable[Seen], zone: ZoneInfo) -> Iterator[Sequence[str]]:
    """
    Yield one row per state, with what was last said before it of the same line.
    """
    known: dict[tuple[str, str | None], tuple[str, str]] = {}
    for each in seen:
        status, ship_by = known.get((each.order_id, each.sku), ("", ""))
        now = each.status or "", _day(each.ship_by)
        yield (
            *(each.order_id, each.sku or "", show_instant(each.seen_at), f"{each.seen_at.astimezone(zone):%Y-%m-%d %H:%M:%S%z}"),
            *(each.source, each.look, each.digest or "", _yes(each.listed), status, now[0], ship_by, now[1], each.payment or ""),
            *(_yes(each.address_seen), _yes(each.cancel_requested), _moment(each.ready_at), _moment(each.shipped_at)),
        )
        if each.listed:
            known[each.order_id, each.sku] = (now[0] or status, now[1] or ship_by)


def _siblings(siblings: Iterable[Sibling]) -> bytes:
    return _table(("order_id", "status", "ship_by"), ((each.order_id, each.status or "", _day(each.ship_by)) for each in siblings))


def _releases(releases: Iterable[SaidDate]) -> bytes:
    head = ("release_date", "source", "first_said_at_utc", "last_said_at_utc", "said_in")
    return _table(
        head, ((_day(e.release_date), str(e.source), show_instant(e.learned_at), show_instant(e.repeated_at), e.look) for e in releases)
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _moment(moment: datetime | None) -> str:
    return show_instant(moment) if moment is not None else ""


def _yes(value: bool | None) -> str:  # noqa: FBT001 - a fact that is known or not
    return "" if value is None else "yes" if value else "no"


class _Page:
    """
    The page in Markdown.
    """

    def __init__(self, testimony: Testimony, words: Words, zone: ZoneInfo, now: datetime) -> None:
        self.told, self.words, self.zone, self.now = testimony, words, zone, now
        self.case = testimony.file.case

    def text(self) -> str:
        """
        Return the whole page.
        """
        return "\n".join([*self._head(), *self._facts(), *self._observed(), *self._others(), *self._timeline(), *self._letters()]) + "\n"

    def _head(self) -> Iterator[str]:
        finding, number = self.case.finding, show_case_no(self.case.no)
        yield f"# {self._say('title', case=number, name=self.case.subject.order_id or finding.asin or finding.sku or '-')}"
        yield ""
        zone = self.words.zone(self.zone)
        yield self._say("made", when=self._when(self.now), zone=zone, version=__version__)
        yield self._say("honest")
        yield ""
        yield f"## {self._say('about')}"
        yield ""
        rows = [
            (self._say("order"), ", ".join(finding.orders) or self.case.subject.order_id or "-"),
            ("ASIN / SKU", " / ".join(part for part in (finding.asin, finding.sku) if part) or "-"),
            (self._say("product"), finding.title or "-"),
            (self._say("release"), f"{self._date(finding.release_date)} {self._source(finding.release_source)}".strip()),
            (self._say("ship_by"), self._moved(finding.previous_ship_by, finding.ship_by)),
            (self._say("state"), self.words.outcomes[self.case.outcome] if self.case.outcome else self.words.states[self.case.state]),
        ]
        yield from self._table((self._say("item"), self._say("content")), rows)

    def _facts(self) -> Iterator[str]:
        yield f"## {self._say('facts')}"
        yield ""
        head = ("what", "before", "after", "last_seen_before", "seen", "source")
        rows = (
            (
                self.words.evidence[item.kind],
                self._value(item.old),
                self._value(item.new) + self._count(item),
                self._when(item.before_at),
                self._when(item.seen_at),
                self._source(item.source),
            )
            for item in self.case.finding.evidence
        )
        yield from self._table([self._say(code) for code in head], rows)

    def _observed(self) -> Iterator[str]:
        seen = self.told.seen
        yield f"## {self._say('observations', count=len(seen))}"
        yield ""
        head = [self._say(code) for code in ("seen", "order", "ship_by", "status", "source", "file")]
        yield from self._table(head, (self._look(each) for each in seen[:_SHOWN]))
        if len(seen) > _SHOWN:
            yield self._say("observations_more", count=len(seen) - _SHOWN)
            yield ""
        yield self._say("digest_note")
        yield ""

    def _look(self, each: Seen) -> Sequence[str]:
        if each.listed:
            told = (self._date(each.ship_by) if each.ship_by else "-", self._value(each.status) or "-")
        else:
            told = (self._say("unlisted"), "-")
        return self._when(each.seen_at), each.order_id, *told, self._source(each.source), f"{each.look} {(each.digest or '')[:12]}".strip()

    def _others(self) -> Iterator[str]:
        yield f"## {self._say('siblings', count=self.told.sibling_count)}"
        yield ""
        if self.told.siblings:
            days = Counter(each.ship_by for each in self.told.siblings)
            rows = ((self._date(day), str(count)) for day, count in sorted(days.items(), key=lambda each: (each[0] is None, each[0])))
            yield from self._table((self._say("ship_by"), self._say("orders")), rows)
        else:
            yield self._say("no_siblings")
            yield ""
        if not self.told.releases:
            return
        yield f"## {self._say('releases')}"
        yield ""
        head = [self._say(code) for code in ("release", "source", "learned", "repeated")]
        said = (
            (self._date(e.release_date), self._source(e.source), self._when(e.learned_at), self._when(e.repeated_at))
            for e in self.told.releases
        )
        yield from self._table(head, said)

    def _timeline(self) -> Iterator[str]:
        """
        Yield what was done and still stands, without what the seller noted for himself.
        """
        yield f"## {self._say('timeline')}"
        yield ""
        head = [self._say(code) for code in ("when", "what", "by")]
        rows = (
            (self._when(step.at), " ".join((self.words.events[step.event], *said_with(step, self.words, self.zone, now=self.now))), step.by)
            for step in standing_steps(self.told.file.steps)
            if step.event not in _PRIVATE
        )
        yield from self._table(head, rows)

    def _letters(self) -> Iterator[str]:
        yield f"## {self._say('letters')}"
        yield ""
        if self.told.letters:
            head = [self._say(code) for code in ("when", "kind", "by", "letter")]
            rows = (
                (self._when(letter.sent_at), self.words.letters[letter.kind], letter.by, _letter_name(number, letter))
                for number, letter in enumerate(self.told.letters, 1)
            )
            yield from self._table(head, rows)
            yield self._say("letter_note")
        else:
            yield self._say("no_letters")
        yield ""
        yield self._say("sums")

    def _table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
        yield f"| {' | '.join(head)} |"
        yield f"|{' --- |' * len(head)}"
        for row in rows:
            yield f"| {' | '.join(_cell(cell) for cell in row)} |"
        yield ""

    def _say(self, code: str, **values: object) -> str:
        return evidence_text(code, self.words.language, **values)

    def _date(self, day: date | None) -> str:
        return self.words.day(day) if day is not None else self._say("unknown")

    def _count(self, item: Evidence) -> str:
        return self._say("many", count=item.note) if item.kind is EvidenceKind.SIBLINGS and item.note else ""

    def _moved(self, before: date | None, now: date | None) -> str:
        return f"{self._date(before)} → {self._date(now)}" if before is not None else self._date(now)

    def _when(self, moment: datetime | None) -> str:
        return f"{moment.astimezone(self.zone):%Y-%m-%d %H:%M}" if moment is not None else ""

    def _source(self, name: str | None) -> str:
        return self.words.source(name) if name else ""

    def _value(self, value: str | None) -> str:
        if not value:
            return ""
        if value in _STATUSES:
            return self.words.statuses[Status(value)]
        try:
            return self.words.day(date.fromisoformat(value))
        except ValueError:
            return value


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
