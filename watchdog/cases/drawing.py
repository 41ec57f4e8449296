"""
The lifecycle as a page for people, drawn from the table of moves and from nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from watchdog.cases.lifecycle import DECISIONS, FACTS, MOVES, START, TIMES, CaseMove
from watchdog.terms.case import CaseEvent, CaseState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HEAD = """\
# The life of a case

<!-- Generated from watchdog/cases/lifecycle.py by `python -m tests.cases.write_lifecycle`; a test compares them. -->

Facts and time happen in any state and are never refused.
The seller's decisions may be refused; the answer then names what is possible instead.
Several facts in one turn are one message, and the same fact never rings twice (`watchdog/cases/rings.py`).
"""
_LEGEND = """\
`·` the case stays where it is · `→` it moves there · **rings** the seller is told · `—` refused
· `↶` back to the state before the last decision · \\* a product case rings but stays.
"""


def drawn() -> str:
    """
    Return the page: a diagram of the moves, every event in every state, and how each ending is named.
    """
    return "\n".join((_HEAD, *_diagram(), "", _LEGEND, *_tables(), *_outcomes(), ""))


def _diagram() -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {START}: {CaseEvent.FOUND}"
    for (old, new), events in _arrows().items():
        yield f"    {old} --> {new}: {', '.join(events)}"
    yield f"    {CaseState.RESOLVED} --> [*]"
    yield "```"


def _arrows() -> dict[tuple[CaseState, CaseState], list[CaseEvent]]:
    arrows: dict[tuple[CaseState, CaseState], list[CaseEvent]] = defaultdict(list)
    for state in CaseState:
        for event in CaseEvent:
            move = MOVES[state, event]
            if move is not None and move.to not in {None, state}:
                arrows[state, move.to or state].append(event)
    return arrows


def _tables() -> Iterator[str]:
    for title, events in (("Facts", FACTS), ("Decisions", DECISIONS), ("Time", TIMES)):
        yield f"## {title}\n"
        yield from _table(events)
        yield ""


def _table(events: Iterable[CaseEvent]) -> Iterator[str]:
    yield "| | " + " | ".join(CaseState) + " |"
    yield "|---" * (len(CaseState) + 1) + "|"
    for event in events:
        yield f"| `{event}` | " + " | ".join(_cell(state, MOVES[state, event]) for state in CaseState) + " |"


def _cell(state: CaseState, move: CaseMove | None) -> str:
    if move is None:
        return "—"
    if move.back:
        return "↶"
    goes = f"→ {move.to}" if move.to not in {None, state} else "·"
    words = (goes + ("\\*" if move.of_order else ""), "**rings**" if move.rings else "")
    return " ".join(word for word in words if word)


def _outcomes() -> Iterator[str]:
    yield "## Outcomes\n"
    for event in CaseEvent:
        named = {outcome: None for state in CaseState if (move := MOVES[state, event]) is not None for outcome in move.outcomes}
        if named:
            yield f"- `{event}`: {', '.join(f'`{outcome}`' for outcome in named)}"
