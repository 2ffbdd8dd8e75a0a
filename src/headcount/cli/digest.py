"""`headcount digest`: the report of a week, on the screen, as a page, or sent."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from headcount.cli import opening
from headcount.cli.output import aside
from headcount.cli.parser import Session
from headcount.cli.saying.document import document
from headcount.errors import Mistake, Unable
from headcount.pipeline.house import House
from headcount.pipeline.watching.channels import carriage
from headcount.pipeline.watching.digesting import Issue, report, send, unsent
from headcount.publish.aside import write_aside
from headcount.reports.page import as_page
from headcount.reports.period import Period, last_days, last_week, named_week

MOST = 366
"""Days that a report may be about."""


@click.command("digest")
@click.option("--week", metavar="WEEK", help="Such as 2026-W47, Monday to Sunday; the newest that is over by default.")
@click.option("--days", type=click.IntRange(1, MOST), help="The newest so many days instead.")
@click.option("--send", "is_sent", is_flag=True, help="Send it to every channel of [watch].")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write it as a page.")
@click.pass_obj
def command(
    session: Session, *, week: str | None, days: int | None, is_sent: bool, as_json: bool, output: Path | None
) -> None:
    """The report of a week: who gained and lost, milestones, outages, and what was collected out of what was due.

    Example: headcount digest --week 2026-W47 -o digest.html
    """
    with opening.house(session) as house:
        made = report(house, _period(house, week, days))
        if output:
            _write(made, output)
        elif not is_sent:
            click.echo(_json(made) if as_json else made.mail.text, nl=as_json)
        if is_sent:
            _send(house, made)


def _period(house: House, week: str | None, days: int | None) -> Period:
    today = house.local_now().date()
    if week and days:
        raise Mistake("--week and --days both say which days are meant: give one of them")
    if days:
        return last_days(today, days)
    found = named_week(week) if week else last_week(today)
    if found is None or found.first > today:
        raise Mistake(f"{week!r} is not a week that has begun: write 2026-W47, the year and the number of the week")
    return found


def _json(made: Issue) -> str:
    return document(made.digest)


def _write(made: Issue, output: Path) -> None:
    with aside(output) as place:
        write_aside(place, [as_page(made.digest).encode()])


def _send(house: House, made: Issue) -> None:
    sent = send(house, made.mail, carriage(house.settings))
    for each in sent:
        click.echo(f"{each.channel}: {'sent' if each.receipt.sent else each.receipt.detail}")
    if not any(each.receipt.sent for each in sent):
        click.echo(f"headcount: nobody could be told: {'; '.join(unsent(sent))}", err=True)
        sys.exit(Unable.exit_status)
