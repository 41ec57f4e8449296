"""
Makers of improvement plans: what the log knows of the incident's cousins, and what a diligent seller fills in.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from watchdog.terms.case import Outcome
from watchdog.terms.health import HealthFigure, Metric
from watchdog.terms.marketplace import JAPAN
from watchdog.terms.plan import PlanAnswers, PlanCheck, PlanFacts, PlanKind, PlanOrder

NOW = datetime(2026, 9, 20, 3, tzinfo=UTC)
LATE = HealthFigure(
    JAPAN,
    Metric.LATE_SHIPMENT,
    30,
    NOW,
    "inbox:health_report",
    100,
    5,
    target=0.04,
    window_from=date(2026, 8, 20),
    window_to=date(2026, 9, 18),
)
RESET = PlanOrder(
    "250-0000007-0000007",
    "架空のアルバム",
    date(2026, 9, 8),
    date(2026, 9, 14),
    date(2026, 9, 14),
    Outcome.SHIPPED_LATE,
    date(2026, 9, 14),
    date(2026, 9, 5),
)
BARE = PlanOrder("250-0000008-0000008", None, date(2026, 9, 10), None, None)
ANSWERS = PlanAnswers(
    cause="予約注文の出荷予定日を、登録後に確認していませんでした。",
    prevention="・毎朝9時に、発送担当が予約注文の出荷予定日を確認します。",
    effect="出荷予定日が変わった当日に対応でき、同じ理由の遅延を防げます。",
    done_by=date(2026, 9, 25),
    effective="2026-10",
    person="見本 花子",
    read_rules=True,
    is_true=True,
)
CHECKED = {
    PlanCheck.HANDLING_TIME: "2日に設定。実際の作業は1日で、変更はありません。",
    PlanCheck.SHIPPING_WORK: "入荷当日に出荷通知まで終える手順に変えました。",
    PlanCheck.PREORDER_DATES: "毎朝9時に発送担当が確認します。",
    PlanCheck.STOCK_FLOW: "入荷のたびに数え直します。",
    PlanCheck.STOCK_SYNC: "自社サイトの販売数を10分ごとに反映します。",
    PlanCheck.STOCK_REFILL: "残り3個で発注し、0個になったら出品を止めます。",
    PlanCheck.DEFECT_SOURCE: "低評価2件、保証申請1件。いずれも外箱のつぶれでした。",
    PlanCheck.REPLY_TIMES: "24時間以内に返信します。休日は当番が対応します。",
    PlanCheck.LISTING_CONDITION: "状態の説明を実物に合わせて直しました。",
}


_TARGETS = {PlanKind.LATE: "< 4%", PlanKind.CANCEL: "< 2.5%", PlanKind.DEFECT: "< 1%"}


def facts(kind: PlanKind = PlanKind.LATE, **changes: Any) -> PlanFacts:
    """
    Return what the log knows of a missed target of that kind.
    """
    figure = replace(LATE, metric=kind.metric, window_days=kind.metric.windows[-1])
    whole = PlanFacts(kind, JAPAN, (figure,), (_TARGETS[kind],), (RESET, BARE) if kind is PlanKind.LATE else (), date(2026, 9, 1))
    return replace(whole, **changes)


def answers(kind: PlanKind = PlanKind.LATE, **changes: Any) -> PlanAnswers:
    """
    Return every answer a plan of that kind needs.
    """
    return replace(ANSWERS, **{"checks": {check: CHECKED[check] for check in kind.checks}, **changes})
