"""
A text for a buyer, and what Amazon's rules look for in it (``guideline.py``); patterns find what is usual, in Japanese and English.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from watchdog.terms.letter import LetterKind
from watchdog.terms.marketplace import BY_DOMAIN

#: Of a message through Amazon (spapi.md §8.1); a subject counts too.
LONGEST = 2000
#: Names shorter than this are read with the text: they could hide a forbidden word.
_SHORTEST_NAME = 4
#: A text with less kana than this share is not Japanese; names alone stay below it.
_KANA_SHARE = 0.1


@dataclass(frozen=True)
class Draft:
    """
    A text for a buyer with what the rules ask about it.
    """

    text: str  #: subject and body
    kind: LetterKind
    language: str  #: it claims to be written in
    buyers_language: str  #: of the marketplace
    order_id: str
    asked_first: bool  #: the buyer spoke of cancelling first
    names: tuple[str, ...] = ()  #: of the product and the order: not ours to choose, so not read for words

    @cached_property
    def wording(self) -> str:
        """
        The text as it is read for words: without the names, every character in its usual width.
        """
        text = self.text
        for name in sorted((self.order_id, *self.names), key=len, reverse=True):
            text = text.replace(name, "□") if len(name) >= _SHORTEST_NAME else text
        return unicodedata.normalize("NFKC", text)


#: A single line break ends no sentence: mails are broken anywhere.
_SENTENCE = re.compile(r"[。!?]|\n\s*\n|\.(?=\s|$)")
_CANCEL = re.compile(r"キャンセル|取り?消し?|\bcancel", re.IGNORECASE)
_ASKING = re.compile(
    r"ください|下さい|願[いえ]|勧め|すすめ|オススメ|検討|(いただけ|頂け|もらえ)|(いただき|頂き)たい|ほしい|欲しい|協力|[たる](ほう|方)が|いかが"
    r"|\b(please|kindly|(could|can|would|will) you|(need|want|ask|asking|urge|like) you to|you (should|must|might|need)"
    r"|recommend|suggest|advise|better|consider|grateful|appreciate)\b",
    re.IGNORECASE,
)
_IF_WISHED = re.compile(
    r"(希望|たい|考え)[^。]{0,6}(場合|際|とき|時|でしたら|であれば|なら)"
    r"|\bif you (wish|want|would like|prefer|decide)\b|\bshould you (wish|want)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"ないで(くだ|下)|(do not|don't|need not|no need to) cancel", re.IGNORECASE)


def asks_to_cancel(draft: Draft) -> bool:
    """
    Say whether a sentence asks for a cancellation; one that only says what to do *if* the buyer wishes it does not.
    """
    if draft.asked_first:
        return False
    sentences = (part for part in _SENTENCE.split(draft.wording) if _CANCEL.search(part) and _ASKING.search(part))
    return any(not _IF_WISHED.search(part) and not _NOT.search(part) for part in sentences)


_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_LINK = re.compile(
    r"(?<![a-z0-9@._-])(?:https?://[^\s、。)」』>]+|(?:[a-z0-9-]+\.)+"
    r"(?:com|net|org|jp|uk|de|fr|info|shop|store|biz|io|me|co|ly|to|tv|app|site|online|xyz|asia)(?![a-z0-9@])(?:/[^\s、。)」』>]*)?)",
    re.IGNORECASE,
)
#: On Amazon's own site these lead to an offer, not to the buyer's order.
_OFFER = re.compile(r"/(dp|product|offer-listing|s|stores|shops|exec)(?=[/?]|$)")
_PHONE = re.compile(
    r"(?<![\d-])\(?(?=(?:[^\d\n]{0,2}\d){10})0\d{1,4}[)‐‑–—ー. -]{1,2}\d{1,4}[)‐‑–—ー. -]{1,2}\d{3,4}(?!\d)"  # 03-1234-5678, (03) 1234-5678
    r"|(?<![\d-])0\d{9,10}(?!\d)"  # 0312345678
    r"|\+\d{1,3}[-. (]{0,2}\d[-. ()\d]{6,}\d"  # +81 3 1234 5678
    r"|(?<![\d-])\(?\d{3}\)?[-. ]{1,2}\d{3}[-. ]\d{4}(?![\d-])"  # (555) 123-4567
)
#: What a phone draws in colour. Plain signs of product names (★, ♪) are none.
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\ufe0f\u231a\u231b\u23e9-\u23f3\u2600-\u2604\u260e\u2611\u2614\u2615\u2639\u263a\u26a0\u26a1\u2705"
    "\u2709-\u270d\u2728\u274c\u274e\u2753-\u2757\u2763\u2764\u2795-\u2797\u2b50\u2b55]"
)
_CANCELLING = re.compile(
    r"キャンセル(を|の手続きを|処理を)?(いたし|致し|し|させていただき)(ます|ました|ておき)"
    r"|\bwe ((will|have|can|shall) )?cancel",
    re.IGNORECASE,
)
_REQUEST = re.compile(r"リクエスト|\brequest", re.IGNORECASE)
_KANA = re.compile(r"[ぁ-んァ-ヶー]")
_BLANK_LINES = re.compile(r"(\n[^\S\n]*){4}")


def leads_away(draft: Draft) -> bool:
    """
    Say whether a link leads elsewhere than to the buyer's order on Amazon.
    """
    return any(not _is_amazons(link) for link in _LINK.findall(draft.wording))


def _is_amazons(link: str) -> bool:
    host, _, path = re.sub(r"^https?://", "", link.lower()).partition("/")
    own = any(host == domain or host.endswith(f".{domain}") for domain in BY_DOMAIN)
    return own and not _OFFER.search(f"/{path}")


def is_wrong_language(draft: Draft) -> bool:
    """
    Say whether the buyer would get another language than the marketplace's: as declared, or as a seller's own text is really written.
    """
    prose = _LINK.sub("", draft.wording)
    is_japanese = len(_KANA.findall(prose)) > _KANA_SHARE * len(prose)
    return draft.language != draft.buyers_language or is_japanese != (draft.buyers_language == "ja")


def holds_mail_address(draft: Draft) -> bool:
    """
    Say whether it holds an e-mail address.
    """
    return _MAIL.search(draft.wording) is not None


def holds_phone_number(draft: Draft) -> bool:
    """
    Say whether it holds what looks like a phone number.
    """
    return _PHONE.search(draft.wording) is not None


def holds_emoji(draft: Draft) -> bool:
    """
    Say whether it holds an emoji, the product's name included: it is sent all the same.
    """
    return _EMOJI.search(draft.text) is not None


def holds_blank_lines(draft: Draft) -> bool:
    """
    Say whether more than two blank lines stand in a row.
    """
    return _BLANK_LINES.search(draft.text) is not None


def is_too_long(draft: Draft) -> bool:
    """
    Say whether Amazon would not take it.
    """
    return len(draft.text) > LONGEST


def lacks_order_id(draft: Draft) -> bool:
    """
    Say whether the order's id is missing.
    """
    return draft.order_id not in draft.text


def cancels_without_request(draft: Draft) -> bool:
    """
    Say whether it tells that we cancel without a word of the buyer's request.
    """
    return _CANCELLING.search(draft.wording) is not None and not _REQUEST.search(draft.wording)
