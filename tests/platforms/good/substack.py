"""Good replies of Substack: the profile of an author."""

from __future__ import annotations

from headcount.model import Count
from tests.platforms.good.reply import FILLED, STRANGER, WATCHED, Doc, Good, Person, account, dumps


def profile(person: Person) -> str:
    name = person.handle.lower()
    about = {"id": int(person.number), "name": person.title, "handle": name, "bio": "1,000,000 readers; we want 9M"}
    publication = {"id": 12_345, "name": person.title, "subdomain": name}
    words = {"rough_num_free_subscribers_int": 100_000, "subscriberCountString": f"{person.heads:,} subscribers"}
    counts = {"subscriberCountNumber": person.heads, "followerCount": person.likes, "visibleSubscriptionsCount": 28}
    whole = dumps({**about, "primaryPublication": publication, **words, **counts})
    return f"{whole[:-1]},{FILLED}}}"


def page(*, pinned: bool) -> Good:
    body = profile(WATCHED)
    return Good(
        source="substack page",
        asked=(account("substack", WATCHED, {"user": WATCHED.number} if pinned else None),),
        body=body,
        truth={WATCHED.handle: {"followers": (Count(WATCHED.heads),), "profile_followers": (Count(WATCHED.likes),)}},
        docs=(Doc(body),),
        written=(str(WATCHED.heads), str(WATCHED.likes), f"{WATCHED.heads:,}"),
        twins=((body, profile(STRANGER)),),
        names=(WATCHED.handle.lower(),),
        ids={"user": WATCHED.number},
    )


def replies(*, pinned: bool) -> list[Good]:
    """A profile."""
    return [page(pinned=pinned)]
