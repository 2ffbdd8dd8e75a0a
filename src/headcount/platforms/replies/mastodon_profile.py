"""What a Mastodon server says of accounts: the profiles of those who live on it, and of nobody else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated

from msgspec import Meta, Struct

from headcount.model import MOST_HEADS, Account, Count, Miss, Reading, Reason
from headcount.net.message import Reply
from headcount.platforms.kit.contract import Spoilt
from headcount.platforms.kit.matching import match
from headcount.platforms.kit.wire import Id, Name, heard, sift


class Moved(Struct):
    acct: Name


class Profile(Struct):
    id: Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_-]{1,64}\Z")]
    username: Id
    acct: Id
    """With a server behind it, it is that server's account, and this a copy."""
    url: Name
    followers_count: Annotated[int, Meta(ge=-1, le=MOST_HEADS)]
    """-1 where it is hidden."""
    uri: Id | None = None
    suspended: bool = False
    moved: Moved | None = None
    local: bool | None = None
    """Only Pixelfed says it, and shows 0 for a count that is hidden."""


class Problem(Struct):
    error: Annotated[str, Meta(min_length=1, max_length=200)]


def shown(said: Said) -> bool:
    """Whether nobody else need be asked: who is not found may live elsewhere."""
    return isinstance(said, Reading) or (isinstance(said, Miss) and said.reason != "not_found")


def answered(reply: Reply, server: str, asked: Mapping[str, Account], name: Callable[[Profile], str]) -> Iterator[Said]:
    """What a server says of those who were asked for, or why not."""
    if reply.status == 200:
        profiles = match(_living(reply, server), name, asked)
        yield from profiles.spoilt
        yield from (_told(asked[key], server, profile) for key, profile in profiles.found.items())
    elif reply.status in GONE and (problem := heard(reply.body, Problem)):
        yield from (Miss(each, GONE[reply.status], f"{server}: {problem.error}") for each in asked.values())
    else:
        yield Spoilt(f"{server} does not answer as Mastodon does (HTTP {reply.status})")


def _living(reply: Reply, server: str) -> Iterator[Profile | Spoilt]:
    """Those of an answer, a profile or a list of them, who live on the server."""
    answer = heard(reply.body, object) or reply.body
    here = re.compile(f"https?://{re.escape(server)}/", re.IGNORECASE)
    for each in sift(answer if isinstance(answer, list) else [answer], Profile):
        if isinstance(each, Spoilt) or (each.acct == each.username and here.match(each.url)):
            yield each
        else:
            yield Spoilt(f"{server} shows its copy of {each.acct}, {each.url}, who lives elsewhere")


def _told(account: Account, server: str, profile: Profile) -> Reading | Miss:
    count = profile.followers_count
    if profile.suspended:
        return Miss(account, "suspended", f"{server} has suspended it")
    if profile.moved:
        return Miss(account, "moved", f"to {profile.moved.acct}")
    if count < 0 or (count == 0 and profile.local is not None):
        return Miss(account, "hidden", f"{server} shows {count}, as it does where the count is hidden")
    ids = {"local": f"{server}/{profile.id}", **({"uri": profile.uri} if profile.uri else {})}
    return Reading(account, "followers", Count(count), f"{profile.username}@{account.handle.rpartition('@')[2]}", ids)


Said = Reading | Miss | Spoilt
GONE: Mapping[int, Reason] = {404: "not_found", 410: "suspended"}
