"""
The lines about messages and the channels that carry them, Japanese and English side by side.
"""

from __future__ import annotations

POST: dict[str, tuple[str, str]] = {
    "message_no": ("番号", "No."),
    "channel": ("通知先", "Channel"),
    "message": ("件名", "Subject"),
    "written": ("作成", "Written"),
    "message_waits": ("送信待ち", "waits"),
    "message_again": ("再送待ち（{count}回試行）", "tried {count} times"),
    "message_dead": ("送信不可", "given up"),
    "outbox_empty": ("送信を待っている通知はありません。", "No message waits."),
    "channel_well": ("{channel}：正常（{at}に送信）", "{channel}: well (last sent {at})"),
    "channel_failing": (
        "{channel}：{since}から届いていません（直近の応答：{answer}）。次の送信は{again}以降です。",
        "{channel}: takes nothing since {since} (its last answer: {answer}); tried again after {again}.",
    ),
    "channel_gone": (
        "{channel}：この通知先は設定されていません（{count}件が待っています）。",
        "{channel}: not set up any more ({count} messages wait for it).",
    ),
    "test_sent": ("{channel}：送信しました（{answer}）", "{channel}: sent ({answer})"),
    "test_postponed": ("{channel}：送信できませんでした（{answer}）。実際の通知は、あとで再送します。", "{channel}: postponed ({answer})"),
    "test_refused": ("{channel}：送信を断られました（{answer}）。通知先の設定を確認してください。", "{channel}: refused ({answer})"),
    "outbox_retried": ("{count}件を、次の送信でもう一度試します。", "Tried again at the next delivery: {count}."),
    "outbox_dropped": ("{count}件を取り下げました。送信されません。", "Withdrawn, will not be sent: {count}."),
    "outbox_left": (
        "{numbers}番の通知は、ないか、送信済み・取り下げ済みです。",
        "{numbers}: no such message, or sent or withdrawn already.",
    ),
}
