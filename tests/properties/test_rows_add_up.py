"""
Whatever bytes come in: every data line is one row, nothing crashes, and blocks make no difference.
"""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.makers_sources import COLUMNS, a_reading, a_report, a_row, an_order, as_json
from watchdog.sources.formats.encoding import encoding_of
from watchdog.sources.formats.head import Head
from watchdog.sources.formats.reading import BATCH_ROWS, Document
from watchdog.sources.formats.recognise import recognise
from watchdog.terms.look import Batch, Defect, Ignored, Reason, Row
from watchdog.terms.observation import Observation

READING = a_reading()
AS_OF = datetime(2026, 9, 6, 1, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_characters="\t\n\r", exclude_categories=("Cs", "Cc")), max_size=12)
CELL = st.one_of(TEXT, st.sampled_from(["", "2026-09-14T14:59:59Z", "1970-01-01", "5.8E+13", "true", "1", '"', "Amazon.co.jp", "A-1"]))
ROWS = st.lists(st.lists(CELL, min_size=1, max_size=len(COLUMNS) + 2), max_size=8)


def read(content: bytes, size: int = 1 << 20) -> list[Batch]:
    """
    Return the batches of a document handed over in blocks of that size.
    """
    encoding = encoding_of(content, japanese=True)
    reader = recognise(Head(content, encoding, whole=True))
    if isinstance(reader, Reason):
        return []
    document = Document("file", AS_OF, "content", encoding, READING)
    return list(reader(document, (content[n : n + size] for n in range(0, len(content), size))))


def rows(batches: list[Batch]) -> list[Row]:
    """
    Return the rows of all batches.
    """
    return [row for batch in batches for row in batch.rows]


@given(ROWS, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_every_data_line_is_exactly_one_row(lines: list[list[str]], newline: str, end: bool) -> None:
    """
    Read = used or ignored or rejected: each line that is not blank gives one row, and each row says one of the three.
    """
    batches = read(a_report(*lines, newline=newline, end=end))
    said = [batch.read(row) for batch in batches for row in batch.rows]
    filled = [number for number, cells in enumerate(lines, 2) if "\t".join(cells).encode().strip(b"\t \r")]

    assert [row.place for row in rows(batches)] == filled
    assert all(isinstance(one, Observation | Defect | Ignored) for one in said)


@given(ROWS, st.integers(1, 40), st.sampled_from(["\t", ","]))
def test_blocks_make_no_difference(lines: list[list[str]], size: int, separator: str) -> None:
    """
    Digests, places and cells are the same, however the bytes arrive.
    """
    content = a_report(a_row(), *lines, separator=separator, newline="\r\n")

    assert rows(read(content, size)) == rows(read(content))


@given(st.data())
@settings(max_examples=200)
def test_mutated_bytes_never_crash(data: st.DataObject) -> None:
    """
    A damaged file is refused, or its damaged rows are rejected; every reading of it says something.
    """
    good = data.draw(
        st.sampled_from(
            [
                a_report(a_row(), a_row(order_id="A-2"), encoding="cp932", newline="\r\n"),
                a_report(a_row(), a_row(product_name='"a, b"'), separator=","),
                as_json({"orders": [an_order(), an_order("A-2")]}),
                as_json(an_order()) + b"\n" + as_json(an_order("A-2")),
                "商品管理番号,発売日\nCD-0914,2026-09-14\n".encode("cp932"),
            ]
        )
    )
    spoilt = bytearray(good)
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(spoilt) - 1))
        spoilt[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))

    batches = read(bytes(spoilt))

    assert all(isinstance(batch.read(row), Observation | Defect | Ignored) for batch in batches for row in batch.rows)
    assert all(batch.last for batch in batches[-1:])


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["orderId", "orderItems", "fulfillment", "product", "packages", "salesChannel"]), inner, max_size=4
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_in_an_order_s_place_is_read_or_rejected(entry: object) -> None:
    """
    Unknown shapes are Amazon's right; each is a value here.
    """
    [batch] = read(as_json({"orders": [entry]}))

    assert batch.rows
    assert all(isinstance(batch.read(row), Observation | Defect | Ignored) for row in batch.rows)


def test_a_batch_is_never_larger_than_one_transaction() -> None:
    """
    All but the last are full, and only the last one says so.
    """
    batches = read(a_report(*(a_row(order_id=f"A-{number}") for number in range(2 * BATCH_ROWS + 1))))

    assert [(len(batch.rows), batch.last) for batch in batches] == [(BATCH_ROWS, False), (BATCH_ROWS, False), (1, True)]
    assert len({id(batch.look) for batch in batches}) == 1
