"""
``replay``: what would have been flagged in these files; nothing is kept.
"""

from __future__ import annotations

from pathlib import Path

import click


@click.command(
    epilog="Example: preorder-watchdog replay unshipped-0903.txt@2026-09-03T10:00:00+09:00 unshipped-0906.txt --releases releases.csv"
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH[@ISO]...")
@click.option("--releases", type=click.Path(path_type=Path), metavar="CSV", help="Your list of release dates, known from the beginning.")
@click.option("--marketplace", metavar="ID", help="Of rows that name none: an id or a country code; else the first of the settings.")
@click.option("--now", metavar="ISO", help="Judge once more as of this instant, after the last file.")
@click.option("--by-month", is_flag=True, help="A table month by month; so it is anyway where the files span more than two months.")
@click.option("--lang", type=click.Choice(["ja", "en"]), help="Language of the tables.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(
    paths: tuple[str, ...],
    *,
    releases: Path | None,
    marketplace: str | None,
    now: str | None,
    lang: str | None,
    by_month: bool,
    as_json: bool,
) -> int:
    """
    Read files as if they had been dropped one after the other, each seen at its own time, and show what would have been flagged.

    A file's time is what follows its @, else its modification time; a folder stands for its files: years of old reports show month
    by month what would have been caught. Memory is thrown away.
    """
    from watchdog import assemble
    from watchdog.commands import impression, speech
    from watchdog.commands.shown import shown_turn

    settings = speech.settings(marketplace_ids=marketplace, language=lang)
    end = speech.moment_of(now, settings.marketplace_ids[0].zone, clock=assemble.clock(), allow_future=True) if now else None
    house, files = assemble.replay_house(settings, paths, releases=releases)
    try:
        turn = assemble.replayed(house, files, end=end, told=impression.progress(len(files.files)))
        seen, moment = impression.reports(files), end or turn.at
        impression.warn(house, seen)
        if by_month or (not as_json and impression.is_long(seen)):
            return impression.show(house, seen, turn, now=moment, as_json=as_json, dated=releases is not None)
        return shown_turn(house, turn, None, now=moment, as_json=as_json)
    finally:
        house.close()
