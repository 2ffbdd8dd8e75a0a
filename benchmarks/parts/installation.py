"""An installation in a folder of its own that asks the demo server, at whatever pace it can."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.parts.server import Demo, Simulated
from headcount.clock import SYSTEM
from headcount.pipeline.house import Premises
from headcount.platforms import platform
from headcount.settings import load
from headcount.store.open import open_store

CONFIG = """
[organization]
name = "Benchmark"
roster = "roster.csv"

[http]
allow_private_addresses = true

[jobs.hourly]
every = "1h"
"""


@contextmanager
def installation(folder: Path, demo: Demo, source: str) -> Iterator[Premises]:
    """One that counts every account of the demo server by `source`; its store is a real one, open while inside."""
    config = folder / "headcount.toml"
    config.write_text(CONFIG + "".join(_platform(folder, slug, demo, source) for slug in demo.platforms))
    lines = [f"Unit {handle},{handle},{slug},{handle}" for handle in demo.handles for slug in demo.platforms]
    (folder / "roster.csv").write_text("\n".join(["unit,unit_id,platform,account", *lines, ""]))
    settings = load(config, {})
    with closing(open_store(settings.store, settings.state)) as store:
        yield Premises(settings, store, SYSTEM)


def _platform(folder: Path, slug: str, demo: Demo, source: str) -> str:
    simulated = demo.platforms[slug]
    lines = [f"\n[platforms.{slug}]", f'sources = ["{source}"]', 'pace = "10000/s"']
    lines += [f'{name} = {{ file = "{_secret(folder, slug, name, simulated)}" }}' for name in _needed(slug, source)]
    return "\n".join([*lines, f"[platforms.{slug}.hosts]", *_hosts(simulated.hosts), ""])


def _needed(slug: str, source: str) -> tuple[str, ...]:
    return next(each.needs for each in platform(slug).sources if each.name == source)


def _secret(folder: Path, slug: str, name: str, simulated: Simulated) -> str:
    file = folder / f"{slug}.{name}"
    file.touch(mode=0o600)
    file.write_text(simulated.credentials[name])
    return file.name


def _hosts(hosts: Mapping[str, str]) -> list[str]:
    return [f'{name} = "{url}"' for name, url in hosts.items()]
