"""
Write a large synthetic unshipped-orders report: Japanese, 38 columns, CP932, CRLF; about 477 bytes a row.

    python benchmarks/make_report.py /tmp/report.txt --rows 1000000 --share-preorders 1.0 --seed 1

People and addresses are invented and obviously so. The same arguments write the same bytes.
"""

from __future__ import annotations

import argparse
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = (
    "order-id order-item-id purchase-date payments-date reporting-date promise-date days-past-promise buyer-email buyer-name "
    "buyer-phone-number sku product-name quantity-purchased quantity-shipped quantity-to-ship ship-service-level recipient-name "
    "ship-address-1 ship-address-2 ship-address-3 ship-city ship-state ship-postal-code ship-country payment-method "
    "cod-collectible-amount already-paid payment-method-fee scheduled-delivery-start-date scheduled-delivery-end-date "
    "points-granted is-prime is-business-order purchase-order-number price-designation is-buyer-requested-cancellation "
    "verge-of-cancellation verge-of-lateShipment"
).split()
PRODUCTS = 2_000
RELEASE = datetime(2016, 9, 14, 14, 59, 59, tzinfo=UTC)
_BLOCK_ROWS = 5_000
#: As long as titles of this kind are.
_EDITION = "【初回生産限定盤・早期予約特典 両面クリアポスターつき・三方背ケース入り 2枚組】(CD+Blu-ray)"


def rows(count: int, *, share_preorders: float, seed: int) -> Iterator[str]:
    """
    Yield ``count`` rows; pre-orders have a SKU ``PRE-…`` and the release day as promise date, the others are due soon.
    """
    chance = random.Random(seed)
    for number in range(count):
        yield _row(number, chance, preorder=chance.random() < share_preorders)


def _row(number: int, chance: random.Random, *, preorder: bool) -> str:
    product = chance.randrange(PRODUCTS)
    bought = datetime(2016, 6, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(80 * 86_400))
    reported = bought + timedelta(minutes=31)
    promised = RELEASE if preorder else bought.replace(hour=14, minute=59, second=59) + timedelta(days=3)
    serial = f"{number:010d}"
    cells = {
        "order-id": f"250-{serial[:7]}-{1_000_000 + number % 8_999_999}",
        "order-item-id": f"{40_000_000_000_000 + number}",
        "purchase-date": _written(bought),
        "payments-date": _written(reported),
        "reporting-date": _written(reported),
        "promise-date": _written(promised),
        "days-past-promise": str(-(number % 40)),
        "buyer-email": f"x{serial}@marketplace.amazon.co.jp",
        "buyer-name": "架空 太郎",
        "buyer-phone-number": "000-0000-0000",
        "sku": f"{'PRE' if preorder else 'SKU'}-{product:05d}",
        "product-name": f"架空のアルバム 第{product}集{_EDITION}",
        "quantity-purchased": "1",
        "quantity-shipped": "0",
        "quantity-to-ship": "1",
        "ship-service-level": "Standard",
        "recipient-name": "架空 太郎",
        "ship-address-1": f"存在しない町{number % 9_999}番地0-0",
        "ship-address-2": "架空マンション000号室",
        "ship-city": "架空市",
        "ship-state": "東京都",
        "ship-postal-code": f"000-{number % 10_000:04d}",
        "ship-country": "JP",
        "payment-method": "CreditCard",
        "points-granted": "19",
        "is-prime": "false",
        "is-business-order": "false",
        "is-buyer-requested-cancellation": "false",
        "verge-of-cancellation": "false",
        "verge-of-lateShipment": "false",
    }
    return "\t".join(cells.get(column, "") for column in COLUMNS)


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")


def write(path: Path, count: int, *, share_preorders: float, seed: int) -> None:
    """
    Write the report; never more than a few thousand rows are in memory.
    """
    with path.open("wb") as file:
        file.write("\t".join(COLUMNS).encode("ascii") + b"\r\n")
        block: list[str] = []
        for row in rows(count, share_preorders=share_preorders, seed=seed):
            block.append(row)
            if len(block) == _BLOCK_ROWS:
                file.write(("\r\n".join(block) + "\r\n").encode("cp932"))
                block = []
        if block:
            file.write(("\r\n".join(block) + "\r\n").encode("cp932"))


def main() -> None:
    """
    Read the arguments and write the report.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--share-preorders", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    write(asked.path, asked.rows, share_preorders=asked.share_preorders, seed=asked.seed)


if __name__ == "__main__":
    main()
