"""What goes out and what comes back, as plain values. No secret is ever in one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

from msgspec import Struct

Query = Mapping[str, str | tuple[str, ...]]


class Get(Struct, frozen=True, tag=True):
    """A GET. `url` names its host in braces, as the platform declares it: `{api}/2/users`."""

    url: str
    query: Query = {}
    headers: Mapping[str, str] = {}
    calls: int = 1
    """As how many calls the platform counts it."""


class Post(Struct, frozen=True, tag=True):
    """A POST of a form; never redirected."""

    url: str
    query: Query = {}
    headers: Mapping[str, str] = {}
    form: Mapping[str, str] = {}
    calls: int = 1
    """As how many calls the platform counts it: a Graph batch of 50 is 50."""
    text: str = ""
    """Plain words, in place of the form."""


Request = Get | Post


class Reply(Struct, frozen=True):
    """A complete reply, whatever its status."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    at: datetime
    """When the last byte came (UTC): the time at which what it says was true."""
    url: str = ""
    """Where it came from in the end."""


class Pace(Struct, frozen=True):
    """How fast a source may be asked: `amount` requests in `per` seconds."""

    amount: float
    per: float = 60.0
    pool: str = ""
    """Sources that name the same pool and use the same credential share one allowance; empty: the source's own."""


class Allowance(Struct, frozen=True):
    """What a platform's own headers say is left."""

    remaining: float | None = None
    """Requests; None: it did not say."""
    resets: datetime | None = None
    """When it is full again (UTC)."""
    shut_until: datetime | None = None
    """Nothing more before (UTC)."""


SIMULATED = "headcount-simulated"
"""The header by which the demo server says that its counts are made up."""

_EPOCH_SECONDS = re.compile(r"[0-9]{9,10}")
_AGE = re.compile(r"[0-9]{1,9}")

LONGEST_WAIT = timedelta(days=1)
"""Nobody means ten years: a longer wait is asked again tomorrow."""

LONGEST_ERROR = timedelta(days=36_525)
"""A clock whose battery is dead says 1970; none is a century wrong."""


class Http(Struct, frozen=True):
    """How the network is reached."""

    contact: str = ""
    """In the User-Agent: `headcount/VERSION (+contact)`."""
    proxy: str | None = None
    no_proxy: tuple[str, ...] = ()
    """Hosts and domains that are reached without the proxy."""
    ca_bundle: Path | None = None
    timeout: float = 30.0
    """Seconds for a whole exchange."""
    max_body: int = 16 * 1024 * 1024
    """Bytes of a decompressed body."""
    allow_private_addresses: bool = False


def retry_after(reply: Reply) -> timedelta | None:
    """How long the reply's Retry-After asks us to wait: seconds or a date; None where it says nothing sensible.

    A time that has passed, and nought, mean "now"; anything over a day is a day.
    """
    text = reply.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        digits = text.lstrip("0")
        return LONGEST_WAIT if len(digits) > 9 else min(timedelta(seconds=int(digits or 0)), LONGEST_WAIT)
    until = _dated(text)
    return min(max(until - reply.at, timedelta()), LONGEST_WAIT) if until else None


def ahead(reply: Reply) -> timedelta | None:
    """How far our clock is ahead of what a reply says the time is (negative: behind); None where it says nothing sensible.

    A reply out of a cache is as old as its Age says. A Date of last week without an Age may come from a cache that does not
    tell, or be right while our own clock is a week ahead: no reply can say which by itself. So it counts like any other,
    and what several servers say has to be compared.
    """
    said, age = _dated(reply.headers.get("date", "")), _AGE.fullmatch(reply.headers.get("age", "0"))
    if said is None or age is None:
        return None
    difference = reply.at - said - timedelta(seconds=int(age[0]))
    return difference if abs(difference) <= LONGEST_ERROR else None


def window(reply: Reply, prefix: str) -> Allowance | None:
    """What the headers `PREFIX-remaining` and `PREFIX-reset` (seconds since 1970, or a date) say of the current window."""
    remaining = reply.headers.get(f"{prefix}-remaining", "")
    if not (remaining.isascii() and remaining.isdigit()):
        return None
    return Allowance(float(remaining[:9]), _moment(reply.headers.get(f"{prefix}-reset", "")))


def _dated(text: str) -> datetime | None:
    """A time as HTTP writes it, in its new form or its old ones; two of them are none."""
    try:
        found = parsedate_to_datetime(text if text.count(",") < 2 else "")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _moment(text: str) -> datetime | None:
    """A time as headers write it: seconds since 1970, or ISO 8601 with its zone."""
    if _EPOCH_SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text), UTC)
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None
