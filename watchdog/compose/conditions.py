"""
Conditions of the account as messages: what is so, why it matters, the one next step; and the all-clear.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from watchdog.compose import condition_words as tables
from watchdog.compose.page import Printed
from watchdog.compose.slack import HEADER, SECTION, escape, link
from watchdog.compose.wording import words
from watchdog.terms.answers import told_answer
from watchdog.terms.condition import Condition, ConditionEvent, ConditionKind, StandingCondition
from watchdog.terms.finding import Severity
from watchdog.terms.health import Metric
from watchdog.terms.message import MessageKind, Notice
from watchdog.terms.sentences import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any
    from zoneinfo import ZoneInfo

    from watchdog.compose.render import Renderer
    from watchdog.compose.screens import Screens
    from watchdog.compose.wording import Words
    from watchdog.terms.look import Reason
    from watchdog.terms.said import Said

#: Values that name a source or an interface.
_SOURCES = frozenset({"source", "voice", "first"})
#: An instant as programs write it.
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_NAMED = frozenset(
    {
        ConditionKind.SOURCE_SILENT,
        ConditionKind.SOURCE_DEGRADED,
        ConditionKind.ACCESS_REFUSED,
        ConditionKind.ROLE_MISSING,
        ConditionKind.CHANNEL_DEAD,
    }
)


@dataclass(frozen=True, slots=True)
class ConditionPage(Printed):
    """
    Everything the templates of conditions may print.
    """

    subject: str
    headline: str
    happened: tuple[str, ...]
    means: str  #: empty in an all-clear
    step: str
    command: str
    zone: str
    screen: str  #: the page that shows it; empty where nobody could open it


#: What templates of conditions may name.
CONDITION_NAMES = frozenset(field.name for field in fields(ConditionPage))


def spoken(reason: Reason, language: str, *, zone: ZoneInfo, now: datetime) -> str:
    """
    Return the reason's sentence in the language: instants (``…_at``) in local time, dates (``…_on``) and sources as people write them.
    """
    said = words(language)
    return say(reason.code, said.language, {name: _shown(name, value, said, zone, now) for name, value in reason.values.items()})


def plainly(reason: Reason, language: str, *, zone: ZoneInfo, now: datetime) -> str:
    """
    Return a reason that was made for programs as people read it: whatever is an instant in local time, sources by their names.
    """
    values = {f"{name}_at" if _is_instant(value) else name: value for name, value in reason.values.items()}
    said = words(language)
    shown = {name.removesuffix("_at"): _shown(name, value, said, zone, now) for name, value in values.items()}
    return say(reason.code, said.language, {**reason.values, **shown})


def _is_instant(value: str | int) -> bool:
    return isinstance(value, str) and _INSTANT.fullmatch(value) is not None


def _shown(name: str, value: str | int, said: Words, zone: ZoneInfo, now: datetime) -> str | int:
    if isinstance(value, int):
        return value
    if name.endswith("_at"):
        return said.moment(datetime.fromisoformat(value).astimezone(UTC), zone, now=now)
    if name.endswith("_on"):
        return said.day(date.fromisoformat(value))
    if name == "answer":
        return told_answer(value, said.language)
    if name in _HEALTH:
        return _health_word(name, value, said)
    return said.source(value) if name in _SOURCES else value


#: Values of health reasons that are code words: a metric, how many more of what it counts, its target, Amazon's word.
_HEALTH = frozenset({"metric", "room", "target", "health_status"})


def _health_word(name: str, value: str, said: Words) -> str:
    if name == "metric":
        return said.metrics[Metric(value)]
    if name == "room":
        metric, _, headroom = value.partition(":")
        return said.room(Metric(metric), int(headroom))
    return said.aim(value) if name == "target" else said.health_statuses.get(value, value)


def condition_notice(
    renderer: Renderer,
    standing: StandingCondition,
    event: ConditionEvent,
    *,
    language: str,
    zone: ZoneInfo,
    now: datetime,
    screens: Screens,
) -> Notice:
    """
    Return the message that says the condition; its key is the standing's, so that it is never written twice.
    """
    said = words(language)
    over = event is ConditionEvent.ENDED
    kind = MessageKind.CONDITION_ENDED if over else MessageKind.CONDITION
    path = tables.TELLINGS[standing.condition.kind].path
    page = _page(standing, event, said, zone, now, screen=screens.at(path))
    text, html = (renderer.render(f"{said.language}/{kind.value}.{form}", page.values()) for form in ("txt", "html"))
    return Notice(
        kind=kind,
        severity=Severity.WARNING if over else standing.condition.severity,
        subject=page.subject,
        text=text,
        html=html,
        blocks=_blocks(page, said),
        case_nos=(),
        product_id=None,
        key=f"{standing.key}/{'ended' if over else standing.rung}",
        links=screens.links((), path),
    )


def _page(standing: StandingCondition, event: ConditionEvent, said: Words, zone: ZoneInfo, now: datetime, *, screen: str) -> ConditionPage:
    condition, over = standing.condition, event is ConditionEvent.ENDED
    telling = tables.TELLINGS[condition.kind]
    mark = _pick(tables.RECOVERED, said) if over else said.severities[condition.severity]
    what = _pick(telling.over if over else telling.title, said)
    step = spoken(condition.step, said.language, zone=zone, now=now) if condition.step else _pick(telling.step, said)
    reason = spoken(condition.reason, said.language, zone=zone, now=now)
    again = _again(standing, event, said, zone, now)
    return ConditionPage(
        subject=_pick(tables.SUBJECT, said).format(mark=mark, what=what) + _about(standing, said),
        headline=_pick(tables.HEADLINE, said).format(mark=mark, what=what),
        happened=tuple(sentence for sentence in ((again,) if over else (reason, again)) if sentence),
        means="" if over else _pick(_means(condition), said),
        step=_pick(telling.afterwards, said) if over else step,
        command=telling.command,
        zone=said.zone(zone),
        screen=screen,
    )


def _means(condition: Condition) -> Said:
    means = tables.TELLINGS[condition.kind].means
    return tables.LACKING.get(condition.subject, means) if condition.kind is ConditionKind.ROLE_MISSING else means


def _about(standing: StandingCondition, said: Words) -> str:
    condition = standing.condition
    if condition.kind not in _NAMED:
        return ""
    is_channel = condition.kind is ConditionKind.CHANNEL_DEAD
    name = condition.subject if is_channel else said.source(condition.subject)
    return _pick(tables.ABOUT, said).format(subject=name)


def _again(standing: StandingCondition, event: ConditionEvent, said: Words, zone: ZoneInfo, now: datetime) -> str:
    ended_at = standing.ended_at or now
    return _pick(tables.AGAIN[event], said).format(
        since_at=said.moment(standing.since, zone, now=now), ended_at=said.moment(ended_at, zone, now=now), rung=standing.rung
    )


def _pick(both: Said, said: Words) -> str:
    return both.to(said.language)


def _blocks(page: ConditionPage, said: Words) -> Sequence[Mapping[str, Any]]:
    header = {"type": "header", "text": {"type": "plain_text", "text": page.headline[:HEADER], "emoji": False}}
    parts = {"happened": "\n".join(f"• {sentence}" for sentence in page.happened), "means": page.means, "step": page.step}
    sections = [
        {"type": "section", "text": {"type": "mrkdwn", "text": f"*{_label(name, said)}*\n{escape(text)}"[:SECTION]}}
        for name, text in parts.items()
        if text
    ]
    command = f"{_label('command', said)} `{escape(page.command)}`"
    texts = [*([link(page.screen, _label("screen", said))] if page.screen else []), command]
    return (header, *sections, {"type": "context", "elements": [{"type": "mrkdwn", "text": text} for text in texts]})


def _label(name: str, said: Words) -> str:
    return _pick(tables.LABELS[name], said)
