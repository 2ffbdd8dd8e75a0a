"""Good replies of Instagram: a batch of the Graph API, and the public page with and without embedded data.

A card may be days old, and so is no copy of the count in the data.
"""

from __future__ import annotations

from headcount.model import Count
from tests.platforms.good.facebook import part, script
from tests.platforms.good.reply import (
    ASKED,
    FILLED,
    STRANGER,
    THIRD,
    WATCHED,
    Doc,
    Good,
    Person,
    account,
    dumps,
    escaped,
    exactly,
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


def gram_alone(*, pinned: bool) -> Good:
    """One account is asked for without a batch."""
    body = gram_node(WATCHED)
    return Good(
        source="instagram api",
        asked=(account("instagram", WATCHED, {"graph": WATCHED.graph, "pk": WATCHED.number} if pinned else None),),
        body=body,
        truth=exactly(ASKED[:1]),
        docs=(Doc(body, own=True),),
        written=(str(WATCHED.heads),),
        twins=((body, gram_node(STRANGER)),),
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
    return (
        f'{{"require":[["__bbox",{{"complete":true,"result":{{"data":{{"xig_user_by_username":{dumps(user)}}}}}}}]]}}'
    )


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
    )


def replies(*, pinned: bool) -> list[Good]:
    """A batch, an account alone, and a public page with and without embedded data."""
    return [
        gram_api(pinned=pinned),
        gram_alone(pinned=pinned),
        gram_page(pinned=pinned, embedded=True),
        gram_page(pinned=pinned, embedded=False),
    ]
