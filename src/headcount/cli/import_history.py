"""`headcount import`: the counts of an earlier system, row for row."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from headcount.cli import opening
from headcount.cli.import_counts import counts
from headcount.cli.parser import Session
from headcount.errors import Fault, Mistake
from headcount.news.naming import plural
from headcount.pipeline.house import House
from headcount.settings import Settings, Table
from headcount.store.history import read_history


@click.group("import")
def command() -> None:
    """Take over what an earlier system counted."""


@command.command("history")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--job", required=True, help="The job whose history it is; a table of the configuration names its columns."
)
@click.option("--timezone", default="UTC", show_default=True, help="The zone of the stamps in the file.")
@click.pass_obj
def history(session: Session, file: Path, job: str, timezone: str) -> None:
    """Read a wide CSV (a row a moment, a column an account) into the store. A rerun adds nothing.

    Both `3/17/17 17:12` and `03/21/17 18:30` are understood. What cannot be placed is listed and left out.

    Example: headcount import history social_data.csv --job hourly
    """
    with opening.house(session) as house:
        faults = bring_in(house, file, job, timezone)
    raise SystemExit(1 if faults else 0)


command.add_command(counts)


def bring_in(house: House, file: Path, job: str, timezone: str) -> tuple[Fault, ...]:
    """Import a file, and say what came of it; what could not be placed."""
    table = _table(house.settings, job)
    found = read_history(file.read_bytes(), house.columns(table), file.name, zone(timezone), house.clock.now())
    added = house.store.adopt(job, found.rows, house.cadence(house.job(job)).slot)
    for fault in found.faults:
        click.echo(f"left out: {fault}", err=True)
    click.echo(f"{file}: {plural(found.row_count, 'row')}, {plural(len(found.rows), 'count')}; {added:,} of them new")
    return found.faults


def zone(name: str) -> ZoneInfo:
    """The time zone of that name.

    Raises:
        Mistake: where there is none.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise Mistake(f"{name!r} is not a time zone: write one such as America/New_York, or UTC") from None


def _table(settings: Settings, job: str) -> Table:
    tables = [table for table in settings.tables.values() if table.job == job]
    if not tables:
        raise Mistake(
            f"{settings.file}: no [tables.NAME] has job = {job!r}, so nobody knows which account a column is; "
            "add one with its [tables.NAME.columns]"
        )
    return tables[0]
