"""
Amazon's bad days: said, survived, nothing wiped, nothing falsely restored, nothing missed.
"""

from __future__ import annotations

import copy
import os
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.sources.spapi.watched import BEGIN, CD, EARLY, RELEASE, Alone, a_shop, watched
from tests.spapi_fake.faults import Fault, fulfillment_refused, outage, spoilt
from watchdog.terms.case import CaseState
from watchdog.terms.observation import Interface

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sources.spapi.watched import Watched
    from tests.spapi_fake.fake import FakeSpapi

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def with_a_flagged_order(fake: FakeSpapi) -> tuple[Watched, str]:
    """
    Return a seller with fourteen pre-orders of which one is flagged, and that one's id; it is five past ten.
    """
    odd = a_shop(fake, 14)[3]
    seller = watched(fake)
    seller.turn()
    fake.world.reset(odd.order_id, EARLY, BEGIN + MINUTE, status="UNSHIPPED")
    seller.until(BEGIN + 5 * MINUTE)
    assert len(seller.findings()) == 1
    return seller, odd.order_id


def _without_windows(body: dict[str, Any]) -> Any:
    for order in body.get("orders", [body.get("order")]):
        order["fulfillment"].pop("shipByWindow", None)
    return body


def _without_fulfillment(body: dict[str, Any]) -> Any:
    for order in body.get("orders", [body.get("order")]):
        order.pop("fulfillment", None)
    return body


def _repeated(body: dict[str, Any]) -> Any:
    return body | {"orders": [*body["orders"], *copy.deepcopy(body["orders"])]}


def _skipped(body: dict[str, Any]) -> Any:
    return body | {"orders": body["orders"][::2]}


def _empty(body: dict[str, Any]) -> Any:
    return body | {"orders": []}


BAD_ANSWERS: dict[str, Callable[[], Fault]] = {
    "500": lambda: Fault(None, status=500),
    "503": lambda: Fault(None, status=503),
    "429": lambda: Fault(None, status=429, code="QuotaExceeded"),
    "cut": lambda: Fault(None, cut=True),
    "no-token": lambda: Fault("token", status=500),
    "no-json": lambda: Fault(None, spoil=lambda _asked, _body: b'{"orders": ['),
    "not-the-shape": lambda: Fault(None, spoil=lambda _asked, _body: {"orders": {}, "order": []}),
    "no-windows": lambda: Fault(None, spoil=lambda asked, body: _without_windows(body) if "rder" in asked.operation else body),
    "no-fulfillment": lambda: Fault(None, spoil=lambda _asked, body: _without_fulfillment(body)),
    "repeated": lambda: spoilt(_repeated, "searchOrders"),
    "skipped": lambda: spoilt(_skipped, "searchOrders"),
    "empty": lambda: spoilt(_empty, "searchOrders"),
}


#: Under ``make prove`` everything, else what differs most from each other.
_PROVING = os.environ.get("PREORDER_PROVE") == "1"
_NAMES = tuple(BAD_ANSWERS) if _PROVING else ("500", "not-the-shape", "no-windows", "skipped")
_POINTS = range(1, 9) if _PROVING else (3, 6)


@pytest.mark.parametrize("name", _NAMES)
def test_bad_hours_wipe_nothing_and_miss_nothing(fake: FakeSpapi, name: str) -> None:
    """
    The flagged order stays flagged, no other is; a second reset that happens meanwhile is found once the answers are good again.

    Twenty minutes each; two hours under ``make prove``.
    """
    bad = 2 * HOUR if _PROVING else HOUR / 3
    seller, odd = with_a_flagged_order(fake)
    second = next(order_id for order_id in fake.world.orders if order_id != odd)
    fault = fake.faults.add(BAD_ANSWERS[name]())
    seller.until(BEGIN + 5 * MINUTE + bad / 2)
    fake.world.reset(second, EARLY, seller.now, status="UNSHIPPED")
    seller.until(BEGIN + 5 * MINUTE + bad)
    during = {each.finding.subject.order_id for each in seller.findings()}
    fake.faults.end(fault)

    seller.until(BEGIN + 30 * MINUTE + bad)

    assert odd in during <= {odd, second}
    assert {each.finding.subject.order_id for each in seller.findings()} == {odd, second}
    assert all(each.state is CaseState.OPEN for each in seller.findings(everything=True) if each.case_no)
    assert sum(len(turn.enacted.opened) for turn in seller.turns) == 2


def test_two_hours_of_500s_are_said_and_asked_about_with_patience(fake: FakeSpapi) -> None:
    """
    Every turn says so; Amazon is knocked at a few dozen times, not hundreds.
    """
    a_shop(fake, 14)
    seller = watched(fake)
    seller.turn()
    fake.faults.add(outage(BEGIN + MINUTE, BEGIN + 2 * HOUR))

    seller.until(BEGIN + 2 * HOUR)

    silent = [turn for turn in seller.turns if turn.troubles]
    assert silent
    assert {trouble.code for turn in silent for trouble in turn.troubles} == {"spapi_down"}
    assert sum(asked.at > BEGIN for asked in fake.asked) <= 60


def test_a_token_that_dies_early_is_no_trouble_at_all(fake: FakeSpapi) -> None:
    """
    One fresh token, and the turn goes on.
    """
    a_shop(fake, 14)
    seller = watched(fake)
    seller.turn()
    fake.lwa.expire()

    turn = seller.turn(BEGIN + 4 * MINUTE)

    assert turn.troubles == ()
    assert turn.looks == 1


def test_a_withdrawn_authorisation_is_said_and_never_stormed(fake: FakeSpapi) -> None:
    """
    invalid_grant: a person must authorise again; LWA is asked once an hour, and all is well once it is granted again.
    """
    a_shop(fake, 14)
    seller = watched(fake)
    seller.turn()
    fake.lwa.revoked = True
    fake.lwa.expire()

    seller.until(BEGIN + 2 * HOUR + 5 * MINUTE, at_most=20 * MINUTE)
    said = {trouble.code for turn in seller.turns for trouble in turn.troubles}
    asked = sum(each.operation == "token" and each.at > BEGIN for each in fake.asked)
    fake.lwa.revoked = False
    seller.until(BEGIN + 3.5 * HOUR, at_most=20 * MINUTE)

    assert said == {"spapi_reauthorise"}
    assert asked <= 3
    assert seller.turns[-1].troubles == ()
    assert seller.mark()["refused"] is None


def test_pages_that_lead_in_a_circle_are_left(fake: FakeSpapi) -> None:
    """
    A page token that leads to itself ends the walk; what it showed is used, what it left out is not called absent.
    """
    a_shop(fake, 150)
    source = Alone(fake)
    tokens: list[str] = []

    def circle(asked: Any, body: Any) -> Any:
        tokens.extend([asked.query["paginationToken"]] if "paginationToken" in asked.query else [])
        return body | {"pagination": {"nextToken": tokens[0] if tokens else body["pagination"]["nextToken"]}}

    fake.faults.add(Fault("searchOrders", spoil=circle, when=lambda asked: "createdAfter" in asked.query))
    source.poll()

    assert fake.calls("searchOrders") == 2
    assert source.mark["sides"]["orders_2026"]["walks"] == []


class Killed(BaseException):
    """
    The process is gone.
    """


@pytest.mark.parametrize("point", _POINTS)
def test_a_sweep_that_is_killed_anywhere_goes_on_where_it_was(fake: FakeSpapi, point: int) -> None:
    """
    Before and after each page is absorbed: no page more than one is asked for twice, no order is missed, doubled or called absent.
    """
    orders = a_shop(fake, 230)
    seller = watched(fake)
    seller.turn()
    fake.world.move(orders[0].order_id, EARLY, BEGIN + MINUTE)
    fake.world.move(orders[220].order_id, EARLY, BEGIN + MINUTE)
    passed = []

    def strike(at: object) -> None:
        passed.append(at)
        if len(passed) == point:
            raise Killed

    dying = seller.restarted()
    dying.house.patrol.reached = strike
    before = fake.calls("searchOrders")
    with pytest.raises(Killed):
        dying.turn(BEGIN + HOUR)
    survivor = dying.restarted()
    survivor.turn(BEGIN + HOUR + MINUTE)

    assert {each.finding.subject.order_id for each in survivor.findings()} == {orders[0].order_id, orders[220].order_id}
    assert len(seller.postbox.messages) == 1
    assert fake.calls("searchOrders") - before <= 1 + 3 + 1
    known = [survivor.preorder(order) for order in (orders[0], orders[150], orders[229])]
    assert all(line.listed and all(state.listed for state in line.states) for line in known)
    assert [len(line.moves) for line in known] == [1, 0, 0]


@pytest.mark.parametrize(("hours", "pages"), [(0.1, 2), (23, 2), (25, 0)], ids=["at once", "in time", "too late"])
def test_a_page_token_is_used_while_it_lives(fake: FakeSpapi, hours: float, pages: int) -> None:
    """
    After a crash the rest of the pages is read within the token's 24 hours; later the sweep begins anew.
    """
    a_shop(fake, 250)
    source = Alone(fake)
    mark = next(source.orders.poll(None, BEGIN)).mark
    source = Alone(fake, now=BEGIN + hours * HOUR, mark=mark)

    source.poll()

    asked = [each for each in fake.asked if each.at > BEGIN and "paginationToken" in each.query]
    first_question = fake.asked[1].query["createdAfter"]
    assert sum(each.query.get("createdAfter") == first_question for each in asked) == pages


def test_more_orders_than_a_burst_are_read_as_the_limit_allows(fake: FakeSpapi) -> None:
    """
    Five pages with two requests left: two at once, the rest one by one, and no refusal.
    """
    a_shop(fake, 450)
    fake.buckets.take("searchOrders", 0.0056, 20, BEGIN)
    fake.buckets.of["searchOrders"].left = 2
    bucket = {"rate": 0.0056, "tokens": 2.0, "at": BEGIN.isoformat(), "strikes": 0, "until": None}
    source = Alone(fake, mark={"session": {"buckets": {"searchOrders": bucket}}})

    source.until(BEGIN + 14 * MINUTE)

    assert source.rows == 450
    assert fake.throttled.total() == 0
    assert source.mark["sides"]["orders_2026"]["pages"] == 5


@pytest.mark.parametrize("status", [400, 403])
def test_what_is_only_useful_is_left_out_where_amazon_refuses_it(fake: FakeSpapi, status: int) -> None:
    """
    It is unconfirmed whether PAYMENT needs a role: refused, the ship dates alone are asked for, for a day; no fallback, no alarm.
    """
    a_shop(fake, 14)
    refused = Fault("searchOrders", status=status, code="Unauthorized", when=lambda asked: "PAYMENT" in asked.list("includedData"))
    fake.faults.add(refused)
    source = Alone(fake)

    source.until(BEGIN + 17 * MINUTE)
    source = Alone(fake, now=BEGIN + 26 * HOUR, mark=source.mark)
    fake.faults.end(refused)
    source.poll()

    included = [asked.query["includedData"] for asked in fake.asked if asked.operation == "searchOrders"]
    assert source.mark["speaks"] == "orders_2026"
    assert source.troubles == []
    assert sum("PAYMENT" in each for each in included if each) == (1 if status == 400 else 2) + 2
    assert "PAYMENT" in included[-1]
    assert source.mark["sides"]["orders_2026"]["plain_until"] is None


class TestTheOutageOfAugust2026:
    """
    26–27 August: every searchOrders that asks for FULFILLMENT is answered 400, the rest works.
    """

    begins = datetime(2026, 8, 26, 3, tzinfo=UTC)
    ends = datetime(2026, 8, 27, 9, tzinfo=UTC)

    def seller(self, fake: FakeSpapi) -> Watched:
        """
        Return a seller shortly before it begins.
        """
        fake.clock.set(self.begins - 9 * MINUTE)
        a_shop(fake, 14)
        fake.faults.add(fulfillment_refused(self.begins, self.ends))
        seller = watched(fake, now=self.begins - 9 * MINUTE)
        seller.until(self.begins)
        return seller

    def test_the_old_interface_speaks_within_one_increment(self, fake: FakeSpapi) -> None:
        """
        No turn goes blind: the one that is refused asks the old interface at once, and says so.
        """
        seller = self.seller(fake)

        seller.until(self.begins + 10 * MINUTE)

        assert [turn.troubles for turn in seller.turns if turn.troubles] == []
        assert seller.mark()["speaks"] == Interface.ORDERS_V0
        (switch,) = [fields for event, fields in seller.told if event == "source.switched"]
        assert (switch["from"], switch["to"]) == ("orders_2026", "orders_v0")
        first = next(asked for asked in fake.asked if asked.operation == "v0.getOrders")
        assert first.at - self.begins <= 4 * MINUTE

    def test_a_reset_during_the_outage_is_seen_through_the_old_interface(self, fake: FakeSpapi) -> None:
        """
        And confirmed by the new getOrder, which still works.
        """
        seller = self.seller(fake)
        seller.until(self.begins + 10 * MINUTE)
        odd = sorted(fake.world.orders)[3]
        fake.world.reset(odd, EARLY, self.begins + 10 * MINUTE, status="UNSHIPPED")

        seller.until(self.begins + 18 * MINUTE)

        (found,) = seller.findings()
        assert found.finding.subject.order_id == odd
        assert (found.finding.previous_ship_by, found.finding.ship_by) == (RELEASE, EARLY)
        assert fake.calls("getOrder") >= 1
        assert fake.throttled.total() == 0

    def test_the_way_back_is_tried_and_found(self, fake: FakeSpapi) -> None:
        """
        Every twelve minutes; a quarter of an hour after the repair the new interface speaks again, and nothing rang meanwhile.
        """
        seller = self.seller(fake)
        seller.until(self.begins + HOUR)
        tried = sum(asked.operation == "searchOrders" and asked.at >= self.begins for asked in fake.asked)
        seller.now = self.ends

        seller.until(self.ends + 15 * MINUTE)

        assert 8 <= tried <= 12  # with all that is useful, and with the ship dates alone
        assert seller.mark()["speaks"] == Interface.ORDERS_2026
        assert seller.mark()["trouble"] is None
        assert seller.postbox.messages == []

    def test_one_day_between_two_interfaces_is_no_move(self, fake: FakeSpapi) -> None:
        """
        The old interface may name a deadline one day apart (DOMAIN §5): no alarm at the switch, none at the way back.
        """
        seller = self.seller(fake)

        def a_day_earlier(body: Any) -> Any:
            for order in body["payload"]["Orders"]:
                order["LatestShipDate"] = "2026-09-13T14:59:59Z"
            return body

        fake.faults.add(spoilt(a_day_earlier, "v0.getOrders"))
        seller.until(self.begins + 15 * MINUTE)
        seller.now = self.ends
        seller.until(self.ends + 20 * MINUTE)

        assert seller.findings() == []

    def test_without_the_old_interface_a_file_is_asked_for(self, fake: FakeSpapi) -> None:
        """
        After 27 March 2027, or where v0 is refused too, every turn says what Amazon refuses, and the ways back are tried.
        """
        seller = self.seller(fake)
        refused = fake.faults.add(Fault("v0.getOrders", status=403, code="Unauthorized", message="Access to requested resource is denied."))
        seller.until(self.begins + HOUR / 2)
        blind = [turn for turn in seller.turns if turn.at > self.begins + 5 * MINUTE]
        fake.faults.end(refused)
        seller.until(self.begins + 1.2 * HOUR)

        assert blind
        assert all(turn.troubles for turn in blind)
        assert "file" in {fields["to"] for event, fields in seller.told if event == "source.switched"}
        assert seller.mark()["speaks"] == Interface.ORDERS_V0


def test_an_order_first_seen_by_the_old_interface_is_asked_for_with_its_items(fake: FakeSpapi) -> None:
    """
    ``getOrders`` shows none; of orders the log knows none are asked for.
    """
    a_shop(fake, 3)
    seller = watched(fake)
    seller.turn()
    fake.faults.add(fulfillment_refused(BEGIN, BEGIN + timedelta(days=9)))
    fake.world.order(CD, bought=BEGIN + MINUTE, ship_by=date(2026, 9, 7))

    seller.until(BEGIN + 20 * MINUTE)

    assert fake.calls("v0.getOrderItems") == 1
    assert len(seller.findings()) == 1


def test_after_march_2027_the_old_interface_is_not_asked(fake: FakeSpapi) -> None:
    """
    Amazon has announced its end.
    """
    now = datetime(2027, 3, 27, 1, tzinfo=UTC)
    a_shop(fake, 3)
    fake.faults.add(fulfillment_refused(BEGIN, now + timedelta(days=9)))
    source = Alone(fake, now=now)

    source.poll()

    assert fake.calls("v0.getOrders") == 0
    assert [trouble.code for trouble in source.troubles] == ["spapi_rejected"]
