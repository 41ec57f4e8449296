"""
How the texts of options are read: each returns a value, or names in one word what is wrong with the text.
"""

from __future__ import annotations

import re
from datetime import date, time
from urllib.parse import urlsplit

from pydantic_core import PydanticCustomError

from watchdog.terms.digest import EVERY_DAY
from watchdog.terms.maintenance import parse_maintenance
from watchdog.terms.marketplace import by_id

_YEAR = 24 * 366
_DAYS_JA = dict(zip("月火水木金土日", EVERY_DAY, strict=True))
_DAY_WORDS = {"daily": EVERY_DAY, "weekdays": EVERY_DAY[:5], "off": ()}


def marketplaces(text: object) -> object:
    """
    Return the marketplaces named, each once.
    """
    if not isinstance(text, str):
        return text
    known = [by_id(part) for part in re.split(r"[,\s、]+", text) if part]
    if not known or None in known:
        raise PydanticCustomError("marketplace_unknown", "unknown marketplace")
    return tuple(dict.fromkeys(known))


def addresses(text: object) -> object:
    """
    Return the parts of a list of addresses.
    """
    return tuple(part.strip() for part in re.split(r"[,;、]", text) if part.strip()) if isinstance(text, str) else text


def address(text: str) -> str:
    """
    Return the address as it is written, if it is one.
    """
    bare = text[text.rfind("<") + 1 :].removesuffix(">") if text.endswith(">") else text
    if not re.fullmatch(r"[!-?A-~]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", bare) or not text.isprintable():
        raise PydanticCustomError("address", "no e-mail address")
    return text


def quiet_hours(text: str) -> str:
    """
    Return the span of hours in one spelling.
    """
    begin, _, end = re.sub(r"\s*[-–—~〜～ー－]\s*", "-", text, count=1).partition("-")
    if clock(begin) == clock(end):
        raise PydanticCustomError("quiet_hours", "no span of time")
    return f"{clock(begin):%H:%M}-{clock(end):%H:%M}"


def day(text: object) -> object:
    """
    Return the date of a text like 2026-06-01.
    """
    if not isinstance(text, str):
        return text
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise PydanticCustomError("day", "no date") from None


def clock(text: object) -> time:
    """
    Return the time of day.
    """
    if isinstance(text, time):
        return text
    try:
        hour, minute = str(text).replace(":", ":").split(":")
        return time(int(hour), int(minute))
    except ValueError:
        raise PydanticCustomError("clock", "no time of day") from None


def hours(text: object) -> object:
    """
    Return the hours named, the longest first.
    """
    if not isinstance(text, str):
        return text
    parts = [part.strip() for part in re.split(r"[,、\s]+", text) if part.strip()]
    if not parts or not all(part.isdecimal() and 0 < int(part) <= 24 * 30 for part in parts):
        raise PydanticCustomError("hours", "no hours")
    return tuple(sorted({int(part) for part in parts}, reverse=True))


def column_names(text: object) -> object:
    """
    Return pairs of a report's own column name and the name it stands for.
    """
    if not isinstance(text, str):
        return text
    pairs = [re.fullmatch(r"\s*([^=]+?)\s*=\s*([^=]+?)\s*", pair) for pair in re.split(r"[,、\n]", text) if pair.strip()]
    if not pairs or None in pairs:
        raise PydanticCustomError("column_names", "no pairs of names")
    return tuple(match.groups() for match in pairs if match)


def weekdays(text: object) -> object:
    """
    Return the short names of the days of ``mon,thu``, ``月,木``, ``daily``, ``weekdays`` or ``off``, in the order of the week.
    """
    if not isinstance(text, str):
        return text
    word = text.strip().lower()
    if word in _DAY_WORDS:
        return _DAY_WORDS[word]
    names = [part.strip()[:3] for part in re.split(r"[,、\s]+", word) if part.strip()]
    meant = {_DAYS_JA.get(name[:1], name) for name in names}
    if not meant or not meant <= set(EVERY_DAY):
        raise PydanticCustomError("weekdays", "no days")
    return tuple(day for day in EVERY_DAY if day in meant)


def share(text: object) -> object:
    """
    Return the share as two numbers.
    """
    if not isinstance(text, str):
        return text
    match = re.fullmatch(r"(\d{1,3})\s*/\s*(\d{1,3})", text)
    if match is None or not 0 < int(match[1]) <= int(match[2]):
        raise PydanticCustomError("share", "no share")
    return int(match[1]), int(match[2])


def base_url(text: object) -> object:
    """
    Return the address of a page without a slash at its end.
    """
    if isinstance(text, str) and not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?/?|https?://\[[0-9A-Fa-f:]+\](:\d{1,5})?/?", text):
        raise PydanticCustomError("base_url", "no address of a page")
    return text.rstrip("/") if isinstance(text, str) else text


def scrypt(text: object) -> object:
    """
    Return the digest of a password, if it is one.
    """
    if isinstance(text, str) and not re.fullmatch(r"scrypt:\d{4,7}:\d{1,2}:\d{1,2}:[A-Za-z0-9_-]{20,}:[A-Za-z0-9_-]{40,}", text):
        raise PydanticCustomError("scrypt", "no scrypt digest")
    return text


def distances(text: object) -> object:
    """
    Return the growing distances in hours; ``0`` and ``off`` mean none.
    """
    if not isinstance(text, str):
        return text
    parts = [part for part in re.split(r"[,、\s]+", text.strip()) if part]
    if parts in (["0"], ["off"]):
        return ()
    try:
        hours = tuple(float(part) for part in parts)
    except ValueError:
        hours = ()
    if not hours or list(hours) != sorted(hours) or not hours[0] > 0 or hours[-1] > _YEAR:
        raise PydanticCustomError("distances", "no growing distances")
    return hours


def maintenance(text: str) -> str:
    """
    Return the windows as they are written, if they are some.
    """
    try:
        parse_maintenance(text)
    except ValueError:
        raise PydanticCustomError("maintenance", "no windows of time") from None
    return text


def names(text: object) -> object:
    """
    Return the names of channels listed.
    """
    return tuple(part for part in re.split(r"[,;、\s]+", text.strip().lower()) if part) if isinstance(text, str) else text


def endpoint(text: object) -> object:
    """
    Return the URL if what is sent to it is encrypted on its way, or stays on this machine.
    """
    if not isinstance(text, str):
        return text
    try:
        parts = urlsplit(text)
    except ValueError:
        raise PydanticCustomError("endpoint", "no URL") from None
    here = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if not parts.hostname or not (parts.scheme == "https" or here) or any(mark <= " " for mark in text):
        raise PydanticCustomError("endpoint", "not encrypted")
    return text


def queue_url(text: object) -> object:
    """
    Return the URL of a queue, whose path is the account's number and the queue's name.
    """
    url = endpoint(text)
    if isinstance(url, str) and not re.fullmatch(r"/[0-9]{12}/[A-Za-z0-9_-]{1,80}", urlsplit(url).path):
        raise PydanticCustomError("queue_url", "no queue")
    return url


def seller_id(text: object) -> object:
    """
    Return the seller's id in capitals.
    """
    if isinstance(text, str) and not re.fullmatch(r"[A-Z0-9]{8,20}", text.strip().upper()):
        raise PydanticCustomError("seller_id", "no id")
    return text.strip().upper() if isinstance(text, str) else text


def access_key(text: object) -> object:
    """
    Return the id of an access key.
    """
    if isinstance(text, str) and not re.fullmatch(r"[A-Za-z0-9]{1,128}", text):
        raise PydanticCustomError("access_key", "no key")
    return text
