"""
What the program says while notifications are set up.
"""

# ruff: noqa: E501 - one sentence a line; Japanese counts double width

from __future__ import annotations

NOTIFY: dict[str, dict[str, str]] = {
    "notify_no_queue": {
        "en": "Set PREORDER_SQS_QUEUE_URL first: the URL of the queue Amazon is to write to (docs/notifications.md says how to make one). Polling works without it.",
        "ja": "先に PREORDER_SQS_QUEUE_URL（Amazonの書き込み先となるSQSキューのURL）を設定してください。キューの作り方は docs/notifications.md にあります。設定しなくても巡回による監視は続きます。",
    },
    "notify_no_api": {
        "en": "Set the three PREORDER_SPAPI_… credentials first.",
        "ja": "先に PREORDER_SPAPI_… の3つの認証情報を設定してください。",
    },
    "queue_needs_api": {
        "en": "PREORDER_SQS_QUEUE_URL needs the three PREORDER_SPAPI_… credentials beside it, to ask for the orders that notifications name.",
        "ja": "PREORDER_SQS_QUEUE_URL を使うには、通知された注文を確認するため PREORDER_SPAPI_… の3つの認証情報も必要です。",
    },
    "queue_needs_extra": {
        "en": "PREORDER_SQS_QUEUE_URL needs the extra sqs: pip install '.[sqs]'",
        "ja": "PREORDER_SQS_QUEUE_URL を使うには追加機能 sqs が必要です：pip install '.[sqs]'",
    },
    "notify_policy": {
        "en": "1. Give the queue this access policy (AWS console → SQS → the queue → Access policy), if it does not have it yet:",
        "ja": "1. まだの場合は、キューに次のアクセスポリシーを設定してください（AWSコンソール → SQS → 対象のキュー → アクセスポリシー）：",
    },
    "notify_destination_made": {
        "en": "2. Amazon now knows the queue {arn} as a destination.",
        "ja": "2. キュー {arn} を通知の送信先として登録しました。",
    },
    "notify_destination_there": {
        "en": "2. Amazon knows the queue {arn} as a destination already.",
        "ja": "2. キュー {arn} は送信先として登録済みです。",
    },
    "notify_destination_refused": {
        "en": "2. Amazon does not take the queue {arn}: {problem} Set the policy above, wait a minute, and run the command again.",
        "ja": "2. キュー {arn} を登録できませんでした：{problem} 上のポリシーを設定し、1分ほど待ってからもう一度実行してください。",
    },
    "notify_made": {"en": "3. {type}: Amazon sends it from now on.", "ja": "3. {type}：通知の受け取りを始めました。"},
    "notify_there": {"en": "3. {type}: Amazon sends it already.", "ja": "3. {type}：すでに受け取る設定になっています。"},
    "notify_elsewhere": {
        "en": "3. {type}: Amazon sends it to another queue of this application already; it was left so.",
        "ja": "3. {type}：このアプリの別のキューに送られる設定になっているため、変更していません。",
    },
    "notify_refused": {"en": "3. {type}: not subscribed. {problem}", "ja": "3. {type}：設定できませんでした。{problem}"},
    "notify_done": {
        "en": "Start the daemon again (preorder-watchdog run); it listens to the queue. Polling goes on as before.",
        "ja": "常駐プログラム（preorder-watchdog run）を再起動すると、キューの受信が始まります。巡回による監視もこれまでどおり続きます。",
    },
}
