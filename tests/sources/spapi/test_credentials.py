"""
The settings of the API mode: all three credentials or none, one region, nothing in the clear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from watchdog.assemble.settled import account_of
from watchdog.assemble.spapi import session_of
from watchdog.settings import load
from watchdog.terms.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = {
    "PREORDER_SPAPI_CLIENT_ID": "amzn1.application-oa2-client.me",
    "PREORDER_SPAPI_CLIENT_SECRET": "amzn1.oa2-cs.v1.hush",
    "PREORDER_SPAPI_REFRESH_TOKEN": "Atzr|hush",
    "PREORDER_LANGUAGE": "en",
}


def environment(folder: Path, **more: str) -> dict[str, str]:
    """
    Return the environment of a seller with credentials.
    """
    return {"PREORDER_STATE_DIR": str(folder), "HOME": str(folder), **WHOLE, **{f"PREORDER_{name}": value for name, value in more.items()}}


@pytest.mark.parametrize(("country", "host"), [("JP", "-fe"), ("DE", "-eu"), ("US", "-na")])
def test_the_session_asks_the_region_of_the_marketplace(tmp_path: Path, country: str, host: str) -> None:
    """
    Unless an endpoint is set.
    """
    settings = load(environ=environment(tmp_path, MARKETPLACE_IDS=country), cwd=tmp_path)
    session = session_of(settings, account_of(settings))

    assert session is not None
    assert session.host == f"https://sellingpartnerapi{host}.amazon.com"


def test_without_credentials_nobody_is_asked(tmp_path: Path) -> None:
    """
    Files alone are watched.
    """
    settings = load(environ={"PREORDER_STATE_DIR": str(tmp_path), "HOME": str(tmp_path)}, cwd=tmp_path)

    assert session_of(settings, account_of(settings)) is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"SPAPI_REFRESH_TOKEN": ""}, "PREORDER_SPAPI_REFRESH_TOKEN (not set) is missing; it is needed with PREORDER_SPAPI_CLIENT_ID"),
        ({"MARKETPLACE_IDS": "JP,US"}, "holds marketplaces of different regions (fe, na)"),
        ({"SPAPI_ENDPOINT": "http://example.com"}, "must begin with https:// (http:// only on this machine)"),
        ({"LWA_ENDPOINT": "ftp://127.0.0.1/"}, "must begin with https:// (http:// only on this machine)"),
    ],
    ids=["half", "two-regions", "clear-text", "no-http"],
)
def test_what_cannot_work_is_said_at_the_start(tmp_path: Path, change: dict[str, str], said: str) -> None:
    """
    Not by a refusal in the night.
    """
    with pytest.raises(ConfigError) as told:
        load(environ=environment(tmp_path, **change), cwd=tmp_path)

    assert said in "\n".join(told.value.problems)
    assert "hush" not in "\n".join(told.value.problems)
