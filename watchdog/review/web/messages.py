"""
Messages: what left the house, what waits, what was given up; tried again or dropped by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.review.web.forms import asked_number, field
from watchdog.review.web.visit import back
from watchdog.store import outbox_list, posted
from watchdog.terms.answers import told_answer
from watchdog.terms.errors import UsageError

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.responses import Response

    from watchdog.review.web.visit import Visit

_PAGE = 50


def page(visit: Visit) -> Response:
    """
    Return one page of the outbox, the newest first; those that wait or were given up stand above it.
    """
    query = visit.request.query_params
    number = asked_number(query, "page", 1, 10**6)
    with visit.front.house.store.reading() as tx:
        found = posted.page(tx, first=(number - 1) * _PAGE, count=_PAGE)
    return visit.page(
        "messages.html",
        found=found.listed,
        total=found.total,
        waiting=found.waiting,
        given_up=found.given_up,
        number=number,
        pages=max(1, -(-found.total // _PAGE)),
        channels=visit.front.house.account.channels,
        said=lambda answer: told_answer(answer, visit.language),
        done=query.get("done", ""),
    )


def act(visit: Visit, form: FormData) -> Response:
    """
    Let a message be tried again at once, or drop it.

    Raises:
        UsageError: it was sent or withdrawn already, or nothing was asked.
    """
    number = int(visit.request.path_params["number"])
    act = {"retry": outbox_list.retry, "drop": outbox_list.drop}.get(field(form, "act"))
    if act is None or number >= 2**62:
        raise UsageError("form_incomplete")
    with visit.front.house.store.writing() as tx:
        done = act(tx, number, now=visit.now)
    if not done:
        raise UsageError("message_gone")
    visit.front.log.info("message.changed", message_no=number, act=field(form, "act"))
    return back(f"/messages?done={field(form, 'act')}")
