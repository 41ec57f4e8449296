"""
``flagged``: the open findings, the worst first.
"""

from __future__ import annotations

import click


@click.command(epilog="Example: preorder-watchdog flagged --all --csv > flagged.csv")
@click.option("--all", "everything", is_flag=True, help="Resolved findings and notices too.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@click.option("--csv", "as_csv", is_flag=True, help="A table for Excel on stdout.")
def command(*, everything: bool, as_json: bool, as_csv: bool) -> int:
    """
    The open findings of the log, the worst first.
    """
    from watchdog import assemble
    from watchdog.commands import speech
    from watchdog.commands.shown import shown_log
    from watchdog.store import journal

    speech.one_form(as_json=as_json, as_csv=as_csv)
    house = assemble.house(speech.settings(), create=False)
    try:
        with house.store.reading() as tx:
            rows = journal.rows(tx)
        shown_log(house, rows, now=assemble.clock(), everything=everything, as_json=as_json, as_csv=as_csv)
    finally:
        house.close()
    return 0
