"""
The improvement plan is written: logged facts and the seller's own words under Amazon's headings; nothing prints with a field missing.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from watchdog.compose import plan_words
from watchdog.compose.render import subject_and_body
from watchdog.compose.wording import words
from watchdog.terms.case import Outcome
from watchdog.terms.health import per_cent
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import local_date
from watchdog.terms.plan import PlanCheck, PlanField, missing_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from watchdog.compose.render import Renderer
    from watchdog.compose.wording import Words
    from watchdog.terms.plan import PlanAnswers, PlanFacts, PlanOrder
    from watchdog.terms.said import Said

#: What the template ``plan.txt`` may print, and the parts of its lists.
PLAN_NAMES = frozenset(
    "metric figures orders order_count violation cause causes done prevention watched_since checks effect done_by effective person".split()
)
PLAN_PARTS = frozenset({"name", "answer"})


class _Answer(NamedTuple):
    name: str
    answer: str


class Paper(NamedTuple):
    """
    A written plan; with anything missing it has no text.
    """

    subject: str
    text: str
    missing: tuple[str, ...]  #: in plain words, with the option's name


def write_plan(renderer: Renderer, facts: PlanFacts, answers: PlanAnswers, *, language: str) -> Paper:
    """
    Return the plan, or what is missing in it.
    """
    said = words(language)
    missing = tuple(asked(each, said) for each in missing_in(facts, answers))
    if missing:
        return Paper("", "", missing)
    subject, text = subject_and_body(renderer.render(f"{said.language}/plan.txt", _values(facts, answers, said)))
    return Paper(subject, text, ())


def asked(name: PlanField | PlanCheck, said: Words) -> str:
    """
    Return what is to be filled in, with how it is called on the command line.
    """
    if isinstance(name, PlanCheck):
        return f"{_pick(plan_words.CHECKS[name], said)} (--check {name}=…)"
    option = {PlanField.READ_RULES: "--confirm-rules", PlanField.IS_TRUE: "--confirm-true"}.get(name, f"--{name.replace('_', '-')}")
    return f"{_pick(plan_words.FIELDS[name], said)} ({option})"


def _pick(both: Said, said: Words) -> str:
    return both.to(said.language)


def _values(facts: PlanFacts, answers: PlanAnswers, said: Words) -> dict[str, object]:
    return {
        "metric": _pick(plan_words.KINDS[facts.kind], said),
        "figures": list(figures_told(facts, said)),
        "orders": list(orders_told(facts, said)),
        "order_count": len(facts.orders) + facts.unnamed,
        "violation": answers.violation,
        "cause": answers.cause,
        "causes": list(_each_once(facts, _moved, said)),
        "done": list(_each_once(facts, _corrected, said)),
        "prevention": answers.prevention,
        "watched_since": said.day(facts.watched_since) if facts.watched_since and facts.orders else "",
        "checks": [_Answer(_pick(plan_words.CHECKS[check], said), answers.checks[check]) for check in facts.kind.checks],
        "effect": answers.effect,
        "done_by": said.day(answers.done_by) if answers.done_by else "",
        "effective": _month(answers.effective, said),
        "person": answers.person,
    }


def figures_told(facts: PlanFacts, said: Words) -> Iterator[str]:
    """
    Yield each window's figure with its date, as it was said.
    """
    for figure, target in zip(facts.figures, facts.targets, strict=True):
        name, rate = said.metrics[figure.metric], per_cent(figure.shown)
        day = said.day(figure.window_to or local_date(figure.as_of, BY_ID[figure.marketplace_id].zone))
        counted = figure.orders is not None and figure.defects is not None and not figure.contradicts_itself
        if said.language == "ja":
            counts = f"、{figure.orders}件中{figure.defects}件" if counted else ""
            yield f"{figure.window_days}日間の{name}：{rate}（目標 {said.aim(target)}{counts}、{day}時点）"
        else:
            counts = f", {figure.defects} of {figure.orders}" if counted else ""
            yield f"{name} over {figure.window_days} days: {rate} (target {said.aim(target)}{counts}; as of {day})"


def orders_told(facts: PlanFacts, said: Words) -> Iterator[str]:
    """
    Yield each order on one line, and how many more there are of the same products.
    """
    yield from (order_told(order, said) for order in facts.orders)
    if facts.unnamed:
        more = f"ほか{facts.unnamed}件（同じ商品の予約注文。注文番号は省略）"
        yield (more if said.language == "ja" else f"and {facts.unnamed} more pre-orders of the same products (numbers left out)")


def order_told(order: PlanOrder, said: Words) -> str:
    """
    Return one order with its dates, on one line.
    """
    is_ja = said.language == "ja"
    named = ((order.ship_by, "出荷予定日", "ship-by"), (order.release_date, "発売日", "release"))
    dates = [f"{ja} {said.day(day)}" if is_ja else f"{en} {said.day(day)}" for day, ja, en in named if day is not None]
    title = ("「" + order.title + "」" if is_ja else f" ({order.title})") if order.title else ""
    return f"{order.order_id}{title}：{'、'.join(dates)}" if is_ja else f"{order.order_id}{title}: {', '.join(dates)}"


def _each_once(facts: PlanFacts, told: Callable[[PlanOrder, str, Words], str], said: Words) -> Iterator[str]:
    """
    Yield what is told of the orders; the same of several is told once, of the first and so many more.
    """
    alike: dict[str, list[PlanOrder]] = {}
    for order in facts.orders:
        alike.setdefault(told(order, "", said), []).append(order)
    for same in alike.values():
        first, more = same[0], len(same) - 1
        name = (
            first.order_id
            if not more
            else f"{first.order_id}ほか{more}件"
            if said.language == "ja"
            else f"{first.order_id} and {more} more"
        )
        if text := told(first, name, said):
            yield text


def _moved(order: PlanOrder, name: str, said: Words) -> str:
    """
    Return that the ship-by of a pre-order moved before its release date, where that was seen; who moved it is no part of a plan.
    """
    if order.ship_by is None or order.previous_ship_by is None or order.release_date is None or order.ship_by >= order.release_date:
        return ""
    if said.language == "ja":
        return (
            f"注文番号{name}は、{said.day(order.release_date)}発売の商品の予約注文です。出荷予定日が{said.day(order.previous_ship_by)}から"
            f"{said.day(order.ship_by)}に変わり、発売前で商品がなかったため、その日までに出荷できませんでした。"
        )
    are, its, it = ("is a pre-order", "Its", "it") if name == order.order_id else ("are pre-orders", "Their", "they")
    return (
        f"{name} {are} of a product released on {said.day(order.release_date)}. {its} ship-by date changed from "
        f"{said.day(order.previous_ship_by)} to {said.day(order.ship_by)}, before the release, so {it} could not be shipped by then."
    )


#: How an order ended, as it was seen; the day is that on which it was seen, which is all the log knows for sure.
_DONE = {
    Outcome.SHIPPED_IN_TIME: ("出荷を確認しました", "seen as shipped"),
    Outcome.SHIPPED_LATE: ("出荷を確認しました", "seen as shipped"),
    Outcome.COUNTED_LATE: ("出荷を確認しました", "seen as shipped"),
    Outcome.CANCELLED_BY_SELLER: ("当店によるキャンセルを確認しました", "seen as cancelled by us"),
    Outcome.CANCELLED_BY_AMAZON: ("Amazonによるキャンセルを確認しました", "seen as cancelled by Amazon"),
}


def _corrected(order: PlanOrder, name: str, said: Words) -> str:
    """
    Return what was done about one order, as far as it is on record.
    """
    is_ja = said.language == "ja"
    ended = _DONE.get(Outcome(order.was)) if order.was and order.ended_on is not None else None
    asked_on, ended_on = (said.day(day) if day is not None else "" for day in (order.ticket_on, order.ended_on))
    if is_ja:
        ticket = f"{asked_on}にテクニカルサポートへ出荷予定日の訂正を依頼し" if asked_on else ""
        told = [ticket, f"{ended_on}に{ended[0]}"] if ended else [f"{ticket}ました" if ticket else ""]
    else:
        told = [f"correction of the ship-by date asked for on {asked_on}" if asked_on else "", f"{ended[1]} on {ended_on}" if ended else ""]
    done = ("、" if is_ja else "; ").join(part for part in told if part)
    if not done:
        return ""
    return f"注文番号{name}：{done}。" if is_ja else f"{name}: {done}"


def _month(effective: str, said: Words) -> str:
    year, month = (int(part) for part in effective.split("-"))
    return f"{year}年{month}月" if said.language == "ja" else f"{date(year, month, 1):%B %Y}"
