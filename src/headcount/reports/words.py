"""Figures in words: numbers with their commas, changes with their signs, shares in per cent, and the sentence of the week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from headcount.news.naming import length, plural
from headcount.reports.courses import CLOSED
from headcount.reports.digest import Collected, Coming, Digest, Mover

MINUS = "\N{MINUS SIGN}"


def number(count: int) -> str:
    """`1,234`."""
    return f"{count:,}"


def signed(change: int) -> str:
    """`+1,234`, or the same with a minus sign; nothing has no sign."""
    return f"{change:+,}".replace("-", MINUS) if change else "0"


def percent(share: float | None) -> str:
    """`+1.2 %`; of a small share more digits."""
    if share is None:
        return ""
    digits = 1 if abs(share) >= 0.01 else 2
    return f"{100 * share:+.{digits}f} %".replace("-", MINUS)


def part(one: int, other: int) -> str:
    """`97.9 %`: never 100 where something is missing."""
    share = 100 * one / other
    return "100 %" if one == other else f"{min(share, 99.9):.1f} %"


def short(day: date) -> str:
    """`Mon 16 Nov`."""
    return f"{day:%a} {day.day} {day:%b}"


def lasted(time: timedelta) -> str:
    """`3 hours`."""
    return length(time)


def about(mover: Mover) -> str:
    """How finely a count is known, where that is not exactly."""
    return f"rounded to {mover.granularity:,}" if mover.granularity > 1 else ""


def when(coming: Coming) -> str:
    """When a milestone will be passed."""
    if coming.earliest is None:
        return "cannot be foretold"
    until = f"{coming.latest.day} {coming.latest:%B}" if coming.latest else "later than in 30 days"
    since = f"{coming.earliest.day} {coming.earliest:%B}"
    return since if since == until else f"{since} to {until}"


def span(digest: Digest) -> str:
    """`the week`, or how many days it was."""
    days = (digest.period.last - digest.period.first).days + 1
    if digest.period.is_week:
        return "the week"
    return f"these {days:,} days" if days > 1 else "this day"


def headline(digest: Digest) -> str:
    """The period in a sentence."""
    audience, whose = digest.audience, digest.organization
    if audience.total is None:
        return f"None of the {plural(audience.of, 'account')} of {whose} was counted in {span(digest)}."
    total = f"{plural(audience.total, 'follower')} on {audience.counted:,} of {plural(audience.of, 'account')}"
    if audience.change is None:
        return f"{whose} had {total} at the end of {span(digest)}; what that changed by is not known."
    return (
        f"{whose} had {total} at the end of {span(digest)}: {_more(audience.change)} than at {_its(digest)} beginning."
    )


def rest(digest: Digest) -> str:
    """What stands behind the headline."""
    return " ".join(_rest(digest))


def best(digest: Digest) -> str:
    """The day that brought the most, and the one that brought the least: what the chart has no letters for."""
    known = [each for each in digest.days if each.gained is not None]
    if not known:
        return ""
    most, least = (pick(known, key=lambda each: each.gained or 0) for pick in (max, min))
    return f"The most on {short(most.day)}: {signed(most.gained or 0)}. The least on {short(least.day)}: {signed(least.gained or 0)}."


def collected(digest: Digest) -> str:
    """What share of what was due was collected."""
    counted, due = whole(digest)
    return part(counted, due) if due else "nothing due"


def whole(digest: Digest) -> tuple[int, int]:
    """How many counts were collected, and how many were due."""
    every = [each for each in digest.collected if not each.platform]
    return sum(each.counted for each in every), sum(each.due for each in every)


def reasons(each: Collected) -> str:
    """Why some were not counted: `12 cannot be reached, 3 await review`."""
    words = [f"{count:,} {reason.replace('_', ' ')}" for reason, count in each.missed.items()]
    if each.held:
        words.append(f"{each.held:,} held back")
    if each.not_asked:
        words.append(f"{each.not_asked:,} not asked for")
    return ", ".join(words)


def _more(change: int) -> str:
    return f"{abs(change):,} {'fewer' if change < 0 else 'more'}" if change else "as many"


def _its(digest: Digest) -> str:
    return "its" if digest.period.is_week else "their"


def _rest(digest: Digest) -> Iterator[str]:
    audience = digest.audience
    if audience.change is not None and audience.known < audience.of:
        yield f"What changed is known of {audience.known:,} of the {plural(audience.of, 'account')}."
    if closed := audience.unknown.get(CLOSED):
        yield f"{plural(closed, 'account')} {'is' if closed == 1 else 'are'} on platforms that have closed."
    if digest.passed:
        yield f"{plural(len(digest.passed), 'milestone')} {'was' if len(digest.passed) == 1 else 'were'} passed."
    if whole(digest)[1]:
        yield f"{collected(digest)} of the counts that were due were collected."
    if digest.outages:
        yield f"There {'was' if len(digest.outages) == 1 else 'were'} {plural(len(digest.outages), 'outage')}."
