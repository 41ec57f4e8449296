"""
The texts that speak of other messages, as the golden files hold them: reminders, the second list, a storm, what was not taken.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.compose.makers_compose import NOW, shared_composer
from watchdog.compose.wording import LANGUAGES
from watchdog.terms.dispatch import Listed, Listing
from watchdog.terms.finding import Severity
from watchdog.terms.identity import CaseNo
from watchdog.terms.marketplace import BY_ID, JAPAN
from watchdog.terms.message import MessageKind, Notice

if TYPE_CHECKING:
    from collections.abc import Iterator

_HOUR = timedelta(hours=1)
_SUBJECTS = {
    "ja": "【緊急】出荷予定日9/8（発売日9/14） 503-1234567-0000001 見本CD",
    "en": "[Urgent] ship-by 8 Sep, release 14 Sep: 503-1234567-0000001 Sample CD",
}


def a_listed(number: int, language: str, **fields: Any) -> Listed:
    """
    Return a warning as a list speaks of it.
    """
    severity = Severity.URGENT if number % 3 else Severity.WARNING
    at = NOW - number * _HOUR
    return Listed(number, MessageKind.ALERT, severity, _SUBJECTS[language], (CaseNo(number),), at, **fields)


def listings(language: str) -> dict[str, Listing]:
    """
    Return one listing of each sort.
    """
    two = (a_listed(1, language), a_listed(2, language))
    many = tuple(a_listed(number, language) for number in range(1, 213))
    dead = (
        a_listed(1, language, channel="email", answer="login refused (535 5.7.8)"),
        a_listed(2, language, channel="email", answer="HTTP 410"),
    )
    return {
        "reminder": Listing(MessageKind.REMINDER, "again-a", two[:1], said=2, since=NOW - _HOUR),
        "reminder-two": Listing(MessageKind.REMINDER, "again-b", two, said=3, since=NOW - 4 * _HOUR),
        "second": Listing(MessageKind.REMINDER, "second-a", two[:1], to_second=True, said=2, since=NOW - 2 * _HOUR),
        "summary": Listing(MessageKind.SUMMARY, "summary-a", many),
        "undelivered": Listing(MessageKind.UNDELIVERED, "undelivered-a", dead[:1]),
        "undelivered-two": Listing(MessageKind.UNDELIVERED, "undelivered-b", dead),
    }


def list_notice(name: str, language: str) -> Notice:
    """
    Return the message of a listing.
    """
    return shared_composer().list_notice(listings(language)[name], language=language, zone=BY_ID[JAPAN].zone, now=NOW)


def listed_texts() -> Iterator[tuple[str, str]]:
    """
    Yield every text by its file name.
    """
    for language in LANGUAGES:
        for name in listings(language):
            made = list_notice(name, language)
            yield f"list-{name}.{language}.txt", f"{made.subject}\n\n{made.text}"
