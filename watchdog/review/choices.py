"""
The seller's three ways side by side, in figures: as other programs read them, and on a terminal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from watchdog.review.choice_texts import choice_text
from watchdog.review.screen import Screen, table
from watchdog.terms.health import per_cent
from watchdog.terms.identity import show_case_no
from watchdog.terms.replies import first_ticket, is_refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from watchdog.cases.figures import Choices, Effect
    from watchdog.terms.case import CaseFile
    from watchdog.terms.money import Money


def choices_of(choices: Choices | None) -> dict[str, Any] | None:
    """
    Return the choices as other programs read them; None of a closed case. Rates are parts of one.
    """
    if choices is None:
        return None
    return {
        "orders": choices.orders,
        "counts_on": choices.counts_on.isoformat() if choices.counts_on else None,
        "confirmed": choices.is_confirmed,
        "late": [_effect(each) for each in choices.late],
        "amazon_cancels_on": choices.cancels_on.isoformat() if choices.cancels_on else None,
        "cancelled": [_effect(each) for each in choices.cancelled],
        "margin_lost": _money(choices.margin),
        "buyer_saves": _money(choices.saving),
    }


def _effect(each: Effect) -> dict[str, Any]:
    return {
        "metric": each.figure.metric.value,
        "window_days": each.figure.window_days,
        "rate_before": _share(each.before),
        "rate_after": _share(each.after),
        "room_before": each.room_before,
        "room_after": each.room_after,
        "misses_target": each.misses,
        "leaves_on": each.leaves_on.isoformat() if each.leaves_on else None,
        "may_be_counted_already": each.already,
    }


def _share(share: Fraction | None) -> float | None:
    return None if share is None else round(float(share), 6)


def _money(money: Money | None) -> dict[str, str] | None:
    return None if money is None else {"amount": str(money.amount), "currency": money.currency}


class ChoiceScreen(Screen):
    """
    A table of three columns: let it be counted, ask Amazon, wait for the buyer.
    """

    def choices(self, file: CaseFile, choices: Choices) -> None:
        """
        Write the three ways side by side, then what happens if none is taken.
        """
        self.console.print(Text("\n" + self._text("title"), style="bold"))
        grid = table()
        grid.add_column("", overflow="fold", min_width=8)
        for code in ("counted", "asked", "waited"):
            grid.add_column(self._text(code), overflow="fold", ratio=1)
        for row in self._rows(file, choices):
            grid.add_row(*(Text(cell) for cell in row))
        self.console.print(grid)
        for line in self._notes(choices):
            self.say(line)

    def _rows(self, file: CaseFile, choices: Choices) -> Iterator[tuple[str, ...]]:
        for each in choices.late:
            days = each.figure.window_days
            before = self._text("stays", rate=per_cent(each.before) or "-")
            yield self._text("late", days=days), self._change(each), before, before
            yield self._text("room"), self._room(each.room_after), self._room(each.room_before), self._room(each.room_before)
            if each.leaves_on is not None:
                yield self._text("leaves"), self._text("from", day=self.day(each.leaves_on)), "-", "-"
        yield self._text("price"), self._text("no_price"), self._text("no_price"), self._price(choices)
        number = show_case_no(file.case.no)
        kind = "ticket-phone" if is_refused(file.steps) else "follow-up" if first_ticket(file.steps) is not None else "ticket"
        ask = self._text("step_ask", case=number, kind=kind)
        yield self._text("step"), self._text("step_ship"), ask, self._text("step_wait", case=number)
        yield self._text("sure"), self._text("sure_counted"), self._text("sure_asked"), self._text("sure_waited")

    def _change(self, each: Effect) -> str:
        if each.after is None:
            return self._text("unknown")
        told = f"{per_cent(each.before)} → {per_cent(each.after)}"
        return self._text("missed", told=told) if each.misses else told

    def _room(self, room: int | None) -> str:
        if room is None:
            return "-"
        return self._text("left", count=room) if room else self._text("none_left")

    def _price(self, choices: Choices) -> str:
        told = []
        if choices.margin is not None:
            told.append(self._text("margin", amount=self.words.money(choices.margin)))
        if choices.saving is not None:
            told.append(self._text("saving", amount=self.words.money(choices.saving)))
        return self._text("and").join(told) or self._text("price_unknown")

    def _notes(self, choices: Choices) -> Iterable[str]:
        if not choices.late:
            yield self._text("no_figures")
        elif choices.counts_on is None:
            yield self._text("release_unknown")
        elif not choices.is_confirmed:
            yield self._text("counts_on", day=self.day(choices.counts_on))
        if any(each.already for each in choices.late):
            yield self._text("already")
        if choices.cancels_on is not None:
            told = ", ".join(self._change(each) for each in choices.cancelled if each.after is not None)
            code = "cancel_past" if choices.cancel_is_past else "cancels_rate" if told else "cancels"
            yield self._text(code, day=self.day(choices.cancels_on), told=told)

    def _text(self, code: str, **values: object) -> str:
        return choice_text(code, self.words.language, **values)
