"""A clock that is wrong is said by the run that meets it, and of one that is right nobody says that it is wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from headcount.cli.saying.summary import summary
from headcount.clock import SteppedClock
from headcount.net.client import Client
from headcount.net.message import Get, Http, Reply
from headcount.pipeline.collecting.timekeeper import LEEWAY, Timekeeper
from tests.pipeline.hamlet import Hamlet
from tests.pipeline.hours import telling

NOON = datetime(2026, 11, 20, 12, 1, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SECOND = timedelta(seconds=1)

Ahead = timedelta | None
"""How far our clock is ahead of what a reply says; None: it says nothing."""


def reply(host: str, said: Ahead) -> Reply:
    headers = {} if said is None else {"date": format_datetime(NOON - said, usegmt=True)}
    return Reply(200, headers, b"", NOON, f"https://{host}/2/users")


def after(replies: Mapping[str, Sequence[Ahead]]) -> tuple[str, ...]:
    """The notices of a run that was replied this."""
    timekeeper = Timekeeper()
    for host, some in replies.items():
        for said in some:
            timekeeper.hear(reply(host, said))
    return timekeeper.notices()


@pytest.mark.parametrize(
    ("why", "replies"),
    [
        ("nobody was asked", {}),
        ("all agree with us", {"x": [SECOND], "y": [-SECOND]}),
        ("one agrees with us, and two say that we are ahead", {"x": [3 * HOUR], "y": [3 * HOUR], "z": [SECOND]}),
        ("one agrees with us once: its other replies are out of a cache", {"x": [3 * HOUR, SECOND, 2 * HOUR]}),
        ("five minutes are little", {"x": [LEEWAY], "y": [LEEWAY]}),
        ("they are behind as well", {"x": [-LEEWAY], "y": [-LEEWAY]}),
        ("one is wrong, and the other says nothing", {"x": [3 * HOUR], "y": [None]}),
        ("both are wrong, each in its own way", {"x": [3 * HOUR], "y": [5 * HOUR]}),
        ("one is ahead of us, one behind", {"x": [3 * HOUR], "y": [-3 * HOUR]}),
        ("nobody says what time it is", {"x": [None], "y": [None, None]}),
    ],
)
def test_nobody_cries_wolf(why: str, replies: Mapping[str, Sequence[Ahead]]) -> None:
    assert after(replies) == (), why


@pytest.mark.parametrize(
    ("replies", "words"),
    [
        ({"x": [3 * HOUR], "y": [3 * HOUR + SECOND]}, "3 hours ahead of what x and y say: set the clock"),
        ({"x": [-LEEWAY - SECOND], "y": [-6 * MINUTE]}, "5 minutes behind what x and y say: set the clock"),
        ({"x": [3 * HOUR], "y": [3 * HOUR], "old": [9 * DAY], "mute": [None]}, "3 hours ahead of what x and y say"),
        (
            {"x": [9 * DAY, None, 2 * DAY]},
            "2 days ahead of what x says, and nobody else answered: if that is right, set the clock",
        ),
        (dict.fromkeys("fgacdeb", (DAY,)), "1 day ahead of what a, b, c, d, e and 2 others say: set the clock"),
        (dict.fromkeys("abcdef", (DAY,)), "what a, b, c, d, e and 1 other say: set the clock"),
    ],
)
def test_a_wrong_clock_is_said_with_its_witnesses(replies: Mapping[str, Sequence[Ahead]], words: str) -> None:
    (notice,) = after(replies)
    assert notice.startswith("this machine's clock is ")
    assert words in notice
    assert notice.endswith("the times of these counts are wrong by as much")


@asynccontextmanager
async def server(tells: Callable[[], datetime | None]) -> AsyncIterator[str]:
    """Where a server is that tells this time, and knows nothing else."""
    async with TestServer(telling(web.Application(), tells)) as there:
        yield str(there.make_url("")).rstrip("/")


async def asked(*behind: Ahead) -> tuple[str, ...]:
    """The notices after servers whose clocks are so far behind ours were asked over real sockets."""
    timekeeper = Timekeeper()
    async with AsyncExitStack() as opened, Client(Http(allow_private_addresses=True), SteppedClock(NOON)) as asking:
        for each in behind:
            url = await opened.enter_async_context(server(partial(_earlier, each)))
            await timekeeper.hearing(asking.send)(Get("{api}/2/users"), {"api": url})
    return timekeeper.notices()


def _earlier(behind: Ahead) -> datetime | None:
    return None if behind is None else NOON - behind


async def test_servers_that_are_three_hours_behind_say_that_we_are_ahead() -> None:
    (notice,) = await asked(3 * HOUR, 3 * HOUR)
    assert notice.startswith("this machine's clock is 3 hours ahead of what 127.0.0.1:")
    assert notice.count("127.0.0.1:") == 2


async def test_a_server_that_agrees_with_us_silences_them() -> None:
    """The positive control of the one before."""
    assert await asked(3 * HOUR, 3 * HOUR, timedelta()) == ()


async def test_a_server_without_a_clock_bears_nobody_out() -> None:
    assert await asked(3 * HOUR, None) == ()
    assert await asked(None, None) == ()


async def test_a_run_that_meets_a_wrong_clock_says_so_and_is_a_good_run(here: Hamlet) -> None:
    here.tells = lambda: here.clock.now() - 3 * HOUR
    report = await here.run()
    (notice,) = report.turnouts[0].notices
    assert "3 hours ahead of what 127.0.0.1:" in notice
    assert f"hourly: {notice}" in summary(report)
    assert (report.exit_status, report.turnouts[0].tally.readings) == (0, 1)


async def test_the_next_run_by_a_clock_that_was_put_right_says_nothing(here: Hamlet) -> None:
    here.tells = lambda: here.clock.now() - 3 * HOUR
    await here.run()
    here.tells = here.clock.now
    assert (await here.run()).turnouts[0].notices == ()


@pytest.mark.parametrize(("behind", "said"), [(3 * HOUR, 1), (timedelta(), 0)])
async def test_a_run_compares_the_platforms(here: Hamlet, behind: timedelta, said: int) -> None:
    here.tells = lambda: here.clock.now() - 3 * HOUR
    with (here.folder / "roster.csv").open("a") as roster:
        roster.write("Unit,1,bluesky,energy.gov\n")
    async with server(lambda: here.clock.now() - behind) as url:
        here.extra = f'[platforms.bluesky.hosts]\napi = "{url}"\npage = "{url}"\n'
        report = await here.run()
    assert len(report.turnouts[0].notices) == said
    assert all(" and 127.0.0.1:" in notice for notice in report.turnouts[0].notices)
