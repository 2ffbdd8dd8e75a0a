"""What a reading is judged by: a week of its series, a month where that matters, and what a platform says it means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from headcount import platforms
from headcount.check.case import COURSE, Neighbour
from headcount.check.judge import weigh
from headcount.check.sweep import sweep
from headcount.model import Account, Count, Fill, Miss, Outcome, Reading, Verdict
from headcount.pipeline.collecting.cases import cases
from headcount.platforms.kit.contract import Definition
from headcount.store.open import open_store
from headcount.store.sql import SqlStore

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
PAGE = Account("facebook/energygov", "energygov")
MEANING = Definition("followers", date(2026, 11, 21), "everyone who follows the Page, whether they like it or not")


def said(count: int, at: datetime, metric: str = "followers") -> Outcome:
    return Outcome(Reading(PAGE, metric, Count(count)), "api", at)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """Three hundred hourly readings of a Page that gains ten an hour."""
    opened = open_store(f"sqlite:///{tmp_path}/headcount.db", tmp_path)
    run = opened.begin("hourly", NOON, NOON)
    times = [NOON - hours * HOUR for hours in range(300, 0, -1)]
    opened.append(run.id, [Fill("hourly", at, said(100_000 + 10 * place, at)) for place, at in enumerate(times)])
    yield opened
    opened.close()


def test_a_week_of_an_hourly_series_is_enough(store: SqlStore) -> None:
    (case,) = cases(store, [said(103_000, NOON)])
    assert case is not None
    assert (len(case.past), case.now.count.value, case.redefined) == (COURSE + 1, 103_000, "")


def test_after_a_lively_day_the_month_is_looked_up(store: SqlStore) -> None:
    (case,) = cases(store, [said(103_900, NOON)])
    assert case is not None
    assert len(case.past) == 300


def test_a_miss_is_not_judged_and_a_first_reading_has_no_past(store: SqlStore) -> None:
    missed = Outcome(Miss(PAGE, "hidden"), "api", NOON)
    nothing, case = cases(store, [missed, said(7, NOON, "likes")])
    assert nothing is None
    assert case is not None
    assert case.past == ()
    assert cases(store, []) == []


@pytest.mark.parametrize(
    ("at", "metric", "redefined"),
    [
        (NOON + 13 * HOUR, "followers", f"from 2026-11-21 on: {MEANING.words}"),
        (NOON + 99 * HOUR, "followers", f"from 2026-11-21 on: {MEANING.words}"),
        (NOON + 11 * HOUR, "followers", ""),
        (NOON + 13 * HOUR, "likes", ""),
    ],
    ids=["on that day", "after it", "on the day before", "another metric"],
)
def test_where_a_count_begins_to_mean_something_else_a_segment_begins(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch, at: datetime, metric: str, redefined: str
) -> None:
    facebook = structs.replace(platforms.platform("facebook"), definitions=(MEANING,))
    monkeypatch.setattr(platforms, "platform", lambda slug: facebook)
    run = store.begin("hourly", NOON, NOON)
    store.append(run.id, [Fill("hourly", NOON, said(103_000, NOON, each)) for each in ("followers", "likes")])
    (case,) = cases(store, [said(103_010, at, metric)])
    assert case is not None
    assert case.redefined == redefined
    assert weigh(case).detail == redefined


def test_the_platforms_say_themselves_what_has_changed() -> None:
    for slug in platforms.slugs():
        for each in platforms.platform(slug).definitions:
            assert each.words
            assert each.metric


def test_who_is_off_course_is_judged_beside_the_platform_s_other_accounts_of_this_run_and_before(
    store: SqlStore,
) -> None:
    run = store.begin("hourly", NOON, NOON)
    others = {"facebook/lab": 80_000, "twitter/lab": 80_000}
    before = [
        Fill(
            "hourly", NOON - HOUR, Outcome(Reading(Account(key, "lab"), "followers", Count(count)), "api", NOON - HOUR)
        )
        for key, count in others.items()
    ]
    store.append(run.id, before)
    newcomer = Outcome(Reading(Account("facebook/new", "new"), "followers", Count(7_000)), "api", NOON)
    wrong, _ = cases(store, [said(80_001, NOON), newcomer])
    assert wrong is not None
    assert wrong.others == (Neighbour("facebook/lab", shown=80_000), Neighbour("facebook/new", said=7_000))
    assert weigh(wrong).rule == "borrowed"


def test_others_are_looked_up_for_nobody_who_is_on_course(store: SqlStore) -> None:
    (case,) = cases(store, [said(103_000, NOON)])
    assert case is not None
    assert case.others == ()


def test_what_is_held_of_others_is_known_from_this_run_and_from_those_before(store: SqlStore) -> None:
    run = store.begin("hourly", NOON, NOON)
    lab, plant = Account("facebook/lab", "lab"), Account("facebook/plant", "plant")
    held = Verdict("hold", "off_course", "half of it")
    before = [
        (lab, 80_000, NOON - 2 * HOUR, None),
        (plant, 60_000, NOON - 2 * HOUR, None),
        (lab, 40_000, NOON - 1.5 * HOUR, held),
    ]
    missed = Outcome(Miss(lab, "unreachable", "HTTP 503"), "api", NOON - HOUR)
    store.append(
        run.id,
        [
            Fill("hourly", at, Outcome(Reading(account, "followers", Count(count)), "api", at), verdict)
            for account, count, at, verdict in before
        ]
        + [Fill("hourly", NOON - HOUR, missed)],
    )
    now = Outcome(Reading(plant, "followers", Count(30_000)), "api", NOON)
    halved, _ = cases(store, [said(51_000, NOON), now])
    assert halved is not None
    assert halved.others == (
        Neighbour("facebook/lab", 80_000, 40_000, doubtful=True),
        Neighbour("facebook/plant", 60_000, 30_000, doubtful=True),
    )
    assert sweep(halved) == "3 of the platform's 3 accounts changed so at once"
