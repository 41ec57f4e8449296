"""
A notice's page as Slack Block Kit, within Slack's limits: 50 blocks, 3,000 characters a section, 150 a header.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from watchdog.compose.headline import cut
from watchdog.compose.phrases import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from watchdog.compose.page import Group, Line, Page
    from watchdog.compose.wording import Words

    Block = Mapping[str, Any]

#: https://api.slack.com/reference/block-kit/blocks: with room for what we have not counted.
SECTION = 2900
HEADER = 150
BLOCKS = 50


def blocks(page: Page, words: Words) -> tuple[Block, ...]:
    """
    Return the page's blocks; what does not fit is left to the plain text and the log.
    """
    about = page.product + (phrase(words, "in_brackets", text=page.ids) if page.ids else "")
    made: list[Block] = [{"type": "header", "text": {"type": "plain_text", "text": cut(page.headline, HEADER), "emoji": False}}]
    made.extend(_sections([f"*{escape(page.banner)}*" if page.banner else ""]))
    made.extend(_sections([f"*{escape(page.glance)}*", escape(page.which)] if page.glance else []))
    opened = link(page.screen, phrase(words, "open_screen")) if page.screen else ""
    made.extend(_sections([f"*{escape(about)}*" if about else "", escape(page.release), opened]))
    for group in page.groups:
        made.extend(_group(group, words, several=page.several))
    made.extend(_sections([escape(page.more)]))
    made.append(_small(page, words))
    return tuple(made) if len(made) <= BLOCKS else (*made[: BLOCKS - 1], made[-1])


def escape(text: str) -> str:
    """
    Return the text with the three characters Slack reads as its own replaced.
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def link(address: str, text: str) -> str:
    """
    Return the text as a link; without an address the text alone.
    """
    return f"<{escape(address)}|{escape(text)}>" if address else escape(text)


def _group(group: Group, words: Words, *, several: bool) -> Iterator[Block]:
    if several:
        yield {"type": "divider"}
        yield from _sections([f"*{escape(group.title)}*"])
    yield from _sections([_label(words, "label_step"), escape(group.step)])
    yield from _sections([_label(words, "label_happened"), *_bullets(group.happened)] if group.happened else [])
    yield from _sections([_label(words, "label_orders"), *(_line(line) for line in group.lines)] if group.lines else [])
    yield from _sections([_label(words, "label_why"), *_bullets(group.why)] if group.why else [])


def _bullets(sentences: Iterable[str]) -> Iterator[str]:
    return (f"• {escape(sentence)}" for sentence in sentences)


def _label(words: Words, name: str) -> str:
    return f"*{escape(phrase(words, name))}*"


def _line(line: Line) -> str:
    said = " ".join(escape(line[part]) for part in ("dates", "note") if line[part])
    return f"{link(line['screen'], line['case_no'])} {link(line['link'], line['order_id'])} {said}".rstrip()


def _sections(texts: Iterable[str]) -> Iterator[Block]:
    """
    Yield the texts one below the other, in as many sections as they need.
    """
    rows = [row for text in texts if text for row in _pieces(text)]
    while rows:
        taken = _fitting(rows)
        yield {"type": "section", "text": {"type": "mrkdwn", "text": "\n".join(rows[:taken])}}
        rows = rows[taken:]


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), SECTION):
        yield text[start : start + SECTION]


def _fitting(rows: Sequence[str]) -> int:
    """
    Return how many of the rows fit into one section, at least one.
    """
    length = 0
    for number, row in enumerate(rows):
        length += len(row) + 1
        if length > SECTION:
            return max(number, 1)
    return len(rows)


def _small(page: Page, words: Words) -> Block:
    commands = [f"`{escape(command)}`" for group in page.groups for command in group.commands]
    texts = [escape(page.care), f"{escape(phrase(words, 'label_commands'))} {' '.join(commands)}", escape(page.several_cases)]
    elements = [{"type": "mrkdwn", "text": text[:SECTION]} for text in texts if text]
    return {"type": "context", "elements": elements}
