"""
Messages that speak of other messages: what nobody has answered yet, what a storm brought, what another channel did not take.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from watchdog.compose import list_words as tables
from watchdog.compose.page import Printed
from watchdog.compose.slack import HEADER, SECTION, escape, link
from watchdog.compose.wording import words
from watchdog.terms.answers import told_answer
from watchdog.terms.identity import show_case_no
from watchdog.terms.message import MessageKind, Notice

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any
    from zoneinfo import ZoneInfo

    from watchdog.compose.render import Renderer
    from watchdog.compose.screens import Screens
    from watchdog.compose.wording import Words
    from watchdog.terms.dispatch import Listed, Listing
    from watchdog.terms.finding import Severity
    from watchdog.terms.said import Said

#: They share one template, ``list``.
KINDS = frozenset({MessageKind.REMINDER, MessageKind.SUMMARY, MessageKind.UNDELIVERED})
#: A phone shows no more at once; the log has them all.
LINES = 50
#: Where messages are shown that speak of no case.
_MESSAGES = "/messages"
_MARK = re.compile(r"\A(【[^】]*】|\[[^\]]*\] ?)")


@dataclass(frozen=True, slots=True)
class ListPage(Printed):
    """
    Everything the template of lists may print.
    """

    subject: str
    headline: str
    intro: str
    items: tuple[Mapping[str, str], ...]
    more: str  #: how many are not shown; empty if none
    step: str
    command: str
    zone: str
    screen: str  #: the page for what concerns no case; empty where each has its own, and where nobody could open it


#: What the template of lists may name, at the top and of each item.
LIST_NAMES = frozenset(field.name for field in fields(ListPage))
ITEM_PARTS = frozenset({"case", "subject", "note", "screen"})


def list_notice(renderer: Renderer, listing: Listing, *, language: str, zone: ZoneInfo, now: datetime, screens: Screens) -> Notice:
    """
    Return the message; it is as loud as the loudest it speaks of, and is about all their cases.
    """
    said = words(language)
    page = _page(listing, said, zone, now, screens=screens)
    case_nos = tuple(sorted({case_no for each in listing.listed for case_no in each.case_nos}))
    text, html = (renderer.render(f"{said.language}/list.{form}", page.values()) for form in ("txt", "html"))
    return Notice(
        kind=listing.kind,
        severity=_loudest(listing),
        subject=page.subject,
        text=text,
        html=html,
        blocks=_blocks(page, said),
        case_nos=case_nos,
        product_id=None,
        key=listing.key,
        links=screens.links(case_nos, _MESSAGES),
    )


def _loudest(listing: Listing) -> Severity:
    return max((each.severity for each in listing.listed), key=lambda severity: severity.rank)


def _page(listing: Listing, said: Words, zone: ZoneInfo, now: datetime, *, screens: Screens) -> ListPage:
    telling = tables.TELLINGS[tables.telling_of(listing)]
    count = len(listing.listed)
    first = listing.listed[0]
    channel = tables.channel_name(first.channel, said.language) if first.channel else ""
    values = {
        "mark": said.severities[_loudest(listing)],
        "count": str(count),
        "said": str(listing.said),
        "since": said.moment(listing.since or min(each.at for each in listing.listed), zone, now=now),
        "channel": channel,
        "case_no": show_case_no(first.case_nos[0]) if first.case_nos else "",
    }

    def fill(both: Said) -> str:
        return both.to(said.language).format_map(values)

    title = fill(telling.one if count == 1 else telling.many)
    return ListPage(
        subject=f"{title}{fill(tables.ABOUT_ONE).format(subject=_unmarked(first.subject)) if count == 1 else ''}",
        headline=title,
        intro=fill(telling.intro),
        items=tuple(_item(each, said, zone, now, screens=screens) for each in listing.listed[:LINES]),
        more=fill(tables.MORE).format(rest=count - LINES) if count > LINES else "",
        step=fill(telling.step),
        command=fill(telling.command),
        zone=said.zone(zone),
        screen="" if any(each.case_nos for each in listing.listed) else screens.at(_MESSAGES),
    )


def _unmarked(subject: str) -> str:
    """
    Return the subject without its own mark; the list's stands before it already.
    """
    return _MARK.sub("", subject)


def _item(each: Listed, said: Words, zone: ZoneInfo, now: datetime, *, screens: Screens) -> Mapping[str, str]:
    at = said.moment(each.at, zone, now=now)
    pattern = tables.NOT_TAKEN if each.answer and each.channel else tables.WRITTEN
    note = pattern.to(said.language).format(at=at, answer=told_answer(each.answer, said.language))
    screen = screens.case(each.case_nos[0]) if each.case_nos else ""
    return {"case": _case(each), "subject": each.subject, "note": note, "screen": screen}


def _case(each: Listed) -> str:
    if not each.case_nos:
        return ""
    more = len(each.case_nos) - 1
    return show_case_no(each.case_nos[0]) + (f" +{more}" if more else "")


def _blocks(page: ListPage, said: Words) -> Sequence[Mapping[str, Any]]:
    header = {"type": "header", "text": {"type": "plain_text", "text": page.headline[:HEADER], "emoji": False}}
    rows = [_row(item) for item in page.items]
    texts = [escape(page.intro), *_fitting(rows), escape(page.more), f"*{escape(page.step)}*"]
    sections = [{"type": "section", "text": {"type": "mrkdwn", "text": text}} for text in texts if text]
    opened = [link(page.screen, tables.SCREEN.to(said.language))] if page.screen else []
    small = [{"type": "mrkdwn", "text": text} for text in (*opened, f"`{escape(page.command)}`")]
    return (header, *sections, {"type": "context", "elements": small})


def _row(item: Mapping[str, str]) -> str:
    case = [link(item["screen"], item["case"])] if item["case"] else []
    return f"• *{escape(item['subject'])}*\n  {' '.join((*case, escape(item['note'])))}"


def _fitting(rows: Sequence[str]) -> list[str]:
    """
    Return the rows joined into as few sections as hold them.
    """
    sections: list[str] = []
    for row in rows:
        piece = row[:SECTION]
        if sections and len(sections[-1]) + len(piece) < SECTION:
            sections[-1] = f"{sections[-1]}\n{piece}"
        else:
            sections.append(piece)
    return sections
