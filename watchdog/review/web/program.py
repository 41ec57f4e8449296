"""
The program itself: how it is set up, with secrets masked, and what the doctor finds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.responses import Response

    from watchdog.review.web.visit import Visit


def page(visit: Visit) -> Response:
    """
    Return the page; the doctor is asked only when the visitor asks for it, because it looks at everything.
    """
    front = visit.front
    settings = front.settings(visit.language)
    groups = dict.fromkeys(each.group for each in settings)
    asked = visit.request.query_params.get("examine") == "1" and front.examine is not None
    return visit.page(
        "program.html",
        chosen=[each for each in settings if each.is_set],
        rest={group: [each for each in settings if each.group == group and not each.is_set] for group in groups},
        found=front.examine(visit.language) if asked and front.examine is not None else None,
        has_doctor=front.examine is not None,
        where=front.house.store.where,
    )
