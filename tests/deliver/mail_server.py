"""
A real mail server on 127.0.0.1: takes, refuses, asks for a login, encrypts.
"""

from __future__ import annotations

import contextlib
import email
import email.policy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from tests.deliver.servers import free_port

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator
    from email.message import EmailMessage

PASSWORD = "hush-hush-hush"


@dataclass
class Mailbox:
    """
    What the server was given, and what it says to each step.
    """

    mail_answer: str = "250 OK"
    data_answer: str = "250 OK"
    rcpt_answers: dict[str, str] = field(default_factory=dict)
    got: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    logins: list[bool] = field(default_factory=list)

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """
        Answer to the sender.
        """
        envelope.mail_from = address
        return self.mail_answer

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 - same
        """
        Answer to one recipient.
        """
        answer = self.rcpt_answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - same
        """
        Take the mail, or say why not.
        """
        if self.data_answer.startswith("250"):
            self.got.append(envelope.content)
            self.recipients.extend(envelope.rcpt_tos)
        return self.data_answer

    def letters(self) -> list[EmailMessage]:
        """
        Return what was taken, as a mail program reads it.
        """
        return [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.got]

    def check(self, server: Any, session: Any, envelope: Any, mechanism: str, login: Any) -> AuthResult:
        """
        Know one password, and quote the login in the refusal as some servers do.
        """
        known = isinstance(login, LoginPassword) and login.password == PASSWORD.encode()
        self.logins.append(known)
        return AuthResult(success=known, handled=False, message=None if known else f"535 5.7.8 {mechanism}: no such login {login}")


class _Server(Controller):
    """
    Speaks SMTP on a free port.
    """

    def __init__(self, mailbox: Mailbox, implicit: ssl.SSLContext | None, **smtp: Any) -> None:
        self.smtp = smtp
        super().__init__(mailbox, hostname="127.0.0.1", port=free_port(), ssl_context=implicit)

    def factory(self) -> SMTP:
        return SMTP(self.handler, **self.smtp)


@contextlib.contextmanager
def serving(
    mailbox: Mailbox, *, starttls: ssl.SSLContext | None = None, implicit: ssl.SSLContext | None = None, login: bool = False
) -> Iterator[int]:
    """
    Run the mail server while the test lasts; yields its port. A login needs STARTTLS.
    """
    asked = {"authenticator": mailbox.check, "auth_required": True} if login else {}
    server = _Server(mailbox, implicit, tls_context=starttls, require_starttls=starttls is not None, **asked)
    server.start()
    try:
        yield server.port
    finally:
        server.stop()
