"""
Where an order stands, as reports say it: by a word, by quantities, or by listing the order at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from watchdog.terms.look import Ignored
from watchdog.terms.observation import Status

_FLAGS: dict[str, bool] = dict.fromkeys(("true", "yes", "1", "y"), True) | dict.fromkeys(("false", "no", "0", "n"), False)
_STATUSES = {status.value.replace("_", ""): status for status in Status} | {"CANCELED": Status.CANCELLED}
_BETWEEN = str.maketrans("", "", "-_ ")
_LONGEST_COUNT = 9  # digits; no order holds a thousand million


@dataclass(frozen=True, slots=True)
class OrderStanding:
    """
    What it says of an order that a report lists it.
    """

    unsaid: Status | None = Status.UNSHIPPED  #: of an order whose status the report does not name
    tells_pending: bool = True
    """
    Its "Pending" is never a pre-order that waits for its release. Other reports call both so: there an order is not known
    to have left ``PENDING_AVAILABILITY``, and it is no mark either.
    """

    def status(self, word: str, item_word: str, shipped: str) -> Status | None:
        """
        Return the line's status; a cancelled line is cancelled though its order goes on.
        """
        if status_in(item_word) is Status.CANCELLED:
            return Status.CANCELLED
        if not word.strip():
            partly = self.unsaid is Status.UNSHIPPED and count_in(shipped)
            return Status.PARTIALLY_SHIPPED if partly else self.unsaid
        said = status_in(word)
        return Status.PENDING_AVAILABILITY if said is Status.PENDING and not self.tells_pending else said


UNSHIPPED = OrderStanding()
#: Lists an order since it can be shipped; that it was shipped meanwhile it never says.
NEW_ORDERS = OrderStanding(tells_pending=False)
ALL_ORDERS = OrderStanding(unsaid=None, tells_pending=False)
PENDING = OrderStanding(unsaid=Status.PENDING_AVAILABILITY, tells_pending=False)
#: Names each order's status, in the words of Orders API v0.
EXACT = OrderStanding(unsaid=None)


def status_in(word: str) -> Status | None:
    """
    Return the status of a word in any of Amazon's spellings (``Canceled``, ``PendingAvailability``, ``Shipped - Delivered``).
    """
    return _STATUSES.get(word.partition(" - ")[0].translate(_BETWEEN).strip().upper())


def flag_in(text: str) -> bool | None:
    """
    Return what a yes-or-no cell says, or None where it says neither.
    """
    return _FLAGS.get(text.strip(' "').lower())


def count_in(text: str) -> int | None:
    """
    Return a quantity, or None where the text is none.
    """
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= _LONGEST_COUNT else None


def is_line_shipped(shipped: int | None, to_ship: int | None, word: str = "") -> bool | None:
    """
    Say whether a line is completely shipped, by its quantities or else by its own status; None where neither says so.
    """
    if to_ship is None:
        said = status_in(word)
        return True if said is Status.SHIPPED else False if said is Status.UNSHIPPED else None
    return False if to_ship else True if shipped else None


def stands(*, requested: bool | None, status: Status | None) -> bool | None:
    """
    Return whether a buyer's request to cancel stands; that a closed order shows none does not unsay one that stood.
    """
    return None if requested is False and status is not None and not status.is_open else requested


def ignored_because(
    *, replacement: str = "", exchange: str = "", fulfilled_by: str = "", order_type: str = "", due: str = ""
) -> Ignored | None:
    """
    Return why an order is not the seller's to watch (DOMAIN §3), or None; ``due`` is the answer date of a sourcing-on-demand order.
    """
    if flag_in(replacement) or flag_in(exchange):
        return Ignored("replacement")
    if fulfilled_by.strip().lower().startswith(("amazon", "afn")):
        return Ignored("amazon_fulfilled")
    return Ignored("sourcing_on_demand") if due.strip() or order_type.strip().lower() == "sourcingondemandorder" else None
