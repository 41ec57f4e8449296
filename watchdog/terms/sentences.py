"""
What the program says to people when something is wrong: one table, Japanese and English; each says what, where, and what to do next.

Reasons of rows and files stand in ``terms.intake``; errors use the code of their class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.blindness import BLINDNESS
from watchdog.terms.connect_words import CONNECT
from watchdog.terms.doctor_words import DOCTOR
from watchdog.terms.health_sentences import HEALTH_SENTENCES
from watchdog.terms.intake import INTAKE
from watchdog.terms.notify_words import NOTIFY
from watchdog.terms.page_words import PAGE
from watchdog.terms.spapi_words import SPAPI
from watchdog.terms.upkeep_words import UPKEEP

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: dict[str, dict[str, str]] = {
    **INTAKE,
    **HEALTH_SENTENCES,
    **BLINDNESS,
    **CONNECT,
    **PAGE,
    **SPAPI,
    **NOTIFY,
    **UPKEEP,
    **DOCTOR,
    # errors
    "failed": {"en": "Something failed: {problem}", "ja": "処理に失敗しました：{problem}"},
    "config": {
        "en": "The settings can't be used:\n{problems}\nCorrect them and try again; `preorder-watchdog config check` checks without starting.",
        "ja": "設定に問題があります：\n{problems}\n直してからもう一度実行してください。`preorder-watchdog config check` で確認だけできます。",
    },
    "source": {"en": "{source} can't be used: {problem}", "ja": "{source} を使えません：{problem}"},
    "source_unavailable": {
        "en": "{source} can't be reached: {problem}. It will be tried again at the next turn.",
        "ja": "{source} に接続できません（{problem}）。次の巡回でもう一度試します。",
    },
    "place_unusable": {
        "en": "{path} can't be used ({problem}). It will be tried again at the next turn.",
        "ja": "{path} を使えません（{problem}）。次の巡回でもう一度試します。",
    },
    "source_refused": {
        "en": "{source} refuses: {problem}. Check its credentials and permissions.",
        "ja": "{source} に拒否されました（{problem}）。認証情報と権限を確認してください。",
    },
    "source_changed": {
        "en": "{source} answers in a form this version does not know: {problem}.",
        "ja": "{source} の応答の形が変わっており、読めません（{problem}）。",
    },
    "delivery": {"en": "{channel}: {problem}", "ja": "{channel}：{problem}"},
    "delivery_failed": {
        "en": "{channel} did not take the message ({problem}); it will be tried again.",
        "ja": "{channel} へ送信できませんでした（{problem}）。あとで再送します。",
    },
    "delivery_refused": {
        "en": "{channel} refused the message for good ({problem}). Check the channel's settings, then `preorder-watchdog test-alert`.",
        "ja": "{channel} に送信を拒否されました（{problem}）。通知先の設定を確認し、`preorder-watchdog test-alert` で試してください。",
    },
    "store": {"en": "The database {path} can't be used: {problem}", "ja": "データベース {path} を使えません：{problem}"},
    "schema_outdated": {
        "en": "The database {path} belongs to another version (it has {found}, this program needs {needed}). Back it up, then run `preorder-watchdog db upgrade`.",
        "ja": "データベース {path} は別のバージョンのものです（現在 {found}、必要 {needed}）。バックアップのうえ `preorder-watchdog db upgrade` を実行してください。",
    },
    "store_absent": {
        "en": "There is no database at {path}. `preorder-watchdog check` or `run` makes one; if it lies elsewhere, set PREORDER_STATE_DIR.",
        "ja": "{path} にデータベースがありません。`preorder-watchdog check` か `run` で作られます。別の場所にある場合は PREORDER_STATE_DIR を設定してください。",
    },
    "copy_absent": {
        "en": "There is no backup at {path}. Check the name of the file.",
        "ja": "バックアップ {path} が見つかりません。ファイル名を確かめてください。",
    },
    "copy_unusable": {
        "en": "{path} is no backup of this program ({problem}). Name another file.",
        "ja": "{path} はこのプログラムのバックアップではありません（{problem}）。ほかのファイルを指定してください。",
    },
    "copy_exists": {
        "en": "{path} exists already. Name another file.",
        "ja": "{path} はすでにあります。別の名前を指定してください。",
    },
    "store_busy": {
        "en": "The database {path} is held by another program. Close it and try again.",
        "ja": "データベース {path} をほかのプログラムが使用中です。閉じてからもう一度実行してください。",
    },
    "store_full": {
        "en": "The database {path} can't be written ({problem}). Nothing was lost: free some space, then try again.",
        "ja": "データベース {path} に書き込めません（{problem}）。記録は失われていません。空き容量を確保してからもう一度実行してください。",
    },
    "store_damaged": {
        "en": "The file {path} is not a usable database ({problem}). Move it away and restore a backup.",
        "ja": "{path} はデータベースとして読めません（{problem}）。別の場所に移し、バックアップから戻してください。",
    },
    "busy": {
        "en": "Another preorder-watchdog is at work ({path}). Try again in a moment.",
        "ja": "ほかの preorder-watchdog が動作中です（{path}）。少し待ってからもう一度実行してください。",
    },
    "letter_incomplete": {
        "en": "The letter can't be printed, these facts are unknown: {missing}.",
        "ja": "次の項目が不明なため、文面を出せません：{missing}",
    },
    "unknown_case": {
        "en": "{name} is no known case or order. `preorder-watchdog flagged --all` lists them.",
        "ja": "{name} という案件・注文は見つかりません。`preorder-watchdog flagged --all` で一覧できます。",
    },
    "illegal_move": {
        "en": "{case_no} is {state}: you can't {event} now. Possible: {possible}.",
        "ja": "{case_no} は現在「{state}」のため、「{event}」はできません。できる操作：{possible}",
    },
    "case_moved": {
        "en": "{case_no} was changed by someone else meanwhile. Nothing was written: look at it again, then decide.",
        "ja": "{case_no} は、表示したあとにほかの人が変更しました。今回の操作は記録していません。最新の内容を確認してから、もう一度操作してください。",
    },
    "case_merged": {
        "en": "{case_no} is part of the product's case {into} now: decide there.",
        "ja": "{case_no} は商品全体の案件 {into} にまとめられています。{into} に対して操作してください。",
    },
    "letter_marked_wrong": {
        "en": "This text breaks Amazon's rules for messages (see above). To open it all the same add --anyway; that is noted in the case.",
        "ja": "この文面は、上記のとおりAmazonのメッセージの規則に反しています。それでも開く場合は --anyway を付けてください（案件の経過に記録されます）。",
    },
    "letter_opened_anyway": {
        "en": "{letter} opened although it breaks Amazon's rules: {rules}",
        "ja": "規則に反する箇所がある文面を開きました：{letter}（{rules}）",
    },
    "decision_incomplete": {
        "en": "{event} needs {needs}. Nothing was changed.",
        "ja": "{event}には、{needs}の指定が必要です。何も変更していません。",
    },
    "reference_private": {
        "en": "A reference is a number or a date. E-mail addresses are not kept; leave it out. Nothing was changed.",
        "ja": "回答番号や問い合わせ番号の欄には、番号か日付を入れてください。メールアドレスは記録できません。何も変更していません。",
    },
    "snooze_past": {
        "en": "The reminder {until} lies in the past. Name a later time, e.g. 2026-09-08 10:00.",
        "ja": "通知する日時 {until} は過ぎています。これからの日時を 2026-09-08 10:00 のように指定してください。",
    },
    "happened_ahead": {
        "en": "What has not happened yet is not noted: name when it was sent, or when the answer came. Nothing was changed.",
        "ja": "これからの日時は記録できません。送信した日時、または回答が届いた日時を指定してください。何も変更していません。",
    },
    "snooze_how_long": {
        "en": "Say how long: one of --until 2026-09-08, --hours 3, --days 2. Nothing was changed.",
        "ja": "いつまでかを指定してください（--until 2026-09-08、--hours 3、--days 2 のどれか一つ）。何も変更していません。",
    },
    "text_too_long": {
        "en": "The text is longer than {limit} characters. Nothing was changed.",
        "ja": "文章が長すぎます（{limit} 文字まで）。何も変更していません。",
    },
    "amount_unreadable": {
        "en": "{text} is no amount. Write it as 1980 or 19.80.",
        "ja": "{text} を金額として読めません。1980 のように書いてください。",
    },
    "two_forms": {"en": "Ask for --json or --csv, not both.", "ja": "--json と --csv は、どちらか一つを指定してください。"},
    "date_unreadable": {
        "en": "{text} is no date. Write it as 2026-09-14.",
        "ja": "{text} を日付として読めません。2026-09-14 のように書いてください。",
    },
    "product_unreadable": {
        "en": "{text} is no ASIN. An ASIN has ten letters and digits; for a SKU use --as sku.",
        "ja": "{text} はASINの形ではありません（英数字10文字）。SKUの場合は --as sku を付けてください。",
    },
    "import_columns_unclear": {
        "en": "{name}: which column is which? Name them: --date-column and --asin-column or --sku-column. Columns: {columns}",
        "ja": "{name}：どの列が発売日・ASIN・SKUか分かりません。--date-column と --asin-column（または --sku-column）で指定してください。列：{columns}",
    },
    "import_column_unknown": {
        "en": "{name} has no column {column}. Columns: {columns}",
        "ja": "{name} に列 {column} はありません。列：{columns}",
    },
    "import_no_table": {
        "en": "{name} is no table of text with a line of column names. Save it as CSV or as text with tabs, then try again.",
        "ja": "{name} は、見出し行のある表（CSVやタブ区切りテキスト）として読めません。CSVで保存し直してからもう一度実行してください。",
    },
    "list_unwritable": {
        "en": "The release list {path} can't be written ({problem}). Nothing was changed; correct its permissions, or edit it yourself.",
        "ja": "発売日の一覧 {path} に書き込めません（{problem}）。何も変更していません。権限を確認するか、ファイルを直接編集してください。",
    },
    "list_no_header": {
        "en": "{path} is no release list: it needs columns release_date and asin or sku. Nothing was changed.",
        "ja": "{path} は発売日の一覧として読めません（release_date と、asin か sku の列が必要です）。何も変更していません。",
    },
    "foreign_package": {
        "en": "The distribution `watchdog` is installed beside preorder-watchdog and overwrites its files. Install preorder-watchdog in a virtual environment of its own.",
        "ja": "別のパッケージ watchdog が同じ環境に入っており、preorder-watchdog のファイルを上書きします。専用の仮想環境に入れ直してください。",
    },
    # answers and usage
    "config_fine": {
        "en": "The settings are fine. Drop files into {inbox}; the log is {database}.",
        "ja": "設定に問題はありません。ファイルは {inbox} に入れてください。記録は {database} に残ります。",
    },
    "outbox_which": {
        "en": "Say which: numbers as `outbox list` shows them, or --all.",
        "ja": "どの通知かを指定してください。`outbox list` に出る番号か、--all です。",
    },
    "channel_fails": {
        "en": "It has taken no message since {since_at} (its last answer: {answer}). {waiting} messages wait and are tried again.",
        "ja": "{since_at}から通知を送れていません（直近の応答：{answer}）。{waiting}件が送信待ちで、自動で再送します。",
    },
    "channel_refuses": {
        "en": "It has refused every message since {since_at} ({answer}). {waiting} messages wait until the setting is mended.",
        "ja": "{since_at}から通知が拒否されています（{answer}）。設定が直るまで、{waiting}件が送信待ちになります。",
    },
    "channel_not_set_up": {
        "en": "{option} names {name}, which is not set up. Set up: {known}",
        "ja": "{option} にある {name} という通知先は設定されていません。設定済みの通知先：{known}",
    },
    "channel_unknown": {
        "en": "{name} is no channel that is set up. Set up: {known}.",
        "ja": "{name} という通知先は設定されていません。設定済みの通知先：{known}",
    },
    "letter_not_for_case": {
        "en": "The letter `{kind}` is not for {case_no}. For its cause there is: {kinds}.",
        "ja": "`{kind}` は {case_no} には使えません。この案件に使える文面：{kinds}",
    },
    "letter_before_buyer_asked": {
        "en": "The letter `{kind}` is only for a buyer who asked to cancel, and {case_no} has no such wish on record. If the buyer asked you, record that first (buyer-asked).",
        "ja": "`{kind}` は、購入者からキャンセルの希望があったときだけ使えます。{case_no} にはその記録がありません。希望があった場合は、先に記録してください（buyer-asked）。",
    },
    # templates
    "template_missing": {
        "en": "template {name}: it is missing. Reinstall the program, or put the file back into your templates folder.",
        "ja": "テンプレート {name}：見つかりません。プログラムを入れ直すか、テンプレートのフォルダに戻してください。",
    },
    "template_unknown": {
        "en": "template {name}: there is no template of that name. Correct the file's name or remove it. Names: {known}.",
        "ja": "テンプレート {name}：その名前のテンプレートはありません。ファイル名を直すか、フォルダから外してください。使える名前：{known}",
    },
    "template_broken": {
        "en": "template {name}, line {line}: it can't be read ({problem}). Correct it, or remove your file to use ours.",
        "ja": "テンプレート {name} の {line} 行目を読めません（{problem}）。直すか、ファイルを外して標準の文面に戻してください。",
    },
    "template_name_unknown": {
        "en": "template {name}: `{unknown}` is no known name. Known: {known}.",
        "ja": "テンプレート {name}：`{unknown}` という名前はありません。使える名前：{known}",
    },
    "template_not_allowed": {
        "en": "template {name}, line {line}: `{construct}` can't be used. A template may print names, use if and for, and simple filters.",
        "ja": "テンプレート {name} の {line} 行目：`{construct}` は使えません。使えるのは、名前の表示、if、for、簡単なフィルターだけです。",
    },
    "now_ahead": {
        "en": "--now {now} lies after the clock. Set PREORDER_ALLOW_FUTURE=1 if this is a test.",
        "ja": "--now {now} は現在時刻より先です。テストの場合は PREORDER_ALLOW_FUTURE=1 を設定してください。",
    },
    "instant_unreadable": {
        "en": "{text} is no date or time. Write 2026-09-08 or 2026-09-08 10:00.",
        "ja": "{text} を日時として読めません。2026-09-08 か 2026-09-08 10:00 のように書いてください。",
    },
    "column_name_unknown": {
        "en": "PREORDER_COLUMN_NAMES: no report has a column named {name}. Write your own name first, then Amazon's: 注文番号=order-id.",
        "ja": "PREORDER_COLUMN_NAMES：{name} という列のあるレポートはありません。「注文番号=order-id」のように、独自の列名、Amazonの列名の順に書いてください。",
    },
    "path_absent": {
        "en": "{path} does not exist. Check the path and try again.",
        "ja": "{path} が見つかりません。パスを確かめて、もう一度実行してください。",
    },
    "marketplace_unknown": {
        "en": "{text} is no marketplace id or country code. Amazon.co.jp is A1VC38T7YXB528 or JP.",
        "ja": "{text} というマーケットプレイスはありません。Amazon.co.jp は A1VC38T7YXB528 または JP です。",
    },
}


def say(code: str, language: str, values: Mapping[str, str | int]) -> str:
    """
    Return the sentence in the language (English where it is unknown), filled with the values.

    Raises:
        KeyError: no such code, or a value is missing; a test holds every use against the table.
    """
    forms = SENTENCES[code]
    return forms.get(language, forms["en"]).format_map(values)
