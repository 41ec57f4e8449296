"""
The door: logging in where a password is set, logging out, choosing the language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import RedirectResponse

from watchdog.review.web.forms import field
from watchdog.review.web.password import matches
from watchdog.review.web.visit import LANGUAGES, back, here

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.responses import Response

    from watchdog.review.web.visit import Visit

_YEAR = 366 * 24 * 3600
_LONGEST = 200
_LONGEST_ADDRESS = 600
_NAME_LIMIT = 60


def page(visit: Visit) -> Response:
    """
    Return the question for the password; who is inside need not answer.
    """
    wanted = visit.request.query_params.get("back", "")[:_LONGEST_ADDRESS] or "/"
    return back("/") if visit.inside else visit.page("login.html", problem="", wanted=wanted)


def closed(visit: Visit) -> Response:
    """
    Send the visitor to the door, from which he comes back to what he wanted to see: an alert on his phone leads to its case.
    """
    wanted = here(visit.request)
    return RedirectResponse("/login" if wanted == "/" else f"/login?back={quote(wanted[:_LONGEST_ADDRESS], safe='')}", 303)


def enter(visit: Visit, form: FormData) -> Response:
    """
    Let the visitor in under a new session, or say that the password is wrong; too many wrong ones must wait.
    """
    front, address = visit.front, visit.request.client.host if visit.request.client else "-"
    wanted = field(form, "back", 2000) or "/"
    if front.password is None:
        return back("/")
    wait = front.tries.wait(address, visit.now)
    if wait:
        front.log.warning("login.refused", reason="too_many_tries", client=address)
        minutes = int(wait.total_seconds() // 60) + 1
        late: Response = visit.page("login.html", status=429, problem=visit.t("login_wait", minutes=minutes), wanted=wanted)
        late.headers["Retry-After"] = str(minutes * 60)
        return late
    if not matches(field(form, "password", _LONGEST), front.password):
        front.tries.failed(address, visit.now)
        front.log.warning("login.refused", reason="wrong_password", client=address)
        return visit.page("login.html", status=403, problem=visit.t("login_wrong"), wanted=wanted)
    front.tries.succeeded(address)
    front.sessions.leave(visit.session)
    answer = back(wanted)
    answer.session = front.sessions.enter(visit.now)  # type: ignore[attr-defined]
    front.log.info("login.accepted", client=address)
    return answer


def leave(visit: Visit, form: FormData) -> Response:
    """
    Log out.
    """
    del form
    visit.front.sessions.leave(visit.session)
    return back("/login")


def name(visit: Visit, form: FormData) -> Response:
    """
    Remember under which name this browser decides.
    """
    return remembered(visit, back(field(form, "back", 2000) or "/"), field(form, "by", _NAME_LIMIT))


def remembered(visit: Visit, answer: Response, who: str) -> Response:
    """
    Return the answer with the name for this browser to keep.
    """
    if who:
        answer.set_cookie("by", quote(who), max_age=_YEAR, path="/", httponly=True, samesite="lax", secure=visit.front.address.is_secure)
    return answer


def language(visit: Visit, form: FormData) -> Response:
    """
    Speak the chosen language from now on and go back to where the visitor was.
    """
    chosen = field(form, "lang", 2)
    answer = back(field(form, "back", 2000) or "/")
    if chosen in LANGUAGES:
        answer.set_cookie("lang", chosen, max_age=_YEAR, path="/", samesite="lax", secure=visit.front.address.is_secure)
    return answer
