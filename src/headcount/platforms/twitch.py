"""Twitch: followers of channels.

- api: `GET /helix/users` for up to 100 channels, by id once ids are pinned, so that a rename loses nobody, and by name
  before; then `GET /helix/channels/followers` for each that it knows, exact. The second answer does not say whom it is
  about, and counts nought for a channel that is gone: only who has just been found is asked for. Each is one of the 800
  points a minute of an app.
  https://dev.twitch.tv/docs/api/reference/#get-channel-followers
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from msgspec import structs

from headcount.model import Account, Count, Miss, Reading
from headcount.net.message import Get, Pace, Post, Request, window
from headcount.platforms.kit.contract import Absent, Exchange, Options, Platform, Secrets, Source
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.handles import Handles, tabs
from headcount.platforms.kit.oauth import CLIENT, app_token
from headcount.platforms.kit.signing import bearer, header, in_turn
from headcount.platforms.kit.terms import Terms
from headcount.platforms.replies.twitch_channels import User, bare, counted, known
from headcount.platforms.replies.twitch_errors import grant_refusal, refusal


def by_id(accounts: Sequence[Account], options: Options) -> Exchange:
    """Up to 100 channels by their ids: whatever they are called today."""
    yield from _count({account.ids["twitch"]: account for account in accounts}, "id", lambda user: user.id, options)


def by_name(accounts: Sequence[Account], options: Options) -> Exchange:
    """Up to 100 channels by their names; one that the API does not take would fail them all, so it is not sent."""
    asked = {account.handle.lower(): account for account in accounts if NAME.fullmatch(account.handle)}
    for account in accounts:
        if not NAME.fullmatch(account.handle):
            yield Miss(account, "not_found", "names are of up to 25 letters, digits and _", final=False)
    if asked:
        yield from _count(asked, "login", lambda user: user.login.lower(), options)


def _count(asked: Mapping[str, Account], parameter: str, name: Callable[[User], str], options: Options) -> Exchange:
    reply = yield Get("{api}/helix/users", {parameter: tuple(asked)})
    if "saved" in options and (total := bare(reply.body)) is not None:
        yield from (Reading(account, "followers", Count(total)) for account in asked.values() if len(asked) == 1)
        return
    users = known(reply.body, name, asked)
    yield from users.spoilt
    yield from (Absent(account) for key, account in asked.items() if key not in users.found)
    for key, user in users.found.items():
        answer = yield Get("{api}/helix/channels/followers", {"broadcaster_id": user.id, "first": "1"})
        yield counted(asked[key], user, answer.body)


def sign_grant(request: Request, secrets: Secrets) -> Request:
    """With the app's id and secret in the form, where Twitch takes them and nowhere else."""
    given = {name: secrets[name] for name in CLIENT}
    return structs.replace(request, form={**request.form, **given}) if isinstance(request, Post) else request


NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]{0,24}")

API = Source(
    name="api",
    ask=by_id,
    about="exact",
    batch=100,
    pinned="twitch",
    needs=("client_id", "token"),
    pace=Pace(800, per=60),
    sign=in_turn(bearer("token"), header("client-id", "client_id")),
    refusal=refusal,
    allowance=partial(window, prefix="ratelimit"),
    grant=app_token("{login}/oauth2/token", grant_refusal, sign_grant),
    misses=("not_found", "bad_credentials", "missing_permission"),
    further=1,
)
SITE = r"(?:(?:m|go)\.)?twitch\.tv/"
CHANNEL = rf"(?P<handle>{NAME.pattern})"
TABS = tabs("about chat clips collections events followers following home profile schedule squad videos")
PLATFORM = Platform(
    slug="twitch",
    name="Twitch",
    hosts={"api": "https://api.twitch.tv", "login": "https://id.twitch.tv"},
    sources=(API, structs.replace(API, ask=by_name, pinned=None)),
    credentials=(
        Credential("client_id", "the id of an app at dev.twitch.tv/console"),
        Credential("client_secret", "the app's secret, beside its id"),
    ),
    handles=Handles(
        names=(f"@?{CHANNEL}",),
        urls=(
            rf"player\.twitch\.tv/\?(?:.*&)?channel={CHANNEL}(?:&.*)?",
            rf"{SITE}(?:popout|embed|moderator)/{CHANNEL}(?:/.*)?",
            rf"{SITE}{CHANNEL}{TABS}",
        ),
        reserved="bits broadcast checkout clips collections communities creatorcamp dashboard directory downloads drops embed event"
        " following friends gifts inventory jobs login logout messages moderator p payments popout prime privacy products search"
        " settings signup store subs subscriptions team teams turbo user videos wallet",
        link="https://www.twitch.tv/{handle}",
        forms=("nasa", "@nasa", "https://www.twitch.tv/nasa/about", "https://m.twitch.tv/nasa"),
    ),
    terms=Terms(
        link="https://github.com/OpenTermsArchive/p2b-compliance-versions/blob/f0196239c06b840a6c8e61bf1f6947eeaeff7b07/Twitch/Developer%20Terms.md",
        dated="1 November 2023",
        storing="Data may be kept for 24 hours and not shared; longer needs Twitch's permission, or one's own rights in them.",
        deriving="What is learnt from the data is Twitch's too, and is shared with its permission only.",
        pages="Access by robots, scrapers or other automated means is forbidden.",
    ),
)
