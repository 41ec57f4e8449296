"""
Many rings become one notice per product and kind: one subject, one page, one line per order; it only writes, it decides nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from watchdog.compose.facts import values as all_values
from watchdog.compose.headline import about, counted, ended_as, glance, headline, orders_in, resolved_subject, subject
from watchdog.compose.letters import file_name
from watchdog.compose.matter import one_line
from watchdog.compose.page import Group, Line, Page
from watchdog.compose.phrases import AFTERWARDS, phrase, said
from watchdog.compose.screens import MOST
from watchdog.compose.steps import STEP_TITLES, STEPS, NextStep
from watchdog.compose.telling import happened, mark_gone, step_of, why
from watchdog.terms.case import CaseEvent, CaseState, Outcome
from watchdog.terms.identity import show_case_no
from watchdog.terms.letter import LetterKind
from watchdog.terms.message import MessageKind, Ring

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from watchdog.compose.entry import Entry
    from watchdog.compose.wording import Words

#: Steps that are done with another letter than the prepared one, or with none.
_BY_STEP: Mapping[NextStep, LetterKind | None] = {NextStep.TELL_BUYER: LetterKind.BUYER_INFORM, NextStep.CHECK_FIGURES: None}
#: Bodies list no more orders than this; a phone shows no more, and the log has them all.
LINES = 50


def kind_of(ring: Ring) -> MessageKind:
    """
    Say whether the ring warns or gives the all-clear.
    """
    is_over = ring.case.state is CaseState.RESOLVED and ring.case.outcome is not None
    return MessageKind.RESOLVED if is_over else MessageKind.ALERT


def bundles(rings: Sequence[Ring]) -> tuple[tuple[MessageKind, tuple[Ring, ...]], ...]:
    """
    Return the rings by product and kind, the most urgent first in each.
    """

    def key(ring: Ring) -> tuple[str, int, str]:
        return ring.case.subject.marketplace_id, ring.case.subject.product_id, kind_of(ring).value

    together = groupby(sorted(rings, key=key), key=key)
    return tuple((MessageKind(kind), tuple(sorted(group, key=_urgency))) for (_place, _product, kind), group in together)


def _urgency(ring: Ring) -> tuple[int, int, str, int]:
    """
    Order by severity, product cases before orders, then ship-by and case number.
    """
    finding = ring.finding
    return -finding.severity.rank, finding.subject.order_id is not None, str(finding.ship_by or "9"), ring.case.no


def key_of(rings: Sequence[Ring]) -> str:
    """
    Return the bundle's natural key: the same rings always have the same one, whatever their order.
    """
    pairs = sorted(f"{ring.case.no}\x1f{ring.key}" for ring in rings)
    return hashlib.sha256("\x1e".join(pairs).encode()).hexdigest()[:32]


def alert_page(entries: Sequence[Entry], words: Words) -> Page:
    """
    Return the page of a warning.
    """
    steps = {entry.ring.case.no: _step(entry) for entry in entries}

    def sameness(entry: Entry) -> tuple[int, str, str]:
        finding = entry.ring.finding
        return list(NextStep).index(steps[entry.ring.case.no]), finding.cause.value, finding.confidence.value

    together = [tuple(group) for _key, group in groupby(sorted(entries, key=sameness), key=sameness)]
    groups = [_alert_group(group, steps[group[0].ring.case.no], words) for group in together]
    return _page(entries, groups, words, subject=subject(entries, words), head=headline(entries, words))


def _step(entry: Entry) -> NextStep:
    return step_of(entry.matter, letter_ready=not entry.missing, event=entry.ring.event)


def _alert_group(entries: Sequence[Entry], step: NextStep, words: Words) -> Group:
    return Group(
        title=said(words, STEP_TITLES[step]),
        count=counted(orders_in(entries), words),
        many=orders_in(entries) > 1,
        lines=tuple(line for entry in entries for line in _lines(entry, words)),
        happened=_shared([happened(entry.matter, entry.ring.event, also=entry.ring.also) for entry in entries]),
        why=_shared([why(entry.matter) for entry in entries]),
        step=_instruction(entries, step, words),
        commands=_commands(entries[0], words, letter=_letter(entries[0], step)),
    )


def resolved_page(entries: Sequence[Entry], words: Words) -> Page:
    """
    Return the page of an all-clear.
    """

    def ended(entry: Entry) -> int:
        return list(Outcome).index(entry.outcome)

    groups = [_resolved_group(tuple(group), words) for _outcome, group in groupby(sorted(entries, key=ended), key=ended)]
    head = phrase(words, "headline", mark=phrase(words, "resolved_mark"), what=ended_as(entries[0], words))
    return _page(entries, groups, words, subject=resolved_subject(entries, words), head=head)


def _resolved_group(entries: Sequence[Entry], words: Words) -> Group:
    first = entries[0]
    gone = (*mark_gone(first.matter, first.ring.event), *_endings(entries, words))
    outcome = Outcome.CORRECTED if first.ring.event is CaseEvent.MARK_REMOVED else first.outcome
    return Group(
        title=ended_as(first, words),
        count=counted(orders_in(entries), words),
        many=orders_in(entries) > 1,
        lines=tuple(line for entry in entries for line in _lines(entry, words)),
        happened=(phrase(words, "event", event=ended_as(first, words)), *gone),
        why=(),
        step="\n".join((*gone, said(words, AFTERWARDS[outcome]))),
        commands=_commands(entries[0], words, letter=None),
    )


def _endings(entries: Sequence[Entry], words: Words) -> Iterator[str]:
    """
    Yield how many orders of a product's case ended in which way, the worst first, where they ended differently.
    """
    for entry in entries:
        steps = entry.ring.file.steps if entry.ring.file is not None else ()
        detail = steps[-1].detail if steps else {}
        ways = [way for way in dict.fromkeys((entry.outcome, *Outcome)) if way in detail]
        each = [phrase(words, "ending", outcome=words.outcomes[way], count=detail[way]) for way in ways]
        if each:
            yield phrase(words, "endings", each=phrase(words, "comma").join(each))


def _page(entries: Sequence[Entry], groups: Sequence[Group], words: Words, *, subject: str, head: str) -> Page:
    first = all_values(entries[0].known)
    shown, more = _capped(groups, orders_in(entries))
    screens = {show_case_no(entry.ring.case.no): entry.screen for entry in entries if entry.screen}
    return Page(
        subject=subject,
        headline=head,
        product=str(first["product"]),
        ids=" / ".join(f"{name} {first[key]}" for name, key in (("ASIN", "asin"), ("SKU", "sku")) if first[key]),
        release=_release(str(first["release_date"]), str(first["release_source"]), words),
        groups=shown,
        several=len(shown) > 1,
        several_cases=phrase(words, "several_cases") if len(entries) > 1 else "",
        more=phrase(words, "more", count=str(more)) if more else "",
        care=phrase(words, "care"),
        zone=words.zone(entries[0].matter.store.zone),
        glance=glance(entries, words) if kind_of(entries[0].ring) is MessageKind.ALERT else "",
        which=about(entries, words),
        screen=entries[0].screen if len(screens) == 1 else "",
        screens=_rows(screens, entries[0].screen_of_all, words),
    )


def _rows(screens: Mapping[str, str], of_all: str, words: Words) -> tuple[str, ...]:
    """
    Return the pages' addresses for a plain text: one alone, several with their cases, many in the end as one list.
    """
    if len(screens) <= 1:
        return tuple(screens.values())
    rows = tuple(f"{case_no} {address}" for case_no, address in screens.items())
    return rows if len(rows) <= MOST else (*rows[:MOST], phrase(words, "screen_of_all", address=of_all))


def _release(day: str, source: str, words: Words) -> str:
    if not day:
        return ""
    return phrase(words, "label_release_by", day=day, source=source) if source else phrase(words, "label_release", day=day)


def _capped(groups: Sequence[Group], orders: int) -> tuple[tuple[Group, ...], int]:
    """
    Return the groups with at most ``LINES`` lines in all, and how many orders are not shown.
    """
    room, shown = LINES, []
    for group in groups:
        lines = group.lines[:room]
        room -= len(lines)
        shown.append(replace(group, lines=lines))
    listed = sum(1 for group in shown for line in group.lines if line["order_id"])
    return tuple(shown), max(orders - listed, 0)


def _lines(entry: Entry, words: Words) -> tuple[Line, ...]:
    """
    Return the order's line, or one for each order a product finding names.
    """
    finding, case_no = entry.ring.finding, show_case_no(entry.ring.case.no)
    if finding.subject.order_id is not None:
        dates, note = _dates(entry, words), _note(entry, words)
        return (_line(entry, case_no, str(finding.subject.order_id), dates=dates, note=note),)
    return tuple(_line(entry, case_no, order_id, dates="", note="") for order_id in finding.orders)


def _line(entry: Entry, case_no: str, order_id: str, *, dates: str, note: str) -> Line:
    link = entry.matter.store.order_link(order_id)
    return {"case_no": case_no, "order_id": order_id, "link": link, "dates": dates, "note": note, "screen": entry.screen}


def _dates(entry: Entry, words: Words) -> str:
    finding = entry.ring.finding
    if finding.ship_by is None:
        return ""
    day = words.short_day(finding.ship_by)
    if kind_of(entry.ring) is MessageKind.RESOLVED:
        return phrase(words, "line_first_seen", ship_by=day)
    if finding.move_seen and finding.previous_ship_by:
        return phrase(words, "line_moved", ship_by=day, previous=words.short_day(finding.previous_ship_by))
    return phrase(words, "line", ship_by=day)


def _note(entry: Entry, words: Words) -> str:
    """
    Return why it rings again, empty for a new case.
    """
    quiet = kind_of(entry.ring) is MessageKind.RESOLVED or entry.ring.event is CaseEvent.FOUND
    return "" if quiet else words.events[entry.ring.event]


def _shared(stories: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """
    Return the sentences true of every order of the group; what differs stands in its line.
    """
    return tuple(sentence for sentence in stories[0] if all(sentence in story for story in stories[1:]))


def _instruction(entries: Sequence[Entry], step: NextStep, words: Words) -> str:
    first = entries[0]
    case_no = show_case_no(first.ring.case.no)
    file, command = file_name(first.own, case_no), phrase(words, "letter_command", case_no=case_no, kind=first.own.value)
    replies = [entry.matter.reply_by for entry in entries if entry.matter.reply_by is not None]
    ticket = one_line(first.ring.case.ticket_no or "")
    return said(words, STEPS[step]).format_map(
        {
            "files": phrase(words, "files", file=file) if len(entries) > 1 else file,
            "command": phrase(words, "commands", command=command) if len(entries) > 1 else command,
            "reply_by": first.matter.moment(min(replies)) if replies else "",
            "date": str(all_values(first.known)["corrected_date"]) or phrase(words, "right_date"),
            "ticket": phrase(words, "ticket_no", no=ticket) if ticket and len(entries) == 1 else "",
            "case_no": case_no,
            "missing": phrase(words, "comma").join(words.facts[name] for name in first.missing),
        }
    )


def _letter(entry: Entry, step: NextStep) -> LetterKind | None:
    """
    Return the letter the step is done with: of one order the steps to approve, or after Amazon's no the phone form; else the prepared one.
    """
    if step is NextStep.APPROVE:
        return LetterKind.APPROVE if entry.matter.is_order else None
    if step in {NextStep.OTHER_WAYS, NextStep.CALL_SUPPORT} and entry.matter.is_order:
        return LetterKind.TICKET_PHONE
    return _BY_STEP.get(step, entry.own)


def _commands(entry: Entry, words: Words, *, letter: LetterKind | None) -> tuple[str, ...]:
    case_no = show_case_no(entry.ring.case.no)
    show = f"preorder-watchdog show {case_no}"
    return (show,) if letter is None else (show, phrase(words, "letter_command", case_no=case_no, kind=letter.value))
