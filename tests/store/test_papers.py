"""
Papers that were handed in are kept as they were, on both databases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.compose.makers_plan import NOW, answers, facts
from watchdog.store import papers
from watchdog.terms.plan import PlanKind

if TYPE_CHECKING:
    from watchdog.store import Store


def submit(store: Store, kind: PlanKind, text: str) -> int:
    """
    Hand in a plan.
    """
    with store.writing() as tx:
        return papers.submit(tx, facts(kind), answers(kind), text, language="ja", by="花子", now=NOW)


def test_a_plan_comes_back_as_it_was_handed_in(store: Store) -> None:
    """
    Its text with the digest, the facts of that day and every answer.
    """
    number = submit(store, PlanKind.LATE, "改善計画")

    with store.reading() as tx:
        [kept] = papers.submissions(tx)
    assert (kept.no, kept.text, kept.by, kept.submitted_at, kept.language) == (number, "改善計画", "花子", NOW, "ja")
    assert (kept.facts, kept.answers) == (facts(), answers())
    assert kept.sha256 == papers.digest("改善計画")


def test_plans_are_numbered_and_the_same_text_is_kept_once(store: Store) -> None:
    """
    Those of another kind are left out where one kind is asked for.
    """
    assert [submit(store, PlanKind.LATE, "1"), submit(store, PlanKind.CANCEL, "2"), submit(store, PlanKind.LATE, "1")] == [1, 2, 1]

    with store.reading() as tx:
        assert [each.no for each in papers.submissions(tx)] == [1, 2]
        assert [each.no for each in papers.submissions(tx, kind=PlanKind.CANCEL, marketplace_id=facts().marketplace_id)] == [2]


def test_an_empty_log_has_neither_papers_nor_a_beginning(store: Store) -> None:
    """
    Nothing was watched, nothing handed in.
    """
    with store.reading() as tx:
        assert (papers.submissions(tx), papers.watched_since(tx)) == ((), None)
