"""Good replies of Threads: a profile that is looked up, the insights of one's own, and the public page with and without data.

A card may be days old, and so is no copy of the count in the data.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import structs

from headcount.model import Count
from tests.platforms.good.facebook import script
from tests.platforms.good.reply import FILLED, STRANGER, WATCHED, Doc, Good, Person, account, dumps, exactly

ABBREVIATED = Count(4_800_000, 100_000, "unknown")
OWNER = {"threads": WATCHED.graph}


def looked_up(person: Person) -> str:
    about = {"username": person.handle.lower(), "name": person.title, "is_verified": True}
    return dumps({**about, "follower_count": person.heads, "likes_count": 70_519})


def answer(body: str, stranger: str, *, pinned: bool, ids: Mapping[str, str]) -> Good:
    """An answer of the API about one account, and the same about a stranger."""
    return Good(
        source="threads api",
        asked=(account("threads", WATCHED, OWNER if pinned else None),),
        body=body,
        truth=exactly((WATCHED,)),
        docs=(Doc(body),),
        written=(str(WATCHED.heads),),
        twins=((body, stranger),),
        names=(WATCHED.handle.lower(),),
        ids=ids,
    )


def lookup(*, pinned: bool) -> Good:
    return answer(looked_up(WATCHED), looked_up(STRANGER), pinned=pinned, ids={})


def told(person: Person) -> str:
    """Whose the token is, and its insights, in one: both questions are answered with the same."""
    totals = {"likes": person.likes, "followers_count": person.heads}
    insights = [{"name": name, "period": "day", "total_value": {"value": total}} for name, total in totals.items()]
    return dumps({"id": person.graph, "username": person.handle.lower(), "data": insights})


def own(*, pinned: bool) -> Good:
    good = answer(told(WATCHED), told(STRANGER), pinned=pinned, ids=OWNER)
    return structs.replace(good, options={"username": WATCHED.handle})


def metas(person: Person, followers: str) -> str:
    name, title = person.handle.lower(), person.title.replace("&", "&amp;")
    about = f"{followers} Followers &#x2022; 7.2K Threads &#x2022; We want 9M Followers. See the latest conversations"
    return f"""<meta property="og:title" content="{title} (&#064;{name}) &#x2022; Threads, Say more" />
<meta property="og:description" content="{about} with &#064;{name}." />"""


def data(person: Person) -> str:
    user: dict[str, object] = {"pk": person.number, "username": person.handle.lower(), "full_name": person.title}
    user |= {"is_verified": True, "follower_count": person.heads, "hd_profile_pic_versions": [], "id": person.number}
    return f'{{"require":[["__bbox",{{"complete":true,"result":{{"data":{{"user":{dumps(user)}}},{FILLED}}}}}]]}}'


def page(*, pinned: bool, embedded: bool) -> Good:
    card, other_card = metas(WATCHED, "4.8M"), metas(STRANGER, "2.2M")
    text, other = data(WATCHED), data(STRANGER)
    posts = '{"result":{"data":{"edges":[{"user":{"username":"filler","text":"9M Followers"}}]}}}'
    inner = script(text) if embedded else f"<p>{FILLED}</p>"
    return Good(
        source="threads page",
        asked=(account("threads", WATCHED, {"pk": WATCHED.number} if pinned else None),),
        body=f'<!DOCTYPE html>\n<html lang="en"><head>\n{card}\n</head><body>\n{script(posts)}\n{inner}\n</body></html>',
        truth={WATCHED.handle: {"followers": (Count(WATCHED.heads), ABBREVIATED) if embedded else (ABBREVIATED,)}},
        docs=(Doc(text),) if embedded else (Doc(posts),),
        written=("4.8M", str(WATCHED.heads)) if embedded else ("4.8M",),
        twins=((card, other_card), *(((script(text), script(other)), (text, other)) if embedded else ())),
        names=(WATCHED.handle.lower(),),
        ids={"pk": WATCHED.number} if embedded else {},
    )


def replies(*, pinned: bool) -> list[Good]:
    """A profile, one's own insights, and the public page with and without embedded data."""
    pages = [page(pinned=pinned, embedded=embedded) for embedded in (True, False)]
    return [lookup(pinned=pinned), own(pinned=pinned), *pages]
