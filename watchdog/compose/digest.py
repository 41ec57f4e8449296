"""
The daily digest as a message: one page of sections, each a list of short lines; it says only what is on record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from watchdog.compose import digest_words as tables
from watchdog.compose.conditions import spoken
from watchdog.compose.headline import cut
from watchdog.compose.matter import Matter, one_line
from watchdog.compose.page import Printed
from watchdog.compose.phrases import said
from watchdog.compose.slack import HEADER, SECTION, escape, link
from watchdog.compose.steps import STEP_TITLES, NextStep
from watchdog.compose.telling import step_of
from watchdog.compose.wording import Words
from watchdog.terms.case import CaseEvent, CaseFile, CaseState, standing_steps
from watchdog.terms.finding import Cause, Severity
from watchdog.terms.identity import show_case_no
from watchdog.terms.letter import LetterKind
from watchdog.terms.message import MessageKind, Notice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from watchdog.compose.render import Renderer
    from watchdog.compose.screens import Screens
    from watchdog.terms.case import Case
    from watchdog.terms.digest import Digest
    from watchdog.terms.finding import Finding
    from watchdog.terms.look import Reason
    from watchdog.terms.product import Product
    from watchdog.terms.promise import Promise
    from watchdog.terms.verdict import Coverage

#: So many of a kind are named; a phone shows no more.
LINES = 30
_TITLE = 40
_PRODUCT_CAUSES = frozenset({Cause.RELEASE_MOVED, Cause.LISTING_RESET, Cause.LISTING_MISDATED})
#: The letter a step is done with, where it is not the cause's own.
_LETTERS: Mapping[NextStep, LetterKind] = {
    NextStep.APPROVE: LetterKind.APPROVE,
    NextStep.FOLLOW_UP: LetterKind.FOLLOW_UP,
    NextStep.REOPEN: LetterKind.FOLLOW_UP,
    NextStep.OTHER_WAYS: LetterKind.TICKET_PHONE,
    NextStep.SEND_TICKET: LetterKind.TICKET,
}


@dataclass(frozen=True, slots=True)
class Item:
    """
    One line, and what stands below it.
    """

    text: str
    details: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """
    Lines under one heading.
    """

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class DigestPage(Printed):
    """
    Everything the templates of the digest may print.
    """

    subject: str
    headline: str
    sections: tuple[Section, ...]
    commands: tuple[str, ...]
    zone: str
    screen: str  #: the address of the first page; empty where nobody could open it


#: What templates of the digest may name, at the top and inside lists.
DIGEST_NAMES = frozenset(field.name for field in fields(DigestPage))
DIGEST_PARTS = frozenset({"title", "items", "text", "details", "link"})


@dataclass(frozen=True)
class _Speaker:
    """
    Says a digest in one language at one moment.
    """

    words: Words
    zone: ZoneInfo
    now: datetime
    matter: Callable[[CaseFile], Matter]
    screen: str

    def put(self, code: str, **values: object) -> str:
        """
        Return the text of the table, filled.
        """
        return said(self.words, tables.DIGEST[code]).format_map(values)

    def page(self, digest: Digest) -> DigestPage:
        """
        Return the whole page; sections without a line are left out.
        """
        day = self.words.short_day(digest.day)
        sections = (Section(title, items) for title, items in self._sections(digest) if items)
        return DigestPage(
            subject=self.put("subject", day=day, what=self._what(digest)),
            headline=self.put("headline", day=self.words.day(digest.day)),
            sections=tuple(sections),
            commands=("preorder-watchdog flagged", "preorder-watchdog coverage"),
            zone=self.words.zone(self.zone),
            screen=self.screen,
        )

    def _what(self, digest: Digest) -> str:
        blind = digest.troubles or any(not each.is_well for each in digest.sources)
        parts = [
            self.put(name, count=len(of))
            for name, of in (("cases", digest.files), ("watched", digest.watched), ("near", digest.near), ("gaps", digest.gaps))
            if of
        ]
        return self.put("comma").join([*parts, *([self.put("blind")] if blind else [])]) or self.put("fine")

    def _sections(self, digest: Digest) -> Iterator[tuple[str, tuple[Item, ...]]]:
        yield self.put("title_cases", count=len(digest.files)), self._capped([self._case(file) for file in digest.files])
        yield self.put("title_watched", count=len(digest.watched)), self._capped([self._watched(file) for file in digest.watched])
        yield self.put("title_near"), self._capped([Item(self._near(finding)) for finding in digest.near])
        yield self.put("title_gaps"), self._capped([Item(self._gap(each)) for each in digest.gaps])
        told = [each.reason for each in digest.sources]
        yield self.put("title_troubles"), tuple(Item(self._spoken(reason)) for reason in digest.troubles if reason not in told)
        names = self.words.source
        yield (
            self.put("title_sources"),
            tuple(Item(self.put("source", name=names(each.name), reason=self._spoken(each.reason))) for each in digest.sources),
        )
        if digest.prevented:
            yield self.put("title_prevented"), (Item(self.put("prevented", count=digest.prevented)),)

    def _spoken(self, reason: Reason) -> str:
        return spoken(reason, self.words.language, zone=self.zone, now=self.now)

    def _capped(self, items: list[Item]) -> tuple[Item, ...]:
        more = len(items) - LINES
        return tuple(items) if more <= 0 else (*items[:LINES], Item(self.put("more", count=more)))

    def _case(self, file: CaseFile) -> Item:
        finding = file.case.finding
        details = [self._dates(file.case), self._next(file), self._due(file), *self._promise(file.promise)]
        link = self.matter(file).store.order_link(finding.subject.order_id) if finding.subject.order_id else ""
        return Item(self._name(file.case), tuple(line for line in details if line), link)

    def _watched(self, file: CaseFile) -> Item:
        until = [self.put("until", day=self.words.short_day(file.promise.until))] if file.promise is not None else []
        return Item(self._name(file.case), (*self._promise(file.promise), *until))

    def _name(self, case: Case) -> str:
        finding = case.finding
        order = finding.subject.order_id or self.put("orders", count=finding.order_count)
        return self.put("case", case_no=show_case_no(case.no), order=order, product=_product(finding)).rstrip()

    def _dates(self, case: Case) -> str:
        finding, state = case.finding, self.words.states[case.state]
        if finding.ship_by is None:
            return state
        ship_by = self.words.short_day(finding.ship_by)
        if finding.release_date is None:
            return self.put("dates_only", ship_by=ship_by, state=state)
        return self.put("dates", ship_by=ship_by, release=self.words.short_day(finding.release_date), state=state)

    def _next(self, file: CaseFile) -> str:
        waiting = _waiting(file)
        if waiting is not None:
            return self.put("next_bare", step=self.put(waiting))
        matter = self.matter(file)
        step = NextStep.FOLLOW_UP if _silent(file) else step_of(matter, letter_ready=True)
        kind = _LETTERS.get(step, LetterKind.NOTE if file.case.finding.cause in _PRODUCT_CAUSES else None)
        title = said(self.words, STEP_TITLES[step])
        if kind is None or (kind is LetterKind.APPROVE and not matter.is_order):
            return self.put("next_bare", step=title)
        return self.put("next", step=title, command=f"preorder-watchdog letter {show_case_no(file.case.no)} {kind.value}")

    def _due(self, file: CaseFile) -> str:
        due = next((due for due in file.dues if due.at > self.now), None)
        if due is None:
            return ""
        what = self.words.dues[due.event].format(hours=due.hours)
        zone = self.matter(file).store.zone
        return self.put("due", when=self.words.moment(due.at, zone, now=self.now), what=what)

    def _promise(self, promise: Promise | None) -> list[str]:
        if promise is None or promise.since is None:
            return []
        check = promise.last
        if check is None:
            return [self.put("counted_never")]
        values = {"window": check.window_days, "late": check.late, "before": check.before}
        ground = self.words.grounds[check.ground].format_map(values)
        return [self.put("counted", day=self.words.short_day(check.day), counted=self.words.counted[check.counted], ground=ground)]

    def _near(self, finding: Finding) -> str:
        day = self.words.short_day(finding.ship_by) if finding.ship_by is not None else ""
        return self.put("near_line", product=_product(finding), day=day, count=finding.order_count)

    def _gap(self, each: Coverage) -> str:
        return self.put("gap_line", product=_titled(each.product), gap=self.words.gaps[each.gap or ""], count=each.open_orders)


def _waiting(file: CaseFile) -> str | None:
    """
    Return what is waited for where nothing is to be done, else None.
    """
    if file.case.state is CaseState.SNOOZED:
        return "wake"
    if file.case.state is CaseState.TICKET_SENT and not _silent(file):
        return "wait"
    return "check" if file.case.state is CaseState.VERIFYING and not _silent(file) else None


def _silent(file: CaseFile) -> bool:
    """
    Say whether Amazon's answer is overdue, or its word broken, since the seller wrote last.
    """
    events = [step.event for step in standing_steps(file.steps)]
    asked = max((place for place, event in enumerate(events) if event is CaseEvent.SEND_TICKET), default=None)
    late = {CaseEvent.REPLY_OVERDUE, CaseEvent.FOLLOW_UP_DUE, CaseEvent.COUNTED_LATE}
    return asked is not None and file.case.state.awaits_amazon and not late.isdisjoint(events[asked:])


def _product(finding: Finding) -> str:
    return cut(one_line(finding.title or finding.asin or finding.sku or ""), _TITLE)


def _titled(product: Product) -> str:
    return cut(one_line(" ".join(part for part in (product.asin or product.sku, product.title) if part)), _TITLE)


def digest_notice(
    renderer: Renderer,
    digest: Digest,
    words: Words,
    *,
    zone: ZoneInfo,
    now: datetime,
    matter: Callable[[CaseFile], Matter],
    screens: Screens,
) -> Notice:
    """
    Return the message; its key is the day's, so that a day has one.
    """
    page = _Speaker(words, zone, now, matter, screens.at("/")).page(digest)
    text, html = (renderer.render(f"{words.language}/digest.{form}", page.values()) for form in ("txt", "html"))
    return Notice(
        kind=MessageKind.DIGEST,
        severity=Severity.NOTICE,
        subject=page.subject,
        text=text,
        html=html,
        blocks=_blocks(page, said(words, tables.DIGEST["screen"])),
        case_nos=(),
        product_id=None,
        key=f"digest/{digest.day}",
        links=screens.links(()),
    )


def _blocks(page: DigestPage, opened: str) -> Sequence[Mapping[str, Any]]:
    header = {"type": "header", "text": {"type": "plain_text", "text": page.headline[:HEADER], "emoji": False}}
    sections = [{"type": "section", "text": {"type": "mrkdwn", "text": _section(section)[:SECTION]}} for section in page.sections]
    commands = " ".join(f"`{escape(command)}`" for command in page.commands)
    texts = [*([link(page.screen, opened)] if page.screen else []), commands]
    return (header, *sections, {"type": "context", "elements": [{"type": "mrkdwn", "text": text} for text in texts]})


def _section(section: Section) -> str:
    rows = [f"*{escape(section.title)}*"]
    for item in section.items:
        rows += [f"• {escape(item.text)}", *(f"   {escape(detail)}" for detail in item.details)]
    return "\n".join(rows)
