# ruff: noqa: E501 - a table: one text a line, in both languages
"""
The words of an improvement plan: Amazon's headings, what is asked of the seller, what happens with it; Japanese and English side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.plan import PlanCheck, PlanField, PlanKind
from watchdog.terms.said import Said

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Mapping[PlanKind, Said] = {
    PlanKind.LATE: Said("出荷遅延率", "late shipment rate"),
    PlanKind.CANCEL: Said("出荷前キャンセル率", "pre-fulfilment cancellation rate"),
    PlanKind.DEFECT: Said("注文不良率", "order defect rate"),
}

#: Amazon's headings, in the order of its form.
FIELDS: Mapping[PlanField, Said] = {
    PlanField.VIOLATION: Said("今回発生させた規約違反の内容", "The violation"),
    PlanField.CAUSE: Said("今回発生させた規約違反の原因", "Its cause"),
    PlanField.PREVENTION: Said("同じ違反を起こさないための具体的な改善策", "What is done so that it does not happen again"),
    PlanField.EFFECT: Said("改善策を実施した場合の効果", "The effect this will have"),
    PlanField.DONE_BY: Said("改善策の実施期日", "Done by"),
    PlanField.EFFECTIVE: Said("改善策の効果が見込まれる時期", "Effect expected in"),
    PlanField.PERSON: Said("改善策実施責任者氏名", "Person responsible"),
    PlanField.READ_RULES: Said("規約を確認したことの確認", "Confirmation: terms read"),
    PlanField.IS_TRUE: Said("虚偽がないことの確認", "Confirmation: true"),
}

#: What helps to fill a field in.
HINTS: Mapping[PlanField, Said] = {
    PlanField.VIOLATION: Said(
        "どの目標を、いつ、何件で満たせなかったか。記録にない分だけ書いてください。",
        "Which target was missed, when, with how many orders; only what the log does not know.",
    ),
    PlanField.CAUSE: Said(
        "自社の作業や確認のどこに問題があったかを、日付と注文番号を挙げて簡潔に。経緯の説明や他者への不満は書かないでください。",
        "Where your own work or checking fell short, short and with dates; no background, no blame.",
    ),
    PlanField.PREVENTION: Said(
        "誰が、いつから、何を、どの手順で行うか。1つずつ「・」で。",
        "Who does what, from when, by which routine; one line each.",
    ),
    PlanField.EFFECT: Said(
        "改善策によって何が防げるか。例：どの遅延が起きなくなり、率がどうなる見込みか。",
        "What this prevents, and where the rate will be.",
    ),
    PlanField.DONE_BY: Said("2026-09-20 のように", "as 2026-09-20"),
    PlanField.EFFECTIVE: Said("2026-10 のように（年と月）", "as 2026-10 (year and month)"),
    PlanField.PERSON: Said("氏名", "the name"),
    PlanField.READ_RULES: Said(
        "マーケットプレイス参加規約と出品規約を読み直したら yes と書いてください",
        "write yes once you have read the selling agreement and policies again",
    ),
    PlanField.IS_TRUE: Said("内容に誤りがないと確認したら yes と書いてください", "write yes once you have checked that all of it is true"),
}

CHECKS: Mapping[PlanCheck, Said] = {
    PlanCheck.HANDLING_TIME: Said("出荷作業時間の設定", "Handling time"),
    PlanCheck.SHIPPING_WORK: Said("出荷作業の流れ", "The shipping work"),
    PlanCheck.PREORDER_DATES: Said("予約商品の発売日と出荷予定日", "Release and ship-by dates of pre-orders"),
    PlanCheck.STOCK_FLOW: Said("在庫管理の流れ", "Stock keeping"),
    PlanCheck.STOCK_SYNC: Said("他の販路との在庫連動", "Stock kept in step with other shops"),
    PlanCheck.STOCK_REFILL: Said("在庫の補充と在庫切れの反映", "Refill, and listings of what is sold out"),
    PlanCheck.DEFECT_SOURCE: Said("不良の内訳（低評価・マーケットプレイス保証・チャージバック）", "Where the defects come from"),
    PlanCheck.REPLY_TIMES: Said("購入者への返信にかかる時間", "Reply times to buyers"),
    PlanCheck.LISTING_CONDITION: Said("出品ページのコンディションと説明", "Condition and description on the listing"),
}

#: What is asked of each part of the work.
QUESTIONS: Mapping[PlanCheck, Said] = {
    PlanCheck.HANDLING_TIME: Said(
        "設定している日数は、実際の作業にかかる日数より短くありませんか。確認した結果と、変えた場合は変更前後の日数を。",
        "Is the time set shorter than the work takes? What you found; if changed, from what to what.",
    ),
    PlanCheck.SHIPPING_WORK: Said(
        "未出荷の注文は、すべて出荷し出荷通知まで送りましたか。入荷から出荷通知までのどこで遅れたか、作業の変更点を。",
        "Is everything open shipped and confirmed by now? Between arrival and confirmation, where was time lost, and what was changed?",
    ),
    PlanCheck.PREORDER_DATES: Said(
        "発売日の登録と、各注文の出荷予定日を、いつ誰が確認していますか。",
        "When, and by whom, are the registered release dates and each order's ship-by date checked?",
    ),
    PlanCheck.STOCK_FLOW: Said(
        "キャンセルした注文の在庫は、なぜ足りませんでしたか。在庫の数え方・更新の変更点を。",
        "Why was there no stock for the cancelled orders? What was changed in counting and updating?",
    ),
    PlanCheck.STOCK_SYNC: Said(
        "同じ商品を他でも販売していますか。売れたときにAmazonの在庫へ反映する方法と、かかる時間を。",
        "Is the same item sold elsewhere? How, and how fast, does a sale there reach Amazon's stock?",
    ),
    PlanCheck.STOCK_REFILL: Said(
        "在庫切れが続いた商品はありますか。補充の目安と、在庫切れを出品に反映するまでの時間を。",
        "Which items were out of stock repeatedly? When is it refilled, and how fast is the listing closed?",
    ),
    PlanCheck.DEFECT_SOURCE: Said(
        "低評価・保証申請・チャージバックはそれぞれ何件ですか。コメントから分かった原因（配送・商品・説明の違い）を。",
        "How many of each: negative feedback, claims, chargebacks? What do the comments name: delivery, goods, description?",
    ),
    PlanCheck.REPLY_TIMES: Said(
        "問い合わせに何時間以内に返信していますか。担当者と、休日の対応を。",
        "Within how many hours are buyers answered? By whom, and on days off?",
    ),
    PlanCheck.LISTING_CONDITION: Said(
        "商品の状態や説明は実物と合っていますか。直したページがあればASINを。",
        "Do condition and description match the goods? Name the ASINs you corrected.",
    ),
}

#: Where it goes and what happens then: facts with their source, no promise. The source stands behind each.
AFTERWARDS: tuple[Said, ...] = (
    Said(
        "提出先：セラーセントラルで、該当するパフォーマンス通知の「説明する」から送ります（アカウント審査の担当部署が読みます）。停止の通知に別の提出方法が書かれている場合は、その方法に従ってください[Amazonヘルプ G200285190、出品者の記事]。",
        "Where: in Seller Central, by the button on the performance notification concerned; the team that reviews accounts reads it. If the notice names another way, that one counts [Amazon help G200285190; sellers' articles].",
    ),
    Said(
        "期限：通知に書かれた期限が優先です（30日・17日・90日などの例があり、一律ではありません）[出品者の記事]。",
        "By when: what the notice says; 17, 30 and 90 days have been seen, none is a rule [sellers' articles].",
    ),
    Said(
        "回答：48時間以内に届くことが多いとされますが、保証はありません[出品者の記事]。",
        "The answer: often within 48 hours, without any guarantee [sellers' articles].",
    ),
    Said(
        "その間：売上金の入金が一時的に保留されることがあります[出品者の記事]。",
        "Meanwhile: payouts may be held [sellers' articles].",
    ),
)
#: The same, for whom the command line has written the plan.
NEXT: tuple[Said, ...] = (
    *AFTERWARDS,
    Said(
        "提出したら `preorder-watchdog plan … --submitted` で記録してください。次の計画との食い違いを確認できます。",
        "Once it is handed in, note it: `preorder-watchdog plan … --submitted`. Later plans are held against it.",
    ),
)
