"""
The words of the daily digest, Japanese and English side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.case import CaseEvent
from watchdog.terms.promise import Counted, Ground
from watchdog.terms.said import Said

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What time brings next, as it stands behind its hour.
DUES: Mapping[CaseEvent, Said] = {
    CaseEvent.DEADLINE_NEAR: Said("出荷予定日の終了{hours}時間前", "{hours} hours before the ship-by date is over"),
    CaseEvent.BUYER_CONTACT_DUE: Said("購入者へ案内する目安", "inform the buyer"),
    CaseEvent.SHIP_BY_PASSED: Said("出荷予定日の終了", "the ship-by date is over"),
    CaseEvent.AUTO_CANCEL_NEAR: Said("自動キャンセルが近づく日", "automatic cancellation comes near"),
    CaseEvent.REPLY_OVERDUE: Said("Amazonの回答期限", "Amazon's answer is due"),
    CaseEvent.FOLLOW_UP_DUE: Said("電話でも確認する目安", "ask by phone as well"),
    CaseEvent.VERIFICATION_DUE: Said("出荷遅延率の数値を確かめる目安", "look up the late shipment figures"),
    CaseEvent.SNOOZE_ENDED: Said("「あとで通知」の時刻", "your reminder"),
}

COUNTED: Mapping[Counted, Said] = {
    Counted.COUNTED: Said("含まれています", "counted"),
    Counted.NOT_COUNTED: Said("含まれていません", "not counted"),
    Counted.UNKNOWN: Said("判断できません", "can't tell"),
}

GROUNDS: Mapping[Ground, Said] = {
    Ground.NONE_LATE: Said("{window}日間の出荷遅延は0件", "no late shipment in {window} days"),
    Ground.MORE_THAN_BEFORE: Said(
        "{window}日間の出荷遅延が{before}件から{late}件に増え、ほかに遅れた注文の記録がありません",
        "late shipments in {window} days rose from {before} to {late}, and no other late order is on record",
    ),
    Ground.OTHERS_LATE: Said(
        "{window}日間の出荷遅延は{late}件ですが、ほかにも遅れた注文があります",
        "{late} late shipments in {window} days, but other orders were late as well",
    ),
    Ground.NO_MORE_THAN_BEFORE: Said(
        "{window}日間の出荷遅延は{late}件で、出荷予定日を過ぎる前の{before}件から増えていません",
        "{late} late shipments in {window} days, no more than the {before} before the ship-by date passed",
    ),
    Ground.FELL: Said(
        "{window}日間の出荷遅延は{late}件に減りましたが、ほかの注文が集計期間を過ぎた可能性があります",
        "late shipments in {window} days fell to {late}, but others may have left the window",
    ),
    Ground.NO_BASELINE: Said(
        "{window}日間の出荷遅延は{late}件ですが、出荷予定日を過ぎる前の数値がなく比べられません",
        "{late} late shipments in {window} days, and no figures from before the ship-by date passed to compare with",
    ),
    Ground.NO_COUNT: Said("{window}日間の件数が分かりません", "the number of late shipments in {window} days is not known"),
    Ground.LEFT: Said("{window}日間の集計期間を過ぎました", "the order has left the {window}-day window"),
}

DIGEST: Mapping[str, Said] = {
    "subject": Said("【日報】{day} {what}", "[Daily] {day}: {what}"),
    "headline": Said("{day}の日報", "Daily digest, {day}"),
    "cases": Said("対応中{count}件", "{count} open"),
    "gaps": Said("監視できていない商品{count}件", "{count} not fully watched"),
    "blind": Said("情報源に問題あり", "a source needs care"),
    "near": Said("出荷間近{count}商品", "{count} to ship soon"),
    "watched": Said("集計の確認中{count}件", "{count} being checked"),
    "fine": Said("問題はありません", "all is well"),
    "comma": Said("、", ", "),
    "title_cases": Said("対応中の案件（{count}件）", "OPEN CASES ({count})"),
    "title_watched": Said("出荷遅延率に残っていないか確認中（{count}件）", "CHECKED AGAINST THE LATE SHIPMENT RATE ({count})"),
    "title_near": Said("まもなく出荷予定日を迎える予約注文", "PRE-ORDERS TO SHIP SOON"),
    "title_gaps": Said("監視できていない予約注文", "NOT FULLY WATCHED"),
    "title_troubles": Said("続いている問題", "STILL WRONG"),
    "title_sources": Said("情報源", "SOURCES"),
    "title_prevented": Said("これまでに防いだ出荷遅延", "PREVENTED SO FAR"),
    "prevented": Said("{count}件（出荷遅延になる前に解決した案件）", "{count} (cases settled before anything counted)"),
    "case": Said("{case_no} {order} {product}", "{case_no} {order} {product}"),
    "dates": Said("出荷予定日 {ship_by}（発売日 {release}）、{state}", "ship by {ship_by}, release {release}; {state}"),
    "dates_only": Said("出荷予定日 {ship_by}、{state}", "ship by {ship_by}; {state}"),
    "next": Said("次にすること：{step}（{command}）", "Next: {step} ({command})"),
    "next_bare": Said("次にすること：{step}", "Next: {step}"),
    "due": Said("次の期限：{when} {what}", "Due: {when}, {what}"),
    "counted": Said("出荷遅延の集計（{day}時点）：{counted}。{ground}", "Late shipment rate ({day}): {counted}; {ground}"),
    "counted_never": Said(
        "出荷遅延の集計：まだ判断できません。数値が届いていません", "Late shipment rate: can't tell yet, no figures have come"
    ),
    "until": Said("確認は{day}まで続けます", "watched until {day}"),
    "near_line": Said("{product}：{day} {count}件", "{product}: {day}, {count} orders"),
    "gap_line": Said("{product}：{gap}（{count}件）", "{product}: {gap} ({count} orders)"),
    "source": Said("{name}：{reason}", "{name}: {reason}"),
    "wait": Said("Amazonの回答を待つ", "wait for Amazon's answer"),
    "wake": Said("「あとで通知」の時刻を待つ", "wait for your reminder"),
    "check": Said("Amazonの回答どおりになるか確かめる", "see whether Amazon keeps its word"),
    "orders": Said("{count}件の予約注文", "{count} pre-orders"),
    "screen": Said("画面で見る", "Open the review page"),
    "more": Said("ほか{count}件：preorder-watchdog flagged", "and {count} more: preorder-watchdog flagged"),
}
