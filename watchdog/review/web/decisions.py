"""
What the seller can decide on a case: a form for every allowed move, the reason where one is not allowed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from watchdog.cases.lifecycle import DECISIONS, possible
from watchdog.review.web.forms import NOTE_LIMIT, field
from watchdog.review.web.visit import back
from watchdog.terms.case import CaseEvent, CaseState
from watchdog.terms.errors import UsageError
from watchdog.terms.finding import Cause
from watchdog.terms.identity import show_case_no
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import show_instant
from watchdog.terms.typed import typed_instant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import FormData
    from starlette.responses import Response

    from watchdog.review.web.visit import Visit
    from watchdog.terms.case import CaseFile

_ANSWERS = frozenset(
    {
        CaseEvent.AMAZON_EXCLUDED,
        CaseEvent.AMAZON_CORRECTED,
        CaseEvent.AMAZON_REFUSED,
        CaseEvent.AMAZON_ASKS,
        CaseEvent.AMAZON_ANSWERED,
    }
)
#: What each form asks for beside its button.
_FIELDS: Mapping[CaseEvent, tuple[str, ...]] = {
    CaseEvent.SNOOZE: ("until",),
    CaseEvent.SEND_TICKET: ("ticket_no", "at", "reply_by"),
    CaseEvent.AMAZON_EXCLUDED: ("reference", "at", "cause", "reply_by"),
    CaseEvent.AMAZON_CORRECTED: ("reference", "at", "cause"),
    CaseEvent.AMAZON_REFUSED: ("reference", "at"),
    CaseEvent.AMAZON_ASKS: ("reference", "at", "reply_by"),
    CaseEvent.AMAZON_ANSWERED: ("text", "at"),
    CaseEvent.DISMISS: ("reason",),
    CaseEvent.NOTE: ("text",),
}
#: Without these a form is not sent.
REQUIRED = frozenset(
    {(CaseEvent.SNOOZE, "until"), (CaseEvent.DISMISS, "reason"), (CaseEvent.NOTE, "text"), (CaseEvent.AMAZON_ANSWERED, "text")}
)
#: Shown at once; the rest unfolds.
_FIRST: Mapping[CaseState, tuple[CaseEvent, ...]] = {
    CaseState.OPEN: (CaseEvent.ACKNOWLEDGE, CaseEvent.SEND_TICKET),
    CaseState.ACKNOWLEDGED: (CaseEvent.SEND_TICKET,),
    CaseState.SNOOZED: (CaseEvent.ACKNOWLEDGE, CaseEvent.SEND_TICKET),
    CaseState.TICKET_SENT: (CaseEvent.AMAZON_CORRECTED, CaseEvent.AMAZON_EXCLUDED, CaseEvent.AMAZON_REFUSED, CaseEvent.AMAZON_ASKS),
    CaseState.VERIFYING: (CaseEvent.AMAZON_CORRECTED, CaseEvent.AMAZON_REFUSED),
    CaseState.REFUSED: (CaseEvent.CONTACT_BUYER, CaseEvent.BUYER_ASKED),
}


#: What these do is not seen from their names.
_HELPED = frozenset({CaseEvent.ACKNOWLEDGE, CaseEvent.SEND_TICKET, CaseEvent.DISMISS})


@dataclass(frozen=True, slots=True)
class MoveForm:
    """
    One decision as the page offers it.
    """

    event: CaseEvent
    fields: tuple[str, ...]
    first: bool  #: among what usually comes next
    why_not: str = ""  #: told in the place of the button

    @property
    def has_help(self) -> bool:
        """
        Say whether what the button does is told below it.
        """
        return self.event in _HELPED

    @property
    def required(self) -> frozenset[str]:
        """
        The fields it can't do without.
        """
        return frozenset(name for event, name in REQUIRED if event is self.event)


def moves_of(visit: Visit, file: CaseFile) -> list[MoveForm]:
    """
    Return every decision: what usually comes next first, then the others, then those that are not possible now and why.
    """
    state = file.case.state
    allowed = possible(state)
    if CaseEvent.UNDO in allowed and not _can_undo(file):
        allowed = tuple(event for event in allowed if event is not CaseEvent.UNDO)
    first = _FIRST.get(state, ())
    forms = [MoveForm(event, _FIELDS.get(event, ()), event in first) for event in DECISIONS if event in allowed]
    forms.sort(key=lambda each: first.index(each.event) if each.event in first else len(DECISIONS))
    return forms + [MoveForm(event, (), first=False, why_not=_why_not(visit, file, event)) for event in DECISIONS if event not in allowed]


def _can_undo(file: CaseFile) -> bool:
    return any(step.by != "watchdog" and step.event not in {CaseEvent.NOTE, CaseEvent.UNDO} for step in file.steps)


def _why_not(visit: Visit, file: CaseFile, event: CaseEvent) -> str:
    case = file.case
    if case.merged_into is not None:
        return visit.t("why_merged", case=show_case_no(case.merged_into))
    if event is CaseEvent.UNDO:
        return visit.t("why_nothing_to_undo")
    if case.state is CaseState.RESOLVED:
        return visit.t("why_over")
    if case.state is CaseState.DISMISSED:
        return visit.t("why_dismissed")
    if event in _ANSWERS and case.state in {CaseState.OPEN, CaseState.ACKNOWLEDGED, CaseState.SNOOZED}:
        return visit.t("why_no_ticket")
    if event is CaseEvent.SNOOZE:
        return visit.t("why_awaited")
    return visit.t("why_state", state=visit.words.states[case.state])


def decide(visit: Visit, form: FormData) -> Response:
    """
    Write the decision on the version the form was made for, and go back to the case.

    Raises:
        WatchdogError: it is not possible, lacks something, or someone else has moved the case meanwhile.
    """
    name = visit.request.path_params["name"]
    event = _event(field(form, "event"))
    by = visit.who
    version = field(form, "version", 9)
    if not version.isascii() or not version.isdigit():
        raise UsageError("form_incomplete")
    file = visit.desk.file(name)
    zone = BY_ID[file.case.subject.marketplace_id].zone.key
    detail = {key: value for key in _FIELDS.get(event, ()) if (value := _value(visit, form, key, zone))}
    moved = visit.desk.decide(name, event, by=by, now=visit.now, detail=detail, version=int(version))
    number = show_case_no(moved.case.no)
    visit.front.log.info("case.decided", case_no=number, decision=event.value)
    return back(f"/cases/{number}?done={event.value}")


def _event(text: str) -> CaseEvent:
    try:
        event = CaseEvent(text)
    except ValueError:
        raise UsageError("form_incomplete") from None
    if event not in DECISIONS:
        raise UsageError("form_incomplete")
    return event


def _value(visit: Visit, form: FormData, key: str, zone: str) -> str:
    text = field(form, key, NOTE_LIMIT)
    if key == "cause" and text and text not in frozenset(Cause):
        raise UsageError("form_incomplete")
    if key not in {"at", "until", "reply_by"} or not text:
        return text
    moment = typed_instant(text, ZoneInfo(zone))
    if key == "until" and moment <= visit.now:
        raise UsageError("snooze_past", until=text)
    return show_instant(moment)
