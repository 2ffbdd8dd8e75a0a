"""Threads, asked with small replies of our own: what is sent, whose insights are read, and what refusals mean to others."""

from __future__ import annotations

import pytest

from headcount.model import Count, Miss, Reading
from headcount.net.message import Allowance, Get
from headcount.platforms.threads import API, NO_PERMISSION, PAGE, refusal
from tests.demo.asking import demo, said
from tests.platforms.replaying import account, rehearse, replay, reply
from tests.platforms.tables.threads import ID, LOGIN, OWN, PK, failure, insight, insights, me, page, profile, user


def test_others_are_looked_up_by_name() -> None:
    replayed = rehearse(API, [account("threads", "Energy")], profile(), options={"username": "doe"})
    query = {"username": "Energy", "fields": "username,follower_count,is_verified"}
    assert replayed.requests == [Get("{api}/v1.0/profile_lookup", query)]


@pytest.mark.parametrize("own", ["energy", "@Energy"])
def test_ones_own_account_is_asked_whose_the_token_is_before_its_insights_are_believed(own: str) -> None:
    replayed = rehearse(API, [account("threads", "Energy")], me(), insights(insight()), options={"username": own})
    assert replayed.requests == [
        Get("{api}/v1.0/me", {"fields": "id,username"}),
        Get("{api}/v1.0/me/threads_insights", {"metric": "followers_count"}),
    ]
    (reading,) = replayed.said
    assert isinstance(reading, Reading)
    assert (reading.count, reading.handle, reading.ids) == (Count(10_939), "energy", {"threads": ID})


@pytest.mark.parametrize("options", [{}, {"username": "doe"}])
def test_insights_in_place_of_a_profile_are_nobodys_unless_they_were_saved(options: dict[str, str]) -> None:
    asked = [account("threads", "energy")]
    (miss,) = rehearse(API, asked, insights(insight()), options=options).said
    assert isinstance(miss, Miss)
    assert miss.reason == "shape_changed"
    (reading,) = rehearse(API, asked, insights(insight()), options={**options, "saved": "yes"}).said
    assert isinstance(reading, Reading)


def test_the_insights_of_somebody_elses_token_are_not_even_asked_for() -> None:
    replayed = rehearse(API, [account("threads", "energy")], me("doe"), insights(insight()), options=OWN)
    assert [request.url for request in replayed.requests] == ["{api}/v1.0/me"]
    (miss,) = replayed.said
    assert isinstance(miss, Miss)
    assert (miss.reason, miss.detail) == ("bad_credentials", "the token is that of doe")


def test_a_token_of_another_account_than_the_pinned_one_is_not_its_own() -> None:
    (miss,) = replay("threads", "api", "energy", me(), insights(insight()), ids={"threads": "7"}, options=OWN)
    assert isinstance(miss, Miss)
    assert miss.reason == "renamed_or_reused"


def test_a_page_of_another_account_than_the_pinned_one_is_somebody_elses() -> None:
    (miss,) = replay("threads", "page", "energy", page(None, user()), ids={"pk": "7"})
    assert isinstance(miss, Miss)
    assert miss.reason == "renamed_or_reused"
    (reading,) = replay("threads", "page", "energy", page(None, user()), ids={"pk": PK})
    assert isinstance(reading, Reading)


def test_a_page_is_asked_for_in_english() -> None:
    replayed = rehearse(PAGE, [account("threads", "energy")], page())
    assert replayed.requests == [Get("{page}/@energy", headers={"accept-language": "en-US,en;q=0.1"})]


def test_a_name_that_threads_does_not_allow_is_not_sent() -> None:
    for source in (API, PAGE):
        assert rehearse(source, [account("threads", "a/b")], page()).requests == []


def test_a_login_card_is_blocked_where_the_control_account_gets_it_too() -> None:
    replayed = rehearse(PAGE, [account("threads", "energy")], LOGIN, LOGIN)
    assert [request.url for request in replayed.requests] == ["{page}/@energy", "{page}/@threads"]
    (miss,) = replayed.said
    assert isinstance(miss, Miss)
    assert miss.reason == "blocked"


@pytest.mark.parametrize(
    ("code", "reason", "scope"),
    [
        (10, "missing_permission", "batch"),
        (100, "shape_changed", "batch"),
        (190, "bad_credentials", "credential"),
        (4, "rate_limited", "credential"),
        (368, "blocked", "credential"),
    ],
)
def test_a_refusal_says_whom_else_it_holds_for(code: int, reason: str, scope: str) -> None:
    refused = refusal(failure(code))
    assert refused is not None
    assert (refused.reason, refused.scope) == (reason, scope)


def test_a_lacking_permission_is_named_as_threads_calls_it() -> None:
    refused = refusal(failure(10))
    assert refused is not None
    assert refused.detail == NO_PERMISSION


def test_what_is_left_is_read_from_metas_headers() -> None:
    assert API.allowance(reply(profile(), x_app_usage='{"call_count": 80}')) == Allowance(remaining=40.0)
    assert API.allowance(reply(profile())) is None


async def test_the_simulated_insights_of_ones_own_account_are_read() -> None:
    async with demo({"threads": ("Energy", "doe")}) as here:
        found = await here.collect(API, "threads", [account("threads", "Energy")], {"username": "energy"})
        assert said(found) == {"Energy": here.count("threads", "Energy")}
        found = await here.collect(API, "threads", [account("threads", "doe")], {"username": "doe"})
        assert said(found) == {"doe": "bad_credentials"}
