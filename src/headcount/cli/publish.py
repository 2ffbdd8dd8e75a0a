"""`headcount publish`: every target brought up to date."""

from __future__ import annotations

import click

from headcount.cli import opening
from headcount.cli.parser import Session
from headcount.cli.summary import summary
from headcount.pipeline.publishing import publish
from headcount.pipeline.run import Report


@click.command("publish")
@click.option("--target", "targets", multiple=True, metavar="NAME", help="Only this target; may be given again.")
@click.pass_obj
def command(session: Session, targets: tuple[str, ...]) -> None:
    """Write every published file to every target. Files that have not changed are left alone.

    Example: headcount publish --target web
    """
    with opening.house(session) as house:
        report = Report(published=publish(house, targets))
    for line in summary(report):
        click.echo(line)
    raise SystemExit(report.exit_status)
