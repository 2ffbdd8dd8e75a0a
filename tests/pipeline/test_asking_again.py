"""Whoever's count is held is asked again in the same run: by another source, or once more by the same after a pause."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from headcount.clock import SteppedClock
from headcount.collect.turn import Assignment
from headcount.errors import Mistake
from headcount.model import EPOCH, Account, Count, Outcome, Reading, Tally
from headcount.pipeline.by_hand.reviewing import waiting
from headcount.pipeline.by_hand.ruling import Ruling, rule_on
from headcount.pipeline.collecting.asking_again import Second
from headcount.pipeline.collecting.due import Wanted
from headcount.pipeline.house import Premises
from headcount.pipeline.run import collect
from headcount.settings import load
from headcount.store.contract import Store
from headcount.store.noticing import Remark
from headcount.store.open import open_store
from tests.pipeline.hours import telling

NOON = datetime(2026, 11, 20, 12, 1, tzinfo=UTC)
WHO = "energy.gov"
KEY = f"bluesky/{WHO}"
DID = "did:plc:ab2cd3ef4gh5ij6kl7mnopqr"
CONFIG = """
[organization]
name = "Department of Tests"
roster = "roster.csv"
[http]
allow_private_addresses = true
[jobs.hourly]
every = "1h"
[platforms.bluesky]
{choice}
[platforms.bluesky.hosts]
api = "{url}"
page = "{url}"
"""
BOTH, API_ONLY = "", 'sources = ["api"]'
LEVEL, PURGED, WRONG = 100_000, 80_000, 404

Said = Sequence[int | None]
"""What a source answers, one time after the other, the last for ever; None: it is in trouble."""


class Pond:
    """One account of Bluesky, a server that answers for it as it is told to, and the hour that it is there."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder, self.store, self.clock = folder, store, SteppedClock(NOON)
        self._said: dict[str, Iterator[int | None]] = {}

    async def run(self, api: Said, page: Said = (None,), choice: str = BOTH) -> Tally:
        """The next hour's run; how long it took, by its clock, is in the tally."""
        self.clock.move(3600)
        self._said = {"api": _for_ever(api), "page": _for_ever(page)}
        app = telling(web.Application(), self.clock.now)
        app.router.add_get("/xrpc/{method}", self._api)
        app.router.add_get("/profile/{whom}", self._page)
        async with TestServer(app) as server:
            (self.folder / "roster.csv").write_text(f"unit,unit_id,platform,account\nUnit,1,bluesky,{WHO}\n")
            text = CONFIG.format(url=str(server.make_url("")).rstrip("/"), choice=choice)
            (self.folder / "headcount.toml").write_text(text)
            report = await collect(self.premises, Wanted(), lambda _: None)
        return report.turnouts[0].tally

    @property
    def premises(self) -> Premises:
        return Premises(load(self.folder / "headcount.toml", {}), self.store, self.clock)

    @property
    def rows(self) -> list[tuple[str, str, int | None]]:
        """Status, source and count of everything that was ever said."""
        found = self.store.fills(EPOCH, self.clock.now() + timedelta(hours=1))
        return [(row.status, row.source, row.count) for row in found]

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What was decided."""
        return self.store.remarks(EPOCH)

    @property
    def rules(self) -> list[tuple[str, str]]:
        """What was decided, and by which rule."""
        return [(each.decision, each.rule) for each in self.remarks]

    @property
    def shown(self) -> int | None:
        return next((each.count for each in self.store.latest(self.clock.now())), None)

    async def _api(self, _: web.Request) -> web.Response:
        count = next(self._said["api"])
        if count is None:
            return web.json_response({"error": "UpstreamFailure"}, status=502)
        return web.json_response({"did": DID, "handle": WHO, "followersCount": count})

    async def _page(self, _: web.Request) -> web.Response:
        count = next(self._said["page"])
        if count is None:
            return web.Response(text="<html>", content_type="text/html")
        counter = {
            "@type": "InteractionCounter",
            "interactionType": "https://schema.org/FollowAction",
            "userInteractionCount": count,
        }
        person = {"@type": "Person", "alternateName": f"@{WHO}", "identifier": DID, "interactionStatistic": [counter]}
        data = json.dumps({"@type": "ProfilePage", "mainEntity": person})
        text = f'<html><head><script type="application/ld+json">{data}</script></head></html>'
        return web.Response(text=text, content_type="text/html")


def _for_ever(said: Said) -> Iterator[int | None]:
    return chain(said, repeat(said[-1]))


@pytest.fixture
async def pond(tmp_path: Path) -> AsyncIterator[Pond]:
    """After two hours in which nothing was the matter."""
    store = open_store(f"sqlite:///{tmp_path}/headcount.db", tmp_path)
    here = Pond(tmp_path, store)
    for _ in range(2):
        await here.run([LEVEL])
    yield here
    store.close()


async def test_a_run_in_which_nothing_is_held_costs_nothing_more(pond: Pond) -> None:
    tally = await pond.run([LEVEL + 10])
    assert (tally.requests, tally.seconds, tally.readings, tally.held) == (1, 0, 1, 0)
    assert pond.rules == []


async def test_another_source_is_asked_at_once_and_what_it_says_is_shown(pond: Pond) -> None:
    tally = await pond.run([WRONG], [LEVEL + 5])
    assert pond.rows[2:] == [("held", "api", WRONG), ("accepted", "page", LEVEL + 5)]
    assert pond.rules == [("hold", "leap"), ("accept", "segment")], "the doubtful one waits for a person"
    assert (tally.requests, tally.seconds, tally.readings, tally.held) == (2, 0, 1, 0)
    assert pond.shown == LEVEL + 5


async def test_where_another_source_doubts_it_too_both_are_held(pond: Pond) -> None:
    tally = await pond.run([PURGED], [PURGED + 1])
    assert pond.rows[2:] == [("held", "api", PURGED), ("held", "page", PURGED + 1)]
    assert (tally.requests, tally.seconds, tally.readings, tally.held) == (2, 0, 0, 1)
    assert pond.shown == LEVEL


async def test_its_own_source_takes_it_back_after_a_pause(pond: Pond) -> None:
    tally = await pond.run([WRONG, LEVEL + 5], choice=API_ONLY)
    assert pond.rows[2:] == [("refused", "api", WRONG), ("accepted", "api", LEVEL + 5)]
    assert pond.rules == [("hold", "leap"), ("refuse", "asked_again")]
    (_, taken_back) = pond.store.remarks(EPOCH)
    assert (taken_back.detail, taken_back.who) == ("404, and 100,005 when it was asked again", "check")
    assert (tally.requests, tally.seconds, tally.readings, tally.held) == (2, 30, 1, 0)
    assert pond.shown == LEVEL + 5


async def test_its_own_source_is_asked_where_the_other_does_not_answer(pond: Pond) -> None:
    await pond.run([WRONG, LEVEL + 5], [None])
    assert pond.rows[2:] == [("refused", "api", WRONG), ("accepted", "api", LEVEL + 5)]


@pytest.mark.parametrize("count", [WRONG, PURGED, 0, 10 * LEVEL])
async def test_what_is_said_twice_within_a_minute_is_one_row_and_is_not_released(pond: Pond, count: int) -> None:
    tally = await pond.run([count], choice=API_ONLY)
    assert pond.rows[2:] == [("refused", "api", count), ("held", "api", count)]
    assert (tally.readings, tally.held) == (0, 1)
    assert [each.count for each in waiting(pond.premises)] == [count], "a person decides once"
    (first,) = (each for each in pond.remarks if each.decision == "refuse")
    assert (first.rule, first.who) == ("said_again", "check")
    assert first.detail == f"{count:,}, and {count:,} when it was asked again: the later answer stands for both"
    assert pond.shown == LEVEL


async def test_two_wrong_answers_that_differ_are_both_held(pond: Pond) -> None:
    await pond.run([WRONG, 0], choice=API_ONLY)
    assert pond.rows[2:] == [("held", "api", WRONG), ("held", "api", 0)]


async def test_what_its_own_source_contradicts_an_hour_later_awaits_nobody(pond: Pond) -> None:
    await pond.run([WRONG], choice=API_ONLY)
    await pond.run([LEVEL + 5], choice=API_ONLY)
    assert pond.rows[2:] == [("refused", "api", WRONG), ("refused", "api", WRONG), ("accepted", "api", LEVEL + 5)]
    assert pond.rules[-1] == ("refuse", "contradicted")
    assert waiting(pond.premises) == []


async def test_what_another_source_contradicts_waits_until_its_own_does(pond: Pond) -> None:
    await pond.run([WRONG], [LEVEL + 5])
    await pond.run([None], [LEVEL + 6])
    assert [each.count for each in waiting(pond.premises)] == [WRONG]
    await pond.run([LEVEL + 7])
    assert waiting(pond.premises) == []


async def test_a_person_overrules_the_rules_that_refused(pond: Pond) -> None:
    await pond.run([3 * LEVEL], choice=API_ONLY)
    await pond.run([LEVEL + 5], choice=API_ONLY)
    (number,) = {each.reading for each in pond.remarks if each.rule == "contradicted"}
    with pytest.raises(Mistake, match=f"reading {number} of {KEY} was refused by check on"):
        rule_on(pond.premises, [Ruling("refuse", (number,), "jane", "a spike")])
    rule_on(pond.premises, [Ruling("accept", (number,), "jane", "it was on television")])
    assert pond.rows[2:4] == [("refused", "api", 3 * LEVEL), ("accepted", "api", 3 * LEVEL)]
    with pytest.raises(Mistake, match=f"reading {number} of {KEY} was accepted by jane on"):
        rule_on(pond.premises, [Ruling("accept", (number,), "jane")])


async def test_where_nobody_answers_a_second_time_it_is_held_and_not_missed(pond: Pond) -> None:
    tally = await pond.run([WRONG, None], choice=API_ONLY)
    assert pond.rows[2:] == [("held", "api", WRONG)]
    assert (tally.readings, tally.held, tally.misses) == (0, 1, {})


async def test_nobody_is_waited_for_beyond_the_time_of_the_run(pond: Pond) -> None:
    asked: list[Assignment] = []

    async def ask(some: Sequence[Assignment]) -> None:
        asked.extend(some)

    await pond.run([LEVEL], choice=API_ONLY)
    doubted = [Outcome(Reading(Account(KEY, WHO), "followers", Count(WRONG)), "api", NOON)]
    for seconds, questions in ((29, 0), (31, 1)):
        until = pond.clock.now() + timedelta(seconds=seconds)
        await Second(pond.premises.settings, pond.clock, until).ask(lambda: doubted, ask)
        assert len(asked) == questions


async def test_a_true_purge_is_released_after_two_hours_and_leaves_no_gap(pond: Pond) -> None:
    for hour in range(3):
        await pond.run([PURGED - hour], choice=API_ONLY)
    said_twice = [("refused", "api", PURGED), ("accepted", "api", PURGED)]
    and_again = [("refused", "api", PURGED - 1), ("accepted", "api", PURGED - 1)]
    assert pond.rows[2:] == [*said_twice, *and_again, ("accepted", "api", PURGED - 2)], "one accepted row a slot"
    assert sorted(pond.rules) == sorted(
        [*[("hold", "off_course")] * 4, *[("refuse", "said_again")] * 2, *[("accept", "three_agree")] * 3]
    )
    assert pond.shown == PURGED - 2
    hours = pond.store.hours(KEY, NOON, pond.clock.now() + timedelta(hours=1))
    assert [each.count for each in hours] == [LEVEL, LEVEL, PURGED, PURGED - 1, PURGED - 2]


@pytest.mark.parametrize("count", [WRONG, 0, 10 * LEVEL, LEVEL // 3])
async def test_a_leap_is_never_released_however_often_it_is_said(pond: Pond, count: int) -> None:
    for _ in range(5):
        await pond.run([count], choice=API_ONLY)
    assert [status for status, _, _ in pond.rows[2:]] == ["refused", "held"] * 5
    assert pond.shown == LEVEL
