"""
``demo``: the incident on shipped sample files, through the program's real inbox, log and letters.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import click


@click.command(epilog="Example: preorder-watchdog demo --lang en --keep /tmp/demo")
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Keep the log and the inbox there.")
@click.option("--lang", type=click.Choice(["ja", "en"]), default="ja", show_default=True, help="Language of the screen.")
def command(keep: Path | None, lang: str) -> int:
    """
    Drop the shipped sample files one after the other and show what was caught, why, the case, the ticket and the log.

    Needs no configuration and reads none.
    """
    import tempfile

    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        return _Demo(keep, lang, kept=True).play()
    with tempfile.TemporaryDirectory(prefix="preorder-watchdog-demo-") as folder:
        return _Demo(Path(folder), lang, kept=False).play()


class _Demo:
    """
    One showing: a house of its own in a folder, fed with the samples at the times of the story.
    """

    def __init__(self, folder: Path, language: str, *, kept: bool) -> None:
        import sys

        from watchdog import assemble, logs
        from watchdog.settings import load

        settings = load({"state_dir": str(folder), "language": language, "log_level": "error"}, {}, cwd=folder)
        logs.configure(level=settings.log_level, format=settings.log_format, secrets=(), stream=sys.stderr)
        self.house = assemble.house(settings, create=True, stderr=sys.stdout)
        self.database = settings.state_dir / "watchdog.db"
        self.kept = kept
        self.rang = False

    def play(self) -> int:
        """
        Tell the story from the first file to the ticket.
        """
        import json
        from importlib.resources import files

        from watchdog.commands.shown import terminal_of
        from watchdog.terms.typed import typed_instant

        self.screen = terminal_of(self.house)
        samples = files("watchdog") / "_samples" / "incident"
        story = json.loads((samples / "incident.json").read_text("utf-8"))
        try:
            self.screen.line("demo_intro")
            for file in story["files"]:
                seen = typed_instant(file["as_of"], self.house.account.home.zone)
                self._drop(file["name"], (samples / file["name"]).read_bytes(), seen)
            self._tell()
        finally:
            self.house.close()
        return 0

    def _drop(self, name: str, content: bytes, as_of: datetime) -> None:
        """
        Put one file into the inbox, as old as the story says, and walk a turn a minute later.
        """
        import os

        inbox = self.house.inbox
        if inbox is None:
            raise RuntimeError("a demo has an inbox")
        inbox.mkdir(parents=True, exist_ok=True)
        path = inbox / name
        path.write_bytes(content)
        os.utime(path, (as_of.timestamp(), as_of.timestamp()))
        now = as_of + timedelta(minutes=1)
        turn = self.house.patrol.turn(now)
        zone = self.house.account.home.zone
        self.screen.line("demo_step", when=f"{as_of.astimezone(zone):%Y-%m-%d %H:%M}", name=name)
        if turn.enacted.opened or turn.enacted.messages:
            self.screen.line("demo_alarm", count=len(turn.enacted.opened) or turn.enacted.messages)
            self.house.postman.deliver(lambda: now)
            self.rang = True
        else:
            self.screen.line("demo_known" if self.rang else "demo_quiet")
        self.now = now

    def _tell(self) -> None:
        from watchdog.store import casebook
        from watchdog.terms.identity import show_case_no
        from watchdog.terms.letter import LetterKind

        with self.house.store.reading() as tx:
            listed = casebook.findings(tx, everything=False)
        for case_no in [each.case_no for each in listed if each.case_no is not None]:
            name = show_case_no(case_no)
            self.screen.line("demo_case")
            self.screen.case(self.house.desk.file(name), now=self.now)
            self.screen.line("demo_ticket")
            letter = self.house.desk.letter(name, LetterKind.TICKET, language=self.house.account.language, now=self.now)
            self.screen.paper(f"{letter.subject}\n\n{letter.text}")
        self.screen.line("demo_log")
        self.screen.line("demo_kept" if self.kept else "demo_gone", path=self.database)
        self.screen.line("demo_next")
