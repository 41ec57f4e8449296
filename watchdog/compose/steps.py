"""
The one thing to do next, in all its forms, Japanese and English side by side.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from watchdog.terms.said import Said

if TYPE_CHECKING:
    from collections.abc import Mapping


class NextStep(StrEnum):
    """
    The one thing to do next.
    """

    APPROVE = "approve"
    SHIP = "ship"
    REOPEN = "reopen"
    OTHER_WAYS = "other_ways"
    FOLLOW_RELEASE = "follow_release"
    CONFIRM_RELEASE = "confirm_release"
    FIX_LISTING = "fix_listing"
    CHECK_LISTING = "check_listing"
    FOLLOW_UP = "follow_up"
    CALL_SUPPORT = "call_support"
    CHECK_FIGURES = "check_figures"
    TELL_BUYER = "tell_buyer"
    SEND_TICKET = "send_ticket"
    COMPLETE_TICKET = "complete_ticket"


STEPS: Mapping[NextStep, Said] = {
    NextStep.APPROVE: Said(
        "注文管理にキャンセルリクエストが表示されていることを確かめ、すぐに承認してください（キャンセル理由は「購入者によるキャンセル」）。"
        "表示されていない場合、出品者側からのキャンセルは出荷前キャンセル率に数えられるため、まだ行わないでください。",
        "Check that Manage Orders shows the cancellation request and approve it at once (reason: buyer cancelled). "
        "If no request is shown, don't cancel yet: a cancellation by the seller counts in the pre-fulfilment cancel rate.",
    ),
    NextStep.SHIP: Said(
        "商品が手元にあれば、ただちに出荷し、出荷通知を送ってください。出荷遅延率からの除外は、問い合わせ文（{command}、"
        "メールでは添付の{files}）でテクニカルサポートに"
        "求めてください。",
        "If you have the product, ship it now and confirm the shipment. Ask Seller Support with the prepared ticket ({command}; in "
        "e-mail the attachment {files}) to exclude the "
        "order from the late shipment rate.",
    ),
    NextStep.REOPEN: Said(
        "送信済みの問い合わせ{ticket}を再開し、この内容を追記して回答を求めてください。同じ件で新しい問い合わせは作成しないでください。",
        "Reopen the ticket you sent{ticket}, add this and ask for an answer. Don't open a second ticket for the same matter.",
    ),
    NextStep.FOLLOW_UP: Said(
        "送信済みの問い合わせ{ticket}を再開し、追加の連絡文（{command}、メールでは添付の{files}）を送って回答を求めてください。"
        "同じ件で新しい問い合わせは作成しないでください。",
        "Reopen the ticket you sent{ticket} with the prepared follow-up ({command}; in e-mail the attachment {files}) and ask for an "
        "answer. Don't open a second ticket for the "
        "same matter.",
    ),
    NextStep.CALL_SUPPORT: Said(
        "同じ問い合わせ{ticket}へ追加の連絡文（{command}、メールでは添付の{files}）を送り、あわせて電話でも回答を求めてください。"
        "電話の原稿は、下のコマンドで開けます。",
        "Reopen the same ticket{ticket} with the prepared follow-up ({command}; in e-mail the attachment {files}), and ask by phone as "
        "well. The command below opens the script.",
    ),
    NextStep.CHECK_FIGURES: Said(
        "セラーセントラルの「アカウント健全性」で出荷遅延の件数を確かめ、記録してください（preorder-watchdog health enter late）。"
        "記録すると、この注文が集計に残っているかどうかを確かめられます。",
        "Look up the late shipments under Account Health in Seller Central and enter them (preorder-watchdog health enter late): "
        "only figures can show whether the order still counts.",
    ),
    NextStep.TELL_BUYER: Said(
        "出荷予定日までに訂正されない場合に備え、購入者へ発売日と発送の見通しを案内してください。文面は、下のコマンドで開けます。"
        "案内したら、preorder-watchdog buyer-contacted {case_no} で記録してください。",
        "In case the date is not corrected in time, tell the buyer the release date and when the order will ship. The command below "
        "opens the "
        "text. Then note it: preorder-watchdog buyer-contacted {case_no}",
    ),
    NextStep.OTHER_WAYS: Said(
        "同じ問い合わせは繰り返さず、アカウント健全性の電話窓口へ相談するか、購入者への連絡を検討してください。",
        "Don't send the same ticket again. Call Account Health support, or consider writing to the buyer.",
    ),
    NextStep.FOLLOW_RELEASE: Said(
        "出品情報の発売日を{date}に直し、続けて注文管理で予約注文の発売日（出荷予定日）を変更してください。手順は、{command} "
        "で確認できます（メールでは添付の{files}）。",
        "Set the release date on the listing to {date}, then change the dates of the open pre-orders in Manage Orders. {command} shows "
        "the steps (in e-mail the attachment {files}).",
    ),
    NextStep.CONFIRM_RELEASE: Said(
        "発売元の発表で、発売日が{date}に変わったかどうかを確かめてください。変わっていれば、出品情報、注文管理の順に日付を直します。"
        "手順は、{command} で確認できます（メールでは添付の{files}）。",
        "Check the publisher's announcement: has the release really moved to {date}? If so, correct the listing first, then Manage Orders. "
        "{command} shows the steps (in e-mail the attachment {files}).",
    ),
    NextStep.FIX_LISTING: Said(
        "価格改定などの出品ツールを使っている場合は、この商品の更新を止めてください。次に、出品情報の発売日を{date}に直し、"
        "注文管理で予約注文の日付を直してください。手順は、{command} で確認できます（メールでは添付の{files}）。",
        "If a repricer or another listing tool is in use, stop it for this product. Then set the release date on the listing to {date} and "
        "correct the dates of the pre-orders in Manage Orders. {command} shows the steps (in e-mail the attachment {files}).",
    ),
    NextStep.CHECK_LISTING: Said(
        "出品情報の発売日が{date}になっているか確かめ、違っていれば直してから、注文管理で予約注文の日付を直してください。手順は、"
        "{command} で確認できます（メールでは添付の{files}）。",
        "Check whether the listing's release date is {date}. If not, correct it, then the dates of the pre-orders in Manage Orders. "
        "{command} shows the steps (in e-mail the attachment {files}).",
    ),
    NextStep.SEND_TICKET: Said(
        "注文管理で出荷予定日を編集できるか確かめてください。編集できなければ、問い合わせ文（{command}、メールでは添付の{files}）"
        "をテクニカルサポートへ送り、"
        "{reply_by}までの回答を求めてください。",
        "Look whether Manage Orders lets you edit the ship-by date. If not, send the prepared ticket ({command}; in e-mail the "
        "attachment {files}) to Seller Support and ask for "
        "an answer by {reply_by}.",
    ),
    NextStep.COMPLETE_TICKET: Said(
        "注文管理で出荷予定日を編集できるか確かめてください。問い合わせ文は、次の項目が分からないためまだ作れません：{missing}",
        "Look whether Manage Orders lets you edit the ship-by date. The ticket can't be written yet, this is unknown: {missing}",
    ),
}

#: How a bundle with several steps heads each.
STEP_TITLES: Mapping[NextStep, Said] = {
    NextStep.APPROVE: Said("キャンセルリクエストを承認する", "Approve the cancellation"),
    NextStep.SHIP: Said("ただちに出荷する", "Ship now"),
    NextStep.REOPEN: Said("問い合わせを再開する", "Reopen the ticket"),
    NextStep.FOLLOW_UP: Said("追加の連絡文を送る", "Send the follow-up"),
    NextStep.CALL_SUPPORT: Said("電話でも回答を求める", "Ask by phone as well"),
    NextStep.CHECK_FIGURES: Said("出荷遅延率の数値を確かめる", "Look up the late shipment figures"),
    NextStep.TELL_BUYER: Said("購入者へ案内する", "Inform the buyer"),
    NextStep.OTHER_WAYS: Said("ほかの方法をとる", "Take the other ways"),
    NextStep.FOLLOW_RELEASE: Said("新しい発売日を反映する", "Follow the new release date"),
    NextStep.CONFIRM_RELEASE: Said("発売日の変更を確認する", "Confirm the new release date"),
    NextStep.FIX_LISTING: Said("出品情報の日付を直す", "Correct the listing's date"),
    NextStep.CHECK_LISTING: Said("出品情報の日付を確認する", "Check the listing's date"),
    NextStep.SEND_TICKET: Said("テクニカルサポートへ問い合わせる", "Send the ticket"),
    NextStep.COMPLETE_TICKET: Said("注文管理で確認する", "Look in Manage Orders"),
}
