"""
The errors of the house, grouped by what the caller must do.

WatchdogError
 ├ ConfigError(problems)        tell the operator all at once; exit 78
 ├ UsageError                   the command line makes no sense; exit 2
 ├ SourceError(source)
 │   ├ SourceUnavailable        keep the mark, try again
 │   ├ SourceRefused            credentials or permission: stop this source, alert the operator
 │   └ SourceChanged            format no longer understood: quarantine the bytes, alert
 ├ DeliveryError(channel)
 │   ├ DeliveryFailed           postpone
 │   └ DeliveryRefused          give up this channel, say so on another
 ├ StoreError
 │   ├ SchemaOutdated           refuse to start, name the command
 │   ├ StoreAbsent              say which path was looked at
 │   └ StoreBusy                retry the whole transaction; exit 75
 │       └ CaseMoved            someone else has decided meanwhile: look again; exit 75
 ├ Busy                         another program holds the lock; exit 75
 ├ ServiceFailed(command)       say which command of the system failed
 ├ LetterIncomplete(missing)    say which field is missing
 ├ PlanIncomplete(missing)      say what is to be filled in, and how
 └ IllegalMove(case, event)     show the seller what is possible instead

A bad row is no exception but a ``Defect``. Constructors take ids and values; the sentence for people comes from ``terms.sentences``,
by ``code``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence


class WatchdogError(Exception):
    """
    Something a person must be told, with a sentence, a next step and an exit code.
    """

    code: ClassVar[str] = "failed"  #: key of the sentence
    exit_code: ClassVar[int] = 1

    def __init__(self, **values: str | int) -> None:
        """
        Keep the values the sentence is filled with.
        """
        super().__init__(self.code, values)
        self.values = values


class ConfigError(WatchdogError):
    """
    The settings can't be used; every problem is reported at once.
    """

    code = "config"
    exit_code = 78

    def __init__(self, problems: Sequence[str]) -> None:
        """
        Keep the problems, each a sentence naming its option.
        """
        super().__init__(problems="\n".join(f"  - {problem}" for problem in problems))
        self.problems = tuple(problems)


class UsageError(WatchdogError):
    """
    The command can't be carried out as it was typed.
    """

    code = "usage"
    exit_code = 2

    def __init__(self, code: str, **values: str | int) -> None:
        """
        Keep the key of the sentence that says what to type instead.
        """
        super().__init__(**values)
        self.code = code  # type: ignore[misc]


class SourceError(WatchdogError):
    """
    A source can't be used now.
    """

    code = "source"


class SourceUnavailable(SourceError):
    """
    Try again later with the same mark.
    """

    code = "source_unavailable"


class PlaceUnusable(SourceUnavailable):
    """
    A file or folder of this machine can't be used now; try again.
    """

    code = "place_unusable"


class SourceRefused(SourceError):
    """
    Credentials or permissions are missing; trying again can't help.
    """

    code = "source_refused"


class SourceChanged(SourceError):
    """
    The answer is no longer understood; its bytes are put aside.
    """

    code = "source_changed"


class DeliveryError(WatchdogError):
    """
    A message could not be handed over.
    """

    code = "delivery"


class DeliveryFailed(DeliveryError):
    """
    Postpone and try again.
    """

    code = "delivery_failed"


class DeliveryRefused(DeliveryError):
    """
    The other side will never take it; say so on another channel.
    """

    code = "delivery_refused"


class StoreError(WatchdogError):
    """
    The log can't be used.
    """

    code = "store"


class SchemaOutdated(StoreError):
    """
    The database was made by an older (or newer) version.
    """

    code = "schema_outdated"


class StoreAbsent(StoreError):
    """
    There is no database where it was looked for; reading commands never make one.
    """

    code = "store_absent"


class StoreBusy(StoreError):
    """
    Another program writes; retry the whole transaction.
    """

    code = "store_busy"
    exit_code = 75


class CaseMoved(StoreBusy):
    """
    Someone else has moved the case since it was shown; decide again on what it is now.
    """

    code = "case_moved"


class StoreFull(StoreError):
    """
    The disk is full or read-only; nothing was lost, nothing was written.
    """

    code = "store_full"


class StoreDamaged(StoreError):
    """
    The database file is not a database or is damaged.
    """

    code = "store_damaged"


class Busy(WatchdogError):
    """
    Another preorder-watchdog is at work.
    """

    code = "busy"
    exit_code = 75


class LetterIncomplete(WatchdogError):
    """
    A required field of the letter is unknown, so it does not print.
    """

    code = "letter_incomplete"


class PlanIncomplete(WatchdogError):
    """
    A part of the improvement plan is not filled in, so it does not print.
    """

    code = "plan_incomplete"


class UnknownCase(WatchdogError):
    """
    No case or order of that name is known.
    """

    code = "unknown_case"


class IllegalMove(WatchdogError):
    """
    The case can't make this move now.
    """

    code = "illegal_move"


class ServiceFailed(WatchdogError):
    """
    The service could not be set up or asked; the steps before stay.
    """

    code = "service_failed"


class ForeignPackage(WatchdogError):
    """
    Another distribution has written into our import package (DESIGN §4).
    """

    code = "foreign_package"
    exit_code = 78
