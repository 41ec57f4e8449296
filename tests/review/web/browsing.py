"""
A browser without a browser: the page in this process, its forms found in what it shows, sent as a browser would send them.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import httpx
from starlette.types import ASGIApp

if TYPE_CHECKING:
    from collections.abc import Mapping


HOST = "127.0.0.1:8765"


@dataclass
class Form:
    """
    One form of a page with the values it would send.
    """

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.inside: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(said.get("href", ""))
        if tag == "form":
            self.inside = Form(said.get("action", ""), said.get("method", "get"))
            self.forms.append(self.inside)
        if self.inside is not None and said.get("name"):
            if tag == "button":
                self.inside.buttons.append((said["name"], said.get("value", "")))
            elif tag in {"input", "textarea", "select"} and said.get("type") != "file":
                self.inside.values[said["name"]] = said.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None


def forms_of(page: str) -> list[Form]:
    """
    Return the forms of a page that was shown.
    """
    reader = _Reader()
    reader.feed(page)
    return reader.forms


@dataclass
class Visitor:
    """
    Somebody with a browser of his own.
    """

    app: ASGIApp
    log: list[Any]
    address: str = "198.51.100.7"
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)

    def asks(self, method: str, path: str, **more: Any) -> httpx.Response:
        """
        Send any request and keep the cookies of its answer.
        """

        async def once() -> httpx.Response:
            way = httpx.ASGITransport(self.app, client=(self.address, 50000))
            async with httpx.AsyncClient(transport=way, base_url=f"http://{HOST}", cookies=self.cookies) as client:
                answer = await client.request(method, path, **more)
                self.cookies = client.cookies
                return answer

        return asyncio.run(once())

    def posts(self, path: str, values: Mapping[str, str], **more: Any) -> httpx.Response:
        """
        Send these values and nothing else.
        """
        return self.asks("POST", path, data=dict(values), **more)

    def sees(self, path: str, **headers: str) -> httpx.Response:
        """
        Return what the page answers.
        """
        return self.asks("GET", path, headers=headers)

    def forms(self, path: str) -> list[Form]:
        """
        Return the forms of that page.
        """
        return forms_of(self.sees(path).text)

    def links(self, path: str) -> list[str]:
        """
        Return where that page leads.
        """
        reader = _Reader()
        reader.feed(self.sees(path).text)
        return reader.links

    def token(self) -> str:
        """
        Return the token of this visitor's forms.
        """
        return next(form.values["csrf"] for form in self.forms("/login") + self.forms("/intake") if "csrf" in form.values)

    def sends(self, path: str, values: Mapping[str, str], **more: Any) -> httpx.Response:
        """
        Send a form with the visitor's token.
        """
        return self.posts(path, {"csrf": self.token(), **values}, **more)

    def decides(self, case: str, decision: str, **values: str) -> httpx.Response:
        """
        Fill in and send the form of that decision on the case's page.
        """
        form = next(form for form in self.forms(f"/cases/{case}") if form.values.get("event") == decision)
        return self.posts(form.action, {**form.values, **values})

    def refusals(self) -> list[str]:
        """
        Return the reasons of what was refused and logged.
        """
        return [str(entry["reason"]) for entry in self.log if entry["event"] in {"request.refused", "login.refused"}]
