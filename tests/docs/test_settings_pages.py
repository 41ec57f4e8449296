"""
What the pages say of settings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import READMES, Block, blocks, pages, text_of
from tests.docs.write_settings import PAGES
from watchdog.settings import load, options

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = {f"PREORDER_{name.upper()}" for name in options()} | {"PREORDER_ENV_FILE", "PREORDER_SECRETS_DIR"}
FILES = tuple(block for page in pages() for block in blocks(page) if block.language == "ini" and "PREORDER_" in block.text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_generated_page_is_what_the_table_draws(page: Path) -> None:
    """
    ``python -m tests.docs.write_settings`` changes nothing.
    """
    assert page.read_text(encoding="utf-8") == PAGES[page]()


def test_every_setting_that_is_named_exists() -> None:
    """
    A name that ends in ``_`` stands for all that begin so.
    """
    named = {name for page in pages() if not page.startswith("docs/adr") for name in re.findall(r"PREORDER_[A-Z_]+", text_of(page))}

    assert {name for name in named if not any(known == name or (name.endswith("_") and known.startswith(name)) for known in KNOWN)} == set()


@pytest.mark.parametrize("block", FILES, ids=lambda block: f"{block.page}:{block.line}")
def test_an_example_of_settings_is_accepted(block: Block, tmp_path: Path) -> None:
    """
    Every ``.env`` of the pages loads as it stands.
    """
    path = tmp_path / ".env"
    path.write_text(block.text, encoding="utf-8")
    path.chmod(0o600)

    settings = load({}, {"PREORDER_ENV_FILE": str(path), "HOME": str(tmp_path)}, cwd=tmp_path)

    assert set(settings.came_from.values()) >= {str(path)}


@pytest.mark.parametrize("page", READMES)
def test_both_readmes_show_how_alerts_are_set_up(page: str) -> None:
    """
    Slack and e-mail have an example each.
    """
    named = {name for block in FILES if block.page == page for name in re.findall(r"^PREORDER_[A-Z_]+", block.text, re.MULTILINE)}

    assert named >= {"PREORDER_SLACK_WEBHOOK_URL", "PREORDER_EMAIL_TO", "PREORDER_SMTP_HOST", "PREORDER_SMTP_PASSWORD"}
