"""
A notice as an e-mail: text, HTML beside it, tickets attached; the same bytes at every attempt.
"""

from __future__ import annotations

import hashlib
from datetime import UTC
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING

from watchdog.deliver.plain import clean, one_line
from watchdog.terms.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from watchdog.terms.message import Message

#: Base64 bodies pass every relay; 8-bit ones need an extension some lack.
_SEVEN_BIT = policy.SMTP.clone(cte_type="7bit")


def bare_address(text: str) -> str:
    """
    Return the address alone of ``Shop <shop@example.com>``.
    """
    return parseaddr(text)[1]


def compose_mail(message: Message, *, sender: str, recipients: Sequence[str]) -> EmailMessage:
    """
    Return the mail of the message; one that follows an earlier mail of the same matter stands below it in the reader's list.

    Its Message-ID follows from the notice's key and its Date from when the message was made: a mail that a crash sent twice is one
    mail to every mailbox. ``Auto-Submitted`` keeps absence notes from answering it (RFC 3834).

    Raises:
        ValueError: an address can't stand in a header.
    """
    notice = message.notice
    mail = EmailMessage(policy=_SEVEN_BIT)
    mail["Subject"] = one_line(notice.subject)
    mail["From"] = _address(sender)
    mail["To"] = [_address(recipient) for recipient in recipients]
    mail["Date"] = format_datetime(message.created_at.astimezone(UTC))
    mail["Message-ID"] = message_id(notice.key, sender)
    if message.thread:
        mail["In-Reply-To"] = mail["References"] = message_id(message.thread, sender)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    if notice.severity is Severity.URGENT:
        mail["Importance"] = "high"
    mail.set_content(clean(notice.text), charset="utf-8")
    if notice.html:
        mail.add_alternative(clean(notice.html), subtype="html", charset="utf-8")
    for name, text in notice.attachments:
        mail.add_attachment(clean(text), subtype="plain", charset="utf-8", filename=_file_name(name))
    return mail


def message_id(key: str, sender: str) -> str:
    """
    Return the Message-ID of a notice: the same for the same key, readable by nobody.
    """
    digest = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:40]
    return f"<{digest}@{bare_address(sender).rpartition('@')[2] or 'preorder-watchdog.invalid'}>"


def _address(text: str) -> Address:
    name, spec = parseaddr(text)
    return Address(display_name=name, addr_spec=spec)


def _file_name(name: str) -> str:
    last = one_line(name.replace("\\", "/").rpartition("/")[2])
    return last if last.endswith(".txt") else f"{last}.txt"
