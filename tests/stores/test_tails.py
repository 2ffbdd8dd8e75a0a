"""The newest part of a history: a wide table from a day on, what it was before, and how far everyone's history goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headcount.cadence import Cadence
from headcount.model import ACCEPTED, Account, Count
from headcount.store import wide
from headcount.store.contract import Imported
from headcount.store.nouns import Entered
from headcount.store.reader import Column, WideRow
from headcount.store.sql import SqlStore
from tests.stores.material import ENERGY, HOLD, HOUR, MINUTE, NOON, REFUSE, fill, imported, keep, miss, reading

DAY = timedelta(days=1)
TODAY = NOON.date()
NEW_YORK = ZoneInfo("America/New_York")
START = NOON.replace(hour=0) - 3 * DAY
DAYS = [START.date() + number * DAY for number in (-7, *range(-1, 9))]
EXAMPLES = count(1)


class Told(NamedTuple):
    """A count or a miss, as it comes."""

    minute: int
    number: int
    granularity: int
    kind: Literal["reading", "miss", "held", "refused", "import", "manual"]
    account: int
    late: bool
    """It was asked a while after its slot had ended."""


KINDS = ("reading", "reading", "reading", "miss", "held", "refused", "import", "import", "manual")
TOLD = st.lists(
    st.builds(
        Told,
        minute=st.one_of(st.integers(0, 7 * 1440), st.integers(1400, 1500)),
        number=st.integers(0, 9_999),
        granularity=st.sampled_from([1, 1, 100]),
        kind=st.sampled_from(KINDS),
        account=st.integers(0, 2),
        late=st.booleans(),
    ),
    max_size=16,
    unique_by=lambda told: (told.minute, told.account),
)


def tell(store: SqlStore, job: str, every: str, keys: Sequence[str], told: list[Told]) -> None:
    cadence = Cadence(every, NEW_YORK)
    for each in told:
        key, at = keys[each.account], START + each.minute * MINUTE
        slot = cadence.slot(at)
        count_ = Count(each.number, each.granularity, "unknown")
        match each.kind:
            case "import":
                store.adopt(job, [Imported(key, "followers", each.number, at, 0)], cadence.slot)
            case "manual":
                who = Account(key, "energy")
                store.enter([Entered(who, "followers", each.number, at, ((job, slot),), "jane", at, anew=True)])
            case "miss":
                keep(store, fill(miss(key=key, at=at), slot, job))
            case kind:
                verdict = {"held": HOLD, "refused": REFUSE}.get(kind, ACCEPTED)
                keep(store, fill(reading(count_, key=key, at=at + each.late * DAY), slot, job, verdict))


def carried(rows: Sequence[WideRow], width: int) -> tuple[int | None, ...]:
    """What carrying forward over rows comes to."""
    seen: tuple[int | None, ...] = (None,) * width
    for row in rows:
        seen = tuple(old if new is None else new for new, old in zip(row.counts, seen, strict=True))
    return seen


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=TOLD, every=st.sampled_from(["1h", "6h", "1d", "1w"]), day=st.sampled_from(DAYS))
def test_the_tail_of_a_wide_table_and_what_was_before_it_are_the_whole(
    store: SqlStore, told: list[Told], every: str, day: date
) -> None:
    number = next(EXAMPLES)
    job, keys = f"job{number}", [f"twitter/{name}{number}" for name in "abc"]
    tell(store, job, every, keys, told)
    columns = [(keys[1], "followers"), (keys[0], "followers"), ("twitter/nobody", "followers"), (keys[0], "followers")]
    whole = list(store.wide(job, columns))
    assert [(row.day, row.at) for row in whole] == sorted((row.day, row.at) for row in whole)
    assert [row.at for row in whole] == sorted(row.at for row in whole)
    head, tail = ([row for row in whole if (row.day >= day) is late] for late in (False, True))
    assert list(store.wide(job, columns, day)) == tail
    assert store.before(job, columns, day) == carried(head, len(columns))


def test_a_slot_that_begins_at_midnight_is_of_the_day_that_begins(store: SqlStore) -> None:
    midnight = NOON.replace(hour=0)
    keep(store, *(fill(reading(number, at=at), at) for number, at in enumerate((midnight - HOUR, midnight))))
    assert list(store.wide("hourly", [(ENERGY, "followers")], TODAY)) == [WideRow(midnight, (1,), TODAY)]


BEFORE: list[tuple[str, list[tuple[datetime, int]], tuple[int | None, ...]]] = [
    ("nothing", [], (None,)),
    ("the newest slot", [(NOON - DAY, 7), (NOON - 2 * DAY, 6)], (7,)),
    ("however long ago", [(NOON - 900 * DAY, 7)], (7,)),
    ("the last moment before the day", [(NOON.replace(hour=0) - MINUTE, 7)], (7,)),
    ("nothing of the day itself", [(NOON.replace(hour=0), 7)], (None,)),
]


@pytest.mark.parametrize(("readings", "expected"), [row[1:] for row in BEFORE], ids=[row[0] for row in BEFORE])
def test_before_a_day_was(
    store: SqlStore, readings: list[tuple[datetime, int]], expected: tuple[int | None, ...]
) -> None:
    if readings:
        keep(store, *(fill(reading(number, at=at), at) for at, number in readings))
    assert store.before("hourly", [(ENERGY, "followers")], TODAY) == expected
    assert store.before("daily", [(ENERGY, "followers")], TODAY) == (None,)
    assert store.before("hourly", [], TODAY) == ()


def test_before_passes_over_what_is_not_public_and_shows_what_was_corrected(store: SqlStore) -> None:
    keep(store, fill(reading(6, at=NOON - 3 * DAY), NOON - 3 * DAY))
    keep(store, fill(reading(7, at=NOON - 2 * DAY), NOON - 2 * DAY, verdict=HOLD), fill(miss(), NOON - DAY))
    columns: list[Column] = [(ENERGY, "followers")]
    assert store.before("hourly", columns, TODAY) == (6,)
    (first,) = (row.reading for row in store.fills(START, NOON) if row.count == 6)
    for shown in (5, None):
        store.correct(first or 0, shown, why="why", who="jane", role="editor", at=NOON)
        assert store.before("hourly", columns, TODAY) == (shown,)


def test_of_imported_rows_the_last_one_is_carried(store: SqlStore) -> None:
    at = NOON - DAY
    store.adopt("hourly", [imported(5, at), imported(6, at, 1), imported(4, at - 5 * MINUTE)], lambda _: at - HOUR)
    assert store.before("hourly", [(ENERGY, "followers")], TODAY) == (6,)


def test_a_history_goes_from_its_first_slot_to_its_last(store: SqlStore) -> None:
    assert store.spans() == {}
    keep(store, fill(reading(1, at=NOON - 9 * DAY), NOON - 9 * DAY), fill(miss(), NOON))
    keep(store, fill(reading(2, at=NOON - 30 * DAY), NOON - 30 * DAY, "daily"))
    keep(store, fill(reading(3, metric="likes", at=NOON + DAY), NOON + DAY), fill(miss(key="vimeo/energy")))
    assert store.spans() == {ENERGY: (TODAY - 30 * DAY, TODAY + DAY), "vimeo/energy": (TODAY, TODAY)}


def test_whoever_was_only_noted_has_no_span(store: SqlStore) -> None:
    keep(store, fill(reading(1)))
    with store.database.write() as connection:
        connection.exec_driver_sql("INSERT INTO accounts (id, key, platform) VALUES (99, 'vimeo/noted', 'vimeo')")
    assert store.spans() == {ENERGY: (date(2026, 11, 20), date(2026, 11, 20))}


def test_a_count_before_that_forgets_what_is_hidden_would_be_seen(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr(wide, "is_public", lambda number: number.is_not(None))
    with pytest.raises(AssertionError):
        test_before_passes_over_what_is_not_public_and_shows_what_was_corrected(store)
