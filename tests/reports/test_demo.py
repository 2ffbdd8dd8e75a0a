"""The reports and the feed of the demo, whose past is made up, tell the same milestones."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import feedparser  # type: ignore[import-untyped] # it has no types
import pytest
from click.testing import CliRunner

from headcount.cli.demo import command
from headcount.cli.rehearsing.rehearsal import ZONE
from headcount.reports.period import Period, named_week

Found = set[tuple[str, str]]
"""Accounts and milestones."""


def of_the_reports(reports: list[Path]) -> Found:
    texts = (each.read_text(encoding="utf-8") for each in reports)
    found = (re.findall(r"<li><strong>([0-9,]+)</strong>: (\S+) on .* passed it on", text) for text in texts)
    return {(handle.lower(), milestone) for some in found for milestone, handle in some}


def of_the_feed(feed: Path, weeks: list[Period]) -> Found:
    """Those of some weeks."""
    days = {day for week in weeks for day in week.days()}
    found = set()
    for each in feedparser.parse(feed.read_bytes()).entries:
        at = datetime.fromisoformat(each.published).astimezone(ZoneInfo(ZONE))
        match = re.fullmatch(r"(\S+) on .* has passed ([0-9,]+) followers", each.title)
        if match and at.date() in days:
            found.add((match[1], match[2]))
    return found


@pytest.mark.long
def test_the_demos_reports_and_its_feed_tell_the_same_milestones(tmp_path: Path) -> None:
    assert CliRunner().invoke(command, [str(tmp_path / "demo"), "--no-serve"]).exit_code == 0
    public = tmp_path / "demo" / "public"
    reports = sorted((public / "digest").glob("*.html"))
    weeks = [week for each in reports if (week := named_week(each.stem))]
    told = of_the_feed(public / "events.atom", weeks)
    assert len(weeks) == 8
    assert of_the_reports(reports) == told
    assert told
