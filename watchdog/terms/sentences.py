"""
What the program says to people when something is wrong: one table, Japanese and English; each says what, where, and what to do next.

Row reasons (``row_…``) and file reasons (``file_…``) are used in ``.reason.txt`` and the intake; errors use the code of their class.
Values never hold a buyer's data: a cell is quoted only where it begins like a date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: dict[str, dict[str, str]] = {
    # rows
    "row_date_unreadable": {
        "en": "column {column}: {shown} is not a date. The row was skipped; correct the cell or download the report again.",
        "ja": "列 {column} の値 {shown} を日付として読めません。この行は使わずに続けました。値を直すか、レポートをもう一度ダウンロードしてください。",
    },
    "row_id_damaged": {
        "en": "column {column}: the id was rounded by a spreadsheet ({shown}) and can't be recovered. Use the report as downloaded, without opening it in Excel.",
        "ja": "列 {column} の番号が表計算ソフトで丸められています({shown})。元に戻せないため、Excelで開く前のレポートをそのまま入れてください。",
    },
    "row_id_missing": {
        "en": "column {column} is empty or no order id. The row was skipped.",
        "ja": "列 {column} が空か、注文番号の形になっていません。この行は使わずに続けました。",
    },
    "row_too_short": {
        "en": "the row has {found} cells, the header {expected}. The row was skipped; the file may have been cut off here.",
        "ja": "見出しは {expected} 列ありますが、この行は {found} 列しかありません。この行は使わずに続けました。ファイルが途中で切れているかもしれません。",
    },
    "row_too_wide": {
        "en": "the row has {found} cells, the header {expected}: some cell holds a separator, so nothing in the row can be trusted. The row was skipped.",
        "ja": "見出しは {expected} 列ですが、この行は {found} 列あります。どこかのセルに区切り文字が入り、列がずれています。この行は使わずに続けました。",
    },
    "row_too_long": {
        "en": "the line is longer than {limit} bytes, which no report row is. The line was skipped.",
        "ja": "1行が {limit} バイトを超えており、レポートの行とは考えられません。この行は使わずに続けました。",
    },
    "row_marketplace_unknown": {
        "en": "the row names a marketplace this program does not know. The row was skipped.",
        "ja": "この行のマーケットプレイスを判別できません。この行は使わずに続けました。",
    },
    "row_release_date_missing": {
        "en": "the row has no release date. It was skipped; write one as 2026-09-14.",
        "ja": "発売日が空です。この行は使わずに続けました。2026-09-14 のように書いてください。",
    },
    "row_product_missing": {
        "en": "the row has neither an ASIN nor a SKU. It was skipped.",
        "ja": "ASINもSKUもありません。この行は使わずに続けました。",
    },
    "row_not_an_order": {
        "en": "this entry is not an order. It was skipped.",
        "ja": "注文の形になっていません。この項目は使わずに続けました。",
    },
    "row_order_without_items": {
        "en": "the order comes without its items, so its product is unknown. It was skipped.",
        "ja": "注文に商品が含まれておらず、どの商品の注文か分かりません。この注文は使わずに続けました。",
    },
    "row_xml_broken": {
        "en": "the XML breaks off here. What came before was used; download the report again.",
        "ja": "XMLがここで壊れています。ここまでの内容は使いました。レポートをもう一度ダウンロードしてください。",
    },
    "row_doctype": {
        "en": "a DOCTYPE begins here, which no Amazon report has. The rest was not read; download the report again.",
        "ja": "ここからDOCTYPE宣言があります。Amazonのレポートにはないため、以降は読んでいません。レポートをもう一度ダウンロードしてください。",
    },
    "row_place": {"en": "line {place}: {problem}", "ja": "{place}行目:{problem}"},
    # files
    "file_rows_rejected": {
        "en": "{name}: {count} rows could not be used, the rest was. The first {shown}:",
        "ja": "{name}:{count} 行を使えませんでした。ほかの行は使っています。はじめの {shown} 行は次のとおりです。",
    },
    "file_no_ship_date": {
        "en": "{name}: this order report has no column with the ship-by date, so it can't show a reset. Nothing was used. Download the unshipped orders report (it has promise-date) instead.",
        "ja": "{name}:この注文レポートには出荷予定日の列がないため、出荷予定日の変化を確認できません。内容は使っていません。「未出荷注文レポート」(promise-date 列があるもの)をダウンロードして入れてください。",
    },
    "file_without_ship_date": {
        "en": "{name}: this report carries no ship date. Statuses, ASINs and pending orders in it were used, but it can't show a reset; the unshipped orders report (promise-date) can.",
        "ja": "{name}:このレポートには出荷予定日がありません。状況・ASIN・保留中の注文は使いましたが、出荷予定日の変化は確認できません。「未出荷注文レポート」(promise-date 列)も入れてください。",
    },
    "file_orders_without_items": {
        "en": "{name}: these orders come without their items (no SellerSKU, no ASIN), so it is unknown which product they are for. Nothing was used. Save getOrderItems with them, or use the unshipped orders report.",
        "ja": "{name}:注文に商品(SellerSKU・ASIN)が含まれていないため、どの商品の注文か分かりません。内容は使っていません。getOrderItems の応答も一緒に保存するか、「未出荷注文レポート」を入れてください。",
    },
    "file_doctype": {
        "en": "{name}: the XML has a DOCTYPE, which no Amazon report has. Nothing was used. Download the report again.",
        "ja": "{name}:XMLにDOCTYPE宣言があります。Amazonのレポートにはないため使っていません。レポートをもう一度ダウンロードしてください。",
    },
    "file_health_report": {
        "en": "{name}: this is an account health report, which this version does not read yet. Nothing was used.",
        "ja": "{name}:アカウント健全性レポートです。このバージョンではまだ読み込めません。内容は使っていません。",
    },
    "file_unknown": {
        "en": "{name}: this is none of the files the program knows ({known}). Nothing was used. Download the report again and drop it unchanged.",
        "ja": "{name}:対応しているファイル({known})のどれでもありません。内容は使っていません。レポートをもう一度ダウンロードし、そのまま入れてください。",
    },
    "file_empty": {
        "en": "{name}: the file is empty (0 bytes). Nothing was used. Download the report again.",
        "ja": "{name}:ファイルが空(0バイト)です。レポートをもう一度ダウンロードしてください。",
    },
    "file_binary": {
        "en": "{name}: this is not a text file. Reports are text or JSON; an Excel workbook must be saved as text (tab-separated) first.",
        "ja": "{name}:テキストファイルではありません。レポートはテキストかJSONです。Excelブックの場合は「テキスト(タブ区切り)」で保存してから入れてください。",
    },
    "file_broken_json": {
        "en": "{name}: the JSON is broken at line {line}, probably cut off. Nothing was used. Save the answer again, whole.",
        "ja": "{name}:JSONが {line} 行目で壊れています(途中で切れた可能性があります)。応答全体を保存し直してください。",
    },
    "file_column_missing": {
        "en": "{name}: the column {column} is missing, without it the report can't be used. Switch it on in the report settings and download again.",
        "ja": "{name}:列 {column} がないため使えません。レポートの設定でこの列を追加し、もう一度ダウンロードしてください。",
    },
    "file_unreadable": {
        "en": "{name}: the file can't be read ({problem}). Check its permissions; it will be tried again.",
        "ja": "{name}:ファイルを読めません({problem})。権限を確認してください。次の巡回でもう一度読みます。",
    },
    "file_repeated": {
        "en": "{name}: the same content was already read; nothing changed.",
        "ja": "{name}:同じ内容のファイルを読み込み済みです。変更はありません。",
    },
    # errors
    "failed": {"en": "Something failed: {problem}", "ja": "処理に失敗しました:{problem}"},
    "config": {
        "en": "The settings can't be used:\n{problems}\nCorrect them and try again; `preorder-watchdog config check` checks without starting.",
        "ja": "設定に問題があります:\n{problems}\n直してからもう一度実行してください。`preorder-watchdog config check` で確認だけできます。",
    },
    "source": {"en": "{source} can't be used: {problem}", "ja": "{source} を使えません:{problem}"},
    "source_unavailable": {
        "en": "{source} can't be reached: {problem}. It will be tried again at the next turn.",
        "ja": "{source} に接続できません({problem})。次の巡回でもう一度試します。",
    },
    "source_refused": {
        "en": "{source} refuses: {problem}. Check its credentials and permissions.",
        "ja": "{source} に拒否されました({problem})。認証情報と権限を確認してください。",
    },
    "source_changed": {
        "en": "{source} answers in a form this version does not know: {problem}.",
        "ja": "{source} の応答の形が変わっており、読めません({problem})。",
    },
    "delivery": {"en": "{channel}: {problem}", "ja": "{channel}:{problem}"},
    "delivery_failed": {
        "en": "{channel} did not take the message ({problem}); it will be tried again.",
        "ja": "{channel} へ送信できませんでした({problem})。あとで再送します。",
    },
    "delivery_refused": {
        "en": "{channel} refused the message for good ({problem}). Check the channel's settings, then `preorder-watchdog test-alert`.",
        "ja": "{channel} に送信を拒否されました({problem})。通知先の設定を確認し、`preorder-watchdog test-alert` で試してください。",
    },
    "store": {"en": "The database {path} can't be used: {problem}", "ja": "データベース {path} を使えません:{problem}"},
    "schema_outdated": {
        "en": "The database {path} belongs to another version (it has {found}, this program needs {needed}). Back it up, then run `preorder-watchdog db upgrade`.",
        "ja": "データベース {path} は別のバージョンのものです(現在 {found}、必要 {needed})。バックアップのうえ `preorder-watchdog db upgrade` を実行してください。",
    },
    "store_absent": {
        "en": "There is no database at {path}. `preorder-watchdog check` or `run` makes one; if it lies elsewhere, set PREORDER_STATE_DIR.",
        "ja": "{path} にデータベースがありません。`preorder-watchdog check` か `run` で作られます。別の場所にある場合は PREORDER_STATE_DIR を設定してください。",
    },
    "store_busy": {
        "en": "The database {path} is held by another program. Close it and try again.",
        "ja": "データベース {path} をほかのプログラムが使用中です。閉じてからもう一度実行してください。",
    },
    "store_full": {
        "en": "The database {path} can't be written ({problem}). Nothing was lost: free some space, then try again.",
        "ja": "データベース {path} に書き込めません({problem})。記録は失われていません。空き容量を確保してからもう一度実行してください。",
    },
    "store_damaged": {
        "en": "The file {path} is not a usable database ({problem}). Move it away and restore a backup.",
        "ja": "{path} はデータベースとして読めません({problem})。別の場所に移し、バックアップから戻してください。",
    },
    "busy": {
        "en": "Another preorder-watchdog is at work ({path}). Try again in a moment.",
        "ja": "ほかの preorder-watchdog が動作中です({path})。少し待ってからもう一度実行してください。",
    },
    "letter_incomplete": {
        "en": "The letter can't be printed, these facts are unknown: {missing}.",
        "ja": "次の項目が不明なため、文面を出せません:{missing}",
    },
    "unknown_case": {
        "en": "{name} is no known case or order. `preorder-watchdog flagged --all` lists them.",
        "ja": "{name} という案件・注文は見つかりません。`preorder-watchdog flagged --all` で一覧できます。",
    },
    "illegal_move": {
        "en": "{case_no} is {state}: you can't {event} now. Possible: {possible}.",
        "ja": "{case_no} は現在「{state}」のため、「{event}」はできません。できる操作:{possible}",
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
        "ja": "この文面は、上記のとおりAmazonのメッセージの規則に反しています。それでも開く場合は --anyway を付けてください(案件の経過に記録されます)。",
    },
    "letter_opened_anyway": {
        "en": "{letter} opened although it breaks Amazon's rules: {rules}",
        "ja": "規則に反する箇所がある文面を開きました:{letter}({rules})",
    },
    "decision_incomplete": {
        "en": "{event} needs {needs}. Nothing was changed.",
        "ja": "{event} には {needs} の指定が必要です。何も変更していません。",
    },
    "snooze_past": {
        "en": "The reminder {until} lies in the past. Name a later time, e.g. 2026-09-08T10:00:00+09:00.",
        "ja": "再通知の時刻 {until} は過ぎています。これからの時刻を 2026-09-08T10:00:00+09:00 のように指定してください。",
    },
    "snooze_how_long": {
        "en": "Say how long: one of --until 2026-09-08, --hours 3, --days 2. Nothing was changed.",
        "ja": "いつまでかを指定してください(--until 2026-09-08、--hours 3、--days 2 のどれか一つ)。何も変更していません。",
    },
    "text_too_long": {
        "en": "The text is longer than {limit} characters. Nothing was changed.",
        "ja": "文章が長すぎます({limit} 文字まで)。何も変更していません。",
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
        "ja": "{text} はASINの形ではありません(英数字10文字)。SKUの場合は --as sku を付けてください。",
    },
    "import_columns_unclear": {
        "en": "{name}: which column is which? Name them: --date-column and --asin-column or --sku-column. Columns: {columns}",
        "ja": "{name}:どの列が発売日・ASIN・SKUか分かりません。--date-column と --asin-column(または --sku-column)で指定してください。列:{columns}",
    },
    "import_column_unknown": {
        "en": "{name} has no column {column}. Columns: {columns}",
        "ja": "{name} に列 {column} はありません。列:{columns}",
    },
    "import_no_table": {
        "en": "{name} is no table of text with a line of column names. Save it as CSV or as text with tabs, then try again.",
        "ja": "{name} は、見出し行のある表(CSVやタブ区切りテキスト)として読めません。CSVで保存し直してからもう一度実行してください。",
    },
    "list_unwritable": {
        "en": "The release list {path} can't be written ({problem}). Nothing was changed; correct its permissions, or edit it yourself.",
        "ja": "発売日の一覧 {path} に書き込めません({problem})。何も変更していません。権限を確認するか、ファイルを直接編集してください。",
    },
    "list_no_header": {
        "en": "{path} is no release list: it needs columns release_date and asin or sku. Nothing was changed.",
        "ja": "{path} は発売日の一覧として読めません(release_date と、asin か sku の列が必要です)。何も変更していません。",
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
    "channel_unknown": {
        "en": "{name} is no channel that is set up. Set up: {known}.",
        "ja": "{name} という通知先は設定されていません。設定済みの通知先:{known}",
    },
    "letter_not_written": {
        "en": "There is no text for the letter `{kind}` in this version. These exist: {kinds}.",
        "ja": "このバージョンには `{kind}` の文面がありません。使える文面:{kinds}",
    },
    "letter_not_for_case": {
        "en": "The letter `{kind}` is not for {case_no}. For its cause there is: {kinds}.",
        "ja": "`{kind}` は {case_no} には使えません。この案件に使える文面:{kinds}",
    },
    "letter_before_buyer_asked": {
        "en": "The letter `{kind}` is only for a buyer who asked to cancel, and {case_no} has no such wish on record. If the buyer asked you, record that first (buyer-asked).",
        "ja": "`{kind}` は、購入者からキャンセルの希望があったときだけ使えます。{case_no} にはその記録がありません。希望があった場合は、先に記録してください(buyer-asked)。",
    },
    # templates
    "template_missing": {
        "en": "template {name}: it is missing. Reinstall the program, or put the file back into your templates folder.",
        "ja": "テンプレート {name}:見つかりません。プログラムを入れ直すか、テンプレートのフォルダーに戻してください。",
    },
    "template_unknown": {
        "en": "template {name}: there is no template of that name. Correct the file's name or remove it. Names: {known}.",
        "ja": "テンプレート {name}:その名前のテンプレートはありません。ファイル名を直すか、フォルダーから外してください。使える名前:{known}",
    },
    "template_broken": {
        "en": "template {name}, line {line}: it can't be read ({problem}). Correct it, or remove your file to use ours.",
        "ja": "テンプレート {name} の {line} 行目を読めません({problem})。直すか、ファイルを外して標準の文面に戻してください。",
    },
    "template_name_unknown": {
        "en": "template {name}: `{unknown}` is no known name. Known: {known}.",
        "ja": "テンプレート {name}:`{unknown}` という名前はありません。使える名前:{known}",
    },
    "template_not_allowed": {
        "en": "template {name}, line {line}: `{construct}` can't be used. A template may print names, use if and for, and simple filters.",
        "ja": "テンプレート {name} の {line} 行目:`{construct}` は使えません。使えるのは、名前の表示、if、for、簡単なフィルターだけです。",
    },
    "now_ahead": {
        "en": "--now {now} lies after the clock. Set PREORDER_ALLOW_FUTURE=1 if this is a test.",
        "ja": "--now {now} は現在時刻より先です。テストの場合は PREORDER_ALLOW_FUTURE=1 を設定してください。",
    },
    "instant_unreadable": {
        "en": "{text} is no instant. Write it as 2026-09-08T10:00:00+09:00.",
        "ja": "{text} を日時として読めません。2026-09-08T10:00:00+09:00 のように書いてください。",
    },
    "path_absent": {"en": "{path} does not exist.", "ja": "{path} が見つかりません。"},
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
