"""`headcount reparse`: what a mended parser reads in the replies that were kept."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence

import click

from headcount.cli import opening
from headcount.cli.asking import known_platform
from headcount.cli.parser import Session
from headcount.cli.saying.document import document
from headcount.model import EPOCH, Count
from headcount.pipeline.by_hand.doubts import figure
from headcount.pipeline.by_hand.stated import moment_of
from headcount.pipeline.house import House
from headcount.pipeline.rereading.filing import Reparsed
from headcount.pipeline.rereading.placing import Result
from headcount.pipeline.rereading.reparsing import Reparser, Scope
from headcount.pipeline.rereading.settling import FAILURES, settled

WORDS: dict[Result, str] = {
    "stored": "read, and kept in its slot",
    "held": "read, and awaiting review",
    "there": "read before",
    "same": "it says what it said then",
    "covered": "its slot has a count that is as fine",
    "unread": "still no count",
    "cut": "the reply was too long to be kept whole",
    "unknown": "the store knows nothing of that run",
}


@click.command("reparse")
@click.option("--since", default="", metavar="DATE", help="Only replies from then on: 2026-11-20 or 2026-11-20T18:30.")
@click.option("--platform", "platforms", multiple=True, metavar="SLUG", help="Only this platform; may be given again.")
@click.option("--account", "accounts", multiple=True, metavar="KEY", help="Only this account; may be given again.")
@click.option("--dry-run", is_flag=True, help="Say what would be kept; keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def command(
    session: Session, *, since: str, platforms: tuple[str, ...], accounts: tuple[str, ...], dry_run: bool, as_json: bool
) -> None:
    """Have today's parsers read the replies that were kept because nobody could read them, or because they were doubted.

    What they read takes its place in the slot that was missed, marked for ever: source reparsed-api. It never takes the
    place of a count that is as fine, and the counts around it judge it. Doing it twice changes nothing. Of several
    replies about an account in a slot it is enough that one can be read.

    Example: headcount reparse --platform youtube --dry-run
    """
    with opening.house(session) as house:
        reparser = Reparser(house, _scope(house, since, platforms, accounts), dry=dry_run)
        told = settled(asyncio.run(_everything(reparser)))
    if as_json:
        _print_json(told, reparser.damaged)
    else:
        _print_lines(told, reparser.damaged, dry=dry_run)
    raise SystemExit(1 if reparser.damaged or any(each.result in FAILURES for each in told) else 0)


def _scope(house: House, since: str, platforms: Sequence[str], accounts: Sequence[str]) -> Scope:
    zone, now = house.settings.organization.zone, house.clock.now()
    return Scope(
        moment_of(since, zone, now) if since else EPOCH,
        tuple(known_platform(each).slug for each in platforms),
        tuple(map(house.directory.key, accounts)),
    )


async def _everything(reparser: Reparser) -> list[Reparsed]:
    return [each async for each in reparser.everything()]


def _print_json(told: Sequence[Reparsed], damaged: Sequence[str]) -> None:
    click.echo(document({"replies": told, "damaged": damaged}))


def _print_lines(told: Sequence[Reparsed], damaged: Sequence[str], *, dry: bool) -> None:
    for each in told:
        click.echo(_line(each))
    for complaint in damaged:
        click.echo(complaint)
    results = Counter(each.result for each in told)
    found = ", ".join(f"{number} {result}" for result, number in results.items()) or "nothing that was kept is meant"
    click.echo(f"{found}; nothing was kept: this was a dry run" if dry else _summary(found, results))


def _summary(found: str, results: Counter[Result]) -> str:
    return f"{found}; the next run or `headcount publish` shows it" if results["stored"] else found


def _line(each: Reparsed) -> str:
    line = f"{each.account}, {each.job} {each.slot:%Y-%m-%d %H:%M} UTC: {WORDS[each.result]}"
    if each.count is not None and each.granularity is not None:
        line += f": {figure(Count(each.count, each.granularity))} {each.metric} ({each.source})"
    if each.refused is not None:
        line += f"; reading {each.refused}, which said another count, is refused"
    return line + (f": {each.detail}" if each.detail else "")
