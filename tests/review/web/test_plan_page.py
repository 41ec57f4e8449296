"""
The improvement plan on the review page: what the log puts in, what is missing, the text to copy, and what was handed in before.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

from tests.compose.makers_plan import answers
from tests.review.web.browsing import Visitor, forms_of
from tests.review.web.conftest import front_over, visit
from tests.stories.seller import noon
from watchdog.compose.plan_words import FIELDS
from watchdog.review.web.texts import told
from watchdog.routines.planner import Planner
from watchdog.terms.marketplace import JAPAN
from watchdog.terms.plan import PlanField, PlanKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.stories.seller import Seller
    from watchdog.review.web.front import Front

NOW = noon("2026-09-16 12:30")
WORDS = answers()
FILLED = {
    **{check.value: text for check, text in WORDS.checks.items()},
    "cause": WORDS.cause,
    "prevention": WORDS.prevention,
    "effect": WORDS.effect,
    "person": WORDS.person,
    "done_by": "2026-09-25",
    "effective": "2026-10",
    "read_rules": "yes",
    "is_true": "yes",
}


@pytest.fixture
def late(seller: Seller) -> Iterator[Front]:
    """
    The page's parts ten days later: two orders are past a ship-by date that lay before the release.
    """
    with front_over(seller.state) as parts:
        yield parts


@pytest.fixture
def writer(late: Front) -> Visitor:
    """
    The seller who must hand in a plan.
    """
    return visit(late, clock=lambda: NOW)


def looked(writer: Visitor, **changes: str) -> str:
    """
    Return the page after the form was sent.
    """
    return writer.sends("/plan", {"kind": "late", "lang": "ja", "act": "look", **FILLED, **changes}).text


def shown(page: str) -> str:
    """
    Return the plan that can be copied; empty where there is none.
    """
    found = re.search(r'<textarea id="text"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    return html.unescape(found[1]) if found else ""


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("kind", PlanKind)
def test_each_kind_asks_its_own_questions_in_both_languages(late: Front, kind: PlanKind, language: str) -> None:
    """
    Every field of the command's form is there under its heading; nothing is called missing before anything was sent.
    """
    reader = visit(late, clock=lambda: NOW)
    reader.cookies.set("lang", language)
    page = reader.sees(f"/plan?kind={kind.value}").text

    asked = late.plan_words.questions(kind, language)

    assert {each.name for each in asked} == {*PlanField, *kind.checks}
    assert all(f'name="{each.name}"' in page for each in asked)
    assert all(html.escape(each.title) in page for each in asked if each.name not in {"read_rules", "is_true"})
    assert told("plan_lacking_more", language) not in page
    assert reader.log == []


def test_the_health_page_leads_there(writer: Visitor) -> None:
    """
    Each target has its link, also before any figure is known.
    """
    assert {f"/plan?kind={kind.value}" for kind in PlanKind} <= set(writer.links("/health"))


def test_what_is_missing_is_named_and_nothing_typed_is_lost(writer: Visitor) -> None:
    """
    No text with a field empty; the empty ones are linked, what was typed stands where it stood.
    """
    page = looked(writer, cause="  ", is_true="", prevention="・毎朝確認\r\n・毎週更新")

    assert shown(page) == ""
    assert told("plan_lacking", "ja", count=2) in page
    assert f'<a href="#cause">{FIELDS[PlanField.CAUSE].ja}</a>' in page
    assert "・毎朝確認\n・毎週更新</textarea>" in page
    assert f'value="{FILLED["person"]}"' in page


def test_the_text_is_the_command_s_own(writer: Visitor, late: Front) -> None:
    """
    The same planner writes it: logged orders and figures, the seller's words, in the language that was chosen.
    """
    house = late.house
    planner = Planner(house.store, house.composer, house.account)
    facts = planner.facts(PlanKind.LATE, JAPAN, now=NOW)
    plans = {language: planner.write(facts, WORDS, language=language).strip() for language in ("ja", "en")}

    assert facts.orders
    assert {language: shown(looked(writer, lang=language)).strip() for language in plans} == plans


def test_a_plan_that_was_handed_in_is_kept_and_held_against_the_next(writer: Visitor) -> None:
    """
    It is listed with who noted it; a plan that then names another cause is shown with the contradiction, and all the same complete.
    """
    writer.sends("/name", {"by": "田中"})
    form = next(each.values for each in forms_of(looked(writer)) if "seen" in each.values)
    answer = writer.posts("/plan", {**form, "act": "submitted"})
    kept = writer.sees(answer.headers["location"]).text
    other = looked(writer, cause="倉庫の引っ越しで確認が止まっていました。")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/plan?kind=late&place={JAPAN}&lang=ja&done=1")
    assert told("plan_done", "ja", number=1) in kept
    assert "田中" in kept
    assert FILLED["cause"] in kept
    assert told("plan_contradicts", "ja") in other
    assert "倉庫の引っ越し" in shown(other)
    assert told("plan_contradicts", "ja") not in looked(writer)


def test_a_text_that_has_changed_since_is_not_noted(writer: Visitor) -> None:
    """
    What is kept is what was shown; anything else is shown anew first.
    """
    form = next(each.values for each in forms_of(looked(writer)) if "seen" in each.values)
    answer = writer.posts("/plan", {**form, "person": "別人", "act": "submitted"})

    assert answer.status_code == 200
    assert told("plan_changed", "ja") in answer.text
    assert told("plan_earlier", "ja") not in writer.sees("/plan").text


@pytest.mark.parametrize(
    ("name", "typed"),
    [("done_by", "来月"), ("effective", "2026-13"), ("cause", "長" * 2001), ("person", "<script>alert(1)</script>" * 100)],
)
def test_what_makes_no_sense_is_said_beside_its_field(writer: Visitor, name: str, typed: str) -> None:
    """
    The reason stands there, what was typed stands there too, harmless, and no text is shown.
    """
    page = looked(writer, **{name: typed})

    assert shown(page) == ""
    assert f'id="{name}-wrong"' in page
    assert html.escape(typed) in page
    assert "<script>alert" not in page


def test_an_address_that_makes_no_sense_asks_for_the_usual_plan(writer: Visitor) -> None:
    """
    An unknown kind, place or language is none; a form without the token changes nothing.
    """
    page = writer.sees("/plan?kind=rm&place=XX&lang=xx&done=-1").text

    assert 'name="handling_time"' in page
    assert writer.posts("/plan", {"kind": "late", "act": "submitted", **FILLED}).status_code == 403
    assert writer.refusals() == ["token"]
