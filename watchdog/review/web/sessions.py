"""
Who is at the door: sessions that only the page hands out, forms that only the page has made, and patience with wrong passwords.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from collections import defaultdict
from datetime import datetime, timedelta
from hashlib import sha256

#: Letters of a session id: 32 bytes.
SESSION_LENGTH = 43
#: A visitor who does nothing for so long logs in again.
_IDLE = timedelta(hours=12)
#: So many visitors at once; the one who was away the longest makes room.
_MOST = 50
#: Wrong passwords within a quarter of an hour: from one address, and from everywhere.
_WINDOW = timedelta(minutes=15)
_FROM_ONE = 5
_FROM_ALL = 50


class Sessions:
    """
    Sessions and form tokens of one run of the page; a restart forgets them.
    """

    def __init__(self) -> None:
        """
        Begin with nobody inside.
        """
        self._key = secrets.token_bytes(32)
        self._inside: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def token(self, session: str) -> str:
        """
        Return the token that forms of this session carry; nobody else can make it.
        """
        return hmac.new(self._key, session.encode(), sha256).hexdigest()

    def is_token(self, session: str, token: str) -> bool:
        """
        Say whether the form was made for this session.
        """
        return hmac.compare_digest(self.token(session).encode(), token.encode())

    def enter(self, now: datetime) -> str:
        """
        Return a new session that is logged in; what the visitor brought along is never one.
        """
        session = new_session()
        with self._lock:
            self._inside[_name(session)] = now
            while len(self._inside) > _MOST:
                del self._inside[min(self._inside, key=self._inside.__getitem__)]
        return session

    def is_inside(self, session: str, now: datetime) -> bool:
        """
        Say whether the session is logged in; being asked keeps it so.
        """
        name = _name(session)
        with self._lock:
            seen = self._inside.get(name)
            if seen is None or now - seen > _IDLE:
                self._inside.pop(name, None)
                return False
            self._inside[name] = now
            return True

    def leave(self, session: str) -> None:
        """
        Log the session out.
        """
        with self._lock:
            self._inside.pop(_name(session), None)


def new_session() -> str:
    """
    Return a session id that can't be guessed.
    """
    return secrets.token_urlsafe(32)


def _name(session: str) -> str:
    return sha256(session.encode()).hexdigest()


class Tries:
    """
    Wrong passwords of the last quarter of an hour.
    """

    def __init__(self) -> None:
        """
        Begin without any.
        """
        self._wrong: dict[str, list[datetime]] = defaultdict(list)
        self._lock = threading.Lock()

    def wait(self, address: str, now: datetime) -> timedelta:
        """
        Return how long this address must wait before its next try; nothing where it need not.
        """
        with self._lock:
            self._forget(now)
            own = self._wrong.get(address, [])
            every = sorted(moment for wrong in self._wrong.values() for moment in wrong)
            waits = [wrong[-most] + _WINDOW - now for wrong, most in ((own, _FROM_ONE), (every, _FROM_ALL)) if len(wrong) >= most]
        return max(waits, default=timedelta())

    def failed(self, address: str, now: datetime) -> None:
        """
        Note a wrong password.
        """
        with self._lock:
            self._wrong[address].append(now)

    def succeeded(self, address: str) -> None:
        """
        Forget the address' wrong passwords.
        """
        with self._lock:
            self._wrong.pop(address, None)

    def _forget(self, now: datetime) -> None:
        for address in tuple(self._wrong):
            self._wrong[address] = [moment for moment in self._wrong[address] if now - moment < _WINDOW]
            if not self._wrong[address]:
                del self._wrong[address]
