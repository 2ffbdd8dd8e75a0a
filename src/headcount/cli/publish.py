"""`headcount publish`: every target brought up to date."""

from __future__ import annotations

import click

from headcount.cli import opening
from headcount.cli.configuring import configure
from headcount.cli.parser import Session
from headcount.cli.saying.summary import summary
from headcount.pipeline.publishing.publish import publish
from headcount.pipeline.run import Report


@click.command("publish")
@click.option("--target", "targets", multiple=True, metavar="NAME", help="Only this target; may be given again.")
@click.option(
    "--configure-target",
    is_flag=True,
    help="Publish nothing; set the CORS of buckets from [serve] cors_origins, and see with preflights that it works.",
)
@click.pass_obj
def command(session: Session, targets: tuple[str, ...], configure_target: bool) -> None:
    """Write every published file to every target. Files that have not changed are left alone.

    Example: headcount publish --target web
    """
    if configure_target:
        raise SystemExit(configure(opening.settings(session), targets))
    with opening.premises(session) as premises:
        report = Report(published=publish(premises, targets))
    for line in summary(report):
        click.echo(line)
    raise SystemExit(report.exit_status)
