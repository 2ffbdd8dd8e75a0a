"""Medium: followers of a person, or of a publication (`publication/NAME`).

- page: the page's own JSON (`?format=json`), or else the data that the page embeds, or its link to the list of followers;
  one account, one or two requests. Exact, but for the link ("1.2K"). There is no official interface for it any more:
  https://github.com/Medium/medium-api-docs
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from msgspec import Struct

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading
from headcount.net.message import Get, Pace, Reply
from headcount.platforms.kit import counts, embedded
from headcount.platforms.kit.contract import Absent, Exchange, Options, Platform, Source
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.terms import Terms
from headcount.platforms.kit.walls import kept_out
from headcount.platforms.kit.wire import Heads, Id, Json, decode, find


class Kind(Struct, frozen=True):
    """What can be followed, and where its name and its count stand in the data that a page embeds."""

    scheme: str
    type: str
    name: str
    heads: str


def by_page(accounts: Sequence[Account], options: Options) -> Exchange:
    """One page: as JSON, and where Medium does not send that, as people see it."""
    (account,) = accounts
    page = f"{{page}}/{'' if _kind(account) is PUBLICATION else '@'}{quote(_name(account), safe='')}"
    reply = yield Get(page, {"format": "json"})
    if reply.body.startswith(GUARD):
        yield _by_json(account, decode(reply.body[len(GUARD) :], Json))
        return
    if not _state(reply):
        reply = yield Get(page)
    told = dict(_told(account, _state(reply)))
    if len(told) == 1:
        ((found, heads),) = told.items()
        yield _reading(account, _name(account), found, heads)
    else:
        yield _by_text(account, reply, len(told))


def _kind(account: Account) -> Kind:
    return PUBLICATION if account.handle.startswith(PREFIX) else PERSON


def _name(account: Account) -> str:
    return account.handle.removeprefix(PREFIX)


def _reading(account: Account, name: str | None, found: str | None, heads: int | None) -> Reading:
    if name is None or found is None or heads is None or name.lower() != _name(account).lower():
        raise ShapeChanged(f"an answer about {name} ({found}): {heads} followers")
    return Reading(account, "followers", Count(heads), ids={_kind(account).scheme: found})


def _by_json(account: Account, answer: Json) -> Reading | Miss:
    """The guard before the JSON keeps other pages' scripts from reading it."""
    error = find(answer, "error", str) or ""
    if "No user found" in error:
        return Miss(account, "not_found", error[:200])
    if "is suspended" in error or find(answer, "payload.user.isSuspended", bool):
        return Miss(account, "suspended", error[:200])
    return (_publication if _kind(account) is PUBLICATION else _person)(account, answer)


def _publication(account: Account, answer: Json) -> Reading:
    name, found = (find(answer, f"payload.collection.{key}", Id) for key in ("slug", "id"))
    return _reading(account, name, found, find(answer, "payload.collection.metadata.followerCount", Heads))


def _person(account: Account, answer: Json) -> Reading:
    name, found = (find(answer, f"payload.user.{key}", Id) for key in ("username", "userId"))
    stats = (find(answer, "payload.references.SocialStats", Json) or {}).get(found or "")
    own = find(stats, "userId", Id) == found
    return _reading(account, name, found, find(stats, "usersFollowedByCount", Heads) if own else None)


def _state(reply: Reply) -> Json:
    data = embedded.assigned(reply.body, "__APOLLO_STATE__")
    return decode(data, Json) if data else {}


def _told(account: Account, state: Json) -> Iterator[tuple[str, int]]:
    """Everybody of that name, by id: those who are recommended stand on the page too, and nobody is first."""
    kind = _kind(account)
    for key, item in state.items():
        if key.startswith(kind.type) and (find(item, kind.name, str) or "").lower() == _name(account).lower():
            heads = find(item, kind.heads, Heads)
            if heads is not None and find(item, "id", Id) == key.removeprefix(kind.type):
                yield key.removeprefix(kind.type), heads


def _by_text(account: Account, reply: Reply, told: int) -> Reading | Miss | Absent:
    own = re.compile(
        rf'/@{re.escape(account.handle)}/followers[^"]*"[^>]*>([0-9.,]+[KM]?) [Ff]ollowers?<', re.IGNORECASE
    )
    texts = set(own.findall(reply.body.decode("utf-8", "replace")))
    if not told and len(texts) == 1 and (count := counts.read(texts.pop(), rounding="unknown")):
        return Reading(account, "followers", count)
    if place := reply.headers.get("location"):
        return Miss(account, "moved", f"its page is at {place[:150]}, where it is not looked for", final=False)
    if reply.status in (404, 410) or NOBODY.search(reply.body):
        return Absent(account, f"a page of nobody (HTTP {reply.status})")
    raise ShapeChanged(f"a page with {told} accounts of that name (HTTP {reply.status})")


def spelt(text: str) -> str:
    """An address of a publication -> `publication/NAME`."""
    return PREFIX + text.removeprefix(SITE) if text.startswith(SITE) else text


GUARD = b"])}while(1);</x>"
PREFIX, SITE = "publication/", "medium.com/"
PERSON = Kind("user", "User:", "username", "socialStats.followerCount")
PUBLICATION = Kind("publication", "Collection:", "slug", "subscriberCount")
NOBODY = re.compile(rb">PAGE NOT FOUND<|>Out of nothing, something\.<")
NAME = r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,48}[A-Za-z0-9_])?"
SLUG = r"[A-Za-z0-9][A-Za-z0-9-]{1,60}"
NO_PUBLICATIONS = (
    "about browse business creators earn explore-topics feed gift jobs-at-medium lists login logout m me membership"
)
NO_PUBLICATIONS += (
    " new-story p partner-program plans policy privacy r s search signin stories tag tags topic topics u upgrade"
)
PAGE = Source(
    name="page",
    ask=by_page,
    about="exact; abbreviated where only the text of the page tells",
    pace=Pace(10),
    control="Medium",
    refusal=kept_out,
    official=False,
    misses=("not_found", "suspended", "moved", "blocked"),
)
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
        reserved=" ".join([*map(SITE.__add__, NO_PUBLICATIONS.split()), "api blog cdn glyph help miro policy"]),
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
