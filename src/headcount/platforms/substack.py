"""Substack: subscribers, as `followers`, and the followers of the author's profile, as `profile_followers`.

- page: the profile as JSON, one a request, exact. Substack has no official interface: this is what its own pages ask,
  on the host of its pages, undocumented, and so it goes as a page. The count is that of an author, so a publication
  (`NAME.substack.com`) is counted only where it is the author's own of the same name. `rough_num_free_subscribers_int`,
  and what a post's page says of its publisher, are orders of magnitude and never counts.
  https://support.substack.com, which says nothing of it
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
from headcount.platforms.replies import substack_profile


def by_profile(accounts: Sequence[Account], options: Options) -> Exchange:
    """One profile, by its handle."""
    (account,) = accounts
    reply = yield Get(f"{{page}}/api/v1/user/{quote(account.handle, safe='')}/public_profile")
    yield from substack_profile.read(account, reply)


PAGE = public_page(by_profile, "exact", ("not_found", "hidden", "blocked"))
HANDLE = r"(?P<handle>[A-Za-z0-9][A-Za-z0-9_-]{0,63})"
PUBLICATION = r"(?=(?P<publication>[a-z0-9-]+))(?P<handle>[a-z0-9][a-z0-9-]{0,62})"
TAIL = r"(?:[/?#].*)?"
PLATFORM = Platform(
    slug="substack",
    name="Substack",
    hosts={"page": "https://substack.com"},
    sources=(PAGE,),
    handles=Handles(
        names=(f"@?{HANDLE}",),
        urls=(
            rf"substack\.com/@{HANDLE}{TAIL}",
            rf"{PUBLICATION}\.substack\.com{TAIL}",
            rf"open\.substack\.com/pub/{PUBLICATION}{TAIL}",
        ),
        reserved="open www api cdn email support reader",
        link="https://substack.com/@{handle}",
        forms=(
            "@energy",
            "energy.substack.com",
            "https://substack.com/@energy",
            "https://energy.substack.com/p/a-post",
        ),
    ),
    terms=Terms(
        link="https://github.com/OpenTermsArchive/contrib-versions/blob/00e984b9585c99ec460bc7cafeca081d9f597b13/"
        "Substack/Terms%20of%20Service.md",
        dated="21 April 2025",
        storing="Copying or storing any significant portion of the content is forbidden; nothing is said of counts.",
        deriving="not said",
        pages="Crawling, scraping or spidering any page or data is forbidden, by hand or by machine.",
    ),
)
