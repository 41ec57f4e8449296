"""
The channel e-mail: one conversation with the seller's own mail server, encrypted and verified unless the seller says otherwise.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import smtplib
import ssl
import time
from enum import StrEnum
from typing import TYPE_CHECKING

from watchdog.deliver.letterhead import bare_address, compose_mail
from watchdog.deliver.trouble import trouble
from watchdog.terms.message import Blame, Fate, Message, Receipt

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping, Sequence

#: An address literal: tells the server nothing of this machine, and no name has to be looked up (RFC 5321 §4.1.3).
_WE = "[127.0.0.1]"
_LASTING = 500
#: ``5.7.8`` (RFC 3463); the words after it are never quoted, they may hold an address.
_ENHANCED = re.compile(rb"\A\s*([245]\.\d{1,3}\.\d{1,3})\b")


class Security(StrEnum):
    """
    How the connection is encrypted.
    """

    STARTTLS = "starttls"  #: begins in the clear and turns to TLS before anything is said; refused where the server can't
    TLS = "tls"  #: encrypted from the first byte
    NONE = "none"  #: for a relay on the same machine


class Smtp:
    """
    Sends each notice over a conversation of its own, which takes at most ``timeout`` seconds.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        sender: str,
        recipients: Sequence[str],
        security: str = Security.STARTTLS,
        username: str | None = None,
        password: str | None = None,
        timeout: float = 30,
        tls: ssl.SSLContext | None = None,
        name: str = "email",
    ) -> None:
        """
        Keep where and as whom to send; ``tls`` replaces the usual trust in public authorities.
        """
        self.name = name
        self._host, self._port = host, port
        self._sender, self._recipients = sender, tuple(recipients)
        self._security = Security(security)
        self._login = (username, password or "") if username else None
        self._timeout = timeout
        self._tls = tls

    def send(self, message: Message) -> Receipt:
        """
        Hand the notice to the mail server for every recipient.

        Where it takes it for some of them and asks to come again for others, those are tried again alone; who will never take it is
        named by number and code.
        """
        done = frozenset(message.reference.split())
        left = [to for to in self._recipients if _mark(to) not in done] or list(self._recipients)
        try:
            mail = compose_mail(message, sender=self._sender, recipients=self._recipients).as_bytes()
        except (ValueError, IndexError):
            return Receipt(Fate.REFUSED, "a sender or recipient address can't stand in a mail")
        try:
            refused = self._converse(mail, left)
        except (OSError, ValueError) as error:
            return _receipt_of(error)
        later = {to for to, (code, _) in refused.items() if code < _LASTING}
        said = f"taken, but refused for {len(refused)} of {len(self._recipients)} recipients ({_codes(refused)})"
        if later:
            taken = sorted(done | {_mark(to) for to in self._recipients if bare_address(to) not in later})
            return Receipt(Fate.POSTPONED, said, blame=Blame.MESSAGE, reference=" ".join(taken))
        return Receipt(Fate.SENT, said if refused else "taken by the mail server")

    def _converse(self, mail: bytes, recipients: Sequence[str]) -> Mapping[str, tuple[int, bytes]]:
        server = self._connect()
        try:
            if self._security is Security.STARTTLS:
                server.starttls(context=self._context())
            if self._login is not None:
                server.login(*self._login)
            refused = server.sendmail(bare_address(self._sender), [bare_address(to) for to in recipients], mail)
            with contextlib.suppress(OSError):  # the mail is taken: a rude goodbye changes nothing
                server.quit()
            return refused
        finally:
            server.close()

    def _connect(self) -> smtplib.SMTP:
        deadline = time.monotonic() + self._timeout
        if self._security is Security.TLS:
            return _EncryptedConversation(self._host, self._port, deadline=deadline, context=self._context())
        return _PlainConversation(self._host, self._port, deadline=deadline)

    def _context(self) -> ssl.SSLContext:
        return self._tls or ssl.create_default_context()


class _Replies(io.RawIOBase):
    """
    The server's bytes, each read allowed only what is left until the deadline.
    """

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        super().__init__()
        self._connection = connection
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        return self._connection.recv_into(buffer)  # type: ignore[arg-type]


class _PlainConversation(smtplib.SMTP):
    """
    One deadline over everything: smtplib's own timeout begins anew with every byte.
    """

    def __init__(self, host: str, port: int, *, deadline: float) -> None:
        self.deadline = deadline
        super().__init__(host, port, local_hostname=_WE, timeout=deadline - time.monotonic())

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = io.BufferedReader(_Replies(self.sock, self.deadline))
        return super().getreply()


class _EncryptedConversation(smtplib.SMTP_SSL):
    """
    The same, encrypted from the first byte.
    """

    def __init__(self, host: str, port: int, *, deadline: float, context: ssl.SSLContext) -> None:
        self.deadline = deadline
        super().__init__(host, port, local_hostname=_WE, timeout=deadline - time.monotonic(), context=context)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = io.BufferedReader(_Replies(self.sock, self.deadline))
        return super().getreply()


def _mark(recipient: str) -> str:
    """
    Return a short mark of a recipient: what was taken for whom is remembered without keeping the address.
    """
    return hashlib.sha256(bare_address(recipient).encode("utf-8", "replace")).hexdigest()[:8]


def _receipt_of(error: Exception) -> Receipt:
    """
    Return what an interrupted conversation means: a lasting refusal (5xx, or a server that can't do what is asked), else try again.
    """
    match error:
        case smtplib.SMTPRecipientsRefused():
            temporary = any(code < _LASTING for code, _ in error.recipients.values())
            return Receipt(Fate.POSTPONED if temporary else Fate.REFUSED, f"every recipient refused ({_codes(error.recipients)})")
        case smtplib.SMTPResponseException():
            code = int(error.smtp_code)
            fate = Fate.REFUSED if code >= _LASTING else Fate.POSTPONED
            # a mail that will never be taken for what it says; whatever is temporary (disk full, busy) others would meet as well
            blame = Blame.MESSAGE if isinstance(error, smtplib.SMTPDataError) and code >= _LASTING else Blame.CHANNEL
            return Receipt(fate, f"{_step(error)} refused ({_shown(code, error.smtp_error)})", blame=blame)
        case smtplib.SMTPServerDisconnected():
            return Receipt(Fate.POSTPONED, trouble(error) if error.__context__ else "the connection was cut")
        case smtplib.SMTPNotSupportedError():
            return Receipt(Fate.REFUSED, "the mail server offers no STARTTLS or no login: check PREORDER_SMTP_SECURITY and _PORT")
        case smtplib.SMTPException():
            return Receipt(Fate.REFUSED, "the mail server offers no way to log in that is known here")
        case OSError():
            return Receipt(Fate.POSTPONED, trouble(error))
        case _:
            return Receipt(Fate.REFUSED, "user name, password or an address holds characters that SMTP can't carry")


def _step(error: smtplib.SMTPResponseException) -> str:
    match error:
        case smtplib.SMTPAuthenticationError():
            return "login"
        case smtplib.SMTPSenderRefused():
            return "the sender was"
        case smtplib.SMTPDataError():
            return "the message was"
        case smtplib.SMTPConnectError():
            return "the connection was"
        case _:
            return "the conversation was"


def _codes(refused: Mapping[str, tuple[int, bytes]]) -> str:
    return ", ".join(sorted({_shown(code, words) for code, words in refused.values()}))


def _shown(code: int, words: bytes | str) -> str:
    found = _ENHANCED.match(words.encode("ascii", "replace") if isinstance(words, str) else words)
    return f"{code} {found[1].decode()}" if found else str(code)
