"""`headcount import counts`: counts that people noted in a table."""

from __future__ import annotations

from pathlib import Path

import click

from headcount.cli import opening
from headcount.cli.author import BY, author
from headcount.cli.enter import SURE
from headcount.cli.parser import Session
from headcount.news.naming import plural
from headcount.pipeline.by_hand.counts_file import read_counts
from headcount.pipeline.by_hand.entering import Pen, enter


@click.command("counts")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--why", default="", metavar="TEXT", help="Where they come from, in a sentence.")
@SURE
@BY
@click.pass_obj
def counts(session: Session, *, file: Path, why: str, sure: bool, by: str) -> None:
    """Read a CSV or .xlsx of counts by hand: account,at,count and, if wanted, metric and rounded_to.

    All or none; a rerun adds nothing.

    Example: headcount import counts newsletter.csv
    """
    written = read_counts(file.read_bytes(), file.name)
    with opening.house(session) as house:
        kept = enter(house, written, Pen(author(by), why, sure=sure))
    new = f"{plural(kept.new, 'slot')} filled" if kept.new else "none of them new"
    hidden = f"; in {plural(len(kept.overruled), 'slot')} another count is shown" if kept.overruled else ""
    click.echo(f"{file}: {plural(len(written), 'count')}; {new}{hidden}")
