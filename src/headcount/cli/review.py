"""`headcount review`: what awaits a person's decision, and deciding it."""

from __future__ import annotations

from datetime import datetime, timedelta

import click
from rich import box
from rich.table import Table

from headcount.cli import opening
from headcount.cli.author import BY, author
from headcount.cli.parser import Session
from headcount.cli.saying.document import document
from headcount.cli.status import console
from headcount.model import Count
from headcount.news.naming import plural
from headcount.pipeline.by_hand.doubts import figure, whose
from headcount.pipeline.by_hand.reviewing import Waiting, readings_of, waiting
from headcount.pipeline.by_hand.ruling import Came, Ruling, readings_named, rule_on
from headcount.pipeline.house import Premises
from headcount.store.reader import Row

LATELY = timedelta(days=2)
"""The slots whose readings `--of` lists."""


MEANT = "ID|KEY|PLATFORM[,...]"
"""What is decided about: `7`, `twitter/energy`, `twitter`; several, separated by commas."""


@click.command("review")
@click.option(
    "--accept", metavar=MEANT, multiple=True, help="Publish these, and what agrees with them; may be given again."
)
@click.option("--refuse", metavar=MEANT, multiple=True, help="Never publish these; may be given again.")
@click.option("--why", default="", metavar="TEXT", help="Why, in a sentence; a refusal needs one.")
@click.option("--of", default="", metavar="KEY", help="List this account's readings of the last two days instead.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@BY
@click.pass_obj
def command(
    session: Session, *, accept: tuple[str, ...], refuse: tuple[str, ...], why: str, of: str, as_json: bool, by: str
) -> None:
    """List the counts that a rule holds back until a person has looked at them; accept or refuse some.

    Name a count by its number, or an account (twitter/energy) or a platform (twitter): all that await review there. A count that
    is accepted is published with the next run or `headcount publish`, and with it what its source said alike before and after it.
    Nothing is removed: what was refused stays in the store, with who refused it and why.

    Example: headcount review --accept 4711 --why "the campaign was on television"
    """
    who = author(by)
    with opening.premises(session) as premises:
        rulings = (
            Ruling("accept", readings_named(premises, _words(accept)), who, why),
            Ruling("refuse", readings_named(premises, _words(refuse)), who, why),
        )
        if asked := [ruling for ruling in rulings if ruling.readings]:
            click.echo("\n".join(map(_came, rule_on(premises, asked))))
        elif of:
            _list_of(premises, of, as_json=as_json)
        else:
            _list(waiting(premises), as_json=as_json)


def _words(given: tuple[str, ...]) -> list[str]:
    return [word.strip() for words in given for word in words.split(",")]


def _came(each: Came) -> str:
    one = len(each.counts) == 1
    decided = f"{figure(each.counts[0]) if one else plural(len(each.counts), 'count')} of {each.account}"
    if each.decision == "refuse":
        return f"refused {decided}: kept, and never published"
    others = f" and {each.likewise:,} more that agree with {'it' if one else 'them'}" if each.likewise else ""
    return (
        f"accepted {decided}{others}: the next run or `headcount publish` shows {'them' if others or not one else 'it'}"
    )


def _list(found: list[Waiting], *, as_json: bool) -> None:
    if as_json:
        _print_json(found)
    elif not found:
        click.echo("nothing awaits review")
    else:
        console().print(_table(found))
        for each in found:
            if each.evidence:
                click.echo(f"{each.reading} was read from a reply that is kept in {each.evidence}")
        click.echo(
            'decide with `headcount review --accept ID` or `headcount review --refuse ID --why "..."`; in place of an ID,'
        )
        click.echo("an account as it stands above, or a platform, means all that await review there")


def _list_of(premises: Premises, key: str, *, as_json: bool) -> None:
    now = premises.clock.now()
    found = readings_of(premises, key, now - LATELY, now + LATELY)
    if as_json:
        _print_json(found)
    else:
        console().print(_table_of(found))


def _print_json(found: list[Waiting] | list[Row]) -> None:
    click.echo(document(found))


def _table(found: list[Waiting]) -> Table:
    table = Table(box=box.SIMPLE)
    for header in ("id", "account", "counted", "from", "count", "before", "why it is held"):
        table.add_column(header, justify="right" if header in {"id", "count", "before"} else "left")
    for each in found:
        before = "-" if each.before is None else f"{each.before:,}"
        count = f"{figure(Count(each.count, each.granularity))} {each.metric}"
        told = f"{each.rule.replace('_', ' ')}: {each.complaint}"
        table.add_row(str(each.reading), each.account, _when(each.taken_at), whose(each.source), count, before, told)
    return table


def _table_of(found: list[Row]) -> Table:
    table = Table(box=box.SIMPLE)
    for header in ("id", "counted", "from", "count", "metric", "state"):
        table.add_column(header, justify="right" if header in {"id", "count"} else "left")
    for each in found:
        state = "awaiting review" if each.status == "held" else each.status
        count = "-" if each.count is None else f"{each.count:,}"
        table.add_row(str(each.reading), _when(each.taken_at), whose(each.source), count, each.metric, state)
    return table


def _when(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
