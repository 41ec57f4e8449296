"""
Where read files are kept: under their own name with the beginning of their content's digest, so that they are found again.
"""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

PROCESSED = "processed"
REJECTED = "rejected"
REASON = ".reason.txt"
_DIGITS = 12
_REASON_DAYS = 30
#: A file name may have 255 bytes; digest, counter and ``.reason.txt`` are added to it.
_LONGEST_STEM = 200
_KEPT_NAME = re.compile(r"(?P<stem>.*)\.[0-9a-f]{12}(?:\.\d+)?(?P<suffix>\.[^.]*)?")


def keep(path: Path, folder: Path, *, content: str, as_of: datetime, reason: str | None) -> Path:
    """
    Move the file into the folder, with its time and, beside it, the reason; return where it lies now. Nothing is overwritten.
    """
    stem = path.stem.encode()[:_LONGEST_STEM].decode(errors="ignore")
    kept = free_name(folder / f"{stem}.{content[:_DIGITS]}{path.suffix}")
    if reason is not None:
        beside = reason_beside(kept)
        beside.touch(mode=0o600)
        beside.write_text(reason, encoding="utf-8", newline="\n")
    if path.stat().st_mtime > as_of.timestamp() + 1:
        os.utime(path, (as_of.timestamp(), as_of.timestamp()))
    return path.rename(kept)


def reason_beside(path: Path) -> Path:
    """
    Return where the reason of a kept file lies, if there is one.
    """
    return path.with_name(path.name + REASON)


def discard(path: Path, folder: Path, *, content: str, reason: str | None) -> Path:
    """
    Delete the file where none is to be kept; what there is to say of it lies under the name it would have had, which is returned.
    """
    stem = path.stem.encode()[:_LONGEST_STEM].decode(errors="ignore")
    beside = free_name(folder / f"{stem}.{content[:_DIGITS]}{path.suffix}{REASON}")
    if reason is not None:
        beside.touch(mode=0o600)
        beside.write_text(reason, encoding="utf-8", newline="\n")
    path.unlink()
    return beside


def expire(folder: Path, *, now: datetime, keep_days: int) -> None:
    """
    Delete what was archived more than so many days ago (DOMAIN §9: reports hold buyers' data). Reasons hold none and stay 30 days at least.

    A file was archived when it was last renamed (its change time): its own time is that of what it says. What somebody else
    put into the folder is not touched.
    """
    for path in folder.iterdir():
        days = max(keep_days, _REASON_DAYS) if path.name.endswith(REASON) else keep_days
        with suppress(OSError):
            status = path.lstat()
            old = now.timestamp() - status.st_ctime > timedelta(days=days).total_seconds()
            if old and stat.S_ISREG(status.st_mode) and _KEPT_NAME.fullmatch(path.name.removesuffix(REASON)):
                path.unlink()


def kept(folder: Path, content: str) -> Iterator[Path]:
    """
    Yield the kept files that may have this content: their names hold the beginning of its digest.
    """
    for path in sorted(folder.glob(f"*.{content[:_DIGITS]}*")):
        if path.is_file() and not path.name.endswith(REASON):
            yield path


def dropped_name(path: Path) -> str:
    """
    Return the name under which a kept file was dropped.
    """
    match = _KEPT_NAME.fullmatch(path.name)
    return match["stem"] + (match["suffix"] or "") if match else path.name


def free_name(path: Path) -> Path:
    """
    Return the path, or the first one with a number before its suffix that is not taken.
    """
    if not path.exists():
        return path
    return next(other for n in count(2) if not (other := path.with_name(f"{path.stem}.{n}{path.suffix}")).exists())
