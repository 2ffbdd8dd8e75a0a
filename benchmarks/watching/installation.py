"""The installation that a history happens to: its folder, its configuration, its roster."""

from __future__ import annotations

from pathlib import Path

from msgspec import structs

from benchmarks.watching.cast import Cast
from benchmarks.watching.people import PLATFORMS
from benchmarks.watching.trouble import Trouble
from headcount.settings import Settings, load
from headcount.settings.credentials import Credentials
from headcount.settings.shape import Channel, Watch

CONFIG = """
[organization]
name = "Department of Tests"
roster = "roster.csv"
[jobs.hourly]
every = "1h"
[publish.web]
to = "web"
[platforms.twitter]
bearer_token = { env = "TOKEN" }
[platforms.youtube]
key = { env = "TOKEN" }
[platforms.facebook]
token = { env = "TOKEN" }
"""
JOB, TARGET = "hourly", "web"

CHANNELS = (
    Channel("first", Credentials({"url": "json://127.0.0.1:9/first"})),
    Channel("second", Credentials({"url": "json://127.0.0.1:9/second"}), at_least="urgent"),
)


def furnish(folder: Path, cast: Cast) -> Settings:
    """Write configuration and roster; the settings they make, without trouble."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "headcount.toml").write_text(CONFIG)
    (folder / "roster.csv").write_text(roster(cast))
    return structs.replace(load(folder / "headcount.toml", {"TOKEN": "a-token"}), watch=Watch(channels=CHANNELS))


def roster(cast: Cast) -> str:
    """The roster that lists them all."""
    lines = [
        f"Unit {place % 3},{place % 3},{each.platform},{each.account.handle}" for place, each in enumerate(cast.people)
    ]
    return "\n".join(["unit,unit_id,platform,account", *lines, ""])


def troubled(settings: Settings, trouble: Trouble) -> Settings:
    """What is set while that is the matter."""
    sources = ("api", "page") if trouble.pages else ("api",)
    platforms = {slug: structs.replace(settings.platforms[slug], sources=sources) for slug in PLATFORMS}
    return structs.replace(settings, platforms=platforms, expiries=trouble.expiries)
