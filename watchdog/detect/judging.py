"""
One judging: every gathered order and product is examined, in the order the rules depend on each other.

Base rules of each line → product rules, which absorb orders → what is due on flagged orders → findings. It decides no case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from watchdog.detect.conclude import DUE_RULES, Fired, order_finding, product_finding, severity_of
from watchdog.detect.confirmed import doubt, is_borne_out, is_said_by_api
from watchdog.detect.coverage import coverage_of
from watchdog.detect.ending import ended, is_healthy
from watchdog.detect.near import near_notices
from watchdog.detect.scene import Scene
from watchdog.detect.stage import Explained, Stage
from watchdog.detect.table import ORDER_RULES, PRODUCT_RULES, Asked
from watchdog.terms.calendar import Calendar
from watchdog.terms.case import Outcome
from watchdog.terms.finding import Severity, Subject
from watchdog.terms.identity import MarketplaceId, OrderKey
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.policy import Policy
from watchdog.terms.verdict import Bench, Examined, ExaminedProduct, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from watchdog.terms.finding import Rule
    from watchdog.terms.identity import OrderId, ProductId
    from watchdog.terms.preorder import Preorder


def judge(bench: Bench, *, policy: Policy, calendars: Mapping[MarketplaceId, Calendar], now: datetime) -> Verdict:
    """
    Return the verdict on everything on the bench.
    """
    judging = _Judging(bench, policy, calendars, now)
    stages = {product_id: judging.stage(product_id) for product_id in bench.products}
    explained = {product_id: judging.explain(stage) for product_id, stage in stages.items()}
    orders = tuple(judging.examine(order, explained) for order in bench.orders)
    products = tuple(
        judging.examine_product(stages[product], explained[product]) for product in bench.products if product in bench.live_products
    )
    return Verdict(
        orders=orders,
        products=products,
        notices=near_notices(bench, orders, policy=policy, now=now),
        coverage=tuple(
            coverage_of(context, policy=policy, calendar=judging.calendar(context.product.marketplace_id))
            for context in bench.products.values()
        ),
    )


@dataclass
class _Judging:
    """
    What one judging knows: scenes by order and product, and what fired on each line.
    """

    bench: Bench
    policy: Policy
    calendars: Mapping[MarketplaceId, Calendar]
    now: datetime
    scenes: dict[OrderKey, list[Scene]] = field(default_factory=dict)
    fired: dict[int, Fired] = field(default_factory=dict)

    def __post_init__(self) -> None:
        by_product: dict[ProductId, list[Scene]] = defaultdict(list)
        for order, lines in self.bench.orders.items():
            self.scenes[order] = [self._scene(line) for line in lines if line.is_open]
            for scene in self.scenes[order]:
                self.fired[id(scene)] = _ask(scene, Asked.ALWAYS)
                by_product[scene.line.product_id].append(scene)
        self.by_product = by_product

    def calendar(self, marketplace_id: MarketplaceId) -> Calendar:
        """
        Return the marketplace's calendar.
        """
        return self.calendars[marketplace_id]

    def _scene(self, line: Preorder) -> Scene:
        context = self.bench.products[line.product_id]
        return Scene(line, context, self.policy, self.calendar(line.order.marketplace_id), self.now)

    def stage(self, product_id: ProductId) -> Stage:
        """
        Return the product with its examined open lines.
        """
        context = self.bench.products[product_id]
        since = {
            order.order_id: moment
            for order, moment in self.bench.flagged_since.items()
            if order.marketplace_id == context.product.marketplace_id
        }
        scenes = tuple(self.by_product.get(product_id, ()))
        standing = self.bench.product_findings.get(product_id)
        return Stage(
            context=context,
            scenes=scenes,
            flagged_since=since,
            policy=self.policy,
            calendar=self.calendar(context.product.marketplace_id),
            now=self.now,
            standing=standing.rules[0] if standing else None,
        )

    def explain(self, stage: Stage) -> Explained | None:
        """
        Return the first product rule that fires.
        """
        return next((found for row in PRODUCT_RULES if (found := row.examine(stage)) is not None), None)

    def examine(self, order: OrderKey, explained: Mapping[ProductId, Explained | None]) -> Examined:
        """
        Return the order's finding by its worst line, and whether its matter is over.
        """
        lines, scenes = self.bench.orders[order], self.scenes[order]
        outcome = ended(lines, BY_ID[order.marketplace_id].zone)
        absorbed = any(_explains(explained.get(scene.line.product_id), order.order_id) for scene in scenes)
        fired = self._all_fired(order, absorbed=absorbed)
        worst = self._worst(scenes)
        finding = None
        if worst is not None and fired:
            finding = order_finding(worst, fired, lines=[scene.line.line for scene in scenes if self.fired[id(scene)]])
            if order.marketplace_id in self.bench.asks:
                finding = replace(finding, evidence=(*finding.evidence, doubt(worst.line)))
        loud = finding is not None and finding.severity is not Severity.NOTICE
        return Examined(
            order,
            worst.line.product_id if worst else lines[0].product_id,
            finding,
            live=order in self.bench.live,
            healthy=not loud and bool(scenes) and all(is_healthy(scene) for scene in scenes),
            ended=outcome,
            ship_by=worst.ship_by if worst else None,
            release_date=worst.release if worst else None,
            held=order.marketplace_id in self.bench.asks and not is_borne_out(lines),
        )

    def _all_fired(self, order: OrderKey, *, absorbed: bool) -> Fired:
        """
        Return every rule that fired on any line; what is due is asked once the order is flagged (by a case, a warning or its product).
        """
        scenes = self.scenes[order]
        fired = _sum(self.fired[id(scene)] for scene in scenes)
        loud = bool(fired) and severity_of(fired) is not Severity.NOTICE
        if loud or absorbed or order in self.bench.flagged_since:
            due = _sum(_ask(scene, Asked.IF_FLAGGED) for scene in scenes if not is_healthy(scene) or scene.line.known.cancel_requested)
            fired = fired | due
        return fired

    def _worst(self, scenes: Sequence[Scene]) -> Scene | None:
        return max(scenes, key=self._badness, default=None)

    def _badness(self, scene: Scene) -> tuple[int, int, str]:
        fired = self.fired[id(scene)]
        rank = severity_of(fired).rank if fired else -1
        return rank, scene.gap if scene.gap is not None else scene.moved_days, scene.line.line

    def examine_product(self, stage: Stage, explained: Explained | None) -> ExaminedProduct:
        """
        Return the product's finding, or how its matter ended where it had one.
        """
        product = stage.context.product
        subject = Subject(product.marketplace_id, product.id)
        if explained is None:
            return ExaminedProduct(subject, None, ended=self._product_ended(stage))
        due = {rule: Severity.URGENT for scene in stage.scenes if _explains(explained, scene.line.order.order_id) for rule in _due(scene)}
        return ExaminedProduct(subject, product_finding(stage, explained, due), explained.explains)

    def _product_ended(self, stage: Stage) -> Outcome | None:
        """
        Return how an open product case is over: its release date was corrected, its dates restored, or its orders are closed.
        """
        before = self.bench.product_findings.get(stage.context.product.id)
        is_asked = stage.context.product.marketplace_id in self.bench.asks
        if before is None or (is_asked and not self._is_said_by_api(before.orders)):
            return None
        release = self._release(stage)
        if release != before.release_date and release is not None:
            return Outcome.RELEASE_CORRECTED
        if stage.open_orders:
            return Outcome.RESTORED
        closed = (
            ended(lines, BY_ID[order.marketplace_id].zone) for order, lines in self.bench.orders.items() if order.order_id in before.orders
        )
        return next((outcome for outcome in closed if outcome is not None), Outcome.RESTORED)

    def _is_said_by_api(self, orders: Collection[OrderId]) -> bool:
        """
        Say whether Amazon itself spoke last of every order that is looked at: a file resolves nothing where an API watches (DOMAIN §6).
        """
        held = (lines for order, lines in self.bench.orders.items() if order.order_id in orders)
        return all(is_said_by_api(line) for lines in held for line in lines)

    def _release(self, stage: Stage) -> object:
        context = stage.context
        return coverage_of(context, policy=self.policy, calendar=stage.calendar).release_date


def _ask(scene: Scene, asked: Asked) -> Fired:
    answers = ((row.rule, row.examine(scene)) for row in ORDER_RULES if row.asked is asked)
    return {rule: severity for rule, severity in answers if severity is not None}


def _due(scene: Scene) -> Iterator[Rule]:
    return (rule for rule in _ask(scene, Asked.IF_FLAGGED) if rule in DUE_RULES)


def _sum(parts: Iterator[Fired]) -> Fired:
    total: Fired = {}
    for part in parts:
        for rule, severity in part.items():
            total[rule] = max(severity, total.get(rule, severity), key=lambda each: each.rank)
    return total


def _explains(explained: Explained | None, order_id: OrderId) -> bool:
    return explained is not None and order_id in explained.explains
