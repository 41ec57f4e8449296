"""
Rewrites ``docs/settings.md`` and ``config.example.env`` from the table of options: ``python -m tests.docs.write_settings``.
"""

from __future__ import annotations

from pathlib import Path

from watchdog.settings import documented, example

_ROOT = Path(__file__).parents[2]
PAGES = {_ROOT / "docs" / "settings.md": documented, _ROOT / "config.example.env": example}

if __name__ == "__main__":
    for page, drawn in PAGES.items():
        page.write_text(drawn(), encoding="utf-8")
