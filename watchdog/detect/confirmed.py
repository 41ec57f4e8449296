"""
Whether Amazon's single answer about an order bears out what is known of it (DESIGN §1, doubt; DOMAIN §6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.terms.finding import Evidence, EvidenceKind
from watchdog.terms.look import API, ASKED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from watchdog.terms.preorder import Preorder


def confirmation(line: Preorder) -> Evidence | None:
    """
    Return when the order was last asked for by itself and still said the same, None where it was not since its last change.
    """
    asked = [state for state in line.states if state.listed and state.source.startswith(ASKED)]
    newest = max(asked, key=lambda state: state.seen_until, default=None)
    if newest is None or newest.seen_until < _changed_at(line):
        return None
    return Evidence(EvidenceKind.CONFIRMED, seen_at=newest.seen_until, source=newest.source)


def doubt(line: Preorder) -> Evidence:
    """
    Return what may be said of how sure the line's present state is where an API can be asked: confirmed, or not.
    """
    return confirmation(line) or Evidence(EvidenceKind.UNCONFIRMED, source=line.sightings[-1].source)


def is_borne_out(lines: Iterable[Preorder]) -> bool:
    """
    Say whether every line was asked for by itself since it last changed: only then may its case be over.
    """
    return all(confirmation(line) is not None for line in lines)


def is_said_by_api(line: Preorder) -> bool:
    """
    Say whether the newest word about the line is Amazon's own answer, not a file's.
    """
    return line.sightings[-1].source.startswith(API)


def _changed_at(line: Preorder) -> datetime:
    return max((change.seen_at for change in line.changes), default=line.first_seen_at)
