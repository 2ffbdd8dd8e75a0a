"""Bluesky: what a batch does with whom it leaves out, and with an identifier that fails it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from headcount.model import Account, Miss, Reading
from headcount.net.message import Get
from headcount.platforms.bluesky import refusal
from tests.platforms.replaying import Body, Replayed, account, rehearse, reply, way
from tests.platforms.tables.bluesky import DID, NOT_FOUND, OTHER_DID, problem, profile

MANY, ONE = "{api}/xrpc/app.bsky.actor.getProfiles", "{api}/xrpc/app.bsky.actor.getProfile"
NAMES = ("aa.gov", "bb.gov", "cc.gov")
DIDS = {name: f"did:plc:{name[:2] * 12}" for name in NAMES}
ACCOUNTS = [account("bluesky", name) for name in NAMES]


def someone(name: str, followers: object) -> dict[str, object]:
    return profile(name, followers, DIDS[name])


def asked(*replies: Body, accounts: list[Account] | None = None) -> Replayed:
    return rehearse(way("bluesky", "api"), accounts or ACCOUNTS, *replies)


def told(replayed: Replayed) -> dict[str, object]:
    return {
        each.account.handle: each.count.value if isinstance(each, Reading) else each.reason for each in replayed.said
    }


def test_a_batch_may_come_in_any_order() -> None:
    replayed = asked({"profiles": [someone("cc.gov", 3), someone("AA.gov".lower(), 1), someone("bb.gov", 2)]})
    assert told(replayed) == {"aa.gov": 1, "bb.gov": 2, "cc.gov": 3}
    assert replayed.requests == [Get(MANY, {"actors": NAMES})]


def test_whoever_is_left_out_is_asked_for_alone_and_told_why() -> None:
    suspended = problem("AccountTakedown", "Account has been suspended")
    replayed = asked({"profiles": [someone("bb.gov", 2)]}, suspended, NOT_FOUND)
    assert told(replayed) == {"aa.gov": "suspended", "bb.gov": 2, "cc.gov": "not_found"}
    assert [request.query for request in replayed.requests[1:]] == [{"actor": "aa.gov"}, {"actor": "cc.gov"}]
    assert all(said.final for said in replayed.said if isinstance(said, Miss))


def test_an_identifier_that_fails_the_whole_batch_costs_only_its_own_account() -> None:
    failed = problem("InvalidRequest", "Error: actors/1 must be a valid did or a handle")
    own = problem("InvalidRequest", "Error: actor must be a valid did or a handle")
    replayed = asked(failed, someone("aa.gov", 1), own, someone("cc.gov", 3))
    assert told(replayed) == {"aa.gov": 1, "bb.gov": "not_found", "cc.gov": 3}
    assert [request.url for request in replayed.requests] == [MANY, ONE, ONE, ONE]


def test_a_spoilt_profile_costs_its_account_only_which_is_asked_for_once_more() -> None:
    replayed = asked(
        {"profiles": [someone("aa.gov", 1), someone("bb.gov", "?"), someone("cc.gov", 3)]}, someone("bb.gov", 2)
    )
    assert told(replayed) == {"aa.gov": 1, "bb.gov": 2, "cc.gov": 3}


def test_a_stranger_in_a_batch_is_nobody_s_count() -> None:
    stranger = profile("mallory.gov", 9, OTHER_DID)
    replayed = asked({"profiles": [stranger, someone("aa.gov", 1), someone("cc.gov", 3)]}, stranger)
    assert told(replayed) == {"aa.gov": 1, "bb.gov": "shape_changed", "cc.gov": 3}


def test_what_would_fail_everybody_is_not_sent() -> None:
    names = ["aa.gov", "b b", "a_b", "-.gov", "x.invalid", "cc.gov"]
    replayed = asked(
        {"profiles": []},
        someone("aa.gov", 1),
        someone("cc.gov", 3),
        accounts=[account("bluesky", name) for name in names],
    )
    assert replayed.requests[0].query == {"actors": ("aa.gov", "cc.gov")}
    assert {said.account.handle for said in replayed.said if isinstance(said, Miss)} == set(names[1:-1])


def test_nothing_is_sent_where_nothing_may_be() -> None:
    assert asked(accounts=[account("bluesky", "a b")]).requests == []


def test_a_pinned_account_is_asked_for_by_its_did_together_with_others() -> None:
    accounts = [account("bluesky", "old.gov", did=DID), account("bluesky", "aa.gov")]
    replayed = asked({"profiles": [someone("aa.gov", 1), profile("new.gov", 7)]}, accounts=accounts)
    assert replayed.requests[0].query == {"actors": (DID, "aa.gov")}
    assert told(replayed) == {"old.gov": 7, "aa.gov": 1}
    assert {said.handle for said in replayed.said if isinstance(said, Reading)} == {"new.gov", "aa.gov"}


def test_an_id_that_is_no_did_is_neither_pinned_nor_asked_for() -> None:
    (said,) = asked(profile("aa.test", 2, "user(0)"), accounts=[account("bluesky", "aa.test", did="user(0)")]).said
    assert isinstance(said, Reading)
    assert said.ids == {}


@pytest.mark.parametrize(("status", "reason"), [(401, "shape_changed"), (404, "shape_changed"), (429, "rate_limited")])
def test_a_reply_that_is_about_nobody_refuses_the_batch(status: int, reason: str) -> None:
    refused = refusal(reply("", status))
    assert refused is not None
    assert refused.reason == reason


def test_the_window_is_read_from_the_headers() -> None:
    allowance = way("bluesky", "api").allowance(reply("", 429, ratelimit_remaining="0", ratelimit_reset="1800000000"))
    assert allowance is not None
    assert (allowance.remaining, allowance.resets) == (0, datetime(2027, 1, 15, 8, 0, tzinfo=UTC))
