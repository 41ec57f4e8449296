"""
A report's document from where Amazon keeps it: piece by piece into a file, without our token, from Amazon's own hosts, never redirected.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from watchdog.sources.spapi.troubles import Later, Rejected
from watchdog.sources.spapi.wire import NoAnswerError
from watchdog.terms.look import Reason

if TYPE_CHECKING:
    from datetime import datetime

    from watchdog.sources.spapi.session import Session

#: Presigned documents lie in S3 or behind CloudFront (the model's own example).
_HOSTS = (".amazonaws.com", ".cloudfront.net", ".amazon.com")
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_AGAIN = timedelta(minutes=1)
_OK = 200


def fetch(session: Session, url: str, into: BinaryIO, *, now: datetime) -> str:
    """
    Write the document behind a URL that Amazon gave us into ``into`` and return its content type; the URL is a secret and shown to nobody.

    Raises:
        Later: nobody answered, or not with a success.
        Rejected: the URL leads elsewhere.
    """
    if not is_amazons(url, session.host):
        raise Rejected(_trouble("spapi_rejected", "the document's address is not Amazon's"), status=0)
    try:
        reply = session.wire.fetch(url, headers={"user-agent": session.agent}, into=into)
    except NoAnswerError as error:
        raise Later(_trouble("spapi_down", str(error)), now + _AGAIN, asked=True) from None
    if reply.status != _OK:
        raise Later(_trouble("spapi_down", f"HTTP {reply.status}"), now + _AGAIN, asked=True)
    return reply.headers.get("content-type", "")


def is_amazons(url: str, own: str) -> bool:
    """
    Say whether a document lies on a host Amazon keeps documents on, encrypted, or on the host the API itself was set to.
    """
    try:
        parts, home = urlsplit(url), urlsplit(own)
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    if parts.username is not None or not host:
        return False
    if (parts.scheme, parts.netloc) == (home.scheme, home.netloc):
        return parts.scheme == "https" or host in _LOOPBACK
    return parts.scheme == "https" and host.endswith(_HOSTS)


def _trouble(code: str, problem: str) -> Reason:
    return Reason(code, {"operation": "download", "problem": problem})
