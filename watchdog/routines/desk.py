"""
What the seller asks for and decides: a case with its file, a letter, a decision; the only way to a letter's text (DESIGN §2).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from watchdog.cases.decisions import AWAITED_AFTER, decide
from watchdog.routines.enact import Clerk, Enact
from watchdog.routines.one_order import OF_ONE_ORDER, of_one_order
from watchdog.routines.promises import Promises
from watchdog.routines.sent_letters import keep_sent, take_back
from watchdog.store import Store, Transaction, casebook, catalogue, listings, outbox
from watchdog.terms.case import CaseEvent, CaseState, said_at
from watchdog.terms.errors import CaseMoved, IllegalMove, LetterIncomplete, UnknownCase, UsageError
from watchdog.terms.identity import Asin, MarketplaceId, OrderId, parse_case_no, show_case_no
from watchdog.terms.letter import Asked
from watchdog.terms.look import Kind, Look
from watchdog.terms.marketplace import BY_ID
from watchdog.terms.moments import show_instant
from watchdog.terms.money import SeenPrice
from watchdog.terms.sentences import say
from watchdog.terms.typed import typed_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from watchdog.terms.case import Case, CaseFile, Intent
    from watchdog.terms.errors import WatchdogError
    from watchdog.terms.letter import Letter, LetterKind
    from watchdog.terms.look import ReleaseSaid


#: Decisions that speak of one buyer.
_OF_BUYER = frozenset({CaseEvent.BUYER_ASKED, CaseEvent.CONTACT_BUYER})


#: The lowest price others ask for a product, as it was seen in the last hour.
PriceOf = Callable[[MarketplaceId, Asin, datetime], SeenPrice | None]


class Writer(Protocol):
    """
    The room ``compose`` as the desk needs it.
    """

    def letter(
        self,
        kind: LetterKind,
        file: CaseFile,
        *,
        language: str,
        now: datetime,
        reply_by: datetime | None,
        signature: str | None = None,
        asked: Asked | None = None,
    ) -> Letter:
        """
        Return the rendered letter, or what is missing.
        """


class Wording(Protocol):
    """
    The seller's plain words, as the desk needs them to say what is possible.
    """

    @property
    def language(self) -> str:
        """
        Which language it is.
        """

    @property
    def states(self) -> Mapping[CaseState, str]:
        """
        How a case stands.
        """

    @property
    def decisions(self) -> Mapping[CaseEvent, str]:
        """
        What can be decided.
        """

    @property
    def details(self) -> Mapping[str, str]:
        """
        What a decision carries.
        """

    @property
    def letters(self) -> Mapping[LetterKind, str]:
        """
        The letters there are.
        """


@dataclass
class Desk:
    """
    Answers the seller from the casebook, and writes what he decides.
    """

    store: Store
    writer: Writer
    clerk: Clerk
    enact: Enact
    words: Wording
    promises: Promises
    signature: str | None = None
    price_of: PriceOf | None = None  #: what others ask for a product now; None where nobody can be asked

    def file(self, name: str, *, now: datetime | None = None) -> CaseFile:
        """
        Return the case of that number or order id, with its steps and what reports say of it; with ``now`` also with what is due.

        Raises:
            UnknownCase: there is none.
        """
        with self.store.reading() as tx:
            file = self._whole(tx, _file(tx, name))
        return file if now is None else replace(file, dues=self.clerk.due_steps(file.case, now=now, steps=file.steps))

    def decide(
        self,
        name: str,
        event: CaseEvent,
        *,
        by: str,
        now: datetime,
        detail: Mapping[str, str] | None = None,
        version: int | None = None,
    ) -> CaseFile:
        """
        Write what the seller decided and return the case as it stands then; a decision never rings.

        The case is read inside the writing transaction, so of two people who act at once the second one decides on what the
        first has made of it. Where an answer of Amazon's is waited for afterwards, it is due as DOMAIN §7 says.

        Args:
            name: case number or order id.
            event: one of ``cases.lifecycle.DECISIONS``.
            by: who decided.
            now: when.
            detail: what ``cases.decisions.decide`` asks for.
            version: of the case the decision was made on, where a page has shown it; None decides on the case as it is.

        Raises:
            UnknownCase: there is no such case.
            IllegalMove: not possible now; its sentence says what is, in plain words.
            UsageError: the decision lacks what it needs, or the case was taken over by another.
            CaseMoved: someone has moved the case since ``version``.
            StoreBusy: another program writes for longer than it can be waited for.
        """
        try:
            with self.store.writing() as tx:
                file = _file(tx, name)
                if version not in {None, file.case.version}:
                    raise CaseMoved(path=show_case_no(file.case.no), problem="moved meanwhile", case_no=show_case_no(file.case.no))
                intent = self._decided(file, event, _of_order_named(name, file, event, detail or {}), now)
                if event is CaseEvent.SEND_TICKET:
                    at = said_at(intent.detail) or now
                    due = self.clerk.reply_by(file.case, now=at)
                    keep_sent(tx, self.writer, self._whole(tx, file), by=by, now=at, reply_by=due, signature=self.signature)
                elif intent.detail.get("undone") == CaseEvent.SEND_TICKET:
                    take_back(tx, file)
                return self._written(tx, intent, file.case, now=now, by=by)
        except (IllegalMove, UsageError) as error:
            raise self._plainly(error) from error

    def _decided(self, file: CaseFile, event: CaseEvent, detail: Mapping[str, str], now: datetime) -> Intent:
        if event in AWAITED_AFTER and "reply_by" not in detail:
            since = said_at(detail) or now
            detail = {**detail, "reply_by": show_instant(self.clerk.reply_by(file.case, now=since))}
        try:
            return decide(file.case, event, now=now, detail=detail, steps=file.steps)
        except IllegalMove as error:
            if file.case.merged_into is None:
                raise
            into = show_case_no(file.case.merged_into)
            raise UsageError("case_merged", case_no=show_case_no(file.case.no), into=into) from error

    def _written(self, tx: Transaction, intent: Intent, before: Case, *, now: datetime, by: str) -> CaseFile:
        self.enact.apply(tx, [intent], now=now, by=by)
        if intent.event is CaseEvent.DISMISS:
            outbox.withdraw(tx, (before.no,), now=now)
        after = self._whole(tx, _file(tx, show_case_no(before.no)))
        if before.due_at is not None and before.due_at <= now:
            # Time has brought about what no turn has judged yet: the decision must not let it be forgotten.
            earlier = before.due_at - timedelta(microseconds=1)
            due_at = self.clerk.due_at(after.case, now=earlier, steps=after.steps)
            casebook.set_due(tx, before.no, due_at)
            after = replace(after, case=replace(after.case, due_at=due_at))
        return after

    def _plainly(self, error: WatchdogError) -> WatchdogError:
        """
        Return the error with the seller's words in the place of code words.
        """
        values = dict(error.values)
        if isinstance(error, IllegalMove):
            from_code = self.words.decisions
            instead = [from_code[CaseEvent(code)] for code in str(values["possible"]).split(", ") if code]
            state = self.words.states[CaseState(str(values["state"]))]
            mark = "、" if self.words.language == "ja" else ", "
            return IllegalMove(
                **values | {"state": state, "event": from_code[CaseEvent(str(values["event"]))], "possible": mark.join(instead)}
            )
        if error.code == "decision_incomplete":
            named = {"event": self.words.decisions[CaseEvent(str(values["event"]))], "needs": self.words.details[str(values["needs"])]}
            return UsageError(error.code, **values | named)
        return error

    def learn(self, said: Sequence[ReleaseSaid], *, name: str, now: datetime) -> int:
        """
        Write down release dates as the seller's own word of now, which counts over all his lists said before; return how many are news.
        """
        with self.store.writing() as tx:
            before = catalogue.own_list_said_at(tx)
            as_of = now if before is None else max(now, before + timedelta(seconds=1))
            return listings.learn(tx, Look("releases", name, Kind.RELEASES, as_of), said, now=now)

    def letter(self, name: str, kind: LetterKind, *, language: str | None, now: datetime, asked: Asked | None = None) -> Letter:
        """
        Return the letter in the marketplace's language, or the one asked for.

        Raises:
            UnknownCase: there is no such case.
            LetterIncomplete: a required fact is unknown.
        """
        file = self._for_letter(name, kind)
        spoken = language or self._language_of(kind, file.case.subject.marketplace_id)
        reply_by = self.clerk.reply_by(file.case, now=now)
        told = self._with_price(file, asked or Asked(), now) if kind.names_a_saving else asked or Asked()
        letter = self.writer.letter(kind, file, language=spoken, now=now, reply_by=reply_by, signature=self.signature, asked=told)
        if letter.missing:
            raise LetterIncomplete(missing=", ".join(letter.missing))
        return letter

    def _with_price(self, file: CaseFile, asked: Asked, now: datetime) -> Asked:
        """
        Return what was asked with the price others ask now, where the seller has typed none and one was seen.
        """
        place, asin = file.case.subject.marketplace_id, file.case.finding.asin
        if asked.price_now is not None or self.price_of is None or asin is None:
            return asked
        seen = self.price_of(place, asin, now)
        return asked if seen is None else replace(asked, price_now=seen.price, price_seen_at=seen.seen_at)

    def _for_letter(self, name: str, kind: LetterKind) -> CaseFile:
        """
        Return the file the letter is written from: of one order inside a product's case only what is known of that order.
        """
        with self.store.reading() as tx:
            file = self._whole(tx, _file(tx, name))
            inside = file.case.subject.order_id is None and parse_case_no(name) is None
            return of_one_order(tx, file, OrderId(typed_name(name))) if inside and kind in OF_ONE_ORDER else file

    def _whole(self, tx: Transaction, file: CaseFile) -> CaseFile:
        return replace(file, promise=self.promises.of(tx, file.case, file.steps))

    def opened_anyway(self, name: str, letter: Letter, *, by: str, now: datetime) -> None:
        """
        Note in the case's timeline that a text was opened in which the linter has found an error.
        """
        rules = " ".join(mark.text for mark in letter.marks if mark.level == "error")
        told = say("letter_opened_anyway", self.words.language, {"letter": self.words.letters[letter.kind], "rules": rules})
        self.decide(name, CaseEvent.NOTE, by=by, now=now, detail={"text": told, "letter": letter.kind.value})

    def _language_of(self, kind: LetterKind, marketplace_id: MarketplaceId) -> str:
        return self.words.language if kind.is_to_seller else letter_language(marketplace_id)


def _file(tx: Transaction, name: str) -> CaseFile:
    case_no = casebook.find_case(tx, name)
    file = casebook.case_file(tx, case_no) if case_no is not None else None
    if file is None:
        raise UnknownCase(name=name)
    return file


def _of_order_named(name: str, file: CaseFile, event: CaseEvent, detail: Mapping[str, str]) -> Mapping[str, str]:
    """
    Return the detail with the order that was named, where its product's case is decided on: a buyer is one order's.
    """
    one = event in _OF_BUYER and file.case.subject.order_id is None and parse_case_no(name) is None
    return {**detail, "order": typed_name(name)} if one else detail


def letter_language(marketplace_id: MarketplaceId) -> str:
    """
    Return the language a marketplace's support is written to: Japanese in Japan, English elsewhere.
    """
    return "ja" if BY_ID[marketplace_id].language == "ja" else "en"
