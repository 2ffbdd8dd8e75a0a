"""What the demo writes before it begins: the example's configuration, made to ask the demo server."""

from __future__ import annotations

import csv
import shutil
from importlib.resources import files
from pathlib import Path

from headcount.demo.answers import slugs
from headcount.demo.server import DemoServer
from headcount.errors import Mistake
from headcount.platforms import platform

MARK = "# Written by `headcount demo`: every count of this folder is SIMULATED, made up by a local server.\n"
CONFIG = "headcount.toml"
INVENTED = "Everything Else (invented)"
"""The unit that has an account wherever the example's organisation has none."""


def clear(folder: Path) -> None:
    """Empty the folder of an earlier demo.

    Raises:
        Mistake: where something else is in it.
    """
    if not folder.exists() or not any(folder.iterdir()):
        return
    config = folder / CONFIG
    if not config.is_file() or not config.read_text(encoding="utf-8").startswith(MARK):
        raise Mistake(f"{folder} holds something other than a demo: name a folder that is empty or not there")
    shutil.rmtree(folder)


def stage_roster(folder: Path) -> Path:
    """Write the example's roster, and an account on each platform where its organisation has none; its path."""
    roster = folder / "roster.csv"
    folder.mkdir(parents=True, exist_ok=True)
    text = (files("headcount.demo") / "example" / "roster.csv").read_text(encoding="utf-8")
    (columns, *rows) = csv.reader(text.splitlines())
    there = {row[columns.index("platform")] for row in rows}
    more = [_invented(slug) for slug in slugs() if slug not in there]
    with roster.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writerows([dict(zip(columns, row, strict=True)) for row in (columns, *rows)] + more)
    return roster


def _invented(slug: str) -> dict[str, str]:
    return {"unit": INVENTED, "unit_id": "invented", "platform": slug, "account": platform(slug).handles.forms[0]}


def stage_config(folder: Path, server: DemoServer) -> Path:
    """Write the configuration that asks the demo server, and the credentials that it lets in; its path."""
    text = (files("headcount.demo") / "example" / CONFIG).read_text(encoding="utf-8")
    (folder / "credentials").mkdir()
    config = folder / CONFIG
    platforms = "".join(_platform(folder, slug, server) for slug in slugs())
    config.write_text(MARK + _simulated(text) + platforms, encoding="utf-8")
    return config


def _simulated(text: str) -> str:
    """The example's configuration, with a name that says what it is, and leave to ask this machine."""
    named = text.replace('name = "U.S. Department of Energy"', 'name = "U.S. Department of Energy (SIMULATED)"', 1)
    return named.replace(
        "[http]\n", "[http]\nallow_private_addresses = true   # the demo server is on this machine\n", 1
    )


def _platform(folder: Path, slug: str, server: DemoServer) -> str:
    lines = [f"\n[platforms.{slug}]"]
    given = server.credentials(slug)
    for name in (each.name for each in platform(slug).credentials if each.name in given):
        secret = folder / "credentials" / f"{slug}.{name}"
        secret.touch(mode=0o600)
        secret.write_text(given[name], encoding="utf-8")
        lines.append(f'{name} = {{ file = "credentials/{secret.name}" }}')
    lines.append(f"[platforms.{slug}.hosts]")
    lines += [f'"{name}" = "{url}"' for name, url in server.hosts(slug).items()]
    return "\n".join(lines) + "\n"
