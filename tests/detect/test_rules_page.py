"""
``docs/rules.md`` says what the table of rules does.
"""

from __future__ import annotations

from pathlib import Path

import watchdog.detect.rules
from tests.detect.write_rules import LOUD, NEEDS, PAGE, SURE, WHEN, drawn
from watchdog.detect.table import ORDER_RULES, PRODUCT_RULES
from watchdog.terms.finding import Cause, Confidence, Rule, Severity


def test_the_page_is_drawn_from_the_table() -> None:
    """
    The committed page is the drawn one.
    """
    assert PAGE.read_text(encoding="utf-8") == drawn()


def test_every_rule_has_its_section_and_its_file() -> None:
    """
    A rule nobody can read about is a rule nobody can check.
    """
    page = drawn()
    files = {path.stem for path in Path(watchdog.detect.rules.__file__).parent.glob("*.py")} - {"__init__"}

    assert [rule for rule in Rule if f"### {rule}\n" not in page] == []
    assert files == {rule.value for rule in Rule}


def test_every_word_of_a_finding_is_explained() -> None:
    """
    Rules, causes, confidences and severities are complete tables.
    """
    assert set(WHEN) == set(Rule)
    assert set(NEEDS) == set(Cause)
    assert set(SURE) == set(Confidence)
    assert set(LOUD) == set(Severity)


def test_every_row_of_the_table_is_on_the_page_in_its_order() -> None:
    """
    The page keeps the table's order: for products it is the order of precedence.
    """
    page = drawn()
    rules = [*(row.rule for row in ORDER_RULES), *(row.rule for row in PRODUCT_RULES)]
    places = [page.index(f"### {rule}\n") for rule in rules]

    assert places == sorted(places)
