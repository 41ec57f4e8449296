"""
The schema as a whole: importing this module makes every table known to ``metadata``.
"""

from __future__ import annotations

from watchdog.store import schema, schema_cases, schema_papers, schema_upkeep
from watchdog.store.keys import metadata

TABLES = (schema, schema_cases, schema_papers, schema_upkeep)

__all__ = ["TABLES", "metadata"]
