"""
Rewrites ``docs/rules.md`` from the table of rules: ``python -m tests.detect.write_rules``.
"""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from watchdog.compose.words import CAUSES, CONFIDENCES, RULES, SEVERITIES
from watchdog.detect.table import ORDER_RULES, PRODUCT_RULES, AskedWhen
from watchdog.terms.finding import Cause, Confidence, Rule, Severity
from watchdog.terms.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
_POLICY = Policy()
_TOLERANCE, _LEAST = _POLICY.tolerance_days, _POLICY.norm_least
_SHARE = "/".join(map(str, _POLICY.norm_share))
_RESET_HOURS = int(_POLICY.reset_window.total_seconds() // 3600)
_NEAR_HOURS = int(_POLICY.ship_by_near.total_seconds() // 3600)
_URGENT_DAYS = _POLICY.urgent_business_days
#: Rules that are no row of the table: they are asked once per product, not per order.
_PER_PRODUCT = {Rule.SHIP_BY_NEAR}
_HEAD = "<!-- Generated from watchdog/detect by `python -m tests.detect.write_rules`; a test compares them. -->"


class When(NamedTuple):
    """
    When a rule fires and how loud it is, for people; numbers come from ``Policy``.
    """

    en: str
    ja: str
    severity: str


WHEN: dict[Rule, When] = {
    Rule.SHIP_BY_BEFORE_RELEASE: When(
        "gap > tolerance.",
        f"出荷予定日が発売日より{_TOLERANCE}日を超えて早い。",
        "urgent",
    ),
    Rule.SHIP_BY_MOVED_EARLIER: When(
        "The ship-by is earlier than the order's last known one, and the release date did not move earlier by as much. "
        "A missing date is skipped; one day between two different interfaces is no move. A move given back in part stays one.",
        "出荷予定日が前回の記録より早まり、発売日は同じだけ早まっていない。日付の空欄や、情報源の違いによる1日の差は数えない。"
        "一部だけ戻っても、早まったものとして扱う。",
        "urgent if gap > tolerance, or the release date is unknown and it moved by more than the tolerance; "
        "warning if 0 < gap ≤ tolerance and it is earlier than the norm, or there is no norm; else notice",
    ),
    Rule.ODD_ONE_OUT: When(
        "A norm exists, the ship-by is earlier than it, and it lies before the release date or that date is unknown.",
        "同じ商品のほかの予約がそろって別の日付なのに、この注文だけ早い。",
        "urgent if gap > tolerance, or the release date is unknown and it lies more than the tolerance before the norm; else warning",
    ),
    Rule.LEFT_PENDING_EARLY: When(
        f"The order became ready to ship more than {_POLICY.left_pending_days} days before release: "
        "at the report's `reporting-date`, else when it was seen so.",
        f"発売日の{_POLICY.left_pending_days}日より前に保留を外れ、出荷できる状態になった。",
        "alone a notice, which sends nothing; raises another rule's warning to urgent",
    ),
    Rule.PAST_SHIP_BY: When(
        "The marketplace's ship-by day of a flagged order is over.",
        "検知済みの注文の出荷予定日が過ぎた。",
        "urgent",
    ),
    Rule.AUTO_CANCEL_NEAR: When(
        f"A flagged order is unshipped and business day {_POLICY.auto_cancel_business_days} after its ship-by "
        f"is at most {_POLICY.auto_cancel_warning_days} business days away.",
        f"検知済みの未出荷注文で、出荷予定日から{_POLICY.auto_cancel_business_days}営業日目(自動キャンセル)まで"
        f"あと{_POLICY.auto_cancel_warning_days}営業日以内。",
        "urgent",
    ),
    Rule.BUYER_ASKED_CANCEL: When(
        "The buyer of a flagged order has asked to cancel through Amazon: approve now.",
        "検知済みの注文に、購入者からAmazon経由のキャンセルリクエストが届いている。すぐに承認する。",
        "urgent",
    ),
    Rule.SHIP_BY_NEAR: When(
        f"Healthy pre-orders must ship within {_NEAR_HOURS} hours: one line per product and day.",
        f"正常な予約注文の出荷予定日の終了まで{_NEAR_HOURS}時間以内。商品と日付ごとに1行。",
        "notice",
    ),
    Rule.RELEASE_UNKNOWN: When(
        "An open pre-order has neither a release date that is believed nor a norm.",
        "発売日も、比べられるほかの予約もない。",
        "notice, and named in `coverage`",
    ),
    Rule.RELEASE_MOVED: When(
        "A source moved the release date later, and open pre-orders whose ship-by did not change since have gap > tolerance to it. "
        "Where that source is not the believed one, the seller is asked to confirm.",
        "発売日が延期されたのに、予約注文の出荷予定日が元のまま。",
        f"warning; urgent once the first affected ship-by is within {_URGENT_DAYS} business days",
    ),
    Rule.LISTING_RESET: When(
        f"At least {_POLICY.reset_least} and half of the product's open pre-orders moved earlier within {_RESET_HOURS} hours, "
        "each to a gap > tolerance (release unknown: by more than the tolerance). A listing tool or Amazon's catalog did that, no buyer.",
        f"予約の{_POLICY.reset_least}件以上かつ半数以上が{_RESET_HOURS}時間以内にまとめて前倒しになった。出品ツール(価格改定ツールなど)や"
        "Amazonカタログが原因と考えられる。",
        "urgent",
    ),
    Rule.LISTING_MISDATED: When(
        f"At least {_LEAST} and {_SHARE} of the product's open pre-orders have gap > tolerance, and none was seen to move.",
        f"予約の{_LEAST}件以上かつ{_SHARE}以上が発売日より前の日付で、変わった形跡がない。出品情報の日付が最初から違う。",
        f"warning; urgent once the first ship-by is within {_URGENT_DAYS} business days",
    ),
}

NEEDS: dict[Cause, str] = {
    Cause.BUYER_CHANGE: "the move was seen, or the order stands alone among its siblings, **and** the buyer left a trace "
    "in the same interval: payment or delivery fingerprint changed, or the order left pending well before release",
    Cause.RESET_UNEXPLAINED: "the move was seen, or the order stands alone, without such a trace",
    Cause.RELEASE_MOVED: "`release_moved` fired for the product",
    Cause.LISTING_RESET: "`listing_reset` fired for the product",
    Cause.LISTING_MISDATED: "`listing_misdated` fired for the product",
    Cause.UNDETERMINED: "anything else, e.g. first sight without siblings or history",
}

SURE: dict[Confidence, str] = {
    Confidence.CERTAIN: "only by Amazon's own reply; no rule ever says so",
    Confidence.LIKELY: "a trace in the interval of a move that was seen",
    Confidence.POSSIBLE: "everything else",
}

LOUD: dict[Severity, str] = {
    Severity.NOTICE: "listed by `flagged --all`, sends nothing",
    Severity.WARNING: "opens a case and sends a message",
    Severity.URGENT: "the same; something has to be done now",
}

_OPENING = f"""\
# Rules · 判定ルール

{_HEAD}

What makes a pre-order a finding. One rule is one file in `watchdog/detect/rules`; the numbers are defaults, each is a
[setting](settings.md).

- **Ship-by** (出荷予定日): the marketplace's calendar day on which the ship window ends.
- **Release date** (発売日): your own list; Amazon's catalog ranks below it. A date that the orders contradict is not believed,
  and `coverage` says so.
- **gap** = release date − ship-by, in days. **tolerance** = {_TOLERANCE} days: a day or two early is normal, so that it arrives
  on the day. A ship-by *later* than the release date is normal too: weekends and holidays move it.
- **norm** = the ship-by that at least {_LEAST} and {_SHARE} of the product's *other* open pre-orders share, where they were shown
  not more than {_POLICY.blind_rhythms * _POLICY.inbox_rhythm_days} business days before the order itself.
- Only open, seller-fulfilled pre-orders are judged. **Flagged** = a case is open, or another rule says at least *warning*.
"""

_PRECEDENCE = """\
## Who speaks

One order has one finding and one case: the highest severity, all its rules listed.
A product rule speaks for every order it explains, in the order of the table above: one case and one message instead of forty.
An order it does not explain keeps its own case.
The product rules need a source that shows pending orders; shipping reports list an order only once it has left pending,
so with these alone only `release_moved` can speak for a product, and orders keep their own cases.
"""


def drawn() -> str:
    """
    Return the page.
    """
    rows = [row.rule for row in ORDER_RULES]
    asked = {row.rule: row.asked for row in ORDER_RULES}
    orders = [*rows, *(rule for rule in Rule if rule in _PER_PRODUCT)]
    products = [row.rule for row in PRODUCT_RULES]
    parts = [
        _OPENING,
        "## Rules about one order\n\n" + _overview(orders),
        *(_section(rule, asked.get(rule)) for rule in orders),
        "## Rules about a product\n\n" + _overview(products),
        *(_section(rule, None) for rule in products),
        _PRECEDENCE,
        _table("Causes", ("cause", "原因", "needs"), ((f"`{cause}`", CAUSES[cause].ja, needs) for cause, needs in NEEDS.items())),
        _table("How sure", ("confidence", "確度", "when"), ((f"`{each}`", CONFIDENCES[each].ja, SURE[each]) for each in SURE)),
        _table("How loud", ("severity", "緊急度", "what it does"), ((f"`{each}`", SEVERITIES[each].ja, LOUD[each]) for each in LOUD)),
    ]
    return "\n".join(parts)


def _overview(rules: Iterable[Rule]) -> str:
    lines = "\n".join(f"| [`{rule}`](#{rule}) | {RULES[rule].ja} | {RULES[rule].en} |" for rule in rules)
    return f"| rule | ルール | in words |\n| --- | --- | --- |\n{lines}\n"


def _section(rule: Rule, asked: AskedWhen | None) -> str:
    when = WHEN[rule]
    only = " Asked only of flagged orders." if asked is AskedWhen.IF_FLAGGED else ""
    fires = f"- **Fires when** {_lowered(when.en)}{only}\n- **いつ** {when.ja}\n- **Severity**: {when.severity}.\n"
    return f"### {rule}\n\n{_why(rule)}\n\n{fires}"


def _why(rule: Rule) -> str:
    """
    Return what the rule's own file says it is about.
    """
    text = inspect.getdoc(importlib.import_module(f"watchdog.detect.rules.{rule}")) or ""
    return re.sub(r"\s+", " ", text).strip()


def _lowered(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _table(heading: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [columns, tuple("---" for _ in columns), *rows]
    return f"## {heading}\n\n" + "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


if __name__ == "__main__":
    PAGE.write_text(drawn(), encoding="utf-8")
