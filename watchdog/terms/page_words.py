"""
What the review page answers where something can't be done as it was asked.
"""

# ruff: noqa: E501 - one sentence a line; Japanese counts double width

from __future__ import annotations

PAGE: dict[str, dict[str, str]] = {
    "form_incomplete": {
        "en": "The form was not complete. Nothing was changed: open the page again, then repeat it.",
        "ja": "入力の内容が正しく届きませんでした。何も変更していません。ページを開き直してから、もう一度操作してください。",
    },
    "message_gone": {
        "en": "The message was sent or withdrawn already. Nothing was changed.",
        "ja": "この通知は、すでに送信済みか取り下げ済みです。何も変更していません。",
    },
    "upload_nothing": {"en": "No file was chosen. Choose at least one.", "ja": "ファイルが選ばれていません。1つ以上選んでください。"},
    "upload_kind": {
        "en": "{name} is no report this program reads. Reports are text ({kinds}); save a workbook as CSV first. Nothing was taken in.",
        "ja": "{name} は読み込めるレポートではありません。テキスト形式（{kinds}）のファイルを選んでください。Excelの場合は、先にCSVで保存してください。何も取り込んでいません。",
    },
    "upload_unwritable": {
        "en": "The inbox {path} can't be written ({problem}). Nothing was taken in: free some space or correct its permissions.",
        "ja": "受信フォルダ {path} に書き込めません（{problem}）。何も取り込んでいません。空き容量と権限をご確認ください。",
    },
    "review_needs_password": {
        "en": "{host} can be reached from other machines, so the page needs a password: run `preorder-watchdog review --new-password` and set what it prints as PREORDER_REVIEW_PASSWORD.",
        "ja": "{host} はほかのパソコンからも開けるため、パスワードが必要です。`preorder-watchdog review --new-password` で表示された値を PREORDER_REVIEW_PASSWORD に設定してください。",
    },
    "review_port_taken": {
        "en": "The page can't be served at {host}:{port} ({problem}). Choose another with --port.",
        "ja": "{host}:{port} で画面を開けません（{problem}）。--port で別の番号を指定してください。",
    },
    "password_short": {
        "en": "The password is too short: at least {least} characters. Nothing was changed.",
        "ja": "パスワードが短すぎます（{least} 文字以上）。何も変更していません。",
    },
}
