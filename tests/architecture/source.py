"""
The project's own text, read as text and as syntax trees, for the tests of this folder.
"""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "watchdog"


@cache
def modules(folder: str = "watchdog") -> dict[str, ast.Module]:
    """
    Return the syntax tree of every Python file below the folder, by its path relative to the root.
    """
    found = sorted((ROOT / folder).rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in found}


@cache
def committed() -> tuple[Path, ...]:
    """
    Return every file that is committed or would be.
    """
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return tuple(path for name in listing.stdout.split("\0") if name and (path := ROOT / name).is_file())
