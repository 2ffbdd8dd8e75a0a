"""How accounts are, since when, why, and whether for the second time in a row."""

from __future__ import annotations

from datetime import datetime

import pytest
from msgspec import Struct

from headcount.model import Account, Count
from headcount.store.nouns import Entered
from headcount.store.sql import SqlStore
from headcount.vitals.signs import Expected
from tests.stores.material import HOUR, MINUTE, NOON, fill, keep, reading
from tests.vitals.life import AT, DAY, LAB, SLOTS, Said, account, answered, attend, look, refused, say, signs

MANY = Count(1_234_567)
ROUNDED = Count(1_200_000, 100_000, "rounded")


def ago(hours: float) -> datetime:
    """When something was said in an hour's slot."""
    return NOON - hours * HOUR + MINUTE


class Life(Struct, frozen=True):
    """What happened to an account, and how it is."""

    why: str
    said: tuple[tuple[float, Said], ...]
    """Hours ago."""
    health: str
    since: datetime | None
    reason: str = ""
    again: bool = False
    expected: Expected = account()


LIVES = [
    Life("counted this hour", ((1, Count(9)), (0, Count(10))), "ok", ago(0)),
    Life("counted the hour before", ((1, Count(9)),), "ok", ago(1)),
    Life("not counted for two hours", ((3, Count(9)),), "stale", ago(3), again=True),
    Life("never asked", (), "never counted", None),
    Life("refused by a person, and nothing before", ((0, "refused"),), "never counted", None),
    Life("refused by a person, and a count before", ((1, Count(9)), (0, "refused")), "ok", ago(1)),
    Life("missed once", ((1, Count(9)), (0, "blocked")), "failing", ago(0), "blocked"),
    Life("missed twice in an hour", ((1, Count(9)), (0, "blocked"), (-0.4, "blocked")), "failing", ago(0), "blocked"),
    Life("missed in two hours", ((2, Count(9)), (1, "blocked"), (0, "blocked")), "failing", ago(1), "blocked", True),
    Life("missed for another reason now", ((2, Count(9)), (1, "blocked"), (0, "not_found")), "failing", ago(1), "not_found", True),
    Life("missed all day", tuple((hours, "blocked") for hours in range(24, -1, -1)), "failing", ago(24), "blocked", True),
    Life("in doubt", ((1, Count(9)), (0, "held")), "held", ago(0)),
    Life("in doubt for hours", ((3, Count(9)), (2, "held"), (1, "held"), (0, "held")), "held", ago(2), "", True),
    Life("hidden", ((1, Count(9)), (0, "hidden")), "absent", ago(0), "hidden"),
    Life("without a credential", ((0, "no_credential"),), "absent", ago(0), "no_credential"),
    Life("not supported", ((0, "unsupported"),), "absent", ago(0), "unsupported"),
    Life("on a platform that has closed", ((1, "retired"), (0, "retired")), "retired", ago(1), "retired", True),
    Life("archived", ((1, Count(9)),), "retired", NOON - DAY, "archived", True, account(archived=NOON - DAY, period=None)),
    Life("counted by no job", ((1, Count(9)),), "absent", None, "not_counted", True, account(period=None, job="")),
    Life("counted once a day", ((30, Count(9)),), "ok", ago(30), "", False, account(period=DAY, job="daily")),
    Life("counted once a day, and not for two", ((49, Count(9)),), "stale", ago(49), "", True, account(period=DAY, job="daily")),
]  # fmt: skip


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.why)
def test_an_account_is_as_its_newest_fills_say(store: SqlStore, life: Life) -> None:
    for hours, said in life.said:
        say(store, hours, said)
    found = signs(store, life.expected)
    assert (found.health, found.since, found.reason, found.again) == (life.health, life.since, life.reason, life.again)


def test_an_account_shows_its_newest_public_count_whatever_became_of_it(store: SqlStore) -> None:
    say(store, 2, Count(1500, 100, "rounded"), source="page")
    say(store, 1, "held")
    say(store, 0, "blocked")
    found = signs(store)
    assert (found.count, found.granularity, found.source, found.counted_at) == (1500, 100, "page", ago(2))
    assert found.stale_after is None, "it is failing, and so cannot become stale"


@pytest.mark.parametrize(("minutes", "health"), [(0, "ok"), (1, "stale")])
def test_an_account_is_stale_after_the_time_that_was_said_and_not_before(
    store: SqlStore, minutes: int, health: str
) -> None:
    say(store, 0, Count(9))
    until = signs(store).stale_after
    assert until == ago(0) + 1.9 * HOUR
    assert signs(store, at=until + minutes * MINUTE).health == health


class Course(Struct, frozen=True):
    """The counts of an account, and whether the last lacks anything."""

    why: str
    counts: tuple[tuple[float, Count, str], ...]
    """Hours ago, and the source."""
    reason: str


COURSES = [
    Course("an exact count", ((24, MANY, "api"), (0, MANY, "api")), ""),
    Course("rounded by nature", ((24, ROUNDED, "page"), (0, ROUNDED, "page")), ""),
    Course("rounded from the first count on", ((0, ROUNDED, "page"),), ""),
    Course("too large to be shown in full", ((24, Count(9_950), "page"), (0, Count(10_100, 100, "rounded"), "page")), ""),
    Course("exact yesterday", ((24, MANY, "page"), (0, ROUNDED, "page")), "rounded"),
    Course("exact a month ago", ((31 * 24, MANY, "page"), (0, ROUNDED, "page")), "rounded"),
    Course("exact yesterday by another source", ((24, Count(999_000), "api"), (0, ROUNDED, "page")), "rounded"),
    Course("finer than before", ((24, ROUNDED, "page"), (0, MANY, "page")), ""),
]  # fmt: skip


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.why)
def test_a_rounded_count_lacks_something_where_it_was_finer_before(store: SqlStore, course: Course) -> None:
    for hours, count, by in course.counts:
        say(store, hours, count, by)
    found = signs(store)
    assert (found.health, found.reason) == ("degraded" if course.reason else "ok", course.reason)


def test_the_precision_that_a_count_had_is_forgotten_after_a_month(store: SqlStore) -> None:
    say(store, 40 * 24, MANY)
    say(store, 35 * 24, ROUNDED)
    say(store, 0, ROUNDED)
    assert signs(store).health == "ok"


def test_an_account_whose_best_source_fails_is_degraded(store: SqlStore) -> None:
    say(store, 0, MANY, "simulated-page")
    attend(store, 0, refused("api"), answered("page", 1))
    found = signs(store)
    assert (found.health, found.reason, found.again) == ("degraded", "fallback", False)
    assert found.stale_after == ago(0) + 1.9 * HOUR


def test_an_account_is_degraded_again_where_its_source_fails_again(store: SqlStore) -> None:
    for hours in (1, 0):
        say(store, hours, MANY, "page")
        attend(store, hours, refused("api"), answered("page", 1))
    assert signs(store).again


@pytest.mark.parametrize(
    ("why", "by", "failing"),
    [
        ("it is counted by the best", "api", "page"),
        ("the order of its sources is not known", "import", "api"),
        ("another platform's source fails", "page", "of another"),
    ],
)
def test_an_account_is_not_degraded_where(store: SqlStore, why: str, by: str, failing: str) -> None:
    say(store, 0, MANY, by)
    attend(store, 0, refused("api", platform="youtube") if failing == "of another" else refused(failing))
    assert signs(store).health == "ok", why


def test_what_a_source_said_is_told_of_those_who_fail_for_it(store: SqlStore) -> None:
    say(store, 0, "bad_credentials")
    say(store, 0, "not_found", key="twitter/gone")
    attend(store, 0, refused("api"))
    assert [each.detail for each in look(store, account(), account("twitter/gone")).accounts] == ["", "HTTP 401"]


def test_a_count_that_a_person_entered_counts(store: SqlStore) -> None:
    at = NOON - 10 * MINUTE
    entered = Entered(Account(LAB, "lab"), "followers", 7, at, (("hourly", SLOTS["hourly"].slot(at)),), "jo", AT)
    store.enter([entered])
    found = signs(store)
    assert (found.health, found.count, found.source) == ("ok", 7, "manual")


def test_other_metrics_say_nothing_of_how_an_account_is(store: SqlStore) -> None:
    keep(store, fill(reading(5, key=LAB, metric="likes")))
    assert signs(store).health == "never counted"


def test_everyone_is_there_once_by_key_and_nobody_who_is_not_expected(store: SqlStore) -> None:
    say(store, 0, Count(9), key="twitter/stranger")
    found = look(store, account("youtube/b"), account("twitter/a"), account("twitter/c", public=False))
    assert [(each.key, each.public) for each in found.accounts] == [
        ("twitter/a", True), ("twitter/c", False), ("youtube/b", True),
    ]  # fmt: skip
