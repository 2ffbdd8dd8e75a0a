"""`headcount export`: any published table, to a file or to the screen."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from headcount.cli import opening
from headcount.cli.parser import Session
from headcount.errors import DeliveryError, Mistake
from headcount.pipeline.publishing import print_now
from headcount.publish.encode import json_bytes
from headcount.publish.printed import Printed


@click.command("export")
@click.argument("table")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; else the screen.")
@click.option(
    "--format", "form", type=click.Choice(["csv", "json"]), help="CSV rows as JSON objects; else as published."
)
@click.pass_obj
def command(session: Session, table: str, output: Path | None, form: str | None) -> None:
    """Write a published table: social_data, all_social_data, latest, accounts, readings/2026-11, readings/latest.

    Example: headcount export social_data -o social_data.csv
    """
    with opening.house(session) as house:
        press = print_now(house)
    file = _find(table, press.files)
    content = press.place(file).read_bytes()
    if form == "json" and file.name.endswith(".csv"):
        content = b"".join(json_bytes(list(csv.DictReader(io.StringIO(content.decode(), newline="")))))
    if output is None:
        sys.stdout.buffer.write(content)
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise DeliveryError(f"{output} could not be written: {error.strerror}") from None


def _find(table: str, known: Mapping[str, Printed]) -> Printed:
    for name in (table, f"{table}.csv", f"{table}.json"):
        if name in known:
            return known[name]
    raise Mistake(f"there is no table called {table!r}; there are {', '.join(sorted(known))}")
