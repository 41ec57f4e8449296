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
from watchdog.detect.product_case import endings_of, going_on, worst
from watchdog.detect.scene import Scene
from watchdog.detect.stage import Explained, Stage
from watchdog.detect.table import ORDER_RULES, PRODUCT_RULES, AskedWhen
from watchdog.terms.calendar import Calendar
from watchdog.terms.finding import Severity, Subject
from watchdog.terms.identity import MarketplaceId, OrderKey
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.policy import Policy
from watchdog.terms.verdict import Bench, Examined, ExaminedProduct, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watchdog.terms.case import Outcome
    from watchdog.terms.finding import Rule
    from watchdog.terms.identity import LineKey, OrderId, ProductId
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
                self.fired[id(scene)] = _ask(scene, AskedWhen.ALWAYS)
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
        return Stage(
            context=context,
            scenes=scenes,
            flagged_since=since,
            policy=self.policy,
            calendar=self.calendar(context.product.marketplace_id),
            now=self.now,
            case=self.bench.product_cases.get(product_id),
        )

    def explain(self, stage: Stage) -> Explained | None:
        """
        Return the first product rule that fires, and all that the product's standing case explains with it.
        """
        return going_on(stage, next((found for row in PRODUCT_RULES if (found := row.examine(stage)) is not None), None))

    def examine(self, order: OrderKey, explained: Mapping[ProductId, Explained | None]) -> Examined:
        """
        Return the order's finding by its worst line, and whether its matter is over.
        """
        lines, scenes = self.bench.orders[order], self.scenes[order]
        flagged = self.bench.flagged_lines.get(order, frozenset())
        outcome = ended([line for line in lines if line.line in flagged] or lines, BY_ID[order.marketplace_id].zone)
        explained_by = {product for scene in scenes if _explains(explained.get(product := scene.line.product_id), order.order_id)}
        fired = self._all_fired(order, absorbed=bool(explained_by))
        worst = self._worst(scenes)
        finding = None
        if worst is not None and fired:
            finding = order_finding(worst, fired, lines=self._at_fault(scenes))
            if order.marketplace_id in self.bench.asks:
                finding = replace(finding, evidence=(*finding.evidence, doubt(worst.line)))
        loud = finding is not None and finding.severity is not Severity.NOTICE
        return Examined(
            order,
            worst.line.product_id if worst else lines[0].product_id,
            finding,
            live=order in self.bench.live,
            healthy=not loud and bool(scenes) and all(is_healthy(scene) for scene in scenes),
            ended=None if loud else outcome,
            ship_by=worst.ship_by if worst else None,
            release_date=worst.release if worst else None,
            held=order.marketplace_id in self.bench.asks and not is_borne_out(lines),
            absorbed=not explained_by.isdisjoint(self.bench.product_cases),
        )

    def _all_fired(self, order: OrderKey, *, absorbed: bool) -> Fired:
        """
        Return every rule that fired on any line; what is due is asked once the order is flagged (by a case, a warning or its product).
        """
        scenes = self.scenes[order]
        fired = _sum(self.fired[id(scene)] for scene in scenes)
        loud = bool(fired) and severity_of(fired) is not Severity.NOTICE
        if loud or absorbed or order in self.bench.flagged_since:
            due = _sum(_ask(scene, AskedWhen.IF_FLAGGED) for scene in scenes if not is_healthy(scene) or scene.line.known.cancel_requested)
            fired = fired | due
        return fired

    def _worst(self, scenes: Sequence[Scene]) -> Scene | None:
        return max(scenes, key=self._badness, default=None)

    def _at_fault(self, scenes: Sequence[Scene]) -> list[LineKey]:
        """
        Return the lines with more than a notice; where there is none, those with one.
        """
        fired = {scene.line.line: severity_of(found) for scene in scenes if (found := self.fired[id(scene)])}
        return [line for line, severity in fired.items() if severity is not Severity.NOTICE] or list(fired)

    def _badness(self, scene: Scene) -> tuple[int, int, str]:
        fired = self.fired[id(scene)]
        rank = severity_of(fired).rank if fired else -1
        return rank, scene.gap if scene.gap is not None else scene.moved_days, scene.line.line

    def examine_product(self, stage: Stage, explained: Explained | None) -> ExaminedProduct:
        """
        Return the product's finding, or how its case ended where it had one.
        """
        product = stage.context.product
        subject = Subject(product.marketplace_id, product.id)
        if explained is None:
            endings = self._endings(stage)
            return ExaminedProduct(subject, None, ended=None if endings is None else worst(endings), endings=endings or {})
        due = {rule: Severity.URGENT for scene in stage.scenes if _explains(explained, scene.line.order.order_id) for rule in _due(scene)}
        joining = explained.explains - (stage.case.orders if stage.case else frozenset())
        return ExaminedProduct(subject, product_finding(stage, explained, due), explained.explains, joining)

    def _endings(self, stage: Stage) -> Mapping[Outcome, int] | None:
        """
        Return how the orders of the product's case ended, once all have; a file ends nothing where an API watches (DOMAIN §6).
        """
        product, case = stage.context.product, stage.case
        if case is None:
            return None
        held = {order: self.bench.orders.get(OrderKey(product.marketplace_id, order), ()) for order in case.orders}
        if product.marketplace_id in self.bench.asks and not all(is_said_by_api(line) for lines in held.values() for line in lines):
            return None
        return endings_of(stage, {order: [line for line in lines if line.product_id == product.id] for order, lines in held.items()})


def _ask(scene: Scene, asked: AskedWhen) -> Fired:
    answers = ((row.rule, row.examine(scene)) for row in ORDER_RULES if row.asked is asked)
    return {rule: severity for rule, severity in answers if severity is not None}


def _due(scene: Scene) -> Iterator[Rule]:
    return (rule for rule in _ask(scene, AskedWhen.IF_FLAGGED) if rule in DUE_RULES)


def _sum(parts: Iterator[Fired]) -> Fired:
    total: Fired = {}
    for part in parts:
        for rule, severity in part.items():
            total[rule] = max(severity, total.get(rule, severity), key=lambda each: each.rank)
    return total


def _explains(explained: Explained | None, order_id: OrderId) -> bool:
    return explained is not None and order_id in explained.explains
