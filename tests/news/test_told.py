"""What everybody may read of an event."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from headcount.news.story import Deed, Event, Story
from headcount.news.told import Readers, tell

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
READERS = Readers(frozenset({"twitter/dot", "twitter/lab"}), UTC, {"twitter": "X"})
REFUSING = Story("platform", "urgent", "twitter", "blocked", NOON, ("twitter/dot", "twitter/secret"), "canary")


def event(deed: Deed, story: Story = REFUSING) -> Event:
    return Event(1, story.key, deed, NOON, story)


@pytest.mark.parametrize(
    ("deed", "title"),
    [("opened", "X turns us away"), ("reminded", "X turns us away"), ("cleared", "X is counted again")],
)
def test_an_event_has_a_title_and_a_text_and_a_reminder_is_what_it_reminds_of(deed: Deed, title: str) -> None:
    told = tell(event(deed), READERS)
    assert told
    assert (told.at, told.title, told.accounts) == (NOON, title, 1)
    assert "1 account of X: dot." in told.text
    assert "canary" not in told.text


@pytest.mark.parametrize(
    "story",
    [
        Story("credential", "warning", "twitter.token", figures={"days": 3}),
        Story("account", "warning", "twitter/secret", "not_found", NOON, ("twitter/secret",)),
        Story("platform", "urgent", "twitter", "blocked", NOON, ("twitter/secret",)),
    ],
    ids=["of credentials", "of somebody else", "that affects nobody whom they may read of"],
)
def test_nothing_is_told_of_what_is_nobodys_business(story: Story) -> None:
    assert tell(event("opened", story), READERS) is None
