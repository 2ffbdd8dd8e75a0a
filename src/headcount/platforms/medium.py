"""Medium: followers of a person, or of a publication (`publication/NAME`).

- page: the page's own JSON (`?format=json`), or else the data that the page embeds, or its link to the list of followers;
  one account, one or two requests. Exact, but for the link ("1.2K"). There is no official interface for it any more:
  https://github.com/Medium/medium-api-docs
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from headcount.model import Account, Reason
from headcount.net.message import Get
from headcount.platforms.kit.contract import Exchange, Options, Platform
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.pages import public_page
from headcount.platforms.kit.terms import Terms
from headcount.platforms.kit.walls import unless_led_to
from headcount.platforms.replies import medium_page
from headcount.platforms.replies.medium_page import GUARD, PREFIX, PUBLICATION, kind_of, name_of


def by_page(accounts: Sequence[Account], options: Options) -> Exchange:
    """One page: as JSON, and where Medium does not send that, as people see it."""
    (account,) = accounts
    page = f"{{page}}/{'' if kind_of(account) is PUBLICATION else '@'}{quote(name_of(account), safe='')}"
    reply = yield Get(page, {"format": "json"})
    if reply.body.startswith(GUARD):
        yield medium_page.read_json(account, reply)
        return
    if not medium_page.data(reply):
        reply = yield Get(page)
    yield medium_page.read(account, reply)


def spelt(text: str) -> str:
    """An address of a publication -> `publication/NAME`."""
    return PREFIX + text.removeprefix(SITE) if text.startswith(SITE) else text


SITE = "medium.com/"
NAME = r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,48}[A-Za-z0-9_])?"
SLUG = r"[A-Za-z0-9][A-Za-z0-9-]{1,60}"
NO_PUBLICATIONS = (
    "about browse business creators earn explore-topics feed gift jobs-at-medium lists login logout m me membership"
    " new-story p partner-program plans policy privacy r s search signin sitemap stories tag tags topic topics u upgrade"
)
SHOWN = "exact; abbreviated where only the text of the page tells"
MISSES: tuple[Reason, ...] = ("not_found", "suspended", "moved", "blocked")
PAGE = public_page(by_page, SHOWN, MISSES, control="Medium", refusal=unless_led_to(medium_page.SIGN_IN))
PLATFORM = Platform(
    slug="medium",
    name="Medium",
    hosts={"page": "https://medium.com"},
    sources=(PAGE,),
    handles=Handles(
        names=(rf"@?(?P<handle>{NAME})", rf"(?P<handle>{PREFIX}{SLUG})"),
        urls=(
            rf"medium\.com/@(?P<handle>{NAME})(?:[/?#].*)?",
            rf"(?P<handle>medium\.com/{SLUG})(?:[/?#].*)?",
            r"(?P<handle>[a-z0-9]{1,40})\.medium\.com(?:[/?#].*)?",
        ),
        reserved=" ".join([*map(SITE.__add__, NO_PUBLICATIONS.split()), "api blog cdn glyph help link m miro policy"]),
        spell=spelt,
        link="https://medium.com/@{handle}",
        forms=(
            "nasa",
            "@nasa",
            "publication/swlh",
            "https://medium.com/@nasa",
            "https://medium.com/swlh",
            "https://nasa.medium.com",
        ),
    ),
    terms=Terms(
        link="https://policy.medium.com/medium-terms-of-service-9db0094a1e0f",
        dated="1 September 2020",
        storing="Personal information about users only as the law allows, and never to be sold; nothing is said of counts.",
        deriving="not said",
    ),
)
