"""A platform changes its answers, and nobody can read them for three hours: nothing of it is lost."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import msgspec
import pytest
from aiohttp import web
from msgspec import Struct, field

from headcount.errors import Locked
from headcount.evidence.read import Found, evidence
from headcount.measure.growth import comparable
from headcount.model import EPOCH
from headcount.pipeline.rereading.filing import RULE
from headcount.pipeline.rereading.reparsing import Reparser, Scope
from headcount.platforms.kit.wire import Heads, Id
from headcount.platforms.replies import github_user
from headcount.store.open import open_store
from headcount.store.reader import Shown
from tests.pipeline import hamlet
from tests.pipeline.city import City
from tests.pipeline.hamlet import Hamlet, moved, user

NASA = "github/nasa"


class Mended(Struct):
    """What the parser reads once it is mended."""

    login: Id
    id: int
    followers: Heads = field(name="people")


@pytest.fixture
async def after_three_hours(here: Hamlet) -> Hamlet:
    """A good hour, three in which nobody can read what is said, and a good one."""
    await here.run()
    for hour in range(3):
        here.answer = lambda _, name, hour=hour: moved(name, 11_010 + hour)  # type: ignore[misc] # bound as it is now
        await here.run()
    here.answer = lambda _, name: user(name, 11_020)
    await here.run()
    return here


def mend(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(github_user, "User", Mended)


async def test_what_could_not_be_read_is_there_and_a_mended_parser_fills_the_slots_with_it(
    after_three_hours: Hamlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = after_three_hours
    assert [row.status for row in here.rows()] == ["accepted", "missed", "missed", "missed", "accepted"]
    mend(monkeypatch)
    told = await here.reparse()
    assert [(each.account, each.result, each.count) for each in told] == [
        (NASA, "stored", 11_010),
        (NASA, "stored", 11_011),
        (NASA, "stored", 11_012),
    ]
    assert here.shown() == [
        ("accepted", "api", 11_000),
        ("missed", "api", None), ("accepted", "reparsed-api", 11_010),
        ("missed", "api", None), ("accepted", "reparsed-api", 11_011),
        ("missed", "api", None), ("accepted", "reparsed-api", 11_012),
        ("accepted", "api", 11_020),
    ]  # fmt: skip
    for row in here.rows():
        assert row.slot <= row.taken_at < row.slot + timedelta(hours=1), "each is of the moment of its reply"


async def test_doing_it_twice_stores_nothing_new(after_three_hours: Hamlet, monkeypatch: pytest.MonkeyPatch) -> None:
    mend(monkeypatch)
    await after_three_hours.reparse()
    before, mark = after_three_hours.shown(), after_three_hours.store.mark()
    assert [each.result for each in await after_three_hours.reparse()] == ["there"] * 3
    assert (after_three_hours.shown(), after_three_hours.store.mark()) == (before, mark)


async def test_a_dry_run_says_the_same_and_stores_nothing(
    after_three_hours: Hamlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    mend(monkeypatch)
    before = after_three_hours.shown()
    assert [each.result for each in await after_three_hours.reparse(dry=True)] == ["stored"] * 3
    assert after_three_hours.shown() == before


async def test_a_parser_that_is_not_mended_reads_nothing_and_says_what_it_lacks(after_three_hours: Hamlet) -> None:
    before = after_three_hours.shown()
    told = await after_three_hours.reparse()
    assert [each.result for each in told] == ["unread"] * 3
    assert all("followers" in each.detail for each in told)
    assert after_three_hours.shown() == before


async def test_the_gap_is_closed_for_everyone_who_looks(
    after_three_hours: Hamlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = after_three_hours
    mend(monkeypatch)
    await here.reparse()
    hours = list(here.store.hours(NASA, EPOCH, here.clock.now() + timedelta(hours=1)))
    assert [each.count for each in hours] == [11_000, 11_010, 11_011, 11_012, 11_020]
    assert all(comparable(then, now) for then, now in pairwise(hours)), "growth goes on across it"
    (latest,) = here.store.latest(here.clock.now())
    assert (latest.count, latest.source) == (11_020, "api")


@pytest.mark.parametrize(
    ("scope", "number"),
    [
        (Scope(since=hamlet.NOON + timedelta(hours=3)), 2),
        (Scope(since=hamlet.NOON + timedelta(days=1)), 0),
        (Scope(platforms=("github",)), 3),
        (Scope(platforms=("twitter",)), 0),
        (Scope(accounts=(NASA,)), 3),
        (Scope(accounts=("github/noaa",)), 0),
    ],
)
async def test_it_can_be_narrowed_down(
    after_three_hours: Hamlet, monkeypatch: pytest.MonkeyPatch, scope: Scope, number: int
) -> None:
    mend(monkeypatch)
    assert len(await after_three_hours.reparse(scope)) == number


async def test_a_slot_that_has_an_exact_count_keeps_it(here: Hamlet, monkeypatch: pytest.MonkeyPatch) -> None:
    """The platform was well again within the hour."""
    here.answer = lambda _, name: moved(name, 500)
    await here.run()
    here.clock.move(-3600 + 600)
    here.answer = lambda _, name: user(name, 11_000)
    await here.run()
    mend(monkeypatch)
    assert [each.result for each in await here.reparse()] == ["covered"]
    assert here.shown() == [("missed", "api", None), ("accepted", "api", 11_000)]


@pytest.mark.parametrize("count", [11_010 * 10, 110, 0, 40_000])
async def test_what_does_not_fit_to_the_counts_before_it_awaits_review(
    here: Hamlet, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    await here.run()
    here.answer = lambda _, name: moved(name, count)
    await here.run()
    mend(monkeypatch)
    assert [each.result for each in await here.reparse()] == ["held"]
    assert here.shown()[-1] == ("held", "reparsed-api", count)
    assert [each.result for each in await here.reparse()] == ["there"]


async def test_what_does_not_fit_to_the_count_after_it_awaits_review(
    here: Hamlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.answer = lambda _, name: moved(name, 110_000)
    await here.run()
    here.answer = lambda _, name: user(name, 11_000)
    await here.run()
    mend(monkeypatch)
    (told,) = await here.reparse()
    assert (told.result, "the next count" in told.detail) == ("held", True)


async def test_a_held_reading_that_is_read_differently_now_is_refused(
    here: Hamlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says a lifetime total where the count was, and the count elsewhere; it was asked once more, in vain."""
    await here.run()
    here.answer = lambda _, name: user(name, 990_000, people=11_005)
    await here.run()
    assert here.shown()[1:] == [("refused", "api", 990_000), ("held", "api", 990_000)]
    assert {each.result for each in await here.reparse()} == {"same"}
    mend(monkeypatch)
    told = await here.reparse()
    assert [each.result for each in told] == ["stored", "covered"]
    assert {(each.count, each.why) for each in told} == {(11_005, "held")}
    assert here.shown()[1:] == [*[("refused", "api", 990_000)] * 2, ("accepted", "reparsed-api", 11_005)]
    assert [each.rule for each in here.store.remarks(EPOCH) if each.decision == "refuse"] == ["said_again", RULE]
    assert not list(here.store.awaiting())
    mark = here.store.mark()
    await here.reparse()
    assert here.store.mark() == mark


async def test_an_answer_about_another_id_than_the_pinned_one_is_nobodys(
    here: Hamlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.answer = lambda _, name: web.json_response({"login": name, "id": 999, "people": 5})
    await here.run()
    here.answer = lambda _, name: user(name, 11_000)
    await here.run()
    mend(monkeypatch)
    (told,) = await here.reparse()
    assert (told.result, "renamed_or_reused" in told.detail) == ("unread", True)
    assert here.shown() == [("missed", "api", None), ("accepted", "api", 11_000)]


async def test_three_hours_of_the_same_words_are_one_file_and_three_counts(
    here: Hamlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.answer = lambda _, name: moved(name, 11_000)
    for _ in range(3):
        await here.run()
    assert len(list((here.folder / "evidence").rglob("*.json.gz"))) == 1
    mend(monkeypatch)
    assert [each.result for each in await here.reparse()] == ["stored"] * 3
    assert [row.slot.hour for row in here.rows() if row.status == "accepted"] == [13, 14, 15]


async def test_of_a_batch_only_those_who_could_not_be_read_are_read_again(city: City) -> None:
    """The demo server's X: one item of an answer about two has lost its shape, and it does not become readable."""
    await city.run({"twitter": {"energy": "spoilt"}}, credentials="twitter")
    kept = [each for each in evidence(city.folder / "evidence") if isinstance(each, Found)]
    batch = next(each.exchanges[0] for each in kept if each.exchanges[0].source == "api")
    assert [(each.key, each.why) for each in batch.accounts] == [
        ("twitter/energy", "shape_changed"),
        ("twitter/nnsa", ""),
    ]
    before = list(city.store.fills(EPOCH, city.clock.now()))
    told = [each async for each in Reparser(city.house, Scope(platforms=("twitter",))).everything()]
    assert {(each.account, each.result) for each in told} == {("twitter/energy", "unread")}
    assert list(city.store.fills(EPOCH, city.clock.now())) == before


async def test_evidence_of_another_store_is_left_alone(
    after_three_hours: Hamlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = after_three_hours
    mend(monkeypatch)
    here.store.close()
    here.store = open_store(f"sqlite:///{here.folder}/other.db", here.folder)
    assert [each.result for each in await here.reparse()] == ["unknown"] * 3
    assert here.shown() == []


async def test_a_damaged_file_costs_itself_and_nothing_else(
    after_three_hours: Hamlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    mend(monkeypatch)
    first = min((after_three_hours.folder / "evidence").rglob("*.json.gz"))
    first.write_bytes(first.read_bytes()[:-40])
    assert [each.count for each in await after_three_hours.reparse()] == [11_011, 11_012]
    assert len(after_three_hours.reparser.damaged) == 1
    assert first.name in after_three_hours.reparser.damaged[0]


async def test_while_a_run_of_the_job_is_under_way_it_waits_and_then_gives_up(
    after_three_hours: Hamlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    mend(monkeypatch)
    monkeypatch.setattr("headcount.pipeline.rereading.reparsing.PATIENCE", 0.0)
    with after_three_hours.store.lock("hourly"), pytest.raises(Locked):
        await after_three_hours.reparse()


def test_the_mended_parser_is_the_only_difference() -> None:
    """The positive control: what is mended reads what the parser of today cannot."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"login": "nasa", "id": 11, "people": 7}', type=github_user.User)
    assert msgspec.json.decode(b'{"login": "nasa", "id": 11, "people": 7}', type=Mended).followers == 7


def test_growth_is_the_same_across_what_was_read_later_and_not_across_another_source() -> None:
    then, later, page = (
        Shown(NASA, "followers", 7, 1, source, hamlet.NOON) for source in ("api", "reparsed-api", "page")
    )
    assert comparable(then, later)
    assert not comparable(then, page)
