"""
Pictures as numbers: what happened to an order on one line of days, and a rate over time; the templates only print the places.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_MARGIN = 26.0
_ROW = 19
_LETTER = 7.4  #: width of a narrow letter at the drawing's size; Japanese ones take two
_GAP = 8.0
_EDGE = 2.0  #: labels keep so far from the border
_NARROWEST_DAY = 4  #: points; narrower days are not told apart
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Event:
    """
    Something on a day; the look names a class of the style sheet.
    """

    day: date
    look: str
    label: str
    lane: int
    count: int = 0  #: of orders, where it is a bar
    since: date | None = None  #: an arrow leads from there


@dataclass(frozen=True, slots=True)
class DrawnEvent:
    """
    An event with its place.
    """

    look: str
    x: float
    y: float
    label: str
    text_x: float
    text_y: float
    anchor: str
    height: float = 0  #: of a bar
    from_x: float | None = None


@dataclass(frozen=True, slots=True)
class DrawnLane:
    """
    One line of the drawing with its heading.
    """

    heading: str
    top: float
    line_y: float
    marks: tuple[DrawnEvent, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """
    The whole picture.
    """

    width: int
    height: float
    lanes: tuple[DrawnLane, ...]
    ticks: tuple[tuple[float, str, bool], ...]  #: place, label, whether it is today
    weekends: tuple[tuple[float, float], ...]
    now_x: float | None


def draw(
    events: Iterable[Event], headings: Sequence[str], *, today: date, now_label: str, width: int, spoken: Callable[[date], str]
) -> Drawing | None:
    """
    Return the picture of these events at a width in points; None where there is nothing on a day.
    """
    told = tuple(events)
    if not told:
        return None
    days = [each.day for each in told] + [each.since for each in told if each.since is not None]
    first, last = min(days), max(days)
    reach = max(7, (last - first).days // 3)
    shows_today = first - timedelta(days=reach) <= today <= last + timedelta(days=reach)
    if shows_today:
        first, last = min(first, today), max(last, today)
    axis = _Axis(first - timedelta(days=1), last + timedelta(days=1), width)
    lanes: list[DrawnLane] = []
    top = 10.0
    for number, heading in enumerate(headings):
        lane, top = _lane(heading, [each for each in told if each.lane == number], axis, top)
        if lane is not None:
            lanes.append(lane)
    return Drawing(
        width,
        top + 26,
        tuple(lanes),
        axis.ticks(spoken, today if shows_today else None, now_label),
        axis.weekends(),
        axis.x(today) if shows_today else None,
    )


@dataclass(frozen=True, slots=True)
class _Axis:
    first: date
    last: date
    width: int

    @property
    def step(self) -> float:
        return (self.width - 2 * _MARGIN) / max(1, (self.last - self.first).days)

    def x(self, day: date) -> float:
        return round(_MARGIN + (day - self.first).days * self.step, 1)

    def ticks(self, spoken: Callable[[date], str], today: date | None, now_label: str) -> tuple[tuple[float, str, bool], ...]:
        """
        Return the days named below the picture, as many as fit side by side; today is always among them.
        """
        widest = max(_wide(spoken(self.first + timedelta(days=n))) for n in range(7)) + 2 * _GAP
        every = max(1, -(-int(widest) // max(1, int(self.step))))
        start = 1 if today is None else (today - self.first).days % every or every
        days = (self.first + timedelta(days=n) for n in range(start, (self.last - self.first).days, every))
        return tuple((self.x(day), now_label if day == today else spoken(day), day == today) for day in days)

    def weekends(self) -> tuple[tuple[float, float], ...]:
        """
        Return where Saturdays and Sundays lie; nowhere where days are too narrow to be told apart.
        """
        days = (self.last - self.first).days
        if self.step < _NARROWEST_DAY:
            return ()
        found = (self.first + timedelta(days=n) for n in range(days + 1))
        return tuple((round(self.x(day) - self.step / 2, 1), round(self.step, 1)) for day in found if day.weekday() >= _SATURDAY)


def _lane(heading: str, events: Sequence[Event], axis: _Axis, top: float) -> tuple[DrawnLane | None, float]:
    if not events:
        return None, top
    most = max((each.count for each in events), default=0)
    rows = _Rows(axis.width)
    placed = [(each, rows.place(axis.x(each.day), each.label)) for each in sorted(events, key=lambda each: (each.day, each.look))]
    bar = 30.0 if most else 0.0
    line_y = top + _ROW + rows.count * _ROW + bar + 8
    marks = []
    for each, (row, text_x, anchor) in placed:
        height = round(6 + 24 * each.count / most, 1) if each.count else 0
        text_y = top + _ROW + (rows.count - row) * _ROW - 3
        from_x = axis.x(each.since) if each.since is not None else None
        marks.append(DrawnEvent(each.look, axis.x(each.day), line_y, each.label, text_x, text_y, anchor, height, from_x))
    return DrawnLane(heading, top + 12, line_y, tuple(marks)), line_y + 22


class _Rows:
    """
    Puts labels side by side where they fit, else one above the other.
    """

    def __init__(self, width: int) -> None:
        self.width = width
        self.taken: list[list[tuple[float, float]]] = []

    @property
    def count(self) -> int:
        return len(self.taken)

    def place(self, x: float, label: str) -> tuple[int, float, str]:
        half = _wide(label) / 2
        if x - half < _EDGE:
            start, at, anchor = _EDGE, _EDGE, "start"
        elif x + half > self.width - _EDGE:
            start, at, anchor = self.width - _EDGE - 2 * half, self.width - _EDGE, "end"
        else:
            start, at, anchor = x - half, x, "middle"
        span = (start - _GAP, start + 2 * half + _GAP)
        for row, taken in enumerate(self.taken):
            if all(span[1] <= left or right <= span[0] for left, right in taken):
                taken.append(span)
                return row, round(at, 1), anchor
        self.taken.append([span])
        return self.count - 1, round(at, 1), anchor


def _wide(label: str) -> float:
    return sum(_LETTER * (2 if unicodedata.east_asian_width(char) in "FWA" else 1) for char in label)


@dataclass(frozen=True, slots=True)
class Chart:
    """
    A rate over time: a line of places, the limit's height, first and last day.
    """

    points: str
    last_x: float
    last_y: float
    limit_y: float | None
    first_label: str
    last_label: str
    rows: tuple[tuple[str, str], ...]  #: the same as a table


_CHART = (280, 84)


def chart(points: Sequence[tuple[str, float]], limit: float | None) -> Chart:
    """
    Return the line through these values (label, share), scaled so that the limit is seen.
    """
    width, height = _CHART
    most = max([value for _, value in points] + ([limit] if limit is not None else [])) or 1
    step = (width - 16) / max(1, len(points) - 1)
    places = [(round(8 + n * step, 1), _y(value, most, height)) for n, (_, value) in enumerate(points)]
    return Chart(
        " ".join(f"{x},{y}" for x, y in places),
        *places[-1],
        _y(limit, most, height) if limit is not None else None,
        points[0][0],
        points[-1][0],
        tuple((label, f"{value * 100:.2f}%") for label, value in points),
    )


def _y(value: float, most: float, height: int) -> float:
    return round(height - 10 - (height - 26) * value / (most * 1.1), 1)


def bars(counts: Mapping[date, int]) -> Sequence[tuple[date, int]]:
    """
    Return at most twelve days of a distribution, the fullest ones.
    """
    fullest = sorted(counts.items(), key=lambda each: -each[1])[:12]
    return sorted(fullest)
