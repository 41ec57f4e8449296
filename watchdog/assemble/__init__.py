"""
Settings become objects here and nowhere else: the one composition root, used by every command and by the end-to-end tests.
"""

from __future__ import annotations

from watchdog.assemble.building import House, build
from watchdog.assemble.channels import channels_of
from watchdog.assemble.clock import clock
from watchdog.assemble.mending import house_whatever_happened, mend, upgrade
from watchdog.assemble.parts import Attention, Outgoing, Stationery
from watchdog.assemble.replaying import replay_house, replayed
from watchdog.assemble.settled import account_of, composer_of, database_url, house, open_book, reading, shown_database
from watchdog.assemble.standing import hand_over, step_down
from watchdog.assemble.upkeep import Running

__all__ = [
    "Attention",
    "House",
    "Outgoing",
    "Running",
    "Stationery",
    "account_of",
    "build",
    "channels_of",
    "clock",
    "composer_of",
    "database_url",
    "hand_over",
    "house",
    "house_whatever_happened",
    "mend",
    "open_book",
    "reading",
    "replay_house",
    "replayed",
    "shown_database",
    "step_down",
    "upgrade",
]
