"""
Account health on a terminal of 80 columns: a table, bars against the limits, the course of the late shipment rate, and what follows.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from rich.text import Text

from watchdog.detect.near_limit import FRESH
from watchdog.review.health import TROUBLED, Gauge
from watchdog.review.health_texts import health_text
from watchdog.review.screen import Screen, table
from watchdog.terms.health import Level, Metric, per_cent
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import local_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from watchdog.review.health import Unsaid
    from watchdog.terms.health import HealthFigure
    from watchdog.terms.identity import MarketplaceId

_STYLES = {Level.MISSED: "bold red", Level.NEAR: "yellow", Level.GOOD: "green", Level.UNKNOWN: "dim"}
_KINDS = {Metric.LATE_SHIPMENT: "late", Metric.CANCELLATION: "cancel", Metric.ORDER_DEFECT: "defect"}
_FULL = 20  #: columns of a bar up to the limit
_WIDTH = 25  #: and of all there is
_HEIGHT = 6  #: lines of a course
_DAYS = 45  #: columns of a course, one a day


class HealthScreen(Screen):
    """
    The tables and charts of account health.
    """

    def health(self, shown: Sequence[Gauge], missing: Iterable[Unsaid], *, now: datetime) -> None:
        """
        Write every marketplace with its figures, its charts, and what they mean in whole orders.
        """
        unsaid = tuple(missing)
        for place in dict.fromkeys(gauge.figure.marketplace_id for gauge in shown):
            mine = [gauge for gauge in shown if gauge.figure.marketplace_id == place]
            self._place(place, mine, now)
            self._unsaid(each for each in unsaid if each.marketplace_id == place)

    def told(self, code: str, **values: object) -> None:
        """
        Write one of the lines of account health.
        """
        self.say(self._text(code, **values))

    def entered(self, gauge: Gauge) -> None:
        """
        Write what was taken down, and how it stands.
        """
        figure = gauge.figure
        values = {"days": figure.window_days, "metric": self.words.metrics[figure.metric], "place": BY_ID[figure.marketplace_id].name}
        self.told("entered", rate=per_cent(figure.shown), target=self.words.aim(gauge.held.aimed_at) or "-", **values)
        self._lines([gauge])

    def _place(self, place: MarketplaceId, mine: Sequence[Gauge], now: datetime) -> None:
        zone = BY_ID[place].zone
        newest = max(gauge.figure.as_of for gauge in mine)
        self.console.print(Text(self._text("place", place=BY_ID[place].name, when=self.words.moment(newest, zone, now=now)), style="bold"))
        self._words([gauge for gauge in mine if not gauge.figure.metric.is_rate])
        rates = [gauge for gauge in mine if gauge.figure.metric.is_rate]
        if not rates:
            return
        self._table(rates)
        self._bars([gauge for gauge in rates if gauge.held.used is not None])
        for gauge in rates:
            if gauge.figure.metric is Metric.LATE_SHIPMENT and len(gauge.past) > 2:  # noqa: PLR2004 - two points are no course
                self._course(gauge)
        self.console.print()
        self._lines(rates)
        for gauge in rates:
            if now - gauge.figure.as_of > FRESH:
                day = self.day(local_date(gauge.figure.as_of, zone))
                self.told("old_line", metric=self.words.metrics[gauge.figure.metric], days=gauge.figure.window_days, day=day)

    def _table(self, rates: Iterable[Gauge]) -> None:
        grid = table()
        grid.add_column(self._text("metric"), overflow="fold", ratio=1)
        for code in ("window", "counts", "rate", "target", "room"):
            grid.add_column(self._text(code), justify="right", no_wrap=True)
        grid.add_column(self._text("level"), no_wrap=True)
        for gauge in rates:
            level = gauge.held.level
            grid.add_row(*(Text(cell) for cell in self._cells(gauge)), Text(self._text(f"level_{level}"), style=_STYLES[level]))
        self.console.print(grid)

    def _cells(self, gauge: Gauge) -> Iterator[str]:
        figure, held = gauge.figure, gauge.held
        known = figure.orders is not None and figure.defects is not None and not figure.contradicts_itself
        yield self.words.metrics[figure.metric]
        yield self._text("days", days=figure.window_days)
        yield f"{figure.defects}/{figure.orders}" if known else "-"
        yield per_cent(figure.shown) or "-"
        yield self.words.aim(held.aimed_at) or "-"
        yield "-" if held.headroom is None else self._text("left", count=held.headroom) if held.headroom else self._text("no_room")

    def _bars(self, rates: Sequence[Gauge]) -> None:
        if not rates:
            return
        self.console.print(Text("\n" + self._text("used"), style="bold"), soft_wrap=self.words.language == "ja")
        grid = table()
        for _ in range(3):
            grid.add_column(no_wrap=True)
        for gauge in rates:
            used = gauge.held.used
            assert used is not None  # noqa: S101 - the caller left the others out
            name = f"{self.words.metrics[gauge.figure.metric]} {self._text('days', days=gauge.figure.window_days)}"
            grid.add_row(Text(name), Text(bar(used), style=_STYLES[gauge.held.level]), Text(per_cent(used)))
        grid.show_header = False
        self.console.print(grid)

    def _course(self, gauge: Gauge) -> None:
        figure = gauge.figure
        title = self._text("course", metric=self.words.metrics[figure.metric], days=figure.window_days)
        self.console.print(Text("\n" + title[0].upper() + title[1:], style="bold"))
        for line in course(gauge.past[-_DAYS:], gauge.held.limit, self._text("course_target")):
            self.console.print(Text(f"  {line}"), soft_wrap=True)
        zone = BY_ID[figure.marketplace_id].zone
        first, last = (self.day(local_date(each.as_of, zone)) for each in (gauge.past[-_DAYS:][0], figure))
        self.console.print(Text(f"         {first} – {last}"))

    def _lines(self, rates: Iterable[Gauge]) -> None:
        rows = tuple(rates)
        for gauge in rows:
            for line in self._said(gauge):
                self.say(line)
        missed = [gauge.figure.metric for gauge in rows if gauge.held.level is Level.MISSED]
        if missed:
            self.told("no_forecast")
        for metric in dict.fromkeys(missed):
            if metric in _KINDS:
                self.told("plan_line", kind=_KINDS[metric])

    def _said(self, gauge: Gauge) -> Iterator[str]:
        figure, held = gauge.figure, gauge.held
        values = {"days": figure.window_days, "metric": self.words.metrics[figure.metric]}
        if figure.contradicts_itself:
            yield self._text("contradicts_line", **values)
        if held.target_is_policy:
            yield self._text("policy_line", **values)
        if held.level is Level.MISSED:
            yield self._text("missed_line", target=self.words.aim(held.aimed_at), **values)
        elif held.headroom:
            room, target = _begin(self.words.room(figure.metric, held.headroom)), self.words.aim(held.aimed_at)
            yield self._text("room_line", room=room, target=target, **values)
        if gauge.before is not None and gauge.trend in {"rising", "falling"}:
            day = self.day(local_date(gauge.before.as_of, BY_ID[figure.marketplace_id].zone))
            trend = self._text(f"trend_{gauge.trend}", day=day, before=per_cent(gauge.before.shown), after=per_cent(figure.shown))
            yield _begin(self._text("trend_line", trend=trend, **values))

    def _words(self, others: Sequence[Gauge]) -> None:
        """
        Write what has no rate: the account's state always, violations where there are any, the rest as a number.
        """
        always = [gauge for gauge in others if gauge.figure.metric in {Metric.ACCOUNT, Metric.RATING} or gauge.held.level in TROUBLED]
        for gauge in always:
            figure = gauge.figure
            name = _begin(self.words.metrics[figure.metric])
            if figure.defects:
                line = self._text("count", metric=name, count=figure.defects)
            else:
                line = self._text("word", metric=name, status=self.words.health_statuses.get(figure.status or "", figure.status or "-"))
            self.console.print(Text(line, style=_STYLES[gauge.held.level]))
        rest = [gauge.held.level for gauge in others if gauge not in always]
        for code, count in (("others_good", rest.count(Level.GOOD)), ("others_unrated", rest.count(Level.UNKNOWN))):
            if count:
                self.told(code, count=count)

    def _unsaid(self, missing: Iterable[Unsaid]) -> None:
        for each in missing:
            self.told("unsaid_line", metric=self.words.metrics[each.metric], days=each.window_days, kind=_KINDS[each.metric])

    def _text(self, code: str, **values: object) -> str:
        return health_text(code, self.words.language, **values)


def _begin(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def bar(used: Fraction) -> str:
    """
    Return a bar up to the limit and somewhat beyond, with lines at 75 % and 100 % where it does not reach.
    """
    filled = min(_WIDTH - 1, round(used * _FULL))
    marks = {round(_FULL * 3 / 4): "┊", _FULL: "│"}
    rest = "".join(marks.get(column, "·") for column in range(filled, _WIDTH))
    return ("█" * filled + rest)[: _WIDTH - 1] + ("▶" if used * _FULL > _WIDTH - 1 else rest[-1:])


def course(past: Sequence[HealthFigure], limit: Fraction | None, target: str) -> list[str]:
    """
    Return a chart of the shares of defects, a column a day, with a line at the limit; the highest line first.
    """
    shares = [each.share or Fraction(0) for each in past]
    top = max([*shares, (limit or Fraction(0)) * Fraction(5, 4)]) or Fraction(1)
    lines = []
    for row in range(_HEIGHT, 0, -1):
        floor, ceiling = top * (row - 1) / _HEIGHT, top * row / _HEIGHT
        at_limit = limit is not None and floor < limit <= ceiling
        cells = "".join(_cell(share, floor, ceiling, empty="─" if at_limit else " ") for share in shares)
        axis = per_cent(limit if at_limit and limit is not None else ceiling)
        lines.append(f"{axis:>6} {'┼' if at_limit else '┤'}{cells}{' ' + target if at_limit else ''}".rstrip())
    return lines


def _cell(share: Fraction, floor: Fraction, ceiling: Fraction, *, empty: str) -> str:
    if share <= floor:
        return empty
    eighths = min(8, max(1, round(8 * (share - floor) / (ceiling - floor))))
    return " ▁▂▃▄▅▆▇█"[eighths]
