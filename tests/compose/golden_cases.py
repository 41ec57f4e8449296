"""
Every text the golden files hold, by file name: each letter, cause, confidence and language, and the notices.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.compose.golden_linked import linked_texts
from tests.compose.golden_lists import listed_texts
from tests.compose.makers_compose import (
    ADDRESS,
    CANCEL_REQUEST,
    LEFT_PENDING,
    MOVE,
    NOW,
    ORDER,
    PAYMENT,
    PRICE,
    REPLY_BY,
    REPORT_ONLY,
    SIBLINGS,
    SOURCE,
    TICKET,
    TOKYO,
    a_file,
    a_finding,
    a_followed_file,
    a_product_finding,
    a_promise,
    a_resolved_ring,
    a_ring,
    a_subject,
    an_order_finding,
    digests,
    first_sight,
    many_rings,
    shared_composer,
)
from watchdog.compose.letters import LETTERS
from watchdog.terms.case import CaseEvent, CaseFile, CaseState, Outcome
from watchdog.terms.finding import Cause, Confidence, Evidence, EvidenceKind, Finding, Rule, Severity, Siblings
from watchdog.terms.identity import CaseNo, OrderId
from watchdog.terms.letter import LetterKind
from watchdog.terms.marketplace import BY_ID, JAPAN
from watchdog.terms.message import Ring
from watchdog.terms.replies import FollowUp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from watchdog.terms.letter import Asked
    from watchdog.terms.message import Notice

PAYMENT_UNTIMED = replace(PAYMENT, before_at=None)
NOT_LISTED = Evidence(EvidenceKind.NOT_LISTED, seen_at=NOW, source=SOURCE)
FOLDER = Path(__file__).parent / "golden"
LANGUAGES = ("ja", "en")
REPLIES = {CaseNo(number): REPLY_BY for number in range(1, 101)}


@cache
def texts() -> dict[str, str]:
    """
    Return every golden text by its file name.
    """
    letters = (*_letters(), *_special_tickets(), *_special_letters(), *_follow_ups(), *_of_product_orders())
    return dict([*letters, *_alerts(), *_special_notices(), *_resolved(), *_tests(), *_digests()])


def _letters() -> Iterator[tuple[str, str]]:
    for form in LETTERS.values():
        for cause in sorted(form.causes):
            for confidence in Confidence:
                for language in LANGUAGES:
                    text = letter(form.kind, a_finding(cause, confidence), language=language)
                    yield f"{form.kind.value}-{cause.value}-{confidence.value}.{language}.txt", text


def letter(kind: LetterKind, finding: Finding, *, language: str, asked: Asked | None = None, ticket_no: str | None = None) -> str:
    """
    Return the letter as it is shown, with what the guideline says of it below.
    """
    file = a_file(finding, state=CaseState.BUYER_ASKED if LETTERS[kind].only_if_asked else CaseState.OPEN)
    file = replace(file, case=replace(file.case, ticket_no=ticket_no))
    if kind is LetterKind.FOLLOW_UP:
        file = a_followed_file(FollowUp.NO_REPLY, finding)
    return shown(kind, file, language=language, asked=asked)


def shown(kind: LetterKind, file: CaseFile, *, language: str, asked: Asked | None = None) -> str:
    """
    Return the letter of this file as it is shown.
    """
    made = shared_composer().letter(kind, file, language=language, now=NOW, reply_by=REPLY_BY, signature="青波レコード 店長", asked=asked)
    marks = "".join(f"\n[{mark.level}] {mark.rule} ({mark.source})\n{mark.text}\n" for mark in made.marks)
    return f"{made.page}{marks}" if made.text else f"missing: {', '.join(made.missing)}\n"


def special_findings() -> dict[str, Finding]:
    """
    Return findings whose wording differs within one cause.
    """
    incident = an_order_finding()
    others = tuple(item for item in incident.evidence if item.kind is not EvidenceKind.PAYMENT)
    unknown = tuple(item for item in others if item.kind not in {EvidenceKind.RELEASE, EvidenceKind.RELEASE_STEADY})
    return {
        "address": replace(incident, evidence=(*others, ADDRESS)),
        "left-pending": replace(first_sight(incident), evidence=(*first_sight(incident).evidence, LEFT_PENDING)),
        "first-sight": first_sight(an_order_finding(Cause.RESET_UNEXPLAINED, Confidence.POSSIBLE)),
        "release-unknown": replace(incident, release_date=None, release_source=None, evidence=unknown, cause=Cause.RESET_UNEXPLAINED),
        "nothing-to-compare": replace(
            first_sight(incident, without=(SIBLINGS,)), release_date=None, siblings=Siblings(), cause=Cause.UNDETERMINED, evidence=()
        ),
        "past-ship-by": replace(incident, rules=(*incident.rules, Rule.PAST_SHIP_BY)),
        "untimed": replace(incident, evidence=tuple(replace(item, before_at=None) if item is MOVE else item for item in incident.evidence)),
    }


def _special_tickets() -> Iterator[tuple[str, str]]:
    for name, finding in special_findings().items():
        for language in LANGUAGES:
            yield f"ticket-special-{name}.{language}.txt", letter(LetterKind.TICKET, finding, language=language)


def _follow_ups() -> Iterator[tuple[str, str]]:
    for kind in FollowUp:
        for language in LANGUAGES:
            yield f"follow-up-special-{kind.value}.{language}.txt", shown(LetterKind.FOLLOW_UP, a_followed_file(kind), language=language)


def _of_product_orders() -> Iterator[tuple[str, str]]:
    """
    Yield the letters of one order inside a product's case, whose buyer wishes to cancel.
    """
    product = a_product_finding()
    known = tuple(item for item in product.evidence if item.kind is EvidenceKind.RELEASE)
    one = replace(product, subject=a_subject(ORDER), ship_by=None, previous_ship_by=None, move_seen=False, evidence=known, orders=(ORDER,))
    for language in LANGUAGES:
        for kind in (LetterKind.BUYER_REPLY, LetterKind.APPROVE):
            yield f"{kind.value}-special-of-product.{language}.txt", letter(kind, one, language=language)


def _special_letters() -> Iterator[tuple[str, str]]:
    incident = an_order_finding()
    asked = replace(incident, rules=(*incident.rules, Rule.BUYER_ASKED_CANCEL), evidence=(*incident.evidence, CANCEL_REQUEST))
    late = replace(incident, rules=(*incident.rules, Rule.PAST_SHIP_BY))
    one_day = replace(incident, ship_by=date(2016, 9, 13))
    released = replace(incident, release_date=date(2016, 9, 12), siblings=Siblings(), previous_ship_by=date(2016, 9, 12))
    for language in LANGUAGES:
        for kind in (LetterKind.BUYER_REPLY, LetterKind.APPROVE):
            yield f"{kind.value}-special-request-stands.{language}.txt", letter(kind, asked, language=language)
        for kind in (LetterKind.BUYER_CANCEL, LetterKind.BUYER_PHONE):
            yield f"{kind.value}-special-saving.{language}.txt", letter(kind, late, language=language, asked=PRICE)
        told = replace(PRICE, price_paid=None)
        yield f"buyer-cancel-special-price.{language}.txt", letter(LetterKind.BUYER_CANCEL, one_day, language=language, asked=told)
        yield f"buyer-inform-special-released.{language}.txt", letter(LetterKind.BUYER_INFORM, released, language=language)
        unknown = special_findings()["release-unknown"]
        yield f"buyer-inform-special-release-unknown.{language}.txt", letter(LetterKind.BUYER_INFORM, unknown, language=language)
        yield f"ticket-phone-special-release-unknown.{language}.txt", letter(LetterKind.TICKET_PHONE, unknown, language=language)
        sent = letter(LetterKind.TICKET_PHONE, incident, language=language, ticket_no="11223344550")
        yield f"ticket-phone-special-ticket-sent.{language}.txt", sent


def notice(rings: Sequence[Ring], *, language: str) -> Notice:
    """
    Return the one notice of these rings.
    """
    (made,) = shared_composer().notices(rings, language=language, now=NOW, reply_by=REPLIES)
    return made


def _shown(made: Notice) -> str:
    files = "".join(f"attached: {name}\n" for name, _text in made.attachments)
    return f"{made.subject}\n\n{made.text}{files}"


def _alerts() -> Iterator[tuple[str, str]]:
    for cause in Cause:
        for confidence in Confidence:
            for language in LANGUAGES:
                made = notice([a_ring(a_finding(cause, confidence))], language=language)
                yield f"alert-{cause.value}-{confidence.value}.{language}.txt", _shown(made)


def special_rings() -> dict[str, Sequence[Ring]]:
    """
    Return rings whose notices differ in form.
    """
    incident = an_order_finding()
    asked = replace(incident, rules=(*incident.rules, Rule.BUYER_ASKED_CANCEL), evidence=(*incident.evidence, CANCEL_REQUEST))
    late = replace(incident, rules=(*incident.rules, Rule.PAST_SHIP_BY, Rule.AUTO_CANCEL_NEAR))
    return {
        "forty": many_rings(40),
        "sixty": many_rings(60),
        "many-orders": [a_ring(a_product_finding(orders=73))],
        "shipping-report-only": [a_ring(replace(incident, siblings=Siblings(), evidence=(MOVE, REPORT_ONLY)))],
        "cancel-requested": [a_ring(asked, event=CaseEvent.CANCEL_REQUESTED)],
        "auto-cancel-near": [a_ring(late, event=CaseEvent.AUTO_CANCEL_NEAR)],
        "ticket-sent": [a_ring(late, event=CaseEvent.SHIP_BY_PASSED, state=CaseState.TICKET_SENT)],
        "reply-overdue": [a_ring(incident, event=CaseEvent.REPLY_OVERDUE, state=CaseState.TICKET_SENT)],
        "follow-up": [_followed(CaseEvent.REPLY_OVERDUE, FollowUp.NO_REPLY)],
        "call-support": [_followed(CaseEvent.FOLLOW_UP_DUE, FollowUp.NO_REPLY)],
        "still-counted": [_followed(CaseEvent.COUNTED_LATE, FollowUp.STILL_COUNTED)],
        "verification-due": [_followed(CaseEvent.VERIFICATION_DUE, FollowUp.PROVE)],
        "buyer-contact-due": [a_ring(incident, event=CaseEvent.BUYER_CONTACT_DUE)],
        "deadline-near": [replace(a_ring(_tomorrow(), event=CaseEvent.DEADLINE_NEAR), also=(CaseEvent.BUYER_CONTACT_DUE,))],
        "refused": [a_ring(incident, event=CaseEvent.MOVED_EARLIER, state=CaseState.REFUSED)],
        "ticket-incomplete": [a_ring(special_findings()["nothing-to-compare"])],
        "release-unsure": [a_ring(_unsure())],
        "release-unknown": [a_ring(special_findings()["release-unknown"])],
        "move-without-times": [a_ring(special_findings()["untimed"])],
        "move-known-by-date-only": [a_ring(replace(incident, evidence=(PAYMENT_UNTIMED,), release_date=None, siblings=Siblings()))],
        "one-day": [a_ring(replace(incident, ship_by=date(2016, 9, 13), severity=Severity.WARNING, release_source=None))],
        "never-a-ship-by": [
            a_ring(replace(incident, ship_by=None, evidence=(CANCEL_REQUEST, NOT_LISTED), rules=(Rule.BUYER_ASKED_CANCEL,)))
        ],
        "release-change-untold": [a_ring(replace(a_product_finding(Cause.RELEASE_MOVED), evidence=()))],
        "mixed": [*many_rings(3), a_ring(replace(asked, subject=a_subject(ORDER)), no=9), a_ring(a_product_finding(), no=10)],
    }


def _followed(event: CaseEvent, kind: FollowUp) -> Ring:
    file = a_followed_file(kind)
    return Ring(file.case, event, file.case.finding, event.value, file)


def _tomorrow() -> Finding:
    late = date(2016, 9, 21)
    incident = replace(an_order_finding(), siblings=Siblings(), evidence=())
    return replace(incident, ship_by=date(2016, 9, 14), previous_ship_by=late, release_date=late)


def _unsure() -> Finding:
    moved = a_product_finding(Cause.RELEASE_MOVED)
    evidence = tuple(
        replace(item, new="2016-09-14", source="releases.csv") if item.kind is EvidenceKind.RELEASE else item for item in moved.evidence
    )
    return replace(moved, evidence=evidence)


def _special_notices() -> Iterator[tuple[str, str]]:
    for name, rings in special_rings().items():
        for language in LANGUAGES:
            yield f"alert-special-{name}.{language}.txt", _shown(notice(rings, language=language))
    for name in ("forty", "mixed"):
        made = notice(special_rings()[name], language="ja")
        yield f"alert-special-{name}.ja.html", made.html
        yield f"alert-special-{name}.ja.json", json.dumps(made.blocks, ensure_ascii=False, indent=1) + "\n"
    yield "note-special-release-unsure.ja.txt", letter(LetterKind.NOTE, _unsure(), language="ja")
    yield "note-special-release-unsure.en.txt", letter(LetterKind.NOTE, _unsure(), language="en")


def _resolved() -> Iterator[tuple[str, str]]:
    for outcome in Outcome:
        for language in LANGUAGES:
            made = notice([a_resolved_ring(outcome)], language=language)
            yield f"resolved-{outcome.value}.{language}.txt", _shown(made)
    over = a_resolved_ring(Outcome.CANCELLED_BY_BUYER)
    gone = replace(over, event=CaseEvent.MARK_REMOVED, file=CaseFile(over.case, (TICKET,), a_promise(counted=False)))
    for language in LANGUAGES:
        yield f"resolved-special-mark-gone.{language}.txt", _shown(notice([gone], language=language))
    rings = [a_resolved_ring(Outcome.RESTORED, no=number, order_id=OrderId(f"503-7654321-{number:07}")) for number in (1, 2, 3)]
    made = notice([*rings, a_resolved_ring(Outcome.CANCELLED_BY_BUYER, no=4)], language="ja")
    yield "resolved-special-four.ja.txt", _shown(made)
    yield "resolved-special-four.ja.html", made.html


def _digests() -> Iterator[tuple[str, str]]:
    for name, digest in digests().items():
        for language in LANGUAGES:
            made = shared_composer().digest_notice(digest, language=language, zone=TOKYO, now=NOW)
            yield f"digest-{name}.{language}.txt", f"{made.subject}\n\n{made.text}"
    made = shared_composer().digest_notice(digests()["full"], language="ja", zone=TOKYO, now=NOW)
    yield "digest-full.ja.html", made.html
    yield "digest-full.ja.json", json.dumps(made.blocks, ensure_ascii=False, indent=1) + "\n"


def _tests() -> Iterator[tuple[str, str]]:
    yield from listed_texts()
    yield from linked_texts()
    for language in LANGUAGES:
        yield f"test.{language}.txt", _shown(shared_composer().test_notice(language=language, now=NOW, place=BY_ID[JAPAN]))
