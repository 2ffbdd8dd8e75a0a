"""The first user's pages, on an origin of their own: a real browser, their own library, and every number."""

from __future__ import annotations

import csv
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser

from tests.system.shell import clean, command, headcount

CONFIG = """
[organization]
name = "Department of Things"
roster = "roster.csv"

[jobs.hourly]
every = "1h"

[tables.social_data]
job = "hourly"
missing = "previous"
[tables.social_data.columns]
ONEtwitter = "twitter/one"
ONEyoutube = "youtube/one"
TWOtwitter = "twitter/two"

[publish.web]
to = "public"

[serve]
cors_origins = ["{friend}"]
"""

ROSTER = """unit,unit_id,platform,account
"Department, of Things",1,twitter,one
"Department, of Things",1,youtube,@one
Laboratory,2,twitter,two
Office,3,,
"""

HISTORY = """date,ONEtwitter,ONEyoutube,TWOtwitter
3/17/17 17:12,602454,"14,983",6405
3/17/17 17:12,602455,"14,983",6405
03/18/17 00:00,602460,,6406
11/05/23 05:00,2000001,"1,234,567",0
11/05/23 06:00,2000002,"1,234,568",0
"""
BASE = "/api/social-media/"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, friend: str) -> Path:
    """An old installation's history, taken over, with counts of today by hand."""
    folder = tmp_path_factory.mktemp("installation")
    (folder / "headcount.toml").write_text(CONFIG.replace("{friend}", friend), encoding="utf-8")
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (folder / "history.csv").write_text(HISTORY, encoding="utf-8")
    assert headcount(folder, "import", "history", "history.csv", "--job", "hourly").status == 0
    for key, count in (("twitter/one", "2000100"), ("youtube/one", "1240000"), ("twitter/two", "12")):
        entered = headcount(folder, "enter", key, count, "--sure")
        assert entered.status == 0, entered.err
    published = headcount(folder, "publish")
    assert published.status == 0, published.err
    return folder


@pytest.fixture(scope="module")
def served(installation: Path) -> Iterator[str]:
    """Where the counts are served."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(command("serve", "--port", str(port)), cwd=installation, env=clean()) as process:
        url = f"http://127.0.0.1:{port}{BASE}"
        _wait_for(f"{url}latest.json", process)
        yield url
        process.terminate()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urlopen(url).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"{url} does not answer")


def answers(browser: Browser, page_origin: str, served: str) -> dict[str, Any]:
    """What a page on an origin gets, by d3 of both versions."""
    with browser.new_context(timezone_id="America/New_York") as context:
        page = context.new_page()
        page.goto(f"{page_origin}/page.html?from={served}")
        found: dict[str, Any] = page.evaluate("() => window.answers")
        return found


def expected(path: Path) -> list[dict[str, str | float | None]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [{name: _as_a_page_has_it(name, cell) for name, cell in row.items()} for row in csv.DictReader(file)]


def _as_a_page_has_it(name: str, cell: str) -> str | float | None:
    if name in ("type", "zid"):
        return cell
    if name == "date":
        return datetime.strptime(cell, "%m/%d/%y %H:%M").replace(tzinfo=UTC).timestamp() * 1000
    return float(cell) if cell else None


@pytest.mark.parametrize("answer", ["hourly3", "hourly4", "units3", "units4"])
def test_a_page_on_a_listed_origin_gets_every_number_and_a_date_for_every_row(
    browser: Browser, friend: str, served: str, installation: Path, answer: str
) -> None:
    file = "social_data.csv" if answer.startswith("hourly") else "all_social_data.csv"
    found = answers(browser, friend, served)[answer]
    truth = expected(installation / "public" / file)
    assert len(truth) >= 3, "the control: an empty file would pass any test"
    assert found["rows"] == truth
    assert found["columns"] == list(truth[0])


def test_what_the_pages_get_is_what_was_counted(browser: Browser, friend: str, served: str) -> None:
    rows = answers(browser, friend, served)["hourly4"]["rows"]
    assert [row["ONEtwitter"] for row in rows[:5]] == [602454, 602455, 602460, 2000001, 2000002]
    assert [row["ONEyoutube"] for row in rows[:5]] == [14983, 14983, 14983, 1234567, 1234568]
    assert all(row["date"] for row in rows)
    assert rows[-1]["ONEtwitter"] == 2000100


def test_a_page_on_an_origin_that_is_not_listed_gets_nothing(browser: Browser, stranger: str, served: str) -> None:
    found = answers(browser, stranger, served)
    assert [set(each) for each in found.values()] == [{"error"}] * 4
