"""What a platform declares.

A **source** is a generator that yields requests *and outcomes*, and is sent every complete reply, whatever its status.
An outcome counts the moment it is yielded, so a fault in a second request loses nothing of the first. A source never
sees DNS, TLS, deadlines, sizes, secrets, retries, sleeps, clocks or logs: those who ask it (`collect`, `net`) do.

    def ask(accounts, options):
        reply = yield Get("{api}/users", {"names": ",".join(a.handle for a in accounts)})
        for user in sift(decode(reply.body, Users).users, User): ...
            yield Reading(account, "followers", Count(user.followers), ids={"x": user.id})

Where no reply comes, `NoReply` is raised at the `yield`: most sources let it pass, and whoever is unanswered is unreachable.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from msgspec import Struct

from headcount.model import HEADLINE, Account, Miss, Reading, Reason
from headcount.net.message import Allowance, Pace, Reply, Request, retry_after
from headcount.platforms.kit.credentials import Credential
from headcount.platforms.kit.handles import Handles
from headcount.platforms.kit.terms import Terms

Options = Mapping[str, str]
"""What is not secret: the Graph version, one's own user id.

`saved` stands in them where replies come out of files and not from the platform, and nowhere else: only then may a count
be taken from an answer that names nobody, and that no platform gives to the question.
"""

Secrets = Mapping[str, str]
"""Credentials by name. Only `sign` sees them, last, on the wire."""

Sign = Callable[[Request, Secrets], Request]


class Absent(Struct, frozen=True):
    """Nothing in the answer speaks of this account.

    `collect.attend` concludes: after a `Spoilt` item, shape_changed; else a control account, asked once a run, tells blocked;
    else not_found.
    """

    account: Account
    detail: str = ""


class Spoilt(Struct, frozen=True):
    """An item of the answer lacked its shape, and so does not say whom it was about."""

    detail: str


class Refusal(Struct, frozen=True):
    """The platform would not answer: for whoever is still unanswered."""

    reason: Reason
    detail: str = ""
    scope: Literal["question", "batch", "credential", "source"] = "batch"
    """Who else need not be tried in this run: nobody, the batch, whoever uses this credential, whoever uses this source.

    `collect.drive` narrows what it hears after a first good reply: it is about one question, and the rest are asked alone.
    """
    again: datetime | timedelta | None = None
    """When trying again is any use; None: not in this run."""


Exchange = Generator[Request | Reading | Miss | Absent | Spoilt | Refusal, Reply, None]


class Grant(Struct, frozen=True):
    """How a credential that a source needs is had from others that last."""

    needs: tuple[str, ...]
    gives: str
    ask: Callable[[], Generator[Request, Reply, str | Refusal]]
    """Returns the credential, or why it was not given."""
    sign: Sign


def unsigned(request: Request, secrets: Secrets) -> Request:
    """Sign nothing: the source is public."""
    return request


def by_status(reply: Reply) -> Refusal | None:
    """What a status alone says: too many requests, or a server in trouble. All else is for the source to judge.

    Where a 429 does not say until when, the driver takes it from the source's `allowance`.
    """
    if reply.status == 429:
        return Refusal("rate_limited", "HTTP 429", scope="credential", again=retry_after(reply))
    if reply.status >= 500:
        return Refusal("unreachable", f"HTTP {reply.status}", again=retry_after(reply) or timedelta(seconds=1))
    return None


def all_together(account: Account) -> str:
    """Any accounts can be asked for in one request."""
    return ""


def silent(reply: Reply) -> Allowance | None:
    """The platform's headers say nothing of what is left."""
    return None


class Source(Struct, frozen=True):
    """One way of asking a platform. Entries of one name are ways of one source, best first."""

    name: str
    """`api`, `page`."""
    ask: Callable[[Sequence[Account], Options], Exchange]
    about: str = ""
    """Precision and terms, in a sentence: `exact`, `three digits, rounded down`."""
    batch: int = 1
    """How many accounts one exchange takes."""
    pinned: str | None = None
    """Takes only accounts with an id of this scheme: batches never mix."""
    needs: tuple[str, ...] = ()
    """The credentials without which it cannot ask."""
    pace: Pace = Pace(60)
    control: str | None = None
    """A handle that certainly exists: if it is absent too, we are blocked."""
    sign: Sign = unsigned
    refusal: Callable[[Reply], Refusal | None] = by_status
    """Asked before the source sees a reply; None: the source judges."""
    allowance: Callable[[Reply], Allowance | None] = silent
    grant: Grant | None = None
    micros: int = 0
    """What the platform charges for an account and UTC day, in millionths of a U.S. dollar."""
    official: bool = True
    """An interface meant for programs; False: a public page, read only where `[collect] sources` allows."""
    opt_in: bool = False
    """Asked only where `[platforms.SLUG] sources` names it."""
    together: Callable[[Account], str] = all_together
    """Accounts share a request only where this is the same of both: their server."""
    daily: int = 0
    """Calls that a credential is granted each day; 0: as many as the pace lets through."""
    misses: tuple[Reason, ...] = ()
    """What it can say instead of a count, beside `shape_changed`, `rate_limited` and `unreachable`, which all can."""
    own: bool = False
    """Counts one account only: that of whoever gave the credential."""
    further: int = 0
    """Requests that it makes for every account that it finds, after the one for the batch."""
    conditional: bool = False
    """To be told that nothing has changed since (ETag, 304) costs it nothing: it is asked so, and never sees it."""


class Definition(Struct, frozen=True):
    """A count began to mean something else: from that day (UTC) on it is another segment of its series."""

    metric: str
    day: date
    words: str
    """What it has meant since, for people: `accounts that follow the Page, whether they like it or not`."""


class Platform(Struct, frozen=True):
    """All that headcount knows of a platform."""

    slug: str
    name: str
    handles: Handles
    hosts: Mapping[str, str] = {}
    """Where each host is, by the name that requests use: `{"api": "https://api.x.com"}`."""
    sources: tuple[Source, ...] = ()
    credentials: tuple[Credential, ...] = ()
    options: Options = {}
    """The options and their defaults."""
    federated: bool = False
    """Each server is a host of its own, by its own name: `{mastodon.social}`."""
    terms: Terms | None = None
    retired: date | None = None
    """The day it closed."""
    earlier: str = HEADLINE
    """The metric that systems before headcount counted of it: another series, where it is another."""
    no_source: str = ""
    """Why it has no source, in words for people, where it has not closed."""
    definitions: tuple[Definition, ...] = ()
    """The days on which one of its counts began to mean something else, where the platform says so."""
