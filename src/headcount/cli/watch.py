"""`headcount watch`: try the channels, see what is the matter, look at everything now."""

from __future__ import annotations

import click

from headcount.cli import opening
from headcount.cli.parser import Session
from headcount.cli.saying.document import document
from headcount.cli.saying.matters import Matters, in_words, matters, waits
from headcount.cli.saying.summary import summary
from headcount.errors import Unable
from headcount.pipeline.run import watch_alone
from headcount.pipeline.watching.channels import carriage, channels
from headcount.settings import Settings
from headcount.watch.letter import Letter, Receipt

SECONDS = 20.0
"""A person waits for longer than a run does."""

SAMPLE = (
    "This is a sample, sent by `headcount watch test`: nothing is the matter. Here you will be told when something "
    "breaks: what it is, whom it affects, since when, and what to do."
)


@click.group("watch")
def command() -> None:
    """Who is told when something breaks, and what is the matter now.

    Example: headcount watch test
    """


@command.command("test")
@click.pass_obj
def test(session: Session) -> None:
    """Send a sample to every channel, and say of each what became of it.

    Exits with 0 if all took it, 3 if one did not, 2 if there is none.

    Example: headcount watch test
    """
    settings = opening.settings(session)
    head = f"{settings.organization.name}: a sample"
    letters = [Letter(each.name, head, SAMPLE, each.at_least) for each in channels(settings)]
    receipts = carriage(settings)(letters, SECONDS)
    for line in map(_became, _titles(settings), receipts):
        click.echo(line)
    raise SystemExit(0 if all(each.sent for each in receipts) else Unable.exit_status)


@command.command("show")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def show(session: Session, as_json: bool) -> None:
    """What is the matter, the newest first, and which letters have not been delivered yet.

    Example: headcount watch show --json
    """
    with opening.premises(session) as premises:
        found: Matters = matters(premises)
    if as_json:
        click.echo(document(found))
    else:
        for line in in_words(found, premises.settings):
            click.echo(line)


@command.command("now")
@click.pass_obj
def now(session: Session) -> None:
    """Look at everything now, and tell what there is to tell: the third stage of a run, by itself.

    Example: headcount watch now
    """
    with opening.premises(session) as premises:
        report = watch_alone(premises)
        waiting = [] if report.unwatched else waits(premises)
    for line in [*(summary(report) or ["there is nothing new to tell"]), *waiting]:
        click.echo(line)
    raise SystemExit(report.exit_status)


def _titles(settings: Settings) -> list[str]:
    """Each channel by its name, and how it is told; the rest of its URL is nobody's business."""
    return [f"{each.name} ({each.url['url'].partition('://')[0]})" for each in settings.watch.channels]


def _became(name: str, receipt: Receipt) -> str:
    if receipt.sent:
        return f"{name}: sent"
    return f"{name}: {'perhaps not sent' if receipt.doubtful else 'not sent'}: {receipt.detail}"
