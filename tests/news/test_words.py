"""What a story reads like, and what of it everybody may know."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from headcount.model import REASONS, Reason
from headcount.news import reasons
from headcount.news.story import Deed, Kind, Story
from headcount.news.wording import WORDING, Wording
from headcount.news.words import advice, public, says, title

NAMES = {"youtube": "YouTube", "twitter": "X (formerly Twitter)"}
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HUNDRED = tuple(f"youtube/a{number}" for number in range(97))
FIGURES = {"count": 1200, "before": 1000, "passed": 1000, "granularity": 100, "days": 7, "of": 100, "lasted": 10_800}
SUBJECTS = {
    "platform": "youtube", "source": "youtube.api", "stale": "youtube", "together": "youtube", "purge": "youtube",
    "account": "youtube/usdoe", "job": "hourly", "target": "web", "channel": "mail", "credential": "youtube.key",
    "configuration": "roster.csv", "disk": "state", "network": "", "clock": "",
}  # fmt: skip


def story(kind: Kind, reason: str = "", **more: object) -> Story:
    values = {"accounts": HUNDRED, "figures": FIGURES, "since": NOON} | more
    return Story(kind, "warning", SUBJECTS.get(kind, "youtube/usdoe"), reason, **values)  # type: ignore[arg-type] # a table's


def deeds(kind: Kind) -> tuple[Deed, ...]:
    return ("opened", "reminded", "cleared") if WORDING[kind].over else ("noted",)


def wordless(wording: dict[Kind, Wording]) -> set[str]:
    return {
        kind for kind in get_args(Kind) if not (kind in wording and all((wording[kind].title, wording[kind].advice)))
    }


def test_every_kind_has_words() -> None:
    assert not wordless(dict(WORDING))


def test_a_kind_without_words_is_caught() -> None:
    assert wordless({kind: words for kind, words in WORDING.items() if kind != "disk"}) == {"disk"}


def test_every_reason_has_words() -> None:
    assert set(reasons.REASONS) == REASONS


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("reason", ["unreachable", "not_found", "leap"])
def test_every_deed_of_every_kind_is_said_in_whole_words(kind: Kind, reason: str) -> None:
    for deed in deeds(kind):
        told = story(kind, reason)
        said = [title(told, deed, NAMES), says(told, deed, UTC, NAMES), advice(told)]
        assert all(said)
        assert not [text for text in said if re.search(r"[{}]|unknown number|  ", text)]


@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_is_said_in_words_of_a_platform_and_of_an_account(reason: Reason) -> None:
    for kind in ("platform", "source", "account"):
        told = story(kind, reason)
        assert "_" not in title(told, "opened") + advice(told).replace("ca_bundle", "")


@pytest.mark.parametrize(
    ("told", "deed", "line"),
    [
        (story("platform", "unreachable"), "opened", "YouTube cannot be reached for 97 of 100 accounts"),
        (story("platform", "unreachable"), "reminded", "Still: YouTube cannot be reached for 97 of 100 accounts"),
        (story("platform", "unreachable"), "cleared", "YouTube is counted again"),
        (story("account", "not_found"), "opened", "usdoe on YouTube is not found"),
        (story("stale", accounts=("youtube/a",)), "opened", "1 account of YouTube was not counted of late"),
        (
            story("stale", accounts=("youtube/a", "youtube/b")),
            "opened",
            "2 accounts of YouTube were not counted of late",
        ),
        (story("credential", figures={"days": 1}), "opened", "The credential youtube.key expires in 1 day"),
        (story("credential", figures={"days": 7}), "opened", "The credential youtube.key expires in 7 days"),
        (story("credential", figures={"days": 0}), "opened", "The credential youtube.key expires today"),
        (story("credential", figures={"days": -1}), "opened", "The credential youtube.key has expired"),
        (story("milestone", figures={"passed": 10**6}), "noted", "usdoe on YouTube has passed 1,000,000 followers"),
    ],
)
def test_a_title_says_what_is_the_matter(told: Story, deed: Deed, line: str) -> None:
    assert title(told, deed, NAMES) == line


@pytest.mark.parametrize(
    ("accounts", "figures", "whom"),
    [
        (HUNDRED, {"of": 100}, "It affects 97 of 100 accounts of YouTube."),
        (("youtube/a",), {"of": 1}, "It affects 1 of 1 account of YouTube: a."),
        (("youtube/a", "youtube/b"), {}, "It affects 2 accounts of YouTube: a and b."),
        (("youtube/a", "twitter/b"), {}, "It affects 2 accounts: a on YouTube and b on X (formerly Twitter)."),
    ],
)
def test_it_says_whom_it_affects(accounts: tuple[str, ...], figures: dict[str, int], whom: str) -> None:
    told = story("platform", "unreachable", accounts=accounts, figures=figures)
    assert f" {whom} " in says(told, "opened", UTC, NAMES)


def test_times_are_those_of_the_zone_and_named() -> None:
    assert "20 November 2026, 12:00 UTC" in says(story("job"), "opened")
    assert "20 November 2026, 07:00 EST" in says(story("job"), "opened", ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (20, "1 minute"),
        (5400, "90 minutes"),
        (3600, "1 hour"),
        (10_800, "3 hours"),
        (86_400, "1 day"),
        (260_000, "3 days"),
    ],
)
def test_what_is_over_says_how_long_it_lasted(seconds: int, words: str) -> None:
    assert f"It lasted {words}." in says(story("job", figures={"lasted": seconds}), "cleared")


@pytest.mark.parametrize("kind", ["credential", "channel", "configuration", "disk", "clock", "digest"])
def test_what_is_our_own_business_is_told_nobody(kind: Kind) -> None:
    assert public(story(kind), HUNDRED) is None


@pytest.mark.parametrize(
    "reason", ["bad_credentials", "missing_permission", "no_credential", "payment_required", "quota_exhausted"]
)
def test_nobody_learns_what_is_the_matter_with_a_credential(reason: str) -> None:
    shown = public(story("platform", reason, detail="token of Jane"), HUNDRED)
    assert shown is not None
    assert (shown.reason, shown.detail, title(shown, "opened", NAMES)) == ("", "", "YouTube cannot be counted")


def test_only_accounts_that_may_be_seen_are_named_and_counted() -> None:
    shown = public(story("platform", "unreachable"), {"youtube/a1", "youtube/a2", "youtube/well", "twitter/x"})
    assert shown is not None
    assert (shown.accounts, shown.figures["of"]) == (("youtube/a1", "youtube/a2"), 3)


@pytest.mark.parametrize("kind", ["account", "held", "stuck", "moved", "milestone", "rounded", "renamed", "segment"])
def test_a_story_of_one_who_may_not_be_seen_is_told_nobody(kind: Kind) -> None:
    assert public(story(kind, accounts=()), {"youtube/other"}) is None
    assert public(story(kind, accounts=("youtube/usdoe",)), {"youtube/usdoe"})


def test_a_story_only_of_those_who_may_not_be_seen_is_told_nobody() -> None:
    assert public(story("platform", "unreachable", accounts=("youtube/hidden",)), HUNDRED) is None


@pytest.mark.parametrize("kind", ["held", "together"])
def test_a_count_in_doubt_is_published_nowhere(kind: Kind) -> None:
    told = story(kind, accounts=("youtube/usdoe",), detail="1,200 after 9")
    shown = public(told, {"youtube/usdoe"})
    assert shown is not None
    assert (dict(shown.figures), shown.detail) == ({}, "")
