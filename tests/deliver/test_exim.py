"""
A real mail server, exim from Debian: login over STARTTLS, and a Japanese mail that lies in a Maildir in the end.
"""

from __future__ import annotations

import email
import email.policy
import getpass
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.deliver.mail_server import PASSWORD
from tests.deliver.makers_deliver import SUBJECT, a_message
from tests.deliver.servers import Certificate, free_port
from watchdog.deliver.email import Smtp
from watchdog.deliver.letterhead import message_id
from watchdog.terms.message import Fate, Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator

_EXIM = shutil.which("exim4") or shutil.which("exim4", path="/usr/sbin")
_USER = "Debian-exim"
pytestmark = [
    pytest.mark.skipif(_EXIM is None, reason="exim4-daemon-light is not installed"),
    pytest.mark.skipif(getpass.getuser() != "root", reason="only root may start exim with another configuration"),
]
_CONFIG = """
primary_hostname = localhost
exim_user = {user}
exim_group = {user}
spool_directory = {folder}/spool
log_file_path = {folder}/log-%s
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port}
pid_file_path = {folder}/pid
tls_advertise_hosts = *
tls_certificate = {folder}/cert.pem
tls_privatekey = {folder}/key.pem
smtp_accept_queue_per_connection = 0
rfc1413_query_timeout = 0s
acl_smtp_rcpt = rcpt
acl_smtp_data = data
begin acl
rcpt:
  accept authenticated = *
  deny message = log in first
data:
  accept
begin routers
everybody:
  driver = accept
  transport = maildir
begin transports
maildir:
  driver = appendfile
  directory = {folder}/Maildir
  maildir_format
  user = {user}
  group = {user}
begin retry
begin rewrite
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{dog}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
  server_advertise_condition = ${{if def:tls_in_cipher}}
"""


@pytest.fixture
def exim(certificate: Certificate) -> Iterator[tuple[int, Path]]:
    """
    Run exim on a free port; yields it and the Maildir. Stopped by its own process id.
    """
    folder, port = Path(tempfile.mkdtemp(prefix="preorder-exim-")), free_port()
    try:
        for name in ("spool", "Maildir"):
            (folder / name).mkdir()
        shutil.copy(certificate.cert, folder / "cert.pem")
        shutil.copy(certificate.key, folder / "key.pem")
        config = folder / "exim.conf"
        config.write_text(_CONFIG.format(user=_USER, folder=folder, port=port, password=PASSWORD))
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, _USER, _USER)
        shutil.chown(config, "root", "root")
        folder.chmod(0o755)
        server = subprocess.Popen([str(_EXIM), "-bdf", "-C", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _until_it_listens(port, server)
            yield port, folder / "Maildir"
        finally:
            server.terminate()
            server.wait(10)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _until_it_listens(port: int, server: subprocess.Popen[bytes]) -> None:
    for _try in range(200):
        assert server.poll() is None, "exim did not start"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("exim does not listen")


def _delivered(maildir: Path) -> Path:
    for _try in range(400):
        for path in (maildir / "new").glob("*"):
            return path
        time.sleep(0.05)
    pytest.fail("no mail was delivered")


def _smtp(port: int, certificate: Certificate, password: str = PASSWORD) -> Smtp:
    return Smtp(
        "localhost",
        port,
        sender="見張り <dog@example.com>",
        recipients=("店主 <shop@example.com>",),
        username="dog",
        password=password,
        tls=certificate.trusted(),
        timeout=20,
    )


def test_a_japanese_mail_lies_in_the_maildir(exim: tuple[int, Path], certificate: Certificate) -> None:
    """
    Subject, text, HTML and the attached ticket as they were written; the wrong password is refused with exim's code.
    """
    port, maildir = exim
    wrong = _smtp(port, certificate, "wrong").send(a_message())
    receipt = _smtp(port, certificate).send(a_message())
    mail = email.message_from_bytes(_delivered(maildir).read_bytes(), policy=email.policy.default)

    body, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert wrong == Receipt(Fate.REFUSED, "login refused (535)")
    assert receipt == Receipt(Fate.SENT, "taken by the mail server")
    assert (mail["Subject"], mail["Message-ID"]) == (SUBJECT, message_id(a_message().notice.key, "dog@example.com"))
    assert body is not None and "テクニカルサポートに問い合わせる" in body.get_content()
    assert html is not None and "<b>2026-09-08</b>" in html.get_content()
    assert [part.get_filename() for part in mail.iter_attachments()] == ["PW-0001-ticket.txt"]
