"""An installation with a history of 40 days, whose counts are known, and with secrets that nobody may be told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from headcount.clock import SteppedClock
from headcount.model import ACCEPTED, Account, Count, Fill, Miss, Outcome, Reading, Tally, Verdict
from headcount.pipeline.by_hand.changes import Saying, archive
from headcount.pipeline.house import House, Premises, open_house
from headcount.pipeline.publishing.publish import press_folder, publish
from headcount.serve.serving import Serving
from headcount.settings import Settings, load
from headcount.store.open import open_store
from headcount.store.open_reader import open_reader
from headcount.store.sql import SqlStore

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
PAST = 40
"""Days."""
BASE = "/api/social-media"

INTERNAL, STAFF, SECRET = "hush_hush", "jane.canary", "s3cr3t-canary-token"
"""What is in no answer: an internal account, whoever decided anything, a credential."""
HIDDEN = 424242
"""The count of the internal account."""

ROSTER = f"""unit,unit_id,parent_id,platform,account,relation,visibility
Department,1,,twitter,energy,own,public
Department,1,,facebook,energygov,own,public
Lab <&> "one",2,1,twitter,lab,own,public
Lab <&> "one",2,1,twitter,gone,own,public
Lab <&> "one",2,1,mastodon,lab@mastodon.social,own,public
Lab <&> "one",2,1,twitter,{INTERNAL},own,internal
Office,3,1,twitter,old,own,public
Office,3,1,youtube,@never,own,public
Rival,4,,twitter,rival,peer,public
"""
CONFIG = """
[organization]
name = "Department of Tests"
roster = "roster.csv"
timezone = "America/New_York"
[jobs.hourly]
every = "1h"
[jobs.daily]
every = "1d"
[tables.social_data]
job = "hourly"
[tables.social_data.columns]
ENERGY = "twitter/energy"
[platforms.twitter]
bearer_token = {{ file = "token" }}
[platforms.youtube]
key = {{ env = "CANARY" }}
[serve]
base_path = "{base}"
cors_origins = [{origins}]
[publish.web]
to = "public"
"""

ACCOUNTS = {
    "twitter/energy": Account("twitter/energy", "energy"),
    "facebook/energygov": Account("facebook/energygov", "energygov"),
    "twitter/lab": Account("twitter/lab", "lab"),
    "mastodon/lab@mastodon.social": Account("mastodon/lab@mastodon.social", "lab@mastodon.social"),
    f"twitter/{INTERNAL}": Account(f"twitter/{INTERNAL}", INTERNAL),
    "twitter/old": Account("twitter/old", "old"),
    "twitter/rival": Account("twitter/rival", "rival"),
}


class Village:
    """The installation, in a folder, as it is at a moment: at noon, where no other is named."""

    def __init__(
        self, folder: Path, at: datetime = NOON, *, origins: tuple[str, ...] = ("*",), base: str = BASE
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.at = folder, at
        self.clock = SteppedClock(at + MINUTE)
        (folder / "roster.csv").write_text(ROSTER)
        named = ", ".join(f'"{each}"' for each in origins)
        (folder / "headcount.toml").write_text(CONFIG.format(origins=named, base=base))
        (folder / "token").touch(mode=0o600)
        (folder / "token").write_text(SECRET)
        self.settings: Settings = load(folder / "headcount.toml", {"CANARY": SECRET})
        self.store: SqlStore = open_store(self.settings.store, self.settings.state)

    def fill(self) -> Village:
        """Forty days of counts."""
        run = self.store.begin("hourly", self.at - PAST * DAY, self.at)
        self.store.append(run.id, [fill for hour in range(PAST * 24 + 1) for fill in self._hour(hour)])
        self.store.finish(run.id, self.at, Tally(readings=9, misses={"private": 1}, requests=4, seconds=1.5))
        self.say()
        return self

    def _hour(self, hour: int) -> list[Fill]:
        slot = self.at - PAST * DAY + hour * HOUR
        found = {
            "twitter/energy": Count(1_000_000 + 10 * hour),
            "facebook/energygov": Count(20_000 + 1000 * (hour // 100), 1000, "rounded"),
            "mastodon/lab@mastodon.social": Count(77),
            f"twitter/{INTERNAL}": Count(HIDDEN),
            "twitter/rival": Count(500),
        }
        if hour < 100:
            found |= {"twitter/lab": Count(300 + hour), "twitter/old": Count(5)}
        fills = [self.reading(key, slot, count) for key, count in found.items()]
        return fills if hour < 100 else [*fills, self.miss("twitter/lab", slot)]

    def reading(self, key: str, slot: datetime, count: Count, verdict: Verdict = ACCEPTED) -> Fill:
        said = Reading(ACCOUNTS[key], "followers", count)
        return Fill("hourly", slot, Outcome(said, "api", slot + MINUTE), verdict)

    def miss(self, key: str, slot: datetime) -> Fill:
        return Fill("hourly", slot, Outcome(Miss(ACCOUNTS[key], "private", f"said {SECRET}"), "api", slot + MINUTE))

    def append(self, *fills: Fill) -> None:
        run = self.store.begin("hourly", fills[0].slot, self.clock.now())
        self.store.append(run.id, fills)

    def say(self) -> None:
        """What people decided, corrected and entered; each is known by name in the store."""
        held = Verdict("hold", "leap", "far too many")
        self.append(self.reading("twitter/rival", self.at - 3 * HOUR + 5 * MINUTE, Count(987_654), held))
        (row,) = self.store.awaiting()
        assert row.reading
        self.store.decide(row.reading, held, STAFF, self.at)
        last = [row for row in self.store.fills(self.at - 5 * HOUR, self.at - 4 * HOUR) if row.key == "twitter/energy"]
        assert last[0].reading
        self.store.correct(
            last[0].reading, 1_009_000, why="misread", who=STAFF, role="the social media team", at=self.at
        )
        archive(self.house(), "twitter/old", Saying(STAFF, self.at - DAY, "merged"))

    def house(self) -> House:
        return open_house(Premises(self.settings, self.store, self.clock))

    def publish(self) -> Village:
        (published,) = publish(self.house())
        assert not published.fault
        return self

    def serving(self) -> Serving:
        settings = self.settings
        return Serving(
            open=partial(open_reader, settings.store),
            press=press_folder(settings),
            timezone=settings.organization.timezone,
            base_path=settings.serve.base_path,
            origins=settings.serve.cors_origins,
            periods={"hourly": HOUR, "daily": DAY},
            cadences={name: settings.cadence(job) for name, job in settings.jobs.items()},
            targets=("web",),
            sources={"twitter": ("api", "page")},
            clock=self.clock,
        )
