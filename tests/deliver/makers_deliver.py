"""
Makers of what channels are handed: a notice of the incident, on its way.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from watchdog.terms.finding import Severity
from watchdog.terms.identity import CaseNo
from watchdog.terms.message import Message, MessageKind, Notice

SUBJECT = "【至急】予約注文の出荷予定日が発売日より前になりました(503-0000001-0000001 ほか、CD「夏の終わりのうた」初回限定盤)"
BLOCKS = ({"type": "section", "text": {"type": "mrkdwn", "text": "*至急* 出荷予定日 9月8日 / 発売日 9月14日"}},)


def a_notice(**fields: Any) -> Notice:
    """
    Return an urgent notice of one order in Japanese, with the ticket attached.
    """
    notice = Notice(
        kind=MessageKind.ALERT,
        severity=Severity.URGENT,
        subject=SUBJECT,
        text="出荷予定日 2026-09-08、発売日 2026-09-14。\n次の一手:テクニカルサポートに問い合わせる。",
        html="<p>出荷予定日 <b>2026-09-08</b></p>",
        blocks=BLOCKS,
        case_nos=(CaseNo(1),),
        product_id=None,
        key="alert:PW-0001:found",
        attachments=(("PW-0001-ticket.txt", "お世話になっております。\n予約注文の件です。\n"),),
    )
    return replace(notice, **fields)


def a_message(*, channel: str = "slack", **fields: Any) -> Message:
    """
    Return the notice on its way for the first time.
    """
    return Message(no=1, channel=channel, notice=a_notice(**fields), created_at=datetime(2026, 9, 8, 1, 0, tzinfo=UTC))
