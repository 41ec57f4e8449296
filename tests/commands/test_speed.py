"""
How long the seller waits: asserted loosely, for the machine is shared; the figures are printed.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import pytest

from tests.commands.spoken import program

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("arguments", "promised"), [(("--help",), 0.25), (("check", "--help"), 0.3), (("demo",), 5.0)])
def test_it_answers_within_what_was_promised(arguments: tuple[str, ...], promised: float, tmp_path: Path) -> None:
    """
    The best of up to three, after one that compiles as an installer would; twice the promise is let pass on a busy machine.
    """
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(tmp_path / "pyc")}
    program(tmp_path, *arguments, **compiled)
    walls: list[float] = []
    while len(walls) < 3 and min(walls, default=2 * promised + 1) > 2 * promised:
        before = perf_counter()
        answer = program(tmp_path, *arguments, **compiled)
        walls.append(perf_counter() - before)
        assert answer.returncode == 0, answer.stderr
    print(f"{' '.join(arguments)}: {min(walls):.2f} s (promised {promised} s)")

    assert min(walls) <= 2 * promised
