"""`headcount metrics`: how everything is, in numbers, for Prometheus."""

from __future__ import annotations

from pathlib import Path

import click

from headcount.cli import opening
from headcount.cli.output import aside
from headcount.cli.parser import Session
from headcount.pipeline.measuring import figures
from headcount.publish.aside import write_aside

READABLE = 0o644
"""Prometheus's own user reads the file."""


@click.command("metrics")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; else the screen.")
@click.pass_obj
def command(session: Session, output: Path | None) -> None:
    """Write how everything is, internal accounts and credentials' last days included, in the text format of Prometheus.

    For the textfile collector of its node_exporter, the file appears whole or not at all.

    Example: headcount metrics -o /var/lib/prometheus/node-exporter/headcount.prom
    """
    with opening.house(session) as house:
        made = figures(house)
    if output is None:
        click.echo(made, nl=False)
    else:
        _to_file(made, output)


def _to_file(made: bytes, output: Path) -> None:
    with aside(output) as place:
        write_aside(place, [made])
        place.chmod(READABLE)
