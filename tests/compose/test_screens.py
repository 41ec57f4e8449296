"""
Notices lead to the review page where the seller has said how people reach it, and nowhere where he has not.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from tests.compose.golden_linked import BASE, NAMES, linked
from tests.compose.makers_compose import a_composer
from watchdog.assemble.handed import screens_of
from watchdog.compose.screens import Screens
from watchdog.terms.identity import CaseNo

CASES = ("alert", "forty", "resolved", "reminder", "reminder-two", "summary", "undelivered")
#: Where the others lead.
ELSEWHERE = {"digest": f"{BASE}/", "condition": f"{BASE}/#see", "condition-ended": f"{BASE}/#see", "test": f"{BASE}/"}


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append(dict(attrs).get("href") or "")


def links_in(html: str) -> list[str]:
    """
    Return where the links of a mail lead.
    """
    reader = _Links()
    reader.feed(html)
    return reader.found


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", CASES)
def test_a_notice_leads_to_its_case_in_every_form(name: str, language: str) -> None:
    """
    Text, mail and blocks all name the page of the first case; programs are told every case with its page.
    """
    made = linked(name, language)
    page = f"{BASE}/cases/PW-0001"

    assert made.links == tuple((f"PW-{no:04}", f"{BASE}/cases/PW-{no:04}") for no in made.case_nos)
    assert page in made.text.split()
    assert page in links_in(made.html)
    assert f"<{page}|" in json.dumps(made.blocks)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(("name", "page"), ELSEWHERE.items())
def test_what_concerns_no_case_leads_to_the_page_that_shows_it(name: str, page: str, language: str) -> None:
    """
    The digest to the first page, a condition to where it is seen; a test opens the first page, because its case is invented.
    """
    made = linked(name, language)

    assert made.links == (("", page),)
    assert page in made.text.split()
    assert page in links_in(made.html)
    assert f"<{page}|" in json.dumps(made.blocks)


def test_many_cases_end_in_one_list() -> None:
    """
    A plain text names ten pages and the list of the product's orders; a mail links every case in its own line.
    """
    made = linked("forty", "en")

    assert sum(line.startswith("PW-") and "/cases/" in line for line in made.text.splitlines()) == 10
    assert f"All of them: {BASE}/orders?standing=all&q=" in made.text
    assert len({link for link in links_in(made.html) if "/cases/" in link}) == 40


@pytest.mark.parametrize("name", NAMES)
def test_without_an_address_nothing_leads_anywhere(name: str) -> None:
    """
    An address of this machine helps nobody on a phone: there is none in any form; Amazon's own links stay.
    """
    made = linked(name, "ja", a_composer())

    assert made.links == ()
    assert "/cases/" not in made.text + made.html + json.dumps(made.blocks)
    assert {link.split("/")[2] for link in links_in(made.html)} <= {"sellercentral.amazon.co.jp"}
    assert not re.search("画面で(見る|開く)", made.text + made.html + json.dumps(made.blocks, ensure_ascii=False))


@pytest.mark.parametrize(
    ("said", "base"),
    [
        (None, ""),
        ("http://127.0.0.1:8765", ""),
        ("http://localhost:8765", ""),
        ("http://[::1]:8765", ""),
        ("http://0.0.0.0:8765", ""),
        ("https://watch.example", "https://watch.example"),
        ("http://192.168.1.20:8765", "http://192.168.1.20:8765"),
        ("http://shop-pc.local:8765", "http://shop-pc.local:8765"),
    ],
)
def test_an_address_only_this_machine_can_open_is_no_address(said: str | None, base: str) -> None:
    """
    What a phone in the shop could open is linked to, what only this machine could is not.
    """
    assert screens_of(said) == Screens(base)


def test_an_address_is_whole_and_harmless() -> None:
    """
    Words in it are quoted, whatever they hold.
    """
    assert Screens(BASE).about("A&B <x>|ペン") == f"{BASE}/orders?standing=all&q=A%26B%20%3Cx%3E%7C%E3%83%9A%E3%83%B3"
    assert Screens(BASE).case(CaseNo(42)) == f"{BASE}/cases/PW-0042"
    assert Screens().links((CaseNo(42),)) == ()
