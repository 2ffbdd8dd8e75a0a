"""A run over a made-up platform, Chirp: whatever one account, batch or source meets, the others get their readings."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from msgspec import Struct, structs

from headcount.clock import SteppedClock
from headcount.collect.cost import Estimate
from headcount.collect.counter import AT_ONCE
from headcount.collect.courier import Budget
from headcount.collect.plan import Office
from headcount.collect.run import collect
from headcount.collect.turn import Assignment, Event, Means, Refused
from headcount.errors import TooSlow, Unreachable
from headcount.model import Account, Count, Miss, Outcome, Reading
from headcount.net.message import Get, Pace, Reply, Request
from headcount.net.pace import MemoryShelf
from headcount.platforms.kit.contract import (
    Absent,
    Exchange,
    Grant,
    Options,
    Platform,
    Refusal,
    Secrets,
    Source,
    by_status,
)
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.matching import match
from headcount.platforms.kit.signing import authorized, bearer
from headcount.platforms.kit.wire import Heads, Id, decode, sift

START = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Bird(Struct):
    id: Id
    handle: Id
    followers: Heads


class Flock(Struct):
    birds: list[object]


def by_names(accounts: Sequence[Account], options: Options) -> Exchange:
    reply = yield Get("{api}/birds", {"names": ",".join(account.handle for account in accounts)})
    birds = match(sift(decode(reply.body, Flock).birds, Bird), lambda bird: bird.handle)
    yield from birds.spoilt
    for account in accounts:
        if bird := birds.found.get(account.handle):
            yield Reading(account, "followers", Count(bird.followers), bird.handle, {"bird": bird.id})
        elif account.handle != "ignored":
            yield Absent(account)


def by_page(accounts: Sequence[Account], options: Options) -> Exchange:
    (account,) = accounts
    reply = yield Get(f"{{page}}/{account.handle}")
    if reply.status == 404:
        yield Absent(account)
        return
    bird = decode(reply.body, Bird)
    yield Reading(account, "followers", Count(bird.followers), bird.handle, {"bird": bird.id})


def refusal(reply: Reply) -> Refusal | None:
    if reply.status == 401:
        return Refusal("bad_credentials", "HTTP 401", scope="credential")
    return by_status(reply)


API = Source("api", by_names, batch=3, needs=("token",), sign=bearer("token"), refusal=refusal, pace=Pace(1000))
PAGE = Source("page", by_page, pace=Pace(1000), control="robin", official=False)
CHIRP = Platform("chirp", "Chirp", Handles((r"\w+",)), sources=(API, PAGE))

Answer = Callable[[Request], Reply]


class World:
    """Answers requests by a function, and remembers what was sent."""

    def __init__(self, answer: Answer) -> None:
        self.clock = SteppedClock(START)
        self.shelf = MemoryShelf()
        self.budget = Budget()
        self.sent: list[Request] = []
        self._answer = answer
        self.under_way = self.most_under_way = 0

    async def send(self, request: Request, hosts: Mapping[str, str]) -> Reply:
        self.sent.append(request)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        await asyncio.sleep(0)
        self.under_way -= 1
        return structs.replace(self._answer(request), at=self.clock.now())

    async def ask(self, names: str, **office: object) -> list[Event]:
        settled = structs.replace(Office(CHIRP, {}, {}, {"token": "t"}), **office)
        accounts = tuple(Account(f"chirp/{name}", name) for name in names.split())
        means = Means(self.send, self.shelf, self.clock, START + timedelta(minutes=30), self.budget)
        return [event async for events in collect([Assignment(settled, accounts)], means) for event in events]


def reply(body: object, status: int = 200, **headers: str) -> Reply:
    raw = body if isinstance(body, bytes) else msgspec.json.encode(body)
    return Reply(status, {name.replace("_", "-"): value for name, value in headers.items()}, raw, START)


def bird(name: str, followers: object = 7) -> dict[str, object]:
    return {"id": f"id-{name}", "handle": name, "followers": followers}


def flock(request: Request, but: Mapping[str, object] | None = None) -> Reply:
    """Everyone who was asked for, but for those with something else in their place (None: left out)."""
    names = str(request.query["names"]).split(",")
    found = [(but or {}).get(name, bird(name)) for name in names]
    return reply({"birds": [each for each in found if each is not None]})


def is_page(request: Request) -> bool:
    return request.url.startswith("{page}")


def results(events: Sequence[Event]) -> dict[str, object]:
    """Each account's name, and its count or the reason why there is none."""
    found: dict[str, object] = {}
    for event in events:
        if isinstance(event, Outcome):
            said = event.said
            name = said.account.key.partition("/")[2]
            assert name not in found, f"{name} has two outcomes"
            found[name] = said.count.value if isinstance(said, Reading) else said.reason
    return found


OFFICIAL = {"official_only": True}


async def test_everyone_is_counted_in_as_few_requests_as_the_batch_allows() -> None:
    world = World(flock)
    events = await world.ask("a b c d")
    assert results(events) == {"a": 7, "b": 7, "c": 7, "d": 7}
    assert len(world.sent) == 2
    estimates = [event for event in events if isinstance(event, Estimate)]
    assert [(each.platform, each.source, each.accounts, each.requests, each.calls) for each in estimates] == [
        ("chirp", "api", 4, 2, 2)
    ]


async def test_one_spoilt_item_costs_one_account() -> None:
    world = World(lambda request: flock(request, {"b": {"id": "?", "handle": "b", "followers": -5}}))
    assert results(await world.ask("a b c", **OFFICIAL)) == {"a": 7, "b": "shape_changed", "c": 7}


async def test_two_answers_about_one_account_that_differ_are_both_refused() -> None:
    def answer(request: Request) -> Reply:
        return reply({"birds": [bird("a", 1), bird("b"), bird("a", 2)]})

    assert results(await World(answer).ask("a b", **OFFICIAL)) == {"a": "shape_changed", "b": 7}


async def test_a_cut_connection_costs_the_batch_that_it_carried() -> None:
    def answer(request: Request) -> Reply:
        if "d" in str(request.query["names"]):
            raise Unreachable("connection reset")
        return flock(request)

    found = results(await World(answer).ask("a b c d e", **OFFICIAL))
    assert found == {"a": 7, "b": 7, "c": 7, "d": "unreachable", "e": "unreachable"}


async def test_a_source_in_trouble_hands_its_accounts_to_the_next_source() -> None:
    world = World(lambda request: reply(bird("x", 9)) if is_page(request) else reply(b"", 500))
    found = results(await world.ask("a b"))
    assert found == {"a": 9, "b": 9}


async def test_a_platform_that_fails_everything_is_left_alone_after_a_few_tries() -> None:
    world = World(lambda request: reply(b"", 503))
    names = " ".join(f"n{number}" for number in range(300))
    found = results(await world.ask(names, **OFFICIAL))
    assert set(found.values()) == {"unreachable"}
    assert len(found) == 300
    assert len(world.sent) <= AT_ONCE + world.budget.retries + 1
    assert world.budget.retries <= 0.2 * 100


async def test_second_tries_stay_within_a_fifth_of_what_was_planned() -> None:
    world = World(lambda request: reply(b"", 503))
    await world.ask("a b c d e f g h i j k l m n o", **OFFICIAL)
    assert world.budget.planned == 5
    assert world.budget.retries == 1


async def test_a_bad_credential_is_tried_once_and_the_next_source_asked() -> None:
    world = World(lambda request: reply(bird("x", 9)) if is_page(request) else reply(b"{}", 401))
    names = " ".join(f"n{number}" for number in range(300))
    found = results(await world.ask(names))
    assert set(found.values()) == {9}
    assert len([request for request in world.sent if not is_page(request)]) <= AT_ONCE


async def test_an_account_that_is_left_out_is_asked_once_more_and_then_absent() -> None:
    world = World(lambda request: flock(request, {"ignored": None}))
    assert results(await world.ask("a ignored", **OFFICIAL)) == {"a": 7, "ignored": "not_found"}
    assert [request.query["names"] for request in world.sent] == ["a,ignored", "ignored"]


async def test_absence_from_an_official_source_is_final_and_no_page_is_read() -> None:
    world = World(lambda request: flock(request, {"gone": None}))
    assert results(await world.ask("a gone")) == {"a": 7, "gone": "not_found"}
    assert not any(map(is_page, world.sent))


@pytest.mark.parametrize(
    ("control", "reason", "why"),
    [
        (reply(bird("robin")), "not_found", "the control account is shown, so the others are not there"),
        (reply(b"", 404), "blocked", "the control account is not shown either"),
        (reply(b"<html>"), "shape_changed", "the control account's page cannot be read"),
        (reply(b"", 500), "unreachable", "the control account cannot be asked"),
    ],
)
async def test_absence_from_a_page_is_judged_by_the_control_account(control: Reply, reason: str, why: str) -> None:
    world = World(lambda request: control if request.url.endswith("/robin") else reply(b"", 404))
    assert results(await world.ask("a b c", chosen=("page",))) == dict.fromkeys("abc", reason), why
    assert len([request for request in world.sent if request.url.endswith("/robin")]) <= 2, (
        "asked once a run, with one retry"
    )


async def test_absence_from_a_page_is_never_final_and_the_next_source_is_asked() -> None:
    def answer(request: Request) -> Reply:
        if not is_page(request):
            return flock(request)
        return reply(bird("robin")) if request.url.endswith("/robin") else reply(b"", 404)

    (event,) = [event for event in await World(answer).ask("a", chosen=("page",)) if isinstance(event, Outcome)]
    assert isinstance(event.said, Miss)
    assert (event.said.reason, event.said.final) == ("not_found", False)
    assert results(await World(answer).ask("a", chosen=("page", "api"))) == {"a": 7}


async def test_an_answer_under_another_id_than_the_pinned_one_is_not_the_account_s() -> None:
    world = World(flock)
    pinned = Account("chirp/a", "a", {"bird": "id-someone-else"})
    means = Means(world.send, world.shelf, world.clock, START + timedelta(minutes=30), world.budget)
    office = Office(CHIRP, {}, {}, {"token": "t"}, official_only=True)
    events = [event async for some in collect([Assignment(office, (pinned,))], means) for event in some]
    assert results(events) == {"a": "renamed_or_reused"}


async def test_ids_of_different_schemes_are_never_compared() -> None:
    world = World(flock)
    pinned = Account("chirp/a", "a", {"feather": "something"})
    means = Means(world.send, world.shelf, world.clock, START + timedelta(minutes=30), world.budget)
    office = Office(CHIRP, {}, {}, {"token": "t"}, official_only=True)
    events = [event async for some in collect([Assignment(office, (pinned,))], means) for event in some]
    assert results(events) == {"a": 7}


async def test_the_last_word_names_the_first_source_s_reason_and_every_source_s_detail() -> None:
    world = World(lambda request: reply(b"", 404) if is_page(request) else reply(b"{}", 401))
    (miss,) = [event.said for event in await world.ask("a") if isinstance(event, Outcome)]
    assert isinstance(miss, Miss)
    assert miss.reason == "bad_credentials"
    assert "api: bad_credentials" in miss.detail
    assert "page: blocked" in miss.detail


async def test_retry_after_is_waited_for_where_the_run_lasts_that_long() -> None:
    def answer(request: Request) -> Reply:
        early = world.clock.now() < START + timedelta(seconds=90)
        return reply(b"", 429, retry_after="90") if early else flock(request)

    world = World(answer)
    assert results(await world.ask("a", **OFFICIAL)) == {"a": 7}
    assert world.clock.now() >= START + timedelta(seconds=90)
    assert len(world.sent) == 2


async def test_a_retry_after_beyond_the_run_is_not_waited_for_and_outlives_it() -> None:
    world = World(lambda request: reply(b"", 429, retry_after="7200"))
    assert results(await world.ask("a b c d e f g", **OFFICIAL)) == dict.fromkeys("abcdefg", "rate_limited")
    before = len(world.sent)
    assert results(await world.ask("a", **OFFICIAL)) == {"a": "rate_limited"}
    assert len(world.sent) == before, "the next run knows that the allowance is shut, and sends nothing"


@pytest.mark.parametrize(("seconds", "is_waited_for"), [("59", True), ("60", True), ("61", False), ("900", False)])
async def test_a_server_in_trouble_is_waited_for_a_minute_at_most(seconds: str, *, is_waited_for: bool) -> None:
    def answer(request: Request) -> Reply:
        return reply(b"", 503, retry_after=seconds) if len(world.sent) == 1 else flock(request)

    world = World(answer)
    found = results(await world.ask("a", **OFFICIAL))
    waited = (world.clock.now() - START).total_seconds()
    expected = ({"a": 7}, 2, float(seconds)) if is_waited_for else ({"a": "unreachable"}, 1, 0.0)
    assert (found, len(world.sent), waited) == expected


async def test_a_slow_platform_costs_its_own_accounts_only() -> None:
    def answer(request: Request) -> Reply:
        raise TooSlow("no answer in 30 s")

    assert results(await World(answer).ask("a", **OFFICIAL)) == {"a": "too_slow"}


async def test_without_a_credential_only_the_page_is_asked() -> None:
    world = World(lambda request: reply(bird("x", 9)))
    assert results(await world.ask("a", secrets={})) == {"a": 9}
    assert all(map(is_page, world.sent))


async def test_without_a_credential_and_without_pages_nobody_is_asked() -> None:
    world = World(flock)
    assert results(await world.ask("a b", secrets={}, official_only=True)) == {
        "a": "no_credential",
        "b": "no_credential",
    }
    assert not world.sent


async def test_requests_are_signed_on_the_wire_with_what_was_granted() -> None:
    def grant() -> Generator[Request, Reply, str | Refusal]:
        answer = yield Get("{api}/grant")
        return answer.body.decode() if answer.status == 200 else Refusal("bad_credentials", "no")

    def sign_grant(request: Request, secrets: Secrets) -> Request:
        return authorized(request, f"Basic {secrets['key']}")

    granting = structs.replace(API, grant=Grant(("key",), "token", grant, sign_grant))
    platform = structs.replace(CHIRP, sources=(granting,))
    world = World(lambda request: reply(b"granted") if request.url.endswith("/grant") else flock(request))
    assert results(await world.ask("a b c d", platform=platform, secrets={"key": "k"})) == dict.fromkeys("abcd", 7)
    assert [request.headers["authorization"] for request in world.sent] == [
        "Basic k",
        "Bearer granted",
        "Bearer granted",
    ]


async def test_a_token_that_is_granted_anew_in_each_run_draws_on_the_same_allowance() -> None:
    number = iter(range(100))

    def grant() -> Generator[Request, Reply, str | Refusal]:
        yield Get("{api}/grant")
        return f"token {next(number)}"

    granting = structs.replace(API, grant=Grant(("key",), "token", grant, lambda request, secrets: request))
    platform = structs.replace(CHIRP, sources=(granting,))
    world = World(lambda request: reply(b"") if request.url.endswith("/grant") else flock(request))
    for _ in range(2):
        await world.ask("a", platform=platform, secrets={"key": "k"})
    assert len(world.shelf.names()) == 1


async def test_what_is_no_secret_may_stand_in_an_answer() -> None:
    public = Credential("user_id", "whose token it is", secret=False)
    secret = Credential("token", "a token")
    platform = structs.replace(CHIRP, credentials=(public, secret))
    given = {"user_id": "robin-the-bird", "token": "sparrow-hawk"}
    world = World(flock)
    events = await world.ask("robin-the-bird sparrow-hawk", platform=platform, secrets=given)
    handles = {event.said.handle for event in events if isinstance(event, Outcome) and isinstance(event.said, Reading)}
    assert "robin-the-bird" in handles
    assert "sparrow-hawk" not in handles


async def test_a_grant_that_is_refused_is_the_reason_of_every_account() -> None:
    def grant() -> Generator[Request, Reply, str | Refusal]:
        yield Get("{api}/grant")
        return Refusal("bad_credentials", "key and secret are not known")

    granting = structs.replace(API, grant=Grant(("key",), "token", grant, lambda request, secrets: request))
    platform = structs.replace(CHIRP, sources=(granting,))
    world = World(lambda request: reply(b""))
    events = await world.ask("a b", platform=platform, secrets={"key": "k"})
    assert results(events) == {"a": "bad_credentials", "b": "bad_credentials"}
    assert [event.refusal.reason for event in events if isinstance(event, Refused)] == ["bad_credentials"]


async def test_no_more_exchanges_are_under_way_than_allowed() -> None:
    world = World(lambda request: reply(bird("x")))
    await world.ask(" ".join(f"n{number}" for number in range(200)), chosen=("page",))
    assert world.most_under_way == AT_ONCE


async def test_what_the_demo_makes_up_is_marked_for_ever() -> None:
    world = World(lambda request: structs.replace(flock(request), headers={"headcount-simulated": "yes"}))
    (outcome,) = [event for event in await world.ask("a", **OFFICIAL) if isinstance(event, Outcome)]
    assert outcome.source == "simulated-api"


async def test_sources_of_one_pool_share_what_one_credential_allows_whatever_else_they_need() -> None:
    pool = Pace(10, per=600, pool="flock")
    plain = structs.replace(API, pace=pool)
    owned = structs.replace(API, pace=pool, needs=("token", "nest"))
    world = World(flock)
    await world.ask("a b c d", platform=structs.replace(CHIRP, sources=(plain,)), official_only=True)
    (name,) = world.shelf.names()
    await world.ask("e", platform=structs.replace(CHIRP, sources=(owned,)), options={"nest": "n"}, official_only=True)
    assert world.shelf.names() == (name,)
    assert name.startswith("flock:")


def of_servers(pace: Pace) -> Platform:
    """A federated platform: an account is at the server that its handle ends with."""
    page = structs.replace(PAGE, pace=pace, control=None, together=lambda account: account.handle.partition("@")[2])
    return structs.replace(CHIRP, sources=(page,), federated=True)


async def test_each_server_of_a_federated_platform_has_an_allowance_of_its_own() -> None:
    world, platform = World(lambda request: reply(bird("x"))), of_servers(Pace(1, per=86_400))
    assert results(await world.ask("a@one b@two", platform=platform)) == {"a@one": 7, "b@two": 7}
    assert results(await world.ask("c@one d@three", platform=platform)) == {"c@one": "rate_limited", "d@three": 7}


async def test_a_server_that_has_had_too_much_does_not_shut_another_one() -> None:
    def answer(request: Request) -> Reply:
        return reply(b"", 429, retry_after="7200") if request.url.endswith("@one") else reply(bird("x"))

    world, platform = World(answer), of_servers(Pace(1000))
    assert results(await world.ask("a@one", platform=platform)) == {"a@one": "rate_limited"}
    assert results(await world.ask("b@two c@one", platform=platform)) == {"b@two": 7, "c@one": "rate_limited"}
    assert [request.url for request in world.sent] == ["{page}/a@one", "{page}/b@two"]


async def test_an_echoed_credential_is_nowhere_in_what_is_told() -> None:
    def answer(request: Request) -> Reply:
        raise Unreachable(f"rejected {request.headers['authorization']}")

    secret = "a-secret-that-is-long-enough"
    events = await World(answer).ask("a", secrets={"token": secret}, official_only=True)
    assert "[secret]" in str(events)
    assert secret not in str(events)


@pytest.mark.parametrize("status", [203, 206, 299, 302, 404, 410, 418])
async def test_a_count_in_a_reply_that_is_not_the_whole_of_what_was_asked_is_no_count(status: int) -> None:
    world = World(lambda request: structs.replace(flock(request), status=status))
    assert results(await world.ask("a", **OFFICIAL)) == {"a": "shape_changed"}


async def test_nothing_is_asked_once_the_run_s_time_is_over() -> None:
    def answer(request: Request) -> Reply:
        world.clock.move(600)
        return flock(request)

    world = World(answer)
    found = results(await world.ask(" ".join(f"n{number}" for number in range(300)), **OFFICIAL))
    assert len(found) == 300
    assert set(found.values()) == {7, "too_slow"}
    assert len(world.sent) <= AT_ONCE


@pytest.mark.parametrize(
    ("platform", "reason", "final"),
    [
        (CHIRP, "no_credential", False),
        (structs.replace(CHIRP, sources=()), "unsupported", True),
        (structs.replace(CHIRP, sources=(), retired=date(2018, 5, 16)), "retired", True),
    ],
)
async def test_a_slot_stays_open_only_for_what_may_yet_be_given(platform: Platform, reason: str, final: bool) -> None:
    (event,) = await World(flock).ask("a", platform=platform, secrets={}, official_only=True)
    assert isinstance(event, Outcome)
    assert isinstance(event.said, Miss)
    assert (event.said.reason, event.said.final) == (reason, final)
