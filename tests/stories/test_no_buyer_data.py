"""
No name, address, phone, e-mail or postal code of a buyer is kept, logged, told or sent, whatever was dropped and however damaged.
"""

from __future__ import annotations

import base64
import contextlib
import io
import json
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from tests.deliver.mail_server import Mailbox, serving
from tests.deliver.servers import answering
from tests.stories.seller import Seller, noon
from watchdog.__main__ import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Every column of the widest unshipped reports (reference/columns.md, L2 and L3) that speaks of a person or a place.
PERSONAL = """
buyer-email buyer-name payment-method-details buyer-phone-number recipient-name ship-address-1 ship-address-2 ship-address-3 ship-city
ship-state ship-postal-code ship-phone-number gift-message-text customized-url customized-page purchase-order-number buyer-company-name
licensee-name license-number buyer-cst-number buyer-vat-number buyer-tax-registration-id buyer-citizen-name buyer-citizen-id
default-ship-from-address-name default-ship-from-address-field-1 default-ship-from-city default-ship-from-postal-code
buyer-requested-cancel-reason ioss-number invoice-business-legal-name invoice-business-address invoice-business-tax-id
delivery-Instructions bill-address-1 bill-city bill-postal-code
""".split()
_FACTS = "order-id order-item-id purchase-date payments-date reporting-date promise-date days-past-promise".split()
_PRODUCT = "sku product-name quantity-purchased quantity-shipped quantity-to-ship ship-country".split()
#: People first, so that a row shifted to the right moves them under facts.
COLUMNS = (*_FACTS, *PERSONAL[:4], *_PRODUCT, *PERSONAL[4:], "is-buyer-requested-cancellation", "verge-of-lateShipment")


@dataclass
class Person:
    """
    One invented buyer; every word of it is found nowhere else.
    """

    number: int
    words: list[str] = field(default_factory=list)

    def says(self, column: str) -> str:
        """
        Return what stands in that column, in the shape such a cell has.
        """
        number = f"{self.number}{len(self.words):02d}"
        if "email" in column.lower():
            word = f"kakuu{number}@marketplace.amazon.co.jp"
        elif "phone" in column.lower():
            word = f"0999-88-7{number}"
        elif "postal" in column.lower():
            word = f"98{number[0]}-7{number}"
        elif "name" in column.lower():
            word = f"架空{number}之介"
        else:
            word = f"架空県見本{number}町"
        self.words.append(word)
        return word


@dataclass
class Trail:
    """
    All that may never turn up anywhere.
    """

    people: list[Person] = field(default_factory=list)

    def somebody(self) -> Person:
        """
        Return a new person.
        """
        self.people.append(Person(len(self.people) + 1))
        return self.people[-1]

    def words(self) -> Iterator[str]:
        """
        Yield every word, and the numbers also without their hyphens.
        """
        for person in self.people:
            for word in person.words:
                yield word
                if re.fullmatch(r"[\d-]+", word):
                    yield word.replace("-", "")


def found_in(heap: bytes, trail: Trail) -> list[str]:
    """
    Return the words that turn up in the heap, in whatever form they may have been written.
    """
    return [word for word in trail.words() if any(form in heap for form in _forms(word))]


def _forms(word: str) -> set[bytes]:
    escaped = json.dumps(word)[1:-1]
    plain = {word.encode(name) for name in ("utf-8", "cp932", "euc_jp", "utf-16-le", "utf-16-be")}
    return plain | {escaped.encode(), escaped.replace("\\", "\\\\").encode()}


def left_behind(seller: Seller) -> bytes:
    """
    Return every byte the program has left: log, reasons, locks, key; without the seller's own files.
    """
    files = [path for path in seller.state.rglob("*") if path.is_file()]
    kept = [path for path in files if seller.inbox not in path.parents or path.name.endswith(".reason.txt")]
    with closing(sqlite3.connect(seller.state / "watchdog.db")) as log:
        dump = "\n".join(log.iterdump()).encode("utf-8", "replace")
    return b"\n".join([dump, *(path.read_bytes() for path in kept), *(path.name.encode() for path in kept)])


def told(seller: Seller, *arguments: str) -> bytes:
    """
    Return what one command writes on stdout and stderr, its log at the most talkative level among it.
    """
    seller.monkeypatch.setenv("PREORDER_LOG_LEVEL", "debug")
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(arguments)
    assert code in {0, 1, 2}, err.getvalue()
    return out.buffer.getvalue() + err.getvalue().encode()


def every_word_of(seller: Seller, when: str) -> bytes:
    """
    Take a turn at the most talkative level, look at everything there is to look at, and return all that was written.
    """
    heap = b""
    for arguments in (
        ("check", "--now", noon(when).isoformat(), "--json"),
        ("check", "--now", noon(when).isoformat()),
        ("flagged", "--all", "--json"),
        ("flagged", "--all"),
        ("coverage", "--json"),
        ("coverage",),
        *((name, *rest) for name, *rest in _about_cases(seller)),
    ):
        heap += told(seller, *arguments)
    return heap


def _about_cases(seller: Seller) -> list[tuple[str, ...]]:
    path = seller.state / "watchdog.db"
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as log:
        names = [name for (name,) in log.execute("SELECT DISTINCT case_no FROM flagged_orders")]
    return [(*what, name, *rest) for name in names for what, rest in _ASKED]


_ASKED: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
    (("show",), ()),
    (("show",), ("--json",)),
    *(
        (("letter",), (kind, *lang))
        for kind in ("ticket", "ticket-phone", "note", "buyer-inform", "approve")
        for lang in ((), ("--lang", "en"))
    ),
]


def row(number: int, person: Person, **cells: str) -> list[str]:
    """
    Return one row in which every personal column is filled.
    """
    facts = {
        "order-id": f"250-0000000-{number:07d}",
        "order-item-id": f"{number:014d}",
        "purchase-date": "2026-07-20T12:00:00+09:00",
        "payments-date": "2026-09-04T12:00:00+09:00",
        "reporting-date": "2026-09-04T12:00:00+09:00",
        "promise-date": "2026-09-08T23:59:59+09:00",
        "days-past-promise": "-3",
        "sku": "CD-01",
        "product-name": "見本CD 初回限定盤",
        "quantity-purchased": "1",
        "quantity-shipped": "0",
        "quantity-to-ship": "1",
        "ship-country": "JP",
        "is-buyer-requested-cancellation": "false",
        "verge-of-lateShipment": "false",
    }
    facts |= {name.replace("_", "-"): value for name, value in cells.items()}
    return [facts[name] if name in facts else person.says(name) for name in COLUMNS]


def report(*rows: list[str], columns: tuple[str, ...] = COLUMNS, encoding: str = "cp932", separator: str = "\t") -> bytes:
    """
    Return the report's bytes.
    """
    return "".join(separator.join(cells) + "\r\n" for cells in (list(columns), *rows)).encode(encoding, "replace")


@pytest.fixture
def watched(seller: Seller) -> Seller:
    """
    A seller whose release date is known.
    """
    seller.lists_release("2026-09-14", seen="2026-08-01")
    return seller


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-16"])
def test_a_report_full_of_people_leaves_no_trace_of_them(watched: Seller, encoding: str) -> None:
    """
    Two reports with every personal column filled; between them one buyer moved, and his order was reset.
    """
    trail = Trail()
    calm, moved = trail.somebody(), trail.somebody()
    first = report(
        row(1, calm, promise_date="2026-09-14T23:59:59+09:00"), row(2, moved, promise_date="2026-09-14T23:59:59+09:00"), encoding=encoding
    )
    second = report(row(1, calm, promise_date="2026-09-14T23:59:59+09:00"), row(2, trail.somebody()), encoding=encoding)
    watched.drops("one.txt", first, seen="2026-09-03")
    heap = every_word_of(watched, "2026-09-03 12:30")
    watched.drops("two.txt", second, seen="2026-09-05")
    heap += every_word_of(watched, "2026-09-05 12:30") + every_word_of(watched, "2026-09-05 12:40") + left_behind(watched)

    assert b"PW-0001" in heap, "the reset was caught"
    assert all(len(person.words) >= len(PERSONAL) for person in trail.people)
    assert found_in(heap, trail) == []


def _shifted(cells: list[str], place: int) -> list[str]:
    """
    A separator inside the cell before: everything from there on stands one column to the right.
    """
    return [*cells[:place], cells[place][:2], cells[place][2:], *cells[place + 1 :]]


DAMAGES: dict[str, Callable[[list[str]], list[str]]] = {
    "cut off": lambda cells: cells[: len(cells) // 2],
    "shifted at the front": lambda cells: _shifted(cells, 0),
    "shifted inside the mail address": lambda cells: _shifted(cells, COLUMNS.index("buyer-email")),
    "shifted inside the title": lambda cells: _shifted(cells, COLUMNS.index("product-name")),
    "one cell lost in front": lambda cells: [*cells[1:], ""],
    "one cell too many in front": lambda cells: ["17", *cells],
    "a name for an order id": lambda cells: [cells[COLUMNS.index("buyer-name")], *cells[1:]],
    "a name for a date": lambda cells: _with(cells, "promise-date", "recipient-name"),
    "a phone number for a date": lambda cells: _with(cells, "promise-date", "buyer-phone-number"),
    "a postal code for a date": lambda cells: _with(cells, "promise-date", "ship-postal-code"),
    "a mail address for a date": lambda cells: _with(cells, "reporting-date", "buyer-email"),
    "an address behind a date": lambda cells: _with(cells, "promise-date", "ship-address-1", before="2026-09-14 "),
    "a name for an item id": lambda cells: _with(cells, "order-item-id", "buyer-name"),
    "a name for a quantity": lambda cells: _with(cells, "quantity-to-ship", "buyer-name"),
    "a name for a country": lambda cells: _with(cells, "ship-country", "recipient-name"),
    "a name for a wish to cancel": lambda cells: _with(cells, "is-buyer-requested-cancellation", "recipient-name"),
}


def _with(cells: list[str], column: str, taken_from: str, *, before: str = "") -> list[str]:
    place = COLUMNS.index(column)
    return [*cells[:place], before + cells[COLUMNS.index(taken_from)], *cells[place + 1 :]]


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_row_gives_nobody_away(watched: Seller, damage: Callable[[list[str]], list[str]]) -> None:
    """
    Where a cell stands under the wrong heading, the reason names column and line, never the cell.
    """
    trail = Trail()
    whole, broken = row(1, trail.somebody()), row(2, trail.somebody())
    watched.drops("report.txt", report(whole, damage(broken)), seen="2026-09-05")
    heap = every_word_of(watched, "2026-09-05 12:30") + left_behind(watched)

    assert b"250-0000000-0000001" in heap, "the whole row was used"
    assert found_in(heap, trail) == []


def test_a_phone_number_for_an_order_id_gives_nobody_away(watched: Seller) -> None:
    """
    A row so badly shifted that the phone number stands first.
    """
    trail = Trail()
    cells = row(1, trail.somebody())
    watched.drops("report.txt", report([cells[COLUMNS.index("buyer-phone-number")], *cells[1:]]), seen="2026-09-05")
    heap = every_word_of(watched, "2026-09-05 12:30") + left_behind(watched)

    assert found_in(heap, trail) == []


def test_a_header_that_misses_a_name_gives_nobody_away(watched: Seller) -> None:
    """
    The whole file is shifted by one: people stand under ``sku`` and ``product-name``.
    """
    trail = Trail()
    columns = tuple(name for name in COLUMNS if name != "payment-method-details")
    watched.drops("report.txt", report(row(1, trail.somebody()), row(2, trail.somebody()), columns=columns), seen="2026-09-05")
    heap = every_word_of(watched, "2026-09-05 12:30") + left_behind(watched)

    assert found_in(heap, trail) == []


def test_a_shifted_row_whose_last_cell_is_empty_gives_nobody_away(watched: Seller) -> None:
    """
    A tab in the buyer's name moves his phone number under ``sku``; the last column is empty, so the row looks as wide as the header.
    """
    trail = Trail()
    cells = _shifted(row(1, trail.somebody(), verge_of_lateShipment=""), COLUMNS.index("buyer-name"))
    watched.drops("report.txt", report(cells), seen="2026-09-05")
    heap = every_word_of(watched, "2026-09-05 12:30") + left_behind(watched)

    assert found_in(heap, trail) == []


def test_a_name_with_an_unquoted_comma_gives_nobody_away(seller: Seller) -> None:
    """
    Excel saved the report with commas. The row fits, its last cell being empty; of an unlisted product SKU and title are shown.
    """
    trail = Trail()
    broken = row(1, trail.somebody(), promise_date="2026-09-14T23:59:59+09:00", verge_of_lateShipment="")
    broken[COLUMNS.index("buyer-name")] += ", 様"
    seller.drops("report.csv", report(broken, separator=","), seen="2026-07-25")
    heap = every_word_of(seller, "2026-07-25 12:30") + left_behind(seller)

    assert b"row_too_wide" in heap
    assert found_in(heap, trail) == []


def _api_dump(trail: Trail) -> dict[str, Any]:
    person = trail.somebody()
    address = {
        name: person.says(name)
        for name in ("name", "companyName", "addressLine1", "addressLine2", "addressLine3", "city", "stateOrRegion", "postalCode", "phone")
    }
    return {
        "orderId": "250-0000000-0000001",
        "orderAliases": [{"aliasId": person.says("alias"), "aliasType": "SELLER_ORDER_ID"}],
        "createdTime": "2026-07-20T03:00:00Z",
        "lastUpdatedTime": "2026-09-04T03:00:00Z",
        "programs": ["PREORDER"],
        "salesChannel": {"channelName": "AMAZON", "marketplaceId": "A1VC38T7YXB528", "marketplaceName": "Amazon.co.jp"},
        "buyer": {name: person.says(name) for name in ("buyerName", "buyerEmail", "buyerCompanyName", "buyerPurchaseOrderNumber")},
        "recipient": {
            "deliveryAddress": {**address, "countryCode": "JP", "extendedFields": {"streetName": person.says("streetName")}},
            "deliveryPreference": {"dropOffLocation": person.says("place"), "addressInstruction": person.says("instruction")},
        },
        "tax": {"taxRegistrations": [{"legalName": person.says("legalName"), "taxRegistrationAddress": address}]},
        "payment": {
            "paymentExecutions": [
                {
                    "paymentMethod": "CreditCard",
                    "cardBrand": person.says("card"),
                    "paymentAmount": {"amount": "1980", "currencyCode": "JPY"},
                }
            ]
        },
        "packages": [{"packageReferenceId": "1", "shipFromAddress": address}],
        "fulfillment": {
            "fulfillmentStatus": "UNSHIPPED",
            "fulfilledBy": "MERCHANT",
            "shipByWindow": {"latestDateTime": "2026-09-08T14:59:59Z"},
        },
        "orderItems": [
            {
                "orderItemId": "00000000000001",
                "quantityOrdered": 1,
                "product": {
                    "asin": "B0SAMPLE01",
                    "title": "見本CD",
                    "sellerSku": "CD-01",
                    "condition": {"conditionType": "NEW", "conditionNote": person.says("note")},
                    "customization": {"customizedUrl": person.says("url")},
                },
                "fulfillment": {
                    "quantityFulfilled": 0,
                    "quantityUnfulfilled": 1,
                    "packing": {"giftOption": {"giftMessage": person.says("message"), "giftWrapLevel": "Classic"}},
                },
                "cancellation": {"cancellationRequest": {"requester": "BUYER", "cancelReason": person.says("reason")}},
            }
        ],
    }


def test_an_answer_of_the_api_full_of_people_leaves_no_trace_of_them(watched: Seller) -> None:
    """
    Somebody saved it with ``includedData=BUYER,RECIPIENT``: every block that may hold a person holds one.
    """
    trail = Trail()
    order = _api_dump(trail)
    watched.drops("orders.json", json.dumps({"orders": [order]}, ensure_ascii=False).encode(), seen="2026-09-05")
    later = {**order, "recipient": _api_dump(trail)["recipient"], "lastUpdatedTime": "2026-09-05T03:00:00Z"}
    heap = every_word_of(watched, "2026-09-05 12:30")
    watched.drops("escaped.json", json.dumps({"orders": [later]}).encode(), seen="2026-09-06")
    heap += every_word_of(watched, "2026-09-06 12:30") + left_behind(watched)

    assert b"PW-0001" in heap, "the reset was caught"
    assert found_in(heap, trail) == []


def _broken_orders(trail: Trail) -> Iterator[bytes]:
    """
    Yield dumps in which a person stands where something else should.
    """
    changes: tuple[Callable[[dict[str, Any], Any], None], ...] = (
        lambda order, person: order.update(orderId=person.says("name")),
        lambda order, person: order.update(orderId={"buyerName": person.says("name")}),
        lambda order, person: order.update(createdTime=person.says("name")),
        lambda order, person: order["fulfillment"].update(shipByWindow={"latestDateTime": person.says("phone")}),
        lambda order, person: order["fulfillment"].update(shipByWindow={"latestDateTime": "2026-09-14 " + person.says("address")}),
        lambda order, person: order["fulfillment"].update(fulfillmentStatus=person.says("name")),
        lambda order, person: order.update(salesChannel={"marketplaceId": person.says("postalCode")}),
        lambda order, person: order.update(programs=[person.says("name")]),
        lambda order, person: order.update(orderItems=[person.says("name")]),
        lambda order, person: order.update(orderItems=person.says("name")),
    )
    for change in changes:
        order = _api_dump(trail)
        change(order, trail.people[-1])
        yield json.dumps({"orders": [order, _api_dump(trail)]}, ensure_ascii=False).encode()
    whole = json.dumps({"orders": [_api_dump(trail)]}, ensure_ascii=False, indent=1).encode()
    yield whole[: len(whole) // 2]
    yield whole.replace(b'"buyerName":', b'"buyerName"')


def test_damaged_answers_of_the_api_give_nobody_away(watched: Seller) -> None:
    """
    Wrong types, wrong places, cut in the middle, broken just where the buyer stands.
    """
    trail = Trail()
    for number, content in enumerate(_broken_orders(trail)):
        watched.drops(f"orders-{number:02d}.json", content, seen="2026-09-05")
    heap = every_word_of(watched, "2026-09-05 12:30") + left_behind(watched)

    assert found_in(heap, trail) == []


def test_files_that_are_no_reports_give_nobody_away(watched: Seller) -> None:
    """
    An address book, a letter, a release list with people under the wrong headings.
    """
    trail = Trail()
    person = trail.somebody()
    cells = [person.says(name) for name in ("name", "address", "phone", "postalCode", "email")]
    for name, text in (
        ("book.csv", "氏名,住所,電話,郵便番号,メール\r\n" + ",".join(cells)),
        ("letter.txt", f"{cells[0]} 様\r\n〒{cells[3]} {cells[1]}\r\n"),
        ("releases.csv", "asin,sku,発売日\r\n" + f"B0SAMPLE02,CD-02,{cells[0]}\r\nB0SAMPLE03,CD-03,{cells[2]}\r\n,,{cells[1]}\r\n"),
        ("book.json", json.dumps([{"name": cell} for cell in cells], ensure_ascii=False)),
        ("orders.txt", "order-id\tbuyer-name\r\n250-0000000-0000001\t" + cells[0]),
    ):
        watched.drops(name, text.encode("cp932"), seen="2026-09-05")
    heap = every_word_of(watched, "2026-09-05 12:30") + left_behind(watched)

    assert b"letter.txt" in heap, "it was said of the file that it can't be used"
    assert found_in(heap, trail) == []


def test_alerts_that_leave_the_house_take_nobody_along(watched: Seller) -> None:
    """
    Slack and mail get the order number and the dates; the buyer stays here.
    """
    trail = Trail()
    mailbox = Mailbox()
    watched.drops("report.txt", report(*(row(number, trail.somebody()) for number in range(1, 6))), seen="2026-09-05")
    with answering() as slack, serving(mailbox) as port:
        for name, value in {
            "SLACK_WEBHOOK_URL": slack.url(),
            "ALLOW_PRIVATE_TARGETS": "1",
            "EMAIL_FROM": "dog@example.jp",
            "EMAIL_TO": "me@example.jp",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(port),
            "SMTP_SECURITY": "none",
        }.items():
            watched.monkeypatch.setenv(f"PREORDER_{name}", value)
        watched.checks("2026-09-05 12:30")
    parts = [part.get_payload(decode=True) for letter in mailbox.letters() for part in letter.walk() if not part.is_multipart()]
    bodies = [part for part in parts if isinstance(part, bytes)]
    heap = b"\n".join([*(json.dumps(post.json, ensure_ascii=False).encode() for post in slack.posts), *mailbox.got, *bodies])

    assert b"250-0000000-0000001" in heap
    assert found_in(heap, trail) == []


def test_the_search_itself_finds_what_is_there() -> None:
    """
    A word is found in every form it may take; else the tests above would prove nothing.
    """
    trail = Trail()
    word = trail.somebody().says("recipient-name")
    forms = [word.encode("utf-8"), word.encode("cp932"), word.encode("utf-16"), json.dumps({"a": word}).encode()]

    assert [found_in(b"..." + form + b"...", trail) for form in forms] == [[word]] * 4
    assert base64.b64encode(word.encode()) not in b"".join(forms)
