"""Facebook Pages: followers, and likes, which are another thing.

- api: `GET /{page}`, up to 50 Pages a request by Batch (counted as 50), exact. Needs a token with a role on the Pages
  and pages_read_engagement, or the feature Page Public Content Access.
  https://developers.facebook.com/docs/graph-api/reference/page
- page: the public page, one a request: likes exact, followers rounded ("28M"). Terms: read only where allowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from urllib.parse import quote

from headcount.model import Account
from headcount.net.message import Get
from headcount.platforms.kit import graph
from headcount.platforms.kit.contract import Exchange, Options, Platform
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.graph_terms import TERMS
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.pages import public_page
from headcount.platforms.replies import facebook_node, facebook_page


def fold(handle: str) -> str:
    """Facebook ignores case and dots."""
    return handle.casefold().replace(".", "")


def by_graph(accounts: Sequence[Account], options: Options) -> Exchange:
    """Up to 50 Pages, each by its pinned id or else by its name."""
    return graph.exchange(accounts, options, facebook_node.question, partial(facebook_node.read, fold=fold))


def by_page(accounts: Sequence[Account], options: Options) -> Exchange:
    """One public page, if it says that it is the one asked for."""
    (account,) = accounts
    reply = yield Get(f"{{page}}/{quote(account.handle, safe='')}/", headers={"accept-language": "en-US,en;q=0.1"})
    yield from facebook_page.read(account, reply, fold)


API = graph.source(by_graph, "exact", needs=("token",))
PAGE = public_page(
    by_page,
    "likes exact, followers abbreviated (28M)",
    ("not_found", "renamed_or_reused", "hidden", "blocked"),
    control="NASA",
    refusal=facebook_page.refusal,
)
HOST = r"(?:facebook|fb)\.(?:com|me)"
NAME = rf"(?P<handle>(?![a-z]+\.php|(?i:(?:[a-z-]+\.)*{HOST})(?:[/?#]|$))[A-Za-z0-9][A-Za-z0-9.]{{1,79}})"
SITE = rf"(?:(?:[a-z]{{2,3}}-[a-z]{{2}}|m|web|mbasic|business|touch)\.)?{HOST}/(?:#!/)?(?:pg/)?"
END = r"(?:[/?#].*)?"
PLATFORM = Platform(
    slug="facebook",
    earlier="likes",
    name="Facebook",
    hosts={"api": graph.HOST, "page": "https://www.facebook.com"},
    sources=(API, PAGE),
    credentials=(
        Credential("token", "a system user's token that never expires, or a Page's; needs pages_read_engagement"),
        Credential("app_id", "the app's id, beside its secret"),
        graph.APP_SECRET,
    ),
    options=graph.OPTIONS,
    handles=Handles(
        names=(r"(?P<graph>[0-9]{5,20})", rf"@?{NAME}"),
        urls=(
            rf"{SITE}profile\.php\?(?:.*&)?id=(?P<graph>[0-9]{{5,20}})(?:[&#].*)?",
            rf"{SITE}(?:people|pages)/[^/?#]+/(?P<graph>[0-9]{{5,20}}){END}",
            rf"{SITE}(?:p/|pages/category/[^/?#]+/)?[^/?#]+-(?P<graph>[0-9]{{9,20}}){END}",
            rf"{SITE}(?P<graph>[0-9]{{5,20}}){END}",
            rf"{SITE}@?{NAME}{END}",
        ),
        reserved="about ads business careers dialog directory events friends gaming groups hashtag help home legal live login"
        " marketplace me media messages notes notifications p pages people permalink pg photo photos plugins policies privacy"
        " public reel reels search settings share sharer stories story tr watch",
        fold=fold,
        link="https://www.facebook.com/{handle}",
        forms=(
            "energygov",
            "@energygov",
            "https://www.facebook.com/energygov",
            "https://www.facebook.com/profile.php?id=100044561550831",
            "https://www.facebook.com/Some-Lab-123456789012345",
        ),
    ),
    terms=TERMS,
)
