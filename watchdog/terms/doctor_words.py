"""
What the doctor finds, and what is to be done about it; each code says one thing.
"""

# ruff: noqa: E501 - one sentence a line; Japanese counts double width

from __future__ import annotations

#: The points that are examined, by their names.
POINTS: dict[str, dict[str, str]] = {
    "settings": {"en": "Settings", "ja": "設定"},
    "credentials": {"en": "Secrets", "ja": "秘密情報"},
    "package": {"en": "The package", "ja": "プログラム"},
    "disk": {"en": "Disk", "ja": "ディスク"},
    "inbox": {"en": "Inbox folder", "ja": "受信フォルダ"},
    "release list": {"en": "Release list", "ja": "発売日の一覧"},
    "service": {"en": "Service", "ja": "サービス"},
    "exposure": {"en": "Service's protection", "ja": "サービスの保護"},
    "clock": {"en": "Clock", "ja": "時計"},
    "channels": {"en": "Channels", "ja": "通知先"},
    "database": {"en": "Database", "ja": "データベース"},
    "backups": {"en": "Backups", "ja": "バックアップ"},
    "jobs": {"en": "Upkeep", "ja": "定期作業"},
    "sources": {"en": "Sources", "ja": "情報源"},
    "outbox": {"en": "Waiting messages", "ja": "送信待ちの通知"},
    "coverage": {"en": "What is watched", "ja": "監視の範囲"},
    "buyer data": {"en": "Buyers' data", "ja": "購入者の情報"},
}

DOCTOR: dict[str, dict[str, str]] = {
    "doctor_settings": {"en": "The settings can be used ({count} are set).", "ja": "設定に問題はありません（{count} 件を指定）。"},
    "doctor_settings_wrong": {"en": "The settings can't be used:\n{problems}", "ja": "設定に問題があります：\n{problems}"},
    "doctor_fix_settings": {
        "en": "Correct them; `preorder-watchdog config check` checks again.",
        "ja": "直してから `preorder-watchdog config check` で確認してください。",
    },
    "doctor_no_secrets": {"en": "No secrets are set.", "ja": "秘密情報は設定されていません。"},
    "doctor_secrets": {"en": "Secrets are closed: {names}.", "ja": "秘密情報はほかの人から読めません：{names}"},
    "doctor_exposed": {
        "en": "Everybody on this machine can read or change {paths}.",
        "ja": "{paths} は、このパソコン（サーバー）を使う人なら誰でも読み書きできます。",
    },
    "doctor_fix_exposed": {"en": "Close it: `chmod 600 {paths}`", "ja": "`chmod 600 {paths}` で閉じてください。"},
    "doctor_package": {"en": "No other package writes into ours.", "ja": "ほかのパッケージとの衝突はありません。"},
    "doctor_foreign": {
        "en": "Another distribution has the same import name: {names}.",
        "ja": "同じ名前を使う別のパッケージが入っています：{names}",
    },
    "doctor_fix_foreign": {
        "en": "Install preorder-watchdog in a virtual environment of its own.",
        "ja": "専用の仮想環境に入れ直してください。",
    },
    "doctor_disk": {"en": "{path} can be written, {free} MB are free.", "ja": "{path} に書き込めます（空き {free} MB）。"},
    "doctor_no_state": {"en": "The state folder {path} does not exist yet.", "ja": "データフォルダ {path} がまだありません。"},
    "doctor_fix_no_state": {
        "en": "`preorder-watchdog check` or `run` makes it; if it lies elsewhere, set PREORDER_STATE_DIR.",
        "ja": "`preorder-watchdog check` か `run` で作られます。別の場所にある場合は PREORDER_STATE_DIR を設定してください。",
    },
    "doctor_unwritable": {"en": "{path} can't be written ({problem}).", "ja": "{path} に書き込めません（{problem}）。"},
    "doctor_fix_rights": {
        "en": "Give the program's user its rights back: `ls -ld {path}` shows who has them.",
        "ja": "実行ユーザーの権限を直してください。`ls -ld {path}` で現在の権限が分かります。",
    },
    "doctor_little_room": {
        "en": "Only {free} MB are free where {path} lies.",
        "ja": "{path} のあるディスクの空きが {free} MB しかありません。",
    },
    "doctor_fix_room": {"en": "Free some space: at least {least} MB.", "ja": "{least} MB 以上の空きを確保してください。"},
    "doctor_inbox": {"en": "Files dropped into {path} can be taken.", "ja": "受信フォルダ {path} のファイルを取り込めます。"},
    "doctor_no_inbox": {"en": "The inbox folder {path} is made at the first turn.", "ja": "受信フォルダ {path} は最初の巡回で作られます。"},
    "doctor_no_list": {
        "en": "No list of release dates is named in the settings.",
        "ja": "発売日の一覧のファイルは設定されていません。",
    },
    "doctor_list": {"en": "The list of release dates is there: {path}.", "ja": "発売日の一覧 {path} があります。"},
    "doctor_fix_list": {
        "en": "Put the list there; `preorder-watchdog releases set` makes one, too.",
        "ja": "一覧をこの場所に置いてください。`preorder-watchdog releases set` で登録しても作られます。",
    },
    "doctor_inbox_closed": {
        "en": "Files in the inbox folder {path} can't be taken or moved on.",
        "ja": "受信フォルダ {path} のファイルを読んだり移動したりできません。",
    },
    "doctor_inbox_open": {
        "en": "Everybody on this machine can drop files into {path}; reports hold buyers' data.",
        "ja": "受信フォルダ {path} に、このパソコン（サーバー）を使う人なら誰でも書き込めます。レポートには購入者の情報が含まれます。",
    },
    "doctor_fix_inbox_open": {"en": "Close it: `chmod o-rwx {path}`", "ja": "`chmod o-rwx {path}` で閉じてください。"},
    "doctor_no_service": {
        "en": "There is no service of this machine (`preorder-watchdog service install` makes one).",
        "ja": "サービスは登録されていません（`preorder-watchdog service install` で登録できます）。",
    },
    "doctor_service": {"en": "The service is running.", "ja": "サービスは動作中です。"},
    "doctor_inactive": {"en": "The service is not running ({state}).", "ja": "サービスが動いていません（{state}）。"},
    "doctor_fix_inactive": {
        "en": "`systemctl start preorder-watchdog`; `journalctl -u preorder-watchdog -n 20` says why it stopped.",
        "ja": "`systemctl start preorder-watchdog` で開始してください。止まった理由は `journalctl -u preorder-watchdog -n 20` で分かります。",
    },
    "doctor_closed": {
        "en": "The unit is locked as it should be (exposure {least} or less).",
        "ja": "サービスの隔離は十分です（露出度 {least} 以下）。",
    },
    "doctor_exposure": {
        "en": "The unit reaches more of the system than it should: {said}",
        "ja": "サービスの隔離が弱くなっています：{said}",
    },
    "doctor_fix_exposure": {
        "en": "`sudo /opt/preorder-watchdog/bin/preorder-watchdog service install` writes it anew; look at drop-ins with `systemctl cat preorder-watchdog`.",
        "ja": "`sudo /opt/preorder-watchdog/bin/preorder-watchdog service install` で書き直してください。追加設定は `systemctl cat preorder-watchdog` で確認できます。",
    },
    "doctor_no_api": {
        "en": "No access to Amazon's interface is set up: its clock is not asked.",
        "ja": "APIの認証情報がないため、Amazonとの時刻の比較は行いません。",
    },
    "doctor_clock": {
        "en": "This machine's clock agrees with Amazon's ({seconds} s).",
        "ja": "時計はAmazonと合っています（差 {seconds} 秒）。",
    },
    "doctor_clock_off": {
        "en": "This machine's clock is {seconds} s away from Amazon's.",
        "ja": "このパソコン（サーバー）の時計がAmazonと {seconds} 秒ずれています。",
    },
    "doctor_fix_clock": {
        "en": "Let the clock be set by the network: `timedatectl set-ntp true`",
        "ja": "`timedatectl set-ntp true` で時刻合わせを有効にしてください。",
    },
    "doctor_unreachable": {"en": "{name} can't be reached ({problem}).", "ja": "{name} に接続できません（{problem}）。"},
    "doctor_fix_unreachable": {
        "en": "Look at the network, its name server, the firewall and the setting.",
        "ja": "ネットワーク、DNS、ファイアウォール、設定値を確認してください。",
    },
    "doctor_door": {
        "en": "{name}: {host} answers (nothing was sent; `preorder-watchdog test-alert` sends a sample).",
        "ja": "{name}：{host} に接続できます（送信はしていません。`preorder-watchdog test-alert` で試せます）。",
    },
    "doctor_channels": {"en": "Channels: {names}.", "ja": "通知先：{names}"},
    "doctor_only_console": {
        "en": "Alerts go to the console alone: nobody is told who does not look.",
        "ja": "通知先が画面だけです。画面を見ていないと気づけません。",
    },
    "doctor_fix_only_console": {
        "en": "Set PREORDER_SLACK_WEBHOOK_URL or PREORDER_EMAIL_TO and PREORDER_SMTP_HOST.",
        "ja": "PREORDER_SLACK_WEBHOOK_URL か、PREORDER_EMAIL_TO と PREORDER_SMTP_HOST を設定してください。",
    },
    "doctor_log": {
        "en": "The database {path} is whole and of this version ({version}).",
        "ja": "データベース {path} は正常で、このバージョンのものです（{version}）。",
    },
    "doctor_no_log": {"en": "There is no database at {path} yet.", "ja": "{path} にデータベースはまだありません。"},
    "doctor_fix_database": {
        "en": "If it is damaged: stop the service, `preorder-watchdog db restore` a copy of the backups folder.",
        "ja": "破損している場合は、サービスを停止し、`preorder-watchdog db restore` でバックアップから戻してください。",
    },
    "doctor_no_backups_wanted": {"en": "No copies are made here.", "ja": "バックアップは作成しない設定です。"},
    "doctor_backup": {"en": "The newest copy in {path} is of {made_at}.", "ja": "{path} の最新のバックアップ：{made_at}"},
    "doctor_no_backup": {"en": "There is no copy in {path} yet.", "ja": "{path} にバックアップがまだありません。"},
    "doctor_old_backup": {
        "en": "The newest copy in {path} is of {made_at}.",
        "ja": "{path} の最新のバックアップが古くなっています：{made_at}",
    },
    "doctor_fix_backup": {
        "en": "The daemon makes one a day: is it running? By hand: `preorder-watchdog db backup PATH`.",
        "ja": "バックアップはサービスが1日1回作成します。動作中か確認してください。手動では `preorder-watchdog db backup PATH` です。",
    },
    "doctor_no_jobs": {"en": "The daemon has not run yet.", "ja": "サービス（run）はまだ動いていません。"},
    "doctor_jobs": {
        "en": "All {count} jobs went well, the last one ended {last}.",
        "ja": "{count} 件の作業はすべて正常です（最終 {last}）。",
    },
    "doctor_job_fails": {"en": "{job} fails since {since} ({code}).", "ja": "{job} が {since} から失敗しています（{code}）。"},
    "doctor_fix_job": {
        "en": "`journalctl -u preorder-watchdog` says what stood in the way; it is tried again by itself.",
        "ja": "原因は `journalctl -u preorder-watchdog` で分かります。自動で再試行しています。",
    },
    "doctor_source": {"en": "{source}: {said}", "ja": "{source}：{said}"},
    "doctor_fix_source": {
        "en": "`preorder-watchdog sources` says what is missing; until then drop the unshipped orders report into the inbox.",
        "ja": "`preorder-watchdog sources` で原因を確認してください。それまでは未出荷注文レポートを受信フォルダに入れてください。",
    },
    "doctor_outbox": {
        "en": "No message is stuck ({count} wait for their time).",
        "ja": "滞っている通知はありません（送信待ち {count} 件）。",
    },
    "doctor_stuck": {
        "en": "{count} messages wait for {channel}, the oldest since {since}.",
        "ja": "{channel} への通知が {count} 件滞っています（最も古いもの {since}）。",
    },
    "doctor_fix_stuck": {
        "en": "`preorder-watchdog outbox list` shows them with the other side's answer; `test-alert` tries the channel.",
        "ja": "`preorder-watchdog outbox list` で相手の応答を確認し、`test-alert` で通知先を試してください。",
    },
    "doctor_coverage": {
        "en": "Every product with open pre-orders is watched completely.",
        "ja": "予約のある商品は、すべて監視できています。",
    },
    "doctor_gaps": {"en": "{count} products are not watched completely.", "ja": "監視が十分でない商品が {count} 件あります。"},
    "doctor_fix_gaps": {
        "en": "`preorder-watchdog coverage` names them and what is missing.",
        "ja": "`preorder-watchdog coverage` で商品と不足しているものを確認できます。",
    },
    "doctor_no_buyers": {
        "en": "Nothing in the database looks like a buyer's data.",
        "ja": "データベースに購入者の情報は見つかりませんでした。",
    },
    "doctor_buyers": {
        "en": "Something in the database looks like a buyer's data: {places}.",
        "ja": "データベースに購入者の情報らしきものがあります：{places}",
    },
    "doctor_fix_buyers": {
        "en": "Please report it without the data itself: this must not happen.",
        "ja": "あってはならない状態です。該当の情報そのものは書かずに、開発者へご報告ください。",
    },
    "doctor_point": {"en": "{name}: {found}", "ja": "{name}：{found}"},
    "doctor_verdict": {
        "en": "{failed} to see to, {notes} to know, {well} well.",
        "ja": "要対応 {failed} 件、お知らせ {notes} 件、正常 {well} 件。",
    },
}
