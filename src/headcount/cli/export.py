"""`headcount export`: any published table, to a file or to the screen."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from headcount.cli import opening
from headcount.cli.output import aside
from headcount.cli.parser import Session
from headcount.pipeline.publishing.exporting import table_now
from headcount.publish.export import FORMS, Table, write


@click.command("export")
@click.argument("table")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; else the screen.")
@click.option(
    "--format", "form", type=click.Choice(FORMS), help="Else by the ending of the file, or as it is published."
)
@click.pass_obj
def command(session: Session, table: str, output: Path | None, form: str | None) -> None:
    """Write a published table: daily, accounts, social_data, readings, readings/2026-11, series/daily/twitter/energy.

    Example: headcount export daily -o daily.xlsx
    """
    with opening.house(session) as house:
        found = table_now(house, table)
        wanted = form or _ending(output) or found.form
        if output is None:
            _to_screen(found, wanted)
        else:
            _to_file(found, wanted, output)


def _ending(output: Path | None) -> str | None:
    ending = output.suffix.removeprefix(".").lower() if output else ""
    return ending if ending in FORMS else None


def _to_screen(table: Table, form: str) -> None:
    with TemporaryDirectory() as folder:
        made = Path(folder) / "table"
        write(table, form, made)
        with made.open("rb") as content:
            shutil.copyfileobj(content, sys.stdout.buffer)


def _to_file(table: Table, form: str, output: Path) -> None:
    with aside(output) as made:
        write(table, form, made)
