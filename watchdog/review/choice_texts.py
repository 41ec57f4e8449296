"""
The headings and lines of the decision in figures, Japanese and English side by side.
"""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("対応の選択肢と数字", "Your ways out, in figures"),
    "counted": ("遅延を受け入れる", "Let it be counted"),
    "asked": ("Amazonに訂正を依頼", "Ask Amazon"),
    "waited": ("キャンセルを待つ", "Wait for the buyer"),
    "late": ("{days}日間の遅延率", "Late, {days} days"),
    "stays": ("{rate}のまま", "stays {rate}"),
    "room": ("  残り", "  room"),
    "left": ("あと{count}件", "{count} more"),
    "none_left": ("なし", "none"),
    "leaves": ("  集計外", "  gone"),
    "from": ("{day}から", "from {day}"),
    "missed": ("{told} 目標未達", "{told}, missed"),
    "unknown": ("不明", "unknown"),
    "price": ("金額", "Money"),
    "no_price": ("-", "-"),
    "price_unknown": ("--margin で利益額を指定", "say it with --margin"),
    "margin": ("利益 {amount} を失う", "your margin of {amount} is lost"),
    "saving": ("購入者は {amount} 安く買える", "the buyer saves {amount}"),
    "and": ("、", "; "),
    "step": ("次にすること", "Next"),
    "step_ship": ("発売後すぐに出荷", "ship on release"),
    "step_ask": ("letter {case} {kind}", "letter {case} {kind}"),
    "step_wait": ("letter {case} buyer-inform", "letter {case} buyer-inform"),
    "sure": ("確度", "How sure"),
    "sure_counted": ("遅延として集計", "it counts as late"),
    "sure_asked": ("認められた場合のみ", "only if Amazon agrees"),
    "sure_waited": ("購入者次第。公式な説明は未確認", "up to the buyer; no official word"),
    "counts_on": (
        "出荷通知を {day}（発売日以降で最も早い日）に送った場合の計算です。",
        "Counted as if the shipment were confirmed on {day}, the release date or later.",
    ),
    "release_unknown": (
        "発売日が分からないため、集計から外れる日は計算していません。",
        "Without a release date, the day it leaves the windows can't be counted.",
    ),
    "already": (
        "※ 出荷通知の日がすでに集計期間に入っているため、現在の数値がこの注文を含むものとして計算しています。",
        "(!) The window holds the day of confirmation already: the figure is taken to include these orders.",
    ),
    "no_figures": (
        "出荷遅延率が分からないため、率は計算できません。`preorder-watchdog health enter late --days 30 --orders 対象件数 --count 該当件数` で入力できます。",
        "The late shipment rate is not known; tell it: `preorder-watchdog health enter late --days 30 --orders N --count N`.",
    ),
    "cancels": (
        "出荷通知を送らないままだと、{day} ごろAmazonに自動キャンセルされ、出荷前キャンセル率に集計されます。",
        "Unconfirmed, Amazon cancels about {day}, which counts in the cancellation rate.",
    ),
    "cancel_past": (
        "※ 自動キャンセルの目安（{day}）を過ぎています。注文の状態をセラーセントラルでご確認ください。",
        "(!) The day on which Amazon cancels unconfirmed orders (about {day}) has passed: look at the order in Seller Central.",
    ),
    "cancels_rate": (
        "出荷通知を送らないままだと、{day} ごろAmazonに自動キャンセルされ、出荷前キャンセル率に集計されます（{told}）。",
        "Unconfirmed, Amazon cancels about {day}, which counts in the cancellation rate ({told}).",
    ),
}


def choice_text(code: str, language: str, **values: object) -> str:
    """
    Return the line in the language (English where it is neither), filled with the values.
    """
    ja, en = TEXTS[code]
    return (ja if language == "ja" else en).format_map(values)
