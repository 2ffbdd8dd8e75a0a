"""Every good reply that the mutation test mutates: one or more for each source of every platform (`good`)."""

from __future__ import annotations

from tests.platforms.good.facebook import fb_api, fb_page
from tests.platforms.good.instagram import gram_api, gram_page
from tests.platforms.good.reply import STRANGER, WATCHED, Good
from tests.platforms.good.x import x_api, x_page, x_retweet, x_tweet
from tests.platforms.good.youtube import GERMAN, tube_api, tube_page


def replies() -> tuple[Good, ...]:
    """All of them; in half, everybody's id is pinned."""
    found: list[Good] = []
    for pinned in (False, True):
        found += [x_api(pinned=pinned), tube_api(pinned=pinned), fb_api(pinned=pinned), gram_api(pinned=pinned)]
        found += [
            x_page(pinned=pinned, entries=[x_retweet(WATCHED, 2), x_tweet(WATCHED, 3)]),
            x_page(pinned=pinned, entries=[x_tweet(STRANGER, 1), x_tweet(WATCHED, 3)], copies=1),
            tube_page(pinned=pinned),
            tube_page(pinned=pinned, old=True),
            tube_page(pinned=pinned, tongue=GERMAN),
            fb_page(pinned=pinned),
            gram_page(pinned=pinned, embedded=True),
            gram_page(pinned=pinned, embedded=False),
        ]
    return tuple(found)
