"""What the tests of reports share: a small organisation's week, with everything in it that a report tells."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from headcount.model import ACCEPTED, Account, Count, Fill, Miss, Outcome, Reading, Reason, Verdict
from headcount.news.story import Deed, Story
from headcount.publish.outputs.digest import scope
from headcount.reports.digest import Digest
from headcount.reports.gather import gather
from headcount.reports.period import Period, named_week
from headcount.store.open import open_store
from tests.publish.newsroom import DAY, HELD, HOUR, MINUTE, NOON, Newsroom

FIRST = datetime(2026, 10, 1, 17, tzinfo=UTC)
"""Noon in the organisation's zone, as every day since."""
CANARY = "canary-internal"
ATTACK = "<script>alert(1)</script>"


def week() -> Period:
    """9 to 15 November 2026, the last week that is over at noon of the 20th."""
    found = named_week("2026-W46")
    assert found
    return found


def counts() -> Iterator[Fill]:
    """Seven weeks: a milestone, a rounded account, a day without an answer, a doubt, a zero, an internal account, a peer."""
    for number in range(49):
        at = FIRST + number * DAY
        yield said("twitter/dot", Count(9_500 + 12 * number), at)
        yield said("facebook/dot", Count(1_200_000 + 100_000 * (number // 30), 100_000, "rounded"), at)
        yield said("twitter/secret", Count(777_001 + number), at)
        yield said("twitter/rival", Count(888_001 + number), at)
        yield said("twitter/lab", lab(number), at)
    yield said("twitter/dot", Count(95_000_000), NOON - 8 * DAY, HELD)


def said(key: str, count: Count | Reason, slot: datetime, verdict: Verdict = ACCEPTED) -> Fill:
    account = Account(key, key.partition("/")[2])
    if isinstance(count, Count):
        return Fill("hourly", slot, Outcome(Reading(account, "followers", count), "api", slot + MINUTE), verdict)
    return Fill("hourly", slot, Outcome(Miss(account, count, ATTACK), "api", slot + MINUTE))


def told() -> Iterator[tuple[datetime, Deed, Story]]:
    """An outage, and unusual changes of an account and of an internal one."""
    outage = Story(
        "platform", "urgent", "twitter", "blocked", NOON - 9 * DAY, ("twitter/lab", "twitter/secret"), ATTACK
    )
    yield NOON - 9 * DAY + HOUR, "opened", outage
    yield NOON - 9 * DAY + 5 * HOUR, "cleared", outage
    for key in ("twitter/lab", "twitter/secret"):
        figures = {"before": 40, "count": 20}
        yield NOON - 8 * DAY, "noted", Story("moved", "notice", key, "", NOON - 8 * DAY, figures=figures)


def lab(number: int) -> Count | Reason:
    """The lab loses people, is out of reach for a day, and in the end shows nobody."""
    if number == 42:
        return "blocked"
    return Count(0 if number >= 44 else 440 - 10 * number)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with all of it, to be copied."""
    folder = tmp_path_factory.mktemp("filled")
    store = open_store(f"sqlite:///{folder / 'headcount.db'}", folder)
    store.append(store.begin("hourly", FIRST, FIRST).id, list(counts()))
    for at, deed, story in told():
        store.tell([(deed, story)], at)
    store.close()
    return folder / "headcount.db"


@pytest.fixture
def newsroom(tmp_path: Path, filled: Path) -> Iterator[Newsroom]:
    shutil.copy(filled, tmp_path)
    opened = open_store(f"sqlite:///{tmp_path / 'headcount.db'}", tmp_path)
    yield Newsroom(opened, tmp_path / "press")
    opened.close()


@pytest.fixture
def digest(newsroom: Newsroom) -> Digest:
    edition = newsroom.edition()
    return gather(newsroom.store, scope(edition), week(), edition.at)
