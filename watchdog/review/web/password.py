"""
The page's password: kept as a scrypt digest, compared in constant time.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

#: Work, block size, parallelism: about a tenth of a second and 32 MB a try.
_COST = (2**15, 8, 1)
_MEMORY = 2**27


def digest(password: str) -> str:
    """
    Return what is written into the settings for this password; it can't be turned back into it.
    """
    salt = secrets.token_bytes(16)
    return ":".join(("scrypt", *map(str, _COST), _text(salt), _text(_scrypt(password, salt, _COST))))


def matches(password: str, kept: str) -> bool:
    """
    Say whether the password is the one whose digest was kept.
    """
    _name, work, block, parallel, salt, expected = kept.split(":")
    found = _scrypt(password, _bytes(salt), (int(work), int(block), int(parallel)))
    return hmac.compare_digest(found, _bytes(expected))


def _scrypt(password: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    work, block, parallel = cost
    return hashlib.scrypt(password.encode(), salt=salt, n=work, r=block, p=parallel, maxmem=_MEMORY, dklen=32)


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
