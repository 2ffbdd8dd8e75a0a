"""Flickr: followers. Its API knows whom an account follows, and not who follows it.

- page: the photostream that everybody sees, one account a request, exact, from the models that the page embeds. By the
  id (NSID) once it is pinned, which goes on working when the alias is changed. https://www.flickr.com/photos/flickr/
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from headcount.model import Account
from headcount.net.message import Get
from headcount.platforms.kit.contract import Exchange, Options, Platform
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.pages import public_page
from headcount.platforms.kit.terms import Terms
from headcount.platforms.replies import flickr_page


def by_photostream(accounts: Sequence[Account], options: Options) -> Exchange:
    """One account, by its id or its alias, or by its short link (`ps/ZVcni`), which leads to its photostream."""
    (account,) = accounts
    name = account.ids.get("nsid", account.handle)
    short = name.startswith("ps/")
    reply = yield Get(f"{{short}}/{quote(name)}" if short else f"{{page}}/photos/{quote(name, safe='@')}/")
    yield flickr_page.read(account, None if short else name, reply)


PAGE = public_page(
    by_photostream, "exact", ("not_found", "deactivated", "blocked"), control="nasahqphoto", refusal=flickr_page.refusal
)
SHORT = r"(?P<handle>ps/[1-9A-HJ-NP-Za-km-z]{4,12})"
SITE = r"(?:(?:m|secure)\.)?flickr\.com/"
NSID = r"(?P<nsid>[0-9]{4,12}@N[0-9]{2})"
ALIAS = r"(?P<handle>[A-Za-z0-9_-]{1,40})"
# The page of one photo is nobody's account: behind a name come words (`albums`, `sets/72157`) or nothing.
PART = r"(?:/(?:[A-Za-z][^?#]*)?)?(?:[?#].*)?"
PLATFORM = Platform(
    slug="flickr",
    name="Flickr",
    hosts={"page": "https://www.flickr.com", "short": "https://flic.kr"},
    sources=(PAGE,),
    handles=Handles(
        names=(NSID, SHORT, f"@?{ALIAS}"),
        urls=(
            rf"{SITE}(?:photos|people)/{NSID}{PART}",
            rf"{SITE}(?:photos|people)/{ALIAS}{PART}",
            rf"{SITE}{ALIAS}(?:[?#].*)?",
            rf"flic\.kr/{SHORT}(?:[?#].*)?",
        ),
        reserved="""
            about account apps browser cameras commons create events explore favorites friends galleries groups help jobs map me
            notifications organize people photos photosof prints privacy recent search services settings signin signup sitemap
            sets stats tags terms tools tour upload video
        """,
        link="https://www.flickr.com/photos/{handle}/",
        forms=("departmentofenergy", "37916456@N02", "https://www.flickr.com/photos/departmentofenergy/"),
    ),
    terms=Terms(
        link="https://www.flickr.com/help/terms",
        dated="terms of use of 30 April 2020; undated copy of the API's",
        storing="Photos may be cached for reasonable periods only; no rule about counts was found.",
        deriving="No rule about derived figures was found; the site's own materials may not be copied or put to derivative use.",
        pages="Scraping, data mining and robots on the site are forbidden.",
    ),
)
