"""
The log on a terminal of 80 columns: tables and a case, in the seller's words; rich measures Japanese characters as two columns wide.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from watchdog.review.next_steps import happened, next_step
from watchdog.review.outcome import due_lines, promise_lines
from watchdog.review.screen import Screen, table
from watchdog.review.texts import text
from watchdog.terms.finding import Scope, Severity
from watchdog.terms.identity import show_case_no
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.observation import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from watchdog.review.months import Month
    from watchdog.review.offers import Offered
    from watchdog.store.casebook import ListedFinding
    from watchdog.store.listings import Unlisted
    from watchdog.terms.case import CaseFile, CaseState, Outcome
    from watchdog.terms.finding import Evidence, Finding
    from watchdog.terms.identity import OrderId, ProductId
    from watchdog.terms.look import SourceState
    from watchdog.terms.product import Product
    from watchdog.terms.verdict import Coverage

_STATUSES = frozenset(Status)
_NAMED = 12  #: so many orders are named per product; the rest is counted
_BAR = 24  #: columns of the longest bar
_STYLES = {Severity.URGENT: "bold red", Severity.WARNING: "yellow", Severity.NOTICE: "dim"}


class Terminal(Screen):
    """
    The log's own tables: findings, a case, coverage, release dates, months.
    """

    # findings

    def findings(self, listed: Sequence[ListedFinding]) -> None:
        """
        Write one row per finding: which, how urgent, the two dates, how it stands.
        """
        if not listed:
            self.line("none")
            return
        grid = table()
        grid.add_column(self.heading("case"), no_wrap=True)
        grid.add_column(self.heading("severity"), no_wrap=True)
        grid.add_column(self.heading("order"), overflow="fold", min_width=len("250-0000000-0000000"))
        for code in ("ship_by", "release"):
            grid.add_column(self.heading(code), no_wrap=True)
        grid.add_column(self.heading("state"), overflow="fold", ratio=1)
        for each in listed:
            grid.add_row(*self._row(each))
        self.console.print(grid)

    def _row(self, listed: ListedFinding) -> Iterable[Text]:
        finding = listed.finding
        yield Text(show_case_no(listed.case_no) if listed.case_no is not None else "-")
        yield Text(self.words.severities[finding.severity], style=_STYLES[finding.severity])
        yield Text(_name(finding))
        yield Text(self.day(finding.ship_by))
        yield Text(self.day(finding.release_date))
        yield Text(self._standing(listed.state, listed.outcome, finding))

    def _standing(self, state: CaseState | None, outcome: Outcome | None, finding: Finding) -> str:
        if outcome is not None:
            return self.words.outcomes[outcome]
        return self.words.states[state] if state is not None else self.words.rules[finding.rules[0]]

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
                ("release", f"{self.day(finding.release_date)}{self._release_source(finding)}"),
                *([("siblings", self._siblings(finding))] if finding.subject.scope is Scope.ORDER else []),
                ("cause", self._cause(finding)),
                ("why", self.words.listed(self.words.rules[rule] for rule in finding.rules)),
                ("state", self._standing(case.state, case.outcome, finding)),
            ]
        )
        if finding.orders:
            self._block("link", [BY_ID[case.subject.marketplace_id].order_link(finding.orders[0])])
        if finding.order_count > 1:
            self._orders(finding)
        self._block("evidence", (self._evidence(item, zone, now) for item in finding.evidence))
        self._block("timeline", (happened(step, self.words, zone, now=now) for step in file.steps))
        self._block("due", due_lines(file, self.words, now=now))
        self._block("promise", promise_lines(file.promise, self.words))
        self._block("next", [next_step(file, self.words, now=now)])

    def standing(self, file: CaseFile, *, now: datetime) -> None:
        """
        Write how the case stands after a decision, and the next step.
        """
        case = file.case
        state = self.words.states[case.state]
        stays = len(file.steps) > 1 and file.steps[-2].state is case.state
        self.line("stays" if stays else "stands", case=show_case_no(case.no), order=_name(case.finding), state=state)
        self.say(next_step(file, self.words, now=now))

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
            self.console.print(Text(f"\n{self.heading(code)}", style="bold"))
            for line in shown:
                self.console.print(line, soft_wrap=self.keeps_whole(line.plain))

    def _dates(self, finding: Finding) -> str:
        now = self.day(finding.ship_by)
        return f"{self.words.short_day(finding.previous_ship_by)} → {now}" if finding.previous_ship_by is not None else now

    def _release_source(self, finding: Finding) -> str:
        return self._aside(self.words.source(finding.release_source)) if finding.release_source else ""

    def _cause(self, finding: Finding) -> str:
        cause = self.words.causes[finding.cause]
        return cause + self._aside(self.words.confidences[finding.confidence]) if finding.cause.has_grade else cause

    def _aside(self, remark: str) -> str:
        return (
            "\N{FULLWIDTH LEFT PARENTHESIS}" + remark + "\N{FULLWIDTH RIGHT PARENTHESIS}" if self.words.language == "ja" else f" ({remark})"
        )

    def _siblings(self, finding: Finding) -> str:
        siblings = finding.siblings
        if siblings.ship_by is None:
            return text("siblings_bare", self.words.language, count=siblings.count)
        return text("siblings_line", self.words.language, count=siblings.count, day=self.day(siblings.ship_by))

    def _evidence(self, item: Evidence, zone: ZoneInfo, now: datetime) -> str:
        values = " → ".join(self._value(value) for value in (item.old, item.new) if value)
        moments = [self.words.moment(each, zone, now=now) for each in (item.before_at, item.seen_at) if each is not None]
        parts = [self.words.evidence[item.kind], values, " → ".join(moments), self.words.source(item.source) if item.source else ""]
        return "  ".join(part for part in parts if part)

    def _value(self, value: str) -> str:
        if value in _STATUSES:
            return self.words.statuses[Status(value)]
        try:
            return self.day(date.fromisoformat(value))
        except ValueError:
            return value

    # coverage and release dates

    def coverage(self, coverage: Sequence[Coverage], unwatched: Mapping[ProductId, Sequence[OrderId]] | None = None) -> None:
        """
        Write one row per product: its open pre-orders, its release date, why a rule can't watch it; then the orders left unwatched.
        """
        grid = table()
        grid.add_column(self.heading("title"), overflow="fold", ratio=1)
        grid.add_column(self.heading("open_orders"), justify="right", no_wrap=True)
        grid.add_column(self.heading("release"), no_wrap=True)
        grid.add_column(self.heading("watched"), overflow="fold", ratio=1)
        for each in coverage:
            gap = self.words.gaps[each.gap] if each.gap is not None else self.heading("yes")
            row = (_titled(each), str(each.open_orders), self.day(each.release_date), gap)
            grid.add_row(*(Text(cell) for cell in row))
        self.console.print(grid)
        self._disagreements(coverage)
        for each in coverage:
            if each.product.id in (unwatched or {}):
                self._unwatched(each, (unwatched or {})[each.product.id])

    def _unwatched(self, each: Coverage, orders: Sequence[OrderId]) -> None:
        name = each.product.asin or each.product.sku or "-"
        shown = [*orders[:_NAMED], *([text("orders_more", self.words.language, count=rest)] if (rest := len(orders) - _NAMED) > 0 else [])]
        self.say("\n" + text("unwatched_line", self.words.language, product=_titled(each), count=len(orders)))
        self.console.print(Padding(Text(" ".join(shown)), (0, 0, 0, 2), expand=False))
        if each.release_date is None:
            self.line("unwatched_next", product=name)

    def unlisted(self, products: Sequence[Unlisted], *, in_log: bool = True) -> None:
        """
        Write which products may be pre-orders and are on no list, and, where a log is kept, how the first is put on one.
        """
        for each in products:
            self.line("unlisted_line", sku=each.sku or each.asin, rows=each.rows)
        if products and in_log:
            self.line("unwatched_next", product=products[0].sku or products[0].asin)

    def unasked(self, products: Sequence[Product]) -> None:
        """
        Write which products the catalogue is not asked for, and what lets it be asked.
        """
        for product in products:
            self.line("unasked_line", product=" ".join(filter(None, (product.sku, product.title))))
        if products:
            self.line("unasked_next")

    def _disagreements(self, coverage: Iterable[Coverage]) -> None:
        for each in coverage:
            if len({said.day for said in each.said}) > 1:
                dates = self.words.listed(f"{self.day(said.day)} {self.words.source(said.source)}" for said in each.said)
                said = text("disagree_line", self.words.language, dates=dates)
                self.line("named", name=each.product.asin or each.product.sku, said=said)

    def offers(self, offers: Iterable[Offered]) -> None:
        """
        Write who says which release date of each product; the believed one is marked, disagreement is said.
        """
        grid = table()
        grid.add_column(self.heading("title"), overflow="fold", ratio=1)
        grid.add_column(self.heading("open_orders"), justify="right", no_wrap=True)
        grid.add_column(self.heading("release"), no_wrap=True)
        grid.add_column(self.heading("source"), overflow="fold", ratio=1)
        for each in offers:
            notes = [self.words.gaps[each.gap]] if each.gap else []
            notes += [self.heading(code) for code, applies in (("disagree", each.disagree), ("not_judged", each.waits)) if applies]
            dates = [("* " if said.believed else "  ") + self.day(said.day) for said in each.said]
            sources = [self.words.source(said.source) for said in each.said]
            cells = (each.name, str(each.open_orders), "\n".join(dates) or self.heading("unknown"), "\n".join([*sources, *notes]))
            grid.add_row(*(Text(cell) for cell in cells))
        self.console.print(grid)

    def source(self, source: SourceState, zone: ZoneInfo, *, now: datetime) -> None:
        """
        Write how a source is doing: when it last really saw ship dates, and what is wrong with it.
        """
        seen = source.last_saw_ship_dates_at
        when = self.words.moment(seen, zone, now=now) if seen is not None else self.heading("never")
        self.line("source_line", name=self.words.source(source.name), when=when, state=self.heading(f"source_{source.state}"))
        if source.state != "ok":
            for line in Text(source.message).wrap(self.console, self.console.width - 2, overflow="fold"):
                self.console.print(Text("  ") + line)

    # the first impression

    def months(self, months: Sequence[Month]) -> None:
        """
        Write one row per month: how much was read, what would have been caught, and a bar for the eye.
        """
        grid = table()
        grid.add_column(self.heading("month"), no_wrap=True)
        for code in ("files", "caught", "urgent", "ended_well"):
            grid.add_column(self.heading(code), justify="right", no_wrap=True)
        grid.add_column("", ratio=1, no_wrap=True)
        most = max((month.caught for month in months), default=0)
        for month in months:
            cells = (f"{month.first:%Y-%m}", *(str(n or "-") for n in (month.files, month.caught, month.urgent, month.restored)))
            grid.add_row(*(Text(cell) for cell in cells), Text(month.bar(most, _BAR), style=_STYLES[Severity.WARNING]))
        self.console.print(grid)


def _name(finding: Finding) -> str:
    if finding.subject.order_id is not None:
        return finding.subject.order_id
    return f"{finding.asin or finding.sku or '-'} ×{finding.order_count}"


def _titled(each: Coverage) -> str:
    return " / ".join(part for part in (each.product.asin or each.product.sku, each.product.title) if part)
