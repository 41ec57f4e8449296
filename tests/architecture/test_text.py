"""
What must not stand in any committed file.
"""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.architecture.source import PACKAGE, ROOT, committed

LOCKS = ("runtime", "dev", "uv")
#: Put together here, so that this file does not name them.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("deb", "debian", "org"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
    )
]


def _pins(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


def _names(dependencies: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9-]", dependency, maxsplit=1)[0].lower() for dependency in dependencies}


def _texts() -> list[tuple[str, str]]:
    return [(path.relative_to(ROOT).as_posix(), path.read_bytes().decode("utf-8", "replace")) for path in committed()]


def test_no_file_names_a_package_registry() -> None:
    """
    Where packages come from is the machine's business.
    """
    assert [(name, host) for name, text in _texts() for host in REGISTRIES if host in text] == []


def test_no_file_holds_a_path_of_the_machine_it_was_written_on() -> None:
    """
    The checkout works anywhere.
    """
    paths = re.compile(r"(?<![\w.~<])/(?:wo" + r"rk/(?:main|shared)|ro" + r"ot/|ho" + r"me/(?!seller)\w+/)")

    assert [(name, found[0]) for name, text in _texts() if (found := paths.search(text))] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_versions_and_hashes_and_no_address(name: str) -> None:
    """
    Every package is pinned and hashed; no address, no index, no foreign ``watchdog`` is in the file.
    """
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if entry.strip()]

    assert [entry for entry in entries if not re.match(r"[a-z0-9-]+==\S+.*--hash=sha256:[0-9a-f]{64}", entry, re.DOTALL)] == []
    assert "://" not in text
    assert "watchdog" not in _pins(name)


def test_the_locks_agree_with_each_other_and_with_the_project() -> None:
    """
    What tests run is what users get: every declared dependency is locked, and both locks name the same versions.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime, dev = _pins("runtime"), _pins("dev")

    assert _names(project["project"]["dependencies"]) <= runtime.keys()
    assert _names(project["dependency-groups"]["dev"]) <= dev.keys()
    assert runtime.items() <= dev.items()
    assert _pins("uv").items() <= dev.items()


def test_every_ignored_lint_rule_has_its_reason_beside_it() -> None:
    """
    An exception without a reason is a habit.
    """
    block = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("\nignore = [\n")[1].split("\n]")[0]

    assert [line for line in block.splitlines() if not re.search(r",\s+# \S", line)] == []


def test_no_suppression_in_the_package_goes_without_its_rule() -> None:
    """
    ``noqa`` and ``type: ignore`` name what they lift.
    """
    bare = re.compile(r"#\s*noqa(?!: [A-Z]+\d)|#\s*type:\s*ignore(?!\[)")
    lines = [(path, line) for path in sorted(PACKAGE.rglob("*.py")) for line in path.read_text(encoding="utf-8").splitlines()]

    assert [f"{path}: {line}" for path, line in lines if bare.search(line)] == []
