"""An installation with years behind it: its roster, its wide table, a folder that it publishes to, and a clock that is moved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from msgspec import Struct

from benchmarks.parts.long_history import HOUR, JOB, History, append_hour, make_store, taken_at
from headcount.clock import SteppedClock
from headcount.pipeline.house import House, Premises, open_house
from headcount.settings import Settings, load
from headcount.store.open import open_store

ZONE = "America/New_York"

CONFIG = f"""
[organization]
name = "Benchmark"
timezone = "{ZONE}"
roster = "roster.csv"

[jobs.{JOB}]
every = "1h"

[publish.web]
to = "web"

[tables.social_data]
job = "{JOB}"
missing = "previous"
[tables.social_data.columns]
"""
COLUMNS = 8
"""Of the wide table, as the first system had."""


class Longstanding(Struct):
    """An installation that goes on counting, an hour at a time."""

    premises: Premises
    history: History
    clock: SteppedClock

    @property
    def settings(self) -> Settings:
        """Its settings."""
        return self.premises.settings

    @property
    def file(self) -> Path:
        """Its store."""
        return self.settings.state / "headcount.db"

    def house(self) -> House:
        """Its doors opened, as every command does."""
        return open_house(self.premises)

    def count_once_more(self) -> None:
        """An hour passes, and everyone is counted."""
        last = self.history.last + HOUR
        append_hour(self.premises.store, self.history, last)
        self.history = self.history.until(last)
        self.clock.move(HOUR.total_seconds())


@contextmanager
def longstanding(folder: Path, history: History) -> Iterator[Longstanding]:
    """One with that history, made in a folder; its store is open while inside."""
    settings = set_up(folder, history)
    make_store(settings.state / "headcount.db", history)
    clock = SteppedClock(taken_at(history.last) + HOUR / 6)
    with closing(open_store(settings.store, settings.state)) as store:
        yield Longstanding(Premises(settings, store, clock), history, clock)


def set_up(folder: Path, history: History) -> Settings:
    """Write its configuration and its roster."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = [f'{handle} = "{key}"' for handle, key in zip(history.handles, history.keys, strict=True)][:COLUMNS]
    config = folder / "headcount.toml"
    config.write_text(CONFIG + "\n".join([*columns, ""]))
    lines = [f"Unit {number},{number},twitter,{handle}" for number, handle in enumerate(history.handles)]
    (folder / "roster.csv").write_text("\n".join(["unit,unit_id,platform,account", *lines, ""]))
    return load(config, {})
