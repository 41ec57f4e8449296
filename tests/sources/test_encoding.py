"""
One encoding per document, decided honestly.
"""

from __future__ import annotations

import pytest

from watchdog.sources.formats.encoding import as_utf8, encoding_of

JAPANESE = "架空のアルバム 第1集【初回限定盤】ソ能表\n"


@pytest.mark.parametrize(
    ("sample", "japanese", "expected"),
    [
        (b"", True, "utf-8"),
        (b"plain", True, "utf-8"),
        (JAPANESE.encode(), True, "utf-8"),
        (JAPANESE.encode(), False, "utf-8"),
        (JAPANESE.encode() * 9 + JAPANESE.encode()[:-3], True, "utf-8"),
        (JAPANESE.encode("cp932"), True, "cp932"),
        (JAPANESE.encode("cp932"), False, "cp932"),
        ("ｶｸｳ ﾀﾛｳ".encode("cp932"), True, "cp932"),
        ("Album imaginé, édition limitée".encode("latin-1"), False, "cp1252"),
        ("“Café” – 5 €".encode("cp1252"), False, "cp1252"),
        ("München 5".encode("latin-1"), False, "cp1252"),
    ],
)
def test_the_encoding_is_that_of_the_text(sample: bytes, japanese: bool, expected: str) -> None:
    """
    A cut character does not make UTF-8 something else; Western text is not taken for Japanese.
    """
    assert encoding_of(sample, japanese=japanese) == expected


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_utf_16_becomes_utf_8_whatever_the_blocks(size: int) -> None:
    """
    A block may end in the middle of a character.
    """
    wide = JAPANESE.encode("utf-16-le")

    assert b"".join(as_utf8((wide[n : n + size] for n in range(0, len(wide), size)), "utf-16-le")) == JAPANESE.encode()
