"""SlideShare: followers.

- page: a user's public page, one a request, exact, from the data that it embeds. There is no official interface: its
  keys have not been given out since 2020, and it never told followers. SlideShare names no pace for pages: ten a minute.
  https://www.slideshare.net/
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote

from msgspec import Meta, Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading, Reason
from headcount.net.message import Get, Reply
from headcount.platforms.kit import embedded
from headcount.platforms.kit.contract import Absent, Exchange, Options, Platform, Refusal
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.pages import public_page
from headcount.platforms.kit.terms import Terms
from headcount.platforms.kit.walls import kept_out
from headcount.platforms.kit.wire import Heads, Id, Json, decode, find

Number = Annotated[int, Meta(ge=1, lt=10**18)]


class User(Struct, rename="camel"):
    id: Number
    login: Id
    followers_count: Heads | None = None
    suspended: bool = False


def by_page(accounts: Sequence[Account], options: Options) -> Exchange:
    """One user, by the data that the page embeds."""
    (account,) = accounts
    reply = yield Get(f"{{page}}/{quote(account.handle, safe='')}")
    if reply.status in (404, 410):
        yield Absent(account, f"HTTP {reply.status}")
        return
    data = embedded.script(reply.body, 'id="__NEXT_DATA__"')
    page = find(decode(data, Json), "props.pageProps", Json) if data is not None else None
    if page is None or "user" not in page:
        raise ShapeChanged(f"a page without its data (HTTP {reply.status})")
    user = find(page, "user", User)
    yield _said(account, user) if user else Absent(account, "a page about nobody")


def _said(account: Account, user: User) -> Reading | Miss:
    """The user's count, if it is the one asked for: by name, or by the pinned id where the name has changed."""
    number = str(user.id)
    if user.login.lower() != account.handle.lower() and account.ids.get("slideshare") != number:
        raise ShapeChanged(f"the page is about {user.login} ({number})")
    if user.suspended:
        return Miss(account, "suspended", final=False)
    if user.followers_count is None:
        raise ShapeChanged("a user without a count")
    return Reading(account, "followers", Count(user.followers_count), user.login, {"slideshare": number})


def walled(reply: Reply) -> Refusal | None:
    """Whether something stands before the page: a riddle for robots."""
    if RIDDLE.search(reply.body):
        return Refusal("blocked", "asked whether we are a robot", scope="source")
    return kept_out(reply)


RIDDLE = re.compile(rb'src="https://[a-z-]+\.captcha-delivery\.com/')

MISSES: tuple[Reason, ...] = ("suspended", "not_found", "renamed_or_reused", "blocked")
PAGE = public_page(by_page, "exact", MISSES, control="HubSpot", refusal=walled)
NAME = r"(?P<handle>[A-Za-z0-9][A-Za-z0-9_-]{1,63})"
TABS = "presentations|documents|infographics|videos|slideshows|followers|following|clipboards|likes"
PLATFORM = Platform(
    slug="slideshare",
    name="SlideShare",
    hosts={"page": "https://www.slideshare.net"},
    sources=(PAGE,),
    handles=Handles(
        names=(f"@?{NAME}",),
        urls=(rf"(?:[a-z]{{2}}\.)?slideshare\.net/{NAME}(?:/(?:{TABS}))?/?(?:[?#].*)?",),
        reserved="about api category developers ebooks editors-picks embed_code explore featured features forgot_password"
        " help login logout mobile most-popular my_uploads newsfeed popular ppt pricing rss search settings signup slideshow"
        " slideshows templates terms upload user widget_share",
        link="https://www.slideshare.net/{handle}",
        forms=("USEnergyDept", "@USEnergyDept", "https://www.slideshare.net/USEnergyDept/presentations"),
    ),
    terms=Terms(link="https://scribd.com/terms", dated="no copy was at hand", storing="not said", deriving="not said"),
)
