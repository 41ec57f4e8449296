"""
Write the golden texts anew; the difference is read by a person: ``python -m tests.compose.write_golden``.
"""

from __future__ import annotations

from tests.compose.golden_cases import FOLDER, texts


def main() -> None:
    """
    Write every text to its file and remove files of texts that are gone.
    """
    made = texts()
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.iterdir():
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{len(made)} texts in {FOLDER}")


if __name__ == "__main__":
    main()
