"""Good replies of Facebook: a batch of the Graph API, and a public page; and what Instagram shares with it."""

from __future__ import annotations

from headcount.model import Count
from tests.platforms.good.reply import (
    ASKED,
    FILLED,
    STRANGER,
    WATCHED,
    Doc,
    Good,
    Person,
    account,
    dumps,
    escaped,
    exactly,
)


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


def fb_alone(*, pinned: bool) -> Good:
    """One Page is asked for without a batch."""
    body = fb_node(WATCHED)
    return Good(
        source="facebook api",
        asked=(account("facebook", WATCHED, {"graph": WATCHED.graph} if pinned else None),),
        body=body,
        truth=exactly(ASKED[:1], ("followers", "likes")),
        docs=(Doc(body, own=True),),
        written=(str(WATCHED.heads), str(WATCHED.likes)),
        twins=((body, fb_node(STRANGER)),),
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
    return f'{{"require":[["__bbox",{{"result":{{"data":{{"user":{{"profile_header_renderer":{profile}}}}}}},{FILLED}}}]]}}'


def script(text: str) -> str:
    return f'<script type="application/json" data-sjs>{text}</script>'


def fb_page(*, pinned: bool) -> Good:
    metas, others = fb_metas(WATCHED), fb_metas(STRANGER)
    profile, other = fb_profile(WATCHED, "4.8M"), fb_profile(STRANGER, "2.2M")
    return Good(
        source="facebook page",
        asked=(account("facebook", WATCHED, {"graph": WATCHED.graph} if pinned else None),),
        body=f'<!DOCTYPE html>\n<html id="facebook" lang="en"><head>\n<title>River Lab No. 7</title>\n{metas}\n'
        f"</head><body>\n{script(dumps({'suggested': [{'user': {'text': '12M followers'}}]}))}\n{script(fb_data(profile))}\n</body></html>",
        truth={"RiverLab": {"followers": (Count(4_800_000, 100_000, "unknown"),), "likes": (Count(3_650_918),)}},
        docs=(Doc(fb_data(profile)), Doc(profile)),
        written=("4.8M", "3,650,918"),
        twins=((metas, others), (profile, other), (script(fb_data(profile)), script(fb_data(other)))),
        names=(WATCHED.handle,),
        ids={"graph": WATCHED.graph, "profile": f"1000{WATCHED.number[:9]}"},
    )


def replies(*, pinned: bool) -> list[Good]:
    """A batch, a Page alone, and a Page's page."""
    return [fb_api(pinned=pinned), fb_alone(pinned=pinned), fb_page(pinned=pinned)]
