"""The third stage of a run, on a real store: every incident reaches people, and none more than twice, whatever is killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from headcount.model import Verdict
from headcount.news.story import Story
from headcount.pipeline.watching.watch import Noticed, watch
from headcount.watch.letter import Letter, Receipt
from tests.watch.station import Station

ROOT = Path(__file__).parent.parent.parent
DEAD = Receipt(sent=False, detail="it answered 500")
LOST = Receipt(sent=False, detail="it was not answered in time", doubtful=True)
DOWN = "urgent: YouTube does not accept our credentials"
CLEAR = "all clear: YouTube is counted again"


def test_where_all_is_well_nothing_is_said(station: Station) -> None:
    for _ in range(3):
        station.count()
        assert station.watch().told == ()
    assert station.letters == []


def test_a_hundred_accounts_down_by_one_cause_are_one_message_and_one_all_clear(station: Station) -> None:
    station.roster(youtube=100, bluesky=2)
    station.count(youtube=100, bluesky=2)
    for _ in range(3):
        station.count({"youtube": "bad_credentials"}, youtube=100, bluesky=2)
        station.watch()
    assert [(each["channel"], title) for each, title in zip(station.letters, station.titles, strict=True)] == [
        ("1", DOWN),
        ("pager", DOWN),
    ]
    assert "100 of 100 accounts of YouTube" in station.letters[0]["text"]
    for _ in range(2):
        station.count(youtube=100, bluesky=2)
        station.watch()
    assert station.titles[2:] == [CLEAR, CLEAR]


def test_what_may_pass_by_itself_is_told_at_the_second_slot(station: Station) -> None:
    station.count()
    station.count({"youtube": "unreachable"})
    assert station.watch().told == ()
    station.count({"youtube": "unreachable"})
    assert [each.key for each in station.watch().told] == ["platform/youtube/unreachable"]


def test_where_nobody_answers_that_is_the_network(station: Station) -> None:
    station.count()
    for _ in range(3):
        station.count({"youtube": "unreachable", "bluesky": "too_slow"})
        station.watch()
    assert set(station.titles) == {"urgent: No platform can be reached"}


def test_a_second_look_in_the_same_hour_tells_nothing_more(station: Station) -> None:
    station.count({"youtube": "bad_credentials"})
    station.watch()
    station.clock.move(60)
    assert station.watch().told == ()
    assert len(station.letters) == 2


def test_accounts_that_were_not_asked_are_not_said_to_be_well(station: Station) -> None:
    station.count({"youtube": "bad_credentials"})
    station.watch()
    station.count(bluesky=2)
    assert station.watch().told == ()


def test_a_wrong_roster_is_told_and_ends_nothing_else(station: Station) -> None:
    station.count({"youtube": "bad_credentials"})
    station.watch()
    good = (station.folder / "roster.csv").read_text()
    (station.folder / "roster.csv").write_text("unit,unit_id,platform,account\nUnit,1,nowhere,a\n")
    station.clock.move(60)
    assert [each.key for each in station.watch().told] == ["configuration/roster.csv"]
    (station.folder / "roster.csv").write_text(good)
    station.clock.move(60)
    assert [(each.deed, each.key) for each in station.watch().told] == [("cleared", "configuration/roster.csv")]


def test_what_the_store_cannot_know_is_told(station: Station) -> None:
    station.count()
    assert [each.key for each in station.watch({}, Story("target", "urgent", "press")).told] == ["target/press"]


def test_a_milestone_is_told_once(station: Station) -> None:
    station.roster(bluesky=1)
    keys: list[str] = []
    for followers in (980, 1004, 996, 1010):
        station.count(bluesky=1, followers=followers)
        keys += [each.key for each in station.watch().told]
        station.clock.move(2 * 86_400)
    assert keys == ["milestone/bluesky/a0.bsky.social/1000"]
    assert station.titles == ["notice: a0.bsky.social on Bluesky has passed 1,000 followers"]


def test_an_account_with_another_handle_is_told_once(station: Station) -> None:
    station.roster(bluesky=1)
    keys: list[str] = []
    for name in ("a0.bsky.social", "b0.bsky.social", "b0.bsky.social"):
        station.count(bluesky=1, answered=name)
        keys += [each.key for each in station.watch().told]
    assert keys == ["renamed/bluesky/a0.bsky.social/b0.bsky.social"]


def test_what_the_rules_say_of_a_count_is_noted_and_not_sent(station: Station) -> None:
    station.count(verdict=Verdict("accept", "moved", "+400 in a day"))
    assert {each.story.kind for each in station.watch().told} == {"moved"}
    assert station.letters == []


def test_held_counts_of_a_platform_are_told_together_and_one_alone(station: Station) -> None:
    station.count()
    station.count(verdict=Verdict("hold", "leap", "9 after 1,000"))
    assert [each.key for each in station.watch().told] == [
        "held/bluesky/a0.bsky.social/leap",
        "held/bluesky/a1.bsky.social/leap",
        "together/youtube",
    ]


@pytest.mark.parametrize(("fate", "most"), [(DEAD, 1), (LOST, 2)])
def test_where_the_first_channel_is_dead_the_second_tells_it(station: Station, fate: Receipt, most: int) -> None:
    station.roster(youtube=2, bluesky=2)
    for _ in range(4):
        station.count({"youtube": "bad_credentials"}, youtube=2, bluesky=2)
        watched = station.watch({"1": fate})
    told = [each for each in station.letters if "credentials" in each["title"]]
    assert (told[-1]["channel"], len(told)) == ("pager", most)
    assert [each.key for each in station.store.open_events()] == (
        ["channel/1", "platform/youtube/bad_credentials"] if fate is DEAD else ["platform/youtube/bad_credentials"]
    )
    assert watched.undelivered == (("1: it answered 500",) if fate is DEAD else ())


def test_a_process_that_ends_while_letters_are_carried_loses_nothing(station: Station) -> None:
    def broken(letters: Sequence[Letter], seconds: float) -> tuple[Receipt, ...]:
        raise SystemExit(1)

    station.count({"youtube": "bad_credentials"})
    with pytest.raises(SystemExit):
        watch(station.premises, broken)
    station.clock.move(60)
    station.watch()
    assert station.titles == [DOWN, DOWN]


def test_no_round_of_letters_takes_longer_than_the_time_that_is_left(station: Station) -> None:
    station.count({"youtube": "bad_credentials"})
    station.watch()
    assert 0 < station.box.seconds <= 10


def doomed(station: Station, place: str) -> subprocess.Popen[bytes]:
    """Another process that watches at the same hour, and is killed at that place."""
    at = station.clock.now().isoformat()
    station.clock.move(60)
    return subprocess.Popen([sys.executable, "-m", "tests.watch.doomed", str(station.folder), place, at], cwd=ROOT)


@pytest.mark.parametrize(("place", "times"), [("told", 1), ("before", 1), ("after", 2)])
def test_a_process_that_is_killed_on_the_way_loses_nothing_and_nothing_is_told_thrice(
    station: Station, place: str, times: int
) -> None:
    station.count({"youtube": "bad_credentials"})
    assert doomed(station, place).wait() == -signal.SIGKILL
    for _ in range(4):
        station.watch()
        station.clock.move(60)
    assert station.titles == [DOWN, DOWN] * times


@pytest.mark.long
def test_killed_again_and_again_it_is_told_twice_at_most(station: Station) -> None:
    station.count({"youtube": "bad_credentials"})
    for _ in range(3):
        doomed(station, "after").wait()
    station.watch()
    assert [title for title in station.titles if title == DOWN] == [DOWN, DOWN] * 2


def test_of_two_processes_at_once_one_tells_it(station: Station) -> None:
    station.count({"youtube": "bad_credentials"})
    first = doomed(station, "slow")
    deadline = time.monotonic() + 60
    while not (station.folder / "under way").exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert station.watch() == Noticed()
    (station.folder / "go on").touch()
    assert first.wait() == 0
    station.watch()
    assert station.titles == [DOWN, DOWN]
