"""What is told of what is the matter: each beginning and each end once, and reminders once a day."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

import pytest

from headcount.news.story import Deed, Kind, Severity, Story
from headcount.news.words import MOOT
from headcount.vitals.signs import AccountSigns
from headcount.watch.flips import Told, flips
from headcount.watch.look import Found
from headcount.watch.memory import Memory
from headcount.watch.troubles.everything import find
from tests.watch.material import DAY, HOUR, NOON, Diary, account, failing, found, look, many, story

Flips = Callable[[Memory, Found, datetime], Sequence[Told]]
WELL = frozenset({"x/a"})


def lived(
    history: Iterable[Sequence[Story]], step: timedelta = HOUR, tell: Flips = flips
) -> list[tuple[int, Deed, str]]:
    """What is told at each look of a history, at the hours after noon; nobody is unwell."""
    diary, told = Diary(), []
    for number, stories in enumerate(history):
        at = NOON + number * step
        new = diary.tell(tell(diary.memory, Found(stories=tuple(stories), listed=WELL), at), at)
        told += [(number, each.deed, each.key) for each in new]
    return told


DOWN, WORSE = story(), story(severity="urgent")
KEY = DOWN.key


def test_what_begins_and_ends_is_told_once_each() -> None:
    assert lived([[], [DOWN], [DOWN], [DOWN], [], []]) == [(1, "opened", KEY), (4, "cleared", KEY)]


def test_an_incident_that_grows_is_told_once() -> None:
    grown = story(accounts=("x/a", "x/b"))
    assert lived([[DOWN], [grown], [DOWN]]) == [(0, "opened", KEY)]


def test_an_incident_that_becomes_urgent_is_told_again_once() -> None:
    assert lived([[DOWN], [WORSE], [WORSE], [DOWN], [WORSE]]) == [(0, "opened", KEY), (1, "reminded", KEY)]


@pytest.mark.parametrize(("severity", "days"), [("notice", []), ("warning", [24, 48, 72]), ("urgent", [24, 48, 72])])
def test_what_lasts_is_told_once_a_day_if_it_is_more_than_a_notice(severity: str, days: list[int]) -> None:
    lasting = story(severity=severity)  # type: ignore[arg-type] # the table's
    assert lived([[lasting]] * 80) == [(0, "opened", KEY), *((hour, "reminded", KEY) for hour in days)]


def test_a_run_that_begins_a_little_earlier_than_the_day_before_reminds_all_the_same() -> None:
    almost = DAY - timedelta(minutes=5)
    assert lived([[DOWN]] * 3, almost) == [(0, "opened", KEY), (1, "reminded", KEY), (2, "reminded", KEY)]


def credential(days: int, step: int) -> Story:
    return story(
        "credential", "x.token", severity="urgent" if step <= 3 else "warning", figures={"days": days, "step": step}
    )


def test_a_credential_is_told_of_at_each_step_and_not_daily() -> None:
    steps = [14] * 7 + [7] * 4 + [3, 3, 1, 1, -1, -1, -1]
    told = lived([[credential(0, step)] for step in steps] + [[]], DAY)
    assert [(day, deed) for day, deed, _ in told] == [
        (0, "opened"), (7, "reminded"), (11, "reminded"), (13, "reminded"), (15, "reminded"), (18, "cleared")]  # fmt: skip


def test_the_end_says_how_long_it_lasted_and_since_when() -> None:
    diary = Diary()
    diary.tell(flips(diary.memory, Found(stories=(DOWN,), listed=WELL), NOON), NOON)
    ((deed, over),) = flips(diary.memory, Found(listed=WELL), NOON + 3 * HOUR)
    assert (deed, over.since, over.figures["lasted"]) == ("cleared", NOON, 10_800)


def test_what_only_follows_from_something_else_neither_begins_nor_ends() -> None:
    diary = Diary()
    explained = Found(explained=frozenset({KEY}), listed=WELL)
    assert flips(diary.memory, explained, NOON) == []
    diary.tell([("opened", DOWN)], NOON)
    assert flips(diary.memory, explained, NOON + HOUR) == []


def test_a_look_without_a_roster_ends_nothing_of_accounts_and_ends_the_rest() -> None:
    diary = Diary()
    diary.tell([("opened", DOWN), ("opened", story("disk", "state"))], NOON)
    assert [each.kind for _, each in flips(diary.memory, Found(), NOON + HOUR)] == ["disk"]


@pytest.mark.parametrize(
    ("there", "moot"), [({"job": frozenset({"hourly"})}, 0), ({"job": frozenset({"daily"})}, 1), ({}, 0)]
)
def test_a_job_that_is_no_longer_there_is_not_said_to_run_again(there: dict[Kind, frozenset[str]], moot: int) -> None:
    diary = Diary()
    diary.tell([("opened", story("job", "hourly"))], NOON)
    ((_, over),) = flips(diary.memory, Found(listed=WELL, there=there), NOON + HOUR)
    assert over.figures.get(MOOT, 0) == moot


def after(before: Iterable[AccountSigns], now: Iterable[AccountSigns]) -> list[tuple[Deed, str, bool]]:
    """What the second look tells: the deed, the key, and whether it came to no good end."""
    diary = Diary()
    diary.tell(flips(diary.memory, found(before), NOON), NOON)
    lasting = tuple(each.story for each in diary.memory.open)
    told = flips(diary.memory, found(now, open=lasting, at=NOON + HOUR), NOON + HOUR)
    return sorted((deed, each.key, bool(each.figures.get(MOOT))) for deed, each in told)


GONE = failing("x/a", "not_found")
REST = many("x", 9, first=100)
OWN = "account/x/a/not_found"


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ([account("x/a"), *REST], [("cleared", OWN, False)]),
        ([account("x/a", "degraded"), *REST], [("cleared", OWN, False)]),
        ([failing("x/a", "unreachable", again=False), *REST], []),
        ([account("x/a", "stale"), *REST], [("cleared", OWN, True), ("opened", "stale/x", False)]),
        ([failing("x/a", "suspended"), *REST],
         [("cleared", OWN, True), ("opened", "account/x/a/suspended", False)]),
        ([account("x/a", "held"), *REST], [("cleared", OWN, True), ("opened", "held/x/a", False)]),
        ([account("x/a", "retired"), *REST], [("cleared", OWN, False)]),
        (REST, [("cleared", OWN, True)]),
    ],
)  # fmt: skip
def test_an_account_is_well_when_it_is_counted_and_not_before(
    now: list[AccountSigns], told: list[tuple[Deed, str, bool]]
) -> None:
    assert after([GONE, *REST], now) == told


DEAD = [*many("x", 100, "unreachable"), *many("y", 3)]


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ([*many("x", 100), *many("y", 3)], [("cleared", "platform/x/unreachable", False)]),
        ([*many("x", 99), *many("x", 1, "unreachable", first=99), *many("y", 3)], []),
        ([*many("x", 99), failing("x/a99", "blocked", again=False), *many("y", 3)], []),
        ([*many("x", 99), failing("x/a99", "not_found"), *many("y", 3)],
         [("cleared", "platform/x/unreachable", False), ("opened", "account/x/a99/not_found", False)]),
        ([*many("x", 100, "blocked"), *many("y", 3)],
         [("cleared", "platform/x/unreachable", True), ("opened", "platform/x/blocked", False)]),
    ],
)  # fmt: skip
def test_a_platform_is_well_when_all_of_it_is_counted(
    now: list[AccountSigns], told: list[tuple[Deed, str, bool]]
) -> None:
    assert after(DEAD, now) == told


def test_what_happens_is_noted() -> None:
    milestone = story("milestone", "x/a", "1000000")
    told = flips(Memory(), Found(happened=(milestone, milestone), listed=WELL), NOON)
    assert told == [("noted", milestone)]


def messages_a_day(told: Iterable[tuple[int, Deed, str]], hours: int = 24) -> int:
    """The most messages within any day."""
    moments = [hour for hour, _, _ in told]
    return max(sum(first <= hour < first + hours for hour in moments) for first in moments)


def comes_and_goes(bad: int, well: int, severity: Severity, days: int = 10) -> list[list[Story]]:
    """A story that holds for `bad` hours and is away for `well`, again and again; its beginning is known."""
    history: list[list[Story]] = []
    while len(history) < 24 * days:
        since = NOON + len(history) * HOUR
        history += [[story(since=since, severity=severity)]] * bad + [[]] * well
    return history


FLAPS = [(bad, well) for bad in (1, 2, 3, 5) for well in (1, 2, 3, 5, 10)]
MOST: list[tuple[Severity, int]] = [("notice", 4), ("warning", 4), ("urgent", 6)]


@pytest.mark.parametrize(("severity", "most"), MOST)
@pytest.mark.parametrize(("bad", "well"), FLAPS)
def test_what_comes_and_goes_is_told_so_often_a_day_at_most(bad: int, well: int, severity: Severity, most: int) -> None:
    assert messages_a_day(lived(comes_and_goes(bad, well, severity))) <= most


@pytest.mark.parametrize(("severity", "most"), MOST)
def test_what_comes_and_goes_at_random_is_told_so_often_a_day_at_most(severity: Severity, most: int) -> None:
    dice = random.Random(5)
    for _ in range(50):
        history: list[list[Story]] = []
        while len(history) < 240:
            since = NOON + len(history) * HOUR
            history += [[story(since=since, severity=severity)]] * dice.randint(1, 5) + [[]] * dice.randint(1, 9)
        assert messages_a_day(lived(history)) <= most


@pytest.mark.parametrize(("severity", "rounds"), [("warning", 2), ("urgent", 3)])
def test_each_outage_of_a_day_is_told_at_once_while_they_are_few(severity: Severity, rounds: int) -> None:
    history = comes_and_goes(2, 3, severity, days=1)
    told = [(hour, deed) for hour, deed, _ in lived(history)]
    assert told == [
        (5 * number + hour, deed) for number in range(rounds) for hour, deed in ((0, "opened"), (2, "cleared"))
    ]  # fmt: skip


def forgetful(memory: Memory, seen: Found, at: datetime) -> Sequence[Told]:
    """One that does not remember what it told before today's first word."""
    return flips(Memory(open=memory.open), seen, at)


def test_one_that_forgets_what_it_told_is_caught() -> None:
    assert messages_a_day(lived(comes_and_goes(2, 2, "urgent"), tell=forgetful)) > 6


def test_what_came_back_to_stay_is_told_within_six_hours() -> None:
    history = [[DOWN], [], [DOWN], [], *([[story(since=NOON + 4 * HOUR)]] * 20)]
    assert lived(history)[3:5] == [(3, "cleared", KEY), (10, "opened", KEY)]


def test_what_was_told_of_so_often_stays_open_until_the_day_is_over() -> None:
    history = [[DOWN], [], [DOWN], [], *([[story(since=NOON + 4 * HOUR)]] * 8), *([[]] * 20)]
    assert lived(history)[4:] == [(10, "opened", KEY), (25, "cleared", KEY)]


def test_an_incident_two_days_later_is_told_at_once() -> None:
    history = [[DOWN], *([[]] * 48), [story(since=NOON + 49 * HOUR)], []]
    assert [(hour, deed) for hour, deed, _ in lived(history)] == [
        (0, "opened"), (1, "cleared"), (49, "opened"), (50, "cleared")]  # fmt: skip


class Fleet:
    """Accounts of a platform, each of which fails now and then for one slot, as its own dice say."""

    def __init__(self, number: int, chance: float, seed: int) -> None:
        self.dice, self.chance = random.Random(seed), chance
        self.since: dict[str, datetime | None] = {f"x/a{each}": None for each in range(number)}

    def signs(self, at: datetime) -> list[AccountSigns]:
        return [self._sign(key, at) for key in self.since]

    def _sign(self, key: str, at: datetime) -> AccountSigns:
        if self.dice.random() >= self.chance:
            self.since[key] = None
            return account(key, counted_at=at)
        before = self.since[key]
        self.since[key] = before or at
        return failing(key, "unreachable", before or at, again=before is not None, counted_at=at - HOUR)


def test_accounts_that_fail_at_random_now_and_then_raise_fewer_than_one_false_alarm_a_year_each() -> None:
    fleet, diary, hours, number = Fleet(20, 0.01, seed=7), Diary(), 24 * 60, 20
    for hour in range(hours):
        at = NOON + hour * HOUR
        lasting = diary.memory.open
        seen = find(look(fleet.signs(at), at=at, open=tuple(each.story for each in lasting)))
        diary.tell(flips(Memory(lasting, tuple(diary.events[-50:])), seen, at), at)
    opened = [each for each in diary.events if each.deed == "opened"]
    assert len(opened) / (number * hours / (365 * 24)) <= 1


def test_a_platform_that_fails_for_one_slot_is_not_told_of() -> None:
    burst = [*many("x", 100, "unreachable", again=False), *many("y", 3)]
    assert flips(Memory(), found(burst), NOON) == []


def test_a_hundred_accounts_down_by_one_cause_are_one_message_and_one_all_clear() -> None:
    diary = Diary()
    for hour, seen in enumerate([DEAD, DEAD, DEAD, [*many("x", 100), *many("y", 3)]]):
        at = NOON + hour * HOUR
        lasting = diary.memory.open
        diary.tell(flips(diary.memory, found(seen, at=at, open=tuple(each.story for each in lasting)), at), at)
    assert [(each.deed, len(each.story.accounts)) for each in diary.events] == [("opened", 100), ("cleared", 100)]
