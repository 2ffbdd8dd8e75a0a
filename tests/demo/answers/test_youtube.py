"""What the simulated YouTube answers: channels rounded down to three digits, its errors, and the page behind its wall."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from headcount.demo.answers.youtube.refusals import REFUSALS
from headcount.demo.people import Fate
from headcount.demo.words import first_digits, short
from tests.demo.asking import Demo, demo

FATES: dict[str, Fate] = {
    "Gone": "suspended", "Mine": "private", "Shy": "hidden", "Adult": "age_gated", "Passed": "left_out",
    "Broken": "spoilt", "Former": "renamed", "Handed": "reused",
}  # fmt: skip
CHANNEL = "UCabcdefghijklmnopqrstuv"
CHANNELS = "youtube/api/youtube/v3/channels?part=statistics,snippet&key=simulated-youtube-key"
CHOSEN = {"cookie": "SOCS=CAE="}


@pytest.fixture
async def youtube() -> AsyncIterator[Demo]:
    async with demo({"youtube": ("energy", "@nasa", "user/doe", CHANNEL, *FATES)}, {"youtube": FATES}) as here:
        yield here


async def ids(youtube: Demo, *names: str) -> str:
    return ",".join(youtube.ids("youtube", name)[0] for name in names)


async def test_a_channel_has_its_count_as_a_text_rounded_down_to_three_digits(youtube: Demo) -> None:
    (item,) = (await youtube.get(f"{CHANNELS}&id={await ids(youtube, 'energy')}")).json["items"]
    assert item["statistics"]["subscriberCount"] == str(first_digits(youtube.count("youtube", "energy")))
    assert re.fullmatch(r"UC[A-Za-z0-9_-]{22}", item["id"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("forHandle=@ENERGY", "energy"),
        ("forHandle=energy", "energy"),
        ("forUsername=doe", "doe"),
        ("forHandle=@nasa", "nasa"),
        (f"id={CHANNEL}", CHANNEL),
    ],
)
async def test_a_channel_is_found_by_handle_user_name_or_id(youtube: Demo, query: str, found: str) -> None:
    (item,) = (await youtube.get(f"{CHANNELS}&{query}")).json["items"]
    assert item["snippet"]["title"] == found


async def test_parts_that_are_not_asked_for_are_not_given(youtube: Demo) -> None:
    got = await youtube.get("youtube/api/youtube/v3/channels?part=id&forHandle=energy&key=simulated-youtube-key")
    assert set(got.json["items"][0]) == {"kind", "etag", "id"}


async def test_a_hidden_count_is_nought_and_says_that_it_is_hidden(youtube: Demo) -> None:
    (item,) = (await youtube.get(f"{CHANNELS}&forHandle=Shy")).json["items"]
    assert item["statistics"].items() >= {"subscriberCount": "0", "hiddenSubscriberCount": True}.items()


async def test_channels_come_in_an_order_of_youtubes_own_without_those_it_does_not_show(youtube: Demo) -> None:
    names = ("energy", "Gone", "nasa", "Passed", "Mine", "Broken", "Adult")
    asked = await ids(youtube, *names)
    items = (await youtube.get(f"{CHANNELS}&id={asked},UCxxxxxxxxxxxxxxxxxxxxxx")).json["items"]
    assert {item["snippet"]["title"] for item in items} == {"energy", "nasa", "Broken", "Adult"}
    assert [item["id"] for item in items] == sorted(item["id"] for item in items)


async def test_without_a_channel_there_are_no_items_at_all(youtube: Demo) -> None:
    got = (await youtube.get(f"{CHANNELS}&forHandle=nobody")).json
    assert "items" not in got
    assert got["pageInfo"]["totalResults"] == 0


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("part=id", "missingRequiredParameter"),
        ("id=UC1", "missingRequiredParameter"),
        ("part=id&id=UC1&forHandle=nasa", "incompatibleParameters"),
        ("part=id&id=" + ",".join(["UC1"] * 51), "invalidFilters"),
        ("part=id&" + "&".join(["id=UC1"] * 51), "invalidFilters"),
    ],
)
async def test_a_request_out_of_place_fails(youtube: Demo, query: str, reason: str) -> None:
    got = await youtube.get(f"youtube/api/youtube/v3/channels?{query}", {"x-goog-api-key": "simulated-youtube-key"})
    assert (got.status, got.json["error"]["errors"][0]["reason"]) == (400, reason)


@pytest.mark.parametrize(("key", "status", "reason"), [("", 403, "forbidden"), ("&key=wrong", 400, "badRequest")])
async def test_without_a_good_key_nobody_is_let_in(youtube: Demo, key: str, status: int, reason: str) -> None:
    got = await youtube.get(f"youtube/api/youtube/v3/channels?part=id&forHandle=nasa{key}")
    assert (got.status, got.json["error"]["errors"][0]["reason"]) == (status, reason)


def test_every_refusal_has_its_status_and_reasons() -> None:
    def reasons(body: bytes) -> list[str]:
        error = json.loads(body)["error"]
        return [cause["reason"] for cause in (*error["errors"], *error.get("details", ()))]

    assert {name: (response.status, reasons(response.body)) for name, response in REFUSALS.items()} == {
        "wrong_key": (400, ["badRequest", "API_KEY_INVALID"]),
        "expired_key": (400, ["badRequest", "API_KEY_INVALID"]),
        "restricted_key": (403, ["forbidden", "API_KEY_SERVICE_BLOCKED"]),
        "not_enabled": (403, ["accessNotConfigured", "SERVICE_DISABLED"]),
        "quota": (403, ["quotaExceeded"]),
        "burst": (403, ["rateLimitExceeded"]),
        "backend": (503, ["backendError"]),
    }


async def page(youtube: Demo, path: str) -> Mapping[str, Any]:
    text = (await youtube.get(f"youtube/page/{path}", CHOSEN)).text
    data = re.search(r"var ytInitialData = (.*?);</script>", text)
    assert data
    found: Mapping[str, Any] = json.loads(data[1])
    return found


async def test_a_page_has_its_count_in_the_header_after_those_of_other_channels(youtube: Demo) -> None:
    (channel,) = youtube.ids("youtube", "energy")
    text = (await youtube.get("youtube/page/@energy", CHOSEN)).text
    first = re.findall(r'"([^"]* subscribers)"', text)[0]
    mine = short(first_digits(youtube.count("youtube", "energy")))
    assert first != f"{mine} subscribers"
    assert f'<link rel="canonical" href="https://www.youtube.com/channel/{channel}">' in text
    data = await page(youtube, "@energy")
    assert data["metadata"]["channelMetadataRenderer"]["externalId"] == channel
    rows = data["header"]["pageHeaderRenderer"]["content"]["pageHeaderViewModel"]["metadata"]
    parts = rows["contentMetadataViewModel"]["metadataRows"][-1]["metadataParts"]
    assert parts[0]["text"]["content"] == f"{mine} subscribers"
    assert len(parts) == 2


@pytest.mark.parametrize("path", ["@energy", "energy", "c/energy", "user/energy", "channel/{id}"])
async def test_every_address_of_a_channel_leads_to_it(youtube: Demo, path: str) -> None:
    (channel,) = youtube.ids("youtube", "energy")
    data = await page(youtube, path.format(id=channel))
    assert data["metadata"]["channelMetadataRenderer"]["externalId"] == channel


async def test_a_hidden_count_is_not_in_the_header(youtube: Demo) -> None:
    header = json.dumps((await page(youtube, "@Shy"))["header"])
    assert "subscribers" not in header


@pytest.mark.parametrize(
    ("name", "words"), [("Gone", "This account has been terminated"), ("Mine", "This channel does not exist.")]
)
async def test_a_channel_that_is_gone_says_so(youtube: Demo, name: str, words: str) -> None:
    data = await page(youtube, f"channel/{youtube.ids('youtube', name)[0]}")
    assert data["alerts"][0]["alertRenderer"]["text"]["simpleText"].startswith(words)


async def test_an_age_gate_stands_where_the_header_would(youtube: Demo) -> None:
    data = await page(youtube, "@Adult")
    assert "header" not in data
    assert "channelAgeGateRenderer" in json.dumps(data)


async def test_an_unknown_name_is_a_plain_404_and_an_unknown_id_an_alert(youtube: Demo) -> None:
    assert (await youtube.get("youtube/page/@nobody", CHOSEN)).status == 404
    assert "alerts" in await page(youtube, "channel/UCxxxxxxxxxxxxxxxxxxxxxx")


async def test_whoever_has_not_chosen_about_cookies_is_sent_to_choose(youtube: Demo) -> None:
    for path in ("@energy", f"channel/{CHANNEL}"):
        got = await youtube.get(f"youtube/page/{path}")
        assert got.status == 302
        wall = await youtube.get(got.headers["location"].lstrip("/"))
        assert "consent.youtube.com/save" in wall.text
