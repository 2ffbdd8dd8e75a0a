"""How YouTube writes its channels: in four ways of its own, and in the addresses of two decades."""

from __future__ import annotations

import re
from urllib.parse import unquote

from headcount.platforms.kit.handles import Handles, tabs

SITE = r"(?:(?:m|music|gaming)\.)?youtube\.com/"
UC = r"(?P<uc>UC[A-Za-z0-9_-]{22})"
TEXT = r"[\w.\u00b7-]{1,100}"
TABS = tabs(
    "about channels community courses discussion featured feed join live membership playlists podcasts posts releases"
    " search shorts store streams videos"
)
OLD_USER = re.compile(r"(?:subscription_center|profile)\?(?:.*&)?(?:add_)?user=")


def fold(handle: str) -> str:
    """`@Name` and `name` are one; `user/name` and `c/name` may be others."""
    return unquote(handle).removeprefix("@").casefold()


def spelt(handle: str) -> str:
    """Old addresses name users, who may be others than those of today's handles."""
    return OLD_USER.sub("user/", handle)


HANDLES = Handles(
    names=(UC, rf"(?P<handle>(?:user/|c/|@)?{TEXT})"),
    urls=(
        rf"{SITE}(?:channel|browse)/{UC}(?:[/?#].*)?",
        rf"{SITE}(?:feeds/videos\.xml|subscribe_embed)\?(?:.*&)?channel_?id={UC}(?:&.*)?",
        rf"{SITE}(?P<handle>{OLD_USER.pattern}{TEXT})(?:[&#].*)?",
        rf"{SITE}(?P<handle>(?:user/|c/|@){TEXT})(?:[/?#].*)?",
        rf"{SITE}(?P<handle>{TEXT}){TABS}",
    ),
    reserved="about account ads attribution_link c channel clip create_channel embed feed feeds gaming hashtag iframe_api jobs"
    " kids live logout movies oembed playlist post premium profile redirect results shorts signin source subscribe_embed"
    " subscription_center testtube trending tv upload user view_play_list watch watch_popup watch_videos",
    spell=spelt,
    fold=fold,
    link="https://www.youtube.com/{handle}",
    forms=("@energy", "UCabcdefghijklmnopqrstuv", "https://www.youtube.com/@energy", "youtube.com/user/energy"),
)
