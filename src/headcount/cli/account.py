"""`headcount account`: who is counted, and what becomes of accounts over the years. What is said stands for ever, with who and why."""

from __future__ import annotations

from collections.abc import Callable

import click
from rich import box
from rich.table import Table

from headcount.cli import opening
from headcount.cli.author import BY, author
from headcount.cli.parser import Session
from headcount.cli.saying.document import document
from headcount.cli.status import console
from headcount.pipeline.by_hand import changes
from headcount.pipeline.by_hand.changes import Saying
from headcount.pipeline.by_hand.stated import moment_of
from headcount.pipeline.house import House
from headcount.pipeline.members import Member, members

KEY = click.argument("key")
AT = click.option("--at", default="", metavar="TIME", help="From when on: 2026-11-20 or 2026-11-20T18:30; else now.")
WHY = click.option("--why", required=True, metavar="TEXT", help="Why, in a sentence.")
SINCE = click.option("--at", required=True, metavar="TIME", help="From when on: 2026-11-20 or 2026-11-20T18:30.")


@click.group("account")
def command() -> None:
    """Who is counted, and what becomes of accounts over the years."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def everyone(session: Session, as_json: bool) -> None:
    """Every account with its key, stable ids, handles over the years, units and state.

    Example: headcount account list
    """
    with opening.house(session) as house:
        found = members(house)
    if as_json:
        click.echo(document(found))
    else:
        console().print(_table(found))


@command.command("rename")
@KEY
@click.argument("handle")
@AT
@click.option("--why", default="", metavar="TEXT", help="Why, in a sentence.")
@BY
@click.pass_obj
def rename(session: Session, *, key: str, handle: str, at: str, why: str, by: str) -> None:
    """Note that the account KEY has another HANDLE. Its key and its history stay; a roster may name either handle.

    Example: headcount account rename twitter/energy ENERGYgov
    """
    with opening.house(session) as house:
        found = changes.rename(house, key, handle, _saying(house, at, why, by))
    click.echo(f"{found} goes by {handle}; it is counted on under its key")


@command.command("handover")
@KEY
@SINCE
@WHY
@BY
@click.pass_obj
def handover(session: Session, *, key: str, at: str, why: str, by: str) -> None:
    """Note that the handle of KEY has passed to another account. Who has it now gets a key of its own; the two are never joined.

    Example: headcount account handover twitter/potus --at 2021-01-20 --why "the office changed hands"
    """
    with opening.house(session) as house:
        found = changes.hand_over(house, key, _saying(house, at, why, by))
        late = _counted_since(house, found, at)
    click.echo(f"{found} is closed; whoever has its handle now gets a key of its own at the first good answer")
    if late:
        click.echo(late)


@command.command("archive")
@KEY
@SINCE
@WHY
@BY
@click.pass_obj
def archive(session: Session, *, key: str, at: str, why: str, by: str) -> None:
    """Note that KEY is no longer counted. It is not asked about again, and that is no failure; its history stays published.

    Example: headcount account archive twitter/oldprogram --at 2026-09-30 --why "the programme has ended"
    """
    _note(session, changes.archive, key, (at, why, by), "is archived, and not asked about from now on")


@command.command("reopen")
@KEY
@AT
@WHY
@BY
@click.pass_obj
def reopen(session: Session, *, key: str, at: str, why: str, by: str) -> None:
    """Note that KEY, which was archived or handed over, is counted after all.

    Example: headcount account reopen twitter/oldprogram --why "it was archived by mistake"
    """
    _note(session, changes.reopen, key, (at, why, by), "is counted again")


def _note(
    session: Session, change: Callable[[House, str, Saying], str], key: str, said: tuple[str, str, str], came: str
) -> None:
    with opening.house(session) as house:
        found = change(house, key, _saying(house, *said))
    click.echo(f"{found} {came}")


def _saying(house: House, at: str, why: str, by: str) -> Saying:
    now = house.clock.now()
    since = moment_of(at, house.settings.organization.zone, now) if at else now
    return Saying(author(by), since, why)


def _counted_since(house: House, key: str, at: str) -> str:
    """What was counted after a hand-over, under the key that it closed."""
    since = moment_of(at, house.settings.organization.zone, house.clock.now())
    late = [each for each in house.store.latest(house.clock.now()) if each.key == key and each.taken_at >= since]
    if not late:
        return ""
    newest = max(each.taken_at for each in late)
    return f"look at it: {key} was still counted after that time, last on {newest:%Y-%m-%d %H:%M} UTC"


def _table(found: tuple[Member, ...]) -> Table:
    table = Table(box=box.SIMPLE)
    for header in ("account", "handles", "ids", "units", "state"):
        table.add_column(header, no_wrap=header == "account")
    for each in found:
        table.add_row(each.key, _handles(each), _ids(each), ", ".join(each.units), _state(each))
    return table


def _handles(each: Member) -> str:
    return "\n".join(
        f"{name.handle} since {name.since:%Y-%m-%d}" if name.since else name.handle for name in each.handles
    )


def _ids(each: Member) -> str:
    return "\n".join(f"{scheme} {value}" for scheme, value in each.ids.items())


def _state(each: Member) -> str:
    if each.since:
        return f"{each.state} since {each.since:%Y-%m-%d}: {each.why}"
    return f"{each.state} {each.day}" if each.day else each.state
