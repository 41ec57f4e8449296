"""
What the log says of itself: whether it is whole and copied, what the jobs did, how the sources see, what waits, what is not watched.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from watchdog.doctor.premises import CheckedPoint, Health, Premises, failed, skipped, well
from watchdog.store import copies, figures, jobs, migrate, privacy
from watchdog.terms.errors import StoreAbsent, StoreError
from watchdog.terms.look import Reason
from watchdog.terms.moments import show_instant

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Backups are made daily; two missed ones are no coincidence.
_OLDEST_BACKUP = timedelta(days=3)
#: What has waited for so long did not leave at quiet hours' end either.
_OLDEST_MESSAGE = timedelta(hours=24)


def database(premises: Premises) -> Iterator[CheckedPoint]:
    """
    Look through the whole log.
    """
    if premises.store is None:
        trouble = premises.trouble
        if isinstance(trouble, StoreAbsent):
            yield skipped("database", "doctor_no_log", path=premises.log_path)
        elif trouble is not None:
            yield failed("database", Reason(trouble.code, trouble.values), Reason("doctor_fix_database"))
        return
    try:
        migrate.check_whole(premises.store)
    except StoreError as error:
        yield failed("database", Reason(error.code, error.values), Reason("doctor_fix_database"))
    else:
        yield well("database", "doctor_log", path=premises.log_path, version=migrate.HEAD)


def backups(premises: Premises) -> Iterator[CheckedPoint]:
    """
    Look how old the newest copy is.
    """
    if premises.store is None:
        return
    folder = premises.settings.backup_dir
    if not premises.settings.backups_kept or premises.store.engine.dialect.name != "sqlite":
        yield skipped("backups", "doctor_no_backups_wanted")
        return
    try:
        newest = max(copies.taken(folder), default=None)
    except OSError:
        newest = None
    with premises.store.reading() as tx:
        tried = "upkeep.backup" in jobs.known(tx)
    if newest is None and not tried:
        yield CheckedPoint("backups", Health.NOTE, Reason("doctor_no_backup", {"path": str(folder)}), Reason("doctor_fix_backup"))
    elif newest is None:
        yield failed("backups", Reason("doctor_no_backup", {"path": str(folder)}), Reason("doctor_fix_backup"))
    elif premises.now - newest > _OLDEST_BACKUP:
        found = Reason("doctor_old_backup", {"path": str(folder), "made_at": show_instant(newest)})
        yield failed("backups", found, Reason("doctor_fix_backup"))
    else:
        yield well("backups", "doctor_backup", path=str(folder), made_at=show_instant(newest))


def jobs_done(premises: Premises) -> Iterator[CheckedPoint]:
    """
    Name every job whose last run failed.
    """
    if premises.store is None:
        return
    with premises.store.reading() as tx:
        known = jobs.known(tx)
    if not known:
        yield skipped("jobs", "doctor_no_jobs")
    for job in known.values():
        if job.trouble is not None:
            values = {"job": job.name, "since": show_instant(job.failing_since or job.ended_at), "code": job.trouble.code}
            yield failed("jobs", Reason("doctor_job_fails", values), Reason("doctor_fix_job"))
    if known and all(job.trouble is None for job in known.values()):
        yield well("jobs", "doctor_jobs", count=len(known), last=show_instant(max(job.ended_at for job in known.values())))


def sources(premises: Premises) -> Iterator[CheckedPoint]:
    """
    Say of every source when it last really showed ship-by dates (DOMAIN §10).
    """
    for source in premises.sources:
        found = Reason("doctor_source", {"source": source.name, "said": source.message or source.state})
        if source.state in {"silent", "refused"}:
            yield failed("sources", found, Reason("doctor_fix_source"))
        else:
            yield CheckedPoint("sources", Health.WELL if source.state == "ok" else Health.NOTE, found)


def outbox(premises: Premises) -> Iterator[CheckedPoint]:
    """
    Look for messages that do not leave.
    """
    if premises.store is None:
        return
    with premises.store.reading() as tx:
        lying = figures.outbox(tx)
    stuck = [each for each in lying if each.oldest_at is not None and premises.now - each.oldest_at > _OLDEST_MESSAGE]
    for each in stuck:
        values: dict[str, str | int] = {
            "channel": each.channel,
            "count": each.waiting,
            "since": show_instant(each.oldest_at or premises.now),
        }
        yield failed("outbox", Reason("doctor_stuck", values), Reason("doctor_fix_stuck"))
    if not stuck:
        yield well("outbox", "doctor_outbox", count=sum(each.waiting for each in lying))


def coverage(premises: Premises) -> Iterator[CheckedPoint]:
    """
    Say how many products nobody can watch completely.
    """
    if premises.store is None:
        return
    with premises.store.reading() as tx:
        gaps = figures.gaps(tx)
    if gaps:
        yield CheckedPoint("coverage", Health.NOTE, Reason("doctor_gaps", {"count": gaps}), Reason("doctor_fix_gaps"))
    else:
        yield well("coverage", "doctor_coverage")


def buyers(premises: Premises) -> Iterator[CheckedPoint]:
    """
    Look for anything that looks like a buyer's data in the log; there must be none (DOMAIN §9).
    """
    if premises.store is None:
        return
    with premises.store.reading() as tx:
        found = privacy.scan(tx)
    if found:
        places = ", ".join(f"{place}: {count}" for place, count in found.items())
        yield failed("buyer data", Reason("doctor_buyers", {"places": places}), Reason("doctor_fix_buyers"))
    else:
        yield well("buyer data", "doctor_no_buyers")
