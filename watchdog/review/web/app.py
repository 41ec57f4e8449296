"""
The page as a whole: every address with the function that answers it, and what stands before them all.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from watchdog.review.web import case_page, decisions, door, flagged, health, intake, letters, messages, plans, products, program, today
from watchdog.review.web.guard import Guard
from watchdog.review.web.sessions import SESSION_LENGTH, new_session
from watchdog.review.web.visit import Visit, spoken
from watchdog.terms.errors import CaseMoved, StoreBusy, UnknownCase, WatchdogError
from watchdog.terms.sentences import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from watchdog.review.web.front import Front

    Shown = Callable[[Visit], Response]
    Posted = Callable[[Visit, FormData], Response]

_COOKIE = "preorder_session"
_MOST_FIELDS = 40
_ASSETS = __file__.removesuffix("app.py") + "assets"


def application(front: Front) -> Starlette:
    """
    Return the page of this house.
    """
    pages = _Pages(front)
    guard = Middleware(Guard, address=front.address, refused=partial(_refused, front))
    routes = [
        Mount("/assets", StaticFiles(directory=_ASSETS), name="assets"),
        *(Route(path, pages.shown(answer), methods=["GET"]) for path, answer in SHOWN.items()),
        *(Route(path, pages.posted(answer), methods=["POST"]) for path, answer in POSTED.items()),
    ]
    return Starlette(routes=routes, middleware=[guard], exception_handlers={HTTPException: pages.absent})


SHOWN: dict[str, Shown] = {
    "/": today.page,
    "/login": door.page,
    "/orders": flagged.page,
    "/orders.csv": flagged.sheet,
    "/cases/{name}": case_page.page,
    "/cases/{name}/evidence.csv": case_page.sheet,
    "/cases/{name}/evidence.zip": case_page.evidence,
    "/cases/{name}/letters/{kind}": letters.page,
    "/products": products.page,
    "/products.csv": products.sheet,
    "/health": health.page,
    "/plan": plans.page,
    "/messages": messages.page,
    "/intake": intake.page,
    "/program": program.page,
}
POSTED: dict[str, Posted] = {
    "/login": door.enter,
    "/logout": door.leave,
    "/language": door.language,
    "/name": door.name,
    "/cases/{name}/decisions": decisions.decide,
    "/cases/{name}/letters/{kind}": letters.open_anyway,
    "/plan": plans.act,
    "/products/release": products.release,
    "/messages/{number:int}": messages.act,
    "/intake": intake.upload,
}
_OPEN = frozenset({"/login", "/language"})


def _refused(front: Front, reason: str, fields: dict[str, Any]) -> None:
    front.log.warning("request.refused", reason=reason, **fields)


class _Pages:
    """
    Turns functions over a visit into endpoints.
    """

    def __init__(self, front: Front) -> None:
        self.front = front

    def shown(self, answer: Shown) -> Callable[[Request], Response]:
        """
        Return the endpoint of a page.
        """

        def endpoint(request: Request) -> Response:
            visit = self._visit(request)
            if not visit.inside and request.url.path not in _OPEN:
                return self._kept(visit, door.closed(visit))
            return self._kept(visit, _answered(visit, partial(answer, visit)))

        return endpoint

    def posted(self, answer: Posted) -> Any:
        """
        Return the endpoint of a form: nothing is done without the token of this visitor's own page.
        """

        async def endpoint(request: Request) -> Response:
            visit = self._visit(request)
            if not visit.inside and request.url.path not in _OPEN:
                return RedirectResponse("/login", 303)
            try:
                async with request.form(max_files=intake.MOST_FILES, max_fields=_MOST_FIELDS) as form:
                    return await run_in_threadpool(self._acted, visit, form, answer)
            except (MultiPartException, HTTPException):
                return self._refusal(visit, "form")

        return endpoint

    def _acted(self, visit: Visit, form: FormData, answer: Posted) -> Response:
        given = form.get("csrf", "")
        if isinstance(given, UploadFile) or not self.front.sessions.is_token(visit.session, given):
            return self._refusal(visit, "token")
        return self._kept(visit, _answered(visit, partial(answer, visit, form)))

    def _refusal(self, visit: Visit, reason: str) -> Response:
        request = visit.request
        client = request.client.host if request.client else "-"
        _refused(self.front, reason, {"method": request.method, "path": request.url.path[:200], "client": client})
        return self._kept(visit, visit.page("error.html", status=403, title=visit.t("expired"), told=visit.t("expired_more"), link=None))

    def _visit(self, request: Request) -> Visit:
        brought = request.cookies.get(_COOKIE, "")
        now = self.front.clock()
        inside = self.front.password is None or self.front.sessions.is_inside(brought, now)
        session = brought if len(brought) == SESSION_LENGTH else new_session()
        return Visit(self.front, request, session, inside, spoken(request, self.front.house.account.language), now)

    def _kept(self, visit: Visit, response: Response) -> Response:
        session = getattr(response, "session", visit.session)
        if visit.request.cookies.get(_COOKIE) != session:
            secure = self.front.address.is_secure
            response.set_cookie(_COOKIE, session, path="/", httponly=True, samesite="lax", secure=secure)
        return response

    async def absent(self, request: Request, error: Exception) -> Response:
        """
        Answer what does not exist, or not in this way.
        """
        status = error.status_code if isinstance(error, HTTPException) else 404
        visit = self._visit(request)
        return visit.page("error.html", status=status, title=visit.t("not_found"), told=visit.t("not_found_more"), link="/")


def _answered(visit: Visit, answer: Callable[[], Response]) -> Response:
    """
    Return the answer, or the error as a page in plain words; of what must not happen the log has the whole story, the page does not.
    """
    try:
        return answer()
    except WatchdogError as error:
        sentence = say(error.code, visit.language, error.values)
        case = visit.request.path_params.get("name")
        title = visit.t("moved_meanwhile" if isinstance(error, CaseMoved) else "not_done")
        link = f"/cases/{case}" if case and not isinstance(error, UnknownCase) else "/"
        return visit.page("error.html", status=_status(error), title=title, told=sentence, link=link)
    except Exception:
        visit.front.log.exception("page.failed", path=visit.request.url.path[:200])
        return visit.page("error.html", status=500, title=visit.t("broken"), told=visit.t("broken_more"), link="/")


def _status(error: WatchdogError) -> int:
    match error:
        case UnknownCase():
            return 404
        case CaseMoved():
            return 409
        case StoreBusy():
            return 503
        case _:
            return 422
