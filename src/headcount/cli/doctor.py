"""`headcount doctor`: everything that a run needs, and how to mend what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

import click

from headcount.cli import opening
from headcount.cli.examining.checkup import examine_house, examine_settings
from headcount.cli.examining.finding import Finding, fault
from headcount.cli.examining.hosts import every_host
from headcount.cli.parser import Session
from headcount.cli.saying.document import document
from headcount.clock import SYSTEM
from headcount.errors import Mistake, StoreError
from headcount.pipeline.house import Premises, open_house
from headcount.settings import Settings


@click.command("doctor")
@click.option("--hosts", is_flag=True, help="Print every host, port and purpose, for the firewall ticket.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def command(session: Session, hosts: bool, as_json: bool) -> None:
    """Check the configuration, roster, credentials, store, targets, proxy, clock and disk; say how to mend each fault.

    Example: headcount doctor
    """
    if hosts:
        _print_hosts(opening.settings_or_defaults(session), as_json=as_json)
        return
    findings = list(_examine(session))
    if as_json:
        click.echo(document(findings))
    else:
        for finding in findings:
            click.echo(_line(finding))
    raise SystemExit(max(finding.exit_status for finding in findings))


def _examine(session: Session) -> Iterator[Finding]:
    """Part after part; one that cannot be opened does not keep the others from being looked at."""
    try:
        settings = opening.settings(session)
    except Mistake as error:
        yield fault("configuration", error)
        return
    yield from examine_settings(settings)
    try:
        with opening.store(settings) as store:
            yield from examine_house(open_house(Premises(settings, store, SYSTEM)))
    except Mistake as error:
        yield fault("roster", error)
    except StoreError as error:
        yield fault("store", error)


def _line(finding: Finding) -> str:
    mark = "ok  " if finding.well else "MEND"
    return f"{mark} {finding.part}: {finding.what}" + (f"\n     {finding.mend}" if finding.mend else "")


def _print_hosts(settings: Settings, *, as_json: bool) -> None:
    """A line a host: name, port, what for, and whether it is asked as things stand."""
    needs = list(every_host(settings))
    if as_json:
        click.echo(document(needs))
    else:
        for need in needs:
            click.echo(str(need))
