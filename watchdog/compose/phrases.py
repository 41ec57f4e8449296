"""
The sentences warnings are made of, Japanese and English side by side; each says one observed thing, or one thing to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.case import Outcome
from watchdog.terms.said import Said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from watchdog.compose.wording import Words


AFTERWARDS: Mapping[Outcome, Said] = {
    Outcome.RESTORED: Said(
        "対応は必要ありません。問い合わせ中の場合は、解決したことをAmazonへ伝えてください。",
        "Nothing is left to do. If a ticket is open, tell Amazon that it is settled.",
    ),
    Outcome.RELEASE_CORRECTED: Said("対応は必要ありません。", "Nothing is left to do."),
    Outcome.CORRECTED: Said(
        "パフォーマンス画面で、出荷遅延率の数値を確かめてください。", "Look at the late shipment rate on the performance page."
    ),
    Outcome.CANCELLED_BY_BUYER: Said(
        "パフォーマンス画面で、出荷遅延率と出荷前キャンセル率を念のため確かめてください。",
        "To be sure, look at the late shipment rate and the cancel rate on the performance page.",
    ),
    Outcome.CANCELLED_BY_SELLER: Said(
        "出荷前キャンセル率に数えられることがあります。パフォーマンス画面で確かめてください。",
        "It may count in the pre-fulfilment cancel rate: look at the performance page.",
    ),
    Outcome.CANCELLED_BY_AMAZON: Said(
        "出荷前キャンセル率に数えられることがあります。パフォーマンス画面で確かめてください。",
        "It may count in the pre-fulfilment cancel rate: look at the performance page.",
    ),
    Outcome.CANCELLED: Said(
        "出荷前キャンセル率に数えられていないか、パフォーマンス画面で確かめてください。",
        "Look at the performance page whether it counts in the pre-fulfilment cancel rate.",
    ),
    Outcome.SHIPPED_IN_TIME: Said("対応は必要ありません。", "Nothing is left to do."),
    Outcome.SHIPPED_LATE: Said(
        "出荷遅延率に数えられることがあります。パフォーマンス画面で確かめてください。",
        "It may count in the late shipment rate: look at the performance page.",
    ),
    Outcome.COUNTED_LATE: Said(
        "出荷遅延率をパフォーマンス画面で確かめてください。", "Look at the late shipment rate on the performance page."
    ),
    Outcome.MERGED: Said("今後は商品全体の案件でお知らせします。", "From now on the product's case reports on it."),
    Outcome.DISMISSED: Said("対応は必要ありません。", "Nothing is left to do."),
}

PHRASES: Mapping[str, Said] = {
    "from_to": Said("{before_at}から{seen_at}までの間", "between {before_at} and {seen_at}"),
    # what happened
    "event": Said("{event}。", "{event}."),
    "moved": Said(
        "出荷予定日は、{before_at}の時点では{old}でしたが、{seen_at}の確認で{new}に変わっていました。",
        "The ship-by date was {old} when checked on {before_at}, and {new} when checked on {seen_at}.",
    ),
    "moved_untimed": Said("出荷予定日が{old}から{new}に変わりました。", "The ship-by date changed from {old} to {new}."),
    "first": Said(
        "{seen_at}に初めて確認した時点で、出荷予定日はすでに{ship_by}でした。",
        "When first seen on {seen_at}, the ship-by date was already {ship_by}.",
    ),
    "now": Said("現在の出荷予定日は{ship_by}です。", "The ship-by date is {ship_by}."),
    "time_left": Said("出荷予定日の終了まで、あと約{hours}時間です。", "About {hours} hours are left until the ship-by date is over."),
    "counted": Said(
        "{day}時点の{window}日間の出荷遅延は{late}件です（出荷予定日を過ぎる前は{before}件）。",
        "The {window}-day window ending {day} holds {late} late shipments ({before} before the ship-by date passed).",
    ),
    "mark_gone": Said(
        "{day}時点の{window}日間の出荷遅延は0件です。この注文の遅延の記録はなくなりました。",
        "The {window}-day window ending {day} holds no late shipment: the mark of this order is gone.",
    ),
    "gap": Said("発売日の{release_date}より{days}日早い日付です。", "That is {days} days before the release date, {release_date}."),
    "gap_one": Said("発売日（{release_date}）の前日にあたります。", "That is one day before the release date, {release_date}."),
    "siblings": Said(
        "同じ商品のほかの予約注文{count}件は、出荷予定日が{day}です。", "{count} other pre-orders of the same product show {day}."
    ),
    "left_pending": Said("発売日よりかなり前の{day}に、保留が解除されています。", "It left pending on {day}, well before release."),
    "payment": Said("支払い方法に関する情報が変わりました{when}。", "The payment details changed{when}."),
    "address": Said(
        "お届け先が変わりました{when}。内容は保存していません。", "The delivery address changed{when}. Its content is not kept."
    ),
    "in_brackets": Said("（{text}）", " ({text})"),
    "cancel_request": Said("購入者からのキャンセルリクエストが届いています。", "A cancellation request from the buyer stands."),
    "not_listed": Said(
        "{seen_at}の一覧（{source}）には、この注文が表示されていません。", "The list of {seen_at} ({source}) no longer shows this order."
    ),
    "past_ship_by": Said("出荷予定日を過ぎています。", "The ship-by date has passed."),
    "auto_cancel": Said(
        "出荷通知がない注文は、{day}を過ぎるとAmazonにより自動でキャンセルされることがあります。",
        "Without a shipment confirmation Amazon may cancel the order automatically after {day}.",
    ),
    "confirmed": Said(
        "{seen_at}にこの注文だけを個別に照会し、同じ内容であることを確かめました。",
        "Asked for this one order at {seen_at}, Amazon said the same.",
    ),
    "unconfirmed": Said(
        "この注文の個別の照会では、まだ確認できていません（Amazonから応答がないか、照会の上限に達しています）。",
        "Not confirmed yet: Amazon could not be asked for this one order (no answer, or its request limit is used up).",
    ),
    "shipping_only": Said(
        "この商品は出荷用レポートだけで確認しています。保留中の予約注文はレポートに出ないため、ここには含まれていません。",
        "This product is seen only through shipping reports. They don't list pending pre-orders, so those are not included here.",
    ),
    "release_moved": Said(
        "発売日が{old}から{new}に変わりました（確認元：{source}）。", "The release date moved from {old} to {new} (source: {source})."
    ),
    "release_unsure": Said("ただし、{source}では{day}のままです。", "But {source} still says {day}."),
    "left_behind": Said(
        "予約注文{count}件の出荷予定日が元のままです（最も早いもの：{ship_by}）。",
        "{count} pre-orders still have their old ship-by date (the earliest: {ship_by}).",
    ),
    "reset_together": Said(
        "予約注文{count}件の出荷予定日が、まとめて早まりました（最も早いもの：{ship_by}）。",
        "{count} pre-orders moved earlier together (the earliest now: {ship_by}).",
    ),
    "misdated": Said(
        "予約注文{count}件の出荷予定日が、発売日の{release_date}より前です（最も早いもの：{ship_by}）。",
        "{count} pre-orders have a ship-by date before the release date, {release_date} (the earliest: {ship_by}).",
    ),
    "previous": Said("変更前は{day}でした。", "Before that it was {day}."),
    # why we think so
    "cause": Said("{cause}（{confidence}）", "{cause} ({confidence})"),
    "because_amazon_said": Said("Amazonの回答によるものです。", "Amazon said so."),
    "because_buyer_change": Said(
        "出荷予定日がずれたのと同じ時期に、購入者側の変更をうかがわせる記録があります。",
        "Something on the buyer's side changed at the time the date went wrong.",
    ),
    "because_reset_seen": Said("日付が早まった理由を示す記録はありません。", "Nothing that was observed explains why the date moved."),
    "because_stands_alone": Said(
        "ほかの予約注文と日付が異なりますが、その理由を示す記録はありません。",
        "The date differs from the other pre-orders, and nothing that was observed explains it.",
    ),
    "because_undetermined": Said(
        "履歴や、比べられるほかの予約注文がまだ足りません。", "There is too little history, and too few other pre-orders to compare with."
    ),
    "because_release_moved": Said(
        "発売日が変わったあとも、予約注文の日付が更新されていません。", "The pre-orders were not updated after the release date moved."
    ),
    "because_listing_reset": Said(
        "短い間に多くの予約注文がそろって早まっています。価格改定などの出品ツールは、予約商品の発売日を消すことがあります。",
        "Many pre-orders moved within a short time. Repricers and other listing tools are known to clear a listing's pre-order date.",
    ),
    "because_listing_misdated": Said(
        "多くの予約注文が早い日付になっており、途中で早まった記録はありません。",
        "Most pre-orders are too early, and none of them was seen to move.",
    ),
    "steady": Said("記録では、発売日は{since}以降変わっていません。", "On record, the release date has not changed since {since}."),
    # lines, names, subjects
    "comma": Said("、", ", "),
    "files": Said("{file}ほか", "{file} and so on"),
    "commands": Said("{command} ほか", "{command} and so on"),
    "ticket_no": Said("（{no}）", " ({no})"),
    "letter_command": Said("preorder-watchdog letter {case_no} {kind}", "preorder-watchdog letter {case_no} {kind}"),
    "line": Said("出荷予定日 {ship_by}", "ship by {ship_by}"),
    "line_moved": Said("出荷予定日 {ship_by}（変更前 {previous}）", "ship by {ship_by} (before: {previous})"),
    "line_first_seen": Said("検知時の出荷予定日 {ship_by}", "ship-by date when flagged: {ship_by}"),
    "count_one": Said("1件", "1 order"),
    "count": Said("{count}件", "{count} orders"),
    "headline": Said("【{mark}】{what}", "{mark}: {what}"),
    "resolved_mark": Said("解決", "Resolved"),
    "test_mark_before": Said("【テスト】", "[Test] "),
    "test_banner": Said(
        "これは通知のテストです。架空の注文を使った見本で、対応は必要ありません。届いていれば、この通知先の設定は正しく動いています。",
        "This is only a test with an invented order; nothing is to be done. As you can read it, this channel works.",
    ),
    "sample_title": Said("見本CD 初回限定盤", "Sample CD, first edition"),
    "care": Said(
        "商品を実際に出荷するまで、出荷通知は送らないでください。", "Never confirm a shipment before the product has really left."
    ),
    "mark_approve": Said("要承認", "approve now"),
    "mark_auto_cancel": Said("自動キャンセル間近", "auto-cancel near"),
    "mark_past_ship_by": Said("出荷予定日超過", "ship-by passed"),
    "mark_reply_overdue": Said("回答期限超過", "reply overdue"),
    "mark_deadline": Said("期限間近", "deadline near"),
    "mark_counted_late": Said("出荷遅延に集計", "counted late"),
    "marks": Said("【{severity}・{mark}】", "[{severity}, {mark}] "),
    "mark": Said("【{severity}】", "[{severity}] "),
    "subject_ship_by": Said("出荷予定日{day}", "ship-by {day}"),
    "subject_ship_by_first": Said("出荷予定日{day}ほか", "ship-by from {day}"),
    "subject_release": Said("（発売日{day}）", ", release {day}"),
    "subject_norm": Said("（ほかの注文{day}）", ", others {day}"),
    "subject_previous": Said("（変更前{day}）", ", before {day}"),
    "subject_about": Said(" {about} {product}", ": {about} {product}"),
    "subject_resolved": Said("【解決】{outcome}", "[Resolved] {outcome}"),
    # labels
    "label_release_by": Said("発売日：{day}（確認元：{source}）", "Release date: {day} (source: {source})"),
    "right_date": Said("正しい日付", "the right date"),
    "label_orders": Said("対象の注文", "Orders"),
    "label_happened": Said("何が起きたか", "What happened"),
    "label_why": Said("原因の見立て", "Why we think so"),
    "label_step": Said("次にすること", "What to do next"),
    "label_commands": Said("詳しい経緯と文面", "Details and the letter"),
    "open_screen": Said("この案件を画面で開く", "Open this case"),
    "screen_of_all": Said("すべて：{address}", "All of them: {address}"),
    "label_release": Said("発売日：{day}", "Release date: {day}"),
    "endings": Said("内訳：{each}。", "In detail: {each}."),
    "ending": Said("{outcome}（{count}件）", "{outcome} ({count})"),
    "more": Said(
        "ほか{count}件は、記録をご覧ください：preorder-watchdog flagged", "and {count} more, see the log: preorder-watchdog flagged"
    ),
    "several_cases": Said("案件番号を入れ替えると、ほかの案件にも使えます。", "The same commands work with the other case numbers."),
}


def phrase(words: Words, name: str, **values: str) -> str:
    """
    Return the sentence in the language, filled with the values.
    """
    return said(words, PHRASES[name]).format_map(values)


def said(words: Words, both: Said) -> str:
    """
    Return one thing in the language.
    """
    return both.to(words.language)
