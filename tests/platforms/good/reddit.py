"""Good replies of Reddit: subreddits, alone and listed, and a profile."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from headcount.model import Account
from tests.platforms.good.reply import (
    ASKED,
    SECOND,
    STRANGER,
    THIRD,
    WATCHED,
    Doc,
    Good,
    Person,
    account,
    dumps,
    exactly,
)


def as_written(person: Person, kind: str) -> Person:
    return structs.replace(person, handle=f"{kind}/{person.handle}")


def asked(people: Sequence[Person], kind: str, scheme: str, *, pinned: bool) -> tuple[Account, ...]:
    return tuple(
        account("reddit", as_written(each, kind), {scheme: f"{scheme}_{each.number}"} if pinned else None)
        for each in people
    )


def subreddit(person: Person) -> str:
    about = {
        "display_name": person.handle,
        "title": person.title,
        "name": f"t5_{person.number}",
        "accounts_active": 311,
    }
    words = {"display_name_prefixed": f"r/{person.handle}", "subreddit_type": "public", "icon_size": [256, 256]}
    return dumps(
        {"kind": "t5", "data": {**about, "subscribers": person.heads, **words, "created_utc": 1_503_537_915.0}}
    )


def subreddits(*, pinned: bool) -> Good:
    """Listed, where they are asked for by id."""
    people = ASKED if pinned else (WATCHED,)
    things = [subreddit(each) for each in ((SECOND, WATCHED, THIRD) if pinned else people)]
    own = subreddit(WATCHED)
    listing = f'{{"kind":"Listing","data":{{"after":null,"dist":{len(things)},"children":[{",".join(things)}]}}}}'
    return Good(
        source="reddit api",
        asked=asked(people, "r", "t5", pinned=pinned),
        body=listing if pinned else own,
        truth=exactly([as_written(each, "r") for each in people]),
        docs=(Doc(listing), Doc(own, own=True)) if pinned else (Doc(own),),
        written=tuple(str(each.heads) for each in people),
        twins=((own, subreddit(STRANGER)),),
        names=(WATCHED.handle,),
        ids={"t5": f"t5_{WATCHED.number}"},
    )


def user(person: Person) -> str:
    names = {"display_name": f"u_{person.handle}", "display_name_prefixed": f"u/{person.handle}", "name": "t5_1"}
    profile = {**names, "title": "We are 9,000,000", "subscribers": person.heads, "subreddit_type": "user"}
    karma = {"link_karma": 50_781, "total_karma": 265_351, "is_suspended": False, "created_utc": 1_378_424_297.0}
    return dumps({"kind": "t2", "data": {"name": person.handle, "id": person.number, "subreddit": profile, **karma}})


def profile(*, pinned: bool) -> Good:
    own, other = user(WATCHED), user(STRANGER)
    inner, others = (text[text.index('"subreddit":') : text.index(',"link_karma"')] for text in (own, other))
    return Good(
        source="reddit api",
        asked=asked([WATCHED], "u", "t2", pinned=pinned),
        body=own,
        truth=exactly([as_written(WATCHED, "u")]),
        docs=(Doc(own),),
        written=(str(WATCHED.heads),),
        twins=((own, other), (inner, others)),
        names=(WATCHED.handle,),
        ids={"t2": WATCHED.number},
    )


def replies(*, pinned: bool) -> list[Good]:
    """Subreddits, and a profile."""
    return [subreddits(pinned=pinned), profile(pinned=pinned)]
