"""`headcount init`: a configuration and a roster, new or taken over."""

from __future__ import annotations

import csv
import shutil
import sys
from pathlib import Path
from typing import Literal

import click

from headcount.cli.import_history import bring_in, zone
from headcount.cli.opening import house
from headcount.cli.parser import Session
from headcount.errors import Mistake
from headcount.roster.configuration import Column, Installation, new_config, new_roster
from headcount.roster.read import read_roster
from headcount.roster.takeover import old_columns

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
CONFIG = "headcount.toml"


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help="Your organisation.")
@click.option("--timezone", help="Its zone, such as America/New_York.")
@click.option(
    "--sources", type=click.Choice(["all", "official"]), help="Whether public pages may be read where there is no key."
)
@click.option("--handles", type=FILE, help="The roster of an existing installation: social_handles.csv.")
@click.option("--org-chart", type=FILE, help="Its organisation chart: social.json.")
@click.option("--history", type=FILE, help="Its hourly history: social_data.csv.")
@click.pass_obj
def command(
    session: Session,
    *,
    folder: Path,
    name: str | None,
    timezone: str | None,
    sources: Literal["all", "official"] | None,
    handles: Path | None,
    org_chart: Path | None,
    history: Path | None,
) -> None:
    """Write headcount.toml and a roster into DIR, with every setting explained.

    With --handles, --org-chart and --history an existing installation is taken over: its files are copied beside the
    configuration, its columns become a table, and its history is imported, row for row.

    Example: headcount init social --handles social_handles.csv --org-chart social.json --history social_data.csv
    """
    config = folder / CONFIG
    if config.exists():
        raise Mistake(f"{config} is there already, and is not overwritten")
    if history and not handles:
        raise Mistake("--history needs --handles: the roster says which account a column is")
    folder.mkdir(parents=True, exist_ok=True)
    kept = {path: _keep(path, folder) for path in (handles, org_chart, history) if path}
    installation = Installation(
        organization=name or _ask("Your organisation", "Name of your organisation"),
        timezone=zone(timezone or _ask("Its time zone", "UTC")).key,
        roster=kept[handles] if handles else "roster.csv",
        org_chart=kept[org_chart] if org_chart else "",
        sources=sources or ("all" if _may_read_pages() else "official"),
        columns=_columns(history, handles, org_chart) if history and handles else (),
    )
    _write(folder, installation, example=handles is None)
    if history:
        with house(Session(config, session.log_format)) as opened:
            bring_in(opened, history, "hourly", "UTC")
    click.echo(f"Now look through {config}, then: headcount --config {config} doctor")


def _write(folder: Path, installation: Installation, *, example: bool) -> None:
    (folder / CONFIG).write_text(new_config(installation), encoding="utf-8")
    click.echo(f"wrote {folder / CONFIG}")
    if example and not (folder / installation.roster).exists():
        (folder / installation.roster).write_text(new_roster(), encoding="utf-8")
        click.echo(f"wrote {folder / installation.roster}, an example: put your own accounts into it")
    for column in installation.columns:
        if column.question:
            click.echo(f"to decide in {CONFIG}: {column.question}")


def _columns(history: Path, handles: Path, org_chart: Path | None) -> tuple[Column, ...]:
    with history.open(encoding="utf-8-sig", newline="") as lines:
        header = next(csv.reader(lines), [])
    return old_columns(header, read_roster(handles, org_chart))


def _keep(path: Path, folder: Path) -> str:
    """Copy a file beside the configuration, unless it is there; its name."""
    beside = folder / path.name
    if beside.exists() and not beside.samefile(path):
        raise Mistake(f"{beside} is there already, and is another file than {path}")
    if not beside.exists():
        shutil.copyfile(path, beside)
        click.echo(f"copied {path} to {beside}: from now on headcount reads the copy")
    return path.name


def _ask(question: str, default: str) -> str:
    answer: str = click.prompt(question, default=default) if sys.stdin.isatty() else default
    return answer


def _may_read_pages() -> bool:
    question = "May public pages be read where there is no key?"
    return click.confirm(question, default=True) if sys.stdin.isatty() else True
