"""What is wrong right now, be it certain or not; and what of it nobody was told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

import pytest
from msgspec import structs

from headcount.model import KNOWN_ABSENCES, Reason
from headcount.news.story import Story
from headcount.vitals.signs import JobSigns, SourceSigns, TargetSigns
from headcount.watch.hasty import hasty, untold, wrong
from headcount.watch.look import Look
from headcount.watch.troubles.everything import find
from headcount.watch.troubles.platforms import FINAL
from tests.watch.material import DAY, NOON, account, failing, look, many, story

OUT = [*many("x", 9, "unreachable", again=False), *many("youtube", 9, "too_slow", again=False)]
SOURCE = SourceSigns(platform="x", source="api", health="failing", since=NOON, reason="blocked")
INSTEAD = [account(f"x/a{number}", "degraded", "fallback", source="page") for number in range(3)]
TARGET = TargetSigns(target="web", health="failing", since=NOON, fault="full")
NEW = JobSigns(job="weekly", health="never", since=None, due=NOON + DAY)
LATE = JobSigns(job="hourly", health="stale", since=NOON - DAY, due=NOON)


def keys(stories: Iterable[Story]) -> list[str]:
    return sorted(each.key for each in stories)


@pytest.mark.parametrize(
    ("seen", "now"),
    [
        (look(many("x", 3)), []),
        (look(OUT), ["network"]),
        (look([*many("x", 9), failing("x/p", "private", again=False)]), ["account/x/p/private"]),
        (look([*many("x", 9), failing("x/p", "not_found", again=False, source="page")]), ["account/x/p/not_found"]),
        (look(many("x", 3, "blocked", again=False), sources=[SOURCE]), ["platform/x/blocked"]),
        (look(INSTEAD, sources=[SOURCE]), ["source/x.api/blocked"]),
        (look(many("x", 3), targets=[TARGET]), ["target/web"]),
        (look(OUT, targets=[TARGET]), ["network"]),
        (look(vitals=None, besides=(story("configuration", "roster.csv"),)), ["configuration/roster.csv"]),
    ],
)
def test_what_may_pass_by_itself_is_wrong_all_the_same_and_what_follows_from_it_is_not_said(
    seen: Look, now: list[str]
) -> None:
    assert keys(wrong(seen)) == keys(untold(seen)) == now
    assert keys(find(seen).stories) == [key for key in now if key.startswith("configuration")]


def test_a_job_that_never_ran_is_seen_by_whoever_asks_and_explains_what_is_old() -> None:
    seen = look([account("x/s", "stale")], jobs=[NEW])
    assert keys(wrong(seen)) == ["job/weekly"]
    assert keys(untold(seen)) == ["stale/x"]


def test_what_was_told_is_not_untold_nor_is_what_follows_from_it() -> None:
    (network,) = find(hasty(look(OUT))).stories
    assert untold(look(OUT, open=(network,))) == ()
    assert keys(wrong(look(OUT, open=(network,)))) == ["network"]
    alone = [*many("x", 9), *many("youtube", 9, "unreachable", again=False)]
    assert keys(untold(look(alone))) == ["platform/youtube/unreachable"]
    assert untold(look(alone, open=(network,))) == ()
    press = story("press", "press")
    stale = structs.replace(TARGET, health="stale")
    assert untold(look(many("x", 3), targets=[stale], open=(press,))) == ()
    assert keys(untold(look(many("x", 3), targets=[stale]))) == ["target/web"]


def test_an_incident_of_a_job_explains_what_nobody_was_told() -> None:
    assert untold(look([account("x/s", "stale")], jobs=[LATE], open=(story("job", "hourly"),))) == ()


@pytest.mark.parametrize("reason", sorted(set(get_args(Reason)) - KNOWN_ABSENCES))
def test_a_reason_that_does_not_pass_by_itself_is_told_at_once_and_any_other_is_shown_until_it_is(reason: str) -> None:
    seen = look([*many("x", 9), failing("x/a", reason, again=False)])
    told = find(seen).stories
    assert bool(told) == (reason in FINAL)
    assert keys(wrong(seen)) == keys(find(hasty(seen)).stories)
    assert len(wrong(seen)) == 1
    assert keys(untold(structs.replace(seen, open=told))) == ([] if told else keys(wrong(seen)))
