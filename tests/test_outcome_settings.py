"""
The hours of reminders and the days of the digest, as a seller writes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from watchdog.settings import Settings, load
from watchdog.terms.digest import EVERY_DAY
from watchdog.terms.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path


def loaded(folder: Path, **environ: str) -> Settings:
    """
    Return the settings of this environment alone.
    """
    return load(environ={"HOME": str(folder), "PREORDER_STATE_DIR": str(folder), **environ}, cwd=folder)


@pytest.mark.parametrize(
    ("text", "hours"),
    [("72,24,4", (72, 24, 4)), ("4、24", (24, 4)), ("12", (12,)), (" 6 , 6 ,48", (48, 6))],
)
def test_reminders_are_hours_the_longest_first(tmp_path: Path, text: str, hours: tuple[int, ...]) -> None:
    """
    Each once, whatever comma the keyboard has.
    """
    assert loaded(tmp_path, PREORDER_REMINDERS=text).policy.reminders == hours


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("daily", EVERY_DAY),
        ("weekdays", EVERY_DAY[:5]),
        ("off", ()),
        ("thu,Mon", ("mon", "thu")),
        ("月、木", ("mon", "thu")),
        ("土曜,日曜", ("sat", "sun")),
        ("monday friday", ("mon", "fri")),
    ],
)
def test_days_of_the_digest_are_written_as_people_write_them(tmp_path: Path, text: str, days: tuple[str, ...]) -> None:
    """
    In the order of the week.
    """
    assert loaded(tmp_path, PREORDER_DIGEST_DAYS=text).digest_days == days


@pytest.mark.parametrize(
    "fault",
    [
        {"PREORDER_REMINDERS": "soon"},
        {"PREORDER_REMINDERS": "0,24"},
        {"PREORDER_REMINDERS": ","},
        {"PREORDER_DIGEST_DAYS": "someday"},
        {"PREORDER_DIGEST_AT": "8 o'clock"},
    ],
)
def test_what_is_no_hour_or_day_is_refused_with_its_option(tmp_path: Path, fault: dict[str, str]) -> None:
    """
    The problem names it.
    """
    with pytest.raises(ConfigError) as refused:
        loaded(tmp_path, **fault)

    assert next(iter(fault)) in str(refused.value.values)
