"""YouTube, asked with small replies of our own and with what was recorded of it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from headcount.model import Count, Miss, Reading
from headcount.net.message import Get, Reply
from headcount.platforms.kit.google_errors import refusal
from headcount.platforms.youtube import PLATFORM, sign
from headcount.roster.identify import identify
from tests.platforms.replaying import Body, account, rehearse, replay, reply, truths, way

UC, OTHER = "UC" + "a" * 22, "UC" + "b" * 22
IDS = {"uc": UC}
Json = dict[str, object]


def channel(uc: str = UC, handle: str = "@energy", **statistics: object) -> Json:
    return {"id": uc, "snippet": {"customUrl": handle}, "statistics": statistics or {"subscriberCount": "123000"}}


def answer(*items: object) -> Json:
    return {"pageInfo": {"totalResults": len(items)}, "items": list(items)}


def failure(code: int, reason: str, message: str = "No.", status: str = "", detail: str = "") -> Json:
    details = {"details": [{"@type": "ErrorInfo", "reason": detail}]} if detail else {}
    return {"error": {"code": code, "message": message, "status": status, "errors": [{"reason": reason}], **details}}


def page(header: object, handle: str | None = "@energy", uc: str = UC, language: str = "en", **more: object) -> bytes:
    owner: Json = {"externalId": uc, "ownerUrls": [f"http://www.youtube.com/{handle}"] if handle else []}
    data = {"contents": SHELF, "header": header, "metadata": {"channelMetadataRenderer": owner}, **more}
    said = json.dumps({key: value for key, value in data.items() if value is not None})
    return f'<html lang="{language}"><script>var ytInitialData = {said};</script></html>'.encode()


def rows(*parts: Json) -> Json:
    view = {"metadata": {"contentMetadataViewModel": {"metadataRows": [{"metadataParts": list(parts)}]}}}
    return {"pageHeaderRenderer": {"content": {"pageHeaderViewModel": view}}}


def part(text: str, label: str | None = None) -> Json:
    return {"text": {"content": text}, **({"accessibilityLabel": label} if label else {})}


def shows(text: str, label: str | None = None) -> Json:
    return rows(part(text, label), part("337 videos"))


def classic(**text: object) -> Json:
    return {"c4TabbedHeaderRenderer": {"channelId": UC, **({"subscriberCountText": text} if text else {})}}


def alert(text: str, kind: str = "ERROR") -> list[Json]:
    return [{"alertRenderer": {"type": kind, "text": {"simpleText": text}}}]


SHELF: Json = {
    "shelf": [{"subscriberCountText": {"simpleText": "530K subscribers"}, "header": shows("7M subscribers")}]
}
SPOKEN = {"accessibility": {"accessibilityData": {"label": "1.38 million subscribers"}}}
TOPIC: Json = {"topicChannelDetailsRenderer": {"subtitle": {"simpleText": "74.4M subscribers"}}}
AGE_GATE: Json = {"contents": [{"channelAgeGateRenderer": {"header": {"runs": []}}}]}
CONSENT = b'<html><form action="https://consent.youtube.com/save" method="POST"></form></html>'
FOUND = Count(123_000, 1_000, "truncated")

SAID: list[tuple[str, str, str, list[Body], Count | str]] = [
    ("a channel by its handle", "api", "@energy", [answer(channel())], FOUND),
    ("case is no difference", "api", "@ENERGY", [answer(channel(handle="@Energy"))], FOUND),
    ("a bare name is first taken for a handle", "api", "energy", [answer(channel())], FOUND),
    ("then for an old user name", "api", "energy", [answer(), answer(channel(handle="@doe"))], FOUND),
    ("a user name may have any handle", "api", "user/energy", [answer(channel(handle="@doe"))], FOUND),
    ("a custom URL may be a handle too", "api", "c/energy", [answer(channel())], FOUND),
    ("a channel of another name is somebody else's", "api", "@energy", [answer(channel(handle="energyold"))], "shape_changed"),
    ("a channel that does not say its name may be anybody's", "api", "@energy", [answer(channel(handle=""))], "shape_changed"),
    ("before handles, names were written bare", "api", "@energy", [answer(channel(handle="energy"))], FOUND),
    ("small counts are exact", "api", "@energy", [answer(channel(subscriberCount="999"))], Count(999)),
    ("nought is a count", "api", "@energy", [answer(channel(subscriberCount="0"))], Count(0)),
    ("it is hidden", "api", "@energy", [answer(channel(subscriberCount="0", hiddenSubscriberCount=True))], "hidden"),
    ("a hidden count may be stale", "api", "@energy", [answer(channel(subscriberCount="5", hiddenSubscriberCount=True))], "hidden"),
    ("it is unknown", "api", "@energy", [{"pageInfo": {"totalResults": 0}}], "not_found"),
    ("it is unknown, in an empty list", "api", "@energy", [answer()], "not_found"),
    ("a custom URL is unknown", "api", "c/energy", [answer()], "not_found"),
    ("it has no statistics", "api", "@energy", [answer({"id": UC})], "shape_changed"),
    ("it has no count", "api", "@energy", [answer(channel(viewCount="5"))], "shape_changed"),
    ("the count is a number", "api", "@energy", [answer(channel(subscriberCount=5))], "shape_changed"),
    ("the count has an underscore", "api", "@energy", [answer(channel(subscriberCount="1_000"))], "shape_changed"),
    ("the count ends in a new line", "api", "@energy", [answer(channel(subscriberCount="12\n"))], "shape_changed"),
    ("the id is no id", "api", "@energy", [answer(channel(uc="UC1"))], "shape_changed"),
    ("the answer is about somebody else", "api", "@energy", [answer(channel(handle="@nasa"))], "shape_changed"),
    ("the answer is about two", "api", "@energy", [answer(channel(), channel(OTHER))], "shape_changed"),
    ("the answer lost its items", "api", "@energy", [{"pageInfo": {"totalResults": 1}}], "shape_changed"),
    ("the answer is empty JSON", "api", "@energy", [{}], "shape_changed"),
    ("the answer is no JSON", "api", "@energy", ["<html>"], "shape_changed"),
    ("the answer is nothing", "api", "@energy", [""], "shape_changed"),
    ("the same count twice in one object", "api", "@energy", ['{"items": [], "items": []}'], "shape_changed"),
    ("keyInvalid", "api", "@energy", [failure(400, "keyInvalid", "Bad Request")], "bad_credentials"),
    ("API_KEY_INVALID", "api", "@energy", [failure(400, "badRequest", detail="API_KEY_INVALID")], "bad_credentials"),
    ("expired", "api", "@energy", [failure(400, "badRequest", "API key expired. Please renew the API key.")], "bad_credentials"),
    ("restricted", "api", "@energy", [failure(403, "forbidden", detail="API_KEY_SERVICE_BLOCKED")], "missing_permission"),
    ("PERMISSION_DENIED", "api", "@energy", [failure(403, "x", status="PERMISSION_DENIED")], "missing_permission"),
    ("not enabled", "api", "@energy", [failure(403, "accessNotConfigured", detail="SERVICE_DISABLED")], "missing_permission"),
    ("quotaExceeded", "api", "@energy", [failure(403, "quotaExceeded")], "quota_exhausted"),
    ("dailyLimitExceeded", "api", "@energy", [failure(403, "dailyLimitExceeded")], "quota_exhausted"),
    ("rateLimitExceeded", "api", "@energy", [failure(403, "rateLimitExceeded")], "rate_limited"),
    ("userRateLimitExceeded", "api", "@energy", [failure(429, "userRateLimitExceeded")], "rate_limited"),
    ("backendError", "api", "@energy", [failure(503, "backendError")], "unreachable"),
    ("an unknown error", "api", "@energy", [failure(400, "whoKnows")], "shape_changed"),
    ("a server in trouble", "api", "@energy", [reply('<p class="error">', 502)], "unreachable"),
    ("a server in trouble, in JSON", "api", "@energy", [reply(failure(500, "whoKnows"), 500)], "unreachable"),
    ("a channel of today", "page", "@energy", [page(shows("123K subscribers", "123 thousand subscribers"))], FOUND),
    ("three digits are three digits", "page", "@energy", [page(shows("2.52M subscribers"))], Count(2_520_000, 10_000, "truncated")),
    ("fewer are as coarse as they look", "page", "@energy", [page(shows("25m subscribers"))], Count(25_000_000, 1_000_000, "truncated")),
    ("small counts are exact", "page", "@energy", [page(shows("84 subscribers"))], Count(84)),
    ("a German page", "page", "@energy", [page(shows("2,43\xa0Mio. Abonnenten"), language="de-DE")], Count(2_430_000, 10_000, "truncated")),
    ("German in full is three digits", "page", "@energy", [page(shows("530.000 Abonnenten"), language="de")], Count(530_000, 1_000, "truncated")),
    ("a channel of 2021", "page", "c/energy", [page(classic(simpleText="1.38M subscribers", **SPOKEN), handle="c/energy")], Count(1_380_000, 10_000, "truncated")),
    ("a channel of 2021 by its handle of today", "page", "@Energy", [page(classic(simpleText="123K subscribers"), handle="c/energy")], FOUND),
    ("a channel without names", "page", "@energy", [page(shows("123K subscribers"), handle=None)], FOUND),
    ("a channel of 2020", "page", "energy", [page(classic(runs=[{"text": "1.38M subscribers"}]))], Count(1_380_000, 10_000, "truncated")),
    ("a topic", "page", "@energy", [page({"carouselHeaderRenderer": {"contents": [{}, TOPIC]}})], Count(74_400_000, 100_000, "truncated")),
    ("a handle in percent", "page", "@%C3%A9nergie", [page(shows("123K subscribers"), handle="@%C3%A9nergie")], FOUND),
    ("an alert that is none", "page", "@energy", [page(shows("123K subscribers"), alerts=alert("Hello", "INFO"))], FOUND),
    ("only videos are shown", "page", "@energy", [page(rows(part("337 videos")))], "hidden"),
    ("it has no subscribers", "page", "@energy", [page(shows("No subscribers"))], "hidden"),
    ("it hid them in 2021", "page", "@energy", [page(classic())], "hidden"),
    ("a game", "page", "@energy", [page({"interactiveTabbedHeaderRenderer": {}})], "hidden"),
    ("an age gate", "page", "@energy", [page(None, gate=AGE_GATE)], "hidden"),
    ("it does not exist", "page", "@energy", [page(classic(), alerts=alert("This channel does not exist."))], "not_found"),
    ("it was terminated", "page", "@energy", [page(classic(), alerts=alert("This account has been terminated."))], "suspended"),
    ("another alert", "page", "@energy", [page(classic(), alerts=alert("Not in your country."))], "shape_changed"),
    ("a bad id", "page", "@energy", [reply(failure(400, "badRequest"), 400)], "not_found"),
    ("HTTP 404", "page", "@energy", [reply("<html>", 404)], "not_found"),
    ("HTTP 429", "page", "@energy", [reply("<html>", 429)], "rate_limited"),
    ("a redirect to a riddle", "page", "@energy", [reply("", 302, location="https://www.google.com/sorry/index?continue=x")], "blocked"),
    ("a redirect to a wall of consent", "page", "@energy", [reply("", 302, location="https://consent.youtube.com/m?x=y")], "blocked"),
    ("a wall of consent", "page", "@energy", [CONSENT], "blocked"),
    ("a page about somebody else", "page", "@energy", [page(shows("84 subscribers"), handle="@nasa")], "shape_changed"),
    ("a page of 2021 about somebody else", "page", "@energy", [page(classic(simpleText="84 subscribers"), handle="c/nasa")], "shape_changed"),
    ("a page that says not whose it is", "page", "@energy", [page(shows("84 subscribers"), metadata=None)], "shape_changed"),
    ("the label contradicts", "page", "@energy", [page(shows("84 subscribers", "85 subscribers"))], "shape_changed"),
    ("the label contradicts the magnitude", "page", "@energy", [page(shows("25M subscribers", "25 thousand subscribers"))], "shape_changed"),
    ("videos where subscribers were", "page", "@energy", [page(rows(part("337 videos"), part("a link")))], "shape_changed"),
    ("the text cannot be read", "page", "@energy", [page(shows("2.52X subscribers"))], "shape_changed"),
    ("the language is not the page's", "page", "@energy", [page(shows("25 Mio. Abonnenten"))], "shape_changed"),
    ("the rows are gone", "page", "@energy", [page({"pageHeaderRenderer": {"content": {}}})], "shape_changed"),
    ("the header is of a new kind", "page", "@energy", [page({"newHeaderRenderer": {}})], "shape_changed"),
    ("the header is gone", "page", "@energy", [page(None)], "shape_changed"),
    ("the page is cut short", "page", "@energy", [page(shows("84 subscribers"))[:-30]], "shape_changed"),
    ("the page is empty", "page", "@energy", [""], "shape_changed"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "handle", "bodies", "expected"), [row[1:] for row in SAID], ids=[f"{row[1]}: {row[0]}" for row in SAID])  # fmt: skip
def test_what_is_said_of_a_channel(source: str, handle: str, bodies: list[Body], expected: Count | str) -> None:
    (said,) = replay("youtube", source, handle, *bodies)
    if isinstance(expected, Count):
        assert isinstance(said, Reading)
        assert (said.metric, said.count, said.ids) == ("followers", expected, IDS)
    else:
        assert isinstance(said, Miss)
        assert said.reason == expected


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


def test_the_key_goes_into_a_header_and_nowhere_else() -> None:
    signed = sign(Get("{api}/youtube/v3/channels", {"id": UC}), {"key": "s3cret"})
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


@pytest.mark.parametrize(
    ("text", "handle", "ids"),
    [
        (UC, UC, IDS),
        ("@Energy", "@Energy", {}),
        ("energy", "energy", {}),
        ("user/USDepartmentofEnergy", "user/USDepartmentofEnergy", {}),
        ("c/Energy", "c/Energy", {}),
        (f"https://www.youtube.com/channel/{UC}/videos", UC, IDS),
        (f"https://www.youtube.com/feeds/videos.xml?channel_id={UC}", UC, IDS),
        ("https://www.youtube.com/@Energy?sub_confirmation=1", "@Energy", {}),
        ("https://youtube.com/user/energy/featured", "user/energy", {}),
        ("http://m.youtube.com/c/Energy", "c/Energy", {}),
        ("www.youtube.com/Energy", "Energy", {}),
        ("https://www.youtube.com/@%C3%A9nergie", "@énergie", {}),
    ],
)
def test_a_channel_may_be_written_in_many_ways(text: str, handle: str, ids: dict[str, str]) -> None:
    named = identify(text, "youtube")
    assert (named.handle, named.ids) == (handle, ids)


@pytest.mark.parametrize(
    "path", ["watch?v=abc", "user/", "c/", "channel/UCshort", "playlist?list=PL1", "results", "feed/x"]
)
def test_a_page_that_is_no_channel_is_no_account(path: str) -> None:
    assert all(
        not (match := re.fullmatch(pattern, f"youtube.com/{path}"))
        or (match.groupdict().get("handle") or "").casefold() in PLATFORM.handles.reserved.split()
        for pattern in PLATFORM.handles.urls
    )


def test_handles_that_are_one_account_fold_into_one() -> None:
    fold = PLATFORM.handles.fold
    assert fold("@Energy") == fold("energy") == fold("ENERGY")
    assert fold("user/Energy") != fold("energy")


GOOGLE_DEVELOPERS = {"uc": "UC_x5XG1OV2P6uZZ5FSM9Ttw"}
GOOGLE = {"uc": "UCK8sQmJBp8GCxrOtXWBpyEA"}
SERVICE = {"uc": "UCY_6EX9BkxR3d537gp-Ob9w"}

RECORDED: dict[str, tuple[str, str, dict[str, str], Count | str]] = {
    "api_channels_single_exact_pre2019.json": ("api", "@GoogleDevelopers", {}, Count(1_927_873, 10_000, "truncated")),
    "api_channels_batch2_rounded.json": ("api", "@google", GOOGLE, Count(10_700_000, 100_000, "truncated")),
    "api_channels_no_statistics_part.json": ("api", "@GoogleDevelopers", GOOGLE_DEVELOPERS, "shape_changed"),
    "api_channel_hidden_count_2018.json": ("api", "instabug", SERVICE, "hidden"),
    "api_list_zero_items.json": ("api", "@nobody", {}, "not_found"),
    "api_error_key_invalid.json": ("api", "@google", {}, "bad_credentials"),
    "api_error_key_service_blocked.json": ("api", "@google", {}, "missing_permission"),
    "api_error_permission_denied.json": ("api", "@google", {}, "missing_permission"),
    "api_error_quota_exceeded.json": ("api", "@google", {}, "quota_exhausted"),
    "innertube_page_header_25m.json": ("page", "@kurzgesagt", {}, Count(25_000_000, 1_000_000, "truncated")),
    "innertube_page_header_small_84.json": ("page", "@randomchannel1109", {}, Count(84)),
    "innertube_c4tabbed_header_2024-04.json": ("page", "@NBCNews", {}, Count(9_840_000, 10_000, "truncated")),
    "innertube_interactive_tabbed_no_count.json": ("page", "minecraft", {}, "hidden"),
    "innertube_age_gate_no_header.json": ("page", "laphroaig", {}, "hidden"),
    "innertube_terminated_tos.json": ("page", "gone", {}, "suspended"),
    "innertube_does_not_exist.json": ("page", "nobody", {}, "not_found"),
    "innertube_bad_id_400.json": ("page", "nobody", {}, "not_found"),
    "html_old_c4tabbed_2021_1_38M.html": ("page", "c/old", {}, Count(1_380_000, 10_000, "truncated")),
    "html_german_2_43_Mio.html": ("page", "c/pietsmiet", {}, Count(2_430_000, 10_000, "truncated")),
}
UNUSED = {
    "html_layout_2014_exact.response.html": "a layout of 2014 to 2019: no page of today has it, and archived pages are not read",
    "innertube_resolve_url_handle.json": "an answer of a private interface that no source asks; it holds no count",
}


def recorded(recordings: Path, file: str) -> Body:
    path = recordings / "youtube" / file
    if file.startswith("innertube_"):
        return b"<script>var ytInitialData = " + path.read_bytes() + b";</script>"
    return path


@pytest.mark.parametrize("file", RECORDED)
def test_a_recorded_reply_is_read_as_it_was(recordings: Path, file: str) -> None:
    source, handle, ids, expected = RECORDED[file]
    (said,) = replay("youtube", source, handle, recorded(recordings, file), ids=ids)
    assert (said.count if isinstance(said, Reading) else said.reason) == expected


def test_both_channels_of_the_recorded_batch_are_read(recordings: Path) -> None:
    accounts = [account("youtube", "@google", **GOOGLE), account("youtube", "@gd", **GOOGLE_DEVELOPERS)]
    said = rehearse(way("youtube", "api", IDS), accounts, recordings / "youtube/api_channels_batch2_rounded.json").said
    values = {f"{each.ids['uc']}={each.count.value}" for each in said if isinstance(each, Reading)}
    assert values == set(truths(recordings, "youtube")["api_channels_batch2_rounded.json"].split(", "))


def test_every_recorded_file_is_in_the_table_and_agrees_with_the_index(recordings: Path) -> None:
    truth = truths(recordings, "youtube")
    files = {path.name for path in (recordings / "youtube").iterdir()}
    assert files == truth.keys() == RECORDED.keys() | UNUSED.keys()
    plain = {file: int(found[1]) for file in RECORDED if (found := re.match(r"(\d+)(?: \(|$)", truth[file]))}
    assert len(plain) >= 5
    for file, value in plain.items():
        expected = RECORDED[file][3]
        assert isinstance(expected, Count)
        assert expected.value == value


def test_no_recorded_file_gives_another_channel_a_count(recordings: Path) -> None:
    """Whatever is fed to whichever source, a pinned channel is never given somebody else's count."""
    for path in (recordings / "youtube").iterdir():
        for source in ("api", "page"):
            said = replay("youtube", source, "@energy", recorded(recordings, path.name), ids=IDS)
            assert [each for each in said if isinstance(each, Reading)] == [], path.name
