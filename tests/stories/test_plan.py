"""
A seller whose rate missed its target writes a plan from his own log, hands it in, and is reminded of it the next time.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.compose.makers_plan import answers
from tests.stories.seller import Seller, fourteen, noon
from watchdog import assemble
from watchdog.commands import speech
from watchdog.routines.planner import Planner
from watchdog.terms.errors import PlanIncomplete
from watchdog.terms.marketplace import JAPAN
from watchdog.terms.plan import PlanAnswers, PlanFacts, PlanKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILLED = (
    *("--cause", "予約注文の出荷予定日を確認していませんでした。", "--prevention", "・毎朝確認します。", "--effect", "遅延を防げます。"),
    *("--done-by", "2026-09-25", "--effective", "2026-10", "--person", "見本 花子", "--check", "handling_time=2日"),
    *("--check", "shipping_work=当日出荷", "--check", "preorder_dates=毎朝", "--confirm-rules", "--confirm-true"),
)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    The state folder of a seller one of whose pre-orders was reset and shipped on its release date, which is late.
    """
    with pytest.MonkeyPatch.context() as patch:
        seller = Seller(tmp_path_factory.mktemp("lived"), patch)
        orders = fourteen()
        reset = orders[6].but(ship_by="2026-09-08", status="UNSHIPPED")
        shipped = reset.but(status="SHIPPED", updated="2026-09-14T03:00:00Z")
        seller.lists_release("2026-09-14", seen="2026-09-01")
        for day, seventh in (("03", orders[6]), ("05", reset), ("10", reset), ("14", shipped)):
            seller.drops_orders([*orders[:6], seventh, *orders[7:]], seen=f"2026-09-{day}", name=f"orders-{day}.json")
            seller.checks(f"2026-09-{day} 13:00")
        seller.runs("health", "enter", "late", "--days", "30", "--orders", "20", "--count", "1", "--as-of", "2026-09-15")
    return seller.state


@pytest.fixture
def late(seller: Seller, lived: Path) -> Seller:
    """
    That seller, with a log of his own.
    """
    shutil.copytree(lived, seller.state, dirs_exist_ok=True)
    return seller


@pytest.fixture
def planner(late: Seller) -> Iterator[Planner]:
    """
    The planner of that seller's house.
    """
    house = assemble.house(speech.settings(), create=False)
    yield Planner(house.store, house.composer, house.account)
    house.close()


def known(planner: Planner, when: str) -> PlanFacts:
    """
    Return what the log knows at that moment.
    """
    return planner.facts(PlanKind.LATE, JAPAN, now=noon(when))


def test_the_log_knows_which_orders_on_which_dates(planner: Planner) -> None:
    """
    The late order with its ship-by before and after, its release date and the day it was shipped; the thirteen others are not in it.
    """
    facts = known(planner, "2026-09-16")
    [order] = facts.orders
    text = planner.write(facts, answers(), language="ja")

    assert (order.order_id, f"{order.ship_by}", f"{order.previous_ship_by}") == ("250-0000000-0000007", "2026-09-08", "2026-09-14")
    assert f"{order.ended_on}" == "2026-09-14" and f"{facts.watched_since}" == "2026-09-03"
    assert "20件中1件" in text and "2026年9月14日(月)に出荷を確認しました" in text


def test_orders_of_long_ago_are_no_part_of_it(planner: Planner) -> None:
    """
    The longest window is sixty days.
    """
    assert known(planner, "2026-12-01").orders == ()


def test_a_plan_with_nothing_filled_in_names_everything(planner: Planner) -> None:
    """
    In the seller's words.
    """
    with pytest.raises(PlanIncomplete) as caught:
        planner.write(known(planner, "2026-09-16"), PlanAnswers(), language="ja")

    assert str(caught.value.values["missing"]).count("\n") == 10


def test_the_command_refuses_then_prints_then_keeps(late: Seller) -> None:
    """
    Refused with exit code 1; printed with where it goes on stderr; kept, shown again, and held against the next one.
    """
    late.runs("plan", expect=1)
    assert "--cause" in late.errors
    text = late.runs("plan", *FILLED, "--submitted", "--by", "花子")
    assert text.startswith("改善計画") and "説明する" in late.errors and "提出した改善計画 1" in late.errors
    assert "予約注文の出荷予定日を確認していませんでした。" in late.runs("plan", "--earlier")
    late.runs("plan", *FILLED, "--person", "別人 太郎")

    assert "「見本 花子」" in late.errors and "「別人 太郎」" in late.errors


def test_handed_in_twice_it_is_kept_once(late: Seller) -> None:
    """
    The same text is the same plan; before the first one it says how to note one.
    """
    assert "--submitted" in late.runs("plan", "--earlier")
    late.runs("plan", *FILLED, "--submitted")
    late.runs("plan", *FILLED, "--submitted")

    assert late.runs("plan", "--earlier").count("SHA-256") == 1


def test_a_form_is_written_filled_and_read(late: Seller) -> None:
    """
    With any editor; options on top of it.
    """
    form, plan = late.folder / "form.txt", late.folder / "plan.txt"
    late.runs("plan", *FILLED[2:], "--form", f"{form}")
    filled = form.read_text(encoding="utf-8").replace("[cause]", "[cause]\n確認が遅れました。\n#")
    form.write_bytes(filled.replace("\n", "\r\n").encode("utf-8-sig"))
    late.runs("plan", "--from", f"{form}", "--lang", "en", "--to", f"{plan}")

    assert "確認が遅れました。" in plan.read_text(encoding="utf-8")
    assert plan.read_text(encoding="utf-8").startswith("Plan of action")


def test_what_no_field_can_take_is_refused(late: Seller) -> None:
    """
    Exit code 2, with how to write it.
    """
    for arguments in (("--check", "colour=red"), ("--check", "handling_time"), ("--done-by", "soon"), ("--effective", "x")):
        late.runs("plan", *arguments, expect=2)
        assert arguments[1] in late.errors


def test_an_editor_fills_the_form_in(late: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    The form is opened with what is answered already; what the editor saves is read.
    """
    editor = late.folder / "editor.sh"
    editor.write_text(
        "#!/bin/sh\nsed -i 's/^\\[cause\\].*/&\\nwritten in the editor/' \"$1\"\ntouch -d '+1 hour' \"$1\"\n", encoding="utf-8"
    )
    editor.chmod(0o700)
    monkeypatch.setenv("VISUAL", f"{editor}")

    assert "written in the editor" in late.runs("plan", *FILLED[2:], "--edit")


@pytest.fixture
def listing(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> Iterator[Planner]:
    """
    The planner of a seller all of whose fourteen orders were reset at once; one was shipped on the release date, one bought back its date.
    """
    monkeypatch.setenv("PREORDER_EXAMPLES", "5")
    orders, reset = fourteen(), fourteen(ship_by="2026-09-08", status="UNSHIPPED")
    shipped = reset[0].but(status="SHIPPED", updated="2026-09-14T03:00:00Z")
    healed = reset[1].but(ship_by="2026-09-24")
    seller.lists_release("2026-09-14", seen="2026-09-01")
    for day, seen in (("03", orders), ("05", reset), ("10", reset), ("14", [shipped, healed, *reset[2:]])):
        seller.drops_orders(seen, seen=f"2026-09-{day}", name=f"orders-{day}.json")
        seller.checks(f"2026-09-{day} 13:00")
    house = assemble.house(speech.settings(), create=False)
    yield Planner(house.store, house.composer, house.account)
    house.close()


def test_orders_of_a_product_s_case_stand_in_the_plan(listing: Planner) -> None:
    """
    The first of them with how they ended, the others counted; the one whose date came back is neither.

    Before the ship-by has passed nothing is late, and sixty days later it is no part of a plan any more.
    """
    facts = known(listing, "2026-09-16")
    numbers = [int(order.order_id[-7:]) for order in facts.orders]

    assert (numbers, facts.unnamed) == ([1, 3, 4, 5, 6], 8)
    assert [(order.was, f"{order.ended_on}") for order in facts.orders[:2]] == [("shipped_late", "2026-09-14"), (None, "None")]
    assert {(f"{order.ship_by}", f"{order.previous_ship_by}") for order in facts.orders} == {("2026-09-08", "2026-09-14")}
    assert "250-0000000-0000001ほか4件は" in listing.write(facts, answers(), language="ja")
    assert [(each.orders, each.unnamed) for each in (known(listing, "2026-09-08"), known(listing, "2026-12-01"))] == [((), 0)] * 2
