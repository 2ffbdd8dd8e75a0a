"""`headcount probe`: one account, now."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import click

from headcount.cli.asking import Findings, known_platform
from headcount.cli.opening import settings_or_defaults
from headcount.cli.parser import Session
from headcount.clock import SYSTEM
from headcount.collect.courier import Budget
from headcount.collect.run import collect
from headcount.collect.turn import Assignment, Means
from headcount.model import Account, Miss, Outcome
from headcount.net.client import Client
from headcount.net.message import Reply, Request
from headcount.net.pace import MemoryShelf
from headcount.pipeline.hidden import hidden
from headcount.pipeline.offices import office
from headcount.roster.identify import identify
from headcount.roster.keys import key_of
from headcount.settings import Settings

PATIENCE = timedelta(minutes=1)


@click.command("probe")
@click.argument("whom", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def command(session: Session, whom: tuple[str, ...], as_json: bool) -> None:
    """Ask one account now, by its URL or by PLATFORM HANDLE, and print what is known of it. Stores nothing.

    Works without a configuration, as far as public pages go.

    Example: headcount probe https://x.com/energy
    """
    if len(whom) > 2:
        raise click.UsageError("give one URL, or a platform and a handle")
    named = identify(whom[-1], known_platform(whom[0]).slug if len(whom) == 2 else None)
    account = Account(key_of(named.platform, named.handle), named.handle, named.ids)
    findings = asyncio.run(_probe(settings_or_defaults(session), account))
    click.echo(findings.as_json() if as_json else findings.in_words())
    raise SystemExit(1 if all(isinstance(outcome.said, Miss) for outcome in findings.outcomes) else 0)


async def _probe(settings: Settings, account: Account) -> Findings:
    requests: list[Request] = []
    outcomes: list[Outcome] = []
    async with Client(settings.http) as client:

        async def send(request: Request, hosts: Mapping[str, str]) -> Reply:
            requests.append(request)
            return await client.send(request, hosts)

        means = Means(send, MemoryShelf(), SYSTEM, SYSTEM.now() + PATIENCE, Budget(), hidden=hidden(settings))
        async for events in collect([Assignment(office(settings, account.platform), (account,))], means):
            outcomes += [event for event in events if isinstance(event, Outcome)]
    return Findings(account.key, outcomes[0].source if outcomes else "", tuple(outcomes), tuple(requests))
