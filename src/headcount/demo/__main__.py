"""`python -m headcount.demo`: the demo server by itself, with accounts that it invents, for benchmarks and a look around.

Prints one line of JSON: of each platform its handles, and what goes into its settings. Runs until it is interrupted.
"""

from __future__ import annotations

import asyncio
import contextlib

import aiohttp
import click
import msgspec
from isal import isal_zlib

from headcount.clock import SYSTEM
from headcount.demo.answers import slugs
from headcount.demo.faults import Faults
from headcount.demo.people import Directory
from headcount.demo.server import DemoServer
from headcount.demo.simulation import Simulation


@click.command()
@click.option("--port", default=0, help="0: any that is free.")
@click.option("--accounts", default=100, show_default=True, help="How many each platform knows.")
@click.option("--latency", default=0.0, help="Seconds before each reply.")
@click.option("--lift-limits", is_flag=True, help="Count no calls.")
@click.option("--padded", is_flag=True, help="Make pages as heavy as real ones.")
def main(*, port: int, accounts: int, latency: float, lift_limits: bool, padded: bool) -> None:
    """Answer as the platforms do, with simulated counts."""
    # Pages of a megabyte are compressed at the speed at which they are asked for, so that the server is no bottleneck.
    aiohttp.set_zlib_backend(isal_zlib)
    handles = tuple(f"account{number}" for number in range(accounts))
    server = DemoServer(
        Simulation(SYSTEM),
        Directory(dict.fromkeys(slugs(), handles)),
        dict.fromkeys(slugs(), Faults(latency=latency)),
        port=port,
        limited=not lift_limits,
        padded=padded,
    )
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(server, accounts))


async def _serve(server: DemoServer, accounts: int) -> None:
    async with server:
        settings = {slug: {"hosts": server.hosts(slug), "credentials": server.credentials(slug)} for slug in slugs()}
        click.echo(msgspec.json.encode({"url": server.url, "accounts": accounts, "platforms": settings}))
        await asyncio.Event().wait()


if __name__ == "__main__":
    main()
