"""
What channels answer, for a Japanese reader: receipts are kept in fixed English words, and each has its Japanese here.
"""

# ruff: noqa: E501 - one sentence a line; Japanese counts double width

from __future__ import annotations

import re
from functools import cache

#: The kept words with the names of what varies in them, and how that is said in Japanese.
ANSWERS: dict[str, str] = {
    # taken
    "ok": "Slackが受け付けました",
    "ok, as text alone: Slack did not accept the blocks": "Slackが受け付けました。装飾は使えなかったため、本文だけを送りました",
    "taken": "通知先が受け付けました",
    "taken by the mail server": "メールサーバーが受け付けました",
    "written": "画面に表示しました",
    # the address
    "the address is no URL": "URLの形になっていません",
    "the address is no https:// URL": "https:// で始まるURLではありません",
    "the address carries a user name": "URLにユーザー名が含まれています",
    "the address is not encrypted (https:// is required)": "暗号化されていないアドレスです（https:// が必要です）",
    "the address is not encrypted (https:// is required outside this machine)": "暗号化されていないアドレスです（同じパソコンの外には https:// が必要です）",
    "the address lies in a private network (PREORDER_ALLOW_PRIVATE_TARGETS=1 allows it)": "社内ネットワークのアドレスです（PREORDER_ALLOW_PRIVATE_TARGETS=1 で送れるようになります）",
    "{said}: the address leads elsewhere, and redirects are not followed": "別のアドレスへ転送されましたが、転送には従いません（{said}）",
    # the network
    "the server's certificate is not trusted": "サーバーの証明書を信頼できません",
    "no encrypted connection could be agreed on": "暗号化した接続を確立できません",
    "the host name is not known": "ホスト名が見つかりません",
    "no answer in time": "時間内に応答がありません",
    "nobody listens there": "接続を受け付けていません",
    "the connection was cut": "接続が切れました",
    "the connection was cut, or the answer is no HTTP": "接続が切れたか、応答がHTTPではありません",
    "the proxy does not let us through": "プロキシに接続を拒否されました",
    "network trouble ({kind})": "ネットワークの問題です（{kind}）",
    "the console can't be written ({kind})": "画面に表示できません（{kind}）",
    # mail
    "a sender or recipient address can't stand in a mail": "差出人か宛先のアドレスが、メールに使える形ではありません",
    "taken, but refused for {count} of {of} recipients ({codes})": "受け付けられましたが、{of}件の宛先のうち{count}件が拒否されました（{codes}）",
    "every recipient refused ({codes})": "すべての宛先が拒否されました（{codes}）",
    "{step} refused ({code})": "{step}が拒否されました（{code}）",
    "login": "ログイン",
    "the sender was": "差出人",
    "the message was": "メール",
    "the connection was": "接続",
    "the conversation was": "通信",
    "the mail server offers no STARTTLS or no login: check PREORDER_SMTP_SECURITY and _PORT": "メールサーバーがSTARTTLSかログインに対応していません。PREORDER_SMTP_SECURITY と PREORDER_SMTP_PORT を確認してください",
    "the mail server offers no way to log in that is known here": "メールサーバーのログイン方式に対応していません",
    "user name, password or an address holds characters that SMTP can't carry": "ユーザー名、パスワード、アドレスのいずれかに、SMTPで使えない文字があります",
    # Apprise
    "Apprise is not installed: pip install '.[apprise]'": "Appriseが入っていません。ソースのフォルダで pip install '.[apprise]' を実行してください",
    "Apprise does not understand this URL": "AppriseのURLとして読めません",
    "Apprise failed ({kind})": "Appriseでエラーが起きました（{kind}）",
    "not taken (HTTP {status})": "受け付けられませんでした（HTTP {status}）",
    "not taken, and no reason was given": "受け付けられませんでした（理由の説明はありません）",
    # Slack
    "HTTP {status}: {word} — {told}": "{told}（HTTP {status}、{word}）",
    "the token holds characters that no token has": "トークンに使えない文字が含まれています",
    "HTTP 200 without Slack's ok: something else answers there": "Slackではないものが応答しています",
    "the app may not post there": "アプリに投稿する権限がありません",
    "the app may not be used in this workspace now": "このワークスペースでは、アプリを今は使えません",
    "the app was removed from the workspace": "アプリがワークスペースから削除されています",
    "an administrator has restricted posting": "管理者が投稿を制限しています",
    "the token is no bot token": "ボットトークンではありません",
    "the channel is archived": "チャンネルがアーカイブされています",
    "the channel does not exist, or the bot may not see it": "チャンネルがないか、ボットから見えません",
    "an administrator has suspended posting": "管理者が投稿を停止しています",
    "Slack failed inside": "Slack側でエラーが起きました",
    "the token or the webhook's URL is not valid any more": "トークンかWebhookのURLが無効になっています",
    "Slack does not accept the message's blocks": "通知の装飾をSlackが受け付けません",
    "Slack does not understand the message": "通知の内容をSlackが読めません",
    "the webhook's URL is not valid any more": "WebhookのURLが無効になっています",
    "the workspace has used up its messages": "ワークスペースの投稿数が上限に達しています",
    "the address is no incoming webhook": "Incoming Webhookのアドレスではありません",
    "the app lacks the permission chat:write": "アプリに権限 chat:write がありません",
    "Slack misses the message's text": "通知の本文がないとSlackが応答しました",
    "the message's blocks are too long": "通知の装飾が長すぎます",
    "the message is too long": "通知が長すぎます",
    "the webhook is switched off": "Webhookが無効になっています",
    "the webhook was removed or switched off": "Webhookが削除されたか、無効になっています",
    "the webhook's URL is not complete": "WebhookのURLが途中で切れています",
    "the workspace does not exist": "ワークスペースがありません",
    "the token is missing": "トークンがありません",
    "the bot is no member of the channel: /invite it": "ボットがチャンネルのメンバーではありません。/invite で招待してください",
    "the workspace is being moved": "ワークスペースは移行中です",
    "only administrators may post to this channel": "このチャンネルには管理者だけが投稿できます",
    "too many messages": "送信が多すぎます",
    "the message did not arrive whole": "通知が途中までしか届きませんでした",
    "Slack is out of order": "Slackが利用できません",
    "the app may not be used in this workspace": "このワークスペースではアプリを使えません",
    "the workspace is switched off": "ワークスペースが無効になっています",
    "the token has expired": "トークンの有効期限が切れています",
    "the token or the webhook was revoked": "トークンかWebhookが取り消されています",
    "the message has too many attachments": "通知の添付が多すぎます",
    "the user does not exist": "ユーザーがいません",
}  # fmt: skip


def told_answer(answer: str, language: str) -> str:
    """
    Return a channel's answer in the language; what is not in the table (a bare ``HTTP 503``) is the same in both.
    """
    if language != "ja":
        return answer
    for pattern, japanese in _patterns():
        found = pattern.fullmatch(answer)
        if found is not None:
            return japanese.format_map({name: ANSWERS.get(value, value) for name, value in found.groupdict().items()})
    return answer


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(english))), said) for english, said in ANSWERS.items())
