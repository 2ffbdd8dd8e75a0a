"""The options that `collect` and `run` share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path

import click
from msgspec import Struct

from headcount import platforms
from headcount.cli.parser import Session
from headcount.pipeline.collecting.due import Wanted


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
