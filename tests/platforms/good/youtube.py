"""Good replies of YouTube: a list of channels, and channels' pages in two layouts and two languages."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, structs

from headcount.model import Count
from tests.platforms.good.reply import (
    ASKED,
    FILLING,
    SECOND,
    STRANGER,
    THIRD,
    WATCHED,
    Doc,
    Good,
    Person,
    account,
    dumps,
)

SUBSCRIBERS = Count(4_810_000, 10_000, "truncated")


def tube_channel(person: Person, subscribers: str) -> dict[str, object]:
    statistics = {
        "viewCount": "77182930",
        "subscriberCount": subscribers,
        "hiddenSubscriberCount": False,
        "videoCount": "926",
    }
    snippet = {"title": person.title, "customUrl": f"@{person.handle.lower()}"}
    return {"kind": "youtube#channel", "etag": "e", "id": person.uc, "snippet": snippet, "statistics": statistics}


def tube_list(items: Sequence[str]) -> str:
    about = f'"pageInfo":{{"totalResults":{len(items)},"resultsPerPage":5}}'
    return f'{{"kind":"youtube#channelListResponse","etag":"e",{about},"items":[{",".join(items)}]}}'


def tube_api(*, pinned: bool) -> Good:
    subscribers = {WATCHED: "4810000", SECOND: "90200", THIRD: "655000"}
    people = ASKED if pinned else (WATCHED,)
    items = [dumps(tube_channel(person, subscribers[person])) for person in people]
    body = tube_list(list(reversed(items)))
    counts = {WATCHED: SUBSCRIBERS, SECOND: Count(90_200, 100, "truncated"), THIRD: Count(655_000, 1_000, "truncated")}
    asked = [
        account(
            "youtube",
            each if pinned else structs.replace(each, handle="@riverlab"),
            {"uc": each.uc} if pinned else None,
        )
        for each in people
    ]
    return Good(
        source="youtube api",
        asked=tuple(asked),
        body=body,
        truth={whom.handle: {"followers": (counts[person],)} for whom, person in zip(asked, people, strict=True)},
        docs=(Doc(body), Doc(items[0], own=True)),
        written=tuple(subscribers[person] for person in people),
        twins=((items[0], dumps(tube_channel(STRANGER, "2290000"))),),
        names=(WATCHED.handle.lower(),),
        ids={"uc": WATCHED.uc},
    )


class Tongue(Struct, frozen=True):
    """A language of a channel's page."""

    tag: str
    shown: str
    spoken: str
    word: str


ENGLISH = Tongue("en", "4.81M", "4.81 million", "subscribers")
GERMAN = Tongue("de-DE", "4,81\u00a0Mio.", "4,81\u00a0Millionen", "Abonnenten")


def tube_header(person: Person, tongue: Tongue) -> str:
    count = {
        "text": {"content": f"{tongue.shown} {tongue.word}"},
        "accessibilityLabel": f"{tongue.spoken} {tongue.word}",
    }
    rows = [
        {"metadataParts": [{"text": {"content": f"@{person.handle}"}}]},
        {"metadataParts": [count, {"text": {"content": "926 videos"}}]},
    ]
    view = {
        "title": {"dynamicTextViewModel": {"text": {"content": person.title}}},
        "metadata": {"contentMetadataViewModel": {"metadataRows": rows, "delimiter": "•"}},
        "description": {"onTap": {"engagementPanel": {"header": {"title": {"simpleText": person.title}}}}},
    }
    return dumps({"pageHeaderRenderer": {"pageTitle": person.title, "content": {"pageHeaderViewModel": view}}})


def tube_old_header(person: Person, tongue: Tongue) -> str:
    label = {"accessibilityData": {"label": f"{tongue.spoken} {tongue.word}"}}
    text = {"accessibility": label, "simpleText": f"{tongue.shown} {tongue.word}"}
    return dumps(
        {"c4TabbedHeaderRenderer": {"channelId": person.uc, "title": person.title, "subscriberCountText": text}}
    )


def tube_data(person: Person, header: str) -> str:
    other = {"channelId": STRANGER.uc, "subscriberCountText": {"simpleText": "2.29M subscribers"}}
    shelf = {"shelfRenderer": {"items": [{"gridChannelRenderer": other}], "prefetched": FILLING}}
    about = {
        "title": person.title,
        "description": "We want 9M subscribers",
        "externalId": person.uc,
        "channelUrl": f"https://www.youtube.com/channel/{person.uc}",
        "ownerUrls": [f"http://www.youtube.com/@{person.handle}"],
    }
    return f'{{"contents":{dumps(shelf)},"header":{header},"metadata":{dumps({"channelMetadataRenderer": about})}}}'


def tube_html(data: str, tongue: Tongue) -> str:
    return f'<!DOCTYPE html><html lang="{tongue.tag}"><head></head><body><script>var ytInitialData = {data};</script></body></html>'


def tube_page(*, pinned: bool, tongue: Tongue = ENGLISH, old: bool = False) -> Good:
    make = tube_old_header if old else tube_header
    others = structs.replace(tongue, shown=tongue.shown.replace("4", "2"), spoken=tongue.spoken.replace("4", "2"))
    header = make(WATCHED, tongue)
    data, other = tube_data(WATCHED, header), tube_data(STRANGER, make(STRANGER, others))
    watched = structs.replace(WATCHED, handle="@RiverLab")
    return Good(
        source="youtube page",
        asked=(account("youtube", watched, {"uc": WATCHED.uc} if pinned else None),),
        body=tube_html(data, tongue),
        truth={"@RiverLab": {"followers": (SUBSCRIBERS,)}},
        docs=(Doc(data), Doc(header)),
        written=(tongue.shown, tongue.spoken),
        twins=((data, other), (header, make(STRANGER, others)), (tube_html(data, tongue), tube_html(other, tongue))),
        names=(WATCHED.handle,),
        ids={"uc": WATCHED.uc},
        copies=(tongue.shown, tongue.spoken),
    )


def replies(*, pinned: bool) -> list[Good]:
    """A list of channels, and a channel's page."""
    return [
        tube_api(pinned=pinned),
        tube_page(pinned=pinned),
        tube_page(pinned=pinned, old=True),
        tube_page(pinned=pinned, tongue=GERMAN),
    ]
