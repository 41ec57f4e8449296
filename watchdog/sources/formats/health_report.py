"""
The account health report (``GET_V2_SELLER_PERFORMANCE_REPORT``) is recognised, and named as what this version does not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.sources.formats.json_parts import begins_json
from watchdog.sources.formats.reading import Reader, refuse
from watchdog.terms.look import Kind, Reason

if TYPE_CHECKING:
    from watchdog.sources.formats.head import Head


def opened(head: Head) -> Reader | None:
    """
    Return a reader that says so if the document begins like this report, else None.
    """
    is_it = begins_json(head.text) and (b'"performanceMetrics"' in head.text or b'"accountStatuses"' in head.text)
    return refuse("inbox:health_report", Kind.UNKNOWN, Reason("file_health_report")) if is_it else None
