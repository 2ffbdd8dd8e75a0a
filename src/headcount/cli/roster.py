"""`headcount roster check` and `headcount roster diff`: what is wrong with a roster, and what has changed in it."""

from __future__ import annotations

from pathlib import Path

import click
from msgspec import structs

from headcount.cli.parser import Session
from headcount.cli.rosters.changes import diff_json, diff_text
from headcount.cli.rosters.shapes import Checked, check_json, check_text
from headcount.cli.rosters.sources import known, looked_at, named
from headcount.errors import Mistake
from headcount.roster.diff import difference
from headcount.roster.joined import joined
from headcount.roster.typos import likely_typos

WRONG = Mistake.exit_status


@click.group("roster")
def command() -> None:
    """See what is wrong with a roster, and what has changed in it."""


@command.command("check")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def check(session: Session, file: Path | None, as_json: bool) -> None:
    """Print every fault of the configured roster, or of FILE, with its line and column, and what looks misspelt.

    Works without a configuration, if FILE is given. With one, the organisation chart is looked at too, and handles are
    compared with those that have answered before. Exits with 2 if the roster cannot be worked from.

    Example: headcount roster check new_roster.xlsx
    """
    parsed = looked_at(session, file)
    accounts = known(session)
    looked = structs.replace(parsed, warnings=(*parsed.warnings, *joined(parsed, accounts)))
    found = Checked(looked, likely_typos(parsed.placed, accounts))
    click.echo(check_json(found) if as_json else check_text(found))
    raise SystemExit(WRONG if parsed.faults else 0)


@command.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def diff(session: Session, old: str, new: str, as_json: bool) -> None:
    """Print what has changed between two rosters: accounts added, removed, moved, and what looks misspelt.

    OLD and NEW are files, or days such as 2026-10-01: the roster as it was kept at the end of that day. Exits with 2 if
    one of them has a fault.

    Example: headcount roster diff 2026-10-01 social_handles.csv
    """
    before, after = (named(session, each) for each in (old, new))
    found = difference(before, after)
    click.echo(diff_json(found, before, after) if as_json else diff_text(found, before, after))
    raise SystemExit(WRONG if before.faults or after.faults else 0)
