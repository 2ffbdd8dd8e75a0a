"""Counted by hand: what shows its followers to nobody but the person who runs it, or in no form that can be trusted.

WhatsApp channels and Nextdoor have no interface for others; Apple's and Spotify's show no followers of podcasts;
Snapchat has one for partners only. `headcount enter` and `headcount import counts` take what a person reads off; such a
count says for ever that it is one. Anything can be counted so, under any name.
"""

from __future__ import annotations

import re

from headcount.platforms.kit.contract import Platform
from headcount.platforms.kit.handles import Handles

REST = r"(?:[/?#].*)?"
COUNTRY = re.compile(r"(?<=podcasts\.apple\.com/)(?:[a-z]{2}/)?podcast/(?:[^/]+/)?")
SNAPCHAT = re.compile(r"(?<=snapchat\.com/)(?:add/|@)")
LANGUAGE = re.compile(r"(?<=open\.spotify\.com/)intl-[a-z-]+/")
CODED = ("whatsapp.com/", "open.spotify.com/")
"""Whose codes tell upper from lower case."""


def spell(handle: str) -> str:
    """One address for one account, whatever the country, the language or the form it was copied from."""
    handle = COUNTRY.sub("podcast/", SNAPCHAT.sub("add/", LANGUAGE.sub("", handle)))
    return handle.removeprefix("us.") if handle.startswith("us.nextdoor.com/") else handle


def fold(handle: str) -> str:
    """Names are compared without regard to case, codes as they are."""
    return handle if handle.startswith(CODED) else handle.casefold()


PLATFORM = Platform(
    slug="manual",
    name="Counted by hand",
    handles=Handles(
        names=(r"(?P<handle>[^/]*[^/\s][^/]*)",),
        urls=(
            rf"(?P<handle>whatsapp\.com/channel/[A-Za-z0-9_-]{{10,40}}){REST}",
            rf"(?P<handle>(?:us\.)?nextdoor\.com/agency-detail/[a-z]{{2}}/[\w-]+/[\w-]+){REST}",
            rf"(?P<handle>podcasts\.apple\.com/(?:[a-z]{{2}}/)?podcast/(?:[^/?#]+/)?id[0-9]{{4,15}}){REST}",
            rf"(?P<handle>open\.spotify\.com/(?:intl-[a-z-]+/)?show/[A-Za-z0-9]{{22}}){REST}",
            rf"(?P<handle>snapchat\.com/(?:add/|@)[A-Za-z][\w.-]{{1,14}}){REST}",
        ),
        spell=spell,
        fold=fold,
        forms=(
            "https://www.whatsapp.com/channel/0029VaExampleCode12345",
            "https://nextdoor.com/agency-detail/ca/san-jose/city-of-san-jose",
            "https://podcasts.apple.com/us/podcast/a-podcast/id1234567890",
            "https://open.spotify.com/show/0123456789abcdefABCDEF",
            "https://www.snapchat.com/add/examplecity",
            "Parks newsletter",
        ),
    ),
    no_source="counted by hand: `headcount enter` takes its counts",
)
