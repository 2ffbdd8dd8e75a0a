"""Good replies, made up by us in the platforms' own shapes, and what is true of them: what the mutation test mutates.

Everybody's count is made of digits that stand nowhere else in a reply, so that each place where it stands can be found;
ids and names of different accounts differ in many characters, so that a few changed ones never turn one into another.
Between the things that are counted stand numbers that are not: other people's, likes, posts, numbers in names.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from msgspec import Struct, structs

from headcount.model import Account, Count

Truth = Mapping[str, Mapping[str, tuple[Count, ...]]]
"""By handle and metric, every count that may truthfully be read from a reply: it may say one more and less finely."""


class Doc(Struct, frozen=True):
    """A JSON text that stands in a reply."""

    text: str
    escaped: bool = False
    """It stands there as a JSON string, as the body of a part of a batch does."""
    own: bool = False
    """It is about the watched account only."""


class Good(Struct, frozen=True):
    """A good reply: who asks for whom, what stands where, and what must come out."""

    source: str
    """`twitter api`."""
    asked: tuple[Account, ...]
    """The first is the watched one; whatever becomes of it must cost the others nothing."""
    body: str
    truth: Truth
    docs: tuple[Doc, ...]
    written: tuple[str, ...]
    """Every form in which the count of somebody asked for is written."""
    twins: tuple[tuple[str, str], ...]
    """Objects of the watched account as they stand, each with another account's object in the same shape."""
    names: tuple[str, ...]
    """The forms of the watched account's handle, other than in the question."""
    ids: Mapping[str, str]
    """The watched account's stable ids as they stand, by scheme."""
    copies: tuple[str, ...] = ()
    """Forms of one count that stand side by side, so that each gainsays the others if it is changed alone."""
    options: Mapping[str, str] = {}

    @property
    def watched(self) -> Account:
        return self.asked[0]

    @property
    def pinned(self) -> bool:
        return bool(self.watched.ids)

    @property
    def is_page(self) -> bool:
        return self.source.endswith("page")


class Person(Struct, frozen=True):
    """An account on every platform."""

    handle: str
    title: str
    number: str
    """Twelve digits of which ids are made."""
    heads: int
    likes: int

    @property
    def uc(self) -> str:
        return f"UC{self.handle[::-1].title():x<10.10}{self.number}"

    @property
    def graph(self) -> str:
        return f"17841{self.number}"


WATCHED = Person("RiverLab", "River Lab No. 7", "604028193755", 4_817_263, 3_650_918)
SECOND = Person("hilltop_obs", "Hilltop", "915573620481", 90_217, 81_144)
THIRD = Person("SeaPortMuseum", "Museum", "258819947036", 655_301, 655_479)
STRANGER = Person("mallory", "Mallory & 12,345 Friends", "771346058022", 2_293_884, 1_948_776)
ASKED = (WATCHED, SECOND, THIRD)


def dumps(value: object) -> str:
    """JSON as platforms send it: compact, and with no tag that could end a script."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).replace("</", "<\\/")


def escaped(text: str) -> str:
    """A text as it stands in a JSON string."""
    return json.dumps(text)[1:-1]


def account(slug: str, person: Person, ids: Mapping[str, str] | None = None) -> Account:
    return Account(f"{slug}/{person.handle.lower()}", person.handle, ids or {})


def exactly(people: Sequence[Person], metrics: Sequence[str] = ("followers",)) -> Truth:
    return {
        person.handle: {
            metric: (Count(person.heads if metric == "followers" else person.likes),) for metric in metrics
        }
        for person in people
    }


FILLING: list[object] = []
"""Stands in every page, where `grown` puts as much as real pages hold."""
FILLED = '"prefetched":[]'


def grown(good: Good, size: int) -> Good:
    """The same reply with about `size` bytes more, of what fills real pages."""
    item = dumps({"user": {"id_str": "5", "screen_name": "filler", "followers_count": 11, "title": "So {it} [is] \\" * 9}})
    filled = FILLED[:-1] + ",".join([item] * (size // len(item))) + "]"
    docs = tuple(structs.replace(doc, text=doc.text.replace(FILLED, filled)) for doc in good.docs)
    twins = tuple((own.replace(FILLED, filled), other.replace(FILLED, filled)) for own, other in good.twins)
    return structs.replace(good, body=good.body.replace(FILLED, filled), docs=docs, twins=twins)


# ------------------------------------------------------------------------------------------------------------------ X


def x_user(person: Person) -> dict[str, object]:
    metrics = {"followers_count": person.heads, "following_count": 211, "tweet_count": 70_519, "listed_count": 9_302}
    return {"id": person.number, "name": person.title, "username": person.handle, "public_metrics": metrics}


def x_api(*, pinned: bool) -> Good:
    users = [dumps(x_user(person)) for person in (SECOND, WATCHED, THIRD)]
    body = f'{{"data":[{",".join(users)}],"includes":{{"users":[{dumps(x_user(STRANGER))}]}}}}'
    return Good(
        source="twitter api",
        asked=tuple(account("twitter", each, {"x": each.number} if pinned else None) for each in ASKED),
        body=body,
        truth=exactly(ASKED),
        docs=(Doc(body), Doc(users[1], own=True)),
        written=tuple(str(each.heads) for each in ASKED),
        twins=((users[1], dumps(x_user(STRANGER))),),
        names=(WATCHED.handle,),
        ids={"x": WATCHED.number},
    )


def x_author(person: Person) -> dict[str, object]:
    counts = {"fast_followers_count": 0, "followers_count": person.heads, "friends_count": 211, "statuses_count": 70_519}
    return {"id": 0, "id_str": person.number, "name": person.title, "screen_name": person.handle, **counts}


def x_tweet(person: Person, number: int) -> str:
    tweet = {"id_str": f"{number}", "text": "1,000,000 followers!", "user": x_author(person), "favorite_count": 512}
    return dumps({"type": "tweet", "entry_id": f"tweet-{number}", "content": {"tweet": tweet}})


def x_retweet(person: Person, number: int) -> str:
    inner = {"id_str": "17", "text": "We", "user": x_author(STRANGER)}
    tweet = {"id_str": f"{number}", "text": "RT", "retweeted_status": inner, "user": x_author(person)}
    return dumps({"type": "tweet", "entry_id": f"tweet-{number}", "content": {"tweet": tweet}})


def x_timeline(entries: Sequence[str]) -> str:
    return (
        f'{{"props":{{"pageProps":{{"contextProvider":{{"lang":"en"}},{FILLED},"timeline":{{"entries":[{",".join(entries)}]}},'
        '"headerProps":{"screenName":"riverlab"}},"__N_SSP":true},"page":"/timeline-profile/[screenName]"}'
    )


def x_page(*, pinned: bool, entries: Sequence[str] = (), copies: int = 2) -> Good:
    data = x_timeline(entries)
    return Good(
        source="twitter page",
        asked=(account("twitter", WATCHED, {"x": WATCHED.number} if pinned else None),),
        body='<!DOCTYPE html><html><head><meta charSet="utf-8"/></head><body><div id="__next"></div>'
        f'<script id="__NEXT_DATA__" type="application/json">{data}</script></body></html>',
        truth=exactly([WATCHED]),
        docs=(Doc(data), Doc(entries[-1])),
        written=(str(WATCHED.heads),),
        twins=(
            (entries[-1], x_tweet(STRANGER, 3)),
            (dumps(x_author(WATCHED)), dumps(x_author(STRANGER))),
            (data, x_timeline([x_retweet(STRANGER, 2), x_tweet(STRANGER, 3)])),
        ),
        names=(WATCHED.handle,),
        ids={"x": WATCHED.number},
        copies=(str(WATCHED.heads),) * (copies > 1),
    )


# ------------------------------------------------------------------------------------------------------------ YouTube

SUBSCRIBERS = Count(4_810_000, 10_000, "truncated")


def tube_channel(person: Person, subscribers: str) -> dict[str, object]:
    statistics = {"viewCount": "77182930", "subscriberCount": subscribers, "hiddenSubscriberCount": False, "videoCount": "926"}
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
        account("youtube", each if pinned else structs.replace(each, handle="@riverlab"), {"uc": each.uc} if pinned else None)
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
    count = {"text": {"content": f"{tongue.shown} {tongue.word}"}, "accessibilityLabel": f"{tongue.spoken} {tongue.word}"}
    rows = [
        {"metadataParts": [{"text": {"content": f"@{person.handle}"}}]},
        {"metadataParts": [count, {"text": {"content": "926 videos"}}]},
    ]
    view = {
        "title": {"dynamicTextViewModel": {"text": {"content": person.title}}},
        "metadata": {"contentMetadataViewModel": {"metadataRows": rows, "delimiter": "•"}},
    }
    return dumps({"pageHeaderRenderer": {"pageTitle": person.title, "content": {"pageHeaderViewModel": view}}})


def tube_old_header(person: Person, tongue: Tongue) -> str:
    label = {"accessibilityData": {"label": f"{tongue.spoken} {tongue.word}"}}
    text = {"accessibility": label, "simpleText": f"{tongue.shown} {tongue.word}"}
    return dumps({"c4TabbedHeaderRenderer": {"channelId": person.uc, "title": person.title, "subscriberCountText": text}})


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


# ----------------------------------------------------------------------------------------------- Facebook, Instagram


def part(text: str) -> str:
    """One part of a batch of the Graph API: its body is JSON in a string."""
    headers = dumps([{"name": "Content-Type", "value": "application/json"}, {"name": "ETag", "value": '"66"'}])
    return f'{{"code":200,"headers":{headers},"body":"{escaped(text)}"}}'


def fb_node(person: Person) -> str:
    page = {"id": person.graph, "name": person.title, "username": person.handle}
    return dumps({**page, "followers_count": person.heads, "fan_count": person.likes, "talking_about_count": 78_461})


def fb_api(*, pinned: bool) -> Good:
    nodes = [fb_node(person) for person in ASKED]
    body = f"[{','.join(map(part, nodes))}]"
    return Good(
        source="facebook api",
        asked=tuple(account("facebook", each, {"graph": each.graph} if pinned else None) for each in ASKED),
        body=body,
        truth=exactly(ASKED, ("followers", "likes")),
        docs=(Doc(body), Doc(nodes[0], escaped=True, own=True)),
        written=tuple(str(number) for each in ASKED for number in (each.heads, each.likes)),
        twins=((escaped(nodes[0]), escaped(fb_node(STRANGER))), (part(nodes[0]), part(fb_node(STRANGER)))),
        names=(WATCHED.handle,),
        ids={"graph": WATCHED.graph},
        options={"version": "v25.0"},
    )


def fb_metas(person: Person) -> str:
    title = person.title.replace("&", "&amp;")
    about = f"{title}. {person.likes:,} likes &#xb7; 78,461 talking about this. We have 5 likes &#xb7; and 9M followers"
    return f"""<meta property="al:android:url" content="fb://profile/1000{person.number[:9]}" />
<meta property="og:title" content="{title}" />
<meta property="og:description" content="{about}" />
<meta property="og:url" content="https://www.facebook.com/{person.handle}" />"""


def fb_profile(person: Person, followers: str) -> str:
    texts = [f"{followers} followers", "211 following"]
    user = {
        "delegate_page": {"is_business_page_active": False, "id": person.graph},
        "name": person.title,
        "url": f"https://www.facebook.com/{person.handle}",
        "profile_social_context": {"content": [{"text": {"ranges": [], "text": text}, "uri": "u"} for text in texts]},
        "id": f"1000{person.number[:9]}",
    }
    return dumps({"user": user})


def fb_data(profile: str) -> str:
    return (
        f'{{"require":[["__bbox",{{"result":{{"data":{{"user":{{"profile_header_renderer":{profile}}}}}}},{FILLED}}}]]}}'
    )


def script(text: str) -> str:
    return f'<script type="application/json" data-sjs>{text}</script>'


def fb_page(*, pinned: bool) -> Good:
    metas, others = fb_metas(WATCHED), fb_metas(STRANGER)
    profile, other = fb_profile(WATCHED, "4.8M"), fb_profile(STRANGER, "2.2M")
    return Good(
        source="facebook page",
        asked=(account("facebook", WATCHED, {"graph": WATCHED.graph} if pinned else None),),
        body=f'<!DOCTYPE html>\n<html id="facebook" lang="en"><head>\n<title>River Lab No. 7</title>\n{metas}\n'
        f'</head><body>\n{script(dumps({"suggested": [{"user": {"text": "12M followers"}}]}))}\n{script(fb_data(profile))}\n</body></html>',
        truth={"RiverLab": {"followers": (Count(4_800_000, 100_000, "unknown"),), "likes": (Count(3_650_918),)}},
        docs=(Doc(fb_data(profile)), Doc(profile)),
        written=("4.8M", "3,650,918"),
        twins=((metas, others), (profile, other), (script(fb_data(profile)), script(fb_data(other)))),
        names=(WATCHED.handle,),
        ids={"graph": WATCHED.graph, "profile": f"1000{WATCHED.number[:9]}"},
    )


ME = THIRD.graph


def gram_profile(person: Person) -> dict[str, object]:
    counts = {"followers_count": person.heads, "follows_count": 211, "media_count": 926}
    ids = {"id": person.graph, "ig_id": int(person.number)}
    return {**ids, "username": person.handle.lower(), "name": person.title, **counts}


def gram_node(person: Person) -> str:
    """Others are discovered; one's own account is asked for itself."""
    return dumps(gram_profile(person) if person is THIRD else {"business_discovery": gram_profile(person), "id": ME})


def gram_api(*, pinned: bool) -> Good:
    nodes = [gram_node(person) for person in ASKED]
    body = f"[{','.join(map(part, nodes))}]"
    own = {THIRD.graph: {"graph": THIRD.graph}}
    asked = [
        account("instagram", each, {"graph": each.graph, "pk": each.number} if pinned else own.get(each.graph))
        for each in ASKED
    ]
    return Good(
        source="instagram api",
        asked=tuple(asked),
        body=body,
        truth=exactly(ASKED),
        docs=(Doc(body), Doc(nodes[0], escaped=True, own=True)),
        written=tuple(str(each.heads) for each in ASKED),
        twins=((escaped(nodes[0]), escaped(gram_node(STRANGER))), (part(nodes[0]), part(gram_node(STRANGER)))),
        names=(WATCHED.handle.lower(),),
        ids={"graph": WATCHED.graph, "pk": WATCHED.number},
        options={"version": "v25.0", "user_id": ME},
    )


def gram_metas(person: Person, followers: str) -> tuple[str, str]:
    whom = f"{person.title.replace('&', '&amp;')} (&#064;{person.handle.lower()})"
    about = f"{followers} Followers, 211 Following, 7,269 Posts - See Instagram photos and videos from {whom}"
    title = f'<meta property="og:title" content="{whom} &#x2022; Instagram photos and videos" />'
    return title, f'<meta property="og:description" content="{about}" />'


def gram_user(person: Person) -> str:
    user = {
        "pk": person.number,
        "username": person.handle.lower(),
        "full_name": person.title,
        "follower_count": person.heads,
        "following_count": 211,
        "all_media_count": None,
        "id": person.graph,
    }
    return f'{{"require":[["__bbox",{{"complete":true,"result":{{"data":{{"xig_user_by_username":{dumps(user)}}}}}}}]]}}'


def gram_page(*, pinned: bool, embedded: bool, card: str = "4.8M") -> Good:
    titles, abouts = zip(gram_metas(WATCHED, card), gram_metas(STRANGER, "2.2M"), strict=True)
    metas, others = "\n".join((titles[0], abouts[0])), "\n".join((titles[1], abouts[1]))
    data, other = gram_user(WATCHED), gram_user(STRANGER)
    rounded, exact = Count(4_800_000, 100_000, "unknown"), Count(WATCHED.heads)
    first = f'{{{FILLED},"all":["9M Followers, 1 Following, 2 Posts"]}}'
    return Good(
        source="instagram page",
        asked=(account("instagram", WATCHED, {"pk": WATCHED.number, "graph": WATCHED.graph} if pinned else None),),
        body=f'<!DOCTYPE html>\n<html lang="en"><head>\n{metas}\n</head><body>\n{script(first)}\n'
        f"{script(data) if embedded else ''}\n</body></html>",
        truth={"RiverLab": {"followers": (exact, rounded) if embedded else (rounded,)}},
        docs=(Doc(data),) if embedded else (Doc(first),),
        written=(card, str(WATCHED.heads)) if embedded else (card,),
        twins=((metas, others), *(((script(data), script(other)), (data, other)) if embedded else ())),
        names=(WATCHED.handle.lower(),),
        ids={"pk": WATCHED.number, "graph": WATCHED.graph} if embedded else {},
        copies=(card, str(WATCHED.heads)) if embedded else (),
    )


def replies() -> tuple[Good, ...]:
    """All of them; in half, everybody's id is pinned."""
    found: list[Good] = []
    for pinned in (False, True):
        found += [x_api(pinned=pinned), tube_api(pinned=pinned), fb_api(pinned=pinned), gram_api(pinned=pinned)]
        found += [
            x_page(pinned=pinned, entries=[x_retweet(WATCHED, 2), x_tweet(WATCHED, 3)]),
            x_page(pinned=pinned, entries=[x_tweet(STRANGER, 1), x_tweet(WATCHED, 3)], copies=1),
            tube_page(pinned=pinned),
            tube_page(pinned=pinned, old=True),
            tube_page(pinned=pinned, tongue=GERMAN),
            fb_page(pinned=pinned),
            gram_page(pinned=pinned, embedded=True),
            gram_page(pinned=pinned, embedded=False),
        ]
    return tuple(found)
