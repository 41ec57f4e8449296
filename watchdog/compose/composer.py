"""
The room's front desk: letters and notices from cases, with the templates handed in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from watchdog.compose import conditions, digest, lists, plan, sample
from watchdog.compose.bundle import LINES, alert_page, bundles, key_of, resolved_page
from watchdog.compose.entry import Entry
from watchdog.compose.facts import FACTS, gather
from watchdog.compose.letters import LETTERS, file_name, form_of, needs, own_letter, write
from watchdog.compose.matter import Matter
from watchdog.compose.page import CHECK_PARTS, GROUP_PARTS, LINE_PARTS, MOVE_PARTS, PAGE_NAMES, Page
from watchdog.compose.render import Renderer
from watchdog.compose.screens import Screens
from watchdog.compose.slack import blocks
from watchdog.compose.steps import NextStep
from watchdog.compose.telling import step_of
from watchdog.compose.wording import LANGUAGES, Words, words, written
from watchdog.terms.calendar import Calendar
from watchdog.terms.case import CaseEvent
from watchdog.terms.errors import ConfigError
from watchdog.terms.finding import Finding, Severity
from watchdog.terms.identity import CaseNo, MarketplaceId, show_case_no
from watchdog.terms.letter import Asked, Letter, LetterKind
from watchdog.terms.message import MessageKind, Notice, Ring
from watchdog.terms.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from watchdog.terms.case import Case, CaseFile
    from watchdog.terms.condition import ConditionEvent, StandingCondition
    from watchdog.terms.digest import Digest
    from watchdog.terms.dispatch import Listing
    from watchdog.terms.marketplace import Marketplace
    from watchdog.terms.plan import PlanAnswers, PlanFacts
    from watchdog.terms.policy import Policy

#: The templates of notices: a plain text and a mail body for each kind.
_KINDS = (*(kind.value for kind in MessageKind if kind not in {*lists.KINDS, MessageKind.TEST}), "list")
_NOTICES = tuple(f"{name}.{form}" for name in _KINDS for form in ("txt", "html"))
_PLAN = "plan.txt"
_NAMES = (*(form.template for form in LETTERS.values()), _PLAN, *_NOTICES)
#: Every template there must be, in both languages.
TEMPLATES = tuple(f"{language}/{name}" for language in LANGUAGES for name in _NAMES)

#: Amazon's silence and a broken word are told louder than what they are about (DOMAIN §7); a missing figure can wait until the morning.
_LOUDER = frozenset({CaseEvent.REPLY_OVERDUE, CaseEvent.FOLLOW_UP_DUE, CaseEvent.COUNTED_LATE})
#: What is done without writing to Amazon: a ticket after Amazon's final no would only be closed (DOMAIN §7).
_WITHOUT_LETTER = frozenset({NextStep.APPROVE, NextStep.OTHER_WAYS, NextStep.CHECK_FIGURES, NextStep.TELL_BUYER})


class Composer:
    """
    Writes letters and notices; knows the templates, the marketplaces' business days and the thresholds.
    """

    def __init__(
        self,
        templates: Mapping[str, str],
        *,
        calendars: Mapping[MarketplaceId, Calendar],
        policy: Policy,
        language: str | None = None,
        screens: Screens | None = None,
    ) -> None:
        """
        Check the templates; they are compiled when first used.

        Args:
            templates: text by name, ``ja/ticket.txt``; a seller's own text simply stands in the place of ours.
            calendars: business days by marketplace; weekends only where none is given.
            policy: the thresholds.
            language: the seller's: of the problems (English without it) and of what is said about a buyer text (the text's own without it).
            screens: where people reach the review page; without it no notice leads there.

        Raises:
            ConfigError: a template is missing, unknown, broken, or names something that is no fact.
        """
        spoken = language or "en"
        ours = {name: text for name, text in templates.items() if not name.rpartition("/")[2].startswith(".")}
        problems = [say("template_missing", spoken, {"name": name}) for name in TEMPLATES if name not in ours]
        problems += [
            say("template_unknown", spoken, {"name": name, "known": ", ".join(TEMPLATES)}) for name in ours if name not in TEMPLATES
        ]
        if problems:
            raise ConfigError(problems)
        parts = GROUP_PARTS | LINE_PARTS | MOVE_PARTS | CHECK_PARTS | lists.ITEM_PARTS | plan.PLAN_PARTS | digest.DIGEST_PARTS
        self._renderer = Renderer(ours, names=_names, parts=parts, language=spoken)
        self._calendars = dict(calendars)
        self._policy = policy
        self._speech = language
        self._screens = screens or Screens()

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
        Return the letter, or one without text that names the missing facts in plain words; a buyer text carries what the guideline says.

        Raises:
            UsageError: there is no such letter, or it is not for this cause, or not before the buyer asked to cancel.
        """
        matter = self._matter(file.case, file.case.finding, words(language), now=now, reply_by=reply_by)
        matter = replace(matter, signature=signature, asked=asked or Asked(), steps=file.steps, promise=file.promise)
        return write(form_of(kind, matter), matter, self._renderer, known=gather(matter), speech=self._speech)

    def notices(self, rings: Sequence[Ring], *, language: str, now: datetime, reply_by: Mapping[CaseNo, datetime]) -> tuple[Notice, ...]:
        """
        Return one notice per product and kind; each says everything its rings have to say.
        """
        spoken = words(language)
        return tuple(
            self._notice(kind, [self._entry(ring, spoken, now=now, reply_by=reply_by.get(ring.case.no)) for ring in group], spoken)
            for kind, group in bundles(rings)
        )

    def test_notice(self, *, language: str, now: datetime, place: Marketplace) -> Notice:
        """
        Return a warning of an invented order, marked as a test: it proves that a channel works, and shows what would come.
        """
        spoken = words(language)
        entry = self._entry(sample.sample_ring(place, spoken, now), spoken, now=now, reply_by=now + self._policy.reply_within)
        entry = replace(entry, screen=self._screens.at("/"))  # its case is invented and has no page
        page = sample.as_test(alert_page([entry], spoken), spoken)
        text, html = self._bodies(MessageKind.ALERT, page, spoken)
        attached = tuple(self._attachments(MessageKind.TEST, [entry], spoken))
        return Notice(
            kind=MessageKind.TEST,
            severity=Severity.NOTICE,
            subject=page.subject,
            text=text,
            html=html,
            blocks=blocks(page, spoken),
            case_nos=(),
            product_id=None,
            key=key_of([entry.ring]),
            attachments=attached,
            links=self._screens.links(()),
        )

    def condition_notice(
        self, standing: StandingCondition, event: ConditionEvent, *, language: str, zone: ZoneInfo, now: datetime
    ) -> Notice:
        """
        Return the message that says a condition of the account, or its end.
        """
        return conditions.condition_notice(self._renderer, standing, event, language=language, zone=zone, now=now, screens=self._screens)

    def digest_notice(self, said: Digest, *, language: str, zone: ZoneInfo, now: datetime) -> Notice:
        """
        Return the day's digest as a message.
        """
        spoken = words(language)

        def matter(file: CaseFile) -> Matter:
            found = self._matter(file.case, file.case.finding, spoken, now=now, reply_by=None)
            return replace(found, steps=file.steps, promise=file.promise)

        return digest.digest_notice(self._renderer, said, spoken, zone=zone, now=now, matter=matter, screens=self._screens)

    def list_notice(self, listing: Listing, *, language: str, zone: ZoneInfo, now: datetime) -> Notice:
        """
        Return the message that speaks of other messages: a reminder, a storm's summary, what was not delivered.
        """
        return lists.list_notice(self._renderer, listing, language=language, zone=zone, now=now, screens=self._screens)

    def plan(self, facts: PlanFacts, answers: PlanAnswers, *, language: str) -> plan.Paper:
        """
        Return the improvement plan, or what is missing in it.
        """
        return plan.write_plan(self._renderer, facts, answers, language=language)

    def _matter(self, case: Case, finding: Finding, spoken: Words, *, now: datetime, reply_by: datetime | None) -> Matter:
        calendar = self._calendars.get(finding.subject.marketplace_id, Calendar())
        return Matter(case, finding, spoken, self._policy, calendar, now, reply_by)

    def _entry(self, ring: Ring, spoken: Words, *, now: datetime, reply_by: datetime | None) -> Entry:
        matter = self._matter(ring.case, ring.finding, spoken, now=now, reply_by=reply_by)
        if ring.file is not None:
            matter = replace(matter, steps=ring.file.steps, promise=ring.file.promise)
        known = gather(matter)
        own = own_letter(matter, (ring.event, *ring.also))
        missing = tuple(name for name in needs(LETTERS[own], matter) if name not in known)
        product = str(ring.finding.asin or ring.finding.sku or "")
        return Entry(ring, matter, known, own, missing, self._screens.case(ring.case.no), self._screens.about(product))

    def _notice(self, kind: MessageKind, entries: Sequence[Entry], spoken: Words) -> Notice:
        page = resolved_page(entries, spoken) if kind is MessageKind.RESOLVED else alert_page(entries, spoken)
        text, html = self._bodies(kind, page, spoken)
        rings = [entry.ring for entry in entries]
        case_nos = tuple(sorted(ring.case.no for ring in rings))
        return Notice(
            kind=kind,
            severity=_loudness(kind, rings),
            subject=page.subject,
            text=text,
            html=html,
            blocks=blocks(page, spoken),
            case_nos=case_nos,
            product_id=rings[0].case.subject.product_id,
            key=key_of(rings),
            attachments=tuple(self._attachments(kind, entries, spoken)),
            links=self._screens.links(case_nos),
        )

    def _attachments(self, kind: MessageKind, entries: Sequence[Entry], spoken: Words) -> Iterator[tuple[str, str]]:
        """
        Yield the letters that are ready to be sent: a ticket in the marketplace's language, a note in the seller's.
        """
        if kind is MessageKind.RESOLVED:
            return
        for entry in entries[:LINES]:
            matter = entry.matter
            if entry.missing or step_of(matter, letter_ready=True, event=entry.ring.event) in _WITHOUT_LETTER:
                continue
            form = LETTERS[entry.own]
            own = spoken.language if form.kind.is_to_seller else written(matter.store.language)
            if own == spoken.language:
                letter = write(form, matter, self._renderer, known=entry.known)
            else:
                foreign = replace(matter, words=words(own))
                letter = write(form, foreign, self._renderer, known=gather(foreign))
            yield file_name(form.kind, show_case_no(entry.ring.case.no)), f"{letter.subject}\n\n{letter.text}"

    def _bodies(self, kind: MessageKind, page: Page, spoken: Words) -> tuple[str, str]:
        values = page.values()
        text, html = (self._renderer.render(f"{spoken.language}/{kind.value}.{form}", values) for form in ("txt", "html"))
        return text, html


def _loudness(kind: MessageKind, rings: Sequence[Ring]) -> Severity:
    """
    Return how loud the notice is; an all-clear can wait until quiet hours are over.
    """
    if kind is MessageKind.RESOLVED:
        return Severity.WARNING
    events = {event for ring in rings for event in (ring.event, *ring.also)}
    if not _LOUDER.isdisjoint(events):
        return Severity.URGENT
    if events == {CaseEvent.VERIFICATION_DUE}:
        return Severity.WARNING
    return max((ring.finding.severity for ring in rings), key=lambda severity: severity.rank)


def _names(template: str) -> frozenset[str]:
    """
    Return what a template of that name may print.
    """
    if template.rpartition("/")[2] == _PLAN:
        return plan.PLAN_NAMES
    if template.rpartition("/")[2].startswith("digest."):
        return digest.DIGEST_NAMES
    if template.rpartition("/")[2].startswith("list."):
        return lists.LIST_NAMES
    if template.rpartition("/")[2].startswith(MessageKind.CONDITION):
        return conditions.CONDITION_NAMES
    return PAGE_NAMES if template.rpartition("/")[2] in _NOTICES else frozenset(FACTS)
