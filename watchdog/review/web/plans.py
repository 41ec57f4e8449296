"""
The improvement plan: what the log puts in, what only the seller knows, what is missing, and the text to copy; never sent from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from watchdog.review.web.forms import NOTE_LIMIT, asked_number, paragraphs
from watchdog.review.web.forms import field as one_line
from watchdog.review.web.front import Question
from watchdog.review.web.visit import LANGUAGES, back
from watchdog.routines.desk import letter_language
from watchdog.routines.planner import Planner
from watchdog.terms.errors import UsageError
from watchdog.terms.identity import MarketplaceId
from watchdog.terms.plan import PlanAnswers, PlanField, PlanKind, missing_in
from watchdog.terms.sentences import say

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.responses import Response

    from watchdog.review.web.visit import Visit
    from watchdog.terms.plan import PlanFacts

_SUBMITTED = "submitted"
#: How each field is asked for; what is not here is a text of several lines.
_SORTS: Mapping[str, str] = {
    PlanField.DONE_BY: "day",
    PlanField.EFFECTIVE: "month",
    PlanField.PERSON: "line",
    PlanField.READ_RULES: "yes",
    PlanField.IS_TRUE: "yes",
}


@dataclass(frozen=True, slots=True)
class WantedPlan:
    """
    Which plan is written.
    """

    kind: PlanKind
    place: MarketplaceId
    language: str

    @property
    def query(self) -> str:
        """
        The same as the end of an address.
        """
        return urlencode({"kind": self.kind.value, "place": self.place, "lang": self.language})


@dataclass(frozen=True, slots=True)
class Typed:
    """
    What stands in the form: as it was typed, as it was understood, and what was not.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    answers: PlanAnswers = field(default_factory=PlanAnswers)
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AskedField:
    """
    One field as the page asks for it.
    """

    question: Question
    sort: str
    value: str
    is_needed: bool
    is_missing: bool
    problem: str


def page(visit: Visit) -> Response:
    """
    Return the empty form.
    """
    return _page(visit, wanted(visit, visit.request.query_params), Typed(), state="blank")


def act(visit: Visit, form: FormData) -> Response:
    """
    Return the plan as far as it is filled in; one that is said to be handed in is kept as it was shown.
    """
    asked = wanted(visit, {name: one_line(form, name) for name in ("kind", "place", "lang")})
    planner = planner_of(visit)
    facts = planner.facts(asked.kind, asked.place, now=visit.now)
    typed = typed_in(visit, form, facts)
    text = "" if typed.problems or missing_in(facts, typed.answers) else planner.write(facts, typed.answers, language=asked.language)
    is_handed_in = one_line(form, "act") == _SUBMITTED
    if is_handed_in and text and digest(text) == one_line(form, "seen"):
        number = planner.submit(facts, typed.answers, text, language=asked.language, by=visit.who, now=visit.now)
        visit.front.log.info("plan.submitted", plan_no=number, kind=asked.kind.value)
        return back(f"/plan?{asked.query}&done={number}")
    return _page(visit, asked, typed, text=text, state="typed", changed=is_handed_in)


def _page(visit: Visit, asked: WantedPlan, typed: Typed, *, state: str, text: str = "", changed: bool = False) -> Response:
    planner, front = planner_of(visit), visit.front
    facts = planner.facts(asked.kind, asked.place, now=visit.now)
    missing = missing_in(facts, typed.answers) if state == "typed" else ()
    done = asked_number(visit.request.query_params, "done", 0, 10**6)
    found = planner.against_earlier(facts, typed.answers, now=visit.now) if text else ()
    return visit.page(
        "plan.html",
        asked=asked,
        kinds=tuple(PlanKind),
        places=front.house.account.marketplaces,
        known=front.plan_words.known(facts, visit.language),
        fields=[_asked(each, facts, typed, missing=missing) for each in front.plan_words.questions(asked.kind, visit.language)],
        lacking=len({*missing, *typed.problems}),
        text=text,
        rows=min(40, text.count("\n") + len(text) // 60 + 2),
        seen=digest(text),
        told={name: value for name, value in typed.texts.items() if value},
        state="done" if done and state == "blank" else state,
        done=done,
        changed=changed,
        contradictions=[front.said(reason, visit.language, visit.now) for reason in found],
        afterwards=front.plan_words.afterwards(visit.language),
        earlier=tuple(reversed(planner.earlier())),
        longest=NOTE_LIMIT,
    )


def _asked(question: Question, facts: PlanFacts, typed: Typed, *, missing: tuple[str, ...]) -> AskedField:
    is_optional = question.name == PlanField.VIOLATION and bool(facts.figures or facts.orders)
    return AskedField(
        question=question,
        sort=_SORTS.get(question.name, "text"),
        value=typed.texts.get(question.name, ""),
        is_needed=not is_optional,
        is_missing=question.name in missing,
        problem=typed.problems.get(question.name, ""),
    )


def planner_of(visit: Visit) -> Planner:
    """
    Return who gathers, writes and keeps plans of this house.
    """
    house = visit.front.house
    return Planner(house.store, house.composer, house.account)


def wanted(visit: Visit, query: Mapping[str, str]) -> WantedPlan:
    """
    Return which plan is asked for; what makes no sense asks for the usual one.
    """
    places = {place.id: place for place in visit.front.house.account.marketplaces}
    place = next((each for each in places if each == query.get("place")), next(iter(places)))
    kind = next((each for each in PlanKind if each == query.get("kind")), PlanKind.LATE)
    language = query.get("lang", "")
    return WantedPlan(kind, place, language if language in LANGUAGES else letter_language(place))


def typed_in(visit: Visit, form: FormData, facts: PlanFacts) -> Typed:
    """
    Return what was typed, field by field; what can't be understood is named beside its field and nothing of it is lost.
    """
    typed = Typed()
    for question in visit.front.plan_words.questions(facts.kind, visit.language):
        text = paragraphs(form, question.name)
        typed = replace(typed, texts={**typed.texts, question.name: text})
        if not text:
            continue
        try:
            typed = replace(typed, answers=_answered(visit, typed.answers, question.name, text))
        except UsageError as error:
            problem = say(error.code, visit.language, error.values)
            typed = replace(typed, problems={**typed.problems, question.name: problem})
    return typed


def _answered(visit: Visit, answers: PlanAnswers, name: str, text: str) -> PlanAnswers:
    if len(text) > NOTE_LIMIT:
        raise UsageError("text_too_long", limit=NOTE_LIMIT)
    return visit.front.plan_words.answered(answers, name, text)


def digest(text: str) -> str:
    """
    Return by what a text that was shown is known again.
    """
    return sha256(text.encode()).hexdigest()
