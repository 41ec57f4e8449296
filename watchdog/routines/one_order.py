"""
One order inside a product's case: what may be told of it alone, for the letters about its buyer's wish.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watchdog.store import Transaction, history
from watchdog.terms.case import CaseEvent, CaseState, standing_steps
from watchdog.terms.finding import Evidence, EvidenceKind, Rule, Siblings
from watchdog.terms.identity import OrderKey
from watchdog.terms.letter import LetterKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchdog.terms.case import CaseFile
    from watchdog.terms.identity import OrderId

#: Letters that are about one buyer, whatever is wrong with the product.
OF_ONE_ORDER = frozenset({LetterKind.APPROVE, LetterKind.BUYER_REPLY})


def of_one_order(tx: Transaction, file: CaseFile, order_id: OrderId) -> CaseFile:
    """
    Return the product's file as if it were about that order: with its own request to cancel, without the traces of any other.
    """
    case, finding = file.case, file.case.finding
    requests = tuple(_requests(tx, OrderKey(case.subject.marketplace_id, order_id)))
    about_product = (item for item in finding.evidence if item.kind is EvidenceKind.RELEASE)
    rules = tuple(rule for rule in finding.rules if rule is not Rule.BUYER_ASKED_CANCEL)
    own = replace(
        finding,
        subject=replace(finding.subject, order_id=order_id),
        rules=(*rules, Rule.BUYER_ASKED_CANCEL) if requests else rules,
        ship_by=None,
        previous_ship_by=None,
        move_seen=False,
        siblings=Siblings(),
        evidence=(*about_product, *requests),
        orders=(order_id,),
        order_count=1,
    )
    noted = any(step.event is CaseEvent.BUYER_ASKED and step.detail.get("order") == order_id for step in standing_steps(file.steps))
    state = CaseState.BUYER_ASKED if noted or requests else CaseState.OPEN
    return replace(file, case=replace(case, subject=own.subject, finding=own, state=state))


def _requests(tx: Transaction, key: OrderKey) -> Iterator[Evidence]:
    """
    Yield the buyer's request to cancel, where one stands.
    """
    for line in history.orders(tx, {key}).get(key, ()):
        if line.known.cancel_requested:
            asked = line.cancel_requests[-1]
            yield Evidence(EvidenceKind.CANCEL_REQUEST, seen_at=asked.as_of, source=asked.source)
