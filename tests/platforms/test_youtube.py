"""YouTube, asked with small replies of our own and with what was recorded of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from headcount.model import Miss, Reading
from headcount.net.message import Get, Reply
from headcount.platforms.kit.strict import LONGEST
from headcount.platforms.replies.google_errors import refusal
from headcount.platforms.youtube import API, PLATFORM
from tests.platforms.replaying import account, rehearse, replay, reply, way
from tests.platforms.tables.youtube import (
    FOUND,
    IDS,
    OTHER,
    UC,
    answer,
    channel,
    classic,
    failure,
    page,
    part,
    rows,
    shows,
)


def test_a_batch_may_come_in_any_order_with_gaps() -> None:
    accounts = [account("youtube", f"@c{letter}", uc="UC" + letter * 22) for letter in "abc"]
    items = [channel("UC" + "c" * 22, "@renamed"), channel("UC" + "a" * 22, "@ca")]
    replayed = rehearse(way("youtube", "api", IDS), accounts, answer(*items))
    assert {said.account.handle: getattr(said, "handle", None) for said in replayed.said} == {
        "@ca": "@ca",
        "@cc": "@renamed",
        "@cb": None,
    }
    assert [said.reason for said in replayed.said if isinstance(said, Miss)] == ["not_found"]


def test_a_spoilt_item_costs_its_account_only_and_is_no_proof_of_absence() -> None:
    accounts = [account("youtube", f"@c{letter}", uc="UC" + letter * 22) for letter in "ab"]
    items = [channel("UC" + "a" * 22), channel("UC" + "b" * 22, subscriberCount="many")]
    said = rehearse(way("youtube", "api", IDS), accounts, answer(*items)).said
    assert [getattr(each, "reason", "read") for each in said] == ["read", "shape_changed"]


def test_a_stranger_in_the_answer_is_not_counted_and_makes_absence_doubtful() -> None:
    (said,) = replay("youtube", "api", "@energy", answer(channel(OTHER)), ids=IDS)
    assert isinstance(said, Miss)
    assert said.reason == "shape_changed"


def test_two_items_that_contradict_are_both_refused_and_two_that_agree_are_one() -> None:
    differ = answer(channel(subscriberCount="5"), channel(subscriberCount="6"))
    agree = answer(channel(), channel())
    assert [getattr(said, "reason", "") for said in replay("youtube", "api", "@x", differ, ids=IDS)] == [
        "shape_changed"
    ]
    assert [type(said) for said in replay("youtube", "api", "@x", agree, ids=IDS)] == [Reading]


def test_a_page_of_another_channel_than_the_pinned_one_is_not_counted() -> None:
    (said,) = replay("youtube", "page", "@energy", page(shows("84 subscribers"), uc=OTHER), ids=IDS)
    assert isinstance(said, Miss)
    assert said.reason == "renamed_or_reused"


def test_a_pinned_channel_may_have_a_new_handle() -> None:
    (said,) = replay("youtube", "page", "@energy", page(shows("84 subscribers"), handle="@doe"), ids=IDS)
    assert isinstance(said, Reading)
    assert said.handle == "@doe"


@pytest.mark.parametrize(
    ("handle", "asked"),
    [
        ("@energy", [("forHandle", "@energy")]),
        ("energy", [("forHandle", "@energy"), ("forUsername", "energy")]),
        ("user/energy", [("forUsername", "energy")]),
        ("c/energy", [("forHandle", "@energy")]),
        ("@%C3%A9nergie", [("forHandle", "@énergie")]),
    ],
)
def test_a_name_is_asked_for_in_the_ways_that_it_can_be_meant(handle: str, asked: list[tuple[str, str]]) -> None:
    requests = rehearse(way("youtube", "api"), [account("youtube", handle)], answer(), answer()).requests
    assert [
        (kind, value) for request in requests for kind, value in request.query.items() if kind.startswith("for")
    ] == asked


@pytest.mark.parametrize(
    ("handle", "ids", "place"),
    [
        ("@energy", {}, "{page}/@energy"),
        ("@énergie", {}, "{page}/@%C3%A9nergie"),
        ("user/energy", {}, "{page}/user/energy"),
        ("c/Energy", {}, "{page}/c/Energy"),
        ("@energy", IDS, "{page}/channel/" + UC),
    ],
)
def test_the_page_asked_for_is_the_channels(handle: str, ids: dict[str, str], place: str) -> None:
    (request,) = rehearse(way("youtube", "page"), [account("youtube", handle, **ids)], "").requests
    assert request.url == place
    assert request.query == {"hl": "en", "ucbcb": "1"}


def with_panels(panels: int) -> bytes:
    """A page that cannot be read whole, for what stands before its header is nested too deeply."""
    header = shows("123K subscribers")
    opened = [{"panel": {"header": {"title": "About"}, "content": []}}] * panels
    text = page({**header, "opens": opened}, contents="DEEP").replace(b'": ', b'":').replace(b", ", b",")
    return text.replace(b'"DEEP"', b"[" * 2_000 + b"]" * 2_000)


@pytest.mark.parametrize("panels", [0, 1, 2, 19])
def test_panels_that_open_from_a_header_do_not_make_the_whole_page_be_read(panels: int) -> None:
    (said,) = replay("youtube", "page", "@energy", with_panels(panels))
    assert isinstance(said, Reading)
    assert said.count == FOUND


def test_behind_too_many_panels_a_header_is_not_looked_for() -> None:
    """The positive control of the test above."""
    (said,) = replay("youtube", "page", "@energy", with_panels(20))
    assert isinstance(said, Miss)
    assert said.reason == "shape_changed"


def test_a_page_with_two_headers_is_not_believed() -> None:
    header = json.dumps(shows("123K subscribers"))
    twice = page("HEADER").replace(b'"header": "HEADER"', f'"header": {header}, "header": {header}'.encode())
    for text in (twice, twice.replace(b'": ', b'":').replace(b", ", b",")):
        (said,) = replay("youtube", "page", "@energy", text)
        assert isinstance(said, Miss)
        assert said.reason == "shape_changed"


def test_what_another_script_holds_is_not_the_page_s_data() -> None:
    """The data before it are the page's: they show no count, and the other script is not asked for one."""
    other = page(classic(simpleText="9M subscribers")).replace(b'": ', b'":').replace(b", ", b",")
    (said,) = replay("youtube", "page", "@energy", page(rows(part("337 videos"))) + other)
    assert isinstance(said, Miss)
    assert said.reason == "hidden"


def test_a_page_that_is_too_large_is_not_read_at_all() -> None:
    sound = page(shows("123K subscribers"))
    for size, expected in ((LONGEST, "read"), (LONGEST + 1, "shape_changed")):
        (said,) = replay("youtube", "page", "@energy", sound.ljust(size))
        assert getattr(said, "reason", "read") == expected


def test_the_key_goes_into_a_header_and_nowhere_else() -> None:
    signed = API.sign(Get("{api}/youtube/v3/channels", {"id": UC}), {"key": "s3cret"})
    assert signed.headers == {"x-goog-api-key": "s3cret"}
    assert "s3cret" not in f"{signed.url} {signed.query}"


@pytest.mark.parametrize(
    ("at", "again"),
    [
        (datetime(2026, 1, 15, 20, 0, tzinfo=UTC), datetime(2026, 1, 16, 8, 0, tzinfo=UTC)),
        (datetime(2026, 1, 15, 7, 59, tzinfo=UTC), datetime(2026, 1, 15, 8, 0, tzinfo=UTC)),
        (datetime(2026, 7, 15, 20, 0, tzinfo=UTC), datetime(2026, 7, 16, 7, 0, tzinfo=UTC)),
        (datetime(2026, 3, 8, 9, 0, tzinfo=UTC), datetime(2026, 3, 9, 7, 0, tzinfo=UTC)),
    ],
)
def test_the_quota_comes_back_at_midnight_in_california(at: datetime, again: datetime) -> None:
    refused = refusal(Reply(403, {}, json.dumps(failure(403, "quotaExceeded")).encode(), at))
    assert refused is not None
    assert refused.again == again


@pytest.mark.parametrize(
    ("reason", "scope", "again"),
    [
        ("keyInvalid", "credential", None),
        ("forbidden", "credential", None),
        ("rateLimitExceeded", "credential", timedelta(minutes=1)),
        ("backendError", "batch", timedelta(seconds=1)),
        ("whoKnows", "batch", None),
    ],
)
def test_a_refusal_says_whom_it_concerns_and_until_when(reason: str, scope: str, again: timedelta | None) -> None:
    refused = refusal(reply(failure(403, reason, 'See <a href="/x">here</a>.'), 403))
    assert refused is not None
    assert (refused.scope, refused.again, refused.detail) == (scope, again, "See here.")


def test_handles_that_are_one_account_fold_into_one() -> None:
    fold = PLATFORM.handles.fold
    assert fold("@Energy") == fold("energy") == fold("ENERGY")
    assert fold("user/Energy") != fold("energy")


def test_no_recorded_file_gives_another_channel_a_count(recordings: Path) -> None:
    """Whatever is fed to whichever source, a pinned channel is never given somebody else's count."""
    for path in (recordings / "youtube").iterdir():
        for source in ("api", "page"):
            said = replay("youtube", source, "@energy", path, ids=IDS)
            assert [each for each in said if isinstance(each, Reading)] == [], path.name
