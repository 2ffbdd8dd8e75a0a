"""What `status` says is wrong, and what to do about it: a line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from headcount.cli.saying.amiss import amiss
from headcount.model import Count, Tally
from headcount.store.sql import SqlStore
from headcount.vitals.signs import Vitals
from headcount.watch.look import Look
from tests.stores.material import HOUR, MINUTE, NOON
from tests.vitals.life import DAY, answered, attend, delivered, look, refused, say

ZONE = ZoneInfo("America/New_York")
Happen = Callable[[SqlStore], None]


def well(store: SqlStore) -> None:
    """Both jobs have run, and both targets have been written."""
    say(store, 0, Count(9))
    attend(store, 0, answered("api", 1))
    run = store.begin("daily", NOON - DAY, NOON - HOUR)
    store.finish(run.id, NOON - HOUR, Tally())
    delivered(store, "web", (0, ""))
    delivered(store, "bucket", (0, ""))


def lines(vitals: Vitals, expiries: Mapping[str, date] = {}) -> list[str]:
    return amiss(Look(at=vitals.at, today=vitals.at.date(), vitals=vitals, expiries=expiries), ZONE)


def counted_by_the_second_best(store: SqlStore) -> None:
    say(store, 0, Count(9), source="page")
    attend(store, 0, refused("api"), answered("page", 1))


def refused_for_good(store: SqlStore) -> None:
    say(store, 0, "bad_credentials")
    attend(store, 0, refused("api"))


def test_nothing_is_said_where_all_is_well(store: SqlStore) -> None:
    well(store)
    assert lines(look(store)) == []


@pytest.mark.parametrize(
    ("happen", "said", "todo"),
    [
        (lambda store: say(store, 0, "blocked"),
         "X (formerly Twitter) turns us away, since 20 November 2026, 07:01 EST. ", "official source"),
        (refused_for_good,
         "X (formerly Twitter) does not accept our credentials, since 20 November 2026, 07:01 EST (HTTP 401). ", "headcount doctor"),
        (counted_by_the_second_best,
         "X (formerly Twitter): the source api does not accept our credentials, and is done without, since", "headcount doctor"),
        (lambda store: delivered(store, "web", (0, "no room")),
         "Nothing new reaches the target web, since 20 November 2026, 07:00 EST (no room). ", "headcount publish --target web"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_what_to_do(store: SqlStore, happen: Happen, said: str, todo: str) -> None:
    well(store)
    happen(store)
    (line,) = lines(look(store))
    assert line.startswith(said)
    assert todo in line


def test_where_a_job_does_not_run_that_is_said_and_not_that_its_accounts_are_stale(store: SqlStore) -> None:
    well(store)
    delivered(store, "web", (-5, ""))
    delivered(store, "bucket", (-5, ""))
    (line,) = lines(look(store, at=NOON + 5 * HOUR + MINUTE))
    assert line.startswith("The job hourly does not run as it should, since 20 November 2026, 07:0")


def test_what_the_table_says_of_an_account_is_not_said_again(store: SqlStore) -> None:
    well(store)
    say(store, 0, "not_found")
    assert lines(look(store)) == []


def test_where_nobody_can_be_reached_that_is_said_at_once_and_once(store: SqlStore) -> None:
    well(store)
    say(store, -0.2, "unreachable")
    attend(store, 0, refused("api", "unreachable"))
    (line,) = lines(look(store))
    assert line.startswith("No platform can be reached, since 20 November 2026, 07:13 EST. ")


def test_the_gravest_is_said_first(store: SqlStore) -> None:
    well(store)
    say(store, 0, "blocked")
    delivered(store, "web", (0, "no room"))
    assert [line.split(",")[0] for line in lines(look(store))] == [
        "Nothing new reaches the target web",
        "X (formerly Twitter) turns us away",
    ]


def test_a_job_that_never_ran_says_so(store: SqlStore) -> None:
    first, second = lines(look(store))
    assert "hourly" in first
    assert "it has never run to its end" in second


@pytest.mark.parametrize(
    ("days", "said"), [(15, ""), (3, "expires in 3 days"), (0, "expires today"), (-1, "has expired")]
)
def test_a_token_whose_last_day_is_near_is_named(store: SqlStore, days: int, said: str) -> None:
    well(store)
    told = lines(look(store), {"facebook.token": NOON.date() + days * DAY})
    assert ("".join(told).startswith(f"The credential facebook.token {said}. ")) if said else told == []
