"""Where a series is going: only where something honest can be said, and with bounds that hold."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import sqrt
from statistics import fmean, pvariance

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headcount.measure.forecast.ahead import Ahead
from headcount.measure.forecast.days import Day, Ground, NotForecastable
from headcount.measure.forecast.fit import best, states
from headcount.measure.forecast.outlook import HORIZON, Forecast, forecast
from headcount.measure.forecast.trend import State, Trend, follow, paces, strides
from headcount.measure.forecast.trial import _guesses, trials

FIRST = date(2026, 1, 1)


def on(number: int) -> date:
    return FIRST + timedelta(days=number)


def line(length: int, start: int = 1000, slope: int = 10, granularity: int = 1) -> list[Day]:
    return [Day(on(number), start + slope * number, granularity) for number in range(length)]


def foretold(days: Sequence[Day], target: int = 10**9, horizon: int = HORIZON) -> Forecast:
    found = forecast(days, target, days[-1].date, horizon)
    assert isinstance(found, Forecast), found
    return found


def extrapolated(days: Sequence[Day], ahead: int) -> float:
    """The old pages' estimate: a straight line through all rows, over their number, whatever lies between them."""
    rows, middle = range(len(days)), (len(days) - 1) / 2
    mean = sum(day.count for day in days) / len(days)
    slope = sum((row - middle) * day.count for row, day in zip(rows, days, strict=True))
    slope /= sum((row - middle) ** 2 for row in rows)
    return mean + slope * (len(days) - 1 + ahead - middle)


def walk(seed: int, length: int = 130, start: int = 10_000, drift: float = 20, step: float = 30) -> list[Day]:
    """A random walk with a drift."""
    chance, count, days = random.Random(seed), float(start), []
    for number in range(length):
        count += chance.gauss(drift, step)
        days.append(Day(on(number), round(count)))
    return days


NEWEST = on(99)
REFUSED: list[tuple[Ground, str, list[Day], int, date]] = [
    ("too few counts", "no count at all", [], 9000, NEWEST),
    ("too few counts", "27 days", line(27), 9000, on(26)),
    ("too few counts", "all lie ahead of today", line(100), 9000, on(-1)),
    ("too few counts", "27 days since the counts are exact", [*line(73, 0, 10, 100), *line(100)[73:]], 9000, NEWEST),
    ("too few counts", "all but 20 are older than two years", [*line(80), *line(900)[880:]], 10**6, on(899)),
    ("too many gaps", "every second day", line(100)[1::2], 9000, NEWEST),
    ("stale", "the newest is of eight days ago", line(100), 9000, on(107)),
    ("rounded too coarsely", "nine steps of its rounding", line(100, 1_000_000, 100, 1100), 10**7, NEWEST),
    ("does not move", "every count the same", line(100, 1000, 0), 9000, NEWEST),
    ("target passed", "more than the target", line(100), 1500, NEWEST),
    ("target passed", "the target itself", line(100), 1990, NEWEST),
]


@pytest.mark.parametrize(("reason", "why", "days", "target", "today"), REFUSED)
def test_what_cannot_be_forecast_is_refused_with_its_reason(
    reason: Ground, why: str, days: list[Day], target: int, today: date
) -> None:
    found = forecast(days, target, today)
    assert isinstance(found, NotForecastable), why
    assert found.reason == reason, why
    assert found.detail


@pytest.mark.parametrize(
    ("why", "days", "today"),
    [
        ("28 days", line(28), on(27)),
        ("a third of the days missing", [day for number, day in enumerate(line(99)) if number % 3 != 1], on(98)),
        ("the newest of seven days ago", line(100), on(106)),
        ("ten steps of its rounding", line(101, 1_000_000, 100, 1000), on(100)),
    ],
)
def test_what_just_can_be_forecast_is(why: str, days: list[Day], today: date) -> None:
    assert isinstance(forecast(days, 10**9, today), Forecast), why


def test_a_straight_line_goes_on() -> None:
    found = foretold(line(100), 3000)
    assert [day.expected for day in found.ahead] == [1990 + 10 * number for number in range(1, HORIZON + 1)]
    assert found.crossing.expected == on(200)


def test_a_straight_line_with_gaps_goes_on_where_one_through_its_rows_would_bend() -> None:
    days = [day for number, day in enumerate(line(100)) if number < 50 or number % 2]
    assert [day.expected for day in foretold(days, horizon=30).ahead] == [1990 + 10 * number for number in range(1, 31)]
    assert abs(extrapolated(days, 30) - 2290) > 20


def test_a_gap_is_a_longer_step() -> None:
    """Two days at once leave the series where two days one by one leave it, had the first brought what was expected."""
    trend = Trend(0.6, 0.3, 0.9)
    start = State(100.0, 10.0)
    ((error, level, slope),) = follow([119.1], paces(trend, [2]), start)
    assert error == pytest.approx(119.1 - (100 + 9 + 8.1))
    assert level == pytest.approx(117.1 + (1 - 0.4**2) * error)
    assert slope == pytest.approx(8.1 + (1 - 0.4**2) * 0.3 * error / 2)


@pytest.mark.parametrize("trend", [Trend(0.6, 0.3, 0.9), Trend(0.2, 0.1, 0.98), Trend(1.0, 0.0, 0.95)])
def test_the_variance_is_that_of_the_text_book(trend: Trend) -> None:
    """The closed form of ETS(A,Ad,N) in Forecasting: Principles and Practice, section 8.7."""
    alpha, beta, phi = trend.level, trend.level * trend.slope, trend.damping
    for h, stride in enumerate(strides(trend, 60), start=1):
        first = beta * phi * h / (1 - phi) ** 2 * (2 * alpha * (1 - phi) + beta * phi)
        second = 2 * alpha * (1 - phi**2) + beta * phi * (1 + 2 * phi - phi**h)
        second *= beta * phi * (1 - phi**h) / ((1 - phi) ** 2 * (1 - phi**2))
        assert stride.variance == pytest.approx(1 + alpha**2 * (h - 1) + first - second)


def test_a_days_bounds_are_those_of_the_errors_so_far() -> None:
    """Of a random walk: the steps' variance about their mean, less four degrees of freedom."""
    days = walk(0, 60, step=3000, start=10**7)
    found = foretold(days, horizon=1)
    assert found.trend == Trend(1.0, 0.0, 1.0)
    steps = [float(later.count - earlier.count) for earlier, later in pairwise(days)]
    deviation = sqrt(pvariance(steps) * 59 / (59 - 4) * (1 + 1 / 59))
    assert found.ahead[0].high_95 - found.ahead[0].low_95 == pytest.approx(2 * 1.96 * deviation, rel=1e-3)


def test_bounds_widen_by_the_walk_and_by_what_is_not_known_of_its_drift() -> None:
    """Of a random walk whose drift was seen over n steps: h (1 + h / n) variances of one step."""
    found = foretold(walk(0, 400, step=3000, start=10**7))
    assert found.trend == Trend(1.0, 0.0, 1.0)
    one, many = ((found.ahead[h - 1].high_95 - found.ahead[h - 1].low_95) ** 2 for h in (1, 365))
    assert many / one == pytest.approx(365 * (1 + 365 / 399) / (1 + 1 / 399), rel=1e-3)


def test_a_day_that_has_not_come_yet_changes_nothing() -> None:
    days = walk(1)
    assert forecast([*days, Day(on(500), 1)], 10**9, days[-1].date, 30) == foretold(days, horizon=30)


def test_nothing_is_said_of_what_lies_more_than_two_years_ahead() -> None:
    found = foretold(line(100), 10**6, horizon=9999)
    assert len(found.ahead) == HORIZON
    assert found.crossing.expected is None


def in_bounds(days: Sequence[Day], known: int) -> Iterator[tuple[bool, bool]]:
    """Whether the last count lies within the bounds of what is known without it and the days before it."""
    last = foretold(days[:known], horizon=len(days) - known).ahead[-1]
    yield last.low_80 <= days[-1].count <= last.high_80, last.low_95 <= days[-1].count <= last.high_95


def held(series: int, horizon: int) -> tuple[float, float]:
    """The share of random walks whose last count lies within the bounds of 80 and of 95 per cent."""
    hits = [hit for seed in range(series) for hit in in_bounds(walk(seed, 100 + horizon), 100)]
    return sum(hit for hit, _wide in hits) / series, sum(wide for _hit, wide in hits) / series


@pytest.mark.parametrize("horizon", [1, 30])
def test_the_bounds_hold_as_often_as_they_say(horizon: int) -> None:
    narrow, wide = held(40, horizon)
    assert 0.7 <= narrow <= 0.9
    assert wide > narrow


@pytest.mark.long
@pytest.mark.parametrize("horizon", [1, 7, 30, 90])
def test_the_bounds_hold_as_often_as_they_say_for_200_series(horizon: int) -> None:
    narrow, wide = held(200, horizon)
    assert 0.7 <= narrow <= 0.9
    assert 0.85 <= wide <= 0.99


PURGED = [
    Day(day.date, day.count - 30_000 * (number >= 100)) for number, day in enumerate(walk(7, 230, 100_000, 100, 20))
]
"""30,000 accounts that were none are removed on the hundredth day; after 200 of them, 30 are to be foretold."""


def bounds(days: Sequence[Day], known: int) -> list[Ahead]:
    return list(foretold(days[:known], horizon=len(days) - known).ahead)


@pytest.mark.parametrize("ahead", [1, 7, 30])
def test_a_purge_leaves_bounds_in_which_the_days_after_it_lie(ahead: int) -> None:
    day = bounds(PURGED, 200)[ahead - 1]
    assert day.low_80 <= PURGED[199 + ahead].count <= day.high_80


@pytest.mark.parametrize("ahead", [1, 7])
def test_a_straight_line_through_a_purge_lies_outside_of_these_bounds(ahead: int) -> None:
    day = bounds(PURGED, 200)[ahead - 1]
    assert not day.low_80 <= extrapolated(PURGED[:200], ahead) <= day.high_80


@pytest.mark.parametrize("known", [101, 102, 110])
def test_nothing_is_sure_just_after_a_purge(known: int) -> None:
    last = foretold(PURGED[:known], 120_000, 30)
    assert last.ahead[-1].high_80 - last.ahead[-1].low_80 > 10_000
    assert last.crossing.latest is None
    assert last.ahead[-1].low_80 <= PURGED[known + 29].count <= last.ahead[-1].high_80


def test_a_series_that_falls_is_never_expected_to_be_fewer_than_nobody() -> None:
    days = line(60, 10_000, -150)
    assert extrapolated(days, 365) < 0
    found = foretold(days)
    assert found.ahead[364].expected == 0
    assert all(day.low_95 >= 0 for day in found.ahead)
    assert found.crossing.expected is None


def test_a_target_is_crossed_first_by_the_upper_bound_then_by_the_mean_then_by_the_lower() -> None:
    crossing = foretold(walk(3), 14_000).crossing
    assert crossing.earliest is not None
    assert crossing.expected is not None
    assert crossing.latest is not None
    assert walk(3)[-1].date < crossing.earliest < crossing.expected < crossing.latest


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 2), st.integers(-500, 500)), min_size=40, max_size=60),
    st.sampled_from([1, 10, 100]),
)
def test_bounds_contain_what_is_expected_and_widen_with_every_day(
    steps: list[tuple[int, int]], granularity: int
) -> None:
    number, count, days = 0, 50_000, [Day(FIRST, 50_000, granularity)]
    for gap, gain in steps:
        number, count = number + gap, count + gain * granularity
        days.append(Day(on(number), max(0, count), granularity))
    found = forecast(days, 10**9, on(number), 400)
    if isinstance(found, NotForecastable):
        assert found.reason in {"too many gaps", "does not move", "rounded too coarsely"}
        return
    for day in found.ahead:
        assert 0 <= day.low_95 <= day.low_80 <= day.expected <= day.high_80 <= day.high_95
    for earlier, later in pairwise(found.ahead):
        if later.low_95 > 0:
            assert later.high_95 - later.low_95 >= earlier.high_95 - earlier.low_95 - 2


def test_the_same_counts_always_give_the_same_forecast() -> None:
    assert foretold(walk(5)) == foretold(walk(5))


def test_rounding_alone_keeps_a_line_from_looking_sure() -> None:
    fine, coarse = foretold(line(100, slope=1000)).ahead[0], foretold(line(100, slope=1000, granularity=1000)).ahead[0]
    assert coarse.high_80 - coarse.low_80 > 500 > fine.high_80 - fine.low_80


def test_the_back_test_says_where_a_straight_line_would_have_done_as_well() -> None:
    week, month = foretold(line(100)).trials
    assert (week.horizon, week.origins, week.error, week.no_better_than) == (7, 28, 0, ("drift",))
    assert (month.horizon, month.origins, month.error, month.no_better_than) == (30, 5, 0, ("drift",))
    assert week.no_change == pytest.approx(3.8, abs=0.3)


def test_the_back_test_says_where_no_change_would_have_done_better() -> None:
    """It grows for two thirds of the time, then stands still."""
    days = [Day(on(number), 10_000 + 50 * min(number, 79)) for number in range(120)]
    assert "no change" in foretold(days).trials[0].no_better_than


def test_the_back_test_says_where_the_method_is_better_than_both() -> None:
    """The growth itself grows."""
    days = [Day(on(number), 10_000 + number**2) for number in range(200)]
    week, month = foretold(days).trials
    assert week.no_better_than == month.no_better_than == ()


def test_a_horizon_that_nothing_can_be_compared_at_has_no_error() -> None:
    month = foretold(line(28)).trials[1]
    assert (month.origins, month.error, month.no_better_than) == (0, None, ())


def test_the_back_test_knows_nothing_of_what_came_later() -> None:
    """The first guess, made at the end of the first two thirds, is the same whatever the last third brings."""
    days = walk(2, 120)
    other = [*days[:80], *(Day(day.date, 3 * day.count) for day in days[80:])]
    assert first_guess(days) == first_guess(other)
    assert best(days) != best(other), "a fit to all of them would give it away"


def first_guess(days: Sequence[Day]) -> float:
    fit = best(days[:80])
    return next(_guesses(fit, days, states(fit, days), 80, 7)).ours


def test_the_back_test_is_fitted_to_the_first_two_thirds_alone() -> None:
    days = walk(2, 120)
    fit = best(days[:80])
    guesses = list(_guesses(fit, days, states(fit, days), 80, 7))
    expected = fmean(abs(guess.came - guess.ours) / guess.came for guess in guesses) * 100
    assert trials(days)[0].error == pytest.approx(expected, abs=1e-4)
