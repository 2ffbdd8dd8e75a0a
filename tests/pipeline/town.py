"""An installation that publishes to a folder, whose roster changes as time goes by."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from headcount.clock import SteppedClock
from headcount.demo.people import Directory
from headcount.demo.server import DemoServer
from headcount.demo.simulation import Simulation
from headcount.pipeline.collecting.collect import nobody
from headcount.pipeline.collecting.due import Wanted
from headcount.pipeline.house import Premises, open_house
from headcount.pipeline.publishing.publish import publish
from headcount.pipeline.run import run
from headcount.settings import load
from headcount.store.open import open_store
from headcount.store.sql import SqlStore

NOON = datetime(2026, 11, 20, 12, 1, tzinfo=UTC)
DAY = timedelta(days=1).total_seconds()
HEADER = "unit,unit_id,platform,account,relation,visibility,from,to"
LINES = {
    "energy": "Department,1,twitter,energy,own,public",
    "lab": "Lab,2,twitter,lab,own,public",
    "rival": "Rival,3,twitter,rival,peer,public",
    "secret": "Lab,2,twitter,secret,own,internal",
}
MONTH = "readings/2026-11.csv"
CONFIG = """
[organization]
name = "Department of Tests"
roster = "roster.csv"
timezone = "{timezone}"
[http]
allow_private_addresses = true
[jobs.hourly]
every = "1h"
[tables.social_data]
job = "hourly"
[tables.social_data.columns]
LAB = "twitter/lab"
SECRET = "twitter/secret"
[publish.web]
to = "public"
[platforms.twitter.hosts]
page = "{page}"
"""


class Town:
    """An installation that publishes to a folder, after its first run."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, SteppedClock(NOON)
        self.store: SqlStore = open_store(f"sqlite:///{folder}/headcount.db", folder)
        self.lines = dict(LINES)
        self.timezone = "UTC"

    async def run(self) -> None:
        async with DemoServer(Simulation(self.clock), Directory({"twitter": tuple(LINES)}), limited=False) as server:
            await run(self.premises(server.hosts("twitter")["page"]), Wanted(), nobody)

    def premises(self, page: str = "http://127.0.0.1:9") -> Premises:
        (self.folder / "roster.csv").write_text("\n".join([HEADER, *self.lines.values(), ""]))
        (self.folder / "headcount.toml").write_text(CONFIG.format(page=page, timezone=self.timezone))
        return Premises(load(self.folder / "headcount.toml", {}), self.store, self.clock)

    def publish(self, *without: str, after: float = 60, **lines: str) -> int:
        """Publish by a roster without some, and with other lines for others; how many files had changed."""
        self.clock.move(after)
        self.lines = {name: line for name, line in {**self.lines, **lines}.items() if name not in without}
        (published,) = publish(open_house(self.premises()))
        assert not published.fault
        return published.written

    def text(self, name: str) -> str:
        return (self.folder / "public" / name).read_text()

    def rows(self, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(self.text(name).splitlines()))

    def who(self, name: str) -> set[str]:
        return {row["account"].removeprefix("twitter/") for row in self.rows(name)}

    def document(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.text(name))
        return found

    def departed(self) -> dict[str, dict[str, Any]]:
        return {each["key"].removeprefix("twitter/"): each for each in self.document("accounts.json")["departed"]}

    def latest(self) -> set[str]:
        return {each["handle"] for each in self.document("latest.json")["counts"]}

    def naming(self, word: str) -> list[str]:
        """The published files in which a word stands; digits within a hash are none."""
        whole = re.compile(rb"(?<![0-9a-f])" + re.escape(word.encode()) + rb"(?![0-9a-f])")
        return [path.name for path in (self.folder / "public").rglob("*.*") if whole.search(path.read_bytes())]
