"""
Amazon's rules for what a buyer may be written, one row each; every buyer text is read against them before it is shown.

Patterns find what is usual, not everything: an unmarked text is no permission. A page is made of this table (``docs/guideline.md``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from watchdog.compose.draft import (
    LONGEST,
    Draft,
    asks_to_cancel,
    cancels_without_request,
    holds_blank_lines,
    holds_emoji,
    holds_mail_address,
    holds_phone_number,
    is_too_long,
    is_wrong_language,
    lacks_order_id,
    leads_away,
)
from watchdog.terms.letter import LetterKind, Mark
from watchdog.terms.said import Said

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class Guideline:
    """
    One rule: how bad a breach is, where Amazon says so, what the seller is told, and a text that breaks it alone.
    """

    name: str
    level: str
    source: str
    says: Said
    breaks: Callable[[Draft], bool]
    example: Draft


def read(draft: Draft, language: str) -> tuple[Mark, ...]:
    """
    Return what the rules say of the text, errors first, in the seller's language.
    """
    broken = [row for row in GUIDELINES if row.breaks(draft)]
    return tuple(Mark(row.level, row.name, row.source, row.says.to(language)) for row in broken)


def _example(sentence: str, *, kind: LetterKind = LetterKind.BUYER_INFORM, named: bool = True, buyers_language: str = "ja") -> Draft:
    text = f"ご予約についてのご案内です。\n注文番号：503-1234567-7654321\n\n{sentence}" if named else f"ご案内です。\n\n{sentence}"
    return Draft(text, kind, "ja", buyers_language, "503-1234567-7654321", asked_first=False)


def _words(ja: str, en: str) -> Callable[[Draft], bool]:
    """
    Return a check for words, in whichever language they stand.
    """
    found = re.compile(f"{ja}|{en}", re.IGNORECASE)
    return lambda draft: found.search(draft.wording) is not None


GUIDELINES: tuple[Guideline, ...] = (
    Guideline(
        "asks_to_cancel",
        ERROR,
        "SC-JP:G1701, SC-US:201722390",
        Said(
            "購入者にキャンセルを依頼しています。購入者へ連絡してキャンセルリクエストを求めることは禁止されています（規定は在庫切れなどの場面のもの）。"
            "購入者から先に希望があった場合だけ、buyer-reply を使ってください。",
            "The text asks the buyer to cancel. Contacting a buyer to request a cancellation is forbidden (written about orders that "
            "can't be shipped). Only if the buyer asked first, use buyer-reply.",
        ),
        asks_to_cancel,
        _example("お手数ですが、ご注文をキャンセルしてください。"),
    ),
    Guideline(
        "phone_contact",
        ERROR,
        "SC-JP:G200386250, SC:1801",
        Said(
            "購入者への連絡は、マーケットプレイス・メッセージ管理から行うよう定められています。"
            "配送以外の用件で電話をかけ、利用を停止された例が報告されています。",
            "Buyers are to be contacted through buyer-seller messaging. Sellers report suspensions after other calls than on the delivery.",
        ),
        lambda draft: draft.kind is LetterKind.BUYER_PHONE,
        _example("「ご予約の商品についてのご連絡です。」", kind=LetterKind.BUYER_PHONE),
    ),
    Guideline(
        "link_away",
        ERROR,
        "SC-JP:G200386250",
        Said(
            "注文と関係のないリンクがあります。ほかのサイトや商品ページへのリンクは入れられません。リンクを削除してください。",
            "There is a link that has nothing to do with the order. Links to other sites or to offers are forbidden: remove it.",
        ),
        leads_away,
        _example("詳しくは www.example.com をご覧ください。"),
    ),
    Guideline(
        "mail_address",
        ERROR,
        "SC-JP:G1701 (copies)",
        Said(
            "メールアドレスがあります。メッセージには入れられません。「このメッセージにご返信ください」に替えてください。",
            "There is an e-mail address, which messages must not hold. Ask for a reply to the message instead.",
        ),
        holds_mail_address,
        _example("ご不明な点は shop@example.com までお知らせください。"),
    ),
    Guideline(
        "phone_number",
        ERROR,
        "SC-JP:G1701 (copies)",
        Said(
            "電話番号があります。メッセージには入れられません。「このメッセージにご返信ください」に替えてください。",
            "There is a phone number, which messages must not hold. Ask for a reply to the message instead.",
        ),
        holds_phone_number,
        _example("ご不明な点は 03-0000-0000 までお知らせください。"),
    ),
    Guideline(
        "incentive",
        ERROR,
        "SC-JP:G1701 (copies)",
        Said(
            "割引、クーポン、特典などの申し出があります。見返りの提供は禁止されています。削除してください。",
            "The text offers a discount, a coupon or the like. Incentives are forbidden: remove it.",
        ),
        _words(
            r"クーポン|ギフト(券|カード)|割引|値引|プレゼント|特典|キャッシュバック|ポイントを?(進呈|付与|差し上げ)|謝礼|お礼の品|無料で(お付け|差し上げ|進呈)",
            r"\b(coupon|gift ?card|voucher|discount|free gift|cashback|reward)",
        ),
        _example("お詫びとして、次回使えるクーポンを差し上げます。"),
    ),
    Guideline(
        "marketing",
        ERROR,
        "SC-JP:G1701 (copies)",
        Said(
            "宣伝にあたる文があります。メッセージは注文の手続きに必要な内容に限られます。削除してください。",
            "The text advertises. Messages are only for what the order needs: remove it.",
        ),
        _words(
            r"新商品|[おオ](すす|勧|ス)め?メ?商品|セール|キャンペーン|メルマガ|メールマガジン|当店の(ほか|他)の商品|フォローして",
            r"\b(newsletter|special offer|(our|see) other (products|items)|follow us|visit our (shop|store|website)|promotion)",
        ),
        _example("ただいま当店では、週末セールを開催しております。"),
    ),
    Guideline(
        "review_request",
        ERROR,
        "SC-JP:G1701 (copies), SC:1801",
        Said(
            "レビューや評価に触れています。この連絡では触れられません。削除してください。",
            "The text speaks of reviews or feedback, which has no place here: remove it.",
        ),
        _words(
            r"レビュー|高評価|フィードバック|評価[をのに].{0,8}(願|ください|いただ|お寄せ)",
            r"\b(reviews?|feedback|five[- ]stars?|5[- ]stars?|star rating)\b",
        ),
        _example("商品が届きましたら、レビューをお寄せください。"),
    ),
    Guideline(
        "emoji",
        ERROR,
        "SC-JP:G1701 (copies)",
        Said("絵文字があります。メッセージには使えません。削除してください。", "There is an emoji. Messages must not hold any: remove it."),
        holds_emoji,
        _example("ありがとうございます\U0001f60a"),
    ),
    Guideline(
        "too_long",
        ERROR,
        "SP-API:messaging",
        Said(
            f"{LONGEST:,}文字を超えています。このままでは送信できません。短くしてください。",
            f"The text is longer than {LONGEST:,} characters and can't be sent: shorten it.",
        ),
        is_too_long,
        _example("発売日までお待ちください。" * 160),
    ),
    Guideline(
        "order_id_missing",
        ERROR,
        "SC-JP:G1701 (copies)",
        Said(
            "注文番号（3桁-7桁-7桁）がありません。本文に入れてください。", "The order id (3-7-7 digits) is missing: put it into the text."
        ),
        lacks_order_id,
        _example("発売日は9月14日です。", named=False),
    ),
    Guideline(
        "price_comparison",
        WARNING,
        "SC-JP:G200386250",
        Said(
            "価格の比較があります。購入者をほかの購入先へ誘導していると受け取られるおそれがあります。",
            "The text compares prices. It may be taken as leading the buyer away to another offer.",
        ),
        _words(
            r"円(ほど|以上|も)?(お?安|お得)|お?安[いくか].{0,6}(価格|値段|買|購入|求め|なって|販売)|より安|低い価格|最安|値下が|同じ商品が.{0,20}[円\d]で",
            r"\b(cheaper|lower price|less than you paid|save \S*\d|you would save|same product is now (sold|available))",
        ),
        _example("いまなら、ほかの店で1,000円ほど安く購入できます。"),
    ),
    Guideline(
        "sellers_metrics",
        WARNING,
        "SC:1801",
        Said(
            "出荷遅延率など、出品者側の事情に触れています。購入者には関係のない内容のため、削除をおすすめします。",
            "The text speaks of the seller's own figures or account. That does not concern the buyer: better leave it out.",
        ),
        _words(
            r"出荷遅延|遅延率|キャンセル率|注文不良率|パフォーマンス|アカウント(健全性|の(評価|停止)|が停止)|ペナルティ",
            r"\b(late shipment|cancell?(ation)? rate|defect rate|account health|our (metrics|performance|account|standing)|penalt)",
        ),
        _example("このままでは、当店の出荷遅延率に影響いたします。"),
    ),
    Guideline(
        "cancels_without_request",
        WARNING,
        "SC-JP:PNRJVBQMJRS942V",
        Said(
            "キャンセルリクエストに触れずに、当店でキャンセルすると伝えています。リクエストのないキャンセルは、出荷前キャンセル率に数えられます。",
            "The text says that we cancel, without a word of the buyer's request. Without one it counts in the pre-fulfilment cancel rate.",
        ),
        cancels_without_request,
        _example("ご注文は、当店でキャンセルいたします。"),
    ),
    Guideline(
        "wrong_language",
        WARNING,
        "SC-JP:G1701 (copies)",
        Said(
            "マーケットプレイスの言語で書かれていません。購入者の言語に直してください。",
            "The text is not in the marketplace's language: write it in the buyer's.",
        ),
        is_wrong_language,
        _example("発売日は9月14日です。", buyers_language="en"),
    ),
    Guideline(
        "blank_lines",
        WARNING,
        "SC-JP:G1701 (copies)",
        Said("空行が3行以上続いています。2行までにしてください。", "There are more than two blank lines in a row: leave two at most."),
        holds_blank_lines,
        _example("発売日は9月14日です。\n\n\n\nお待ちください。"),
    ),
)
