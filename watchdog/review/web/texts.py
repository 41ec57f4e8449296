"""
What the page says, Japanese and English side by side: the frame, the first page, the list; the other pages' texts stand beside it.
"""

from __future__ import annotations

from watchdog.review.web.texts_case import CASE
from watchdog.review.web.texts_plan import PLAN
from watchdog.review.web.texts_rooms import ROOMS

_FRAME: dict[str, tuple[str, str]] = {
    "product_name": ("予約見張り番", "Preorder Watchdog"),
    "skip": ("本文へ移動", "Skip to the content"),
    "menu": ("メニュー", "Menu"),
    "nav_today": ("今日", "Today"),
    "nav_orders": ("検知した注文", "Flagged orders"),
    "nav_products": ("商品と発売日", "Products"),
    "nav_health": ("アカウント健全性", "Account health"),
    "nav_messages": ("通知", "Messages"),
    "nav_intake": ("取り込み", "Intake"),
    "nav_program": ("設定と診断", "Settings"),
    "other_language": ("English", "日本語"),
    "other_language_label": ("Switch to English", "日本語に切り替える"),
    "log_out": ("ログアウト", "Log out"),
    "made_here": (
        "この画面は、外部から何も読み込みません。",
        "This page fetches nothing from elsewhere.",
    ),
    "as_of": ("{when} 現在", "As of {when}"),
    "reload": ("再読み込み", "Reload"),
    "unknown": ("不明", "unknown"),
    "never": ("なし", "never"),
    "total": ("全 {count} 件", "{count} in all"),
    "page_of": ("{number} / {pages} ページ", "Page {number} of {pages}"),
    "previous": ("前へ", "Previous"),
    "next": ("次へ", "Next"),
    "pages": ("ページの移動", "Pages"),
    "download_csv": ("CSVで保存", "Save as CSV"),
    "search": ("検索", "Search"),
    # errors
    "not_found": ("ページが見つかりません", "There is no such page"),
    "not_found_more": ("アドレスをご確認ください。", "Check the address, or go back to the first page."),
    "broken": ("表示できませんでした", "The page could not be shown"),
    "broken_more": (
        "記録は失われていません。もう一度お試しください。続く場合はログをご確認ください。",
        "Nothing was lost. Try again; if it stays so, the log says why.",
    ),
    "not_done": ("実行できませんでした", "That was not done"),
    "moved_meanwhile": ("ほかの操作が先に記録されています", "Someone else was faster"),
    "expired": ("この画面は古くなっています", "This page was too old"),
    "expired_more": (
        "安全のため、操作は記録していません。ページを開き直してから、もう一度操作してください。",
        "Nothing was done, to be safe. Open the page again and repeat what you did.",
    ),
    "go_back": ("戻る", "Back"),
    "look_again": ("最新の内容を見る", "Look at it as it is now"),
    # login
    "login_title": ("ログイン", "Log in"),
    "login_password": ("パスワード", "Password"),
    "login_enter": ("ログインする", "Log in"),
    "login_wrong": ("パスワードが違います。", "That is not the password."),
    "login_wait": (
        "間違いが続いたため、しばらくログインできません。{minutes} 分後にもう一度お試しください。",
        "Too many wrong passwords. Try again in {minutes} minutes.",
    ),
}

_TODAY: dict[str, tuple[str, str]] = {
    "today_title": ("今日の状況", "Today"),
    "all_quiet": ("問題のある予約注文はありません", "No pre-order is in trouble"),
    "all_quiet_more": (
        "{products} 商品・{orders} 件の予約注文を監視しています。変化があればお知らせします。",
        "{orders} pre-orders of {products} products are watched. You will hear when something changes.",
    ),
    "nothing_watched": ("まだ監視中の予約注文がありません", "No pre-order is watched yet"),
    "nothing_watched_more": (
        "「取り込み」から注文レポートと発売日の一覧を入れてください。",
        "Put an order report and your list of release dates in under “Intake”.",
    ),
    "need_you": ("対応が必要な注文", "What needs you"),
    "count_urgent": ("緊急", "Urgent"),
    "count_warning": ("注意", "Warnings"),
    "count_prevented": ("未然に防いだ件数", "Near misses prevented"),
    "count_watched": ("監視中の予約注文", "Pre-orders watched"),
    "blind_orders": ("うち {count} 件は発売日が不明", "{count} of them without a release date"),
    "more_cases": ("ほか {count} 件をすべて見る", "See {count} more"),
    "next_step": ("次にすること", "Next step"),
    "ship_by": ("出荷予定日", "Ship by"),
    "release": ("発売日", "Release"),
    "affected": ("対象 {count} 件", "{count} orders"),
    "left_unknown": ("出荷予定日が不明", "No ship-by date known"),
    "left_over": ("期限を {days} 日超過", "{days} d overdue"),
    "left_hours": ("あと {hours} 時間", "{hours} h left"),
    "left_days": ("あと {days} 日", "{days} d left"),
    "sources_title": ("監視の状態", "Can the watchdog see?"),
    "source_saw": ("{name}：出荷予定日の最終確認 {when}", "{name}: ship dates last seen {when}"),
    "source_never": ("出荷予定日のあるレポートは、まだ読み込まれていません。", "No report with ship dates was read yet."),
    "state_ok": ("正常", "fine"),
    "state_degraded": ("一部不明", "partly blind"),
    "state_silent": ("届いていません", "silent"),
    "state_refused": ("拒否されています", "refused"),
    "silent_more": (
        "新しい情報が届いていないため、異常があっても気づけません。最新の注文レポートを取り込んでください。",
        "Nothing new has come in, so a reset would go unnoticed. Drop a fresh order report.",
    ),
    "health_title": ("アカウント健全性", "Account health"),
    "see_health": ("詳しく見る", "See all rates"),
}

_LIST: dict[str, tuple[str, str]] = {
    "orders_title": ("検知した注文", "Flagged orders"),
    "filter": ("絞り込み", "Filter"),
    "apply": ("表示する", "Show"),
    "clear": ("条件を解除", "Clear"),
    "search_hint": ("注文番号・商品名・ASIN・SKU・問い合わせ番号", "Order id, title, ASIN, SKU, ticket number"),
    "standing": ("対象", "Which"),
    "standing_open": ("対応中", "Open"),
    "standing_closed": ("終了", "Closed"),
    "standing_all": ("すべて", "All"),
    "state": ("状況", "State"),
    "severity": ("緊急度", "Level"),
    "cause": ("原因", "Cause"),
    "any": ("すべて", "Any"),
    "from": ("出荷予定日（から）", "Ship by, from"),
    "to": ("出荷予定日（まで）", "Ship by, to"),
    "sort": ("並べ替え", "Sort"),
    "sort_urgency": ("緊急度順", "Most urgent first"),
    "sort_ship_by": ("出荷予定日順", "Earliest ship-by first"),
    "sort_release": ("発売日順", "Earliest release first"),
    "sort_newest": ("新しい順", "Newest first"),
    "case": ("案件", "Case"),
    "order_or_product": ("注文番号・商品", "Order · product"),
    "none_found": ("条件に合う注文はありません。", "Nothing matches."),
    "shown_range": ("{total} 件中 {first}〜{last} 件", "{first}–{last} of {total}"),
}

TEXTS: dict[str, tuple[str, str]] = {**_FRAME, **_TODAY, **_LIST, **CASE, **ROOMS, **PLAN}


def told(code: str, language: str, **values: object) -> str:
    """
    Return the text in the language (English where it is neither), filled with the values.

    Raises:
        KeyError: there is no such text; a test holds every template against the table.
    """
    ja, en = TEXTS[code]
    return (ja if language == "ja" else en).format_map(values)
