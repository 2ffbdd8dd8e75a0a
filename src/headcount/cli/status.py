"""`headcount status`: how every account stands."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta

import click
import msgspec
from rich import box
from rich.console import Console
from rich.table import Table

from headcount.cli import opening
from headcount.cli.parser import Session
from headcount.cli.standing import Standing, standings

WIDE = 140
"""Columns of the table where it is not read on a terminal."""


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def command(session: Session, as_json: bool) -> None:
    """Each account's newest count, its age, what it changed by in a day and a week, and whether it is well.

    Example: headcount status
    """
    with opening.house(session) as house:
        found = standings(house)
        at = house.clock.now()
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
    else:
        console().print(_table(found, at))
        for each in found:
            if each.advice:
                click.echo(f"{each.account}: {each.advice}")


def console() -> Console:
    """Where a table is printed: as wide as the terminal, or as a page."""
    return Console(width=None if sys.stdout.isatty() else WIDE)


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
    age = _age(at - each.taken_at) if each.taken_at else "-"
    return each.account, count, age, _signed(each.change_24h), _signed(each.change_7d), _words(each)


def _roundness(each: Standing) -> str:
    return f" (to {each.granularity:,})" if each.granularity and each.granularity > 1 else ""


def _words(each: Standing) -> str:
    return f"{each.health}: {each.reason.replace('_', ' ')}" if each.reason else each.health


def _signed(number: int | None) -> str:
    return "-" if number is None else f"{number:+,}"


def _age(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 2880 else f"{minutes // 1440} d"
