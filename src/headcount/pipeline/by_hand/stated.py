"""What people state on the command line or in a file: moments and counts, refused where they could mean two things."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

from headcount.errors import Mistake
from headcount.model import MOST_HEADS
from headcount.store.moments import moment

DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
COUNT = re.compile(r"[0-9]{1,13}|[1-9][0-9]{0,2}(?:(?P<group>[,_])[0-9]{3})(?:(?P=group)[0-9]{3}){0,3}")
"""Plain digits, or digits in whole groups of three. `15.041`, `1,23` and `1.2K` could mean several things."""

POWER_OF_TEN = re.compile(r"10*")


def moment_of(text: str, zone: tzinfo, now: datetime) -> datetime:
    """The moment that an ISO date or time means, in UTC; a date is its beginning, a time without a zone is in `zone`.

    Raises:
        Mistake: for one that means none, or two, or that is still to come.
    """
    written = text.strip()
    if not DATE.match(written):
        raise Mistake(f"{written!r} is no time: write 2026-11-20, 2026-11-20T18:30 or 2026-11-20T18:30Z")
    try:
        at = moment(f"{written} 00:00" if DATE.fullmatch(written) else written, zone)
    except (ValueError, OverflowError) as error:
        raise Mistake(f"{written!r} is no time: {error}") from None
    if at > now:
        raise Mistake(f"{written} is still to come")
    return at


def count_of(text: str) -> int:
    """The number that a person means.

    Raises:
        Mistake: for what is no number of people, or not certainly one.
    """
    written = text.strip()
    count = int(re.sub("[,_]", "", written)) if COUNT.fullmatch(written) else MOST_HEADS + 1
    if count > MOST_HEADS:
        raise Mistake(f"{written!r} is not certainly a number of people: write all its digits, 1200 or 1,200")
    return count


def granularity_of(text: str, count: int) -> int:
    """How finely a count was shown: 1, 10, 100, ...

    Raises:
        Mistake: for what no count is rounded to, or what this one is not rounded to.
    """
    granularity = count_of(text)
    if not POWER_OF_TEN.fullmatch(str(granularity)):
        raise Mistake(f"{text.strip()!r} is nothing that counts are rounded to: write 10, 100, 1000, ...")
    if count % granularity:
        raise Mistake(f"{count:,} is not rounded to {granularity:,}: write the count as it was shown")
    return granularity
