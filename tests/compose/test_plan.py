"""
The improvement plan: Amazon's headings, logged facts, the seller's words; nothing prints with a field missing.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compose.makers_plan import BARE, RESET, answers, facts
from watchdog.compose.plan_form import answered, blank_form, read_form
from watchdog.compose.plan_words import CHECKS, FIELDS, HINTS, KINDS, NEXT, QUESTIONS
from watchdog.terms.case import Outcome
from watchdog.terms.errors import UsageError
from watchdog.terms.plan import PlanAnswers, PlanCheck, PlanField, PlanKind

if TYPE_CHECKING:
    from watchdog.compose.composer import Composer

GOLDEN = Path(__file__).parent / "golden_plans"


#: A product whose forty orders moved at once; three of them are listed, one was shipped.
_PRODUCT = tuple(replace(RESET, order_id=f"250-0000009-000000{number}", was=None, ended_on=None, ticket_on=None) for number in (1, 2))
PLANS = {
    **{kind.value: facts(kind) for kind in PlanKind},
    "late-product": facts(
        orders=(RESET, *_PRODUCT, replace(_PRODUCT[0], order_id="250-0000009-0000003", was=Outcome.SHIPPED_LATE)), unnamed=37
    ),
}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", PLANS)
def test_a_plan_is_as_it_was_approved(composer: Composer, name: str, language: str, *, rewriting: bool) -> None:
    """
    Each kind in both languages; ``make golden`` writes the files anew for review.
    """
    paper = composer.plan(PLANS[name], answers(PLANS[name].kind), language=language)
    path = GOLDEN / f"{name}.{language}.txt"
    text = f"{paper.subject}\n\n{paper.text}"
    if rewriting:
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    assert text == path.read_text(encoding="utf-8")


_EMPTY: list[tuple[str, dict[str, Any], str]] = [
    ("cause", {"cause": ""}, "--cause"),
    ("prevention", {"prevention": ""}, "--prevention"),
    ("effect", {"effect": ""}, "--effect"),
    ("done by", {"done_by": None}, "--done-by"),
    ("effective", {"effective": ""}, "--effective"),
    ("person", {"person": ""}, "--person"),
    ("rules", {"read_rules": False}, "--confirm-rules"),
    ("true", {"is_true": False}, "--confirm-true"),
]


@pytest.mark.parametrize(("changes", "option"), [row[1:] for row in _EMPTY], ids=[row[0] for row in _EMPTY])
def test_a_missing_field_is_named_and_nothing_prints(composer: Composer, changes: dict[str, Any], option: str) -> None:
    """
    With the option that fills it in.
    """
    paper = composer.plan(facts(), answers(**changes), language="ja")

    assert (paper.text, len(paper.missing)) == ("", 1)
    assert option in paper.missing[0]


@pytest.mark.parametrize("kind", list(PlanKind))
def test_each_kind_asks_for_its_own_checks(composer: Composer, kind: PlanKind) -> None:
    """
    Handling time for late shipments, stock in step with other shops for cancellations, reply times for defects.
    """
    bare = composer.plan(facts(kind), answers(kind, checks={}), language="en")

    assert [name.split("--check ")[1].rstrip("=…)") for name in bare.missing] == list(kind.checks)
    marks = {PlanKind.LATE: "handling_time", PlanKind.CANCEL: "stock_sync", PlanKind.DEFECT: "reply_times"}
    assert marks[kind] in kind.checks


def test_without_any_logged_fact_the_seller_says_the_violation(composer: Composer) -> None:
    """
    Only then it is asked for.
    """
    empty = facts(figures=(), targets=(), orders=())

    assert "--violation" in composer.plan(empty, answers(), language="ja").missing[0]
    told = composer.plan(empty, answers(violation="8月に3件の出荷が遅れました。"), language="ja")
    assert "8月に3件の出荷が遅れました。" in told.text


def test_nothing_is_claimed_that_is_not_on_record(composer: Composer) -> None:
    """
    Neither a move nobody saw, nor a correction nobody made, nor a watch that is not kept; and nobody is blamed.
    """
    text = composer.plan(facts(orders=(BARE,), watched_since=None), answers(), language="ja").text

    assert "変わり" not in text and "すでに行った対応" not in text and "記録し" not in text
    blamed = composer.plan(facts(), answers(), language="ja").text
    assert not [word for word in ("Amazonのシステム", "Amazonの不具合", "購入者が変更", "システムエラー") if word in blamed]


@pytest.mark.parametrize(("language", "more"), [("ja", "ほか37件"), ("en", "37 more pre-orders")])
def test_orders_that_are_not_listed_are_counted(composer: Composer, language: str, more: str) -> None:
    """
    Listed or not, they are part of the whole number; the form says the same; where all are listed nothing is added.
    """
    few = PLANS["late-product"]
    told = composer.plan(few, answers(), language=language).text

    assert more in told and ("（41件）" if language == "ja" else "(41)") in told
    assert more in blank_form(few, PlanAnswers(), language=language)
    assert more not in composer.plan(replace(few, unnamed=0), answers(), language=language).text


@pytest.mark.parametrize(
    ("was", "ticket", "told"),
    [
        (Outcome.SHIPPED_LATE, True, "訂正を依頼し、2026年9月14日(月)に出荷を確認しました。"),
        (None, True, "2026年9月5日(土)にテクニカルサポートへ出荷予定日の訂正を依頼しました。"),
        (Outcome.CANCELLED_BY_AMAZON, False, "2026年9月14日(月)にAmazonによるキャンセルを確認しました。"),
    ],
    ids=["both", "ticket alone", "outcome alone"],
)
def test_what_was_done_is_told_with_its_day(composer: Composer, was: Outcome | None, told: str, *, ticket: bool) -> None:
    """
    As far as it is on record.
    """
    order = replace(RESET, was=was, ticket_on=RESET.ticket_on if ticket else None)

    assert told in composer.plan(facts(orders=(order,)), answers(), language="ja").text


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("kind", list(PlanKind))
def test_a_form_comes_back_as_it_was_filled(kind: PlanKind, language: str) -> None:
    """
    Whatever the language: every answer, on several lines where it has them.
    """
    full = answers(kind, violation="一つ目\n二つ目", prevention="・一\n・二\n\n・三")

    assert read_form(blank_form(facts(kind), full, language=language)) == full
    assert read_form(blank_form(facts(kind), PlanAnswers(), language=language)) == PlanAnswers()


@given(text=st.text(st.sampled_from("#[]cause_\\ \n*一・"), max_size=40))
def test_an_answer_may_look_like_the_form_itself(text: str) -> None:
    """
    A line with a mark or a bracket in front of it comes back, too; blanks at the ends are nobody's words.
    """
    said = "\n".join(line.rstrip() for line in text.split("\n")).strip()
    full = answers(prevention=said)

    assert read_form(blank_form(facts(), full, language="ja")).prevention == said


def test_an_editor_may_mangle_line_ends_and_marks() -> None:
    """
    Windows' line ends, blanks, ``はい`` for yes; an empty field keeps what was typed as an option.
    """
    form = "# comment\r\n[cause] anything\r\n  遅れました。  \r\n[ is_true]\r\n[is_true]\r\nはい\r\n[person]\r\n\r\n"
    found = read_form(form, PlanAnswers(person="見本"))

    assert (found.cause, found.is_true, found.person) == ("遅れました。\n[ is_true]", True, "見本")


@pytest.mark.parametrize(
    ("name", "answer", "code"),
    [
        ("colour", "red", "plan_field_unknown"),
        ("done_by", "soon", "date_unreadable"),
        ("effective", "October", "month_unreadable"),
        ("effective", "2026-13", "month_unreadable"),
    ],
)
def test_an_answer_that_is_none_is_refused(name: str, answer: str, code: str) -> None:
    """
    With how it is written.
    """
    with pytest.raises(UsageError) as caught:
        answered(PlanAnswers(), name, answer)

    assert caught.value.code == code


def test_every_field_and_check_has_its_words() -> None:
    """
    In both languages, none left over.
    """
    assert (set(FIELDS), set(HINTS), set(KINDS)) == (set(PlanField), set(PlanField), set(PlanKind))
    assert set(CHECKS) == set(QUESTIONS) == set(PlanCheck) == {check for kind in PlanKind for check in kind.checks}


def test_what_happens_next_is_told_with_its_source_and_without_a_promise() -> None:
    """
    Where it goes, by when, when an answer comes, what may happen meanwhile.
    """
    told = [both.ja for both in NEXT]

    assert all("[" in line for line in told[:-1])
    assert not [line for line in told if "必ず" in line or "再開されます" in line]
