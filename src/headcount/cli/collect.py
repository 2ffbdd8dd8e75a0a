"""`headcount collect` and `headcount run`: the options they share, and what they print in the end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from pathlib import Path

import click
from msgspec import Struct

from headcount import platforms
from headcount.cli import opening
from headcount.cli.junit import junit
from headcount.cli.parser import Session
from headcount.cli.tell import listener
from headcount.pipeline import run as pipeline
from headcount.pipeline.collecting import Listener, Turnout, Wanted, plan
from headcount.pipeline.house import Premises, open_house
from headcount.pipeline.run import Report

Stage = Callable[[Premises, Wanted, Listener], Coroutine[None, None, Report]]


class Order(Struct, frozen=True):
    """What is to be done, and how it is to be told."""

    wanted: Wanted
    dry_run: bool
    junit: Path | None


def orders(command: Callable[[Session, Order], None]) -> Callable[..., None]:
    """The options that collect and run share; the command is handed them as an `Order`."""

    @click.option("--job", "jobs", multiple=True, help="Only this job; may be given again.")
    @click.option("--platform", "slugs", multiple=True, metavar="SLUG", help="Only this platform; may be given again.")
    @click.option("--account", "accounts", multiple=True, metavar="KEY", help="Only this account; may be given again.")
    @click.option("--force", is_flag=True, help="Even accounts whose slot is done.")
    @click.option("--dry-run", is_flag=True, help="Print the plan and its cost; send nothing.")
    @click.option(
        "--junit", type=click.Path(path_type=Path, dir_okay=False), help="Write a JUnit report: a test case an account."
    )
    @wraps(command)
    def ordered(
        *,
        jobs: tuple[str, ...],
        slugs: tuple[str, ...],
        accounts: tuple[str, ...],
        force: bool,
        dry_run: bool,
        junit: Path | None,
    ) -> None:
        wanted = Wanted(jobs, tuple(map(platforms.canonical, slugs)), tuple(map(str.lower, accounts)), force)
        command(click.get_current_context().obj, Order(wanted, dry_run, junit))

    return ordered


@click.command("collect")
@orders
def command(session: Session, order: Order) -> None:
    """Ask for every count that is due, judge it and keep it.

    Example: headcount collect --job hourly
    """
    perform(session, pipeline.collect, order)


def perform(session: Session, stage: Stage, order: Order) -> None:
    """Run a stage of the pipeline, say what it came to, and exit as it went."""
    with opening.premises(session) as premises:
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


def summary(report: Report) -> list[str]:
    """A line a job and a line a target."""
    lines = [_turnout(turnout) for turnout in report.turnouts]
    lines += [f"{job}: another run of it is under way" for job in report.locked]
    for each in report.published:
        said = (
            f"failed: {each.fault}" if each.fault else f"{each.written} of {each.files} files were new or had changed"
        )
        lines.append(f"published to {each.to}: {said}")
    return lines


def _turnout(turnout: Turnout) -> str:
    when = f"{turnout.job}, slot {turnout.slot:%Y-%m-%d %H:%M} UTC"
    if turnout.run is None:
        return f"{when}: nothing to do; {turnout.done_before} accounts are done"
    tally = turnout.tally
    parts = [f"{tally.readings} counted"]
    if tally.held:
        parts.append(f"{tally.held} awaiting review")
    parts += [f"{number} {reason.replace('_', ' ')}" for reason, number in sorted(tally.misses.items())]
    money = f", ${tally.micros / 1_000_000:.2f}" if tally.micros else ""
    return f"{when}: {', '.join(parts)} ({tally.requests} requests, {tally.seconds:.1f} s{money})"


def _print_plan(premises: Premises, wanted: Wanted) -> None:
    house = open_house(premises)
    for name in wanted.jobs or tuple(house.settings.jobs):
        for each in plan(house, house.job(name), wanted):
            click.echo(
                f"{name}: {each.platform} by {each.source}: {each.accounts} accounts, {each.requests} requests, "
                f"${each.micros / 1_000_000:.2f}"
            )
