"""
What the program says of its own upkeep: what became of a broken log, of the service, of a copy.
"""

# ruff: noqa: E501 - one sentence a line; Japanese counts double width

from __future__ import annotations

UPKEEP: dict[str, dict[str, str]] = {
    "log_restored": {
        "en": "The database was damaged. The copy of {made_at} was put in its place, and reports dropped since then are read again; decisions made since then must be entered again. The damaged file is kept as {aside}.",
        "ja": "データベースが破損していたため、{made_at} のバックアップに置き換えました。それ以降に入れたレポートは読み直しますが、それ以降に記録した操作は入力し直してください。破損したファイルは {aside} に残してあります。",
    },
    "log_begun_anew": {
        "en": "The database was damaged and there was no copy: a new one was begun, kept reports are read again. Earlier cases and decisions are missing. The damaged file is kept as {aside}.",
        "ja": "データベースが破損しており、バックアップもなかったため、新しいデータベースで再開しました。残っているレポートは読み直しますが、これまでの案件と操作の記録は失われています。破損したファイルは {aside} に残してあります。",
    },
    "service_failed": {
        "en": "`{command}` failed: {problem}",
        "ja": "`{command}` に失敗しました：{problem}",
    },
    "service_installed": {
        "en": "preorder-watchdog is running ({status}). Drop reports into {inbox}; `preorder-watchdog service status` shows how it is doing.",
        "ja": "preorder-watchdog を開始しました（{status}）。レポートは {inbox} に入れてください。様子は `preorder-watchdog service status` で確認できます。",
    },
    "service_group": {
        "en": "{people} may drop reports and read the log after logging in again.",
        "ja": "{people} は、ログインし直すとレポートを入れたりデータベースを読んだりできます。",
    },
    "service_linger": {
        "en": "It starts when you log in. `loginctl enable-linger` lets it start with the machine.",
        "ja": "ログイン時に開始します。パソコンの起動時から動かすには `loginctl enable-linger` を実行してください。",
    },
    "service_gone": {
        "en": "preorder-watchdog is no service any more. What is left: {state} (log, inbox, backups) and its user. `rm -r {state}` and `userdel preorder-watchdog` remove these too.",
        "ja": "サービスを取り除きました。{state}（データベース、受信フォルダ、バックアップ）と専用ユーザーは残っています。不要であれば `rm -r {state}` と `userdel preorder-watchdog` で削除できます。",
    },
    "service_gone_user": {
        "en": "preorder-watchdog is no service any more. What is left: {state} (log, inbox, backups).",
        "ja": "サービスを取り除きました。{state}（データベース、受信フォルダ、バックアップ）は残っています。",
    },
    "service_absent": {
        "en": "There is no service. `preorder-watchdog service install` makes one.",
        "ja": "サービスは登録されていません。`preorder-watchdog service install` で登録できます。",
    },
    "log_put_back": {
        "en": "{path} is the copy {copy} now; what was there before: {aside}. Run `preorder-watchdog db upgrade` if the copy is of an older version, then start the service.",
        "ja": "{path} をバックアップ {copy} に置き換えました。元のファイル：{aside}。バックアップが古いバージョンのものであれば `preorder-watchdog db upgrade` を実行してから、サービスを開始してください。",
    },
}
