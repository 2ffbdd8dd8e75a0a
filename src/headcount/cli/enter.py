"""`headcount enter`: a count that a person has read off."""

from __future__ import annotations

import click

from headcount.cli import opening
from headcount.cli.author import BY, author
from headcount.cli.parser import Session
from headcount.pipeline.entering import Pen, Written, enter


@click.command("enter")
@click.argument("account")
@click.argument("count")
@click.option("--at", default="", metavar="TIME", help="When: 2026-11-20 or 2026-11-20T18:30; else now.")
@click.option("--metric", default="followers", show_default=True)
@click.option("--rounded-to", default="", metavar="N", help="How finely it was shown: 100000 for 1.2M; else exactly.")
@click.option("--why", default="", metavar="TEXT", help="Where it comes from, in a sentence.")
@BY
@click.pass_obj
def command(
    session: Session, *, account: str, count: str, at: str, metric: str, rounded_to: str, why: str, by: str
) -> None:
    """Keep a COUNT of an ACCOUNT (its key, or its platform and any handle it has had), marked as entered by hand.

    Nothing is overwritten: a platform's own exact count of the same hour or day is still the one that is shown, and a
    count that is entered anew for the same moment stands instead of the first.

    Example: headcount enter manual/parks-newsletter 1,204 --at 2026-11-20
    """
    with opening.house(session) as house:
        written = Written(account, count, at, metric, rounded_to)
        new = enter(house, [written], Pen(author(by), why, anew=True))
    click.echo("kept; the next run or `headcount publish` shows it" if new else "this count was entered before")
