"""
What ``connect`` says at each of its steps: what was tried, what came of it, what is missing and how to get it.
"""

# ruff: noqa: E501 - one sentence a line; Japanese counts double width

from __future__ import annotations

CONNECT: dict[str, dict[str, str]] = {
    # what is tried
    "connect_credentials": {"en": "Credentials", "ja": "認証情報"},
    "connect_token": {"en": "Access token (Login with Amazon)", "ja": "アクセストークン（Login with Amazon）"},
    "connect_marketplaces": {"en": "Marketplaces of your account", "ja": "アカウントのマーケットプレイス"},
    "connect_orders": {"en": "Orders with ship-by dates", "ja": "注文と出荷予定日"},
    "connect_catalog": {"en": "Release dates from the catalog", "ja": "カタログの発売日"},
    # what came of it
    "connect_credentials_set": {
        "en": "Client id, client secret and refresh token are set.",
        "ja": "クライアントID、クライアントシークレット、リフレッシュトークンは設定済みです。",
    },
    "connect_credentials_missing": {"en": "Not set: {names}", "ja": "未設定：{names}"},
    "connect_token_given": {"en": "Amazon knows the application and the authorisation.", "ja": "アプリと認可が確認できました。"},
    "connect_takes_part": {"en": "Your account sells on {stores}.", "ja": "{stores} に出品しているアカウントです。"},
    "connect_not_there": {
        "en": "Your account does not sell on {missing}; it sells on {stores}.",
        "ja": "このアカウントは {missing} に出品していません（出品先：{stores}）。",
    },
    "connect_suspended": {
        "en": "Your account sells on {stores}; Amazon says that listings are suspended.",
        "ja": "{stores} のアカウントです。出品が停止されているとAmazonが回答しています。",
    },
    "connect_orders_seen": {
        "en": "{orders} open orders on the first page, {dated} of them with a ship-by date, {pending} pending pre-orders.",
        "ja": "最初の1ページで未出荷の注文 {orders} 件を確認しました（出荷予定日あり {dated} 件、保留中の予約注文 {pending} 件）。",
    },
    "connect_no_orders": {
        "en": "Amazon answers; there is no open order now.",
        "ja": "Amazonから回答がありました。現在、未出荷の注文はありません。",
    },
    "connect_pending_undated": {
        "en": "{undated} of {pending} pending pre-orders come without a ship-by date: until they leave pending, `coverage` names them as without a date.",
        "ja": "保留中の予約注文 {pending} 件のうち {undated} 件には出荷予定日がありません。保留が解除されるまで、`coverage` に「出荷予定日なし」として表示されます。",
    },
    "connect_old_orders": {
        "en": "Amazon refuses the newest orders interface ({problem}); the old one (v0, until 27 March 2027) answers and is used meanwhile.",
        "ja": "新しい注文API（v2026-01-01）は利用できませんが（{problem}）、旧API（v0、2027年3月27日まで）が使えるため、当面はそちらで監視します。",
    },
    "connect_release_seen": {"en": "{asin}: release date {release_on}.", "ja": "{asin}：発売日 {release_on}"},
    "connect_release_none": {
        "en": "{asin}: the catalog answers and names no release date.",
        "ja": "{asin}：カタログを確認できました（発売日の登録はありません）。",
    },
    "connect_no_product": {
        "en": "No product to look up: there is no open order. Name one with --asin to try it.",
        "ja": "未出荷の注文がないため、確認する商品がありません。--asin で商品を指定すると試せます。",
    },
    "connect_spent": {
        "en": "Not tried: the running watch has used up Amazon's limit for {operation} for the moment. It is free again {free_at}.",
        "ja": "確認していません：動作中の監視がAmazonのリクエスト上限（{operation}）を使い切っています。{free_at} に回復します。",
    },
    # how to get what is missing
    "connect_help_credentials": {
        "en": "Register a private application of your own in Seller Central and authorise it: docs/connect.md shows it step by step. Then set the names above, e.g. in the file .env.",
        "ja": "セラーセントラルで自分専用（プライベート）のアプリを登録し、認可してください。手順は docs/connect.ja.md にあります。そのあと、上の項目を .env などに設定してください。",
    },
    "connect_help_marketplace": {
        "en": "Set PREORDER_MARKETPLACE_IDS to the marketplaces you sell on.",
        "ja": "PREORDER_MARKETPLACE_IDS に、出品しているマーケットプレイスを設定してください。",
    },
    "connect_help_participation": {
        "en": "This step is not needed for the watch; it only tells whether the marketplaces are right.",
        "ja": "この確認は監視に必須ではありません（マーケットプレイスの設定が正しいかを確かめるだけです）。",
    },
    "connect_help_catalog": {
        "en": "Without it, write the release dates into your own list: `preorder-watchdog releases`.",
        "ja": "使えない場合は、発売日をご自身の一覧に登録してください（`preorder-watchdog releases`）。",
    },
    "connect_help_orders": {
        "en": "Until it works, drop the unshipped orders report into the inbox folder.",
        "ja": "使えるようになるまでは、「未出荷注文レポート」を受信フォルダに入れてください。",
    },
    # the end
    "connect_fine": {
        "en": "Everything needed is there. `preorder-watchdog check` takes the first turn, `preorder-watchdog run` watches from now on.",
        "ja": "必要なものはすべて揃っています。`preorder-watchdog check` で最初の確認、`preorder-watchdog run` で常時監視を始められます。",
    },
    "connect_not_yet": {
        "en": "Not everything needed is there yet. Put right what is marked, then run `preorder-watchdog connect` again.",
        "ja": "まだ足りないものがあります。印の付いた項目を直してから、もう一度 `preorder-watchdog connect` を実行してください。",
    },
    "connect_later": {
        "en": "One step could not be tried now. Run `preorder-watchdog connect` again at the time named above; the watch itself goes on meanwhile.",
        "ja": "確認できなかった項目があります。上の時刻を過ぎてから、もう一度 `preorder-watchdog connect` を実行してください（その間も監視は続きます）。",
    },
    "connect_rotation": {
        "en": "Amazon wants a new client secret every 180 days. Set PREORDER_SPAPI_SECRET_MADE_ON to the day it was made, and you are reminded in time.",
        "ja": "クライアントシークレットは180日ごとの更新が必要です。PREORDER_SPAPI_SECRET_MADE_ON に発行日を設定すると、期限前にお知らせします。",
    },
}
