"""
What stands above a text whose sending may break Amazon's rules: for the seller's eyes, and in no template, so that none can lose it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.letter import LetterKind
from watchdog.terms.said import Said

if TYPE_CHECKING:
    from collections.abc import Mapping

_RULE = Said(
    "【お使いになる前に：この部分は購入者に伝えないでください】\n"
    "・この文面をプログラムが送ることはありません。使うかどうかは、ご自身でご判断ください。\n"
    "・Amazonのコミュニケーションに関するガイドラインは、購入者に連絡してキャンセルリクエストを求めることを禁じています"
    "（出荷できない注文についての規定です。SC-JP:G1701、SC-US:201722390）。"
    "違反とされた場合、メッセージの利用や出品が制限されることがあります。\n"
    "・まずは、購入者への案内（buyer-inform）をお使いください。購入者から先にキャンセルの希望があった場合は、返信（buyer-reply）を使えます。\n"
    "・キャンセル後に遅延の記録が消えたのは、1人の出品者の経験です。同じ結果になるとは限りません。",
    "BEFORE YOU USE THIS (not for the buyer)\n"
    "- The program never sends this text. Whether you use it is your decision.\n"
    "- Amazon's Communication Guidelines forbid contacting a buyer to request a cancellation (written about orders that can't be shipped; "
    "SC-JP:G1701, SC-US:201722390). A breach may limit your messages or your selling.\n"
    "- First use the message that informs the buyer (buyer-inform). If the buyer asked to cancel first, use the reply (buyer-reply).\n"
    "- That the late mark went away after a cancellation is one seller's experience. It may end otherwise for you.",
)
_PHONE = Said(
    "・購入者への連絡は、マーケットプレイス・メッセージ管理から行うよう定められています（SC:1801）。"
    "配送以外の用件で電話をかけ、利用を停止された例も報告されています。",
    "- Buyers are to be contacted through buyer-seller messaging (SC:1801). Sellers report suspensions after calls about anything but the "
    "delivery.",
)

CAUTIONS: Mapping[LetterKind, tuple[Said, ...]] = {
    LetterKind.BUYER_CANCEL: (_RULE,),
    LetterKind.BUYER_PHONE: (_RULE, _PHONE),
}


def caution(kind: LetterKind, language: str) -> str:
    """
    Return the caution of such a letter, empty where it needs none.
    """
    return "\n".join(said.to(language) for said in CAUTIONS.get(kind, ()))
