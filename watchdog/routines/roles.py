"""
At every turn: is a source beside the orders refused, because the application lacks a role, or our key a permission?
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from watchdog.store import Transaction, conditions, sights
from watchdog.terms.condition import Condition, ConditionKind
from watchdog.terms.finding import Severity
from watchdog.terms.look import API, Reason
from watchdog.terms.sight import Trouble, TroubleKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

#: A refusal of one operation; that of the whole account is the orders' own condition.
_ROLE = "spapi_role_missing"
#: A refusal by somebody else than Amazon's API: the queue of notifications.
_KEY = "source_refused"
#: How to do meanwhile without what is refused.
_STEPS: Mapping[str, str] = {
    f"{API}catalog": "step_role_catalog",
    f"{API}pricing": "step_role_pricing",
    f"{API}report:health": "step_role_health",
    f"{API}report:unshipped": "step_role_unshipped",
}


@dataclass(frozen=True)
class RoleWatch:
    """
    Observes ``role_missing``: a warning, for the orders are watched without it; what stands is reconciled by ``routines.conditions``.

    It ends when the source answers, not when it fails in another way. While the orders themselves are refused nothing begins or ends here:
    that is said already, and urgently.
    """

    orders: str  #: the orders' source
    beside: tuple[str, ...]  #: the other sources that are asked
    kinds: ClassVar[tuple[ConditionKind, ...]] = (ConditionKind.ROLE_MISSING,)

    def observe(self, tx: Transaction, now: datetime) -> Iterator[Condition]:
        """
        Yield what is refused, or was and has not answered since.
        """
        del now  # a role has no hour
        troubles = sights.troubles(tx)
        stood = {each.condition.subject: each.condition for each in conditions.standing(tx) if each.condition.kind in self.kinds}
        orders = troubles.get(self.orders)
        shut_out = orders is not None and orders.kind is TroubleKind.REFUSED
        for source in self.beside:
            trouble, before = troubles.get(source), stood.get(source)
            if trouble is None:
                continue
            found = _missing(source, trouble)
            if found is not None and (before is not None or not shut_out or trouble.reason.code == _KEY):
                yield found
            elif before is not None:
                yield before


def _missing(source: str, trouble: Trouble) -> Condition | None:
    """
    Return what is said of the trouble, None where it is no missing permission.
    """
    refused = trouble.reason
    if trouble.kind is not TroubleKind.REFUSED or refused.code not in {_ROLE, _KEY}:
        return None
    if refused.code == _KEY:
        return Condition(ConditionKind.ROLE_MISSING, source, Severity.WARNING, refused, Reason("step_key"))
    reason = Reason("role_missing", {**refused.values, "source": source})
    step = Reason(_STEPS.get(source, "step_role"), {"role": str(refused.values["role"])})
    return Condition(ConditionKind.ROLE_MISSING, source, Severity.WARNING, reason, step)
