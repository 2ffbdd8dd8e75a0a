"""What asking comes to, before anything is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from headcount.collect.cost import Estimate, estimate
from headcount.collect.plan import batches
from headcount.model import Account
from headcount.net.message import Get, Pace, Post
from headcount.platforms.kit.contract import Absent, Exchange, Options, Source

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def flock(accounts: Sequence[Account], options: Options) -> Exchange:
    """Says of somebody at once that he cannot be asked for; the rest is one batch."""
    yield Absent(accounts[0])
    yield Post("{api}/", calls=len(accounts) * int(options.get("each", "1")))


def single(accounts: Sequence[Account], options: Options) -> Exchange:
    yield Get("{api}/")


def nobody(accounts: Sequence[Account], options: Options) -> Exchange:
    yield from ()


def cost(source: Source, number: int, options: Options | None = None, paid: Sequence[str] = ()) -> Estimate:
    accounts = [Account(f"chirp/a{each}", f"a{each}") for each in range(number)]
    (found,) = estimate("chirp", batches((source,), accounts), options or {}, paid)
    return found


def test_a_batch_is_a_request_and_as_many_calls_as_the_platform_counts() -> None:
    found = cost(Source("api", flock, batch=50), 120)
    assert (found.accounts, found.requests, found.calls) == (120, 3, 120)
    assert cost(Source("api", flock, batch=50), 120, {"each": "2"}).calls == 240


def test_a_source_that_would_ask_nothing_costs_nothing() -> None:
    found = cost(Source("api", nobody), 3)
    assert (found.calls, found.share, found.lasts, found.within(timedelta())) == (0, 0, timedelta(), 3)


@pytest.mark.parametrize(
    ("pace", "number", "share", "lasts"),
    [
        (Pace(300, per=900), 3, 0.01, timedelta()),
        (Pace(300, per=900), 300, 1, timedelta()),
        (Pace(300, per=900), 600, 2, 15 * MINUTE),
        (Pace(1, per=86_400), 4, 4, 3 * DAY),
    ],
)
def test_the_share_of_the_limit_and_the_time_that_it_takes(
    pace: Pace, number: int, share: float, lasts: timedelta
) -> None:
    found = cost(Source("page", single, pace=pace), number)
    assert found.share == pytest.approx(share)
    assert found.lasts == lasts


@pytest.mark.parametrize(
    ("time", "number"), [(timedelta(), 30), (15 * MINUTE, 60), (HOUR, 150), (12 * HOUR, 500), (-HOUR, 30)]
)
def test_how_many_accounts_there_is_time_for(time: timedelta, number: int) -> None:
    assert cost(Source("page", single, pace=Pace(30, per=900)), 500).within(time) == number


def test_the_day_s_grant_is_told_where_there_is_one() -> None:
    assert cost(Source("api", single, daily=10_000), 100).daily_share == pytest.approx(0.01)
    assert cost(Source("api", single), 100).daily_share is None


def test_nobody_is_paid_for_twice() -> None:
    source = Source("api", single, batch=100, micros=10_000)
    assert cost(source, 33).micros == 330_000
    assert cost(source, 33, paid=["chirp/a0", "chirp/a32", "chirp/other"]).micros == 310_000
