"""
What must not work, and what the log says of it.

Forms of other sites, foreign names, scripts in titles, paths that lead elsewhere, files that are no reports, guessed passwords.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests.review.web.browsing import HOST, Visitor, forms_of
from tests.review.web.conftest import NOW
from watchdog.review.web import guard
from watchdog.review.web.address import Address
from watchdog.review.web.app import POSTED, SHOWN
from watchdog.review.web.intake import safe_name
from watchdog.review.web.password import digest, matches
from watchdog.review.web.sessions import Tries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.stories.seller import Seller

_FILLED = {"{name}": "PW-0002", "{kind}": "buyer-cancel", "{number:int}": "1"}
PASSWORD = "correct horse battery"
DIGEST = digest(PASSWORD)


def address(path: str) -> str:
    """
    Return the path with its places filled.
    """
    for place, value in _FILLED.items():
        path = path.replace(place, value)
    return path


@pytest.fixture
def locked(opened: Callable[..., Visitor]) -> Visitor:
    """
    Somebody before the locked door.
    """
    return opened(password=DIGEST)


@pytest.mark.parametrize("path", POSTED)
def test_no_form_is_taken_without_the_token_of_this_visitor(visitor: Visitor, path: str) -> None:
    """
    A form without token, with another's or with a made-up one changes nothing (CSRF).
    """
    theirs = Visitor(visitor.app, visitor.log).token()
    visitor.sees("/")

    answers = [visitor.posts(address(path), {"csrf": token, "event": "note", "text": "x"}).status_code for token in ("", theirs, "0" * 64)]

    assert answers == [403, 403, 403]
    assert visitor.refusals() == ["token"] * 3


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": f"http://{HOST}.evil.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_another_site_cannot_send_a_form(visitor: Visitor, headers: dict[str, str]) -> None:
    """
    Even with the right token: the browser says where it came from.
    """
    answer = visitor.sends("/products/release", {"product": "B0SAMPLE03", "day": "2026-12-01"}, headers=headers)

    assert (answer.status_code, visitor.refusals()) == (403, ["other_site"])


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8765", "[", "", "192.0.2.7", "evil@127.0.0.1x"]
)
def test_a_foreign_host_name_is_refused(visitor: Visitor, host: str) -> None:
    """
    A name that was made to resolve to this machine reads nothing (DNS rebinding).
    """
    answer = visitor.sees("/", Host=host)

    assert (answer.status_code, visitor.refusals()) == (421, ["host"])
    assert "PW-0001" not in answer.text


def test_the_pages_own_names_are_known(opened: Callable[..., Visitor]) -> None:
    """
    By address, by name, by the URL people type; from other machines also by any address, which nobody can make resolve elsewhere.
    """
    here, there = Address("127.0.0.1", "https://watch.example"), Address("192.0.2.1")

    assert all(map(here.is_own, ("127.0.0.1:8765", "localhost", "[::1]:9000", "watch.example")))
    assert all(map(there.is_own, ("192.0.2.1:80", "localhost", "198.51.100.9")))
    assert not any(map(here.is_own, ("198.51.100.9", "evil.example", "watch.example.evil.example")))
    assert opened(address=here).sees("/", Host="watch.example").status_code == 200
    assert (here.is_loopback, there.is_loopback, Address("0.0.0.0").is_loopback) == (True, False, False)  # noqa: S104 - only asked about


def test_every_answer_carries_the_headers_that_hold_a_browser_back(visitor: Visitor) -> None:
    """
    No script that is not ours, no frame, no guessing of types, no copy in a cache; on errors, too.
    """
    for path in ("/", "/nowhere", "/assets/page.css", "/orders.csv", "/cases/PW-9999"):
        headers = visitor.sees(path).headers

        assert "default-src 'none'; script-src 'self';" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert (headers["x-frame-options"], headers["x-content-type-options"]) == ("DENY", "nosniff")
        assert headers["cache-control"] == ("no-cache" if path.startswith("/assets") else "no-store")


def test_the_page_holds_no_script_and_no_style_of_its_own(visitor: Visitor) -> None:
    """
    The policy above would block them; so there are none.
    """
    pages = [visitor.sees(address(path)).text for path in SHOWN if not path.endswith((".csv", ".zip"))]

    assert not any(" style=" in page or "<style" in page or "javascript:" in page or " onclick" in page for page in pages)
    assert {page.count("<script") for page in pages if page} == {2}


def test_a_title_is_text_and_never_a_script(owner: Visitor, seller: Seller) -> None:
    """
    The catalog's words are printed as they are: on every page, in attributes and in the picture.
    """
    evil = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}"
    seller.runs("releases", "set", "B0SAMPLE03", "2026-12-01", "--title", evil)
    seller.drops_orders([_order(901, evil, "2026-09-01")], seen="2026-09-06 13:00")
    seller.checks("2026-09-06 13:30")

    shown = [
        owner.sees(path).text
        for path in ("/", "/orders", "/products", "/orders?q=%22%3E%3Cscript%3Ealert(1)", "/products?q=<script>", "/products?done=<script>")
    ]
    case = next(link for link in owner.links("/orders?q=0000901") if link.startswith("/cases/"))
    shown += [owner.sees(case).text, owner.sees(f"{case}/letters/ticket").text]

    assert not any("<script>" in page or "<img src=x" in page or "&lt;49" in page for page in shown)
    assert sum("&lt;script&gt;" in page for page in shown) >= 5


def _order(number: int, title: str, ship_by: str) -> Any:
    from tests.stories.seller import Order

    return Order(number, title=title, ship_by=ship_by, asin="B0SAMPLE01")


def test_an_order_id_in_the_address_is_only_looked_up(visitor: Visitor) -> None:
    """
    Whatever stands there is no case; it is answered as text.
    """
    answers = [
        visitor.sees(f"/cases/{name}")
        for name in ("%3Cscript%3E", "1%27%20OR%201=1--", "..%2f..%2fetc%2fpasswd", "PW-99999999999999999999", "%00")
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert not any("<script>" in answer.text for answer in answers)


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../app.py",
        "/assets/%2e%2e/app.py",
        "/assets/..%2f..%2f..%2fpyproject.toml",
        "/assets//etc/passwd",
        "/assets/",
        "/assets/%00",
        "/assets/..\\app.py",
    ],
)
def test_no_path_leads_out_of_the_assets(visitor: Visitor, path: str) -> None:
    """
    Only the shipped files are served.
    """
    answer = visitor.sees(path)

    assert answer.status_code in {400, 404}
    assert "import" not in answer.text


def test_a_form_that_is_too_large_is_not_read(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    By its announced length, and by what really comes where none was announced; an upload has a limit, too.
    """
    monkeypatch.setattr(guard, "LARGEST_UPLOAD", 50_000)
    token = visitor.token()

    def pieces() -> Iterator[bytes]:
        yield f"csrf={token}&event=note&text=".encode()
        yield from [b"x" * 100_000] * 4

    async def streamed() -> Any:
        for piece in pieces():
            yield piece

    form = {"Content-Type": "application/x-www-form-urlencoded"}
    announced = visitor.posts("/cases/PW-0002/decisions", {"csrf": token, "text": "x" * 300_000})
    unannounced = visitor.asks("POST", "/cases/PW-0002/decisions", content=streamed(), headers=form)
    upload = visitor.posts("/intake", {"csrf": token}, files={"file": ("a.csv", b"x" * 60_000)})

    assert [answer.status_code for answer in (announced, unannounced, upload)] == [413, 413, 413]
    assert visitor.refusals() == ["too_large"] * 3


def test_what_is_no_report_does_not_reach_the_inbox(owner: Visitor, seller: Seller) -> None:
    """
    By name and by content: programs, pictures, office files, empty files.
    """
    wrong = [
        ("report.exe", b"order-id\tsku\r\n"),
        ("report.csv", b"MZ\x90\x00" + b"\0" * 60),
        ("report.txt", b"\x7fELF" + b"\0" * 60),
        ("report.csv", b"PK\x03\x04 a workbook"),
        ("report.csv", b"%PDF-1.7"),
        ("report.csv.gz", b"not zipped"),
        ("report.csv", b"\x1f\x8b zipped"),
        ("report.csv", b""),
        ("report", b"order-id\tsku\r\n"),
        ("", b"x"),
    ]

    answers = [owner.sends("/intake", {}, files={"file": each}).status_code for each in wrong]

    assert answers == [422] * len(wrong)
    assert [path for path in seller.inbox.iterdir() if path.is_file()] == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("..\\..\\windows\\system.csv", "system.csv"),
        ("/etc/cron.d/x.txt", "x.txt"),
        (".hidden.csv", "hidden.csv"),
        ("~$book.csv", "book.csv"),
        ("a\0b\nc.csv", "a_b_c.csv"),
        ("注文レポート 9月.csv", "注文レポート_9月.csv"),
        ("x" * 300 + ".csv", "x" * 100 + ".csv"),
        ("....", "report"),
    ],
)
def test_an_uploads_name_stays_in_the_inbox(given: str, kept: str) -> None:
    """
    Only the last part counts, and nothing of it hides or leads elsewhere.
    """
    assert safe_name(given) == kept


def test_an_upload_never_replaces_a_waiting_file(owner: Visitor, seller: Seller) -> None:
    """
    The second of the same name gets another, and both are there whole, for the owner's eyes only.
    """
    for content in (b"asin,release_date\r\nB0SAMPLE03,2026-11-30\r\n", b"asin,release_date\r\nB0SAMPLE03,2026-12-01\r\n"):
        owner.sends("/intake", {}, files={"file": ("../releases.csv", content)})
    dropped = [path for path in seller.inbox.iterdir() if path.is_file()]

    assert len(dropped) == 2
    assert all(path.name.startswith("releases") and path.stat().st_mode & 0o077 == 0 for path in dropped)


def test_behind_a_password_nothing_is_shown(locked: Visitor) -> None:
    """
    Every page leads to the door and every form is turned away, with a token as without.
    """
    token = locked.token()
    shown = {path: locked.sees(address(path)) for path in SHOWN if path != "/login"}
    sent = {path: locked.posts(address(path), {"csrf": token}) for path in POSTED if path not in {"/login", "/language"}}

    assert {answer.status_code for answer in (*shown.values(), *sent.values())} == {303}
    assert {answer.headers["location"].partition("?")[0] for answer in (*shown.values(), *sent.values())} == {"/login"}
    assert locked.sees("/assets/page.css").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/cases/PW-0003?lang=ja", "/cases/PW-0003?lang=ja"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
    ],
)
def test_the_door_leads_on_to_what_was_wanted_and_never_elsewhere(locked: Visitor, wanted: str, reached: str) -> None:
    """
    The link of an alert asks for the password and then shows its case; an address of another site leads to the first page.
    """
    door = locked.sees(f"/login?back={quote(wanted, safe='')}").text
    form = next(form for form in forms_of(door) if "password" in form.values)

    wrong = forms_of(locked.posts("/login", {**form.values, "password": "guess"}).text)
    answer = locked.posts("/login", {**form.values, "password": PASSWORD})

    assert form.values["back"] == wanted
    assert wanted in [each.values.get("back") for each in wrong if "password" in each.values]
    assert answer.headers["location"] == reached


def test_a_page_behind_the_door_is_remembered(locked: Visitor) -> None:
    """
    Who taps an alert's link without being logged in is asked for the password with that page in mind.
    """
    assert locked.sees("/cases/PW-0003").headers["location"] == "/login?back=%2Fcases%2FPW-0003"


def test_logging_in_makes_a_new_session(locked: Visitor) -> None:
    """
    An id that somebody has planted before is worth nothing afterwards (session fixation); logging out ends it.
    """
    locked.sees("/login")
    planted = locked.cookies["preorder_session"]
    answer = locked.sends("/login", {"password": PASSWORD})
    own = locked.cookies["preorder_session"]
    thief = Visitor(locked.app, locked.log)
    thief.cookies.set("preorder_session", planted)
    inside = locked.sees("/").status_code
    locked.posts("/logout", {"csrf": next(form for form in locked.forms("/orders") if form.action == "/logout").values["csrf"]})

    assert (answer.status_code, answer.headers["location"], inside) == (303, "/", 200)
    assert own != planted
    assert thief.sees("/").status_code == 303
    assert locked.sees("/").status_code == 303


def test_the_session_cookie_is_out_of_reach(opened: Callable[..., Visitor]) -> None:
    """
    No script reads it, no other site sends it, and behind https it never travels in the clear.
    """
    plain = opened().sees("/").headers["set-cookie"]
    secure = opened(address=Address("127.0.0.1", "https://watch.example")).sees("/").headers

    assert all(part in plain for part in ("HttpOnly", "SameSite=lax", "Path=/"))
    assert "Secure" in secure["set-cookie"]
    assert "max-age" in secure["strict-transport-security"]


def test_guessing_the_password_is_slow(locked: Visitor) -> None:
    """
    After five wrong ones the right one must wait, too; each is logged without the word that was tried.
    """
    answers = [locked.sends("/login", {"password": f"guess {n}"}) for n in range(5)]
    late = locked.sends("/login", {"password": PASSWORD})

    assert [answer.status_code for answer in answers] == [403] * 5
    assert late.status_code == 429
    assert int(late.headers["retry-after"]) > 60
    assert locked.refusals() == ["wrong_password"] * 5 + ["too_many_tries"]
    assert "guess" not in str(locked.log)


def test_guessing_from_many_addresses_is_slow_as_well() -> None:
    """
    Fifty wrong passwords from everywhere close the door for a quarter of an hour; one's own success opens nobody else's.
    """
    tries = Tries()
    for number in range(50):
        tries.failed(f"198.51.100.{number}", NOW)
    tries.succeeded("192.0.2.1")

    assert tries.wait("192.0.2.1", NOW) == timedelta(minutes=15)
    assert tries.wait("192.0.2.1", NOW + timedelta(minutes=16)) == timedelta()


def test_a_digest_tells_its_password_and_no_other() -> None:
    """
    The same password never has the same digest twice.
    """
    assert DIGEST.startswith("scrypt:32768:8:1:")
    assert matches(PASSWORD, DIGEST)
    assert not matches(PASSWORD + " ", DIGEST)
    assert digest(PASSWORD) != DIGEST


def test_an_open_bind_without_a_password_is_refused(seller: Seller) -> None:
    """
    The page says how to set one instead of starting.
    """
    seller.runs("review", "--host", "0.0.0.0", "--port", "0", expect=2)  # noqa: S104 - it must be refused

    assert "--new-password" in seller.errors


def test_a_page_that_fails_shows_no_insides(opened: Callable[..., Visitor]) -> None:
    """
    The seller reads that nothing was lost; the log has the story.
    """

    def fails(_language: str) -> Any:
        raise RuntimeError("insides")

    visitor = opened(settings=fails)
    answer = visitor.sees("/program")

    assert answer.status_code == 500
    assert "insides" not in answer.text
    assert [entry["event"] for entry in visitor.log] == ["page.failed"]
