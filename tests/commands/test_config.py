"""
The settings: checked, shown, and as an example file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.settings import options

if TYPE_CHECKING:
    import pytest

    from tests.stories.seller import Seller


def test_with_nothing_set_the_check_says_where_things_are(seller: Seller) -> None:
    """
    The inbox and the log, and nothing is made.
    """
    told = seller.runs("config", "check")

    assert str(seller.inbox) in told
    assert str(seller.state / "watchdog.db") in told
    assert not (seller.state / "watchdog.db").exists()


def test_every_option_in_use_is_shown_with_its_value_and_where_it_came_from(seller: Seller) -> None:
    """
    One line each; the searched places follow.
    """
    lines = seller.runs("config", "show").splitlines()

    assert f"PREORDER_STATE_DIR={seller.state}  # environment" in lines
    assert [line.partition("=")[0] for line in lines if line.startswith("PREORDER_")] == [f"PREORDER_{name.upper()}" for name in options()]
    assert any(str(seller.folder / ".env") in line for line in lines if line.startswith("# "))


def test_a_secret_is_shown_as_stars(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Also to the seller himself: a screen is seen by others.
    """
    monkeypatch.setenv("PREORDER_SLACK_WEBHOOK_URL", "https://hooks.slack.com/services/T0/B0/hushhush")
    told = seller.runs("config", "show") + seller.runs("config", "check")

    assert "hushhush" not in told
    assert "PREORDER_SLACK_WEBHOOK_URL=***  # environment" in told


def test_the_example_file_is_accepted_as_it_stands(seller: Seller) -> None:
    """
    Written to ``.env``, it changes nothing and is no error.
    """
    example = seller.runs("config", "example")
    (seller.folder / ".env").write_text(example, encoding="utf-8")

    assert "settings are fine" in seller.runs("config", "check")
    assert all(f"PREORDER_{name.upper()}" in example for name in options())


def test_every_line_of_the_example_is_a_name_of_ours(seller: Seller) -> None:
    """
    With the comment sign taken away, each is known; what needs company or another value may say so, but no name is strange.
    """
    example = seller.runs("config", "example").splitlines()
    named = [line.lstrip("# ").partition("=")[0] for line in example if line.lstrip("# ").startswith("PREORDER_") and "=" in line]

    assert set(named) == {f"PREORDER_{name.upper()}" for name in options()}


def test_a_template_of_the_sellers_own_that_cannot_be_used_is_told_by_the_check(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    An error at the check, not in a ticket.
    """
    own = seller.folder / "letters"
    (own / "ja").mkdir(parents=True)
    (own / "ja" / "ticket.txt").write_text("{{ buyer_name }}", encoding="utf-8")
    monkeypatch.setenv("PREORDER_TEMPLATES_DIR", str(own))
    seller.runs("config", "check", expect=78)

    assert "ja/ticket.txt" in seller.errors
    assert "buyer_name" in seller.errors


def test_a_severity_for_a_channel_that_is_not_set_up_is_found(seller: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Urgent alerts to nobody would be silence; the sentence names what is set up.
    """
    monkeypatch.setenv("PREORDER_URGENT_CHANNELS", "pigeon")

    seller.runs("config", "check", expect=78)

    assert "PREORDER_URGENT_CHANNELS" in seller.errors and "pigeon" in seller.errors and "console" in seller.errors
