"""`headcount status`: how every account stands."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta

import click
import msgspec
from msgspec import Struct, structs
from rich import box
from rich.console import Console
from rich.table import Table

from headcount.cli import opening
from headcount.cli.parser import Session
from headcount.measure.growth import change
from headcount.measure.health import Health, health
from headcount.model import HEADLINE, Count, Past
from headcount.pipeline.house import House
from headcount.store.contract import Row, Shown

WIDE = 140
"""Columns of the table where it is not read on a terminal."""

DAY, WEEK = timedelta(days=1), timedelta(days=7)


class Standing(Struct, frozen=True):
    """How an account stands."""

    account: str
    unit: str
    count: int | None = None
    granularity: int | None = None
    taken_at: datetime | None = None
    change_24h: int | None = None
    change_7d: int | None = None
    health: Health = "never counted"
    reason: str = ""
    source: str = ""


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def command(session: Session, as_json: bool) -> None:
    """Each account's newest count, its age, what it changed by in a day and a week, and whether it is well.

    Example: headcount status
    """
    with opening.house(session) as house:
        standings = _standings(house)
        at = house.clock.now()
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(standings)).decode())
    else:
        Console(width=None if sys.stdout.isatty() else WIDE).print(_table(standings, at))


def _standings(house: House) -> list[Standing]:
    at = house.clock.now()
    now, day_ago, week_ago = (_shown(house, moment) for moment in (at, at - DAY, at - WEEK))
    newest = {row.key: row for row in house.store.newest(at) if row.metric == HEADLINE}
    return [
        _standing(
            Standing(account.key, entry.unit),
            newest.get(account.key),
            [each.get(account.key) for each in (now, day_ago, week_ago)],
            at,
        )
        for entry, account in house.people
    ]


def _shown(house: House, at: datetime) -> dict[str, Shown]:
    return {each.key: each for each in house.store.latest(at) if each.metric == HEADLINE}


def _standing(who: Standing, row: Row | None, counts: list[Shown | None], at: datetime) -> Standing:
    """The standing of an account by its newest fill and its counts of now, a day and a week ago."""
    now, day_ago, week_ago = counts
    status, reason = (row.status, row.reason) if row else (None, None)
    well = health(now.taken_at if now else None, status, reason, DAY, at)
    known = structs.replace(who, health=well, reason=reason or "")
    if now is None:
        return known
    return structs.replace(
        known,
        count=now.count,
        granularity=now.granularity,
        taken_at=now.taken_at,
        change_24h=_change(day_ago, now, DAY, at),
        change_7d=_change(week_ago, now, WEEK, at),
        source=now.source,
    )


def _change(then: Shown | None, now: Shown, period: timedelta, at: datetime) -> int | None:
    return change(_past(then) if then else None, _past(now), period, at)


def _past(shown: Shown) -> Past:
    return Past(shown.taken_at, Count(shown.count, shown.granularity, "unknown"), shown.source)


def _table(standings: list[Standing], at: datetime) -> Table:
    simulated = any(each.source.startswith("simulated") for each in standings)
    table = Table(box=box.SIMPLE, title="SIMULATED counts, made up by the demo server" if simulated else None)
    for header in ("account", "followers", "age", "24 h", "7 d", "health"):
        table.add_column(
            header, justify="left" if header in ("account", "health") else "right", no_wrap=header != "health"
        )
    for each in standings:
        count = f"{each.count:,}{_roundness(each)}" if each.count is not None else "-"
        age = _age(at - each.taken_at) if each.taken_at else "-"
        table.add_row(each.account, count, age, _signed(each.change_24h), _signed(each.change_7d), _words(each))
    return table


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
