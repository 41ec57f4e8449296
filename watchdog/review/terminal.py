"""
The log on a terminal of 80 columns: tables and a case, in the seller's words; rich measures Japanese characters as two columns wide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from rich.console import Console
from rich.table import Table
from rich.text import Text

from watchdog.review.texts import text
from watchdog.terms.case import CaseState
from watchdog.terms.finding import Cause, Severity
from watchdog.terms.identity import show_case_no
from watchdog.terms.marketplace import BY_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime
    from typing import TextIO
    from zoneinfo import ZoneInfo

    from watchdog.store.casebook import ListedFinding
    from watchdog.terms.case import CaseEvent, CaseFile, Outcome
    from watchdog.terms.finding import Confidence, Evidence, EvidenceKind, Finding, Rule
    from watchdog.terms.verdict import Coverage

_STYLES = {Severity.URGENT: "bold red", Severity.WARNING: "yellow", Severity.NOTICE: "dim"}


class Words(Protocol):
    """
    The plain words of one language, as the room ``compose`` keeps them.
    """

    @property
    def language(self) -> str:
        """
        Which language it is.
        """

    @property
    def rules(self) -> Mapping[Rule, str]:
        """
        Rules.
        """

    @property
    def causes(self) -> Mapping[Cause, str]:
        """
        Causes.
        """

    @property
    def confidences(self) -> Mapping[Confidence, str]:
        """
        How sure.
        """

    @property
    def severities(self) -> Mapping[Severity, str]:
        """
        How loud.
        """

    @property
    def states(self) -> Mapping[CaseState, str]:
        """
        How a case stands.
        """

    @property
    def outcomes(self) -> Mapping[Outcome, str]:
        """
        How it ended.
        """

    @property
    def events(self) -> Mapping[CaseEvent, str]:
        """
        What happened to it.
        """

    @property
    def evidence(self) -> Mapping[EvidenceKind, str]:
        """
        What was observed.
        """

    @property
    def gaps(self) -> Mapping[str, str]:
        """
        Why something is not watched.
        """

    def short_day(self, day: date) -> str:
        """
        Return the date without year.
        """

    def moment(self, moment: datetime, zone: ZoneInfo, *, now: datetime) -> str:
        """
        Return the local time.
        """

    def source(self, name: str) -> str:
        """
        Return who said it.
        """


class Terminal:
    """
    Writes for people onto one stream; colour only where it is a terminal.
    """

    def __init__(self, stream: TextIO, words: Words) -> None:
        """
        Measure the terminal: its own width, or 80 columns where there is none.
        """
        console = Console(file=stream, highlight=False, soft_wrap=False)
        self.console = console if console.is_terminal else Console(file=stream, highlight=False, width=max(80, console.width))
        self.words = words

    def line(self, code: str, **values: object) -> None:
        """
        Write one line of the screen texts.
        """
        self.say(text(code, self.words.language, **values))

    def say(self, sentence: str) -> None:
        """
        Write a sentence as it is.
        """
        self.console.print(Text(sentence))

    def paper(self, lines: str) -> None:
        """
        Write a letter as it will be pasted: no line is broken that was not.
        """
        self.console.print(Text(lines), soft_wrap=True)

    def heading(self, code: str) -> str:
        """
        Return the heading of a column or a field.
        """
        return text(code, self.words.language)

    # findings

    def findings(self, listed: Sequence[ListedFinding]) -> None:
        """
        Write one row per finding: which, how urgent, the two dates, how it stands.
        """
        if not listed:
            self.line("none")
            return
        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column(self.heading("case"), no_wrap=True)
        table.add_column(self.heading("severity"), no_wrap=True)
        table.add_column(self.heading("order"), overflow="fold", ratio=1)
        for code in ("ship_by", "release"):
            table.add_column(self.heading(code), no_wrap=True)
        table.add_column(self.heading("state"))
        for each in listed:
            table.add_row(*self._row(each))
        self.console.print(table)

    def _row(self, listed: ListedFinding) -> Iterable[Text]:
        finding = listed.finding
        yield Text(show_case_no(listed.case_no) if listed.case_no is not None else "-")
        yield Text(self.words.severities[finding.severity], style=_STYLES[finding.severity])
        yield Text(_name(finding))
        yield Text(self._day(finding.ship_by))
        yield Text(self._day(finding.release_date))
        yield Text(self._standing(listed.state, listed.outcome, finding))

    def _standing(self, state: CaseState | None, outcome: Outcome | None, finding: Finding) -> str:
        if outcome is not None:
            return self.words.outcomes[outcome]
        return self.words.states[state] if state is not None else self.words.rules[finding.rules[0]]

    def _day(self, day: date | None) -> str:
        return self.words.short_day(day) if day is not None else self.heading("unknown")

    # one case

    def case(self, file: CaseFile, *, now: datetime) -> None:
        """
        Write a case: what it is about, why, what was observed, what happened since, what to do next.
        """
        case, finding = file.case, file.case.finding
        zone = BY_ID[case.subject.marketplace_id].zone
        self._fields(
            [
                ("case", show_case_no(case.no)),
                ("severity", self.words.severities[case.severity]),
                ("order", _name(finding)),
                ("title", finding.title or "-"),
                ("ship_by", self._dates(finding)),
                ("release", f"{self._day(finding.release_date)}{self._release_source(finding)}"),
                ("siblings", self._siblings(finding)),
                ("cause", f"{self.words.causes[finding.cause]}{self._aside(self.words.confidences[finding.confidence])}"),
                ("why", ", ".join(self.words.rules[rule] for rule in finding.rules)),
                ("state", self._standing(case.state, case.outcome, finding)),
                ("link", BY_ID[case.subject.marketplace_id].order_link(finding.orders[0]) if finding.orders else "-"),
            ]
        )
        if finding.order_count > 1:
            self._orders(finding)
        self._block("evidence", (self._evidence(item, zone, now) for item in finding.evidence))
        self._block("timeline", (f"{self.words.moment(step.at, zone, now=now)}  {self.words.events[step.event]}" for step in file.steps))
        self._block("next", [text(_next(file), self.words.language, case=show_case_no(case.no))])

    def _fields(self, pairs: Iterable[tuple[str, str]]) -> None:
        grid = Table.grid(padding=(0, 2))
        grid.add_column(no_wrap=True, style="bold")
        grid.add_column(overflow="fold")
        for code, value in pairs:
            grid.add_row(Text(self.heading(code)), Text(value))
        self.console.print(grid)

    def _orders(self, finding: Finding) -> None:
        rest = finding.order_count - len(finding.orders)
        more = [text("orders_more", self.words.language, count=rest)] if rest > 0 else []
        self._block("orders", [*finding.orders, *more])

    def _block(self, code: str, lines: Iterable[str]) -> None:
        shown = [Text(f"  {line}") for line in lines if line]
        if shown:
            self.console.print(Text(f"\n{self.heading(code)}", style="bold"), *shown, sep="\n")

    def _dates(self, finding: Finding) -> str:
        now = self._day(finding.ship_by)
        return f"{self.words.short_day(finding.previous_ship_by)} → {now}" if finding.previous_ship_by is not None else now

    def _release_source(self, finding: Finding) -> str:
        return self._aside(self.words.source(finding.release_source)) if finding.release_source else ""

    def _aside(self, remark: str) -> str:
        return "\N{FULLWIDTH LEFT PARENTHESIS}" + remark + "\N{FULLWIDTH RIGHT PARENTHESIS}" if self.words.language == "ja" else f" ({remark})"

    def _siblings(self, finding: Finding) -> str:
        siblings = finding.siblings
        if siblings.ship_by is None:
            return text("siblings_bare", self.words.language, count=siblings.count)
        return text("siblings_line", self.words.language, count=siblings.count, day=self._day(siblings.ship_by))

    def _evidence(self, item: Evidence, zone: ZoneInfo, now: datetime) -> str:
        values = " → ".join(value for value in (item.old, item.new) if value)
        moments = [self.words.moment(each, zone, now=now) for each in (item.before_at, item.seen_at) if each is not None]
        parts = [self.words.evidence[item.kind], values, " → ".join(moments), self.words.source(item.source) if item.source else ""]
        return "  ".join(part for part in parts if part)

    # coverage

    def coverage(self, coverage: Iterable[Coverage]) -> None:
        """
        Write one row per product: its open pre-orders, its release date, and why a rule can't watch it.
        """
        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column(self.heading("title"), overflow="fold", ratio=1)
        table.add_column(self.heading("open_orders"), justify="right")
        table.add_column(self.heading("release"), no_wrap=True)
        table.add_column(self.heading("watched"))
        for each in coverage:
            name = " / ".join(part for part in (each.product.asin or each.product.sku, each.product.title) if part)
            gap = self.words.gaps[each.gap] if each.gap is not None else self.heading("yes")
            table.add_row(Text(name), Text(str(each.open_orders)), Text(self._day(each.release_date)), Text(gap))
        self.console.print(table)
        self._disagreements(coverage)

    def _disagreements(self, coverage: Iterable[Coverage]) -> None:
        for each in coverage:
            if len({said.day for said in each.said}) > 1:
                dates = ", ".join(f"{self.words.short_day(said.day)} {self.words.source(said.source)}" for said in each.said)
                self.say(f"{each.product.asin or each.product.sku}: {text('disagree_line', self.words.language, dates=dates)}")


def _name(finding: Finding) -> str:
    if finding.subject.order_id is not None:
        return finding.subject.order_id
    return f"{finding.asin or finding.sku or '-'} ×{finding.order_count}"


def _next(file: CaseFile) -> str:
    case = file.case
    if not case.state.is_open:
        return "next_nothing"
    if case.state is CaseState.BUYER_ASKED:
        return "next_approve"
    product = case.finding.cause in {Cause.RELEASE_MOVED, Cause.LISTING_RESET, Cause.LISTING_MISDATED}
    return "next_note" if product else "next_ticket"
