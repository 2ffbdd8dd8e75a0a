"""How sources, platforms, jobs and targets are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from headcount.model import Count, Tally
from headcount.store.noticing import Attended
from headcount.store.sql import SqlStore
from headcount.vitals.jobs import next_edition
from headcount.vitals.take import take
from tests.stores.material import HOUR, MINUTE, NOON
from tests.vitals.life import (
    AT,
    DAY,
    SLOTS,
    Said,
    account,
    answered,
    attend,
    delivered,
    expecting,
    job,
    look,
    refused,
    say,
    source,
    target,
)

NINE = Count(9)


@pytest.mark.parametrize(
    ("why", "turns", "expected"),
    [
        ("it counts", [answered("api", 3)], ("ok", 0, False)),
        ("it says of everyone that there is none", [Attended("twitter", "api", 0, 3, 0)], ("ok", 0, False)),
        ("it refuses some, and counts others", [refused("api", "blocked", counted=2)], ("ok", 0, False)),
        ("it refuses everyone", [answered("api", 3), refused("api")], ("failing", 0, False)),
        ("it refuses again", [answered("api", 3), refused("api"), refused("api")], ("failing", 1, True)),
        ("it counts again", [refused("api"), refused("api"), answered("api", 3)], ("ok", 0, False)),
    ],
)
def test_a_source_is_as_it_answered_last(
    store: SqlStore, why: str, turns: list[Attended], expected: tuple[str, int, bool]
) -> None:
    for hours in range(len(turns) - 1, -1, -1):
        attend(store, hours, turns[-1 - hours])
    found = source(store, "api")
    health, hours, again = expected
    assert found, why
    assert (found.health, found.since, found.again) == (health, NOON - hours * HOUR, again), why


def test_a_run_that_is_tried_once_more_and_the_run_of_another_job_are_no_second_slot(store: SqlStore) -> None:
    for job_, hours in (("hourly", 0.9), ("hourly", 0.2), ("daily", 0.1)):
        attend(store, hours, refused("api", "blocked"), job=job_)
    found = source(store, "api")
    assert found
    assert (found.health, found.again) == ("failing", False)
    attend(store, -0.3, refused("api", "blocked"))
    again = source(store, "api")
    assert again
    assert again.again


def test_a_source_that_fails_says_why(store: SqlStore) -> None:
    attend(store, 0, refused("api"))
    found = source(store, "api")
    assert found
    assert (found.reason, found.detail) == ("bad_credentials", "HTTP 401")


def test_a_source_that_the_newest_run_had_no_need_of_is_not_judged(store: SqlStore) -> None:
    attend(store, 1, refused("api"), refused("page", "blocked"))
    attend(store, 0, answered("api", 3))
    assert source(store, "page") is None


def test_another_job_that_has_no_need_of_a_source_does_not_hide_it(store: SqlStore) -> None:
    attend(store, 1, answered("api", 3), refused("page", "blocked"), job="daily")
    attend(store, 0, answered("api", 3))
    found = source(store, "page")
    assert found
    assert found.health == "failing"


def test_what_was_more_than_a_week_ago_is_not_looked_at(store: SqlStore) -> None:
    attend(store, 9 * 24, refused("api"))
    assert source(store, "api") is None


Sayings = dict[str, list[tuple[int, Said]]]


@pytest.mark.parametrize(
    ("why", "said", "expected"),
    [
        ("nobody was ever asked", {}, "never"),
        ("everyone is counted", {"twitter/a": [(0, NINE)], "twitter/b": [(0, NINE)]}, "ok"),
        ("some fail", {"twitter/a": [(0, NINE)], "twitter/b": [(0, "not_found")]}, "ok"),
        ("everyone fails", {"twitter/a": [(0, "blocked")], "twitter/b": [(0, "not_found")]}, "failing"),
        ("some fail, and nobody is counted", {"twitter/a": [(0, "blocked")]}, "failing"),
        ("some fail, and the others are not asked", {"twitter/a": [(0, "blocked")], "twitter/b": [(5, NINE)]}, "failing"),
        ("some fail, and the others are in doubt", {"twitter/a": [(0, "blocked")], "twitter/b": [(0, "held")]}, "failing"),
        ("all are in doubt", {"twitter/a": [(0, "held")], "twitter/b": [(0, "held")]}, "stale"),
        ("some are in doubt", {"twitter/a": [(0, "held")], "twitter/b": [(0, NINE)]}, "ok"),
        ("some are not asked", {"twitter/a": [(0, NINE)], "twitter/b": [(5, NINE)]}, "stale"),
        ("some fail, and the others have none to give", {"twitter/a": [(0, "blocked")], "twitter/b": [(0, "hidden")]}, "failing"),
        ("nobody has one to give", {"twitter/a": [(0, "hidden")], "twitter/b": [(0, "retired")]}, "ok"),
    ],
)  # fmt: skip
def test_a_platform_is_as_its_accounts_are(store: SqlStore, why: str, said: Sayings, expected: str) -> None:
    for key, sayings in said.items():
        for hours, what in sayings:
            say(store, hours, what, key=key)
    (found,) = look(store, account("twitter/a"), account("twitter/b")).platforms
    assert found.health == expected, why
    assert sum(found.accounts.values()) == 2


def test_a_platform_says_when_anyone_on_it_was_counted_last(store: SqlStore) -> None:
    say(store, 3, NINE, key="twitter/a")
    say(store, 1, NINE, key="twitter/b")
    (found,) = look(store, account("twitter/a"), account("twitter/b")).platforms
    assert found.since == NOON - HOUR + MINUTE


def run(store: SqlStore, begun: datetime, *, whole: bool = True) -> None:
    kept = store.begin("hourly", SLOTS["hourly"].slot(begun), begun)
    if whole:
        store.finish(kept.id, begun + MINUTE, Tally())


@pytest.mark.parametrize(
    ("why", "whole", "broken", "health", "due"),
    [
        ("it never ran", [], [], "never", 1),
        ("it ran this hour", [0], [], "ok", 2),
        ("it ran the hour before", [1], [], "ok", 1),
        ("it missed an hour", [2], [], "ok", 0),
        ("it missed two hours", [3], [], "stale", -1),
        ("it missed a week", [7 * 24], [], "stale", 1 - 7 * 24 + 1),
        ("it is under way", [1], [0], "ok", 1),
        ("it is under way for the first time", [], [0], "ok", 1),
        ("its last did not end", [2], [1], "failing", 0),
        ("none of its runs ended", [], [3, 2, 1], "failing", 1),
        ("it was mended", [0], [2, 1], "ok", 2),
    ],
)
def test_a_job_is_as_its_runs_are(
    store: SqlStore, *, why: str, whole: list[int], broken: list[int], health: str, due: int
) -> None:
    for hours in sorted({*whole, *broken}, reverse=True):
        run(store, NOON - hours * HOUR + MINUTE, whole=hours in whole)
    found = job(store, "hourly")
    assert (found.health, found.due) == (health, NOON + due * HOUR), why
    assert found.since == (NOON - min(whole) * HOUR + 2 * MINUTE if whole else None)


def test_a_day_on_which_the_clocks_change_is_longer_for_a_job(store: SqlStore) -> None:
    midnight = datetime(2026, 10, 31, 4, tzinfo=UTC)
    kept = store.begin("daily", midnight, midnight + MINUTE)
    store.finish(kept.id, midnight + 2 * MINUTE, Tally())
    found = job(store, "daily", at=midnight + 2 * DAY + 30 * MINUTE)
    assert (found.health, found.due) == ("ok", midnight + 2 * DAY + HOUR)


@pytest.mark.parametrize(
    ("why", "deliveries", "expected"),
    [
        ("nothing was delivered", [], ("never", None, False)),
        ("just now", [(0, "")], ("ok", 0, False)),
        ("the hour before", [(1, "")], ("ok", 1, False)),
        ("three hours ago", [(3, "")], ("stale", 3, True)),
        ("a month ago", [(700, "")], ("stale", 700, True)),
        ("it failed", [(1, ""), (0, "no room")], ("failing", 0, False)),
        ("it failed again", [(3, ""), (2, "no room"), (1, "no room"), (0, "no right")], ("failing", 2, True)),
        ("it was mended", [(2, "no room"), (0, "")], ("ok", 0, False)),
    ],
)
def test_a_target_is_as_its_deliveries_were(
    store: SqlStore, why: str, deliveries: list[tuple[float, str]], expected: tuple[str, float | None, bool]
) -> None:
    delivered(store, "web", *deliveries)
    delivered(store, "another", (0, "gone"))
    found, (health, hours, again) = target(store, "web"), expected
    since = None if hours is None else NOON - timedelta(hours=hours)
    assert (found.health, found.since, found.again) == (health, since, again), why
    good = [ago for ago, fault in deliveries if not fault]
    assert found.delivered_at == (NOON - timedelta(hours=min(good)) if good else None)
    assert found.fault == (deliveries[-1][1] if deliveries else "")


@pytest.mark.parametrize(
    ("jobs", "expected"),
    [
        (("hourly",), NOON + 2 * HOUR),
        (("daily",), datetime(2026, 11, 22, 5, tzinfo=UTC)),
        (("hourly", "daily"), NOON + 2 * HOUR),
        ((), None),
    ],
)
def test_the_next_edition_is_there_when_the_slot_after_this_one_ends(
    jobs: tuple[str, ...], expected: datetime | None
) -> None:
    assert next_edition([SLOTS[name] for name in jobs], AT) == expected


def test_the_vitals_are_of_one_moment_and_need_nothing_but_a_reader(store: SqlStore) -> None:
    say(store, 0, NINE)
    with store.moment() as moment:
        before = take(moment, expecting(account()), AT)
        say(store, 0, "blocked", key="twitter/other")
        assert take(moment, expecting(account()), AT) == before
    assert look(store).accounts == before.accounts
