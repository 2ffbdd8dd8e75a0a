"""Good replies of TikTok: one's own account, public profiles with their data or a card only, and a profile for embedding."""

from __future__ import annotations

from headcount.model import Count
from tests.platforms.good.reply import FILLED, STRANGER, WATCHED, Doc, Good, Person, account, dumps, exactly

SHOWN, OTHERS = 4_800_000, 2_200_000
EXACTLY, ROUGHLY = Count(WATCHED.heads), Count(SHOWN, 100_000, "unknown")


def pinned_id(*, pinned: bool) -> dict[str, str] | None:
    return {"user": WATCHED.number} if pinned else None


def owner(person: Person) -> str:
    user = {"open_id": f"open-{person.number}", "username": person.handle.lower(), "follower_count": person.heads}
    return dumps({"data": {"user": user}, "error": {"code": "ok", "message": "", "log_id": "20261120"}})


def own(*, pinned: bool) -> Good:
    """The API tells the name only, so that a pinned id changes nothing: asked by name, and by name."""
    body = owner(WATCHED)
    return Good(
        source="tiktok api",
        asked=(account("tiktok", WATCHED, pinned_id(pinned=pinned)),),
        body=body,
        truth=exactly([WATCHED]),
        docs=(Doc(body),),
        written=(str(WATCHED.heads),),
        twins=((body, owner(STRANGER)),),
        names=(WATCHED.handle.lower(),),
        ids={},
    )


def info(person: Person, shown: int) -> str:
    user = {"id": person.number, "uniqueId": person.handle.lower(), "nickname": person.title, "secUid": "MS4wLjAB"}
    stats = {"followingCount": 211, "followerCount": shown, "heart": 3_900_000, "videoCount": 19}
    exact = {"followingCount": "211", "followerCount": str(person.heads), "heart": "3922256", "videoCount": "19"}
    return dumps({"user": user, "stats": stats, "statsV2": exact, "itemList": []})


def profile(*, pinned: bool) -> Good:
    told, other = info(WATCHED, SHOWN), info(STRANGER, OTHERS)
    data = f'{{"__DEFAULT_SCOPE__":{{"webapp.app-context":{{{FILLED}}},"webapp.user-detail":{{"userInfo":{told},"statusCode":0}}}}}}'
    return Good(
        source="tiktok page",
        asked=(account("tiktok", WATCHED, pinned_id(pinned=pinned)),),
        body='<!DOCTYPE html><html lang="en"><head><title>9M Followers</title>'
        f'<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">{data}</script></head><body></body></html>',
        truth={"RiverLab": {"followers": (EXACTLY, ROUGHLY)}},
        docs=(Doc(data), Doc(told)),
        written=(str(WATCHED.heads), str(SHOWN)),
        twins=((told, other),),
        names=(WATCHED.handle.lower(),),
        ids={"user": WATCHED.number},
        copies=(str(WATCHED.heads), str(SHOWN)),
    )


def metas(person: Person, shown: str) -> str:
    whom = f"{person.title.replace('&', '&amp;')} (@{person.handle.lower()})"
    about = f"{whom} on TikTok | 3.9M Likes. {shown} Followers. Join 9M followers."
    title = f'<meta property="og:title" content="{whom} | TikTok">'
    return f'{title}\n<meta property="og:description" content="{about}">'


def card(*, pinned: bool) -> Good:
    filled = f"{{{FILLED}}}"
    return Good(
        source="tiktok page",
        asked=(account("tiktok", WATCHED, pinned_id(pinned=pinned)),),
        body=f'<!DOCTYPE html>\n<html lang="en"><head>\n{metas(WATCHED, "4.8M")}\n</head><body>\n'
        f'<script type="application/json">{filled}</script></body></html>',
        truth={"RiverLab": {"followers": (ROUGHLY,)}},
        docs=(Doc(filled),),
        written=("4.8M",),
        twins=((metas(WATCHED, "4.8M"), metas(STRANGER, "2.2M")),),
        names=(WATCHED.handle.lower(),),
        ids={},
    )


def embedded_user(person: Person, shown: int) -> str:
    user = {"id": person.number, "uniqueId": person.handle.lower(), "nickname": person.title, "heartCount": -5}
    return dumps({**user, "followerCount": shown, "followingCount": 211, "privateAccount": False})


def embed(*, pinned: bool) -> Good:
    told, other = embedded_user(WATCHED, SHOWN), embedded_user(STRANGER, OTHERS)
    shelf = f'"/embed/@riverlab":{{"userInfo":{told},"videoList":[{{"playCount":7269}}],{FILLED}}}'
    data = f'{{"source":{{"data":{{{shelf}}}}}}}'
    return Good(
        source="tiktok embed",
        asked=(account("tiktok", WATCHED, pinned_id(pinned=pinned)),),
        body=f'<!DOCTYPE html><html><body><script id="__FRONTITY_CONNECT_STATE__" type="application/json">{data}</script></body></html>',
        truth={"RiverLab": {"followers": (ROUGHLY,)}},
        docs=(Doc(data), Doc(told)),
        written=(str(SHOWN),),
        twins=((told, other),),
        names=(WATCHED.handle.lower(),),
        ids={"user": WATCHED.number},
    )


def replies(*, pinned: bool) -> list[Good]:
    """One's own account, a profile, a card, and a profile for embedding."""
    return [own(pinned=pinned), profile(pinned=pinned), card(pinned=pinned), embed(pinned=pinned)]
