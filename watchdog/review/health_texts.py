"""
The headings and lines of account health, Japanese and English side by side.
"""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "place": ("{place}（{when} 時点）", "{place} (as of {when})"),
    "metric": ("指標", "Metric"),
    "window": ("期間", "Days"),
    "counts": ("該当/対象", "Counted"),
    "rate": ("率", "Rate"),
    "target": ("目標", "Target"),
    "room": ("余裕", "Room"),
    "level": ("状況", "State"),
    "days": ("{days}日", "{days}"),
    "left": ("あと{count}件", "{count} more"),
    "no_room": ("なし", "none"),
    "level_good": ("良好", "good"),
    "level_near": ("注意", "near"),
    "level_missed": ("目標未達", "missed"),
    "level_unknown": ("不明", "unknown"),
    "used": (
        "目標値に対する割合（┊ 75%を超えると注意、│ 100%で目標未達）",
        "How much of each limit is used up (┊ 75%: you are warned, │ 100%: missed)",
    ),
    "course": ("{days}日間の{metric}の推移", "{metric} over {days} days, day by day"),
    "course_target": ("目標", "target"),
    "room_line": (
        "{room}発生すると、{days}日間の{metric}が目標（{target}）を満たせなくなります。",
        "{room} would miss the target ({target}) of the {metric} over {days} days.",
    ),
    "missed_line": (
        "{days}日間の{metric}は目標（{target}）を満たしていません。",
        "The {metric} over {days} days misses its target ({target}).",
    ),
    "trend_rising": ("{day}から悪化（{before} → {after}）", "worse since {day} ({before} → {after})"),
    "trend_falling": ("{day}から改善（{before} → {after}）", "better since {day} ({before} → {after})"),
    "trend_line": ("{days}日間の{metric}：{trend}", "{metric} over {days} days: {trend}"),
    "policy_line": (
        "※ {days}日間の{metric}は目標値が分からないため、設定の目標値と比べています。",
        "(!) No target came with the {metric} over {days} days: it is held against the one of the settings.",
    ),
    "contradicts_line": (
        "※ {days}日間の{metric}は、レポートの件数と率が一致しません。率で判定し、残り件数は計算していません。",
        "(!) Counts and rate of the {metric} over {days} days don't fit together in the report: judged by the rate, no room is counted.",
    ),
    "old_line": (
        "※ {days}日間の{metric}は {day} 時点の数値です。現在の数値をご確認ください。",
        "(!) The {metric} over {days} days is of {day}: look what it is now.",
    ),
    "plan_line": (
        "Amazonから改善計画を求められたら：`preorder-watchdog plan --kind {kind}`",
        "If Amazon asks for a plan of action: `preorder-watchdog plan --kind {kind}`",
    ),
    "no_forecast": (
        "目標を満たせなかったときにAmazonがどう対応するかは、率だけでは分かりません（4.1%で停止された例も、70%で停止されなかった例もあります）。",
        "What Amazon does about a missed target can't be told from the rate: sellers were suspended at 4.1% and left alone at 70%.",
    ),
    "unsaid_line": (
        "{days}日間の{metric}はまだ分かりません。セラーセントラルの「アカウント健全性」で確認し、`preorder-watchdog health enter {kind} --days {days} --orders 対象件数 --count 該当件数` で登録できます。",
        "Not told yet: the {metric} over {days} days. Look at Account Health in Seller Central, then `preorder-watchdog health enter {kind} --days {days} --orders N --count N`.",
    ),
    "others_good": ("このほか {count} 項目は問題ありません。", "{count} more metrics are fine."),
    "others_unrated": ("このほか {count} 項目は評価されていません。", "{count} more metrics are not rated."),
    "word": ("{metric}：{status}", "{metric}: {status}"),
    "count": ("{metric}：{count} 件", "{metric}: {count}"),
    "nothing": (
        "アカウント健全性の数値はまだありません。アカウント健全性レポート（JSON）を受信フォルダ {inbox} に入れるか、`preorder-watchdog health enter late --days 30 --orders 100 --count 2` のように入力してください。",
        "No account health figure is known yet. Drop an account health report (JSON) into {inbox}, or type what Seller Central shows: `preorder-watchdog health enter late --days 30 --orders 100 --count 2`.",
    ),
    "entered": (
        "登録しました：{place} {days}日間の{metric} {rate}（目標 {target}）",
        "Noted: {place}, {metric} over {days} days: {rate} (target {target})",
    ),
    "judged_next": ("次の巡回から、お知らせの判定に使います。", "The next turn judges by it."),
}


def health_text(code: str, language: str, **values: object) -> str:
    """
    Return the line in the language (English where it is neither), filled with the values.
    """
    ja, en = TEXTS[code]
    return (ja if language == "ja" else en).format_map(values)
