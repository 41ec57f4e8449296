"""
Settings and doctor on the review page: the reader's own settings first, what is to be done first, no secret.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.architecture.source import ROOT, modules
from watchdog.commands.review import shown_settings
from watchdog.review.web.texts import TEXTS, told
from watchdog.settings import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.review.web.browsing import Visitor
    from tests.stories.seller import Seller


def test_secrets_are_masked_on_the_settings_page(opened: Callable[..., Visitor], seller: Seller) -> None:
    """
    A secret that is set shows as three stars, whatever else is shown.
    """
    given = {"PREORDER_STATE_DIR": str(seller.state), "PREORDER_SMTP_USERNAME": "w", "PREORDER_SMTP_PASSWORD": "hush-password"}
    settings = load(environ=given)

    page = opened(settings=lambda language: shown_settings(settings, language)).sees("/program").text

    assert "PREORDER_SMTP_PASSWORD" in page
    assert "***" in page
    assert "hush" not in page


def test_what_is_set_stands_first_and_the_rest_under_its_headings(opened: Callable[..., Visitor], seller: Seller) -> None:
    """
    Of a hundred settings the reader sees his own; the others are folded away, each group under its name in his language.
    """
    settings = load(environ={"PREORDER_STATE_DIR": str(seller.state), "PREORDER_QUIET_HOURS": "22:00-07:00"})

    page = opened(settings=lambda language: shown_settings(settings, language)).sees("/program").text
    own, _, rest = page.partition(told("settings_rest", "ja"))

    assert "PREORDER_QUIET_HOURS" in own
    assert "PREORDER_DIGEST_AT" not in own
    assert "PREORDER_DIGEST_AT" in rest
    assert "PREORDER_QUIET_HOURS" not in rest
    assert "<summary>通知先 (" in rest


def test_the_doctor_says_first_what_is_to_be_done(visitor: Visitor) -> None:
    """
    What must be seen to comes before what is well, in plain words: no instant and no source as programs write them.
    """
    page = visitor.sees("/program?examine=1").text
    found = page.partition('role="status"')[2].partition('aria-labelledby="settings"')[0]

    assert told("point_sources", "ja") in found
    assert "受信フォルダ" in found
    assert not re.search(r"\d{4}-\d\d-\d\dT", found)
    assert found.index(told("ailment_note", "ja")) < found.index(told("ailment_ok", "ja"))


def test_everything_the_doctor_examines_has_a_name_on_the_page() -> None:
    """
    A new point brings its name in both languages.
    """
    texts = [(ROOT / name).read_text("utf-8") for name in modules("watchdog/doctor")]
    names = {name for text in texts for name in re.findall(r'\b(?:well|skipped|failed|Point)\(\s*"([a-z ]+)"', text)}

    assert len(names) > 10
    assert {f"point_{name.replace(' ', '_')}" for name in names} - TEXTS.keys() == set()
