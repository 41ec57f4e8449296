"""
Who may import whom (DESIGN §3).
"""

from __future__ import annotations

import ast
import subprocess
import sys

from tests.architecture.source import ROOT, modules

SQL = {"alembic", "psycopg", "sqlalchemy", "sqlite3"}


def test_every_import_contract_is_kept() -> None:
    """
    The contracts of pyproject.toml hold; their output names the import that breaks one.
    """
    code = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"

    told = subprocess.run([sys.executable, "-c", code, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stdout + told.stderr


def test_no_module_is_left_out_of_the_contracts_by_a_missing_init_file() -> None:
    """
    A folder with Python in it is a package: the contracts see nothing else.
    """
    folders = {(ROOT / name).parent for name in modules()}

    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_only_store_speaks_sql_whatever_the_contract_lists() -> None:
    """
    A module added above the rooms is not forgotten by the contract's list.
    """
    speaking = [
        (name, sorted(spoken))
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if not name.startswith("watchdog/store/") and (spoken := SQL & _imported(node))
    ]

    assert speaking == []


def _imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.split(".")[0] for alias in node.names}
    return {(node.module or "").split(".")[0]} if isinstance(node, ast.ImportFrom) else set()
