"""`headcount replay`: what a source makes of saved replies."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click

from headcount.cli.asking import Findings, ask_one, known_platform
from headcount.clock import SYSTEM
from headcount.collect.attend import Desk
from headcount.collect.plan import Ways, batches
from headcount.errors import Mistake, NoReply
from headcount.evidence.exchange import Exchange, replied
from headcount.evidence.keep import ENDING
from headcount.evidence.read import read
from headcount.model import Account
from headcount.net.message import Reply
from headcount.net.record import Playback, read_reply
from headcount.platforms.kit.contract import Platform
from headcount.roster.identify import identify
from headcount.roster.keys import key_of

FILES = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("replay")
@click.argument("platform")
@click.argument("source")
@click.argument("handle")
@click.argument("files", nargs=-1, required=True, type=FILES)
@click.option(
    "--http-status", default=200, show_default=True, help="The status of the first file, if it is a bare body."
)
def command(platform: str, source: str, handle: str, files: tuple[Path, ...], http_status: int) -> None:
    """Feed saved replies to a source, in the order in which it asks, and print the outcomes as JSON.

    Stores nothing, and needs no configuration and no credential. A FILE is a bare body, or an exchange envelope
    {"status", "headers", "body"}, or a file of evidence (FILE.json.gz), which holds all the replies of an exchange.
    Whoever is unanswered when the replies run out is unreachable.

    Example: headcount replay youtube page @kurzgesagt channel.html
    """
    asked = known_platform(platform)
    kept = {path: read(path) for path in files if path.name.endswith(ENDING)}
    account = _account(asked.slug, handle, kept.values())
    playback = Playback(list(_replies(files, kept, http_status)))
    (batch,) = batches(_entries(asked, source), [account])
    desk = Desk(batch.source, {**asked.options, "saved": "yes"}, playback, SYSTEM)
    outcomes = asyncio.run(ask_one(desk, account))
    click.echo(Findings(account.key, source, outcomes, tuple(playback.requests)).as_json())


def _account(slug: str, handle: str, kept: Iterable[Exchange]) -> Account:
    """The account that is meant, as it was asked about where evidence of it is replayed: with the ids known then."""
    named = identify(handle, slug)
    account = Account(key_of(slug, named.handle), named.handle, named.ids)
    asked = (each.account for exchange in kept for each in exchange.accounts)
    return next((each for each in asked if account.key in {each.key, key_of(slug, each.handle)}), account)


def _replies(files: Iterable[Path], kept: Mapping[Path, Exchange], status: int) -> Iterator[Reply | NoReply]:
    now = SYSTEM.now()
    for number, path in enumerate(files):
        if path in kept:
            yield from (replied(each, now) for each in kept[path].replies)
        else:
            yield read_reply(path, now, 200 if number else status)


def _entries(platform: Platform, name: str) -> Ways:
    entries = tuple(source for source in platform.sources if source.name == name)
    if not entries:
        names = ", ".join(dict.fromkeys(source.name for source in platform.sources))
        raise Mistake(f"{platform.name} has no source called {name!r}; it has {names or 'none'}")
    return entries
