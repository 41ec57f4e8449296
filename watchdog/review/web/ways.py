"""
The seller's three ways side by side, in figures: let it be counted, ask Amazon, wait for the buyer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from watchdog.cases.figures import in_figures
from watchdog.review.choice_texts import choice_text
from watchdog.review.web.letters import amount_asked, asked_of
from watchdog.terms.health import per_cent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watchdog.cases.figures import Choices, Effect
    from watchdog.review.web.visit import Visit
    from watchdog.terms.case import CaseFile
    from watchdog.terms.health import HealthFigure


@dataclass(frozen=True, slots=True)
class Ways:
    """
    The table's rows, each with its heading, and what must be said below it.
    """

    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    cancels_on: date | None  #: Amazon cancels what is not confirmed by then


def ways_of(visit: Visit, file: CaseFile, figures: Sequence[HealthFigure]) -> Ways | None:
    """
    Return the ways of an open case; None where nothing is left to choose.
    """
    house, query = visit.front.house, visit.request.query_params
    choices = in_figures(
        file,
        figures,
        policy=house.account.policy,
        calendar=house.patrol.judgement.calendars[file.case.subject.marketplace_id],
        now=visit.now,
        margin=amount_asked(file, query.get("margin", "")),
        asked=asked_of(visit, file, query),
    )
    return None if choices is None else Ways(tuple(_rows(visit, choices)), tuple(_notes(visit, choices)), choices.cancels_on)


def _said(visit: Visit, code: str, **values: object) -> str:
    return choice_text(code, visit.language, **values)


def _rows(visit: Visit, choices: Choices) -> Iterator[tuple[str, ...]]:
    for each in choices.late:
        before = _said(visit, "stays", rate=per_cent(each.before) or "-")
        yield _said(visit, "late", days=each.figure.window_days), _change(visit, each), before, before
        yield visit.t("ways_room"), *(_room(visit, room) for room in (each.room_after, each.room_before, each.room_before))
        if each.leaves_on is not None:
            yield visit.t("ways_gone"), _said(visit, "from", day=visit.day(each.leaves_on)), "–", "–"
    money = _money(visit, choices)
    if money:
        yield _said(visit, "price"), "–", "–", money
    yield _said(visit, "sure"), _said(visit, "sure_counted"), _said(visit, "sure_asked"), _said(visit, "sure_waited")


def _change(visit: Visit, each: Effect) -> str:
    if each.after is None:
        return _said(visit, "unknown")
    told = f"{per_cent(each.before)} → {per_cent(each.after)}"
    return _said(visit, "missed", told=told) if each.misses else told


def _room(visit: Visit, room: int | None) -> str:
    if room is None:
        return "–"
    return _said(visit, "left", count=room) if room else _said(visit, "none_left")


def _money(visit: Visit, choices: Choices) -> str:
    told = []
    if choices.margin is not None:
        told.append(_said(visit, "margin", amount=visit.words.money(choices.margin)))
    if choices.saving is not None:
        told.append(_said(visit, "saving", amount=visit.words.money(choices.saving)))
    return _said(visit, "and").join(told)


def _notes(visit: Visit, choices: Choices) -> Iterator[str]:
    if not choices.late:
        yield visit.t("ways_no_figures")
    elif choices.counts_on is None:
        yield _said(visit, "release_unknown")
    elif not choices.is_confirmed:
        yield _said(visit, "counts_on", day=visit.day(choices.counts_on))
    if any(each.already for each in choices.late):
        yield _said(visit, "already")
    if choices.cancels_on is not None:
        told = ", ".join(_change(visit, each) for each in choices.cancelled if each.after is not None)
        code = "cancel_past" if choices.cancel_is_past else "cancels_rate" if told else "cancels"
        yield _said(visit, code, day=visit.day(choices.cancels_on), told=told)
