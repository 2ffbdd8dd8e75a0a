"""Every slot without a public count is in a gap with its reason, however often and whenever gaps are looked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from operator import attrgetter
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from headcount.cadence import Cadence
from headcount.measure.gaps.find import find
from headcount.measure.gaps.findings import Findings, Gap, Slots
from headcount.model import Reason

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NEW_YORK = ZoneInfo("America/New_York")
CADENCES: Mapping[str, Slots] = {"hourly": Cadence("1h", NEW_YORK), "daily": Cadence("1d", NEW_YORK)}
ENERGY, LAB, SECRET = "twitter/energy", "twitter/lab", "twitter/secret"
SEEN = {ENERGY, LAB}


class Fill(Struct, frozen=True):
    slot: datetime
    key: str
    metric: str
    job: str
    attempt: int
    status: str
    reason: Reason | None = None


def fill(hours: int, said: str = "accepted", key: str = ENERGY, metric: str = "followers", attempt: int = 0) -> Fill:
    """What became of an account so many hours after noon: a status, or the reason of a miss."""
    status = said if said in {"accepted", "held", "refused"} else "missed"
    reason = cast("Reason", said) if status == "missed" else None
    return Fill(NOON + hours * HOUR, key, metric, "hourly", attempt, status, reason)


def look(
    fills: Iterable[Fill], hours: int, before: Findings | None = None, changed: datetime | None = None
) -> Findings:
    """The gaps of the hourly job, so many hours after noon."""
    return looked(fills, {"hourly": CADENCES["hourly"]}, NOON + hours * HOUR, before, changed)


def looked(
    fills: Iterable[Fill],
    cadences: Mapping[str, Slots],
    at: datetime,
    before: Findings | None = None,
    changed: datetime | None = None,
) -> Findings:
    ordered = sorted(fills, key=attrgetter("slot", "key", "metric", "job", "attempt"))

    def since(start: datetime) -> Iterator[Fill]:
        return (each for each in ordered if start <= each.slot <= at)

    return find(since, cadences, SEEN, at, before=before, changed=changed)


def told(gaps: Sequence[Gap]) -> list[str]:
    """Gaps in short: who, from and to by the hours after noon, in how many slots, and why."""
    return [
        f"{gap.account.partition('/')[2]} {_hours(gap.start)}-{_hours(gap.end)} ({gap.slots}) {gap.reason or gap.status}"
        for gap in gaps
    ]


def paused(found: Findings) -> list[str]:
    return [f"{_hours(each.start)}-{_hours(each.end)} ({each.slots}) {each.reason}" for each in found.not_run]


def _hours(at: datetime) -> int:
    return (at - NOON) // HOUR


@pytest.mark.parametrize(
    ("what", "fills", "gaps", "idle"),
    [
        ("counts are no gap", [fill(0), fill(1), fill(2)], [], []),
        ("one miss", [fill(0), fill(1, "blocked"), fill(2)], ["energy 1-2 (1) blocked"], []),
        (
            "slots of one reason are one gap, of another the next",
            [fill(0, "blocked"), fill(1, "blocked"), fill(2, "too_slow")],
            ["energy 0-2 (2) blocked", "energy 2-3 (1) too_slow"],
            [],
        ),
        (
            "a doubtful count and one that was refused",
            [fill(0, "held"), fill(1, "refused"), fill(2)],
            ["energy 0-1 (1) held", "energy 1-2 (1) refused"],
            [],
        ),
        ("a second attempt that counts", [fill(0), fill(1, "blocked"), fill(1, attempt=1), fill(2)], [], []),
        ("a count is not undone by a later miss", [fill(0), fill(1), fill(1, "blocked", attempt=1), fill(2)], [], []),
        (
            "the last attempt says why",
            [fill(0), fill(1, "blocked"), fill(1, "too_slow", attempt=1), fill(2)],
            ["energy 1-2 (1) too_slow"],
            [],
        ),
        ("an hour in which nobody was counted", [fill(0), fill(2)], [], ["1-2 (1) not_run"]),
        (
            "a gap goes on over hours in which the job did not run, which are none of its own",
            [fill(0, "retired"), fill(2, "retired")],
            ["energy 0-3 (2) retired"],
            ["1-2 (1) not_run"],
        ),
        (
            "who was not asked for while the job ran",
            [fill(0), fill(0, key=LAB), fill(1, key=LAB), fill(2)],
            ["energy 1-2 (1) not_asked"],
            [],
        ),
        ("who came later was not missing before", [fill(0), fill(1), fill(2), fill(2, key=LAB)], [], []),
        (
            "metrics are counted apart, and only the headline is known to be due",
            [fill(0), fill(0, metric="likes"), fill(1), fill(2), fill(2, "held", metric="likes")],
            ["energy 2-3 (1) held"],
            [],
        ),
        (
            "who may not be seen is in none, and still shows that the job ran",
            [fill(0), fill(1, "blocked", key=SECRET), fill(2)],
            ["energy 1-2 (1) not_asked"],
            [],
        ),
        ("nothing at all", [], [], []),
    ],
)
def test_every_slot_without_a_public_count_is_in_a_gap(
    what: str, fills: list[Fill], gaps: list[str], idle: list[str]
) -> None:
    found = look(fills, 3)
    assert (told(found.gaps), paused(found)) == (gaps, idle), what


def test_the_hour_that_is_still_open_is_no_gap_yet() -> None:
    fills = [fill(0), fill(1, "blocked")]
    assert told(look(fills, 1).gaps) == []
    assert told(look(fills, 2).gaps) == ["energy 1-2 (1) blocked"]
    assert paused(look([fill(0)], 1)) == []
    assert paused(look([fill(0)], 3)) == ["1-3 (2) not_run"]


def test_who_is_not_asked_for_any_more_has_no_gap_until_asked_again() -> None:
    fills = [fill(0), fill(0, key=LAB), fill(1, key=LAB), fill(2, key=LAB)]
    found = look(fills, 3)
    assert (told(found.gaps), told(found.unasked)) == ([], ["energy 1-3 (2) not_asked"])
    found = look([*fills, fill(3)], 4)
    assert told(found.gaps) == ["energy 1-3 (2) not_asked"]
    assert told(found.unasked) == ["lab 3-4 (1) not_asked"]


@pytest.mark.parametrize(("reason", "known"), [("retired", True), ("hidden", True), ("blocked", False)])
def test_what_everybody_knows_is_marked(reason: str, known: bool) -> None:
    assert [gap.known for gap in look([fill(0, reason)], 1).gaps] == [known]


def test_a_retired_account_has_one_gap_for_all_years() -> None:
    found = look([fill(hour, "retired") for hour in range(0, 20_000, 2)], 20_000)
    assert told(found.gaps) == ["energy 0-19999 (10000) retired"]


def test_how_often_a_job_ran_is_said() -> None:
    (course,) = look([fill(0), fill(3)], 4).jobs
    assert (course.start, course.end, course.slots, course.run, course.share) == (NOON, NOON + 4 * HOUR, 4, 2, 0.5)
    (course,) = look([], 4).jobs
    assert (course.start, course.end, course.slots, course.run, course.share) == (None, NOON + 4 * HOUR, 0, 0, None)


def test_a_day_of_25_hours_is_one_slot() -> None:
    zone_day = datetime(2026, 11, 1, 4, tzinfo=UTC)
    fills = [Fill(zone_day, ENERGY, "followers", "daily", 0, "missed", "blocked")]
    (gap,) = looked(fills, {"daily": CADENCES["daily"]}, zone_day + 3 * DAY).gaps
    assert (gap.start, gap.end, gap.slots) == (zone_day, zone_day + 25 * HOUR, 1)


def test_nothing_is_read_where_nothing_has_changed_and_no_slot_has_closed() -> None:
    before = look([fill(0), fill(1, "blocked")], 2)

    def refuse(start: datetime) -> Iterator[Fill]:
        raise AssertionError(start)

    assert find(refuse, {"hourly": CADENCES["hourly"]}, SEEN, NOON + 2 * HOUR + HOUR / 2, before=before) == before
    with pytest.raises(AssertionError):
        find(refuse, {"hourly": CADENCES["hourly"]}, SEEN, NOON + 3 * HOUR, before=before)


def test_only_what_may_have_changed_is_read() -> None:
    before = look([fill(0), fill(1, "blocked")], 2)
    asked: list[datetime] = []

    def ask(start: datetime) -> Iterator[Fill]:
        asked.append(start)
        return iter(())

    find(ask, {"hourly": CADENCES["hourly"]}, SEEN, NOON + 4 * HOUR, before=before)
    assert asked == [NOON + 2 * HOUR]


SAID = ("accepted", "accepted", "accepted", "blocked", "blocked", "retired", "held", "refused")
START = datetime(2026, 10, 29, tzinfo=UTC)
"""The clocks change on the first of November."""


@st.composite
def histories(draw: st.DrawFn) -> list[list[Fill]]:
    """Fills in the order in which they are made, in batches: most of the newest slot, some of an older one."""
    made: dict[tuple[datetime, str, str, str], int] = {}
    batches: list[list[Fill]] = []
    for hour in range(draw(st.integers(1, 24))):
        batch = []
        for _ in range(draw(st.integers(0, 4))):
            job = draw(st.sampled_from(["hourly", "hourly", "daily"]))
            back = draw(st.sampled_from([0, 0, 0, 0, 1, 5, 30]))
            slot = CADENCES[job].slot(START + hour * draw(st.sampled_from([1, 3, 7])) * HOUR - back * HOUR)
            key = draw(st.sampled_from([ENERGY, LAB, SECRET]))
            metric = draw(st.sampled_from(["followers", "followers", "followers", "likes"]))
            said = draw(st.sampled_from(SAID))
            place = (slot, key, metric, job)
            made[place] = made.get(place, -1) + 1
            status = said if said in {"accepted", "held", "refused"} else "missed"
            reason = cast("Reason", said) if status == "missed" else None
            batch.append(Fill(slot, key, metric, job, made[place], status, reason))
        batches.append(batch)
    return batches


def corrected(fills: list[Fill], place: int, status: str) -> list[Fill]:
    """One of the fills, decided about anew."""
    if not fills:
        return fills
    one = fills[place % len(fills)]
    changed = one if one.status == "missed" else Fill(one.slot, one.key, one.metric, one.job, one.attempt, status)
    return [changed if each is one else each for each in fills]


def first_day(old: list[Fill], new: list[Fill]) -> datetime | None:
    """The midnight before the first change, as the store knows it."""
    days = [each.slot.date() for each in {*old} ^ {*new}]
    return datetime.combine(min(days), time(), UTC) if days else None


@settings(max_examples=300, deadline=None)
@given(
    batches=histories(),
    moments=st.lists(st.integers(0, 24 * 8), min_size=1, max_size=6).map(sorted),
    decided=st.lists(st.tuples(st.integers(0, 99), st.sampled_from(["accepted", "held", "refused"])), max_size=6),
)
def test_going_on_from_what_was_found_before_finds_the_same_as_looking_at_everything(
    batches: list[list[Fill]], moments: list[int], decided: list[tuple[int, str]]
) -> None:
    before: Findings | None = None
    known: list[Fill] = []
    for number, hours in enumerate(moments):
        at = START + hours * HOUR + HOUR / 3
        share = len(batches) * (number + 1) // len(moments)
        then, known = (
            known,
            [*known, *(each for batch in batches[len(batches) * number // len(moments) : share] for each in batch)],
        )
        if number < len(decided):
            known = corrected(known, *decided[number])
        before = looked(known, CADENCES, at, before, first_day(then, known))
        assert before == looked(known, CADENCES, at)


def test_a_history_that_is_not_looked_at_again_far_enough_is_noticed() -> None:
    fills = [fill(0), fill(1, "blocked")]
    before = look(fills, 2)
    later = [*fills, fill(1, attempt=1)]
    assert look(later, 3, before) != look(later, 3)
    assert look(later, 3, before, first_day(fills, later)) == look(later, 3)
