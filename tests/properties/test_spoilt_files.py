"""
Whatever happens to a file on its way: it is refused, or its damaged rows are rejected; nothing crashes, hangs or eats the memory.
"""

from __future__ import annotations

import random
import resource
import time
from typing import TYPE_CHECKING

from tests.golden.make import AS_OF, samples
from tests.sources.makers_sources import a_reading
from watchdog.sources.files import read_file
from watchdog.terms.look import Defect, Ignored
from watchdog.terms.observation import Observation
from watchdog.terms.sentences import say

if TYPE_CHECKING:
    from pathlib import Path

READING = a_reading()
#: Bytes that mean something to one reader or another.
_TELLING = (
    b"\t",
    b"\n",
    b"\r\n",
    b'"',
    b",",
    b"{",
    b"}",
    b"[",
    b"]",
    b"<",
    b">",
    b"&",
    b"\\",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x81",
    b"9" * 30,
)
_LONGEST_SECONDS = 5
_GROWTH_KB = 100_000


def spoil(content: bytes, chance: random.Random) -> bytes:
    """
    Return the file with some bytes exchanged, left out, doubled, cut off, or a piece of another file in it.
    """
    spoilt = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(spoilt) + 1)
        end = min(len(spoilt), start + chance.choice((0, 1, 1, 3, 200)))
        match chance.randrange(6):
            case 0:
                spoilt[start:end] = chance.choice(_TELLING)
            case 1:
                spoilt[start:end] = chance.randbytes(end - start)
            case 2:
                del spoilt[start:end]
            case 3:
                spoilt[start:start] = spoilt[start:end] * 2
            case 4:
                del spoilt[start:]
            case _:
                other = chance.choice(_SAMPLES)
                place = chance.randrange(len(other) + 1)
                spoilt[start:end] = other[place : place + 300]
    return bytes(spoilt)


_SAMPLES = tuple(samples().values())


def read(path: Path) -> str | None:
    """
    Return what is wrong with how the file was read, if anything.
    """
    rows = said = 0
    batches = list(read_file(path, as_of=AS_OF, reading=READING))
    for batch in batches:
        rows += len(batch.rows)
        said += sum(isinstance(batch.read(row), Observation | Defect | Ignored) for row in batch.rows)
        if batch.refused is not None and (batch.rows or not say(batch.refused.code, "ja", batch.refused.values)):
            return "refused with rows"
    if rows != said or not batches or not batches[-1].last:
        return f"{rows} rows, {said} said, {len(batches)} batches"
    return None


def test_a_spoilt_file_is_refused_or_its_bad_rows_are_rejected(tmp_path: Path, proving: bool) -> None:
    """
    Over samples of every format: each reading ends soon, its rows add up, and memory stays where it was.
    """
    chance = random.Random(20160914)
    path = tmp_path / "file"
    wrong, slowest = [], 0.0
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(200_000 if proving else 2_000):
        path.write_bytes(spoil(chance.choice(_SAMPLES), chance))
        began = time.perf_counter()
        trouble = read(path)
        slowest = max(slowest, time.perf_counter() - began)
        wrong += [(number, trouble)] if trouble else []

    assert wrong == []
    assert slowest < _LONGEST_SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < _GROWTH_KB
