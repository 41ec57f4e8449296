"""
Whether a row's cells stand under their own headings: a separator inside a cell moves all behind it, buyers' cells under facts (DOMAIN §9).

A shifted row may fit the header's width by chance; then cells of an unmistakable shape give it away.
"""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

from watchdog.sources.formats.cells import place_names
from watchdog.sources.formats.columns import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_KEPT = 4096
_Seen = TypeVar("_Seen")
_COUNT = re.compile(rb' *"?[+-]?\d{0,9}(?:\.0+)?"? *').fullmatch
_LONE_NUMBER = re.compile(rb'[ "]*[+-]?[\d.-]+[ "]*').fullmatch
_WITH_DIGIT = re.compile(rb"\d").search
_LONGEST_CURRENCY = 4  # bytes
#: Reports have product and quantities side by side: whatever moves the one moves the other.
_COUNTS = ("quantity-purchased", "quantity-shipped", "quantity-to-ship", "number-of-items", "quantity")
_SHAPES: dict[str, Callable[[bytes], object]] = {
    **dict.fromkeys(_COUNTS, _COUNT),
    "ship-service-level": lambda cell: not _LONE_NUMBER(cell),
    "currency": lambda cell: len(cell) <= _LONGEST_CURRENCY and not _WITH_DIGIT(cell),
    "ship-country": lambda cell: not _WITH_DIGIT(cell),
}
#: Columns a buyer's own words stand in, in a shape that nothing of a product has by accident.
_PERSONAL = ("buyer-email", "buyer-name", "buyer-phone-number", "recipient-name", "ship-phone-number", "ship-postal-code")
_PHONE = re.compile(r"(?:\+\d[\d ()-]{7,18}\d|\(?0\d{1,4}\)?[ -]\d{1,4}[ -]\d{3,4}|0\d{9,10})(?: *(?:ext|x)\D{0,2}\d+)?", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_POSTAL = re.compile(r"〒? *\d{3}[-‐‑–−ー]\d{4}")


class Headings:
    """
    Knows one report's header and judges its rows; remembers shapes that many rows share, never a buyer's cell.
    """

    def __init__(self, names: Sequence[str]) -> None:
        """
        Take the header's names.
        """
        places = place_names(names)
        self._shaped = itemgetter(*(places.get(name, -1) for name in _SHAPES))
        self._offered = itemgetter(*(next((places[name] for name in COLUMNS[ours] if name in places), -1) for ours in ("sku", "title")))
        self._personal = itemgetter(*(places.get(name, -1) for name in _PERSONAL))
        self._phone = places.get("buyer-phone-number", -1)
        self._fine: set[tuple[bytes, ...]] = set()
        self._plain: set[bytes] = set()  #: SKUs that are no phone numbers

    def stranger(self, cells: list[bytes]) -> str | None:
        """
        Return the column under which another one's cell stands, or None where all seems right.

        The cells end with an empty one, which stands for columns that are not there.
        """
        shaped = self._shaped(cells)
        if shaped not in self._fine:
            wrong = next((name for (name, fits), cell in zip(_SHAPES.items(), shaped, strict=True) if cell and not fits(cell)), None)
            if wrong is not None:
                return wrong
            _keep(self._fine, shaped)
        sku, title = self._offered(cells)
        personal = self._personal(cells)
        if (sku and sku in personal) or (title and title in personal):
            return "sku" if sku in personal else "product-name"
        if sku in self._plain:
            return None
        if not sku.isdigit() and _is_contact(sku.decode("latin-1").strip()):
            # Some sellers number their goods so; it is the buyer's number only where something else stands in its place.
            phone = cells[self._phone]
            return "buyer-phone-number" if phone and not _is_contact(phone.decode("latin-1").strip()) else None
        _keep(self._plain, sku)
        return None


def _keep(seen: set[_Seen], value: _Seen) -> None:
    """
    Remember what many rows share; a damaged file, where nothing is shared, never fills the memory.
    """
    if len(seen) >= _KEPT:
        seen.clear()
    seen.add(value)


def is_personal(text: str) -> bool:
    """
    Say whether the text is nothing but a phone number, a mail address or a Japanese postal code.
    """
    return _is_contact(text) or _POSTAL.fullmatch(text) is not None


def _is_contact(text: str) -> bool:
    return bool(_PHONE.fullmatch(text) or _MAIL.fullmatch(text))


_PAYMENT_WORDS = """
amazon american amex atm account afterpay balance bancontact bank banking billing blik boleto card cards carrier cash certificate
certificates charge check
cheque cod convenience credit cvs debit delivery deposit diners direct discover easy emi express general gift ideal installment
installments invoice jcb klarna later maestro mastercard method mobile money net netbanking none now of on online order other others paidy
pay payment payments paypal paypay pix point points prepaid purpose rupay sofort standard store stores transfer unknown upi visa voucher
wallet wire
あと払い その他 カード キャリア ギフト ギフト券 クレジット コンビニ コンビニエンスストア
デビット ネットバンキング プリペイド ペイ ペイジー ペイディ
ポイント メルペイ 一括 代引 代引き 代金引換 分割 口座 後払い 払い 掛け払い 携帯
振り込み 振込 支払い 決済 現金 請求書 銀行 電子マネー d払い 楽天
""".split()
_PAYMENT = re.compile(rf"(?:(?>{'|'.join(sorted(_PAYMENT_WORDS, key=len, reverse=True))})[ ,;:/+_&()・、-]*+)++", re.IGNORECASE)
_LONGEST_PAYMENT = 60


def payment_in(text: str) -> str | None:
    """
    Return the payment method if it is made of words such methods have, else None: unknown is no trace, and nobody's address.
    """
    text = text.strip()
    return text if len(text) <= _LONGEST_PAYMENT and _PAYMENT.fullmatch(text) else None
