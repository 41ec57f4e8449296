"""
The headings and lines of the screens, Japanese and English side by side.
"""

from __future__ import annotations

from watchdog.review.post_texts import POST

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
    "siblings": ("同じ商品のほかの予約注文", "Other pre-orders of it"),
    "first_seen": ("最初に検知", "First seen"),
    "ticket_no": ("問い合わせ番号", "Ticket"),
    "outcome": ("結果", "Outcome"),
    "evidence": ("確認できた事実", "What was observed"),
    "timeline": ("経過", "Timeline"),
    "next": ("次にすること", "Next"),
    "due": ("これからの期限", "Due"),
    "promise": ("出荷遅延の集計に含まれているか", "Does it count as late?"),
    "promise_line": ("{day}時点：{counted}（{ground}）", "{day}: {counted} ({ground})"),
    "promise_none": (
        "判断できません（数値がまだありません。`preorder-watchdog health enter` で記録できます）",
        "can't tell: there are no figures yet; enter them with `preorder-watchdog health enter`",
    ),
    "promise_until": ("{day}まで確認を続けます。", "Watched until {day}."),
    "link": ("セラーセントラル", "Seller Central"),
    "orders": ("対象の注文", "Orders"),
    "unknown": ("不明", "unknown"),
    **POST,
    "none": ("問題のある予約注文はありません。", "No pre-order is flagged."),
    "nothing_watched": (
        "監視中の予約注文はまだありません。レポートを受信フォルダ {inbox} に入れてください。",
        "No pre-order is watched yet. Drop a report into {inbox}.",
    ),
    "nothing_dated": (
        "レポートは読み込みましたが、発売日の一覧がないため、どれが予約注文か分かりません。releases.csv を {inbox} に入れるか、`preorder-watchdog releases set SKU 2026-09-14` で登録してください。",
        "Reports were read, but without your release dates pre-orders can't be told from other orders. Drop a releases.csv into {inbox}, or `preorder-watchdog releases set SKU 2026-09-14`.",
    ),
    "nothing_listed": (
        "レポートは読み込みましたが、予約注文はありませんでした。予約注文があるはずの場合は、その商品の発売日が登録されているか、`preorder-watchdog releases` で確かめてください。",
        "Reports were read, but no pre-order was among them. If there should be one, `preorder-watchdog releases` shows whether its product has a release date.",
    ),
    "nothing_in_files": (
        "これらのファイルに、監視できる予約注文はありませんでした。発売日の一覧は --releases で指定できます。",
        "These files hold no pre-order to watch. A list of release dates is given with --releases.",
    ),
    "watched_line": (
        "監視中の予約注文 {open} 件（うち発売日が分からず比較できないもの {unwatched} 件）",
        "{open} open pre-orders watched ({unwatched} of them without a release date to compare with)",
    ),
    "rows_line": (
        "注文行 {read} 行：新規・変更 {used}、変更なし {unchanged}、読めない行 {rejected}、対象外 {ignored}",
        "{read} order rows: {used} new or changed, {unchanged} unchanged, {rejected} rejected, {ignored} not ours to watch",
    ),
    "delivered_line": (
        "通知：送信 {sent}、再送待ち {postponed}、送信不可 {refused}",
        "Messages: {sent} sent, {postponed} to be retried, {refused} refused",
    ),
    "trouble_line": ("読み取れなかった情報源：{source}", "A source could not be read: {source}"),
    "refused_line": ("使えなかったファイル：{sentence}", "Not used: {sentence}"),
    "waiting_line": (
        "{name}：まだ書き込み中のようです。次の巡回で読み込みます。",
        "{name} seems to be still written to; it is read at the next turn.",
    ),
    "unlisted_line": (
        "発売日の一覧にない商品で、予約の可能性があるもの：{sku}（{rows} 行）",
        "Not on your release list, may be a pre-order: {sku} (rows: {rows})",
    ),
    "named": ("{name}：{said}", "{name}: {said}"),
    "disagree_line": ("発売日が情報源によって違います：{dates}", "The sources disagree on the release date: {dates}"),
    "next_ticket": (
        "`preorder-watchdog letter {case} ticket` の文面でテクニカルサポートに問い合わせ、出荷予定日の訂正を依頼してください。",
        "Open a ticket with `preorder-watchdog letter {case} ticket`: ask Amazon to correct the ship date.",
    ),
    "next_note": (
        "`preorder-watchdog letter {case} note` の手順で、出品情報と注文管理の日付を確認してください。",
        "Follow `preorder-watchdog letter {case} note`: check the dates of the listing and in Manage Orders.",
    ),
    "next_approve": (
        "購入者がキャンセルを希望しています。セラーセントラルにキャンセルリクエストが表示されていることを確かめてから承認してください。表示がなければ、先に `preorder-watchdog letter {case} buyer-reply` で返信してください。手順は `preorder-watchdog letter {case} approve` で確認できます。",
        "The buyer wishes to cancel. Look for the request in Seller Central, then approve it; where none is shown, first reply with `preorder-watchdog letter {case} buyer-reply`. `preorder-watchdog letter {case} approve` shows how.",
    ),
    "next_approve_order": (
        "注文 {order} の購入者がキャンセルを希望しています。セラーセントラルにキャンセルリクエストが表示されていることを確かめてから承認してください。表示がなければ、先に `preorder-watchdog letter {order} buyer-reply` で返信してください。手順は `preorder-watchdog letter {order} approve` で確認できます。",
        "The buyer of order {order} wishes to cancel. Look for the request in Seller Central, then approve it; where none is shown, first reply with `preorder-watchdog letter {order} buyer-reply`. `preorder-watchdog letter {order} approve` shows how.",
    ),
    "next_ship": (
        "商品が手元にあれば、ただちに出荷し、出荷通知を送ってください。除外の依頼は `preorder-watchdog letter {case} ticket`",
        "If you have the product, ship it now and confirm the shipment. `preorder-watchdog letter {case} ticket` asks for the exclusion.",
    ),
    "next_nothing": ("対応は終わっています。", "Nothing is left to do."),
    "next_dismissed": (
        "対応不要としました。出荷予定日がさらに早まったときだけ、もう一度お知らせします。取り消すには `preorder-watchdog undo {case}`",
        "Dismissed: you hear of it again only if the ship-by date moves still earlier. `preorder-watchdog undo {case}` takes it back.",
    ),
    "next_snoozed": (
        "{when} にもう一度お知らせします。出荷予定日がさらに早まったときなどは、それより前にお知らせします。",
        "You will be reminded at {when}; earlier if it gets worse.",
    ),
    "next_wait": (
        "Amazonの回答を {when} まで待ちます。回答が届いたら `preorder-watchdog amazon-replied {case} 結果` で記録してください（結果：excluded=除外した、corrected=訂正済み、refused=対応不可、asks=確認の依頼、other=その他）。",
        "Amazon's answer is awaited until {when}. When it comes: `preorder-watchdog amazon-replied {case} OUTCOME` (excluded, corrected, refused, asks, other).",
    ),
    "next_verify": (
        "Amazonの回答どおりになるか、確認を続けます。「除外した」との回答だけの場合は、`preorder-watchdog letter {case} follow-up` の文面で同じ問い合わせを再開し、担当部署からの書面での確認を {when} までに求めてください。",
        'Amazon\'s word is watched until it is seen to be true. If Amazon only said "excluded", reopen the same ticket with `preorder-watchdog letter {case} follow-up` and ask for it in writing by {when}.',
    ),
    "next_follow_up": (
        "Amazonの対応がまだ確認できていません。新しい問い合わせは作成せず、`preorder-watchdog letter {case} follow-up` の文面で同じ問い合わせを再開してください。送ったら `preorder-watchdog ticket-sent {case}` で記録すると、次の回答期限を見守ります。",
        "It is not settled with Amazon. Open no second ticket: reopen the first with `preorder-watchdog letter {case} follow-up`, then note it with `preorder-watchdog ticket-sent {case}`: the next answer is awaited.",
    ),
    "next_still_counted": (
        "Amazonの回答のあとも、出荷遅延として数えられています。`preorder-watchdog letter {case} follow-up` の文面（数値入り）で同じ問い合わせを再開してください。",
        "It still counts as late in spite of Amazon's answer. Reopen the same ticket with `preorder-watchdog letter {case} follow-up`: it holds the figures.",
    ),
    "next_refused": (
        "同じ問い合わせの繰り返しは勧めません。電話（`preorder-watchdog letter {case} ticket-phone`）やアカウント健全性の窓口、または購入者へのご案内（`preorder-watchdog letter {case} buyer-inform`）をご検討ください。",
        "No more letters to the same desk: try the phone (`preorder-watchdog letter {case} ticket-phone`), Account Health, or inform the buyer (`preorder-watchdog letter {case} buyer-inform`).",
    ),
    "stays": ("記録しました。{case}（{order}）は「{state}」のままです。", "Noted. {case} ({order}) is still: {state}"),
    "stands": ("{case}（{order}）は「{state}」になりました。", "{case} ({order}) is now: {state}"),
    "orders_more": ("ほか {count} 件", "and {count} more"),
    "siblings_line": ("{count} 件（出荷予定日 {day}）", "{count} (ship by {day})"),
    "siblings_bare": ("{count} 件", "{count}"),
    "yes": ("○", "yes"),
    "no": ("×", "no"),
    "unwatched_line": (
        "発売日や出荷予定日が分からず、監視しきれていない注文：{product}（{count} 件）",
        "Orders not fully watched, for want of a date: {product} ({count})",
    ),
    "unwatched_next": (
        "  → 発売日が分かれば登録してください：`preorder-watchdog releases set {product} 2026-09-14`",
        "  → If you know the release date: `preorder-watchdog releases set {product} 2026-09-14`",
    ),
    "unasked_line": (
        "ASINが分からないため、Amazonのカタログで発売日を調べていない商品：{product}",
        "Not looked up in Amazon's catalog, for want of an ASIN: {product}",
    ),
    "unasked_next": (
        "  → 発売日の一覧（releases.csv）に、このSKUのASINと発売日を追加してください。PREORDER_SPAPI_SELLER_ID を設定すると、SKUで調べます。",
        "  → Add its ASIN and release date to your list (releases.csv), beside its SKU. With PREORDER_SPAPI_SELLER_ID it is looked up by SKU.",
    ),
    # release dates
    "disagree": ("※情報源で日付が違います", "(!) the sources disagree"),
    "not_judged": ("※次の巡回から使います", "(!) judged by at the next turn"),
    "source_line": ("{name}：出荷予定日の最終確認 {when}（{state}）", "{name}: last saw ship dates {when} ({state})"),
    "source_ok": ("正常", "ok"),
    "source_degraded": ("一部が読めていません", "degraded"),
    "source_silent": ("見えていません", "silent"),
    "source_refused": ("拒否されています", "refused"),
    "never": ("なし", "never"),
    "believed_mark": ("* が判定に使っている発売日です。", "* marks the date the program compares with."),
    "no_releases": (
        "発売日はまだ登録されていません。`preorder-watchdog releases set ASIN 2026-09-14`、または releases.csv を受信フォルダに入れてください。",
        "No release date is known yet: `preorder-watchdog releases set ASIN 2026-09-14`, or drop a releases.csv into the inbox.",
    ),
    "all_dated": ("予約注文のある商品は、すべて発売日が分かっています。", "Every product with open pre-orders has a release date."),
    "release_set": ("{product} の発売日を {day} として登録しました。", "The release date of {product} is set to {day}."),
    "release_was": ("（これまで：{day}）", "(It was {day}.)"),
    "release_new_product": (
        "この商品の注文はまだ確認していません。ASIN・SKUに間違いがないかご確認ください（{kind} として登録しました）。",
        "No order of this product was seen yet; check the ASIN or SKU (it was taken as {kind}).",
    ),
    "release_in_file": ("{path} にも書き込みました。", "Written into {path}, too."),
    "release_judged": (
        "次の巡回（または `preorder-watchdog check`）で、この日付を使って判定します。",
        "The next turn (or `preorder-watchdog check`) judges by it.",
    ),
    "import_first": ("{name} の内容（先頭 {count} 行）：", "{name}, the first {count} rows:"),
    "import_columns": ("列：{columns}", "Columns: {columns}"),
    "import_ask_asin": ("ASINの列（なければ空欄）", "Column of the ASIN (empty: none)"),
    "import_ask_sku": ("SKUの列（なければ空欄）", "Column of the SKU (empty: none)"),
    "import_ask_date": ("発売日の列", "Column of the release date"),
    "import_ask_title": ("商品名の列（なければ空欄）", "Column of the title (empty: none)"),
    "import_ask_go": ("この内容で登録しますか", "Import these"),
    "import_ask_replace": ("登録済みと違う {count} 件を上書きしますか", "Replace the {count} dates that differ from yours"),
    "import_sum": (
        "新規 {new} 件、登録済みと同じ {same} 件、登録済みと違う {differ} 件、読めない行 {rejected} 行",
        "{new} new, {same} the same as yours, {differ} different from yours, {rejected} rows can't be used",
    ),
    "import_differs": ("  {product}：登録済み {old} → ファイル {new}", "  {product}: yours {old} → the file {new}"),
    "import_kept": (
        "登録済みと違う {count} 件は変更していません。上書きするには --replace を付けてください。",
        "{count} dates that differ from yours were left as they are; --replace takes the file's.",
    ),
    "import_done": ("{count} 件を登録しました。", "{count} imported."),
    "import_nothing": ("登録しませんでした。", "Nothing was imported."),
    "import_all_there": ("新しく登録するものはありません。", "There is nothing new to import."),
    # the first impression
    "month": ("月", "Month"),
    "files": ("ファイル", "Files"),
    "caught": ("検知", "Caught"),
    "urgent": ("うち緊急", "Urgent"),
    "ended_well": ("解消", "Settled"),
    "months_intro": (
        "{first} から {last} まで、{files} ファイルを読みました。この期間に検知していたはずの件数：{caught} 件（うち緊急 {urgent} 件）",
        "{files} files from {first} to {last}. What would have been caught: {caught} ({urgent} of them urgent)",
    ),
    "months_notices": (
        "このほか、通知をともなわないお知らせが {count} 件あります（`--json` で確認できます）。",
        "Besides, {count} notices without a message (see `--json`).",
    ),
    "months_blind": (
        "発売日の一覧がないと、出荷用レポートの注文は予約注文と分からず、監視できません。`--releases releases.csv` を付けてもう一度お試しください。",
        "Without your release dates, orders of a shipping report can't be told to be pre-orders. Try again with `--releases releases.csv`.",
    ),
    "months_same_time": (
        "注意：{files} ファイルのほとんどが同じ日時のものになっています。コピーで更新日時が失われた可能性があります。元の更新日時を保つか（cp -p）、`ファイル@日時` で指定してください。",
        "Mind: most of the {files} files have the same time; copying may have lost it. Keep it (cp -p), or name it: `FILE@ISO`.",
    ),
    # letters
    "mark_error": ("【違反】{told}（{source}）", "[error] {told} ({source})"),
    "mark_warning": ("【注意】{told}（{source}）", "[warning] {told} ({source})"),
    # sheets
    "previous_ship_by": ("変更前の出荷予定日", "Ship by, before"),
    "release_source": ("発売日の情報源", "Source of the release date"),
    "confidence": ("確度", "Confidence"),
    "order_count": ("対象の注文数", "Orders affected"),
    "order_ids": ("注文番号", "Order ids"),
    "believed": ("判定に使用", "Believed"),
    "learned": ("確認日時", "Learned"),
    "when": ("日時", "When"),
    "what": ("内容", "What"),
    "before": ("変更前", "Before"),
    "after": ("変更後", "After"),
    "who": ("情報源・担当", "Source / by"),
    # demo
    "demo_intro": (
        "同梱のサンプル（架空のCD、発売日 2026年9月14日）で実際の処理を行います。",
        "The program's own work, on the shipped sample: an invented CD, released on 14 September 2026.",
    ),
    "demo_step": ("■ {when} {name}", "■ {when}  {name}"),
    "demo_quiet": ("   異常なし。通知はありません。", "   All is well; nobody is disturbed."),
    "demo_known": ("   新しい異常はありません。同じことを二度は通知しません。", "   Nothing new; the same fact never rings twice."),
    "demo_alarm": ("   検知しました：{count} 件", "   Caught: {count}"),
    "demo_case": ("■ 案件", "■ The case"),
    "demo_ticket": ("■ テクニカルサポートへの問い合わせ文（そのまま貼り付けられます）", "■ The support ticket, ready to paste"),
    "demo_log": ("■ 記録", "■ The log"),
    "demo_kept": (
        "   {path} に残しました。例：sqlite3 {path} 'select * from flagged_orders'",
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
