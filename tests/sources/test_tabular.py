"""
Bytes become lines and cells, whatever the blocks, newlines, separators and quotes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from watchdog.sources.formats import tabular
from watchdog.terms.look import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable

HEAD = b"asin,sku,title\n"


def lines(blocks: Iterable[bytes]) -> list[bytes | None]:
    """
    Return all lines of the blocks.
    """
    return [line for _, part in tabular.chunks(blocks) for line in part]


def cells(content: bytes, *, separator: bytes = b",") -> list[tuple[int, list[bytes] | str]]:
    """
    Return each data line's place with its cells, or the code of the reason.
    """
    header = next(header for header in tabular.headers(content, "utf-8", {}) if header.separator == separator)
    found = []
    for part in tabular.rows(header, [content], watched=tuple, digest=len):
        for row in part:
            whole = row.cells if isinstance(row.cells, Reason) else tabular.cells_of(header, row.cells)
            found.append((row.place, whole.code if isinstance(whole, Reason) else whole[:-1]))
    return found


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1000])
def test_lines_do_not_depend_on_blocks(size: int) -> None:
    """
    A block may end anywhere, also inside a CRLF.
    """
    text = b"a\r\nbb\n\nccc"

    assert lines(text[n : n + size] for n in range(0, len(text), size)) == [b"a\r", b"bb", b"", b"ccc"]


def test_only_a_line_feed_ends_a_line() -> None:
    """
    Characters Python counts as line ends (NEL, line separator, form feed) are text.
    """
    text = "a\x85b\u2028c\x0cd\x1ce".encode()

    assert lines([text]) == [text]


@pytest.mark.parametrize("size", [tabular.LONGEST_LINE // 3, tabular.LONGEST_LINE * 4])
def test_a_line_that_is_too_long_is_named_and_not_held(size: int) -> None:
    """
    The line before and the one after are used.
    """
    text = b"a\n" + b"x" * (tabular.LONGEST_LINE + 1) + b"\nb\n"

    assert lines(text[n : n + size] for n in range(0, len(text), size)) == [b"a", None, b"b"]


def test_the_longest_line_is_still_read() -> None:
    """
    The limit itself is allowed.
    """
    text = b"x" * tabular.LONGEST_LINE

    assert lines([text[:10], text[10:], b"\n", b"a"]) == [text, b"a"]


def test_quotes_hold_separators_line_breaks_and_quotes() -> None:
    """
    Comma files quote; the place is the line on which the record begins.
    """
    content = HEAD + b'A,S,"one, two"\r\nB,S,"line\nbreak"\nC,"say ""hi""",T\n'

    assert cells(content) == [(2, [b"A", b"S", b"one, two"]), (3, [b"B", b"S", b"line\nbreak"]), (5, [b"C", b'say "hi"', b"T"])]


def test_a_quote_inside_an_unquoted_cell_is_text() -> None:
    """
    An inch sign opens nothing, as long as another one follows somewhere.
    """
    assert cells(HEAD + b'A,S,12" and 7" LP\n') == [(2, [b"A", b"S", b'12" and 7" LP'])]


def test_a_quote_that_never_closes_spoils_its_own_line_only() -> None:
    """
    The rest of the file is used.
    """
    content = HEAD + b'A,S,"open\nB,S,T\nC,S,T\n'

    assert [row[0] for row in cells(content)] == [2, 3, 4]
    assert cells(content)[1:] == [(3, [b"B", b"S", b"T"]), (4, [b"C", b"S", b"T"])]


def test_a_quote_that_closes_megabytes_later_is_no_quote() -> None:
    """
    No cell is longer than the longest line, so the search for the other quote ends there.
    """
    filler = b"".join(b"%d,S,T\n" % n for n in range(130_000))

    found = cells(HEAD + b'A,S,"open\n' + filler + b'Z,S,"T"\n')

    assert len(found) == 130_002


def test_quotes_are_ordinary_in_tab_reports() -> None:
    """
    Unless every header cell is quoted, which is another program's file.
    """
    assert cells(b'asin\tsku\nA\t"S\n', separator=b"\t") == [(2, [b"A", b'"S'])]
    assert cells(b'"asin"\t"sku"\n"A"\t"S"\n', separator=b"\t") == [(2, [b"A", b"S"])]


def test_blank_lines_and_the_header_repeated_are_no_rows() -> None:
    """
    Neither are lines of nothing but separators; every row keeps its own place.
    """
    assert cells(HEAD + b"\n,,\nA,S,T\n\r\n" + HEAD + b"B,S,T") == [(4, [b"A", b"S", b"T"]), (7, [b"B", b"S", b"T"])]


@pytest.mark.parametrize(
    ("line", "said"),
    [(b"A,S", "row_too_short"), (b"A,S,T,U", "row_too_wide"), (b"A,S,T,", "row_too_wide"), (b"A,S,", [b"A", b"S", b""])],
)
def test_a_row_has_as_many_cells_as_the_header(line: bytes, said: list[bytes] | str) -> None:
    """
    Fewer: it was cut off. More: something is shifted, also where the surplus is empty, as the last cells often are.
    """
    assert cells(HEAD + line) == [(2, said)]


@pytest.mark.parametrize("separator", [b",", b"\t"], ids=["comma", "tab"])
@pytest.mark.parametrize(
    ("line", "said"),
    [(b"A,S,T,,", [b"A", b"S", b"T"]), (b"A,S,T", [b"A", b"S", b"T"]), (b"A,S,T,,,", "row_too_wide"), (b"A,S,T,U,", "row_too_wide")],
)
def test_a_table_filled_up_with_empty_cells_is_read(line: bytes, said: list[bytes] | str, separator: bytes) -> None:
    """
    A spreadsheet gives header and rows the same empty cells at the end; a row may have as many as the header, or fewer.
    """
    content = (b"asin,sku,title,,\n" + line).replace(b",", separator)

    assert cells(content, separator=separator) == [(2, said)]


@pytest.mark.parametrize("written", ["\ufefforder-id", " Order-ID ", "content=order-id", '"order-id"', "ｏｒｄｅｒ-id", "'order-id"])
def test_a_column_s_name_is_folded(written: str) -> None:
    """
    Case, width, blanks, quotes, a byte order mark or a form's prefix make no other column.
    """
    assert tabular.fold(written) == "order-id"


def test_a_header_may_stand_below_a_title() -> None:
    """
    Tools put a line above it; each line is offered as a header in every way it can be read.
    """
    found = [header for header in tabular.headers(b"Report, of today\n\nasin\tsku\t\n", "utf-8", {}) if "asin" in header.names]

    assert [(header.place, header.names) for header in found] == [(3, ("asin", "sku"))]
