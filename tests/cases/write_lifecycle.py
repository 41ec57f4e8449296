"""
Rewrites ``docs/lifecycle.md`` from the table of moves: ``python -m tests.cases.write_lifecycle``.
"""

from __future__ import annotations

from pathlib import Path

from watchdog.cases.drawing import drawn

PAGE = Path(__file__).parents[2] / "docs" / "lifecycle.md"

if __name__ == "__main__":
    PAGE.write_text(drawn(), encoding="utf-8")
