"""
What is said of rows and files that could not be used as they are: row reasons (``row_…``) and file reasons (``file_…``), Japanese and English.

They stand in ``.reason.txt`` and in the intake. Values never hold a buyer's data: a cell is quoted only where it begins like a date.
"""

# ruff: noqa: E501 - one sentence a line; Japanese counts double width

from __future__ import annotations

INTAKE: dict[str, dict[str, str]] = {
    # rows
    "row_date_unreadable": {
        "en": "column {column}: {shown} is not a date. The row was skipped; download the report again and drop it unchanged.",
        "ja": "列 {column} を日付として読めません（{shown}）。この行は使っていません。レポートをもう一度ダウンロードし、そのまま入れてください。",
    },
    "row_no_date": {
        "en": "column {column} holds no date. The row was skipped; download the report again and drop it unchanged.",
        "ja": "列 {column} を日付として読めません。この行は使っていません。レポートをもう一度ダウンロードし、そのまま入れてください。",
    },
    "row_release_date_unreadable": {
        "en": "column {column}: {shown} is not a date. The row was skipped; write it with the year first, as 2026/12/24.",
        "ja": "列 {column} を日付として読めません（{shown}）。この行は使っていません。2026/12/24 のように、西暦から書いてください。",
    },
    "row_no_release_date": {
        "en": "column {column} holds no date. The row was skipped; write it with the year first, as 2026/12/24.",
        "ja": "列 {column} を日付として読めません。この行は使っていません。2026/12/24 のように、西暦から書いてください。",
    },
    "row_id_damaged": {
        "en": "column {column}: the id was rounded by a spreadsheet ({shown}) and can't be recovered. Use the report as downloaded, without opening it in Excel.",
        "ja": "列 {column} の番号が表計算ソフトで丸められています（{shown}）。元に戻せないため、Excelで開く前のレポートをそのまま入れてください。",
    },
    "row_id_missing": {
        "en": "column {column} is empty or holds no id. The row was skipped.",
        "ja": "列 {column} が空か、番号の形になっていません。この行は使わずに続けました。",
    },
    "row_too_short": {
        "en": "the row has {found} cells, the header {expected}. The row was skipped; the file may have been cut off here.",
        "ja": "見出しは {expected} 列ありますが、この行は {found} 列しかありません。この行は使わずに続けました。ファイルが途中で切れているかもしれません。",
    },
    "row_too_wide": {
        "en": "the row has {found} cells, the header {expected}: some cell holds a separator, so nothing in the row can be trusted. The row was skipped.",
        "ja": "見出しは {expected} 列ですが、この行は {found} 列あります。どこかのセルに区切り文字が入り、列がずれています。この行は使わずに続けました。",
    },
    "row_shifted": {
        "en": "column {column} holds what belongs in another column: some cell holds a separator, so nothing in the row can be trusted. The row was skipped.",
        "ja": "列 {column} に別の列の内容が入っています。どこかのセルに区切り文字が入り、列がずれているとみられます。この行は使わずに続けました。",
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
        "en": "the order comes without its items and no other source has shown them, so its product is unknown. It was skipped; save getOrderItems with it, or drop the unshipped orders report.",
        "ja": "注文に商品が含まれておらず、ほかの資料にもないため、どの商品の注文か分かりません。この注文は使わずに続けました。getOrderItems の応答も一緒に保存するか、「未出荷注文レポート」を入れてください。",
    },
    "row_figure_unreadable": {
        "en": "{column}: the figures can't be read. This metric was skipped.",
        "ja": "{column} の数値を読めません。この項目は使わずに続けました。",
    },
    "row_xml_broken": {
        "en": "the XML breaks off here. What came before was used; download the report again.",
        "ja": "XMLがここで壊れています。ここまでの内容は使いました。レポートをもう一度ダウンロードしてください。",
    },
    "row_doctype": {
        "en": "a DOCTYPE begins here, which no Amazon report has. The rest was not read; download the report again.",
        "ja": "ここからDOCTYPE宣言があります。Amazonのレポートにはないため、以降は読んでいません。レポートをもう一度ダウンロードしてください。",
    },
    "row_place": {"en": "line {place}: {problem}", "ja": "{place}行目：{problem}"},
    # files
    "file_rows_rejected": {
        "en": "{name}: {count} rows could not be used, the rest was. The first {shown}:",
        "ja": "{name}：{count} 行を使えませんでした。ほかの行は使っています。はじめの {shown} 行は次のとおりです。",
    },
    "file_rows_unused": {
        "en": "{name}: {count} rows were not used; {path} says why.",
        "ja": "{name}：{count} 行を使えませんでした。理由は {path} をご覧ください。",
    },
    "file_rows_unused_first": {
        "en": "{name}: {count} rows were not used. The first: {first}",
        "ja": "{name}：{count} 行を使えませんでした。最初の行：{first}",
    },
    "inbox_folder": {
        "en": "{name} is a folder and is not read. Put the files in it straight into the inbox.",
        "ja": "{name} はフォルダのため読んでいません。中のファイルを受信フォルダに直接入れてください。",
    },
    "releases_file_absent": {
        "en": "The release list {path} does not exist. Correct PREORDER_RELEASES_FILE.",
        "ja": "発売日の一覧 {path} が見つかりません。PREORDER_RELEASES_FILE を確かめてください。",
    },
    "file_no_ship_date": {
        "en": "{name}: this order report has no column with the ship-by date, so it can't show a reset. Nothing was used. Download the unshipped orders report (it has promise-date) instead.",
        "ja": "{name}：この注文レポートには出荷予定日の列がないため、出荷予定日の変化を確認できません。内容は使っていません。「未出荷注文レポート」（promise-date 列があるもの）をダウンロードして入れてください。",
    },
    "file_without_ship_date": {
        "en": "{name}: this report carries no ship date. Statuses, ASINs and pending orders in it were used, but it can't show a reset; the unshipped orders report (promise-date) can.",
        "ja": "{name}：このレポートには出荷予定日がありません。状況・ASIN・保留中の注文は使いましたが、出荷予定日の変化は確認できません。「未出荷注文レポート」（promise-date 列）も入れてください。",
    },
    "file_doctype": {
        "en": "{name}: the XML has a DOCTYPE, which no Amazon report has. Nothing was used. Download the report again.",
        "ja": "{name}：XMLにDOCTYPE宣言があります。Amazonのレポートにはないため使っていません。レポートをもう一度ダウンロードしてください。",
    },
    "file_health_empty": {
        "en": "{name}: this account health report holds no figures. Nothing was used. Request it again in Seller Central or through the API.",
        "ja": "{name}：アカウント健全性レポートですが、数値が入っていません。内容は使っていません。もう一度取得してください。",
    },
    "file_unknown": {
        "en": "{name}: this is none of the files the program knows ({known}). Nothing was used. Download the report again and drop it unchanged.",
        "ja": "{name}：読み込めるレポートではありません。未出荷注文レポートは、ダウンロードしたまま入れてください。発売日の一覧には、「ASIN」か「SKU」と「発売日」の見出しが必要です。",
    },
    "file_empty": {
        "en": "{name}: the file is empty (0 bytes). Nothing was used. Download the report again.",
        "ja": "{name}：ファイルが空（0バイト）です。レポートをもう一度ダウンロードしてください。",
    },
    "file_binary": {
        "en": "{name}: this is not a text file. Reports are text or JSON; an Excel workbook must be saved as text (tab-separated) first, a ZIP unpacked.",
        "ja": "{name}：テキストファイルではありません。レポートはテキストかJSONです。Excelブックの場合は「テキスト（タブ区切り）」で保存してから入れてください。ZIPの場合は、展開してから入れてください。",
    },
    "file_broken_json": {
        "en": "{name}: the JSON is broken at line {line}, probably cut off. Nothing was used. Save the answer again, whole.",
        "ja": "{name}：JSONが {line} 行目で壊れています（途中で切れた可能性があります）。応答全体を保存し直してください。",
    },
    "file_column_missing": {
        "en": "{name}: the column {column} is missing, without it the report can't be used. Switch it on in the report settings and download again.",
        "ja": "{name}：列 {column} がないため使えません。レポートの設定でこの列を追加し、もう一度ダウンロードしてください。",
    },
    "file_unreadable": {
        "en": "{name}: the file can't be read ({problem}). Check its permissions; it will be tried again.",
        "ja": "{name}：ファイルを読めません（{problem}）。権限を確認してください。次の巡回でもう一度読みます。",
    },
    "file_repeated": {
        "en": "{name}: the same content was already read; nothing changed.",
        "ja": "{name}：同じ内容のファイルを読み込み済みです。変更はありません。",
    },
}
