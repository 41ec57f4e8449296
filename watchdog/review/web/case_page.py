"""
One case: what happened as a picture and as a table, why, what can be written, what can be decided.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from watchdog.review.evidence import evidence_files
from watchdog.review.next_steps import next_code, said_with
from watchdog.review.outcome import promise_lines
from watchdog.review.sheets import case_sheet
from watchdog.review.web.countdown import left
from watchdog.review.web.decisions import moves_of
from watchdog.review.web.drawing import Drawing, Event, bars, draw
from watchdog.review.web.letters import kinds_for
from watchdog.review.web.ways import ways_of
from watchdog.routines.desk import letter_language
from watchdog.store import casepages, timelines
from watchdog.store import health as health_rows
from watchdog.terms.identity import show_case_no
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import local_date
from watchdog.terms.observation import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from watchdog.review.web.visit import Visit
    from watchdog.terms.case import CaseFile
    from watchdog.terms.finding import Evidence
    from watchdog.terms.preorder import Preorder

_WIDE, _NARROW = 760, 330
_STATUSES = frozenset(Status)


def page(visit: Visit) -> Response:
    """
    Return the page of the case of that number or order id.
    """
    file = visit.desk.file(visit.request.path_params["name"], now=visit.now)
    case, finding = file.case, file.case.finding
    with visit.front.house.store.reading() as tx:
        figures = health_rows.latest(tx)
        siblings = casepages.ship_bys(tx, case.subject.product_id, without=case.subject.order_id)
        order = case.subject.order
        lines = timelines.preorders(tx, {order}).get(order, ()) if order is not None else ()
    ways = ways_of(visit, file, figures)
    cancels_on = ways.cancels_on if ways is not None and order is not None else None
    code, until = next_code(file, now=visit.now)
    place = case.subject.marketplace_id
    return visit.page(
        "case.html",
        case=case,
        finding=finding,
        left=left(visit, finding) if case.state.is_open else None,
        step=visit.t(f"web_{code}", when=visit.moment(until, place) if until is not None else visit.t("unknown")),
        step_letter=_STEP_LETTERS.get(code),
        drawings=[_drawn(visit, tuple(_events(visit, file, siblings, cancels_on)), file, width) for width in (_WIDE, _NARROW)],
        siblings=siblings,
        seen=[row for line in lines for row in _sightings(visit, line)],
        evidence=[_shown(visit, item, place) for item in finding.evidence],
        steps=[(step, said_with(step, visit.words, BY_ID[place].zone, now=visit.now)) for step in reversed(file.steps)],
        moves=moves_of(visit, file),
        ways=ways,
        asked={key: visit.request.query_params.get(key, "")[:12] for key in ("margin", "price_paid", "price_now")},
        dues=file.dues,
        promise=tuple(promise_lines(file.promise, visit.words)),
        letters=kinds_for(visit, file),
        auto_cancel=cancels_on,
        order_link=BY_ID[place].order_link(finding.orders[0]) if finding.orders else None,
        done=visit.request.query_params.get("done", ""),
        name=show_case_no(case.no),
    )


#: The letter that the next step asks for.
_STEP_LETTERS = {
    "next_ticket": "ticket",
    "next_note": "note",
    "next_approve": "approve",
    "next_ship": "ticket",
    "next_refused": "ticket-phone",
    "next_follow_up": "follow-up",
    "next_still_counted": "follow-up",
    "next_wait": "follow-up",
    "next_verify": "follow-up",
}


def sheet(visit: Visit) -> Response:
    """
    Return what was observed and what happened as a table for Excel.
    """
    file = visit.desk.file(visit.request.path_params["name"])
    name = f"{show_case_no(file.case.no)}.csv"
    return download(case_sheet(file, visit.words, now=visit.now), name)


def evidence(visit: Visit) -> Response:
    """
    Return everything on record of the case as files fit to be attached to a ticket, in the marketplace's language.
    """
    testimony = visit.front.testimony(visit.request.path_params["name"])
    case = testimony.file.case
    spoken = visit.front.words(letter_language(case.subject.marketplace_id))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in evidence_files(testimony, spoken, now=visit.now).items():
            archive.writestr(f"{show_case_no(case.no)}/{name}", content)
    headers = {"Content-Disposition": f'attachment; filename="{show_case_no(case.no)}-evidence.zip"'}
    return Response(packed.getvalue(), media_type="application/zip", headers=headers)


def download(content: bytes, name: str) -> Response:
    """
    Return a CSV that is saved under this name of ours.
    """
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def _drawn(visit: Visit, events: tuple[Event, ...], file: CaseFile, width: int) -> Drawing | None:
    zone = BY_ID[file.case.subject.marketplace_id].zone
    headings = [visit.t(code) for code in ("lane_order", "lane_release", "lane_siblings")]
    return draw(
        events,
        headings,
        today=local_date(visit.now, zone),
        now_label=visit.t("today_mark"),
        width=width,
        spoken=lambda day: f"{day.month}/{day.day}" if visit.language == "ja" else f"{day.day}/{day.month}",
    )


def _events(visit: Visit, file: CaseFile, siblings: Mapping[date, int], cancel: date | None) -> Iterator[Event]:
    finding = file.case.finding
    short = visit.words.short_day
    if finding.previous_ship_by is not None:
        yield Event(finding.previous_ship_by, "before", visit.t("mark_before", day=short(finding.previous_ship_by)), 0)
    if finding.ship_by is not None:
        look = "good" if finding.release_date is not None and finding.ship_by >= finding.release_date else "bad"
        yield Event(finding.ship_by, look, visit.t("mark_now", day=short(finding.ship_by)), 0, since=finding.previous_ship_by)
    if cancel is not None:
        yield Event(cancel, "cancel", visit.t("mark_cancel", day=short(cancel)), 1)
    if finding.release_date is not None:
        yield Event(finding.release_date, "release", visit.t("mark_release", day=short(finding.release_date)), 1)
    for day, count in bars(siblings):
        yield Event(day, "sibling", visit.t("mark_siblings", day=short(day), count=count), 2, count)


def _sightings(visit: Visit, line: Preorder) -> Iterator[tuple[Any, ...]]:
    """
    Yield what was seen of the line: when, by whom, how it stood, its ship-by, whether that is new.
    """
    before: date | None = None
    place = line.order.marketplace_id
    for sighting in line.sightings:
        known = sighting.known
        moved = before is not None and known.ship_by != before
        status = visit.words.statuses[known.status] if known.status is not None else "-"
        yield visit.moment(sighting.as_of, place), visit.words.source(sighting.source), status, known.ship_by, moved
        before = known.ship_by or before


def _shown(visit: Visit, item: Evidence, place: str) -> tuple[str, str, str, str]:
    """
    Return one observed fact: what, the values, when it was seen, who said it.
    """
    values = " → ".join(_value(visit, value) for value in (item.old, item.new) if value)
    moments = [visit.moment(each, place) for each in (item.before_at, item.seen_at) if each is not None]
    source = visit.words.source(item.source) if item.source else ""
    return visit.words.evidence[item.kind], values, " → ".join(dict.fromkeys(moments)), source


def _value(visit: Visit, value: str) -> str:
    from datetime import date

    if value in _STATUSES:
        return visit.words.statuses[Status(value)]
    try:
        return visit.day(date.fromisoformat(value))
    except ValueError:
        return value
