"""
Rewrites the last section of ``docs/journey.md`` from the first sentence of each file of ``store/``: ``python -m tests.docs.write_journey``.
"""

from __future__ import annotations

import ast
from pathlib import Path

_ROOT = Path(__file__).parents[2]
PAGE = _ROOT / "docs" / "journey.md"
STORE = _ROOT / "watchdog" / "store"
HEADING = "## The files of `store/`"
INTRO = "Generated from their first sentences, in the order in which a row meets them."
#: Every file by what it is for; inside a group the first ones are where to begin reading.
GROUPS = {
    "The database": ("database", "opening", "migrate", "columns", "keys", "bulk", "chunks", "hints", "trouble", "locks"),
    "The schema": ("schema", "schema_cases", "schema_papers", "schema_upkeep", "whole", "views"),
    "Absorbing": (
        *("looks", "progress", "sorting", "known", "memory", "writing", "lines", "line_rows", "chronicle", "weaving", "whole_orders"),
        *("products", "releases", "absences", "vanishing", "shelves", "journal"),
    ),
    "Judging": ("history", "gathering", "timelines", "product_cases", "listings", "sights", "health", "conditions", "awaited"),
    "Cases": ("casebook", "steps", "findings", "casepages", "catalogue", "testimony", "papers"),
    "Messages": ("outbox", "outbox_list", "posted", "lists", "standings", "channel_health", "unwinding"),
    "Upkeep": ("care", "copies", "retention", "jobs", "figures", "privacy"),
}


def drawn() -> str:
    """
    Return the whole page, with the section as the files say it.
    """
    written = PAGE.read_text(encoding="utf-8").partition(HEADING)[0]
    rows = [
        f"| {'' if place else group} | `{name}.py` | {_said(name)} |" for group, names in GROUPS.items() for place, name in enumerate(names)
    ]
    return "\n".join([f"{written}{HEADING}", "", INTRO, "", "| for | file | what it is |", "| --- | --- | --- |", *rows, ""])


def _said(name: str) -> str:
    text = ast.get_docstring(ast.parse((STORE / f"{name}.py").read_text(encoding="utf-8"))) or ""
    return " ".join(text.partition("\n\n")[0].split())


if __name__ == "__main__":
    PAGE.write_text(drawn(), encoding="utf-8")
