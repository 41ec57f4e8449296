"""
Every other channel, by Apprise (extra ``apprise``): LINE, Discord, Teams, Telegram and a hundred more, one channel per URL.
"""

from __future__ import annotations

import logging
import re
import threading
from collections import Counter
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from watchdog.deliver.plain import clean, one_line
from watchdog.deliver.targets import Target, TargetForbidden, permitted_addresses
from watchdog.terms.finding import Severity
from watchdog.terms.message import Fate, Message, MessageKind, Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watchdog.deliver.targets import Resolver

_STATUS = re.compile(r"error=(\d{3})\b")
_SCHEMA = re.compile(r"([A-Za-z][A-Za-z0-9]{0,20})://")
#: Trying again can't help: the address or its token is not valid any more.
_LASTING = frozenset({401, 403, 404, 410})


def named(urls: Sequence[str], *, prefix: str = "apprise") -> Iterator[tuple[str, str]]:
    """
    Yield each URL with its channel's name: its schema, numbered where there are several of it; the name tells no secret.
    """
    seen: Counter[str] = Counter()
    for url in urls:
        match = _SCHEMA.match(url)
        schema = match[1].lower() if match else "unknown"
        seen[schema] += 1
        yield (f"{prefix}-{schema}" if seen[schema] == 1 else f"{prefix}-{schema}-{seen[schema]}"), url


class ByApprise:
    """
    Sends each notice as plain text through one Apprise URL; what such a service answered is known as far as Apprise tells.

    Redirects are not followed, and an answer that takes longer than ``timeout`` seconds is not waited for. Where the URL names a host of
    its own it is judged as every target is, but Apprise itself looks the name up again when it connects.
    """

    def __init__(
        self,
        url: str,
        *,
        name: str,
        timeout: float = 30,
        allow_private: bool = False,
        proxied: bool = False,
        resolve: Resolver | None = None,
    ) -> None:
        """
        Keep the URL to itself; Apprise is imported at the first message. Where a proxy connects, a name unknown here is left to it.
        """
        self.name = name
        self._url = url
        self._timeout = timeout
        self._allow_private = allow_private
        self._proxied = proxied
        self._resolve = resolve

    def send(self, message: Message) -> Receipt:
        """
        Hand the notice over.
        """
        try:
            import apprise
        except ImportError:
            return Receipt(Fate.REFUSED, "Apprise is not installed: pip install '.[apprise]'")
        service = apprise.Apprise.instantiate(self._url, suppress_exceptions=True)
        if service is None:
            return Receipt(Fate.REFUSED, "Apprise does not understand this URL")
        try:
            self._judge(service)
        except TargetForbidden as error:
            return Receipt(Fate.REFUSED, str(error))
        except OSError:
            if not self._proxied:
                return Receipt(Fate.POSTPONED, "the host name is not known")
        return self._in_time(service, message)

    def _judge(self, service: Any) -> None:
        service.redirects = False
        if "host" in service.template_tokens:
            port = service.port or (443 if service.secure else 80)
            target = Target(str(service.host), int(port), encrypted=bool(service.secure))
            permitted_addresses(target, allow_private=self._allow_private, resolve=self._resolve)

    def _in_time(self, service: Any, message: Message) -> Receipt:
        """
        Return the receipt within the timeout: Apprise's own begins anew with every byte of the answer, so its thread is left to itself.
        """
        answer: Future[Receipt] = Future()

        def notify() -> None:
            try:
                answer.set_result(self._notify(service, message))
            except Exception as error:  # noqa: BLE001 - raised where it is waited for
                answer.set_exception(error)

        threading.Thread(target=notify, name=self.name, daemon=True).start()
        try:
            return answer.result(self._timeout)
        except TimeoutError:
            return Receipt(Fate.POSTPONED, "no answer in time")

    def _notify(self, service: Any, message: Message) -> Receipt:
        notice = message.notice
        told = _Told()
        logger = logging.getLogger("apprise")
        logger.addHandler(told)
        try:
            taken = service.notify(
                body=f"{clean(notice.text)}\n\nID {message.id}",
                title=one_line(notice.subject),
                notify_type=_type_of(message),
                body_format="text",
            )
        except (OSError, ValueError, TypeError) as error:
            return Receipt(Fate.POSTPONED, f"Apprise failed ({type(error).__name__})")
        finally:
            logger.removeHandler(told)
        if taken:
            return Receipt(Fate.SENT, "taken")
        said = f"not taken (HTTP {told.status})" if told.status else "not taken, and no reason was given"
        return Receipt(Fate.REFUSED if told.status in _LASTING else Fate.POSTPONED, said)


class _Told(logging.Handler):
    """
    Hears the HTTP status Apprise logs of this thread's message; its other words may hold what was sent.
    """

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.status = 0
        self._mine = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        """
        Keep the status.
        """
        found = _STATUS.search(record.getMessage()) if record.thread == self._mine else None
        if found is not None:
            self.status = int(found[1])


def _type_of(message: Message) -> Any:
    from apprise import NotifyType

    if message.notice.kind in {MessageKind.RESOLVED, MessageKind.CONDITION_ENDED}:
        return NotifyType.SUCCESS
    return {Severity.URGENT: NotifyType.FAILURE, Severity.WARNING: NotifyType.WARNING}.get(message.notice.severity, NotifyType.INFO)
