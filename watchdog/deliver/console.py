"""
The channel that needs no settings: a notice written where the program's operator reads along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchdog.deliver.plain import clean, one_line
from watchdog.terms.message import Fate, Message, Receipt

if TYPE_CHECKING:
    from typing import TextIO

_RULE = "─" * 72


class Console:
    """
    Writes each notice as plain text onto the stream it was given (assemble hands in standard error).
    """

    def __init__(self, stream: TextIO, name: str = "console") -> None:
        """
        Keep the stream; it stays open.
        """
        self.name = name
        self._stream = stream

    def send(self, message: Message) -> Receipt:
        """
        Write the notice between two rules; a stream that can't be written postpones it.

        Where the stream's encoding lacks a character, a question mark stands for it: an alert is worth more than its accents.
        """
        notice = message.notice
        text = f"\n{_RULE}\n{one_line(notice.subject)}\n{_RULE}\n{clean(notice.text).strip()}\n{_RULE}\n"
        try:
            self._stream.write(_encodable(text, getattr(self._stream, "encoding", None)))
            self._stream.flush()
        except (OSError, ValueError) as error:
            return Receipt(Fate.POSTPONED, f"the console can't be written ({type(error).__name__})")
        return Receipt(Fate.SENT, "written")


def _encodable(text: str, encoding: str | None) -> str:
    if encoding is None:
        return text
    return text.encode(encoding, "replace").decode(encoding)
