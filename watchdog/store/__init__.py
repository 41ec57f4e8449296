"""
The house's memory: facts, cases and messages in one database; the only room that speaks SQL.
"""

from __future__ import annotations

from watchdog.store.database import Store, Transaction, shown_place
from watchdog.store.opening import open_store, open_temporary

__all__ = ["Store", "Transaction", "open_store", "open_temporary", "shown_place"]
