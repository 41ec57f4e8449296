"""
Intake: which files and answers came in, what could not be used and why; and a door into the inbox for a report.
"""

from __future__ import annotations

import os
import secrets
import unicodedata
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from starlette.datastructures import UploadFile

from watchdog.review.web.forms import asked_number, field
from watchdog.review.web.visit import back
from watchdog.store import journal
from watchdog.terms.errors import UsageError
from watchdog.terms.sentences import say
from watchdog.terms.typed import typed_instant

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.responses import Response

    from watchdog.review.web.visit import Visit
    from watchdog.store.journal import Intake
    from watchdog.terms.look import Defect

MOST_FILES = 10
_SHOWN = 100
_KINDS = frozenset({".txt", ".tsv", ".csv", ".json", ".jsonl", ".xml", ".gz"})
_LONGEST_NAME = 100
_PIECE = 2**20
#: Beginnings of what is no report, whatever its name says: pictures, programs, archives, office files, PDF.
_FOREIGN = (
    b"\x7fELF",
    b"MZ",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"%PDF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"#!",
    b"\xd0\xcf\x11\xe0",
)
_GZIP = b"\x1f\x8b"


def page(visit: Visit) -> Response:
    """
    Return the newest looks with their counts and reasons.
    """
    query = visit.request.query_params
    count = asked_number(query, "count", _SHOWN, 1000)
    house = visit.front.house
    with house.store.reading() as tx:
        found = journal.intake(tx, count)
    return visit.page(
        "intake.html",
        looks=[(each, _refused(visit, each), [_defect(visit, defect) for defect in each.defects]) for each in found],
        inbox=house.inbox,
        more=len(found) == count,
        count=count,
        done=asked_number(query, "done", 0, MOST_FILES),
        today=visit.now.astimezone(visit.zone).strftime("%Y-%m-%dT%H:%M"),
        kinds=",".join(sorted(_KINDS)),
    )


def _refused(visit: Visit, each: Intake) -> str:
    if each.refused is None:
        return ""
    return say(each.refused.code, visit.language, {"name": each.name, **each.refused.values})


def _defect(visit: Visit, defect: Defect) -> tuple[int, str]:
    return defect.place, say(defect.reason.code, visit.language, defect.reason.values)


def upload(visit: Visit, form: FormData) -> Response:
    """
    Put the files into the inbox, where the next turn reads them; a file counts as of the moment it was downloaded.

    Raises:
        UsageError: there is no file, it is of no kind that is read, or the inbox can't be written.
    """
    inbox = visit.front.house.inbox
    files = [each for each in form.getlist("file") if isinstance(each, UploadFile) and each.filename]
    if inbox is None or not files:
        raise UsageError("upload_nothing")
    typed = field(form, "seen", 20)
    seen = min(typed_instant(typed, visit.zone), visit.now) if typed else visit.now
    for each in files:
        _check(each)
    for each in files:
        name = _put(inbox, each, seen)
        visit.front.log.info("file.uploaded", name=name, bytes=each.size or 0)
    return back(f"/intake?done={len(files)}")


def _check(each: UploadFile) -> None:
    name = safe_name(each.filename or "")
    start = each.file.read(512)
    each.file.seek(0)
    zipped = name.casefold().endswith(".gz")
    wrong = (
        start.startswith(_FOREIGN)
        or start.startswith(_GZIP) is not zipped
        or (b"\0" in start and not zipped and start[:2] not in {b"\xff\xfe", b"\xfe\xff"})
    )
    if PurePosixPath(name).suffix.casefold() not in _KINDS or wrong or not start:
        raise UsageError("upload_kind", name=name, kinds=", ".join(sorted(_KINDS)))


def safe_name(given: str) -> str:
    """
    Return a file name for the inbox: letters, digits and plain marks of the last part, nothing that leads elsewhere or hides.
    """
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    kept = "".join(char if char.isalnum() or char in "-_.()" else "_" for char in last).lstrip("._-")
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{ending[:10]}" or "report"


def _put(inbox: Path, each: UploadFile, seen: datetime) -> str:
    """
    Write the file beside its place under a hidden name, then let it appear at once and whole; return its name.
    """
    name = safe_name(each.filename or "")
    hidden = inbox / f".upload-{secrets.token_hex(8)}.part"
    try:
        inbox.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(hidden, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            while piece := each.file.read(_PIECE):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        moment = seen.astimezone(UTC).timestamp()
        os.utime(hidden, (moment, moment))
        target = _free(inbox, name)
        hidden.rename(target)
    except OSError as error:
        hidden.unlink(missing_ok=True)
        raise UsageError("upload_unwritable", path=str(inbox), problem=error.strerror or str(error)) from error
    return target.name


def _free(inbox: Path, name: str) -> Path:
    stem, dot, ending = name.rpartition(".")
    tried = inbox / name
    while tried.exists():
        tried = inbox / f"{stem}-{secrets.token_hex(3)}{dot}{ending}"
    return tried
