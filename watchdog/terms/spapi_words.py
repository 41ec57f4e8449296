"""
What the program says of Amazon's Selling Partner API: why it does not answer, what is missing, which interface speaks instead.
"""

# ruff: noqa: E501 - one sentence a line; Japanese counts double width

from __future__ import annotations

SPAPI: dict[str, dict[str, str]] = {
    "spapi_waiting": {
        "en": "{operation}: Amazon's request limit is used up for the moment. It is asked again as soon as the limit allows.",
        "ja": "{operation}：Amazonのリクエスト上限に達しています。上限が回復しだい、自動で再開します。",
    },
    "spapi_busy": {
        "en": "{operation}: Amazon asks for patience ({problem}). It is asked again later; nothing is lost.",
        "ja": "{operation}：Amazon側でリクエストが制限されています（{problem}）。時間をおいて自動で再試行します。記録は失われません。",
    },
    "spapi_down": {
        "en": "{operation}: Amazon does not answer ({problem}). It is asked again later; what is known stays.",
        "ja": "{operation}：Amazonから応答がありません（{problem}）。時間をおいて自動で再試行します。これまでの記録はそのまま残ります。",
    },
    "spapi_unreadable": {
        "en": "{operation}: Amazon's answer can't be read. It is asked again later; what is known stays.",
        "ja": "{operation}：Amazonの応答を読み取れません。時間をおいて自動で再試行します。これまでの記録はそのまま残ります。",
    },
    "spapi_rejected": {
        "en": "{operation}: Amazon does not take the request ({problem}).",
        "ja": "{operation}：Amazonがリクエストを受け付けません（{problem}）。",
    },
    "spapi_no_token": {
        "en": "Login with Amazon gives no access token ({problem}). It is asked again later; what is known stays.",
        "ja": "Login with Amazon からアクセストークンを取得できません（{problem}）。時間をおいて自動で再試行します。",
    },
    "spapi_reauthorise": {
        "en": "Amazon no longer accepts the authorisation (invalid_grant): it was withdrawn or has expired. Authorise your application again in Seller Central (Apps and Services → Develop Apps → Authorise), then set the new PREORDER_SPAPI_REFRESH_TOKEN and restart.",
        "ja": "Amazonの認可が無効になっています（invalid_grant）。取り消されたか、期限が切れています。セラーセントラルの「アプリとサービス」→「アプリの開発」でアプリを認可し直し、新しい PREORDER_SPAPI_REFRESH_TOKEN を設定して再起動してください。",
    },
    "spapi_client_wrong": {
        "en": "Amazon does not know the application (client id or client secret is wrong, or the secret was rotated). Look them up in Seller Central (Develop Apps → LWA credentials), set PREORDER_SPAPI_CLIENT_ID and PREORDER_SPAPI_CLIENT_SECRET and restart.",
        "ja": "アプリのクライアントIDかクライアントシークレットが正しくありません（シークレットを更新した場合も含みます）。セラーセントラルの「アプリの開発」→「LWA認証情報」で確認し、PREORDER_SPAPI_CLIENT_ID と PREORDER_SPAPI_CLIENT_SECRET を設定して再起動してください。",
    },
    "spapi_login_refused": {
        "en": "Login with Amazon refuses ({problem}). Check the three PREORDER_SPAPI_… credentials and restart.",
        "ja": "Login with Amazon に拒否されました（{problem}）。PREORDER_SPAPI_… の3つの認証情報を確認し、再起動してください。",
    },
    "spapi_no_interface": {
        "en": "Amazon offers no interface that shows orders. Drop the unshipped orders report into the inbox instead.",
        "ja": "注文を確認できるAPIがありません。代わりに「未出荷注文レポート」を受信フォルダに入れてください。",
    },
    "report_failed": {
        "en": "Amazon could not deliver the report {report}. It is asked for again in an hour; what is known stays.",
        "ja": "Amazonからレポート {report} を取得できませんでした。1時間後に改めて依頼します。これまでの記録はそのまま残ります。",
    },
    "spapi_role_missing": {
        "en": "{operation}: Amazon refuses access even with a fresh token ({problem}). The application probably lacks the role “{role}”, or was not authorised again after the role was added: add it in Seller Central (Develop Apps → Edit App), then authorise the application again.",
        "ja": "{operation}：新しいトークンでもアクセスを拒否されました（{problem}）。アプリにロール「{role}」がないか、ロールの追加後に認可し直していない可能性があります。セラーセントラルの「アプリの開発」→「アプリの編集」でロールを追加し、アプリを認可し直してください。",
    },
}
