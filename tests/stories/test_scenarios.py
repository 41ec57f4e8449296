"""
The collected scenarios S01-S27 (reference/scenarios.json), as far as dropped files can tell them: replayed, each file at its time.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.stories.answers import a_row, alarms, an_order, answer, order_id, releases, replayed, shipping_report

if TYPE_CHECKING:
    from tests.stories.seller import Seller

_SCENARIOS = Path(__file__).parents[3] / "shared" / "reference" / "scenarios.json"
_CD = releases("B0SAMPLE01,CD-01,2016-09-14")
_CANCELLED: dict[str, Any] = {"status": "CANCELLED", "programs": []}

_APRIL = releases("B0SAMPLE01,CD-01,2020-04-09")
_FREE_DAYS = [("US", "2026-09-19", "2026-09-21"), ("IT", "2026-12-25", "2026-12-28"), ("US", "2026-07-04", "2026-07-06")]
_SEEN_IN_DATA = [("2024-07-07T06:51:04Z", "2024-07-08T01:48:13Z"), ("2024-09-29T15:08:32Z", "2024-09-30T08:53:32Z")]


def many(count: int, due: str, country: str = "JP", **changes: Any) -> list[dict[str, Any]]:
    """
    Return so many healthy pre-orders of one product.
    """
    return [an_order(number, due, country, **changes) for number in range(1, count + 1)]


def test_s01_one_order_of_fourteen_is_reset(seller: Seller) -> None:
    """
    This order only, and its siblings are the proof.
    """
    before = many(14, "2016-09-14")
    after = [*before[:4], an_order(5, "2016-09-08", status="UNSHIPPED", programs=[], updated="2016-09-04T03:00:00Z"), *before[5:]]
    document = replayed(seller, (answer(*before), "2016-09-03T10:00:00+09:00"), (answer(*after), "2016-09-05T10:00:00+09:00"), known=_CD)

    (finding,) = alarms(document)
    assert (finding["order_id"], finding["scope"], finding["severity"]) == (order_id(5), "order", "urgent")
    assert (finding["previous_ship_by"], finding["ship_by"], finding["release_date"]) == ("2016-09-14", "2016-09-08", "2016-09-14")
    assert finding["siblings"] == {"count": 13, "ship_by": "2016-09-14"}


def test_s01_with_shipping_reports_alone(seller: Seller) -> None:
    """
    The reset order turns up, days before its release; the healthy ones are not in the report at all.
    """
    appeared = a_row(5, "2016-09-08T23:59:59+09:00", purchase_date="2016-07-20T12:00:00+09:00", reporting_date="2016-09-04T12:00:00+09:00")
    document = replayed(
        seller, (shipping_report(), "2016-09-03T10:00:00+09:00"), (shipping_report(appeared), "2016-09-05T10:00:00+09:00"), known=_CD
    )

    (finding,) = alarms(document)
    assert {"ship_by_before_release", "left_pending_early"} <= set(finding["rules"])
    assert finding["severity"] == "urgent"


@pytest.mark.parametrize("due", ["2020-04-07", "2020-04-08"])
def test_s02_everything_is_sent_a_day_or_two_before_release(seller: Seller, due: str) -> None:
    """
    CDs arrive on the day; that is no reset.
    """
    document = replayed(
        seller,
        (answer(*many(6, due, bought="2020-03-01T03:00:00Z")), "2020-04-01T10:00:00+09:00"),
        known=_APRIL,
    )

    assert alarms(document) == []


@pytest.mark.parametrize(
    ("country", "release", "due"),
    _FREE_DAYS,
)
def test_s03_a_release_on_a_free_day_ships_on_the_next_working_one(seller: Seller, country: str, release: str, due: str) -> None:
    """
    Later than release is normal.
    """
    orders = many(6, due, country, bought="2026-05-01T03:00:00Z")
    document = replayed(seller, (answer(*orders), "2026-06-01T10:00:00Z"), home=country, known=releases(f"B0SAMPLE01,CD-01,{release}"))

    assert document["findings"] == []


def test_s04_an_order_missing_from_a_shipping_report_is_neither_shipped_nor_cancelled(seller: Seller) -> None:
    """
    Pending orders are never in it: its absence says nothing, and a first sight is judged by release and siblings.
    """
    flagged = a_row(5, "2016-09-08T23:59:59+09:00", purchase_date="2016-07-20T12:00:00+09:00", reporting_date="2016-09-04T12:00:00+09:00")
    document = replayed(
        seller,
        (answer(*many(4, "2016-09-14")), "2016-09-03T10:00:00+09:00"),
        (shipping_report(flagged), "2016-09-05T10:00:00+09:00"),
        (shipping_report(), "2016-09-06T10:00:00+09:00"),
        known=_CD,
    )

    (finding,) = alarms(document)
    assert (finding["order_id"], finding["state"], finding["resolved"]) == (order_id(5), "open", None)


def test_s05_a_product_whose_dates_move_together_is_one_alarm(seller: Seller) -> None:
    """
    Amazon Retail's date applies to all sellers: one grouped alarm, not fourteen resets.
    """
    document = replayed(
        seller,
        (answer(*many(14, "2016-09-14")), "2016-09-03T10:00:00+09:00"),
        (answer(*many(14, "2016-09-07", updated="2016-09-04T00:00:00Z")), "2016-09-04T10:00:00+09:00"),
        known=_CD,
    )

    (finding,) = alarms(document)
    assert (finding["scope"], finding["order_id"], finding["order_count"]) == ("product", None, 14)


def test_s05_dates_that_move_together_to_a_later_day_disturb_nobody(seller: Seller) -> None:
    """
    Amazon's date is later than the seller's own.
    """
    document = replayed(
        seller,
        (answer(*many(14, "2016-09-14")), "2016-09-03T10:00:00+09:00"),
        (answer(*many(14, "2016-09-16", updated="2016-09-04T00:00:00Z")), "2016-09-04T10:00:00+09:00"),
        known=_CD,
    )

    assert alarms(document) == []


def test_s06_the_merchants_release_date_counts(seller: Seller) -> None:
    """
    Offers from 1 June, release on 1 July: a ship-by in June is wrong, one in July right.
    """
    bought = "2026-05-20T12:00:00Z"
    orders = [*many(5, "2026-07-01", "US", bought=bought), an_order(9, "2026-06-15", "US", bought=bought)]
    document = replayed(seller, (answer(*orders), "2026-06-02T12:00:00Z"), home="US", known=releases("B0SAMPLE01,CD-01,2026-07-01"))

    assert [finding["order_id"] for finding in alarms(document)] == [order_id(9)]


def test_s07_the_street_date_counts_not_the_day_the_page_went_up(seller: Seller) -> None:
    """
    Here the seller says the street date; reading it from the catalog's answer needs the next issue's format.
    """
    bought = "2019-01-20T12:00:00Z"
    orders = [an_order(1, "2019-03-21", "US", bought=bought), an_order(2, "2019-03-15", "US", bought=bought)]
    document = replayed(seller, (answer(*orders), "2019-02-01T12:00:00Z"), home="US", known=releases("B0SAMPLE01,CD-01,2019-03-21"))

    assert [finding["order_id"] for finding in alarms(document)] == [order_id(2)]


@pytest.mark.parametrize(
    ("bought", "updated"),
    _SEEN_IN_DATA,
    ids=["S08", "S09"],
)
def test_s08_and_s09_a_cancelled_order_of_1970_is_no_alarm(seller: Seller, bought: str, updated: str) -> None:
    """
    A cancellation empties the dates.
    """
    release = releases("B0SAMPLE01,CD-01,2024-11-14")
    before = an_order(1, "2024-11-14", bought=bought, updated=bought)
    after = an_order(1, "1970-01-01T00:00:00Z", bought=bought, updated=updated, **_CANCELLED)
    seen = updated.replace("Z", "+00:00")
    document = replayed(seller, (answer(before), bought), (answer(after), seen), known=release)

    assert alarms(document) == []


def test_s08_a_flagged_order_that_is_cancelled_ends_its_case(seller: Seller) -> None:
    """
    So ends the remedy of S01.
    """
    document = replayed(
        seller,
        (answer(an_order(1, "2016-09-08")), "2016-09-03T10:00:00+09:00"),
        (answer(an_order(1, "1970-01-01T00:00:00Z", updated="2016-09-06T00:00:00Z", **_CANCELLED)), "2016-09-06T10:00:00+09:00"),
        known=_CD,
    )

    (finding,) = alarms(document)
    assert (finding["state"], finding["resolved"]) == ("resolved", "cancelled")


def test_s10_a_cancelled_order_is_no_alarm_whatever_its_date(seller: Seller) -> None:
    """
    Some keep their ship date.
    """
    document = replayed(seller, (answer(an_order(1, "2016-09-08", **_CANCELLED)), "2016-09-05T10:00:00+09:00"), known=_CD)

    assert alarms(document) == []


def test_s11_one_file_with_three_ends_of_the_day(seller: Seller) -> None:
    """
    22:59:59Z in Britain, 21:59:59Z on the continent: all three are 10 June.
    """
    rows = [
        a_row(1, "2025-06-10T22:59:59+00:00", "GB"),
        a_row(2, "2025-06-10T21:59:59+00:00", "FR"),
        a_row(3, "2025-06-10T21:59:59+00:00", "DE"),
    ]
    assert _days(seller, rows, home="GB") == {"GB": "2025-06-10", "FR": "2025-06-10", "DE": "2025-06-10"}


def test_s12_seven_in_the_morning_utc_belongs_to_the_day_before(seller: Seller) -> None:
    """
    06:59:59Z is still the evening before on the American west coast.
    """
    rows = [a_row(1, "2025-05-10T06:59:59+00:00", "US"), a_row(2, "2025-05-06T06:59:59+00:00", "CA")]

    assert _days(seller, rows, home="US") == {"US": "2025-05-09", "CA": "2025-05-05"}


def _days(seller: Seller, rows: list[dict[str, str]], *, home: str) -> dict[str, str]:
    """
    Return the ship-by date of each country's row, as the alarms of a far later release date tell it.
    """
    lines = [f"CD-01,2025-08-01,{row['ship-country']}" for row in rows]
    known = releases(*lines, header="sku,release_date,marketplace")
    document = replayed(seller, (shipping_report(*rows), "2025-05-02T12:00:00Z"), home=home, known=known)
    by_order = {finding["order_id"]: finding["ship_by"] for finding in alarms(document)}
    return {row["ship-country"]: by_order[row["order-id"]] for row in rows}


@pytest.mark.parametrize("hint", ["true", "false", ""])
def test_s13_amazons_own_hint_of_lateness_is_no_alarm(seller: Seller, hint: str) -> None:
    """
    ``verge-of-lateShipment`` stands on ordinary orders with a day left.
    """
    row = a_row(1, "2025-06-10T22:59:59+00:00", "GB", purchase_date="2025-06-09T12:24:09+00:00", verge_of_lateShipment=hint)
    document = replayed(seller, (shipping_report(row), "2025-06-10T08:00:00Z"), home="GB", known=releases("B0SAMPLE01,CD-01,2025-06-01"))

    assert document["findings"] == []


def test_s14_the_promise_date_counts_not_the_days_past_it(seller: Seller) -> None:
    """
    India: 18:29:59Z is the end of 21 August; the column beside it says something else.
    """
    row = a_row(1, "2025-08-21T18:29:59+00:00", "IN", purchase_date="2025-07-30T08:34:47+00:00", days_past_promise="-2")
    known = releases("CD-01,2025-08-31", header="sku,release_date")
    document = replayed(seller, (shipping_report(row), "2025-08-01T08:00:00Z"), home="IN", known=known)

    assert [finding["ship_by"] for finding in alarms(document)] == ["2025-08-21"]


@pytest.mark.parametrize(("release", "gap"), [("2024-01-09", 0), ("2024-01-10", 1), ("2024-01-12", 3)])
def test_s15_the_end_of_a_german_tuesday(seller: Seller, release: str, gap: int) -> None:
    """
    22:59:59Z is 9 January in Berlin: a release on the 10th is one day later (within the tolerance), on the 9th none.
    """
    order = an_order(1, "2024-01-09T22:59:59Z", "DE", bought="2024-01-05T08:57:02Z", updated="2024-01-05T08:57:02Z")
    document = replayed(seller, (answer(order), "2024-01-06T08:00:00Z"), home="DE", known=releases(f"B0SAMPLE01,CD-01,{release}"))

    assert [finding["ship_by"] for finding in alarms(document)] == (["2024-01-09"] if gap > 2 else [])


def test_s16_the_maker_moves_the_release_by_two_weeks(seller: Seller) -> None:
    """
    All open orders are now due too early: one alarm for the product.
    """
    orders = answer(*many(9, "2016-12-05", "US", bought="2016-11-01T12:00:00Z"))
    document = replayed(
        seller,
        (releases("B0SAMPLE01,CD-01,2016-12-05"), "2016-11-02T12:00:00Z"),
        (orders, "2016-11-03T12:00:00Z"),
        (releases("B0SAMPLE01,CD-01,2016-12-19"), "2016-11-20T12:00:00Z"),
        home="US",
    )

    (finding,) = alarms(document)
    assert (finding["scope"], finding["cause"], finding["order_count"]) == ("product", "release_moved", 9)
    assert finding["release_date"] == "2016-12-19"


def test_s17_the_note_says_to_change_the_listing_and_manage_orders(seller: Seller) -> None:
    """
    Both dates must be changed, as Technical Support answered.
    """
    seller.lists_release("2026-09-14", seen="2026-08-01")
    seller.drops("orders.json", answer(*many(5, "2026-09-14", bought="2026-07-20T03:00:00Z")), seen="2026-09-03")
    seller.checks("2026-09-03 12:30")
    seller.lists_release("2026-09-28", seen="2026-09-04")
    seller.checks("2026-09-04 12:30")
    note = seller.runs("letter", "PW-0001", "note")

    assert "注文管理" in note
    assert "出品" in note


@pytest.mark.parametrize(("bought", "counts"), [("2016-09-12T03:00:00Z", False), ("2016-09-11T03:00:00Z", True)])
def test_s17_an_order_is_a_pre_order_three_days_before_release(seller: Seller, bought: str, counts: bool) -> None:
    """
    Within two days of the release it is an ordinary order (未出荷), from three on a pre-order (予約注文).
    """
    order = an_order(1, "2016-09-13", status="UNSHIPPED", programs=[], bought=bought, updated=bought)
    document = replayed(seller, (answer(order), "2016-09-12T12:30:00+09:00"), known=_CD)

    assert document["coverage"]["open_orders"] == int(counts)


def test_s18_a_listing_without_release_date_is_one_alarm_that_warns_of_confirming_early(seller: Seller) -> None:
    """
    Every order is due two days after its purchase, months before the book exists.
    """
    seller.lists_release("2026-12-14", seen="2026-06-01")
    days = [f"2026-06-{n + 2:02d}T03:00:00Z" for n in range(1, 8)]
    orders = [an_order(n, f"2026-06-{n + 4:02d}", bought=day, updated=day) for n, day in enumerate(days, start=1)]
    seller.drops("orders.json", answer(*orders), seen="2026-06-03")

    (finding,) = seller.flags("2026-06-03 12:30")

    assert (finding["scope"], finding["cause"]) == ("product", "listing_misdated")
    assert "出荷通知" in seller.errors or "出荷通知" in seller.runs("letter", "PW-0001", "note")


def test_s19_a_day_late_with_sixteen_orders_is_seen_before_it_is_counted(seller: Seller) -> None:
    """
    The metrics forecast: with 100 orders in ten days four late ones miss the target; sixteen are told as what they are.
    """
    seller.checks("2026-09-03 12:00")
    seller.runs("health", "enter", "late", "--days", "10", "--orders", "100", "--count", "0", "--as-of", "2026-09-03")
    assert "あと 4 件" in seller.runs("health")
    seller.runs("health", "enter", "late", "--days", "10", "--orders", "100", "--count", "16", "--as-of", "2026-09-05")
    seller.checks("2026-09-05 12:00")

    assert "【緊急】" in seller.errors and "16%" in seller.errors and "16 件" in seller.errors


def test_s20_both_windows_are_shown_and_no_suspension_is_predicted(seller: Seller) -> None:
    """
    12 % in ten days misses the target, 3.5 % in thirty does not.
    """
    seller.checks("2026-09-03 12:00")
    seller.runs("health", "enter", "late", "--days", "10", "--orders", "50", "--count", "6", "--as-of", "2026-09-03")
    seller.runs("health", "enter", "late", "--days", "30", "--orders", "171", "--count", "6", "--as-of", "2026-09-03")
    told = {each["window_days"]: each for each in json.loads(seller.runs("health", "--json"))["figures"]}
    screen = seller.runs("health")
    seller.checks("2026-09-03 13:00")

    assert (told[10]["level"], told[30]["level"]) == ("missed", "near")
    assert (told[10]["rate"], round(told[30]["rate"], 3), told[30]["headroom"]) == (0.12, 0.035, 1)
    assert "10日間の出荷遅延率は目標（4%未満）を満たしていません。" in screen
    assert not [word for word in ("停止されます", "停止になります", "suspended") if word in screen + seller.errors]


@pytest.mark.parametrize(("count", "orders"), [(41, 1000), (70, 100)], ids=["4.1 %", "70 %"])
def test_s21_the_rate_alone_predicts_nothing(seller: Seller, count: int, orders: int) -> None:
    """
    One seller was suspended at 4.1 %, another left alone at 70 %: both are told the same, and that it can't be told.
    """
    seller.checks("2026-09-03 12:00")
    seller.runs("health", "enter", "late", "--days", "30", "--orders", f"{orders}", "--count", f"{count}", "--as-of", "2026-09-03")

    assert "率だけでは分かりません" in seller.runs("health")


def test_s23_a_buyers_wish_to_cancel_calls_for_approval_now(seller: Seller) -> None:
    """
    Told here by the order itself; the notification needs the next issue's format.
    """
    wish = {"cancellationRequest": {"requester": "BUYER", "cancelReason": "Buyer Requested Cancel"}}
    asked = an_order(1, "2016-09-08", status="UNSHIPPED", updated="2016-09-06T00:00:00Z", cancellation=wish)
    document = replayed(
        seller,
        (answer(an_order(1, "2016-09-08", status="UNSHIPPED")), "2016-09-05T10:00:00+09:00"),
        (answer(asked), "2016-09-06T10:00:00+09:00"),
        known=_CD,
    )

    (finding,) = alarms(document)
    assert ("buyer_asked_cancel" in finding["rules"], finding["severity"]) == (True, "urgent")


def test_s25_a_pre_order_without_release_date_cannot_be_judged(seller: Seller) -> None:
    """
    It has a deadline while pending and nothing to compare it with: "not watched", never "fine".
    """
    order = an_order(1, "2013-08-25T19:49:35Z", bought="2013-08-20T19:49:35Z", updated="2013-08-20T19:49:35Z", status="PENDING")
    document = replayed(seller, (answer(order), "2013-08-21T10:00:00+09:00"))

    assert [(finding["rules"], finding["severity"]) for finding in document["findings"]] == [(["release_unknown"], "notice")]
    assert document["coverage"]["unwatched_orders"] == 1


def test_s26_two_orders_of_one_basket_may_be_due_on_different_days(seller: Seller) -> None:
    """
    The pre-order and the CD from stock, bought in the same minute.
    """
    orders = [an_order(1, "2016-09-14"), an_order(2, "2016-07-22", status="UNSHIPPED", programs=[], asin="B0SAMPLE99", sku="CD-99")]
    document = replayed(seller, (answer(*orders), "2016-07-20T18:00:00+09:00"), known=_CD)

    assert alarms(document) == []


def test_s27_an_order_on_demand_is_no_pre_order(seller: Seller) -> None:
    """
    取り寄せ: it has a date by which the seller must answer, and no ship date yet.
    """
    row = a_row(1, "", purchase_date="2017-08-20T12:00:00+09:00", **{"promise-response-due-date": "2017-08-31"})
    document = replayed(seller, (shipping_report(row), "2017-08-21T12:00:00+09:00"), known=releases("B0SAMPLE01,CD-01,2017-09-14"))

    assert alarms(document) == []


@pytest.mark.parametrize(("confirmed", "outcome"), [("2016-09-08T14:00:00Z", "shipped_in_time"), ("2016-09-08T15:00:01Z", "shipped_late")])
def test_s22_the_moment_of_confirmation_counts_not_the_date_entered(seller: Seller, confirmed: str, outcome: str) -> None:
    """
    Entered as sent on the 8th both times; confirmed before and after midnight in Tokyo.
    """
    before = many(14, "2016-09-14")
    moved = an_order(5, "2016-09-08", status="UNSHIPPED", programs=[], updated="2016-09-04T03:00:00Z")
    sent = an_order(5, "2016-09-08", status="SHIPPED", programs=[], updated="2016-09-09T03:00:00Z")
    sent["packages"] = [{"packageReferenceId": "1", "createdTime": confirmed, "shipTime": "2016-09-08T03:00:00Z"}]
    looks = [(before, "03T10"), ([*before[:4], moved, *before[5:]], "05T10"), ([*before[:4], sent, *before[5:]], "10T10")]
    document = replayed(seller, *((answer(*orders), f"2016-09-{when}:00:00+09:00") for orders, when in looks), known=_CD)

    (finding,) = alarms(document)
    assert (finding["order_id"], finding["resolved"]) == (order_id(5), outcome)


def test_s24_a_notification_without_ship_dates_wipes_none(seller: Seller) -> None:
    """
    It says where the order stands, and the stored date stays: no alarm, and one later if it truly moves.
    """
    notice = {
        "NotificationType": "ORDER_CHANGE",
        "EventTime": "2016-09-04T01:00:00Z",
        "Payload": {
            "OrderChangeNotification": {
                "AmazonOrderId": order_id(5),
                "OrderChangeType": "OrderStatusChange",
                "Summary": {"MarketplaceId": "A1VC38T7YXB528", "OrderStatus": "Pending", "DestinationPostalCode": None},
            }
        },
    }
    first = (answer(*many(14, "2016-09-14")), "2016-09-03T10:00:00+09:00")
    told = (json.dumps(notice).encode(), "2016-09-04T10:30:00+09:00")
    moved = an_order(5, "2016-09-08", status="UNSHIPPED", programs=[], updated="2016-09-04T03:00:00Z")
    quiet = replayed(seller, first, told, known=_CD)
    loud = replayed(seller, first, told, (answer(moved), "2016-09-05T10:00:00+09:00"), known=_CD)

    assert (alarms(quiet), quiet["rows"]["used"], quiet["rows"]["rejected"]) == ([], 15, 0)
    (finding,) = alarms(loud)
    assert (finding["ship_by"], finding["previous_ship_by"], finding["cause"]) == ("2016-09-08", "2016-09-14", "buyer_change")


@pytest.mark.skipif(not _SCENARIOS.exists(), reason="the collection is not here")
def test_every_collected_scenario_is_told() -> None:
    """
    S01 to S27: each has a test.
    """
    collected = {scenario["id"] for scenario in json.loads(_SCENARIOS.read_text(encoding="utf-8"))}
    told = {f"S{part[1:]}" for name in globals() for part in name.split("_") if part[:1] == "s" and part[1:].isdigit()}

    assert collected == told
