"""
``docs/journey.md`` leads to every file of the room with the most of them.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from tests.docs.pages import text_of
from tests.docs.write_journey import GROUPS, PAGE, STORE, drawn


def test_every_file_of_the_store_has_its_place() -> None:
    """
    A new file is put into one group of ``tests/docs/write_journey.py``.
    """
    placed = [name for names in GROUPS.values() for name in names]

    assert sorted(placed) == sorted(path.stem for path in STORE.glob("*.py") if path.stem != "__init__")


def test_the_section_is_what_the_files_say_of_themselves() -> None:
    """
    ``python -m tests.docs.write_journey`` changes nothing.
    """
    assert PAGE.read_text(encoding="utf-8") == drawn()


def test_every_file_that_speaks_japanese_is_named() -> None:
    """
    Whoever changes a sentence finds its table; a row may name several files by a pattern.
    """
    section = text_of("docs/journey.md").split("\n## Where the words for people stand\n")[1].split("\n## ")[0]
    named = re.findall(r"`([\w/*]+\.py)`", section)
    package = STORE.parent
    speaking = {
        path.relative_to(package).as_posix() for path in package.rglob("*.py") if re.search("[ぁ-ん]", path.read_text(encoding="utf-8"))
    }

    assert {name for name in speaking if not any(fnmatchcase(name, pattern) for pattern in named)} == set()
    assert {pattern for pattern in named if not any(fnmatchcase(name, pattern) for name in speaking)} <= {"terms/said.py"}
