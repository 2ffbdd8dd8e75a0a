"""Reddit: many by id and one by name, whom a refusal concerns, the token, and who says that he asks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from headcount import __version__
from headcount.model import Miss, Reading
from headcount.net.message import Get, Post
from headcount.platforms.kit.contract import Refusal
from headcount.platforms.reddit import API, PLATFORM, spell
from tests.platforms.replaying import AT, Body, account, rehearse, replay, reply, way
from tests.platforms.tables.reddit import GONE, IDS, PERSON, listing, problem, thing, user

SECRETS = {"client_id": "a:b", "client_secret": "s3cret", "token": "t0ken"}
RAW = {"raw_json": "1"}


def subreddits(*names: str) -> Body:
    return listing(*(thing(name, number, f"t5_{name}") for number, name in enumerate(names, 1)))


def batch(*replies: Body) -> dict[str, object]:
    accounts = [account("reddit", f"r/{name}", t5=f"t5_{name}") for name in ("aa", "bb", "cc")]
    said = rehearse(way("reddit", "api", IDS), accounts, *replies).said
    return {each.account.handle: each.count.value if isinstance(each, Reading) else each.reason for each in said}


def test_a_listing_may_come_in_any_order() -> None:
    assert batch(subreddits("cc", "aa", "bb")) == {"r/cc": 1, "r/aa": 2, "r/bb": 3}


def test_who_is_not_listed_is_asked_for_by_name_to_learn_why() -> None:
    private = problem(403, "Forbidden", reason="private")
    assert batch(subreddits("aa", "cc"), private) == {"r/aa": 1, "r/cc": 2, "r/bb": "private"}


def test_a_spoilt_item_costs_its_subreddit_only() -> None:
    odd = listing(thing("aa", 1, "t5_aa"), thing("bb", "many", "t5_bb"), thing("cc", 3, "t5_cc"))
    assert batch(odd, "<html>") == {"r/aa": 1, "r/cc": 3, "r/bb": "shape_changed"}


def test_what_is_asked_is_asked_as_reddit_has_it() -> None:
    pinned = [account("reddit", f"r/{name}", t5=f"t5_{name}") for name in ("aa", "bb")]
    replayed = rehearse(way("reddit", "api", IDS), pinned, subreddits("aa"), GONE)
    assert replayed.requests == [Get("{api}/api/info", {"id": "t5_aa,t5_bb", **RAW}), Get("{api}/r/bb/about", RAW)]
    assert rehearse(way("reddit", "api"), [account("reddit", PERSON)], user()).requests == [
        Get("{api}/user/Nasa_Official/about", RAW)
    ]
    assert rehearse(way("reddit", "api"), [account("reddit", "r/a/../b")], GONE).requests == [
        Get("{api}/r/b/about", RAW)
    ]


def test_a_profile_is_always_asked_for_by_name() -> None:
    assert way("reddit", "api", {"t2": "t2_1"}) is PLATFORM.sources[1]
    assert way("reddit", "api", IDS) is PLATFORM.sources[0]


def test_the_name_of_today_is_told() -> None:
    (said,) = replay("reddit", "api", "r/old", listing(thing("New")), ids=IDS)
    assert isinstance(said, Reading)
    assert (said.handle, said.ids) == ("r/New", IDS)


@pytest.mark.parametrize(("status", "scope"), [(401, "credential"), (403, "batch"), (429, "credential")])
def test_a_refusal_says_whom_it_concerns(status: int, scope: str) -> None:
    refused = API.refusal(problem(status, "No"))
    assert refused is not None
    assert refused.scope == scope


def test_a_reason_concerns_the_subreddit_alone() -> None:
    assert API.refusal(problem(403, "Forbidden", reason="private")) is None
    assert API.refusal(GONE) is None


@pytest.mark.parametrize(
    ("came", "final"),
    [
        (GONE, True),
        (problem(403, "Forbidden", reason="private"), True),
        (problem(403, "Forbidden", reason="waf_rule_17"), False),
        (reply("<html>", 404), False),
        (reply("", 404), False),
        (reply({"reason": "private"}, 403), False),
    ],
)
def test_only_reddit_s_own_words_are_final(came: Body, final: bool) -> None:
    (said,) = replay("reddit", "api", "r/energy", came)
    assert isinstance(said, Miss)
    assert (said.final, bool(said.detail)) == (final, True)


def test_what_is_withheld_here_may_be_shown_elsewhere() -> None:
    (said,) = replay("reddit", "api", "r/energy", reply("", 451))
    assert isinstance(said, Miss)
    assert not said.final


def test_what_is_left_is_read_from_the_headers() -> None:
    left = API.allowance(reply("", x_ratelimit_used="1", x_ratelimit_remaining="599.0", x_ratelimit_reset="586"))
    assert left is not None
    assert (left.remaining, left.resets) == (599, AT + timedelta(seconds=586))


@pytest.mark.parametrize(("remaining", "reset"), [("", "586"), ("599.0", ""), ("-1", "5"), ("9e9", "5"), ("1", "soon")])
def test_headers_that_say_nothing_sensible_say_nothing(remaining: str, reset: str) -> None:
    assert API.allowance(reply("", x_ratelimit_remaining=remaining, x_ratelimit_reset=reset)) is None


def test_a_request_says_which_user_of_reddit_s_asks() -> None:
    signed = API.sign(Get("{api}/r/energy/about"), {**SECRETS, "username": "doe_social"})
    sender = f"server:headcount:v{__version__} (by /u/doe_social)"
    assert signed.headers == {"user-agent": sender, "authorization": "Bearer t0ken"}


def test_who_names_no_user_says_who_asks_as_everywhere() -> None:
    assert API.sign(Get("{api}/r/energy/about"), SECRETS).headers == {"authorization": "Bearer t0ken"}


def granted(body: Body, status: int = 200) -> str | Refusal:
    assert API.grant
    asking = API.grant.ask()
    assert next(asking) == Post("{login}/api/v1/access_token", form={"grant_type": "client_credentials"})
    with pytest.raises(StopIteration) as done:
        asking.send(reply(body, status))
    given: str | Refusal = done.value.value
    return given


def test_the_app_s_id_and_secret_buy_a_token_however_long() -> None:
    token = f"eyJhbGciOiJSUzI1NiIs.{'x' * 1_000}"
    assert granted({"access_token": token, "token_type": "bearer", "expires_in": 86_400}) == token
    assert granted(problem(401, "Unauthorized")) == Refusal("bad_credentials", "HTTP 401", scope="credential")


def test_the_id_and_secret_go_into_a_header_alone() -> None:
    assert API.grant
    signed = API.grant.sign(Post("{login}/api/v1/access_token"), {**SECRETS, "username": "doe_social"})
    assert signed.headers["authorization"] == "Basic YSUzQWI6czNjcmV0"
    assert signed.headers["user-agent"].endswith("(by /u/doe_social)")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("energy", "r/energy"),
        ("r/Energy", "r/Energy"),
        ("user/x-y", "u/x-y"),
        ("r/u_x-y", "u/x-y"),
        ("u_nasa", "u/nasa"),
    ],
)
def test_what_stands_alone_is_a_subreddit(written: str, meant: str) -> None:
    assert spell(written) == meant
