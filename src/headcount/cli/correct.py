"""`headcount correct`: another count than a reading's, or none, from now on."""

from __future__ import annotations

import click

from headcount.cli import opening
from headcount.cli.author import BY, author
from headcount.cli.parser import Session
from headcount.errors import Mistake
from headcount.pipeline.by_hand.reviewing import Repair, repair
from headcount.pipeline.by_hand.stated import count_of


@click.command("correct")
@click.argument("reading", type=click.IntRange(min=1))
@click.option("--count", default="", metavar="N", help="The count that is shown instead.")
@click.option("--withdraw", is_flag=True, help="Show none.")
@click.option("--why", required=True, metavar="TEXT", help="Why, in a sentence; it is published.")
@click.option("--role", default="", metavar="TEXT", help="Published in the place of a name: `the web team`.")
@BY
@click.pass_obj
def command(session: Session, *, reading: int, count: str, withdraw: bool, why: str, role: str, by: str) -> None:
    """Put right what is shown of a READING (`headcount review --of KEY` has its number), or withdraw it.

    The reading itself stays as it was. `corrections.csv` says what was changed, when, why and in which role, never by whom.

    Example: headcount correct 4711 --count 15041 --why "a digit was lost" --role "the web team"
    """
    if bool(count) == withdraw:
        raise Mistake("say either --count N, the count that is shown instead, or --withdraw")
    fix = Repair(reading, count_of(count) if count else None, author(by), why, role)
    with opening.premises(session) as premises:
        still_held = repair(premises, fix)
    if still_held:
        click.echo(f"kept; it awaits review still: `headcount review --accept {reading}` shows it")
    else:
        click.echo("kept; the next run or `headcount publish` shows it")
