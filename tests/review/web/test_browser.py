"""
The page in a real browser: Debian's chromium against the real program and a filled log.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page

from tests.daemon.running import PROGRAM, ROOT
from tests.stories.seller import Order, Seller, fourteen, noon
from watchdog.review.web.texts import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

_CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(_CHROMIUM is None, reason="Debian's chromium is not installed"),
]
_QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
).split()
_AXE = Path(__file__).parent / "axe" / "axe.min.js.gz"
PAGES = (
    *("/", "/cases/PW-0003", "/cases/PW-0003/letters/buyer-cancel", "/orders?standing=all", "/intake", "/products", "/messages"),
    *("/cases/PW-0001", "/cases/PW-0003/letters/ticket", "/health", "/program", "/plan", "/nowhere"),
)
#: How many of them axe-core looks at where not everything is to be proved.
JUDGED = {"ja": 5, "en": 2}


@dataclass
class Watched:
    """
    A tab of which everything is noted that must not happen.
    """

    page: Page
    base: str
    wrong: list[str] = field(default_factory=list)

    def goes(self, path: str) -> None:
        """
        Open the address.
        """
        self.page.goto(self.base + path)

    def note(self) -> None:
        """
        Listen to the console and to every request.
        """
        self.page.on("console", lambda said: self.wrong.append(said.text) if said.type in {"error", "warning"} else None)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", lambda asked: None if asked.url.startswith(self.base) else self.wrong.append(asked.url))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """
    One browser for all tests of this file.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=_CHROMIUM, args=_QUIET)
        yield browser
        browser.close()


@contextmanager
def served(state: Path, now: str) -> Iterator[str]:
    """
    Run the real program over the log and return the page's address.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PREORDER_")}
    given = inherited | {"PREORDER_STATE_DIR": str(state), "PYTHONPATH": str(ROOT), "PREORDER_LANGUAGE": "ja"}
    command = [*PROGRAM, "review", "--port", "0", "--now", noon(now).isoformat()]
    with subprocess.Popen(command, cwd=state, env=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout is not None
            yield program.stdout.readline().strip().rstrip("/")
        finally:
            program.terminate()
            assert program.wait(15) == 0


@pytest.fixture(scope="module")
def own_state(eventful: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    The seller's own folder, into which decisions and files go.
    """
    state = tmp_path_factory.mktemp("own") / "state"
    shutil.copytree(eventful, state)
    return state


@pytest.fixture(scope="module")
def own(own_state: Path) -> Iterator[str]:
    """
    The page over that folder.
    """
    with served(own_state, "2026-09-06 12:30") as base:
        yield base


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Callable[..., Watched]]:
    """
    Opens tabs, each with its own cookies, in a language, a scheme and a size.
    """
    contexts = []

    def open_tab(base: str, language: str = "ja", **more: Any) -> Watched:
        context = chromium.new_context(**{"viewport": {"width": 1180, "height": 800}, **more})
        context.set_default_timeout(20_000)
        context.add_cookies([{"name": "lang", "value": language, "url": base}])
        contexts.append(context)
        watched = Watched(context.new_page(), base)
        watched.note()
        return watched

    yield open_tab
    for context in contexts:
        context.close()


@pytest.mark.parametrize("look", [("ja", "light", 1180), ("en", "dark", 375)], ids=["ja-light-desktop", "en-dark-phone"])
def test_every_page_is_accessible_quiet_and_fits(
    tab: Callable[..., Watched], own: str, look: tuple[str, str, int], *, proving: bool
) -> None:
    """
    axe-core finds nothing serious, the console says nothing, no request leaves the machine, nothing is wider than the screen.
    """
    language, scheme, width = look
    judged = PAGES if proving else PAGES[: JUDGED[language]]
    watched = tab(own, language, viewport={"width": width, "height": 800}, color_scheme=scheme)
    found: dict[str, list[Any]] = {}

    for path in PAGES:
        watched.goes(path)
        fits = watched.page.evaluate("document.documentElement.scrollWidth") <= width
        found[path] = [*(serious(watched.page) if path in judged else []), *([] if fits else ["too wide"])]

    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert [wrong for wrong in watched.wrong if "404" not in wrong] == []


def serious(page: Page) -> list[Any]:
    """
    Return what axe-core calls serious or critical.
    """
    page.evaluate(gzip.decompress(_AXE.read_bytes()).decode())
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found if each["impact"] in {"serious", "critical"}]


OUTCOMES = {"ja": "購入者のリクエストによりキャンセルされました", "en": "ancelled at the buyer's request"}


def test_the_incident_from_alert_to_outcome(tab: Callable[..., Watched], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Click by click in both languages: seen, understood, the ticket copied, its number and Amazon's answer noted, until it is over.
    """
    seller = Seller(tmp_path, monkeypatch)
    story = {"ja": fourteen(title="見本CD"), "en": [_other(order) for order in fourteen(title="Sample LP")]}
    seller.drops("releases.csv", b"asin,release_date\r\nB0SAMPLE01,2026-09-14\r\nB0SAMPLE02,2026-09-14\r\n", seen="2026-08-01")
    _seen(seller, story, "2026-09-03")
    for orders in story.values():
        orders[0] = orders[0].but(ship_by="2026-09-08", status="UNSHIPPED", payment="Other")
    _seen(seller, story, "2026-09-05")
    with served(seller.state, "2026-09-05 14:00") as base:
        tabs = {language: tab(base, language, permissions=["clipboard-read", "clipboard-write"]) for language in story}
        for language, watched in tabs.items():
            _asks_amazon(watched, language, story[language][0])
        for orders in story.values():
            orders[0] = orders[0].but(cancel_requested=True)
        _seen(seller, story, "2026-09-06")
        for language, watched in tabs.items():
            watched.goes("/")
            assert told("web_next_approve", language) in watched.page.locator("main").inner_text()
        for orders in story.values():
            orders[0] = orders[0].but(cancelled_by="MERCHANT", status="CANCELLED")
        _seen(seller, story, "2026-09-07")
        for language, watched in tabs.items():
            watched.goes(f"/cases/{story[language][0].order_id}")
            assert OUTCOMES[language] in watched.page.locator(".case-head").inner_text()
            watched.goes("/")
            assert watched.page.locator(".tally .good dd").inner_text() == "2"
            assert watched.wrong == []


def _other(order: Order) -> Order:
    return order.but(number=order.number + 500, asin="B0SAMPLE02", sku="LP-02")


def _seen(seller: Seller, story: dict[str, list[Order]], day: str) -> None:
    seller.drops_orders([order for orders in story.values() for order in orders], seen=day)
    seller.checks(f"{day} 12:30")


def _asks_amazon(watched: Watched, language: str, order: Order) -> None:
    """
    From the alert to Amazon's answer.
    """
    page = watched.page
    watched.goes("/")
    page.get_by_role("link", name=order.title).click()
    page.locator("svg.dates.wide .mark.bad").wait_for()

    page.get_by_role("link", name=told("write_letter", language), exact=True).click()
    page.locator("button[data-copy=text]").click()
    page.get_by_role("button", name=told("copied", language)).wait_for()
    assert order.order_id in page.evaluate("navigator.clipboard.readText()")

    page.get_by_role("link", name=told("back_to_case", language)).click()
    page.get_by_label(told("field_ticket_no", language)).fill("12345678901")
    page.get_by_role("button", name=told("do_send_ticket", language)).click()
    page.get_by_text("12345678901").first.wait_for()

    page.get_by_role("button", name=told("do_amazon_excluded", language)).click()
    page.wait_for_url(re.compile("done=amazon_excluded"))


def test_two_tabs_and_no_script(tab: Callable[..., Watched], own: str) -> None:
    """
    One browser without JavaScript decides all the same; the other, whose page is older, is told to look again.
    """
    old, plain = tab(own), tab(own, java_script_enabled=False)
    old.goes("/cases/PW-0003")
    plain.goes("/cases/PW-0003")
    plain.page.get_by_role("button", name=told("do_acknowledge", "ja")).click()
    plain.page.locator(".flash").wait_for()

    old.page.get_by_role("button", name=told("do_send_ticket", "ja")).click()
    old.page.get_by_role("heading", name=told("moved_meanwhile", "ja")).wait_for()
    old.page.get_by_role("link", name=told("look_again", "ja")).click()
    old.page.locator(".case-head").wait_for()

    assert "確認済み" in old.page.locator(".case-head").inner_text()


def test_everything_is_reached_by_keyboard(tab: Callable[..., Watched], own: str) -> None:
    """
    The first key leads past the menu, focus is seen, and a case is opened and decided on without a mouse.
    """
    watched = tab(own)
    page = watched.page
    watched.goes("/orders")

    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.locator("#q").focus()
    page.keyboard.type("0000002")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=0000002"))
    page.locator("tbody a").first.focus()
    outlined = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/cases/PW-0003"))

    assert (first, outlined) == (told("skip", "ja"), "solid")
    assert watched.wrong == []


def test_a_long_form_outlives_a_reload_until_it_is_handed_in(tab: Callable[..., Watched], own: str) -> None:
    """
    An improvement plan takes an hour to write: what was typed is there again; once it is noted as handed in, the form is empty.
    """
    watched = tab(own, permissions=["clipboard-read", "clipboard-write"])
    page = watched.page
    watched.goes("/plan?kind=cancel")
    page.locator("#cause").fill("在庫の数え間違いです。")
    page.reload()
    typed = page.locator("#cause").input_value()

    for name in ("violation", "stock_flow", "stock_sync", "stock_refill", "prevention", "effect", "person"):
        page.locator(f"#{name}").fill("・確認\n・更新" if name != "person" else "見本 花子")
    page.locator("#done_by").fill("2026-09-25")
    page.locator("#effective").fill("2026-10")
    page.locator("#read_rules").check()
    page.locator("#is_true").check()
    page.get_by_role("button", name=told("plan_look", "ja")).click()
    page.locator("button[data-copy=text]").click()
    page.get_by_role("button", name=told("copied", "ja")).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("button", name=told("plan_hand_in", "ja")).click()
    page.locator(".flash").wait_for()

    assert typed == "在庫の数え間違いです。"
    assert typed in copied
    assert page.locator("#cause").input_value() == ""
    assert watched.wrong == []


def test_a_report_is_dropped_through_the_page(tab: Callable[..., Watched], own: str, own_state: Path, tmp_path: Path) -> None:
    """
    The chosen file's own time fills the field, so that the report speaks of the moment it was downloaded.
    """
    report = tmp_path / "my-releases.csv"
    report.write_text("asin,release_date\r\nB0SAMPLE03,2026-11-30\r\n")
    moment = noon("2026-09-06 08:00").timestamp()
    os.utime(report, (moment, moment))
    watched = tab(own, timezone_id="Asia/Tokyo")
    watched.goes("/intake")

    watched.page.locator("#file").set_input_files(report)
    filled = watched.page.locator("#seen").input_value()
    watched.page.get_by_role("button", name=told("upload_send", "ja")).click()
    watched.page.locator(".flash").wait_for()

    assert filled == "2026-09-06T08:00"
    assert (own_state / "inbox" / "my-releases.csv").stat().st_mtime == moment
    assert watched.wrong == []
