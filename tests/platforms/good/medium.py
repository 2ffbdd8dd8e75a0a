"""Good replies of Medium: a person as JSON, and people and publications on pages."""

from __future__ import annotations

from headcount.model import Count
from tests.platforms.good.reply import FILLED, STRANGER, WATCHED, Doc, Good, Person, account, dumps, exactly

GUARD = "])}while(1);</x>"


def stable(person: Person) -> str:
    return f"c{person.number}"


def stats(person: Person) -> str:
    counts = {"usersFollowedCount": 211, "usersFollowedByCount": person.heads}
    return dumps({"userId": stable(person), **counts, "type": "SocialStats"})


def told(person: Person) -> str:
    user = {"userId": stable(person), "name": person.title, "username": person.handle, "isSuspended": False}
    others = f'"{stable(STRANGER)}":{stats(STRANGER)},' if person is WATCHED else ""
    references = f'{{"SocialStats":{{{others}"{stable(person)}":{stats(person)}}}}}'
    return f'{{"success":true,"payload":{{"user":{dumps(user)},"references":{references}}},"v":3}}'


def as_json(*, pinned: bool) -> Good:
    answer = told(WATCHED)
    return Good(
        source="medium page",
        asked=(account("medium", WATCHED, {"user": stable(WATCHED)} if pinned else None),),
        body=GUARD + answer,
        truth=exactly([WATCHED]),
        docs=(Doc(answer),),
        written=(str(WATCHED.heads),),
        twins=((answer, told(STRANGER)), (stats(WATCHED), stats(STRANGER))),
        names=(WATCHED.handle,),
        ids={"user": stable(WATCHED)},
    )


def entry(person: Person) -> str:
    counted = {"__typename": "SocialStats", "followerCount": person.heads}
    user = {"id": stable(person), "__typename": "User", "username": person.handle, "socialStats": counted}
    return f'"User:{stable(person)}":{dumps(user)}'


def on_page(*, pinned: bool) -> Good:
    own, other = entry(WATCHED), entry(STRANGER)
    state = (
        f'{{"ROOT_QUERY":{{"viewer":null,{FILLED}}},"User:5":{{"id":"5","username":"x","bio":"9M followers"}},{own}}}'
    )
    return Good(
        source="medium page",
        asked=(account("medium", WATCHED, {"user": stable(WATCHED)} if pinned else None),),
        body=f"<!doctype html><html><head></head><body><script>window.__APOLLO_STATE__ = {state}</script></body></html>",
        truth=exactly([WATCHED]),
        docs=(Doc(state),),
        written=(str(WATCHED.heads),),
        twins=((own, other),),
        names=(WATCHED.handle,),
        ids={"user": stable(WATCHED)},
    )


def link(person: Person, heads: str) -> str:
    return f'<a class="pw-follower-count" href="/@{person.handle}/followers?source=user" rel="x">{heads} followers</a>'


def in_words(*, pinned: bool) -> Good:
    own, filled = link(WATCHED, "4.8M"), f"{{{FILLED}}}"
    return Good(
        source="medium page",
        asked=(account("medium", WATCHED, {"user": stable(WATCHED)} if pinned else None),),
        body=f'<!doctype html><html lang="en"><head></head><body>\n{own}\n{link(STRANGER, "2.2M")}\n<script>{filled}</script></body></html>',
        truth={"RiverLab": {"followers": (Count(4_800_000, 100_000, "unknown"),)}},
        docs=(Doc(filled),),
        written=("4.8M",),
        twins=((own, link(STRANGER, "2.2M")),),
        names=(WATCHED.handle,),
        ids={},
    )


def replies(*, pinned: bool) -> list[Good]:
    """A person as JSON, on a page, and in a link's words."""
    return [as_json(pinned=pinned), on_page(pinned=pinned), in_words(pinned=pinned)]
