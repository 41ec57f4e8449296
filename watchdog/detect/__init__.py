"""
The judgement: rules over facts, pure; it opens no case and writes no letter.
"""

from __future__ import annotations

from watchdog.detect.judging import judge
from watchdog.detect.suspicion import narrowed, suspicion
from watchdog.detect.watching import Watching

__all__ = ["Watching", "judge", "narrowed", "suspicion"]
