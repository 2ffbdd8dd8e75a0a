"""Instagram: followers.

- api: business_discovery of the Graph API, up to 50 accounts a request by Batch (counted as 50), exact; professional
  accounts only. Asked through one's own professional account, which is asked for itself.
  https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/business_discovery
- page: the public page, one a request. Exact where Instagram embeds its data, which it seldom does; else the link
  preview's card: exact below 10,000, else abbreviated ("448K"), and some days old. Terms: read only where allowed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from headcount.model import Account, Miss
from headcount.net.message import Get
from headcount.platforms.kit import graph, preview
from headcount.platforms.kit.contract import Exchange, Options, Platform
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.graph_terms import TERMS
from headcount.platforms.kit.handles import Handles, tabs
from headcount.platforms.kit.pages import public_page
from headcount.platforms.replies import instagram_page, instagram_user
from headcount.platforms.replies.instagram_user import FIELDS, UNKNOWN, is_own


def by_graph(accounts: Sequence[Account], options: Options) -> Exchange:
    """Up to 50 accounts by their names, through one's own; a name that Instagram does not allow is not sent."""
    me = options.get("user_id", UNKNOWN)
    asked = [account for account in accounts if NAME.fullmatch(account.handle)]
    yield from (_impossible(account) for account in accounts if account not in asked)
    if asked:
        yield from graph.exchange(asked, options, partial(_question, me), partial(instagram_user.read, me))


def _impossible(account: Account) -> Miss:
    return Miss(account, "not_found", "not a name that Instagram allows")


def _question(me: str, account: Account) -> graph.Question:
    if is_own(account, me):
        return graph.Question(me, FIELDS)
    return graph.Question(me, f"business_discovery.username({account.handle}){{{FIELDS}}}")


def by_page(accounts: Sequence[Account], options: Options) -> Exchange:
    """One public page: its embedded data, or else its card, if that is about the account asked for."""
    (account,) = accounts
    if not NAME.fullmatch(account.handle):
        yield _impossible(account)
        return
    reply = yield Get(f"{{page}}/{account.handle}/", {"hl": "en"}, {"accept-language": "en-US,en;q=0.1"})
    yield from instagram_page.read(account, reply)


NAME = re.compile(r"[A-Za-z0-9._]{1,30}")

API = graph.source(by_graph, "exact; professional accounts only", needs=("token", "user_id"))
PAGE = public_page(
    by_page,
    "exact below 10,000, else mostly abbreviated (448K)",
    ("not_found", "renamed_or_reused", "blocked"),
    control="instagram",
    refusal=preview.refusal,
)
HANDLE = r"@?(?P<handle>(?!(?i:(?:www\.)?instagr(?:am\.com|\.am))(?:[/?#]|$))(?![^/?#]{31})(?a:\w+(?:\.\w+)*))"
TABS = tabs("channel feed followers following guides igtv live p reel reels saved tagged")
PLATFORM = Platform(
    slug="instagram",
    name="Instagram",
    hosts={"api": graph.HOST, "login": "https://graph.instagram.com", "page": "https://www.instagram.com"},
    sources=(API, PAGE),
    credentials=(
        Credential("token", "a system user's; needs instagram_basic, instagram_manage_insights, pages_read_engagement"),
        Credential("user_id", "the Graph id (17841...) of one's own professional account, which asks", secret=False),
        graph.APP_SECRET,
    ),
    options=graph.OPTIONS,
    handles=Handles(
        names=(HANDLE,),
        urls=(rf"(?:m\.)?(?:instagram\.com|instagr\.am)/(?:_u/|_n/|#!/)?{HANDLE}{TABS}",),
        reserved="_n _u about accounts api ar challenge developer direct download emails explore graphql legal login nametag oauth"
        " p popular press reel reels s session share stories terms tv web",
        link="https://www.instagram.com/{handle}/",
        forms=("energy", "@energy", "https://www.instagram.com/energy/", "instagr.am/energy"),
    ),
    terms=TERMS,
)
