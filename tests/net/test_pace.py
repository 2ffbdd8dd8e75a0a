"""Paces: no faster than agreed, whoever asks; what a platform says; clocks that jump."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from msgspec import structs

from headcount.clock import SteppedClock
from headcount.errors import Exhausted
from headcount.model import EPOCH, Bucket
from headcount.net.bucket import Change, learn, refill
from headcount.net.message import LONGEST_WAIT, Allowance, Pace
from headcount.net.pace import HELD, MemoryShelf, Pacer, Shelf

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=400)
MINUTE = Pace(60, per=60)


class CountingShelf(MemoryShelf):
    """Knows how often it was written to, and how little was ever in a bucket."""

    def __init__(self) -> None:
        super().__init__()
        self.writes = 0
        self.lowest = float("inf")

    def change_bucket(self, name: str, change: Change) -> Bucket:
        self.writes += 1
        bucket = super().change_bucket(name, change)
        self.lowest = min(self.lowest, bucket.tokens)
        return bucket

    def tokens(self) -> float:
        return self._buckets["pool"].tokens


def pacer(shelf: Shelf, clock: SteppedClock, pace: Pace = MINUTE, until: datetime = LATER) -> Pacer:
    return Pacer("pool", pace, shelf, clock, until)


def most(spent: list[float], seconds: float) -> int:
    """The most calls in any window of so many seconds."""
    return max(sum(start <= at <= start + seconds for at in spent) for start in spent)


def bound(pace: Pace, seconds: float) -> float:
    return max(1, pace.amount) + pace.amount * (seconds + HELD * pace.per) / pace.per


async def test_a_full_bucket_is_given_out_at_once_and_then_at_its_pace() -> None:
    clock = SteppedClock(NOON)
    asked = pacer(MemoryShelf(), clock)
    for _ in range(60):
        await asked.take()
    assert clock.monotonic() == 0
    for _ in range(30):
        await asked.take()
    assert clock.monotonic() == pytest.approx(30, abs=2)


async def test_whoever_comes_first_is_served_first() -> None:
    clock, served = SteppedClock(NOON), []
    asked = pacer(MemoryShelf(), clock, Pace(2, per=2))

    async def one(number: int) -> None:
        await asked.take()
        served.append(number)

    await asyncio.gather(*map(one, range(20)))
    assert served == list(range(20))


STEPS = some.lists(
    some.tuples(some.integers(0, 1), some.floats(0, 40), some.integers(1, 12), some.booleans()), min_size=1, max_size=40
)
PACES = some.sampled_from([Pace(60, per=60), Pace(30, per=900), Pace(5, per=1), Pace(0.5, per=60), Pace(7.5, per=10)])


async def spend(pacers: list[Pacer], clock: SteppedClock, steps: list[tuple[int, float, int, bool]]) -> list[float]:
    spent: list[float] = []
    for who, gap, calls, planned in steps:
        clock.move(gap)
        if planned:
            pacers[who].expect(calls)
        for _ in range(calls):
            await pacers[who].take()
            spent.append(clock.monotonic())
    for each in pacers:
        each.close()
    return spent


@settings(max_examples=150, deadline=None)
@given(steps=STEPS, pace=PACES)
def test_two_processes_together_never_exceed_the_pace(steps: list[tuple[int, float, int, bool]], pace: Pace) -> None:
    """In any window: the bucket, what drips into it, and what may be held a tenth of a period longer."""
    clock, shelf = SteppedClock(NOON), CountingShelf()
    spent = asyncio.run(spend([pacer(shelf, clock, pace), pacer(shelf, clock, pace)], clock, steps))
    for window in (0.0, pace.per / 7, pace.per, 3 * pace.per):
        assert most(spent, window) <= bound(pace, window) + 1e-6
    assert shelf.lowest >= 0


async def test_two_processes_that_share_nothing_are_caught_by_the_same_measure() -> None:
    clock = SteppedClock(NOON)
    steps = [(who, 0.0, 60, True) for who in (0, 1)]
    spent = await spend([pacer(MemoryShelf(), clock), pacer(MemoryShelf(), clock)], clock, steps)
    assert most(spent, 0) > bound(MINUTE, 0)


async def test_many_at_once_on_two_pacers_keep_the_pace() -> None:
    clock, shelf, spent = SteppedClock(NOON), MemoryShelf(), []
    both = [pacer(shelf, clock), pacer(shelf, clock)]

    async def one(number: int) -> None:
        both[number % 2].expect(1)
        await both[number % 2].take()
        spent.append(clock.monotonic())

    await asyncio.gather(*map(one, range(200)))
    assert most(spent, 60) <= bound(MINUTE, 60)


async def test_planned_requests_do_not_cost_a_write_each() -> None:
    clock, shelf = SteppedClock(NOON), CountingShelf()
    asked = pacer(shelf, clock)
    asked.expect(60)
    for _ in range(60):
        await asked.take()
    assert shelf.writes <= 10
    asked.close()
    assert shelf.tokens() == 0


async def test_what_was_reserved_and_not_spent_is_given_back() -> None:
    clock, shelf = SteppedClock(NOON), CountingShelf()
    asked = pacer(shelf, clock)
    asked.expect(60)
    await asked.take()
    assert shelf.tokens() == 54
    asked.close()
    assert shelf.tokens() == 59
    asked.close()
    assert shelf.writes == 2


async def test_what_a_killed_process_had_reserved_counts_as_spent() -> None:
    clock, shelf = SteppedClock(NOON), CountingShelf()
    killed = pacer(shelf, clock)
    killed.expect(60)
    await killed.take()
    survivor = pacer(shelf, clock)
    for _ in range(54):
        await survivor.take()
    assert clock.monotonic() == 0
    await survivor.take()
    assert clock.monotonic() > 0


async def test_what_is_held_too_long_is_not_spent_but_given_back() -> None:
    """Or a block from an hour ago would come on top of a bucket that has filled since."""
    clock, shelf = SteppedClock(NOON), CountingShelf()
    asked = pacer(shelf, clock)
    asked.expect(60)
    await asked.take()
    clock.move(3600)
    await asked.take()
    asked.close()
    assert shelf.tokens() == 59


async def test_a_request_that_counts_as_many_takes_as_many() -> None:
    clock, shelf = SteppedClock(NOON), CountingShelf()
    asked = pacer(shelf, clock)
    await asked.take(50)
    assert shelf.tokens() == 10
    await asked.take(50)
    assert clock.monotonic() == pytest.approx(40, abs=1)


async def test_a_request_that_counts_as_more_than_a_bucket_takes_a_full_one() -> None:
    clock = SteppedClock(NOON)
    asked = pacer(MemoryShelf(), clock, Pace(10, per=10))
    for _ in range(2):
        await asked.take(50)
    assert clock.monotonic() == pytest.approx(10, abs=1)


async def test_less_than_one_request_a_period_is_still_one_now_and_then() -> None:
    clock = SteppedClock(NOON)
    asked = pacer(MemoryShelf(), clock, Pace(0.5, per=60))
    for _ in range(3):
        await asked.take()
    assert clock.monotonic() == pytest.approx(240, abs=1)


async def test_who_would_wait_too_long_is_told_until_when() -> None:
    clock, shelf = SteppedClock(NOON), CountingShelf()
    asked = pacer(shelf, clock, Pace(30, per=900), until=NOON + timedelta(seconds=20))
    for _ in range(30):
        await asked.take()
    with pytest.raises(Exhausted, match="pool is used up until 2026-11-05 12:00 UTC") as caught:
        await asked.take()
    assert caught.value.again == NOON + timedelta(seconds=30)
    assert (clock.monotonic(), shelf.tokens()) == (0, 0)


async def test_while_the_platform_says_no_nothing_is_sent() -> None:
    clock, shelf = SteppedClock(NOON), MemoryShelf()
    asked, other = pacer(shelf, clock), pacer(shelf, clock, until=NOON + timedelta(minutes=5))
    await asked.take()
    asked.learn(Allowance(shut_until=NOON + timedelta(minutes=10)))
    with pytest.raises(Exhausted) as caught:
        await other.take()
    assert caught.value.again == NOON + timedelta(minutes=10)
    await asked.take()
    assert clock.now() >= NOON + timedelta(minutes=10)


async def test_where_nothing_is_left_the_next_window_is_waited_for() -> None:
    clock = SteppedClock(NOON)
    asked = pacer(MemoryShelf(), clock, Pace(300, per=900))
    await asked.take()
    asked.learn(Allowance(remaining=0, resets=NOON + timedelta(minutes=7)))
    await asked.take()
    assert clock.now() >= NOON + timedelta(minutes=7)


async def test_where_less_is_left_than_we_thought_less_is_sent() -> None:
    clock, shelf = SteppedClock(NOON), CountingShelf()
    asked = pacer(shelf, clock)
    asked.expect(60)
    await asked.take()
    asked.learn(Allowance(remaining=3))
    assert shelf.tokens() == 3
    for _ in range(4):
        await asked.take()
    assert clock.monotonic() > 0


async def test_where_more_is_left_than_we_thought_more_is_sent_if_nobody_else_is_there() -> None:
    clock, shelf = SteppedClock(NOON), CountingShelf()
    dead = pacer(shelf, clock)
    await dead.take(50)
    asked = pacer(shelf, clock)
    await asked.take()
    asked.learn(Allowance(remaining=40))
    assert shelf.tokens() == 9, "the other may still send what it took"
    clock.move(3 * HELD * MINUTE.per)
    await asked.take()
    asked.learn(Allowance(remaining=55))
    assert shelf.tokens() == 55
    asked.learn(Allowance(remaining=500))
    assert shelf.tokens() == 60, "never more than our own pace"


async def test_who_has_just_met_another_does_not_believe_in_more() -> None:
    clock, shelf = SteppedClock(NOON), CountingShelf()
    asked, other = pacer(shelf, clock), pacer(shelf, clock)
    clock.move(30)
    await asked.take()
    await other.take(40)
    asked.learn(Allowance(remaining=59))
    await asked.take()
    asked.learn(Allowance(remaining=58))
    assert shelf.tokens() == 18


async def test_what_is_under_way_is_not_counted_as_left() -> None:
    clock, shelf = SteppedClock(NOON), CountingShelf()
    asked = pacer(shelf, clock)
    clock.move(30)
    for _ in range(20):
        await asked.take()
    asked.learn(Allowance(remaining=59))
    assert shelf.tokens() == 40


async def test_what_a_platform_says_that_changes_nothing_costs_no_write() -> None:
    clock, shelf = SteppedClock(NOON), CountingShelf()
    asked = pacer(shelf, clock)
    asked.expect(60)
    await asked.take()
    writes = shelf.writes
    for said in (Allowance(), Allowance(remaining=59), Allowance(remaining=58.5), Allowance(shut_until=EPOCH)):
        asked.learn(said)
    assert shelf.writes == writes


@settings(max_examples=100, deadline=None)
@given(tokens=some.floats(0, 60), remaining=some.floats(0, 1e6), unheard=some.none() | some.floats(0, 60))
def test_we_never_think_more_is_left_than_the_platform_says(
    tokens: float, remaining: float, unheard: float | None
) -> None:
    assert learn(Bucket(tokens, NOON), Allowance(remaining=remaining), unheard).tokens <= remaining


@settings(max_examples=100, deadline=None)
@given(said=some.lists(some.integers(0, 60), max_size=20), steps=STEPS)
def test_what_a_platform_says_never_makes_us_faster_than_our_pace(
    said: list[int], steps: list[tuple[int, float, int, bool]]
) -> None:
    """One process, whatever it hears: a bucket never holds more than its pace."""

    async def go() -> None:
        clock, shelf = SteppedClock(NOON), CountingShelf()
        asked = pacer(shelf, clock)
        for remaining, (_, gap, calls, planned) in zip(said, steps, strict=False):
            clock.move(gap)
            asked.expect(calls * planned)
            await asked.take(calls)
            asked.learn(Allowance(remaining=remaining))
            assert 0 <= shelf.tokens() <= MINUTE.amount

    asyncio.run(go())


@pytest.mark.parametrize("back", [1, 59, 61, 3600, 86400 * 365 * 12])
async def test_a_clock_that_is_set_back_makes_no_tokens_and_blocks_nobody(back: float) -> None:
    clock, shelf = SteppedClock(NOON), CountingShelf()
    asked = pacer(shelf, clock)
    await asked.take(59)
    clock.move(-back)
    set_back = clock.now()
    await asked.take()
    assert clock.now() == set_back
    await asked.take()
    assert timedelta(seconds=0.9) <= clock.now() - set_back <= timedelta(seconds=MINUTE.per + 2)


async def test_clocks_that_differ_a_little_make_no_tokens() -> None:
    """Two machines on one shelf, one 10 seconds behind: every turn of the other must not drip anew."""
    bucket = Bucket(0, NOON)
    for _ in range(100):
        bucket = refill(bucket, MINUTE, NOON - timedelta(seconds=10))
        bucket = refill(bucket, MINUTE, NOON)
    assert bucket.tokens == 0


async def test_a_clock_that_was_wrong_shuts_nothing_for_years() -> None:
    shut = Bucket(60, NOON, NOON + timedelta(days=4000))
    assert refill(shut, MINUTE, NOON).shut_until == NOON + LONGEST_WAIT
    assert structs.replace(shut, shut_until=NOON) == refill(Bucket(60, NOON, NOON), MINUTE, NOON)


async def test_who_gives_up_waiting_takes_nothing_and_blocks_nobody() -> None:
    clock, shelf = SteppedClock(NOON), CountingShelf()
    asked = pacer(shelf, clock)
    await asked.take(60)
    waiting = asyncio.create_task(asked.take(5))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await asyncio.wait_for(asked.take(), 5)


async def test_an_honest_platform_is_never_exceeded_by_two_that_listen() -> None:
    """It counts by itself, and says what is left; each hears of it late."""
    clock, shelf, truth = SteppedClock(NOON), MemoryShelf(), Bucket(60, NOON)
    both = [pacer(shelf, clock), pacer(shelf, clock)]
    refused = 0

    async def one(number: int) -> None:
        nonlocal truth, refused
        mine = both[number % 2]
        mine.expect(1)
        await mine.take()
        truth = refill(truth, MINUTE, clock.now())
        refused += truth.tokens < 1 - 1e-6
        truth = structs.replace(truth, tokens=truth.tokens - 1)
        heard = Allowance(remaining=float(int(max(0.0, truth.tokens))))
        for _ in range(number % 5):
            await asyncio.sleep(0)
        mine.learn(heard)

    await asyncio.gather(*map(one, range(300)))
    assert refused == 0
