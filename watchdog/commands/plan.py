"""
``plan``: the improvement plan (改善計画) under Amazon's headings, from the log and the seller's own words.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import datetime

    from watchdog.assemble import House
    from watchdog.routines.planner import Planner
    from watchdog.terms.plan import PlanAnswers, PlanFacts

_TEXTS = ("violation", "cause", "prevention", "effect", "done_by", "effective", "person")


@click.command(epilog="Example: preorder-watchdog plan --kind late --form plan.txt")
@click.option("--kind", type=click.Choice(["late", "cancel", "defect"]), default="late", help="Which target was missed.")
@click.option("--lang", type=click.Choice(["ja", "en"]), help="Instead of the marketplace's language.")
@click.option("--marketplace", metavar="ID", help="Id or country code; else your first.")
@click.option("--form", "form_file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write a form to fill in.")
@click.option("--from", "filled", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE", help="Read a filled form.")
@click.option("--edit", is_flag=True, help="Fill the form in with your editor, now.")
@click.option("--violation", metavar="TEXT", help="What the log does not know of the violation.")
@click.option("--cause", metavar="TEXT", help="Its cause in your own work.")
@click.option("--prevention", metavar="TEXT", help="What is done so that it does not happen again.")
@click.option("--effect", metavar="TEXT", help="The effect this will have.")
@click.option("--done-by", metavar="DATE", help="By when it is done, as 2026-09-20.")
@click.option("--effective", metavar="MONTH", help="When the effect is expected, as 2026-10.")
@click.option("--person", metavar="NAME", help="Who is responsible.")
@click.option("--check", "checks", metavar="NAME=TEXT", multiple=True, help="What you found in a part of the work; the form names them.")
@click.option("--confirm-rules", is_flag=True, help="You have read the selling agreement and policies again.")
@click.option("--confirm-true", is_flag=True, help="You have checked that all of it is true.")
@click.option("--to", "target", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write the plan there.")
@click.option("--submitted", is_flag=True, help="Note that this plan was handed in; later ones are held against it.")
@click.option("--earlier", is_flag=True, help="Show the plans handed in so far.")
@click.option("--by", metavar="NAME", help="Who handed it in; your login name otherwise.")
def command(
    kind: str,
    *,
    lang: str | None,
    marketplace: str | None,
    form_file: Path | None,
    filled: Path | None,
    edit: bool,
    target: Path | None,
    submitted: bool,
    earlier: bool,
    by: str | None,
    **typed: object,
) -> int:
    """
    Write an improvement plan: figures and orders from the log, the rest in your own words.

    A plan with anything missing does not print; it names what is missing. Where it is sent and what happens then goes to stderr, so that
    the plan can be pasted as it is.
    """
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.commands.health import place_of
    from watchdog.routines.desk import letter_language
    from watchdog.routines.planner import Planner
    from watchdog.terms.plan import PlanKind

    house = assemble.house(speech.settings(), create=False)
    now = assemble.clock()
    try:
        place = place_of(house, marketplace).id
        planner = Planner(house.store, house.composer, house.account)
        if earlier:
            return _show_earlier(planner, house, now=now)
        language = lang or letter_language(place)
        facts = planner.facts(PlanKind(kind), place, now=now)
        answers = _answers(facts, typed, filled, language=language, edit=edit)
        if form_file is not None:
            return _write_form(facts, answers, form_file, language=language)
        text = planner.write(facts, answers, language=language)
        _tell(planner, house, facts, answers, now=now)
        if submitted:
            _keep(planner, house, facts, answers, text, language=language, by=by, now=now)
    finally:
        house.close()
    return _print(text, target)


def _keep(
    planner: Planner, house: House, facts: PlanFacts, answers: PlanAnswers, text: str, *, language: str, by: str | None, now: datetime
) -> None:
    from watchdog.commands.decided import login

    number = planner.submit(facts, answers, text, language=language, by=by or login(), now=now)
    click.echo(_say("plan_kept", house, no=number), err=True)


def _print(text: str, target: Path | None) -> int:
    if target is not None:
        target.write_text(text, "utf-8")
        click.echo(str(target))
    else:
        click.echo(text)
    return 0


def _answers(facts: PlanFacts, typed: dict[str, object], filled: Path | None, *, language: str, edit: bool) -> PlanAnswers:
    """
    Return the answers of the options over those of the form; with ``edit`` of the form filled in now.

    Raises:
        UsageError: an answer is not what its field asks for.
    """
    from watchdog.compose.plan_form import answered, blank_form, read_form
    from watchdog.terms.errors import UsageError
    from watchdog.terms.plan import PlanAnswers

    found = read_form(filled.read_text("utf-8-sig")) if filled is not None else PlanAnswers()
    for name in _TEXTS:
        if typed[name]:
            found = answered(found, name, str(typed[name]).strip())
    for check in typed["checks"]:  # type: ignore[attr-defined]
        name, sign, answer = check.partition("=")
        if not sign or name.strip() not in facts.kind.checks or not answer.strip():
            raise UsageError("plan_check_unclear", text=check, known=", ".join(facts.kind.checks))
        found = answered(found, name.strip(), answer.strip())
    for name, option in (("read_rules", "confirm_rules"), ("is_true", "confirm_true")):
        if typed[option]:
            found = answered(found, name, "yes")
    if edit:
        written = click.edit(blank_form(facts, found, language=language), extension=".txt")
        found = read_form(written, found) if written is not None else found
    return found


def _write_form(facts: PlanFacts, answers: PlanAnswers, path: Path, *, language: str) -> int:
    from watchdog.compose.plan_form import blank_form

    path.write_text(blank_form(facts, answers, language=language), "utf-8")
    click.echo(str(path))
    return 0


def _tell(planner: Planner, house: House, facts: PlanFacts, answers: PlanAnswers, *, now: datetime) -> None:
    """
    Say on stderr where the plan goes, what happens then, and what it says otherwise than earlier ones.
    """
    from watchdog.compose.conditions import spoken
    from watchdog.compose.plan_words import NEXT

    language = house.account.language
    found = planner.against_earlier(facts, answers, now=now)
    if found:
        click.echo(_say("plan_contradicts", house), err=True)
    for reason in found:
        click.echo(f"  - {spoken(reason, language, zone=house.account.home.zone, now=now)}", err=True)
    for both in NEXT:
        click.echo(both.ja if language == "ja" else both.en, err=True)
    click.echo(err=True)


def _show_earlier(planner: Planner, house: House, *, now: datetime) -> int:
    from watchdog.compose.wording import words

    said = words(house.account.language)
    found = planner.earlier()
    for each in found:
        when = said.moment(each.submitted_at, house.account.home.zone, now=now)
        click.echo(_say("plan_earlier", house, no=each.no, when=when, by=each.by, kind=each.kind, sha256=each.sha256[:12]))
        click.echo("\n" + each.text)
    if not found:
        click.echo(_say("plan_none_earlier", house))
    return 0


def _say(code: str, house: House, **values: str | int) -> str:
    from watchdog.terms.sentences import say

    return say(code, house.account.language, values)
