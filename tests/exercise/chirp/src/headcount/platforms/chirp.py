"""Chirp, which nobody has: watchers, as followers.

- api: `GET /v1/birds`, up to 20 birds a request, exact, free, with a key. By id once ids are pinned, so that a rename
  loses nobody; by name before.
  https://chirp.example/docs/birds
- page: the bird's nest, one a request, exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import quote

from msgspec import Struct, structs

from headcount.errors import ShapeChanged
from headcount.model import Account, Count, Miss, Reading
from headcount.net.message import Get, Pace, Reply
from headcount.platforms.kit import embedded
from headcount.platforms.kit.contract import Absent, Exchange, Options, Platform, Refusal, Source, Spoilt, by_status
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.matching import match
from headcount.platforms.kit.pages import public_page
from headcount.platforms.kit.signing import header
from headcount.platforms.kit.terms import Terms
from headcount.platforms.kit.wire import Heads, Id, decode, sift


class Bird(Struct):
    id: Id
    name: Id
    watchers: Heads
    caged: bool = False


class Birds(Struct):
    birds: list[object]


def by_id(accounts: Sequence[Account], options: Options) -> Exchange:
    """Up to 20 birds by their ids, whatever they are called today."""
    asked = {account.ids["bird"]: account for account in accounts}
    yield from _birds((yield Get("{api}/v1/birds", {"ids": ",".join(asked)})), asked, lambda bird: bird.id)


def by_name(accounts: Sequence[Account], options: Options) -> Exchange:
    """Up to 20 birds by their names."""
    asked = {account.handle.lower(): account for account in accounts}
    yield from _birds((yield Get("{api}/v1/birds", {"names": ",".join(asked)})), asked, lambda bird: bird.name.lower())


def _birds(
    reply: Reply, asked: Mapping[str, Account], name: Callable[[Bird], str]
) -> Iterator[Reading | Miss | Absent | Spoilt]:
    """What is said of each; whoever is not there is left out of the answer."""
    birds = match(sift(decode(reply.body, Birds).birds, Bird), name, asked)
    yield from birds.spoilt
    for key, account in asked.items():
        yield _said(account, birds.found[key]) if key in birds.found else Absent(account)


def _said(account: Account, bird: Bird) -> Reading | Miss:
    if bird.caged:
        return Miss(account, "suspended", "the bird is in a cage")
    return Reading(account, "followers", Count(bird.watchers), bird.name, {"bird": bird.id})


def by_page(accounts: Sequence[Account], options: Options) -> Exchange:
    """One nest, by the data that its page embeds."""
    (account,) = accounts
    reply = yield Get(f"{{page}}/@{quote(account.handle, safe='')}")
    if reply.status == 404:
        yield Absent(account)
        return
    bird = decode(embedded.script(reply.body, 'id="nest"') or b"", Bird)
    if bird.name.lower() != account.handle.lower() and bird.id != account.ids.get("bird"):
        raise ShapeChanged(f"the nest of {bird.name}")
    yield _said(account, bird)


def refusal(reply: Reply) -> Refusal | None:
    """A key that is not Chirp's."""
    if reply.status == 401:
        return Refusal("bad_credentials", "Chirp does not know this key", scope="credential")
    return by_status(reply)


API = Source(
    name="api",
    ask=by_id,
    about="exact",
    batch=20,
    pinned="bird",
    needs=("key",),
    pace=Pace(100),
    sign=header("x-chirp-key", "key"),
    refusal=refusal,
    misses=("not_found", "suspended", "bad_credentials"),
)
PAGE = public_page(by_page, "exact", ("not_found", "suspended", "blocked"), control="robin")
PLATFORM = Platform(
    slug="chirp",
    name="Chirp",
    hosts={"api": "https://api.chirp.example", "page": "https://chirp.example"},
    sources=(API, structs.replace(API, ask=by_name, pinned=None), PAGE),
    credentials=(Credential("key", "a key, from chirp.example/keys"),),
    handles=Handles(
        names=(r"@?(?P<handle>[a-z]{2,20})",),
        urls=(r"chirp\.example/@(?P<handle>[a-z]{2,20})(?:[/?#].*)?",),
        reserved="keys docs",
        link="https://chirp.example/@{handle}",
        forms=("robin", "@robin", "https://chirp.example/@robin"),
    ),
    terms=Terms(link="https://chirp.example/terms", dated="never", storing="not said", deriving="not said"),
)
