"""
What must not keep a message from leaving: a postman who is gone, and a clock that was ahead when it was written.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update

from watchdog.store.schema_cases import messages

if TYPE_CHECKING:
    from datetime import datetime

    from watchdog.store.database import Transaction

#: Two programs on one machine never differ by so much; a clock that was set back does.
_AHEAD = timedelta(minutes=30)


def give_back(tx: Transaction, owner: str) -> int:
    """
    Let go of every message lent to this owner, who is about to end, and return how many: the next postman need not wait for the lease.
    """
    mine = (messages.c.account_id == tx.account_id, messages.c.waiting, messages.c.lease == owner)
    return int(tx.connection.execute(update(messages).where(*mine).values(lease=None, lease_until=None)).rowcount)


def set_right(tx: Transaction, now: datetime) -> int:
    """
    Take every waiting message that was written in what is the future now as written now and due at once, and return how many.
    """
    ahead = (messages.c.account_id == tx.account_id, messages.c.waiting, messages.c.created_at > now + _AHEAD)
    values = {"created_at": now, "due_at": now, "lease": None, "lease_until": None}
    return int(tx.connection.execute(update(messages).where(*ahead).values(**values)).rowcount)
