"""
E-mail against a real SMTP server: encrypted, logged in, refused in every way, and read back.
"""

from __future__ import annotations

import email.utils
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.deliver.mail_server import PASSWORD, Mailbox, serving
from tests.deliver.makers_deliver import SUBJECT, a_message
from tests.deliver.servers import Certificate, free_port, speaking
from watchdog.deliver.email import Smtp
from watchdog.terms.finding import Severity
from watchdog.terms.message import Blame, Fate, Receipt

if TYPE_CHECKING:
    import socket

SENDER = "Preorder Watchdog <watchdog@example.com>"
SHOP = "shop@example.com"


def plain(port: int, *recipients: str, **fields: Any) -> Smtp:
    """
    Return a channel to the server without encryption.
    """
    settings = {"security": "none", "timeout": 5, **fields}
    return Smtp("localhost", port, sender=SENDER, recipients=recipients or (SHOP,), **settings)


def sent_with(mailbox: Mailbox, *recipients: str, **notice: Any) -> Receipt:
    """
    Send one message to a server that answers so.
    """
    with serving(mailbox) as port:
        return plain(port, *recipients).send(a_message(channel="email", **notice))


def test_starttls_and_login_deliver(certificate: Certificate) -> None:
    """
    The usual submission on port 587.
    """
    mailbox = Mailbox()
    with serving(mailbox, starttls=certificate.server_side(), login=True) as port:
        smtp = plain(port, security="starttls", username="watchdog", password=PASSWORD, tls=certificate.trusted())
        receipt = smtp.send(a_message(channel="email"))

    assert receipt == Receipt(Fate.SENT, "taken by the mail server")
    assert mailbox.logins == [True]
    assert len(mailbox.got) == 1


def test_implicit_tls_delivers(certificate: Certificate) -> None:
    """
    The submission on port 465, encrypted from the first byte.
    """
    mailbox = Mailbox()
    with serving(mailbox, implicit=certificate.server_side()) as port:
        receipt = plain(port, security="tls", tls=certificate.trusted()).send(a_message(channel="email"))

    assert receipt.fate is Fate.SENT
    assert len(mailbox.got) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_untrusted_certificate_postpones_and_sends_nothing(certificate: Certificate, security: str) -> None:
    """
    Verification is on unless a context is handed in.
    """
    mailbox = Mailbox()
    context = certificate.server_side()
    with serving(mailbox, starttls=context if security == "starttls" else None, implicit=context if security == "tls" else None) as port:
        receipt = plain(port, security=security, username="watchdog", password=PASSWORD).send(a_message(channel="email"))

    assert receipt == Receipt(Fate.POSTPONED, "the server's certificate is not trusted")
    assert mailbox.got == []


def test_a_server_without_starttls_is_refused_before_anything_is_said() -> None:
    """
    Neither password nor notice crosses the network in the clear where STARTTLS was asked for.
    """
    mailbox = Mailbox()
    with serving(mailbox) as port:
        receipt = plain(port, security="starttls", username="watchdog", password=PASSWORD).send(a_message(channel="email"))

    assert receipt.fate is Fate.REFUSED
    assert "PREORDER_SMTP_SECURITY" in receipt.answer
    assert mailbox.got == []


def test_a_wrong_password_is_refused_with_its_code_and_nothing_of_the_login(certificate: Certificate) -> None:
    """
    535: trying again can't help, the settings must change.
    """
    with serving(Mailbox(), starttls=certificate.server_side(), login=True) as port:
        smtp = plain(port, security="starttls", username="watchdog", password="wrong-hush", tls=certificate.trusted())
        receipt = smtp.send(a_message(channel="email"))

    assert receipt == Receipt(Fate.REFUSED, "login refused (535 5.7.8)")


def test_a_password_that_smtp_can_not_carry_is_refused(certificate: Certificate) -> None:
    """
    The login is ASCII; the password does not appear in the answer.
    """
    with serving(Mailbox(), starttls=certificate.server_side(), login=True) as port:
        smtp = plain(port, security="starttls", username="watchdog", password="ひみつ", tls=certificate.trusted())
        receipt = smtp.send(a_message(channel="email"))

    assert receipt.fate is Fate.REFUSED
    assert "ひみつ" not in receipt.answer


def test_a_login_where_none_is_offered_is_refused() -> None:
    """
    The server does not know AUTH.
    """
    with serving(Mailbox()) as port:
        receipt = plain(port, username="watchdog", password=PASSWORD).send(a_message(channel="email"))

    assert receipt.fate is Fate.REFUSED


@pytest.mark.parametrize(
    ("mailbox", "receipt"),
    [
        pytest.param(
            Mailbox(mail_answer="450 4.7.1 later"), Receipt(Fate.POSTPONED, "the sender was refused (450 4.7.1)"), id="sender later"
        ),
        pytest.param(
            Mailbox(mail_answer="421 4.3.2 shutting down"), Receipt(Fate.POSTPONED, "the sender was refused (421 4.3.2)"), id="421"
        ),
        pytest.param(Mailbox(mail_answer="550 5.7.1 no"), Receipt(Fate.REFUSED, "the sender was refused (550 5.7.1)"), id="sender never"),
        pytest.param(
            Mailbox(rcpt_answers={SHOP: "450 4.2.0 greylisted shop@example.com"}),
            Receipt(Fate.POSTPONED, "every recipient refused (450 4.2.0)"),
            id="greylisted",
        ),
        pytest.param(
            Mailbox(rcpt_answers={SHOP: "550 no such user shop@example.com"}),
            Receipt(Fate.REFUSED, "every recipient refused (550)"),
            id="unknown",
        ),
        pytest.param(Mailbox(data_answer="452 4.3.1 disk"), Receipt(Fate.POSTPONED, "the message was refused (452 4.3.1)"), id="disk full"),
        pytest.param(
            Mailbox(data_answer="554 5.6.0 spam"),
            Receipt(Fate.REFUSED, "the message was refused (554 5.6.0)", blame=Blame.MESSAGE),
            id="content",
        ),
    ],
)
def test_4xx_postpones_and_5xx_refuses(mailbox: Mailbox, receipt: Receipt) -> None:
    """
    The answer names step and code, and never the server's words, which quote addresses.
    """
    assert sent_with(mailbox) == receipt


def test_a_mail_refused_for_some_is_sent_to_the_others() -> None:
    """
    Sending again would only double it for those who have it; the answer counts the refused without naming them.
    """
    mailbox = Mailbox(rcpt_answers={"gone@example.com": "550 5.1.1 gone@example.com"})

    receipt = sent_with(mailbox, SHOP, "gone@example.com", "owner@example.com")

    assert receipt == Receipt(Fate.SENT, "taken, but refused for 1 of 3 recipients (550 5.1.1)")
    assert mailbox.recipients == [SHOP, "owner@example.com"]


def test_when_all_are_refused_and_one_only_for_now_it_is_tried_again() -> None:
    """
    Nobody has it yet, and somebody may take it later.
    """
    mailbox = Mailbox(rcpt_answers={SHOP: "450 later", "gone@example.com": "550 never"})

    assert sent_with(mailbox, SHOP, "gone@example.com") == Receipt(Fate.POSTPONED, "every recipient refused (450, 550)")


def test_a_dead_port_postpones() -> None:
    """
    Nobody listens: try again later.
    """
    assert plain(free_port()).send(a_message(channel="email")) == Receipt(Fate.POSTPONED, "nobody listens there")


def test_a_dead_name_postpones() -> None:
    """
    A name that can't be resolved; this one begins like a local address, because tests may not ask the world's resolvers.
    """
    smtp = Smtp("127.0.0.1%nowhere", 25, sender=SENDER, recipients=(SHOP,), security="none")

    assert smtp.send(a_message(channel="email")) == Receipt(Fate.POSTPONED, "the host name is not known")


@pytest.mark.parametrize(
    ("greeting", "receipt"),
    [
        (b"421 4.3.2 busy\r\n", Receipt(Fate.POSTPONED, "the connection was refused (421 4.3.2)")),
        (b"554 5.7.1 you are listed\r\n", Receipt(Fate.REFUSED, "the connection was refused (554 5.7.1)")),
        (b"", Receipt(Fate.POSTPONED, "the connection was cut")),
    ],
)
def test_a_server_that_does_not_want_us(greeting: bytes, receipt: Receipt) -> None:
    """
    Turned away at the door, or hung up on.
    """
    with speaking(lambda connection: connection.sendall(greeting)) as port:
        found = plain(port).send(a_message(channel="email"))

    assert found == receipt


def test_a_server_that_drips_is_left_at_the_deadline() -> None:
    """
    The library's own timeout begins anew with every byte; the channel's does not.
    """
    over = threading.Event()

    def drip(connection: socket.socket) -> None:
        for _ in range(100):
            if over.wait(0.05):
                return
            connection.sendall(b"220-still here\r\n")

    with speaking(drip) as port:
        receipt = plain(port, timeout=0.5).send(a_message(channel="email"))
        over.set()

    assert receipt == Receipt(Fate.POSTPONED, "no answer in time")


def test_a_rude_goodbye_changes_nothing() -> None:
    """
    The mail is taken when DATA is answered; a server that hangs up then has it.
    """
    replies = iter([b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n", b"250 taken\r\n"])

    def hang_up(connection: socket.socket) -> None:
        connection.sendall(b"220 hi\r\n")
        reader = connection.makefile("rb")
        for reply in replies:
            reader.readline()
            if reply.startswith(b"250 taken"):
                while reader.readline() != b".\r\n":
                    pass
            connection.sendall(reply)
        reader.close()

    with speaking(hang_up) as port:
        receipt = plain(port).send(a_message(channel="email"))

    assert receipt.fate is Fate.SENT


def test_a_login_of_an_unknown_kind_is_refused() -> None:
    """
    The server wants a token this program can't make.
    """

    def offer_tokens_only(connection: socket.socket) -> None:
        connection.sendall(b"220 hi\r\n")
        with connection.makefile("rb") as reader:
            reader.readline()
            connection.sendall(b"250-hi\r\n250 AUTH XOAUTH2\r\n")
            reader.readline()

    with speaking(offer_tokens_only) as port:
        receipt = plain(port, username="watchdog", password=PASSWORD).send(a_message(channel="email"))

    assert receipt == Receipt(Fate.REFUSED, "the mail server offers no way to log in that is known here")


def test_a_server_that_refuses_our_greeting_is_named() -> None:
    """
    Neither EHLO nor HELO.
    """

    def refuse(connection: socket.socket) -> None:
        connection.sendall(b"220 hi\r\n")
        with connection.makefile("rb") as reader:
            while reader.readline():
                connection.sendall(b"504 5.5.2 who?\r\n")

    with speaking(refuse) as port:
        receipt = plain(port).send(a_message(channel="email"))

    assert receipt == Receipt(Fate.REFUSED, "the conversation was refused (504 5.5.2)")


def test_the_mail_is_read_back_whole() -> None:
    """
    Japanese subject, text, HTML beside it, the ticket as a text file.
    """
    mailbox = Mailbox()

    sent_with(mailbox)

    letter = mailbox.letters()[0]
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    ticket = next(iter(letter.iter_attachments()))
    assert letter["Subject"] == SUBJECT
    assert text is not None and text.get_content().replace("\r\n", "\n").startswith("出荷予定日 2026-09-08、発売日 2026-09-14。\n次の一手")
    assert html is not None and "<b>2026-09-08</b>" in html.get_content()
    assert ticket.get_filename() == "PW-0001-ticket.txt"
    assert ticket.get_content().replace("\r\n", "\n") == "お世話になっております。\n予約注文の件です。\n"
    assert (ticket.get_content_type(), ticket.get_content_charset()) == ("text/plain", "utf-8")


def test_the_mail_says_that_a_program_wrote_it() -> None:
    """
    Absence notes don't answer; an urgent one is marked.
    """
    mailbox = Mailbox()

    sent_with(mailbox, SHOP, "owner@example.com")

    letter = mailbox.letters()[0]
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Importance"] == "high"
    assert letter["From"] == SENDER
    assert letter["To"] == "shop@example.com, owner@example.com"
    assert email.utils.parsedate_to_datetime(letter["Date"]) == datetime(2026, 9, 8, 1, 0, tzinfo=UTC)


def test_a_mail_sent_twice_is_the_same_mail() -> None:
    """
    After a crash between sending and settling the mailbox sees one Message-ID; another notice has another.
    """
    mailbox = Mailbox()
    for key in ("alert:PW-0001:found", "alert:PW-0001:found", "alert:PW-0002:found"):
        sent_with(mailbox, key=key)

    first, second, other = (letter["Message-ID"] for letter in mailbox.letters())
    assert first == second != other
    assert first.endswith("@example.com>")


def test_the_body_passes_relays_that_know_only_seven_bits() -> None:
    """
    Every byte of the mail is ASCII.
    """
    mailbox = Mailbox()

    sent_with(mailbox, severity=Severity.WARNING)

    assert mailbox.got[0].isascii()


def test_a_subject_can_not_smuggle_in_a_header() -> None:
    """
    Line ends in a title become spaces.
    """
    mailbox = Mailbox()

    sent_with(mailbox, subject="CD\r\nBcc: evil@example.com\x00\ud800", attachments=(("../../etc/passwd", "x"),))

    letter = mailbox.letters()[0]
    assert letter["Subject"] == "CD Bcc: evil@example.com"
    assert letter["Bcc"] is None
    assert next(iter(letter.iter_attachments())).get_filename() == "passwd.txt"


def test_an_address_that_is_none_is_refused() -> None:
    """
    Settings are checked before; the channel still never raises.
    """
    smtp = Smtp("localhost", free_port(), sender="nobody\r\n", recipients=("a b@c\x00",), security="none")

    assert smtp.send(a_message(channel="email")).fate is Fate.REFUSED
