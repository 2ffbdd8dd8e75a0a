"""`headcount enter`: a count that a person has read off."""

from __future__ import annotations

from collections.abc import Iterable

import click

from headcount.cli import opening
from headcount.cli.author import BY, author
from headcount.cli.parser import Session
from headcount.pipeline.by_hand.doubts import figure, whose
from headcount.pipeline.by_hand.entering import Kept, Pen, Written, enter

SURE = click.option("--sure", is_flag=True, help="Keep what does not fit to what stands all the same, marked.")

PARTS_OF_TIME = {"15m": "quarter of an hour", "1h": "hour", "1d": "day", "1w": "week"}
"""What people call the slots of the usual cadences."""


@click.command("enter")
@click.argument("account")
@click.argument("count")
@click.option("--at", default="", metavar="TIME", help="When: 2026-11-20 or 2026-11-20T18:30; else now.")
@click.option("--metric", default="followers", show_default=True)
@click.option("--rounded-to", default="", metavar="N", help="How finely it was shown: 100000 for 1.2M; else exactly.")
@click.option("--why", default="", metavar="TEXT", help="Where it comes from, in a sentence.")
@SURE
@BY
@click.pass_obj
def command(
    session: Session, *, account: str, count: str, at: str, metric: str, rounded_to: str, why: str, sure: bool, by: str
) -> None:
    """Keep a COUNT of an ACCOUNT (its key, or its platform and any handle it has had), marked as entered by hand.

    Nothing is overwritten: a platform's own exact count of the same hour or day is still the one that is shown, and a
    count that is entered anew for the same moment stands instead of the first. What is far from the count that stands is
    refused, unless you are sure.

    Example: headcount enter manual/parks-newsletter 1,204 --at 2026-11-20
    """
    with opening.house(session) as house:
        written = Written(account, count, at, metric, rounded_to)
        kept = enter(house, [written], Pen(author(by), why, anew=True, sure=sure))
    click.echo(in_words(kept))


def in_words(kept: Kept) -> str:
    """What came of a count: kept or not new, and which one is shown."""
    words = "kept" if kept.new else "this count was entered before"
    if not kept.overruled:
        return words + ("; the next run or `headcount publish` shows it" if kept.new else "")
    if kept.shown:
        words += f", and shown for {_parts(kept.shown)}"
    return f"{words}, but {_instead(kept)}"


def _instead(kept: Kept) -> str:
    """Which counts are shown instead, each with the slots that show it."""
    cadences: dict[str, list[str]] = {}
    for each in kept.overruled:
        cadences.setdefault(f"{figure(each.shown.count)} of {whose(each.shown.source)}", []).append(each.every)
    return "; ".join(f"{shown} is shown for {_parts(some)}" for shown, some in cadences.items())


def _parts(cadences: Iterable[str]) -> str:
    return " and ".join(f"this {PARTS_OF_TIME.get(each, f'slot of {each}')}" for each in dict.fromkeys(cadences))
