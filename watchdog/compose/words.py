"""
The plain word for everything the house has a code word for: one table each, Japanese and English side by side, complete by test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.case import CaseEvent, CaseState, Outcome
from watchdog.terms.finding import Cause, Confidence, EvidenceKind, Rule, Scope, Severity
from watchdog.terms.letter import LetterKind
from watchdog.terms.look import ReleaseSource
from watchdog.terms.message import MessageKind
from watchdog.terms.observation import Interface, Status
from watchdog.terms.said import Said

if TYPE_CHECKING:
    from collections.abc import Mapping


RULES: Mapping[Rule, Said] = {
    Rule.SHIP_BY_BEFORE_RELEASE: Said("出荷予定日が発売日より前", "ship-by date before the release date"),
    Rule.SHIP_BY_MOVED_EARLIER: Said("出荷予定日の前倒し", "ship-by date moved earlier"),
    Rule.ODD_ONE_OUT: Said("ほかの予約注文より早い出荷予定日", "ship-by date earlier than on the other pre-orders"),
    Rule.LEFT_PENDING_EARLY: Said("発売日前に保留を解除", "left pending well before release"),
    Rule.PAST_SHIP_BY: Said("出荷予定日を超過", "ship-by date has passed"),
    Rule.AUTO_CANCEL_NEAR: Said("自動キャンセルが間近", "automatic cancellation is near"),
    Rule.BUYER_ASKED_CANCEL: Said("購入者からのキャンセルリクエスト", "the buyer asks to cancel"),
    Rule.SHIP_BY_NEAR: Said("まもなく出荷予定日", "ship-by date is near"),
    Rule.RELEASE_UNKNOWN: Said("発売日が不明", "release date unknown"),
    Rule.RELEASE_MOVED: Said("発売日の変更が予約注文に未反映", "release date moved, pre-orders not updated"),
    Rule.LISTING_RESET: Said("予約注文の出荷予定日がまとめて前倒し", "pre-orders moved earlier all at once"),
    Rule.LISTING_MISDATED: Said("商品全体で出荷予定日が発売日より前", "ship-by dates before release across the product"),
}

CAUSES: Mapping[Cause, Said] = {
    Cause.BUYER_CHANGE: Said("購入者側の変更にともなうリセット", "a reset following a change on the buyer's side"),
    Cause.RESET_UNEXPLAINED: Said("理由の分からないリセット", "a reset without a visible reason"),
    Cause.RELEASE_MOVED: Said("発売日の変更", "a changed release date"),
    Cause.LISTING_RESET: Said("出品ツールまたはAmazonカタログによる日付のリセット", "dates reset by a listing tool or Amazon's catalog"),
    Cause.LISTING_MISDATED: Said("出品情報の日付の誤り", "a wrong date on the listing"),
    Cause.UNDETERMINED: Said("まだ分かりません", "not known yet"),
}

CONFIDENCES: Mapping[Confidence, Said] = {
    Confidence.CERTAIN: Said("Amazonの回答で確認済み", "confirmed by Amazon's reply"),
    Confidence.LIKELY: Said("可能性が高い", "likely"),
    Confidence.POSSIBLE: Said("可能性あり", "possible"),
}

SEVERITIES: Mapping[Severity, Said] = {
    Severity.NOTICE: Said("お知らせ", "Notice"),
    Severity.WARNING: Said("注意", "Warning"),
    Severity.URGENT: Said("緊急", "Urgent"),
}

SCOPES: Mapping[Scope, Said] = {
    Scope.ORDER: Said("注文", "order"),
    Scope.PRODUCT: Said("商品全体", "product"),
}

STATES: Mapping[CaseState, Said] = {
    CaseState.OPEN: Said("未対応", "open"),
    CaseState.ACKNOWLEDGED: Said("確認済み", "acknowledged"),
    CaseState.SNOOZED: Said("あとで通知", "snoozed"),
    CaseState.TICKET_SENT: Said("問い合わせ中", "ticket sent"),
    CaseState.VERIFYING: Said("Amazonの対応を確認中", "verifying Amazon's word"),
    CaseState.REFUSED: Said("Amazonは対応不可と回答", "refused by Amazon"),
    CaseState.BUYER_ASKED: Said("購入者がキャンセルを希望", "buyer asked to cancel"),
    CaseState.RESOLVED: Said("解決", "resolved"),
    CaseState.DISMISSED: Said("対応不要", "dismissed"),
}

OUTCOMES: Mapping[Outcome, Said] = {
    Outcome.RESTORED: Said("出荷予定日が元に戻りました", "the ship-by date is back where it belongs"),
    Outcome.RELEASE_CORRECTED: Said("発売日の訂正により問題がなくなりました", "settled by a corrected release date"),
    Outcome.CORRECTED: Said("Amazonが出荷遅延の記録を取り消しました", "Amazon removed the late shipment mark"),
    Outcome.CANCELLED_BY_BUYER: Said("購入者のリクエストによりキャンセルされました", "cancelled at the buyer's request"),
    Outcome.CANCELLED_BY_SELLER: Said("出品者によりキャンセルされました", "cancelled by the seller"),
    Outcome.CANCELLED_BY_AMAZON: Said("Amazonによりキャンセルされました", "cancelled by Amazon"),
    Outcome.CANCELLED: Said("キャンセルされました（実施者は不明）", "cancelled (by whom is not known)"),
    Outcome.SHIPPED_IN_TIME: Said("出荷予定日までに出荷されました", "shipped in time"),
    Outcome.SHIPPED_LATE: Said("出荷予定日を過ぎて出荷されました", "shipped after the ship-by date"),
    Outcome.COUNTED_LATE: Said("出荷遅延として集計されました", "counted as a late shipment"),
    Outcome.MERGED: Said("商品全体の案件にまとめました", "taken over by the product's case"),
    Outcome.DISMISSED: Said("対応不要としました", "dismissed as nothing to do"),
}

EVENTS: Mapping[CaseEvent, Said] = {
    CaseEvent.FOUND: Said("検知しました", "found"),
    CaseEvent.EVIDENCE_ADDED: Said("新しい事実が分かりました", "new facts came in"),
    CaseEvent.MOVED_EARLIER: Said("出荷予定日がさらに早まりました", "the ship-by date moved earlier again"),
    CaseEvent.SEVERITY_RAISED: Said("緊急度が上がりました", "it became more urgent"),
    CaseEvent.SHIP_BY_PASSED: Said("出荷予定日を過ぎました", "the ship-by date passed"),
    CaseEvent.CANCEL_REQUESTED: Said("購入者からキャンセルリクエストが届きました", "the buyer asked to cancel"),
    CaseEvent.SHIP_BY_RESTORED: Said("出荷予定日が元に戻りました", "the ship-by date was restored"),
    CaseEvent.RELEASE_CORRECTED: Said("発売日が訂正されました", "the release date was corrected"),
    CaseEvent.SHIPPED: Said("出荷されました", "it was shipped"),
    CaseEvent.CANCELLED: Said("キャンセルされました", "it was cancelled"),
    CaseEvent.TAKEN_OVER: Said("商品全体の案件にまとめました", "the product's case took over"),
    CaseEvent.RESET_AGAIN: Said("解決後に再び出荷予定日が早まりました", "the ship-by date was reset again"),
    CaseEvent.COUNTED_LATE: Said("出荷遅延として集計されました", "it was counted as a late shipment"),
    CaseEvent.MARK_REMOVED: Said("出荷遅延の記録がなくなりました", "the late shipment mark is gone"),
    CaseEvent.ACKNOWLEDGE: Said("確認済みにしました", "acknowledged"),
    CaseEvent.SNOOZE: Said("あとで通知するようにしました", "snoozed"),
    CaseEvent.SEND_TICKET: Said("テクニカルサポートへ問い合わせました", "the ticket was sent"),
    CaseEvent.AMAZON_EXCLUDED: Said("Amazonから集計の除外に関する回答がありました", "Amazon says it is excluded"),
    CaseEvent.AMAZON_CORRECTED: Said("Amazonから訂正済みとの回答がありました", "Amazon says it is corrected"),
    CaseEvent.AMAZON_REFUSED: Said("Amazonから対応不可との回答がありました", "Amazon refused"),
    CaseEvent.AMAZON_ASKS: Said("Amazonから確認の依頼がありました", "Amazon asks back"),
    CaseEvent.AMAZON_ANSWERED: Said("Amazonからその他の回答がありました", "Amazon answered something else"),
    CaseEvent.CONTACT_BUYER: Said("購入者に連絡しました", "the buyer was contacted"),
    CaseEvent.BUYER_ASKED: Said("購入者からキャンセルの希望がありました", "the buyer wishes to cancel"),
    CaseEvent.DISMISS: Said("対応不要としました", "dismissed"),
    CaseEvent.NOTE: Said("メモを追加しました", "a note was added"),
    CaseEvent.UNDO: Said("直前の操作を取り消しました", "the last decision was undone"),
    CaseEvent.DEADLINE_NEAR: Said("出荷予定日が近づいています", "the ship-by date is near"),
    CaseEvent.BUYER_CONTACT_DUE: Said("購入者へ案内する時期になりました", "it is time to inform the buyer"),
    CaseEvent.AUTO_CANCEL_NEAR: Said("自動キャンセルが近づいています", "automatic cancellation is near"),
    CaseEvent.REPLY_OVERDUE: Said("Amazonからの回答期限を過ぎました", "Amazon's reply is overdue"),
    CaseEvent.FOLLOW_UP_DUE: Said("Amazonからの回答がまだありません", "Amazon has still not answered"),
    CaseEvent.VERIFICATION_DUE: Said(
        "Amazonの対応を確かめるための数値（出荷遅延率）が届いていません", "there are no performance figures to check Amazon's word by"
    ),
    CaseEvent.WINDOWS_LEFT: Said("出荷遅延率の集計期間を過ぎました", "the order has left the windows of the late shipment rate"),
    CaseEvent.SNOOZE_ENDED: Said("「あとで通知」の時刻になりました", "the snooze ended"),
}

#: What the seller can decide, as a button or a hint names it; the word to type stands behind it.
DECISIONS: Mapping[CaseEvent, Said] = {
    CaseEvent.ACKNOWLEDGE: Said("確認済みにする（ack）", "acknowledge (ack)"),
    CaseEvent.SNOOZE: Said("あとで通知する（snooze）", "be reminded later (snooze)"),
    CaseEvent.SEND_TICKET: Said("問い合わせ済みにする（ticket-sent）", "note the sent ticket (ticket-sent)"),
    CaseEvent.AMAZON_EXCLUDED: Said(
        "Amazonの回答「集計から除外」を記録する（amazon-replied excluded）", "note Amazon's answer: excluded (amazon-replied excluded)"
    ),
    CaseEvent.AMAZON_CORRECTED: Said(
        "Amazonの回答「訂正済み」を記録する（amazon-replied corrected）", "note Amazon's answer: corrected (amazon-replied corrected)"
    ),
    CaseEvent.AMAZON_REFUSED: Said(
        "Amazonの回答「対応不可」を記録する（amazon-replied refused）", "note Amazon's answer: refused (amazon-replied refused)"
    ),
    CaseEvent.AMAZON_ASKS: Said(
        "Amazonからの確認依頼を記録する（amazon-replied asks）", "note that Amazon asks back (amazon-replied asks)"
    ),
    CaseEvent.AMAZON_ANSWERED: Said(
        "Amazonのその他の回答を記録する（amazon-replied other）", "note another answer of Amazon's (amazon-replied other)"
    ),
    CaseEvent.CONTACT_BUYER: Said("購入者への連絡を記録する（buyer-contacted）", "note that the buyer was contacted (buyer-contacted)"),
    CaseEvent.BUYER_ASKED: Said("購入者のキャンセル希望を記録する（buyer-asked）", "note that the buyer wishes to cancel (buyer-asked)"),
    CaseEvent.DISMISS: Said("対応不要にする（dismiss）", "dismiss"),
    CaseEvent.NOTE: Said("メモを残す（note）", "add a note (note)"),
    CaseEvent.UNDO: Said("直前の操作を取り消す（undo）", "undo the last decision (undo)"),
}

#: What a step of a case may carry, by the key of its detail.
DETAILS: Mapping[str, Said] = {
    "until": Said("通知する日時", "reminder"),
    "ticket_no": Said("問い合わせ番号", "ticket"),
    "reply_by": Said("回答期限", "answer due"),
    "at": Said("日時", "when"),
    "reference": Said("Amazonの回答番号", "Amazon's reference"),
    "cause": Said("Amazonが認めた原因", "cause named by Amazon"),
    "reason": Said("理由", "reason"),
    "text": Said("本文", "text"),
    "answer": Said("回答内容", "answer"),
    "letter": Said("文面", "letter"),
    "order": Said("注文", "order"),
    "into": Said("統合先", "taken over by"),
    "undone": Said("取り消した操作", "undone"),
}

EVIDENCE: Mapping[EvidenceKind, Said] = {
    EvidenceKind.SHIP_BY: Said("出荷予定日の変化", "change of the ship-by date"),
    EvidenceKind.FIRST_SHIP_BY: Said("最初に確認した出荷予定日", "ship-by date at first sight"),
    EvidenceKind.STATUS: Said("注文の状態の変化", "change of the order's status"),
    EvidenceKind.PAYMENT: Said("支払い情報の変化", "change of the payment details"),
    EvidenceKind.ADDRESS: Said("お届け先の変化（内容は保存していません）", "change of the delivery address (its content is not kept)"),
    EvidenceKind.LEFT_PENDING: Said("発売日前の保留解除", "left pending well before release"),
    EvidenceKind.SIBLINGS: Said("同じ商品のほかの予約注文", "other pre-orders of the same product"),
    EvidenceKind.RELEASE: Said("判定に使った発売日", "release date judged by"),
    EvidenceKind.RELEASE_CHANGE: Said("発売日の変更", "change of the release date"),
    EvidenceKind.RELEASE_STEADY: Said("発売日に変更なし", "release date unchanged"),
    EvidenceKind.CANCEL_REQUEST: Said("購入者のキャンセルリクエスト", "the buyer's request to cancel"),
    EvidenceKind.NOT_LISTED: Said("最新の一覧に表示なし", "no longer in the newest list"),
    EvidenceKind.CONFIRMED: Said("この注文を個別に照会して確認", "confirmed by asking for this one order"),
    EvidenceKind.UNCONFIRMED: Said("個別の照会では未確認", "not yet confirmed by asking for this one order"),
    EvidenceKind.SHIPPING_REPORT_ONLY: Said("出荷用レポートのみで確認", "seen in shipping reports only"),
}

#: Codes of ``Coverage.gap``.
GAPS: Mapping[str, Said] = {
    "release_unknown": Said(
        "発売日が分からないため、発売日との比較はしていません", "the release date is unknown, so nothing is compared with it"
    ),
    "release_not_believed": Said(
        "発売日の情報が注文と合わないため、使っていません", "the release date contradicts the orders and is not used"
    ),
    "no_ship_by": Said("出荷予定日がまだ表示されていません", "no ship-by date is shown yet"),
    "pending_not_visible": Said(
        "出荷用レポートのみのため、保留中の予約注文は見えません", "only shipping reports: pending pre-orders can't be seen"
    ),
}

STATUSES: Mapping[Status, Said] = {
    Status.PENDING_AVAILABILITY: Said("予約中（保留）", "pending availability"),
    Status.PENDING: Said("保留中", "pending"),
    Status.UNSHIPPED: Said("未出荷", "unshipped"),
    Status.PARTIALLY_SHIPPED: Said("一部出荷済み", "partially shipped"),
    Status.SHIPPED: Said("出荷済み", "shipped"),
    Status.CANCELLED: Said("キャンセル済み", "cancelled"),
    Status.UNFULFILLABLE: Said("出荷不可", "unfulfillable"),
}

INTERFACES: Mapping[Interface, Said] = {
    Interface.ORDERS_2026: Said("注文データ（Orders API）", "order data (Orders API)"),
    Interface.ORDERS_V0: Said("注文データ（Orders API v0）", "order data (Orders API v0)"),
    Interface.UNSHIPPED_REPORT: Said("未出荷注文レポート", "Unshipped Orders report"),
    Interface.NEW_ORDERS_REPORT: Said("新規注文レポート", "New Orders report"),
    Interface.ALL_ORDERS_REPORT: Said("全注文レポート", "All Orders report"),
    Interface.PENDING_REPORT: Said("保留中の注文レポート", "Pending Orders report"),
    Interface.ORDER_CHANGE: Said("注文変更の通知", "order change notification"),
}

RELEASE_SOURCES: Mapping[ReleaseSource, Said] = {
    ReleaseSource.SELLER_LIST: Said("当店の発売日の一覧", "the seller's own list of release dates"),
    ReleaseSource.CATALOG: Said("Amazonのカタログ情報", "Amazon's catalog"),
    ReleaseSource.STREET_DATE: Said("Amazonのカタログ情報（street_date）", "Amazon's catalog (street_date)"),
}

LETTER_KINDS: Mapping[LetterKind, Said] = {
    LetterKind.TICKET: Said("テクニカルサポートへの問い合わせ文", "support ticket"),
    LetterKind.TICKET_PHONE: Said("テクニカルサポートへの電話原稿", "support ticket, by phone"),
    LetterKind.FOLLOW_UP: Said("同じ問い合わせへの追加連絡", "follow-up to the ticket"),
    LetterKind.BUYER_INFORM: Said("購入者への案内", "message that informs the buyer"),
    LetterKind.BUYER_REPLY: Said("購入者のキャンセル希望への返信", "reply to a wish to cancel"),
    LetterKind.BUYER_CANCEL: Said("購入者へのキャンセル相談文", "message about a cancellation"),
    LetterKind.BUYER_PHONE: Said("購入者への電話原稿", "phone script for the buyer"),
    LetterKind.APPROVE: Said("キャンセル承認の手順", "how to approve the cancellation"),
    LetterKind.NOTE: Said("出品情報と注文管理の直し方", "what to change on the listing and in Manage Orders"),
}

MESSAGE_KINDS: Mapping[MessageKind, Said] = {
    MessageKind.ALERT: Said("警告", "alert"),
    MessageKind.RESOLVED: Said("解決のお知らせ", "resolved notice"),
    MessageKind.TEST: Said("テスト通知", "test message"),
    MessageKind.DIGEST: Said("日報", "daily digest"),
    MessageKind.REMINDER: Said("繰り返しの通知", "reminder"),
    MessageKind.SUMMARY: Said("まとめ通知", "summary of many messages"),
    MessageKind.UNDELIVERED: Said("未達のお知らせ", "notice of what was not delivered"),
    MessageKind.CONDITION: Said("アカウントと監視に関する警告", "warning about the account or the watch"),
    MessageKind.CONDITION_ENDED: Said("アカウントと監視に関する回復のお知らせ", "all-clear about the account or the watch"),
}

#: What a letter may miss, by the name of the fact.
FACTS: Mapping[str, Said] = {
    "order_id": Said("注文番号", "order id"),
    "product": Said("商品名・ASIN・SKUのいずれか", "title, ASIN or SKU of the product"),
    "ship_by": Said("現在の出荷予定日", "present ship-by date"),
    "corrected_date": Said(
        "正しい出荷予定日（発売日、またはほかの予約注文の出荷予定日）", "right ship-by date (release date, or the other pre-orders' date)"
    ),
    "reply_by": Said("Amazonの回答期限", "time by which Amazon should answer"),
    "release_date": Said("発売日", "release date"),
    "ticket_no": Said(
        "問い合わせ番号（preorder-watchdog ticket-sent で記録）", "ticket number (note it with preorder-watchdog ticket-sent)"
    ),
    "ticket_sent_at": Said("問い合わせを送った日時", "when the ticket was sent"),
    "answered_at": Said("Amazonの回答の日時", "when Amazon answered"),
    "checks": Said("出荷遅延として集計されていることを示す数値", "figures that show it is counted as late"),
    "gap_days": Said("発売日より早い出荷予定日", "ship-by date before the release date"),
    "release_change_new": Said("変更後の発売日", "new release date"),
    "orders": Said("対象の注文番号", "affected order ids"),
}
