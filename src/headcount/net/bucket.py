"""A bucket of tokens: how it fills, what is taken out of it, and what the platform's own word makes of it. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import structs

from headcount.model import EPOCH, Bucket
from headcount.net.message import LONGEST_WAIT, Allowance, Pace

Change = Callable[[Bucket | None], Bucket]


def capacity(pace: Pace) -> float:
    """What a full bucket holds: at least one token, or nothing could ever be sent."""
    return max(1.0, pace.amount)


def refill(bucket: Bucket | None, pace: Pace, now: datetime) -> Bucket:
    """The bucket as it stands now; a new one is full.

    A clock that was set back drips nothing until it has caught up, or at once where it would take longer than a
    period: the clock was wrong before, then.
    """
    if bucket is None:
        return Bucket(capacity(pace), now)
    seconds = (now - bucket.at).total_seconds()
    tokens = min(capacity(pace), bucket.tokens + max(0.0, seconds) * pace.amount / pace.per)
    shut_until = min(bucket.shut_until, now + LONGEST_WAIT)
    return Bucket(tokens, bucket.at if -pace.per <= seconds < 0 else now, shut_until)


def wait(bucket: Bucket, pace: Pace, calls: float, now: datetime) -> timedelta:
    """How long until `calls` tokens can be taken from a bucket that stands as it does now."""
    missing = max(0.0, calls - bucket.tokens) * pace.per / pace.amount
    behind = max(timedelta(), bucket.at - now) if missing else timedelta()
    return max(timedelta(seconds=missing) + behind, bucket.shut_until - now, timedelta())


def reserve(bucket: Bucket, calls: float, block: float, now: datetime) -> tuple[Bucket, float]:
    """The bucket, and the tokens taken out of it: `calls`, and up to `block` where there are more; or none."""
    if bucket.shut_until > now or bucket.tokens < calls:
        return bucket, 0
    granted = max(calls, min(block, math.floor(bucket.tokens)))
    return structs.replace(bucket, tokens=bucket.tokens - granted), granted


def learn(bucket: Bucket, allowance: Allowance, unheard: float | None) -> Bucket:
    """The bucket after the platform's own word: what it says is left is all there is.

    More than we thought counts only less `unheard`, the calls that it may not have counted yet; not where that is None,
    because others may hold tokens.
    """
    left, shut_until = allowance.remaining, max(bucket.shut_until, allowance.shut_until or EPOCH)
    if left is None:
        return structs.replace(bucket, shut_until=shut_until)
    if left < 1:
        shut_until = max(shut_until, allowance.resets or EPOCH)
    tokens = min(bucket.tokens, left)
    return Bucket(tokens if unheard is None else max(tokens, left - unheard), bucket.at, shut_until)


def given_back(bucket: Bucket, held: float, pace: Pace) -> Bucket:
    """The bucket with what was held of it, as far as it has room."""
    return structs.replace(bucket, tokens=min(capacity(pace), bucket.tokens + held))
