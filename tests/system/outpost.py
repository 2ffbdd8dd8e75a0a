"""An installation that asks the demo server and tells a mail server and a webhook, hour by hour, while things break."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path
from typing import TypeVar

import pyarrow.parquet as pq
from msgspec import Struct

from headcount.clock import SteppedClock
from headcount.demo.faults import Faults
from headcount.demo.people import Directory, Fate
from headcount.demo.server import DemoServer
from headcount.demo.simulation import Simulation
from headcount.errors import Mistake
from headcount.model import HEADLINE
from headcount.news.story import Event
from headcount.pipeline.collecting.collect import nobody
from headcount.pipeline.collecting.due import Wanted
from headcount.pipeline.house import Premises
from headcount.pipeline.run import run
from headcount.settings import load
from headcount.store.open import open_store
from headcount.store.sql import SqlStore
from tests.watch.receiving import Mailbox, Webhook, mail, webhook

NOON = datetime(2026, 11, 20, 12, 1, tzinfo=UTC)
HANDLES: Mapping[str, tuple[str, ...]] = {
    "twitter": ("energy", "nnsa", "argonne"),
    "youtube": ("@energy", "@nnsa", "@argonne"),
}
KEYS = {"twitter": "bearer_token", "youtube": "key"}
CONFIG = """
[organization]
name = "Department of Tests"
roster = "roster.csv"
[http]
timeout = 2
allow_private_addresses = true
[jobs.hourly]
every = "1h"
[publish.web]
to = "public"
[watch]
heartbeat = "http://127.0.0.1:{hook}/200/beat"
[watch.channels.mail]
url = "mailto://127.0.0.1:{mail}?mode=insecure&from=headcount@example.gov&to=staff@example.gov"
[watch.channels.chat]
url = "json://127.0.0.1:{hook}/{chat}/chat"
severity = "urgent"
"""
PLATFORM = """
[platforms.{slug}]
sources = {sources}
{key} = {{ file = "{slug}.{key}"{expires} }}
[platforms.{slug}.hosts]
{hosts}
"""

Change = Callable[[int], int]


class Doctored(Simulation):
    """Some accounts show another number than they have."""

    def __init__(self, clock: SteppedClock) -> None:
        super().__init__(clock)
        self.changes: dict[tuple[str, str], Change] = {}
        self.untrue: set[int] = set()
        """Every number that was shown in place of the true one."""

    def count(self, platform: str, handle: str, at: datetime, metric: str = HEADLINE) -> int:
        true = super().count(platform, handle, at, metric)
        if (platform, handle) not in self.changes:
            return true
        other = self.changes[platform, handle](true)
        self.untrue.add(other)
        return other


class State(Struct):
    """How the world is."""

    faults: dict[str, Faults] = {}
    fates: dict[str, dict[str, Fate]] = {}
    gone: tuple[str, ...] = ()
    """Handles of X that are no more."""
    hosts: dict[str, str] = {}
    """Where a platform's API is said to be, in place of where it is."""
    sources: str = '["api"]'
    expires: str = ""
    """The last day of X's token."""
    chat: str = "200"
    """How the webhook behaves."""
    roster: str = ""
    only: tuple[str, ...] = ()
    """Runs are narrowed to these platforms."""


class Outpost:
    """An installation in a folder, and the hour that it is there."""

    def __init__(self, folder: Path, store: SqlStore, mailbox: tuple[Mailbox, int], hook: Webhook) -> None:
        self.folder, self.store, self.hook = folder, store, hook
        self.mailbox, self._mail_port = mailbox
        self.clock = SteppedClock(NOON)
        self.simulation = Doctored(self.clock)
        self.state = State()
        self.handles = HANDLES

    def hour(self) -> None:
        """An hour passes, and the run that is due is run."""
        self.clock.move(timedelta(hours=1).total_seconds() - self.clock.now().minute * 60 + 60)
        self.turn()

    def turn(self) -> None:
        """A run, now."""
        asyncio.run(self._run())

    async def _run(self) -> None:
        handles = self.handles.items()
        known = {slug: tuple(each for each in some if each not in self.state.gone) for slug, some in handles}
        async with DemoServer(self.simulation, Directory(known, self.state.fates), self.state.faults) as server:
            self._furnish(server)
            await self.work()

    async def work(self) -> None:
        """What is done while the platforms can be asked."""
        premises = Premises(load(self.folder / "headcount.toml", {}), self.store, self.clock)
        with suppress(Mistake):
            await run(premises, Wanted(platforms=self.state.only), nobody)

    def _furnish(self, server: DemoServer) -> None:
        text = CONFIG.format(hook=self.hook.port, mail=self._mail_port, chat=self.state.chat)
        for slug, key in KEYS.items():
            secret = self.folder / f"{slug}.{key}"
            secret.touch(mode=0o600)
            secret.write_text(server.credentials(slug)[key])
            hosts = server.hosts(slug)
            if slug in self.state.hosts:
                hosts["api"] = self.state.hosts[slug].format(port=server.port)
            lines = "\n".join(f'{name} = "{url}"' for name, url in hosts.items())
            expires = f", expires = {self.state.expires}" if self.state.expires and slug == "twitter" else ""
            text += PLATFORM.format(slug=slug, key=key, sources=self.state.sources, hosts=lines, expires=expires)
        (self.folder / "headcount.toml").write_text(text)
        (self.folder / "roster.csv").write_text(self.state.roster or _roster(self.handles))

    def letters(self) -> list[str]:
        """What came by mail, as titles."""
        return [" ".join(str(_subject(letter)).split()) for letter in self.mailbox.letters]

    def calls(self) -> list[str]:
        """What came to the webhook, as titles."""
        heard = zip(self.hook.heads, self.hook.bodies, strict=True)
        return [json.loads(body)["title"] for head, body in heard if "/chat" in head]

    def pings(self) -> list[str]:
        """What the dead man's switch heard."""
        return [found[1] for head in self.hook.heads if (found := re.search(r"/beat(\S*?)\?", head))]

    def events(self) -> Sequence[Event]:
        """What it has found to tell."""
        return self.store.events(NOON - timedelta(days=30))

    def naming(self, number: int) -> Iterator[str]:
        """The published files in which a number stands, with commas or without; digits within a hash are none."""
        whole = re.compile(rf"(?<![0-9a-f.])({number}|{number:,})(?![0-9a-f])".encode())
        return (path.name for path in (self.folder / "public").rglob("*.*") if whole.search(_text(path)))

    def true(self, slug: str, handle: str) -> int:
        """How many followers an account has now."""
        return Simulation(self.clock).count(slug, handle, self.clock.now())


Kind = TypeVar("Kind", bound=Outpost)


@contextmanager
def standing(folder: Path, kind: type[Kind]) -> Iterator[Kind]:
    """One that stands in a folder, with a mail server and a webhook of its own."""
    with mail() as mailbox, webhook() as hook, closing(open_store(f"sqlite:///{folder}/headcount.db", folder)) as store:
        yield kind(folder, store, mailbox, hook)


def _text(path: Path) -> bytes:
    """What stands in a published file, as it would be read."""
    if path.suffix == ".parquet":
        return repr(pq.read_table(path, columns=["count"]).to_pydict()).encode()
    return path.read_bytes()


def _subject(letter: Message) -> str:
    return str(make_header(decode_header(letter["subject"])))


def _roster(handles: Mapping[str, tuple[str, ...]]) -> str:
    lines = [f"Unit,1,{slug},{handle}" for slug, some in handles.items() for handle in some]
    return "\n".join(["unit,unit_id,platform,account", *lines, ""])
