"""The public page of a Facebook Page: whose it is, by its head; likes, in its card; followers, in its profile's header."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading
from headcount.net.message import Reply
from headcount.platforms.kit import counts, embedded
from headcount.platforms.kit.contract import Absent, Refusal, Spoilt, by_status
from headcount.platforms.kit.matching import match
from headcount.platforms.kit.walls import led_to
from headcount.platforms.kit.wire import Digits, decode, sift


class Words(Struct):
    text: str


class Line(Struct):
    text: Words


class Context(Struct):
    content: list[Line]


class Profile(Struct):
    """A Page has two ids: its profile's own, and its delegate's, which is the one of the Graph API."""

    id: Digits
    delegate_page: Profile | None = None
    profile_social_context: Context | None = None

    def followers(self) -> str | None:
        """The words about them: `28M followers`; empty where none stand in their place, None where the place is lost.

        Raises:
            ShapeChanged: where several differ.
        """
        if self.profile_social_context is None:
            return None
        texts = {line.text.text for line in self.profile_social_context.content if "follower" in line.text.text}
        if len(texts) > 1:
            raise ShapeChanged(f"several counts of followers: {', '.join(sorted(texts))}"[:200])
        return "".join(texts)


class Header(Struct):
    user: Profile


class Shown(Struct, frozen=True):
    """Whom a public page is about, and its likes."""

    name: str
    profile: Profile
    likes: Count | None

    def ids(self, account: Account) -> dict[str, str]:
        """The Graph API's id is the delegate's; but an address that was pinned may bear the profile's."""
        pinned = account.ids.get("graph") == self.profile.id
        page = self.profile if pinned else self.profile.delegate_page
        return {scheme: each.id for scheme, each in (("profile", self.profile), ("graph", page)) if each and each.id}

    def is_about(self, account: Account, fold: Fold) -> bool:
        """Whether the account goes by its name, or by one of its ids."""
        ids = self.ids(account).values()
        return account.handle in ids or account.ids.get("graph") in ids or fold(self.name) == fold(account.handle)


Fold = Callable[[str], str]
"""Two names are the same Page's if their folds are equal."""


def read(account: Account, reply: Reply, fold: Fold) -> Iterator[Reading | Miss | Absent | Spoilt | Refusal]:
    """What a public page says of the account that it was asked for.

    Raises:
        ShapeChanged: where it is about another, or of no shape that is known.
    """
    page = reply.body
    found = (decode(header, dict) for header in embedded.data(page, "profile_header_renderer"))
    headers = match(sift(found, Header), lambda header: header.user.id)
    yield from headers.spoilt
    number = _address(page, "al:android:url", NUMBERED)
    profile = headers.found.get(number, Header(Profile(number))).user
    shown = Shown(_address(page, "og:url", NAMED), profile, _likes(page))
    if not (shown.likes or number in headers.found):
        yield _unshown(account, reply)
    elif shown.is_about(account, fold):
        yield from _told(account, shown, page)
    else:
        raise ShapeChanged(f"the page is about {shown.name or number or 'nobody'}")


def _told(account: Account, shown: Shown, page: bytes) -> Iterator[Reading | Miss]:
    ids, name = shown.ids(account), shown.name or None
    if shown.likes:
        yield Reading(account, "likes", shown.likes, name, ids)
    words = shown.profile.followers()
    if followers := _counted(FOLLOWERS, words or ""):
        yield Reading(account, "followers", followers, name, ids)
    else:
        yield _without_followers(account, page, words)


def _address(page: bytes, title: str, form: re.Pattern[str]) -> str:
    """Whose page it is, by one of the addresses in its head."""
    found = form.fullmatch(embedded.meta(page, title) or "")
    return found[1] if found else ""


def _likes(page: bytes) -> Count | None:
    """The number before "likes", after the Page's own name: a name may hold any number, even one of likes."""
    title, about = embedded.meta(page, "og:title"), embedded.meta(page, "og:description")
    if not title or not about:
        return None
    name = title if about.startswith(title) else title.partition(" | ")[0]
    told_apart = about.startswith(name) or len(ANY_LIKES.findall(about)) == 1
    return _counted(LIKES, about.removeprefix(name)) if told_apart else None


def _counted(form: re.Pattern[str], text: str) -> Count | None:
    """Meta has both rounded and cut down what it abbreviates."""
    found = form.match(text)
    return counts.read(found[1], rounding="unknown") if found else None


def _without_followers(account: Account, page: bytes, words: str | None) -> Miss:
    """They are hidden, if the page is whole, in the language that we read, and shows the place where they would stand.

    Hidden is nobody's failure and nobody is told: a page that has lost its header must not pass for it.
    """
    if words == "" and b"</html>" in page and embedded.language(page).startswith("en"):
        return Miss(account, "hidden", "the public page shows no followers", final=False)
    return Miss(account, "shape_changed", "a page whose followers cannot be read", final=False)


def refusal(reply: Reply) -> Refusal | None:
    """Facebook hides one page behind its login, and shows the next: a wall says nothing of other pages."""
    if reply.status in (401, 403) or led_to(reply, LOGIN):
        return Refusal("blocked", f"sent to the login page (HTTP {reply.status})")
    return by_status(reply)


def _unshown(account: Account, reply: Reply) -> Absent | Refusal:
    if reply.status in (404, 410) or (b"t available" in reply.body and GONE.search(reply.body)):
        return Absent(account, "the page is not there")
    if any(words in reply.body for words in WALL):
        return Refusal("blocked", "a login wall")
    raise ShapeChanged(f"a page without likes and followers (HTTP {reply.status})")


NAMED = re.compile(r"https?://[^/?#]+/((?!profile\.php)[A-Za-z0-9.]{1,80})/?(?:[?#].*)?")
NUMBERED = re.compile(r"fb://(?:profile|page)/(?:\?id=)?([0-9]{1,20})")
LIKES = re.compile(r"(?:[^.0-9]*\. )?([0-9][0-9,.]*(?: ?[KMB])? likes?)(?= ·|\.|$)")
ANY_LIKES = re.compile(r"[0-9] likes?\b")
FOLLOWERS = re.compile(r"([0-9][0-9,.]*(?: ?[KMB])? followers?)\Z")
LOGIN = re.compile(r"/(?:login|checkpoint)(?:\.php)?(?:[/?#]|$)")
WALL = (b'id="login_form"', b"Log in or sign up", b"Log into Facebook", b"Log in to Facebook")
GONE = re.compile(rb"(?:[Cc]ontent|[Pp]age) isn(?:'|\xe2\x80\x99|&#0?39;|\\u2019)t available")
