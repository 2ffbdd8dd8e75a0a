"""An installation that asks the demo server about four accounts, hour by hour, while they meet with this and that."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from headcount.clock import SteppedClock
from headcount.collect.turn import Event
from headcount.demo.people import Directory, Fate
from headcount.demo.server import DemoServer
from headcount.demo.simulation import Simulation
from headcount.model import Miss, Outcome
from headcount.pipeline.by_hand import changes
from headcount.pipeline.by_hand.changes import Saying
from headcount.pipeline.collecting.due import Wanted
from headcount.pipeline.house import Premises, open_house
from headcount.pipeline.run import Report, collect
from headcount.settings import load
from headcount.store.contract import Store

NOON = datetime(2026, 11, 20, 12, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
HANDLES = {"twitter": ("energy", "nnsa"), "youtube": ("user/argonne", "@nnsa")}
CONFIG = """
[organization]
name = "Department of Tests"
roster = "roster.csv"
[http]
allow_private_addresses = true
[jobs.hourly]
every = "1h"
"""


class City:
    """An installation in a folder, and the hour that it is there."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder, self.store = folder, store
        self.clock = SteppedClock(NOON)
        self.simulation = Simulation(self.clock)
        self.roster({"twitter": ("energy", "nnsa"), "youtube": ("user/argonne", "@nnsa")})

    def roster(self, handles: Mapping[str, tuple[str, ...]]) -> None:
        lines = [f"Unit,1,{slug},{handle}" for slug, some in handles.items() for handle in some]
        (self.folder / "roster.csv").write_text("\n".join(["unit,unit_id,platform,account", *lines, ""]))

    @asynccontextmanager
    async def _asking(self, fates: Mapping[str, Mapping[str, Fate]], credentials: str) -> AsyncIterator[Premises]:
        async with DemoServer(self.simulation, Directory(HANDLES, fates)) as server:
            text = CONFIG
            for slug in HANDLES:
                hosts = "".join(f'{name} = "{url}"\n' for name, url in server.hosts(slug).items())
                text += f"[platforms.{slug}]\n"
                for name in {"twitter": ["bearer_token"], "youtube": ["key"]}[slug] if slug in credentials else []:
                    secret = self.folder / f"{slug}.{name}"
                    secret.touch(mode=0o600)
                    secret.write_text(server.credentials(slug)[name])
                    text += f'{name} = {{ file = "{secret.name}" }}\n'
                text += f"[platforms.{slug}.hosts]\n{hosts}"
            (self.folder / "headcount.toml").write_text(text)
            yield Premises(load(self.folder / "headcount.toml", {}), self.store, self.clock)

    async def run(
        self, fates: Mapping[str, Mapping[str, Fate]] | None = None, *, credentials: str = "twitter youtube"
    ) -> Ran:
        """The next hour's run, in a world where these accounts have met with something."""
        self.clock.move(HOUR.total_seconds())
        heard: list[Event] = []
        async with self._asking(fates or {}, credentials) as premises:
            report = await collect(premises, Wanted(), heard.append)
            self.house = open_house(premises)
        return Ran(report, heard)

    def say(self, what: str, key: str, *more: str, at: datetime | None = None, why: str = "because") -> None:
        saying = Saying("jane", at or self.clock.now(), why)
        {"rename": changes.rename, "handover": changes.hand_over, "archive": changes.archive, "reopen": changes.reopen}[
            what
        ](self.house, key, *more, saying)  # type: ignore[operator] # each test says what it takes

    def handles(self, key: str) -> list[tuple[str, datetime]]:
        return [(each.handle, each.since) for each in self.house.known[key].held]


class Ran:
    """What a run came to."""

    def __init__(self, report: Report, heard: list[Event]) -> None:
        (self.turnout,) = report.turnouts
        self.outcomes = [event for event in heard if isinstance(event, Outcome)]
        self.status = report.exit_status

    @property
    def said(self) -> dict[str, str]:
        """By key: that it was counted, or why not."""
        return {
            each.account.key: each.said.reason if isinstance(each.said, Miss) else "counted" for each in self.outcomes
        }

    @property
    def requests(self) -> int:
        return self.turnout.tally.requests
