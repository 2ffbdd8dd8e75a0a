"""An installation that publishes to a folder and to a bucket, hour by hour, and counts nobody: the test says what was counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from headcount.clock import SteppedClock
from headcount.model import ACCEPTED, Account, Count, Fill, Outcome, Reading
from headcount.pipeline.house import Premises
from headcount.pipeline.publishing.publish import Published, publish
from headcount.settings import load
from headcount.store.open import open_store
from tests.buckets.endpoint import Endpoint

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TOWN, BELFRY = "twitter/town", "twitter/belfry"
HEADER = "unit,unit_id,platform,account,visibility"
VISIBILITY = {TOWN: "public", BELFRY: "public"}
CONFIG = """
[organization]
name = "A Village"
roster = "roster.csv"

[jobs.hourly]
every = "1h"

[tables.social_data]
job = "hourly"
[tables.social_data.columns]
TOWN = "twitter/town"

[publish.web]
to = "public"
"""
TO_A_BUCKET = """
[publish.bucket]
to = "{endpoint.to}"
[publish.bucket.options]
endpoint = "{endpoint.url}"
access_key_id = {{ env = "BUCKET_KEY" }}
secret_access_key = {{ env = "BUCKET_SECRET" }}
region = "us-east-1"
allow_http = true
"""


def secrets(endpoint: Endpoint) -> dict[str, str]:
    """The environment that the configuration refers to."""
    return {"BUCKET_KEY": endpoint.key, "BUCKET_SECRET": endpoint.secret}


class Village:
    """An installation, and the hour that it is there."""

    def __init__(self, folder: Path, endpoint: Endpoint, at: datetime = NOON) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.endpoint, self.clock = folder, endpoint, SteppedClock(at)
        self.store = open_store(f"sqlite:///{folder}/headcount.db", folder)
        self.visibility, self.unit = dict(VISIBILITY), "Village"

    @property
    def config(self) -> Path:
        """The configuration and the roster, written as they are now."""
        lines = [f"{self.unit},1,{key.replace('/', ',')},{seen}" for key, seen in self.visibility.items()]
        (self.folder / "roster.csv").write_text("\n".join([HEADER, *lines, ""]))
        config = self.folder / "headcount.toml"
        config.write_text(CONFIG + TO_A_BUCKET.format(endpoint=self.endpoint))
        return config

    def count(self, number: int) -> None:
        """An hour later, every account has so many followers, and one more than the one before it."""
        self.clock.move(HOUR.total_seconds())
        slot = self.clock.now()
        run = self.store.begin("hourly", slot, slot)
        said = (
            Reading(Account(key, key.partition("/")[2]), "followers", Count(number + more))
            for more, key in enumerate(VISIBILITY)
        )
        self.store.append(run.id, [Fill("hourly", slot, Outcome(each, "api", slot), ACCEPTED) for each in said])

    def publish(self, *targets: str) -> dict[str, Published]:
        """Publish to these targets, or to both; what became of each."""
        premises = Premises(load(self.config, secrets(self.endpoint)), self.store, self.clock)
        return {each.target: each for each in publish(premises, targets)}

    def tell(self, *numbers: int, targets: Iterable[str] = ()) -> None:
        """Count and publish, hour after hour, and nothing goes wrong."""
        for number in numbers:
            self.count(number)
            assert {each.fault for each in self.publish(*targets).values()} == {""}
