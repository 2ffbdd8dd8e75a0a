"""`headcount run`: collect, publish, watch."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import click

from headcount.cli import opening
from headcount.cli.collect import perform
from headcount.cli.orders import Order, orders
from headcount.cli.parser import Session
from headcount.clock import SYSTEM
from headcount.errors import StoreError
from headcount.pipeline.house import Premises
from headcount.pipeline.run import run
from headcount.pipeline.watching.alarm import unopened


@click.command("run")
@orders
def command(session: Session, order: Order) -> None:
    """Collect what is due, publish, and tell people what is the matter: what Jenkins, cron and timers call.

    Exits with 0 if everyone is accounted for, 1 if some accounts have no count, 2 if something you wrote is wrong,
    3 if the work could not be done, 4 if another run is under way.

    Example: headcount run --junit report.xml
    """
    perform(session, run, order, opening.premises if order.dry_run else _premises)


@contextmanager
def _premises(session: Session) -> Iterator[Premises]:
    """The settings and the store; that it cannot be opened is told to whom it concerns."""
    settings = opening.settings(session)
    with ExitStack() as open_while:
        try:
            store = open_while.enter_context(opening.store(settings))
        except StoreError as error:
            asyncio.run(unopened(settings, SYSTEM, error))
            raise
        yield Premises(settings, store, SYSTEM)
