"""
Facts: pulled by name, traceable to what was observed, empty where unknown.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.compose.makers_compose import (
    ADDRESS,
    CANCEL_REQUEST,
    FIRST,
    LEFT_PENDING,
    NOW,
    PAYMENT,
    RELEASE_SAID,
    REPLY_BY,
    SEEN,
    STEADY,
    a_case,
    a_product_finding,
    a_ring,
    an_order_finding,
    first_sight,
)
from watchdog.compose.entry import Entry
from watchdog.compose.facts import FACTS, gather, values
from watchdog.compose.matter import Matter, iso_day, spelled
from watchdog.compose.wording import words
from watchdog.terms.calendar import Calendar
from watchdog.terms.finding import Cause, Evidence, Finding
from watchdog.terms.letter import LetterKind
from watchdog.terms.policy import Policy


def a_matter(finding: Finding, *, language: str = "ja") -> Matter:
    """
    Return the matter of this finding.
    """
    return Matter(a_case(finding), finding, words(language), Policy(), Calendar(), NOW, REPLY_BY)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("moves", "ship_by"),
        ("ship_by", "ship_by"),
        ("previous_ship_by", "ship_by"),
        ("sibling_count", "siblings"),
        ("sibling_ship_by", "siblings"),
        ("sibling_seen_at", "siblings"),
        ("release_date", "release"),
        ("release_source", "release"),
        ("release_steady_since", "release_steady"),
        ("payment_changed", "payment"),
        ("payment_changed_when", "payment"),
        ("address_changed", "address"),
        ("left_pending_on", "left_pending"),
        ("cancel_requested", "cancel_request"),
        ("cancel_request_seen_at", "cancel_request"),
        ("buyer_asked", "cancel_request"),
    ],
)
def test_an_observed_fact_is_traceable_to_its_observation(name: str, kind: str) -> None:
    """
    Behind each stands the evidence of its own kind.
    """
    finding = an_order_finding()
    known = gather(a_matter(replace(finding, evidence=(*finding.evidence, ADDRESS, LEFT_PENDING, CANCEL_REQUEST))))

    evidence = known[name].evidence
    assert isinstance(evidence, Evidence)
    assert evidence.kind == kind


@pytest.mark.parametrize("name", ["release_change_old", "release_change_new", "release_change_source", "release_change_at"])
def test_a_changed_release_date_is_traceable(name: str) -> None:
    """
    Old, new, who said it and when are one observation.
    """
    known = gather(a_matter(a_product_finding(Cause.RELEASE_MOVED)))

    assert known[name].evidence is not None


def test_the_date_at_first_sight_is_no_proof_once_it_has_changed() -> None:
    """
    Only a date that still stands is told as the first one seen.
    """
    finding = first_sight(an_order_finding())
    stale = replace(finding, evidence=tuple(replace(item, new="2016-09-10") if item is FIRST else item for item in finding.evidence))

    assert gather(a_matter(finding))["first_seen_at"].value == "9/8(木) 10:00"
    assert "first_seen_at" not in gather(a_matter(stale))


def test_every_name_has_a_value_even_where_nothing_is_known() -> None:
    """
    A seller's own template never fails on an unknown fact: it is empty.
    """
    bare = replace(
        an_order_finding(), asin=None, sku=None, title=None, ship_by=None, release_date=None, release_source=None, evidence=(), orders=()
    )

    given = values(gather(a_matter(bare)))
    assert set(given) == set(FACTS)
    assert given["moves"] == ()
    assert given["title"] == ""
    assert given["payment_changed"] is False


def test_the_payments_own_values_are_never_printed() -> None:
    """
    That it changed is told, not how a buyer pays.
    """
    finding = an_order_finding()
    given = values(gather(a_matter(finding)))

    assert PAYMENT in finding.evidence
    assert not any("CreditCard" in str(value) or "ConvenienceStore" in str(value) for value in given.values())


@pytest.mark.parametrize(
    ("number", "shown"),
    [("503-1234567-7654321", "503 - 123 4567 - 765 4321"), ("B01ABCDEF1", "B01A BCDE F1"), ("1122334455", "1122 3344 55"), ("", "")],
)
def test_numbers_are_read_out_in_groups(number: str, shown: str) -> None:
    """
    Seven digits as three and four, everything else in fours.
    """
    assert spelled(number) == shown


def test_the_release_date_is_steady_only_since_the_believed_source_was_read() -> None:
    """
    A catalog known for longer proves nothing about the seller's own list.
    """
    later = replace(RELEASE_SAID, seen_at=SEEN)
    finding = an_order_finding()
    known = gather(a_matter(replace(finding, evidence=(STEADY, later))))

    assert known["release_steady_since"].value == "9/8(木) 10:00"


@pytest.mark.parametrize("evidence", [(STEADY,), (RELEASE_SAID,), (replace(STEADY, before_at=None), RELEASE_SAID)])
def test_nothing_is_steady_without_a_believed_date_and_its_history(evidence: tuple[Evidence, ...]) -> None:
    """
    A date that is not believed proves nothing by being unchanged.
    """
    assert "release_steady_since" not in gather(a_matter(replace(an_order_finding(), evidence=evidence)))


@pytest.mark.parametrize(("now", "shown"), [(NOW, "2016年9月14日(水)"), (datetime(2016, 9, 14, 15, tzinfo=UTC), None)])
def test_a_shipping_day_is_planned_only_ahead(now: datetime, shown: str | None) -> None:
    """
    On the day itself it still is, at the next local midnight no longer.
    """
    known = gather(replace(a_matter(an_order_finding()), now=now))

    assert (known["ship_planned"].value if "ship_planned" in known else None) == shown


def test_a_long_title_is_cut() -> None:
    """
    The ASIN beside it says which product it is.
    """
    given = values(gather(a_matter(replace(an_order_finding(), title="長" * 300))))

    assert given["title"] == "長" * 99 + "…"


@pytest.mark.parametrize("text", [None, "", "PENDING", "2016-13-01"])
def test_a_value_that_is_no_date_is_no_date(text: str | None) -> None:
    """
    Evidence of other kinds never becomes a date.
    """
    assert iso_day(text) is None


def test_only_a_case_that_is_over_has_an_outcome() -> None:
    """
    Asking an open case how it ended is a mistake of ours, never a text.
    """
    matter = a_matter(an_order_finding())

    with pytest.raises(ValueError, match="not over"):
        _ = Entry(a_ring(), matter, gather(matter), LetterKind.TICKET).outcome
