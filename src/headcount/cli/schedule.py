"""`headcount schedule`: stays up, and prints a line a turn."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click
import msgspec

from headcount.cli import opening
from headcount.cli.parser import Session
from headcount.cli.saying.summary import summary
from headcount.clock import SYSTEM
from headcount.pipeline.house import Premises
from headcount.pipeline.schedule import Post, Schedule, Turn
from headcount.settings import Settings, load


@click.command("schedule")
@click.pass_obj
def command(session: Session) -> None:
    """Stay up and run every job at its cadence.

    A job's turn comes once in each of its slots, a little after the start, by an offset that is this installation's own.
    The configuration and the roster are read at each turn; one that is broken is complained of. SIGTERM and Ctrl-C end
    it: with 0 between two turns, with 130 during one; what was counted is kept.

    Example: headcount --config /etc/headcount/headcount.toml schedule
    """
    schedule = Schedule(
        Post(
            read=lambda: load(session.config, os.environ),
            enter=_premises,
            clock=SYSTEM,
            tell=lambda turn: click.echo(_as_json(turn) if session.log_format == "json" else in_words(turn)),
        )
    )
    try:
        asyncio.run(_keep(schedule))
    except (KeyboardInterrupt, asyncio.CancelledError):
        if schedule.busy:
            raise KeyboardInterrupt from None
        click.echo("stopped between two turns")


async def _keep(schedule: Schedule) -> None:
    """Until SIGTERM, which is heard as asyncio hears Ctrl-C: what is under way is cancelled where it waits."""
    keeping = asyncio.current_task()
    assert keeping
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, keeping.cancel)
    click.echo(f"the first turn is at {_time(schedule.next())}", err=True)
    await schedule.keep()


@contextmanager
def _premises(settings: Settings) -> Iterator[Premises]:
    with opening.store(settings) as store:
        yield Premises(settings, store, SYSTEM)


def in_words(turn: Turn) -> str:
    """A turn in one line: when, which jobs, what it came to, when the next one is."""
    said = "; ".join(" ".join(line.split()) for line in _said(turn))
    return f"{_time(turn.at)}: {', '.join(turn.jobs)}: {said}; next turn: {_time(turn.next)}"


def _said(turn: Turn) -> tuple[str, ...]:
    return (*turn.trouble, *(summary(turn.report) if turn.report else ()))


def _as_json(turn: Turn) -> str:
    status = turn.report.exit_status if turn.report else None
    line = {"at": turn.at, "jobs": turn.jobs, "exit_status": status, "said": _said(turn), "next": turn.next}
    return msgspec.json.encode(line).decode()


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
