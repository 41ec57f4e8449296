"""
Synthetic samples of every layout and encoding, and what is expected to be read from them.

    python -m tests.golden.make

rewrites ``samples/`` and ``expected/``; the difference is reviewed like code. People and addresses are invented and obviously so.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.golden.documents import DOCUMENTS
from tests.golden.health import HEALTH
from tests.golden.layouts import HEADERS
from tests.golden.orders import ORDERS
from tests.sources.makers_sources import a_reading
from watchdog.sources.files import read_file
from watchdog.terms.look import Batch, Defect, Ignored
from watchdog.terms.marketplace import BY_COUNTRY

HERE = Path(__file__).parent
SAMPLES, EXPECTED = HERE / "samples", HERE / "expected"
AS_OF = datetime(2026, 9, 6, 1, tzinfo=UTC)

#: Country -> end of the local 14 September in UTC, its sales channel, a title in its language.
STAGE = {
    "JP": ("2026-09-14T14:59:59+00:00", "amazon.co.jp", "架空のアルバム 〜第1集〜【初回限定盤】", "架空 太郎", "存在しない町0番地0-0"),
    "US": ("2026-09-15T06:59:59+00:00", "amazon.com", 'Imaginary Album 12" LP', "Nobody Nowhere", "0 No Such Street"),
    "GB": ("2026-09-14T22:59:59+00:00", "amazon.co.uk", '"Imaginary" Album', "Nobody Nowhere", "0 No Such Street"),
    "FR": ("2026-09-14T21:59:59+00:00", "amazon.fr", "Album imaginé, édition limitée", "Personne Nullepart", "0 rue inexistante"),
    "IN": ("2026-09-14T18:29:59+00:00", "amazon.in", "Imaginary Album", "Nobody Nowhere", "0 No Such Street"),
}


def row(layout: str, country: str, number: int, **changes: str) -> list[str]:
    """
    Return one row of the layout: an order of one CD released on 14 September, due on that day.
    """
    deadline, domain, title, name, street = STAGE[country]
    said = {
        "No": str(number),
        "order-id": f"250-{number:07d}-0000001",
        "amazon-order-id": f"250-{number:07d}-0000001",
        "AmazonOrderId": f"250-{number:07d}-0000001",
        "order-item-id": f"{10_000_000_000_000 + number}",
        "order-status": "Unshipped",
        "amazon-order-item-id": f"{10_000_000_000_000 + number}",
        "shipment-id": "SHIPMENT",
        "shipment-item-id": f"ITEM{number}",
        "shipment-date": "2026-09-01T03:00:00+09:00",
        "last-updated-date": "2026-09-05T03:00:00+00:00",
        "payment-type": "ConvenienceStore",
        "purchase-date": "2026-07-01T03:00:00+00:00",
        "payments-date": "2026-07-01T03:00:00-07:00",
        "reporting-date": "2026-09-06T00:30:00+00:00",
        "promise-date": deadline,
        "expected-ship-date": deadline,
        "latest-ship-date": deadline,
        "LatestShipDate": deadline.replace("+00:00", "Z"),
        "days-past-promise": "-2",
        "buyer-email": f"kakuu@marketplace.{domain}",
        "buyer-name": name,
        "buyer-phone-number": "000-0000-0000",
        "sku": f"CD-{number:04d}",
        "asin": "B0EXAMPLE1",
        "product-name": title,
        "quantity-purchased": "1",
        "quantity-shipped": "0",
        "quantity-to-ship": "1",
        "recipient-name": name,
        "ship-address-1": street,
        "ship-city": "架空市" if country == "JP" else "Nowhere",
        "ship-postal-code": "000-0000",
        "ship-country": country,
        "payment-method": "COD" if country == "JP" else "",
        "is-buyer-requested-cancellation": "false",
        "is-replacement-order": "false",
        "is-exchange-order": "false",
        "fulfilled-by": "Merchant",
        "verge-of-lateShipment": "true",
    }
    return [{**said, **changes}.get(column, "") for column in HEADERS[layout]]


def report(layout: str, rows: list[list[str]], *, encoding: str = "utf-8", newline: str = "\n", separator: str = "\t") -> bytes:
    """
    Return a report's bytes, with a final newline.
    """
    return "".join(separator.join(cells) + newline for cells in [list(HEADERS[layout]), *rows]).encode(encoding)


def samples() -> dict[str, bytes]:
    """
    Return every sample's name and bytes.
    """
    return {**_unshipped(), **_encodings(), **_other_reports(), **_undated(), **ORDERS, **DOCUMENTS, **HEALTH, **_release_lists()}


def _unshipped() -> dict[str, bytes]:
    unusual = [
        row("us_68", "US", 1),
        row("us_68", "US", 2, **{"is-buyer-requested-cancellation": "true"}),
        row("us_68", "US", 3, **{"is-replacement-order": "true"}),
        row("us_68", "US", 4, **{"quantity-shipped": "1", "quantity-to-ship": "0"}),
        row("us_68", "US", 5, **{"promise-date": "soon"}),
        row("us_68", "US", 6, **{"order-id": "5.80293E+13"}),
        row("us_68", "US", 7)[:30],
    ]
    uk = [row("uk_85", country, number) for number, country in enumerate(("GB", "FR", "JP"), 1)]
    uk.append(row("uk_85", "GB", 4, **{"fulfilled-by": "Amazon"}))
    plain = [row("plain_27", "JP", 1), list(HEADERS["plain_27"]), row("plain_27", "JP", 2, **{"promise-date": "1970-01-01T00:00:00+00:00"})]
    return {
        "us_68_lf.txt": report("us_68", unusual),
        "uk_85_crlf.txt": report("uk_85", uk, newline="\r\n"),
        "in_30_no_final_newline.txt": report("in_30", [row("in_30", "IN", 1)])[:-1],
        "plain_27_header_repeated.csv": report("plain_27", plain),
        "jp_34_header_only.txt": report("jp_34", []),
        "easy_ship_21_crlf.txt": report("easy_ship_21", [row("easy_ship_21", "IN", 1)], newline="\r\n"),
    }


def _encodings() -> dict[str, bytes]:
    two = [row("jp_34", "JP", 1), row("jp_34", "JP", 2, **{"promise-date": "2026-09-08T23:59:59+09:00"})]
    french = [row("uk_85", "FR", 1)]
    commas = [[f'"{cell}"' for cell in cells] for cells in two]
    return {
        "jp_34_cp932_crlf.txt": report("jp_34", two, encoding="cp932", newline="\r\n"),
        "jp_34_utf8.txt": report("jp_34", two),
        "jp_34_utf8_bom_crlf.txt": report("jp_34", two, encoding="utf-8-sig", newline="\r\n"),
        "jp_34_utf16.txt": report("jp_34", two, encoding="utf-16", newline="\r\n"),
        "jp_32_comma.csv": report("jp_32", [[f'"{cell}"' for cell in row("jp_32", "JP", 1)]], separator=","),
        "jp_34_comma_quoted.csv": report("jp_34", commas, separator=",", newline="\r\n"),
        "jp_34_glued.txt": b"content=" + report("jp_34", two),
        "uk_85_latin1.txt": report("uk_85", french, encoding="latin-1", newline="\r\n"),
    }


def _other_reports() -> dict[str, bytes]:
    return {
        "new_orders_44_window.txt": report("new_orders_44_window", [row("new_orders_44_window", "US", 1)]),
        "pending_48.csv": report(
            "pending_48",
            [
                row("pending_48", "JP", 1, **{"order-status": "PendingAvailability"}),
                row("pending_48", "JP", 2, **{"order-status": "Canceled"}),
            ],
            separator=",",
        ),
        "new_orders_34_no_ship_date.txt": report("new_orders_34", [row("new_orders_34", "FR", 1)]),
        "all_orders_28_no_ship_date.tsv": report("all_orders_28", [row("all_orders_28", "JP", 1)]),
        "flattened_33_no_sku.csv": report("flattened_33", [row("flattened_33", "JP", 1)], separator=","),
    }


def _undated() -> dict[str, bytes]:
    """
    Return reports that carry no ship date and are used for what else they say.
    """
    uk = [
        row(
            "all_orders_91",
            "GB",
            1,
            **{"order-status": "Shipped - Delivered to Buyer", "item-status": "Shipped", "sales-channel": "Amazon.co.uk"},
        ),
        row(
            "all_orders_91", "FR", 2, **{"order-status": "Pending", "sales-channel": "Amazon.fr", "is-buyer-requested-cancellation": "true"}
        ),
        row("all_orders_91", "GB", 3, **{"order-status": "Shipped", "item-status": "Cancelled", "sales-channel": "Amazon.co.uk"}),
        row("all_orders_91", "GB", 4, **{"sales-channel": "Non-Amazon UK"}),
        row("all_orders_91", "GB", 5, **{"fulfilled-by": "", "fulfillment-channel": "Amazon"}),
        row("all_orders_91", "GB", 6, **{"sales-channel": "Amazon.example"}),
        row("all_orders_91", "GB", 7, **{"order-id": "", "amazon-order-id": "5.80293E+13"}),
    ]
    archived = [row("archived_34", "JP", 1, **{"order-status": "Cancelled", "sales-channel": "Amazon.co.jp"}), list(HEADERS["archived_34"])]
    fba = {"fulfillment-channel": "AFN", "sales-channel": "Amazon.co.jp"}
    two = [row("all_orders_28", "JP", number, **{"order-status": "Pending"}) for number in (1, 1)]
    pending = [row("pending_report_7", "JP", 1), row("pending_report_7", "JP", 2, **{"purchase-date": "2026-07-01T12:00:00+09:00"})]
    return {
        "new_orders_29_2009.txt": report("new_orders_29_2009", [row("new_orders_29_2009", "US", 1)]),
        "new_orders_30_latin1.txt": report("new_orders_30", [row("new_orders_30", "FR", 1)], encoding="latin-1"),
        "all_orders_91_lf.txt": report("all_orders_91", uk).replace(b"invoice-business-tax-office\n", b"invoice-business-tax-office \n"),
        "all_orders_28_cp932_repeated.txt": report("all_orders_28", two, encoding="cp932", newline="\r\n"),
        "archived_34_header_repeated.csv": report("archived_34", archived),
        "fba_48_comma.csv": report("fba_48", [row("fba_48", "US", 1, **{"fulfillment-channel": "AFN"})], separator=",").replace(
            b'12" LP', b"12 LP"
        ),
        "fba_49.txt": report("fba_49", [row("fba_49", "JP", 1, **fba), row("fba_49", "JP", 2, **fba, **{"amazon-order-id": "5.8E+13"})]),
        "pending_report_7_cp932_crlf.txt": report("pending_report_7", pending, encoding="cp932", newline="\r\n"),
        "payments.txt": b"settlement-id\torder-id\tsku\tquantity-purchased\n1\t250-0000001-0000001\tCD-1\t1\n",
    }


def _release_lists() -> dict[str, bytes]:
    japanese = (
        "商品管理番号,ASIN,発売日,商品名,備考\r\n"
        'CD-0914,b0example1,2026年9月14日,"架空のアルバム, 初回限定盤",予約\r\n'
        "# 未定のもの\r\n"
        "CD-0915,,未定,,\r\n"
        "CD-0916,,,,\r\n"
        ",,2026/9/14,,\r\n"
        "CD-0917,,2026/9/17\r\n"
    )
    english = "asin;sku;release_date;marketplace;title\nB0EXAMPLE1;;2026-09-14;JP;Album\nB0EXAMPLE1;;20260914;XX;Album\n"
    return {
        "releases_ja_cp932.csv": japanese.encode("cp932"),
        "releases_ja_utf8_bom.csv": japanese.encode("utf-8-sig"),
        "releases_en_semicolon.csv": english.encode(),
        "releases_en.tsv": english.replace(";", "\t").encode(),
    }


def expected(path: Path) -> list[dict[str, Any]]:
    """
    Return what is read from a sample, as JSON values.
    """
    home = BY_COUNTRY["GB" if path.name.startswith("uk") else "JP"]
    return [_shown(batch) for batch in read_file(path, as_of=AS_OF, reading=a_reading(home))]


def _shown(batch: Batch) -> dict[str, Any]:
    look: dict[str, Any] = {
        "source": batch.look.source,
        "kind": batch.look.kind,
        "interface": batch.look.interface,
        "complete": batch.look.complete,
    }
    if batch.look.as_of != AS_OF:
        look["as_of"] = batch.look.as_of
    if batch.remark:
        look["remark"] = asdict(batch.remark)
    said = [{"place": row.place, **_said(batch.read(row))} for row in batch.rows]
    releases = [asdict(release) for release in batch.releases]
    defects = [asdict(defect) for defect in batch.defects]
    whole = {**look, "refused": batch.refused and asdict(batch.refused), "rows": said, "releases": releases, "defects": defects}
    if batch.health:
        whole["health"] = [asdict(figure) for figure in batch.health]
    shown: dict[str, Any] = json.loads(json.dumps(whole, default=_plain))
    return shown


def _said(said: object) -> dict[str, Any]:
    if isinstance(said, Defect):
        return {"rejected": asdict(said.reason)}
    if isinstance(said, Ignored):
        return {"ignored": said.reason}
    return {"observation": asdict(said)}  # type: ignore[call-overload]


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))


def main() -> None:
    """
    Write every sample and what is read from it.
    """
    for folder in (SAMPLES, EXPECTED):
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
    for name, content in samples().items():
        (SAMPLES / name).write_bytes(content)
        text = json.dumps(expected(SAMPLES / name), ensure_ascii=False, indent=1)
        (EXPECTED / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
