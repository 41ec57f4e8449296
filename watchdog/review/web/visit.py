"""
One request with all that answering it needs: the language, the moment, the session, the templates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from watchdog.review.choice_texts import choice_text
from watchdog.review.web.front import Front
from watchdog.review.web.texts import told
from watchdog.terms.identity import show_case_no
from watchdog.terms.marketplace import BY_ID

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from zoneinfo import ZoneInfo

    from watchdog.review.words import Words
    from watchdog.routines.desk import Desk

LANGUAGES = ("ja", "en")
_ROOT = files("watchdog.review.web")


@cache
def _templates() -> Environment:
    loader = FileSystemLoader(str(_ROOT / "templates"))
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@dataclass(frozen=True)
class Visit:
    """
    One request.
    """

    front: Front
    request: Request
    session: str
    inside: bool  #: nobody must log in, or this visitor has
    language: str
    now: datetime

    @cached_property
    def words(self) -> Words:
        """
        The plain words of the visitor's language.
        """
        return self.front.words(self.language)

    @cached_property
    def desk(self) -> Desk:
        """
        The desk, speaking the visitor's language.
        """
        return replace(self.front.house.desk, words=self.words)

    @property
    def zone(self) -> ZoneInfo:
        """
        The home marketplace's zone.
        """
        return self.front.house.account.home.zone

    @property
    def who(self) -> str:
        """
        Who decides: the name this browser has given last, else the program's user.
        """
        return _cookie(self.request, "by") or self.front.who

    def t(self, code: str, **values: object) -> str:
        """
        Return a text of the page.
        """
        return told(code, self.language, **values)

    def page(self, template: str, /, *, status: int = 200, **values: Any) -> HTMLResponse:
        """
        Return the page, rendered; everything printed is escaped.
        """
        return HTMLResponse(_templates().get_template(template).render(**self._always, **values), status)

    @cached_property
    def _always(self) -> Mapping[str, Any]:
        return {
            "t": self.t,
            "v": self,
            "words": self.words,
            "token": self.front.sessions.token(self.session),
            "path": self.request.url.path,
            "here": here(self.request),
            "case_name": show_case_no,
            "choice": lambda code: choice_text(code, self.language),
            "cap": lambda name: name[:1].upper() + name[1:],
        }

    def day(self, day: date | None) -> str:
        """
        Return the date with its weekday; with its year only where that is not the present one.
        """
        if day is None:
            return self.t("unknown")
        return self.words.short_day(day) if day.year == self.now.astimezone(self.zone).year else self.words.day(day)

    def moment(self, moment: datetime | None, place: str | None = None) -> str:
        """
        Return the local time of the marketplace.
        """
        zone = BY_ID[place].zone if place in BY_ID else self.zone  # type: ignore[index]
        return self.t("never") if moment is None else self.words.moment(moment, zone, now=self.now)


def _cookie(request: Request, name: str) -> str:
    from urllib.parse import unquote

    return unquote(request.cookies.get(name, ""))[:60]


def spoken(request: Request, default: str) -> str:
    """
    Return the language the visitor has chosen, else the account's.
    """
    chosen = request.cookies.get("lang", default)
    return chosen if chosen in LANGUAGES else default


def here(request: Request) -> str:
    """
    Return the request's own path with its query, for coming back.
    """
    query = request.url.query
    return request.url.path + (f"?{query}" if query else "")


def back(url: str) -> Response:
    """
    Send the browser to a page of ours by GET; an address of another site leads to the first page.
    """
    parts = urlsplit(url)
    safe = url if url.startswith("/") and not url.startswith(("//", "/\\")) and not parts.netloc else "/"
    return RedirectResponse(quote(safe, safe="/?&=%:+-_.~"), 303)
