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


def _entries(person: Person, world: World) -> list[object]:
    """A retweet, which holds the user whom it repeats, then a tweet of their own."""
    theirs = _author(world.stranger(), world)
    own = _author(person, world)
    retweet = {"id_str": "2", "text": "RT", "retweeted_status": {"id_str": "1", "user": theirs}, "user": own}
    tweets = [retweet, {"id_str": "3", "text": "We have 1,000,000 followers", "user": own}]
    return [{"type": "tweet", "entry_id": f"tweet-{tweet['id_str']}", "content": {"tweet": tweet}} for tweet in tweets]


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
