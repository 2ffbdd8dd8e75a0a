"""The demo server marks all it says, misbehaves as told, counts calls by the clock, and is found by name."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import urllib.request
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from headcount.clock import SteppedClock
from headcount.demo import answers as found
from headcount.demo import graph
from headcount.demo.answers import answers, slugs
from headcount.demo.answers.youtube import key
from headcount.demo.calls import Call
from headcount.demo.faults import Faults
from headcount.demo.people import Directory
from headcount.demo.server import DemoServer
from headcount.demo.simulation import Simulation
from headcount.demo.windows import Windows
from headcount.net.message import SIMULATED
from headcount.platforms import platform
from tests.demo.asking import NOON, demo

X = {"twitter": ("ENERGY", "NNSA")}
BEARER = {"authorization": "Bearer simulated-bearer-token"}
BY_NAME = "twitter/api/2/users/by?usernames=energy&user.fields=public_metrics"
TIMELINE = "twitter/page/srv/timeline-profile/screen-name/energy"


@pytest.mark.parametrize(
    "place",
    [
        BY_NAME,
        TIMELINE,
        "twitter/api/2/users/by",
        "twitter/api/nowhere",
        "nowhere",
        "facebook/page/energygov",
        "youtube/page/@energy",
    ],
)
async def test_every_reply_says_that_it_is_simulated_and_of_no_time(place: str) -> None:
    async with demo({**X, "facebook": ("energygov",), "youtube": ("energy",)}) as here:
        headers = (await here.get(place, BEARER)).headers
        assert (headers[SIMULATED], headers.get("date")) == ("yes", None)


@pytest.mark.parametrize(
    "place",
    [TIMELINE, "facebook/page/energygov/", "facebook/page/nobody/", "instagram/page/energy/", "youtube/page/@energy"],
)
async def test_every_page_says_in_words_that_it_is_simulated(place: str) -> None:
    handles = {**X, "facebook": ("energygov",), "instagram": ("energy",), "youtube": ("energy",)}
    async with demo(handles) as here:
        assert "every count here is made up" in (await here.get(place, {"cookie": "SOCS=CAE="})).text


async def test_a_fault_says_that_it_is_simulated_too() -> None:
    async with demo(X, faults={"twitter": Faults(status=500)}) as here:
        assert (await here.get(BY_NAME)).headers[SIMULATED] == "yes"


@pytest.mark.parametrize(
    ("faults", "status", "headers"),
    [
        (Faults(status=500), 500, {}),
        (Faults(status=429, retry_after=30), 429, {"retry-after": "30"}),
        (Faults(refusal="no_credits"), 402, {}),
        (Faults(refusal="monthly_cap"), 429, {"x-rate-limit-remaining": "39999"}),
    ],
)
async def test_a_platform_misbehaves_as_told(faults: Faults, status: int, headers: dict[str, str]) -> None:
    async with demo(X, faults={"twitter": faults}) as here:
        got = await here.get(BY_NAME, BEARER)
        assert got.status == status
        assert got.headers.items() >= headers.items()


async def test_one_host_of_a_platform_can_misbehave_alone() -> None:
    async with demo(X, faults={"twitter/page": Faults(status=503)}) as here:
        assert (await here.get(TIMELINE)).status == 503
        assert (await here.get(BY_NAME, BEARER)).status == 200


async def test_a_connection_can_break_in_the_middle_of_a_body() -> None:
    async with demo(X, faults={"twitter": Faults(cut=10)}) as here:
        with pytest.raises(aiohttp.ClientPayloadError):
            await here.get(BY_NAME, BEARER)


async def test_latency_is_spent_by_the_clock() -> None:
    async with demo(X, faults={"twitter": Faults(latency=2.5)}) as here:
        await here.get(BY_NAME, BEARER)
        assert here.clock.monotonic() == 2.5


def test_a_refusal_that_the_platform_does_not_know_is_a_mistake_of_ours() -> None:
    with pytest.raises(LookupError, match="no_such"):
        DemoServer(Simulation(SteppedClock(NOON)), Directory(X), {"twitter": Faults(refusal="no_such")})


def test_a_platform_that_is_not_simulated_is_named_with_those_that_are() -> None:
    with pytest.raises(LookupError, match="twitter"):
        answers("no_such")


def test_every_file_of_answers_is_a_platform_and_its_credentials_are_those_that_the_platform_declares() -> None:
    assert {"facebook", "instagram", "twitter", "youtube"} <= set(slugs())
    for slug in slugs():
        declared = {credential.name for credential in platform(slug).credentials}
        granted = {source.grant.gives for source in platform(slug).sources if source.grant}
        assert answers(slug).routes
        assert set(answers(slug).credentials) <= declared | granted, f"{found.__name__}.{slug}"


async def test_every_host_that_a_platform_declares_is_on_loopback() -> None:
    async with demo(X) as here:
        for slug in slugs():
            hosts = here.server.hosts(slug)
            assert set(hosts) >= set(platform(slug).hosts)
            assert all(url == f"{here.server.url}/{slug}/{name}" for name, url in hosts.items())
        assert here.server.url == f"http://127.0.0.1:{here.server.port}"


async def test_the_control_accounts_exist_though_no_directory_names_them() -> None:
    async with demo({"youtube": ()}) as here:
        for handle, status in (("@YouTube", 200), ("@nobody", 404)):
            assert (await here.get(f"youtube/page/{handle}", {"cookie": "SOCS=CAE="})).status == status


async def test_counts_grow_while_the_clock_moves() -> None:
    async with demo(X) as here:
        first = (await here.get(BY_NAME, BEARER)).json
        here.clock.move(90 * 86_400)
        later = (await here.get(BY_NAME, BEARER)).json
        count, then = (got["data"][0]["public_metrics"]["followers_count"] for got in (first, later))
        assert count == here.simulation.count("twitter", "ENERGY", NOON)
        assert then == here.simulation.count("twitter", "ENERGY", NOON + timedelta(days=90)) != count


@pytest.mark.parametrize(
    ("place", "amount", "status", "minutes"),
    [("twitter/page/srv/timeline-profile/screen-name/energy", 30, 429, 15), (BY_NAME, 300, 429, 15)],
)
async def test_a_window_is_used_up_and_opens_again(place: str, amount: int, status: int, minutes: int) -> None:
    async with demo(X) as here:
        replies = [await here.get(place, BEARER) for _ in range(amount)]
        assert {reply.status for reply in replies} == {200}
        assert [reply.headers["x-rate-limit-remaining"] for reply in replies[-2:]] == ["1", "0"]
        refused = await here.get(place, BEARER)
        resets = int((NOON + timedelta(minutes=minutes)).timestamp())
        assert (refused.status, refused.headers["x-rate-limit-reset"]) == (status, str(resets))
        here.clock.move(minutes * 60)
        assert (await here.get(place, BEARER)).status == 200


async def test_a_lifted_limit_is_never_used_up() -> None:
    async with demo(X, limited=False) as here:
        assert {(await here.get(TIMELINE)).status for _ in range(35)} == {200}


async def test_facebook_and_instagram_share_an_allowance_and_a_batch_of_fifty_counts_as_fifty() -> None:
    batch = json.dumps([{"method": "GET", "relative_url": "me"}] * 50)
    form = {"batch": batch, "access_token": graph.TOKENS["token"]}
    async with demo({"facebook": ("energygov",), "instagram": ("energy",)}) as here:
        places = ["facebook/api/v25.0/", "instagram/api/v25.0/"] * 2
        used = [json.loads((await here.post(place, form)).headers["x-app-usage"])["call_count"] for place in places]
        assert used == [25, 50, 75, 100]
        refused = await here.post("facebook/api/v25.0/", form)
        assert (refused.status, refused.json["error"]["code"]) == (403, 4)
        here.clock.move(3600)
        assert (await here.post("facebook/api/v25.0/", form)).status == 200


def test_a_days_units_of_youtube_are_used_up_by_one_key_until_midnight_in_california() -> None:
    clock = SteppedClock(NOON)
    windows = Windows(clock)
    call, other = (Call("", {}, query={"key": key}) for key in ("one", "two"))
    for _ in range(10_000):
        assert windows.spend(key.DAILY, call).used <= 10_000
    assert windows.spend(key.DAILY, call).used > 10_000
    assert windows.spend(key.DAILY, other).used == 1
    clock.move((datetime(2026, 11, 21, 8, 0, tzinfo=UTC) - NOON).total_seconds())
    assert windows.spend(key.DAILY, call).used == 1
    assert json.loads(key.DAILY.refused.body)["error"]["errors"][0]["reason"] == "quotaExceeded"


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (datetime(2026, 7, 1, 6, 59, tzinfo=UTC), datetime(2026, 7, 1, 7, 0, tzinfo=UTC)),
        (datetime(2026, 7, 1, 7, 0, tzinfo=UTC), datetime(2026, 7, 2, 7, 0, tzinfo=UTC)),
        (datetime(2026, 11, 1, 12, 0, tzinfo=UTC), datetime(2026, 11, 2, 8, 0, tzinfo=UTC)),
        (datetime(2027, 3, 14, 7, 59, tzinfo=UTC), datetime(2027, 3, 14, 8, 0, tzinfo=UTC)),
        (datetime(2027, 3, 14, 8, 0, tzinfo=UTC), datetime(2027, 3, 15, 7, 0, tzinfo=UTC)),
    ],
)
def test_midnight_in_california_knows_when_the_clocks_change(start: datetime, end: datetime) -> None:
    assert key.midnight(start) == end


@pytest.mark.parametrize(
    ("place", "least"),
    [
        (TIMELINE, 150_000),
        ("youtube/page/@energy", 1_000_000),
        ("instagram/page/energy/", 300_000),
        ("facebook/page/energygov/", 600_000),
    ],
)
async def test_a_padded_page_weighs_what_a_real_one_does(place: str, least: int) -> None:
    handles = {**X, "facebook": ("energygov",), "instagram": ("energy",), "youtube": ("energy",)}
    async with demo(handles, padded=True) as here:
        got = await here.get(place, {"cookie": "SOCS=CAE="})
        assert 0.95 * least < len(got.body) < 1.1 * least
        assert got.headers["content-encoding"] == "gzip"


async def test_it_runs_by_itself_and_says_in_one_line_where_and_what_it_lets_in() -> None:
    command = ["-m", "headcount.demo", "--accounts", "3", "--lift-limits", "--latency", "0.001"]
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout
    said = json.loads(await process.stdout.readline())
    x = said["platforms"]["twitter"]
    request = urllib.request.Request(
        x["hosts"]["api"] + "/2/users/by?usernames=account0,account2,account3",
        headers={"authorization": f"Bearer {x['credentials']['bearer_token']}"},
    )

    def ask() -> bytes:
        with urllib.request.urlopen(request) as answer:
            return bytes(answer.read())

    got = json.loads(await asyncio.to_thread(ask))
    assert {user["username"] for user in got["data"]} == {"account0", "account2"}
    assert [error["value"] for error in got["errors"]] == ["account3"]
    process.send_signal(signal.SIGINT)
    assert await process.wait() == 0
