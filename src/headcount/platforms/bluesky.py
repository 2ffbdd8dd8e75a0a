"""Bluesky: followers.

- api: `app.bsky.actor.getProfiles`, up to 25 accounts a request, exact, free, without a key; by DID once it is pinned, so
  that a new handle loses nobody. It leaves out whom it does not show: they are asked for alone, which says why.
  https://docs.bsky.app/docs/api/app-bsky-actor-get-profiles
- page: the public profile, one account a request, exact; the same bare page for an unknown account as for a suspended one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from functools import partial
from urllib.parse import quote

from msgspec import Struct

from headcount.model import Account, Count, Miss, Reading, Reason
from headcount.net.message import Get, Pace, Reply, window
from headcount.platforms.kit.contract import Exchange, Options, Platform, Refusal, Source, by_status
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.matching import Matched, match
from headcount.platforms.kit.pages import public_page
from headcount.platforms.kit.terms import Terms
from headcount.platforms.kit.wire import Heads, Id, Json, decode, find, heard, sift
from headcount.platforms.replies import bluesky_page
from headcount.platforms.replies.bluesky_page import Person


class Profile(Struct, rename="camel"):
    did: Id
    handle: Id
    followers_count: Heads


class Problem(Struct):
    error: str = ""
    message: str = ""


def by_actor(accounts: Sequence[Account], options: Options) -> Exchange:
    """Up to 25 accounts, then alone each who was left out; one who is there alone is asked for alone at once."""
    asked = {actor: account for account in accounts if (actor := _actor(account))}
    yield from (Miss(account, "not_found", NEITHER, final=False) for account in accounts if not _actor(account))
    answered: Mapping[str, Profile] = {}
    if len(asked) > 1:
        profiles = _profiles((yield Get("{api}/xrpc/app.bsky.actor.getProfiles", {"actors": tuple(asked)})), asked)
        yield from profiles.spoilt
        yield from (_reading(asked[actor], profile) for actor, profile in profiles.found.items())
        answered = profiles.found
    for actor in [actor for actor in asked if actor not in answered]:
        reply = yield Get("{api}/xrpc/app.bsky.actor.getProfile", {"actor": actor})
        said = _about(actor, _profiles(reply, {actor}), asked[actor])
        yield said if reply.status == 200 else _why(reply, asked[actor])


def _actor(account: Account) -> str:
    """What Bluesky is asked for: the DID, or the handle; empty where it would take it for neither."""
    actors = (account.ids.get("did", ""), spelt(account.handle))
    return next((each for each in actors if re.fullmatch(f"{DID}|{FULL}", each)), "")


def _profiles(reply: Reply, asked: Container[str]) -> Matched[Profile]:
    """Of many or of one: the same profiles stand in both answers; none where one of those asked for is no identifier."""
    answer = decode(reply.body, Json) if reply.status == 200 else {"profiles": []}
    items = find(answer, "profiles", list[object])
    return match(sift([answer] if items is None else items, Profile), _name(asked), asked)


def _name(asked: Container[str]) -> Callable[[Profile], str]:
    """By what a profile was asked for: its handle is only looked at where its DID was not."""
    return lambda profile: profile.did if profile.did in asked else profile.handle.lower()


def _about(actor: str, profiles: Matched[Profile], account: Account) -> Reading | Miss:
    if profile := profiles.found.get(actor):
        return _reading(account, profile)
    said = profiles.spoilt[0].detail if profiles.spoilt else "an answer about nobody"
    return Miss(account, "shape_changed", said, final=False)


def _reading(account: Account, profile: Profile) -> Reading:
    """A handle whose proof is broken is shown as `handle.invalid`, which is nobody's."""
    ids = {"did": profile.did} if re.fullmatch(DID, profile.did) else {}
    handle = None if profile.handle == "handle.invalid" else profile.handle
    return Reading(account, "followers", Count(profile.followers_count), handle, ids)


def _why(reply: Reply, account: Account) -> Miss:
    problem = heard(reply.body, Problem) or Problem()
    reason = REASONS.get(problem.error) or REASONS.get(problem.message.removeprefix("Error: "))
    said = f"HTTP {reply.status}: {problem.error}: {problem.message}"[:200]
    return Miss(account, reason or "shape_changed", said, final=reason is not None)


def by_page(accounts: Sequence[Account], options: Options) -> Exchange:
    """One account, by the data that its page holds for search engines."""
    (account,) = accounts
    actor = _actor(account)
    person = bluesky_page.read(account, (yield Get(f"{{page}}/profile/{quote(actor or account.handle, safe=':')}")))
    if not isinstance(person, Person):
        yield person
        return
    (followers,) = person.interaction_statistic
    profile = Profile(person.identifier, person.alternate_name.removeprefix("@"), followers.user_interaction_count)
    yield _about(actor, match([profile], _name({actor}), {actor}), account)


def refusal(reply: Reply) -> Refusal | None:
    """A 400 is about whom was asked for, and for the source to judge."""
    return by_status(reply) or (
        None if reply.status in (200, 400) else Refusal("shape_changed", f"HTTP {reply.status}")
    )


def spelt(handle: str) -> str:
    """A bare `nasa` is `nasa.bsky.social`."""
    return handle if ":" in handle else handle.lower() if "." in handle else f"{handle.lower()}.bsky.social"


LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
NOBODYS = r"(?!.*\.(?i:alt|arpa|example|internal|invalid|local|localhost|onion)\Z)"
FULL = rf"{NOBODYS}(?:{LABEL}\.)+[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
DID = r"did:(?:plc:[a-z2-7]{24}|web:[A-Za-z0-9.-]{3,200})"
WHO = rf"(?:(?P<did>{DID})|(?P<handle>{FULL}))"
SITES = r"(?:(?:staging\.)?bsky\.app|deer\.social|blacksky\.community)"
TABS = r"(?:/(?:followers|follows|search))?(?:[?#].*)?"
NEITHER = "neither a handle nor a DID: it would fail everybody's request"
REASONS: Mapping[str, Reason] = {
    "AccountTakedown": "suspended",
    "AccountDeactivated": "deactivated",
    "Profile not found": "not_found",
    "actor must be a valid did or a handle": "not_found",
}
MISSES: tuple[Reason, ...] = ("not_found", "suspended", "deactivated")
WINDOW = partial(window, prefix="ratelimit")
API = Source("api", by_actor, "exact", 25, pace=Pace(3000, 300), refusal=refusal, allowance=WINDOW, misses=MISSES)
PAGE = public_page(by_page, "exact", ("not_found", "private", "blocked"), pace=Pace(30), control="bsky.app")
PLATFORM = Platform(
    slug="bluesky",
    name="Bluesky",
    hosts={"api": "https://public.api.bsky.app", "page": "https://bsky.app"},
    sources=(API, PAGE),
    handles=Handles(
        names=(WHO, rf"(?P<handle>{LABEL})"),
        urls=(rf"{SITES}/profile/{WHO}{TABS}", rf"at:{WHO}", rf"@?(?P<handle>{LABEL}\.bsky\.social)"),
        reserved="bsky.social www.bsky.social api.bsky.social public.api.bsky.app",
        spell=spelt,
        link="https://bsky.app/profile/{handle}",
        forms=("energy.gov", "@nasa.bsky.social", "nasa", "at://energy.gov", "https://bsky.app/profile/energy.gov"),
    ),
    terms=Terms(
        link="https://bsky.social/about/support/tos",
        dated="14 August 2025",
        storing="No limit on keeping counts was found; services must be able to delete content when its author asks.",
        deriving="not said",
        government="Government bodies and officials acting officially have their own amendment to the terms.",
    ),
)
