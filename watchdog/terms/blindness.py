"""
What is said of sources and of our access to Amazon: one sentence for each way to see or to be blind, Japanese and English.

Values whose names end in ``_at`` are instants, in ``_on`` dates, ``source`` is a source's name; ``compose.conditions.spoken`` shows them.
"""

# ruff: noqa: E501 - one sentence a line; Japanese counts double width

from __future__ import annotations

BLINDNESS: dict[str, dict[str, str]] = {
    # a source sees
    "sight_saw": {
        "en": "saw ship-by dates {seen_at}",
        "ja": "{seen_at} に出荷予定日を確認しました",
    },
    "sight_peace": {
        "en": "answered {answered_at}; nothing is open",
        "ja": "{answered_at} に確認しました。未出荷の注文はありません",
    },
    "sight_answered": {
        "en": "answered {answered_at}",
        "ja": "{answered_at} に確認しました",
    },
    "sight_not_asked": {
        "en": "nothing was asked of it yet",
        "ja": "まだ確認していません",
    },
    "sight_waiting": {
        "en": "no answer with ship-by dates yet",
        "ja": "出荷予定日が分かる情報は、まだ届いていません",
    },
    "sight_fallback": {
        "en": "{voice} speaks in the place of {first}",
        "ja": "{first}の代わりに{voice}で確認しています",
    },
    # a source is silent (DOMAIN §10)
    "silent_no_answer": {
        "en": "The last complete answer of {source} is of {answered_at}; one is expected every {minutes} minutes.",
        "ja": "{source}からの完全な回答は {answered_at} が最後です（本来は {minutes} 分ごと）。",
    },
    "silent_never_answered": {
        "en": "{source} has not given one complete answer since {since_at}.",
        "ja": "{source}は、{since_at} に監視を始めてから一度も完全な回答を返していません。",
    },
    "silent_no_file": {
        "en": "No complete report with ship-by dates has come for {days} business days; the last is of {answered_at}.",
        "ja": "出荷予定日が分かるレポートが {days} 営業日届いていません（最後は {answered_at} のもの）。",
    },
    "silent_never_a_file": {
        "en": "A pre-order is to be watched since {since_at}, but no report with ship-by dates has come for {days} business days.",
        "ja": "{since_at} から見守る予約商品がありますが、出荷予定日が分かるレポートが {days} 営業日届いていません。",
    },
    "silent_without_dates": {
        "en": "{missing} of {of} open orders that had a ship-by date come without one from {source} since {seen_at}.",
        "ja": "{seen_at} から、出荷予定日があった未出荷の注文 {of} 件のうち {missing} 件で、{source}の情報から出荷予定日がなくなっています。",
    },
    "silent_vanished": {
        "en": "{missing} of {of} open orders vanished from {source} at {seen_at}, more than a day before their ship-by dates; nothing shows them shipped or cancelled.",
        "ja": "{seen_at} に、{source}の情報から未出荷の注文 {of} 件のうち {missing} 件が消えました。出荷予定日まで1日以上あり、出荷・キャンセルの記録はありません。",
    },
    # what to do
    "step_vanished": {
        "en": "Look in Manage Orders whether these orders are still there. If they are shipped or cancelled, there is nothing to do; if not, drop a fresh unshipped orders report into the inbox folder.",
        "ja": "注文管理で、これらの注文が残っているかご確認ください。出荷済み・キャンセル済みであれば対応は不要です。残っている場合は、新しい「未出荷注文レポート」を受信フォルダに入れてください。",
    },
    "step_drop_file": {
        "en": "Download the unshipped orders report from Seller Central (Orders → Order reports → Unshipped) and drop it into the inbox folder.",
        "ja": "セラーセントラルの「注文」→「注文レポート」→「未出荷注文」からレポートをダウンロードし、受信フォルダに入れてください。",
    },
    "step_fallback": {
        "en": "Nothing for now: {voice} shows the ship-by dates meanwhile, and the way back is tried again and again.",
        "ja": "今のところ対応は必要ありません。{voice}で監視を続けており、元の方法には自動で戻ります。",
    },
    "step_connect": {
        "en": "Run `preorder-watchdog connect`: it says what is missing and how to get it. Until then, drop the unshipped orders report into the inbox folder.",
        "ja": "`preorder-watchdog connect` で、足りない設定と直し方を確認してください。それまでは「未出荷注文レポート」を受信フォルダに入れると監視を続けられます。",
    },
    # a role is missing for what is asked beside the orders
    "role_missing": {
        "en": "{operation}: access to {source} is refused even with a fresh token ({problem}). The application probably lacks the role “{role}”, or was not authorised again after the role was added.",
        "ja": "{source}（{operation}）へのアクセスが、新しいトークンでも拒否されました（{problem}）。アプリにロール「{role}」がないか、ロールの追加後に認可し直していない可能性があります。",
    },
    "step_role": {
        "en": "Add the role “{role}” to the application in Seller Central (Develop Apps → Edit App) and authorise it again; if that gives a new refresh token, set it and restart.",
        "ja": "セラーセントラルの「アプリの開発」→「アプリの編集」でロール「{role}」を追加し、アプリを認可し直してください。新しいリフレッシュトークンが発行された場合は、設定し直して再起動してください。",
    },
    "step_role_catalog": {
        "en": "Add the role “{role}” to the application in Seller Central (Develop Apps → Edit App) and authorise it again; if that gives a new refresh token, set it and restart. Until then list the release dates by hand: `preorder-watchdog releases` shows which are missing.",
        "ja": "セラーセントラルの「アプリの開発」→「アプリの編集」でロール「{role}」を追加し、アプリを認可し直してください。新しいリフレッシュトークンが発行された場合は、設定し直して再起動してください。それまでは、発売日をご自身の一覧に登録してください（足りない商品は `preorder-watchdog releases` で確認できます）。",
    },
    "step_role_pricing": {
        "en": "Add the role “{role}” to the application in Seller Central (Develop Apps → Edit App) and authorise it again; if that gives a new refresh token, set it and restart. Until then type the price where a text needs it: `preorder-watchdog letter CASE buyer-cancel --price-now AMOUNT`.",
        "ja": "セラーセントラルの「アプリの開発」→「アプリの編集」でロール「{role}」を追加し、アプリを認可し直してください。新しいリフレッシュトークンが発行された場合は、設定し直して再起動してください。それまでは、価格を `preorder-watchdog letter 案件番号 buyer-cancel --price-now 金額` のように手入力してください。",
    },
    "step_role_health": {
        "en": "Add the role “{role}” to the application in Seller Central (Develop Apps → Edit App) and authorise it again; if that gives a new refresh token, set it and restart. Until then type the figures: `preorder-watchdog health enter --help`.",
        "ja": "セラーセントラルの「アプリの開発」→「アプリの編集」でロール「{role}」を追加し、アプリを認可し直してください。新しいリフレッシュトークンが発行された場合は、設定し直して再起動してください。それまでは、数値を手入力してください（`preorder-watchdog health enter --help`）。",
    },
    "step_role_unshipped": {
        "en": "Add the role “{role}” to the application in Seller Central (Develop Apps → Edit App) and authorise it again; if that gives a new refresh token, set it and restart. Until then drop the unshipped orders report into the inbox folder, or switch the report off (PREORDER_SPAPI_REPORT).",
        "ja": "セラーセントラルの「アプリの開発」→「アプリの編集」でロール「{role}」を追加し、アプリを認可し直してください。新しいリフレッシュトークンが発行された場合は、設定し直して再起動してください。それまでは「未出荷注文レポート」を受信フォルダに入れるか、レポートの取得（PREORDER_SPAPI_REPORT）を止めてください。",
    },
    "step_key": {
        "en": "Give the AWS key the right to read and delete messages of this queue (docs/notifications.md), or set another key and restart.",
        "ja": "AWSのアクセスキーに、このキューのメッセージの受信と削除の権限を付けるか（docs/notifications.md）、別のキーを設定して再起動してください。",
    },
    # the secret's rotation (every 180 days)
    "secret_expires": {
        "en": "The client secret was made on {made_on}. Amazon asks for a new one every 180 days; this one ends on {ends_on}, in {days} days.",
        "ja": "アプリのシークレットの発行日は{made_on}です。Amazonは180日ごとの更新を求めており、期限の{ends_on}まであと{days}日です。",
    },
    "secret_expired": {
        "en": "The client secret was made on {made_on}. Its 180 days ended on {ends_on}.",
        "ja": "アプリのシークレットの発行日は{made_on}で、180日の期限（{ends_on}）を過ぎています。",
    },
}
