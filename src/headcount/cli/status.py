"""`headcount status`: how every account stands, and what is wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from errno import EPIPE
from typing import NoReturn

import click
from msgspec import Struct
from rich import box
from rich.console import Console
from rich.table import Table

from headcount.cli import opening
from headcount.cli.parser import Session
from headcount.cli.saying.amiss import amiss
from headcount.cli.saying.document import document
from headcount.cli.saying.parts import age, parts
from headcount.cli.saying.standing import Standing, standings
from headcount.news.naming import plural
from headcount.pipeline.by_hand.reviewing import Backlog, backlog
from headcount.pipeline.expecting import vitals
from headcount.pipeline.watching.looking import glance_inside
from headcount.vitals.signs import JobSigns, PlatformSigns, SourceSigns, TargetSigns, Vitals
from headcount.vitals.words import HEALTH

WIDE = 140
"""Columns of the table where it is not read on a terminal."""


class Whole(Struct, frozen=True):
    """How everything is, as one document."""

    at: datetime
    accounts: list[Standing]
    platforms: tuple[PlatformSigns, ...]
    sources: tuple[SourceSigns, ...]
    jobs: tuple[JobSigns, ...]
    targets: tuple[TargetSigns, ...]
    tokens: Mapping[str, date]
    """The last days of credentials, as far as they are known."""


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="One JSON document: a list of the accounts.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Platforms, sources, jobs, targets and tokens too, those that are well included.",
)
@click.pass_obj
def command(session: Session, as_json: bool, everything: bool) -> None:
    """Each account's newest count, its age, what it changed by in a day and a week, and how it is.

    Below stands what else is wrong right now, be it told already or not, and what to do about it. With --all, the JSON
    document is an object: `accounts` is the list, and the others stand beside it.

    Example: headcount status
    """
    with opening.house(session) as house:
        signs = vitals(house)
        found = standings(house, signs)
        zone, expiries = house.settings.organization.zone, house.settings.expiries
        faults = [] if as_json else [*amiss(glance_inside(house, signs), zone), *_reviews(backlog(house.store))]
    if as_json:
        click.echo(document(_whole(found, signs, expiries) if everything else found))
    else:
        _print([_table(found, signs.at), *(parts(signs, expiries) if everything else ())])
        _say([*(f"{each.account}: {each.advice}" for each in found if each.advice), *faults])


def _whole(found: list[Standing], signs: Vitals, expiries: Mapping[str, date]) -> Whole:
    return Whole(signs.at, found, signs.platforms, signs.sources, signs.jobs, signs.targets, expiries)


def _print(tables: list[Table]) -> None:
    for table in tables:
        console().print(table)


def _say(lines: list[str]) -> None:
    for line in lines:
        click.echo(line)


def _reviews(held: Backlog) -> Iterator[str]:
    """What a person has to decide about, whether a newer count of its account was accepted or not."""
    if held.counts:
        await_review = "awaits review" if held.counts == 1 else "await review"
        whose = f"{plural(held.counts, 'count')} of {plural(held.accounts, 'account')}"
        yield f"{whose} {await_review}: `headcount review` lists what has to be decided"


class _Screen(Console):
    """Rich would end the process by itself where nobody reads what it prints; every command ends alike."""

    def on_broken_pipe(self) -> NoReturn:
        """Leave it to the parser."""
        raise BrokenPipeError(EPIPE, "nobody reads what is printed")


def console() -> Console:
    """Where a table is printed: as wide as the terminal, or as a page."""
    return _Screen(width=None if sys.stdout.isatty() else WIDE)


def _table(standings: list[Standing], at: datetime) -> Table:
    simulated = any(each.source.startswith("simulated") for each in standings)
    table = Table(box=box.SIMPLE, title="SIMULATED counts, made up by the demo server" if simulated else None)
    for header in ("account", "followers", "age", "24 h", "7 d", "health"):
        table.add_column(
            header, justify="left" if header in ("account", "health") else "right", no_wrap=header != "health"
        )
    for each in standings:
        table.add_row(*_cells(each, at))
    return table


def _cells(each: Standing, at: datetime) -> tuple[str, ...]:
    count = f"{each.count:,}{_roundness(each)}" if each.count is not None else "-"
    old = age(at - each.taken_at) if each.taken_at else "-"
    return each.account, count, old, _signed(each.change_24h), _signed(each.change_7d), _words(each, at)


def _roundness(each: Standing) -> str:
    return f" (to {each.granularity:,})" if each.granularity and each.granularity > 1 else ""


def _words(each: Standing, at: datetime) -> str:
    """As `failing for 3 h: not found`; how long ago a good count was taken stands in its own column."""
    word = HEALTH[each.health]
    if each.since and each.health in {"failing", "held"}:
        word = f"{word} for {age(at - each.since)}"
    return f"{word}: {each.reason.replace('_', ' ')}" if each.reason not in {"", each.health} else word


def _signed(number: int | None) -> str:
    return "-" if number is None else f"{number:+,}"
