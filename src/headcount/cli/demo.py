"""`headcount demo`: the whole of it, on simulated counts."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from headcount.cli.rehearsing.rehearsal import Rehearsal
from headcount.cli.rehearsing.staging import clear


@click.command("demo")
@click.argument("folder", metavar="[DIR]", default="demo", type=click.Path(path_type=Path, file_okay=False))
@click.option("--port", default=0, help="Of the demo server; 0: any that is free.")
@click.option("--no-serve", is_flag=True, help="Stop after publishing.")
def command(folder: Path, port: int, no_serve: bool) -> None:
    """Count the U.S. Department of Energy's accounts on a local server that makes the counts up.

    Fills in 90 days of hourly history, runs the real pipeline over 48 further hours, and publishes. No platform is
    asked, and every count is marked as simulated.

    Example: headcount demo
    """
    clear(folder)
    asyncio.run(Rehearsal(folder, port, click.echo).perform(stay=not no_serve))
