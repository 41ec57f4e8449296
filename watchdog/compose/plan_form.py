"""
The form in which a seller fills in an improvement plan with any editor, and how it is read back.

Lines beginning with ``#`` are for people; ``[name]`` begins a field, what stands below it is the answer. An answer's own line that begins
so is written with a backslash before it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from watchdog.compose import plan_words
from watchdog.compose.plan import figures_told, orders_told
from watchdog.compose.wording import words
from watchdog.terms.errors import UsageError
from watchdog.terms.moments import UnreadableDate, parse_date
from watchdog.terms.plan import PlanAnswers, PlanCheck, PlanField

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from watchdog.compose.wording import Words
    from watchdog.terms.plan import PlanFacts, PlanKind
    from watchdog.terms.said import Said

_FIELD = re.compile(r"\[([a-z_.]+)\].*")
#: What a line of the form begins with; and the sign by which an answer may begin with one of these.
_OWN = ("#", "[", "\\")
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
_YES = frozenset({"yes", "y", "はい", "ok", "✓", "○"})
#: Where the questions about the work stand: after the cause.
_BEFORE = (PlanField.VIOLATION, PlanField.CAUSE)


def blank_form(facts: PlanFacts, answers: PlanAnswers, *, language: str) -> str:
    """
    Return the form with what is already answered; the logged facts stand above it as comments.
    """
    said = words(language)
    return "\n".join([*_head(facts, said), *_body(facts, answers, said)]) + "\n"


def known_lines(facts: PlanFacts, language: str) -> tuple[str, ...]:
    """
    Return what the log puts in by itself, line by line.
    """
    said = words(language)
    return (*figures_told(facts, said), *orders_told(facts, said))


def questions(kind: PlanKind, language: str) -> tuple[tuple[str, str, str], ...]:
    """
    Return what is asked of the seller, in the form's order: the field's name, its heading, what helps to fill it in.
    """
    said = words(language)
    fields = [(name.value, _pick(plan_words.FIELDS[name], said), _pick(plan_words.HINTS[name], said)) for name in PlanField]
    checks = [(check.value, _pick(plan_words.CHECKS[check], said), _pick(plan_words.QUESTIONS[check], said)) for check in kind.checks]
    return (*fields[: len(_BEFORE)], *checks, *fields[len(_BEFORE) :])


def _head(facts: PlanFacts, said: Words) -> Iterator[str]:
    is_ja = said.language == "ja"
    name = _pick(plan_words.KINDS[facts.kind], said)
    yield f"# 改善計画（{name}）の記入用紙" if is_ja else f"# Plan of action ({name}): to be filled in"
    yield (
        "# 「#」で始まる行は読み込みません。[ ] の行は残し、その下に書いてください。"
        if is_ja
        else "# Lines with # are not read. Leave the lines in [ ]; write below them."
    )
    known = known_lines(facts, said.language)
    if known:
        yield "#"
        yield "# 次の内容は記録から自動で入ります：" if is_ja else "# This is put in from the log:"
        yield from (f"#   {line}" for line in known)


def _body(facts: PlanFacts, answers: PlanAnswers, said: Words) -> Iterator[str]:
    for name in _BEFORE:
        yield from _field(name, str(getattr(answers, name)), said)
    for check in facts.kind.checks:
        yield ""
        yield f"[{check}] {_pick(plan_words.CHECKS[check], said)}"
        yield f"# {_pick(plan_words.QUESTIONS[check], said)}"
        yield _guarded(answers.checks.get(check, ""))
    for name in PlanField:
        if name not in _BEFORE:
            yield from _field(name, _shown(getattr(answers, name)), said)


def _field(name: PlanField, answer: str, said: Words) -> Iterator[str]:
    yield ""
    yield f"[{name}] {_pick(plan_words.FIELDS[name], said)}"
    yield f"# {_pick(plan_words.HINTS[name], said)}"
    yield _guarded(answer)


def _guarded(answer: str) -> str:
    return "\n".join(f"\\{line}" if line.lstrip()[:1] in _OWN else line for line in answer.split("\n"))


def _shown(answer: object) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else ""
    return "" if answer is None else str(answer)


def _pick(both: Said, said: Words) -> str:
    return both.to(said.language)


def read_form(text: str, answers: PlanAnswers | None = None) -> PlanAnswers:
    """
    Return the answers of a filled form over those given; an empty field leaves what was given.

    Raises:
        UsageError: a field no form has, or a date that is none.
    """
    found = answers or PlanAnswers()
    for name, answer in _fields(text):
        if answer:
            found = answered(found, name, answer)
    return found


def _fields(text: str) -> Iterator[tuple[str, str]]:
    name, lines = "", list[str]()
    for line in text.splitlines():
        begins = _FIELD.fullmatch(line.strip())
        if begins:
            yield name, "\n".join(lines).strip()
            name, lines = begins[1], []
        elif not line.lstrip().startswith("#"):
            lines.append(line.rstrip().removeprefix("\\"))
    yield name, "\n".join(lines).strip()


def answered(answers: PlanAnswers, name: str, answer: str) -> PlanAnswers:
    """
    Return the answers with this one filled in; names are those of the form and of the command line's options.

    Raises:
        UsageError: there is no such field, or the answer is not what it asks for.
    """
    if name in frozenset(PlanCheck):
        return replace(answers, checks={**answers.checks, PlanCheck(name): answer})
    if name not in frozenset(PlanField):
        raise UsageError("plan_field_unknown", name=name, known=", ".join([*PlanField, *PlanCheck]))
    match PlanField(name):
        case PlanField.DONE_BY:
            return replace(answers, done_by=_day(answer))
        case PlanField.READ_RULES:
            return replace(answers, read_rules=answer.lower() in _YES)
        case PlanField.IS_TRUE:
            return replace(answers, is_true=answer.lower() in _YES)
        case PlanField.EFFECTIVE if not _MONTH.fullmatch(answer):
            raise UsageError("month_unreadable", text=answer)
        case text:
            return replace(answers, **{text.value: answer})  # type: ignore[arg-type]  # all other fields are texts


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except UnreadableDate as error:
        raise UsageError("date_unreadable", text=text) from error
