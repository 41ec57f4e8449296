"""
The headings and sentences of an evidence file, Japanese and English side by side.
"""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("証拠資料：{case}（{name}）", "Evidence: {case} ({name})"),
    "made": (
        "{when}（{zone}）に preorder-watchdog {version} の記録から作成しました。時刻は{zone}、CSVの *_utc 列は協定世界時（UTC）です。",
        "Made on {when} ({zone}) from the log of preorder-watchdog {version}. Times are {zone}; columns ending in _utc are UTC.",
    ),
    "honest": (
        "Amazonのレポート・注文データ・発売日の一覧に記載されていた内容だけを、確認した日時とともに載せています。購入者の氏名・住所・連絡先は記録しておらず、含まれていません。",
        "It holds only what Amazon's reports, its answers and the lists of release dates said, with the time each was seen. No buyer's name, address or contact is on record, so none is in it.",
    ),
    "about": ("対象", "What it is about"),
    "item": ("項目", "Item"),
    "content": ("内容", "Content"),
    "facts": ("確認できた事実", "What was observed"),
    "what": ("内容", "What"),
    "before": ("変更前", "Before"),
    "after": ("変更後", "After"),
    "last_seen_before": ("変更前の最終確認", "Last seen before"),
    "seen": ("確認日時", "Seen"),
    "source": ("情報源", "Source"),
    "state": ("案件の状況", "State of the case"),
    "when": ("日時", "When"),
    "letter": ("ファイル", "File"),
    "order": ("注文番号", "Order"),
    "status": ("注文の状態", "Status"),
    "product": ("商品名", "Product"),
    "ship_by": ("出荷予定日", "Ship by"),
    "file": ("ファイル・応答", "File or answer"),
    "observations": ("観測した記録（全 {count} 行は observations.csv）", "Every observation (all {count} rows: observations.csv)"),
    "observations_more": ("ほか {count} 行は observations.csv にあります。", "{count} more rows stand in observations.csv."),
    "unlisted": ("（掲載なし）", "(not listed)"),
    "siblings": (
        "同じ商品のほかの予約注文（{count} 件、一覧は siblings.csv）",
        "The product's other open pre-orders ({count}; listed in siblings.csv)",
    ),
    "many": ("（{count} 件）", " ({count} orders)"),
    "orders": ("件数", "Orders"),
    "no_siblings": ("記録されているほかの予約注文はありません。", "No other open pre-order of it is on record."),
    "releases": ("発売日の記録（release-dates.csv）", "Release dates (release-dates.csv)"),
    "release": ("発売日", "Release date"),
    "learned": ("最初に確認", "First said"),
    "repeated": ("最後に確認", "Last said"),
    "timeline": ("対応の経過", "What was done"),
    "by": ("担当", "By"),
    "letters": ("送った文面", "Letters as sent"),
    "no_letters": (
        "送信の記録がある文面はありません（`ticket-sent` で記録すると、その時点の文面が保存されます）。",
        "No letter is on record as sent (`ticket-sent` keeps the text as it is then).",
    ),
    "letter_note": (
        "送信を記録した時点で用意されていた文面です。送信前に書き換えた場合は、実際の送信文と異なります。",
        "The text as it was prepared when it was noted as sent; what you changed before sending is not in it.",
    ),
    "kind": ("種類", "Kind"),
    "sums": (
        "この資料の各ファイルのSHA-256は SHA256SUMS にあります（`sha256sum -c SHA256SUMS` で確認できます）。",
        "SHA256SUMS holds the SHA-256 of every file; `sha256sum -c SHA256SUMS` checks them.",
    ),
    "digest_note": (
        "ファイル欄の英数字は、読み込んだファイルのSHA-256の先頭です。",
        "The digits behind a file are the beginning of its SHA-256 as it was read.",
    ),
    "unknown": ("不明", "unknown"),
    "written": ("{count} 個のファイルを {path} に書き出しました。", "{count} files written to {path}."),
}


def evidence_text(code: str, language: str, **values: object) -> str:
    """
    Return the line in the language (English where it is neither), filled with the values.
    """
    ja, en = TEXTS[code]
    return (ja if language == "ja" else en).format_map(values)
