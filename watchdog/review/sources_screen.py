"""
The sources at a glance: a table of 80 columns for people, and the same as JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from watchdog.review.screen import Screen, table
from watchdog.review.texts import text
from watchdog.terms.moments import show_instant
from watchdog.terms.sight import Showing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from watchdog.terms.sight import Allowance, Glance

_TEXTS: Mapping[str, tuple[str, str]] = {
    "source": ("情報源", "Source"),
    "state": ("状態", "State"),
    "shows": ("見える内容", "Can see"),
    "last_saw": ("出荷予定日の最終確認", "Saw ship-by dates"),
    "never": ("まだありません", "never"),
    "no_dates": ("―", "-"),
    "ok": ("正常", "ok"),
    "degraded": ("一部が不調", "degraded"),
    "silent": ("見えていません", "silent"),
    "refused": ("拒否", "refused"),
    "speaks": ("{source}の現在の取得方法：{speaks}", "{source} is read as: {speaks}"),
    "nobody": ("なし", "nobody yet"),
    "chain": ("  試す順番：{chain}", "  Tried in this order: {chain}"),
    "operation": ("Amazonの操作", "Amazon's operation"),
    "left": ("残り", "Left"),
    "refill": ("補充", "Refilled"),
    "every": ("{seconds}秒に1回", "one per {seconds} s"),
    "per_second": ("毎秒{count}回", "{count} per second"),
    "free_at": ("次の使用", "Free from"),
    "now": ("いつでも", "now"),
    "file": ("ファイルの投入", "drop a file"),
    Showing.PENDING: ("保留中の注文", "pending orders"),
    Showing.SHIP_BY: ("出荷予定日", "ship-by dates"),
    Showing.STATUS: ("注文の状態", "statuses"),
    Showing.PAYMENT: ("支払い方法の変化", "payment changes"),
    Showing.CANCEL_REQUEST: ("キャンセルリクエスト", "requests to cancel"),
    Showing.RELEASE_DATE: ("発売日", "release dates"),
    Showing.HEALTH: ("アカウント健全性", "account health"),
    Showing.PRICE: ("ほかの出品の価格", "other offers' prices"),
}
_STYLES: Mapping[str, str] = {"ok": "green", "degraded": "yellow", "silent": "bold red", "refused": "bold red"}


class SourcesScreen(Screen):
    """
    Writes the sources for people.
    """

    def sources(self, glances: Sequence[Glance], zone: ZoneInfo, *, now: datetime) -> None:
        """
        Write one row per source, then what is wrong, who speaks, and what is left of the allowances.
        """
        grid = table()
        grid.add_column(self._text("source"), overflow="fold", ratio=3)
        grid.add_column(self._text("state"), no_wrap=True)
        grid.add_column(self._text("shows"), overflow="fold", ratio=4)
        grid.add_column(self._text("last_saw"), overflow="fold", ratio=2)
        for glance in glances:
            shows = self._list(self._text(each) for each in glance.shows)
            state = Text(self._text(glance.state), style=_STYLES[glance.state])
            grid.add_row(Text(self.words.source(glance.name)), state, Text(shows), Text(self._last_saw(glance, zone, now)))
        self.console.print(grid)
        for glance in glances:
            self._more(glance)
        self._allowances([each for glance in glances for each in glance.allowances], zone, now=now)

    def _last_saw(self, glance: Glance, zone: ZoneInfo, now: datetime) -> str:
        if Showing.SHIP_BY not in glance.shows:
            return self._text("no_dates")
        return self._text("never") if glance.last_saw_at is None else self.words.moment(glance.last_saw_at, zone, now=now)

    def _more(self, glance: Glance) -> None:
        if glance.state != "ok":
            self.console.print()
            self.folded(text("named", self.words.language, name=self.words.source(glance.name), said=glance.message))
        if glance.chain:
            self.console.print()
            speaks = self._voice(glance.speaks) if glance.speaks else self._text("nobody")
            self.folded(self._text("speaks", source=self.words.source(glance.name), speaks=speaks))
            self.folded(self._text("chain", chain=" → ".join(self._voice(voice) for voice in glance.chain)))

    def folded(self, sentence: str) -> None:
        """
        Write a sentence within the screen's width, wherever it has to break.
        """
        for line in Text(sentence).wrap(self.console, self.console.width, overflow="fold"):
            line.rstrip()
            self.console.print(line)

    def _allowances(self, allowances: Iterable[Allowance], zone: ZoneInfo, *, now: datetime) -> None:
        each_once = {each.operation: each for each in allowances}
        if not each_once:
            return
        grid = table()
        grid.add_column(self._text("operation"), overflow="fold", ratio=1)
        for code in ("left", "refill", "free_at"):
            grid.add_column(self._text(code), justify="right", no_wrap=True)
        for each in each_once.values():
            free = self._text("now") if each.free_at is None else self.words.moment(each.free_at, zone, now=now)
            grid.add_row(Text(each.operation), f"{each.left}/{each.burst}", self._refill(each.every), free)
        self.console.print()
        self.console.print(grid)

    def _refill(self, seconds: float) -> str:
        if seconds < 1:
            return self._text("per_second", count=round(1 / seconds))
        return self._text("every", seconds=round(seconds))

    def _voice(self, name: str) -> str:
        return self._text("file") if name == "inbox" else self.words.source(name)

    def _list(self, items: Iterable[str]) -> str:
        return ("、" if self.words.language == "ja" else ", ").join(items)

    def _text(self, code: str, **values: object) -> str:
        ja, en = _TEXTS[code]
        return (ja if self.words.language == "ja" else en).format_map(values)


def glances_as_json(glances: Iterable[Glance]) -> list[dict[str, Any]]:
    """
    Return what ``sources --json`` prints: the keys of ``sources`` elsewhere, and more.
    """
    return [
        {
            "name": each.name,
            "state": each.state,
            "last_saw_ship_dates_at": _instant(each.last_saw_at),
            "message": each.message,
            "shows": [showing.value for showing in each.shows],
            "last_answer_at": _instant(each.last_answer_at),
            "speaks": each.speaks,
            "chain": list(each.chain),
            "allowance": [
                {
                    "operation": allowance.operation,
                    "left": allowance.left,
                    "burst": allowance.burst,
                    "seconds_per_request": round(allowance.every, 3),
                    "free_at": _instant(allowance.free_at),
                }
                for allowance in each.allowances
            ],
        }
        for each in glances
    ]


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else show_instant(moment)
