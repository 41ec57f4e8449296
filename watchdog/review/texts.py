"""
The headings and lines of the screens, Japanese and English side by side.
"""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "case": ("案件", "Case"),
    "severity": ("緊急度", "Level"),
    "order": ("注文番号 / 商品", "Order / product"),
    "ship_by": ("出荷予定日", "Ship by"),
    "release": ("発売日", "Release"),
    "state": ("状況", "State"),
    "title": ("商品", "Product"),
    "sku": ("SKU", "SKU"),
    "asin": ("ASIN", "ASIN"),
    "open_orders": ("予約注文", "Pre-orders"),
    "watched": ("監視", "Watched"),
    "source": ("情報源", "Source"),
    "why": ("判定の理由", "Why"),
    "cause": ("考えられる原因", "Cause"),
    "siblings": ("同じ商品の他の予約注文", "Other pre-orders of it"),
    "first_seen": ("最初に検知", "First seen"),
    "ticket_no": ("問い合わせ番号", "Ticket"),
    "outcome": ("結果", "Outcome"),
    "evidence": ("確認できた事実", "What was observed"),
    "timeline": ("経過", "Timeline"),
    "next": ("次にすること", "Next"),
    "link": ("セラーセントラル", "Seller Central"),
    "orders": ("対象の注文", "Orders"),
    "unknown": ("不明", "unknown"),
    "none": ("問題のある予約注文はありません。", "No pre-order is flagged."),
    "nothing_watched": (
        "監視中の予約注文はまだありません。レポートを受信フォルダ {inbox} に入れてください。",
        "No pre-order is watched yet. Drop a report into {inbox}.",
    ),
    "watched_line": (
        "監視中の予約注文 {open} 件(うち発売日が分からず比較できないもの {unwatched} 件)",
        "{open} open pre-orders watched ({unwatched} of them without a release date to compare with)",
    ),
    "rows_line": (
        "注文行 {read} 行:新規・変更 {used}、変更なし {unchanged}、読めない行 {rejected}、対象外 {ignored}",
        "{read} order rows: {used} new or changed, {unchanged} unchanged, {rejected} rejected, {ignored} not ours to watch",
    ),
    "delivered_line": (
        "通知:送信 {sent}、再送待ち {postponed}、送信不可 {refused}",
        "Messages: {sent} sent, {postponed} to be retried, {refused} refused",
    ),
    "trouble_line": ("読み取れなかった情報源:{source}", "A source could not be read: {source}"),
    "refused_line": ("使えなかったファイル:{sentence}", "Not used: {sentence}"),
    "unlisted_line": (
        "発売日の一覧にない商品で、予約の可能性があるもの:{sku}({rows} 行)",
        "Not on your release list, may be a pre-order: {sku} ({rows} rows)",
    ),
    "disagree_line": ("発売日が情報源によって違います:{dates}", "The sources disagree on the release date: {dates}"),
    "next_ticket": (
        "`preorder-watchdog letter {case} ticket` の文面でテクニカルサポートに問い合わせ、出荷予定日の訂正を依頼してください。",
        "Open a ticket with `preorder-watchdog letter {case} ticket`: ask Amazon to correct the ship date.",
    ),
    "next_note": (
        "`preorder-watchdog letter {case} note` の手順で、出品情報と注文管理の日付を確認してください。",
        "Follow `preorder-watchdog letter {case} note`: check the dates of the listing and in Manage Orders.",
    ),
    "next_approve": (
        "購入者がキャンセルを希望しています。セラーセントラルでリクエストを承認してください。",
        "The buyer asks to cancel: approve the request in Seller Central now.",
    ),
    "next_nothing": ("対応は終わっています。", "Nothing is left to do."),
    "orders_more": ("ほか {count} 件", "and {count} more"),
    "siblings_line": ("{count} 件(出荷予定日 {day})", "{count} (ship by {day})"),
    "siblings_bare": ("{count} 件", "{count}"),
    "yes": ("○", "yes"),
    "no": ("×", "no"),
    # demo
    "demo_intro": (
        "同梱のサンプル(架空のCD、発売日 2026年9月14日)で実際の処理を行います。",
        "The program's own work, on the shipped sample: an invented CD, released on 14 September 2026.",
    ),
    "demo_step": ("■ {when} {name}", "■ {when}  {name}"),
    "demo_quiet": ("   異常なし。通知はありません。", "   All is well; nobody is disturbed."),
    "demo_known": ("   新しい異常はありません。同じことを二度は通知しません。", "   Nothing new; the same fact never rings twice."),
    "demo_alarm": ("   検知しました:{count} 件", "   Caught: {count}"),
    "demo_case": ("■ 案件", "■ The case"),
    "demo_ticket": ("■ テクニカルサポートへの問い合わせ文(そのまま貼り付けられます)", "■ The support ticket, ready to paste"),
    "demo_log": ("■ 記録", "■ The log"),
    "demo_kept": (
        "   {path} に残しました。例:sqlite3 {path} 'select * from flagged_orders'",
        "   It lies at {path}; try: sqlite3 {path} 'select * from flagged_orders'",
    ),
    "demo_gone": (
        "   記録は消去しました。残すには --keep フォルダ を付けて実行してください。",
        "   It was thrown away; run with --keep DIR to keep it.",
    ),
    "demo_next": (
        (
            "■ 次にすること\n   1. 発売日の一覧 releases.csv を用意する\n   2. `preorder-watchdog config check` で設定と受信フォルダの場所を確かめる\n"
            "   3. 「未出荷注文」レポートを受信フォルダに入れて `preorder-watchdog check`"
        ),
        (
            "■ What to do next\n   1. Write releases.csv, your list of release dates\n   2. `preorder-watchdog config check` says where your inbox folder is\n"
            "   3. Drop your unshipped-orders report into it and run `preorder-watchdog check`"
        ),
    ),
}


def text(code: str, language: str, **values: object) -> str:
    """
    Return the line in the language (English where it is neither), filled with the values.
    """
    ja, en = TEXTS[code]
    return (ja if language == "ja" else en).format_map(values)
