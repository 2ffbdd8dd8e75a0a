"""The timeline page for embedding."""

from __future__ import annotations

from collections.abc import Mapping

from headcount.demo.calls import Call, Response
from headcount.demo.pages import ballast, page, script
from headcount.demo.people import Person
from headcount.demo.world import World


def timeline(call: Call, world: World) -> Response:
    """The tweets of somebody who has some; an empty timeline for all others, unknown or not."""
    name = call.parts["handle"]
    person = world.named(name)
    seen = person and person.fate not in {"suspended", "private", "quiet", "withheld", "left_out"}
    entries = _entries(person, world) if person and seen else []
    properties = {
        "contextProvider": {"features": {}, "hasResults": bool(entries), "lang": "en", "theme": "light"},
        "prefetched": ballast(world.page_bytes),
        "timeline": {"entries": entries},
        "headerProps": {"screenName": name},
    }
    data = {"props": {"pageProps": properties, "__N_SSP": True}, "page": "/timeline-profile/screen-name/[screenName]"}
    return page('<meta charSet="utf-8"/>', script(data, 'id="__NEXT_DATA__" type="application/json"'))


TWEETS = 20
"""As many stand on a timeline."""


def _entries(person: Person, world: World) -> list[object]:
    """Tweets of their own, and every third a retweet, which holds the user whom it repeats as well."""
    theirs, own = _author(world.stranger(), world), _author(person, world)
    tweets = [_tweet(number, own, theirs if number % 3 == 0 else None) for number in range(TWEETS)]
    return [{"type": "tweet", "entry_id": f"tweet-{tweet['id_str']}", "content": {"tweet": tweet}} for tweet in tweets]


def _tweet(number: int, own: object, repeated: object) -> Mapping[str, object]:
    tweet = {"id_str": str(2 * number + 1), "text": "We have 1,000,000 followers", "user": own}
    again = {"id_str": str(2 * number), "text": "RT", "user": repeated}
    return {**tweet, "retweeted_status": again} if repeated else tweet


def _author(person: Person, world: World) -> Mapping[str, object]:
    return {
        "id": 0,
        "id_str": person.id,
        "name": person.handle,
        "screen_name": person.handle,
        "fast_followers_count": 0,
        "followers_count": None if person.fate == "spoilt" else world.count(person),
        "friends_count": person.number % 900,
        "protected": False,
    }
