"""`headcount metrics`: how everything is, in numbers, for Prometheus."""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path

import click

from headcount.cli import opening
from headcount.cli.parser import Session
from headcount.errors import DeliveryError
from headcount.pipeline.measuring import figures
from headcount.publish.aside import put_in_place, write_aside

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
        _to_file(made, output.absolute())


def _to_file(made: bytes, place: Path) -> None:
    """The collector reads `*.prom` only: what is beside the file until it is whole has another ending."""
    aside = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        write_aside(aside, [made])
        aside.chmod(READABLE)
        put_in_place(aside, place)
    except OSError as error:
        with suppress(OSError):
            aside.unlink()
        raise DeliveryError(f"{place} could not be written: {error.strerror}") from None
