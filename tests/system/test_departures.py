"""An account is taken out of the roster: by commands, from the first run to the published files."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.system.installation import install
from tests.system.shell import Ran, headcount

LEAVES, HIDDEN, STAYS = "twitter/account0", "twitter/account1", "youtube/account0"


def done(folder: Path, *words: str) -> Ran:
    ran = headcount(folder, *words)
    assert ran.status == 0, ran.out + ran.err
    return ran


def write_roster(folder: Path, accounts: Mapping[str, str]) -> None:
    """A roster of these accounts, each with its visibility."""
    lines = [f"Unit,1,{key.replace('/', ',')},{visibility}" for key, visibility in accounts.items()]
    (folder / "roster.csv").write_text("\n".join(["unit,unit_id,platform,account,visibility", *lines, ""]))


def months(folder: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of every month, by account."""
    found: dict[str, list[dict[str, str]]] = {}
    for path in sorted((folder / "public/readings").glob("2*.csv")):
        for row in csv.DictReader(path.read_text().splitlines()):
            found.setdefault(row["account"], []).append(row)
    return found


def test_the_history_of_who_leaves_the_roster_stays_published_and_that_of_an_internal_account_hidden(
    tmp_path: Path, demo: dict[str, Any]
) -> None:
    install(tmp_path, demo)
    write_roster(tmp_path, {LEAVES: "public", HIDDEN: "internal", STAYS: "public"})
    assert "3 counted" in done(tmp_path, "run", "--job", "hourly").out
    before = months(tmp_path)
    assert set(before) == {LEAVES, STAYS}
    write_roster(tmp_path, {STAYS: "public"})
    done(tmp_path, "publish")
    assert months(tmp_path) == before
    (left,) = json.loads((tmp_path / "public/accounts.json").read_text())["departed"]
    assert (left["key"], left["unit_name"], left["listed_until"][:2]) == (LEAVES, "Unit", "20")
    write_roster(tmp_path, {STAYS: "public", LEAVES: "internal"})
    done(tmp_path, "publish")
    assert set(months(tmp_path)) == {STAYS}, "the control: what is hidden is seen to be gone"
