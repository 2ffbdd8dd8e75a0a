"""Chirp, which nobody has: watchers, as followers.

- api: `GET /v1/birds`, up to 20 birds by name a request, exact, free, with a key.
  https://chirp.example/docs/birds
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from headcount.model import Account, Count, Miss, Reading
from headcount.net.message import Get, Pace, Reply
from headcount.platforms.kit.contract import Absent, Exchange, Options, Platform, Refusal, Source, by_status
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.matching import match
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


def by_name(accounts: Sequence[Account], options: Options) -> Exchange:
    """Up to 20 birds; whoever is not there is left out of the answer."""
    asked = {account.handle.lower(): account for account in accounts}
    reply = yield Get("{api}/v1/birds", {"names": ",".join(asked)})
    birds = match(sift(decode(reply.body, Birds).birds, Bird), lambda bird: bird.name.lower(), asked)
    yield from birds.spoilt
    for name, account in asked.items():
        bird = birds.found.get(name)
        if bird is None:
            yield Absent(account)
        elif bird.caged:
            yield Miss(account, "suspended", "the bird is in a cage")
        else:
            yield Reading(account, "followers", Count(bird.watchers), bird.name, {"bird": bird.id})


def refusal(reply: Reply) -> Refusal | None:
    """A key that is not Chirp's."""
    if reply.status == 401:
        return Refusal("bad_credentials", "Chirp does not know this key", scope="credential")
    return by_status(reply)


PLATFORM = Platform(
    slug="chirp",
    name="Chirp",
    hosts={"api": "https://api.chirp.example"},
    sources=(
        Source(
            name="api",
            ask=by_name,
            about="exact",
            batch=20,
            needs=("key",),
            pace=Pace(100),
            sign=header("x-chirp-key", "key"),
            refusal=refusal,
            misses=("not_found", "suspended", "bad_credentials"),
        ),
    ),
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
