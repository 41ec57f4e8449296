"""
Every layout in every encoding, read as it was read when a person looked at it.
"""

from __future__ import annotations

import json

import pytest

from tests.golden.make import EXPECTED, SAMPLES, expected, samples


@pytest.mark.parametrize("name", sorted(samples()))
def test_a_sample_reads_as_expected(name: str) -> None:
    """
    What is read from a sample is what stands in ``expected/``; ``python -m tests.golden.make`` rewrites it for review.
    """
    known = json.loads((EXPECTED / f"{name}.json").read_text(encoding="utf-8"))

    assert expected(SAMPLES / name) == known


def test_the_samples_are_those_the_maker_makes() -> None:
    """
    Nobody edited a sample by hand, and none was left behind.
    """
    kept = {path.name: path.read_bytes() for path in SAMPLES.iterdir()}

    assert kept == samples()


def test_nothing_read_from_a_sample_names_its_buyer() -> None:
    """
    No name, street, phone, mail or postal code of the samples appears in what is read from them.
    """
    text = "".join(path.read_text(encoding="utf-8") for path in EXPECTED.iterdir())

    assert not [
        word for word in ("太郎", "Nobody", "Personne", "存在しない", "No Such", "inexistante", "000-0000", "kakuu@") if word in text
    ]
