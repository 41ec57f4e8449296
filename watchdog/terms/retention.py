"""
How long the program keeps what it has written, and how many copies of it: one value, filled from the settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Retention:
    """
    What is deleted when; open cases and open orders are never touched, whatever their age.
    """

    history: timedelta = timedelta(days=1095)  #: orders and cases after they were closed, notices, account health
    journal: timedelta = timedelta(days=400)  #: looks that changed nothing, with their rejected rows
    sent: timedelta = timedelta(days=400)  #: messages after they were sent, withdrawn or given up
    backups: int = 7  #: daily copies; 0: none are made


#: Beside the daily copies: one of each of so many weeks, for damage that is noticed late.
WEEKLY = 4
