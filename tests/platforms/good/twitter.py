"""Good replies of X: the look-up of users, and the timeline for embedding."""

from __future__ import annotations

from collections.abc import Sequence

from tests.platforms.good.reply import (
    ASKED,
    FILLED,
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
    counts = {
        "fast_followers_count": 0,
        "followers_count": person.heads,
        "friends_count": 211,
        "statuses_count": 70_519,
    }
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


def replies(*, pinned: bool) -> list[Good]:
    """A list of users, and timelines."""
    return [
        x_api(pinned=pinned),
        x_page(pinned=pinned, entries=[x_retweet(WATCHED, 2), x_tweet(WATCHED, 3)]),
        x_page(pinned=pinned, entries=[x_tweet(STRANGER, 1), x_tweet(WATCHED, 3)], copies=1),
    ]
