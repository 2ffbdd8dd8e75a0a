"""An installation in a folder that asks the demo server."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from headcount.settings import Settings, load

SLUGS = ("twitter", "youtube", "facebook", "instagram")

CONFIG = """
[organization]
name = "Department of Tests"
roster = "roster.csv"

[http]
timeout = 10
allow_private_addresses = true

[jobs.org_chart]
every = "1d"

[jobs.hourly]
every = "1h"

[tables.social_data]
job = "hourly"
[tables.social_data.columns]
ONEtwitter = "twitter/account0"
ONEfacebook = "facebook/account0#likes"

[publish.web]
to = "public"
"""


def install(folder: Path, demo: Mapping[str, Any], accounts: int = 2, extra: str = "") -> Settings:
    """Write a configuration and a roster of so many accounts a platform; the settings they make."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "headcount.toml").write_text(CONFIG + extra + "".join(_platform(folder, slug, demo) for slug in SLUGS))
    lines = [f"Unit {number},{number},{slug},account{number}" for number in range(accounts) for slug in SLUGS]
    (folder / "roster.csv").write_text("\n".join(["unit,unit_id,platform,account", *lines, ""]))
    return load(folder / "headcount.toml", {})


def _platform(folder: Path, slug: str, demo: Mapping[str, Any]) -> str:
    wanted = {"twitter": ["bearer_token"], "youtube": ["key"], "facebook": ["token"], "instagram": ["token", "user_id"]}
    given = demo["platforms"][slug]
    text = f"\n[platforms.{slug}]\n"
    for name in wanted[slug]:
        secret = folder / f"{slug}.{name}"
        secret.touch(mode=0o600)
        secret.write_text(given["credentials"][name])
        text += f'{name} = {{ file = "{secret.name}" }}\n'
    hosts = "\n".join(f'{name} = "{url}"' for name, url in given["hosts"].items())
    return f"{text}[platforms.{slug}.hosts]\n{hosts}\n"
