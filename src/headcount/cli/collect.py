"""`headcount collect` and `headcount run`: the options they share, and what they print in the end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager

import click

from headcount.cli import opening
from headcount.cli.orders import Order, orders
from headcount.cli.parser import Session
from headcount.cli.saying.junit import junit
from headcount.cli.saying.planned import in_words
from headcount.cli.saying.summary import summary
from headcount.cli.saying.tell import listener
from headcount.pipeline import run as pipeline
from headcount.pipeline.collecting.collect import Listener
from headcount.pipeline.collecting.due import Wanted, plan
from headcount.pipeline.house import Premises, open_house
from headcount.pipeline.run import Report, understood

Stage = Callable[[Premises, Wanted, Listener], Coroutine[None, None, Report]]
Enter = Callable[[Session], AbstractContextManager[Premises]]


@click.command("collect")
@orders
def command(session: Session, order: Order) -> None:
    """Ask for every count that is due, judge it and keep it.

    Example: headcount collect --job hourly
    """
    perform(session, pipeline.collect, order)


def perform(session: Session, stage: Stage, order: Order, enter: Enter = opening.premises) -> None:
    """Run a stage of the pipeline, say what it came to, and exit as it went."""
    signal.signal(signal.SIGTERM, _stop)
    if order.junit:
        order.junit.touch()
    with enter(session) as premises:
        if order.dry_run:
            _print_plan(premises, order.wanted)
            return
        with listener(session.log_format) as listen:
            report = asyncio.run(stage(premises, order.wanted, listen))
    if order.junit:
        order.junit.write_bytes(junit(report))
    for line in summary(report):
        click.echo(line)
    raise SystemExit(report.exit_status)


def _stop(_number: int, _frame: object) -> None:
    """A polite request to end is treated as Ctrl-C is: what is under way is kept."""
    raise KeyboardInterrupt


def _print_plan(premises: Premises, wanted: Wanted) -> None:
    house = open_house(premises)
    paid: frozenset[str] = frozenset()
    for name in wanted.jobs or tuple(house.settings.jobs):
        found = plan(house, house.job(name), understood(house, wanted), paid)
        paid = found.paid
        for line in in_words(name, found):
            click.echo(line)
