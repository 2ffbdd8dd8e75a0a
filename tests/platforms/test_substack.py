"""Substack, asked with small replies of our own: what is sent, and whose subscribers are believed."""

from __future__ import annotations

import pytest

from headcount.model import Miss, Reading
from headcount.net.message import Get
from headcount.platforms.substack import PAGE
from headcount.roster.identify import identify
from tests.platforms.replaying import account, rehearse, replay, reply
from tests.platforms.tables.substack import IDS, profile, published


def test_a_profile_is_asked_for_by_its_handle() -> None:
    replayed = rehearse(PAGE, [account("substack", "Oak-Ridge")], profile())
    assert replayed.requests == [Get("{page}/api/v1/user/Oak-Ridge/public_profile")]


def test_a_handle_cannot_lead_to_another_address() -> None:
    replayed = rehearse(PAGE, [account("substack", "a/b?c")], profile())
    assert replayed.requests == [Get("{page}/api/v1/user/a%2Fb%3Fc/public_profile")]


def test_subscribers_are_the_headline_and_followers_stand_beside_them() -> None:
    said = replay("substack", "page", "energy", profile(publications=published("doe")))
    assert [(each.metric, each.count.value) for each in said if isinstance(each, Reading)] == [
        ("followers", 5_750),
        ("profile_followers", 812),
    ]
    assert {tuple(each.ids.items()) for each in said if isinstance(each, Reading)} == {tuple(IDS.items())}


def test_a_hidden_count_leaves_the_followers() -> None:
    miss, reading = replay("substack", "page", "energy", profile(heads=None))
    assert isinstance(miss, Miss)
    assert (miss.reason, miss.final) == ("hidden", True)
    assert isinstance(reading, Reading)
    assert reading.metric == "profile_followers"


@pytest.mark.parametrize("text", ["https://energy.substack.com/p/a-post", "https://open.substack.com/pub/energy"])
def test_a_publication_is_counted_only_by_the_profile_that_runs_it(text: str) -> None:
    named = identify(text)
    assert (named.handle, named.ids) == ("energy", {"publication": "energy"})
    (miss,) = replay("substack", "page", "energy", profile(publications=published("doe")), ids=named.ids)
    assert isinstance(miss, Miss)
    assert miss.detail == "@energy does not run energy.substack.com: write its author's @name"
    said = replay("substack", "page", "energy", profile(publications=published("energy")), ids=named.ids)
    assert all(isinstance(each, Reading) for each in said)


def test_a_profile_of_another_number_than_the_pinned_one_was_handed_on() -> None:
    said = replay("substack", "page", "energy", profile(), ids={"user": "7"})
    assert [each.reason for each in said if isinstance(each, Miss)] == ["renamed_or_reused"] * 2
    assert not any(isinstance(each, Reading) for each in said)


def test_a_wall_stops_the_source() -> None:
    refused = PAGE.refusal(reply("<html>", 403))
    assert refused is not None
    assert (refused.reason, refused.scope) == ("blocked", "source")
    assert PAGE.refusal(reply(profile())) is None
