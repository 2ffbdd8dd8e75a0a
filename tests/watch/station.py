"""An installation that is watched: accounts that are counted or not as a test says, and a postbox that keeps its letters."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from headcount.clock import SteppedClock
from headcount.model import Account, Count, Fill, Miss, Outcome, Reading, Reason, Verdict
from headcount.news.story import Story
from headcount.pipeline.house import Premises
from headcount.pipeline.watching.watch import Noticed, watch
from headcount.settings import load
from headcount.store.open import open_store
from headcount.watch.letter import Letter, Receipt

NOON = datetime(2026, 11, 20, 12, 5, tzinfo=UTC)
CONFIG = """
[organization]
name = "Department of Tests"
roster = "roster.csv"
[jobs.hourly]
every = "1h"
[watch]
notify = ["json://127.0.0.1:9/a"]
[watch.channels.pager]
url = "json://127.0.0.1:9/b"
severity = "urgent"
"""
SENT = Receipt(sent=True)


class Postbox:
    """Carries letters into a file, which a process that is killed leaves behind; some channels do not work."""

    def __init__(self, file: Path, fates: Mapping[str, Receipt] | None = None) -> None:
        self.file, self.fates, self.seconds = file, fates or {}, 0.0

    def __call__(self, letters: Sequence[Letter], seconds: float) -> tuple[Receipt, ...]:
        self.seconds = seconds
        return tuple(map(self._carry, letters))

    def _carry(self, letter: Letter) -> Receipt:
        fate = self.fates.get(letter.channel, SENT)
        if fate.sent or fate.doubtful:
            with self.file.open("a") as file:
                file.write(json.dumps({"channel": letter.channel, "title": letter.title, "text": letter.text}) + "\n")
        return fate


class Station:
    """An installation in a folder, and the hour that it is there."""

    def __init__(self, folder: Path, at: datetime = NOON) -> None:
        self.folder, self.clock = folder, SteppedClock(at)
        self.store = open_store(f"sqlite:///{folder}/headcount.db", folder)
        self.box = Postbox(folder / "letters")
        if not (folder / "headcount.toml").exists():
            (folder / "headcount.toml").write_text(CONFIG)
            self.roster(youtube=10, bluesky=2)

    def roster(self, **numbers: int) -> None:
        keys = [(slug, each) for slug, number in numbers.items() for each in range(number)]
        lines = [f"Unit,1,{slug},{handle(slug, each)}" for slug, each in keys]
        (self.folder / "roster.csv").write_text("\n".join(["unit,unit_id,platform,account", *lines, ""]))

    @property
    def premises(self) -> Premises:
        return Premises(load(self.folder / "headcount.toml", {}), self.store, self.clock)

    def count(
        self,
        said: Mapping[str, Reason] | None = None,
        *,
        followers: int | Count = 1000,
        answered: str = "",
        verdict: Verdict | None = None,
        source: str = "api",
        **numbers: int,
    ) -> None:
        """A run of the next hour, in which some platforms give a reason and no count."""
        self.clock.move(3600)
        slot = self.clock.now().replace(minute=0)
        run = self.store.begin("hourly", slot, self.clock.now())
        fills = []
        for slug, number in (numbers or {"youtube": 10, "bluesky": 2}).items():
            for each in range(number):
                account = Account(f"{slug}/{handle(slug, each).lstrip('@')}", handle(slug, each))
                reading = Reading(
                    account, "followers", number_of(followers), answered or None, {"did": f"{slug}{each}"}
                )
                reason = (said or {}).get(slug)
                outcome = Outcome(Miss(account, reason) if reason else reading, source, self.clock.now())
                fills.append(Fill("hourly", slot, outcome, None if reason else verdict))
        self.store.append(run.id, fills)
        self.store.finish(run.id, self.clock.now(), run.tally)

    def watch(self, fates: Mapping[str, Receipt] | None = None, *besides: Story) -> Noticed:
        self.box.fates = fates or {}
        return watch(self.premises, self.box, besides)

    @property
    def letters(self) -> list[dict[str, str]]:
        return [json.loads(line) for line in self.box.file.read_text().splitlines()] if self.box.file.exists() else []

    @property
    def titles(self) -> list[str]:
        return [each["title"].removeprefix("Department of Tests: ") for each in self.letters]


def number_of(followers: int | Count) -> Count:
    return followers if isinstance(followers, Count) else Count(followers)


def handle(slug: str, number: int) -> str:
    return f"@a{number}" if slug == "youtube" else f"a{number}.bsky.social"
