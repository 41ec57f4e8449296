"""
The stage on which the pages are played: a seller on the morning of 4 September 2026, with the incident in the log.
"""

from __future__ import annotations

import json
import os
import shutil
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
import time_machine

from tests.docs.stage import MORNING, SAMPLES, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    A home in which the shipped files were dropped and checked, each at its time.
    """
    home = tmp_path_factory.mktemp("rehearsed")
    stage = Stage(home)
    story = json.loads((SAMPLES / "incident.json").read_text("utf-8"))
    for file in story["files"]:
        seen = datetime.fromisoformat(file["as_of"])
        dropped = stage.state / "inbox" / file["name"]
        dropped.parent.mkdir(parents=True, exist_ok=True)
        dropped.write_bytes((SAMPLES / file["name"]).read_bytes())
        os.utime(dropped, (seen.timestamp(), seen.timestamp()))
        with time_machine.travel(seen.timestamp() + 60, tick=False):
            answer = stage.plays("preorder-watchdog check", language="en")
        assert answer.code == 0, answer.text
    return home


@pytest.fixture
def stage(rehearsed: Path, tmp_path: Path) -> Iterator[Stage]:
    """
    A copy of that home, on the morning the reset order was found.
    """
    home = tmp_path / "home"
    shutil.copytree(rehearsed, home)
    with time_machine.travel(MORNING, tick=False):
        yield Stage(home)
