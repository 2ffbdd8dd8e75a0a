"""`headcount run`: collect, then publish."""

from __future__ import annotations

import click

from headcount.cli.collect import perform
from headcount.cli.orders import Order, orders
from headcount.cli.parser import Session
from headcount.pipeline.run import run


@click.command("run")
@orders
def command(session: Session, order: Order) -> None:
    """Collect what is due, then publish: what Jenkins, cron and timers call.

    Exits with 0 if everyone is accounted for, 1 if some accounts have no count, 2 if something you wrote is wrong,
    3 if the work could not be done, 4 if another run is under way.

    Example: headcount run --junit report.xml
    """
    perform(session, run, order)
