"""An installation that asks a small server on the loopback, hour by hour; it answers as GitHub does, or as it is told to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer

from headcount.clock import SteppedClock
from headcount.evidence.exchange import Exchange
from headcount.evidence.read import Found, evidence
from headcount.pipeline.collecting.due import Wanted
from headcount.pipeline.house import House, Premises, open_house
from headcount.pipeline.rereading.filing import Reparsed
from headcount.pipeline.rereading.reparsing import Reparser, Scope
from headcount.pipeline.run import Report, collect
from headcount.settings import load
from headcount.store.contract import Store
from headcount.store.reader import Row
from tests.pipeline.hours import telling

NOON = datetime(2026, 11, 20, 12, 1, tzinfo=UTC)
TOKEN = "ghp_CANARYcanary/0123+456789=abcDEF"
CONFIG = """
[organization]
name = "Department of Tests"
roster = "roster.csv"
[http]
allow_private_addresses = true
[jobs.hourly]
every = "1h"
[platforms.github]
token = {{ file = "token" }}
[platforms.github.hosts]
api = "{url}"
"""
IDS = {"nasa": 11, "noaa": 12, "usdoe": 13}

Answer = Callable[[web.Request, str], web.StreamResponse]


def user(name: str, followers: object, **more: object) -> web.Response:
    return web.json_response({"login": name, "id": IDS[name], "followers": followers, **more})


def moved(name: str, followers: object, **more: object) -> web.Response:
    """The same under another name: a shape that no parser of today knows."""
    return web.json_response({"login": name, "id": IDS[name], "people": followers, **more})


class Hamlet:
    """An installation in a folder, the server that it asks, and the hour that it is there."""

    def __init__(self, folder: Path, store: Store, *accounts: str) -> None:
        self.folder, self.store = folder, store
        self.clock = SteppedClock(NOON)
        self.tells: Callable[[], datetime | None] = self.clock.now
        self.extra = ""
        self.answer: Answer = lambda _, name: user(name, 1000 * IDS[name])
        lines = [f"Unit,1,github,{name}" for name in accounts or IDS]
        (folder / "roster.csv").write_text("\n".join(["unit,unit_id,platform,account", *lines, ""]))
        (folder / "token").touch(mode=0o600)
        (folder / "token").write_text(TOKEN)

    async def run(self) -> Report:
        """The next hour's run."""
        self.clock.move(3600)
        app = telling(web.Application(), self.tells)
        app.router.add_get("/{kind}/{whom}", self._serve)
        async with TestServer(app) as server:
            (self.folder / "headcount.toml").write_text(
                CONFIG.format(url=str(server.make_url("")).rstrip("/")) + self.extra
            )
            return await collect(self.premises, Wanted(), lambda _: None)

    async def reparse(self, scope: Scope | None = None, *, dry: bool = False) -> list[Reparsed]:
        """What a mended parser makes of the evidence."""
        self.reparser = Reparser(self.house, scope or Scope(), dry=dry)
        return [each async for each in self.reparser.everything()]

    @property
    def premises(self) -> Premises:
        return Premises(load(self.folder / "headcount.toml", {}), self.store, self.clock)

    @property
    def house(self) -> House:
        return open_house(self.premises)

    @property
    def kept(self) -> list[Exchange]:
        """The exchanges of which there is evidence."""
        found = [each for each in evidence(self.folder / "evidence") if isinstance(each, Found)]
        return [exchange for each in found for exchange in each.exchanges]

    def rows(self, key: str = "github/nasa") -> list[Row]:
        """The fills of an account, in order."""
        return [row for row in self.store.fills(datetime.min.replace(tzinfo=UTC), self.clock.now()) if row.key == key]

    def shown(self, key: str = "github/nasa") -> list[tuple[str, str, int | None]]:
        """Status, source and count of each."""
        return [(row.status, row.source, row.count) for row in self.rows(key)]

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        whom = request.match_info["whom"]
        return self.answer(request, next((name for name, id_ in IDS.items() if str(id_) == whom), whom))
